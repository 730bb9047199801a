"""Lists of any length: the row numbers first, rows in pages as they are looked at. No offsets, no proxies."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from directsell.store.reader import Reader, Row

T = TypeVar("T")
FIRST = 128


@dataclass(frozen=True, slots=True)
class ListQuery(Generic[T]):
    """A sorted, filtered list over one table.

    Attributes:
        table: the table whose rows are listed, under the alias ``t``.
        select: the columns of one row after ``t.rid``, as SQL (subqueries welcome: a page has 128 rows).
        build: makes the shown value of one row (without the rid).
        where: SQL condition on ``t``; parameters by position in ``params``.
        params: values of ``where``.
        order: SQL of the sort, covered by an index; ``t.rid`` is added as the last key.
        descending: whether the whole order is turned round.
        join: further tables for ``select`` (LEFT JOINs on t), not used for counting.
    """

    table: str
    select: str
    build: Callable[[Row], T]
    where: str = "t.deleted_at IS NULL"
    params: tuple[Any, ...] = ()
    order: str = "t.rid"
    descending: bool = False
    join: str = ""

    def _order(self) -> str:
        turn = " DESC" if self.descending else ""
        return ", ".join(f"{key.strip()}{turn}" for key in (*self.order.split(","), "t.rid"))

    def ids(self, reader: Reader) -> array[int]:
        """Return the row numbers in order; an index-only scan."""
        rows = reader.stream(
            f"SELECT t.rid FROM {self.table} t WHERE {self.where} ORDER BY {self._order()}", self.params
        )
        return array("q", (row[0] for row in rows))

    def first_page(self, reader: Reader) -> list[tuple[int, T]]:
        """Return the first 128 (row number, value) pairs."""
        rows = reader.rows(
            f"SELECT t.rid, {self.select} FROM {self.table} t {self.join} WHERE {self.where} "
            f"ORDER BY {self._order()} LIMIT {FIRST}",
            self.params,
        )
        return [(row[0], self.build(row[1:])) for row in rows]

    def rows(self, reader: Reader, rids: Sequence[int]) -> Mapping[int, T]:
        """Return the values of row numbers; those that are gone are missing."""
        marks = ",".join(map(str, map(int, rids)))
        rows = reader.rows(f"SELECT t.rid, {self.select} FROM {self.table} t {self.join} WHERE t.rid IN ({marks})")
        return {row[0]: self.build(row[1:]) for row in rows}

    def find(self, reader: Reader, key: UUID) -> int | None:
        """Return the row number of an id, or None."""
        rid: int | None = reader.value(f"SELECT rid FROM {self.table} WHERE id = ?", (key,))
        return rid


def count(reader: Reader, query: ListQuery[Any]) -> int:
    """Return how many rows a list has."""
    return int(reader.value(f"SELECT count(*) FROM {query.table} t WHERE {query.where}", query.params, 0))
