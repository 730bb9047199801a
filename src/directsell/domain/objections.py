"""Objections: what somebody said against buying, what was answered, and what came of it. No people, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.records import Record


class ObjectionKind(StrEnum):
    """What an objection is about, so that objections of many people can be counted."""

    PRICE = "price"
    NEED = "need"
    TIME = "time"
    PARTNER = "partner"
    TRUST = "trust"
    QUALITY = "quality"
    HAS_ONE = "has_one"
    OTHER = "other"


class ObjectionResult(StrEnum):
    """What came of the answer."""

    OPEN = "open"
    OVERCOME = "overcome"
    STAYED = "stayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Record):
    """One objection of one person, with the answer that was given."""

    person_id: UUID
    kind: ObjectionKind = ObjectionKind.OTHER
    text: str = ""
    answer: str = ""
    result: ObjectionResult = ObjectionResult.OPEN
    demo_id: UUID | None = None
    at: datetime
