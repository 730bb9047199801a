"""Booking the next demo at this one: who hosts, which day, counted in the window of the programme."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.demos import Demo
from directsell.i18n import _
from directsell.store.queries.parties import demos_on
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
        self.host = PersonPicker(session, _("Host"), create=False)
        self.field("host", _("Host"), self.host, required=True)
        self.add(self._make_month())
        self._picked = Label("", Role.STRONG, wrap=True)
        self.chip = Chip()
        line = QHBoxLayout()
        line.addWidget(self._picked, 1)
        line.addWidget(self.chip)
        self.body.addLayout(line)
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
        self.grid.month_changed.connect(self._month.setText)
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
        self.pick(demo.day + dt.timedelta(days=_USUAL_DAYS))
        self.set_clean()
        self.open_sheet(self.grid if person_id is not None else self.host)

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
        self.chip.set(*window_words((day - evening.party.demo.day).days, window))
        others = [name for name in self._session.look(demos_on, day) if name]
        self._busy.setText(_("On this day already: {names}").format(names=", ".join(others)))
        self._busy.setVisible(bool(others))
        self.touch()

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
