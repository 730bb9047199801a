"""The two columns of the order form: what is sold, and the money beside it or, in a narrow window, below. Layout only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

_SIDE = 330
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX


class FormColumns(QWidget):
    """``FormColumns(main, side)``: the last of ``main`` takes what is left of the height; ``set_narrow(bool)``."""

    def __init__(self, main: Sequence[QWidget], side: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        left = QVBoxLayout()
        left.setSpacing(14)
        for place, widget in enumerate(main, start=1):
            left.addWidget(widget, int(place == len(main)))
        self._side = QWidget()
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(14)
        for widget in side:
            right.addWidget(widget)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._side)

    def set_narrow(self, narrow: bool) -> None:
        """Put the side below the main column, or beside it."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)
        self._side.setMinimumWidth(0 if narrow else _SIDE)
        self._side.setMaximumWidth(_ANY_WIDTH if narrow else _SIDE)
