"""Whole tables for exports, streamed in a fixed order; amounts in minor units, prices in millionths. No formats here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader

# The number that people know an order by: of its valid invoice or slip, else its number in another program.
_NUMBER = (
    "coalesce((SELECT number FROM issued_paper i WHERE i.order_id = o.id AND i.cancels_id IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM issued_paper c WHERE c.order_id = o.id AND c.cancels_id = i.id) "
    "ORDER BY i.kind = 'invoice' DESC, i.kind = 'quote', i.rid DESC LIMIT 1), nullif(o.reference, ''), '')"
)


@dataclass(frozen=True, slots=True)
class Reach:
    """A phone, e-mail or other address to reach somebody at; ``kind`` as in ``ReachKind``."""

    kind: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """A postal address."""

    label: str
    street: str
    extra: str
    postcode: str
    city: str
    region: str
    country: str


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """A person with everything that belongs to the card; ``birthday`` as in ``Person``."""

    id: UUID
    kind: str
    salutation: str
    given: str
    family: str
    company: str
    stage: str
    lead_source: str
    met_at: str
    need: str
    budget: str
    objection: str
    language: str
    birthday: str
    customer_number: str
    tax_id: str
    discount_ppm: int
    note: str
    reference: str
    created_at: datetime
    reach: tuple[Reach, ...]
    addresses: tuple[Place, ...]
    roles: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name as people say it."""
        return name_of(self.given, self.family, self.company)


@dataclass(frozen=True, slots=True)
class ExportedProduct:
    """A product with the price that holds on a day (millionths of ``currency``), None where there is none."""

    id: UUID
    code: str
    name: str
    brand: str
    category: str
    description: str
    barcode: str
    page: str
    unit: str
    tax_class: str
    wholesale: int | None
    price: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class ExportedOrder:
    """An order with its sums in minor units."""

    id: UUID
    number: str
    reference: str
    ordered_on: date
    kind: str
    state: str
    origin: str
    customer: str
    customer_number: str
    demo: str
    currency: str
    total: int
    paid: int
    owed: int
    shipping: int
    discount_ppm: int
    discount: int
    customer_discount_ppm: int
    host_credit: int
    handover: str
    deliver_on: date | None
    delivered_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class ExportedLine:
    """A line with the head of its order; quantity and price in millionths."""

    order_id: UUID
    number: str
    ordered_on: date
    state: str
    customer: str
    currency: str
    position: int
    kind: str
    code: str
    name: str
    quantity: int
    unit: str
    unit_price: int
    discount_ppm: int
    discount: int
    tax_class: str
    note: str


@dataclass(frozen=True, slots=True)
class ExportedPayment:
    """An entry of the ledger of payments; ``reverses`` is the id of the entry that it cancels."""

    id: UUID
    paid_on: date
    order_id: UUID
    number: str
    customer: str
    method: str
    amount: int
    currency: str
    detail: str
    note: str
    reverses: UUID | None


@dataclass(frozen=True, slots=True)
class ExportedPaper:
    """An issued paper; ``cancels`` and ``cancelled_by`` are numbers or ""."""

    id: UUID
    number: str
    kind: str
    issued_on: date
    customer: str
    total: int
    currency: str
    cancels: str
    cancelled_by: str
    order_id: UUID | None
    sha256: str


