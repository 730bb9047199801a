"""The SQL texts of the writer, made once from the fields of each record. No execution here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from directsell.store.entities import BY_TABLE, Entity
from directsell.store.mapper import mapping


def entity(table: str) -> Entity:
    """Return the entity of a table by its name."""
    return BY_TABLE[table]


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@cache
def written(table: str) -> tuple[str, ...]:
    """Return the columns a record is written to: its fields, then the derived ones."""
    m = mapping(BY_TABLE[table].record)
    return (*m.names, *m.entity.derived)


@cache
def insert(table: str, *more: str, rows: int = 1) -> str:
    """Return the INSERT of so many rows whose values are ``written(table)``, then those of further columns."""
    names = (*written(table), *more)
    row = f"({', '.join('?' * len(names))})"
    return f"INSERT INTO {table}({_names(names)}) VALUES {', '.join([row] * rows)}"


@cache
def stored(table: str, count: int) -> str:
    """Return the SELECT of ``written(table)`` (and deleted_at, unless a ledger) for so many ids."""
    names = [*written(table), *(() if BY_TABLE[table].ledger else ("deleted_at",))]
    return f"SELECT {_names(names)} FROM {table} WHERE id IN ({', '.join('?' * count)})"


@cache
def select(table: str, names: tuple[str, ...]) -> str:
    """Return the SELECT of some columns of one row by id."""
    return f"SELECT {_names(names)} FROM {table} WHERE id = ?"


@cache
def update(table: str, names: tuple[str, ...]) -> str:
    """Return the UPDATE of some columns of one row; parameters are the values in this order, then the id."""
    sets = ", ".join(f'"{name}" = ?' for name in names)
    return f"UPDATE {table} SET {sets} WHERE id = ?"


def from_journal(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return journalled JSON values as database values (hex text of a BLOB column becomes bytes)."""
    fields = mapping(BY_TABLE[table].record).by_name
    return {
        name: bytes.fromhex(value)
        if value is not None and name in fields and fields[name].sql_type == "BLOB"
        else value
        for name, value in values.items()
    }
