"""What is to be planned, closed or opened again for one person (rule D19): pure, the same in whatever order things are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from directsell.domain.contact_choices import Channel, Reason
from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.anchors import Cycle, Dated, cycles
from directsell.domain.follow_up_plans.history import EventKind, Goods, History
from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.domain.follow_up_plans.running_out import run_outs
from directsell.domain.follow_up_plans.steps import EXPIRES_DAYS, Chain, Step, chain_of
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.ids import named_id

# What depends on the day and not on an event is planned so many days ahead.
AHEAD = timedelta(days=14)
BY_THE_DAY = frozenset({Anchor.BIRTHDAY, Anchor.LAST_CONTACT, Anchor.LAST_ORDER})
_CLOSED = (FollowUpState.DONE, FollowUpState.SKIPPED)
_IN_TOUCH = (EventKind.CONTACT, EventKind.ORDER, EventKind.DELIVERY, EventKind.DEMO)
_DAY = timedelta(days=1)
_LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Active:
    """A programme with its chain."""

    programme: FollowUpProgramme
    chain: Chain


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be stored: new follow-ups, and those that change (closed, opened again, other words or day)."""

    new: tuple[FollowUp, ...] = ()
    changed: tuple[FollowUp, ...] = ()

    @property
    def rows(self) -> tuple[FollowUp, ...]:
        """All of them."""
        return self.new + self.changed


@dataclass(frozen=True, slots=True)
class Wanted:
    """A follow-up as it should be; ``now`` = it is to be made if it is not there (not too late, not too far ahead)."""

    row: FollowUp
    now: bool


def active(programmes: Iterable[FollowUpProgramme]) -> tuple[Active, ...]:
    """Return programmes with their chains read, in their order of rank; steps that a newer program wrote are left alone."""
    found = []
    for programme in sorted(programmes, key=lambda programme: (programme.rank, programme.id)):
        with suppress(DomainError):
            found.append(Active(programme, chain_of(programme.steps)))
    return tuple(found)


def plan(
    programmes: Iterable[Active],
    history: History,
    existing: Iterable[FollowUp],
    rules: ContactRules,
    *,
    today: date,
    now: datetime,
    before: Iterable[Active] = (),
) -> Changes:
    """Return what has to change so that a person's follow-ups are what the programmes ask for.

    Args:
        programmes: those that are switched on.
        history: what happened to the person.
        existing: follow-ups of the person that were ever planned by a programme (``anchor_on`` is set).
        rules: the seller's settings.
        today: the calendar day.
        now: the instant for new and closed ones.
        before: programmes as they were until now, when they were altered: what still stands as they planned it follows.
    """
    known = {row.id: row for row in existing}
    wanted = want(programmes, history, known.values(), rules, today=today, now=now)
    once = want(before, history, known.values(), rules, today=today, now=now) if before else {}
    new, changed = [], []
    for key, one in wanted.items():
        have = known.get(key)
        if have is None:
            if one.now:
                new.append(one.row)
            continue
        row = _kept(have, one, once.get(key), today, now)
        if row != have:
            changed.append(row)
    for key, have in known.items():
        if key not in wanted and have.state is FollowUpState.OPEN:
            changed.append(_closed(have, today, now))
    return Changes(tuple(sorted(new, key=_by_day)), tuple(sorted(changed, key=_by_day)))


def _by_day(row: FollowUp) -> tuple[date, UUID]:
    return row.due_on, row.id


def _closed(row: FollowUp, today: date, now: datetime) -> FollowUp:
    late = row.expires_on is not None and row.expires_on < today
    return replace(row, state=FollowUpState.EXPIRED if late else FollowUpState.SUPERSEDED, closed_at=now)


def _kept(have: FollowUp, one: Wanted, once: Wanted | None, today: date, now: datetime) -> FollowUp:
    """Return what becomes of a stored follow-up that is still wanted; what the seller changed in it stays."""
    want = one.row
    if have.state in _CLOSED:
        return have
    if have.state is not FollowUpState.OPEN:
        return replace(want, created_at=have.created_at) if one.now else have
    if have.expires_on is not None and have.expires_on < today:
        return _closed(have, today, now)
    found = have
    if once is not None and have.due_on == once.row.due_on:
        found = replace(found, due_on=want.due_on, expires_on=want.expires_on)
    if have.step != want.step or (once is not None and have.text == once.row.text):
        found = replace(found, step=want.step, text=want.text)
    if once is not None and have.channel is once.row.channel:
        found = replace(found, channel=want.channel, reason=want.reason)
    return found


def want(
    programmes: Iterable[Active],
    history: History,
    existing: Iterable[FollowUp],
    rules: ContactRules,
    *,
    today: date,
    now: datetime,
) -> dict[UUID, Wanted]:
    """Return every follow-up that should be there by now, by id; arguments as for ``plan``."""
    if history.is_out:
        return {}
    by_programme: dict[UUID | None, list[FollowUp]] = defaultdict(list)
    for row in existing:
        by_programme[row.programme_id].append(row)
    found: dict[UUID, Wanted] = {}
    for one in programmes:
        steps: list[Dated] = []
        for cycle in cycles(one.programme, one.chain, history, today):
            steps += _left(cycle, by_programme[one.programme.id])
        for row in _rows(one.programme, steps, history.person_id, rules, now):
            found[row.id] = Wanted(row, _makes_sense(row, one.programme.anchor, today))
    for wanted in (*_running_out(history, rules, today, now), *_interval(history, rules, today, now)):
        found[wanted.row.id] = wanted
    return found


