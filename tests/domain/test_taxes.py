"""Rules D3-D6 and D9 on single bases; whole orders are in test_totals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.money import Rounding
from directsell.domain.taxes import (
    GoodsBase,
    TaxLevel,
    TaxProfile,
    TaxRate,
    component_taxes,
)

cents = st.integers(-(10**11), 10**11)
rates = st.integers(0, 1_000_000)


def tax_on_net(net: int, ppm: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    return component_taxes(net, (ppm,), TaxProfile(rounding=rounding))[0]


def tax_in_gross(gross: int, ppm: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    return component_taxes(gross, (ppm,), TaxProfile(prices_include_tax=True, rounding=rounding))[0]


@pytest.mark.parametrize(("rounding", "tax"), [(Rounding.HALF_UP, 2341), (Rounding.HALF_EVEN, 2340)])
def test_d1_tax_on_302(rounding: Rounding, tax: int) -> None:
    assert tax_on_net(30200, 77_500, rounding) == tax


def test_d3_per_line_or_per_document() -> None:
    assert tax_on_net(5555, 230_000) + tax_on_net(1111, 230_000) == 1534
    assert tax_on_net(5555 + 1111, 230_000) == 1533


def test_d4_tax_inside_500() -> None:
    tax = tax_in_gross(50000, 100_000)
    assert (tax, 50000 - tax) == (4545, 45455)


@pytest.mark.parametrize(
    ("base", "tax"),
    [
        (6400, 496),  # A1
        (6300, 488),  # A2: base 63.00, the spices are food
        (8420, 653),  # A3
        (4250, 329),  # A4
        (5100, 395),  # A5
        (10100, 783),  # A6
        (13650, 1058),  # A, step 5
        (16550, 1283),  # A, step 9
        (30200, 2341),  # D9 (1)
        (22900, 1775),  # D9 (2)
        (22500, 1744),  # D9 (3)
    ],
)
def test_scenario_a_and_d9_tax_at_7_75_percent(base: int, tax: int) -> None:
    assert tax_on_net(base, 77_500) == tax


@pytest.mark.parametrize(
    ("gross", "tax"),
    [
        (11390, 1819),  # B1 Anna
        (6282, 1003),  # B1 Birgit
        (5990, 956),  # B1 Cem
        (3141, 502),  # B5 and B6: half of Birgit's, so that the parts sum to 10.04
        (-1490, -238),  # B7 credit note
        (9900, 1581),  # B7 what remains
    ],
)
def test_scenario_b_vat_inside_at_19_percent(gross: int, tax: int) -> None:
    assert tax_in_gross(gross, 190_000) == tax


def test_components_of_a_class_apply_together() -> None:
    gst, pst = TaxRate("GST", 50_000), TaxRate("PST", 70_000)
    gst_on_books = TaxRate("GST", 50_000, "books")
    profile = TaxProfile(rates=(gst, pst, gst_on_books), exempt_classes=("food",))
    assert profile.components("standard") == (gst, pst)
    assert profile.components("books") == (gst_on_books,)
    assert profile.components("food") == ()
    assert component_taxes(10000, (50_000, 70_000), profile) == (500, 700)


def test_twin_components_inside_a_price_are_equal() -> None:
    profile = TaxProfile(prices_include_tax=True)
    assert component_taxes(100, (90_000, 90_000), profile) == (8, 8)  # CGST and SGST of 1.00: 7.63 each


def test_a_class_that_nobody_described_is_not_silently_untaxed() -> None:
    profile = TaxProfile(rates=(TaxRate("VAT", 200_000),))
    with pytest.raises(DomainError) as error:
        profile.components("fod")
    assert error.value.code == "tax.unknown_class"
    assert error.value.params == {"tax_class": "fod"}
    assert TaxProfile().components("anything") == ()


def test_shipping_has_its_own_switch_and_class() -> None:
    vat, reduced = TaxRate("VAT 19 %", 190_000), TaxRate("VAT 7 %", 70_000, "reduced")
    profile = TaxProfile(rates=(vat, reduced))
    assert profile.shipping_components() == (vat,)
    assert TaxProfile(rates=(vat, reduced), shipping_tax_class="reduced").shipping_components() == (reduced,)
    assert TaxProfile(rates=(vat,), shipping_taxed=False).shipping_components() == ()


def test_d6_a_small_business_shows_no_tax() -> None:
    profile = TaxProfile(small_business=True, exemption_note="de.small_business", rates=(TaxRate("VAT", 190_000),))
    assert profile.components("standard") == ()
    assert profile.shipping_components() == ()


def test_defaults_follow_the_rules() -> None:
    profile = TaxProfile()
    assert profile.level is TaxLevel.DOCUMENT
    assert profile.rounding is Rounding.HALF_UP
    assert profile.half_price_base is GoodsBase.PRICE_PAID


@pytest.mark.parametrize("ppm", [-1, 10_000_001])
def test_a_rate_has_a_range(ppm: int) -> None:
    with pytest.raises(DomainError) as error:
        TaxRate("VAT", ppm)
    assert (error.value.code, error.value.field) == ("tax.rate_range", "ppm")


@given(cents, rates, st.sampled_from(Rounding))
def test_tax_is_symmetric(base: int, ppm: int, rounding: Rounding) -> None:
    assert tax_on_net(-base, ppm, rounding) == -tax_on_net(base, ppm, rounding)
    assert tax_in_gross(-base, ppm, rounding) == -tax_in_gross(base, ppm, rounding)


@given(st.integers(0, 10**11), rates)
def test_tax_added_to_a_net_amount_is_found_again_inside_the_gross(net: int, ppm: int) -> None:
    tax = tax_on_net(net, ppm)
    assert tax_in_gross(net + tax, ppm) == tax


@given(st.integers(0, 10**11), st.integers(0, 10**6), rates)
def test_a_larger_base_never_has_less_tax(base: int, more: int, ppm: int) -> None:
    assert tax_on_net(base, ppm) <= tax_on_net(base + more, ppm)
    assert tax_in_gross(base, ppm) <= tax_in_gross(base + more, ppm) <= base + more
