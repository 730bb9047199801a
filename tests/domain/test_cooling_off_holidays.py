"""Public holidays: the tables against days known from calendars, the American ones against a second computation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.cooling_off.holidays import easter_sunday, holidays_of
from directsell.legal import legal_pack

EASTER = {
    2022: (4, 17), 2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1),
    2030: (4, 21), 2035: (3, 25), 2038: (4, 25), 2049: (4, 18), 2050: (4, 10), 2076: (4, 19), 2285: (3, 22),
}  # fmt: skip


def days(table: str, year: int, region: str = "") -> dict[date, str]:
    return holidays_of(legal_pack().table(table), year, region)


def american_days(year: int) -> set[date]:
    """Return the federal holidays of a year from the list of 5 U.S.C. 6103, by walking through the calendar."""
    found: set[date] = set()
    day = date(year - 1, 12, 1)
    mondays = 0
    month = 0
    while day <= date(year + 1, 1, 31):
        if day.month != month:
            month, mondays, thursdays = day.month, 0, 0
        mondays += day.weekday() == 0
        thursdays += day.weekday() == 3
        fixed = (day.month, day.day) in {(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)}
        third_monday = day.weekday() == 0 and mondays == 3 and day.month in (1, 2)
        first_monday = day.weekday() == 0 and mondays == 1 and day.month == 9
        second_monday = day.weekday() == 0 and mondays == 2 and day.month == 10
        last_monday = day.weekday() == 0 and day.month == 5 and (day + timedelta(days=7)).month == 6
        fourth_thursday = day.weekday() == 3 and thursdays == 4 and day.month == 11
        if fixed or third_monday or first_monday or second_monday or last_monday or fourth_thursday:
            found.add(day)
            if fixed and day.weekday() == 5:
                found.add(day - timedelta(days=1))
            if fixed and day.weekday() == 6:
                found.add(day + timedelta(days=1))
        day += timedelta(days=1)
    return {day for day in found if day.year == year}


@pytest.mark.parametrize("year", EASTER)
def test_easter(year: int) -> None:
    assert easter_sunday(year) == date(year, *EASTER[year])


@given(st.integers(1583, 9000))
def test_easter_is_a_sunday_between_its_limits(year: int) -> None:
    found = easter_sunday(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


@pytest.mark.parametrize("year", range(2022, 2051))
def test_american_holidays_by_a_second_computation(year: int) -> None:
    assert set(days("US", year)) == american_days(year)


def test_the_american_new_year_may_be_observed_in_the_old_year() -> None:
    assert days("US", 2027)[date(2027, 12, 31)] == "New Year's Day"
    assert date(2028, 1, 1) in days("US", 2028)
    assert date(2020, 6, 19) not in days("US", 2020)


@pytest.mark.parametrize(
    ("table", "region", "expected"),
    [
        ("DE", "", "1-1 4-3 4-6 5-1 5-14 5-25 10-3 12-25 12-26"),
        ("DE", "BW", "1-1 1-6 4-3 4-6 5-1 5-14 5-25 6-4 10-3 11-1 12-25 12-26"),
        ("DE", "SN", "1-1 4-3 4-6 5-1 5-14 5-25 10-3 10-31 11-18 12-25 12-26"),
        ("DE", "BE", "1-1 3-8 4-3 4-6 5-1 5-14 5-25 10-3 12-25 12-26"),
        ("AT", "", "1-1 1-6 4-3 4-6 5-1 5-14 5-25 6-4 8-15 10-26 11-1 12-8 12-25 12-26"),
        ("FR", "", "1-1 4-6 5-1 5-8 5-14 5-25 7-14 8-15 11-1 11-11 12-25"),
        ("IT", "", "1-1 1-6 4-6 4-25 5-1 6-2 8-15 10-4 11-1 12-8 12-25 12-26"),
        ("ES", "", "1-1 1-6 4-3 5-1 8-15 10-12 11-1 12-6 12-8 12-25"),
        ("PL", "", "1-1 1-6 4-6 5-1 5-3 6-4 8-15 11-1 11-11 12-24 12-25 12-26"),
        ("IE", "", "1-1 2-2 3-17 4-6 5-4 6-1 8-3 10-26 12-25 12-26"),
        ("GB", "", "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-26 12-28"),
        ("CH", "", "1-1 4-3 4-6 5-14 5-25 8-1 12-25 12-26"),
        ("AU", "", "1-1 1-26 4-3 4-4 4-6 4-25 12-25 12-26 12-28"),
        ("AU", "NSW", "1-1 1-26 4-3 4-4 4-6 4-25 6-8 12-25 12-26 12-28"),
        ("MX", "", "1-1 2-2 3-16 5-1 9-16 11-16 12-25"),
    ],
)
def test_holidays_of_2026(table: str, region: str, expected: str) -> None:
    assert " ".join(f"{day.month}-{day.day}" for day in days(table, 2026, region)) == expected


def test_a_christmas_on_a_weekend_takes_the_next_free_days() -> None:
    assert {date(2027, 12, 27), date(2027, 12, 28)} <= set(days("GB", 2027))  # Saturday and Sunday
    assert date(2022, 12, 27) in days("GB", 2022)  # Christmas was a Sunday, the 26th is a holiday itself


def test_days_that_came_later() -> None:
    assert date(2024, 12, 24) not in days("PL", 2024)
    assert date(2025, 12, 24) in days("PL", 2025)
    assert date(2025, 10, 4) not in days("IT", 2025)
    assert date(2030, 2, 1) in days("IE", 2030)  # a Friday
    assert date(2030, 2, 4) not in days("IE", 2030)
