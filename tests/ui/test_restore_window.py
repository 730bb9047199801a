"""Bringing a backup back in the window: proof, what would be lost, keys, refusals, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.context import BookState, Context
from directsell.store import recovery
from directsell.store.keys import KeyMode
from directsell.store.queries.settings import business
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.restore_window import RestoreWindow
from directsell.ui.tasks import Tasks
from directsell.usecases.settings import change_business
from tests.fixtures import books
from tests.ui.homes import PASSWORD, Ring, home, settle_in


class Doorway:
    """The window over one data folder, with what it said at the end."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context = context
        self.tasks = Tasks(readers=1)
        self.window = RestoreWindow(context, self.tasks)
        self.qtbot = qtbot
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(self._calm, timeout=20_000)

    def _calm(self) -> bool:
        QCoreApplication.processEvents()
        return not self.tasks.busy

    def check(self) -> None:
        self.window.check()
        self.settle()


@pytest.fixture
def doorway(themed: QApplication, qtbot: QtBot) -> Iterator[Callable[[Context], Doorway]]:
    opened: list[Doorway] = []

    def make(context: Context) -> Doorway:
        opened.append(Doorway(context, qtbot))
        return opened[-1]

    yield make
    for door in opened:
        door.tasks.shutdown()


def backed_up(folder: Path, mode: KeyMode = KeyMode.FILE, password: str = "", keyring: Ring | None = None) -> Context:
    """Return the home of a business with a backup and one change after it."""
    context = home(folder, keyring=keyring)
    book = settle_in(context, mode, password)
    with book.app.store.write("Order") as work:
        books.add_order(work, person_id=books.add_person(work).id)
    context.back_up(book)
    book.app.run(change_business, terms="typed after the backup")
    book.close()
    return context


def terms(context: Context, password: str = "") -> str:
    book = context.open(password)
    try:
        return book.app.read(business).terms
    finally:
        book.close()


def test_a_backup_is_chosen_proven_and_put_in_place(
    tmp_path: Path, doorway: Callable[[Context], Doorway], qtbot: QtBot
) -> None:
    context = backed_up(tmp_path)
    door = doorway(context)
    window = door.window
    assert not window.check_button.isEnabled()
    (row,) = window.rows.rows
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    door.check()
    assert window.problem() == ""
    assert window.steps.currentIndex() == 1
    lines = [window._proof_lines.itemAt(n).widget().text() for n in range(window._proof_lines.count())]  # type: ignore[union-attr]
    assert lines[:3] == ["1 person", "1 order", "0 numbered papers"]
    assert window._lost_words.text() == "1 change that was made later is not in it."
    assert terms(context) == "typed after the backup"
    window.restore_button.click()
    door.settle()
    assert window.steps.currentIndex() == 2
    assert "series B" in window._end_words.text()
    with qtbot.waitSignal(window.restored):
        window.open_button.click()
    assert terms(context) == ""


def test_papers_that_customers_hold_are_named(tmp_path: Path, doorway: Callable[[Context], Doorway]) -> None:
    context = home(tmp_path)
    book = settle_in(context)
    context.back_up(book)
    for _number in range(8):
        with book.app.store.write("Issue", barrier=True) as work:
            books.issue(work, books.add_order(work))
    book.close()
    door = doorway(context)
    door.window.rows.rows[0].click()
    door.check()
    named = door.window._lost_papers.text()
    assert "R-A-2026-0001" in named
    assert named.endswith("and more")


def test_nothing_to_choose(tmp_path: Path, doorway: Callable[[Context], Doorway], qtbot: QtBot) -> None:
    door = doorway(home(tmp_path))
    assert door.window._none.isVisible()
    door.window.check()
    with qtbot.waitSignal(door.window.given_up):
        door.window.back_button.click()


def test_the_password_is_asked(tmp_path: Path, doorway: Callable[[Context], Doorway]) -> None:
    context = backed_up(tmp_path, KeyMode.PASSWORD, PASSWORD)
    door = doorway(context)
    window = door.window
    assert window._password_field.isVisible()
    assert not window._code_field.isVisible()
    window.rows.rows[0].click()
    QTest.keyClicks(window.password, "not this one")
    door.check()
    assert window.problem() == "This password is wrong."
    assert window.password.text() == "not this one"
    window.password.setText(PASSWORD)
    QTest.keyClick(window.password, Qt.Key.Key_Return)
    door.settle()
    assert window.steps.currentIndex() == 1
    window.restore()
    door.settle()
    assert window.steps.currentIndex() == 2
    assert terms(context, PASSWORD) == ""


