"""What is asked about a card in one or two keys: why it was lost, how somebody was contacted, when to be in touch again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from directsell.domain.people import Channel, LostReason, Outcome, Stage
from directsell.domain.pipeline import REASON_IN
from directsell.i18n import N_, _
from directsell.store.queries.pipeline import Card
from directsell.ui.pages.pipeline.strip import AskStrip
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.usecases.followups import plan_follow_up
from directsell.usecases.people import change_stage
from directsell.usecases.prospecting import log_attempt

CHANNELS = (Channel.CALL, Channel.EMAIL, Channel.MESSAGE, Channel.VISIT, Channel.SOCIAL)
CHANNEL_KEYS = "cemvs"
OUTCOMES = tuple(outcome for outcome in Outcome if outcome is not Outcome.NONE)
REASONS = tuple(reason for reason in LostReason if reason is not LostReason.NONE)
_UNSAID = "unsaid"
SPANS = (
    (1, N_("tomorrow")),
    (3, N_("in 3 days")),
    (7, N_("in a week")),
    (14, N_("in two weeks")),
    (30, N_("in a month")),
)


class Asking(QObject):
    """``Asking(session, strip)``: ``move(card, stage)``, ``log(card)``, ``plan(card)``; each runs its use-case.

    Signals: ``moved(object id, object Stage, object LostReason)`` at once, before it is stored; ``failed()`` it was refused.
    """

    moved = Signal(object, object, object)
    failed = Signal()

    def __init__(self, session: Session, strip: AskStrip) -> None:
        super().__init__(strip)
        self._session = session
        self._strip = strip
        self._card: Card | None = None
        self._channel = Channel.CALL
        self._day: date | None = None

    # --- stages

    def move(self, card: Card, stage: Stage) -> None:
        """Move a card; "lost" asks why first, so that one step of undo takes both back."""
        self._card = card
        if stage is not Stage.LOST:
            self._store_stage(card.id, stage, LostReason.NONE)
            return
        title = _("Why was {name} lost?").format(name=card.name)
        choices = [(reason, term(reason)) for reason in REASONS]
        self._strip.ask(title, [*choices, (_UNSAID, _("Not said"))], self._lost)

    def _lost(self, value: str) -> None:
        card = self._card
        self._strip.close_strip()
        if card is not None:
            self._store_stage(card.id, Stage.LOST, LostReason.NONE if value == _UNSAID else LostReason(value))

    def _store_stage(self, person_id: UUID, stage: Stage, reason: LostReason) -> None:
        self._strip.close_strip()
        self.moved.emit(person_id, stage, reason)
        said = _("Stage: {stage}").format(stage=term(stage))
        self._session.run(self, change_stage, person_id, stage, reason, said=said, failed=self._refused)

    # --- contacts

    def log(self, card: Card) -> None:
        """Ask how somebody was contacted, then what came of it."""
        self._card = card
        title = _("How did you contact {name}?").format(name=card.name)
        self._strip.ask(title, [(channel, term(channel)) for channel in CHANNELS], self._by, keys=CHANNEL_KEYS)

    def _by(self, value: str) -> None:
        if self._card is None:
            return
        self._channel = Channel(value)
        title = _("{channel} with {name}: what came of it?").format(channel=term(self._channel), name=self._card.name)
        self._strip.ask(title, [(outcome, term(outcome)) for outcome in OUTCOMES], self._came)

    def _came(self, value: str) -> None:
        card = self._card
        self._strip.close_strip()
        if card is not None:
            self._session.run(
                self,
                log_attempt,
                card.id,
                channel=self._channel,
                outcome=Outcome(value),
                said=_("Contact logged"),
                failed=self._refused,
            )

    # --- next step

    def plan(self, card: Card) -> None:
        """Ask when to be in touch again, then what about."""
        self._card = card
        today, language = self._session.today(), self._session.language
        choices = []
        for days, words in SPANS:
            day = language.date(today + timedelta(days=days), "short")
            choices.append((str(days), _("{when} · {day}").format(when=_(words), day=day)))
        self._strip.ask(_("When to be in touch with {name}?").format(name=card.name), choices, self._when)

    def _when(self, value: str) -> None:
        if self._card is None:
            return
        self._day = self._session.today() + timedelta(days=int(value))
        day = self._session.language.date(self._day, "full")
        title = _("{name} on {day}: what about?").format(name=self._card.name, day=day)
        self._strip.ask_words(title, _("Ask about the catalogue …"), _("Plan"), self._about)

    def _about(self, text: str) -> None:
        card, day = self._card, self._day
        self._strip.close_strip()
        if card is not None and day is not None:
            self._session.run(
                self,
                plan_follow_up,
                card.id,
                due_on=day,
                reason=REASON_IN[card.stage],
                text=text,
                said=_("Next step planned"),
                failed=self._refused,
            )

    def _refused(self, error: Exception) -> None:
        self._session.complain(error)
        self.failed.emit()
