"""What erasing a person would take away, and what the law wants kept. Reads only; the erasing itself: store/erasing.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directsell.domain.erasing import kept_until
from directsell.store import erasing
from directsell.store.queries.aliases import ids_of
from directsell.store.queries.settings import business
from directsell.store.reader import Reader

_OPEN = "person_id = ? AND deleted_at IS NULL AND (state = 'placed' OR owed <> 0)"


@dataclass(frozen=True, slots=True)
class StayingPaper:
    """A paper that must be kept, and until when at the least."""

    number: str
    kind: str
    issued_on: date
    kept_until: date


@dataclass(frozen=True, slots=True)
class Erasing:
    """What an erasure would do: how many records of each table go, which papers stay, what hinders it.

    ``orders`` and ``payments`` stay without a name; ``open_orders`` must be settled before.
    """

    going: tuple[tuple[str, int], ...]
    papers: tuple[StayingPaper, ...]
    orders: int
    payments: int
    open_orders: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all stays."""
        return not (self.papers or self.orders or self.payments)


def what_goes(reader: Reader, person_id: UUID) -> Erasing:
    """Return what erasing a person would do, for the question before."""
    people = ids_of(reader, person_id)
    going: dict[str, int] = {}
    orders = payments = waiting = 0
    papers: list[StayingPaper] = []
    country = business(reader).country
    for key in people:
        for table, columns in erasing.GOING.items():
            for column in columns:
                going[table] = going.get(table, 0) + _count(reader, table, column, key)
        loose = erasing.loose_orders(reader, key, removed_too=False)
        going["sales_order"] = going.get("sales_order", 0) + len(loose)
        orders += int(
            reader.value("SELECT count(*) FROM sales_order WHERE person_id = ? AND deleted_at IS NULL", (key,), 0)
        ) - len(loose)
        payments += int(reader.value("SELECT count(*) FROM payment WHERE person_id = ?", (key,), 0))
        waiting += int(reader.value(f"SELECT count(*) FROM sales_order WHERE {_OPEN}", (key,), 0))
        sql = "SELECT number, kind, issued_on FROM issued_paper WHERE person_id = ? ORDER BY issued_on, rid"
        for number, kind, issued_on in reader.rows(sql, (key,)):
            day = date.fromisoformat(issued_on)
            papers.append(StayingPaper(number, kind, day, kept_until(day, country)))
    return Erasing(tuple(item for item in going.items() if item[1]), tuple(papers), orders, payments, waiting)


def _count(reader: Reader, table: str, column: str, person_id: UUID) -> int:
    ledger = "" if table == "consent" else "AND deleted_at IS NULL"
    return int(reader.value(f"SELECT count(*) FROM {table} WHERE {column} = ? {ledger}", (person_id,), 0))
