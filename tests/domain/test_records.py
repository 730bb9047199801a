"""Which rows of a ledger count: taken back, brought back, taken back again, also where two laptops did it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.records import standing, to_cancel


class Row(NamedTuple):
    id: UUID
    reverses_id: UUID | None = None
    amount: int = 1


def test_a_cancelled_entry_does_not_count_and_a_cancelled_cancelling_does_not_either() -> None:
    entry, gone, back = (Row(UUID(int=n), UUID(int=n - 1) if n > 1 else None) for n in (1, 2, 3))
    assert standing([entry, gone]) == []
    assert standing([back, gone, entry]) == [entry]
    assert to_cancel(entry, [entry]) == entry
    assert to_cancel(entry, [entry, gone]) is None
    assert to_cancel(entry, [entry, gone, back]) == back


@given(st.lists(st.integers(0, 3), max_size=30))
def test_what_counts_is_what_the_sum_says(turns: list[int]) -> None:
    """Entries are cancelled and brought back at random; no row is ever named twice, and the sum follows what counts."""
    rows = [Row(UUID(int=n), amount=10**n) for n in range(4)]
    entries = tuple(rows)
    for number, place in enumerate(turns, start=100):
        entry = entries[place]
        target = to_cancel(entry, rows)
        if target is None:  # undo of the newest cancelling
            chain = [entry]
            while (later := next((row for row in rows if row.reverses_id == chain[-1].id), None)) is not None:
                chain.append(later)
            target = chain[-1]
        rows.append(Row(UUID(int=number), target.id, -target.amount))
    assert sum(row.amount for row in rows) == sum(row.amount for row in standing(rows))
    named = [row.reverses_id for row in rows if row.reverses_id is not None]
    assert len(named) == len(set(named))


def test_undo_and_redo_pressed_for_an_hour() -> None:
    chain = [Row(UUID(int=n), UUID(int=n - 1) if n > 1 else None) for n in range(1, 5002)]
    assert standing(chain) == [chain[0]]
    assert to_cancel(chain[0], chain) == chain[-1]
    assert standing(chain[:-1]) == []


def test_two_laptops_cancelled_the_same_entry() -> None:
    entry, mine, theirs = Row(UUID(int=1)), Row(UUID(int=2), UUID(int=1)), Row(UUID(int=3), UUID(int=1))
    assert standing([entry, mine, theirs]) == []
    assert to_cancel(entry, [entry, mine, theirs]) is None
