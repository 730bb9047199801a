"""Public holidays by rule: fixed days, weekdays of a month, days counted from Easter, observed days. No calendars of laws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6
_DAY = timedelta(days=1)


class Observed(StrEnum):
    """What happens when a holiday falls on a weekend: nothing; the nearest weekday; the next free weekday."""

    NO = "no"
    NEAREST = "nearest"
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One holiday of every year; exactly one of ``easter``, ``month`` + ``day`` or ``month`` + ``nth`` is meant.

    Args:
        name: in the language of the country.
        month: of a fixed day, or of the weekday that is counted.
        day: of a fixed day; with ``nth`` the day from which is counted (0: the first of the month).
        weekday: Monday = 0, with ``nth``.
        nth: which of them: 1 the first on or after the day, -1 the last before it (with day 0: of the month).
        easter: days after Easter Sunday (Good Friday: -2), with ``month`` 0.
        since: first year; ``until`` last year, 0 for none.
        regions: codes where it is one; none named: everywhere.
        observed: what happens on a weekend.
    """

    name: str
    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 0
    easter: int = 0
    since: int = 0
    until: int = 0
    regions: tuple[str, ...] = ()
    observed: Observed = Observed.NO

    def day_in(self, year: int) -> date | None:
        """Return its day in a year, or None when there is none."""
        if year < self.since or (self.until and year > self.until):
            return None
        if not self.month:
            return easter_sunday(year) + timedelta(days=self.easter)
        if not self.nth:
            return date(year, self.month, self.day)
        if self.nth > 0:
            first = date(year, self.month, self.day or 1)
            return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        end = date(year, self.month, self.day) if self.day else date(year + self.month // 12, self.month % 12 + 1, 1)
        last = end - _DAY
        return last - timedelta(days=(last.weekday() - self.weekday) % 7 + 7 * (-self.nth - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayTable:
    """The holidays of a country."""

    id: str
    source: str = ""
    days: tuple[Holiday, ...] = ()


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def holidays_of(table: HolidayTable, year: int, region: str = "") -> dict[date, str]:
    """Return the holidays of a year with their names, those observed on a neighbouring weekday included.

    Args:
        table: the country's holidays.
        year: the year; New Year's Day of the next one may be observed in it.
        region: code of the region; empty leaves out what is not a holiday everywhere.
    """
    proper = [
        (day, holiday)
        for one in (year - 1, year, year + 1)
        if 1 <= one <= 9998
        for holiday in table.days
        if not holiday.regions or region in holiday.regions
        if (day := holiday.day_in(one)) is not None
    ]
    found = {day: holiday.name for day, holiday in sorted(proper, key=lambda pair: pair[0])}
    for day, holiday in sorted(proper, key=lambda pair: pair[0]):
        moved = _observed(day, holiday.observed, found)
        found.setdefault(moved, holiday.name)
    return {day: name for day, name in sorted(found.items()) if day.year == year}


def _observed(day: date, how: Observed, taken: dict[date, str]) -> date:
    if how is Observed.NO or day.weekday() < SATURDAY:
        return day
    if how is Observed.NEAREST:
        return day - _DAY if day.weekday() == SATURDAY else day + _DAY
    while day.weekday() >= SATURDAY or day in taken:
        day += _DAY
    return day


def holiday_name(table: HolidayTable, day: date, region: str = "") -> str:
    """Return the name of the holiday on a day, or nothing."""
    return holidays_of(table, day.year, region).get(day, "")
