"""Whom programmes concern: people with an event of late, birthdays, long silence, goods that run out. What follows is judged elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from directsell.domain.clock import to_micros
from directsell.domain.follow_up_plans.history import Purchase
from directsell.domain.follow_up_plans.planning import AHEAD, BY_THE_DAY, Active
from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.domain.follow_up_plans.running_out import RunOut, run_outs
from directsell.domain.follow_up_plans.steps import EXPIRES_DAYS, due_day
from directsell.domain.follow_up_programmes import Anchor
from directsell.domain.ids import named_id
from directsell.store.queries.follow_up_plans import active_programmes, contact_rules
from directsell.store.reader import Reader

_MICROS = Decimal(1_000_000)
_LIVING = "p.deleted_at IS NULL AND p.merged_into IS NULL AND p.erased_on IS NULL AND p.stage <> 'lost'"
_SETTLED = "channel <> 'note' AND outcome NOT IN ('no_answer', 'left_message', 'call_back', 'wrong_number')"
_SLOW_DELIVERY = timedelta(days=180)  # between order and delivery, at most
_MEMORY = timedelta(days=730)  # goods bought before are used up
_DAYS_OFF = 7  # quiet days may move a step so far
_MOST_SILENT = 300  # people whom nobody asked for long, taken up at a time


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which an event must lie so that a step falls into a period."""

    first: date
    last: date


def windows(one: Active, first: date, last: date) -> list[Window]:
    """Return for each step of a programme when its event happened or will happen, for steps due between two days."""
    found = []
    for step in one.chain.steps:
        # The distance of a month depends on where it begins: three days more on each side are harmless.
        distance = due_day(step, first) - first
        slack = timedelta(days=3)
        found.append(Window(first - distance - timedelta(days=step.expires_days) - slack, last - distance + slack))
    return found


def concerned(reader: Reader, one: Active, today: date, ahead: timedelta = AHEAD) -> list[UUID]:
    """Return the people who may have steps of a programme in the coming days, in the order of their records.

    Programmes that count from events look back as far as their longest step; those that depend on the day (birthday, last
    contact, last order) look ahead, and leave out for whom the step is there already.
    """
    anchor = one.programme.anchor
    if anchor is Anchor.CUSTOM:
        return [UUID(bytes=key) for key in _followed(reader, one.programme.id)]
    found = set(_followed(reader, one.programme.id))
    parts = windows(one, today, today + ahead)
    if parts:
        find = _BY_ANCHOR[anchor]
        if anchor in BY_THE_DAY:
            for part in parts:
                found.update(find(reader, part))
        else:
            found.update(find(reader, Window(min(p.first for p in parts), today)))
    return [UUID(bytes=key) for key in sorted(found)]


def _followed(reader: Reader, programme_id: UUID) -> Iterator[bytes]:
    sql = "SELECT DISTINCT person_id FROM follow_up WHERE programme_id = ? AND state = 'open' AND deleted_at IS NULL"
    return (key for (key,) in reader.rows(sql, (programme_id,)))


def _keys(reader: Reader, sql: str, params: Iterable[object]) -> Iterator[bytes]:
    return (row[0] for row in reader.rows(sql, list(params)) if row[0] is not None)


def _ordered(reader: Reader, window: Window) -> Iterator[bytes]:
    sql = (
        "SELECT DISTINCT person_id FROM sales_order WHERE ordered_on BETWEEN ? AND ? AND state IN ('placed', 'delivered') "
        "AND deleted_at IS NULL"
    )
    return _keys(reader, sql, _iso(window))


def _delivered(reader: Reader, window: Window) -> Iterator[bytes]:
    sql = (
        "SELECT DISTINCT person_id FROM sales_order WHERE state = 'delivered' AND ordered_on >= ? AND "
        "coalesce(delivered_on, ordered_on) BETWEEN ? AND ? AND deleted_at IS NULL"
    )
    return _keys(reader, sql, ((window.first - _SLOW_DELIVERY).isoformat(), *_iso(window)))


