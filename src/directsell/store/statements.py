"""The SQL texts of the writer, compiled once from the tables by SQLAlchemy. No execution here."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import pysqlite

from directsell.store import schema
from directsell.store.entities import BY_TABLE, Entity
from directsell.store.mapper import mapping

_DIALECT = pysqlite.dialect(paramstyle="qmark")  # type: ignore[no-untyped-call]


def _text(statement: sa.sql.ClauseElement) -> str:
    return str(statement.compile(dialect=_DIALECT))


def entity(table: str) -> Entity:
    """Return the entity of a table by its name."""
    return BY_TABLE[table]


@cache
def written(table: str) -> tuple[str, ...]:
    """Return the columns a record is written to: its fields, then the derived ones."""
    m = mapping(BY_TABLE[table].record)
    return (*m.names, *m.entity.derived)


@cache
def insert(table: str) -> str:
    """Return the INSERT of a row whose values are ``written(table)``."""
    columns = [schema.TABLES[table].c[name] for name in written(table)]
    return _text(sa.insert(schema.TABLES[table]).values({column: sa.bindparam(column.name) for column in columns}))


@cache
def stored(table: str, count: int) -> str:
    """Return the SELECT of ``written(table)`` (and deleted_at, unless a ledger) for so many ids."""
    names = [*written(table), *(() if BY_TABLE[table].ledger else ("deleted_at",))]
    marks = ", ".join("?" * count)
    return f"SELECT {', '.join(chr(34) + n + chr(34) for n in names)} FROM {table} WHERE id IN ({marks})"


@cache
def select(table: str, names: tuple[str, ...]) -> str:
    """Return the SELECT of some columns of one row by id."""
    t = schema.TABLES[table]
    return _text(sa.select(*(t.c[name] for name in names)).where(t.c.id == sa.bindparam("key")))


@cache
def update(table: str, names: tuple[str, ...]) -> str:
    """Return the UPDATE of some columns of one row; parameters are the values in this order, then the id."""
    t = schema.TABLES[table]
    sets = ", ".join(f'"{t.c[name].name}" = ?' for name in names)
    return f"UPDATE {table} SET {sets} WHERE id = ?"


def from_journal(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return journalled JSON values as database values (hex text of a BLOB column becomes bytes)."""
    t = schema.TABLES[table]
    return {
        name: bytes.fromhex(value) if isinstance(t.c[name].type, sa.BLOB) and value is not None else value
        for name, value in values.items()
    }
