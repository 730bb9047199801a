"""Follow-ups of one person. What is due for everybody belongs to the query of the Today page."""

from __future__ import annotations

from uuid import UUID

from directsell.domain.followups import FollowUp, FollowUpState
from directsell.store.reader import Reader


def open_follow_ups(reader: Reader, person_id: UUID) -> list[FollowUp]:
    """Return what is still to be done for a person, the earliest first."""
    return reader.find(FollowUp, "due_on", person_id=person_id, state=FollowUpState.OPEN)
