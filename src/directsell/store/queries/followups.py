"""Follow-ups of one person. What is due for everybody belongs to the query of the Today page."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from directsell.domain.followups import FollowUp, FollowUpState
from directsell.store.reader import Reader


def open_follow_ups(reader: Reader, person_id: UUID) -> list[FollowUp]:
    """Return what is still to be done for a person, the earliest first."""
    return reader.find(FollowUp, "due_on", person_id=person_id, state=FollowUpState.OPEN)


def next_for_order(reader: Reader, order_id: UUID) -> date | None:
    """Return the day of the next contact that is planned about an order, if any."""
    sql = "SELECT min(due_on) FROM follow_up WHERE order_id = ? AND state = 'open' AND deleted_at IS NULL"
    day = reader.value(sql, (order_id,))
    return None if day is None else date.fromisoformat(day)
