"""Two records of one person made one, and people erased at their wish, so that both can be told and judged later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from directsell.domain.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMerge(Record):
    """That ``dropped_id`` became part of ``kept_id``; ``moved`` is the JSON of what the merge changed, to take it back."""

    kept_id: UUID
    dropped_id: UUID
    moved: str
    at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure(Record):
    """That a person's data were erased. ``marks`` is the JSON of salted hashes of phones and e-mails, by which the
    person is recognised when an old file or backup brings them back; nothing can be read from them.
    """

    person_id: UUID
    salt: str
    marks: str
    at: datetime
