"""Orders as terms for the sums: the quick way for plain orders gives what the whole calculation gives."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.money import Rounding, from_micros_decimal
from directsell.domain.pricing import has_no_extras, plain_total
from directsell.domain.taxes import TaxProfile, TaxRate
from directsell.domain.totals import LineTerms, OrderTerms, compute

_LINES = st.lists(
    st.tuples(st.integers(-(10**9), 10**9), st.integers(-(10**10), 10**10)), max_size=8
)  # quantity and price in millionths


@given(
    lines=_LINES,
    currency=st.sampled_from(["USD", "JPY", "KWD", "GBP"]),
    rounding=st.sampled_from(list(Rounding)),
    shipping=st.integers(-5_000, 5_000),
    inclusive=st.booleans(),
)
def test_the_quick_total_is_the_total(
    lines: list[tuple[int, int]], currency: str, rounding: Rounding, shipping: int, inclusive: bool
) -> None:
    profile = TaxProfile(rounding=rounding, prices_include_tax=inclusive)
    terms = OrderTerms(currency=currency, profile=profile, shipping=shipping)
    whole = [
        LineTerms(quantity=from_micros_decimal(quantity), unit_price=from_micros_decimal(price))
        for quantity, price in lines
    ]
    assert has_no_extras(terms)
    assert plain_total(terms, lines) == compute(whole, terms).total


@pytest.mark.parametrize(
    "extra",
    [
        {"standing_discount_ppm": 1},
        {"birthday_discount_ppm": 1},
        {"discount_ppm": 1},
        {"discount": 1},
        {"host_credit": 1},
        {"profile": TaxProfile(rates=(TaxRate("VAT", 190_000),))},
    ],
)
def test_whatever_changes_the_sum_is_an_extra(extra: dict[str, object]) -> None:
    plain = OrderTerms(currency="USD", profile=TaxProfile())
    assert not has_no_extras(replace(plain, **extra))  # type: ignore[arg-type]


def test_a_small_business_charges_no_tax_whatever_the_rates() -> None:
    profile = TaxProfile(small_business=True, rates=(TaxRate("VAT", 190_000),))
    terms = OrderTerms(currency="EUR", profile=profile)
    line = LineTerms(quantity=Decimal(3), unit_price=Decimal("1.25"))
    assert has_no_extras(terms)
    assert plain_total(terms, [(3_000_000, 1_250_000)]) == compute([line], terms).total == 375
