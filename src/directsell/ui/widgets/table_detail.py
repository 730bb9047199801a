"""A wide table with a detail column at its end; a narrow window shows one of them. No content of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.ui.theme import T


class TableDetail(QWidget):
    """``TableDetail(table_side, detail_side, *, detail_width=420, narrow_below=860, parent=None)``.

    The detail has a fixed width (a third of a wide window, within 120 pixels), the table the rest. Below ``narrow_below``
    one of them shows: ``show_detail(True)`` after choosing, ``show_detail(False)`` for the way back. ``is_narrow``.
    Signal: ``narrow_changed(bool)`` (show a back arrow then).
    """

    narrow_changed = Signal(bool)

    def __init__(
        self,
        table_side: QWidget,
        detail_side: QWidget,
        *,
        detail_width: int = 420,
        narrow_below: int = 860,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = table_side
        self._side = detail_side
        self._width = detail_width
        self._below = narrow_below
        self._narrow = False
        self._detail = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._line = _Line()
        row.addWidget(table_side, 1)
        row.addWidget(self._line)
        row.addWidget(detail_side)
        detail_side.setFixedWidth(detail_width)

    @property
    def is_narrow(self) -> bool:
        """Only one side is visible."""
        return self._narrow

    def show_detail(self, on: bool) -> None:
        """Which side a narrow window shows."""
        self._detail = on
        self._arrange()

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
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        else:
            self._side.setFixedWidth(max(self._width, min(self.width() * 36 // 100, self._width + 120)))
        self._table.setVisible(not self._narrow or not self._detail)
        self._side.setVisible(not self._narrow or self._detail)
        self._line.setVisible(not self._narrow)


class _Line(QWidget):
    """A vertical hairline."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), T("border"))
