"""What a host's demos brought: how many were held, sales, orders, bookings, rewards. One person, in a handful of questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directsell.domain.demos import DemoState
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import evaluate
from directsell.store.queries.parties import party, party_facts
from directsell.store.queries.settings import business
from directsell.store.reader import Reader

_HELD = (DemoState.OPEN, DemoState.CLOSING, DemoState.SUBMITTED, DemoState.DELIVERED, DemoState.SETTLED)
_OFF = (DemoState.CANCELLED, DemoState.POSTPONED)
_MOST_REWARDS = 40  # the latest demos whose rewards are added up; each one is judged anew


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFigures:
    """A host over all her demos. Amounts are minor units of ``currency``; orders in other currencies are left out.

    Args:
        held: demos that took place, one that is open now included.
        called_off: demos that were cancelled or postponed.
        planned: demos that are still to come.
        sales: what was sold at those that were held, orders of guests and host together.
        orders: how many orders that was.
        bookings: new demos that were booked at hers.
        credit: what she was given in free goods; ``rights`` how many half-price rights.
        last: the day of the last demo that was held; None before the first.
    """

    currency: str
    held: int
    called_off: int
    planned: int
    sales: int
    orders: int
    bookings: int
    credit: int
    rights: int
    last: date | None

    @property
    def average(self) -> int:
        """Sales per demo, in minor units."""
        return (self.sales + self.held // 2) // self.held if self.held else 0

    @property
    def orders_per_demo(self) -> tuple[int, int]:
        """Orders per demo as a fraction: orders and demos."""
        return self.orders, self.held

    @property
    def hold_rate_ppm(self) -> int | None:
        """How many of the demos whose time has come took place (rule D20); None where there were none."""
        due = self.held + self.called_off
        return (self.held * 1_000_000 + due // 2) // due if due else None


def host_figures(reader: Reader, person_id: UUID) -> HostFigures | None:
    """Return what a person's demos brought; None for somebody who never hosted one."""
    states: dict[str, int] = dict(
        reader.rows(
            "SELECT state, count(*) FROM demo WHERE host_id = ? AND deleted_at IS NULL GROUP BY state", (person_id,)
        )
    )
    if not states:
        return None
    currency = business(reader).currency
    held = _among(_HELD)
    row = reader.row(
        "SELECT count(*), coalesce(sum(o.total), 0) FROM sales_order o JOIN demo d ON d.id = o.demo_id "
        f"WHERE d.host_id = ? AND d.deleted_at IS NULL AND d.state IN ({held}) AND o.deleted_at IS NULL "
        "AND +o.state IN ('placed', 'delivered') AND o.kind <> 'return' AND o.currency = ?",
        (person_id, currency),
    )
    assert row is not None
    last = reader.value(
        f"SELECT max(day) FROM demo WHERE host_id = ? AND deleted_at IS NULL AND state IN ({held})", (person_id,)
    )
    bookings = reader.value(
        "SELECT count(*) FROM demo c JOIN demo d ON d.id = c.parent_id "
        f"WHERE d.host_id = ? AND d.deleted_at IS NULL AND c.deleted_at IS NULL AND c.state NOT IN ({_among(_OFF)})",
        (person_id,),
        0,
    )
    credit, rights = _rewards(reader, person_id, currency)
    done = sum(states.get(state.value, 0) for state in _HELD)
    off = sum(states.get(state.value, 0) for state in _OFF)
    return HostFigures(
        currency=currency,
        held=done,
        called_off=off,
        planned=sum(states.values()) - done - off,
        sales=row[1],
        orders=row[0],
        bookings=bookings,
        credit=credit,
        rights=rights,
        last=None if last is None else date.fromisoformat(last),
    )


def _rewards(reader: Reader, person_id: UUID, currency: str) -> tuple[int, int]:
    """Return credit and rights of the demos that were held; one whose programme cannot be read is left out."""
    credit = rights = 0
    rows = reader.rows(
        "SELECT id FROM demo WHERE host_id = ? AND programme_id IS NOT NULL AND deleted_at IS NULL "
        f"AND state IN ({_among(_HELD)}) ORDER BY day DESC LIMIT ?",
        (person_id, _MOST_REWARDS),
    )
    for (key,) in list(rows):
        try:
            shown = party(reader, UUID(bytes=key))
        except DomainError:
            continue
        if shown.rules is not None and shown.rules.currency == currency:
            reward = evaluate(shown.rules, party_facts(reader, shown))
            credit += reward.credit
            rights += reward.rights
    return credit, rights


def _among(states: tuple[DemoState, ...]) -> str:
    return ", ".join(f"'{state.value}'" for state in states)
