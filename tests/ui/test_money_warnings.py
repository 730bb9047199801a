"""What the screens say about money that may not be taken yet, goods on hold, and money that goes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.cooling_off import SalePlace
from directsell.domain.demos import Demo
from directsell.domain.orders import Order, OrderState
from directsell.domain.payments import Payment, PaymentMethod
from directsell.store.queries.orders import OrderView
from directsell.ui.navigation import Route
from directsell.ui.pages.desk import DeskPage
from directsell.ui.pages.orders import OrdersPage
from directsell.ui.pages.orders.asking import DeliverCard, PayCard
from directsell.ui.pages.today import TodayPage
from directsell.ui.routes import new_view
from directsell.ui.widgets.buttons import Button
from directsell.usecases.cooling_off import agree_visit
from directsell.usecases.demos import save_demo
from directsell.usecases.orders import MoneyTaken
from directsell.usecases.settling import bounce_check
from directsell.usecases.withdrawals import receive_withdrawal
from tests.ui.counter import Counter

ENTER = Qt.Key.Key_Return
SOURCE = "Code de la consommation L221-10"


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def party(counter: Counter) -> Demo:
    shop = counter.shop
    demo = Demo(
        id=shop.ids.new(),
        title="Chez Dana",
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        country="FR",
        created_at=shop.clock.now(),
    )
    return shop.app.run(save_demo, demo)


def run(page: DeskPage | OrdersPage, text: str) -> None:
    next(command for command in page.commands() if command.text == text).run()


def payments(counter: Counter) -> list[Payment]:
    return counter.shop.app.read(lambda reader: reader.find(Payment))


def fay(counter: Counter) -> OrderView:
    paid = (MoneyTaken(method=PaymentMethod.CARD, amount=10883),)
    lines = (("CV-402", "1"), ("CV-315", "1"))
    view = counter.shop.enter("Fay", *lines, payments=paid, shipping=900, place=SalePlace.BUYER_HOME)
    counter.shop.app.run(receive_withdrawal, view.order.id, received_on=date(2026, 2, 17))
    return view


def carla(counter: Counter) -> OrderView:
    paid = (MoneyTaken(method=PaymentMethod.CHECK, amount=9073, detail="1188"),)
    view = counter.shop.enter("Carla", ("CV-777", "1"), payments=paid, off={"CV-777": 100_000}, shipping=500)
    counter.shop.app.run(bounce_check, view.payments[0].id, fee=1500)
    return view


def buttons(page: OrdersPage) -> list[str]:
    steps = page.detail._steps
    return [button.caption() for button in steps.findChildren(Button) if not button.isHidden()]


def test_the_desk_takes_no_money_in_france_until_the_host_agreed(counter: Counter, party: Demo) -> None:
    page = counter.show(DeskPage(counter.session), 1320, 740)
    page.show_route(Route("desk", str(party.id)))
    counter.settle()
    page.open_slip(counter.shop.person("Dana"))
    page.editor.focus()
    counter.type("CV-402", ENTER, ENTER)
    note = page.editor.money.ban
    assert note.isVisible()
    assert SOURCE in note.words()
    assert "Feb 21, 2026" in note.words()
    run(page, "Paid in cash")
    assert page.editor.money.rows() == ()
    note.consent.click()
    counter.settle()
    assert not note.isVisible()
    assert counter.shop.app.read(lambda reader: reader.get(Demo, party.id)).host_consent
    run(page, "Paid in cash")
    run(page, "Place order")
    counter.settle()
    assert [payment.amount for payment in payments(counter)] == [3664]


def test_a_consent_noted_elsewhere_lifts_the_ban_at_once(counter: Counter, party: Demo) -> None:
    page = counter.show(DeskPage(counter.session), 1320, 740)
    page.show_route(Route("desk", str(party.id)))
    counter.settle()
    page.open_slip(counter.shop.person("Dana"))
    page.editor.focus()
    counter.type("CV-402", ENTER, ENTER)
    assert page.editor.money.ban.isVisible()
    counter.shop.app.run(agree_visit, party.id, visit=party.visit, host_consent=True)
    counter.settle()
    assert not page.editor.money.ban.isVisible()
    counter.shop.app.undo()
    counter.settle()
    assert page.editor.money.ban.isVisible()


def test_money_typed_before_the_ban_is_refused_at_its_row(counter: Counter, party: Demo) -> None:
    page = counter.show(OrdersPage(counter.session))
    page.show_route(Route("orders", None, new_view(person=counter.shop.person("Amy"))))
    counter.settle()
    editor = page.editor
    assert editor.working is not None
    editor.entry.focus()
    counter.type("CV-402", ENTER, ENTER)
    run(page, "Paid in cash")
    (row,) = editor.money.rows()
    editor.head.demo.set_value(party.id)
    editor.head.demo.changed.emit()
    counter.settle()
    assert SOURCE in editor.money.ban.words()
    run(page, "Save order")
    counter.settle()
    assert payments(counter) == []
    assert counter.shop.app.read(lambda reader: reader.find(Order)) == []
    (row,) = editor.money.rows()
    assert SOURCE in row._problem.text()


def test_the_payment_card_offers_the_first_allowed_day(counter: Counter, party: Demo) -> None:
    order = counter.shop.enter("Amy", ("CV-402", "1"), demo_id=party.id).order
    page = counter.show(OrdersPage(counter.session))
    page.show_route(Route("orders", str(order.id), "pay"))
    counter.settle()
    card = page.detail.card()
    assert isinstance(card, PayCard)
    assert card.day() == date(2026, 2, 21)
    card._day.set_value(date(2026, 2, 14))
    card.yes.click()
    counter.settle()
    assert payments(counter) == []
    assert SOURCE in card._fields["paid_on"].error()


def test_a_bag_on_hold_is_seen_everywhere_and_handed_over_on_purpose_only(counter: Counter) -> None:
    view = carla(counter)
    page = counter.show(OrdersPage(counter.session))
    page.show_route(Route("orders", str(view.order.id)))
    counter.settle()
    assert page.detail._warning.isVisible()
    assert "do not hand over" in page.detail._warning.accessibleName()
    assert "$105.73" in page.detail._warning.accessibleName()
    assert buttons(page)[0] == "Take payment"
    row = page.listing.list.model_.row(0)
    assert row is not None
    assert page.listing._status(row) == "Hold"
    page.detail.operations.ask_delivery()
    card = page.detail.card()
    assert isinstance(card, DeliverCard)
    assert card.yes.caption() == "Hand over all the same"
    card.no.click()
    assert counter.shop.view(view.order.id).order.state is OrderState.PLACED
    page.detail.operations.ask_delivery()
    card = page.detail.card()
    assert card is not None
    card.yes.click()
    counter.settle()
    assert counter.shop.view(view.order.id).order.state is OrderState.DELIVERED


def test_a_refund_stands_on_today_and_in_the_list_until_it_is_paid_back(counter: Counter) -> None:
    view = fay(counter)
    today = counter.show(TodayPage(counter.session))
    today.show_route(Route("today"))
    counter.settle()
    assert today.refunds.isVisible()
    (line,) = today.refunds.lines
    assert line.line.amount == "$108.83"
    assert "February 28, 2026" in line.line.detail
    line.click()
    route = counter.session.navigation.current
    assert route is not None
    assert (route.page, route.id, route.view) == ("orders", str(view.order.id), "pay")
    page = counter.show(OrdersPage(counter.session))
    page.show_route(route)
    counter.settle()
    row = page.listing.list.model_.row(0)
    assert row is not None
    assert page.listing._status(row).startswith("Back by ")
    assert page.detail._warning.isVisible()
    card = page.detail.card()
    assert isinstance(card, PayCard)
    assert card.amount() == -10883
    card.yes.click()
    counter.settle()
    assert not page.detail._warning.isVisible()
    assert not today.refunds.isVisible()
    assert [payment.amount for payment in payments(counter)] == [10883, -10883]
