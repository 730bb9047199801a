"""Tally, company order and settlement: scenario A.6 and A.7 literally, cash count, mileage, then the algebra."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.cash_counts import DENOMINATIONS, cash_total, check_cash, denominations
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import evaluate
from directsell.domain.host_programmes.redeem import Pick, Redemption, Use, recompute, redeem
from directsell.domain.mileage import mileage
from directsell.domain.money import CURRENCIES
from directsell.domain.payments import PaymentMethod
from directsell.domain.settlement import (
    CompanyItem,
    CompanyLine,
    CompanyOrder,
    CompanyTerms,
    Costs,
    Slip,
    Tally,
    card_fees,
    company_order,
    settle,
    slip_of,
    tally,
)
from directsell.domain.totals import LineKind, LineTerms, OrderTerms, compute
from tests.domain.host_parties import GUESTS, PRICES, SALES_TAX, STEPS, VAT, D, guest_order, line, party

CASH, CHECK, CARD = PaymentMethod.CASH, PaymentMethod.CHECK, PaymentMethod.CARD


@dataclass(frozen=True, slots=True)
class Paid:
    method: PaymentMethod
    amount: int
    reverses_id: UUID | None = None


GUESTS_PAID = (
    (Paid(CASH, 6896),),
    (Paid(CARD, 8888),),
    (Paid(CHECK, 9073),),
    (Paid(CASH, 4579),),
    (Paid(CASH, 2000),),
    (Paid(CARD, 10883),),
)


def dana() -> Redemption:
    wishes = (("CV-204", Use.CREDIT), ("CV-110", Use.CREDIT), ("CV-777", Use.HALF_PRICE), ("CV-315", Use.HALF_PRICE))
    picks = [Pick(key=code, unit_price=D(PRICES[code]), use=use) for code, use in wishes]
    return redeem(STEPS, evaluate(STEPS, party()), picks, profile=SALES_TAX)


def guest_slips(*numbers: int) -> list[Slip]:
    return [slip_of(*guest_order(index), GUESTS_PAID[index], SALES_TAX) for index in numbers]


def friday() -> Tally:
    host = dana()
    return tally([*guest_slips(*range(6)), slip_of(host.lines, host.totals, (Paid(CARD, 8858),), SALES_TAX)])


def company_lines(redemption: Redemption, *guests: int) -> list[CompanyLine]:
    own = [
        CompanyLine(
            key=code,
            quantity=D(pieces),
            unit_price=D(PRICES[code]),
            tax_class=line(code).tax_class,
        )
        for index in guests
        for code, pieces in GUESTS[index][1]
    ]
    return own + [
        CompanyLine(key=pick.key, quantity=pick.quantity, unit_price=pick.unit_price, kind=part.kind)
        for pick, part in zip(redemption.picks, redemption.lines, strict=True)
    ]


TERMS = CompanyTerms(currency="USD", profile=SALES_TAX, commission_ppm=250_000, host_credit=6206, shipping=(2400, 900))


def friday_order() -> CompanyOrder:
    return company_order(company_lines(dana(), *range(6)), TERMS)


def test_scenario_a_6_tally() -> None:
    sums = friday()
    assert sums.by_method == ((CASH, 13475), (CARD, 28629), (CHECK, 9073))
    assert (sums.open, sums.overpaid, sums.total) == (5595, 0, 56772)
    assert (sums.goods, sums.half_price, sums.host_goods) == (41370, 7300, 0)
    assert (sums.shipping, sums.tax_added, sums.tax_inside, sums.slips) == (3900, 4202, 0, 7)
    assert (sums.received(CASH), sums.received(PaymentMethod.TRANSFER)) == (13475, 0)


def test_scenario_a_7_company_order() -> None:
    order = friday_order()
    assert [(item.key, int(item.quantity)) for item in order.items] == [
        ("CV-110", 6),
        ("CV-204", 2),
        ("CV-315", 3),
        ("CV-402", 2),
        ("CV-518", 2),
        ("CV-777", 2),
    ]
    assert order.items[0] == CompanyItem("CV-110", D(6), 7500)
    assert (order.retail, order.commission, order.goods) == (42250, 10563, 31687)
    assert (order.half_price, order.overage, order.shipping, order.tax) == (5475, 0, 3300, 4224)
    assert order.owed == 44686


def test_scenario_a_7_settlement() -> None:
    costs = Costs(
        samples=640,
        door_prizes=425,
        card_fees=card_fees((8888, 10883, 8858), 26_000, 10),
        mileage=mileage(D(24), D("0.725"), "USD"),
    )
    assert (costs.card_fees, costs.mileage, costs.total) == (774, 1740, 3579)
    result = settle(friday(), friday_order(), costs, hours=D("4.5"))
    assert (result.total, result.owed) == (56772, 44686)
    assert (result.shipping, result.tax, result.result) == (600, -22, 12086)
    assert (result.commission, result.discounts, result.half_price, result.host_goods) == (10563, -880, 1825, 0)
    assert (result.net, result.per_hour) == (8507, 1890)


def test_scenario_a_8_a_bounced_check_opens_the_money_again() -> None:
    host = dana()
    slips = guest_slips(*range(6))
    slips[2] = replace(slips[2], payments=(*slips[2].payments, Paid(CHECK, -9073)))
    sums = tally([*slips, slip_of(host.lines, host.totals, (Paid(CARD, 8858),), SALES_TAX)])
    assert (sums.by_method, sums.open) == (((CASH, 13475), (CARD, 28629)), 5595 + 9073)


def test_scenario_a_9_what_absorbing_costs() -> None:
    """Fay is gone, Dana pays what she paid; the company gives less credit and no half price for the pan."""
    before = dana()
    reduced = evaluate(STEPS, party(5))
    after = recompute(STEPS, reduced, before, profile=SALES_TAX).after
    guests = guest_slips(*range(5))
    terms = replace(TERMS, host_credit=reduced.credit, shipping=(2400,))
    order = company_order(company_lines(after, *range(5)), terms)
    assert (order.overage, order.half_price) == (1975, 3300)  # 26.33 and 44.00, less a quarter
    charged = tally([*guests, slip_of(after.lines, after.totals, (), SALES_TAX)])
    absorbed = tally([*guests, slip_of(before.lines, before.totals, (), SALES_TAX)])
    difference = settle(charged, order, Costs()).result - settle(absorbed, order, Costs()).result
    assert difference == 5758


def test_prices_with_the_tax_inside() -> None:
    lines = [LineTerms(quantity=D(1), unit_price=D("113.90"))]
    totals = compute(lines, OrderTerms(currency="EUR", profile=VAT))
    sums = tally([slip_of(lines, totals, (Paid(CASH, 11390),), VAT)])
    assert (sums.total, sums.goods, sums.tax_added, sums.tax_inside) == (11390, 11390, 0, 1819)
    terms = CompanyTerms(currency="EUR", profile=VAT, commission_ppm=240_000)
    order = company_order([CompanyLine(key="A", quantity=D(1), unit_price=D("113.90"))], terms)
    assert (order.owed, order.tax) == (8656, 0)
    result = settle(sums, order, Costs(), tax_remitted=437)
    assert (result.result, result.tax) == (11390 - 8656 - 437, -437)


def test_cash_rounding_is_money_that_nobody_paid() -> None:
    lines = [LineTerms(quantity=D(1), unit_price=D("12.32"))]
    totals = compute(lines, OrderTerms(currency="CAD", profile=replace(SALES_TAX, rates=())))
    paid = (Paid(CASH, 1230), Paid(PaymentMethod.ROUNDING, 2))
    sums = tally([slip_of(lines, totals, paid, SALES_TAX)])
    assert (sums.open, sums.by_method) == (0, ((CASH, 1230), (PaymentMethod.ROUNDING, 2)))
    order = company_order([], replace(TERMS, shipping=()))
    assert settle(sums, order, Costs()).result == 1230


def test_classes_of_goods_have_their_own_commission_and_samples_are_not_ordered() -> None:
    lines = [
        CompanyLine(key="A", quantity=D(1), unit_price=D("100.00"), commission_ppm=450_000),
        CompanyLine(key="B", quantity=D(2), unit_price=D("100.00"), commission_ppm=200_000),
        CompanyLine(key="C", quantity=D(3), unit_price=D("100.00"), commission_ppm=500_000),
        CompanyLine(key="D", quantity=D(4), unit_price=D("100.00"), commission_ppm=0),
        CompanyLine(key="E", quantity=D(1), unit_price=D("6.40"), kind=LineKind.SAMPLE),
        CompanyLine(key="A", quantity=D(1), unit_price=D("100.00"), kind=LineKind.GIFT),
    ]
    order = company_order(lines, replace(TERMS, charges_tax=False, shipping=()))
    assert (order.retail, order.commission, order.owed) == (100000, 23500, 76500)
    assert [(item.key, int(item.quantity)) for item in order.items] == [("A", 2), ("B", 2), ("C", 3), ("D", 4)]


@pytest.mark.parametrize(
    ("hours", "per_hour"), [(None, None), (D(0), None), (D("4.5"), 2686), (D(3), 4029), (D("0.5"), 24172)]
)
def test_net_per_hour(hours: Decimal | None, per_hour: int | None) -> None:
    assert settle(friday(), friday_order(), Costs(), hours=hours).per_hour == per_hour


@pytest.mark.parametrize("hours", ["-1", "NaN", "Infinity"])
def test_impossible_hours(hours: str) -> None:
    with pytest.raises(DomainError, match="settlement.hours"):
        settle(friday(), friday_order(), Costs(), hours=D(hours))


# --- cash


def test_cash_is_counted_by_denomination() -> None:
    counts = ((2000, 5), (1000, 3), (500, 4), (100, 4), (25, 3))
    assert cash_total(counts, "USD") == 15475
    check = check_cash(15475, friday().received(CASH), float_start=2000)
    assert (check.expected, check.difference) == (15475, 0)
    assert check_cash(15400, 13475, 2000).difference == -75


@pytest.mark.parametrize(
    ("counts", "code"),
    [(((33, 1),), "cash.unknown_denomination"), (((100, -1),), "cash.pieces"), (((100, 1_000_001),), "cash.pieces")],
)
def test_impossible_counts(counts: tuple[tuple[int, int], ...], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        cash_total(counts, "USD")


def test_every_currency_has_denominations() -> None:
    for currency in CURRENCIES:
        known = denominations(currency)
        assert list(known) == sorted(set(known), reverse=True)
        assert known[-1] >= 1
    assert set(DENOMINATIONS) <= set(CURRENCIES)
    assert denominations("KWD")[-1] == 10


# --- for every party

KINDS = st.sampled_from([LineKind.SALE, LineKind.SALE, LineKind.HALF_PRICE, LineKind.HOST_CREDIT, LineKind.GIFT])
LINES = st.lists(
    st.builds(
        LineTerms,
        quantity=st.integers(1, 4).map(Decimal),
        unit_price=st.integers(0, 20_000).map(lambda cents: Decimal(cents) / 100),
        kind=KINDS,
        tax_class=st.sampled_from(["standard", "food"]),
    ),
    max_size=4,
)
PAYMENTS = st.lists(
    st.builds(Paid, method=st.sampled_from(PaymentMethod), amount=st.integers(-5_000, 30_000)), max_size=3
).map(tuple)


@st.composite
def slips(draw: st.DrawFn) -> Slip:
    inside = draw(st.booleans())
    profile = replace(SALES_TAX, prices_include_tax=inside)
    lines = draw(LINES)
    terms = OrderTerms(
        currency="USD",
        profile=profile,
        discount_ppm=draw(st.sampled_from([0, 100_000])),
        host_credit=draw(st.sampled_from([0, 5_000])),
        shipping=draw(st.sampled_from([0, 500])),
    )
    return slip_of(lines, compute(lines, terms), draw(PAYMENTS), profile)


@given(st.lists(slips(), max_size=5))
def test_the_sum_of_slips_is_the_tally(party_slips: list[Slip]) -> None:
    sums = tally(party_slips)
    assert sums.total == sum(slip.total for slip in party_slips)
    assert sums.total == sums.goods + sums.half_price + sums.host_goods + sums.shipping + sums.tax_added
    assert sum(amount for _, amount in sums.by_method) + sums.open - sums.overpaid == sums.total


@given(st.lists(slips(), max_size=3), LINES, st.integers(0, 20_000), st.integers(0, 300))
def test_a_settlement_adds_up_in_both_directions(
    party_slips: list[Slip], lines: list[LineTerms], credit: int, remitted: int
) -> None:
    ordered = [
        CompanyLine(
            key=str(n), quantity=one.quantity, unit_price=one.unit_price, kind=one.kind, tax_class=one.tax_class
        )
        for n, one in enumerate(lines)
    ]
    order = company_order(ordered, replace(TERMS, host_credit=credit))
    assert order.owed == order.goods + order.half_price + order.overage + order.shipping + order.tax
    costs = Costs(rewards=5, gifts=7, samples=11, door_prizes=13, card_fees=17, mileage=19, other=23)
    result = settle(tally(party_slips), order, costs, hours=D(2), tax_remitted=remitted)
    parts = (result.commission, result.discounts, result.half_price, result.host_goods, result.shipping, result.tax)
    assert sum(parts) - result.rounding == result.result
    assert result.result == result.total - result.owed - result.tax_remitted - result.rounding
    assert result.net == result.result - 95
