"""From a chain and what happened to dated steps: which event counts, and what later events move or stop (rule D19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from directsell.domain.follow_up_plans.history import Event, EventKind, Goods, History
from directsell.domain.follow_up_plans.steps import Chain, Effect, Step, due_day, in_order
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme

KIND_OF: dict[Anchor, EventKind] = {
    Anchor.DELIVERY: EventKind.DELIVERY,
    Anchor.SALE: EventKind.ORDER,
    Anchor.DEMO: EventKind.DEMO,
    Anchor.BOOKING: EventKind.BOOKING,
    Anchor.LEAD: EventKind.LEAD,
    Anchor.BIRTHDAY: EventKind.BIRTHDAY,
    Anchor.SAMPLE: EventKind.SAMPLE,
    Anchor.LAST_CONTACT: EventKind.CONTACT,
    Anchor.LAST_ORDER: EventKind.ORDER,
    Anchor.CUSTOM: EventKind.STARTED,
}
# Of these each event has steps of its own; of all others a new one takes the place of the one before.
_SEVERAL = frozenset({Anchor.BOOKING, Anchor.BIRTHDAY, Anchor.SAMPLE})
_CONTACTS = frozenset({EventKind.CONTACT, EventKind.RETURN})
_TOUCHES = _CONTACTS | {EventKind.ORDER}


@dataclass(frozen=True, slots=True)
class Dated:
    """A step with its day. ``base`` is the day of the event, ``anchor`` the day from which it counts by now."""

    step: Step
    base: date
    anchor: date
    due: date
    until: date | None
    order_id: UUID | None
    demo_id: UUID | None
    goods: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """The steps that follow one event, and every day from which they ever counted."""

    steps: tuple[Dated, ...]
    anchors: frozenset[date]


def cycles(programme: FollowUpProgramme, chain: Chain, history: History, today: date) -> list[Cycle]:
    """Return what follows the events that count for a programme; later contacts, orders and returns are worked in."""
    brand = "" if programme.brand_id is None else str(programme.brand_id)
    events = [event for event in _events(programme, history, today) if _of_brand(event, brand)]
    groups: dict[tuple[date, date | None], list[Event]] = defaultdict(list)
    for event in events:
        groups[event.on, event.until].append(event)
    keys = sorted(groups, key=lambda key: (key[0], key[1] or key[0]))
    if programme.anchor not in _SEVERAL:
        keys = keys[-1:]
    if programme.anchor is Anchor.CUSTOM:
        chain = _fixed(chain)
    later = [event for event in history.events if event.kind in _CONTACTS or _is_order(event, brand)]
    return [_cycle(chain, groups[key], later) for key in keys]


def _fixed(chain: Chain) -> Chain:
    """Return a chain whose steps stay on their days: the chosen day of a start by hand is known from the steps only."""
    keep = {Effect.RECOUNT: Effect.KEEP}
    return replace(
        chain,
        on_contact=keep.get(chain.on_contact, chain.on_contact),
        on_order=keep.get(chain.on_order, chain.on_order),
    )


def birthday_on(birthday: str, year: int) -> date | None:
    """Return the birthday of a year (1 March for those born on 29 February in years without it); None for no day."""
    try:
        month, day = int(birthday[-5:-3]), int(birthday[-2:])
        if (month, day) == (2, 29):
            return date.fromordinal(date(year, 2, 28).toordinal() + 1)
        return date(year, month, day)
    except ValueError:
        return None


def _events(programme: FollowUpProgramme, history: History, today: date) -> Iterator[Event]:
    kind = KIND_OF[programme.anchor]
    if kind is EventKind.BIRTHDAY:
        for year in (today.year - 1, today.year, today.year + 1):
            day = birthday_on(history.birthday, year)
            if day is not None:
                yield Event(kind=kind, on=day)
        return
    for event in history.events:
        if event.kind is kind and event.programme_id in (None, programme.id):
            yield event


def _of_brand(event: Event, brand: str) -> bool:
    return (
        not brand or event.kind in (EventKind.BIRTHDAY, EventKind.STARTED) or any(g.brand == brand for g in event.goods)
    )


def _is_order(event: Event, brand: str) -> bool:
    return event.kind is EventKind.ORDER and _of_brand(event, brand)


def _cycle(chain: Chain, events: list[Event], later: Iterable[Event]) -> Cycle:
    base, until = events[0].on, events[0].until
    orders = sorted(event.order_id for event in events if event.order_id is not None)
    demos = sorted(event.demo_id for event in events if event.demo_id is not None)
    goods = tuple(sorted({item for event in events for item in event.goods}))
    after: dict[date, set[EventKind]] = defaultdict(set)
    for event in later:
        if event.on > base:
            after[event.on].add(event.kind)
    live = [(step, base, due_day(step, base, until)) for step in in_order(chain)]
    if any(kinds & _TOUCHES for kinds in after.values()):
        live = [found for found in live if not found[0].only_if_quiet]
    anchors = {base} | ({until} if until is not None else set())
    for day in sorted(after):
        effects = _effects(chain, after[day])
        if Effect.STOP in effects:
            live = []
        elif Effect.RECOUNT in effects:
            anchors.add(day)
            live = [_recounted(step, anchor, due, day) for step, anchor, due in live if due > day]
    steps = tuple(
        Dated(
            step,
            base,
            until if step.is_before and until is not None else anchor,
            due,
            until,
            orders[-1] if orders else None,
            demos[-1] if demos else None,
            goods,
        )
        for step, anchor, due in live
    )
    return Cycle(steps, frozenset(anchors))


def _effects(chain: Chain, kinds: set[EventKind]) -> set[Effect]:
    found = {chain.on_contact} if kinds & _CONTACTS else set()
    return found | {chain.on_order} if EventKind.ORDER in kinds else found


def _recounted(step: Step, anchor: date, due: date, day: date) -> tuple[Step, date, date]:
    """Count a step from a later day; what lies before an event keeps its day."""
    return (step, anchor, due) if step.is_before else (step, day, due_day(step, day))