def _last_ordered(reader: Reader, window: Window) -> Iterator[bytes]:
    sql = (
        "SELECT DISTINCT o.person_id FROM sales_order o WHERE o.ordered_on BETWEEN ? AND ? "
        "AND o.state IN ('placed', 'delivered') AND o.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM sales_order n "
        "WHERE n.person_id = o.person_id AND n.ordered_on > o.ordered_on AND n.state IN ('placed', 'delivered') "
        "AND n.deleted_at IS NULL) AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.person_id = o.person_id "
        "AND f.anchor_on = o.ordered_on AND f.programme_id IS NOT NULL AND f.state IN ('done', 'skipped'))"
    )
    return _keys(reader, sql, _iso(window))


def _last_contacted(reader: Reader, window: Window) -> Iterator[bytes]:
    first, last = _instant(window.first), _instant(window.last + timedelta(days=1))
    sql = (
        f"SELECT DISTINCT c.person_id FROM contact_entry c WHERE c.at >= ? AND c.at < ? AND c.{_SETTLED} "
        "AND c.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM contact_entry n WHERE n.person_id = c.person_id "
        f"AND n.at >= ? AND n.{_SETTLED} AND n.deleted_at IS NULL)"
    )
    return _keys(reader, sql, (first, last, last))


def _demos(reader: Reader, window: Window) -> Iterator[bytes]:
    sql = (
        "SELECT host_id FROM demo WHERE day BETWEEN ? AND ? AND deleted_at IS NULL UNION SELECT g.person_id FROM demo d "
        "JOIN demo_guest g ON g.demo_id = d.id WHERE d.day BETWEEN ? AND ? AND g.attended = 1 AND g.deleted_at IS NULL"
    )
    return _keys(reader, sql, (*_iso(window), *_iso(window)))


def _booked(reader: Reader, window: Window) -> Iterator[bytes]:
    sql = "SELECT DISTINCT host_id FROM demo WHERE day >= ? AND deleted_at IS NULL"
    return _keys(reader, sql, (min(window.first, window.last).isoformat(),))


def _leads(reader: Reader, window: Window) -> Iterator[bytes]:
    sql = f"SELECT p.id FROM person p WHERE p.created_at >= ? AND p.stage <> 'won' AND {_LIVING}"
    return _keys(reader, sql, (_instant(window.first),))


def _born(reader: Reader, window: Window) -> Iterator[bytes]:
    span = min((window.last - window.first).days, 366)
    days = {f"{window.first + timedelta(days=number):%m-%d}" for number in range(span + 1)}
    if "03-01" in days:
        days.add("02-29")
    marks = ", ".join("?" * len(days))
    sql = f"SELECT p.id FROM person p WHERE p.birthday > '' AND substr(p.birthday, -5) IN ({marks}) AND {_LIVING}"
    return _keys(reader, sql, sorted(days))


_BY_ANCHOR = {
    Anchor.DELIVERY: _delivered,
    Anchor.SAMPLE: _ordered,
    Anchor.SALE: _ordered,
    Anchor.LAST_ORDER: _last_ordered,
    Anchor.LAST_CONTACT: _last_contacted,
    Anchor.DEMO: _demos,
    Anchor.BOOKING: _booked,
    Anchor.LEAD: _leads,
    Anchor.BIRTHDAY: _born,
}


def _iso(window: Window) -> tuple[str, str]:
    return window.first.isoformat(), window.last.isoformat()


def _instant(day: date) -> int:
    return to_micros(datetime.combine(day, time()).astimezone())


def due_by_the_day(reader: Reader, today: date) -> list[UUID]:
    """Return the people for whom the day itself makes something due: birthdays, silence, intervals, goods that run out.

    Read in a worker once a day; what is planned for them is judged person by person (``planning.plan``).
    """
    rules = contact_rules(reader)
    found: dict[UUID, None] = {}
    for one in active_programmes(reader):
        if one.programme.anchor in BY_THE_DAY:
            found.update(dict.fromkeys(_not_yet_planned(reader, one, today)))
    found.update(dict.fromkeys(silent(reader, rules, today)))
    found.update(dict.fromkeys(running_out(reader, rules, today)))
    return list(found)


def _not_yet_planned(reader: Reader, one: Active, today: date) -> list[UUID]:
    """Return for whom a step of a programme comes near that is not planned yet, so that each day looks at few people only."""
    found: set[bytes] = set()
    for step, window in zip(one.chain.steps, windows(one, today, today + AHEAD), strict=True):
        planned = reader.rows(
            "SELECT person_id FROM follow_up WHERE programme_id = ? AND due_on >= ? AND instr('+' || step, ?) > 0",
            (one.programme.id, (today - timedelta(days=step.expires_days + _DAYS_OFF)).isoformat(), f"+{step.key}"),
        )
        found.update(set(_BY_ANCHOR[one.programme.anchor](reader, window)) - {key for (key,) in planned})
    return [UUID(bytes=key) for key in sorted(found)]


