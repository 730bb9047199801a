"""What follows from changed rows and is kept beside them: order sums and the search index. Local, never synced."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from directsell.domain.money import from_micros_decimal
from directsell.domain.orders import Order
from directsell.domain.pricing import order_terms, remembered_totals
from directsell.domain.totals import LineKind, LineTerms, OrderTerms, OrderTotals, compute
from directsell.store import search
from directsell.store.connection import Connection
from directsell.store.mapper import mapping
from directsell.store.reader import Reader

_TOUCHED = """
SELECT DISTINCT pk FROM journal WHERE tx = :tx AND tbl = 'sales_order'
UNION SELECT DISTINCT l.order_id FROM journal j JOIN order_line l ON l.id = j.pk WHERE j.tx = :tx AND j.tbl = 'order_line'
UNION SELECT DISTINCT p.order_id FROM journal j JOIN payment p ON p.id = j.pk WHERE j.tx = :tx AND j.tbl = 'payment'
"""
# Nothing is owed for a draft, a cancelled order, or one whose money was settled in another program.
_OWING = "deleted_at IS NULL AND origin = 'entered' AND state IN ('placed', 'delivered')"
_PAID = "(SELECT coalesce(sum(amount), 0) FROM payment WHERE order_id = sales_order.id)"
_FEW = 100  # ids that are worth a statement of their own


def refresh(
    connection: Connection, tx: int, touched: Mapping[str, frozenset[UUID] | None], *, index: bool = True
) -> None:
    """Recompute what depends on the rows of a transaction, inside it.

    Args:
        connection: the writing connection.
        tx: the journal number of the transaction.
        touched: the tables it wrote, with the ids of their rows, or None where there are too many to name.
        index: whether to bring the search index up to date now.
    """
    if not touched.keys().isdisjoint(("sales_order", "order_line", "payment")):
        refresh_totals(connection, _orders(connection, tx, touched))
    if index:
        search.flush(connection)


def _orders(connection: Connection, tx: int, touched: Mapping[str, frozenset[UUID] | None]) -> list[bytes]:
    """Return the ids of the orders that a transaction concerns."""
    lines, payments = (touched.get(table, frozenset()) for table in ("order_line", "payment"))
    heads = touched.get("sales_order", frozenset())
    if heads is None or lines is None or payments is None or len(lines) + len(payments) > _FEW:
        return [key for (key,) in connection.execute(_TOUCHED, {"tx": tx})]
    found = {key.bytes for key in heads}
    for table, keys in (("order_line", lines), ("payment", payments)):
        if keys:
            marks = ", ".join("?" * len(keys))
            sql = f"SELECT order_id FROM {table} WHERE id IN ({marks})"
            found.update(key for (key,) in connection.execute(sql, [key.bytes for key in keys]))
    return list(found)


def refresh_totals(connection: Connection, keys: list[bytes]) -> None:
    """Recompute what orders cost and what is still owed for them (minor units); given by the bytes of their ids."""
    reader = Reader(connection)
    orders = mapping(Order)
    totals = remembered_totals if len(keys) == 1 else _new_totals  # one order was summed a moment ago, by its use-case
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ", ".join("?" * len(part))
        lines = _line_terms(reader, marks, part)
        changed = []
        for row in reader.stream(
            f"SELECT total, owed, {_OWING}, {_PAID}, {orders.columns} FROM sales_order WHERE id IN ({marks})", part
        ):
            before, owed_before, owing, paid = row[:4]
            order = orders.decode(row[4:])
            total = totals(order_terms(order), tuple(lines[order.id.bytes])).total
            owed = total - paid if owing else 0
            if (total, owed) != (before, owed_before):
                changed.append((total, owed, order.id.bytes))
        connection.executemany("UPDATE sales_order SET total = ?, owed = ? WHERE id = ?", changed)


def _new_totals(terms: OrderTerms, lines: tuple[LineTerms, ...]) -> OrderTotals:
    return compute(lines, terms)


def _line_terms(reader: Reader, marks: str, keys: list[bytes]) -> dict[bytes, list[LineTerms]]:
    """Return the terms of the lines of orders, not whole records: after an import there are hundreds of thousands."""
    terms: dict[bytes, list[LineTerms]] = {key: [] for key in keys}
    for key, kind, quantity, price, ppm, discount, tax_class in reader.stream(
        "SELECT order_id, kind, quantity, unit_price, discount_ppm, discount, tax_class FROM order_line "
        f"WHERE order_id IN ({marks}) AND deleted_at IS NULL ORDER BY order_id, position, rid",
        keys,
    ):
        terms[key].append(
            LineTerms(
                quantity=from_micros_decimal(quantity),
                unit_price=from_micros_decimal(price),
                kind=LineKind(kind),
                discount_ppm=ppm,
                discount=discount,
                tax_class=tax_class,
            )
        )
    return terms
