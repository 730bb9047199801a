"""Surfaces: the card, and small things that sit on it. No page knowledge."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.ui.theme import T, font, metrics, paint_icon, theme
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import PackedColumn
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, leading, shadow_card


class Card(QFrame):
    """``Card(title="", *, parent=None)``: a surface with ``body`` (QVBoxLayout) and, with a title, ``header`` (QHBoxLayout).

    ``add(widget)``, ``add_layout(layout)``, ``add_header(widget)`` (at the far end of the title line), ``set_title(text)``.
    """

    def __init__(self, title: str = "", *, parent: QWidget | None = None, padding: int = 18) -> None:
        super().__init__(parent)
        self.body: QVBoxLayout = PackedColumn(self)
        self.body.setContentsMargins(padding, padding - 2, padding, padding)
        self.body.setSpacing(10)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self._title = Label(title, Role.SECTION)
        self.header.addWidget(self._title)
        self.header.addStretch(1)
        self.body.addLayout(self.header)
        self._title.setVisible(bool(title))
        if not title:
            self.header.setContentsMargins(0, 0, 0, -10)

    def set_title(self, text: str) -> None:
        """Change the title; empty hides it."""
        self._title.setText(text)
        self._title.setVisible(bool(text))
        self.header.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget to the body."""
        self.body.addWidget(widget, stretch)

    def add_header(self, widget: QWidget) -> None:
        """Append a widget at the far end of the title line."""
        self.header.setContentsMargins(0, 0, 0, 0)
        self.header.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shadow_card(painter, QRectF(self.rect()))


class Chip(QWidget):
    """``Chip(text, tone="neutral", *, icon=None)``: a small coloured word. Tones: neutral, ok, warn, bad, info, accent."""

    def __init__(
        self, text: str = "", tone: str = "neutral", *, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._icon = icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, text: str, tone: str | None = None) -> None:
        """Change text and, when given, tone."""
        self._text = text
        self._tone = tone or self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str | None) -> None:
        """Change the icon before the word."""
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        """The word."""
        return self._text

    def sizeHint(self) -> QSize:
        width = metrics(12, 600).horizontalAdvance(self._text) + 22 + (18 if self._icon else 0)
        return QSize(min(int(width + 0.99), 240), 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chip(painter, QRectF(self.rect()), self._text, self._tone, self.layoutDirection(), self._icon)


def chip_width(text: str) -> float:
    """Width a chip of this text takes in painted rows."""
    return min(metrics(12, 600).horizontalAdvance(text) + 22, 240.0)


def paint_chip(
    painter: QPainter,
    rect: QRectF,
    text: str,
    tone: str,
    direction: Qt.LayoutDirection,
    icon: str | None = None,
) -> None:
    """Draw a chip into ``rect`` (22 px high looks right)."""
    back, front = ("soft", "on_soft") if tone == "accent" else (f"{tone}_soft", tone)
    fill_round(painter, rect, rect.height() / 2, T(back))
    inner = rect.adjusted(11, 0, -10, 0)
    if icon is not None:
        spot = leading(direction, rect, QRectF(rect.x() + 9, rect.center().y() - 7, 14, 14))
        paint_icon(painter, icon, spot, T(front))
        inner = leading(direction, rect, inner.adjusted(18, 0, 0, 0))
    draw_text(painter, inner, text, font(12, 600), T(front), aligned(direction, center=icon is None))


def initials(name: str) -> str:
    """Up to two letters for a round badge; "?" for a name without letters."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return name.strip()[:1].upper() or "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])
    return letters.upper()


def paint_avatar(painter: QPainter, rect: QRectF, name: str) -> None:
    """Draw the round badge with the initials of ``name``."""
    back, front = theme().avatar(name)
    fill_round(painter, rect, rect.width() / 2, back)
    size = max(9, round(rect.width() * 0.36))
    draw_text(painter, rect, initials(name), font(size, 600), front, Qt.AlignmentFlag.AlignCenter)


class Avatar(QWidget):
    """``Avatar(name, size=38)``: initials in a circle; the hue belongs to the name."""

    def __init__(self, name: str = "", size: int = 38, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFixedSize(size, size)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_avatar(painter, QRectF(self.rect()), self._name)
