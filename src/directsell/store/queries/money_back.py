"""Money that went back or has to: orders on hold after a payment bounced, refunds due after a withdrawal. No writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directsell.store.queries.names import name_of
from directsell.store.reader import Reader

# Orders from which the customer withdrew and whose money is still here. Withdrawals are few: they are asked first.
REFUNDS = (
    "SELECT w.order_id FROM withdrawal w CROSS JOIN sales_order r ON r.id = w.order_id WHERE w.deleted_at IS NULL "
    "AND r.deleted_at IS NULL AND r.state = 'cancelled' AND r.origin = 'entered' "
    "AND (SELECT sum(amount) FROM payment WHERE order_id = r.id) > 0"
)


def on_hold(order: str) -> str:
    """Return the condition that the goods of an order stay here: money came back and is open (rule D13).

    Args:
        order: the name of the table of orders in the statement.
    """
    return (
        f"({order}.state = 'placed' AND {order}.owed > 0 AND EXISTS (SELECT 1 FROM payment b "
        f"WHERE b.order_id = {order}.id AND b.bounced AND b.amount < 0 "
        f"AND NOT EXISTS (SELECT 1 FROM payment c WHERE c.order_id = {order}.id AND c.reverses_id = b.id)))"
    )


@dataclass(frozen=True, slots=True)
class Refund:
    """Money to be given back for an order: ``amount`` in minor units of ``currency``, ``by`` the last day if there is one."""

    order_id: UUID
    name: str
    amount: int
    currency: str
    by: date | None


def refunds_due(reader: Reader) -> list[Refund]:
    """Return what has to be given back after withdrawals, the most urgent first."""
    rows = reader.rows(
        "SELECT o.id, p.given, p.family, p.company, (SELECT sum(amount) FROM payment WHERE order_id = o.id), o.currency, "
        "(SELECT max(refund_by) FROM withdrawal w WHERE w.order_id = o.id AND w.deleted_at IS NULL) AS last_day "
        f"FROM sales_order o LEFT JOIN person p ON p.id = o.person_id WHERE o.id IN ({REFUNDS}) "
        "ORDER BY last_day IS NULL, last_day, o.rid"
    )
    return [
        Refund(
            order_id=UUID(bytes=key),
            name=name_of(given or "", family or "", company or ""),
            amount=amount,
            currency=currency,
            by=None if last_day is None else date.fromisoformat(last_day),
        )
        for key, given, family, company, amount, currency, last_day in rows
    ]