def test_a_new_laptop_opens_a_backup_with_the_recovery_sheet(
    tmp_path: Path, doorway: Callable[[Context], Doorway], scripted: ScriptedDialogs
) -> None:
    old = backed_up(tmp_path / "old")
    code = recovery.sheet_of(old.keys.unlock() or b"", books.NOON.date()).code
    ring = Ring()
    new = home(tmp_path / "new", keyring=ring)
    door = doorway(new)
    window = door.window
    scripted.answer(old.backups()[0].path)
    window.file_button.click()
    assert window._code_field.isVisible()
    assert not window._password_field.isVisible()
    door.check()
    assert window.problem() != ""
    QTest.keyClicks(window.code, code[:20])
    door.check()
    assert "letters and digits" in window.problem()
    window.code.setText(code[:-1] + ("0" if code[-1] != "0" else "1"))
    door.check()
    assert "Group 14" in window.problem()
    window.code.setText(code.lower())
    door.check()
    assert window.steps.currentIndex() == 1
    assert not window._lost.isVisible()
    window.restore()
    door.settle()
    assert new.state() is BookState.READY
    assert new.keys.mode is KeyMode.KEYRING
    assert len(ring.kept) == 1
    assert terms(new) == ""


def test_without_a_keyring_the_key_lies_in_a_file(
    tmp_path: Path, doorway: Callable[[Context], Doorway], scripted: ScriptedDialogs
) -> None:
    old = backed_up(tmp_path / "old")
    code = recovery.sheet_of(old.keys.unlock() or b"", books.NOON.date()).code
    new = home(tmp_path / "new")
    door = doorway(new)
    scripted.answer(old.backups()[0].path)
    door.window.file_button.click()
    door.window.code.setText(code)
    door.check()
    door.window.restore()
    door.settle()
    assert new.keys.mode is KeyMode.FILE
    assert terms(new) == ""


def test_the_backup_of_another_business_asks_for_its_code(
    tmp_path: Path, doorway: Callable[[Context], Doorway], scripted: ScriptedDialogs
) -> None:
    other = backed_up(tmp_path / "other")
    code = recovery.sheet_of(other.keys.unlock() or b"", books.NOON.date()).code
    context = backed_up(tmp_path / "mine")
    door = doorway(context)
    window = door.window
    scripted.answer(other.backups()[0].path)
    window.file_button.click()
    assert not window._code_field.isVisible()
    door.check()
    assert window._code_field.isVisible()
    assert "recovery sheet" in window.problem()
    window.code.setText(code)
    door.check()
    assert window.steps.currentIndex() == 1
    assert terms(context) == "typed after the backup"


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"not a database" * 1000])
def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(
    tmp_path: Path, doorway: Callable[[Context], Doorway], scripted: ScriptedDialogs, content: bytes
) -> None:
    context = backed_up(tmp_path / "mine")
    bad = tmp_path / "holiday.db"
    bad.write_bytes(content)
    door = doorway(context)
    scripted.answer(bad)
    door.window.file_button.click()
    door.check()
    assert door.window.problem() != ""
    assert door.window.steps.currentIndex() == 0
    assert bad.read_bytes() == content
    assert terms(context) == "typed after the backup"


def test_a_file_that_vanished_is_said(tmp_path: Path, doorway: Callable[[Context], Doorway]) -> None:
    context = backed_up(tmp_path)
    door = doorway(context)
    door.window.rows.rows[0].click()
    context.backups()[0].path.unlink()
    door.check()
    assert door.window.problem() == "The data file or its folder is not there."


def test_another_one_can_be_chosen_after_the_proof(tmp_path: Path, doorway: Callable[[Context], Doorway]) -> None:
    context = backed_up(tmp_path)
    door = doorway(context)
    window = door.window
    window.resize(560, 460)
    window.rows.rows[0].click()
    assert window.sides.is_narrow
    assert not window.rows.isVisible()
    door.check()
    window.other_button.click()
    assert window.rows.isVisible()
    assert window.steps.currentIndex() == 0


def test_a_check_can_be_stopped(tmp_path: Path, doorway: Callable[[Context], Doorway]) -> None:
    context = backed_up(tmp_path)
    door = doorway(context)
    door.window.rows.rows[0].click()
    door.window.check()
    door.window.progress.cancelled.emit()
    door.settle()
    assert door.window.steps.currentIndex() == 0
    assert door.window.check_button.isEnabled()
