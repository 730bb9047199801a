"""Quotes at the counter: typed in the order form, printed, accepted, declined with one key, by real keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderState
from directsell.domain.people import LostReason, Person, Stage
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.pages.orders import OrdersPage
from directsell.ui.pages.orders.quote_steps import DeclineCard
from directsell.ui.routes import quote_view
from tests.ui.counter import Counter


@pytest.fixture
def counter(themed: QApplication, scripted: ScriptedDialogs, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    """The shop Casa Verde with Gina."""
    made = Counter(tmp_path, qtbot)
    made.shop.person("Gina")
    yield made
    made.close()


@pytest.fixture
def page(counter: Counter) -> OrdersPage:
    """The Orders page, not yet routed anywhere."""
    page = counter.show(OrdersPage(counter.session))
    counter.session.navigation.go("orders")
    counter.settle()
    return page


def orders(counter: Counter) -> list[Order]:
    """Return every stored order."""
    return counter.shop.app.read(lambda reader: reader.find(Order))


def run(page: OrdersPage, text: str) -> None:
    """Run a command of the page by its words."""
    next(command for command in page.commands() if command.text == text).run()


def type_quote(counter: Counter, page: OrdersPage) -> None:
    """Start a quote for Gina and type one chopper."""
    counter.session.navigation.go("orders", None, quote_view(person=counter.shop.person("Gina")))
    counter.settle()
    page.editor.entry.focus()
    counter.type("CV-402", Qt.Key.Key_Return, Qt.Key.Key_Return)
    counter.settle()


def test_a_quote_is_typed_like_an_order_with_an_end_in_the_place_of_money(counter: Counter, page: OrdersPage) -> None:
    type_quote(counter, page)
    editor = page.editor
    assert editor.quote.isVisible()
    assert not editor.money.isVisible()
    assert editor.quote.valid_until.value() == date(2026, 2, 27)
    editor.quote.terms.set_value("Two instalments.")
    run(page, "Save quote")
    counter.settle()
    (order,) = orders(counter)
    assert (order.state, order.valid_until, order.terms) == (
        OrderState.QUOTED,
        date(2026, 2, 27),
        "Two instalments.",
    )
    assert "Quote saved" in counter.said


def test_an_order_becomes_a_quote_and_back_with_one_key(counter: Counter, page: OrdersPage) -> None:
    counter.session.navigation.go("orders", None, "new")
    counter.settle()
    run(page, "Make it a quote")
    assert page.editor.quote.isVisible()
    page.editor.quote.choose_weeks(4)
    assert page.editor.quote.valid_until.value() == date(2026, 3, 13)
    run(page, "Make it an order")
    assert not page.editor.quote.isVisible()
    assert page.editor.money.isVisible()


def test_a_quote_without_an_end_stays_in_the_form(counter: Counter, page: OrdersPage) -> None:
    type_quote(counter, page)
    field = page.editor.quote.valid_until
    field.setFocus()
    field.selectAll()
    counter.type(Qt.Key.Key_Delete)
    run(page, "Save quote")
    counter.settle()
    assert orders(counter) == []
    assert page.editor.quote.valid_field.error()


def test_a_half_typed_quote_comes_back_as_a_quote(counter: Counter, page: OrdersPage) -> None:
    type_quote(counter, page)
    page.editor.quote.terms.set_value("Cash")
    page.editor.mark_typed()
    page.editor.settle()
    counter.settle()
    counter.session.navigation.go("orders", None, None)
    counter.settle()
    counter.session.navigation.go("orders", None, quote_view(person=counter.shop.person("Gina")))
    counter.settle()
    assert page.editor.is_quote
    assert page.editor.quote.terms.value() == "Cash"


def test_accepted_it_is_an_order_and_undo_makes_it_a_quote_again(counter: Counter, page: OrdersPage) -> None:
    type_quote(counter, page)
    run(page, "Save quote")
    counter.settle()
    assert [text for text, _icon, _run in page.detail.operations.steps()] == [
        "Customer accepts",
        "Print quote",
        "Customer declines",
        "Change",
    ]
    run(page, "Customer accepts")
    counter.settle()
    assert orders(counter)[0].state is OrderState.PLACED
    gina = counter.shop.app.read(lambda reader: reader.get(Person, counter.shop.person("Gina")))
    assert gina.stage is Stage.WON
    counter.session.undo()
    counter.settle()
    assert orders(counter)[0].state is OrderState.QUOTED


def test_declined_with_one_digit(counter: Counter, page: OrdersPage) -> None:
    type_quote(counter, page)
    run(page, "Save quote")
    counter.settle()
    run(page, "Customer declines")
    counter.settle()
    card = page.detail.card()
    assert isinstance(card, DeclineCard)
    QTest.keyClick(card.chips, Qt.Key.Key_1)
    counter.settle()
    (order,) = orders(counter)
    assert (order.state, order.lost_reason) == (OrderState.CANCELLED, LostReason.PRICE)
    assert page.detail.card() is None
    run(page, "Take up again")
    counter.settle()
    assert orders(counter)[0].state is OrderState.QUOTED


def test_saving_and_printing_gives_a_quote_number(counter: Counter, page: OrdersPage) -> None:
    type_quote(counter, page)
    run(page, "Save & print quote")
    counter.settle()
    (order,) = orders(counter)
    assert [paper.kind for paper in counter.shop.view(order.id).papers] == [PaperKind.QUOTE]
    assert "Show quote" in [text for text, _icon, _run in page.detail.operations.steps()]
