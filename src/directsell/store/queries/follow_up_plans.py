"""What programmes need to know of one person, the programmes themselves, and the seller's rules. Who is asked: follow_up_reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.domain.contact_choices import Channel, Outcome
from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.history import Event, EventKind, Goods, History, Purchase, is_contact
from directsell.domain.follow_up_plans.planning import Active, active
from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.domain.people import Rank
from directsell.store.queries.settings import named_values
from directsell.store.reader import Reader

if TYPE_CHECKING:
    from directsell.domain.followups import FollowUp

_MICROS = Decimal(1_000_000)
_HELD = ("closing", "submitted", "delivered", "settled")  # states of a demo that took place
_COMING = ("planned", "confirmed", "open")


def contact_rules(reader: Reader) -> ContactRules:
    """Return the seller's settings for following up; what was never set has its default."""
    values = named_values(reader, "follow_up")
    known = {field.name for field in fields(ContactRules)}
    found: dict[str, Any] = {name: value for name, value in values.items() if name in known}
    if "quiet_days" in found:
        found["quiet_days"] = tuple(found["quiet_days"])
    return ContactRules(**found)


def follow_up_programmes(reader: Reader) -> list[FollowUpProgramme]:
    """Return all programmes in their order."""
    found = reader.find(FollowUpProgramme, "rank")
    return sorted(found, key=lambda programme: (programme.rank, programme.created_at, programme.id))


def active_programmes(reader: Reader) -> tuple[Active, ...]:
    """Return the programmes that are switched on, with their chains."""
    return active(reader.find(FollowUpProgramme, active=True))


def anchors(reader: Reader) -> list[Anchor]:
    """Return from what the programmes count that are switched on; asked at every save of an order."""
    rows = reader.rows("SELECT anchor FROM follow_up_programme WHERE active = 1 AND deleted_at IS NULL")
    return [Anchor(anchor) for (anchor,) in rows]


def is_followed(reader: Reader, person_id: UUID) -> bool:
    """Say whether anything that the program planned is open for a person."""
    sql = "SELECT 1 FROM follow_up WHERE person_id = ? AND state = 'open' AND anchor_on IS NOT NULL AND deleted_at IS NULL"
    return reader.value(f"{sql} LIMIT 1", (person_id,)) is not None


def planned_rows(reader: Reader, person_id: UUID) -> list[FollowUp]:
    """Return every follow-up of a person that the program ever planned."""
    from directsell.domain.followups import FollowUp
    from directsell.store.mapper import mapping

    m = mapping(FollowUp)
    sql = f"SELECT {m.columns} FROM follow_up WHERE person_id = ? AND anchor_on IS NOT NULL AND deleted_at IS NULL"
    return [m.decode(row) for row in reader.rows(sql, (person_id,))]


def history_of(reader: Reader, person_id: UUID, rules: ContactRules) -> History | None:
    """Return what happened to a person; None for somebody who is not there."""
    row = reader.row(
        "SELECT created_at, stage, birthday, rank, contact_days, merged_into, erased_on FROM person "
        "WHERE id = ? AND deleted_at IS NULL",
        (person_id,),
    )
    if row is None:
        return None
    created, stage, birthday, rank, contact_days, merged, erased = row
    since = _day(created)
    events, purchases, ordered = _trade(reader, person_id)
    events += _returns(reader, person_id) + _contacts(reader, person_id) + _demos(reader, person_id)
    if not ordered and stage != "won":
        events.append(Event(kind=EventKind.LEAD, on=since))
    asked, started = _asked(reader, person_id)
    return History(
        person_id=person_id,
        since=since,
        events=(*events, *started),
        purchases=tuple(purchases),
        is_out=stage == "lost" or merged is not None or erased is not None,
        birthday=birthday,
        interval=rules.interval(Rank(rank), contact_days),
        asked_on=asked,
    )


def _day(micros: int) -> date:
    return from_micros(micros).astimezone().date()


def _trade(reader: Reader, person_id: UUID) -> tuple[list[Event], list[Purchase], bool]:
    """Return orders, deliveries, samples and goods that came back; purchases of what runs out; whether there was an order."""
    goods: dict[bytes, list[tuple[str, int, Goods, int | None]]] = {}
    for key, kind, quantity, *product in reader.rows(
        "SELECT l.order_id, l.kind, l.quantity, p.id, p.name, p.category, p.brand_id, p.follow_up_text, p.lasts_days "
        "FROM sales_order o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id "
        "WHERE o.person_id = ? AND o.deleted_at IS NULL AND +o.state IN ('placed', 'delivered') "
        "AND l.deleted_at IS NULL",
        (person_id,),
    ):
        goods.setdefault(key, []).append((kind, quantity, _goods(product), product[5]))
    events: list[Event] = []
    purchases: list[Purchase] = []
    ordered = False
    for key, order_kind, ordered_on, delivered_on in reader.rows(
        "SELECT id, kind, ordered_on, CASE state WHEN 'delivered' THEN coalesce(delivered_on, ordered_on) END "
        "FROM sales_order WHERE person_id = ? AND deleted_at IS NULL AND +state IN ('placed', 'delivered')",
        (person_id,),
    ):
        order_id, day = UUID(bytes=key), date.fromisoformat(ordered_on)
        lines = goods.get(key, [])
        got = tuple(dict.fromkeys(item for _kind, _quantity, item, _lasts in lines))
        if order_kind == "return":
            events.append(Event(kind=EventKind.RETURN, on=day, order_id=order_id))
            continue
        ordered = True
        events.append(Event(kind=EventKind.ORDER, on=day, order_id=order_id, goods=got))
        samples = tuple(dict.fromkeys(item for kind, _quantity, item, _lasts in lines if kind == "sample"))
        there = day if delivered_on is None else date.fromisoformat(delivered_on)
        if samples:
            events.append(Event(kind=EventKind.SAMPLE, on=there, order_id=order_id, goods=samples))
        if delivered_on is not None:
            events.append(Event(kind=EventKind.DELIVERY, on=there, order_id=order_id, goods=got))
            purchases += [
                Purchase(
                    product_id=UUID(item.id),
                    on=there,
                    quantity=Decimal(quantity) / _MICROS,
                    lasts_days=lasts,
                    name=item.name,
                    text=item.text,
                )
                for kind, quantity, item, lasts in lines
                if lasts and kind != "sample"
            ]
    return events, purchases, ordered


