"""What a seller does with follow-ups: plan, do, put off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.people import Channel, Outcome, Person, display_name
from directsell.i18n import N_
from directsell.store.work import Work
from directsell.usecases.people import log_contact
from directsell.usecases.verbs import usecase


@usecase(N_("Plan follow-up with {name}"))
def plan_follow_up(
    work: Work,
    person_id: UUID,
    *,
    due_on: date,
    reason: Reason = Reason.OTHER,
    channel: Channel = Channel.CALL,
    text: str = "",
    order_id: UUID | None = None,
    demo_id: UUID | None = None,
) -> FollowUp:
    """Note that somebody is to be contacted on a day and why."""
    work.describe(name=display_name(work.get(Person, person_id)))
    return work.save(
        FollowUp(
            id=work.new_id(),
            person_id=person_id,
            due_on=due_on,
            reason=reason,
            channel=channel,
            text=text.strip(),
            order_id=order_id,
            demo_id=demo_id,
            created_at=work.now,
        )
    )


@usecase(N_("Change follow-up"))
def save_follow_up(work: Work, follow_up: FollowUp) -> FollowUp:
    """Store a changed follow-up.

    Raises:
        DomainError: ``record.missing`` when it is gone by now, ``follow_up.closed``.
    """
    known = _open(work, follow_up.id)
    return work.save(replace(follow_up, person_id=known.person_id))


@usecase(N_("Finish follow-up with {name}"))
def finish_follow_up(work: Work, follow_up_id: UUID, *, outcome: Outcome, text: str = "") -> FollowUp:
    """Close a follow-up with its outcome, which also goes into the contact log.

    Raises:
        DomainError: ``follow_up.closed``.
    """
    follow_up = _open(work, follow_up_id)
    # First the follow-up: the contact lets programmes count anew, and what is done must not be in their way.
    done = work.save(replace(follow_up, state=FollowUpState.DONE, outcome=outcome, closed_at=work.now))
    log_contact(work, follow_up.person_id, channel=follow_up.channel, outcome=outcome, text=text or follow_up.text)
    return done


@usecase(N_("Skip follow-up"))
def skip_follow_up(work: Work, follow_up_id: UUID) -> FollowUp:
    """Close a follow-up without a contact."""
    return work.save(replace(_open(work, follow_up_id), state=FollowUpState.SKIPPED, closed_at=work.now))


@usecase(N_("Put off follow-up"))
def snooze_follow_up(work: Work, follow_up_id: UUID, *, due_on: date) -> FollowUp:
    """Move an open follow-up to another day."""
    follow_up = _open(work, follow_up_id)
    expires = follow_up.expires_on
    return work.save(replace(follow_up, due_on=due_on, expires_on=None if expires is None else max(expires, due_on)))


def _open(work: Work, follow_up_id: UUID) -> FollowUp:
    follow_up = work.get(FollowUp, follow_up_id)
    if follow_up.state is not FollowUpState.OPEN:
        raise DomainError("follow_up.closed")
    return follow_up
