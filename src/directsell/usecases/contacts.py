"""Contacts that lead to a next one: log or finish, and plan what comes after, as one step. Single verbs: people, followups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.history import is_contact
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.people import Channel, ContactEntry, Outcome, Person, display_name
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
    campaign_id: UUID | None = None,
) -> ContactEntry:
    """Note a contact, perhaps within a campaign, and, with ``next_on``, plan the next one by the same channel."""
    entry = log_contact(work, person_id, channel=channel, outcome=outcome, text=text, incoming=incoming)
    if campaign_id is not None:
        entry = work.save(replace(entry, campaign_id=campaign_id))
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


@usecase(N_("Contact with {name}"))
def make_contact(
    work: Work,
    follow_up_ids: Iterable[UUID],
    *,
    channel: Channel,
    outcome: Outcome,
    text: str = "",
    next_on: date | None = None,
) -> ContactEntry:
    """Note one contact with a person that deals with several follow-ups.

    With ``next_on`` the matter is not settled (no answer, call back): every follow-up stays open and moves to that day,
    so that no reason is lost; without it all of them are done. Without ``text`` the words of the follow-ups are noted.

    Raises:
        DomainError: ``follow_up.closed`` when one of them was closed meanwhile.
    """
    found = _open(work, follow_up_ids)
    words = text.strip() or "; ".join(dict.fromkeys(one.text for one in found if one.text))
    # First the follow-ups: the contact lets programmes count anew, and what is done must not be in their way.
    settled = is_contact(channel, outcome)
    for follow_up in found:
        if next_on is not None and not settled:
            work.save(_moved(follow_up, next_on))
        else:
            work.save(replace(follow_up, state=FollowUpState.DONE, outcome=outcome, closed_at=work.now))
    entry = log_contact(work, found[0].person_id, channel=channel, outcome=outcome, text=words)
    if next_on is not None and settled:  # a promise of its own: steps of programmes count from this contact now
        _plan(work, found[0].person_id, channel, next_on, words)
    return entry


@usecase(N_("Put off contact with {name}"))
def put_off_contact(work: Work, follow_up_ids: Iterable[UUID], *, due_on: date) -> None:
    """Move every reason to contact somebody to another day.

    Raises:
        DomainError: ``follow_up.closed``.
    """
    work.save_many([_moved(follow_up, due_on) for follow_up in _open(work, follow_up_ids)])


@usecase(N_("Skip contact with {name}"))
def skip_contact(work: Work, follow_up_ids: Iterable[UUID]) -> None:
    """Close every reason to contact somebody without a contact.

    Raises:
        DomainError: ``follow_up.closed``.
    """
    for follow_up in _open(work, follow_up_ids):
        work.save(replace(follow_up, state=FollowUpState.SKIPPED, closed_at=work.now))


def _open(work: Work, follow_up_ids: Iterable[UUID]) -> list[FollowUp]:
    found = [work.get(FollowUp, key) for key in follow_up_ids]
    if not found or any(follow_up.state is not FollowUpState.OPEN for follow_up in found):
        raise DomainError("follow_up.closed")
    work.describe(name=display_name(work.get(Person, found[0].person_id)))
    return found


def _moved(follow_up: FollowUp, due_on: date) -> FollowUp:
    """Return a follow-up on another day; one that would expire before makes sense until then at least."""
    expires = follow_up.expires_on
    return replace(follow_up, due_on=due_on, expires_on=None if expires is None else max(expires, due_on))


def _plan(work: Work, person_id: UUID, channel: Channel, due_on: date, text: str) -> None:
    plan_follow_up(work, person_id, due_on=due_on, reason=Reason.CALL_BACK, channel=channel, text=text)
