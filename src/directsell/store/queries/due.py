"""Whom to contact today and in the coming days, with everything a call needs. How days are filled: domain.due_contacts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from directsell.domain.clock import from_micros, to_micros
from directsell.domain.contact_choices import Channel, Reason
from directsell.domain.due_contacts import Contact, DueReason, Plan, plan_days
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader

WEEK = 7
DAILY_LIMIT = 15  # contacts a day as long as nothing else was chosen; the same as in the rules of following up
_MOST = 3_000  # follow-ups looked at; those that wait longest. More than anybody does in a year of weeks.
_OPEN = (
    "f.state = 'open' AND f.due_on <= ? AND (f.expires_on IS NULL OR f.expires_on >= ?) AND f.deleted_at IS NULL "
    "AND p.deleted_at IS NULL"
)
_REACH = (
    "(SELECT value FROM reach_point WHERE person_id = p.id AND deleted_at IS NULL AND kind IN ({kinds}) "
    "ORDER BY position, rid LIMIT 1)"
)
_PHONE, _EMAIL = _REACH.format(kinds="'mobile', 'phone'"), _REACH.format(kinds="'email'")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFollowUp:
    """One reason for a contact; ``programme`` names the programme that planned it, "" = planned by hand."""

    id: UUID
    due_on: date
    reason: Reason
    channel: Channel
    text: str
    programme: str
    product: str
    order_id: UUID | None
    demo_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueContact:
    """Somebody to be contacted, with all reasons, how to reach them, what was said last and what was bought last.

    ``last_at`` and ``last_words`` are of the newest entry of the contact log that says something; ``last_total`` and
    ``owed`` are minor units of ``currency``, that of the last order.
    """

    person_id: UUID
    name: str
    reasons: tuple[DueFollowUp, ...]
    phone: str
    email: str
    last_at: datetime | None
    last_words: str
    last_order: date | None
    last_total: int
    owed: int
    currency: str

    @property
    def due_on(self) -> date:
        """The day on which the oldest reason was due."""
        return self.reasons[0].due_on

    @property
    def channel(self) -> Channel:
        """How to make the contact: as the oldest reason says."""
        return self.reasons[0].channel

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The follow-ups that this contact deals with."""
        return tuple(reason.id for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class DueDay:
    """The contacts of one day: the first ones, and how many there are."""

    day: date
    contacts: tuple[DueContact, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DueWeek:
    """The contacts of today and the days after; ``late`` counts those that were due before today.

    ``made`` people were contacted today already; ``moved`` were due by today and found no place in the daily limit.
    """

    days: tuple[DueDay, ...]
    late: int
    made: int
    moved: int

    @property
    def today(self) -> DueDay:
        """The first day."""
        return self.days[0]


def due_week(reader: Reader, today: date, *, shown: int, shown_later: int = 0) -> DueWeek:
    """Return whom to contact today and on the six days after.

    Args:
        reader: one moment of the database.
        today: the calendar day.
        shown: how many contacts of today to return whole.
        shown_later: how many of each other day.
    """
    limit, rest_days = _limits(reader)
    made = contacts_made(reader, today)
    plan = plan_days(_reasons(reader, today), today, WEEK, limit=limit, made=made, rest_days=rest_days)
    first = plan.days[0].contacts
    wanted = [day.contacts[: shown_later if number else shown] for number, day in enumerate(plan.days)]
    found = _details(reader, [contact for contacts in wanted for contact in contacts])
    days = tuple(
        DueDay(day.day, tuple(found[c.person_id, c.due_on] for c in contacts), len(day.contacts))
        for day, contacts in zip(plan.days, wanted, strict=True)
    )
    return DueWeek(days, sum(c.due_on < today for c in first), made, _moved(plan, today))


def _limits(reader: Reader) -> tuple[int, tuple[int, ...]]:
    """Return the daily limit and the weekdays without contacts, as ``domain.follow_up_plans.rules`` explains them.

    Read here by name: the first page of all comes without the records of programmes.
    """
    sql = "SELECT name, value FROM setting WHERE name IN ('follow_up.daily_limit', 'follow_up.quiet_days') AND deleted_at IS NULL"
    found = {name: json.loads(value) for name, value in reader.rows(sql)}
    return found.get("follow_up.daily_limit", DAILY_LIMIT), tuple(found.get("follow_up.quiet_days", ()))


def people_due(reader: Reader, today: date) -> int:
    """Count the people who are due or overdue, whatever the daily limit."""
    sql = f"SELECT count(DISTINCT f.person_id) FROM follow_up f JOIN person p ON p.id = f.person_id WHERE {_OPEN}"
    return int(reader.value(sql, (today.isoformat(), today.isoformat()), 0))


def contacts_made(reader: Reader, day: date) -> int:
    """Count the people whom the seller contacted on a day; notes and incoming calls do not count."""
    start, end = (to_micros(datetime.combine(d, time()).astimezone()) for d in (day, day + timedelta(days=1)))
    sql = (
        "SELECT count(DISTINCT person_id) FROM contact_entry WHERE at >= ? AND at < ? AND channel <> 'note' "
        "AND incoming = 0 AND deleted_at IS NULL"
    )
    return int(reader.value(sql, (start, end), 0))


def _moved(plan: Plan, today: date) -> int:
    later = [contact for day in plan.days[1:] for contact in day.contacts]
    return sum(contact.due_on <= today for contact in [*later, *plan.waiting])


def _reasons(reader: Reader, today: date) -> list[DueReason]:
    last = today + timedelta(days=WEEK - 1)
    rows = reader.rows(
        "SELECT f.id, f.person_id, f.due_on, f.expires_on, f.programme_id IS NULL AND f.anchor_on IS NULL, "
        "coalesce(g.rank, 0) FROM follow_up f JOIN person p ON p.id = f.person_id "
        "LEFT JOIN follow_up_programme g ON g.id = f.programme_id "
        f"WHERE {_OPEN} ORDER BY f.due_on, f.rid LIMIT {_MOST}",
        (last.isoformat(), today.isoformat()),
    )
    return [
        DueReason(
            id=UUID(bytes=key),
            person_id=UUID(bytes=person),
            due_on=date.fromisoformat(due),
            expires_on=None if expires is None else date.fromisoformat(expires),
            promised=bool(promised),
            rank=rank,
        )
        for key, person, due, expires, promised, rank in rows
    ]


def _details(reader: Reader, contacts: list[Contact]) -> dict[tuple[UUID, date], DueContact]:
    """Return contacts with all that a call needs, by person and day."""
    reasons = _follow_ups(reader, [reason.id for c in contacts for reason in c.reasons])
    return {(c.person_id, c.due_on): _whole(reader, c.person_id, [reasons[r.id] for r in c.reasons]) for c in contacts}


def _whole(reader: Reader, person_id: UUID, reasons: list[DueFollowUp]) -> DueContact:
    """Return one contact; the statements are prepared once and each finds its row by an index."""
    given, family, company, phone, email = reader.row(
        f"SELECT given, family, company, {_PHONE}, {_EMAIL} FROM person p WHERE id = ?", (person_id,)
    ) or ("", "", "", "", "")
    at, words = reader.row(
        "SELECT at, text FROM contact_entry WHERE person_id = ? AND deleted_at IS NULL AND text <> '' "
        "ORDER BY at DESC LIMIT 1",
        (person_id,),
    ) or (None, "")
    ordered_on, total, currency = reader.row(
        "SELECT ordered_on, total, currency FROM sales_order WHERE person_id = ? AND deleted_at IS NULL "
        "AND +state IN ('placed', 'delivered') AND kind <> 'return' ORDER BY ordered_on DESC, rid DESC LIMIT 1",
        (person_id,),
    ) or (None, 0, "")
    owed = reader.value(
        "SELECT coalesce(sum(owed), 0) FROM sales_order WHERE person_id = ? AND deleted_at IS NULL AND +owed > 0 "
        "AND currency = ?",
        (person_id, currency),
        0,
    )
    return DueContact(
        person_id=person_id,
        name=name_of(given, family, company),
        reasons=tuple(reasons),
        phone=phone or "",
        email=email or "",
        last_at=None if at is None else from_micros(at),
        last_words=words,
        last_order=None if ordered_on is None else date.fromisoformat(ordered_on),
        last_total=total,
        owed=owed,
        currency=currency,
    )


def _follow_ups(reader: Reader, ids: list[UUID]) -> dict[UUID, DueFollowUp]:
    found = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ", ".join("?" * len(part))
        for row in reader.rows(
            "SELECT f.id, f.due_on, f.reason, f.channel, f.text, coalesce(g.name, ''), coalesce(t.name, ''), f.order_id, "
            "f.demo_id FROM follow_up f LEFT JOIN follow_up_programme g ON g.id = f.programme_id "
            f"LEFT JOIN product t ON t.id = f.product_id WHERE f.id IN ({marks})",
            part,
        ):
            key = UUID(bytes=row[0])
            found[key] = DueFollowUp(
                id=key,
                due_on=date.fromisoformat(row[1]),
                reason=Reason(row[2]),
                channel=Channel(row[3]),
                text=row[4],
                programme=row[5],
                product=row[6],
                order_id=None if row[7] is None else UUID(bytes=row[7]),
                demo_id=None if row[8] is None else UUID(bytes=row[8]),
            )
    return found
