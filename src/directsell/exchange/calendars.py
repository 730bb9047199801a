"""Writes appointments as an iCalendar file (RFC 5545): wall times with their zone, folded lines. Knows no demos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LINE = 75  # octets in a line, without its end
_USUAL = timedelta(hours=3)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Something at a wall time in a zone.

    Args:
        uid: unique for ever; a later file with the same one replaces the entry.
        day: the day; without ``starts`` the whole of it.
        starts, ends: wall times; without an end it takes three hours.
        zone: IANA name; empty or unknown: the time of whatever device reads the file.
        summary, place, text: plain words.
        changed_at: an aware instant.
        cancelled: it does not take place.
    """

    uid: str
    day: date
    starts: time | None = None
    ends: time | None = None
    zone: str = ""
    summary: str
    place: str = ""
    text: str = ""
    changed_at: datetime
    cancelled: bool = False


def calendar_file(appointments: Iterable[Appointment], product: str) -> bytes:
    """Return appointments as the bytes of an iCalendar file.

    Args:
        appointments: what is to stand in it.
        product: the name of the program that writes it.
    """
    wanted = list(appointments)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{escape(product)}//EN", "CALSCALE:GREGORIAN"]
    years: dict[str, set[int]] = {}
    for one in wanted:
        if one.starts is not None and _zone(one.zone) is not None:
            years.setdefault(one.zone, set()).add(one.day.year)
    for name in sorted(years):
        lines += _zone_lines(name, min(years[name]), max(years[name]))
    for one in wanted:
        lines += _event(one)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in fold(line)).encode("utf-8")


def escape(text: str) -> str:
    """Return text as a value: backslash, comma, semicolon and line ends escaped, other control characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c == "\n" or c == "\t" or ord(c) >= 32)
    for sign in ("\\", ",", ";"):
        kept = kept.replace(sign, "\\" + sign)
    return kept.replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets; a part after the first begins with a blank. No character is torn."""
    part, used = "", 0
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if used + size > _LINE:
            yield part
            part, used = " ", 1
        part += character
        used += size
    yield part


def _event(one: Appointment) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(one.uid)}",
        f"DTSTAMP:{one.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        *_times(one),
        f"SUMMARY:{escape(one.summary)}",
    ]
    if one.place:
        lines.append(f"LOCATION:{escape(one.place)}")
    if one.text:
        lines.append(f"DESCRIPTION:{escape(one.text)}")
    if one.cancelled:
        lines.append("STATUS:CANCELLED")
    return [*lines, "END:VEVENT"]


def _times(one: Appointment) -> list[str]:
    if one.starts is None:
        after = one.day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    start = datetime.combine(one.day, one.starts)
    end = datetime.combine(one.day, one.ends) if one.ends is not None and one.ends > one.starts else start + _USUAL
    zone = f";TZID={one.zone}" if _zone(one.zone) is not None else ""
    return [f"DTSTART{zone}:{start:%Y%m%dT%H%M%S}", f"DTEND{zone}:{end:%Y%m%dT%H%M%S}"]


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _zone_lines(name: str, first: int, last: int) -> list[str]:
    """Return the zone with every change of its clock in the years of the appointments, and the state before them."""
    zone = ZoneInfo(name)
    begin = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=366)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    at = begin
    before = at.astimezone(zone)
    lines += _observance(before, before.utcoffset() or timedelta(0))
    end = datetime(last + 1, 12, 31, tzinfo=UTC)
    while at < end:
        later = at + timedelta(days=1)
        if later.astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset():
            change = _change(zone, at, later)
            old = (change - _HOUR).astimezone(zone).utcoffset() or timedelta(0)
            lines += _observance(change.astimezone(zone), old)
        at = later
    return [*lines, "END:VTIMEZONE"]


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the minute at which the offset changes between two instants."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(second=0, microsecond=0)


def _observance(since: datetime, old: timedelta) -> list[str]:
    """Return what holds from an instant on; its start is written in the wall time before it."""
    kind = "DAYLIGHT" if since.dst() else "STANDARD"
    offset = since.utcoffset() or timedelta(0)
    wall = since.astimezone(UTC).replace(tzinfo=None) + old
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{wall:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(old)}",
        f"TZOFFSETTO:{_offset(offset)}",
        f"TZNAME:{since.tzname()}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
