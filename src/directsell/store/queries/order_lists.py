"""Lists of orders for the window: rows, filters, text search; what happened to one order. Sums of one: orders.py."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.domain.orders import OrderState, Origin
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.money_back import REFUNDS, on_hold
from directsell.store.queries.names import name_of
from directsell.store.queries.people import match_words
from directsell.store.reader import Reader, Row


class OrderFilter(StrEnum):
    """Which orders are listed."""

    ALL = "all"
    OPEN = "open"
    DRAFTS = "drafts"
    QUOTES = "quotes"
    TO_DELIVER = "to_deliver"
    UNPAID = "unpaid"
    MONTH = "month"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as lists show it.

    ``number`` is that of the invoice or slip that holds, else the number in another program, else ""; ``total`` and
    ``paid`` are minor units of ``currency``; ``demo`` is the demo's title or the name of its host. ``on_hold`` tells that
    money came back and is open, so that the goods stay here; ``refund_by`` is the last day for giving money back.
    ``valid_until`` is the last day of what is or was a quote.
    """

    id: UUID
    number: str
    ordered_on: date
    customer: str
    demo: str
    state: OrderState
    origin: Origin
    currency: str
    total: int
    paid: int
    on_hold: bool = False
    refund_by: date | None = None
    valid_until: date | None = None

    @property
    def refund(self) -> int:
        """What was paid for a cancelled order and goes back."""
        return max(self.paid, 0) if self.state is OrderState.CANCELLED and self.origin is Origin.ENTERED else 0

    @property
    def open(self) -> int:
        """What is still to be paid, negative what goes back; 0 for drafts, quotes and what was settled elsewhere."""
        if self.refund:
            return -self.refund
        settled = self.state not in (OrderState.PLACED, OrderState.DELIVERED) or self.origin is Origin.IMPORTED
        return 0 if settled else self.total - self.paid


_NUMBER = (
    "(SELECT number FROM issued_paper i WHERE i.order_id = t.id AND i.cancels_id IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM issued_paper c WHERE c.order_id = t.id AND c.cancels_id = i.id) "
    "ORDER BY i.kind = 'invoice' DESC, i.kind = 'quote', i.rid DESC LIMIT 1)"
)
_PAID = "coalesce((SELECT sum(amount) FROM payment WHERE order_id = t.id), 0)"
_REFUND_BY = "(SELECT max(refund_by) FROM withdrawal w WHERE w.order_id = t.id AND w.deleted_at IS NULL AND t.state = 'cancelled')"
_SELECT = (
    f"t.id, {_NUMBER}, t.reference, t.ordered_on, p.given, p.family, p.company, d.title, h.given, h.family, h.company, "
    f"t.state, t.origin, t.currency, t.total, {_PAID}, {on_hold('t')}, {_REFUND_BY}, t.valid_until"
)
_JOIN = "LEFT JOIN person p ON p.id = t.person_id LEFT JOIN demo d ON d.id = t.demo_id LEFT JOIN person h ON h.id = d.host_id"
_UNPAID = "t.owed > 0"


def order_list(
    *, which: OrderFilter = OrderFilter.ALL, text: str = "", descending: bool = True, today: date
) -> ListQuery[OrderRow]:
    """Return the list of orders as a query.

    Args:
        which: the filter; "open" is what is not delivered, not paid or not paid back.
        text: words searched in numbers, notes, and names of customers and hosts; "" finds all.
        descending: the newest first.
        today: decides which month is this month.
    """
    where, params = ["t.deleted_at IS NULL"], list[object]()
    if which is OrderFilter.DRAFTS:
        where.append("t.state = 'draft'")
    elif which is OrderFilter.QUOTES:
        where.append("t.state = 'quoted'")
    elif which is OrderFilter.TO_DELIVER:
        where.append("t.state = 'placed'")
    elif which is OrderFilter.OPEN:
        where.append(f"(t.state = 'placed' OR {_UNPAID} OR t.id IN ({REFUNDS}))")
    elif which is OrderFilter.REFUND:
        where.append(f"t.id IN ({REFUNDS})")
    elif which is OrderFilter.UNPAID:
        where.append(_UNPAID)
    elif which is OrderFilter.MONTH:
        first = today.replace(day=1)
        where.append("t.ordered_on >= ? AND t.ordered_on < ?")
        params += [first.isoformat(), (first + timedelta(days=32)).replace(day=1).isoformat()]
    if text.strip():
        words = match_words(text)
        people = "SELECT id FROM person WHERE rid IN (SELECT rowid FROM person_fts WHERE person_fts MATCH ?)"
        # One set of row numbers, so that few hits are looked up and not all orders asked; CROSS JOIN keeps the order.
        where.append(
            "t.rid IN (SELECT rowid FROM order_fts WHERE order_fts MATCH ? UNION SELECT o.rid FROM sales_order o WHERE "
            f"o.deleted_at IS NULL AND o.person_id IN ({people}) UNION SELECT o.rid FROM demo d CROSS JOIN sales_order o "
            f"ON o.demo_id = d.id AND o.deleted_at IS NULL WHERE d.host_id IN ({people}))"
        )
        params += [words, f"{{name reach}} : ({words})", f"{{name}} : ({words})"]
    return ListQuery(
        table="sales_order",
        select=_SELECT,
        build=_row,
        where=" AND ".join(where),
        params=tuple(params),
        order="t.ordered_on",
        descending=descending,
        join=_JOIN,
    )


