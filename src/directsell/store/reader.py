"""A read-only view of one moment: rows by SQL text, records by id. It never writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.domain.records import Record
from directsell.store.connection import Connection

if TYPE_CHECKING:
    from directsell.store.mapper import Mapping

R = TypeVar("R", bound=Record)
Row = tuple[Any, ...]


class Reader:
    """Reads through one connection. Queries take a Reader, so they also work inside a writing transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """Return all rows of a SELECT; UUIDs may be passed as they are."""
        rows: list[Row] = self.connection.execute(sql, _bind(params)).fetchall()
        return rows

    def stream(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> Iterator[Row]:
        """Yield the rows of a SELECT one by one."""
        yield from self.connection.execute(sql, _bind(params))

    def row(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
        """Return the first row of a SELECT, or None."""
        row: Row | None = self.connection.execute(sql, _bind(params)).fetchone()
        return row

    def value(self, sql: str, params: Sequence[Any] | dict[str, Any] = (), default: Any = None) -> Any:
        """Return the first column of the first row, or the default when there is no row or it is NULL."""
        row = self.row(sql, params)
        return default if row is None or row[0] is None else row[0]

    def find(self, record: type[R], order: str = "rid", **equals: Any) -> list[R]:
        """Return the live records whose fields have the given values, sorted by a column."""
        m = _mapping(record)
        if order not in m.by_name and order != "rid" and order not in m.entity.derived:
            raise ValueError(f"cannot sort {m.entity.table} by {order}")
        tests = [f'"{m.by_name[name].name}" IS ?' for name in equals]
        if not m.entity.ledger:
            tests.append("deleted_at IS NULL")
        sql = f'SELECT {m.columns} FROM {m.entity.table} WHERE {" AND ".join(tests) or "1"} ORDER BY "{order}", rid'
        values = [m.encode_value(name, value) for name, value in equals.items()]
        return [m.decode(row) for row in self.rows(sql, values)]

    def find_one(self, record: type[R], record_id: UUID | None) -> R | None:
        """Return the live record with an id, or None."""
        return next(iter(self.find(record, id=record_id)), None) if record_id is not None else None

    def get(self, record: type[R], record_id: UUID) -> R:
        """Return the live record with an id.

        Raises:
            DomainError: ``record.missing``; it was deleted or never there.
        """
        found = self.find_one(record, record_id)
        if found is None:
            raise DomainError("record.missing", table=_mapping(record).entity.table, id=str(record_id))
        return found

    def setting(self, name: str, default: Any = None) -> Any:
        """Return the value of a business setting (decoded JSON), or the default."""
        sql = "SELECT value FROM setting WHERE id = ? AND deleted_at IS NULL"
        found = self.value(sql, (named_id("setting", name),))
        return default if found is None else json.loads(found)

    def file(self, sha256: str) -> bytes | None:
        """Return the bytes of a stored file by their SHA-256 (hex), or None."""
        content: bytes | None = self.value("SELECT content FROM file WHERE sha256 = ?", (sha256,))
        return content


def _mapping(record: type[R]) -> Mapping[R]:
    from directsell.store.mapper import mapping  # whole records come after the first paint; lists are plain rows

    return mapping(record)


def _bind(params: Sequence[Any] | dict[str, Any]) -> Any:
    if isinstance(params, dict):
        return {name: value.bytes if isinstance(value, UUID) else value for name, value in params.items()}
    return [value.bytes if isinstance(value, UUID) else value for value in params]
