"""A party as its desk shows it: guests, slips, sums, bookings, and what its programme looks at. No judging here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from directsell.domain.catalog import HostProgramme, Product
from directsell.domain.demos import CashCount, CoHost, Demo, DemoCost, DemoGuest, DemoState
from directsell.domain.frozen_json import from_json_text
from directsell.domain.host_programmes.facts import BookingFacts, OrderFacts, PartyFacts, Source, goods_parts
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.invoicing import IssuedPaper
from directsell.domain.orders import Order, OrderKind, OrderLine, OrderState, Withdrawal
from directsell.domain.payments import Payment
from directsell.domain.people import Person, display_name
from directsell.domain.pricing import line_terms, order_terms, profile_from
from directsell.domain.records import Record
from directsell.domain.totals import compute
from directsell.store.mapper import mapping
from directsell.store.queries.orders import OrderView
from directsell.store.reader import Reader, Row

R = TypeVar("R", bound=Record)
_PART = 400  # keys in one statement

_HELD = (DemoState.CLOSING, DemoState.SUBMITTED, DemoState.DELIVERED, DemoState.SETTLED)
_OFF = (DemoState.CANCELLED, DemoState.POSTPONED)


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A guest with the name and the orders of this party."""

    guest: DemoGuest
    person: Person
    phone: str
    orders: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class WishRow:
    """A product somebody is interested in."""

    person_id: UUID
    product_id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Party:
    """Everything that happened at a demo; ``orders`` hold drafts too, ``programme`` is None where none was chosen."""

    demo: Demo
    host: Person | None
    co_hosts: tuple[Person, ...]
    guests: tuple[GuestRow, ...]
    orders: tuple[OrderView, ...]
    bookings: tuple[Demo, ...]
    costs: tuple[DemoCost, ...]
    counts: tuple[CashCount, ...]
    programme: HostProgramme | None
    rules: Rules | None


def programme_on(reader: Reader, family_id: UUID, day: date) -> HostProgramme | None:
    """Return the version of a programme that holds on a day: the one that began last."""
    versions = [
        p
        for p in reader.find(HostProgramme, family_id=family_id)
        if p.valid_from <= day and (p.valid_to is None or day <= p.valid_to)
    ]
    return max(versions, key=lambda p: (p.valid_from, p.id), default=None)


def programmes(reader: Reader) -> list[HostProgramme]:
    """Return every version of every programme, by name and day."""
    return sorted(reader.find(HostProgramme), key=lambda p: (p.name.casefold(), p.family_id, p.valid_from))


def rules_of(programme: HostProgramme) -> Rules:
    """Return the rules of a programme's version.

    Raises:
        DomainError: ``programme.unreadable``.
    """
    return from_json_text(Rules, programme.rules, code="programme.unreadable")


@dataclass(slots=True)
class Memory:
    """Orders as they were last read, with the rows they were made of: an order is made anew when its rows differ."""

    orders: dict[UUID, tuple[tuple[Row, ...], OrderView]] = field(default_factory=dict)
    facts: dict[UUID, tuple[OrderView, Source, OrderFacts]] = field(default_factory=dict)
    categories: dict[UUID, str] = field(default_factory=dict)


def party(reader: Reader, demo_id: UUID, memory: Memory | None = None) -> Party:
    """Return a demo with its guests, orders, bookings and programme.

    Args:
        reader: one moment of the book.
        demo_id: the demo.
        memory: what the last reading of the same demo left; it is brought up to date.

    Raises:
        DomainError: ``record.missing``, ``programme.unreadable``.
    """
    demo = reader.get(Demo, demo_id)
    orders = _orders(reader, demo, memory or Memory())
    programme = programme_on(reader, demo.programme_id, demo.day) if demo.programme_id else None
    return Party(
        demo=demo,
        host=reader.find_one(Person, demo.host_id),
        co_hosts=tuple(
            person
            for co_host in reader.find(CoHost, "position", demo_id=demo_id)
            if (person := reader.find_one(Person, co_host.person_id)) is not None
        ),
        guests=_guests(reader, demo_id, orders),
        orders=orders,
        bookings=tuple(reader.find(Demo, "day", parent_id=demo_id)),
        costs=tuple(reader.find(DemoCost, demo_id=demo_id)),
        counts=tuple(reader.find(CashCount, demo_id=demo_id)),
        programme=programme,
        rules=rules_of(programme) if programme else None,
    )


