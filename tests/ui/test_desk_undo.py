"""Undo and do again at the desk: a placed order becomes a slip and an order again, and its money is taken once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo, guest_of
from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderState
from directsell.domain.payments import Payment, PaymentMethod
from directsell.ui.navigation import Route
from directsell.ui.pages.desk import DeskPage
from directsell.usecases.demos import remove_guest, save_demo
from directsell.usecases.orders import MoneyTaken, OrderForm, enter_order
from directsell.usecases.parties import seat_guest
from directsell.usecases.payments import take_payment
from tests.ui.counter import Counter

ENTER = Qt.Key.Key_Return


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def page(counter: Counter) -> DeskPage:
    shop = counter.shop
    demo = Demo(id=shop.ids.new(), host_id=shop.person("Dana"), day=date(2026, 2, 13), created_at=shop.clock.now())
    shop.app.run(save_demo, demo)
    for name in ("Amy", "Beth", "Carla"):
        shop.app.run(seat_guest, demo.id, shop.person(name))
    shown = counter.show(DeskPage(counter.session), 1320, 740)
    shown.show_route(Route("desk", str(demo.id)))
    counter.settle()
    return shown


def run(page: DeskPage, text: str) -> None:
    next(command for command in page.commands() if command.text == text).run()


def take(counter: Counter, page: DeskPage, name: str) -> None:
    page.open_person(counter.shop.person(name))
    counter.settle()


def read(counter: Counter, page: DeskPage) -> None:
    """Wait until the party was read, also where that waits for a pause of the keyboard."""
    page.typing_done()
    page.refresh()
    counter.settle()


def place(counter: Counter, page: DeskPage, name: str, code: str = "CV-110") -> None:
    take(counter, page, name)
    counter.type(code, ENTER, ENTER)
    run(page, "Paid in cash")
    run(page, "Place order")
    counter.settle()
    read(counter, page)


def undo(counter: Counter, page: DeskPage) -> None:
    counter.session.undo()
    counter.settle()
    read(counter, page)


def redo(counter: Counter, page: DeskPage) -> None:
    counter.session.redo()
    counter.settle()
    read(counter, page)


def cash(counter: Counter) -> int:
    return sum(payment.amount for payment in counter.shop.app.read(lambda reader: reader.find(Payment)))


def orders(counter: Counter) -> list[Order]:
    return counter.shop.app.read(lambda reader: reader.find(Order))


def open_slips(page: DeskPage) -> list[str]:
    return [slip.name for slip in page.slips.open_slips()]


def test_an_order_undone_and_done_again_is_no_slip_any_more(counter: Counter, page: DeskPage) -> None:
    place(counter, page, "Amy")
    undo(counter, page)
    assert (page.is_typing, page.editor.total_text(), cash(counter)) == (True, "$13.47", 0)
    redo(counter, page)
    assert (page.is_typing, page.is_placed, open_slips(page)) == (False, True, [])
    assert cash(counter) == 1347
    assert counter.session.drafts.list() == ()
    undo(counter, page)
    assert page.is_typing
    run(page, "Place order")
    counter.settle()
    assert (len(orders(counter)), cash(counter)) == (1, 1347)


def test_what_was_typed_before_it_was_done_again_changes_that_order(counter: Counter, page: DeskPage) -> None:
    place(counter, page, "Amy")
    undo(counter, page)
    counter.type("CV-402", ENTER, ENTER)
    redo(counter, page)
    assert page.is_typing
    assert [line.code for line in page.editor.lines.lines()] == ["CV-110", "CV-402"]
    assert page.editor.money.rows() == ()
    assert page.editor.money.rest() == page.editor.slip.working.totals().total - 1347  # type: ignore[union-attr]
    run(page, "Place order")
    counter.settle()
    (order,) = orders(counter)
    assert order.state is OrderState.PLACED
    assert len(counter.shop.view(order.id).lines) == 2
    assert cash(counter) == 1347


def test_placing_before_the_desk_knows_takes_no_money_twice(counter: Counter) -> None:
    shop = counter.shop
    view = shop.enter("Amy", ("CV-110", "1"))
    form = OrderForm(order=view.order, lines=view.lines)
    money = (MoneyTaken(method=PaymentMethod.CASH, amount=1347),)
    with pytest.raises(DomainError) as refused:
        shop.app.run(enter_order, form, money, only_new=True)
    assert refused.value.code == "order.stored_already"
    assert cash(counter) == 0


def test_every_order_that_is_undone_becomes_a_slip_and_is_on_the_disk(counter: Counter, page: DeskPage) -> None:
    place(counter, page, "Amy")
    place(counter, page, "Beth", "CV-402")
    assert counter.session.drafts.list() == ()
    undo(counter, page)
    assert open_slips(page) == ["Beth"]
    undo(counter, page)
    assert open_slips(page) == ["Beth", "Amy"]
    codes = {draft.body["lines"][0]["code"] for draft in counter.session.drafts.list()}
    assert codes == {"CV-110", "CV-402"}


def test_another_slip_of_the_same_person_is_not_lost_by_undoing(counter: Counter, page: DeskPage) -> None:
    place(counter, page, "Amy")
    page.another_slip()
    counter.settle()
    counter.type("CV-777", ENTER, ENTER)
    undo(counter, page)
    assert [line.code for line in page.editor.lines.lines()] == ["CV-777"]
    redo(counter, page)
    assert [line.code for line in page.editor.lines.lines()] == ["CV-777"]
    assert (len(orders(counter)), cash(counter)) == (1, 1347)


def test_a_slip_thrown_away_is_brought_back(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Beth")
    counter.type("CV-402", ENTER, ENTER)
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER, "CV-777", ENTER, ENTER)
    run(page, "Throw this slip away")
    counter.settle()
    assert open_slips(page) == ["Beth"]
    assert "thrown away" in counter.said[-1]
    assert page.undo_step()
    counter.settle()
    assert page.current == counter.shop.person("Amy")
    assert [line.code for line in page.editor.lines.lines()] == ["CV-110", "CV-777"]
    assert len(counter.session.drafts.list()) == 2
    assert page.undo_step()
    assert [line.code for line in page.editor.lines.lines()] == ["CV-110"]


def test_after_further_typing_the_typing_is_taken_back_first(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Throw this slip away")
    take(counter, page, "Beth")
    counter.type("CV-402", ENTER, ENTER)
    assert page.undo_step()
    assert page.editor.lines.lines() == []
    assert page.undo_step()
    counter.settle()
    assert page.current == counter.shop.person("Amy")


def test_placed_orders_are_at_hand_while_a_second_slip_is_typed(
    counter: Counter, page: DeskPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(counter, page, "Amy")
    page.another_slip()
    counter.settle()
    counter.type("CV-777", ENTER, ENTER)
    page._menu_of_current(page.pos())
    page.people._menu.close()
    next(action for action in page.people._menu.actions() if action.text() == "Placed orders").trigger()
    assert page.is_placed
    corrected: list[object] = []
    monkeypatch.setattr(page.errands, "correct", corrected.append)
    page.placed.change_wanted.emit(page.placed.last())
    assert corrected == [page.placed.last()]
    page.placed.another.click()
    counter.settle()
    assert [line.code for line in page.editor.lines.lines()] == ["CV-777"]


def test_the_slip_of_somebody_taken_off_the_list_is_not_lost(counter: Counter, page: DeskPage) -> None:
    amy = counter.shop.person("Amy")
    take(counter, page, "Amy")
    counter.type("CV-777", ENTER, ENTER)
    take(counter, page, "Beth")
    assert page.demo_id is not None
    counter.shop.app.run(remove_guest, guest_of(page.demo_id, amy).id)
    counter.settle()
    read(counter, page)
    page.tabs.chosen.emit(amy)
    counter.settle()
    assert [line.code for line in page.editor.lines.lines()] == ["CV-777"]
    run(page, "Place order")
    counter.settle()
    assert [order.person_id for order in orders(counter)] == [amy]


def test_money_taken_elsewhere_is_not_taken_again(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-777", ENTER, ENTER)
    run(page, "Place order")
    counter.settle()
    read(counter, page)
    view = page.placed.last()
    assert view is not None
    page.placed.change_wanted.emit(view)
    counter.settle()
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Paid in cash")
    counter.shop.app.run(take_payment, view.order.id, method=PaymentMethod.CARD, amount=5000)
    counter.settle()
    read(counter, page)
    assert [row.money.amount for row in page.editor.money.rows()] == [10829 - 5000]
    page.settle()
    counter.settle()
    counter.shop.app.run(take_payment, view.order.id, method=PaymentMethod.CARD, amount=1000)
    again = counter.show(DeskPage(counter.session), 1320, 740)
    again.show_route(Route("desk", str(page.demo_id)))
    counter.settle()
    again.open_slip(counter.shop.person("Amy"))
    counter.settle()
    run(again, "Place order")
    counter.settle()
    assert cash(counter) == 10829
    assert counter.shop.view(view.order.id).balance == 0
