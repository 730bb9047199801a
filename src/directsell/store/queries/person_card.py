"""One person with everything the People page shows: record, ways to reach, figures, consents, what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.domain.followups import FollowUp
from directsell.domain.people import (
    Address,
    Channel,
    Consent,
    Person,
    PersonRole,
    PersonTag,
    ReachPoint,
    Role,
    display_name,
)
from directsell.domain.records import standing
from directsell.store.queries.aliases import ids_of
from directsell.store.queries.followups import open_follow_ups
from directsell.store.queries.people import person_name
from directsell.store.queries.settings import business
from directsell.store.reader import Reader, Row


class HappeningKind(StrEnum):
    """What sort of thing happened."""

    CONTACT = "contact"
    ORDER = "order"
    PAYMENT = "payment"
    DEMO = "demo"
    GUEST = "guest"
    FOLLOW_UP = "follow_up"
    PAPER = "paper"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of "what happened".

    ``what`` is the value of the enum that belongs to the kind (channel, order state, payment method, demo state,
    reason, paper kind), ``outcome`` a second one (outcome, reply, follow-up state, "given"), ``about`` the record to
    open (order or demo), ``at`` None where only the day is known.
    """

    kind: HappeningKind
    id: UUID
    day: date
    at: datetime | None = None
    what: str = ""
    outcome: str = ""
    text: str = ""
    amount: int | None = None
    currency: str = ""
    about: UUID | None = None
    incoming: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What a person bought, in minor units of the seller's currency (other currencies are left out)."""

    currency: str
    orders: int
    bought: int
    average: int
    last_order: date | None
    owed: int
    open_orders: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything about a person; ``consents`` holds the one that counts for each channel."""

    person: Person
    roles: tuple[Role, ...]
    tags: tuple[str, ...]
    reach: tuple[ReachPoint, ...]
    addresses: tuple[Address, ...]
    consents: tuple[Consent, ...]
    referred_by: str
    figures: Figures
    follow_ups: tuple[FollowUp, ...]
    happenings: tuple[Happening, ...]
    more: bool

    @property
    def name(self) -> str:
        """The name as people say it."""
        return display_name(self.person)


HAPPENINGS = 30


def person_card(reader: Reader, person_id: UUID, *, happenings: int = HAPPENINGS) -> PersonCard | None:
    """Return a person with the newest ``happenings`` lines of the past, or None when the person is gone."""
    person = reader.find_one(Person, person_id)
    if person is None:
        return None
    past = happenings_of(reader, person_id, happenings + 1)
    return PersonCard(
        person=person,
        roles=tuple(sorted((r.role for r in reader.find(PersonRole, person_id=person_id)), key=list(Role).index)),
        tags=tuple(tag.tag for tag in reader.find(PersonTag, "tag", person_id=person_id)),
        reach=tuple(reader.find(ReachPoint, "position", person_id=person_id)),
        addresses=tuple(reader.find(Address, "position", person_id=person_id)),
        consents=tuple(current_consents(reader, person_id)),
        referred_by=person_name(reader, person.referred_by),
        figures=figures_of(reader, person_id),
        follow_ups=tuple(open_follow_ups(reader, person_id)),
        happenings=tuple(past[:happenings]),
        more=len(past) > happenings,
    )


def current_consents(reader: Reader, person_id: UUID) -> list[Consent]:
    """Return the consent that counts for each channel: the latest one that was not taken back by undo."""
    latest = {entry.channel: entry for entry in consents_of(reader, person_id)}
    return [latest[channel] for channel in Channel if channel in latest]


def consents_of(reader: Reader, person_id: UUID) -> list[Consent]:
    """Return the consents that stand, the oldest first, also those of records merged into this one."""
    known = [entry for key in ids_of(reader, person_id) for entry in reader.find(Consent, person_id=key)]
    return sorted(standing(known), key=lambda entry: (entry.at, entry.id))


def figures_of(reader: Reader, person_id: UUID) -> Figures:
    """Return what a person bought and owes; drafts and cancelled orders do not count."""
    currency = business(reader).currency
    row = reader.row(
        "SELECT count(*), coalesce(sum(total), 0), max(ordered_on), "
        "coalesce(sum(kind = 'sale'), 0), coalesce(sum(state = 'placed'), 0), coalesce(sum(owed), 0) FROM sales_order "
        "WHERE person_id = ? AND deleted_at IS NULL AND +state IN ('placed', 'delivered') AND currency = ?",
        (person_id, currency),
    )
    assert row is not None
    orders, bought, last, sales, placed, owed = row
    return Figures(
        currency=currency,
        orders=sales,
        bought=bought,
        average=(bought + sales // 2) // sales if sales else 0,
        last_order=date.fromisoformat(last) if orders else None,
        owed=owed,
        open_orders=placed,
    )


def happenings_of(reader: Reader, person_id: UUID, limit: int) -> list[Happening]:
    """Return what happened with a person, the newest first, at most ``limit`` lines."""
    found = [
        *(_contact(row) for row in reader.rows(f"{_CONTACTS} LIMIT ?", (person_id, limit))),
        *(_order(row) for row in reader.rows(f"{_ORDERS} LIMIT ?", (person_id, limit))),
        *(_payment(row) for row in reader.rows(f"{_PAYMENTS} LIMIT ?", (person_id, limit))),
        *(_demo(row) for row in reader.rows(f"{_DEMOS} LIMIT ?", (person_id, limit))),
        *(_guest(row) for row in reader.rows(f"{_GUESTS} LIMIT ?", (person_id, limit))),
        *(_follow_up(row) for row in reader.rows(f"{_FOLLOW_UPS} LIMIT ?", (person_id, limit))),
        *(_paper(row) for row in reader.rows(f"{_PAPERS} LIMIT ?", (person_id, limit))),
        *(_consent(entry) for entry in standing(reader.find(Consent, "at", person_id=person_id))[-limit:]),
    ]
    return list(islice(_newest_first(found), limit))


def _newest_first(found: Iterable[Happening]) -> list[Happening]:
    # Within a day: timed entries by their instant, above those of which only the day is known.
    return sorted(found, key=lambda h: (h.day, h.at is not None, h.at.timestamp() if h.at else 0.0, h.id), reverse=True)


_CONTACTS = (
    "SELECT id, at, channel, outcome, text, incoming, order_id FROM contact_entry "
    "WHERE person_id = ? AND deleted_at IS NULL ORDER BY at DESC"
)
_ORDERS = (
    "SELECT o.id, o.ordered_on, o.state, o.total, o.currency, o.created_at, "
    "(SELECT group_concat(name, ', ') FROM (SELECT name FROM order_line WHERE order_id = o.id AND deleted_at IS NULL "
    "ORDER BY position LIMIT 4)) FROM sales_order o WHERE o.person_id = ? AND o.deleted_at IS NULL "
    "ORDER BY o.ordered_on DESC"
)
_PAYMENTS = (
    "SELECT id, paid_on, at, method, amount, currency, detail, order_id, reverses_id IS NOT NULL FROM payment "
    "WHERE person_id = ? ORDER BY rid DESC"
)
_DEMOS = "SELECT id, day, state, title, kind FROM demo WHERE host_id = ? AND deleted_at IS NULL ORDER BY day DESC"
_GUESTS = (
    "SELECT g.id, d.day, g.reply, d.title, d.id, g.attended, h.given, h.family FROM demo_guest g "
    "JOIN demo d ON d.id = g.demo_id AND d.deleted_at IS NULL LEFT JOIN person h ON h.id = d.host_id "
    "WHERE g.person_id = ? AND g.deleted_at IS NULL ORDER BY d.day DESC"
)
_FOLLOW_UPS = (
    "SELECT id, closed_at, reason, state, text FROM follow_up "
    "WHERE person_id = ? AND deleted_at IS NULL AND state IN ('skipped', 'superseded', 'expired') "
    "AND closed_at IS NOT NULL ORDER BY closed_at DESC"
)
_PAPERS = (
    "SELECT id, issued_on, issued_at, kind, number, total, currency, order_id FROM issued_paper "
    "WHERE person_id = ? ORDER BY rid DESC"
)


def _id(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)


def _local_day(instant: datetime) -> date:
    return instant.astimezone().date()


def _contact(row: Row) -> Happening:
    key, at, channel, outcome, text, incoming, order = row
    instant = from_micros(at)
    return Happening(
        kind=HappeningKind.CONTACT,
        id=UUID(bytes=key),
        day=_local_day(instant),
        at=instant,
        what=channel,
        outcome=outcome,
        text=text,
        about=_id(order),
        incoming=bool(incoming),
    )


def _order(row: Row) -> Happening:
    key, day, state, total, currency, _created, names = row
    return Happening(
        kind=HappeningKind.ORDER,
        id=UUID(bytes=key),
        day=date.fromisoformat(day),
        what=state,
        text=names or "",
        amount=total,
        currency=currency,
        about=UUID(bytes=key),
    )


def _payment(row: Row) -> Happening:
    key, day, at, method, amount, currency, detail, order, reversal = row
    return Happening(
        kind=HappeningKind.PAYMENT,
        id=UUID(bytes=key),
        day=date.fromisoformat(day),
        at=from_micros(at),
        what=method,
        outcome="reversal" if reversal else "",
        text=detail,
        amount=amount,
        currency=currency,
        about=_id(order),
    )


def _demo(row: Row) -> Happening:
    key, day, state, title, kind = row
    return Happening(
        kind=HappeningKind.DEMO,
        id=UUID(bytes=key),
        day=date.fromisoformat(day),
        what=kind,
        outcome=state,
        text=title,
        about=UUID(bytes=key),
    )


def _guest(row: Row) -> Happening:
    key, day, reply, title, demo, attended, given, family = row
    host = " ".join(part for part in (given, family) if part)
    return Happening(
        kind=HappeningKind.GUEST,
        id=UUID(bytes=key),
        day=date.fromisoformat(day),
        what=reply,
        outcome="attended" if attended else "",
        text=title or host,
        about=_id(demo),
    )


def _follow_up(row: Row) -> Happening:
    key, at, reason, state, text = row
    instant = from_micros(at)
    return Happening(
        kind=HappeningKind.FOLLOW_UP,
        id=UUID(bytes=key),
        day=_local_day(instant),
        at=instant,
        what=reason,
        outcome=state,
        text=text,
    )


def _paper(row: Row) -> Happening:
    key, day, at, kind, number, total, currency, order = row
    return Happening(
        kind=HappeningKind.PAPER,
        id=UUID(bytes=key),
        day=date.fromisoformat(day),
        at=from_micros(at),
        what=kind,
        text=number,
        amount=total,
        currency=currency,
        about=_id(order),
    )


def _consent(entry: Consent) -> Happening:
    return Happening(
        kind=HappeningKind.CONSENT,
        id=entry.id,
        day=_local_day(entry.at),
        at=entry.at,
        what=entry.channel,
        outcome="given" if entry.given else "withdrawn",
        text=entry.wording,
    )
