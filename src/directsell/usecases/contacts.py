"""Contacts that lead to a next one: log or finish, and plan what comes after, as one step. Single verbs: people, followups."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from directsell.domain.followups import FollowUp, Reason
from directsell.domain.people import Channel, ContactEntry, Outcome
from directsell.i18n import N_
from directsell.store.work import Work
from directsell.usecases.followups import finish_follow_up, plan_follow_up
from directsell.usecases.people import log_contact
from directsell.usecases.verbs import usecase

_NEXT = {
    Outcome.NO_ANSWER: timedelta(days=1),
    Outcome.CALL_BACK: timedelta(days=1),
    Outcome.LEFT_MESSAGE: timedelta(days=3),
}


def default_next(outcome: Outcome, today: date) -> date | None:
    """Return the day that is proposed for the next contact after an outcome, or None when nothing has to follow."""
    wait = _NEXT.get(outcome)
    return None if wait is None else today + wait


@usecase(N_("Log contact with {name}"))
def note_contact(
    work: Work,
    person_id: UUID,
    *,
    channel: Channel,
    outcome: Outcome = Outcome.NONE,
    text: str = "",
    incoming: bool = False,
    next_on: date | None = None,
    next_text: str = "",
) -> ContactEntry:
    """Note a contact and, with ``next_on``, plan the next one by the same channel."""
    entry = log_contact(work, person_id, channel=channel, outcome=outcome, text=text, incoming=incoming)
    if next_on is not None:
        _plan(work, person_id, channel, next_on, next_text)
    return entry


@usecase(N_("Finish follow-up with {name}"))
def finish_and_plan(
    work: Work, follow_up_id: UUID, *, outcome: Outcome, text: str = "", next_on: date | None = None
) -> FollowUp:
    """Close a follow-up with its outcome and, with ``next_on``, plan the next one for the same matter.

    Raises:
        DomainError: ``follow_up.closed``.
    """
    done = finish_follow_up(work, follow_up_id, outcome=outcome, text=text)
    if next_on is not None:
        _plan(work, done.person_id, done.channel, next_on, done.text)
    return done


def _plan(work: Work, person_id: UUID, channel: Channel, due_on: date, text: str) -> None:
    plan_follow_up(work, person_id, due_on=due_on, reason=Reason.CALL_BACK, channel=channel, text=text)
