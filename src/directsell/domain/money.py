"""Money, exact numbers and their rounding: minor units, micros, ppm, typed numbers. No floats, no taxes, no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from directsell.domain.errors import DomainError

MICRO: Final = 1_000_000
PPM: Final = 1_000_000  # 100 % in parts per million
INT64_MAX: Final = 2**63 - 1

# ISO 4217 list one as published on 2026-01-01, without metals, bond units and test codes, which have no minor unit.
_DIGITS_0 = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_DIGITS_3 = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS_4 = "CLF UYW"
_DIGITS_2 = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP
    COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR
    JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
    NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
    THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
"""
# Withdrawn in recent years: not offered any more, but the books of those years can still be imported and read.
_FORMER_2 = "ANG BGN CUC HRK SLL ZWL"

_ACTIVE: dict[str, int] = {
    code: digits
    for digits, codes in ((0, _DIGITS_0), (2, _DIGITS_2), (3, _DIGITS_3), (4, _DIGITS_4))
    for code in codes.split()
}
_DIGITS: dict[str, int] = _ACTIVE | dict.fromkeys(_FORMER_2.split(), 2)
CURRENCIES: Final[tuple[str, ...]] = tuple(sorted(_ACTIVE))

# Wide enough for any int64 times any int64; the context of the thread may be narrower.
_WIDE = Context(prec=80)


