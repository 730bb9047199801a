"""Lists for any number of rows: two-line rows and tables. The view itself: widgets.list_view."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from directsell.ui.models.spine import Column, SpineModel
from directsell.ui.widgets.list_rows import CellDelegate, ListHeader, RowLook, TwoLineDelegate
from directsell.ui.widgets.list_view import BigList

__all__ = ["BigList", "RowList", "TableList"]


class RowList(BigList):
    """``RowList(model, look, name, *, surface="bg", parent=None)``: one two-line row per record.

    ``look`` is a RowLook; the model needs no columns. Row height 64.
    """

    def __init__(
        self,
        model: SpineModel[Any],
        look: RowLook[Any],
        name: str,
        *,
        surface: str = "bg",
        lines: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, name, row_height=64, surface=surface, lines=lines, parent=parent)
        self.horizontalHeader().setVisible(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(TwoLineDelegate(model, look, self))


class TableList(BigList):
    """``TableList(model, name, *, row_height=44, surface="surface", parent=None)``: columns from the model.

    A click on a heading with a ``sort`` key emits ``sort_wanted(key, descending)``; show the answer with
    ``set_sorted(key, descending)``. Alt+Shift+Right/Left goes through the sortable columns from the keyboard.
    """

    def __init__(
        self,
        model: SpineModel[Any],
        name: str,
        *,
        row_height: int = 44,
        surface: str = "surface",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, name, row_height=row_height, surface=surface, parent=parent)
        head = ListHeader(self)
        self.setHorizontalHeader(head)
        self._head = head
        head.sectionClicked.connect(self._heading_clicked)
        self.setItemDelegate(CellDelegate(model, self))

    def set_sorted(self, key: str, descending: bool) -> None:
        """Show the arrow at a column."""
        self._head.set_sorted(key, descending)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() == both and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._sort_by_key(1 if event.key() == Qt.Key.Key_Right else -1)
            return
        super().keyPressEvent(event)

    def _share_width(self) -> None:
        """Give fixed columns their width, hide optional ones where room lacks, and share the rest."""
        columns: tuple[Column[Any], ...] = self.model_.columns
        room = self.viewport().width()
        shown = list(range(len(columns)))
        for number in reversed(range(len(columns))):
            if _needed(columns, shown) <= room:
                break
            if columns[number].optional:
                shown.remove(number)
        flexible = [number for number in shown if not columns[number].width]
        rest = room - sum(columns[number].width for number in shown)
        for number, column in enumerate(columns):
            hidden = number not in shown
            if self.isColumnHidden(number) is not hidden:
                self.setColumnHidden(number, hidden)
            if not hidden:
                share = max(80, rest // len(flexible)) if number in flexible else column.width
                if number == (flexible[-1] if flexible else -1):
                    share = max(80, rest - share * (len(flexible) - 1))
                self.setColumnWidth(number, share)

    def _heading_clicked(self, section: int) -> None:
        key = self.model_.columns[section].sort
        if key:
            self.sort_wanted.emit(key, self._head.next_descending(key))

    def _sort_by_key(self, step: int) -> None:
        keys = [column.sort for column in self.model_.columns if column.sort]
        if not keys:
            return
        now = self._head.sorted_by
        place = (keys.index(now) + step) % len(keys) if now in keys else 0
        self.sort_wanted.emit(keys[place], False)


def _needed(columns: tuple[Column[Any], ...], shown: list[int]) -> int:
    return sum(columns[number].width or 140 for number in shown)
