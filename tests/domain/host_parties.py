"""Scenario A's party and strategies for any other, as the tests of host programmes share them. No tests here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from directsell.domain.host_programmes.facts import (
    BookingFacts,
    GoodsPart,
    OrderFacts,
    PartyFacts,
    Source,
    goods_parts,
)
from directsell.domain.host_programmes.rules import (
    Benefit,
    BookingProof,
    Bookings,
    Condition,
    Gift,
    Ladder,
    Measure,
    PastHost,
    Points,
    Qualifying,
    Rules,
    Rung,
    Threshold,
    UnspentFate,
    WeightBand,
)
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.taxes import GoodsBase, TaxProfile, TaxRate
from directsell.domain.totals import LineKind, LineTerms, OrderTerms, OrderTotals, compute

D = Decimal
PARTY = date(2026, 2, 13)
SALES_TAX = TaxProfile(
    rates=(TaxRate("Sales tax", 77_500),), exempt_classes=("food",), host_goods_base=GoodsBase.FULL_PRICE
)
VAT = TaxProfile(prices_include_tax=True, rates=(TaxRate("USt 19 %", 190_000),))
STEPS = next(sample.rules for sample in SAMPLES if sample.key == "us-steps-weighted")

PRICES = {"CV-110": "12.50", "CV-204": "46.00", "CV-315": "58.00", "CV-402": "34.00", "CV-518": "21.00"}
PRICES["CV-777"] = "88.00"
# guest, lines (code, pieces), discount, shipping
GUESTS = (
    ("Amy", (("CV-402", 1), ("CV-110", 2)), 0, 500),
    ("Beth", (("CV-315", 1), ("CV-518", 1)), 0, 500),
    ("Carla", (("CV-777", 1),), 100_000, 500),
    ("Dee", (("CV-110", 3),), 0, 500),
    ("Ella", (("CV-204", 1), ("CV-518", 1)), 0, 500),
    ("Fay", (("CV-402", 1), ("CV-315", 1)), 0, 900),
)


def line(code: str, quantity: int = 1, kind: LineKind = LineKind.SALE) -> LineTerms:
    tax_class = "food" if code == "CV-518" else "standard"
    return LineTerms(quantity=D(quantity), unit_price=D(PRICES[code]), kind=kind, tax_class=tax_class)


def guest_order(index: int) -> tuple[tuple[LineTerms, ...], OrderTotals]:
    _, picks, discount, shipping = GUESTS[index]
    lines = tuple(line(code, pieces) for code, pieces in picks)
    terms = OrderTerms(currency="USD", profile=SALES_TAX, birthday_discount_ppm=discount, shipping=shipping)
    return lines, compute(lines, terms)


def guest_facts(index: int) -> OrderFacts:
    lines, totals = guest_order(index)
    name = GUESTS[index][0]
    return OrderFacts(key=str(index + 1), buyer=name, goods=goods_parts(lines, totals.lines, SALES_TAX))


def party(orders: int = 6, **more: object) -> PartyFacts:
    facts = PartyFacts(day=PARTY, orders=tuple(guest_facts(index) for index in range(orders)), guests=8)
    return replace(facts, **more)  # type: ignore[arg-type]


def sold(*amounts: int, day: date = PARTY, **more: object) -> PartyFacts:
    """A party with one order per amount, each of another guest."""
    orders = tuple(
        OrderFacts(key=str(number), buyer=f"guest {number}", goods=(GoodsPart(LineKind.SALE, amount),))
        for number, amount in enumerate(amounts, 1)
    )
    return replace(PartyFacts(day=day, orders=orders), **more)  # type: ignore[arg-type]


def booked(*days: int) -> tuple[BookingFacts, ...]:
    return tuple(BookingFacts(key=f"in {number} days", day=PARTY + timedelta(days=number)) for number in days)


# --- strategies

AMOUNTS = st.integers(0, 200_000)
GIFTS = st.builds(Gift, name=st.sampled_from(["Bowl", "Bag", "Set"]), quantity=st.integers(1, 3))
BENEFITS = st.builds(
    Benefit,
    credit_ppm=st.sampled_from([0, 50_000, 100_000, 125_000, 333_333, 1_000_000]),
    credit=st.sampled_from([0, 0, 500, 2_999]),
    rights=st.integers(0, 4),
    gifts=st.lists(GIFTS, max_size=2).map(tuple),
)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    measure = draw(st.sampled_from(Measure))
    top = {Measure.SALES: 120_000, Measure.POINTS: 800}.get(measure, 12)
    starts = draw(st.lists(st.integers(0, top), min_size=1, max_size=5, unique=True).map(sorted))
    rungs = tuple(Rung(start=start, benefit=draw(BENEFITS)) for start in starts)
    return Ladder(measure=measure, rungs=rungs, cumulative=draw(st.booleans()))


def _conditions(chosen: dict[Measure, int]) -> tuple[Condition, ...]:
    return tuple(Condition(measure=measure, least=least) for measure, least in chosen.items())


@st.composite
def programmes(draw: st.DrawFn) -> Rules:
    days = st.none() | st.integers(0, 60)
    limits = st.dictionaries(st.sampled_from([Measure.BUYERS, Measure.BOOKINGS]), st.integers(0, 3), max_size=2)
    qualifying = st.builds(
        Qualifying,
        host_order=st.booleans(),
        host_is_buyer=st.booleans(),
        outside_orders=st.booleans(),
        returns_reduce=st.booleans(),
        strip_tax=st.booleans(),
        whole_units=st.booleans(),
        thresholds=st.sampled_from(Threshold),
        excluded_categories=st.sampled_from([(), ("aids",)]),
        order_days=days,
    )
    bookings = st.builds(
        Bookings,
        window_days=days,
        made_within_days=days,
        proof=st.sampled_from(BookingProof),
        each=st.just(Benefit()) | BENEFITS,
        at_most=st.none() | st.integers(0, 4),
    )
    return Rules(
        currency=draw(st.sampled_from(["USD", "JPY", "KWD"])),
        qualifying=draw(qualifying),
        conditions=draw(limits.map(_conditions)),
        ladders=(Ladder(rungs=(Rung(start=1, benefit=Benefit(rights=1)),)), *draw(st.lists(ladders(), max_size=3))),
        bookings=draw(bookings),
        points=Points(kept_date=50, per_booking=50, per_guest=10, per_unit=1),
        credit_cap=draw(st.none() | AMOUNTS),
        rights_cap=draw(st.none() | st.integers(0, 6)),
        weights=draw(st.sampled_from([(), (WeightBand(start=8_500, rights=2), WeightBand(start=19_000, rights=3))])),
        unspent=draw(st.sampled_from([UnspentFate.LOST, UnspentFate.POOLED])),
        expiry_days=draw(days),
        shipping=draw(st.sampled_from([0, 400])),
        past_host=draw(st.none() | st.builds(PastHost, benefit=BENEFITS, both_must_qualify=st.booleans())),
    )


@st.composite
def _part(draw: st.DrawFn) -> GoodsPart:
    amount = draw(AMOUNTS)
    kinds = st.sampled_from([LineKind.SALE, LineKind.SALE, LineKind.HALF_PRICE, LineKind.GIFT])
    return GoodsPart(draw(kinds), amount, amount * 19 // 119, draw(st.sampled_from(["", "", "aids"])))


ORDERS = st.builds(
    OrderFacts,
    key=st.sampled_from(["1", "2", "3"]),
    buyer=st.sampled_from("abcdefgh"),
    source=st.sampled_from(Source),
    goods=st.lists(_part(), max_size=3).map(tuple),
    returned=st.just(()) | st.lists(_part(), max_size=1).map(tuple),
    ordered_on=st.none() | st.dates(PARTY - timedelta(days=5), PARTY + timedelta(days=70)),
    cancelled=st.sampled_from([False, False, False, True]),
)
BOOKINGS = st.builds(
    BookingFacts,
    day=st.dates(PARTY - timedelta(days=2), PARTY + timedelta(days=70)),
    booked_on=st.none() | st.dates(PARTY, PARTY + timedelta(days=70)),
    held=st.booleans(),
    qualified=st.booleans(),
    cancelled=st.booleans(),
)
PARTIES = st.builds(
    PartyFacts,
    day=st.just(PARTY),
    orders=st.lists(ORDERS, max_size=6).map(tuple),
    bookings=st.lists(BOOKINGS, max_size=4).map(tuple),
    guests=st.integers(0, 12),
    date_kept=st.booleans(),
)