def _left(cycle: Cycle, rows: list[FollowUp]) -> list[Dated]:
    """Return the steps of a cycle that were not taken; what is done keeps its result and does not come again."""
    taken = {key for row in rows if row.state in _CLOSED for key, anchor in _members(row) if anchor in cycle.anchors}
    return [dated for dated in cycle.steps if dated.step.key not in taken]


def _members(row: FollowUp) -> list[tuple[str, date | None]]:
    """Return the steps that a follow-up stands for, each with the day it counts from (``key`` or ``key@day``)."""
    parts = (part.partition("@") for part in row.step.split("+"))
    return [(key, date.fromisoformat(day) if day else row.anchor_on) for key, _at, day in parts]


def _makes_sense(row: FollowUp, anchor: Anchor, today: date) -> bool:
    if row.expires_on is not None and row.expires_on < today:
        return False
    return anchor not in BY_THE_DAY or row.due_on <= today + AHEAD


def _rows(
    programme: FollowUpProgramme, steps: list[Dated], person_id: UUID, rules: ContactRules, now: datetime
) -> list[FollowUp]:
    """Return one follow-up for each day; steps of one reason that meet on a day become one, others move on a day."""
    by_day: dict[date, FollowUp] = {}
    for dated in sorted(steps, key=lambda d: (d.due, d.base, d.until or d.base, d.step.key)):
        row = _row(programme, dated, person_id, rules, now)
        while (there := by_day.get(row.due_on)) is not None and there.reason is not row.reason:
            row = replace(row, due_on=rules.allowed(row.due_on + _DAY))
            row = replace(row, expires_on=max(row.expires_on or row.due_on, row.due_on))
        by_day[row.due_on] = row if there is None else _merged(there, row)
    return list(by_day.values())


def _merged(first: FollowUp, second: FollowUp) -> FollowUp:
    members = [key if anchor == first.anchor_on else f"{key}@{anchor}" for key, anchor in _members(second)]
    keys = dict.fromkeys([*first.step.split("+"), *members])
    ends = [day for day in (first.expires_on, second.expires_on) if day is not None]
    return replace(
        first, step="+".join(keys), text=_joined([first.text, second.text]), expires_on=max(ends) if ends else None
    )


def _row(programme: FollowUpProgramme, dated: Dated, person_id: UUID, rules: ContactRules, now: datetime) -> FollowUp:
    step = dated.step
    due = rules.allowed(dated.due, back=step.is_before)
    expires = due + timedelta(days=step.expires_days)
    if step.is_before:
        expires = max(due, min(expires, dated.until or dated.base))
    only = dated.goods[0].id if len(dated.goods) == 1 else ""
    return FollowUp(
        id=named_id(
            "step", programme.id, step.key, person_id, _text(dated.base), _text(dated.until), _text(dated.anchor)
        ),
        person_id=person_id,
        due_on=due,
        reason=step.reason,
        channel=step.channel,
        text=words_for(step, dated.goods),
        order_id=dated.order_id,
        demo_id=dated.demo_id,
        product_id=UUID(only) if only else None,
        programme_id=programme.id,
        step=step.key,
        anchor_on=dated.anchor,
        expires_on=expires,
        created_at=now,
    )


def _text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def words_for(step: Step, goods: Iterable[Goods]) -> str:
    """Return the words of a step for somebody who got these goods."""
    got = list(goods)
    by_product = {words.product: words.text for words in step.words if words.product}
    by_category = {words.category.strip().casefold(): words.text for words in step.words if words.category.strip()}
    found = [by_product[item.id] for item in got if item.id in by_product]
    found += [
        by_category[item.category.strip().casefold()]
        for item in got
        if item.id not in by_product and item.category.strip().casefold() in by_category
    ]
    if not found:
        found = [step.text]
    if step.with_products:
        found += [f"{item.name}: {item.text}" for item in got if item.text.strip()]
    return _joined(found)


def _joined(texts: Iterable[str]) -> str:
    lines = dict.fromkeys(line for text in texts for line in text.strip().splitlines() if line.strip())
    return "\n".join(lines)[:_LONGEST_TEXT]


def _running_out(history: History, rules: ContactRules, today: date, now: datetime) -> Iterable[Wanted]:
    for end in run_outs(history.purchases):
        due = max(end.ends_on - timedelta(days=rules.run_out_days), end.last_on + _DAY)
        expires = max(end.ends_on, due) + timedelta(days=EXPIRES_DAYS)
        row = FollowUp(
            id=named_id("run_out", history.person_id, end.product_id, _text(end.last_on)),
            person_id=history.person_id,
            due_on=rules.allowed(max(due, min(today, expires))),  # what is found late is due today, not long ago
            reason=Reason.RUN_OUT,
            text=end.text.strip(),
            product_id=end.product_id,
            anchor_on=end.last_on,
            expires_on=expires,
            created_at=now,
        )
        yield Wanted(row, expires >= today)


def _interval(history: History, rules: ContactRules, today: date, now: datetime) -> Iterable[Wanted]:
    if not history.interval:
        return
    days = history.days_of(_IN_TOUCH) | ({history.asked_on} if history.asked_on is not None else set())
    last = max((day for day in days if day <= today), default=history.since)
    due = last + timedelta(days=history.interval)
    row = FollowUp(
        id=named_id("interval", history.person_id, _text(last)),
        person_id=history.person_id,
        due_on=rules.allowed(max(due, today)),
        reason=Reason.INTERVAL,
        channel=Channel.CALL,
        anchor_on=last,
        created_at=now,
    )
    yield Wanted(row, due <= today + AHEAD)
