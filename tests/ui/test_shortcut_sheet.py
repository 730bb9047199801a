"""The list of keys shows every key whole, also with long names and in a narrow window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell.ui.session import Command
from directsell.ui.widgets.choosers import KeyHint
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.shortcut_sheet import ShortcutSheet

pytestmark = pytest.mark.usefixtures("themed")

_COMMANDS = [
    Command("Neue Bestellung bei dieser Vorführung eingeben", lambda: None, shortcut="Ctrl+Shift+N"),
    Command("Heutige Kontakte für das Telefon speichern", lambda: None, shortcut="Ctrl+Shift+W"),
    Command("Ohne Taste", lambda: None),
    Command("Tastenkürzel", lambda: None, shortcut="F1"),
]


@pytest.mark.parametrize(("width", "columns"), [(1366, 2), (560, 1)])
def test_keys_are_whole_in_two_columns_or_in_one(qtbot: QtBot, width: int, columns: int) -> None:
    window = QWidget()
    window.resize(width, 700)
    qtbot.addWidget(window)
    sheet = ShortcutSheet(_COMMANDS, window)
    sheet.show()
    QApplication.processEvents()
    hints = sheet.findChildren(KeyHint)
    (area,) = sheet.findChildren(ScrollArea)
    assert len(hints) == 3
    assert len({hint.geometry().right() for hint in hints}) == columns
    assert area.horizontalScrollBar().maximum() == 0
    assert sheet.width() < width
