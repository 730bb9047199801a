"""The right to cancel on the order's detail: last day, place, notice, a customer who cancels, a check that came back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.cooling_off import SalePlace
from directsell.domain.orders import Order, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.ui.pages.orders import OrdersPage
from directsell.ui.pages.orders.cancelling import BounceCard, WithdrawCard
from directsell.ui.widgets import paper_dialog
from directsell.usecases.notices import notice_pdf
from directsell.usecases.orders import MoneyTaken
from directsell.usecases.withdrawals import withdrawals_of
from tests.ui.counter import Counter


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def page(counter: Counter) -> OrdersPage:
    return counter.show(OrdersPage(counter.session))


def order(counter: Counter, page: OrdersPage, *payments: MoneyTaken) -> Order:
    made = counter.shop.enter("Fay", ("CV-402", "1"), ("CV-315", "1"), place=SalePlace.HOST_HOME, payments=payments)
    counter.session.navigation.go("orders", str(made.order.id))
    page.show_route(counter.session.navigation.current)  # type: ignore[arg-type]
    counter.settle()
    return made.order


def stored(counter: Counter, made: Order) -> Order:
    return counter.shop.view(made.id).order


def test_the_card_says_until_when_and_why(counter: Counter, page: OrdersPage) -> None:
    made = order(counter, page)
    card = page.detail.right
    assert card.isVisible()
    assert stored(counter, made).cancel_by == date(2026, 2, 18)
    assert "not counted" in card.reasons.text()
    card.place.set_value(SalePlace.SHOP)
    card.place.changed.emit()
    counter.settle()
    assert stored(counter, made).cancel_by is None
    assert stored(counter, made).cooling_rule == ""
    assert not card.notice_button.isVisible()


def test_the_notice_is_its_own_sheet(counter: Counter, page: OrdersPage, monkeypatch: pytest.MonkeyPatch) -> None:
    made = order(counter, page)
    asked: list[object] = []
    monkeypatch.setattr(paper_dialog, "show_drawn", lambda *args: asked.extend(args[3:]))
    page.detail.right.notice_button.click()
    assert asked == [notice_pdf, made.id]
    assert counter.shop.app.read(notice_pdf, made.id).startswith(b"%PDF")


def test_a_customer_cancels_in_time(counter: Counter, page: OrdersPage) -> None:
    made = order(counter, page, MoneyTaken(method=PaymentMethod.CARD, amount=5000))
    page.detail.right.withdraw_button.click()
    card = page.detail.card()
    assert isinstance(card, WithdrawCard)
    assert "In time" in card.words()
    assert "$50.00" in card.words()
    assert card.yes.caption() == "Cancel the order"
    card.yes.click()
    counter.settle()
    assert stored(counter, made).state is OrderState.CANCELLED
    (notice,) = counter.shop.app.read(withdrawals_of, made.id)
    assert (notice.accepted, notice.refund_by) == (True, date(2026, 2, 26))
    assert page.detail.card() is None
    assert page.detail.right.isVisible()
    assert not page.detail.right.withdraw_button.isVisible()


def test_too_late_is_refused_or_goodwill(counter: Counter, page: OrdersPage) -> None:
    made = order(counter, page)
    page.detail.right.withdraw_button.click()
    card = page.detail.card()
    assert isinstance(card, WithdrawCard)
    card.day.set_value(date(2026, 2, 19))
    card._show()
    assert "Too late" in card.words()
    assert card.yes.caption() == "Refuse the notice"
    card.yes.click()
    counter.settle()
    assert stored(counter, made).state is OrderState.PLACED
    page.detail.right.withdraw_button.click()
    again = page.detail.card()
    assert isinstance(again, WithdrawCard)
    again.day.set_value(date(2026, 2, 19))
    again._show()
    again.goodwill.click()
    assert again.yes.caption() == "Cancel the order"
    again.yes.click()
    counter.settle()
    assert stored(counter, made).state is OrderState.CANCELLED


def test_a_check_came_back(counter: Counter, page: OrdersPage) -> None:
    made = order(counter, page, MoneyTaken(method=PaymentMethod.CHECK, amount=10883, detail="1188"))
    page.detail.operations.ask_bounce()
    card = page.detail.card()
    assert isinstance(card, BounceCard)
    card.fee.set_value(1500)
    card.yes.click()
    counter.settle()
    assert counter.shop.view(made.id).balance == counter.shop.view(made.id).totals.total + 1500
    assert "The check came back" not in [step[0] for step in page.detail.operations.more()]
