"""Qualification: how promising a prospect is, as points that explain themselves, and what to ask next. No people's data.

The weights, of 100 points: who needs nothing buys nothing, so the need weighs most; then money and fit; then who decides
and when.

=========  ====  =====================================================
factor     most  points
=========  ====  =====================================================
need         30  strong 30, some 15, none 0
budget       20  enough 20, tight 10, none 0
fit          20  good 20, fair 10, poor 0
decider      15  alone 15, together 10, somebody else 5
timing       15  now 15, in the next months 10, some day 3
=========  ====  =====================================================

What is not known yet gives no points, and says how many it could still give: a score of 30 of which 50 are unknown is
another thing than a score of 30 with everything known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from directsell.domain.people import BudgetLevel, Decider, Fit, NeedLevel, Person, Timing


class FactorKind(StrEnum):
    """What a prospect is judged by, the weightiest first."""

    NEED = "need"
    BUDGET = "budget"
    FIT = "fit"
    DECIDER = "decider"
    TIMING = "timing"


POINTS: Mapping[FactorKind, Mapping[StrEnum, int]] = {
    FactorKind.NEED: {NeedLevel.STRONG: 30, NeedLevel.SOME: 15, NeedLevel.NO: 0},
    FactorKind.BUDGET: {BudgetLevel.ENOUGH: 20, BudgetLevel.TIGHT: 10, BudgetLevel.NO: 0},
    FactorKind.FIT: {Fit.GOOD: 20, Fit.FAIR: 10, Fit.POOR: 0},
    FactorKind.DECIDER: {Decider.SELF: 15, Decider.TOGETHER: 10, Decider.OTHER: 5},
    FactorKind.TIMING: {Timing.NOW: 15, Timing.SOON: 10, Timing.LATER: 3},
}
MOST = 100


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing a prospect is judged by: what is known of it, its points and the most it can give."""

    kind: FactorKind
    level: StrEnum
    points: int
    most: int

    @property
    def known(self) -> bool:
        """The seller has found it out."""
        return bool(self.level)


@dataclass(frozen=True, slots=True)
class Qualification:
    """How promising a prospect is: ``score`` points of 100, and ``reachable`` when all that is unknown were for the best."""

    factors: tuple[Factor, ...]

    @property
    def score(self) -> int:
        """Points of what is known, 0 to 100."""
        return sum(factor.points for factor in self.factors)

    @property
    def reachable(self) -> int:
        """Points if everything still unknown turned out best."""
        return sum(factor.points if factor.known else factor.most for factor in self.factors)

    @property
    def unknown(self) -> tuple[FactorKind, ...]:
        """What is not known yet, the weightiest first."""
        return tuple(factor.kind for factor in self.factors if not factor.known)

    @property
    def ask_next(self) -> FactorKind | None:
        """What to find out next: of what is unknown, what weighs most; None when everything is known."""
        return next(iter(self.unknown), None)


def qualify(
    *,
    need: NeedLevel = NeedLevel.UNKNOWN,
    budget: BudgetLevel = BudgetLevel.UNKNOWN,
    fit: Fit = Fit.UNKNOWN,
    decider: Decider = Decider.UNKNOWN,
    timing: Timing = Timing.UNKNOWN,
) -> Qualification:
    """Return how promising somebody is, from the five levels."""
    levels: Mapping[FactorKind, StrEnum] = {
        FactorKind.NEED: need,
        FactorKind.BUDGET: budget,
        FactorKind.FIT: fit,
        FactorKind.DECIDER: decider,
        FactorKind.TIMING: timing,
    }
    return Qualification(
        tuple(
            Factor(kind, level, POINTS[kind].get(level, 0), max(POINTS[kind].values()))
            for kind, level in levels.items()
        )
    )


@cache
def points_of(need: NeedLevel, budget: BudgetLevel, fit: Fit, decider: Decider, timing: Timing) -> tuple[int, int]:
    """Return score and what is reachable, for many people at once: there are only a thousand different answers."""
    made = qualify(need=need, budget=budget, fit=fit, decider=decider, timing=timing)
    return made.score, made.reachable


def qualification_of(person: Person) -> Qualification:
    """Return how promising a person is."""
    return qualify(
        need=person.need_level,
        budget=person.budget_level,
        fit=person.fit,
        decider=person.decider,
        timing=person.timing,
    )
