"""The Orders page through its widgets: typing an order, drafts, money, papers, delivery, correction, the list."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from directsell.domain.followups import FollowUp
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Handover, Order, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Person
from directsell.domain.quick_entry import readings
from directsell.store.queries.order_lists import OrderFilter
from directsell.store.queries.orders import OrderView
from directsell.store.queries.papers import active_papers
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.pages.orders import OrdersPage
from directsell.ui.pages.orders.asking import DeliverCard, DeliveredCard, PayCard, ReasonCard
from directsell.ui.pages.orders.operations import Operations
from directsell.ui.routes import new_view
from directsell.ui.widgets.fields import TextField
from directsell.ui.widgets.paper_dialog import PaperDialog
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.orders import MoneyTaken, OrderForm, save_order
from directsell.usecases.payments import take_payment
from tests.ui.counter import Counter

ENTER, TAB, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The papers that were shown, instead of the window that shows them."""
    papers: list[UUID] = []
    monkeypatch.setattr(Operations, "show_paper", lambda _self, paper_id: papers.append(paper_id))
    return papers


@pytest.fixture
def page(counter: Counter) -> OrdersPage:
    for name in ("Amy", "Beth"):
        counter.shop.person(name)
    return counter.show(OrdersPage(counter.session))


def start(counter: Counter, page: OrdersPage, name: str = "Amy") -> None:
    """Open a new order of a person, with the focus in the entry line."""
    counter.session.navigation.go("orders", None, new_view(person=counter.shop.person(name)))
    counter.settle()
    assert page.editor.entry.words.hasFocus()


def codes(page: OrdersPage) -> list[tuple[str, Decimal]]:
    return [(line.code, line.quantity) for line in page.editor.lines.lines()]


def stored(counter: Counter) -> OrderView:
    """Return the one order in the book."""
    (order,) = counter.shop.app.read(lambda reader: reader.find(Order))
    return counter.shop.view(order.id)


def run(page: OrdersPage, text: str) -> None:
    """Run a command of the page by its words."""
    next(command for command in page.commands() if command.text == text).run()


# --- typing an order


def test_order_of_the_first_guest_by_keyboard_alone(counter: Counter, page: OrdersPage) -> None:
    page.new_order()
    counter.settle()
    assert page.editor.head.person.hasFocus()
    counter.type("Amy", ENTER, "CV-402", ENTER, ENTER, "CV-110", ENTER, "2", ENTER)
    page.editor.summary.freight.setFocus()
    counter.type("5")
    assert page.editor.summary.total_text() == "$68.96"
    run(page, "Paid in cash")
    counter.type("100")
    (row,) = page.editor.money.rows()
    assert row._change.text() == "Change $31.04"
    run(page, "Save order")
    counter.settle()
    view = stored(counter)
    assert (view.totals.goods, view.totals.tax, view.totals.total) == (5900, 496, 6896)
    assert [(p.method, p.amount) for p in view.payments] == [(PaymentMethod.CASH, 6896)]
    assert (view.order.state, view.balance) == (OrderState.PLACED, 0)
    assert counter.said == ["Order saved"]
    assert page.detail.view is not None
    assert page.listing.list.current_key() == view.order.id


@pytest.mark.parametrize(
    "typed",
    ["2 CV-110", "CV-110 x2", "2*CV-110", "2x CV-110", "cv110*2", "2 x peeler", "2 peeler", "2 * 4006381333900"],
)
def test_a_quantity_typed_with_the_product_adds_at_once(counter: Counter, page: OrdersPage, typed: str) -> None:
    start(counter, page)
    counter.type(typed, ENTER)
    assert codes(page) == [("CV-110", Decimal(2))]
    assert page.editor.entry.words.hasFocus()
    assert page.editor.entry.text() == ""


