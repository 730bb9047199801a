"""Counting the till by denomination and comparing it with the ledger. No storage, no payments are made here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from directsell.domain.errors import DomainError
from directsell.domain.money import check_int64, currency_digits

_MAX_PIECES = 1_000_000

# Notes and coins in circulation, in minor units, largest first.
DENOMINATIONS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "USD": (100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 25, 10, 5, 1),
        "EUR": (200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1),
        "GBP": (50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1),
        "CHF": (1000_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5),
        "CAD": (100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 25, 10, 5),
        "AUD": (100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5),
        "NZD": (100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10),
        "BRL": (200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 25, 10, 5),
        "MXN": (1000_00, 500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50),
        "JPY": (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1),
        "PLN": (500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1),
        "SEK": (1000_00, 500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00),
        "NOK": (1000_00, 500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 1_00),
        "DKK": (500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50),
        "CZK": (5000_00, 2000_00, 1000_00, 500_00, 200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00),
    }
)
_STEPS = (500, 200, 100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCheck:
    """A count against the ledger, in minor units.

    Args:
        counted: what lies in the till.
        float_start: the change that was brought along.
        received: cash that the ledger says came in, less what was given back.
        expected: ``float_start`` + ``received``.
        difference: counted - expected; positive is too much.
    """

    counted: int
    float_start: int
    received: int
    expected: int
    difference: int


def denominations(currency: str) -> tuple[int, ...]:
    """Return notes and coins of a currency in minor units, largest first.

    A currency that is not in the table gets steps of 1, 2 and 5 from the minor unit to 500 major units.

    Raises:
        DomainError: ``money.unknown_currency``.
    """
    known = DENOMINATIONS.get(currency)
    if known is not None:
        return known
    unit = 10 ** currency_digits(currency)
    steps = {step * unit for step in _STEPS} | {step * unit // 100 for step in _STEPS if step * unit >= 100}
    return tuple(sorted(steps, reverse=True))


def cash_total(counts: Iterable[tuple[int, int]], currency: str) -> int:
    """Return the sum of pairs (denomination, number of pieces).

    Raises:
        DomainError: ``cash.unknown_denomination`` or ``cash.pieces`` (negative, or more than 1,000,000).
    """
    known = denominations(currency)
    total = 0
    for denomination, pieces in counts:
        if denomination not in known:
            raise DomainError("cash.unknown_denomination", field="counts", denomination=denomination)
        if not 0 <= pieces <= _MAX_PIECES:
            raise DomainError("cash.pieces", field="counts", denomination=denomination)
        total += denomination * pieces
    return check_int64(total)


def check_cash(counted: int, received: int, float_start: int = 0) -> CashCheck:
    """Return how a count compares with the ledger."""
    expected = float_start + received
    return CashCheck(
        counted=counted,
        float_start=float_start,
        received=received,
        expected=expected,
        difference=counted - expected,
    )
