"""Half-typed sheets of prospecting, marketing and of one person: back after the window went or the program was locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell.domain.message_ways import Way
from directsell.store.keys import KeyMode
from directsell.store.work import Work
from directsell.ui.navigation import Route
from directsell.ui.unlock import Unlock
from directsell.ui.widgets.kept_words import KeptWords
from directsell.usecases.erasing import erase_person
from directsell.usecases.verbs import usecase
from tests.ui.whole import Start, Whole, sample_home, starting

WORDS = "Zaphod brings the saucepan"


@pytest.fixture
def start(themed: QApplication, qtbot: QtBot) -> Iterator[Start]:
    yield from starting(qtbot)


def _somebody(whole: Whole) -> UUID:
    return whole.id_of(
        "SELECT p.id FROM person p JOIN consent c ON c.person_id = p.id WHERE c.given = 1 AND c.channel = 'message' "
        "ORDER BY p.rid LIMIT 1"
    )


def _template(whole: Whole) -> tuple[Any, Any]:
    page = whole.go("marketing", view="templates")
    page.templates.sheet.start()
    return page.templates.sheet, page.templates.sheet.body_text


def _campaign(whole: Whole) -> tuple[Any, Any]:
    page = whole.go("marketing")
    page.campaigns.sheet.start()
    return page.campaigns.sheet, page.campaigns.sheet.note


def _segment(whole: Whole) -> tuple[Any, Any]:
    page = whole.go("marketing", view="segments")
    page.segments.sheet.start()
    return page.segments.sheet, page.segments.sheet.note


def _product(whole: Whole) -> tuple[Any, Any]:
    page = whole.go("products", view="new")
    sheet = next(w for w in page.findChildren(QWidget) if type(w).__name__ == "ProductSheet")
    if not sheet.isVisible():
        page.show_route(Route("products", None, "new"))
    sheet.category.set_value("Bowls", "Bowls")
    return sheet, sheet.description


def _of_person(find: Callable[[Any], Any], field: str, opens: str = "ask") -> Callable[[Whole], tuple[Any, Any]]:
    def open_it(whole: Whole) -> tuple[Any, Any]:
        page = whole.go("people", _somebody(whole))
        sheet = find(page)
        getattr(sheet, opens)(_somebody(whole), "Somebody")
        return sheet, getattr(sheet, field)

    return open_it


def _sheet_of(name: str) -> Callable[[Any], Any]:
    return lambda page: next(w for w in page.findChildren(QWidget) if type(w).__name__ == name)


SHEETS: dict[str, Callable[[Whole], tuple[Any, Any]]] = {
    "product": _product,
    "template": _template,
    "campaign": _campaign,
    "segment": _segment,
    "consent": _of_person(_sheet_of("ConsentSheet"), "source"),
    "relation": _of_person(_sheet_of("RelationSheet"), "note"),
    "wish": _of_person(_sheet_of("WishSheet"), "note"),
    "follow-up": _of_person(_sheet_of("FollowUpSheet"), "text", "plan"),
    "objection": _of_person(_sheet_of("ObjectionSheet"), "answer", "add_for"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_half_typed_is_back_when_the_sheet_opens_again(name: str, tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    _sheet, field = SHEETS[name](whole)
    QTest.keyClicks(field.focusProxy() or field, WORDS)
    whole.close()
    again = start(whole.context)
    sheet, field = SHEETS[name](again)
    again.settle()
    assert WORDS in field.value()
    assert sheet.is_dirty
    sheet.set_clean()
    sheet.close_sheet()
    assert again.session.drafts.list() == ()
    SHEETS[name](again)
    assert WORDS not in field.value()
    assert not whole.reports
    assert not again.reports


def test_costs_and_rules_come_back_too(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    sheet, field = _campaign(whole)
    sheet.costs.add_row()
    cost = sheet.costs.rows()[0]
    QTest.keyClicks(cost.label, "Flyers")
    QTest.keyClicks(cost.amount, "12.50")
    sheet, field = _segment(whole)
    QTest.keyClicks(field, WORDS)
    sheet.rules.add_rule_button.click()
    rules = sheet.rules.value()
    whole.close()
    again = start(whole.context)
    sheet, _field = _campaign(again)
    cost = sheet.costs.rows()[0]
    assert (cost.label.value(), cost.amount.value()) == ("Flyers", 1250)
    sheet, _field = _segment(again)
    assert sheet.rules.value() == rules
    assert not again.reports


def test_a_message_half_written_when_the_program_locks_is_back_after_the_password(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book", KeyMode.PASSWORD))
    whole.unlock()
    person = _somebody(whole)
    writing = _write(whole, person)
    writing.compose.way.set_value(Way.SMS)
    writing.compose.way.changed.emit()
    QTest.keyClicks(writing.compose.text.focusProxy() or writing.compose.text, WORDS)
    whole.program.lock_now()
    assert isinstance(whole.program.window, Unlock)
    whole.unlock()
    writing = _write(whole, person)
    assert (writing.compose.text.value(), writing.compose.way.value()) == (WORDS, Way.SMS)
    whole.program.lock_now()
    whole.unlock()
    whole.session.app.run(settle_and_erase, person)
    assert whole.session.drafts.list() == ()
    assert not whole.reports


def _write(whole: Whole, person: UUID) -> Any:
    page = whole.go("people", person)
    page.writing.write_person(person, "Somebody")
    whole.settle()
    return page.writing


@usecase("Erase")
def settle_and_erase(work: Work, person: UUID) -> None:
    work.write("UPDATE sales_order SET owed = 0, state = 'delivered' WHERE person_id = ?", (person.bytes,))
    erase_person(work, person)


def test_a_sheet_that_is_open_while_its_person_is_erased_keeps_nothing(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    person = _somebody(whole)
    sheet, field = SHEETS["consent"](whole)
    QTest.keyClicks(field, WORDS)
    whole.session.app.run(settle_and_erase, person)
    for kept in whole.shell.findChildren(KeptWords):
        kept.settle()
    assert whole.session.drafts.list() == ()
    page: Any = whole.shell.current_page()
    page.contact.begin(person)
    page.contact.show()
    QTest.keyClicks(page.contact.text, WORDS)
    page.contact.settle()
    assert whole.session.drafts.list() == ()
    page.contact.set_clean()
    sheet.set_clean()


def test_a_saved_sheet_leaves_nothing_behind(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    sheet, field = _template(whole)
    QTest.keyClicks(sheet.name, "Thanks")
    QTest.keyClicks(field.focusProxy() or field, WORDS)
    for kept in whole.shell.findChildren(KeptWords):
        kept.settle()
    assert [draft.key for draft in whole.session.drafts.list()] == ["template:new"]
    sheet.save_button.click()
    whole.close()  # before the sheet hears that it was stored
    again = start(whole.context)
    assert again.session.drafts.list() == ()
    assert again.value("SELECT count(*) FROM template WHERE name = 'Thanks'") == 1
