"""Who is who after records were merged: whom an old id leads to, and whose papers are read as one person's. No merging."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader


@dataclass(frozen=True, slots=True)
class MergedIn:
    """A record that became part of somebody, and when; ``id`` is that of the merge."""

    id: UUID
    name: str
    at: datetime


def ids_of(reader: Reader, person_id: UUID) -> tuple[UUID, ...]:
    """Return the id of a person and those of all records merged into it, directly or over others.

    Payments, consents and issued papers are never rewritten: they are read as ``person_id IN`` these.
    """
    rows = reader.rows(
        "WITH RECURSIVE a(id) AS (SELECT ? UNION SELECT m.dropped_id FROM a JOIN person_merge m ON m.kept_id = a.id "
        "AND m.deleted_at IS NULL WHERE m.undone_at IS NULL) SELECT id FROM a",
        (person_id,),
    )
    return tuple(UUID(bytes=key) for (key,) in rows)


def kept_id(reader: Reader, person_id: UUID) -> UUID:
    """Return whom an id leads to: itself, or the record it was merged into."""
    seen = {person_id}
    while True:
        into = reader.value("SELECT merged_into FROM person WHERE id = ?", (person_id,))
        if into is None or UUID(bytes=into) in seen:
            return person_id
        person_id = UUID(bytes=into)
        seen.add(person_id)


def names_erased(reader: Reader, text: str) -> bool:
    """Say whether a text, e.g. the key of a draft, has the id of somebody who was erased."""
    found = (UUID(part) for part in _ID.findall(text))
    sql = "SELECT 1 FROM person WHERE id = ? AND erased_on IS NOT NULL"
    return any(reader.value(sql, (key,)) is not None for key in found)


_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MERGED = "SELECT dropped_id FROM person_merge WHERE undone_at IS NULL AND deleted_at IS NULL"


def kept_sql(column: str) -> str:
    """Return the SQL expression for the person whom the id in a column leads to; quick where few records were merged."""
    return (
        f"CASE WHEN {column} IN ({_MERGED}) THEN (SELECT merged_into FROM person WHERE id = {column}) ELSE {column} END"
    )


def all_merged(reader: Reader) -> dict[bytes, bytes]:
    """Return whom the ids of all merged records lead to."""
    rows = reader.rows(f"SELECT id, merged_into FROM person WHERE id IN ({_MERGED}) AND merged_into IS NOT NULL")
    return dict(rows)


def former_names(reader: Reader) -> list[tuple[UUID, str, str]]:
    """Return the person, the outside id and the name of every record that was merged, so that an old file finds the kept one."""
    rows = reader.rows(
        f"SELECT merged_into, reference, given, family, company FROM person WHERE id IN ({_MERGED}) "
        "AND merged_into IS NOT NULL"
    )
    return [(UUID(bytes=kept), reference, " ".join(names)) for kept, reference, *names in rows]


def merged_in(reader: Reader, person_id: UUID) -> list[MergedIn]:
    """Return the records that were merged into a person and can be separated again, the newest first."""
    rows = reader.rows(
        "SELECT m.id, p.given, p.family, p.company, m.at FROM person_merge m JOIN person p ON p.id = m.dropped_id "
        "WHERE m.kept_id = ? AND m.undone_at IS NULL AND m.deleted_at IS NULL ORDER BY m.at DESC, m.rid DESC",
        (person_id,),
    )
    return [MergedIn(UUID(bytes=key), name_of(*names), from_micros(at)) for key, *names, at in rows]
