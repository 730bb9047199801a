"""What painted widgets notice of their user: the keyboard's focus, the mouse above them. They draw it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QEnterEvent, QFocusEvent

from directsell.ui.widgets.painting import by_keyboard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Widget
else:
    _Widget = object  # mixed in before a class of Qt, which then is the base


class Ringed(_Widget):
    """``class Chart(Ringed, QWidget)``: ``_ring`` says that the keyboard brought the focus, so that a ring is drawn."""

    _ring = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)


class Alive(Ringed):
    """``class Chip(Alive, QAbstractButton)``: ``_ring``, and ``_hover`` while the mouse is above."""

    _hover = False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)
