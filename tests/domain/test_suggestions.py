"""What is offered with an order: only what is sound, never what is there, the best first."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.follow_up_plans.history import Purchase
from directsell.domain.suggestions import Habit, Pair, Suggestion, Why, choose, habits_of

TODAY = date(2026, 6, 15)
KEYS = [UUID(int=number) for number in range(1, 9)]
A, B, C, D, E = KEYS[:5]


def pair(other: UUID, both: int, one: int, with_other: int, orders: int = 1000) -> Pair:
    return Pair(other, A, both, one, with_other, orders)


@pytest.mark.parametrize(
    ("found", "sound"),
    [
        (pair(B, 3, 10, 50), True),
        (pair(B, 2, 2, 2), False),  # two orders prove nothing
        (pair(B, 10, 100, 20), False),  # one in ten is too rare
        (pair(B, 30, 100, 300), False),  # everybody buys it: no connection
        (pair(B, 40, 100, 300), True),
        (pair(B, 3, 0, 0, 0), False),
    ],
)
def test_what_is_sound(found: Pair, sound: bool) -> None:
    assert found.is_sound is sound


def test_confidence_and_lift() -> None:
    found = pair(B, 20, 50, 100, 1000)
    assert found.confidence == pytest.approx(0.4)
    assert found.lift == pytest.approx(4.0)


def test_the_order_of_offers() -> None:
    chosen = choose(
        [A],
        wishes=[A, B],
        habits=[Habit(C, 5, TODAY, TODAY + timedelta(days=9)), Habit(D, 4, TODAY), Habit(E, 2, TODAY)],
        pairs=[pair(D, 5, 10, 20), pair(B, 9, 10, 20), pair(KEYS[6], 2, 10, 20)],
        today=TODAY,
        most=9,
    )
    assert [(s.product_id, s.why) for s in chosen] == [(B, Why.WISH), (C, Why.DUE), (D, Why.TOGETHER)]
    assert chosen[2].about == A
    assert choose([], habits=[Habit(D, 3, TODAY), Habit(E, 2, TODAY)], today=TODAY) == (
        Suggestion(D, Why.USUAL, last_on=TODAY),
    )


def test_habits_follow_purchases() -> None:
    bought = [
        Purchase(product_id=A, on=TODAY - timedelta(days=day), quantity=Decimal(1), lasts_days=0)
        for day in (90, 60, 30)
    ] + [Purchase(product_id=B, on=TODAY - timedelta(days=50), quantity=Decimal(2), lasts_days=30)]
    habits = {habit.product_id: habit for habit in habits_of(bought)}
    assert (habits[A].times, habits[A].last_on) == (3, TODAY - timedelta(days=30))
    assert habits[A].is_due(TODAY)
    assert habits[B].ends_on == TODAY + timedelta(days=10)
    assert habits[B].is_due(TODAY)
    assert not habits[B].is_due(TODAY - timedelta(days=1))


@given(
    st.sets(st.sampled_from(KEYS)),
    st.lists(st.sampled_from(KEYS)),
    st.lists(st.builds(Habit, st.sampled_from(KEYS), st.integers(1, 9), st.just(TODAY), st.none() | st.just(TODAY))),
    st.lists(st.builds(Pair, st.sampled_from(KEYS), st.just(A), *[st.integers(0, 50)] * 4)),
)
def test_nothing_is_offered_twice_or_when_it_is_there(
    basket: set[UUID], wishes: list[UUID], habits: list[Habit], pairs: list[Pair]
) -> None:
    chosen = choose(basket, wishes=wishes, habits=habits, pairs=pairs, today=TODAY)
    ids = [suggestion.product_id for suggestion in chosen]
    assert len(ids) == len(set(ids)) <= 3
    assert not basket & set(ids)
