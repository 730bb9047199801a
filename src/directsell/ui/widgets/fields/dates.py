"""Editors for days and times: typed in the order of the locale, or picked in a month. Reading text is injected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.fields.month import MonthGrid
from directsell.ui.widgets.fields.parsed import ParsedField
from directsell.ui.widgets.labels import Label, Role

_FURTHEST = 36_500  # days: a century; more is a slip of the finger


def relative_day(text: str, today: dt.date) -> dt.date | None:
    """Understand "today", "tomorrow", "yesterday" and "+3" / "-7" (days), in the language of the window."""
    word = text.strip().casefold()
    if word[:1] in "+-" and word[1:].strip().isdecimal() and len(word) <= 6:
        days = int(word.replace(" ", ""))
        return today + dt.timedelta(days=days) if abs(days) <= _FURTHEST else None
    words = {
        _("today"): 0,
        _("tomorrow"): 1,
        _("day after tomorrow"): 2,
        _("yesterday"): -1,
        _("next week"): 7,
    }
    for name, days in words.items():
        if word == name.casefold():
            return today + dt.timedelta(days=days)
    return None


class DateField(ParsedField[dt.date]):
    """``DateField(parse, format, today, *, required=False, placeholder="", parent=None)``.

    ``parse(text) -> date``, ``format(date) -> text``, ``today() -> date``. Also understands "tomorrow" and "+3". Alt+Down, F4
    or the button open the month; Up and Down move the day. Values and signals as ParsedField.
    """

    def __init__(
        self,
        parse: Callable[[str], dt.date],
        format: Callable[[dt.date], str],
        today: Callable[[], dt.date],
        *,
        required: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._today = today
        self._absolute = parse
        self._popup: MonthPopup | None = None
        super().__init__(
            self._understand,
            format,
            wrong=_("This is not a date."),
            required=required,
            placeholder=placeholder or format(today()),
            parent=parent,
        )
        self._button = IconButton("calendar", _("Choose in the calendar"))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.open_month)
        self.add_tail(self._button)

    def open_month(self) -> None:
        """Show the month; picking fills the field."""
        if self._popup is None:
            self._popup = MonthPopup(self)
            self._popup.picked.connect(self._picked)
        self._popup.show_at(self, self.value() or self._today(), self._today())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down):
            self.open_month()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not alt:
            self._picked((self.value() or self._today()) + dt.timedelta(days=1 if key == Qt.Key.Key_Up else -1))
        else:
            super().keyPressEvent(event)

    def _understand(self, text: str) -> dt.date:
        return relative_day(text, self._today()) or self._absolute(text)

    def _picked(self, day: object) -> None:
        if isinstance(day, dt.date):
            self.set_value(day)
            self.changed.emit()
            self.committed.emit()


class TimeField(ParsedField[dt.time]):
    """``TimeField(parse, format, *, step_minutes=15, required=False, placeholder="")``: Up and Down move by the step."""

    def __init__(
        self,
        parse: Callable[[str], dt.time],
        format: Callable[[dt.time], str],
        *,
        step_minutes: int = 15,
        required: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        wrong = _("This is not a time of day.")
        super().__init__(parse, format, wrong=wrong, required=required, placeholder=placeholder, parent=parent)
        self._step = step_minutes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
            return
        now = self.value() or dt.time(18, 0)
        step = self._step if event.key() == Qt.Key.Key_Up else -self._step
        minutes = (now.hour * 60 + now.minute + step) % (24 * 60)
        self.set_value(dt.time(minutes // 60, minutes % 60))
        self.changed.emit()


class MonthPopup(QFrame):
    """A month below a field. Signal: ``picked(object date)``."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        back = IconButton("chevron-left", _("Month before"))
        self._title = Label("", Role.STRONG)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ahead = IconButton("chevron-right", _("Next month"))
        head.addWidget(back)
        head.addWidget(self._title, 1)
        head.addWidget(ahead)
        column.addLayout(head)
        self.grid = MonthGrid()
        self.grid.picked.connect(self._pick)
        self.grid.month_changed.connect(self._title.setText)
        back.clicked.connect(self.grid.previous_month)
        ahead.clicked.connect(self.grid.next_month)
        column.addWidget(self.grid)
        now = Button(_("Today"), kind=Kind.QUIET, compact=True)
        now.clicked.connect(self.grid.pick_today)
        column.addWidget(now, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_at(self, field: QWidget, day: dt.date, today: dt.date) -> None:
        """Open below a field with a day marked."""
        self.grid.set_day(day, today)
        self.adjustSize()
        ltr = field.layoutDirection() is Qt.LayoutDirection.LeftToRight
        left = 0 if ltr else field.width() - self.width()
        spot = field.mapToGlobal(QPoint(left, field.height() + 4))
        screen = field.screen().availableGeometry()
        if spot.y() + self.height() > screen.bottom():
            spot.setY(max(screen.top(), spot.y() - self.height() - field.height() - 8))
        spot.setX(max(screen.left(), min(spot.x(), screen.right() - self.width())))
        self.move(spot)
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick(self, day: object) -> None:
        self.close()
        self.picked.emit(day)
