"""Putting back what a transaction changed: the one mechanism behind undo, redo and the history page."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from directsell.domain.clock import to_micros
from directsell.domain.records import LedgerRow, Record, to_cancel
from directsell.store import statements
from directsell.store.entities import Entity
from directsell.store.errors import Barrier, Conflict
from directsell.store.mapper import mapping
from directsell.store.work import Work

_MANY = 2_000
# Rows that a transaction only made appear or vanish; the key is alone in the object, as it is the last column.
_COMES_OR_GOES = "(op = 'I' OR old LIKE '{\"deleted_at\":%')"


def revert(work: Work, tx: int) -> None:
    """Put back what a transaction changed, as a change of its own.

    Rows that it inserted are deleted (in a ledger: cancelled by a reversing row), changed columns get their old
    values. Nothing is forced: a column that was changed since refuses the whole step.

    Args:
        work: the transaction in which it is put back.
        tx: the journal number of the one that is put back.

    Raises:
        Barrier: the transaction issued a number, or wrote into a ledger that knows no reversal.
        Conflict: something it wrote was changed since (params table, id, fields).
    """
    if work.value("SELECT barrier FROM journal_tx WHERE tx = ?", (tx,), 0):
        raise Barrier(str(tx))
    # Undo and redo say so when the transaction begins; for a use-case that puts back, it is noted here.
    work.write("UPDATE journal_tx SET reverts = ? WHERE tx = ? AND reverts IS NULL", (tx, work.tx))
    rest = ""
    if work.value("SELECT count(*) FROM journal WHERE tx = ?", (tx,), 0) > _MANY:
        tables = [table for (table,) in work.rows("SELECT DISTINCT tbl FROM journal WHERE tx = ?", (tx,))]
        done = [table for table in tables if not statements.entity(table).ledger]
        for table in done:
            _revert_many(work, tx, table)
        names = ", ".join(f"'{table}'" for table in done)
        rest = f"AND NOT (tbl IN ({names}) AND {_COMES_OR_GOES})"
    for table, op, key, new, old in work.rows(
        f"SELECT tbl, op, pk, new, old FROM journal WHERE tx = ? {rest} ORDER BY seq DESC", (tx,)
    ):
        entity = statements.entity(table)
        if entity.ledger:
            _reverse(work, entity, UUID(bytes=key))
        elif op == "I":
            _expect(work, table, key, {**json.loads(new), "deleted_at": None})
            work.write(statements.update(table, ("deleted_at",)), (to_micros(work.now), key))
        else:
            _expect(work, table, key, json.loads(new))
            put_back(work, entity.record, key, json.loads(old))


def _revert_many(work: Work, tx: int, table: str) -> None:
    """Let the rows of a large transaction vanish or come back in one statement; any later change refuses it."""
    mine = f"SELECT pk FROM journal WHERE tx = :tx AND tbl = '{table}' AND {_COMES_OR_GOES}"
    later = work.row(
        f"SELECT j.pk FROM journal j CROSS JOIN journal l INDEXED BY ix_journal_pk "
        f"ON l.pk = j.pk AND l.seq > j.seq AND l.tx IS NOT j.tx "
        f"WHERE j.tx = :tx AND j.tbl = '{table}' LIMIT 1",
        {"tx": tx},
    )
    if later is not None:
        raise Conflict(f"{table} {later[0].hex()}", table=table, id=UUID(bytes=later[0]), fields=[])
    work.write(
        f"UPDATE {table} SET deleted_at = (SELECT CASE op WHEN 'I' THEN :now ELSE json_extract(old, '$.deleted_at') END "
        f"FROM journal INDEXED BY ix_journal_pk WHERE pk = {table}.id AND tx = :tx AND {_COMES_OR_GOES} LIMIT 1) "
        f"WHERE id IN ({mine})",
        {"tx": tx, "now": to_micros(work.now)},
    )


def _reverse(work: Work, entity: Entity, record_id: UUID) -> None:
    row = work.get(entity.record, record_id)
    if "reverses_id" not in mapping(entity.record).by_name:
        raise Barrier(str(record_id))
    # All rows about the same thing (the payments of an order, the consents of a person) are found by an index.
    scope = next(name for name in entity.references if name != "reverses_id")
    rows: list[Any] = work.find(entity.record, **{scope: getattr(row, scope)})
    target = to_cancel(cast(LedgerRow, row), rows)
    if target is None:
        raise Conflict(f"{entity.table} {record_id}: cancelled", table=entity.table, id=record_id, fields=[])
    changes: dict[str, Any] = {"id": work.new_id(), "reverses_id": target.id, "at": work.now}
    amount = getattr(row, "amount", None)
    if amount is not None:
        changes["amount"] = -amount
    work.save(replace(row, **changes))


def _expect(work: Work, table: str, key: bytes, values: dict[str, Any]) -> None:
    wanted = statements.from_journal(table, values)
    row = work.row(statements.select(table, tuple(wanted)), (key,))
    differing = list(wanted) if row is None else [n for n, found in zip(wanted, row, strict=True) if found != wanted[n]]
    if differing:
        raise Conflict(f"{table} {key.hex()}: {differing}", table=table, id=UUID(bytes=key), fields=differing)


def put_back(work: Work, record: type[Record], key: bytes, values: dict[str, Any]) -> None:
    """Write journalled values into a row, and what is derived from it anew."""
    m = mapping(record)
    old = statements.from_journal(m.entity.table, values)
    work.write(statements.update(m.entity.table, tuple(old)), [*old.values(), key])
    if m.entity.derived:
        row = work.row(f"SELECT {m.columns} FROM {m.entity.table} WHERE id = ?", (key,))
        derived = m.encode(m.decode(row))[len(m.names) :] if row else ()
        work.write(statements.update(m.entity.table, tuple(m.entity.derived)), [*derived, key])
