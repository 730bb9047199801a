"""Where the demos of a chain stand in its tree: columns by generation, every demo beside the middle of its bookings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from directsell.store.queries.chains import Node


def rows_of(nodes: Sequence[Node]) -> dict[UUID, float]:
    """Return the row of every demo, counted from 0; half rows where a demo has an even number of bookings.

    Args:
        nodes: parents before those that were booked at them, as ``chain_of`` gives them.
    """
    children = children_of(nodes)
    rows: dict[UUID, float] = {}
    leaves = 0
    for node in nodes:
        if not children[node.demo_id]:
            rows[node.demo_id] = float(leaves)
            leaves += 1
    for node in reversed(nodes):
        below = children[node.demo_id]
        if below:
            rows[node.demo_id] = (rows[below[0]] + rows[below[-1]]) / 2
    return rows


def children_of(nodes: Sequence[Node]) -> dict[UUID | None, list[UUID]]:
    """Return the shown bookings of every demo, in their order."""
    found: dict[UUID | None, list[UUID]] = defaultdict(list)
    for node in nodes:
        if node.parent_id is not None:
            found[node.parent_id].append(node.demo_id)
    return found
