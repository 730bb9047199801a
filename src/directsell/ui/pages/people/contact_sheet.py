"""The sheet in which a contact is logged or a follow-up is finished: channel, outcome by one key, words, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from directsell.domain.people import Channel, Outcome
from directsell.i18n import _
from directsell.store.queries.campaigns import running_campaigns
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.draft_sheet import DraftSheet
from directsell.ui.widgets.fields import CheckBox, ChoiceField, MultilineField
from directsell.ui.widgets.filter_chips import FilterChips
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.typed import date_field
from directsell.usecases.contacts import default_next, note_contact

OUTCOMES = tuple(outcome for outcome in Outcome if outcome is not Outcome.NONE)


class OutcomeChips(FilterChips):
    """``OutcomeChips()``: the outcomes with the digit that chooses each; ``outcome()``. Signals as FilterChips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_numbered(), name=_("Outcome"), parent=parent)
        self.set_value("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def outcome(self) -> Outcome:
        """Return what was chosen; NONE when nothing was."""
        return Outcome(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit.isdecimal() and 1 <= int(digit) <= len(OUTCOMES):
            key = str(OUTCOMES[int(digit) - 1])
            self.set_value(key)
            self.chosen.emit(key)
            return
        super().keyPressEvent(event)


def _numbered() -> Sequence[tuple[str, str, str]]:
    return [
        (str(outcome), _("{key}  {outcome}").format(key=place, outcome=term(outcome)), "")
        for place, outcome in enumerate(OUTCOMES, start=1)
    ]


class ContactSheet(DraftSheet):
    """``ContactSheet(session, host)``: ``log(person_id, name, channel)`` opens it for a person."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("Log a contact"), draft="contact:", save_text=_("Log"), width=480)
        self._person: UUID | None = None
        self._next_typed = False
        self._has_campaigns = False
        self.channel = ChoiceField([(channel, term(channel)) for channel in Channel], Channel.CALL)
        self.incoming = CheckBox(_("They contacted me"))
        self.watch(self.incoming)
        self.field("channel", _("How"), self.channel)
        self.add(self.incoming)
        self._outcome_label = Label(_("Outcome"), Role.FIELD)
        self.add(self._outcome_label)
        self.outcomes = OutcomeChips()
        self.outcomes.chosen.connect(self._outcome_chosen)
        self.add(self.outcomes)
        self.text = MultilineField(lines=4, placeholder=_("What was said, in your words"))
        self.field("text", _("What was said"), self.text)
        self.campaign = ChoiceField()
        self.field("campaign", _("Within the campaign"), self.campaign)
        self.next_on = date_field(session)
        self.next_on.changed.connect(self._next_edited)
        self.field("next_on", _("Contact again on"), self.next_on, hint=_("Leave empty when nothing is to follow."))
        self.channel.changed.connect(self._channel_changed)
        self.save_wanted.connect(self._log)

    def log(self, person_id: UUID, name: str, channel: Channel = Channel.CALL) -> None:
        """Open the sheet for a person, with words that were half-typed the last time."""
        if not self.make_way():
            return
        self._person = person_id
        self.begin(person_id)
        self._next_typed = False
        self.set_subtitle(name)
        self.channel.set_value(channel)
        self.incoming.set_value(False)
        self.outcomes.set_value("")
        self.text.set_value("")
        self.next_on.set_value(None)
        self._show_campaigns()
        self._channel_changed()
        self.set_clean()
        kept = self.kept()
        if kept is not None:
            self.text.set_value(str(kept.get("text", "")))
            self.outcomes.set_value(str(kept.get("outcome", "")))
            self.touch()
        self.open_sheet(self.text if channel is Channel.NOTE else self.outcomes)

    def state(self) -> dict[str, Any]:
        """Return what was said, and the outcome."""
        return {"text": self.text.value(), "outcome": self.outcomes.value()}

    def is_worth_keeping(self) -> bool:
        """Only words are; the rest is one key each."""
        return bool(self.text.value())

    def _channel_changed(self) -> None:
        note = self.channel.value() is Channel.NOTE
        self.set_title(_("Add a note") if note else _("Log a contact"))
        self.outcomes.setVisible(not note)
        self._outcome_label.setVisible(not note)
        self.incoming.setVisible(not note)
        self.fields["campaign"].setVisible(self._has_campaigns and not note)

    def _show_campaigns(self) -> None:
        """Offer the campaigns that are running; without any there is nothing to choose."""
        running = self._session.look(running_campaigns)
        self.campaign.set_choices([(None, _("No campaign")), *running])
        self.campaign.set_value(None)
        self._has_campaigns = bool(running)

    def _outcome_chosen(self, key: str) -> None:
        self.touch()
        if not self._next_typed:
            self.next_on.set_value(default_next(Outcome(key), self._session.today()))
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_edited(self) -> None:
        self._next_typed = True

    def _log(self) -> None:
        if self._person is None or self.first_error():
            return
        channel = self.channel.value()
        self.store(
            note_contact,
            self._person,
            channel=channel,
            outcome=Outcome.NONE if channel is Channel.NOTE else self.outcomes.outcome(),
            text=self.text.value(),
            incoming=self.incoming.value(),
            next_on=self.next_on.value(),
            campaign_id=None if channel is Channel.NOTE else self.campaign.value(),
            said=_("Contact logged"),
        )
