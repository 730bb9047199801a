"""The score of a prospect: its weights, what is unknown, what to ask next; better answers never lower it."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.people import BudgetLevel, Decider, Fit, NeedLevel, Timing
from directsell.domain.qualification import MOST, POINTS, FactorKind, qualify

# Each factor from the worst to the best that is known.
BETTER: dict[str, tuple[StrEnum, ...]] = {
    "need": (NeedLevel.NO, NeedLevel.SOME, NeedLevel.STRONG),
    "budget": (BudgetLevel.NO, BudgetLevel.TIGHT, BudgetLevel.ENOUGH),
    "fit": (Fit.POOR, Fit.FAIR, Fit.GOOD),
    "decider": (Decider.OTHER, Decider.TOGETHER, Decider.SELF),
    "timing": (Timing.LATER, Timing.SOON, Timing.NOW),
}
LEVELS = st.fixed_dictionaries(
    {
        "need": st.sampled_from(list(NeedLevel)),
        "budget": st.sampled_from(list(BudgetLevel)),
        "fit": st.sampled_from(list(Fit)),
        "decider": st.sampled_from(list(Decider)),
        "timing": st.sampled_from(list(Timing)),
    }
)


def test_the_best_of_everything_is_a_hundred() -> None:
    best: dict[str, Any] = {name: levels[-1] for name, levels in BETTER.items()}
    made = qualify(**best)
    assert (made.score, made.reachable, made.ask_next) == (MOST, MOST, None)


def test_nobody_known_has_no_points_and_everything_to_ask() -> None:
    made = qualify()
    assert (made.score, made.reachable) == (0, 100)
    assert made.ask_next is FactorKind.NEED
    assert made.unknown == tuple(FactorKind)


def test_it_explains_itself() -> None:
    made = qualify(need=NeedLevel.SOME, budget=BudgetLevel.TIGHT, timing=Timing.SOON)
    assert [(f.kind.value, f.points, f.most, f.known) for f in made.factors] == [
        ("need", 15, 30, True),
        ("budget", 10, 20, True),
        ("fit", 0, 20, False),
        ("decider", 0, 15, False),
        ("timing", 10, 15, True),
    ]
    assert (made.score, made.reachable, made.ask_next) == (35, 70, FactorKind.FIT)


def test_every_level_has_points() -> None:
    levels = {FactorKind(name): set(known) for name, known in BETTER.items()}
    assert {kind: set(points) for kind, points in POINTS.items()} == levels


@given(LEVELS)
def test_it_lies_between_nothing_and_a_hundred_and_is_the_sum_of_its_factors(levels: dict[str, Any]) -> None:
    made = qualify(**levels)
    assert 0 <= made.score <= made.reachable <= MOST
    assert made.score == sum(factor.points for factor in made.factors)
    assert (made.ask_next is None) == all(levels.values())


@pytest.mark.parametrize("name", BETTER)
@given(levels=LEVELS)
def test_a_better_answer_never_lowers_it(name: str, levels: dict[str, Any]) -> None:
    made = [qualify(**{**levels, name: level}) for level in BETTER[name]]
    assert all(worse.score < better.score for worse, better in pairwise(made))
    unknown = qualify(**{**levels, name: type(BETTER[name][0])("")})
    assert all(unknown.score <= known.score and known.reachable <= unknown.reachable for known in made)
