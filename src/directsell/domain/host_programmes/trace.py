"""The steps that explain a reward one figure at a time, and their replay. No rules, no sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from directsell.domain.host_programmes.rules import Gift


class Figure(StrEnum):
    """Which figure of a reward a step changes."""

    SALES = "sales"
    BASE = "base"
    BUYERS = "buyers"
    BOOKINGS = "bookings"
    GUESTS = "guests"
    POINTS = "points"
    CREDIT = "credit"
    RIGHTS = "rights"
    GIFTS = "gifts"
    NOTHING = "nothing"


class StepCode(StrEnum):
    """Why a figure changed, or why it did not. The comment names the params."""

    ORDER_COUNTED = "order_counted"  # key, source
    ORDER_RETURNED = "order_returned"  # key, source
    RETURN_IGNORED = "return_ignored"  # key, amount
    ORDER_CANCELLED = "order_cancelled"  # key
    HOST_ORDER_EXCLUDED = "host_order_excluded"  # key
    OUTSIDE_EXCLUDED = "outside_excluded"  # key
    ORDER_TOO_LATE = "order_too_late"  # key, days, most
    NOTHING_QUALIFIES = "nothing_qualifies"  # key, amount (half-price, free and excluded goods)
    NOT_BELOW_ZERO = "not_below_zero"
    BUYERS_COUNTED = "buyers_counted"
    GUESTS_COUNTED = "guests_counted"
    BOOKING_COUNTED = "booking_counted"  # key, days
    BOOKING_CANCELLED = "booking_cancelled"  # key
    BOOKING_TOO_LATE = "booking_too_late"  # key, days, most
    BOOKING_MADE_LATE = "booking_made_late"  # key, days, most
    BOOKING_NOT_LATER = "booking_not_later"  # key
    BOOKING_UNPROVEN = "booking_unproven"  # key, proof
    BOOKING_ABOVE_MOST = "booking_above_most"  # key, most
    BASE_FROM_SALES = "base_from_sales"
    TAX_STRIPPED = "tax_stripped"
    FLOORED = "floored"
    POINTS_KEPT_DATE = "points_kept_date"
    POINTS_BOOKINGS = "points_bookings"  # count, each
    POINTS_GUESTS = "points_guests"  # count, each
    POINTS_SALES = "points_sales"  # units, each
    CONDITION_MET = "condition_met"  # measure, have, least
    CONDITION_UNMET = "condition_unmet"  # measure, have, least
    RUNG_REACHED = "rung_reached"  # ladder, rung, measure, have, start
    NO_RUNG = "no_rung"  # ladder, measure, have, start
    CREDIT_SHARE = "credit_share"  # ppm, base, count
    CREDIT_FIXED = "credit_fixed"  # each, count
    RIGHTS_GIVEN = "rights_given"  # each, count
    GIFT_GIVEN = "gift_given"  # name, each, count
    CREDIT_CAPPED = "credit_capped"  # cap
    RIGHTS_CAPPED = "rights_capped"  # cap
    EXPIRES = "expires"  # days
    PARENT_UNQUALIFIED = "parent_unqualified"
    CHILD_UNQUALIFIED = "child_unqualified"
    SHARED = "shared"  # hosts, position, total, and name for a gift
    CARRIED = "carried"  # on (the day of the demo at which it was left)


class Step(NamedTuple):
    """One step: why, which figure, by how much; ``params`` hold the numbers that a sentence names."""

    code: StepCode
    figure: Figure = Figure.NOTHING
    change: int = 0
    params: tuple[tuple[str, int | str], ...] = ()

    @property
    def values(self) -> dict[str, int | str]:
        """The params by name."""
        return dict(self.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures that a trace adds up to; the same fields as in a reward."""

    sales: int = 0
    base: int = 0
    buyers: int = 0
    bookings: int = 0
    guests: int = 0
    points: int = 0
    credit: int = 0
    rights: int = 0
    gifts: tuple[Gift, ...] = ()


def replay(trace: Iterable[Step]) -> Figures:
    """Return what the steps add up to. For every reward it is the reward: nothing in it is unexplained."""
    sums: dict[str, int] = {}
    gifts: list[Gift] = []
    for step in trace:
        if step.figure is Figure.GIFTS:
            gifts.append(Gift(name=str(step.values["name"]), quantity=step.change))
        elif step.figure is not Figure.NOTHING:
            sums[step.figure.value] = sums.get(step.figure.value, 0) + step.change
    return Figures(gifts=merged_gifts(gifts), **sums)


def merged_gifts(gifts: Iterable[Gift]) -> tuple[Gift, ...]:
    """Return gifts with one entry per name, in the order of their first appearance, without those that are 0."""
    quantities: dict[str, int] = {}
    for gift in gifts:
        quantities[gift.name] = quantities.get(gift.name, 0) + gift.quantity
    return tuple(Gift(name=name, quantity=quantity) for name, quantity in quantities.items() if quantity)