class Rounding(StrEnum):
    """How a tie is rounded: away from zero (default), or to the even neighbour."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


_DECIMAL_ROUNDING = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.HALF_EVEN: ROUND_HALF_EVEN}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency in its minor units (cents; whole yen; fils of 1/1000 dinar).

    Adding, subtracting and ordering work within one currency only; amounts of different currencies are unequal.

    Raises:
        DomainError: ``money.unknown_currency``, or ``money.currency_mismatch`` from an operation.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("money is counted in whole minor units")
        currency_digits(self.currency)

    @classmethod
    def of(cls, amount: Decimal, currency: str, rounding: Rounding = Rounding.HALF_UP) -> Money:
        """Return the money of an amount in major units (12.50), rounded to the currency's minor unit."""
        return cls(to_minor(amount, currency, rounding), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with exactly the currency's digits."""
        return from_minor(self.minor, self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise DomainError("money.currency_mismatch", left=self.currency, right=other.currency)
        return other.minor


def currency_digits(code: str) -> int:
    """Return how many decimals a currency has (ISO 4217: 0, 2, 3 or 4).

    Args:
        code: three capital letters; recently withdrawn codes are known too, though not in ``CURRENCIES``.

    Raises:
        DomainError: ``money.unknown_currency``.
    """
    digits = _DIGITS.get(code)
    if digits is None:
        raise DomainError("money.unknown_currency", field="currency", currency=code[:20])
    return digits


def round_ratio(numerator: int, denominator: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Return numerator / denominator as a whole number; the one place where integers are rounded.

    Symmetric: the result of the negative numerator is the negative result. The denominator is positive.
    """
    quotient, rest = divmod(abs(numerator), denominator)
    double = rest * 2
    if double > denominator or (double == denominator and (rounding is Rounding.HALF_UP or quotient & 1)):
        quotient += 1
    return quotient if numerator >= 0 else -quotient


def round_decimal(value: Decimal, digits: int, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """Return a value with exactly ``digits`` decimals (rule D1).

    Raises:
        DomainError: ``number.invalid`` (not finite) or ``number.too_large``.
    """
    _check_size(value)
    result = value.quantize(Decimal((0, (1,), -digits)), rounding=_DECIMAL_ROUNDING[rounding], context=_WIDE)
    return result or result.copy_abs()  # nobody wants to read -0.00


def to_minor(amount: Decimal, currency: str, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Return an amount of major units as minor units of its currency, rounded.

    Raises:
        DomainError: ``money.unknown_currency``, ``number.invalid`` or ``number.too_large``.
    """
    digits = currency_digits(currency)
    return check_int64(int(round_decimal(amount, digits, rounding).scaleb(digits, context=_WIDE)))


def from_minor(minor: int, currency: str) -> Decimal:
    """Return minor units as major units with exactly the currency's digits (1250 USD -> 12.50)."""
    return Decimal(minor).scaleb(-currency_digits(currency), context=_WIDE)


def micros(value: Decimal) -> int:
    """Return a quantity or unit price as whole millionths, the form in which it is stored; never rounded.

    Raises:
        DomainError: ``number.invalid`` (not finite), ``number.too_precise`` (more than six decimals) or
            ``number.too_large`` (beyond 64 bits).
    """
    if not value.is_finite():
        raise DomainError("number.invalid", text=str(value)[:40])
    return _micros(value)


@lru_cache(maxsize=8192)  # a file of sales has few prices and quantities, each of them thousands of times
def _micros(value: Decimal) -> int:
    if not value:
        return 0
    _check_size(value)
    if value.adjusted() < -6:  # also keeps 1E-999999 from becoming a ratio of a million digits
        raise DomainError("number.too_precise")
    numerator, denominator = value.as_integer_ratio()
    result, rest = divmod(numerator * MICRO, denominator)
    if rest:
        raise DomainError("number.too_precise")
    return check_int64(result)


@lru_cache(maxsize=8192)
def from_micros_decimal(value: int) -> Decimal:
    """Return whole millionths as a decimal without trailing zeros (2_500_000 -> 2.5, 3_000_000 -> 3)."""
    whole, rest = divmod(abs(value), MICRO)
    text = f"{whole}.{rest:06d}".rstrip("0").rstrip(".") if rest else str(whole)
    return Decimal(f"-{text}" if value < 0 else text)


def percent_to_ppm(percent: Decimal) -> int:
    """Return a percentage as parts per million (7.75 -> 77_500); at most four decimals.

    Raises:
        DomainError: as for ``micros``.
    """
    result, rest = divmod(micros(percent), 100)
    if rest:
        raise DomainError("number.too_precise")
    return result


def ppm_to_percent(ppm: int) -> Decimal:
    """Return parts per million as a percentage without trailing zeros (77_500 -> 7.75)."""
    return from_micros_decimal(ppm * 100)


def percent_of(minor: int, ppm: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Return the share of an amount that parts per million make, in whole minor units."""
    return round_ratio(minor * ppm, PPM, rounding)


def allocate(minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Spread an amount over weights by the largest remainder; the sum is always exact (rules D2, D10, D18).

    Each share is its exact quota rounded down or up. On a tie the earlier share gets the odd cent. A weight of zero
    gets nothing, unless all are zero: then the shares are equal. Weights may be negative (returned lines).

    Raises:
        DomainError: ``money.no_weights`` when an amount meets no weights, or weights that cancel out.
    """
    total = sum(weights)
    if not minor:
        return (0,) * len(weights)
    if not total:
        if not weights or any(weights):
            raise DomainError("money.no_weights")
        weights, total = (1,) * len(weights), len(weights)
    sign = 1 if minor > 0 else -1
    divisor = abs(total)
    factor = abs(minor) if total > 0 else -abs(minor)
    quotas = [divmod(factor * weight, divisor) for weight in weights]
    shares = [whole for whole, _ in quotas]
    odd = abs(minor) - sum(shares)
    for index in sorted(range(len(quotas)), key=lambda i: -quotas[i][1])[:odd]:
        shares[index] += 1
    return tuple(sign * share for share in shares)


def round_cash(minor: int, increment: int) -> int:
    """Return the nearest amount that coins can pay (rule D13: 5 for 5 cents, 100 for one krona); ties away from zero.

    Raises:
        DomainError: ``money.increment`` for an increment below 1.
    """
    if increment < 1:
        raise DomainError("money.increment", field="increment")
    return round_ratio(minor, increment) * increment


def check_int64(value: int, *, field: str = "") -> int:
    """Return the value, or refuse one that a database column cannot hold.

    Raises:
        DomainError: ``number.too_large``.
    """
    if not -INT64_MAX <= value <= INT64_MAX:
        raise DomainError("number.too_large", field=field)
    return value


def _check_size(value: Decimal) -> None:
    if not value.is_finite():
        raise DomainError("number.invalid", text=str(value)[:40])
    if value and value.adjusted() > 18:
        raise DomainError("number.too_large")


MAX_TYPED: Final = 30  # characters; the longest sensible number, grouped, has fewer
_MAX_NUMBER = from_micros_decimal(INT64_MAX)
_BLANKS = " \u00a0\u202f\u2009"
_APOSTROPHES = "'\u2019"
_INVISIBLE = "\u200e\u200f\u061c"  # direction marks that come along when a number is pasted from right-to-left text
_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789") | str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
_ASCII_DIGITS = frozenset("0123456789")


def parse_decimal(text: str, *, decimal_mark: str, group_marks: str, lakh: bool = False) -> Decimal:
    """Return the number that somebody typed or pasted, or refuse it; nothing is guessed.

    A mark in the wrong place is an error and never another number: "13,75" with English marks is not 1375. Blanks
    of every width count as one mark, straight and curly apostrophes as well. Arabic-Indic and Persian digits are
    understood, with their own marks; all other scripts are refused.

    Args:
        text: what was typed, e.g. "1.234,50"; blanks around it and one leading sign are allowed.
        decimal_mark: the one mark before the decimals, e.g. ",".
        group_marks: all marks that may stand between groups of three digits, e.g. "." or "\u202f".
        lakh: whether groups of two digits before the last three are right as well (12,34,567 in India).

    Raises:
        DomainError: ``number.invalid``, ``number.grouping`` or ``number.too_large``, with the ``text``.
    """
    typed = text.strip().strip(_INVISIBLE).strip()
    marks = _mark_table(decimal_mark, group_marks)
    body = typed[1:].lstrip(_INVISIBLE) if typed[:1] in ("-", "+", "\u2212") else typed
    ascii_body = body.translate(_ARABIC)
    if ascii_body != body:
        if not _ASCII_DIGITS.isdisjoint(body):
            raise _refused("number.invalid", text)
        marks |= {"\u066b": ".", "\u066c": "\u066c"}
    plain = "".join(c if c in _ASCII_DIGITS else marks.get(c, "?") for c in ascii_body[: MAX_TYPED + 1])
    if "?" in plain or _ASCII_DIGITS.isdisjoint(plain):
        raise _refused("number.invalid", text)
    if len(typed) >= MAX_TYPED:
        raise _refused("number.too_large", text)
    whole, *fractions = plain.split(".")
    fraction = fractions[0] if fractions else ""
    if len(fractions) > 1 or not _ASCII_DIGITS.issuperset(fraction):
        raise _refused("number.grouping", text)
    digits = _ungrouped(whole, lakh, text) or "0"
    number = Decimal(f"{digits}.{fraction}" if fraction else digits)
    if number > _MAX_NUMBER:
        raise _refused("number.too_large", text)
    return number.copy_negate() if number and typed[0] in "-\u2212" else number


def _mark_table(decimal_mark: str, group_marks: str) -> dict[str, str]:
    """Map each accepted mark to its canonical form: "." for the decimal mark, one mark per family of groups."""
    table: dict[str, str] = {}
    for mark in group_marks:
        family = next((family for family in (_BLANKS, _APOSTROPHES) if mark in family), mark)
        table |= dict.fromkeys(family, "G" if mark == "." else family[0])
    if len(decimal_mark) != 1 or decimal_mark in table:
        raise ValueError("one decimal mark that is no group mark")
    table[decimal_mark] = "."
    return table


def _ungrouped(whole: str, lakh: bool, text: str) -> str:
    """Return the digits before the decimal mark after checking that every group mark stands where it must."""
    used = set(whole) - _ASCII_DIGITS
    if not used:
        return whole
    if len(used) > 1:
        raise _refused("number.grouping", text)
    first, *groups = whole.split(used.pop())
    *inner, last = groups
    sizes = {len(group) for group in inner}
    by_threes = sizes <= {3} and 1 <= len(first) <= 3
    by_twos = lakh and sizes <= {2} and 1 <= len(first) <= 2
    if len(last) != 3 or first.startswith("0") or not (by_threes or by_twos):
        raise _refused("number.grouping", text)
    return "".join((first, *groups))


def _refused(code: str, text: str) -> DomainError:
    return DomainError(code, text=text.strip()[:40])