def wishes(reader: Reader, demo_id: UUID) -> list[WishRow]:
    """Return what the host, the guests and the buyers of a demo are interested in, in the order it was noted."""
    rows = reader.rows(
        "SELECT w.person_id, p.id, p.code, p.name FROM wish w JOIN product p ON p.id = w.product_id "
        "WHERE w.deleted_at IS NULL AND p.deleted_at IS NULL AND w.person_id IN ("
        "SELECT person_id FROM demo_guest WHERE demo_id = ?1 AND deleted_at IS NULL "
        "UNION SELECT person_id FROM sales_order WHERE demo_id = ?1 AND deleted_at IS NULL "
        "UNION SELECT host_id FROM demo WHERE id = ?1) ORDER BY w.rid",
        (demo_id,),
    )
    return [WishRow(UUID(bytes=person), UUID(bytes=product), code, name) for person, product, code, name in rows]


def person_record(reader: Reader, person_id: UUID) -> Person:
    """Return a person.

    Raises:
        DomainError: ``record.missing``.
    """
    return reader.get(Person, person_id)


def _orders(reader: Reader, demo: Demo, memory: Memory) -> tuple[OrderView, ...]:
    """Return the orders of a demo with all that belongs to them, in a handful of questions."""
    m = mapping(Order)
    heads = reader.rows(
        f"SELECT {m.columns} FROM {m.entity.table} WHERE demo_id = ? AND deleted_at IS NULL ORDER BY created_at, rid",
        (demo.id,),
    )
    place, buyer = m.names.index("id"), m.names.index("person_id")
    keys = [UUID(bytes=head[place]) for head in heads]
    lines = _rows(reader, OrderLine, keys, "position")
    payments = _rows(reader, Payment, keys)
    papers = _rows(reader, IssuedPaper, keys)
    withdrawn = _rows(reader, Withdrawal, keys)
    known, memory.orders = memory.orders, {}
    buyers = {UUID(bytes=head[buyer]) for head in heads if head[buyer] is not None}
    people = {person.id: person for person in _among(reader, Person, "id", buyers)}
    views = []
    for key, head in zip(keys, heads, strict=True):
        name = key.bytes
        parts = (lines.get(name, []), payments.get(name, []), papers.get(name, []))
        rows = (head, *parts[0], *parts[1], *parts[2])
        before = known.get(key)
        if before is not None and before[0] == rows:
            view = _renamed(before[1], demo, people)
        else:
            view = _view(m.decode(head), parts, demo, people)
        memory.orders[key] = (rows, view)
        if view.order.state is not OrderState.CANCELLED or name in withdrawn:
            views.append(view)
    return tuple(views)


def _view(
    order: Order, parts: tuple[list[Row], list[Row], list[Row]], demo: Demo, people: dict[UUID, Person]
) -> OrderView:
    lines = tuple([mapping(OrderLine).decode(row) for row in parts[0]])
    payments = tuple([mapping(Payment).decode(row) for row in parts[1]])
    return OrderView(
        order=order,
        lines=lines,
        totals=compute([line_terms(line) for line in lines], order_terms(order)),
        payments=payments,
        papers=tuple([mapping(IssuedPaper).decode(row) for row in parts[2]]),
        person=people.get(order.person_id) if order.person_id is not None else None,
        demo=demo,
        paid=sum(payment.amount for payment in payments),
    )


def _renamed(view: OrderView, demo: Demo, people: dict[UUID, Person]) -> OrderView:
    """Return a view that was read before, with the customer and the demo as they are now."""
    person = people.get(view.order.person_id) if view.order.person_id is not None else None
    if person == view.person and demo == view.demo:
        return view
    return replace(view, person=person, demo=demo)


def _rows(reader: Reader, record: type[Record], keys: Sequence[UUID], order: str = "rid") -> dict[bytes, list[Row]]:
    """Return the rows of live records that belong to orders, by the order's id."""
    m = mapping(record)
    place = m.names.index("order_id")
    groups: dict[bytes, list[Row]] = {}
    for row in _parts(reader, record, "order_id", keys, order):
        groups.setdefault(row[place], []).append(row)
    return groups


def _among(reader: Reader, record: type[R], column: str, keys: Iterable[UUID]) -> list[R]:
    """Return the live records whose field is one of many ids."""
    m = mapping(record)
    return [m.decode(row) for row in _parts(reader, record, column, list(keys), "rid")]


def _parts(reader: Reader, record: type[Record], column: str, keys: Sequence[UUID], order: str) -> Iterator[Row]:
    m = mapping(record)
    alive = "" if m.entity.ledger else "AND deleted_at IS NULL "
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        marks = ", ".join("?" * len(part))
        yield from reader.rows(
            f'SELECT {m.columns} FROM {m.entity.table} WHERE "{column}" IN ({marks}) {alive}ORDER BY "{order}", rid',
            part,
        )


