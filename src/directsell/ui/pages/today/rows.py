"""The lines of the cards: one thing with what it is about, an amount and a chip; the grey shapes before it arrives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.cards import chip_width, paint_avatar, paint_chip
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading


@dataclass(frozen=True, slots=True)
class Line:
    """What one line shows. ``day`` and ``month`` make a leaf of a calendar, ``avatar`` initials, ``icon`` a sign."""

    title: str
    detail: str = ""
    amount: str = ""
    chip: str = ""
    tone: str = "neutral"
    avatar: str = ""
    icon: str = ""
    day: str = ""
    month: str = ""

    @property
    def words(self) -> str:
        """Everything in one line, for screen readers."""
        return ", ".join(part for part in (self.title, self.detail, self.amount, self.chip) if part)


class LineButton(Alive, QAbstractButton):
    """``LineButton(line, on_click)``: a line that leads somewhere, by mouse or Enter."""

    def __init__(self, line: Line, on_click: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self._on_click = on_click
        self.setText(line.title.replace("&", "&&"))
        self.setAccessibleName(line.words)
        self.setToolTip(line.words if len(line.words) > 60 else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._go)

    def _go(self) -> None:
        self._on_click()

    def sizeHint(self) -> QSize:
        return QSize(260, 56)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self._hover or self.isDown():
            fill_round(painter, whole, 10, T("hover"))
        paint_line(painter, whole, self.line, self.layoutDirection())
        if self._ring:
            focus_ring(painter, whole, 10)


def paint_line(painter: QPainter, rect: QRectF, line: Line, direction: Qt.LayoutDirection, room_end: float = 0) -> None:
    """Draw a line into a rectangle; ``room_end`` pixels at its end stay free."""
    left = rect.x() + 8 + _paint_sign(painter, rect, line, direction)
    right = rect.right() - 8 - room_end
    first_end = second_end = right
    top = rect.center().y() - 20
    if line.amount:
        width = metrics(14, 600, tabular=True).horizontalAdvance(line.amount) + 2
        spot = leading(direction, rect, QRectF(right - width, top, width, 20))
        figures = font(14, 600, tabular=True)
        draw_text(painter, spot, line.amount, figures, T("text"), aligned(direction, end=True))
        first_end = right - width - 10
    if line.chip:
        width = min(chip_width(line.chip), (right - left) * 0.6)
        place = rect.center().y() + 1 if line.amount else rect.center().y() - 10
        spot = leading(direction, rect, QRectF(right - width, place, width, 20))
        paint_chip(painter, spot, line.chip, line.tone, direction)
        second_end = right - width - 10
        first_end = first_end if line.amount else second_end
    side = aligned(direction)
    title = QRectF(left, top if line.detail else rect.center().y() - 10, first_end - left, 20)
    draw_text(painter, leading(direction, rect, title), line.title, font(14, 600), T("text"), side)
    detail = QRectF(left, rect.center().y() + 1, second_end - left, 18)
    draw_text(painter, leading(direction, rect, detail), line.detail, font(13), T("text2"), side)


def _paint_sign(painter: QPainter, rect: QRectF, line: Line, direction: Qt.LayoutDirection) -> float:
    """Draw initials, icon or calendar leaf; returns the room taken."""
    spot = leading(direction, rect, QRectF(rect.x() + 8, rect.center().y() - 19, 38, 38))
    if line.avatar:
        paint_avatar(painter, spot, line.avatar)
    elif line.day:
        fill_round(painter, spot, 9, T("soft"))
        center = Qt.AlignmentFlag.AlignCenter
        draw_text(painter, QRectF(spot.x(), spot.y() + 3, 38, 14), line.month, font(10, 600), T("on_soft"), center)
        draw_text(painter, QRectF(spot.x(), spot.y() + 15, 38, 20), line.day, font(16, 600), T("on_soft"), center)
    elif line.icon:
        fill_round(painter, spot, 19, T("neutral_soft"))
        paint_icon(painter, line.icon, spot.adjusted(10, 10, -10, -10), T("neutral"))
    else:
        return 0
    return 50


class Skeleton(QWidget):
    """``Skeleton(lines=3)``: where lines will stand."""

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(260, 56 * self._lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        for number in range(self._lines):
            middle = 56 * number + 28
            shapes = (
                (QRectF(8, middle - 19, 38, 38), 19.0),
                (QRectF(58, middle - 15, min(150.0, whole.width() - 70), 10), 5.0),
                (QRectF(58, middle + 5, min(230.0, whole.width() - 70), 9), 4.5),
            )
            for shape, radius in shapes:
                fill_round(painter, leading(self.layoutDirection(), whole, shape), radius, T("hover"))
