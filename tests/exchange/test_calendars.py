"""iCalendar files: wall times with zones, changes of the clock, folding, escaping."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from directsell.exchange.calendars import Appointment, calendar_file, escape, fold

NOW = datetime(2026, 2, 1, 12, 30, 5, tzinfo=UTC)


def one(**more: object) -> Appointment:
    values: dict[str, object] = {
        "uid": "1@directsell",
        "day": date(2026, 2, 13),
        "starts": time(19),
        "zone": "America/Denver",
        "summary": "Dana's party",
        "changed_at": NOW,
        **more,
    }
    return Appointment(**values)  # type: ignore[arg-type]


def lines(*appointments: Appointment) -> list[str]:
    text = calendar_file(appointments, "DirectSell").decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_wall_time_keeps_its_zone() -> None:
    found = lines(one(ends=time(21, 30)))
    assert "DTSTART;TZID=America/Denver:20260213T190000" in found
    assert "DTEND;TZID=America/Denver:20260213T213000" in found
    assert "DTSTAMP:20260201T123005Z" in found
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-1] == "END:VCALENDAR"


def test_the_zone_names_the_changes_of_its_clock() -> None:
    found = lines(one())
    place = found.index("DTSTART:20260308T020000")
    assert found[place - 1] == "BEGIN:DAYLIGHT"
    assert found[place + 1 : place + 4] == ["TZOFFSETFROM:-0700", "TZOFFSETTO:-0600", "TZNAME:MDT"]
    place = found.index("DTSTART:20261101T020000")
    assert found[place + 1 : place + 4] == ["TZOFFSETFROM:-0600", "TZOFFSETTO:-0700", "TZNAME:MST"]


def test_without_a_zone_the_time_floats_and_without_a_time_it_is_the_day() -> None:
    assert "DTSTART:20260213T190000" in lines(one(zone=""))
    assert "DTSTART:20260213T190000" in lines(one(zone="No/Where"))
    found = lines(one(starts=None))
    assert "DTSTART;VALUE=DATE:20260213" in found
    assert "DTEND;VALUE=DATE:20260214" in found
    assert "BEGIN:VTIMEZONE" not in found
    assert "DTEND:20260213T220000" in lines(one(zone="", ends=None))


def test_words_are_escaped_and_a_cancelled_one_says_so() -> None:
    found = lines(one(place="12 Elm St; 2nd floor, left", text="Bring:\nbowls\\boards", cancelled=True))
    assert "LOCATION:12 Elm St\\; 2nd floor\\, left" in found
    assert "DESCRIPTION:Bring:\\nbowls\\\\boards" in found
    assert "STATUS:CANCELLED" in found
    assert escape("a\x07b\r\nc") == "ab\\nc"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=300))
def test_folding_tears_no_character_and_loses_nothing(text: str) -> None:
    parts = list(fold(text))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == text
    assert all(part.startswith(" ") for part in parts[1:])
