"""The Settings page, the laptop's side: looks, password, recovery sheet, import and export, about."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from directsell.store import recovery
from directsell.store.keys import KeyMode
from directsell.store.queries.settings import devices
from directsell.ui import printing
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.pages.settings.password_sheet import Task
from directsell.ui.pages.settings.protection import _explain
from directsell.ui.pdf import read_info
from directsell.ui.printing import Choice, Leaf
from directsell.ui.theme import SchemeChoice, theme
from directsell.ui.widgets.sheets import Dialog
from tests.ui.homes import PASSWORD, House, open_house


@pytest.fixture
def house(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path / "data", qtbot) as opened:
        yield opened


# --- this laptop


def test_another_language_asks_for_the_window_anew(house: House, qtbot: QtBot) -> None:
    section = house.go("laptop")
    with qtbot.waitSignal(house.desk.session.restart_wanted):
        section.tongue.setCurrentIndex(2)
        section.tongue.activated.emit(2)
    assert house.context.device.get("language") == "de_DE"


def test_light_dark_and_size(house: House, scripted: ScriptedDialogs) -> None:
    section = house.go("laptop")
    segment = next(item for item in section.scheme._segments if item.key == "dark")
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert theme().choice is SchemeChoice.DARK
    assert house.context.device.get("theme") == "dark"
    theme().set_choice(SchemeChoice.LIGHT)
    assert section.scheme.value() == "light"
    section.scale.set_value(150)
    section.scale.activated.emit(section.scale.currentIndex())
    assert house.context.device.get("scale") == 150
    assert scripted.asked[0][0] == "message"


def test_the_laptop_is_renamed(house: House) -> None:
    section = house.go("laptop")
    section.name.setFocus()
    section.name.selectAll()
    QTest.keyClicks(section.name, "Kitchen table")
    QTest.keyClick(section.name, Qt.Key.Key_Return)
    house.desk.settle()
    (device,), code = house.desk.session.look(devices)
    assert (device.name, device.code) == ("Kitchen table", code)
    section.name.selectAll()
    QTest.keyClick(section.name, Qt.Key.Key_Delete)
    QTest.keyClick(section.name, Qt.Key.Key_Return)
    house.desk.settle()
    assert section._name_row.error() == "Enter a name for this laptop."
    assert section._series.value.text() == "A"


# --- protection


def test_a_password_is_set_changed_and_removed(house: House) -> None:
    section = house.go("protection")
    keys = house.context.keys
    assert section.set_button.isVisible()
    assert not section.lock.isEnabled()
    section.set_button.click()
    QTest.keyClicks(section.sheet.new.password, PASSWORD)
    QTest.keyClicks(section.sheet.new.repeated, PASSWORD)
    QTest.keyClick(section.sheet.new.repeated, Qt.Key.Key_Return)
    house.desk.settle()
    assert keys.mode is KeyMode.PASSWORD
    assert section.lock.isEnabled()
    assert not section.set_button.isVisible()
    section.change_button.click()
    sheet = section.sheet
    QTest.keyClicks(sheet.old, "not this one")
    QTest.keyClicks(sheet.new.password, "another good one")
    QTest.keyClicks(sheet.new.repeated, "another good one")
    sheet._save()
    house.desk.settle()
    assert sheet.isVisible()
    assert sheet._old_field.error() == "This password is wrong."
    sheet.old.setText(PASSWORD)
    sheet._save()
    house.desk.settle()
    assert keys.unlock("another good one") == house.book.key
    section.remove_button.click()
    assert not sheet.new.isVisibleTo(sheet)
    QTest.keyClicks(sheet.old, "another good one")
    QTest.keyClick(sheet.old, Qt.Key.Key_Return)
    house.desk.settle()
    assert keys.fingerprint
    assert keys.unlock() == house.book.key
    assert section.set_button.isVisible()
    assert "password" in house.desk.said[-1]


def test_a_removed_password_goes_to_the_keyring_where_there_is_one(house: House) -> None:
    section = house.go("protection")
    house.context.keys.keep(house.book.key, KeyMode.PASSWORD, PASSWORD)
    house.ring.works = True
    section.sheet.start(Task.REMOVE)
    section.sheet.old.setText(PASSWORD)
    section.sheet._save()
    house.desk.settle()
    assert house.context.keys.mode is KeyMode.KEYRING
    assert "keyring" in section._state.text()


def test_passwords_do_not_stay_in_the_fields(house: House) -> None:
    section = house.go("protection")
    section.set_button.click()
    section.sheet.new.password.setText(PASSWORD)
    section.sheet.set_clean()
    section.sheet.close_sheet()
    assert section.sheet.new.value() == ""
    section.sheet.start(Task.CHANGE)
    section.sheet._save()
    assert section.sheet._old_field.error() == "Enter the present password."


def test_a_short_password_is_refused(house: House) -> None:
    section = house.go("protection")
    section.set_button.click()
    section.sheet.new.password.setText("short")
    section.sheet._save()
    assert "at least 8" in section.sheet.new.password_field.error()
    assert house.context.keys.mode is KeyMode.FILE


def test_the_lock_takes_effect_at_once(house: House, qtbot: QtBot) -> None:
    house.context.keys.keep(house.book.key, KeyMode.PASSWORD, PASSWORD)
    section = house.go("protection")
    with qtbot.waitSignal(house.desk.session.device_changed):
        section.lock.set_value(15)
        section.lock.activated.emit(section.lock.currentIndex())
    assert house.context.device.get("lock_minutes") == 15


@pytest.mark.parametrize("mode", list(KeyMode))
def test_every_way_of_keeping_the_key_has_honest_words(mode: KeyMode) -> None:
    state, tone, words = _explain(mode)
    assert state
    assert words
    assert (tone == "ok") is (mode in (KeyMode.PASSWORD, KeyMode.KEYRING))


def sheet_text(path: Path) -> str:
    return read_info(path.read_bytes()).text


def test_the_recovery_sheet_opens_the_business(
    house: House, tmp_path: Path, scripted: ScriptedDialogs, qtbot: QtBot
) -> None:
    section = house.go("protection")
    assert section._reminder.isVisible()
    assert house.page.items["protection"]._badge == 1
    section.sheet_button.click()
    house.desk.settle()
    dialog = section.maker.dialog
    assert dialog is not None
    target = tmp_path / "sheet.pdf"
    scripted.answer(target)
    dialog.save_button.click()
    words = sheet_text(target).split()
    sheet = recovery.sheet_of(house.book.key or b"", house.desk.session.today())
    assert [word for word in words if word in sheet.groups] == list(sheet.groups)
    assert "Dana" in words
    assert house.context.device.get("recovery_sheet") == sheet.fingerprint
    assert not section._reminder.isVisible()
    assert not house.page.items["protection"]._badge
    dialog.reject()
    house.desk.settle()
    assert section.maker.dialog is None


def test_the_recovery_sheet_is_printed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Machine:
        def printers(self) -> list[str]:
            return ["Office"]

        def choose(self, _parent: object, leaf: Leaf) -> Choice:
            printed.append(leaf)
            return Choice("Office")

        def spooler(self) -> str:
            return "true"  # the command that takes everything and says nothing

        def open(self, _file: Path) -> bool:
            raise AssertionError("the key must not lie about in another program's folder")

    printed: list[Leaf] = []
    section = house.go("protection")
    before = printing.use(Machine())
    try:
        section.maker.start()
        house.desk.settle()
        section.maker.dialog.print_button.click()
        house.desk.settle()
    finally:
        printing.use(before)
    assert printed[0].name.startswith("Recovery sheet")
    assert house.context.device.get("recovery_sheet") == house.context.keys.fingerprint
    section.maker.dialog.reject()


def test_nobody_else_prints_the_key_of_a_password(house: House, scripted: ScriptedDialogs) -> None:
    house.context.keys.keep(house.book.key, KeyMode.PASSWORD, PASSWORD)
    section = house.go("protection")
    scripted.answer(None)
    section.sheet_button.click()
    scripted.answer("not this one")
    section.sheet_button.click()
    house.desk.settle()
    assert section.maker.dialog is None
    assert scripted.asked[-1] == ("message", "Recovery sheet", "This password is wrong.")
    scripted.answer(PASSWORD)
    section.sheet_button.click()
    house.desk.settle()
    shown: Any = section.maker.dialog
    shown.reject()


# --- import, export, about


def test_the_doors_of_import_and_export(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    module: Any = ModuleType("directsell.ui.widgets.import_dialog")
    module.open_import = lambda _session, _parent, kind: opened.append(kind)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    other: Any = ModuleType("directsell.ui.widgets.export_dialog")
    other.open_export = lambda _session, _parent: opened.append("export")
    monkeypatch.setitem(sys.modules, other.__name__, other)
    section = house.go("exchange")
    for button in (section.people, section.products, section.sales, section.export):
        button.click()
    assert opened == ["people", "products", "sales", "export"]


def test_the_problem_report_can_be_copied(house: House) -> None:
    section = house.go("about")
    section.report_button.click()
    text = QApplication.clipboard().text()
    assert "DirectSell" in text
    assert "Dana" not in text
    section.show_button.click()
    dialog = section.findChild(Dialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText().startswith("DirectSell")
    dialog.accept()


def test_licences_can_be_read(house: House) -> None:
    section = house.go("about")
    for button in section.findChildren(type(section.report_button)):
        if button.caption() == "Read":
            button.click()
            dialog = section.findChildren(Dialog)[-1]
            assert len(dialog.findChild(QPlainTextEdit).toPlainText()) > 300
            dialog.accept()
