"""Rates for driving: what the seller has typed, and which one holds in a year. No writing."""

from __future__ import annotations

from decimal import Decimal

from directsell.domain.mileage import MileageRate, distance_unit, mileage_rate
from directsell.store.queries.seller import seller
from directsell.store.reader import Reader

SETTING = "settling.mileage"


def own_rates(reader: Reader) -> tuple[MileageRate, ...]:
    """Return the rates that the seller has typed, the latest year first; they are in the seller's currency and unit."""
    who = seller(reader)
    typed: dict[str, str] = reader.setting(SETTING) or {}
    unit = distance_unit(who.country)
    rates = [MileageRate(who.country, int(year), Decimal(rate), who.currency, unit) for year, rate in typed.items()]
    return tuple(sorted(rates, key=lambda rate: -rate.year))


def rate_on(reader: Reader, year: int) -> MileageRate | None:
    """Return the rate of a year for this seller; None where none is known, or only one in another currency."""
    who = seller(reader)
    rate = mileage_rate(who.country, year, own_rates(reader))
    return rate if rate is not None and rate.currency == who.currency else None
