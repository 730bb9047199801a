"""Whom to contact on which day: several reasons become one contact, a daily limit levels the load (rule D19).

Nothing here is stored. What was promised (planned by hand) keeps its day, whatever the limit; steps of programmes take the
places that are left, the longest waiting first, and move on from day to day until they make no sense any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

# A step of a programme that falls due this soon after a contact is dealt with in the same contact.
TOGETHER = timedelta(days=2)
_NEVER = date.max


@dataclass(frozen=True, slots=True)
class DueReason:
    """One open follow-up, as far as planning the day goes.

    Attributes:
        id: the follow-up.
        person_id: whom it is about.
        due_on: the day it is due.
        expires_on: the last day on which it makes sense, None = it waits for ever.
        promised: planned by hand, not by a programme.
        rank: that of its programme; the lowest goes first.
    """

    id: UUID
    person_id: UUID
    due_on: date
    expires_on: date | None = None
    promised: bool = True
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """One person to be contacted on a day, with every reason for it, the oldest first."""

    person_id: UUID
    reasons: tuple[DueReason, ...]

    @property
    def due_on(self) -> date:
        """The day on which the oldest reason was due."""
        return self.reasons[0].due_on

    @property
    def promised(self) -> bool:
        """Whether one of the reasons was planned by hand."""
        return any(reason.promised for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The contacts of a day in the order in which to make them; ``expired`` made no sense any more on this day."""

    day: date
    contacts: tuple[Contact, ...]
    expired: tuple[DueReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The contacts of some days, and what is still waiting after the last of them."""

    days: tuple[DayPlan, ...]
    waiting: tuple[Contact, ...]


def plan_days(
    reasons: Iterable[DueReason],
    first: date,
    days: int,
    *,
    limit: int,
    made: int = 0,
    rest_days: Collection[int] = (),
) -> Plan:
    """Spread contacts over days; the same whatever the order of ``reasons``.

    Args:
        reasons: every open follow-up that is due before the end of these days; later ones are left out.
        first: the first day (today).
        days: how many days.
        limit: how many contacts a day should have, 0 = as many as there are. Promised ones count, but are never moved.
        made: contacts already made on the first day; they take places of its limit.
        rest_days: weekdays (0 = Monday) on which programmes ask for nobody; promised contacts stay.
    """
    last = first + timedelta(days=days - 1)
    waiting = _by_person(reason for reason in reasons if reason.due_on <= last)
    plans = []
    for number in range(days):
        day = first + timedelta(days=number)
        expired = _drop_expired(waiting, day)
        places = _places(limit, made if number == 0 else 0, day.weekday() in rest_days)
        chosen = _choose(waiting, day, places)
        plans.append(DayPlan(day, tuple(chosen), tuple(expired)))
    left = [_contact(person, list(found)) for person, found in waiting.items()]
    return Plan(tuple(plans), tuple(sorted(left, key=_urgency)))


def _by_person(reasons: Iterable[DueReason]) -> dict[UUID, list[DueReason]]:
    found: dict[UUID, list[DueReason]] = defaultdict(list)
    for reason in reasons:
        found[reason.person_id].append(reason)
    return dict(found)


def _drop_expired(waiting: dict[UUID, list[DueReason]], day: date) -> list[DueReason]:
    """Take out what made sense until the day before at most."""
    gone = [r for found in waiting.values() for r in found if (r.expires_on or _NEVER) < day]
    lost = {reason.id for reason in gone}
    for person in list(waiting):
        waiting[person] = [reason for reason in waiting[person] if reason.id not in lost]
        if not waiting[person]:
            del waiting[person]
    return sorted(gone, key=lambda reason: (reason.due_on, reason.id))


def _places(limit: int, made: int, rest: bool) -> int | None:
    """Return how many contacts a day may have, None = any number."""
    if rest:
        return 0
    return None if limit <= 0 else max(0, limit - made)


def _choose(waiting: dict[UUID, list[DueReason]], day: date, places: int | None) -> list[Contact]:
    """Take the contacts of a day out of what is waiting."""
    due = [
        _contact(person, [r for r in found if r.due_on <= day])
        for person, found in waiting.items()
        if any(r.due_on <= day for r in found)
    ]
    due.sort(key=_urgency)
    promised = [contact for contact in due if contact.promised]
    others = [contact for contact in due if not contact.promised]
    if places is not None:
        others = others[: max(0, places - len(promised))]
    return sorted((_taken(waiting, contact.person_id, day) for contact in [*promised, *others]), key=_order)


def _taken(waiting: dict[UUID, list[DueReason]], person: UUID, day: date) -> Contact:
    """Take a person's reasons out: those that are due, and the steps of programmes that would follow at once."""
    soon = day + TOGETHER
    found = waiting[person]
    now = [r for r in found if r.due_on <= day or (not r.promised and r.due_on <= soon)]
    rest = [r for r in found if r not in now]
    if rest:
        waiting[person] = rest
    else:
        del waiting[person]
    return _contact(person, now)


def _contact(person: UUID, reasons: list[DueReason]) -> Contact:
    return Contact(person, tuple(sorted(reasons, key=lambda r: (r.due_on, not r.promised, r.rank, r.id))))


def _urgency(contact: Contact) -> tuple[date, date, int, UUID]:
    """Who gets a place first: the longest waiting, then what soon makes no sense, then the programme's rank."""
    first = min(contact.reasons, key=lambda r: (r.expires_on or _NEVER, r.rank))
    return contact.due_on, first.expires_on or _NEVER, first.rank, contact.person_id


def _order(contact: Contact) -> tuple[date, bool, tuple[date, date, int, UUID]]:
    """The order of a day: overdue first, then what was promised for the day, then the steps of programmes."""
    return contact.due_on, not contact.promised, _urgency(contact)
