"""What follows from changed rows and is kept beside them: order sums and the search index. Local, never synced."""

from __future__ import annotations

from directsell.domain.money import from_micros_decimal
from directsell.domain.orders import Order
from directsell.domain.pricing import totals_of_terms
from directsell.domain.totals import LineKind, LineTerms
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
_OWED = """
SELECT CASE WHEN deleted_at IS NULL AND origin = 'entered' AND state IN ('placed', 'delivered')
THEN total - coalesce((SELECT sum(amount) FROM payment WHERE order_id = ?1), 0) ELSE 0 END
FROM sales_order WHERE id = ?1
"""


def refresh(connection: Connection, tx: int, *, orders: bool, index: bool = True) -> None:
    """Recompute what depends on the rows of a transaction, inside it.

    Args:
        connection: the writing connection.
        tx: the journal number of the transaction.
        orders: whether it wrote orders, order lines or payments.
        index: whether to bring the search index up to date now.
    """
    if orders:
        refresh_totals(connection, [row[0] for row in connection.execute(_TOUCHED, {"tx": tx})])
    if index:
        search.flush(connection)


def refresh_totals(connection: Connection, keys: list[bytes]) -> None:
    """Recompute what orders cost and what is still owed for them (minor units); given by the bytes of their ids."""
    reader = Reader(connection)
    orders = mapping(Order)
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ", ".join("?" * len(part))
        terms: dict[bytes, list[LineTerms]] = {key: [] for key in part}
        # The terms only, not whole records: after an import there are hundreds of thousands of lines.
        for key, kind, quantity, price, ppm, discount, tax_class in reader.stream(
            "SELECT order_id, kind, quantity, unit_price, discount_ppm, discount, tax_class FROM order_line "
            f"WHERE order_id IN ({marks}) AND deleted_at IS NULL ORDER BY order_id, position, rid",
            part,
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
        totals = [
            (totals_of_terms(order, terms[order.id.bytes]).total, order.id.bytes)
            for order in map(
                orders.decode, reader.rows(f"SELECT {orders.columns} FROM sales_order WHERE id IN ({marks})", part)
            )
        ]
        connection.executemany("UPDATE sales_order SET total = ?1 WHERE id = ?2 AND total IS NOT ?1", totals)
        connection.executemany(
            f"UPDATE sales_order SET owed = ({_OWED}) WHERE id = ?1 AND owed IS NOT ({_OWED})", [(key,) for key in part]
        )
