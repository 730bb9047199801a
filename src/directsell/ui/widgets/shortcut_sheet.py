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

_BESIDE = 64  # the margins of a dialog, and the bar
_EDGES = _BESIDE + 40  # and a bit of the window around


class ShortcutSheet(Dialog):
    """``ShortcutSheet(commands, parent)``: a dialog with two columns of names and keys, or one in a narrow window."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        shown = [command for command in commands if command.shortcut]
        inner = _table(shown, columns=2)
        if parent is not None and inner.sizeHint().width() + _EDGES > parent.window().width():
            inner = _table(shown, columns=1)
        size = inner.sizeHint()
        super().__init__(parent, _("Keyboard shortcuts"), width=size.width() + _BESIDE)
        area = ScrollArea(inner)
        inner.setObjectName("sheetBody")  # the colour of a dialog, not of a page
        area.setMinimumHeight(min(460, size.height()))
        self.add(area)
        close = Button(_("Close"), kind=Kind.PRIMARY)
        close.clicked.connect(self.accept)
        self.add_action(close)


def _table(shown: Sequence[Command], *, columns: int) -> QWidget:
    inner = QWidget()
    grid = QGridLayout(inner)
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    rows = -(-len(shown) // columns)
    for number, command in enumerate(shown):
        row, column = number % rows, number // rows * 3
        keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(Label(command.text), row, column)
        grid.addWidget(KeyHint(keys), row, column + 1, Qt.AlignmentFlag.AlignTrailing)
    if columns > 1:
        grid.setColumnMinimumWidth(2, 24)
    return inner
