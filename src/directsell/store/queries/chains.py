"""The chain of parties (rule D11): which demo was booked at which, with what each sold. No drawing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directsell.domain.demos import DemoState
from directsell.store.queries.names import name_of
from directsell.store.queries.seller import seller
from directsell.store.reader import Reader

MOST = 600  # demos of one chain that are shown


@dataclass(frozen=True, slots=True)
class Node:
    """A demo of the chain; ``parent_id`` is None at its beginning. ``sales`` in minor units of the seller's currency.

    ``bookings`` counts the demos that were booked at it, also those that are not shown.
    """

    demo_id: UUID
    parent_id: UUID | None
    depth: int
    name: str
    day: date
    state: DemoState
    orders: int
    sales: int
    bookings: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A whole chain, every demo before those that were booked at it, these by day; ``more`` are left out."""

    nodes: tuple[Node, ...]
    currency: str
    more: int = 0

    @property
    def sales(self) -> int:
        """What all shown demos sold, in minor units."""
        return sum(node.sales for node in self.nodes)


def chain_of(reader: Reader, demo_id: UUID) -> Chain:
    """Return the chain to which a demo belongs, from the demo with which it began."""
    parents: dict[bytes, bytes] = {}
    children: dict[bytes, list[bytes]] = defaultdict(list)
    rows = reader.rows(
        "SELECT id, parent_id FROM demo WHERE parent_id IS NOT NULL AND deleted_at IS NULL ORDER BY day, rid"
    )
    alive = {key for (key,) in reader.rows("SELECT id FROM demo WHERE deleted_at IS NULL")} if rows else {demo_id.bytes}
    for key, parent in rows:
        if parent in alive:
            parents[key] = parent
            children[parent].append(key)
    order, more = _in_order(_beginning(demo_id.bytes, parents), children)
    currency = seller(reader).currency
    found = _read(reader, [key for key, _depth in order], currency)
    nodes = tuple(
        Node(
            UUID(bytes=key),
            UUID(bytes=parents[key]) if depth else None,
            depth,
            *found[key],
            bookings=len(children.get(key, ())),
        )
        for key, depth in order
        if key in found
    )
    return Chain(nodes, currency, more)


def _beginning(key: bytes, parents: dict[bytes, bytes]) -> bytes:
    """Return the demo with which a chain began; one that ends in itself begins where it was asked for."""
    seen = {key}
    while (above := parents.get(key)) is not None and above not in seen:
        seen.add(above)
        key = above
    return key


def _in_order(root: bytes, children: dict[bytes, list[bytes]]) -> tuple[list[tuple[bytes, int]], int]:
    """Return every demo with its depth, parents first, and how many are beyond the limit."""
    order: list[tuple[bytes, int]] = []
    seen: set[bytes] = set()
    waiting = [(root, 0)]
    while waiting:
        key, depth = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        order.append((key, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(key, ()))]
    return order[:MOST], max(len(order) - MOST, 0)


def _read(reader: Reader, keys: list[bytes], currency: str) -> dict[bytes, tuple[str, date, DemoState, int, int]]:
    marks = ", ".join("?" * len(keys))
    sold = (
        "SELECT {} FROM sales_order o INDEXED BY ix_sales_order_demo_id WHERE o.demo_id = d.id AND o.deleted_at IS NULL "
        "AND o.state IN ('placed', 'delivered') AND o.currency = ?1"
    )
    rows = reader.rows(
        "SELECT d.id, d.title, h.given, h.family, h.company, d.day, d.state, "
        f"({sold.format('count(*)')}), ({sold.format('coalesce(sum(o.total), 0)')}) "
        f"FROM demo d LEFT JOIN person h ON h.id = d.host_id WHERE d.id IN ({marks}) AND d.deleted_at IS NULL",
        (currency, *keys),
    )
    return {
        key: (
            name_of(given or "", family or "", company or "") or title,
            date.fromisoformat(day),
            DemoState(state),
            orders,
            sales,
        )
        for key, title, given, family, company, day, state, orders, sales in rows
    }
