"""The view under every list: keyboard, selection by real id, quick painting. How rows look: widgets.list_rows."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from directsell.ui.models.spine import Index, RowSource, SpineModel
from directsell.ui.theme import T
from directsell.ui.widgets.painting import by_keyboard, fill_round, focus_ring

_MOVES = QAbstractItemView.CursorAction


class BigList(QTableView):
    """Base of RowList and TableList; give it a SpineModel.

    ``show_source(source)`` keeps the selected record; ``select_key(key, scroll=True) -> bool``; ``current_key()``;
    ``select_first()``; ``model_`` is the SpineModel; ``set_empty(widget)`` is shown when no row is there.

    Signals: ``current_changed(object key | None)`` when another record became current (not when the same one was found
    again after a refresh); ``opened(object key)`` on Enter or double click; ``typed(str)`` when letters are typed into the
    list (for the search box); ``delete_pressed()``; ``menu_wanted(object key, QPoint global)``; ``sort_wanted(str, bool)``.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    typed = Signal(str)
    delete_pressed = Signal()
    menu_wanted = Signal(object, QPoint)
    sort_wanted = Signal(str, bool)

    def __init__(
        self,
        model: SpineModel[Any],
        name: str,
        *,
        row_height: int,
        surface: str = "surface",
        lines: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model_ = model
        self._surface = surface
        self._lines = lines
        self._hover_row = -1
        self._ring = False
        self._wanted: Hashable | None = None
        self._last: Hashable | None = None
        self._quiet = False
        self._empty: QWidget | None = None
        self.setAccessibleName(name)
        self.setProperty("surface", surface)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        # Fixed heights: anything else asks the model about every row.
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row_height)
        rows.setDefaultSectionSize(row_height)
        # A style-sheet background would make every wheel step repaint all rows; we fill it ourselves.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu_at)
        self.doubleClicked.connect(self._double)
        self.setModel(model)
        model.loaded.connect(self._loaded)
        self._loaded(model.count)

    # --- content

    def show_source(self, source: RowSource[Any] | None) -> None:
        """Show other rows; the record that was current stays current when it is among them."""
        key = self.current_key() if self._wanted is None else self._wanted
        top = self.verticalScrollBar().value()
        self._wanted = key
        self._quiet = True
        self.model_.reset(source)
        self._quiet = False
        if key is not None:
            self.verticalScrollBar().setValue(top)
        self._find_wanted()

    def select_key(self, key: Hashable, *, scroll: bool = True) -> bool:
        """Make a record current; with ids still on their way it happens when they arrive.

        Returns:
            True when it was found now.
        """
        place = self.model_.position(key)
        if place < 0:
            self._wanted = key if not self.model_.complete else None
            return False
        self._wanted = None
        index = self.model_.index(place, 0)
        self.setCurrentIndex(index)
        if scroll:
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def select_first(self) -> None:
        """Make the first row current."""
        if self.model_.count:
            self.setCurrentIndex(self.model_.index(0, 0))

    def move_current(self, step: int) -> None:
        """Move the current row (for a search box that steers the list)."""
        row = max(0, min(self.model_.count - 1, self.currentIndex().row() + step))
        if self.model_.count:
            self.setCurrentIndex(self.model_.index(row, 0))

    def open_current(self) -> None:
        """As if Enter was pressed."""
        key = self.current_key()
        if key is not None:
            self.opened.emit(key)

    def current_key(self) -> Hashable | None:
        """Real id of the current row."""
        index = self.currentIndex()
        return self.model_.key_at(index.row()) if index.isValid() else None

    def set_empty(self, widget: QWidget | None) -> None:
        """What to show instead of rows when there are none."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = widget
        if widget is not None:
            widget.setParent(self.viewport())
            self._loaded(self.model_.count)

    # --- Qt's side

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        current = self.currentIndex()
        if action == _MOVES.MoveHome:
            return self.model_.index(0, 0)
        if action == _MOVES.MoveEnd:
            return self.model_.index(self.model_.count - 1, 0)
        if action in (_MOVES.MoveLeft, _MOVES.MoveRight, _MOVES.MoveNext, _MOVES.MovePrevious):
            return current
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        self._ring = True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif key == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif _is_letters(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hover(-1)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)
        if self._ring and not self.currentIndex().isValid():
            self.select_first()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._quiet:
            return
        key = self.model_.key_at(current.row()) if current.isValid() else None
        if key != self._last:
            self._last = key
            self.current_changed.emit(key)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        # The painted row is wider than its cells.
        if selected.count() + deselected.count() > 2:
            self.viewport().update()
            return
        for block in (selected, deselected):
            for place in range(block.count()):
                for row in range(block.at(place).top(), min(block.at(place).bottom(), block.at(place).top() + 60) + 1):
                    self._update_row(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 3 * self.verticalHeader().defaultSectionSize())

    def paintEvent(self, event: QPaintEvent) -> None:
        dirty = event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(dirty, T(self._surface))
        first, last = self._rows_in(dirty)
        if first >= 0:
            self._paint_backs(painter, first, last)
        painter.end()
        if first >= 0:
            super().paintEvent(event)

    # --- inside

    def _paint_backs(self, painter: QPainter, first: int, last: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.selectionModel()
        top = QModelIndex()
        width = self.viewport().width()
        hair = T("hair")
        for row in range(first, last + 1):
            y, height = self.rowViewportPosition(row), self.rowHeight(row)
            rect = QRectF(0, y + (1 if self._lines else 2), width, height - (2 if self._lines else 4))
            if self._lines:
                painter.fillRect(QRect(0, y + height - 1, width, 1), hair)
            if chosen.isRowSelected(row, top):
                fill_round(painter, rect, 9, T("selection"))
                if self._ring and self.hasFocus() and row == self.currentIndex().row():
                    focus_ring(painter, rect, 9)
            elif row == self._hover_row:
                fill_round(painter, rect, 9, T("hover" if self._surface == "surface" else "hover_side"))

    def _rows_in(self, rect: QRect) -> tuple[int, int]:
        first = self.rowAt(max(0, rect.top()))
        if first < 0:
            return -1, -1
        last = self.rowAt(rect.bottom())
        return first, last if last >= 0 else self.model_.count - 1

    def _set_hover(self, row: int) -> None:
        if row != self._hover_row:
            before, self._hover_row = self._hover_row, row
            self._update_row(before)
            self._update_row(row)

    def _update_row(self, row: int) -> None:
        if row >= 0:
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _menu_at(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if not index.isValid():
            index = self.currentIndex()
            place = self.visualRect(index).center()
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self.model_.key_at(index.row()), self.viewport().mapToGlobal(place))

    def _double(self, index: QModelIndex) -> None:
        key = self.model_.key_at(index.row())
        if key is not None:
            self.opened.emit(key)

    def _loaded(self, count: int) -> None:
        self._find_wanted()
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(count == 0)

    def _find_wanted(self) -> None:
        """Find the record that was current before the rows were replaced; tell when it is gone."""
        key = self._wanted
        if key is None:
            return
        if self.select_key(key, scroll=False):
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
        elif self.model_.complete and self._last is not None:
            self._last = None
            self.current_changed.emit(None)


def _is_letters(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return held == Qt.KeyboardModifier.NoModifier and event.text().isprintable() and bool(event.text().strip())
