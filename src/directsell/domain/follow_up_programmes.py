"""The stored form of follow-up programmes: chains of dated steps hung on an event (rule D19). Planning lives beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.records import Record


class Anchor(StrEnum):
    """The event from which the steps of a programme count."""

    DELIVERY = "delivery"
    SALE = "sale"
    DEMO = "demo"
    BOOKING = "booking"
    LEAD = "lead"
    BIRTHDAY = "birthday"
    SAMPLE = "sample"
    LAST_CONTACT = "last_contact"
    LAST_ORDER = "last_order"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpProgramme(Record):
    """A chain of steps counted from an ``anchor``; ``steps`` is the JSON of them.

    Only people of ``segment_id`` and orders of ``brand_id`` take part where these are named. ``rank`` orders programmes:
    the lowest goes first when a day is full. A programme that is not ``active`` plans nothing new.
    """

    name: str
    anchor: Anchor = Anchor.DELIVERY
    steps: str
    active: bool = False
    brand_id: UUID | None = None
    segment_id: UUID | None = None
    rank: int = 0
    note: str = ""
    created_at: datetime
