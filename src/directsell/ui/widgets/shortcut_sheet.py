"""The list of keys: every command that has one, of the window and of the page. No commands of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from directsell.i18n import _
from directsell.ui.session import Command
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.choosers import KeyHint
from directsell.ui.widgets.labels import Label
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.sheets import Dialog


class ShortcutSheet(Dialog):
    """``ShortcutSheet(commands, parent)``: a dialog with two columns of names and keys."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Keyboard shortcuts"), width=640)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        shown = [command for command in commands if command.shortcut]
        half = (len(shown) + 1) // 2
        for number, command in enumerate(shown):
            row, column = number % half, number // half * 3
            keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(Label(command.text), row, column)
            grid.addWidget(KeyHint(keys), row, column + 1, Qt.AlignmentFlag.AlignTrailing)
        grid.setColumnMinimumWidth(2, 24)
        area = ScrollArea(inner)
        area.setMinimumHeight(min(460, 40 + 40 * half))
        self.add(area)
        close = Button(_("Close"), kind=Kind.PRIMARY)
        close.clicked.connect(self.accept)
        self.add_action(close)
