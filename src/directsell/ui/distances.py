"""Words for distances: miles or kilometres, as the seller's country measures them."""

from __future__ import annotations

from decimal import Decimal

from directsell.domain.mileage import MILE, MileageRate
from directsell.i18n import Language, _


def driven_label(unit: str) -> str:
    """Return what the field for a distance is called."""
    return _("Miles driven") if unit == MILE else _("Kilometres driven")


def rate_label(unit: str, year: int) -> str:
    """Return what the field for the rate of a year is called."""
    words = _("Rate a mile, {year}") if unit == MILE else _("Rate a kilometre, {year}")
    return words.format(year=year)


def drive_words(distance: Decimal, rate: MileageRate, language: Language) -> str:
    """Return how a drive is charged: "24 mi × $0.725"."""
    price = language.price(rate.rate, rate.currency)
    words = _("{distance} mi × {rate}") if rate.unit == MILE else _("{distance} km × {rate}")
    return words.format(distance=language.number(distance), rate=price)
