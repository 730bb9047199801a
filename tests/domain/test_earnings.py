"""Rule D15: commission by class, steps, and steps that invert."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.earnings import (
    ClassRate,
    ClassSales,
    EarningPlan,
    EarningStep,
    Inversion,
    check_plan,
    coach_earnings,
    earn,
    inversions,
    plan_from,
    plan_text,
    step_at,
)
from directsell.domain.errors import DomainError

CLASSES = EarningPlan(
    currency="USD",
    classes=(
        ClassRate(name="clothing", ppm=450_000),
        ClassRate(name="fixed", ppm=200_000),
        ClassRate(name="regular", ppm=500_000),
        ClassRate(name="aids", ppm=0, counts=False),
    ),
)
STEPPED = EarningPlan(
    currency="USD",
    ppm=200_000,
    steps=(EarningStep(start=15000, ppm=300_000), EarningStep(start=28500, ppm=350_000)),
)


def sales(*amounts: int) -> list[ClassSales]:
    return [ClassSales("", amount) for amount in amounts]


def test_d15_commission_by_class() -> None:
    order = (("clothing", 10000), ("fixed", 20000), ("regular", 30000), ("aids", 40000))
    earnings = earn(CLASSES, [ClassSales(name, amount) for name, amount in order])
    assert (earnings.eligible, earnings.commission) == (60000, 23500)
    assert [row.commission for row in earnings.rows] == [4500, 4000, 15000, 0]
    assert [row.counts for row in earnings.rows] == [True, True, True, False]
    assert (earnings.sales, earnings.pay) == (100000, 76500)


@pytest.mark.parametrize(("order", "ppm", "pay"), [(26500, 300_000, 18550), (28500, 350_000, 18525)])
def test_d15_steps_can_invert(order: int, ppm: int, pay: int) -> None:
    earnings = earn(STEPPED, sales(order))
    assert (earnings.rows[0].ppm, earnings.pay) == (ppm, pay)


def test_d15_the_coach_says_that_more_costs_less() -> None:
    (nudge,) = coach_earnings(STEPPED, sales(26500))
    assert (nudge.missing, nudge.start, nudge.ppm, nudge.step) == (2000, 28500, 350_000, 1)
    assert (nudge.commission, nudge.extra_commission) == (9975, 9975 - 7950)
    assert (nudge.pay, nudge.extra_pay, nudge.inverts, nudge.falls) == (18525, -25, True, False)


def test_steps_of_the_seller_are_coached_the_nearest_first() -> None:
    first, second = coach_earnings(STEPPED, sales(10000))
    assert (first.missing, first.commission, first.inverts) == (5000, 4500, False)
    assert second.missing == 18500
    assert coach_earnings(STEPPED, sales(28500)) == ()


def test_sales_that_do_not_count_bring_no_step_nearer() -> None:
    plan = replace(STEPPED, classes=(ClassRate(name="", ppm=0, counts=False), ClassRate(name="aids", counts=False)))
    (first, _) = coach_earnings(plan, [ClassSales("", 90000), ClassSales("goods", 10000)])
    assert (first.missing, first.extra_commission) == (5000, 4500 - 2000)


def test_a_step_that_earns_less_is_named_as_well() -> None:
    plan = EarningPlan(currency="USD", ppm=500_000, steps=(EarningStep(start=10000, ppm=300_000),))
    (nudge,) = coach_earnings(plan, sales(9000))
    assert (nudge.falls, nudge.inverts, nudge.commission) == (True, False, 3000)


def test_d15_where_a_plan_inverts() -> None:
    found = inversions(STEPPED)
    assert found == (Inversion(0, 13126, 15000), Inversion(1, 26466, 28500))
    assert earn(STEPPED, sales(26466)).pay > earn(STEPPED, sales(28500)).pay
    assert earn(STEPPED, sales(26465)).pay <= earn(STEPPED, sales(28500)).pay
    assert inversions(replace(STEPPED, steps=())) == ()


def test_steps_begin_at_their_start() -> None:
    assert [step_at(STEPPED, amount) for amount in (0, 14999, 15000, 28499, 28500)] == [None, None, 0, 0, 1]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"currency": "XXX"}, "money.unknown_currency", "currency"),
        ({"ppm": -1}, "earnings.share_range", "ppm"),
        ({"steps": (EarningStep(start=0, ppm=1),)}, "earnings.step_order", "steps.0.start"),
        (
            {"steps": (EarningStep(start=5, ppm=1), EarningStep(start=5, ppm=2))},
            "earnings.step_order",
            "steps.1.start",
        ),
        ({"steps": (EarningStep(start=5, ppm=1_000_001),)}, "earnings.share_range", "steps.0.ppm"),
        ({"steps": tuple(EarningStep(start=n, ppm=1) for n in range(1, 42))}, "earnings.too_many", "steps"),
        ({"classes": (ClassRate(name="a"), ClassRate(name="a"))}, "earnings.class_twice", "classes.1.name"),
        ({"classes": (ClassRate(name="a", ppm=-1),)}, "earnings.share_range", "classes.0.ppm"),
    ],
)
def test_plans_that_make_no_sense(change: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(DomainError, match=code) as refused:
        check_plan(replace(STEPPED, **change))
    assert refused.value.field == field


def test_plans_survive_their_json() -> None:
    for plan in (CLASSES, STEPPED):
        assert plan_from(plan_text(plan)) == plan
    with pytest.raises(DomainError, match="earnings.unreadable"):
        plan_from("{}")


PLANS = st.builds(
    lambda ppm, steps: EarningPlan(
        currency="USD", ppm=ppm, steps=tuple(EarningStep(start=start, ppm=share) for start, share in sorted(steps))
    ),
    st.integers(0, 1_000_000),
    st.lists(st.tuples(st.integers(1, 50_000), st.integers(0, 1_000_000)), max_size=4, unique_by=lambda step: step[0]),
)


@given(PLANS, st.lists(st.integers(0, 20_000), max_size=4))
def test_the_coach_is_right_and_warns_exactly_where_it_must(plan: EarningPlan, amounts: list[int]) -> None:
    now = earn(plan, sales(*amounts))
    assert now.pay + now.commission == now.sales == sum(amounts)
    assert sum(row.commission for row in now.rows) == now.commission
    for nudge in coach_earnings(plan, sales(*amounts)):
        then = earn(plan, sales(*amounts, nudge.missing))
        assert (then.commission, then.pay, then.step) == (nudge.commission, nudge.pay, nudge.step)
        assert nudge.inverts == (then.pay < now.pay)


@given(PLANS, st.data())
def test_inversions_are_exactly_the_orders_that_cost_more_than_the_next_step(
    plan: EarningPlan, data: st.DataObject
) -> None:
    since = {found.step: found.since for found in inversions(plan)}
    lower = 0
    for index, step in enumerate(plan.steps):
        order = data.draw(st.integers(lower, step.start - 1))
        costs_more = earn(plan, sales(order)).pay > earn(plan, sales(step.start)).pay
        assert costs_more == (order >= since.get(index, step.start))
        lower = step.start