def people(reader: Reader, only: Sequence[UUID] | None = None) -> Iterator[ExportedPerson]:
    """Yield every person, or only some, sorted by name."""
    some = "" if only is None else f"AND p.id IN ({', '.join('?' * len(only))}) "
    for row in reader.stream(
        "SELECT p.id, p.kind, p.salutation, p.given, p.family, p.company, p.stage, p.lead_source, p.met_at, p.need, "
        "p.budget, p.objection, p.language, p.birthday, p.customer_number, p.tax_id, p.discount_ppm, p.note, "
        "p.reference, p.created_at, "
        "(SELECT json_group_array(json_array(kind, label, value)) FROM (SELECT * FROM reach_point "
        "WHERE person_id = p.id AND deleted_at IS NULL ORDER BY position, rid)), "
        "(SELECT json_group_array(json_array(label, street, extra, postcode, city, region, country)) FROM "
        "(SELECT * FROM address WHERE person_id = p.id AND deleted_at IS NULL ORDER BY position, rid)), "
        "(SELECT json_group_array(role) FROM person_role WHERE person_id = p.id AND deleted_at IS NULL), "
        "(SELECT json_group_array(tag) FROM person_tag WHERE person_id = p.id AND deleted_at IS NULL) "
        f"FROM person p WHERE p.deleted_at IS NULL {some}ORDER BY p.sort_key, p.rid",
        [key.bytes for key in only or ()],
    ):
        key, *facts, created, reach, places, roles, tags = row
        values: tuple[Any, ...] = (
            UUID(bytes=key),
            *facts,
            from_micros(created),
            tuple(Reach(*item) for item in json.loads(reach)),
            tuple(Place(*item) for item in json.loads(places)),
            tuple(sorted(json.loads(roles))),
            tuple(sorted(json.loads(tags))),
        )
        yield ExportedPerson(*values)


def products(reader: Reader, currency: str, day: date) -> Iterator[ExportedProduct]:
    """Yield every product with its retail price in a currency on a day, sorted by code."""
    price = (
        "(SELECT amount FROM price x JOIN price_list l ON l.id = x.price_list_id WHERE x.product_id = t.id "
        "AND x.deleted_at IS NULL AND l.deleted_at IS NULL AND l.currency = ?1 AND x.valid_from <= ?2 "
        "AND (x.valid_to IS NULL OR x.valid_to >= ?2) ORDER BY l.rank, l.rid, x.valid_from DESC LIMIT 1)"
    )
    for row in reader.stream(
        "SELECT t.id, t.code, t.name, coalesce(b.name, ''), t.category, t.description, t.barcode, t.page, t.unit, "
        f"t.tax_class, t.wholesale, {price}, t.active FROM product t LEFT JOIN brand b ON b.id = t.brand_id "
        "WHERE t.deleted_at IS NULL ORDER BY t.code_key, t.rid",
        (currency, day.isoformat()),
    ):
        values: tuple[Any, ...] = (UUID(bytes=row[0]), *row[1:-1], bool(row[-1]))
        yield ExportedProduct(*values)


def orders(reader: Reader) -> Iterator[ExportedOrder]:
    """Yield every order, the oldest first."""
    for row in reader.stream(
        f"SELECT o.id, {_NUMBER}, o.reference, o.ordered_on, o.kind, o.state, o.origin, p.given, p.family, p.company, "
        "coalesce(p.customer_number, ''), d.title, h.given, h.family, h.company, o.currency, o.total, "
        "coalesce((SELECT sum(amount) FROM payment WHERE order_id = o.id), 0), o.owed, o.shipping, o.discount_ppm, "
        "o.discount, o.customer_discount_ppm, o.host_credit, o.handover, o.deliver_on, o.delivered_on, o.note "
        "FROM sales_order o LEFT JOIN person p ON p.id = o.person_id LEFT JOIN demo d ON d.id = o.demo_id "
        "LEFT JOIN person h ON h.id = d.host_id WHERE o.deleted_at IS NULL ORDER BY o.ordered_on, o.rid"
    ):
        key, number, reference, day, kind, state, origin, given, family, company, customer_number, *rest = row
        title, h_given, h_family, h_company, *sums, deliver_on, delivered_on, note = rest
        head = (UUID(bytes=key), number, reference, date.fromisoformat(day), kind, state, origin)
        customer = _name(given, family, company), customer_number
        demo = title or _name(h_given, h_family, h_company)
        values: tuple[Any, ...] = (*head, *customer, demo, *sums, _day(deliver_on), _day(delivered_on), note)
        yield ExportedOrder(*values)


