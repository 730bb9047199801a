"""Painted figures: spark line, tile with a number. Numbers come as floats only to be drawn; words are given."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from directsell.ui.theme import T, font, metrics
from directsell.ui.widgets.alive import Ringed
from directsell.ui.widgets.cards import chip_width, paint_chip
from directsell.ui.widgets.painting import (
    CARD_RADIUS,
    aligned,
    draw_text,
    focus_ring,
    leading,
    shadow_card,
)


def spark_points(values: Sequence[float], rect: QRectF) -> list[QPointF]:
    """Points of a line through ``values`` inside ``rect``; a flat line lies in the middle."""
    if not values:
        return []
    low, high = min(values), max(values)
    span = high - low
    step = rect.width() / max(1, len(values) - 1)
    return [
        QPointF(rect.x() + step * place, rect.bottom() - rect.height() * ((value - low) / span if span else 0.5))
        for place, value in enumerate(values)
    ]


def smooth_path(points: Sequence[QPointF]) -> QPainterPath:
    """A soft line through points that never overshoots them vertically (horizontal tangents)."""
    path = QPainterPath(points[0])
    for before, after in itertools.pairwise(points):
        middle = (before.x() + after.x()) / 2
        path.cubicTo(QPointF(middle, before.y()), QPointF(middle, after.y()), after)
    return path


def paint_spark(
    painter: QPainter, rect: QRectF, values: Sequence[float], token: str, *, mirrored: bool = False
) -> None:
    """Draw a spark line with a soft area and a dot at its end; time runs in reading direction."""
    inner = rect.adjusted(3, 4, -5, -3)
    points = spark_points(values[::-1] if mirrored else values, inner)
    if len(points) < 2:
        return
    path = smooth_path(points)
    area = QPainterPath(path)
    area.lineTo(points[-1].x(), rect.bottom())
    area.lineTo(points[0].x(), rect.bottom())
    area.closeSubpath()
    color = T(token)
    soft = QLinearGradient(0, rect.top(), 0, rect.bottom())
    upper, lower = QColor(color), QColor(color)
    upper.setAlphaF(0.20)
    lower.setAlphaF(0.0)
    soft.setColorAt(0, upper)
    soft.setColorAt(1, lower)
    painter.fillPath(area, QBrush(soft))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.setBrush(T("surface"))
    painter.drawEllipse(points[0] if mirrored else points[-1], 3.0, 3.0)


class KpiTile(Ringed, QWidget):
    """``KpiTile(title, value="", *, chip="", tone="ok", values=(), line="accent", note="", parent=None)``.

    ``set(value=..., chip=..., tone=..., values=..., note=...)`` changes parts. With ``clicked`` connected through
    ``make_clickable()`` it is a button for mouse and keyboard. Signal: ``clicked()``.
    """

    clicked = Signal()

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        chip: str = "",
        tone: str = "ok",
        values: Sequence[float] = (),
        line: str = "accent",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._value = value
        self._chip = chip
        self._tone = tone
        self._values = tuple(values)
        self._line = line
        self._note = note
        self._hover = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set(
        self,
        *,
        value: str | None = None,
        chip: str | None = None,
        tone: str | None = None,
        values: Sequence[float] | None = None,
        note: str | None = None,
    ) -> None:
        """Change what is given."""
        self._value = self._value if value is None else value
        self._chip = self._chip if chip is None else chip
        self._tone = self._tone if tone is None else tone
        self._values = self._values if values is None else tuple(values)
        self._note = self._note if note is None else note
        self._describe()
        self.update()

    def make_clickable(self) -> None:
        """Accept focus, Enter, Space and the mouse."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(240, 100)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 100)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._hover = event.type() == QEvent.Type.Enter and self.focusPolicy() is not Qt.FocusPolicy.NoFocus
            self.update()
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.focusPolicy() is not Qt.FocusPolicy.NoFocus and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        shadow_card(painter, whole, CARD_RADIUS, "hover" if self._hover else "surface")
        direction = self.layoutDirection()
        start = aligned(direction)
        end = whole.width() - 16
        if self._chip:
            width = chip_width(self._chip)
            spot = leading(direction, whole, QRectF(end - width, 14, width, 22))
            paint_chip(painter, spot, self._chip, self._tone, direction)
            end -= width + 8
        words = leading(direction, whole, QRectF(16, 14, end - 16, 22))
        draw_text(painter, words, self._title, font(14), T("text2"), start)
        room = whole.width() - 32
        width = min(room, metrics(26, 600).horizontalAdvance(self._value) + 2)
        top = 44 if not self._note else 38
        spot = leading(direction, whole, QRectF(16, top, width, 38))
        draw_text(painter, spot, self._value, font(26 if width < room else 20, 600), T("text"), start)
        if self._note:
            below = leading(direction, whole, QRectF(16, 74, room, 18))
            draw_text(painter, below, self._note, font(12), T("text2"), start)
        if len(self._values) > 1 and room - width > 64:
            left = 16 + max(width + 18, room * 0.46)
            place = leading(direction, whole, QRectF(left, 42, whole.width() - 16 - left, 44))
            mirrored = direction is Qt.LayoutDirection.RightToLeft
            paint_spark(painter, place, self._values, self._line, mirrored=mirrored)
        if self._ring:
            focus_ring(painter, whole.adjusted(1, 0, -1, -2), CARD_RADIUS)

    def _describe(self) -> None:
        parts = (self._title, self._value, self._chip, self._note)
        self.setAccessibleName(", ".join(part for part in parts if part))
