"""What follows from a quote by itself: the prospect negotiates, and the seller asks before it ends. Verbs: quotes.py."""

from __future__ import annotations

from dataclasses import replace

from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.ids import named_id
from directsell.domain.orders import Order
from directsell.domain.people import Stage
from directsell.domain.quotes import reminder_day
from directsell.store.work import Work
from directsell.usecases.people import advance


def quoted(work: Work, order: Order) -> None:
    """Move the prospect to "negotiating" and plan the one contact of a quote, before it ends."""
    if order.person_id is None or order.valid_until is None:
        return
    advance(work, order.person_id, Stage.NEGOTIATING)
    key = named_id("quote", order.id)
    known = work.find_one(FollowUp, key)
    due_on = reminder_day(order.valid_until, work.today)
    if known is not None and known.state is FollowUpState.OPEN and known.anchor_on == order.valid_until:
        return  # the seller may have put it off meanwhile
    work.save(
        FollowUp(
            id=key,
            person_id=order.person_id,
            due_on=due_on,
            reason=Reason.QUOTE,
            order_id=order.id,
            anchor_on=order.valid_until,
            created_at=known.created_at if known is not None else work.now,
        )
    )


def no_longer_quoted(work: Work, order: Order) -> None:
    """Close the contact of a quote that was accepted, declined or taken back."""
    follow_up = work.find_one(FollowUp, named_id("quote", order.id))
    if follow_up is not None and follow_up.state is FollowUpState.OPEN:
        work.save(replace(follow_up, state=FollowUpState.SUPERSEDED, closed_at=work.now))