def lines(reader: Reader) -> Iterator[ExportedLine]:
    """Yield every line of every order, in the order of ``orders``."""
    for row in reader.stream(
        f"SELECT o.id, {_NUMBER}, o.ordered_on, o.state, p.given, p.family, p.company, o.currency, l.position, l.kind, "
        "l.code, l.name, l.quantity, l.unit, l.unit_price, l.discount_ppm, l.discount, l.tax_class, l.note "
        "FROM sales_order o JOIN order_line l ON l.order_id = o.id LEFT JOIN person p ON p.id = o.person_id "
        "WHERE o.deleted_at IS NULL AND l.deleted_at IS NULL ORDER BY o.ordered_on, o.rid, l.position, l.rid"
    ):
        key, number, day, state, given, family, company, *rest = row
        yield ExportedLine(
            UUID(bytes=key), number, date.fromisoformat(day), state, _name(given, family, company), *rest
        )


def payments(reader: Reader) -> Iterator[ExportedPayment]:
    """Yield every entry of the ledger, in the order in which it was made."""
    for row in reader.stream(
        f"SELECT y.id, y.paid_on, y.order_id, {_NUMBER}, p.given, p.family, p.company, y.method, y.amount, y.currency, "
        "y.detail, y.note, y.reverses_id FROM payment y LEFT JOIN sales_order o ON o.id = y.order_id "
        "LEFT JOIN person p ON p.id = o.person_id ORDER BY y.paid_on, y.rid"
    ):
        key, day, order_id, number, given, family, company, *rest, reverses = row
        head = UUID(bytes=key), date.fromisoformat(day), UUID(bytes=order_id), number, _name(given, family, company)
        values: tuple[Any, ...] = (*head, *rest, None if reverses is None else UUID(bytes=reverses))
        yield ExportedPayment(*values)


def papers(reader: Reader) -> Iterator[ExportedPaper]:
    """Yield every issued paper, in the order in which it was issued."""
    for row in reader.stream(
        "SELECT t.id, t.number, t.kind, t.issued_on, json_extract(t.content, '$.customer.name'), t.total, t.currency, "
        "(SELECT number FROM issued_paper c WHERE c.id = t.cancels_id), "
        "(SELECT number FROM issued_paper c WHERE c.order_id IS t.order_id AND c.cancels_id = t.id LIMIT 1), "
        "t.order_id, t.sha256 FROM issued_paper t ORDER BY t.issued_on, t.rid"
    ):
        key, number, kind, day, customer, total, currency, cancels, cancelled_by, order_id, sha256 = row
        yield ExportedPaper(
            UUID(bytes=key),
            number,
            kind,
            date.fromisoformat(day),
            customer or "",
            total,
            currency,
            cancels or "",
            cancelled_by or "",
            None if order_id is None else UUID(bytes=order_id),
            sha256,
        )


def order_by_number(reader: Reader, number: str) -> list[UUID]:
    """Return the orders that a paper of this number belongs to, or that have it in another program."""
    rows: list[tuple[Any, ...]] = reader.rows(
        "SELECT order_id FROM issued_paper WHERE number = ?1 AND order_id IS NOT NULL "
        "UNION SELECT id FROM sales_order WHERE reference = ?1 AND deleted_at IS NULL",
        (number,),
    )
    return [UUID(bytes=row[0]) for row in rows]


def _name(given: str | None, family: str | None, company: str | None) -> str:
    return name_of(given or "", family or "", company or "")


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


_COUNTS = {
    "people": "SELECT count(*) FROM person WHERE deleted_at IS NULL",
    "products": "SELECT count(*) FROM product WHERE deleted_at IS NULL",
    "orders": "SELECT count(*) FROM sales_order WHERE deleted_at IS NULL",
    "lines": "SELECT count(*) FROM order_line WHERE deleted_at IS NULL",
    "payments": "SELECT count(*) FROM payment",
    "papers": "SELECT count(*) FROM issued_paper",
}


def count(reader: Reader, table: str) -> int:
    """Return how many rows an export of one of the tables above has, about."""
    return int(reader.value(_COUNTS[table]))
