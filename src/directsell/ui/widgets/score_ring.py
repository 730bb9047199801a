"""Points of a hundred as a ring around their number. Painting only; what the points mean the caller says."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from directsell.ui.theme import T, font
from directsell.ui.widgets.painting import draw_text

FULL = 100


def paint_ring(painter: QPainter, rect: QRectF, points: int, words: str, *, reachable: int = 0) -> None:
    """Draw the ring; what could still be reached is a paler arc behind the points."""
    width = max(2.5, rect.width() / 11)
    ring = rect.adjusted(width / 2 + 0.5, width / 2 + 0.5, -width / 2 - 0.5, -width / 2 - 0.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for share, token in ((FULL, "track"), (reachable, "bar_quiet"), (points, "accent")):
        if share > 0:
            pen = QPen(T(token), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap if share < FULL else Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -int(share * 360 * 16 / FULL))
    size = max(10, round(rect.width() * 0.32))
    draw_text(painter, rect, words, font(size, 600), T("text"), Qt.AlignmentFlag.AlignCenter)


class ScoreRing(QWidget):
    """``ScoreRing(size=48)``: ``set(points, reachable, words)``; ``words`` is what a screen reader says."""

    def __init__(self, size: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = 0
        self._reachable = 0
        self._number = "–"
        self.setFixedSize(QSize(size, size))

    def set(self, points: int, reachable: int, number: str, words: str) -> None:
        """Show other points."""
        self._points, self._reachable, self._number = points, reachable, number
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ring(painter, QRectF(self.rect()), self._points, self._number, reachable=self._reachable)
