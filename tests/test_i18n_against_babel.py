"""Our money, numbers and dates against Babel's, for every shipped locale; the shipped files against Babel's data."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.money import CURRENCIES, currency_digits, from_minor, micros
from directsell.i18n import Language
from directsell.i18n.cldr import build_formats
from directsell.i18n.formats import SHIPPED
from directsell.i18n.locales import load_formats

TAGS = st.sampled_from(SHIPPED)
MINOR = st.integers(-(10**14), 10**14)
DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, places=6).filter(
    lambda value: abs(value) >= Decimal("0.01")
)
DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))
STYLES = st.sampled_from(["short", "medium", "long", "full"])


def bare(text: str) -> str:
    """Drop what CLDR asks for and Babel leaves out: the minus of the language, and the space beside letters."""
    return text.replace("\u200e", "").replace("\u00a0", "").replace("\u2212", "-")


def with_money_marks(tag: str, text: str) -> str:
    """Put the marks of money, of which Babel knows nothing, in the places of those of numbers (French Swiss)."""
    formats = Language.load(tag).formats
    swap = {formats.decimal: formats.currency_decimal, formats.group: formats.currency_group}
    return "".join(swap.get(sign, sign) if index in _between_digits(text) else sign for index, sign in enumerate(text))


def _between_digits(text: str) -> set[int]:
    places = [index for index, sign in enumerate(text) if sign.isdigit()]
    return set(range(places[0], places[-1] + 1))


@given(TAGS, MINOR, st.sampled_from(CURRENCIES))
def test_money(tag: str, minor: int, currency: str) -> None:
    expected = babel_numbers.format_currency(
        from_minor(minor, currency),
        currency,
        locale=tag,
        currency_digits=False,
        format=_with_digits(tag, currency_digits(currency)),
    )
    assert bare(Language.load(tag).money(minor, currency)) == bare(with_money_marks(tag, expected))


def _with_digits(tag: str, digits: int) -> str:
    """Return the locale's pattern with the decimals of ISO 4217; CLDR rounds some currencies to what coins can pay."""
    pattern = Locale.parse(tag).currency_formats["standard"].pattern
    return str(pattern).replace("0.00", "0." + "0" * digits if digits else "0")


@given(TAGS, MINOR)
def test_amount(tag: str, minor: int) -> None:
    expected = babel_numbers.format_decimal(Decimal(minor) / 100, locale=tag, format=_plain(tag, ".00"))
    assert bare(Language.load(tag).amount(minor, "EUR")) == bare(with_money_marks(tag, expected))


@given(TAGS, DECIMALS, st.integers(2, 6))
def test_number(tag: str, value: Decimal, digits: int) -> None:
    with localcontext(rounding=ROUND_HALF_UP):
        expected = babel_numbers.format_decimal(value, locale=tag, format=_plain(tag, "." + "#" * digits))
    assert bare(Language.load(tag).number(value, digits)) == bare(expected)


def _plain(tag: str, fraction: str) -> str:
    return str(Locale.parse(tag).decimal_formats[None].pattern).replace(".###", fraction)


@given(TAGS, st.integers(-(10**8), 10**8))
def test_percent(tag: str, ppm: int) -> None:
    pattern = str(Locale.parse(tag).percent_formats[None].pattern).replace("##0", "##0.####")
    expected = babel_numbers.format_percent(Decimal(ppm) / 1_000_000, format=pattern, locale=tag)
    assert bare(Language.load(tag).percent(ppm)) == bare(expected)


@given(TAGS, DAYS, STYLES)
def test_date(tag: str, day: dt.date, style: str) -> None:
    assert Language.load(tag).date(day, style) == babel_dates.format_date(day, style, locale=tag)  # type: ignore[arg-type]


@given(TAGS, st.times())
def test_time(tag: str, moment: dt.time) -> None:
    assert Language.load(tag).time(moment) == babel_dates.format_time(moment, "short", locale=tag)


@pytest.mark.parametrize("tag", SHIPPED)
def test_shipped_file_is_what_babel_says(tag: str) -> None:
    formats, built = load_formats(tag), build_formats(tag)
    assert built is not None
    assert asdict(formats) == asdict(built), "run `dev.py formats`"


@given(TAGS, DECIMALS)
def test_typed_as_written(tag: str, value: Decimal) -> None:
    language = Language.load(tag)
    assert micros(language.parse_decimal(language.number(value))) == micros(value)


@given(TAGS, st.integers(-(10**12), 10**12))
def test_amount_typed_as_written(tag: str, minor: int) -> None:
    language = Language.load(tag)
    assert language.parse_decimal(language.amount(minor, "EUR")) == Decimal(minor) / 100


@given(TAGS, st.dates(dt.date(1947, 1, 1), dt.date(2045, 12, 31)), STYLES)
def test_date_typed_as_written(tag: str, day: dt.date, style: str) -> None:
    language = Language.load(tag)
    assert language.parse_date(language.date(day, style), dt.date(2026, 11, 22)) == day  # type: ignore[arg-type]