def _goods(product: list[Any]) -> Goods:
    key, name, category, brand, text, _lasts = product
    return Goods(
        id=str(UUID(bytes=key)),
        name=name,
        category=category,
        brand="" if brand is None else str(UUID(bytes=brand)),
        text=text,
    )


def _returns(reader: Reader, person_id: UUID) -> list[Event]:
    rows = reader.rows(
        "SELECT w.order_id, w.received_on FROM sales_order o JOIN withdrawal w ON w.order_id = o.id "
        "WHERE o.person_id = ? AND o.deleted_at IS NULL AND +o.state = 'cancelled' AND w.deleted_at IS NULL",
        (person_id,),
    )
    return [Event(kind=EventKind.RETURN, on=date.fromisoformat(day), order_id=UUID(bytes=key)) for key, day in rows]


def _contacts(reader: Reader, person_id: UUID) -> list[Event]:
    rows = reader.rows(
        "SELECT at, channel, outcome FROM contact_entry WHERE person_id = ? AND deleted_at IS NULL", (person_id,)
    )
    days = {_day(at) for at, channel, outcome in rows if is_contact(Channel(channel), Outcome(outcome))}
    return [Event(kind=EventKind.CONTACT, on=day) for day in days]


def _demos(reader: Reader, person_id: UUID) -> list[Event]:
    """Return the demos a person hosts or was at, and the bookings still ahead."""
    events = []
    for key, day, booked_on, created, state in reader.rows(
        "SELECT id, day, booked_on, created_at, state FROM demo WHERE host_id = ? AND deleted_at IS NULL", (person_id,)
    ):
        on = date.fromisoformat(day)
        if state in _HELD:
            events.append(Event(kind=EventKind.DEMO, on=on, demo_id=UUID(bytes=key)))
        elif state in _COMING:
            booked = _day(created) if booked_on is None else date.fromisoformat(booked_on)
            events.append(Event(kind=EventKind.BOOKING, on=booked, until=max(on, booked), demo_id=UUID(bytes=key)))
    marks = ", ".join("?" * len(_HELD))
    rows = reader.rows(
        "SELECT d.id, d.day FROM demo_guest g JOIN demo d ON d.id = g.demo_id WHERE g.person_id = ? AND g.attended = 1 "
        f"AND g.deleted_at IS NULL AND d.deleted_at IS NULL AND +d.state IN ({marks})",
        (person_id, *_HELD),
    )
    return events + [
        Event(kind=EventKind.DEMO, on=date.fromisoformat(day), demo_id=UUID(bytes=key)) for key, day in rows
    ]


def _asked(reader: Reader, person_id: UUID) -> tuple[date | None, list[Event]]:
    """Return when the last contact for the interval's sake was closed, and programmes that were started by hand."""
    closed = reader.value(
        "SELECT max(closed_at) FROM follow_up WHERE person_id = ? AND reason = 'interval' AND anchor_on IS NOT NULL "
        "AND state IN ('done', 'skipped') AND deleted_at IS NULL",
        (person_id,),
    )
    started = {
        UUID(bytes=key): date.fromisoformat(day)
        for key, day in reader.rows(
            "SELECT f.programme_id, f.anchor_on FROM follow_up f JOIN follow_up_programme g ON g.id = f.programme_id "
            "WHERE f.person_id = ? AND g.anchor = ? AND f.state <> 'superseded' AND f.deleted_at IS NULL "
            "AND f.anchor_on IS NOT NULL ORDER BY f.created_at, f.anchor_on",
            (person_id, Anchor.CUSTOM.value),
        )
    }
    events = [Event(kind=EventKind.STARTED, on=day, programme_id=key) for key, day in started.items()]
    return None if closed is None else _day(closed), events


def for_person(reader: Reader, programmes: Iterable[Active], person_id: UUID, today: date) -> list[Active]:
    """Return the programmes that concern a person: those for everybody, and those of a segment the person is in."""
    return [
        one
        for one in programmes
        if one.programme.segment_id is None or _is_in_segment(reader, one.programme.segment_id, person_id, today)
    ]


def _is_in_segment(reader: Reader, segment_id: UUID, person_id: UUID, today: date) -> bool:
    from directsell.store.queries.segments import is_in, segment_group

    sql = "SELECT 1 FROM segment WHERE id = ? AND deleted_at IS NULL"
    if reader.value(sql, (segment_id,)) is None:
        return False  # who was meant is not known any more: better nobody than everybody
    try:
        group = segment_group(reader, segment_id)
    except DomainError:
        return False  # written by a newer program; a delivery must not fail for it
    return is_in(reader, person_id, group, today)
