"""A line of facts: an icon and wrapped, selectable words. Plain text only."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.ui.theme import T, paint_icon
from directsell.ui.widgets.labels import Label, Role


class IconLine(QWidget):
    """``IconLine(icon, text, name)``: ``name`` is what the words are (tool tip, screen reader); ``set_text(text)``."""

    def __init__(self, icon: str, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(_Icon(icon), 0, Qt.AlignmentFlag.AlignTop)
        self._words = Label(text, Role.BODY, wrap=True, selectable=True)
        self._words.setAccessibleName(name)
        row.addWidget(self._words, 1)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._words.setText(text)
        self._words.setAccessibleDescription(text)

    def text(self) -> str:
        """The words."""
        return self._words.text()


class _Icon(QWidget):
    """An icon of the size of a line of text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(18, 19)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._name, QRectF(0, 1, 17, 17), T("text2"))