def is_quick(which: OrderFilter, text: str) -> bool:
    """Say whether the first page of such a list is found at once, however many orders there are."""
    return which in (OrderFilter.ALL, OrderFilter.MONTH) and not text.strip()


def _row(row: Row) -> OrderRow:
    key, number, reference, day, given, family, company, title, *rest = row
    h_given, h_family, h_company, state, origin, currency, total, paid, held, refund_by, valid_until = rest
    return OrderRow(
        id=UUID(bytes=key),
        number=number or reference,
        ordered_on=date.fromisoformat(day),
        customer=name_of(given or "", family or "", company or ""),
        demo=title or name_of(h_given or "", h_family or "", h_company or ""),
        state=OrderState(state),
        origin=Origin(origin),
        currency=currency,
        total=total,
        paid=paid,
        on_hold=bool(held),
        refund_by=None if refund_by is None else date.fromisoformat(refund_by),
        valid_until=None if valid_until is None else date.fromisoformat(valid_until),
    )


@dataclass(frozen=True, slots=True)
class DemoChoice:
    """A demo an order can belong to."""

    id: UUID
    day: date
    starts: time | None
    name: str


def demo_choices(reader: Reader, day: date, include: UUID | None = None) -> list[DemoChoice]:
    """Return the demos around a day (35 days before to 14 after), the nearest first, and one that must be among them."""
    rows = reader.rows(
        "SELECT d.id, d.day, d.starts, d.title, h.given, h.family, h.company FROM demo d "
        "LEFT JOIN person h ON h.id = d.host_id WHERE (d.deleted_at IS NULL AND d.state <> 'cancelled' "
        "AND d.day BETWEEN ? AND ?) OR d.id = ?",
        ((day - timedelta(days=35)).isoformat(), (day + timedelta(days=14)).isoformat(), include),
    )
    found = [
        DemoChoice(
            UUID(bytes=key),
            date.fromisoformat(on),
            None if starts is None else time.fromisoformat(starts),
            title or name_of(given or "", family or "", company or ""),
        )
        for key, on, starts, title, given, family, company in rows
    ]
    return sorted(found, key=lambda demo: (abs((demo.day - day).days), demo.day, demo.name))


@dataclass(frozen=True, slots=True)
class Happening:
    """One step in the life of an order: the label of the transaction (msgid), its parameters, when and where."""

    at: datetime
    label: str
    params: dict[str, Any]
    origin: str


def order_story(reader: Reader, order_id: UUID, limit: int = 40) -> list[Happening]:
    """Return what happened to an order, its lines, payments and papers, the latest first."""
    keys = "SELECT id FROM payment WHERE order_id = ?1 UNION SELECT id FROM issued_paper WHERE order_id = ?1"
    rows = reader.rows(
        "SELECT x.at, x.label, x.params, x.origin FROM journal_tx x WHERE x.tx IN "
        f"(SELECT tx FROM journal WHERE pk = ?1 UNION SELECT tx FROM journal WHERE pk IN ({keys})) "
        "ORDER BY x.tx DESC LIMIT ?2",
        (order_id, limit),
    )
    return [Happening(from_micros(at), label, json.loads(params), origin) for at, label, params, origin in rows]
