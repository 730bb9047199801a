"""Two sides of a page beside each other, one of them in a narrow window: list and detail, table and detail. No content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from directsell.ui.theme import T

_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX


class _Sides(QWidget):
    """Beside each other with a hairline; below ``narrow_below`` pixels only one of them.

    ``show_detail(True)`` after choosing, ``show_detail(False)`` for the way back. ``is_narrow``. Signal:
    ``narrow_changed(bool)`` (show a back arrow then).
    """

    narrow_changed = Signal(bool)

    def __init__(
        self, first: QWidget, detail: QWidget, *, fixed: QWidget, width: int, below: int, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._first = first
        self._side = detail
        self._fixed = fixed
        self._width = width
        self._below = below
        self._narrow = False
        self._held = False
        self._detail = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._line = _Line()
        row.addWidget(first, 0 if fixed is first else 1)
        row.addWidget(self._line)
        row.addWidget(detail, 0 if fixed is detail else 1)
        fixed.setFixedWidth(width)

    @property
    def is_narrow(self) -> bool:
        """Only one side is visible."""
        return self._narrow

    def show_detail(self, on: bool) -> None:
        """Which side a narrow window shows."""
        if not self._held:
            self._detail = on
            self._arrange()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Leave the side that shows as it is meanwhile; hidden even for a moment, it would lose the keys."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def tap(self) -> None:
        """A row was clicked: its detail opens where only one side shows. Keys walk through the list until Enter."""
        if self._narrow:
            self.show_detail(True)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._below
        changed = narrow is not self._narrow
        self._narrow = narrow
        self._arrange()
        if changed:
            self.narrow_changed.emit(narrow)

    def _arrange(self) -> None:
        if self._narrow:
            self._fixed.setMinimumWidth(0)
            self._fixed.setMaximumWidth(_ANY_WIDTH)
            self._fixed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        else:
            self._fixed.setFixedWidth(self._wanted())
        self._side.setVisible(not self._narrow or self._detail)
        first = not self._narrow or not self._detail
        if not first:
            self._take_keys()
        self._first.setVisible(first)
        self._line.setVisible(not self._narrow)

    def _take_keys(self) -> None:
        """Give the keys to the side that stays: Qt would hand them to whatever follows, with a ring around it."""
        held: QWidget | None = self.window().focusWidget()
        if held is None or not self._first.isAncestorOf(held):
            return
        for widget in self._side.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _wanted(self) -> int:
        """Width of the fixed side in a wide window."""
        return self._width


class ListDetail(_Sides):
    """``ListDetail(list_side, detail_side, *, list_width=340, narrow_below=760, parent=None)``: the list has a fixed width.

    ``show_detail(on)``, ``is_narrow``. Signal: ``narrow_changed(bool)``.
    """

    def __init__(
        self,
        list_side: QWidget,
        detail_side: QWidget,
        *,
        list_width: int = 340,
        narrow_below: int = 760,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(list_side, detail_side, fixed=list_side, width=list_width, below=narrow_below, parent=parent)

    def _wanted(self) -> int:
        # A wide window gives the list a little more room.
        return max(self._width, min(self.width() // 4, self._width + 60))


class TableDetail(_Sides):
    """``TableDetail(table_side, detail_side, *, detail_width=420, narrow_below=860, parent=None)``: the table has the rest.

    The detail takes a third of a wide window, within 120 pixels. ``show_detail(on)``, ``is_narrow``. Signal:
    ``narrow_changed(bool)``.
    """

    def __init__(
        self,
        table_side: QWidget,
        detail_side: QWidget,
        *,
        detail_width: int = 420,
        narrow_below: int = 860,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            table_side, detail_side, fixed=detail_side, width=detail_width, below=narrow_below, parent=parent
        )

    def _wanted(self) -> int:
        return max(self._width, min(self.width() * 36 // 100, self._width + 120))


class _Line(QWidget):
    """A vertical hairline."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), T("border"))
