"""What a record is: a frozen dataclass with an id, stored field by field. No SQL, no column types here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A thing that is born once, has an identity and changes by whole fields.

    The store keeps one column per field, by name. A record class that can be taken back although it is only
    ever appended (a ledger) has a field ``reverses_id``: a row that names another one cancels it.
    """

    id: UUID
