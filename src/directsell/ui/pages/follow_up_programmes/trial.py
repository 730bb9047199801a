"""A programme tried on a person: the dated contacts it would plan and why, and how many for everybody. Saves nothing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.planning import Active
from directsell.domain.follow_up_plans.steps import check_chain
from directsell.domain.follow_up_programmes import Anchor
from directsell.i18n import _, ngettext
from directsell.store.queries.follow_up_preview import (
    Ahead,
    Fate,
    Line,
    Preview,
    Silence,
    contacts_ahead,
    preview,
)
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.fields import FormField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout, empty
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.typed import date_field

_PAUSE_MS = 300


class Trial(Card):
    """``Trial(session)``: ``show_programme(Active)``, ``picker``, ``day``, ``lines()`` the sentences that show.

    Signal: ``start_wanted(object person_id, object day)`` for programmes that are started by hand.
    """

    start_wanted = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__(_("Try it on a person"))
        self._session = session
        self._one: Active | None = None
        self._can_start = False
        self._jobs: list[Job] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.ahead = Label("", Role.MUTED, wrap=True)
        self.add(self.ahead)
        self.picker = PersonPicker(session, _("Person"), create=False)
        self.picker.chosen.connect(self._chosen)
        self.day = date_field(session)
        self.day.set_value(session.today())
        self.day.changed.connect(self._later)
        self._day_field = FormField(_("Chosen day"), self.day)
        box = QWidget()
        flow = FlowLayout(box, gap=12, tile=240)
        for field in (FormField(_("What would be planned for"), self.picker), self._day_field):
            flow.addWidget(field)
            flow.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.add(box)
        self.sentence = Label("", Role.BODY, wrap=True)
        self.add(self.sentence)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)
        self._shown: list[LineView] = []
        self.start_button = Button(_("Start for this person"), "check", on_click=self._start)
        self.body.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._show(None)

    def show_programme(self, one: Active, *, can_start: bool) -> None:
        """Try another programme, or the same one with other steps; ``can_start``: it is stored and switched on."""
        self._one = one
        self._can_start = can_start and one.programme.anchor is Anchor.CUSTOM
        self._day_field.setVisible(one.programme.anchor is Anchor.CUSTOM)
        self._later()

    def lines(self) -> list[str]:
        """Return what the rows say."""
        return [row.text() for row in self._shown]

    def settle(self) -> None:
        """Ask nothing any more."""
        self._pause.stop()
        self._give_up()

    def _later(self) -> None:
        self._pause.start()

    def _chosen(self, _person: object) -> None:
        self._later()

    def _give_up(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._jobs = []

    def ask(self) -> None:
        """Read what would be planned, now."""
        self._pause.stop()
        self._give_up()
        one = self._one
        if one is None:
            return
        try:
            check_chain(one.chain, one.programme.anchor)
        except DomainError:
            self.ahead.setText(_("The programme is not complete yet; save it to see what is missing."))
            self._show(None)
            return
        today, now = self._session.today(), self._session.now()
        if one.programme.anchor is not Anchor.CUSTOM:
            self._jobs.append(
                self._session.read(self, contacts_ahead, one, today, now, done=self._counted, failed=self._failed)
            )
        else:
            self.ahead.setText(_("You start it yourself, for one person after another."))
        person = self.picker.person_id()
        if person is None:
            self._show(None)
            return
        start = self.day.value() if one.programme.anchor is Anchor.CUSTOM else None
        self._jobs.append(
            self._session.read(
                self, preview, one, person, today, now, start=start, done=self._show, failed=self._failed
            )
        )

    def _failed(self, error: Exception) -> None:
        self._session.complain(error)

    def _counted(self, found: Ahead) -> None:
        number = self._session.language.number
        if not found.contacts:
            self.ahead.setText(_("In the next 30 days it asks for nobody, from what has happened so far."))
            return
        contacts = ngettext("{count} contact", "{count} contacts", found.contacts).format(count=number(found.contacts))
        people = ngettext("{count} person", "{count} people", found.people).format(count=number(found.people))
        words = _("More than {contacts} with {people}.") if found.more else _("{contacts} with {people}.")
        counted = words.format(contacts=contacts, people=people)
        self.ahead.setText(_("In the next 30 days, from what has happened so far: {counted}").format(counted=counted))

    def _show(self, found: Preview | None) -> None:
        empty(self._rows)
        self._shown = []
        self.start_button.setVisible(self._can_start and found is not None and found.silence is None)
        self.sentence.setVisible(found is not None)
        if found is None:
            return
        self.sentence.setText(self._about(found))
        for line in found.lines:
            row = LineView(self._session, line)
            self._shown.append(row)
            self._rows.addWidget(row)

    def _about(self, found: Preview) -> str:
        if found.silence is Silence.OUT:
            return _("Nothing: this person is lost, erased or merged into somebody else.")
        if found.silence is Silence.SEGMENT:
            return _("Nothing: this person is not in the segment of the programme.")
        if found.silence is not None and found.event_on is None:
            return _("Nothing: what the programme counts from has not happened.")
        if found.silence is not None:
            return _("Nothing: all steps are done or too long ago.")
        if found.event_on is None:
            return ""
        day = self._session.language.date(found.event_on, "full")
        if found.supposed:
            return _("What it counts from has not happened yet. If it were on {day}:").format(day=day)
        if found.moved_on is not None:
            moved = self._session.language.date(found.moved_on, "full")
            return _("It counts from {day}; the open steps count from the contact on {moved}.").format(
                day=day, moved=moved
            )
        return _("It counts from {day}.").format(day=day)

    def _start(self) -> None:
        person, day = self.picker.person_id(), self.day.value()
        if isinstance(person, UUID) and isinstance(day, date):
            self.start_wanted.emit(person, day)


class LineView(QWidget):
    """One contact of a preview: its day, what becomes of it, why, the words, and with what it becomes one."""

    def __init__(self, session: Session, line: Line) -> None:
        super().__init__()
        language = session.language
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        day = Label(language.date(line.due_on, "medium"), Role.STRONG)
        day.setMinimumWidth(104)
        relative = Label(language.relative_day(line.due_on, session.today()), Role.SMALL)
        grid.addWidget(day, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(relative, 1, 0, Qt.AlignmentFlag.AlignTop)
        self._text = " · ".join((term(line.reason), term(line.channel)))
        head = Label(self._text, Role.BODY, wrap=True)
        grid.addWidget(head, 0, 1)
        words, tone = _fates()[line.fate]
        grid.addWidget(Chip(words, tone), 0, 2, Qt.AlignmentFlag.AlignTop)
        below = [line.text] if line.text else []
        if line.meets:
            others = "; ".join(text or term(reason) for reason, text in line.meets)
            below.append(_("Becomes one contact with: {others}").format(others=others))
        grid.addWidget(Label("\n".join(below), Role.SMALL, wrap=True), 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self._text = " · ".join([language.date(line.due_on, "medium"), self._text, words, *below])

    def text(self) -> str:
        """Return everything the row says."""
        return self._text


def _fates() -> dict[Fate, tuple[str, str]]:
    return {
        Fate.NEW: (_("new"), "accent"),
        Fate.STAYS: (_("stays"), "neutral"),
        Fate.ENDS: (_("is dropped"), "warn"),
    }
