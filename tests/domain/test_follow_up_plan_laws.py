"""What holds for every programme, whatever happens in whatever order (rule D19)."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.contact_choices import Reason
from directsell.domain.follow_up_plans.anchors import cycles
from directsell.domain.follow_up_plans.history import Event, EventKind, Goods, History, Purchase
from directsell.domain.follow_up_plans.planning import Active, Changes, plan, want
from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.domain.follow_up_plans.steps import Chain, Effect, Step, Unit, chain_text
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.domain.followups import FollowUp, FollowUpState

START = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AMY = UUID(int=1)
_KINDS = [kind for kind in EventKind if kind not in (EventKind.BIRTHDAY, EventKind.STARTED)]

days = st.integers(0, 150).map(lambda number: START + timedelta(days=number))
goods = st.lists(st.integers(1, 3).map(lambda n: Goods(id=str(UUID(int=n)), name=f"P{n}", text=f"T{n}")), max_size=2)


@st.composite
def an_event(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(_KINDS))
    on = draw(days)
    until = on + timedelta(days=draw(st.integers(0, 40))) if kind is EventKind.BOOKING else None
    order = UUID(int=draw(st.integers(1, 9))) if kind in (EventKind.ORDER, EventKind.DELIVERY) else None
    return Event(kind=kind, on=on, until=until, order_id=order, goods=tuple(draw(goods)))


@st.composite
def a_programme(draw: st.DrawFn, number: int) -> Active:
    anchor = draw(st.sampled_from([anchor for anchor in Anchor if anchor is not Anchor.CUSTOM]))
    least = -20 if anchor in (Anchor.BOOKING, Anchor.BIRTHDAY) else 0
    steps = tuple(
        Step(
            key=f"s{place}",
            count=draw(st.integers(least, 30)),
            unit=draw(st.sampled_from(Unit)) if least == 0 else Unit.DAYS,
            reason=draw(st.sampled_from([Reason.AFTER_DELIVERY, Reason.WISH])),
            text=f"Words {place}",
            with_products=draw(st.booleans()),
            expires_days=draw(st.integers(0, 20)),
            only_if_quiet=draw(st.booleans()),
        )
        for place in range(draw(st.integers(1, 4)))
    )
    chain = Chain(steps=steps, on_contact=draw(st.sampled_from(Effect)), on_order=draw(st.sampled_from(Effect)))
    record = FollowUpProgramme(
        id=UUID(int=100 + number), name="x", anchor=anchor, steps=chain_text(chain), rank=number, created_at=NOW
    )
    return Active(record, chain)


programmes = st.integers(1, 3).flatmap(lambda count: st.tuples(*(a_programme(number) for number in range(count))))
histories = st.builds(
    lambda events, purchases, interval, birthday: History(
        person_id=AMY,
        since=START,
        events=tuple(events),
        purchases=tuple(purchases),
        interval=interval,
        birthday=birthday,
    ),
    st.lists(an_event(), max_size=7),
    st.lists(
        st.builds(
            Purchase,
            product_id=st.integers(1, 2).map(lambda n: UUID(int=n)),
            on=days,
            quantity=st.integers(1, 4).map(Decimal),
            lasts_days=st.integers(1, 90),
        ),
        max_size=4,
    ),
    st.none() | st.integers(1, 60),
    st.sampled_from(["", "1980-02-29", "--03-15"]),
)
settings = st.builds(
    ContactRules, quiet_days=st.lists(st.integers(0, 6), max_size=3, unique=True).map(lambda found: tuple(found))
)
closing = st.lists(st.sampled_from([FollowUpState.DONE, FollowUpState.SKIPPED, None]), max_size=6)


def lived(
    some: tuple[Active, ...], history: History, rules: ContactRules, today: date, ends: list[FollowUpState | None]
) -> dict[UUID, FollowUp]:
    """Plan event by event, day by day, closing some follow-ups on the way, as a seller does."""
    rows: dict[UUID, FollowUp] = {}
    for day in sorted({event.on for event in history.events if event.on <= today} | {today}):
        known = replace(history, events=tuple(event for event in history.events if event.on <= day))
        rows.update({row.id: row for row in plan(some, known, rows.values(), rules, today=day, now=NOW).rows})
        due = sorted(
            (r for r in rows.values() if r.state is FollowUpState.OPEN and r.due_on <= day), key=lambda r: r.id
        )
        for row, state in zip(due, ends, strict=False):
            if state is not None:
                rows[row.id] = replace(row, state=state, closed_at=NOW)
    return rows


@given(programmes, histories, settings, days, closing)
def test_a_programme_never_plans_two_contacts_for_one_person_on_one_day(
    some: tuple[Active, ...],
    history: History,
    rules: ContactRules,
    today: date,
    ends: list[FollowUpState | None],
) -> None:
    rows = lived(some, history, rules, today, ends)
    left = {row.id: row for row in plan(some, history, rows.values(), rules, today=today, now=NOW).rows}
    opened = [row for row in {**rows, **left}.values() if row.state is FollowUpState.OPEN and row.programme_id]
    assert max(Counter((row.programme_id, row.due_on) for row in opened).values(), default=0) <= 1


@given(programmes, histories, settings, days)
def test_no_reason_is_lost(some: tuple[Active, ...], history: History, rules: ContactRules, today: date) -> None:
    rows = [wanted.row for wanted in want(some, history, (), rules, today=today, now=NOW).values()]
    for one in some:
        steps = [dated.step for cycle in cycles(one.programme, one.chain, history, today) for dated in cycle.steps]
        mine = [row for row in rows if row.programme_id == one.programme.id]
        held = Counter((part.partition("@")[0], row.reason) for row in mine for part in row.step.split("+"))
        assert set(held) == {(step.key, step.reason) for step in steps}
        for row in mine:
            for part in row.step.split("+"):
                words = next(step.text for step in steps if step.key == part.partition("@")[0])
                assert words in row.text.splitlines()


@given(programmes, histories, settings, days, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_told_does_not_matter(
    some: tuple[Active, ...], history: History, rules: ContactRules, today: date, dice: random.Random
) -> None:
    events, purchases, listed = list(history.events), list(history.purchases), list(some)
    for pile in (events, purchases, listed):
        dice.shuffle(pile)
    other = replace(history, events=tuple(events), purchases=tuple(purchases))
    once = plan(some, history, (), rules, today=today, now=NOW)
    assert plan(listed, other, (), rules, today=today, now=NOW) == once


@given(programmes, histories, settings, days, closing)
def test_planning_twice_changes_nothing(
    some: tuple[Active, ...],
    history: History,
    rules: ContactRules,
    today: date,
    ends: list[FollowUpState | None],
) -> None:
    rows = lived(some, history, rules, today, ends)
    rows.update({row.id: row for row in plan(some, history, rows.values(), rules, today=today, now=NOW).rows})
    assert plan(some, history, rows.values(), rules, today=today, now=NOW) == Changes()


@given(programmes, histories, settings, days, closing)
def test_what_is_done_keeps_its_result_and_nothing_open_is_over(
    some: tuple[Active, ...],
    history: History,
    rules: ContactRules,
    today: date,
    ends: list[FollowUpState | None],
) -> None:
    rows = lived(some, history, rules, today, ends)
    changes = plan(some, history, rows.values(), rules, today=today, now=NOW)
    closed = {row.id for row in rows.values() if row.state in (FollowUpState.DONE, FollowUpState.SKIPPED)}
    assert not closed & {row.id for row in changes.rows}
    assert len({row.id for row in changes.rows}) == len(changes.rows)
    rows.update({row.id: row for row in changes.rows})
    assert not [
        row
        for row in rows.values()
        if row.state is FollowUpState.OPEN and row.expires_on is not None and row.expires_on < today
    ]
