"""What a step changed, written down so that it can be taken back at any later time, whatever happened since. Rows only, no rules.

Undo refuses a row that was changed since; this does not: a column that has another value by now keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from directsell.domain.clock import to_micros
from directsell.store import statements
from directsell.store.reverting import put_back
from directsell.store.work import Work


def begin(work: Work) -> int:
    """Return the place in the journal from which ``moves`` tells what happened."""
    return int(work.value("SELECT max(seq) FROM journal", (), 0))


def moves(work: Work, since: int) -> str:
    """Return as JSON what this transaction wrote since a place in the journal: table, id, values before and after."""
    rows = work.rows("SELECT tbl, pk, old, new FROM journal WHERE tx = ? AND seq > ? ORDER BY seq", (work.tx, since))
    told = [
        [table, key.hex(), None if old is None else json.loads(old), None if new is None else json.loads(new)]
        for table, key, old, new in rows
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def redirect(work: Work, people: Iterable[UUID], kept_id: UUID) -> None:
    """Let records that were merged before lead to whom the kept one is part of now, so that one step is enough."""
    for key in people:
        work.write(statements.update("person", ("merged_into",)), (kept_id.bytes, key.bytes))


def take_back(work: Work, told: str) -> None:
    """Take back what ``moves`` told: rows it made vanish if nobody changed them since, columns get their old values
    where they still have the new ones.
    """
    for table, hex_key, old, new in reversed(json.loads(told)):
        key = bytes.fromhex(hex_key)
        if old is None:
            if _same(work, table, key, {**new, "deleted_at": None}) == {*new, "deleted_at"}:
                work.write(statements.update(table, ("deleted_at",)), (to_micros(work.now), key))
        else:
            same = _same(work, table, key, new)
            if same:
                put_back(work, statements.entity(table).record, key, {name: old[name] for name in old if name in same})


def standing(work: Work, told: str, table: str, record_id: UUID) -> set[str]:
    """Return which columns of a row that was there before the step changed, and nobody since."""
    found: set[str] = set()
    for name, hex_key, old, new in json.loads(told):
        if name == table and hex_key == record_id.hex and old is not None:
            found |= _same(work, table, record_id.bytes, new)
    return found


def _same(work: Work, table: str, key: bytes, values: dict[str, Any]) -> set[str]:
    """Return which columns of a row still have the given journalled values."""
    wanted = statements.from_journal(table, values)
    row = work.row(statements.select(table, tuple(wanted)), (key,))
    return set() if row is None else {name for name, found in zip(wanted, row, strict=True) if found == wanted[name]}
