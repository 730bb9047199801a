"""Undo and redo at every point of the first journey: back to each state, and forward again to the same one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.people import Outcome
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.routes import new_view
from directsell.ui.widgets.buttons import Button
from tests.ui.whole import Desk, desk_over_sample, type_into

State = dict[str, list[str]]
_LOCAL = ("rid", "deleted_at", "changed_at")
_NOT_DATA = ("journal", "journal_tx", "sync_state", "sync_clock", "draft", "search_dirty", "counter", "file")


@pytest.fixture
def desk(themed: QApplication, qtbot: QtBot, scripted: ScriptedDialogs, tmp_path: Path) -> Iterator[Desk]:
    yield from desk_over_sample(tmp_path / "book", qtbot)


def state(desk: Desk) -> State:
    """Return every living row of every table; of the ledger, to which undo adds, what it comes to."""
    found: State = {}
    with desk.session.app.store.read() as reader:
        for (table,) in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"):
            columns = [row[1] for row in reader.rows(f'PRAGMA table_info("{table}")')]
            kept = ", ".join(f'"{name}"' for name in columns if name not in _LOCAL)
            if table in _NOT_DATA or table.startswith("sqlite_") or not kept:
                continue
            alive = "WHERE deleted_at IS NULL" if "deleted_at" in columns else ""
            sql = f'SELECT {kept} FROM "{table}" {alive}'
            if table == "payment":
                sql = "SELECT order_id, method, sum(amount) FROM payment GROUP BY 1, 2 HAVING sum(amount) <> 0"
            found[table] = sorted(map(repr, reader.rows(sql)))
    return found


def run_command(desk: Desk, text: str) -> None:
    page: Any = desk.shell.current_page()
    next(command for command in page.commands() if command.text == text).run()
    desk.settle()


def press(desk: Desk, text: str) -> None:
    """Press the button of this name that shows."""
    buttons = [button for button in desk.shell.findChildren(Button) if button.isVisible() and button.caption() == text]
    buttons[-1].click()
    desk.settle()


def journey(desk: Desk) -> Iterator[str]:
    """Go the first journey; yields after each step."""
    sheet = desk.go("people", view="new").form
    type_into(sheet.given, "Zaphod")
    type_into(sheet.need, "a saucepan")
    press(desk, "Save")
    yield "a person"
    zaphod = desk.id_of("SELECT id FROM person WHERE given = 'Zaphod'")
    page = desk.go("people", zaphod)
    run_command(desk, "Log a call")
    page.contact.outcomes.set_value(str(Outcome.REACHED))
    type_into(page.contact.text, "Wants to see it")
    press(desk, "Log")
    yield "a call"
    sheet = desk.go("demos", view=new_view(person=zaphod)).form
    type_into(sheet.title, "Dinner at Zaphod's")
    type_into(sheet.day, "tomorrow")
    press(desk, "Save")
    yield "a demo"
    demo = desk.id_of("SELECT id FROM demo WHERE title LIKE 'Dinner%'")
    product = desk.id_of("SELECT id FROM product ORDER BY rid LIMIT 1")
    editor = desk.go("orders", view=new_view(person=zaphod, demo=demo, product=product)).editor
    editor.save()
    desk.settle()
    yield "an order"
    run_command(desk, "Take payment")
    press(desk, "Take")
    yield "a payment"
    run_command(desk, "Deliver")
    press(desk, "Delivered")
    yield "a delivery"


def test_every_step_is_taken_back_and_done_again(desk: Desk) -> None:
    states = [state(desk)]
    for step in journey(desk):
        states.append(state(desk))
        assert states[-1] != states[-2], step
    desk.go("today")
    last = len(states) - 1
    for back in range(1, last + 1):
        for _time in range(back):
            QTest.keyClick(desk.shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            desk.settle()
        assert state(desk) == states[last - back], f"{back} steps back"
        again = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        for _time in range(back):
            QTest.keyClick(desk.shell, Qt.Key.Key_Z, again)
            desk.settle()
        assert state(desk) == states[last], f"{back} steps back and forward"
    assert desk.complained == []
    assert desk.examine() == []
