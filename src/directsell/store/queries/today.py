"""What a seller has to know today: due contacts, demos, deliveries, money, birthdays, sales. Each question is answered by an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from directsell.store.queries.due import DueWeek, due_week, people_due
from directsell.store.queries.money_back import Refund, on_hold, refunds_due
from directsell.store.queries.names import name_of
from directsell.store.queries.seller import seller
from directsell.store.reader import Reader

_SOLD = "deleted_at IS NULL AND state IN ('placed', 'delivered')"
_OWING = "o.deleted_at IS NULL AND o.owed > 0"
_OVER = "('cancelled', 'postponed', 'settled')"  # states of a demo
_INVITING = "('home_party', 'online')"  # kinds of demo that live from their guest list


@dataclass(frozen=True, slots=True)
class NextDemo:
    """A demo of the coming days; ``coming`` names who accepted, ``invited`` counts the whole list."""

    id: UUID
    title: str
    host: str
    day: date
    starts: time | None
    zone: str
    place: str
    coming: tuple[str, ...]
    invited: int


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """An order whose goods should be with the customer; ``deliver_on`` is the promised day."""

    order_id: UUID
    person_id: UUID | None
    name: str
    deliver_on: date
    place: str
    total: int
    currency: str
    on_hold: bool


@dataclass(frozen=True, slots=True)
class Debt:
    """An order that is not paid in full; ``owed`` in minor units of ``currency``."""

    order_id: UUID
    person_id: UUID | None
    name: str
    ordered_on: date
    owed: int
    currency: str


@dataclass(frozen=True, slots=True)
class Birthday:
    """A birthday of the coming days; ``turns`` is the age, or None where the year is unknown."""

    person_id: UUID
    name: str
    day: date
    turns: int | None


@dataclass(frozen=True, slots=True)
class Steps:
    """How far the first journey went."""

    person: bool
    contact: bool
    demo: bool
    order: bool
    delivered: bool

    @property
    def done(self) -> int:
        """Number of steps taken."""
        return sum((self.person, self.contact, self.demo, self.order, self.delivered))


@dataclass(frozen=True, slots=True)
class TodayLists:
    """Everything on the page but the sales of the months. Lists hold the first few, the counts all."""

    seller: str
    currency: str
    week: DueWeek
    demos: tuple[NextDemo, ...]
    bare_demos: tuple[NextDemo, ...]
    deliveries: tuple[DueDelivery, ...]
    deliveries_due: int
    later_deliveries: tuple[DueDelivery, ...]
    debts: tuple[Debt, ...]
    debts_count: int
    refunds: tuple[Refund, ...]
    owed: int
    orders_open: int
    birthdays: tuple[Birthday, ...]
    steps: Steps


@dataclass(frozen=True, slots=True)
class MonthSales:
    """Sales of one month in minor units: what was sold, and in the same month of the year before."""

    first: date
    total: int
    year_before: int


def today_lists(
    reader: Reader, today: date, *, limit: int = 5, contacts: int = 12, demos: int = 4, later: int = 0
) -> TodayLists:
    """Return what is due on a day, with sums in the currency of the business.

    Args:
        reader: one moment of the database.
        today: the calendar day.
        limit: how many rows a list shows.
        contacts: how many of the people to contact today are shown.
        demos: how many demos of the coming days are shown.
        later: how many of the people to contact on each of the six days after are shown, and of their deliveries.
    """
    own = seller(reader)
    currency = own.currency
    count, owed = reader.row(
        f"SELECT count(*), coalesce(sum(o.owed), 0) FROM sales_order o WHERE {_OWING} AND o.currency = ?", (currency,)
    ) or (0, 0)
    return TodayLists(
        seller=own.name,
        currency=currency,
        week=due_week(reader, today, shown=contacts, shown_later=later),
        demos=tuple(next_demos(reader, today, limit=demos)),
        bare_demos=tuple(demos_without_guests(reader, today)),
        deliveries=tuple(due_deliveries(reader, today, limit)),
        later_deliveries=tuple(later_deliveries(reader, today, later * 7)) if later else (),
        deliveries_due=deliveries_due(reader, today),
        debts=tuple(debts(reader, limit)),
        debts_count=count,
        refunds=tuple(refunds_due(reader)),
        owed=owed,
        orders_open=orders_open(reader),
        birthdays=tuple(birthdays(reader, today, limit=limit + 1)),
        steps=steps(reader),
    )


def next_demos(reader: Reader, today: date, *, days: int = 7, limit: int = 4) -> list[NextDemo]:
    """Return the demos from a day on that take place, the next first."""
    return _demos(reader, today, today + timedelta(days=days), limit)


def demos_without_guests(reader: Reader, today: date, *, limit: int = 3) -> list[NextDemo]:
    """Return the demos after this week, up to three weeks ahead, whose guest list is still empty: the host wants a call."""
    empty = "AND NOT EXISTS (SELECT 1 FROM demo_guest g WHERE g.demo_id = d.id AND g.deleted_at IS NULL) "
    only = f"AND d.kind IN {_INVITING} {empty}"
    return _demos(reader, today + timedelta(days=8), today + timedelta(days=21), limit, only)


def _demos(reader: Reader, first: date, last: date, limit: int, only: str = "") -> list[NextDemo]:
    rows = reader.rows(
        "SELECT d.id, d.title, p.given, p.family, p.company, d.day, d.starts, d.zone, d.street, d.city "
        "FROM demo d LEFT JOIN person p ON p.id = d.host_id WHERE d.day BETWEEN ? AND ? AND d.deleted_at IS NULL "
        f"AND d.state NOT IN {_OVER} {only}ORDER BY d.day, d.starts LIMIT ?",
        (first.isoformat(), last.isoformat(), limit),
    )
    demos = []
    for key, title, given, family, company, day, starts, zone, street, city in rows:
        guests = reader.rows(
            "SELECT p.given, p.family, p.company, g.reply FROM demo_guest g JOIN person p ON p.id = g.person_id "
            "WHERE g.demo_id = ? AND g.deleted_at IS NULL ORDER BY p.sort_key",
            (key,),
        )
        demos.append(
            NextDemo(
                id=UUID(bytes=key),
                title=title,
                host=name_of(given or "", family or "", company or ""),
                day=date.fromisoformat(day),
                starts=None if starts is None else time.fromisoformat(starts),
                zone=zone,
                place=", ".join(part for part in (street, city) if part),
                coming=tuple(name_of(*guest[:3]) for guest in guests if guest[3] == "accepted"),
                invited=len(guests),
            )
        )
    return demos


_DUE = "o.state = 'placed' AND o.deleted_at IS NULL AND o.deliver_on <= ?"


def deliveries_due(reader: Reader, today: date) -> int:
    """Count the placed orders whose promised day has come."""
    return int(reader.value(f"SELECT count(*) FROM sales_order o WHERE {_DUE}", (today.isoformat(),), 0))


def due_deliveries(reader: Reader, today: date, limit: int) -> list[DueDelivery]:
    """Return placed orders whose promised day has come, the longest waiting first."""
    return _deliveries(reader, _DUE, (today.isoformat(), limit))


def later_deliveries(reader: Reader, today: date, limit: int) -> list[DueDelivery]:
    """Return placed orders that were promised for one of the six days after a day, the next first."""
    days = [(today + timedelta(days=distance)).isoformat() for distance in (1, 6)]
    where = "o.state = 'placed' AND o.deleted_at IS NULL AND o.deliver_on BETWEEN ? AND ?"
    return _deliveries(reader, where, (*days, limit))


def _deliveries(reader: Reader, where: str, params: tuple[object, ...]) -> list[DueDelivery]:
    rows = reader.rows(
        "SELECT o.id, p.id, p.given, p.family, p.company, o.deliver_on, o.total, o.currency, a.street, a.city, "
        f"{on_hold('o')} FROM sales_order o LEFT JOIN person p ON p.id = o.person_id LEFT JOIN address a ON a.rid = "
        "(SELECT rid FROM address WHERE person_id = p.id AND deleted_at IS NULL ORDER BY position, rid LIMIT 1) "
        f"WHERE {where} ORDER BY o.deliver_on, o.rid LIMIT ?",
        params,
    )
    return [
        DueDelivery(
            order_id=UUID(bytes=row[0]),
            person_id=None if row[1] is None else UUID(bytes=row[1]),
            name=name_of(row[2] or "", row[3] or "", row[4] or ""),
            deliver_on=date.fromisoformat(row[5]),
            place=", ".join(part for part in row[8:10] if part),
            total=row[6],
            currency=row[7],
            on_hold=bool(row[10]),
        )
        for row in rows
    ]


def debts(reader: Reader, limit: int) -> list[Debt]:
    """Return orders that are not paid in full, the oldest first."""
    rows = reader.rows(
        "SELECT o.id, p.id, p.given, p.family, p.company, o.ordered_on, o.owed, o.currency "
        "FROM (SELECT rid FROM sales_order o "
        f"WHERE {_OWING} ORDER BY o.ordered_on, o.rid LIMIT ?) first JOIN sales_order o ON o.rid = first.rid "
        "LEFT JOIN person p ON p.id = o.person_id ORDER BY o.ordered_on, o.rid",
        (limit,),
    )
    return [
        Debt(
            order_id=UUID(bytes=row[0]),
            person_id=None if row[1] is None else UUID(bytes=row[1]),
            name=name_of(row[2] or "", row[3] or "", row[4] or ""),
            ordered_on=date.fromisoformat(row[5]),
            owed=row[6],
            currency=row[7],
        )
        for row in rows
    ]


def orders_open(reader: Reader) -> int:
    """Count the placed orders that are not delivered."""
    return int(reader.value("SELECT count(*) FROM sales_order WHERE state = 'placed' AND deleted_at IS NULL", (), 0))


def birthdays(reader: Reader, today: date, *, days: int = 7, limit: int = 6) -> list[Birthday]:
    """Return who has a birthday from a day on; 29 February is kept on 1 March in other years."""
    wanted: dict[str, date] = {}
    for distance in range(days + 1):
        day = today + timedelta(days=distance)
        wanted[f"{day:%m-%d}"] = day
        if (day.month, day.day) == (3, 1) and "02-29" not in wanted and (day - timedelta(days=1)).day == 28:
            wanted["02-29"] = day
    marks = ", ".join("?" * len(wanted))
    rows = reader.rows(
        f"SELECT rid, birthday FROM person WHERE deleted_at IS NULL AND birthday > '' AND substr(birthday, -5) IN ({marks})",
        tuple(wanted),
    )
    # Many share a day in a large book: only the first few are looked at.
    nearest = sorted(rows, key=lambda row: (wanted[row[1][-5:]], row[0]))[: limit * 4]
    chosen = ",".join(str(rid) for rid, _birthday in nearest)
    rows = reader.rows(
        f"SELECT id, given, family, company, birthday FROM person WHERE rid IN ({chosen}) "
        "AND merged_into IS NULL AND stage <> 'lost'"
    )
    found = []
    for key, given, family, company, birthday in rows:
        day = wanted[birthday[-5:]]
        turns = None if birthday.startswith("--") else day.year - int(birthday[:4])
        found.append(Birthday(UUID(bytes=key), name_of(given, family, company), day, turns))
    return sorted(found, key=lambda one: (one.day, one.name))[:limit]


def steps(reader: Reader) -> Steps:
    """Return which steps of the first journey were taken at least once."""
    return Steps(
        person=_any(reader, "person", "deleted_at IS NULL"),
        contact=_any(reader, "contact_entry", "deleted_at IS NULL AND channel <> 'note'"),
        demo=_any(reader, "demo", "deleted_at IS NULL"),
        order=_any(reader, "sales_order", _SOLD),
        delivered=_any(reader, "sales_order", "deleted_at IS NULL AND state = 'delivered'"),
    )


def _any(reader: Reader, table: str, where: str) -> bool:
    return reader.value(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1") is not None


def month_sales(reader: Reader, today: date, currency: str, *, months: int = 12) -> list[MonthSales]:
    """Return the sales of the last months in a currency, the current month last; months without sales have 0."""
    firsts = [_month_before(today.replace(day=1), distance) for distance in range(months - 1, -1, -1)]
    start = firsts[0].replace(year=firsts[0].year - 1)
    # In the order of the index, so that nothing is sorted; the few days are put together here.
    rows = reader.rows(
        "SELECT ordered_on, state, currency, sum(total) FROM sales_order "
        "INDEXED BY ix_sales_order_ordered_on_state_currency_total_buyer WHERE deleted_at IS NULL AND ordered_on >= ? "
        "GROUP BY ordered_on, state, currency",
        (start.isoformat(),),
    )
    sums: dict[str, int] = {}
    for day, state, money, total in rows:
        if money == currency and state in ("placed", "delivered"):
            sums[day[:7]] = sums.get(day[:7], 0) + total
    return [
        MonthSales(
            first,
            sums.get(f"{first:%Y-%m}", 0),
            sums.get(f"{first.replace(year=first.year - 1):%Y-%m}", 0),
        )
        for first in firsts
    ]


def _month_before(first: date, distance: int) -> date:
    place = first.year * 12 + first.month - 1 - distance
    return date(place // 12, place % 12 + 1, 1)


def badges(reader: Reader, today: date) -> dict[str, int]:
    """Return the numbers that stand beside the pages in the navigation: people to contact, and orders to deliver."""
    return {"today": people_due(reader, today), "orders": deliveries_due(reader, today)}
