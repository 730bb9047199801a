"""What is asked about somebody in one or two keys: why they were lost, how they were contacted, when to be in touch again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from directsell.domain.people import Channel, LostReason, Outcome, Stage
from directsell.domain.pipeline import REASON_IN
from directsell.i18n import N_, _
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.ask_strip import AskStrip
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


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom it is about."""

    id: UUID
    name: str
    stage: Stage


class Asking(QObject):
    """``Asking(session, strip)``: ``move(subject, stage)``, ``log(subject)``, ``plan(subject)``; each runs its use-case.

    Signals: ``moved(object id, object Stage, object LostReason)`` at once, before it is stored; ``failed()`` it was refused.
    """

    moved = Signal(object, object, object)
    failed = Signal()

    def __init__(self, session: Session, strip: AskStrip) -> None:
        super().__init__(strip)
        self._session = session
        self._strip = strip
        self._subject: Subject | None = None
        self._channel = Channel.CALL
        self._day: date | None = None

    # --- stages

    def move(self, subject: Subject, stage: Stage) -> None:
        """Move somebody; "lost" asks why first, so that one step of undo takes both back."""
        self._subject = subject
        if stage is not Stage.LOST:
            self._store_stage(subject.id, stage, LostReason.NONE)
            return
        title = _("Why was {name} lost?").format(name=subject.name)
        choices = [(reason, term(reason)) for reason in REASONS]
        self._strip.ask(title, [*choices, (_UNSAID, _("Not said"))], self._lost)

    def _lost(self, value: str) -> None:
        subject = self._subject
        self._strip.close_strip()
        if subject is not None:
            self._store_stage(subject.id, Stage.LOST, LostReason.NONE if value == _UNSAID else LostReason(value))

    def _store_stage(self, person_id: UUID, stage: Stage, reason: LostReason) -> None:
        self._strip.close_strip()
        self.moved.emit(person_id, stage, reason)
        said = _("Stage: {stage}").format(stage=term(stage))
        self._session.run(self, change_stage, person_id, stage, reason, said=said, failed=self._refused)

    # --- contacts

    def log(self, subject: Subject) -> None:
        """Ask how somebody was contacted, then what came of it."""
        self._subject = subject
        title = _("How did you contact {name}?").format(name=subject.name)
        self._strip.ask(title, [(channel, term(channel)) for channel in CHANNELS], self._by, keys=CHANNEL_KEYS)

    def _by(self, value: str) -> None:
        if self._subject is None:
            return
        self._channel = Channel(value)
        title = _("{channel} with {name}: what came of it?").format(
            channel=term(self._channel), name=self._subject.name
        )
        self._strip.ask(title, [(outcome, term(outcome)) for outcome in OUTCOMES], self._came)

    def _came(self, value: str) -> None:
        subject = self._subject
        self._strip.close_strip()
        if subject is not None:
            self._session.run(
                self,
                log_attempt,
                subject.id,
                channel=self._channel,
                outcome=Outcome(value),
                said=_("Contact logged"),
                failed=self._refused,
            )

    # --- next step

    def plan(self, subject: Subject) -> None:
        """Ask when to be in touch again, then what about."""
        self._subject = subject
        today, language = self._session.today(), self._session.language
        choices = []
        for days, words in SPANS:
            day = language.date(today + timedelta(days=days), "short")
            choices.append((str(days), _("{when} · {day}").format(when=_(words), day=day)))
        self._strip.ask(_("When to be in touch with {name}?").format(name=subject.name), choices, self._when)

    def _when(self, value: str) -> None:
        if self._subject is None:
            return
        self._day = self._session.today() + timedelta(days=int(value))
        day = self._session.language.date(self._day, "full")
        title = _("{name} on {day}: what about?").format(name=self._subject.name, day=day)
        self._strip.ask_words(title, _("Ask about the catalogue …"), _("Plan"), self._about)

    def _about(self, text: str) -> None:
        subject, day = self._subject, self._day
        self._strip.close_strip()
        if subject is not None and day is not None:
            self._session.run(
                self,
                plan_follow_up,
                subject.id,
                due_on=day,
                reason=REASON_IN[subject.stage],
                text=text,
                said=_("Next step planned"),
                failed=self._refused,
            )

    def _refused(self, error: Exception) -> None:
        self._session.complain(error)
        self.failed.emit()
