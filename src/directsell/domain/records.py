"""What a record is: a frozen dataclass with an id, stored field by field; which rows of a ledger count. No SQL here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A thing that is born once, has an identity and changes by whole fields.

    The store keeps one column per field, by name. A record class that can be taken back although it is only
    ever appended (a ledger) has a field ``reverses_id``: a row that names another one cancels it.
    """

    id: UUID


class LedgerRow(Protocol):
    """A row of a ledger, as far as taking back goes."""

    @property
    def id(self) -> UUID:
        """The row's own id."""
        ...

    @property
    def reverses_id(self) -> UUID | None:
        """The row that this one cancels, if any."""
        ...


Entry = TypeVar("Entry", bound=LedgerRow)


def standing(rows: Iterable[Entry]) -> list[Entry]:
    """Return the entries that count, in their order: those that no row cancels which counts itself.

    Undo cancels an entry by a row, redo cancels that row by another one: then the entry counts again. Rows that only
    cancel are not among the result.

    Args:
        rows: all rows about one thing (an order, a person), so that no cancelling row is missing.
    """
    known = list(rows)
    counts = _counting(known, _cancelling(known))
    return [row for row in known if row.reverses_id is None and counts[row.id]]


def to_cancel(row: Entry, rows: Iterable[Entry]) -> Entry | None:
    """Return the row that a new one has to name so that ``row`` counts no more; None when it does not count.

    It is ``row`` itself, or whatever brought it back last: no row is ever cancelled twice.

    Args:
        row: one of ``rows``.
        rows: as for ``standing``.
    """
    known = list(rows)
    cancelling = _cancelling(known)
    counts = _counting(known, cancelling)
    if not counts[row.id]:
        return None
    last: Entry | None = row
    while last is not None:
        row = last
        brought_back = (back for other in cancelling[row.id] for back in cancelling[other.id] if counts[back.id])
        last = next(brought_back, None)
    return row


def _cancelling(rows: Iterable[Entry]) -> dict[UUID, list[Entry]]:
    found: dict[UUID, list[Entry]] = defaultdict(list)
    for row in rows:
        if row.reverses_id is not None:
            found[row.reverses_id].append(row)
    return found


def _counting(rows: list[Entry], cancelling: dict[UUID, list[Entry]]) -> dict[UUID, bool]:
    """Say of each row whether it counts; from the ends of the chains to their beginnings, however long they are."""
    by_id = {row.id: row for row in rows}
    open_ends = {row.id: len(cancelling[row.id]) for row in rows}
    ready = [row for row in rows if not open_ends[row.id]]
    counts: dict[UUID, bool] = {}
    while ready:
        row = ready.pop()
        counts[row.id] = not any(counts[other.id] for other in cancelling[row.id])
        target = by_id.get(row.reverses_id) if row.reverses_id is not None else None
        if target is not None:
            open_ends[target.id] -= 1
            if not open_ends[target.id]:
                ready.append(target)
    return counts