def _guests(reader: Reader, demo_id: UUID, orders: Sequence[OrderView]) -> tuple[GuestRow, ...]:
    by_person: dict[UUID | None, list[UUID]] = {}
    for view in orders:
        by_person.setdefault(view.order.person_id, []).append(view.order.id)
    guests = reader.find(DemoGuest, demo_id=demo_id)
    keys = [guest.person_id for guest in guests]
    people = {person.id: person for person in _among(reader, Person, "id", keys)}
    phones = _phones(reader, demo_id)
    return tuple(
        GuestRow(guest, people[guest.person_id], phones.get(guest.person_id, ""), tuple(by_person.get(key, ())))
        for guest, key in zip(guests, keys, strict=True)
        if key in people
    )


def _phones(reader: Reader, demo_id: UUID) -> dict[UUID, str]:
    """Return the first number of every guest."""
    rows = reader.rows(
        "SELECT person_id, value FROM reach_point WHERE kind IN ('mobile', 'phone') AND deleted_at IS NULL "
        "AND person_id IN (SELECT person_id FROM demo_guest WHERE demo_id = ? AND deleted_at IS NULL) "
        "ORDER BY position DESC, rid DESC",
        (demo_id,),
    )
    return {UUID(bytes=person): value for person, value in rows}


def party_facts(reader: Reader, shown: Party, memory: Memory | None = None) -> PartyFacts:
    """Return what host programmes look at: placed and delivered orders, bookings, guests who came.

    ``memory`` is what ``party`` was given; orders that are the same since then are not looked at again.
    """
    host_ids = {shown.demo.host_id, *(person.id for person in shown.co_hosts)}
    outside = {row.person.id for row in shown.guests if row.guest.outside}
    categories = _categories(reader, shown)
    if memory is None:
        memory = Memory()
    known = memory.facts if memory.categories == categories else {}
    memory.facts, memory.categories = {}, categories
    return PartyFacts(
        day=shown.demo.day,
        orders=tuple(
            _remembered(view, _source(view.order, host_ids, outside), categories, known, memory.facts)
            for view in shown.orders
            if view.order.kind is not OrderKind.HOST and view.order.state not in (OrderState.DRAFT, OrderState.QUOTED)
        ),
        bookings=tuple(_booking(reader, child) for child in shown.bookings),
        guests=sum(1 + row.guest.brings for row in shown.guests if row.guest.attended),
        date_kept=True,
    )


def _source(order: Order, hosts: set[UUID | None], outside: set[UUID]) -> Source:
    if order.person_id in hosts:
        return Source.HOST
    return Source.OUTSIDE if order.person_id in outside else Source.GUEST


def _remembered(
    view: OrderView,
    source: Source,
    categories: dict[UUID, str],
    known: dict[UUID, tuple[OrderView, Source, OrderFacts]],
    kept: dict[UUID, tuple[OrderView, Source, OrderFacts]],
) -> OrderFacts:
    before = known.get(view.order.id)
    same = before is not None and before[0] is view and before[1] is source
    facts = before[2] if before is not None and same else _order_facts(view, source, categories)
    kept[view.order.id] = (view, source, facts)
    return facts


def _order_facts(view: OrderView, source: Source, known: dict[UUID, str]) -> OrderFacts:
    terms = [line_terms(line) for line in view.lines]
    categories = [known.get(line.product_id, "") if line.product_id else "" for line in view.lines]
    number = next((paper.number for paper in reversed(view.papers)), "")
    return OrderFacts(
        key=(display_name(view.person) if view.person else "") or number,
        buyer=str(view.order.person_id or view.order.id),
        source=source,
        goods=goods_parts(terms, view.totals.lines, profile_from(view.order.tax_profile), categories),
        ordered_on=view.order.ordered_on,
        cancelled=view.order.state is OrderState.CANCELLED,
    )


def _categories(reader: Reader, shown: Party) -> dict[UUID, str]:
    keys = {line.product_id for view in shown.orders for line in view.lines if line.product_id}
    return {product.id: product.category for product in _among(reader, Product, "id", keys)}


def _booking(reader: Reader, child: Demo) -> BookingFacts:
    host = reader.find_one(Person, child.host_id)
    return BookingFacts(
        key=display_name(host) if host else child.title,
        day=child.day,
        booked_on=child.booked_on,
        held=child.state in _HELD,
        cancelled=child.state in _OFF,
    )
