"""Who bought what, how much and when last, kept beside the orders so that filters over all people answer at once.

Local, never synced, always the same as what the orders say: ``order_line.buyer`` and ``.day`` repeat the person (row number,
0 for an order that does not count) and the day (days since 1970) of the order, the table ``buyer`` sums the orders of one
person in one currency. An order counts while it is placed or delivered. Goods that came back have a negative total: they
lower the sum and are no purchase.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from directsell.store.connection import Connection

BUYER = (
    "(CASE WHEN sales_order.deleted_at IS NULL AND sales_order.state IN ('placed', 'delivered') "
    "THEN coalesce((SELECT rid FROM person WHERE id = sales_order.person_id), 0) ELSE 0 END)"
)
_RIGHT = (
    "SELECT l.rid, l.order_id, CASE WHEN o.kind <> 'return' AND l.quantity > 0 THEN o.buyer ELSE 0 END AS buyer, "
    "unixepoch(o.ordered_on) / 86400 AS day FROM sales_order o JOIN order_line l ON l.order_id = o.id AND l.deleted_at IS NULL "
    "WHERE {which}"
)
_DIFFERS = "n.rid = order_line.rid AND (order_line.buyer, order_line.day) IS NOT (n.buyer, n.day)"
_LINES = f"UPDATE order_line SET buyer = n.buyer, day = n.day FROM ({_RIGHT}) n WHERE {_DIFFERS}"
_SUMS = (
    "SELECT buyer, currency, sum(total), sum(total >= 0), "
    "coalesce(max(CASE WHEN total >= 0 THEN unixepoch(ordered_on) / 86400 END), 0) "
    "FROM sales_order WHERE buyer <> 0 AND {which} AND deleted_at IS NULL GROUP BY buyer, currency"
)
_KEPT = "SELECT person, currency, spent, orders, last_day FROM buyer"
_HEADS = (
    f"SELECT id, CASE WHEN kind <> 'return' THEN {BUYER} ELSE 0 END, unixepoch(ordered_on) / 86400 "
    "FROM sales_order WHERE id IN ({marks})"
)
T = TypeVar("T")
_AT_ONCE = 500
_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Return a day as it is kept here: days since 1970."""
    return (day - _EPOCH).days


def of_new_lines(connection: Connection, lines: Sequence[tuple[bytes, int]]) -> list[tuple[int, int]]:
    """Return ``buyer`` and ``day`` of lines whose orders are stored, for writing them at once: ``refresh`` will agree.

    Args:
        connection: the writing connection.
        lines: of each the id of its order, and its quantity.
    """
    heads: dict[bytes, tuple[int, int]] = {}
    for part in _parts(list({order for order, _quantity in lines})):
        sql = _HEADS.format(marks=", ".join("?" * len(part)))
        heads.update((order, (buyer, day)) for order, buyer, day in connection.execute(sql, part))
    nobody = {order: (0, day) for order, (_buyer, day) in heads.items()}
    return [(heads if quantity > 0 else nobody).get(order, (0, 0)) for order, quantity in lines]


def refresh(connection: Connection, orders: list[bytes], people: Iterable[int]) -> None:
    """Bring the lines of orders and the sums of people up to date.

    Args:
        connection: the writing connection.
        orders: ids of the orders whose ``buyer`` is right already.
        people: row numbers of everybody who was or is their buyer.
    """
    for part in _parts(orders):
        marks = ", ".join("?" * len(part))
        connection.execute(_LINES.format(which=f"o.id IN ({marks})"), part)
    for some in _parts(sorted(set(people) - {0})):
        marks = ", ".join("?" * len(some))
        connection.execute(f"DELETE FROM buyer WHERE person IN ({marks})", some)
        connection.execute(f"INSERT INTO buyer {_SUMS.format(which=f'buyer IN ({marks})')}", some)


def rebuild(connection: Connection) -> None:
    """Make everything anew from the orders."""
    connection.execute(f"UPDATE sales_order SET buyer = {BUYER} WHERE buyer <> {BUYER}")
    connection.execute(_LINES.format(which="true"))
    connection.execute("DELETE FROM buyer")
    connection.execute(f"INSERT INTO buyer {_SUMS.format(which='true')}")


def stale_orders(connection: Connection) -> list[bytes]:
    """Return the ids of orders that say another buyer than they have, or whose lines or sums do."""
    rows = connection.execute(
        f"SELECT id FROM sales_order WHERE buyer <> {BUYER} "
        f"UNION SELECT n.order_id FROM order_line, ({_RIGHT.format(which='true')}) n WHERE {_DIFFERS} "
        "UNION SELECT id FROM sales_order WHERE buyer IN (SELECT buyer FROM "
        f"(SELECT * FROM ({_SUMS.format(which='true')}) EXCEPT {_KEPT}))"
    )
    return [row[0] for row in rows]


def _parts(items: list[T]) -> Iterable[list[T]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
