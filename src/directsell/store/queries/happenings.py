"""What happened with one person, in the order of time: contacts, orders, money, demos, papers, consents, objections. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.domain.people import Consent
from directsell.domain.records import standing
from directsell.store.queries.aliases import ids_of
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
    WITHDRAWAL = "withdrawal"
    OBJECTION = "objection"


class HappeningGroup(StrEnum):
    """What is shown of what happened."""

    ALL = "all"
    CONTACTS = "contacts"
    NOTES = "notes"
    ORDERS = "orders"
    MONEY = "money"
    DEMOS = "demos"
    PAPERS = "papers"
    OTHER = "other"


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


def happenings_of(
    reader: Reader, person_id: UUID, limit: int, only: HappeningGroup = HappeningGroup.ALL
) -> list[Happening]:
    """Return what happened with a person, the newest first, at most ``limit`` lines; of one group, or all."""
    people = ids_of(reader, person_id)
    sources = [source for group, some in _SOURCES.items() if only in (group, HappeningGroup.ALL) for source in some]
    found = [happening for source in sources for happening in source(reader, people, limit)]
    return list(islice(_newest_first(found), limit))


_Source = Callable[[Reader, tuple[UUID, ...], int], Iterable[Happening]]


def _rows_of(sql: str, build: Callable[[Row], Happening]) -> _Source:
    """Return a source for rows that name the person; merged records keep their own id only in ledgers."""

    def source(reader: Reader, people: tuple[UUID, ...], limit: int) -> Iterable[Happening]:
        text = f"{sql} LIMIT ?".replace("IN (?)", f"IN ({', '.join('?' * len(people))})")
        return map(build, reader.rows(text, (*people, limit)))

    return source


def consents_of(reader: Reader, people: Iterable[UUID]) -> list[Consent]:
    """Return the consents of a person (all ids) that stand, the oldest first."""
    known = [entry for key in people for entry in reader.find(Consent, person_id=key)]
    return sorted(standing(known), key=lambda entry: (entry.at, entry.id))


def _consents(reader: Reader, people: tuple[UUID, ...], limit: int) -> Iterable[Happening]:
    return map(_consent, consents_of(reader, people)[-limit:])


def _newest_first(found: Iterable[Happening]) -> list[Happening]:
    # Within a day: timed entries by their instant, above those of which only the day is known.
    return sorted(found, key=lambda h: (h.day, h.at is not None, h.at.timestamp() if h.at else 0.0, h.id), reverse=True)


_CONTACTS = (
    "SELECT id, at, channel, outcome, text, incoming, order_id FROM contact_entry "
    "WHERE person_id IN (?) AND channel {test} 'note' AND deleted_at IS NULL ORDER BY at DESC"
)
_ORDERS = (
    "SELECT o.id, o.ordered_on, o.state, o.total, o.currency, o.created_at, "
    "(SELECT group_concat(name, ', ') FROM (SELECT name FROM order_line WHERE order_id = o.id AND deleted_at IS NULL "
    "ORDER BY position LIMIT 4)) FROM sales_order o WHERE o.person_id IN (?) AND o.deleted_at IS NULL "
    "ORDER BY o.ordered_on DESC"
)
_PAYMENTS = (
    "SELECT id, paid_on, at, method, amount, currency, detail, order_id, reverses_id IS NOT NULL FROM payment "
    "WHERE person_id IN (?) ORDER BY rid DESC"
)
_DEMOS = "SELECT id, day, state, title, kind FROM demo WHERE host_id IN (?) AND deleted_at IS NULL ORDER BY day DESC"
_GUESTS = (
    "SELECT g.id, d.day, g.reply, d.title, d.id, g.attended, h.given, h.family FROM demo_guest g "
    "JOIN demo d ON d.id = g.demo_id AND d.deleted_at IS NULL LEFT JOIN person h ON h.id = d.host_id "
    "WHERE g.person_id IN (?) AND g.deleted_at IS NULL ORDER BY d.day DESC"
)
_FOLLOW_UPS = (
    "SELECT id, closed_at, reason, state, text FROM follow_up "
    "WHERE person_id IN (?) AND deleted_at IS NULL AND state IN ('skipped', 'superseded', 'expired') "
    "AND closed_at IS NOT NULL AND (anchor_on IS NULL OR state <> 'superseded') ORDER BY closed_at DESC"
)
_PAPERS = (
    "SELECT id, issued_on, issued_at, kind, number, total, currency, order_id FROM issued_paper "
    "WHERE person_id IN (?) ORDER BY rid DESC"
)

_WITHDRAWALS = (
    "SELECT w.id, w.received_on, w.accepted, w.note, w.order_id FROM sales_order o JOIN withdrawal w ON w.order_id = o.id "
    "WHERE o.person_id IN (?) AND o.deleted_at IS NULL AND w.deleted_at IS NULL ORDER BY w.received_on DESC"
)
_OBJECTIONS = "SELECT id, at, kind, result, text, answer FROM objection WHERE person_id IN (?) AND deleted_at IS NULL ORDER BY at DESC"


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


def _withdrawal(row: Row) -> Happening:
    key, day, accepted, note, order = row
    return Happening(
        kind=HappeningKind.WITHDRAWAL,
        id=UUID(bytes=key),
        day=date.fromisoformat(day),
        outcome="accepted" if accepted else "",
        text=note,
        about=_id(order),
    )


def _objection(row: Row) -> Happening:
    key, at, kind, result, text, answer = row
    instant = from_micros(at)
    return Happening(
        kind=HappeningKind.OBJECTION,
        id=UUID(bytes=key),
        day=_local_day(instant),
        at=instant,
        what=kind,
        outcome=result,
        text=text or answer,
    )


_SOURCES: Mapping[HappeningGroup, tuple[_Source, ...]] = MappingProxyType(
    {
        HappeningGroup.CONTACTS: (_rows_of(_CONTACTS.format(test="<>"), _contact),),
        HappeningGroup.NOTES: (_rows_of(_CONTACTS.format(test="="), _contact),),
        HappeningGroup.ORDERS: (_rows_of(_ORDERS, _order), _rows_of(_WITHDRAWALS, _withdrawal)),
        HappeningGroup.MONEY: (_rows_of(_PAYMENTS, _payment),),
        HappeningGroup.DEMOS: (_rows_of(_DEMOS, _demo), _rows_of(_GUESTS, _guest)),
        HappeningGroup.PAPERS: (_rows_of(_PAPERS, _paper),),
        HappeningGroup.OTHER: (_rows_of(_FOLLOW_UPS, _follow_up), _rows_of(_OBJECTIONS, _objection), _consents),
    }
)
