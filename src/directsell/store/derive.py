"""What follows from changed rows and is kept beside them: order sums, buyers, the search index. Local, never synced."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from directsell.domain.money import from_micros_decimal
from directsell.domain.orders import Order
from directsell.domain.pricing import has_no_extras, order_terms, plain_total, remembered_totals
from directsell.domain.totals import LineKind, LineTerms, OrderTerms, compute
from directsell.store import buyers, search
from directsell.store.bulk import Bulk
from directsell.store.connection import Connection
from directsell.store.mapper import mapping
from directsell.store.reader import Reader

_TOUCHED = """
SELECT DISTINCT pk FROM journal WHERE {part} AND tbl = 'sales_order'
UNION SELECT DISTINCT l.order_id FROM journal j JOIN order_line l ON l.id = j.pk WHERE {part} AND j.tbl = 'order_line'
UNION SELECT DISTINCT p.order_id FROM journal j JOIN payment p ON p.id = j.pk WHERE {part} AND j.tbl = 'payment'
""".format(part="tx = :tx AND seq > :after AND seq < :before")
# Nothing is owed for a draft, a cancelled order, or one whose money was settled in another program.
_OWING = "deleted_at IS NULL AND origin = 'entered' AND state IN ('placed', 'delivered')"
_PAID = "(SELECT coalesce(sum(amount), 0) FROM payment WHERE order_id = sales_order.id)"
_FEW = 100  # ids that are worth a statement of their own


def refresh(
    connection: Connection,
    tx: int,
    touched: Mapping[str, frozenset[UUID] | None],
    bulk: Bulk,
    *,
    index: bool = True,
) -> None:
    """Recompute what depends on the rows of a transaction, inside it.

    Args:
        connection: the writing connection.
        tx: the journal number of the transaction.
        touched: the tables it wrote, with the ids of their rows, or None where there are too many to name.
        bulk: what it inserted in bulk.
        index: whether to bring the search index up to date now.
    """
    if not touched.keys().isdisjoint(("sales_order", "order_line", "payment")):
        refresh_totals(connection, _orders(connection, tx, touched, bulk))
    if index:
        search.flush(connection)


def _orders(connection: Connection, tx: int, touched: Mapping[str, frozenset[UUID] | None], bulk: Bulk) -> list[bytes]:
    """Return the ids of the orders that a transaction concerns."""
    lines, payments = (touched.get(table, frozenset()) for table in ("order_line", "payment"))
    heads = touched.get("sales_order", frozenset())
    if heads is None or lines is None or payments is None or len(lines) + len(payments) > _FEW:
        every = set(bulk.orders)
        for after, before in bulk.gaps():
            part = {"tx": tx, "after": after, "before": before}
            every.update(key for (key,) in connection.execute(_TOUCHED, part))
        return sorted(every)
    found = {key.bytes for key in heads}
    for table, keys in (("order_line", lines), ("payment", payments)):
        if keys:
            marks = ", ".join("?" * len(keys))
            sql = f"SELECT order_id FROM {table} WHERE id IN ({marks})"
            found.update(key for (key,) in connection.execute(sql, [key.bytes for key in keys]))
    return list(found)


_Line = tuple[str, int, int, int, int, str]  # kind, quantity, unit price, discounts, tax class, as they are stored


def refresh_totals(connection: Connection, keys: list[bytes]) -> None:
    """Recompute what orders cost, what is still owed for them (minor units), and who bought; given by the bytes of their ids."""
    reader = Reader(connection)
    orders = mapping(Order)
    people: set[int] = set()
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ", ".join("?" * len(part))
        lines = _lines(reader, marks, part)
        changed = []
        for row in reader.stream(
            f"SELECT total, owed, buyer, {buyers.BUYER}, {_OWING}, {_PAID}, {orders.columns} FROM sales_order "
            f"WHERE id IN ({marks})",
            part,
        ):
            before, (buyer, owing, paid) = row[:3], row[3:6]
            order = orders.decode(row[6:])
            total = _total(order_terms(order), lines[order.id.bytes], again=len(keys) == 1)
            owed = total - paid if owing else 0
            people.update((before[2], buyer))
            if (total, owed, buyer) != before:
                changed.append((total, owed, buyer, order.id.bytes))
        connection.executemany("UPDATE sales_order SET total = ?, owed = ?, buyer = ? WHERE id = ?", changed)
    buyers.refresh(connection, keys, people)


def _total(terms: OrderTerms, lines: list[_Line], *, again: bool) -> int:
    """Return the total of an order; ``again`` when its use-case summed it a moment ago."""
    if has_no_extras(terms) and all(line[0] == "sale" and not line[3] and not line[4] for line in lines):
        return plain_total(terms, [line[1:3] for line in lines])
    parts = tuple([_line_terms(line) for line in lines])
    return (remembered_totals(terms, parts) if again else compute(parts, terms)).total


def _lines(reader: Reader, marks: str, keys: list[bytes]) -> dict[bytes, list[_Line]]:
    """Return the lines of orders as they are stored, no records: after an import there are hundreds of thousands."""
    found: dict[bytes, list[_Line]] = {key: [] for key in keys}
    for row in reader.connection.execute(
        "SELECT order_id, kind, quantity, unit_price, discount_ppm, discount, tax_class FROM order_line "
        f"WHERE order_id IN ({marks}) AND deleted_at IS NULL ORDER BY order_id, position, rid",
        keys,
    ):
        found[row[0]].append(row[1:])
    return found


def _line_terms(line: _Line) -> LineTerms:
    kind, quantity, price, ppm, discount, tax_class = line
    return LineTerms(
        quantity=from_micros_decimal(quantity),
        unit_price=from_micros_decimal(price),
        kind=LineKind(kind),
        discount_ppm=ppm,
        discount=discount,
        tax_class=tax_class,
    )