def silent(reader: Reader, rules: ContactRules, today: date) -> list[UUID]:
    """Return people whose interval is over soon, the longest overdue first, without those who stand on the list already."""
    sql = (
        "WITH known AS MATERIALIZED (SELECT p.id, coalesce(p.contact_days, CASE p.rank WHEN 'a' THEN ? WHEN 'b' THEN ? "
        f"WHEN 'c' THEN ? ELSE 0 END) AS days, p.created_at FROM person p WHERE (p.rank > '' OR p.contact_days > 0) "
        f"AND {_LIVING}), touched AS (SELECT k.id, k.days, max(coalesce((SELECT max(at) FROM contact_entry c "
        f"WHERE c.person_id = k.id AND c.deleted_at IS NULL AND {_SETTLED}), 0), coalesce((SELECT "
        "unixepoch(max(o.ordered_on)) * 1000000 FROM sales_order o WHERE o.person_id = k.id AND o.deleted_at IS NULL), 0), "
        "k.created_at) AS last FROM known k WHERE k.days > 0) SELECT id FROM touched t "
        "WHERE t.last + t.days * 86400000000 < ? AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.person_id = t.id "
        "AND f.state = 'open' AND f.reason = 'interval' AND f.deleted_at IS NULL) "
        "ORDER BY t.last + t.days * 86400000000, t.id LIMIT ?"
    )
    until = _instant(today + AHEAD + timedelta(days=1))
    params = (rules.days_a, rules.days_b, rules.days_c, until, _MOST_SILENT)
    return [UUID(bytes=key) for key in _keys(reader, sql, params)]


def running_out(reader: Reader, rules: ContactRules, today: date) -> list[UUID]:
    """Return people who will run out of something soon and are not yet reminded of it."""
    found: dict[UUID, None] = {}
    for key, lasts in reader.rows("SELECT id, lasts_days FROM product WHERE lasts_days > 0 AND deleted_at IS NULL"):
        bought: dict[bytes, list[tuple[str, int]]] = defaultdict(list)
        for person, day, quantity in reader.rows(
            "SELECT o.person_id, coalesce(o.delivered_on, o.ordered_on), l.quantity FROM order_line l "
            "CROSS JOIN sales_order o ON o.id = l.order_id WHERE l.product_id = ? AND l.kind <> 'sample' "
            "AND l.deleted_at IS NULL AND +o.state = 'delivered' AND o.kind <> 'return' AND o.deleted_at IS NULL "
            "AND +o.ordered_on >= ? AND +o.person_id IS NOT NULL",
            (key, (today - _MEMORY).isoformat()),
        ):
            bought[person].append((day, quantity))
        product = UUID(bytes=key)
        for person, some in bought.items():
            end = _end(product, some, lasts, rules, today)
            if end is None:
                continue
            row = named_id("run_out", UUID(bytes=person), product, end.last_on.isoformat())
            if reader.value("SELECT 1 FROM follow_up WHERE id = ?", (row,)) is None:
                found[UUID(bytes=person)] = None
    return list(found)


def _end(product: UUID, bought: list[tuple[str, int]], lasts: int, rules: ContactRules, today: date) -> RunOut | None:
    """Return when goods are used up if a reminder is due soon; goods bought once are judged at a glance."""
    if len(bought) == 1:
        day, quantity = bought[0]
        left = date.fromisoformat(day).toordinal() + quantity * lasts // 1_000_000 - today.toordinal()
        if not -EXPIRES_DAYS - 1 <= left <= AHEAD.days + rules.run_out_days + 1:
            return None
    purchases = [
        Purchase(product_id=product, on=date.fromisoformat(day), quantity=Decimal(quantity) / _MICROS, lasts_days=lasts)
        for day, quantity in bought
    ]
    for end in run_outs(purchases):
        near = end.ends_on - timedelta(days=rules.run_out_days) <= today + AHEAD
        if near and end.ends_on + timedelta(days=EXPIRES_DAYS) >= today:
            return end
    return None
