"""What a drive costs: official rates by country and year, the seller's own, miles or kilometres (rule D20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from directsell.domain.errors import DomainError
from directsell.domain.money import to_minor

MILE: Final = "mi"
KILOMETRE: Final = "km"
MOST: Final = Decimal(1000)  # a rate beyond this is a typing mistake
_MILES: Final = frozenset({"US", "GB", "LR", "PR"})  # countries whose roads are measured in miles


@dataclass(frozen=True, slots=True)
class MileageRate:
    """The rate of a country and year, in major units of ``currency`` per ``unit`` ("mi" or "km")."""

    country: str
    year: int
    rate: Decimal
    currency: str
    unit: str


MILEAGE_RATES: Final = (
    MileageRate("US", 2025, Decimal("0.70"), "USD", MILE),
    MileageRate("US", 2026, Decimal("0.725"), "USD", MILE),
)


def distance_unit(country: str) -> str:
    """Return in what distances are measured in a country: "mi" or "km"."""
    return MILE if country in _MILES else KILOMETRE


def mileage_rate(country: str, year: int, own: Iterable[MileageRate] = ()) -> MileageRate | None:
    """Return the rate of a year, or the last one known before it; None where none is known.

    Args:
        country: of the seller.
        year: of the drive.
        own: what the seller has typed; of the same year it goes before the official one.
    """
    known = {rate.year: rate for rate in MILEAGE_RATES if rate.country == country and rate.year <= year}
    known |= {rate.year: rate for rate in own if rate.country == country and rate.year <= year}
    return max(known.values(), key=lambda rate: rate.year, default=None)


def mileage(distance: Decimal, rate: Decimal, currency: str) -> int:
    """Return what a drive costs, in minor units: distance x rate in major units (24 x 0.725 = 17.40).

    Raises:
        DomainError: ``settlement.distance`` for a negative distance.
    """
    if not distance.is_finite() or distance < 0:
        raise DomainError("settlement.distance", field="miles")
    return to_minor(distance * rate, currency)
