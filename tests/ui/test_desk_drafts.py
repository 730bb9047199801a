"""Slips on the disk key by key, and rows that are filled again when another slip is taken in hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo
from directsell.ui.navigation import Route
from directsell.ui.pages.desk import DeskPage
from directsell.usecases.demos import save_demo
from directsell.usecases.parties import seat_guest
from tests.ui.counter import Counter

ENTER, BACK = Qt.Key.Key_Return, Qt.Key.Key_Backspace
GUESTS = ("Amy", "Beth")


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
    for name in GUESTS:
        shop.app.run(seat_guest, demo.id, shop.person(name))
    shown = counter.show(DeskPage(counter.session), 1320, 740)
    shown.show_route(Route("desk", str(demo.id)))
    counter.settle()
    return shown


def take(counter: Counter, page: DeskPage, name: str) -> None:
    page.open_person(counter.shop.person(name))
    counter.settle()


def run(page: DeskPage, text: str) -> None:
    next(command for command in page.commands() if command.text == text).run()


def drafts(counter: Counter) -> list[Any]:
    return [draft.body for draft in counter.session.drafts.list()]


def rows(page: DeskPage) -> list[tuple[str, int, str]]:
    """Return code or name, quantity and sum of the rows as they stand on the screen."""
    found = page.editor.lines.rows()
    assert all(row.isVisible() for row in found)
    return [(row.line().code or row.line().name, int(row.quantity.edit.text()), row.sum.text()) for row in found]


def test_every_key_is_on_the_disk_as_soon_as_it_is_typed(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    kept = []
    for part in ("C", "V", "-", "1", "1", "0", ENTER, "1", "2", ENTER):
        counter.type(part)
        counter.qtbot.waitUntil(lambda: page.editor._keeper.is_kept)
        (body,) = drafts(counter)
        kept.append((body["words"]["entry"], [line["quantity"] for line in body["lines"]]))
    words = ["C", "CV", "CV-", "CV-1", "CV-11", "CV-110", "Peeler", "Peeler", "12*CV-110", ""]
    assert kept == [(text, []) for text in words[:-1]] + [("", ["12"])]


def test_a_chosen_product_with_its_quantity_comes_back_and_one_enter_adds_it(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, "12")
    counter.settle()
    page.slips.open(page.demo_id)  # type: ignore[arg-type]  # a demo is shown
    page.editor.slip = None
    take(counter, page, "Amy")
    assert page.editor.entry.text() == "12*CV-110"
    counter.type(ENTER)
    assert rows(page) == [("CV-110", 12, "150.00")]


def test_what_is_typed_and_erased_leaves_no_draft(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("x")
    counter.settle()
    assert len(drafts(counter)) == 1
    counter.type(BACK)
    counter.settle()
    assert drafts(counter) == []


def test_rows_that_are_filled_again_show_their_own_slip_alone(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    for code in ("CV-110", "CV-204", "CV-315"):
        counter.type(code, ENTER, "2", ENTER)
    page.editor.lines.rows()[1].off.setFocus()
    counter.type("10 %")
    page.editor.lines.rows()[2].price.setFocus()
    page.editor.lines.rows()[2].price.selectAll()
    counter.type("nonsense")
    amy = [("CV-110", 2, "25.00"), ("CV-204", 2, "82.80"), ("CV-315", 2, "116.00")]
    assert rows(page) == amy
    take(counter, page, "Beth")
    assert rows(page) == []
    counter.type("Ribbon")
    counter.type(ENTER, modifier=Qt.KeyboardModifier.ControlModifier)  # a line without product
    counter.type("3")
    assert rows(page) == [("Ribbon", 1, "3.00")]
    take(counter, page, "Amy")
    assert rows(page) == amy
    first, second, third = page.editor.lines.rows()
    assert (second.off.text(), third.price.text()) == ("10%", "nonsense")
    assert [bool(row.error()) for row in (first, second, third)] == [False, False, True]
    first.remove_wanted.emit()
    assert rows(page) == amy[1:]
    counter.type("CV-518", ENTER, ENTER)
    assert rows(page) == [*amy[1:], ("CV-518", 1, "21.00")]
    take(counter, page, "Beth")
    assert rows(page) == [("Ribbon", 1, "3.00")]
    assert page.editor.lines.rows()[0].line().quantity == Decimal(1)


def test_a_row_that_waits_is_not_part_of_the_slip(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER)
    lines = page.editor.lines
    counter.qtbot.waitUntil(lambda: len(lines._spare) >= 3)
    assert rows(page) == [("CV-110", 1, "12.50")]
    assert not [row for row in lines._spare if row.isVisible()]


def test_enter_alone_goes_from_the_goods_to_the_money_to_the_placed_order(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-402", ENTER, ENTER)
    counter.type(ENTER)  # nothing more: on to the money
    counter.type(ENTER)  # in cash
    counter.type("50", ENTER)
    assert counter.said == []
    counter.type(ENTER)
    counter.settle()
    assert counter.said == ["Order of Amy placed"]
    counter.type(ENTER)
    assert page.is_typing  # another slip for her


def test_a_key_held_down_presses_no_button(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-402", ENTER, ENTER, ENTER)
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(counter.focus(), held)
    counter.settle()
    assert page.editor.money.rows() == ()
    assert counter.said == []


def test_words_that_cannot_be_understood_are_kept_as_they_were_typed(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-315", ENTER, ENTER)
    editor = page.editor
    run(page, "Paid in cash")
    typed: dict[str, Any] = {
        "7x": editor.lines.rows()[0].price,
        "5 perc": editor.summary.off,
        "fiv": editor.summary.freight,
    }
    typed["1oo"] = editor.money.rows()[0].given
    for words, field in typed.items():
        field.setFocus()
        field.selectAll()
        counter.type(words)
    take(counter, page, "Beth")
    take(counter, page, "Amy")
    page.settle()
    counter.settle()
    again = counter.show(DeskPage(counter.session), 1320, 740)
    again.show_route(Route("desk", str(page.demo_id)))
    counter.settle()
    take(counter, again, "Amy")
    for shown in (page.editor, again.editor):
        price = shown.lines.rows()[0].price
        assert (price.text(), shown.summary.off.text(), shown.summary.freight.text()) == ("7x", "5 perc", "fiv")
        assert shown.money.rows()[0].given.text() == "1oo"
        assert shown.lines.error_row() is not None
    run(again, "Place order")
    counter.settle()
    assert again.is_typing
    assert counter.said == []


def test_a_half_typed_guest_is_back_after_the_lights_went_out(counter: Counter, page: DeskPage) -> None:
    run(page, "New guest")
    counter.settle()
    counter.type("Gina Castillo", ENTER, "505 555")
    page.settle()
    counter.settle()
    again = counter.show(DeskPage(counter.session), 1320, 740)
    again.show_route(Route("desk", str(page.demo_id)))
    counter.settle()
    run(again, "New guest")
    counter.settle()
    sheet = again._sheet
    assert sheet is not None
    assert (sheet.name.text(), sheet.phone.value()) == ("Gina Castillo", "505 555")
    sheet.save_wanted.emit()
    counter.settle()
    assert counter.said[-1] == "Gina Castillo is here"
    assert drafts(counter) == []


def test_a_half_typed_door_prize_slip_is_back_after_the_lights_went_out(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    run(page, "Door-prize slip")
    counter.settle()
    counter.type("Knives")
    assert page.people._prize is not None
    page.people._prize.would_host.click()
    page.settle()
    again = counter.show(DeskPage(counter.session), 1320, 740)
    again.show_route(Route("desk", str(page.demo_id)))
    counter.settle()
    take(counter, again, "Amy")
    run(again, "Door-prize slip")
    counter.settle()
    sheet = again.people._prize
    assert sheet is not None
    assert (sheet.liked.value(), sheet.would_host.value()) == ("Knives", True)
    sheet.save_wanted.emit()
    counter.settle()
    assert counter.said[-1] == "Slip of Amy taken up"
    take(counter, again, "Beth")
    run(again, "Door-prize slip")
    counter.settle()
    assert sheet.liked.value() == ""
