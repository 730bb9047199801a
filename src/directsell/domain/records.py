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
    cancelling = _cancelling(known)
    return [row for row in known if row.reverses_id is None and _stands(row, cancelling)]


def to_cancel(row: Entry, rows: Iterable[Entry]) -> Entry | None:
    """Return the row that a new one has to name so that ``row`` counts no more; None when it does not count.

    It is ``row`` itself, or whatever brought it back last: no row is ever cancelled twice.
    """
    return _last(row, _cancelling(rows))


def _cancelling(rows: Iterable[Entry]) -> dict[UUID, list[Entry]]:
    found: dict[UUID, list[Entry]] = defaultdict(list)
    for row in rows:
        if row.reverses_id is not None:
            found[row.reverses_id].append(row)
    return found


def _stands(row: Entry, cancelling: dict[UUID, list[Entry]]) -> bool:
    return not any(_stands(other, cancelling) for other in cancelling.get(row.id, ()))


def _last(row: Entry, cancelling: dict[UUID, list[Entry]]) -> Entry | None:
    if not _stands(row, cancelling):
        return None
    for other in cancelling.get(row.id, ()):
        for back in cancelling.get(other.id, ()):
            if _stands(back, cancelling):
                return _last(back, cancelling)
    return row
