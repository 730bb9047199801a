"""Many new rows of one kind written at once, and what is known of them since, so that nobody has to read the journal for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

from directsell.domain.orders import Order, OrderLine
from directsell.domain.payments import Payment
from directsell.domain.records import Record
from directsell.store import buyers, statements
from directsell.store.connection import Connection
from directsell.store.mapper import mapping

_ORDER = {Order: "id", OrderLine: "order_id", Payment: "order_id"}  # the field that says which order a row concerns
_TOGETHER = (
    16  # rows in one statement: each statement that fires triggers copies the pages it changes, to take itself back
)
_BEFORE_ALL, _AFTER_ALL = 0, (1 << 63) - 1


class Bulk:
    """What one transaction inserted in bulk. The triggers journal it row by row as they do everything.

    Attributes:
        count: how many rows the journal got by it, those only that are known to be in ``tables`` and ``orders``.
        tables: where they are.
        orders: ids of the orders that these rows are or belong to.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._stretches: list[tuple[int, int]] = []  # of the journal: first and last number, ascending, apart
        self.count = 0
        self.tables: set[str] = set()
        self.orders: set[bytes] = set()

    def insert(self, records: Sequence[Record]) -> None:
        """Write records of one class whose ids are known to be new."""
        if not records:
            return
        m = mapping(type(records[0]))
        rows = [m.encode(record) for record in records]
        more: tuple[str, ...] = ()
        orders: set[bytes] = set()
        if m.record in _ORDER:
            place = m.names.index(_ORDER[m.record])
            orders = {row[place] for row in rows}
        if m.record is OrderLine:  # written once and for all: later it would be a second way through the same index
            more, quantity = ("buyer", "day"), m.names.index("quantity")
            both = buyers.of_new_lines(self._connection, [(row[place], row[quantity]) for row in rows])
            rows = [row + values for row, values in zip(rows, both, strict=True)]
        before = self._last()
        self._write(m.entity.table, more, rows)
        last = self._last()
        if last - before == len(rows):  # else something else was written, or nothing is recorded now: ask the journal
            self._note(before + 1, last)
            self.tables.add(m.entity.table)
            self.orders |= orders

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Yield the parts of the journal that bulk inserts do not account for, as the numbers before and after each."""
        ends = [_BEFORE_ALL, *(number for stretch in self._stretches for number in stretch), _AFTER_ALL]
        return ((after, before) for after, before in list(pairwise(ends))[::2] if before - after > 1)

    def _write(self, table: str, more: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        full = len(rows) // _TOGETHER * _TOGETHER
        many = [list(chain.from_iterable(rows[at : at + _TOGETHER])) for at in range(0, full, _TOGETHER)]
        self._connection.executemany(statements.insert(table, *more, rows=_TOGETHER), many)
        self._connection.executemany(statements.insert(table, *more), rows[full:])

    def _last(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])

    def _note(self, first: int, last: int) -> None:
        self.count += last - first + 1
        if self._stretches and self._stretches[-1][1] == first - 1:
            first = self._stretches.pop()[0]
        self._stretches.append((first, last))
