"""One month as a painted grid: keyboard, week start and names of the locale. It picks a day, nothing else."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QDate, QEvent, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from directsell.i18n import _
from directsell.ui.theme import T, font
from directsell.ui.widgets.painting import draw_text, fill_round, focus_ring

_CELL = 38
_HEAD = 26


class MonthGrid(QWidget):
    """``MonthGrid()``: ``set_day(day, today)``, ``day``, ``next_month()``, ``previous_month()``, ``pick_today()``.

    ``mark(taken, window)`` puts a dot on days that are taken (day -> what is on) and tints a span of days; ``span()`` is
    what shows, ``words(day)`` what tool tips and screen readers are told.

    Arrows move by days and weeks, PageUp/PageDown by months, Home/End to the ends of the month, Enter picks.
    Signals: ``picked(object date)``, ``month_changed(str title)``.
    """

    picked = Signal(object)
    month_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = dt.date(2000, 1, 1)
        self._today = self.day
        self._hover: dt.date | None = None
        self._taken: Mapping[dt.date, str] = {}
        self._window: tuple[dt.date, dt.date] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(7 * _CELL, _HEAD + 6 * _CELL)

    def set_day(self, day: dt.date, today: dt.date) -> None:
        """Mark a day and show its month."""
        self._today = today
        self._go(day)

    def mark(self, taken: Mapping[dt.date, str], window: tuple[dt.date, dt.date] | None = None) -> None:
        """Mark days on which something is already, and the first and last day of a span."""
        self._taken = taken
        self._window = window
        self._say()
        self.update()

    def span(self) -> tuple[dt.date, dt.date]:
        """Return the first and the last day that show."""
        first = self._first()
        return first, _moved(first, 41)

    def words(self, day: dt.date) -> str:
        """Return a day with what is on it."""
        name = QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
        taken = self._taken.get(day, "")
        return _("{day}: {what}").format(day=name, what=taken) if taken else name

    def next_month(self) -> None:
        """Same day, one month later."""
        self._go(_shifted(self.day, 1))

    def previous_month(self) -> None:
        """Same day, one month earlier."""
        self._go(_shifted(self.day, -1))

    def pick_today(self) -> None:
        """Choose today."""
        self.picked.emit(self._today)

    def sizeHint(self) -> QSize:
        return QSize(7 * _CELL, _HEAD + 6 * _CELL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -1
        days = {
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        key = Qt.Key(event.key())
        last = calendar.monthrange(self.day.year, self.day.month)[1]
        if key in days:
            self._go(_moved(self.day, days[key]))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._go(_shifted(self.day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Home:
            self._go(self.day.replace(day=1))
        elif key == Qt.Key.Key_End:
            self._go(self.day.replace(day=last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._day_at(event.position().x(), event.position().y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().x(), event.position().y())
        if day is not None:
            self.picked.emit(day)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y() > 0:
            self.previous_month()
        else:
            self.next_month()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            day = self._day_at(event.pos().x(), event.pos().y())
            QToolTip.showText(
                event.globalPos(), self.words(day) if day is not None and day in self._taken else "", self
            )
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        locale = QLocale()
        center = Qt.AlignmentFlag.AlignCenter
        first = self._first()
        for column in range(7):
            name = locale.standaloneDayName((first.isoweekday() + column - 1) % 7 + 1, QLocale.FormatType.NarrowFormat)
            draw_text(painter, self._cell(column, -1), name, font(12, 600), T("text3"), center)
        for place in range(42):
            day = _moved(first, place)
            cell = self._cell(place % 7, place // 7).adjusted(2, 2, -2, -2)
            tone = "text" if day.month == self.day.month else "text3"
            weight = 400
            if self._window is not None and self._window[0] <= day <= self._window[1]:
                fill_round(painter, cell, 10, T("soft"))
                tone = "on_soft"
            if day == self.day:
                fill_round(painter, cell, 10, T("accent"))
                tone, weight = "on_accent", 600
            elif day == self._hover:
                fill_round(painter, cell, 10, T("hover"))
            if day == self._today and day != self.day:
                fill_round(painter, cell, 10, None, T("accent"))
                tone, weight = "accent_text", 600
            draw_text(painter, cell, str(day.day), font(14, weight, tabular=True), T(tone), center)
            if day in self._taken:
                dot = QRectF(cell.center().x() - 3, cell.bottom() - 7, 6, 6)
                fill_round(painter, dot, 3, T("on_accent" if day == self.day else "warn"))
            if day == self.day and self.hasFocus():
                focus_ring(painter, cell.adjusted(-2, -2, 2, 2), 12)

    def _go(self, day: dt.date) -> None:
        self.day = day
        locale = QLocale()
        title = f"{locale.standaloneMonthName(day.month, QLocale.FormatType.LongFormat)} {day.year}"
        self._say()
        self.month_changed.emit(title)
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(_("Calendar, {day}").format(day=self.words(self.day)))

    def _first(self) -> dt.date:
        start = self.day.replace(day=1)
        week_start = QLocale().firstDayOfWeek().value  # 1 Monday .. 7 Sunday
        return _moved(start, -((start.isoweekday() - week_start) % 7))

    def _cell(self, column: int, line: int) -> QRectF:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        if line < 0:
            return QRectF(column * _CELL, 0, _CELL, _HEAD)
        return QRectF(column * _CELL, _HEAD + line * _CELL, _CELL, _CELL)

    def _day_at(self, x: float, y: float) -> dt.date | None:
        if y < _HEAD or not 0 <= x < 7 * _CELL:
            return None
        column, line = int(x // _CELL), int((y - _HEAD) // _CELL)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        return _moved(self._first(), line * 7 + column)


def _moved(day: dt.date, days: int) -> dt.date:
    """Another day; the ends of the calendar (years 1 and 9999) stop it."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return day


def _shifted(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or its last day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    if not 1 <= year <= 9998:
        return day
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
