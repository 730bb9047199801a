"""Booking the next demo at this one: who hosts, which day, counted in the window of the programme."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.demos import Demo
from directsell.i18n import _
from directsell.store.queries.demos import demos_between
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.words import window_words
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import Chip
from directsell.ui.widgets.fields.month import MonthGrid
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.times import time_field
from directsell.usecases.parties import book_next

_USUAL_DAYS = 28  # four weeks on, the same weekday


class BookingSheet(FormSheet):
    """``BookingSheet(session, host)``: ``ask(evening, person_id=None)`` opens it; ``day`` is what is marked."""

    booked = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Book the next demo"), save_text=_("Book"), width=420)
        self._session = session
        self._evening: Evening | None = None
        self.day = session.today()
        self._taken: dict[dt.date, str] = {}
        self.host = PersonPicker(session, _("Host"), create=False)
        self.field("host", _("Host"), self.host, required=True)
        self.add(self._make_month())
        self._window = Label("", Role.SMALL, wrap=True)
        self.add(self._window)
        self._picked = Label("", Role.STRONG, wrap=True)
        self.chip = Chip()
        self.add(self._picked)
        self.body.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeading)
        self._busy = Label("", Role.SMALL, wrap=True)
        self._busy.set_tone("warn")
        self._busy.hide()
        self.add(self._busy)
        self.starts = time_field(session)
        self.field("starts", _("Begins at"), self.starts)
        self.save_wanted.connect(self._save_it)

    def _make_month(self) -> QWidget:
        box = QWidget()
        column = QHBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        self.grid = MonthGrid()
        self.grid.setAccessibleName(_("Day of the next demo"))
        self.grid.picked.connect(self.pick)
        self._month = Label("", Role.STRONG)
        self._month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.grid.month_changed.connect(self._month_turned)
        back, ahead = IconButton("chevron-left", _("Month before")), IconButton("chevron-right", _("Next month"))
        back.clicked.connect(self.grid.previous_month)
        ahead.clicked.connect(self.grid.next_month)
        head = QHBoxLayout()
        head.addWidget(back)
        head.addWidget(self._month, 1)
        head.addWidget(ahead)
        self.body.addLayout(head)
        column.addStretch(1)
        column.addWidget(self.grid)
        column.addStretch(1)
        return box

    def ask(self, evening: Evening, person_id: UUID | None = None) -> None:
        """Open the sheet; ``person_id`` is who wants to host."""
        if not self.make_way():
            return
        self._evening = evening
        demo = evening.party.demo
        self.host.set_person(person_id)
        self.starts.set_value(demo.starts)
        self._show_window()
        self.pick(demo.day + dt.timedelta(days=_USUAL_DAYS))
        self.set_clean()
        self.open_sheet(self.grid if person_id is not None else self.host)

    def counting(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and last day on which a booking counts for this demo's host; None where there is no window."""
        evening = self._evening
        rules = evening.party.rules if evening is not None else None
        if evening is None or rules is None or rules.bookings.window_days is None:
            return None
        day = evening.party.demo.day
        return day + dt.timedelta(days=1), day + dt.timedelta(days=rules.bookings.window_days)

    def _month_turned(self, title: str) -> None:
        """Show which days are taken in the month that shows now."""
        self._month.setText(title)
        language = self._session.language
        taken: dict[dt.date, list[str]] = {}
        for one in self._session.look(demos_between, *self.grid.span()):
            words = [language.time(one.starts)] if one.starts is not None else []
            taken.setdefault(one.day, []).append(" ".join([*words, one.name or _("Demo")]))
        self._taken = {day: ", ".join(names) for day, names in taken.items()}
        self.grid.mark(self._taken, self.counting())

    def _show_window(self) -> None:
        span = self.counting()
        self._window.setVisible(span is not None)
        if span is not None:
            days = (span[1] - span[0]).days + 1
            words = _("Counts for the host until {day}: {days} days after this demo.")
            self._window.setText(words.format(day=self._session.language.date(span[1]), days=days))

    def pick(self, day: object) -> None:
        """Mark a day: how it lies in the window, and what else happens on it."""
        evening = self._evening
        if not isinstance(day, dt.date) or evening is None:
            return
        self.day = day
        self.grid.set_day(day, self._session.today())
        rules = evening.party.rules
        window = rules.bookings.window_days if rules is not None else None
        self._picked.setText(self._session.language.date(day, "full"))
        self.chip.set(*self._counts((day - evening.party.demo.day).days, window))
        others = self._taken.get(day, "")
        self._busy.setText(_("On this day already: {names}").format(names=others))
        self._busy.setVisible(bool(others))
        self.touch()

    def _counts(self, days: int, window: int | None) -> tuple[str, str]:
        """Return how the day lies in the window; beyond it that the booking does not count."""
        words, tone = window_words(days, window)
        return (words, tone) if tone != "bad" else (_("{window}: does not count").format(window=words), tone)

    def _save_it(self) -> None:
        evening, host_id = self._evening, self.host.person_id()
        if evening is None:
            return
        if host_id is None:
            self.fields["host"].set_error(_("Choose who hosts."))
            self.fields["host"].reveal()
            return
        if self.first_error():
            return
        self.busy(True)
        self._session.run(
            self,
            book_next,
            evening.party.demo.id,
            host_id,
            day=self.day,
            starts=self.starts.value(),
            done=self._booked,
            failed=self.refuse,
            said=_("Next demo booked for {day}").format(day=self._session.language.date(self.day)),
        )

    def _booked(self, demo: Demo) -> None:
        self.set_clean()
        self.close_sheet()
        self.booked.emit(demo.id)
