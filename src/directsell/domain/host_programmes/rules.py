"""The rules of a host programme as values that a screen edits and JSON keeps (rules D7-D11). Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Limits of what a screen can show and a host can understand; also what an imported programme may hold.
MAX_LADDERS: Final = 12
MAX_RUNGS: Final = 40
MAX_DAYS: Final = 3_660
MAX_RIGHTS: Final = 100


class Measure(StrEnum):
    """What a ladder or a condition counts. Sales are minor units, all others are numbers of something."""

    SALES = "sales"
    BUYERS = "buyers"
    BOOKINGS = "bookings"
    GUESTS = "guests"
    POINTS = "points"


class Threshold(StrEnum):
    """Which sales the limits of a programme mean: as sold, or what is left when the tax inside is taken out."""

    AS_SOLD = "as_sold"
    WITHOUT_TAX = "without_tax"


class BookingProof(StrEnum):
    """What a new party must have reached before it counts."""

    BOOKED = "booked"
    HELD = "held"
    QUALIFIED = "qualified"


class UnspentFate(StrEnum):
    """What happens with credit that the host has not spent at the close (rule D9)."""

    LOST = "lost"
    KEPT = "kept"
    POOLED = "pooled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """Something given for nothing: a name that the company uses for it, and how many pieces."""

    name: str
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """What a host gets. All parts add up.

    Args:
        credit_ppm: credit as a share of the credit base (10 % = 100_000).
        credit: credit as a fixed amount in minor units.
        rights: half-price rights.
        gifts: what is given for nothing.
    """

    credit_ppm: int = 0
    credit: int = 0
    rights: int = 0
    gifts: tuple[Gift, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """From ``start`` on (inclusive, in what the ladder measures) the host gets the benefit.

    A rung reaches up to the next one, so ladders have neither gaps nor overlaps; a gap is a rung without benefit.
    """

    start: int
    benefit: Benefit = Benefit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Rungs in ascending order. The highest rung that is reached counts, or with ``cumulative`` each up to it."""

    measure: Measure = Measure.SALES
    rungs: tuple[Rung, ...] = ()
    cumulative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifying:
    """What counts as party sales (rule D7): goods after discounts, without tax, shipping, free and half-price goods.

    Args:
        host_order: whether goods that the host buys at full price count.
        host_is_buyer: whether the host is one of the buyers then.
        outside_orders: whether orders of people who did not come count.
        returns_reduce: whether goods that come back later reduce the reward.
        strip_tax: whether tax inside the prices is taken out before the credit is computed.
        whole_units: whether the credit base is floored to whole units of money.
        thresholds: which sales the rungs and conditions mean; only different when tax is stripped.
        excluded_categories: categories of goods that do not count.
        order_days: orders count up to so many days after the party; None is without limit.
    """

    host_order: bool = False
    host_is_buyer: bool = False
    outside_orders: bool = True
    returns_reduce: bool = True
    strip_tax: bool = False
    whole_units: bool = False
    thresholds: Threshold = Threshold.AS_SOLD
    excluded_categories: tuple[str, ...] = ()
    order_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Reach at least so much, or the party earns nothing at all."""

    measure: Measure
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookings:
    """Which new parties count (rule D11), and what each one brings.

    Args:
        window_days: the new party lies at most so many days after this one; None is without limit.
        made_within_days: it was booked at most so many days after this one; None is without limit.
        proof: whether it must have been held, or have qualified itself.
        each: what each counted booking brings.
        at_most: no more than so many count; None is without limit.
    """

    window_days: int | None = None
    made_within_days: int | None = None
    proof: BookingProof = BookingProof.BOOKED
    each: Benefit = Benefit()
    at_most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """How points are collected; ladders of measure POINTS turn them into benefits.

    Args:
        kept_date: for holding the party on the day that was first agreed.
        per_booking: for each counted booking.
        per_guest: for each guest who came.
        per_unit: for each whole unit of money of the credit base.
    """

    kept_date: int = 0
    per_booking: int = 0
    per_guest: int = 0
    per_unit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightBand:
    """A piece whose price tag is ``start`` (minor units) or more uses so many half-price rights; below the first, 1."""

    start: int
    rights: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastHost:
    """What a past host gets when a party booked at hers is held (rule D11); it is used at that child party.

    ``benefit.credit_ppm`` is a share of the child party's credit base.
    """

    benefit: Benefit = Benefit()
    both_must_qualify: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One version of one host programme. Amounts are minor units of ``currency``.

    Args:
        currency: ISO 4217 code.
        qualifying: what counts as sales.
        conditions: all must be met, or nothing is earned.
        ladders: what is earned by sales, buyers, bookings, guests or points; their benefits add up.
        bookings: which bookings count, and what each brings.
        points: how points are collected.
        credit_cap: no more credit than this; None is without limit.
        rights_cap: no more half-price rights than this; None is without limit.
        weights: how many rights a half-price piece uses, by its price tag.
        unspent: what happens to credit that is left at the close.
        unspent_days: how long it is kept, when it is.
        expiry_days: the reward must be redeemed within so many days; None is without limit.
        shipping: what the host pays for shipping.
        past_host: what a past host gets at the child party.
        co_hosts: how many hosts may share a reward (rule D10); 1 is the host alone.
    """

    currency: str
    qualifying: Qualifying = Qualifying()
    conditions: tuple[Condition, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    bookings: Bookings = Bookings()
    points: Points | None = None
    credit_cap: int | None = None
    rights_cap: int | None = None
    weights: tuple[WeightBand, ...] = ()
    unspent: UnspentFate = UnspentFate.LOST
    unspent_days: int = 0
    expiry_days: int | None = None
    shipping: int = 0
    past_host: PastHost | None = None
    co_hosts: int = 6


def rights_needed(rules: Rules, unit_price: int) -> int:
    """Return how many half-price rights one piece of this price tag (minor units) uses."""
    needed = 1
    for band in rules.weights:
        if unit_price >= band.start:
            needed = band.rights
    return needed
