"""Rates for driving by country and year (D20): official ones, the seller's own, and the unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from directsell.domain.errors import DomainError
from directsell.domain.mileage import MileageRate, distance_unit, mileage, mileage_rate

D = Decimal


def test_d20_mileage() -> None:
    rates = [mileage_rate("US", year) for year in (2024, 2025, 2026, 2027)]
    assert [rate and rate.rate for rate in rates] == [None, D("0.70"), D("0.725"), D("0.725")]
    assert mileage(D("24"), D("0.725"), "USD") == 1740
    assert mileage(D("12.5"), D("0.70"), "USD") == 875
    assert mileage_rate("DE", 2026) is None
    with pytest.raises(DomainError, match="settlement.distance"):
        mileage(D(-1), D("0.725"), "USD")


def test_what_the_seller_typed_goes_before_the_official_rate_of_its_year_only() -> None:
    own = [MileageRate("US", 2026, D("0.60"), "USD", "mi"), MileageRate("DE", 2025, D("0.30"), "EUR", "km")]
    rates = [mileage_rate("US", year, own) for year in (2025, 2026, 2027)]
    assert [rate and rate.rate for rate in rates] == [D("0.70"), D("0.60"), D("0.60")]
    german = mileage_rate("DE", 2026, own)
    assert german is not None
    assert (german.rate, german.unit) == (D("0.30"), "km")
    assert mileage_rate("DE", 2024, own) is None


def test_the_country_decides_about_miles_and_kilometres() -> None:
    assert [distance_unit(country) for country in ("US", "GB", "DE", "FR", "CA", "")] == [
        "mi",
        "mi",
        "km",
        "km",
        "km",
        "km",
    ]
