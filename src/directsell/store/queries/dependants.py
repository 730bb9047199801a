"""What hangs on records: orders on people and demos, papers and money on orders. Asked before something vanishes."""

from __future__ import annotations

from uuid import UUID

from directsell.store.reader import Reader

# An order ``o`` that is still to be delivered or paid: its customer cannot go.
_OPEN = "o.deleted_at IS NULL AND (o.state IN ('draft', 'quoted', 'placed') OR o.owed <> 0)"
_GONE = "FROM journal j JOIN {table} t ON t.id = j.pk AND t.deleted_at IS NOT NULL"


def open_orders(reader: Reader, person_id: UUID) -> int:
    """Count the orders of a person that are still to be delivered or paid."""
    return int(reader.value(f"SELECT count(*) FROM sales_order o WHERE o.person_id = ? AND {_OPEN}", (person_id,), 0))


def orders_with_papers(reader: Reader, tx: int) -> list[UUID]:
    """Return the orders that a transaction wrote, themselves or a line of theirs, for which papers were issued."""
    rows = reader.rows(
        "SELECT DISTINCT order_id FROM issued_paper WHERE order_id IN ("
        "SELECT pk FROM journal WHERE tx = :tx AND tbl = 'sales_order' UNION "
        "SELECT l.order_id FROM journal j JOIN order_line l ON l.id = j.pk WHERE j.tx = :tx AND j.tbl = 'order_line')",
        {"tx": tx},
    )
    return [UUID(bytes=key) for (key,) in rows]


def customers_gone(reader: Reader, tx: int) -> int:
    """Count the open orders of people that a transaction wrote and that are deleted now."""
    sql = f"SELECT count(*) {_GONE} JOIN sales_order o ON o.person_id = t.id WHERE j.tx = ? AND j.tbl = 'person' AND {_OPEN}"
    return int(reader.value(sql.format(table="person"), (tx,), 0))


def demos_gone(reader: Reader, tx: int) -> int:
    """Count the orders of demos that a transaction wrote and that are deleted now."""
    sql = f"SELECT count(*) {_GONE} JOIN sales_order o ON o.demo_id = t.id AND o.deleted_at IS NULL WHERE j.tx = ? AND j.tbl = 'demo'"
    return int(reader.value(sql.format(table="demo"), (tx,), 0))


def paid_orders_gone(reader: Reader, tx: int) -> int:
    """Count the orders that a transaction wrote and that are deleted now although money was taken for them."""
    sql = (
        f"SELECT count(*) {_GONE} WHERE j.tx = ? AND j.tbl = 'sales_order' "
        "AND (SELECT sum(amount) FROM payment WHERE order_id = t.id) <> 0"
    )
    return int(reader.value(sql.format(table="sales_order"), (tx,), 0))
