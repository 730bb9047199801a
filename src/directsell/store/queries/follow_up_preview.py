"""What a programme would do before it is switched on: for one person, dated and explained, and for everybody as a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from directsell.domain.contact_choices import Channel, Reason
from directsell.domain.due_contacts import TOGETHER
from directsell.domain.follow_up_plans.anchors import KIND_OF, birthday_on, cycles
from directsell.domain.follow_up_plans.history import Event, EventKind, History
from directsell.domain.follow_up_plans.planning import Active, plan, want
from directsell.domain.follow_up_programmes import Anchor
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.store.queries.follow_up_plans import (
    active_programmes,
    contact_rules,
    for_person,
    history_of,
    planned_rows,
)
from directsell.store.queries.follow_up_reach import concerned
from directsell.store.reader import Reader

_DAYS_TO_DEMO = timedelta(days=28)  # of a booking that is only supposed
_MOST = 3_000  # people looked at for the number of contacts


class Fate(StrEnum):
    """What becomes of a follow-up."""

    NEW = "new"
    STAYS = "stays"
    ENDS = "ends"


class Silence(StrEnum):
    """Why nothing is planned."""

    NOBODY = "nobody"
    OUT = "out"
    SEGMENT = "segment"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Line:
    """One contact of a preview; ``meets`` are the reasons of other open contacts with which it becomes one."""

    due_on: date
    reason: Reason
    channel: Channel
    text: str
    fate: Fate
    meets: tuple[tuple[Reason, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a programme would do for one person.

    ``event_on`` is the day from which it counts, ``moved_on`` a later contact, return or order from which the open steps
    count by now; ``supposed`` says that nothing of the kind has happened and it is shown as
    if it were today. ``silence`` says why there are no lines.
    """

    lines: tuple[Line, ...]
    event_on: date | None
    supposed: bool
    silence: Silence | None
    moved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many contacts with how many people a programme would plan in some days; ``more`` = that is not all."""

    contacts: int
    people: int
    more: bool


def preview(
    reader: Reader, one: Active, person_id: UUID, today: date, now: datetime, *, start: date | None = None
) -> Preview:
    """Return what a programme would do for a person if it were saved and switched on now.

    Args:
        reader: one moment of the database.
        one: the programme as it stands in the form.
        person_id: for whom.
        today: the calendar day.
        now: the present instant.
        start: the chosen day of a programme that is started by hand.
    """
    rules = contact_rules(reader)
    history = history_of(reader, person_id, rules)
    if history is None:
        return Preview((), None, False, Silence.NOBODY)
    if history.is_out:
        return Preview((), None, False, Silence.OUT)
    if not for_person(reader, [one], person_id, today):
        return Preview((), None, False, Silence.SEGMENT)
    history, event, supposed = _with_event(one, history, today, start)
    counted = [dated.anchor for cycle in cycles(one.programme, one.chain, history, today) for dated in cycle.steps]
    moved = max((day for day in counted if event is not None and event < day <= today), default=None)
    stored = [other for other in active_programmes(reader) if other.programme.id == one.programme.id]
    others = [other for other in active_programmes(reader) if other.programme.id != one.programme.id]
    existing = planned_rows(reader, person_id)
    changes = plan(
        [*for_person(reader, others, person_id, today), one],
        history,
        existing,
        rules,
        today=today,
        now=now,
        before=stored,
    )
    new = {row.id for row in changes.new}
    after = {row.id: row for row in (*existing, *changes.rows)}
    was_open = {row.id for row in existing if row.state is FollowUpState.OPEN}
    others_open = [row for row in _open_rows(reader, person_id, after) if row.programme_id != one.programme.id]
    lines = []
    for row in sorted(after.values(), key=lambda row: (row.due_on, row.id)):
        fate = _fate(row, is_new=row.id in new or row.id not in was_open, was_open=row.id in was_open)
        if row.programme_id == one.programme.id and fate is not None:
            lines.append(_line(row, fate, others_open))
    silence = None if lines else Silence.PAST
    return Preview(tuple(lines), event, supposed, silence, moved if lines and event is not None else None)


def _fate(row: FollowUp, *, is_new: bool, was_open: bool) -> Fate | None:
    if row.state is FollowUpState.OPEN:
        return Fate.NEW if is_new else Fate.STAYS
    return Fate.ENDS if was_open else None


def _line(row: FollowUp, fate: Fate, others: list[FollowUp]) -> Line:
    near = [other for other in others if abs(other.due_on - row.due_on) <= TOGETHER] if fate is not Fate.ENDS else []
    meets = tuple((other.reason, other.text) for other in sorted(near, key=lambda other: (other.due_on, other.id)))
    return Line(row.due_on, row.reason, row.channel, row.text, fate, meets)


def _open_rows(reader: Reader, person_id: UUID, after: dict[UUID, FollowUp]) -> list[FollowUp]:
    stored = {row.id: row for row in reader.find(FollowUp, person_id=person_id, state=FollowUpState.OPEN)}
    return [row for row in {**stored, **after}.values() if row.state is FollowUpState.OPEN]


def _with_event(one: Active, history: History, today: date, start: date | None) -> tuple[History, date | None, bool]:
    """Return the history with a supposed event where nothing of the kind has happened, and the day of the event."""
    anchor = one.programme.anchor
    if anchor is Anchor.CUSTOM:
        begun = Event(kind=EventKind.STARTED, on=start or today, programme_id=one.programme.id)
        kept = tuple(event for event in history.events if event.programme_id != one.programme.id)
        return replace(history, events=(*kept, begun)), begun.on, start is None
    if anchor is Anchor.BIRTHDAY:
        days = [day for year in (today.year, today.year + 1) if (day := birthday_on(history.birthday, year))]
        return history, next((day for day in days if day >= today), None), False
    found = cycles(one.programme, one.chain, history, today)
    if found:
        return history, min(found[-1].anchors), False
    until = today + _DAYS_TO_DEMO if anchor is Anchor.BOOKING else None
    supposed = Event(kind=KIND_OF[anchor], on=today, until=until)
    plain = replace(one.programme, brand_id=None)
    if not cycles(plain, one.chain, replace(history, events=(supposed,)), today):
        return history, None, False
    return replace(history, events=(*history.events, supposed)), today, True


def contacts_ahead(reader: Reader, one: Active, today: date, now: datetime, *, days: int = 30) -> Ahead:
    """Return how many contacts a programme would plan for the coming days, from what has happened so far."""
    rules, last = contact_rules(reader), today + timedelta(days=days)
    people = concerned(reader, one, today, timedelta(days=days))
    contacts = reached = 0
    for person_id in people[:_MOST]:
        history = history_of(reader, person_id, rules)
        if history is None or not for_person(reader, [one], person_id, today):
            continue
        rows = planned_rows(reader, person_id)
        closed = {row.id for row in rows if row.state in (FollowUpState.DONE, FollowUpState.SKIPPED)}
        found = want([one], replace(history, interval=None, purchases=()), rows, rules, today=today, now=now)
        count = sum(
            wanted.row.due_on <= last and (wanted.row.expires_on or last) >= today and key not in closed
            for key, wanted in found.items()
        )
        contacts += count
        reached += bool(count)
    return Ahead(contacts, reached, len(people) > _MOST)
