"""Dates as people type them ("24.12.", "2026-12-24", "24 Dec", "fri", "+3"), read into days. Writes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from directsell.domain.errors import DomainError

MAX_TYPED: Final = 40  # characters
_FURTHEST: Final = 36_500  # days that "+n" may reach
_PIECES = re.compile(r"\d+|[^\d\s.,/\u2010\u2011\u2212\u200e\u200f\u061c\u060c'\u2019-]+")
_OFFSET = re.compile(r"([+-])\s*(\d{1,5})")
# Spanish and Danish words beside a day; the signs for year, month and day of Japanese and Chinese.
_PARTICLES = {"de", "den", "\u5e74", "\u6708", "\u65e5"}
_YEARS: Final = range(1800, 2200)  # another year is a slip of the finger


def read_date(
    text: str, today: date, *, order: str, months: Mapping[str, int], days: Mapping[str, int], words: Mapping[str, int]
) -> date:
    """Return the day that was typed.

    Understood are the locale's order with any separator, ISO 8601, digits without separators (ddmmyy, ddmmyyyy in the
    locale's order, yyyymmdd), names of months and weekdays, words for days near today, and "+3" or "-3" days. Without
    a year it is the nearest such day; with two digits of a year the one between 80 years ago and 19 years ahead; a
    weekday is the next one after today.

    Args:
        text: what was typed.
        today: the present day of the seller.
        order: "dmy", "mdy" or "ymd".
        months: folded name or its abbreviation -> 1 to 12.
        days: folded name of a weekday or its abbreviation -> 0 (Monday) to 6.
        words: folded word -> days from today.

    Raises:
        DomainError: ``date.invalid`` with the ``text``.
    """
    typed = fold(unicodedata.normalize("NFKC", text.strip()[: MAX_TYPED + 1]))
    try:
        if not typed or len(typed) > MAX_TYPED:
            raise ValueError
        if typed in words:
            return today + timedelta(days=words[typed])
        if typed.rstrip(".") in days:
            return today + timedelta(days=(days[typed.rstrip(".")] - today.weekday() - 1) % 7 + 1)
        if offset := _OFFSET.fullmatch(typed):
            return _shift(today, int(offset[1] + offset[2]))
        return _calendar_day(typed, today, order, months, days)
    except (ValueError, OverflowError):
        raise DomainError("date.invalid", text=text.strip()[:MAX_TYPED]) from None


def fold(name: str) -> str:
    """Return a name as it is compared: lower case, without direction marks and final dots."""
    return "".join(sign for sign in name.casefold() if sign not in "\u200e\u200f\u061c").strip().rstrip(".")


def _shift(today: date, days: int) -> date:
    if abs(days) > _FURTHEST:
        raise ValueError
    return today + timedelta(days=days)


def _calendar_day(typed: str, today: date, order: str, months: Mapping[str, int], days: Mapping[str, int]) -> date:
    for name in days:
        if not name.isalpha() or name.endswith("\u65e5"):  # names of two words; Japanese ones stick to the day
            typed = typed.replace(name, " ")
    pieces = _PIECES.findall(typed)
    numbers = [piece for piece in pieces if piece.isdigit()]
    words = [piece for piece in pieces if not piece.isdigit() and piece not in _PARTICLES]
    if len(words) > 1:  # "Tuesday, 3 February": the weekday is decoration
        words = [word for word in words if word not in days]
    if words:
        if len(words) != 1 or not 1 <= len(numbers) <= 2:
            raise ValueError
        day, year = numbers[0], "".join(numbers[1:])
        if len(day) == 4:
            day, year = year, day
        return _assemble(day, year, _month(words[0], months), today)
    if len(numbers) == 1:
        return _undivided(numbers[0], order, today)
    if len(numbers) == 3:
        return _ordered(numbers, "ymd" if len(numbers[0]) == 4 else order, today)
    return _ordered(numbers, order.replace("y", ""), today)


def _month(word: str, months: Mapping[str, int]) -> int:
    """Return the month of a name; three letters or more are enough if only one month begins with them."""
    for name in (word, word.removeprefix("\u05d1")):  # Hebrew writes "in" as the first letter of the month
        if name in months:
            return months[name]
    found = {month for name, month in months.items() if len(word) >= 3 and name.startswith(word)}
    if len(found) != 1:
        raise ValueError
    return found.pop()


def _undivided(digits: str, order: str, today: date) -> date:
    """Read digits without separators: 6 or 8 of them in the locale's order, 8 also as yyyymmdd."""
    if len(digits) not in (6, 8):
        raise ValueError
    sizes = {"y": len(digits) - 4, "m": 2, "d": 2}
    try:
        return _ordered(_cut(digits, [sizes[part] for part in order]), order, today)
    except ValueError:
        return _ordered(_cut(digits, [4, 2, 2]), "ymd", today)


def _cut(digits: str, sizes: list[int]) -> list[str]:
    first, second, _ = sizes
    return [digits[:first], digits[first : first + second], digits[first + second :]]


def _ordered(numbers: list[str], order: str, today: date) -> date:
    values = dict(zip(order, numbers, strict=True))
    return _assemble(values["d"], values.get("y", ""), int(values["m"]), today)


def _assemble(day: str, year: str, month: int, today: date) -> date:
    if len(day) > 2 or len(year) not in (0, 2, 4):
        raise ValueError
    if len(year) == 4:
        if int(year) not in _YEARS:
            raise ValueError
        return date(int(year), month, int(day))
    if len(year) == 2:
        oldest = today.year - 80
        return date(oldest + (int(year) - oldest) % 100, month, int(day))
    near = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(candidate, month, int(day)))
        except ValueError:  # 29 February
            continue
    return min(near, key=lambda found: abs(found - today))
