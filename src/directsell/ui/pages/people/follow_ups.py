"""The follow-ups of one person: finish with an outcome in two keys, put off, skip, plan and change. No list of all people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.followups import FollowUp, Reason
from directsell.domain.people import Channel, Outcome
from directsell.i18n import N_, _
from directsell.store.queries.person_card import PersonCard
from directsell.ui.pages.people.contact_sheet import OUTCOMES
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.fields import ChoiceField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.typed import date_field
from directsell.usecases.contacts import default_next, finish_and_plan
from directsell.usecases.followups import plan_follow_up, save_follow_up, skip_follow_up, snooze_follow_up

_LATER = ((1, N_("Tomorrow")), (3, N_("In three days")), (7, N_("In a week")), (14, N_("In two weeks")))
_CHANNELS = tuple(channel for channel in Channel if channel is not Channel.NOTE)


class FollowUpsCard(Card):
    """``FollowUpsCard(session)``: ``show_person(card)``. Signals: ``plan_wanted()``, ``edit_wanted(object follow_up)``."""

    plan_wanted = Signal()
    edit_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Next steps"), parent=parent)
        self._session = session
        self.body.setSpacing(4)
        self._plan = Button(_("Plan follow-up"), "plus", kind=Kind.QUIET, compact=True, on_click=self._plan_clicked)
        self.add_header(self._plan)
        self._rows: list[FollowUpRow] = []
        self._none = Label(
            _("Nothing planned. A follow-up keeps a promise from being forgotten."), Role.MUTED, wrap=True
        )
        self.add(self._none)

    def show_person(self, card: PersonCard) -> None:
        """Show another person, or the same one after a change; the focus stays in this card when it was here."""
        had_focus = any(row.isAncestorOf(row.focusWidget()) for row in self._rows if row.focusWidget() is not None)
        here = had_focus and self.window().focusWidget() in self.findChildren(QWidget)
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [FollowUpRow(self._session, follow_up) for follow_up in card.follow_ups]
        for row in self._rows:
            row.edit_wanted.connect(self.edit_wanted)
            self.add(row)
        self._none.setVisible(not self._rows)
        if here:
            target = self._rows[0].done if self._rows else self._plan
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def first_row(self) -> FollowUpRow | None:
        """Return the most urgent follow-up's row."""
        return self._rows[0] if self._rows else None

    def _plan_clicked(self) -> None:
        self.plan_wanted.emit()


