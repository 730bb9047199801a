"""The month beside the list of demos: which evenings are taken, which are free. It picks a day and changes nothing."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.store.queries.demos import demo_days
from directsell.ui.session import Session
from directsell.ui.theme import T, font
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import by_keyboard, draw_text, fill_round, focus_ring

_LINE = 32
_HEAD = 20


class DemoCalendar(QWidget):
    """``DemoCalendar(session)``: ``day`` is the marked one, ``set_day(day)``, ``refresh()``.

    Signal: ``day_chosen(object date)`` by click or Enter.
    """

    day_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.grid = _Grid(session)
        self._title = Label("", Role.STRONG)
        back, ahead = IconButton("chevron-left", _("Month before")), IconButton("chevron-right", _("Next month"))
        back.clicked.connect(self._back)
        ahead.clicked.connect(self._ahead)
        today = Button(_("Today"), kind=Kind.QUIET, compact=True, on_click=self._today)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._title, 1)
        for button in (today, back, ahead):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.grid)
        self.setFocusProxy(self.grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.grid.moved.connect(self._moved)
        self.grid.picked.connect(self.day_chosen)
        self._moved()

    @property
    def day(self) -> date:
        """The marked day."""
        return self.grid.day

    def set_day(self, day: date) -> None:
        """Mark a day and show its month."""
        self.grid.go(day)

    def refresh(self) -> None:
        """Read again which days are taken."""
        self.grid.read()

    def _moved(self) -> None:
        self._title.setText(self._session.language.month(self.grid.day))

    def _back(self) -> None:
        self.grid.go(_other_month(self.grid.day, -1))

    def _ahead(self) -> None:
        self.grid.go(_other_month(self.grid.day, 1))

    def _today(self) -> None:
        self.grid.go(self._session.today())


class _Grid(QWidget):
    """The painted days. Arrows, PageUp/PageDown, Home/End move; Enter picks."""

    picked = Signal(object)
    moved = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.day = session.today()
        self._taken: dict[date, int] = {}
        self._span: tuple[date, date] | None = None
        self._hover: date | None = None
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go(self.day)

    def sizeHint(self) -> QSize:
        return QSize(7 * 40, _HEAD + 6 * _LINE)

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * 30, _HEAD + 6 * _LINE)

    def go(self, day: date) -> None:
        """Mark a day; reads the taken days when the month changes. Nobody books outside of two centuries."""
        if not 1900 <= day.year <= 2199:
            return
        self.day = day
        first = self._first()
        if self._span is None or self._span[0] != first:
            self.read()
        self._say()
        self.moved.emit()
        self.update()

    def read(self) -> None:
        """Read which of the shown days are taken."""
        first = self._first()
        self._span = (first, first + timedelta(days=41))
        self._taken = self._session.look(demo_days, *self._span)
        self._say()
        self.update()

    def words(self, day: date) -> str:
        """What a day is, for tool tips and screen readers."""
        count = self._taken.get(day, 0)
        name = self._session.language.date(day, "full")
        if not count:
            return _("{day}: free").format(day=name)
        return ngettext("{day}: {n} demo", "{day}: {n} demos", count).format(day=name, n=count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -1
        steps = {Qt.Key.Key_Left: -forward, Qt.Key.Key_Right: forward, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        self._ring = True
        if key in steps:
            self.go(self.day + timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(_other_month(self.day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Home:
            self.go(self.day.replace(day=1))
        elif key == Qt.Key.Key_End:
            self.go(self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._day_at(event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self.go(day)
            self.picked.emit(day)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            day = self._day_at(QPointF(event.pos()))
            if day is not None:
                QToolTip.showText(event.globalPos(), self.words(day), self)
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        center = Qt.AlignmentFlag.AlignCenter
        first = self._first()
        for column in range(7):
            name = self._session.language.weekday(first + timedelta(days=column), short=True)
            draw_text(painter, self._cell(column, -1), name, font(11, 500), T("text3"), center)
        for place in range(42):
            self._paint_day(painter, first + timedelta(days=place), self._cell(place % 7, place // 7))

    def _paint_day(self, painter: QPainter, day: date, cell: QRectF) -> None:
        today = self._session.today()
        box = QRectF(cell.center().x() - 15, cell.center().y() - 14, 30, 28)
        taken = self._taken.get(day, 0)
        inside = day.month == self.day.month
        tone, weight = ("text" if inside else "text3"), 400
        if taken:
            fill_round(painter, box, 9, T("soft"))
            tone, weight = "on_soft", 600
        elif day == self._hover:
            fill_round(painter, box, 9, T("hover_side"))
        if day == today:
            fill_round(painter, box, 9, None, T("accent"))
            weight = 600
        if day == self.day:
            fill_round(painter, box, 9, T("accent"))
            tone, weight = "on_accent", 600
        if not inside and not taken and day != self.day:
            painter.setOpacity(0.7)
        draw_text(painter, box, str(day.day), font(13, weight, tabular=True), T(tone), Qt.AlignmentFlag.AlignCenter)
        painter.setOpacity(1)
        if taken > 1:
            painter.setBrush(T("goal"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(box.right() - 4, box.top() + 4), 3, 3)
        if day == self.day and self._ring and self.hasFocus():
            focus_ring(painter, box.adjusted(-3, -3, 3, 3), 11)

    def _first(self) -> date:
        start = self.day.replace(day=1)
        return start - timedelta(days=(start.weekday() - self._session.language.week_start) % 7)

    def _cell(self, column: int, line: int) -> QRectF:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        width = self.width() / 7
        if line < 0:
            return QRectF(column * width, 0, width, _HEAD)
        return QRectF(column * width, _HEAD + line * _LINE, width, _LINE)

    def _day_at(self, spot: QPointF) -> date | None:
        line = int((spot.y() - _HEAD) // _LINE)
        column = int(spot.x() // (self.width() / 7))
        if not (0 <= line < 6 and 0 <= column < 7):
            return None
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        return self._first() + timedelta(days=line * 7 + column)

    def _say(self) -> None:
        self.setAccessibleName(_("Calendar"))
        self.setAccessibleDescription(self.words(self.day))


def _other_month(day: date, months: int) -> date:
    """The same day of another month, or its last one."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
