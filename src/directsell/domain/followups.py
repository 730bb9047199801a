"""Follow-ups: what is to be done for whom and when, and what came of it. Programmes of steps come on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.contact_choices import Channel, Outcome
from directsell.domain.contact_choices import Reason as Reason
from directsell.domain.records import Record


class FollowUpState(StrEnum):
    """Open, or how it ended."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Record):
    """A contact that is due on a day, in the seller's words (``text``), with its reason and its outcome.

    One that a programme planned names it (``programme_id``), its step (``step``, the step's key), the day of the event
    it counts from (``anchor_on``) and the last day on which it makes sense (``expires_on``); its id follows from
    programme, step, person and event, so that two laptops never plan it twice (rule D19).
    """

    person_id: UUID
    due_on: date
    reason: Reason = Reason.OTHER
    channel: Channel = Channel.CALL
    text: str = ""
    state: FollowUpState = FollowUpState.OPEN
    outcome: Outcome = Outcome.NONE
    closed_at: datetime | None = None
    order_id: UUID | None = None
    demo_id: UUID | None = None
    product_id: UUID | None = None
    programme_id: UUID | None = None
    step: str = ""
    anchor_on: date | None = None
    expires_on: date | None = None
    created_at: datetime
