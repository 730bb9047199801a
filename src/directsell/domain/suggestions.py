"""What may go with an order: goods bought together by others, what this person usually takes. No SQL, no words.

Association as in the literature on market baskets: *support* is how many orders hold both, *confidence* the share of the
orders with the one that hold the other, *lift* how much more often that is than by chance. Below the least counts nothing is
suggested: two or three orders prove nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from directsell.domain.follow_up_plans.history import Purchase
from directsell.domain.follow_up_plans.running_out import run_outs

LEAST_SUPPORT: Final = 3
LEAST_CONFIDENCE: Final = 0.15
LEAST_LIFT: Final = 1.3
LEAST_TIMES: Final = 3
MOST_SHOWN: Final = 3
_BEFORE_END: Final = timedelta(days=10)


class Why(StrEnum):
    """Why something is suggested."""

    WISH = "wish"
    DUE = "due"
    TOGETHER = "together"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Pair:
    """How often two products were bought together.

    Attributes:
        product_id: the other product.
        with_id: the product that is in the order.
        both: orders with both (support).
        with_one: orders with the product that is in the order.
        with_other: orders with the other one.
        orders: all orders.
    """

    product_id: UUID
    with_id: UUID
    both: int
    with_one: int
    with_other: int
    orders: int

    @property
    def confidence(self) -> float:
        """Share of the orders with the one that hold the other, 0 to 1."""
        return self.both / self.with_one if self.with_one else 0.0

    @property
    def lift(self) -> float:
        """How many times more often than by chance; 1 = no connection."""
        if not self.with_other or not self.orders:
            return 0.0
        return self.confidence / min(1.0, self.with_other / self.orders)

    @property
    def is_sound(self) -> bool:
        """There is enough to suggest it."""
        return self.both >= LEAST_SUPPORT and self.confidence >= LEAST_CONFIDENCE and self.lift >= LEAST_LIFT


@dataclass(frozen=True, slots=True)
class Habit:
    """A product that somebody buys: on how many days, when last, and when it will be used up (None: not known)."""

    product_id: UUID
    times: int
    last_on: date
    ends_on: date | None = None

    def is_due(self, today: date) -> bool:
        """It is used up, or will be within ten days (rule D19)."""
        return self.ends_on is not None and today >= self.ends_on - _BEFORE_END


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to offer. ``about`` is the product in the order (TOGETHER), ``last_on`` the last purchase (DUE, USUAL)."""

    product_id: UUID
    why: Why
    about: UUID | None = None
    last_on: date | None = None


def habits_of(purchases: Iterable[Purchase]) -> list[Habit]:
    """Return what purchases of one person show; several orders of one day count once."""
    known = list(purchases)
    days: dict[UUID, set[date]] = defaultdict(set)
    for purchase in known:
        days[purchase.product_id].add(purchase.on)
    ends = {end.product_id: end.ends_on for end in run_outs(known)}
    return [Habit(key, len(bought), max(bought), ends.get(key)) for key, bought in days.items()]


def choose(
    basket: Iterable[UUID],
    *,
    wishes: Iterable[UUID] = (),
    habits: Iterable[Habit] = (),
    pairs: Iterable[Pair] = (),
    today: date,
    most: int = MOST_SHOWN,
) -> tuple[Suggestion, ...]:
    """Return what to offer, the best first: wishes, what is due again, what goes together, what is usually taken.

    Args:
        basket: products in the order; they are never suggested.
        wishes: the wish list.
        habits: what the person buys repeatedly.
        pairs: association of products in the basket with others; the unsound ones are left out here.
        today: the day of the order.
        most: greatest number.
    """
    held = set(basket)
    known = sorted(habits, key=lambda habit: (-habit.times, habit.last_on, habit.product_id))
    sound = sorted(
        (pair for pair in pairs if pair.is_sound),
        key=lambda pair: (-pair.confidence * pair.lift, -pair.both, pair.product_id),
    )
    offered = [
        *(Suggestion(product_id, Why.WISH) for product_id in wishes),
        *(Suggestion(habit.product_id, Why.DUE, last_on=habit.last_on) for habit in known if habit.is_due(today)),
        *(Suggestion(pair.product_id, Why.TOGETHER, about=pair.with_id) for pair in sound),
        *(
            Suggestion(habit.product_id, Why.USUAL, last_on=habit.last_on)
            for habit in known
            if habit.times >= LEAST_TIMES
        ),
    ]
    chosen: dict[UUID, Suggestion] = {}
    for suggestion in offered:
        if suggestion.product_id not in held:
            chosen.setdefault(suggestion.product_id, suggestion)
    return tuple(list(chosen.values())[:most])
