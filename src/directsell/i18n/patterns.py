"""CLDR date and time patterns ("d. MMMM y") made into text. Knows nothing of money or words."""

from __future__ import annotations

import re
from datetime import date, time
from functools import lru_cache

from directsell.i18n.formats import Formats

_TOKEN = re.compile(r"'((?:[^']|'')*)'|([a-zA-Z])\2*|[^a-zA-Z']+")


@lru_cache(maxsize=256)
def tokens(pattern: str) -> tuple[tuple[str, str], ...]:
    """Split a pattern into ("d", ""), ("MMM", "") for fields and ("", text) for what stands between them."""
    found = []
    for match in _TOKEN.finditer(pattern):
        if match[2]:
            found.append((match[0], ""))
        elif match[0].startswith("'"):
            found.append(("", match[1].replace("''", "'") or "'"))
        else:
            found.append(("", match[0]))
    return tuple(found)


def write_date(day: date, pattern: str, formats: Formats) -> str:
    """Return a day written by a pattern."""
    return "".join(text or _date_field(field, day, formats) for field, text in tokens(pattern))


def write_time(moment: time, pattern: str, formats: Formats) -> str:
    """Return a time of day written by a pattern."""
    return "".join(text or _time_field(field, moment, formats) for field, text in tokens(pattern))


def date_order(pattern: str) -> str:
    """Return in which order a pattern writes year, month and day: "dmy", "mdy" or "ymd"."""
    letters = {"d": "d", "M": "m", "L": "m", "y": "y", "u": "y"}
    return "".join(letters[field[0]] for field, _ in tokens(pattern) if field[:1] in letters)


def _date_field(field: str, day: date, formats: Formats) -> str:
    letter, width = field[0], len(field)
    if letter in "ML":
        return _month(letter, width, day.month, formats)
    if letter == "d":
        return f"{day.day:0{width}d}"
    if letter in "yu":
        return f"{day.year % 100:02d}" if width == 2 else f"{day.year:0{width}d}"
    if letter == "E":
        return (formats.days if width == 4 else formats.days_short)[day.weekday()]
    if letter == "c":
        return (formats.days_alone if width == 4 else formats.days_alone_short)[day.weekday()]
    return ""  # an era; every date here is of the common one


def _month(letter: str, width: int, month: int, formats: Formats) -> str:
    if width < 3:
        return f"{month:0{width}d}"
    if letter == "M":
        return (formats.months if width == 4 else formats.months_short)[month - 1]
    return (formats.months_alone if width == 4 else formats.months_alone_short)[month - 1]


def _time_field(field: str, moment: time, formats: Formats) -> str:
    letter, width = field[0], len(field)
    if letter == "H":
        return f"{moment.hour:0{width}d}"
    if letter == "h":
        return f"{moment.hour % 12 or 12:0{width}d}"
    if letter == "K":
        return f"{moment.hour % 12:0{width}d}"
    if letter == "m":
        return f"{moment.minute:0{width}d}"
    if letter == "s":
        return f"{moment.second:0{width}d}"
    return formats.day_periods[moment.hour >= 12]  # a, b or B