class FollowUpRow(QWidget):
    """``FollowUpRow(session, follow_up)``: what is due, Done (a menu of outcomes with digits), later. ``done``, ``later``.

    Signal: ``edit_wanted(object follow_up)``.
    """

    edit_wanted = Signal(object)

    def __init__(self, session: Session, follow_up: FollowUp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.follow_up = follow_up
        language, today = session.language, session.today()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        column.addWidget(Label(follow_up.text or term(follow_up.reason), Role.STRONG, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        second = [term(follow_up.channel), language.date(follow_up.due_on)]
        if follow_up.text and follow_up.reason is not Reason.OTHER:
            second.insert(0, term(follow_up.reason))
        row.addWidget(Label(" · ".join(second), Role.SMALL, wrap=True), 1)
        tone = "bad" if follow_up.due_on < today else "warn" if follow_up.due_on == today else "neutral"
        row.addWidget(Chip(language.relative_day(follow_up.due_on, today), tone))
        self.done = Button(_("Done"), "check", compact=True, on_click=self._open_outcomes)
        self.done.setAccessibleName(_("Finish: {what}").format(what=follow_up.text or term(follow_up.reason)))
        row.addWidget(self.done)
        self.later = IconButton("clock", _("Put off, change, skip"), on_click=self._open_later)
        row.addWidget(self.later)
        self.outcome_menu = Menu(self)
        # Menus take a digit after "&" as their key: Enter on Done, then one digit, and it is finished.
        for place, outcome in enumerate(OUTCOMES, start=1):
            action = self.outcome_menu.addAction(f"&{place}  {term(outcome)}")
            action.triggered.connect(_Call(self._finish, outcome))
        self.later_menu = Menu(self)
        for days, text in _LATER:
            self.later_menu.add(_(text), "clock", _Call(self._snooze, days))
        self.later_menu.addSeparator()
        self.later_menu.add(_("Change …"), "pencil", self._edit)
        self.later_menu.add(_("Skip"), "x", self._skip)

    def _open_outcomes(self) -> None:
        self.outcome_menu.popup(self._below(self.done))

    def _open_later(self) -> None:
        self.later_menu.popup(self._below(self.later))

    def _below(self, button: QWidget) -> QPoint:
        return button.mapToGlobal(button.rect().bottomLeft())

    def _finish(self, outcome: object) -> None:
        assert isinstance(outcome, Outcome)
        today = self._session.today()
        next_on = default_next(outcome, today)
        said = _("Done.")
        if next_on is not None:
            said = _("Done. Next contact: {day}").format(day=self._session.language.relative_day(next_on, today))
        self._session.run(
            self._session, finish_and_plan, self.follow_up.id, outcome=outcome, next_on=next_on, said=said
        )

    def _snooze(self, days: object) -> None:
        assert isinstance(days, int)
        day = self._session.today() + timedelta(days=days)
        said = _("Put off to {day}").format(day=self._session.language.date(day))
        self._session.run(self._session, snooze_follow_up, self.follow_up.id, due_on=day, said=said)

    def _skip(self) -> None:
        self._session.run(self._session, skip_follow_up, self.follow_up.id, said=_("Follow-up skipped"))

    def _edit(self) -> None:
        self.edit_wanted.emit(self.follow_up)


class _Call:
    """A call with its argument, for menus."""

    def __init__(self, function: Callable[[object], object], argument: object) -> None:
        self._function = function
        self._argument = argument

    def __call__(self, _checked: bool = False) -> None:
        self._function(self._argument)


class FollowUpSheet(FormSheet):
    """``FollowUpSheet(session, host)``: ``plan(person_id, name)`` opens it empty, ``edit(follow_up, name)`` for a stored one."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Plan follow-up"), width=440)
        self._session = session
        self._person: UUID | None = None
        self._known: FollowUp | None = None
        self.text = TextField(placeholder=_("Ask how the pan works"))
        self.field("text", _("What for"), self.text)
        self.due_on = date_field(session, required=True)
        hint = _("A date, “tomorrow”, “fri” or “+3”.")
        self.field("due_on", _("On"), self.due_on, hint=hint, required=True)
        self.reason = ChoiceField([(reason, term(reason)) for reason in Reason], Reason.OTHER)
        self.channel = ChoiceField([(channel, term(channel)) for channel in _CHANNELS], Channel.CALL)
        self.pair(
            self.make_field("reason", _("Reason"), self.reason), self.make_field("channel", _("How"), self.channel)
        )
        self._kept = KeptWords(session, self, "follow_up", self.editors)
        self.save_wanted.connect(self._save_it)

    def plan(self, person_id: UUID, name: str) -> None:
        """Open the sheet for a new follow-up."""
        if not self.make_way():
            return
        self._person, self._known = person_id, None
        self.set_title(_("Plan follow-up"))
        self._show(name, "", Reason.OTHER, Channel.CALL)
        self.due_on.set_value(self._session.today() + timedelta(days=2))
        self._kept.begin(f"{person_id}-new")
        self.open_sheet(self.text)

    def edit(self, follow_up: FollowUp, name: str) -> None:
        """Open the sheet for a stored follow-up."""
        if not self.make_way():
            return
        self._person, self._known = follow_up.person_id, follow_up
        self.set_title(_("Change follow-up"))
        self._show(name, follow_up.text, follow_up.reason, follow_up.channel)
        self.due_on.set_value(follow_up.due_on)
        self._kept.begin(f"{follow_up.person_id}-{follow_up.id}")
        self.open_sheet(self.due_on)

    def _show(self, name: str, text: str, reason: Reason, channel: Channel) -> None:
        self.set_subtitle(name)
        self.text.set_value(text)
        self.reason.set_value(reason)
        self.channel.set_value(channel)
        self.set_clean()

    def _save_it(self) -> None:
        if self.first_error() or self._person is None:
            return
        self.busy(True)
        values = {
            "due_on": self.due_on.value(),
            "reason": self.reason.value(),
            "channel": self.channel.value(),
            "text": self.text.value(),
        }
        run = self._session.run
        if self._known is None:
            run(
                self,
                plan_follow_up,
                self._person,
                **values,
                done=self._saved,
                failed=self.refuse,
                said=_("Follow-up planned"),
            )
            return
        changed = replace(self._known, **values)
        run(self, save_follow_up, changed, done=self._saved, failed=self.refuse, said=_("Follow-up changed"))

    def _saved(self, _result: object) -> None:
        self.set_clean()
        self.close_sheet()
