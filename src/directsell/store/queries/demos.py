"""Demos: the list, the days of a month, one demo with its guests and orders. No writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from directsell.domain.demos import Demo, DemoGuest, DemoKind, DemoState, Reply
from directsell.domain.orders import OrderState
from directsell.domain.people import Address
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.money_back import on_hold
from directsell.store.queries.names import name_of
from directsell.store.queries.people import match_words, person_name
from directsell.store.queries.settings import business
from directsell.store.reader import Reader, Row

_OFF = "('cancelled', 'postponed')"
# Most orders belong to no demo, so the statistics call this index useless; for one demo it is the only right one.
_BY_DEMO = "INDEXED BY ix_sales_order_demo_id"
_GUESTS = (
    "(SELECT count(*) + coalesce(sum(g.brings), 0) FROM demo_guest g WHERE g.demo_id = t.id AND g.deleted_at IS NULL{})"
)
_ORDERS = (
    f"SELECT {{}} FROM sales_order o {_BY_DEMO} WHERE o.demo_id = t.id AND o.deleted_at IS NULL "
    "AND o.state IN ('placed', 'delivered')"
)


class DemoFilter(StrEnum):
    """Which demos are listed."""

    UPCOMING = "upcoming"
    PAST = "past"
    CANCELLED = "cancelled"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DemoRow:
    """One line of the list of demos; ``sales`` is minor units of the seller's currency, ``coming`` counts companions."""

    id: UUID
    kind: DemoKind
    state: DemoState
    title: str
    host: str
    day: date
    starts: time | None
    city: str
    guests: int
    coming: int
    orders: int
    sales: int


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A guest with what they ordered at this demo; ``drafts`` counts orders that are only begun."""

    guest: DemoGuest
    name: str
    reach: str
    orders: int
    drafts: int
    sales: int


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """An order of a demo; amounts are minor units of ``currency``."""

    id: UUID
    person_id: UUID | None
    name: str
    state: OrderState
    total: int
    owed: int
    currency: str
    on_hold: bool = False


@dataclass(frozen=True, slots=True)
class DemoCard:
    """A demo with everything its detail shows; sums are minor units of ``currency``."""

    demo: Demo
    host: str
    guests: tuple[GuestRow, ...]
    orders: tuple[DemoOrder, ...]
    currency: str
    sales: int
    owed: int

    @property
    def coming(self) -> int:
        """How many accepted, with those they bring."""
        return sum(1 + row.guest.brings for row in self.guests if row.guest.reply is Reply.ACCEPTED)

    @property
    def placed(self) -> int:
        """How many orders count."""
        return sum(order.state in (OrderState.PLACED, OrderState.DELIVERED) for order in self.orders)


def demo_list(
    *, which: DemoFilter = DemoFilter.UPCOMING, text: str = "", day: date | None = None, currency: str, today: date
) -> ListQuery[DemoRow]:
    """Return the list of demos as a query.

    Args:
        which: the filter; upcoming ones are listed from today on, the others the latest first.
        text: words that are searched in title, place, note and the host's name.
        day: only this day; then ``which`` does not count.
        currency: the seller's; orders in others are not added to it.
        today: where the past ends.
    """
    where, params = ["t.deleted_at IS NULL"], list[object]()
    if day is not None:
        where.append("t.day = ?")
        params.append(day.isoformat())
    elif which is DemoFilter.UPCOMING:
        where.append(f"t.day >= ? AND t.state NOT IN {_OFF}")
        params.append(today.isoformat())
    elif which is DemoFilter.PAST:
        where.append(f"t.day < ? AND t.state NOT IN {_OFF}")
        params.append(today.isoformat())
    elif which is DemoFilter.CANCELLED:
        where.append(f"t.state IN {_OFF}")
    if text.strip():
        where.append(
            "(t.rid IN (SELECT rowid FROM demo_fts WHERE demo_fts MATCH ?) OR t.host_id IN "
            "(SELECT id FROM person WHERE rid IN (SELECT rowid FROM person_fts WHERE person_fts MATCH ?)))"
        )
        words = match_words(text)
        params += [words, f"{{name}} : ({words})" if words != '""' else words]
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise ValueError(currency)
    sales = f"({_ORDERS.format('coalesce(sum(o.total), 0)')} AND o.currency = '{currency}')"
    return ListQuery(
        table="demo",
        select="t.id, t.kind, t.state, t.title, h.given, h.family, h.company, t.day, t.starts, t.city, "
        f"{_GUESTS.format('')}, {_GUESTS.format(_ACCEPTED)}, ({_ORDERS.format('count(*)')}), {sales}",
        build=_row,
        where=" AND ".join(where),
        params=tuple(params),
        order="t.day",
        descending=which is not DemoFilter.UPCOMING and day is None,
        join="LEFT JOIN person h ON h.id = t.host_id",
    )


_ACCEPTED = " AND g.reply = 'accepted'"


def _row(row: Row) -> DemoRow:
    key, kind, state, title, given, family, company, day, starts, city, guests, coming, orders, sales = row
    return DemoRow(
        id=UUID(bytes=key),
        kind=DemoKind(kind),
        state=DemoState(state),
        title=title,
        host=name_of(given or "", family or "", company or ""),
        day=date.fromisoformat(day),
        starts=None if starts is None else time.fromisoformat(starts),
        city=city,
        guests=guests,
        coming=coming,
        orders=orders,
        sales=sales,
    )


def demo_days(reader: Reader, first: date, last: date) -> dict[date, int]:
    """Return how many demos take place on each day of a span; cancelled and postponed ones leave the day free."""
    rows = reader.rows(
        f"SELECT day, count(*) FROM demo WHERE day BETWEEN ? AND ? AND deleted_at IS NULL AND state NOT IN {_OFF} "
        "GROUP BY day",
        (first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(day): count for day, count in rows}


@dataclass(frozen=True, slots=True)
class Taken:
    """A demo that takes a day: its title or host, and when it begins."""

    day: date
    name: str
    starts: time | None


def demos_between(reader: Reader, first: date, last: date) -> list[Taken]:
    """Return what takes place in a span of days, in order; cancelled and postponed demos leave the day free."""
    rows = reader.rows(
        "SELECT d.day, d.title, h.given, h.family, h.company, d.starts FROM demo d LEFT JOIN person h ON h.id = d.host_id "
        f"WHERE d.day BETWEEN ? AND ? AND d.deleted_at IS NULL AND d.state NOT IN {_OFF} ORDER BY d.day, d.starts, d.rid",
        (first.isoformat(), last.isoformat()),
    )
    return [
        Taken(
            date.fromisoformat(day),
            title or name_of(*(part or "" for part in names)),
            None if starts is None else time.fromisoformat(starts),
        )
        for day, title, *names, starts in rows
    ]


def demos_on(reader: Reader, day: date, *, except_demo: UUID | None = None) -> list[tuple[str, time | None]]:
    """Return title (or host) and start of the demos of a day, to warn of double bookings."""
    rows = reader.rows(
        "SELECT d.title, h.given, h.family, h.company, d.starts FROM demo d LEFT JOIN person h ON h.id = d.host_id "
        f"WHERE d.day = ? AND d.deleted_at IS NULL AND d.state NOT IN {_OFF} AND d.id IS NOT ? ORDER BY d.starts",
        (day.isoformat(), except_demo),
    )
    return [
        (title or name_of(*(part or "" for part in names)), None if starts is None else time.fromisoformat(starts))
        for title, *names, starts in rows
    ]


def demo_card(reader: Reader, demo_id: UUID) -> DemoCard | None:
    """Return a demo with guests and orders, or None when it is gone."""
    demo = reader.find_one(Demo, demo_id)
    if demo is None:
        return None
    currency = business(reader).currency
    orders = _orders(reader, demo_id)
    counted = [o for o in orders if o.state in (OrderState.PLACED, OrderState.DELIVERED) and o.currency == currency]
    return DemoCard(
        demo=demo,
        host=person_name(reader, demo.host_id),
        guests=tuple(_guests(reader, demo_id, currency)),
        orders=tuple(orders),
        currency=currency,
        sales=sum(order.total for order in counted),
        owed=sum(order.owed for order in counted),
    )


def _orders(reader: Reader, demo_id: UUID) -> list[DemoOrder]:
    rows = reader.rows(
        "SELECT o.id, o.person_id, p.given, p.family, p.company, o.state, o.total, o.owed, o.currency, "
        f"{on_hold('o')} FROM sales_order o {_BY_DEMO} LEFT JOIN person p ON p.id = o.person_id WHERE o.demo_id = ? AND o.deleted_at IS NULL ORDER BY o.rid",
        (demo_id,),
    )
    return [
        DemoOrder(
            id=UUID(bytes=key),
            person_id=None if person is None else UUID(bytes=person),
            name=name_of(given or "", family or "", company or ""),
            state=OrderState(state),
            total=total,
            owed=owed,
            currency=currency,
            on_hold=bool(held),
        )
        for key, person, given, family, company, state, total, owed, currency, held in rows
    ]


def _guests(reader: Reader, demo_id: UUID, currency: str) -> list[GuestRow]:
    guests = {guest.person_id: guest for guest in reader.find(DemoGuest, demo_id=demo_id)}
    rows = reader.rows(
        "SELECT p.id, p.given, p.family, p.company, (SELECT value FROM reach_point WHERE person_id = p.id "
        "AND deleted_at IS NULL ORDER BY position, rid LIMIT 1), count(o.id) FILTER (WHERE o.state NOT IN ('draft', 'quoted')), "
        "count(o.id) FILTER (WHERE o.state IN ('draft', 'quoted')), "
        "coalesce(sum(o.total) FILTER (WHERE o.state NOT IN ('draft', 'quoted') AND o.currency = ?), 0) "
        "FROM demo_guest g JOIN person p ON p.id = g.person_id "
        "LEFT JOIN sales_order o ON o.demo_id = g.demo_id AND o.person_id = p.id AND o.deleted_at IS NULL "
        "AND o.state <> 'cancelled' "
        "WHERE g.demo_id = ? AND g.deleted_at IS NULL GROUP BY p.id ORDER BY g.rid",
        (currency, demo_id),
    )
    return [
        GuestRow(guests[UUID(bytes=key)], name_of(given, family, company), reach or "", orders, drafts, sales)
        for key, given, family, company, reach, orders, drafts, sales in rows
    ]


def first_address(reader: Reader, person_id: UUID) -> Address | None:
    """Return the first address of a person, to take over as the place of a demo."""
    return next(iter(reader.find(Address, "position", person_id=person_id)), None)
