"""Who can be written to: addresses, numbers, consents of many people, and what is filled into texts for one. No words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID

from directsell.domain.contact_choices import Channel
from directsell.domain.people import Address, Consent, Person, ReachKind
from directsell.domain.records import standing
from directsell.store.queries.aliases import all_merged
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may be written to. ``number`` is as typed, ``country`` that of the address or ""."""

    id: UUID
    name: str
    language: str
    email: str
    number: str
    country: str
    has_address: bool
    consents: Mapping[Channel, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What texts can say about somebody; ``owed`` is minor units of the asked currency."""

    person: Person
    address: Address | None
    last_product: str
    last_order_on: date | None
    wish: str
    demo_day: date | None
    demo_start: time | None
    demo_place: str
    owed: int


def recipients(reader: Reader, people: Sequence[UUID]) -> list[Recipient]:
    """Return people with what is needed to write to them, in the order given; those who are gone are left out."""
    found: dict[UUID, Recipient] = {}
    for start in range(0, len(people), _AT_ONCE):
        for one in _some(reader, people[start : start + _AT_ONCE]):
            found[one.id] = one
    return [found[key] for key in people if key in found]


def _some(reader: Reader, people: Sequence[UUID]) -> list[Recipient]:
    marks = ", ".join("?" * len(people))
    emails: dict[bytes, str] = {}
    mobiles: dict[bytes, str] = {}
    phones: dict[bytes, str] = {}
    ways = {ReachKind.EMAIL: emails, ReachKind.MOBILE: mobiles, ReachKind.PHONE: phones}
    for person, kind, value in reader.rows(
        f"SELECT person_id, kind, value FROM reach_point WHERE person_id IN ({marks}) AND deleted_at IS NULL "
        "ORDER BY position, rid",
        people,
    ):
        if kind in ways:
            ways[ReachKind(kind)].setdefault(person, value)
    homes: dict[bytes, str] = {}
    for person, country, street, city in reader.rows(
        f"SELECT person_id, country, street, city FROM address WHERE person_id IN ({marks}) AND deleted_at IS NULL "
        "ORDER BY position, rid",
        people,
    ):
        if street or city:
            homes.setdefault(person, country)
    words = _consents(reader, marks, people)
    rows = reader.rows(
        f"SELECT id, given, family, company, language FROM person WHERE id IN ({marks}) AND deleted_at IS NULL "
        "AND erased_on IS NULL",
        people,
    )
    return [
        Recipient(
            UUID(bytes=key),
            name_of(given, family, company),
            language,
            emails.get(key, ""),
            mobiles.get(key) or phones.get(key, ""),
            homes.get(key, ""),
            key in homes,
            words.get(key, {}),
        )
        for key, given, family, company, language in rows
    ]


def _consents(reader: Reader, marks: str, people: Sequence[UUID]) -> dict[bytes, dict[Channel, bool]]:
    """Return the latest word on each channel of people."""
    wanted = {key.bytes for key in people}
    merged = {dropped: kept for dropped, kept in all_merged(reader).items() if kept in wanted}
    if not merged and reader.row(f"SELECT 1 FROM consent WHERE person_id IN ({marks}) LIMIT 1", people) is None:
        return {}
    entries: dict[bytes, list[Consent]] = defaultdict(list)
    for (person,) in reader.rows(f"SELECT DISTINCT person_id FROM consent WHERE person_id IN ({marks})", people):
        entries[person] = reader.find(Consent, person_id=UUID(bytes=person))
    for dropped, kept in merged.items():
        entries[kept] += reader.find(Consent, person_id=UUID(bytes=dropped))
    return {
        person: {entry.channel: entry.given for entry in sorted(standing(some), key=lambda entry: (entry.at, entry.id))}
        for person, some in entries.items()
    }


def facts_of(reader: Reader, person_id: UUID, today: date, currency: str) -> Facts | None:
    """Return what texts can say about somebody, or None when the person is gone.

    The demo is the next one of the person, as host or guest; the wish the one noted last.
    """
    person = reader.find_one(Person, person_id)
    if person is None:
        return None
    order = reader.row(
        "SELECT o.id, o.ordered_on FROM sales_order o WHERE o.person_id = ? AND o.deleted_at IS NULL "
        "AND +o.state IN ('placed', 'delivered') AND o.kind <> 'return' ORDER BY o.ordered_on DESC, o.rid DESC LIMIT 1",
        (person_id,),
    )
    demo = reader.row(
        "SELECT d.day, d.starts, d.street, d.city FROM demo d WHERE d.deleted_at IS NULL AND d.day >= :today "
        "AND d.state NOT IN ('cancelled', 'postponed') AND (d.host_id = :key OR d.id IN (SELECT demo_id FROM demo_guest "
        "WHERE person_id = :key AND reply <> 'declined' AND deleted_at IS NULL)) ORDER BY d.day, d.rid LIMIT 1",
        {"today": today.isoformat(), "key": person_id},
    )
    return Facts(
        person=person,
        address=next(iter(reader.find(Address, "position", person_id=person_id)), None),
        last_product="" if order is None else _dearest(reader, order[0]),
        last_order_on=None if order is None else date.fromisoformat(order[1]),
        wish=reader.value(
            "SELECT p.name FROM wish w JOIN product p ON p.id = w.product_id WHERE w.person_id = ? AND w.deleted_at IS NULL "
            "ORDER BY w.rid DESC LIMIT 1",
            (person_id,),
            "",
        ),
        demo_day=None if demo is None else date.fromisoformat(demo[0]),
        demo_start=None if demo is None or demo[1] is None else time.fromisoformat(demo[1]),
        demo_place="" if demo is None else ", ".join(part for part in demo[2:4] if part),
        owed=int(
            reader.value(
                "SELECT sum(owed) FROM sales_order WHERE person_id = ? AND deleted_at IS NULL AND +currency = ?",
                (person_id, currency),
                0,
            )
        ),
    )


def _dearest(reader: Reader, order_id: bytes) -> str:
    """Return the name of the piece of an order that cost most."""
    return str(
        reader.value(
            "SELECT name FROM order_line WHERE order_id = ? AND deleted_at IS NULL "
            "ORDER BY quantity * unit_price DESC, position LIMIT 1",
            (order_id,),
            "",
        )
    )


def people_listed(reader: Reader, query: ListQuery[Any]) -> list[UUID]:
    """Return the ids of everybody in a list of people, in its order."""
    rids = query.ids(reader)
    found: dict[int, UUID] = {}
    for start in range(0, len(rids), _AT_ONCE):
        marks = ",".join(map(str, rids[start : start + _AT_ONCE]))
        found.update(
            (rid, UUID(bytes=key)) for rid, key in reader.rows(f"SELECT rid, id FROM person WHERE rid IN ({marks})")
        )
    return [found[rid] for rid in rids if rid in found]
