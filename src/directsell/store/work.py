"""Work: the one writer of records inside one transaction. Triggers journal whatever it writes (capture.py)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from directsell.domain.clock import Clock, to_micros
from directsell.domain.ids import IdSource
from directsell.domain.records import Record
from directsell.domain.settings import setting_of
from directsell.store import statements
from directsell.store.bulk import Bulk
from directsell.store.connection import Connection
from directsell.store.mapper import mapping
from directsell.store.reader import Reader

R = TypeVar("R", bound=Record)
_BATCH = 5_000


class Work(Reader):
    """Reads and writes inside one transaction; made by ``Store.write`` only.

    Attributes:
        clock: the injected clock; ``now`` stands still during the transaction.
        device: the code of this installation.
        series: the letter(s) in paper numbers of this installation.
        tx: the journal number of the transaction.
        bulk: what ``insert_many`` wrote.
        given_up: asked once more before the commit; True takes everything back (long imports).
    """

    def __init__(
        self,
        connection: Connection,
        *,
        clock: Clock,
        ids: IdSource,
        now: datetime,
        tx: int,
        device: str,
        series: str,
    ) -> None:
        super().__init__(connection)
        self._ids = ids
        self.clock = clock
        self.now = now
        self.today: date = clock.today()
        self.tx = tx
        self.params: dict[str, Any] = {}
        self.bulk = Bulk(connection)
        self.given_up: Callable[[], bool] | None = None
        self.device = device
        self.series = series

    def new_id(self) -> UUID:
        """Return a new UUIDv7."""
        return self._ids.new()

    def new_ids(self, count: int) -> list[UUID]:
        """Return new UUIDv7 in ascending order; quicker than one by one."""
        return self._ids.several(count)

    def describe(self, **params: str | int) -> None:
        """Say what the label of this transaction is about (``name="Dana Ruiz"``), for undo and history."""
        self.params.update(params)

    def save(self, record: R) -> R:
        """Write a record: insert it, or update the columns that differ; a deleted one comes back to life.

        Returns the record, so that calls can be nested.
        """
        self.save_many((record,))
        return record

    def save_many(self, records: Iterable[Record]) -> None:
        """Write many records; those of one class that are new go in together."""
        batches: dict[type[Record], list[Record]] = {}
        for record in records:
            batch = batches.setdefault(type(record), [])
            batch.append(record)
            if len(batch) >= _BATCH:
                self._save_batch(type(record), batch)
                batch.clear()
        for kind, batch in batches.items():
            if batch:
                self._save_batch(kind, batch)

    def insert_many(self, records: Sequence[R]) -> None:
        """Write many records of one class whose ids are known to be new (imports); quicker than ``save_many``."""
        self.bulk.insert(records)

    def _save_batch(self, kind: type[Record], batch: Sequence[Record]) -> None:
        m = mapping(kind)
        rows = {record.id.bytes: m.encode(record) for record in batch}
        known = self._stored(kind, list(rows))
        new = [row for key, row in rows.items() if key not in known]
        if new:
            self.connection.executemany(statements.insert(m.entity.table), new)
        for key, old in known.items():
            self._update_row(kind, key, old, rows[key])

    def _stored(self, kind: type[Record], keys: Sequence[bytes]) -> dict[bytes, tuple[Any, ...]]:
        table = mapping(kind).entity.table
        found: dict[bytes, tuple[Any, ...]] = {}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            for row in self.connection.execute(statements.stored(table, len(part)), part):
                found[row[0]] = row
        return found

    def _update_row(self, kind: type[Record], key: bytes, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
        entity = mapping(kind).entity
        names = statements.written(entity.table)
        changed = {name: value for name, before, value in zip(names, old, new, strict=False) if before != value}
        if not entity.ledger and old[-1] is not None:
            changed["deleted_at"] = None
        if changed:
            self.write(statements.update(entity.table, tuple(changed)), [*changed.values(), key])

    def update(self, record: type[R], record_id: UUID, **changes: Any) -> R:
        """Change single fields of a live record and return it; what others changed meanwhile stays.

        Raises:
            DomainError: ``record.missing``.
        """
        return self.save(replace(self.get(record, record_id), **changes))

    def delete(self, *records: Record) -> None:
        """Mark records as deleted; they vanish from every list and can be brought back."""
        for record in records:
            table = mapping(type(record)).entity.table
            self.write(statements.update(table, ("deleted_at",)), (to_micros(self.now), record.id.bytes))

    def replace_all(self, old: Iterable[R], new: Iterable[R]) -> None:
        """Make a set of child records equal to a new one: save the new, delete those that are gone."""
        kept = list(new)
        ids = {record.id for record in kept}
        self.delete(*(record for record in old if record.id not in ids))
        self.save_many(kept)

    def set_setting(self, name: str, value: Any) -> None:
        """Store a business setting; the value must be expressible in JSON."""
        self.save(setting_of(name, json.dumps(value, ensure_ascii=False, sort_keys=True)))

    def set_settings(self, prefix: str, values: dict[str, Any]) -> None:
        """Store several settings ``prefix.name``, each a field of its own so that laptops merge them one by one."""
        self.save_many(
            setting_of(f"{prefix}.{name}", json.dumps(value, ensure_ascii=False, sort_keys=True))
            for name, value in values.items()
        )

    def put_file(self, content: bytes, mime: str) -> str:
        """Keep bytes under their SHA-256 and return it (hex); the same bytes are kept once."""
        sha = hashlib.sha256(content).hexdigest()
        self.write(
            "INSERT INTO file(sha256, mime, content, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (sha, mime, content, to_micros(self.now)),
        )
        return sha

    def next_number(self, kind: str, period: str) -> int:
        """Return the next running number of this device's series; it is used up with this transaction."""
        number = self.connection.execute(
            "INSERT INTO counter(kind, series, period, last) VALUES (?, ?, ?, 1) "
            "ON CONFLICT(kind, series, period) DO UPDATE SET last = last + 1 RETURNING last",
            (kind, self.series, period),
        ).fetchall()
        return int(number[0][0])

    def forget_draft(self, key: str) -> None:
        """Drop a half-typed form together with what was stored from it: never is it offered once it was saved."""
        self.write("DELETE FROM draft WHERE key = ?", (key,))

    def write(self, sql: str, params: Sequence[Any] | dict[str, Any]) -> int:
        """Run one writing statement of the store's own (reverting, upkeep); returns the number of changed rows."""
        count: int = self.connection.execute(sql, params).rowcount
        return count
