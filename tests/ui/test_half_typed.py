"""Half-typed forms: kept when the program locks or ends a moment later, gone with the very commit that stores them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.payments import PaymentMethod
from directsell.store.keys import KeyMode
from directsell.ui.routes import new_view
from directsell.ui.tasks import Lane
from directsell.ui.unlock import Unlock
from tests.ui.whole import Start, Whole, sample_home, starting, type_into

WORDS = "Zaphod brings the saucepan"


@pytest.fixture
def start(themed: QApplication, qtbot: QtBot) -> Iterator[Start]:
    yield from starting(qtbot)


def half_order(whole: Whole) -> None:
    """Type a bit of an order, without a pause at the end."""
    editor = whole.go("orders", view="new").editor
    type_into(editor.head.person, "Zaphod")
    type_into(editor.goods.note, WORDS)


def kept_note(whole: Whole) -> list[str]:
    return [draft.body["order"]["note"] for draft in whole.session.drafts.list()]


def test_an_order_half_typed_a_moment_before_the_lock_is_back_after_the_password(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book", KeyMode.PASSWORD))
    whole.unlock()
    half_order(whole)
    QTest.keyClick(whole.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(whole.program.window, Unlock)
    for file in whole.context.folders.data.rglob("*"):
        assert not file.is_file() or WORDS.encode() not in file.read_bytes(), file
    whole.unlock()
    assert kept_note(whole) == [WORDS]
    page = whole.go("orders")
    page.listing.continue_wanted.emit()
    whole.settle()
    assert page.editor.goods.note.value() == WORDS
    assert page.editor.head.words() == "Zaphod"
    assert not whole.reports


def test_an_order_half_typed_a_moment_before_the_window_closes_is_back(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    half_order(whole)
    whole.close()
    again = start(whole.context)
    assert kept_note(again) == [WORDS]
    assert not whole.reports


def test_an_order_saved_as_the_window_closes_takes_its_money_once(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    person = whole.id_of("SELECT id FROM person ORDER BY rid LIMIT 1")
    product = whole.id_of("SELECT id FROM product ORDER BY rid LIMIT 1")
    payments = whole.value("SELECT count(*) FROM payment")
    editor = whole.go("orders", view=new_view(person=person, product=product)).editor
    editor.take(PaymentMethod.CASH)
    editor.settle()  # the draft is kept, with the money
    whole.settle()
    assert len(whole.session.drafts.list()) == 1
    editor.save()
    whole.close()  # before the window hears that the order was stored
    again = start(whole.context)
    assert again.value("SELECT count(*) FROM payment") == payments + 1
    assert again.session.drafts.list() == ()  # or the order would be offered, and the money taken a second time
    assert again.examine() == []
    assert not whole.reports


def test_a_person_saved_as_the_window_closes_is_not_offered_again(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    people = whole.value("SELECT count(*) FROM person")
    sheet = whole.go("people", view="new").form
    type_into(sheet.given, "Zaphod")
    sheet.save_button.click()
    whole.close()
    again = start(whole.context)
    assert again.value("SELECT count(*) FROM person") == people + 1
    assert again.session.drafts.list() == ()
    assert not whole.reports


def test_a_form_that_is_refused_keeps_its_draft(tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = start(sample_home(tmp_path / "book"))
    sheet = whole.go("people", view="new").form
    type_into(sheet.met_at, "Zaphod's party")
    sheet.save_button.click()  # somebody without a name
    whole.settle()
    assert sheet.isVisible()
    assert whole.session.drafts.list()[0].body["met_at"] == "Zaphod's party"
    sheet.set_clean()


def test_nobody_is_looked_for_in_a_book_that_is_being_closed(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    page = whole.go("people", view="new")
    type_into(page.form.given, "Zaphod")
    assert page.form.doubles._pause.isActive()
    page.settle()
    assert not page.form.doubles._pause.isActive()


def test_a_search_that_waited_for_a_pause_asks_in_vain_after_the_end(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    session = whole.session
    whole.close()
    answered: list[object] = []
    job = session.read(session, len, done=answered.append)
    assert job.cancelled
    assert not answered


def test_nothing_is_typed_into_a_form_that_is_being_stored(tmp_path: Path, start: Start) -> None:
    whole = start(sample_home(tmp_path / "book"))
    editor = whole.go("orders", view=new_view(product=whole.id_of("SELECT id FROM product LIMIT 1"))).editor
    sheet = whole.go("people", view="new").form
    type_into(sheet.given, "Zaphod")
    go_on = threading.Event()
    whole.program.tasks.start(lambda _job: go_on.wait(5), lane=Lane.WRITE)  # as an import that is being written
    try:
        sheet.save_button.click()
        QTest.keyClicks(sheet.given, " and more")
        QTest.keyClick(sheet.given, Qt.Key.Key_Escape)
        assert sheet.isVisible()
        assert sheet.given.value() == "Zaphod"
        whole.session.navigation.go("orders", None, "new")
        editor.save_draft()
        QTest.keyClicks(editor.goods.note, "too late")
        assert editor.goods.note.value() == ""
    finally:
        go_on.set()
    whole.settle()
    assert not sheet.isVisible()
    assert whole.value("SELECT count(*) FROM person WHERE given = 'Zaphod' AND deleted_at IS NULL") == 1
    QTest.keyClicks(whole.go("people", view="new").form.given, "Ford")
    assert sheet.given.value() == "Ford"
    sheet.set_clean()
