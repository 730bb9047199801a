"""A day as a leaf of a calendar, painted. It only shows."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from directsell.ui.session import Session
from directsell.ui.theme import T, font
from directsell.ui.widgets.painting import draw_text, fill_round


class DayLeaf(QWidget):
    """``DayLeaf(session)``: a day as a leaf of a calendar; ``set_day(day)``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._day = session.today()
        self.setFixedSize(60, 64)

    def set_day(self, day: date) -> None:
        """Show another day."""
        self._day = day
        self.setToolTip(self._session.language.date(day, "full"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        center = Qt.AlignmentFlag.AlignCenter
        fill_round(painter, rect, 12, T("surface"), T("border"))
        painter.save()
        painter.setClipRect(QRectF(0, 0, rect.width(), 20))
        fill_round(painter, rect, 12, T("accent"))
        painter.restore()
        month = self._session.language.formats.months_alone_short[self._day.month - 1]
        draw_text(painter, QRectF(2, 1, 56, 19), month, font(12, 600), T("on_accent"), center)
        draw_text(painter, QRectF(2, 20, 56, 27), str(self._day.day), font(20, 600), T("text"), center)
        weekday = self._session.language.weekday(self._day, short=True)
        draw_text(painter, QRectF(2, 45, 56, 15), weekday, font(11, 500), T("text2"), center)