def test_a_scanner_adds_without_stopping_at_the_quantity(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("4006381333900", ENTER, "4006381333903", ENTER, "4006381333900", ENTER)
    assert [code for code, _quantity in codes(page)] == ["CV-110", "CV-402", "CV-110"]


@pytest.mark.parametrize(("typed", "code"), [("spice", "CV-518"), ("12", "CV-518"), ("stone pan", "CV-315")])
def test_names_and_brochure_pages_find_products(counter: Counter, page: OrdersPage, typed: str, code: str) -> None:
    start(counter, page)
    counter.type(typed, ENTER)
    assert page.editor.entry.quantity.hasFocus()
    counter.type("3", ENTER)
    assert codes(page) == [(code, Decimal(3))]


def test_the_same_product_twice_is_allowed_and_can_be_merged(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-110", ENTER, ENTER, "3 CV-110", ENTER)
    assert codes(page) == [("CV-110", Decimal(1)), ("CV-110", Decimal(3))]
    bar = page.editor.lines._twin_bar
    assert bar.isVisible()
    bar.action_clicked.emit()
    assert codes(page) == [("CV-110", Decimal(4))]
    assert not bar.isVisible()


def test_an_unknown_product_is_said_at_the_field_and_kept(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-999", ENTER)
    assert "“CV-999” is not in the catalogue" in page.editor.entry.error()
    assert page.editor.entry.text() == "CV-999"
    assert codes(page) == []
    run(page, "Save order")
    assert "Add this product with Enter" in page.editor.entry.error()


def test_a_line_without_product(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("Gift wrapping")
    counter.type(ENTER, modifier=CONTROL)
    counter.type("4.50", ENTER)
    (line,) = page.editor.lines.lines()
    assert (line.name, line.unit_price, line.product_id) == ("Gift wrapping", Decimal("4.50"), None)
    assert page.editor.entry.words.hasFocus()


def test_sums_follow_every_key(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-518", ENTER, ENTER)  # food is untaxed
    assert page.editor.summary.total_text() == "$21.00"
    (row,) = page.editor.lines.rows()
    row.focus_quantity()
    counter.type("1")
    assert page.editor.summary.total_text() == "$21.00"
    counter.type("0")
    assert page.editor.summary.total_text() == "$210.00"
    row.off.setFocus()
    counter.type("10%")
    assert row.sum.text() == "189.00"
    page.editor.summary.off.setFocus()
    counter.type("9")
    assert page.editor.summary.total_text() == "$180.00"


@pytest.mark.parametrize("kind", ["gift", "sample", "half_price"])
def test_kinds_of_lines(counter: Counter, page: OrdersPage, kind: str) -> None:
    start(counter, page)
    counter.type("CV-518", ENTER, ENTER)
    (row,) = page.editor.lines.rows()
    row.set_value(kind=kind)
    assert page.editor.summary.total_text() == ("$10.50" if kind == "half_price" else "$0.00")


def test_lines_are_moved_and_removed_by_keyboard(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-110", ENTER, ENTER, "CV-402", ENTER, ENTER, "CV-777", ENTER, ENTER)
    page.editor.lines.rows()[2].focus_quantity()
    counter.type(Qt.Key.Key_Up, modifier=CONTROL)
    assert [code for code, _q in codes(page)] == ["CV-110", "CV-777", "CV-402"]
    counter.type(Qt.Key.Key_Delete, modifier=CONTROL)
    assert [code for code, _q in codes(page)] == ["CV-110", "CV-402"]


def test_a_discount_that_is_too_large_is_said_at_its_line(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-110", ENTER, ENTER)
    (row,) = page.editor.lines.rows()
    row.off.setFocus()
    counter.type("20")
    assert row._problem.text() == "The discount is larger than what it is taken off."
    run(page, "Save order")
    counter.settle()
    assert counter.shop.app.read(lambda reader: reader.find(Order)) == []
    assert row.off.text() == "20.00"


@pytest.mark.parametrize("typed", ["abc", "1e400", "12,5,0", "-", "99999999999", "5,00"])
def test_a_wrong_price_stays_as_typed_with_a_sentence(counter: Counter, page: OrdersPage, typed: str) -> None:
    start(counter, page)
    counter.type("CV-110", ENTER, ENTER)
    (row,) = page.editor.lines.rows()
    row.price.setFocus()
    row.price.selectAll()
    counter.type(typed)
    run(page, "Save order")
    counter.settle()
    assert row._problem.text()
    assert row.price.text() == typed
    assert counter.shop.app.read(lambda reader: reader.find(Order)) == []


def test_the_customer_is_asked_for_at_the_field(counter: Counter, page: OrdersPage) -> None:
    page.new_order()
    counter.settle()
    page.editor.entry.focus()
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Save order")
    counter.settle()
    assert page.editor.head.person_field.error() == "Choose the customer."
    assert page.editor.head.person.hasFocus()


def test_a_new_guest_is_made_while_typing(counter: Counter, page: OrdersPage) -> None:
    page.new_order()
    counter.settle()
    counter.type("Gina Castillo", ENTER)
    assert page.newcomer.phone.hasFocus()
    counter.type("505 555 0149")
    page.newcomer.save_wanted.emit()
    counter.settle()
    people = counter.shop.app.read(lambda reader: reader.find(Person, given="Gina"))
    assert [(person.given, person.family) for person in people] == [("Gina", "Castillo")]
    assert page.editor.head.person.person_id() == people[0].id
    assert page.editor.entry.words.hasFocus()


def test_the_birthday_discount_comes_with_the_customer_and_can_be_left_out(counter: Counter, page: OrdersPage) -> None:
    with counter.shop.app.store.write("test") as work:
        work.update(Person, counter.shop.person("Amy"), birthday="--02-20", birthday_discount_ppm=100_000)
    start(counter, page)
    counter.type("CV-518", ENTER, ENTER)
    assert page.editor.summary.total_text() == "$18.90"
    page.editor.summary.no_customer_discount.emit()
    assert page.editor.summary.total_text() == "$21.00"


# --- money


def test_less_cash_than_due_is_a_part_payment(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-518", ENTER, ENTER)
    run(page, "Paid in cash")
    counter.type("20")
    assert page.editor.money.rest() == 100
    run(page, "Save order")
    counter.settle()
    assert (stored(counter).paid, stored(counter).balance) == (2000, 100)


def test_two_ways_of_payment_for_one_order(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-518", ENTER, ENTER)
    run(page, "Paid in cash")
    counter.type("15")
    run(page, "Paid by check")
    counter.type("1188")
    run(page, "Save order")
    counter.settle()
    paid = {(p.method, p.amount, p.detail) for p in stored(counter).payments}
    assert paid == {(PaymentMethod.CASH, 1500, ""), (PaymentMethod.CHECK, 600, "1188")}


def test_the_payment_follows_the_total(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-518", ENTER, ENTER)
    run(page, "Paid by card")
    page.editor.entry.focus()
    counter.type("2 CV-518", ENTER)
    (row,) = page.editor.money.rows()
    assert row.money.amount == 6300
    assert page.editor.money.rest() == 0


def test_a_deposit_of_sixty_percent_is_suggested(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-518", ENTER, ENTER)
    assert page.editor.money._deposit.caption() == "Deposit of 60 %: $12.60"
    page.editor.money._deposit.click()
    assert page.editor.money.rest() == 840


def test_a_card_number_is_refused_and_never_kept(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-518", ENTER, ENTER)
    run(page, "Paid by card")
    counter.type("4111111111111111")
    (row,) = page.editor.money.rows()
    assert row._problem.text() == "Never write down a whole card number. At most the last four digits."
    run(page, "Save order")
    page.settle()
    counter.settle()
    assert counter.shop.app.read(lambda reader: reader.find(Order)) == []
    assert "4111111" not in str([draft.body for draft in counter.session.drafts.list()])
    assert row.detail.text() == "4111111111111111"


# --- drafts


def test_a_half_typed_order_comes_back_after_the_lights_went_out(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("3 CV-110", ENTER, "CV-20")
    page.settle()  # what the pause of the keyboard does
    counter.settle()
    again = counter.show(OrdersPage(counter.session))
    again.new_order()
    again.show_route(counter.session.navigation.current)  # type: ignore[arg-type]  # it was just set
    counter.settle()
    assert codes(again) == [("CV-110", Decimal(3))]
    assert again.editor.entry.text() == "CV-20"
    assert again.editor.head.person.person_id() == counter.shop.person("Amy")
    assert "restored" in again.editor._banner._label.text()  # type: ignore[union-attr]


def test_drafts_are_kept_at_the_pause_and_forgotten_when_saved(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-110", ENTER, ENTER)
    counter.qtbot.waitUntil(lambda: len(counter.session.drafts.list()) == 1)
    run(page, "Save order")
    counter.settle()
    assert counter.session.drafts.list() == ()


def test_an_untouched_form_leaves_no_draft(counter: Counter, page: OrdersPage) -> None:
    page.new_order()
    counter.settle()
    counter.type(ESCAPE)
    counter.settle()
    assert counter.session.drafts.list() == ()
    assert not page.editor.isVisible()


def test_the_list_offers_a_half_typed_order(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    counter.type("CV-110", ENTER, ENTER)
    counter.session.navigation.go("orders")
    counter.settle()
    counter.session.navigation.go("orders", None, "all")
    assert page.listing._banner is not None
    page.listing.continue_wanted.emit()
    counter.settle()
    assert codes(page) == [("CV-110", Decimal(1))]
    page.editor.discard()
    counter.settle()
    assert counter.session.drafts.list() == ()
    assert page.listing._banner is None


def test_a_draft_is_stored_without_a_customer(counter: Counter, page: OrdersPage) -> None:
    page.new_order()
    counter.settle()
    page.editor.entry.focus()
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Save draft")
    counter.settle()
    assert stored(counter).order.state is OrderState.DRAFT


# --- papers, delivery, correction


def test_save_and_print_issues_the_slip_and_shows_it(counter: Counter, page: OrdersPage, shown: list[UUID]) -> None:
    start(counter, page)
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Save & print slip")
    counter.settle()
    (slip,) = counter.shop.app.read(active_papers, stored(counter).order.id)
    assert (slip.kind, slip.number) == (PaperKind.ORDER_SLIP, "B-A-2026-0001")
    assert shown == [slip.id]
    row = page.listing.list.model_.row(0)
    assert row is not None
    assert row.number == slip.number


def test_goods_taken_along_are_delivered(counter: Counter, page: OrdersPage) -> None:
    start(counter, page)
    page.editor.head.handover.setCurrentIndex(0)
    page.editor.head.handover.activated.emit(0)
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Save order")
    counter.settle()
    assert stored(counter).order.handover is Handover.TAKE_NOW
    assert stored(counter).order.state is OrderState.DELIVERED


def test_delivery_tells_the_follow_up_and_offers_the_invoice(
    counter: Counter, page: OrdersPage, shown: list[UUID]
) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"))
    counter.session.navigation.go("orders", str(view.order.id), "deliver")
    counter.settle()
    card = page.detail.card()
    assert isinstance(card, DeliverCard)
    card.yes.click()
    counter.settle()
    follow_up, *_later = counter.shop.app.read(lambda reader: reader.find(FollowUp, "due_on"))
    assert follow_up.due_on == date(2026, 2, 15)
    after = page.detail.card()
    assert isinstance(after, DeliveredCard)
    assert "Sunday, February 15, 2026" in str(
        [label.text() for label in after.findChildren(QWidget) if hasattr(label, "text")]
    )
    after.yes.click()
    counter.settle()
    (invoice,) = counter.shop.app.read(active_papers, view.order.id)
    assert (invoice.number, shown) == ("R-A-2026-0001", [invoice.id])
    assert page.detail.card() is None


def test_a_delivery_before_the_order_is_said_at_the_date(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"))
    counter.session.navigation.go("orders", str(view.order.id), "deliver")
    counter.settle()
    card = cast("DeliverCard", page.detail.card())
    card._day.set_value(date(2026, 2, 1))
    card.yes.click()
    counter.settle()
    assert card._fields["delivered_on"].error() == "The delivery lies before the order. Check the date."


def test_a_payment_is_taken_beside_the_list(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-518", "1"))
    counter.session.navigation.go("orders", str(view.order.id), "pay")
    counter.settle()
    card = page.detail.card()
    assert isinstance(card, PayCard)
    assert card.amount() == 2100
    card._amount.selectAll()
    counter.type("20.50", ENTER)
    counter.settle()
    assert counter.shop.view(view.order.id).balance == 50
    assert page.detail.card() is None


def test_a_wrong_payment_is_reversed_with_a_reason(
    counter: Counter, page: OrdersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directsell.ui.pages.orders.operations.dialogs", lambda: ScriptedDialogs("typing mistake"))
    money = (MoneyTaken(method=PaymentMethod.CASH, amount=500),)
    view = counter.shop.enter("Amy", ("CV-518", "1"), payments=money)
    counter.session.navigation.go("orders", str(view.order.id))
    counter.settle()
    page.detail.operations.cancel_payment(view.payments[0].id)
    counter.settle()
    assert [(p.amount, p.note) for p in counter.shop.view(view.order.id).payments] == [
        (500, ""),
        (-500, "typing mistake"),
    ]


def test_an_issued_slip_is_corrected_by_cancelling_it(counter: Counter, page: OrdersPage, shown: list[UUID]) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"))
    counter.shop.app.run(issue_paper, view.order.id, PaperKind.ORDER_SLIP)
    counter.session.navigation.go("orders", str(view.order.id))
    counter.settle()
    assert page.detail._lock.isVisible()
    page.detail.operations.edit()
    card = page.detail.card()
    assert isinstance(card, ReasonCard)
    card.yes.click()
    counter.settle()
    assert card._fields["reason"].error() == "Say in a few words why the paper is cancelled."
    cast("TextField", card._fields["reason"].editor).setText("two, not one")
    card.yes.click()
    counter.settle()
    assert page.editor.isVisible()
    page.editor.lines.rows()[0].quantity.more()
    run(page, "Save & print slip")
    counter.settle()
    (slip,) = counter.shop.app.read(active_papers, view.order.id)
    assert slip.number == "B-A-2026-0002"
    assert counter.shop.view(view.order.id).lines[0].quantity == 2
    assert [paper.number for paper in counter.shop.view(view.order.id).papers] == [
        "B-A-2026-0001",
        "V-A-2026-0001",
        "B-A-2026-0002",
    ]


def test_copy_to_a_new_order(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "2"), ("CV-518", "1"))
    counter.session.navigation.go("orders", str(view.order.id), "copy")
    counter.settle()
    assert codes(page) == [("CV-110", Decimal(2)), ("CV-518", Decimal(1))]
    run(page, "Save order")
    counter.settle()
    assert len(counter.shop.app.read(lambda reader: reader.find(Order))) == 2


def test_a_route_to_the_form_of_a_locked_order_asks_for_the_correction(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"))
    counter.shop.app.run(issue_paper, view.order.id, PaperKind.ORDER_SLIP)
    counter.session.navigation.go("orders", str(view.order.id), "edit")
    counter.settle()
    assert not page.editor.isVisible()
    assert isinstance(page.detail.card(), ReasonCard)


# --- the list


def test_an_empty_list_teaches_and_a_search_without_hits_offers_all(counter: Counter, page: OrdersPage) -> None:
    counter.session.navigation.go("orders")
    assert page.listing.list._empty is not None
    assert page.listing.list._empty.isVisible()
    counter.shop.enter("Amy", ("CV-110", "1"))
    counter.settle()
    page.listing.search.setFocus()
    counter.type("zzz")
    page.listing.search.submitted.emit("zzz")
    counter.qtbot.waitUntil(lambda: page.listing.list.model_.count == 0)
    page.listing.show_all()
    counter.settle()
    assert page.listing.list.model_.count == 1


def test_a_delivered_order_stays_beside_the_list_that_no_longer_has_it(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"))
    counter.settle()
    counter.session.navigation.go("orders", str(view.order.id))
    page.listing.set_filter(OrderFilter.TO_DELIVER)
    counter.settle()
    page.detail.operations.ask_delivery()
    cast("DeliverCard", page.detail.card()).yes.click()
    counter.settle()
    assert page.listing.list.model_.count == 0
    assert page.detail.view is not None
    assert isinstance(page.detail.card(), DeliveredCard)


def test_in_a_narrow_window_the_fields_of_the_head_keep_the_whole_width(counter: Counter, page: OrdersPage) -> None:
    page.resize(900, 700)
    start(counter, page)
    head = page.editor.head
    assert head.day_field.geometry().top() > head.person_field.geometry().top()
    assert head.day_field.width() > head.width() // 3
    page.resize(1200, 700)
    counter.settle()
    assert head.demo_field.geometry().top() == head.person_field.geometry().top()


def test_a_deleted_draft_comes_back_by_undo(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"), state=OrderState.DRAFT)
    counter.settle()
    counter.session.navigation.go("orders", str(view.order.id))
    page.listing.delete_wanted.emit()
    counter.settle()
    assert page.listing.list.model_.count == 0
    assert page.detail.view is None
    counter.session.undo()
    counter.settle()
    assert page.listing.list.model_.count == 1


def test_a_change_from_elsewhere_keeps_what_is_typed(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"))
    counter.session.navigation.go("orders", str(view.order.id), "edit")
    counter.settle()
    counter.type("2 CV-402", ENTER)
    counter.shop.app.run(
        save_order, OrderForm(order=view.order, lines=(*view.lines, counter.shop.line(view.order, "CV-777")))
    )
    counter.settle()
    assert codes(page) == [("CV-110", Decimal(1)), ("CV-402", Decimal(2))]
    assert page.editor._banner is not None


def test_money_that_came_in_elsewhere_is_not_taken_again(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-777", "1"))
    counter.session.navigation.go("orders", str(view.order.id), "edit")
    counter.settle()
    page.editor.money.add_method(PaymentMethod.CASH)
    counter.shop.app.run(take_payment, view.order.id, method=PaymentMethod.CARD, amount=5000)
    counter.settle()
    assert [row.money.amount for row in page.editor.money.rows()] == [view.totals.total - 5000]
    next(command for command in page.editor.commands() if command.shortcut == "Ctrl+S").run()
    counter.settle()
    assert counter.shop.view(view.order.id).balance == 0


def test_a_clean_form_follows_a_change_from_elsewhere(counter: Counter, page: OrdersPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"))
    counter.session.navigation.go("orders", str(view.order.id), "edit")
    counter.settle()
    counter.shop.app.run(
        save_order, OrderForm(order=view.order, lines=(*view.lines, counter.shop.line(view.order, "CV-777")))
    )
    counter.settle()
    assert [code for code, _quantity in codes(page)] == ["CV-110", "CV-777"]


@pytest.mark.parametrize("width", [600, 1140])
def test_everything_that_takes_keys_has_a_name(counter: Counter, page: OrdersPage, width: int) -> None:
    page.resize(width, 500)
    start(counter, page)
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Paid in cash")
    run(page, "Paid by card")
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and isinstance(widget, QAbstractButton | QLineEdit)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or widget.property("text"))
    ]
    assert nameless == []


def test_readings_of_a_typed_line() -> None:
    assert [(r.words, r.quantity) for r in readings("  2   CV-110 ")] == [("CV-110", 2), ("2 CV-110", None)]
    assert [(r.words, r.quantity) for r in readings("CV-110")] == [("CV-110", None)]
    assert [(r.words, r.quantity) for r in readings("0 CV-110")] == [("0 CV-110", None)]
    assert [(r.words, r.quantity) for r in readings("2,5*soap")] == [("soap", Decimal("2.5")), ("2,5*soap", None)]
    assert readings("   ") == ()


def test_the_pages_start_without_the_heavy_libraries() -> None:
    heavy = "('sqlalchemy', 'alembic', 'reportlab', 'babel', 'openpyxl', 'PIL')"
    code = (
        "import sys; from directsell.ui import qt_boot; qt_boot.import_qt(); "
        "import directsell.ui.pages.orders, directsell.ui.pages.products; "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_paper_is_looked_at_before_it_gets_its_number(counter: Counter, page: OrdersPage) -> None:
    order_id = counter.shop.enter("Amy", ("CV-110", "1")).order.id
    counter.session.navigation.go("orders", str(order_id))
    counter.settle()
    for words in ("Preview of the slip", "Preview of the invoice"):
        run(page, words)
        counter.settle()
        (dialog,) = page.findChildren(PaperDialog)
        assert dialog.view.info is not None
        assert "DRAFT" in dialog.view.info.text.upper()
        dialog.close()
        dialog.setParent(None)
        dialog.deleteLater()
    assert counter.shop.view(order_id).papers == ()
