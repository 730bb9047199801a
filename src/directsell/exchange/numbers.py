"""Decimal marks and exact numbers: what a column says, with evidence, and strict parsing. Never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import Cell
from directsell.exchange.texts import SPACES, unguarded

DecimalMark = Literal[".", ",", ""]

MAX_DECIMALS = 6  # the store keeps millionths
_MAX_NUMBER = Decimal(10) ** 12
_MILLIONTH = Decimal(1).scaleb(-MAX_DECIMALS)
_NOISE = Decimal("1e-9")  # 2.5500000000000003 is 2.55 written by a program that counts in binary
_MAX_NUMBER_CHARS = 64

_CURRENCY = re.compile(
    r"[€$£¥₹₺₽₩₪฿₫₴]"
    r"|(?<![^\W\d_])(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|RON|BGN|CAD|AUD|NZD|JPY|INR|MXN|BRL|TRY|ZAR|US|"
    r"kr|zł|Kč|Ft|lei|Fr|Rs|R)(?![^\W\d_])\.?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]+(?:[.,'’ ][0-9]+)*|[.,][0-9]+|[0-9]+[.,](?=$)", re.ASCII)
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?e[+-]?[0-9]+", re.IGNORECASE | re.ASCII)
_GROUPS = {
    ".": re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{2,3})*,[0-9]{3}"),  # also lakhs: 12,34,567
    ",": re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"),
}
_NO_DIGIT = re.compile(r"[^0-9]")
_PLAIN_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>['’ ])[0-9]{3})(?:(?P=mark)[0-9]{3})*")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """What a column of numbers says about its decimal mark.

    Attributes:
        mark: "." or ",", or "" when the sample says nothing (`ambiguous` or only whole numbers).
        ambiguous: True when values like "1.234" occur, or both marks, and nothing decides: the user must say.
        for_point, for_comma: how many values can only be read with that mark.
        undecided: how many values can be read with both and mean different things.
        examples: some of the undecided values, or of the contradicting ones.
    """

    mark: DecimalMark
    ambiguous: bool
    for_point: int = 0
    for_comma: int = 0
    undecided: int = 0
    examples: tuple[str, ...] = ()


def infer_decimal_mark(values: Iterable[str]) -> NumberStyle:
    """Find the decimal mark of a column from a sample of its values.

    "13,75" can only have a decimal comma, "1.234,56" too; "1.234" may be a thousand or a bit more than one.
    """
    point = comma = undecided = 0
    doubtful: list[str] = []
    contradicting: dict[str, str] = {}
    for text in values:
        mark = _mark_of(text)
        if mark == ".":
            point += 1
            contradicting.setdefault(mark, text.strip())
        elif mark == ",":
            comma += 1
            contradicting.setdefault(mark, text.strip())
        elif mark == "?":
            undecided += 1
            if len(doubtful) < 3:
                doubtful.append(text.strip())
    if point and comma:
        return NumberStyle("", True, point, comma, undecided, tuple(contradicting.values()))
    if point or comma:
        return NumberStyle("." if point else ",", False, point, comma, undecided, ())
    return NumberStyle("", undecided > 0, 0, 0, undecided, tuple(doubtful))


def _mark_of(text: str) -> str:
    """Return the only decimal mark that fits a value, "?" when both do, "" when it has none or is no number."""
    try:
        digits, _ = _number_body(text)
    except ExchangeError:
        return ""
    points, commas = digits.count("."), digits.count(",")
    if points + commas == 0:
        return ""
    fits = [mark for mark in (".", ",") if _halves(digits, mark) is not None]
    return "?" if len(fits) == 2 else "".join(fits)


def _halves(digits: str, mark: str) -> tuple[str, str] | None:
    """Cut digits at the decimal mark, grouping marks taken away; None when they do not fit that mark."""
    whole, _, fraction = digits.partition(mark)
    if fraction and not fraction.isdigit():
        return None
    if whole and not whole.isdigit():
        if not _GROUPS[mark].fullmatch(whole) and not _PLAIN_GROUPS.fullmatch(whole):
            return None
        whole = _NO_DIGIT.sub("", whole)
    return whole, fraction


def _number_body(text: str) -> tuple[str, bool]:
    """Return the digits with their marks, and whether they are negative; currency, sign and brackets are gone."""
    if len(text) > _MAX_NUMBER_CHARS:
        raise ExchangeError("number.too_large", text=text[:_MAX_NUMBER_CHARS])
    body = SPACES.sub(" ", text.replace("\u2212", "-")).strip()
    if body[:1] == "'":
        body = unguarded(body)
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    if _EXPONENT.fullmatch(body):
        raise ExchangeError("number.scientific", text=text)
    body = _CURRENCY.sub("", body, count=1).strip()
    for strip in (str.removeprefix, str.removesuffix):
        if body != (shorter := strip(body, "-")):
            if negative:
                raise ExchangeError("number.not_a_number", text=text)
            negative, body = True, shorter.strip()
    body = _CURRENCY.sub("", body.removeprefix("+"), count=1).strip()
    if not _NUMBER.fullmatch(body):
        raise ExchangeError("number.not_a_number", text=text)
    return body, negative


def looks_numeric(text: str) -> bool:
    """Tell whether a value is a number or an amount, whatever its decimal mark or percent sign."""
    try:
        _number_body(text.strip().strip("%"))
    except ExchangeError:
        return False
    return True


def parse_number(value: Cell, mark: DecimalMark, *, percent: bool = False) -> Decimal:
    """Return the exact number that a value stands for.

    With a mark of "" values that can be read in one way only are taken, others are refused.

    Args:
        value: text, or a typed cell of a workbook.
        mark: decimal mark of the column; the other mark may only group thousands, in whole groups.
        percent: True when a percent sign is allowed; "19 %" and "19" are then 19.

    Raises:
        ExchangeError: ``number.*``; nothing is rounded except binary noise far behind the sixth decimal.
    """
    if isinstance(value, Decimal):
        return _checked(value, str(value))
    if not isinstance(value, str):
        raise ExchangeError("number.not_a_number", text=str(value))
    text = value
    if text.rstrip().endswith("%") or text.lstrip().startswith("%"):
        if not percent:
            raise ExchangeError("number.percent", text=text[:_MAX_NUMBER_CHARS])
        text = text.strip().strip("%")
    digits, negative = _number_body(text)
    if mark == "":
        found = _mark_of(digits)
        if found == "?":
            raise ExchangeError("number.ambiguous", text=value)
        mark = "," if found == "," else "."
    halves = _halves(digits, mark)
    if halves is None:
        raise ExchangeError("number.wrong_mark", text=value, mark=mark)
    whole, fraction = halves
    number = Decimal(f"{whole or '0'}.{fraction or '0'}" if fraction else whole or "0")
    return _checked(-number if negative and number else number, value)


def _checked(number: Decimal, text: str) -> Decimal:
    if not number.is_finite():
        raise ExchangeError("number.not_a_number", text=text)
    if abs(number) >= _MAX_NUMBER:
        raise ExchangeError("number.too_large", text=text[:_MAX_NUMBER_CHARS])
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent >= -MAX_DECIMALS:
        return number if exponent <= 0 else number.quantize(Decimal(1))
    rounded = number.quantize(_MILLIONTH)
    if abs(rounded - number) > _NOISE:
        raise ExchangeError("number.too_precise", text=text, decimals=MAX_DECIMALS)
    return Decimal(f"{rounded:f}".rstrip("0").rstrip("."))
