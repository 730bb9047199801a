"""Rules D1-D6, D9, D18 and the orders of scenarios A and B, through the whole calculation; then its algebra."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.money import Rounding
from directsell.domain.taxes import GoodsBase, TaxLevel, TaxProfile, TaxRate
from directsell.domain.totals import (
    LineKind,
    LineTerms,
    OrderTerms,
    TaxSum,
    compute,
    customer_discount,
    returned,
    split_kit,
)

D = Decimal
SALES_TAX = TaxProfile(rates=(TaxRate("Sales tax", 77_500),), exempt_classes=("food",))
HOST_TAX = replace(SALES_TAX, host_goods_base=GoodsBase.FULL_PRICE)
VAT = TaxProfile(prices_include_tax=True, rates=(TaxRate("USt 19 %", 190_000), TaxRate("USt 7 %", 70_000, "reduced")))
UNTAXED = TaxProfile()


def line(price: str, quantity: str = "1", kind: LineKind = LineKind.SALE, **more: Any) -> LineTerms:
    return replace(LineTerms(quantity=D(quantity), unit_price=D(price), kind=kind), **more)


def order(profile: TaxProfile = UNTAXED, currency: str = "USD", **more: Any) -> OrderTerms:
    return replace(OrderTerms(currency=currency, profile=profile), **more)


# --- D1, D2: rounding and the order of calculation


@pytest.mark.parametrize(("rounding", "tax"), [(Rounding.HALF_UP, 2341), (Rounding.HALF_EVEN, 2340)])
def test_d1_half_up_or_half_even(rounding: Rounding, tax: int) -> None:
    totals = compute([line("302.00")], order(replace(SALES_TAX, rounding=rounding)))
    assert (totals.tax, totals.total) == (tax, 30200 + tax)


def test_d1_currencies_without_and_with_three_decimals() -> None:
    vat = TaxProfile(rates=(TaxRate("Tax", 100_000),))
    yen = compute([line("333.5", "3")], order(vat, "JPY"))
    assert (yen.goods, yen.tax, yen.total) == (1001, 100, 1101)
    dinar = compute([line("1.2345", "2")], order(vat, "KWD"))
    assert (dinar.goods, dinar.tax, dinar.total) == (2469, 247, 2716)


def test_d2_line_amounts_are_rounded() -> None:
    assert compute([line("64.22", "2.25")], order()).total == 14450


@pytest.mark.parametrize("profile", [SALES_TAX, VAT, replace(SALES_TAX, level=TaxLevel.LINE)])
def test_d2_a_full_discount_is_exactly_nothing(profile: TaxProfile) -> None:
    lines = [line("64.22", "2.25"), line("0.01"), line("19.99", "3")]
    assert compute([replace(one, discount_ppm=1_000_000) for one in lines], order(profile)).total == 0
    totals = compute(lines, order(profile, discount_ppm=1_000_000))
    assert (totals.total, totals.tax, totals.order_discount) == (0, 0, totals.amount)


def test_d2_sequence_of_a_whole_order() -> None:
    lines = [line("10.05", discount_ppm=100_000), line("20.00", discount=500), line("3.33", "3")]
    totals = compute(lines, order(SALES_TAX, discount_ppm=100_000, shipping=500))
    # 10.05 - 1.01 = 9.04; 20.00 - 5.00 = 15.00; 9.99; of 34.03 the tenth is 3.40 = 0.90 + 1.50 + 1.00
    assert [part.discount for part in totals.lines] == [101, 500, 0]
    assert [part.order_discount for part in totals.lines] == [90, 150, 100]
    assert [part.net for part in totals.lines] == [814, 1350, 899]
    assert (totals.amount, totals.line_discount, totals.order_discount, totals.goods) == (4004, 601, 340, 3063)
    assert (totals.tax, totals.shipping_tax, totals.total) == (276, 39, 3063 + 500 + 276)
    assert totals.taxes == (TaxSum("Sales tax", 77_500, 3563, 276),)


@pytest.mark.parametrize(("standing", "birthday", "given"), [(50_000, 100_000, 1000), (100_000, 50_000, 1000)])
def test_d2_of_standing_and_birthday_discount_the_larger_wins(standing: int, birthday: int, given: int) -> None:
    totals = compute([line("100.00")], order(standing_discount_ppm=standing, birthday_discount_ppm=birthday))
    assert (totals.customer_discount, totals.total) == (given, 9000)
    assert customer_discount(standing, birthday) == 100_000


def test_a_discount_on_the_order_counts_from_what_the_customers_discount_leaves() -> None:
    totals = compute([line("100.00")], order(standing_discount_ppm=100_000, discount_ppm=100_000))
    assert (totals.customer_discount, totals.order_discount, totals.total) == (1000, 900, 8100)


def test_a_discount_on_the_order_passes_over_what_keeps_its_value() -> None:
    voucher = line("50.00", taxes=(), discountable=False)
    totals = compute([line("50.00"), voucher], order(SALES_TAX, discount_ppm=100_000))
    assert [part.net for part in totals.lines] == [4500, 5000]
    assert (totals.tax, totals.exempt) == (349, 5000)  # a gift certificate is untaxed when sold (D5)


# --- D3, D4, D5, D6: taxes


@pytest.mark.parametrize(("level", "tax"), [(TaxLevel.LINE, 1534), (TaxLevel.DOCUMENT, 1533)])
def test_d3_rounding_level(level: TaxLevel, tax: int) -> None:
    profile = TaxProfile(level=level, rates=(TaxRate("VAT", 230_000),))
    totals = compute([line("55.55"), line("11.11")], order(profile, "PLN"))
    assert (totals.tax, totals.total) == (tax, 6666 + tax)
    assert [part.tax for part in totals.lines] == ([1278, 256] if level is TaxLevel.LINE else [None, None])


def test_d4_price_with_the_tax_inside() -> None:
    profile = TaxProfile(prices_include_tax=True, rates=(TaxRate("VAT", 100_000),))
    totals = compute([line("500.00")], order(profile))
    assert (totals.tax, totals.net, totals.total) == (4545, 45455, 50000)
    assert totals.taxes == (TaxSum("VAT", 100_000, 45455, 4545),)


def test_several_rates_in_one_order_with_tax_inside() -> None:
    totals = compute([line("119.00"), line("10.70", tax_class="reduced")], order(VAT, "EUR", shipping=595))
    assert totals.taxes == (TaxSum("USt 19 %", 190_000, 10500, 1995), TaxSum("USt 7 %", 70_000, 1000, 70))
    assert (totals.net, totals.tax, totals.total) == (11500, 2065, 13565)


def test_a_rate_is_rounded_once_even_when_two_classes_have_it() -> None:
    rates = (TaxRate("VAT", 230_000), TaxRate("VAT", 230_000, "books"))
    totals = compute([line("55.55"), line("11.11", tax_class="books")], order(TaxProfile(rates=rates), "PLN"))
    assert totals.taxes == (TaxSum("VAT", 230_000, 6666, 1533),)


def test_each_component_has_its_own_line() -> None:
    rates = (TaxRate("GST", 50_000), TaxRate("PST", 70_000), TaxRate("GST", 50_000, "books"))
    totals = compute([line("100.00"), line("20.00", tax_class="books")], order(TaxProfile(rates=rates), "CAD"))
    assert totals.taxes == (TaxSum("GST", 50_000, 12000, 600), TaxSum("PST", 70_000, 10000, 700))
    assert totals.total == 13300


def test_components_inside_a_price_share_their_base() -> None:
    profile = TaxProfile(prices_include_tax=True, rates=(TaxRate("CGST", 90_000), TaxRate("SGST", 90_000)))
    totals = compute([line("1180.00")], order(profile, "INR"))
    assert totals.taxes == (TaxSum("CGST", 90_000, 100000, 9000), TaxSum("SGST", 90_000, 100000, 9000))
    assert (totals.net, totals.total) == (100000, 118000)


def test_d5_the_base_is_after_discount_and_shipping_has_a_switch() -> None:
    lines = [line("100.00", discount_ppm=100_000)]
    taxed = compute(lines, order(SALES_TAX, shipping=1000))
    untaxed = compute(lines, order(replace(SALES_TAX, shipping_taxed=False), shipping=1000))
    assert (taxed.taxes[0].base, taxed.tax, taxed.shipping_tax) == (10000, 775, 78)
    assert (untaxed.taxes[0].base, untaxed.tax, untaxed.shipping_tax, untaxed.exempt) == (9000, 698, 0, 1000)


def test_a_zero_rate_is_reported_and_not_exempt() -> None:
    totals = compute([line("10.00")], order(TaxProfile(rates=(TaxRate("Zero-rated", 0),)), "GBP"))
    assert (totals.taxes, totals.exempt) == ((TaxSum("Zero-rated", 0, 1000, 0),), 0)


def test_d6_small_business_prints_a_note_and_no_tax() -> None:
    profile = replace(VAT, small_business=True, exemption_note="de.small_business")
    totals = compute([line("119.00"), line("1.00", taxes=VAT.rates)], order(profile, "EUR", shipping=500))
    assert (totals.taxes, totals.tax, totals.exempt) == ((), 0, 12500)
    assert (totals.net, totals.total) == (12500, 12500)
    assert totals.exemption_note == "de.small_business"
    assert compute([line("119.00")], order(replace(profile, small_business=False))).exemption_note == ""


@pytest.mark.parametrize(
    ("half_base", "host_base", "base"),
    [
        (GoodsBase.PRICE_PAID, GoodsBase.PRICE_PAID, 2900),
        (GoodsBase.PRICE_PAID, GoodsBase.FULL_PRICE, 6900),
        (GoodsBase.FULL_PRICE, GoodsBase.FULL_PRICE, 9800),
    ],
)
def test_d6_taxable_value_of_host_goods_is_a_policy(half_base: GoodsBase, host_base: GoodsBase, base: int) -> None:
    profile = replace(SALES_TAX, half_price_base=half_base, host_goods_base=host_base)
    lines = [line("58.00", kind=LineKind.HALF_PRICE), line("40.00", kind=LineKind.HOST_CREDIT)]
    totals = compute(lines, order(profile, host_credit=5000))
    assert sum(part.taxable for part in totals.lines) == base == totals.taxes[0].base
    assert totals.goods == 2900


def test_host_goods_at_full_price_with_the_tax_inside_leave_the_price_tag_alone() -> None:
    profile = replace(VAT, host_goods_base=GoodsBase.FULL_PRICE)
    totals = compute([line("119.00", kind=LineKind.HOST_CREDIT)], order(profile, "EUR", host_credit=10000))
    assert (totals.total, totals.tax, totals.net) == (1900, 1900, 0)


# --- D9: redemption


@pytest.mark.parametrize(
    ("picks", "half_price", "tax", "due", "unspent"),
    [("240.00", "116.00", 2341, 10041, 0), ("225.00", "", 1775, 2175, 0), ("221.00", "", 1744, 2144, 400)],
)
def test_d9_credit_of_225(picks: str, half_price: str, tax: int, due: int, unspent: int) -> None:
    lines = [line(picks, kind=LineKind.HOST_CREDIT)]
    if half_price:
        lines.append(line(half_price, kind=LineKind.HALF_PRICE))
    totals = compute(lines, order(HOST_TAX, host_credit=22500, shipping=400))
    assert (totals.tax, totals.total, totals.host_credit_unspent) == (tax, due, unspent)


def test_credit_pays_only_the_goods_that_were_picked_with_it() -> None:
    lines = [line("50.00"), line("30.00", kind=LineKind.HOST_CREDIT), line("20.00", kind=LineKind.HALF_PRICE)]
    totals = compute(lines, order(host_credit=10000))
    assert [part.host_credit for part in totals.lines] == [0, 3000, 0]
    assert (totals.total, totals.host_credit, totals.host_credit_unspent) == (6000, 3000, 7000)


def test_gifts_and_samples_cost_nothing_and_show_their_worth() -> None:
    lines = [line("21.00", "2", LineKind.GIFT), line("6.40", kind=LineKind.SAMPLE), line("10.00")]
    totals = compute(lines, order(SALES_TAX, discount_ppm=100_000))
    assert [(part.retail, part.amount, part.net) for part in totals.lines] == [
        (4200, 0, 0),
        (640, 0, 0),
        (1000, 1000, 900),
    ]
    assert totals.taxes == (TaxSum("Sales tax", 77_500, 900, 70),)


def test_half_price_is_rounded_per_piece() -> None:
    totals = compute([line("12.51", "3", LineKind.HALF_PRICE)], order())
    assert (totals.lines[0].retail, totals.total) == (3753, 3 * 626)


# --- Scenario A

PEELER, BOWLS, PAN, CHOPPER, BOARD = "12.50", "46.00", "58.00", "34.00", "88.00"
SPICES = line("21.00", tax_class="food")


@pytest.mark.parametrize(
    ("lines", "terms", "goods", "tax", "base", "total"),
    [
        ([line(CHOPPER), line(PEELER, "2")], order(SALES_TAX, shipping=500), 5900, 496, 6400, 6896),
        ([line(PAN), SPICES], order(SALES_TAX, shipping=500), 7900, 488, 6300, 8888),
        ([line(BOARD, discount_ppm=100_000)], order(SALES_TAX, shipping=500), 7920, 653, 8420, 9073),
        ([line(BOARD)], order(SALES_TAX, shipping=500, birthday_discount_ppm=100_000), 7920, 653, 8420, 9073),
        ([line(PEELER, "3")], order(SALES_TAX, shipping=500), 3750, 329, 4250, 4579),
        ([line(BOWLS), SPICES], order(SALES_TAX, shipping=500), 6700, 395, 5100, 7595),
        ([line(CHOPPER), line(PAN)], order(SALES_TAX, shipping=900), 9200, 783, 10100, 10883),
    ],
    ids=["1 Amy", "2 Beth", "3 Carla", "3 Carla by birthday", "4 Dee", "5 Ella", "6 Fay"],
)
def test_scenario_a_orders(
    lines: list[LineTerms], terms: OrderTerms, goods: int, tax: int, base: int, total: int
) -> None:
    totals = compute(lines, terms)
    assert (totals.goods, totals.tax, totals.total) == (goods, tax, total)
    assert totals.taxes == (TaxSum("Sales tax", 77_500, base, tax),)


def test_scenario_a_5_dana_redeems() -> None:
    free = [line(BOWLS, kind=LineKind.HOST_CREDIT), line(PEELER, kind=LineKind.HOST_CREDIT)]
    half = [line(BOARD, kind=LineKind.HALF_PRICE), line(PAN, kind=LineKind.HALF_PRICE)]
    totals = compute([*free, *half], order(HOST_TAX, host_credit=6206, shipping=500))
    assert [part.net for part in totals.lines] == [0, 0, 4400, 2900]
    assert totals.host_credit_unspent == 356
    assert (totals.taxes[0].base, totals.tax, totals.total) == (13650, 1058, 8858)


def test_scenario_a_9_dana_is_charged_the_overage() -> None:
    free = [line(BOWLS, kind=LineKind.HOST_CREDIT), line(PEELER, kind=LineKind.HOST_CREDIT)]
    lines = [*free, line(BOARD, kind=LineKind.HALF_PRICE), line(PAN)]
    totals = compute(lines, order(HOST_TAX, host_credit=3217, shipping=500))
    assert sum(part.net for part in totals.lines[:2]) == 2633
    assert (totals.taxes[0].base, totals.tax, totals.total) == (16550, 1283, 14616)


# --- Scenario B


@pytest.mark.parametrize(
    ("lines", "total", "vat", "net"),
    [
        ([line("99.00"), line("14.90")], 11390, 1819, 9571),
        ([line("34.90", "2", discount_ppm=100_000)], 6282, 1003, 5279),
        ([line("59.90")], 5990, 956, 5034),
        ([line("34.90", discount_ppm=100_000)], 3141, 502, 2639),
        ([line("14.90", "-1")], -1490, -238, -1252),
        ([line("99.00")], 9900, 1581, 8319),
    ],
    ids=["Anna", "Birgit", "Cem", "Birgit in parts", "Anna's credit note", "what Anna keeps"],
)
def test_scenario_b_orders(lines: list[LineTerms], total: int, vat: int, net: int) -> None:
    totals = compute(lines, order(VAT, "EUR"))
    assert (totals.total, totals.tax, totals.net) == (total, vat, net)


def test_scenario_b_party_sum() -> None:
    orders = [[line("99.00"), line("14.90")], [line("34.90", "2", discount_ppm=100_000)], [line("59.90")]]
    totals = [compute(lines, order(VAT, "EUR")) for lines in orders]
    assert (sum(t.total for t in totals), sum(t.tax for t in totals)) == (23662, 3778)


def test_d18_kit() -> None:
    assert split_kit(9900, (2490, 5990, 3490)) == (2059, 4954, 2887)


# --- Returns and exchanges


def test_an_exchange_spreads_the_discount_over_both_directions() -> None:
    totals = compute([line("58.00", "-1"), line("88.00")], order(discount_ppm=100_000))
    assert [part.order_discount for part in totals.lines] == [-580, 880]
    assert totals.total == 2700


def test_an_even_exchange_costs_nothing() -> None:
    totals = compute([line("58.00", "-1"), line("58.00")], order(SALES_TAX, discount_ppm=100_000))
    assert (totals.total, totals.tax) == (0, 0)


def test_an_amount_off_follows_the_sign_of_the_line() -> None:
    assert compute([line("58.00", "-1", discount=800)], order()).total == -5000
    assert compute([line("58.00", "-1")], order(discount=800)).total == -5000


# --- Refusals


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"discount_ppm": -1}, "discount.negative", "discount"),
        ({"discount": -1}, "discount.negative", "discount"),
        ({"discount_ppm": 1_000_001}, "discount.too_large", "discount"),
        ({"discount": 1001}, "discount.too_large", "discount"),
        ({"discount": 1, "discount_ppm": 1}, "discount.both", "discount"),
        ({"quantity": D("NaN")}, "number.invalid", "quantity"),
        ({"unit_price": D("Infinity")}, "number.invalid", "unit_price"),
        ({"quantity": D("0.0000001")}, "number.too_precise", "quantity"),
        ({"unit_price": D("1e400")}, "number.too_large", "unit_price"),
        ({"unit_price": D("9e12"), "quantity": D("9e12")}, "number.too_large", "quantity"),
        ({"tax_class": "nothing"}, "tax.unknown_class", "tax_class"),
    ],
)
def test_a_wrong_line_is_refused_with_its_number_and_field(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(DomainError) as error:
        compute([line("1.00"), line("10.00", **changes)], order(SALES_TAX))
    assert (error.value.code, error.value.field, error.value.params["line"]) == (code, field, 2)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"discount_ppm": -1}, "discount.negative", "order_discount"),
        ({"discount_ppm": 1_000_001}, "discount.too_large", "order_discount"),
        ({"discount": 1001}, "discount.too_large", "order_discount"),
        ({"discount": 1, "discount_ppm": 1}, "discount.both", "order_discount"),
        ({"standing_discount_ppm": -1}, "discount.negative", "customer_discount"),
        ({"birthday_discount_ppm": 2_000_000}, "discount.too_large", "customer_discount"),
        ({"host_credit": -1}, "host_credit.negative", "host_credit"),
        ({"currency": "???"}, "money.unknown_currency", "currency"),
        ({"shipping": 2**63}, "number.too_large", ""),
    ],
)
def test_wrong_terms_are_refused_with_their_field(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(DomainError) as error:
        compute([line("10.00")], order(**changes))
    assert (error.value.code, error.value.field) == (code, field)


def test_an_empty_order_is_nothing() -> None:
    totals = compute([], order(SALES_TAX))
    assert (totals.total, totals.lines, totals.taxes) == (0, (), ())


# --- Algebra

RATES = (TaxRate("A", 190_000), TaxRate("B", 77_500, "b"), TaxRate("C", 50_000, "c"), TaxRate("D", 70_000, "c"))
ppms = st.integers(0, 1_000_000)
ANY_SIGN = st.sampled_from([1, 1, 1, -1])


@st.composite
def line_terms(draw: st.DrawFn, signs: st.SearchStrategy[int]) -> LineTerms:
    price = draw(st.decimals(0, 2000, places=draw(st.sampled_from([2, 3]))))
    quantity = draw(st.sampled_from([D(1), D(2), D(3), D("2.25"), D("0.333333")])) * draw(signs)
    return LineTerms(
        quantity=quantity,
        unit_price=price,
        kind=draw(st.sampled_from(LineKind)),
        discount_ppm=draw(st.sampled_from([0, 0, 100_000, 333_333, 1_000_000])),
        tax_class=draw(st.sampled_from(["standard", "b", "c", "exempt"])),
        discountable=draw(st.booleans()),
    )


@st.composite
def orders(draw: st.DrawFn, signs: st.SearchStrategy[int] = ANY_SIGN) -> tuple[list[LineTerms], OrderTerms]:
    profile = TaxProfile(
        prices_include_tax=draw(st.booleans()),
        level=draw(st.sampled_from(TaxLevel)),
        rounding=draw(st.sampled_from(Rounding)),
        shipping_taxed=draw(st.booleans()),
        small_business=draw(st.sampled_from([False, False, False, True])),
        host_goods_base=draw(st.sampled_from(GoodsBase)),
        half_price_base=draw(st.sampled_from(GoodsBase)),
        rates=RATES,
        exempt_classes=("exempt",),
    )
    lines = draw(st.lists(line_terms(signs), max_size=12))
    terms = OrderTerms(
        currency=draw(st.sampled_from(["USD", "JPY", "KWD"])),
        profile=profile,
        standing_discount_ppm=draw(st.sampled_from([0, 50_000])),
        birthday_discount_ppm=draw(st.sampled_from([0, 0, 100_000])),
        discount_ppm=draw(st.one_of(st.just(0), ppms)),
        host_credit=draw(st.integers(0, 100_000)),
        shipping=draw(st.integers(-2000, 2000)),
    )
    return lines, terms


@given(orders())
def test_sums_add_up(case: tuple[list[LineTerms], OrderTerms]) -> None:
    lines, terms = case
    totals = compute(lines, terms)
    for part in totals.lines:
        assert part.amount - part.discount - part.order_discount - part.host_credit == part.net
    discounts = totals.line_discount + totals.customer_discount + totals.order_discount
    assert totals.amount - discounts - totals.host_credit == totals.goods == sum(part.net for part in totals.lines)
    assert sum(part.order_discount for part in totals.lines) == totals.customer_discount + totals.order_discount
    assert sum(part.host_credit for part in totals.lines) == totals.host_credit
    assert abs(totals.host_credit) + totals.host_credit_unspent == terms.host_credit
    assert totals.tax == sum(part.tax for part in totals.taxes)
    assert totals.net + totals.tax == totals.total
    added = 0 if terms.profile.prices_include_tax else totals.tax
    assert totals.total == totals.goods + totals.shipping + added


@given(orders())
def test_bases_and_exempt_goods_account_for_the_whole_price(case: tuple[list[LineTerms], OrderTerms]) -> None:
    lines, terms = case
    one_component = [replace(one, tax_class="b") if one.tax_class == "c" else one for one in lines]
    paid = replace(terms.profile, host_goods_base=GoodsBase.PRICE_PAID, half_price_base=GoodsBase.PRICE_PAID)
    totals = compute(one_component, replace(terms, profile=paid))
    assert sum(part.base for part in totals.taxes) + totals.exempt == totals.net


@given(orders())
def test_with_the_tax_inside_the_customer_pays_the_price_tags(case: tuple[list[LineTerms], OrderTerms]) -> None:
    lines, terms = case
    plain = [replace(one, kind=LineKind.SALE, discount_ppm=0) for one in lines]
    profile = replace(terms.profile, prices_include_tax=True)
    bare = OrderTerms(currency=terms.currency, profile=profile, shipping=terms.shipping)
    totals = compute(plain, bare)
    assert totals.total == sum(part.retail for part in totals.lines) + terms.shipping


@given(orders())
def test_a_return_is_exactly_the_negative(case: tuple[list[LineTerms], OrderTerms]) -> None:
    there, back = compute(*case), compute(*returned(*case))
    for name in ("amount", "line_discount", "customer_discount", "order_discount", "host_credit", "goods", "shipping"):
        assert getattr(back, name) == -getattr(there, name)
    for name in ("shipping_tax", "tax", "exempt", "net", "total"):
        assert getattr(back, name) == -getattr(there, name)
    assert back.taxes == tuple(TaxSum(part.label, part.ppm, -part.base, -part.tax) for part in there.taxes)
    assert [part.net for part in back.lines] == [-part.net for part in there.lines]
    assert [part.tax for part in back.lines] == [None if p.tax is None else -p.tax for p in there.lines]


@given(orders(st.just(1)))
def test_no_discount_or_credit_exceeds_what_it_reduces(case: tuple[list[LineTerms], OrderTerms]) -> None:
    totals = compute(*case)
    for part in totals.lines:
        assert 0 <= part.net <= part.amount <= part.retail
        assert min(part.discount, part.order_discount, part.host_credit) >= 0


@given(orders(st.just(1)))
def test_a_full_discount_leaves_only_shipping(case: tuple[list[LineTerms], OrderTerms]) -> None:
    lines, terms = case
    sold = [replace(one, kind=LineKind.SALE, discountable=True) for one in lines]
    totals = compute(sold, replace(terms, discount_ppm=1_000_000, shipping=0))
    assert (totals.goods, totals.tax, totals.total) == (0, 0, 0)


@given(orders(st.just(1)), ppms, ppms)
def test_a_larger_discount_never_makes_an_order_dearer(
    case: tuple[list[LineTerms], OrderTerms], one: int, other: int
) -> None:
    lines, terms = case
    same_tax = [replace(one, tax_class="standard") for one in lines]
    terms = replace(
        terms, profile=replace(terms.profile, level=TaxLevel.DOCUMENT, host_goods_base=GoodsBase.PRICE_PAID)
    )
    less, more = sorted((one, other))
    dearer = compute(same_tax, replace(terms, discount_ppm=less))
    cheaper = compute(same_tax, replace(terms, discount_ppm=more))
    assert cheaper.goods + cheaper.host_credit <= dearer.goods + dearer.host_credit
    if not any(line.kind is LineKind.HOST_CREDIT for line in lines):
        assert cheaper.total <= dearer.total


@given(orders(st.just(1)), st.integers(1, 10))
def test_more_pieces_never_make_an_order_cheaper(case: tuple[list[LineTerms], OrderTerms], more: int) -> None:
    lines, terms = case
    profile = replace(terms.profile, level=TaxLevel.DOCUMENT)
    terms = replace(terms, profile=profile)
    same_tax = [replace(one, tax_class="standard", kind=LineKind.SALE) for one in lines]
    extended = [*same_tax[:-1], *(replace(one, quantity=one.quantity + more) for one in same_tax[-1:])]
    assert compute(same_tax, terms).total <= compute(extended, terms).total


@given(orders(st.just(1)), st.data())
def test_an_amount_off_is_taken_off_exactly(case: tuple[list[LineTerms], OrderTerms], data: st.DataObject) -> None:
    lines, terms = case
    terms = replace(terms, discount_ppm=0, standing_discount_ppm=0, birthday_discount_ppm=0, host_credit=0)
    before = compute(lines, terms)
    free = sum(part.net for part, one in zip(before.lines, lines, strict=True) if one.discountable)
    amount = data.draw(st.integers(0, free))
    after = compute(lines, replace(terms, discount=amount))
    assert (after.order_discount, after.goods) == (amount, before.goods - amount)
