"""One contact for what somebody is interested in after a demo: planned with the first wish, gone with the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from directsell.domain.catalog import Product
from directsell.domain.demos import Demo, Wish
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.ids import named_id
from directsell.domain.orders import Order, OrderLine, OrderState
from directsell.store.work import Work

_DAYS = 2  # after the demo, while it is still fresh
_BINDING = (OrderState.PLACED, OrderState.DELIVERED)


def follow_wishes(work: Work, person_id: UUID | None, demo_id: UUID | None) -> None:
    """Let the contact after a demo say what somebody admired there and has not ordered; part of other use-cases.

    A contact that is closed stays as it is. Without an open wish there is none.

    Args:
        work: the transaction, so that undo takes both back.
        person_id: who is interested; nobody is fine.
        demo_id: where; outside demos nothing is planned.
    """
    if person_id is None or demo_id is None:
        return
    names = _open_wishes(work, person_id, demo_id)
    key = named_id("wishes", demo_id, person_id)
    known = work.find_one(FollowUp, key)
    if known is not None and known.state is not FollowUpState.OPEN:
        return
    if not names:
        if known is not None:
            work.delete(known)
        return
    text = ", ".join(names)
    if known is not None:
        if known.text != text:
            work.save(replace(known, text=text))
        return
    due_on = max(work.get(Demo, demo_id).day, work.today) + timedelta(days=_DAYS)
    work.save(
        FollowUp(
            id=key,
            person_id=person_id,
            due_on=due_on,
            reason=Reason.WISH,
            text=text,
            demo_id=demo_id,
            created_at=work.now,
        )
    )


def _open_wishes(work: Work, person_id: UUID, demo_id: UUID) -> list[str]:
    """Return the names of what somebody admired at a demo and did not order there, in alphabetical order."""
    wishes = work.find(Wish, person_id=person_id, demo_id=demo_id)
    if not wishes:
        return []
    orders = [order for order in work.find(Order, person_id=person_id, demo_id=demo_id) if order.state in _BINDING]
    bought = {line.product_id for order in orders for line in work.find(OrderLine, order_id=order.id)}
    return sorted(work.get(Product, wish.product_id).name for wish in wishes if wish.product_id not in bought)
