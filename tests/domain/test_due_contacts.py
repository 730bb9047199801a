"""Several reasons become one contact, a limit levels the load, and no reason is ever lost (rule D19)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.due_contacts import DueReason, plan_days

TODAY = date(2026, 3, 2)  # a Monday


def reason(
    number: int, person: int, days: int, *, expires: int | None = None, promised: bool = True, rank: int = 0
) -> DueReason:
    """A reason due some days from today, which makes sense until ``expires`` days from today."""
    return DueReason(
        id=UUID(int=number),
        person_id=UUID(int=person),
        due_on=TODAY + timedelta(days=days),
        expires_on=None if expires is None else TODAY + timedelta(days=expires),
        promised=promised,
        rank=rank,
    )


def people(plan_day: object) -> list[int]:
    return [contact.person_id.int for contact in plan_day.contacts]  # type: ignore[attr-defined]


def test_several_reasons_of_a_person_are_one_contact() -> None:
    plan = plan_days([reason(1, 7, 0), reason(2, 7, -1, promised=False), reason(3, 8, 0)], TODAY, 1, limit=0)
    first, second = plan.days[0].contacts
    assert (first.person_id.int, [r.id.int for r in first.reasons]) == (7, [2, 1])
    assert second.person_id.int == 8


def test_a_step_that_would_follow_at_once_is_dealt_with_in_the_same_contact_but_a_promise_keeps_its_day() -> None:
    steps = [reason(1, 7, 0), reason(2, 7, 2, promised=False), reason(3, 7, 1), reason(4, 7, 3, promised=False)]
    plan = plan_days(steps, TODAY, 5, limit=0)
    assert [[r.id.int for c in day.contacts for r in c.reasons] for day in plan.days] == [[1, 2], [3, 4], [], [], []]


def test_the_limit_moves_steps_of_programmes_on_but_never_promises() -> None:
    steps = [reason(n, n, 0, promised=n <= 2) for n in range(1, 7)]
    plan = plan_days(steps, TODAY, 3, limit=3)
    assert [people(day) for day in plan.days] == [[1, 2, 3], [4, 5, 6], []]
    assert [people(day) for day in plan_days(steps, TODAY, 1, limit=1).days] == [[1, 2]]


def test_contacts_already_made_take_places_of_the_first_day_only() -> None:
    steps = [reason(n, n, 0, promised=False) for n in range(1, 6)]
    plan = plan_days(steps, TODAY, 2, limit=3, made=2)
    assert [people(day) for day in plan.days] == [[1], [2, 3, 4]]
    assert [contact.person_id.int for contact in plan.waiting] == [5]


def test_what_makes_no_sense_any_more_is_told_and_gone() -> None:
    steps = [reason(1, 1, -9, expires=-2, promised=False), reason(2, 2, -1, expires=6, promised=False)]
    day = plan_days(steps, TODAY, 1, limit=0).days[0]
    assert (people(day), [r.id.int for r in day.expired]) == ([2], [1])


def test_the_one_that_expires_first_gets_the_place_among_equals() -> None:
    steps = [reason(1, 1, 0, expires=7, promised=False), reason(2, 2, 0, expires=1, promised=False)]
    assert people(plan_days(steps, TODAY, 1, limit=1).days[0]) == [2]


def test_programmes_rest_on_rest_days_but_promises_do_not() -> None:
    steps = [reason(1, 1, 0, promised=False), reason(2, 2, 0)]
    plan = plan_days(steps, TODAY, 2, limit=0, rest_days={0})
    assert [people(day) for day in plan.days] == [[2], [1]]


REASONS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(-10, 9), st.none() | st.integers(0, 8), st.booleans(), st.integers(0, 2)),
    max_size=25,
).map(
    lambda rows: [
        reason(n, person, days, expires=None if life is None else days + life, promised=promised, rank=rank)
        for n, (person, days, life, promised, rank) in enumerate(rows, start=1)
    ]
)


@given(REASONS, st.integers(0, 4), st.integers(0, 3), st.sets(st.integers(0, 6), max_size=3))
def test_no_reason_is_lost_or_doubled_and_no_person_is_asked_for_twice_a_day(
    reasons: list[DueReason], limit: int, made: int, rest_days: set[int]
) -> None:
    plan = plan_days(reasons, TODAY, 7, limit=limit, made=made, rest_days=rest_days)
    found = [r for day in plan.days for c in day.contacts for r in c.reasons]
    expired = [r for day in plan.days for r in day.expired]
    waiting = [r for c in plan.waiting for r in c.reasons]
    wanted = [r for r in reasons if r.due_on < TODAY + timedelta(days=7)]
    assert Counter([*found, *expired, *waiting]) == Counter(wanted)
    for day in plan.days:
        assert max(Counter(people(day)).values(), default=1) == 1
        assert all(r.expires_on is not None and r.expires_on < day.day for r in day.expired)


@given(REASONS, st.integers(1, 4), st.integers(0, 3))
def test_programmes_never_exceed_the_daily_limit(reasons: list[DueReason], limit: int, made: int) -> None:
    plan = plan_days(reasons, TODAY, 7, limit=limit, made=made)
    for number, day in enumerate(plan.days):
        promised = sum(c.promised for c in day.contacts)
        places = max(0, limit - (made if number == 0 else 0))
        assert len(day.contacts) <= max(places, promised)


@given(st.data(), REASONS, st.integers(0, 4))
def test_the_order_in_which_reasons_are_given_does_not_matter(
    data: st.DataObject, reasons: list[DueReason], limit: int
) -> None:
    shuffled = data.draw(st.permutations(reasons))
    assert plan_days(shuffled, TODAY, 7, limit=limit) == plan_days(reasons, TODAY, 7, limit=limit)


@given(REASONS)
def test_without_a_limit_every_promise_is_kept_on_its_day(reasons: list[DueReason]) -> None:
    plan = plan_days(reasons, TODAY, 7, limit=0)
    for day in plan.days:
        for contact in day.contacts:
            for one in contact.reasons:
                assert not one.promised or max(one.due_on, TODAY) == day.day
