"""Sample programmes that a seller starts from; names and figures are examples of no company. Only data lives here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from directsell.domain.host_programmes.rules import Benefit, Ladder, Measure, Rules, Rung, WeightBand


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A programme to copy: ``key`` for tests and imports, ``name`` as it is written down (a name, not translated)."""

    key: str
    name: str
    country: str
    rules: Rules


def _tiers(currency: str, *, weights: bool) -> Rules:
    """150: 10 % + 1 right; 250: 10 % + 2; 400: 15 % + 3; 1000: 15 % + 4; heavy pieces may use 2 or 3 rights."""
    steps = ((150_00, 100_000, 1), (250_00, 100_000, 2), (400_00, 150_000, 3), (1_000_00, 150_000, 4))
    rungs = tuple(Rung(start=start, benefit=Benefit(credit_ppm=ppm, rights=rights)) for start, ppm, rights in steps)
    bands = (WeightBand(start=85_00, rights=2), WeightBand(start=190_00, rights=3)) if weights else ()
    ladder = Ladder(measure=Measure.SALES, rungs=rungs)
    return Rules(currency=currency, ladders=(ladder,), weights=bands, shipping=5_00)


def _flat(currency: str) -> Rules:
    """30 % of the show in free goods and up to 8 half-price pieces; shipping 4.00."""
    rung = Rung(start=1, benefit=Benefit(credit_ppm=300_000, rights=8))
    return Rules(currency=currency, ladders=(Ladder(measure=Measure.SALES, rungs=(rung,)),), shipping=4_00)


SAMPLES: Final[tuple[Sample, ...]] = (
    Sample(key="us-steps", name="Garden Steps", country="US", rules=_tiers("USD", weights=False)),
    Sample(key="us-steps-weighted", name="Garden Steps Plus", country="US", rules=_tiers("USD", weights=True)),
    Sample(key="us-flat", name="Open Pantry", country="US", rules=_flat("USD")),
    Sample(key="de-steps", name="Gartenstufen", country="DE", rules=_tiers("EUR", weights=False)),
    Sample(key="de-steps-weighted", name="Gartenstufen Plus", country="DE", rules=_tiers("EUR", weights=True)),
    Sample(key="de-flat", name="Offene Speisekammer", country="DE", rules=_flat("EUR")),
)


# Currencies of which a unit buys about as much, so that the same steps make sense.
_ALIKE: Final = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD"})
_AS_IN_GERMANY: Final = frozenset({"AT", "CH", "LI"})


def samples_for(country: str) -> tuple[Sample, ...]:
    """Return the samples of a country (ISO code), or those of the United States where there are none."""
    wanted = "DE" if country in _AS_IN_GERMANY else country
    found = tuple(sample for sample in SAMPLES if sample.country == wanted)
    return found or tuple(sample for sample in SAMPLES if sample.country == "US")


def ready_samples(country: str, currency: str) -> tuple[Sample, ...]:
    """Return the samples that can be used as they are in a currency; none where their amounts would make no sense."""
    if currency not in _ALIKE:
        return ()
    return tuple(replace(sample, rules=replace(sample.rules, currency=currency)) for sample in samples_for(country))
