"""Days and times: what order a column uses, with evidence, and strict parsing. Never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import Cell
from directsell.exchange.texts import SPACES

DateOrder = Literal["DMY", "MDY", "YMD", ""]

_MAX_DATE_CHARS = 64
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan january januar jaenner jänner janvier janv ene enero gen gennaio sty styczen stycznia",
            "feb february februar feber fevrier fevr fev febrero febbraio lut luty lutego",
            "mar march maerz marz mrz mars marzo marzec marca",
            "apr april avril avr abr abril aprile kwi kwiecien kwietnia",
            "may mai mayo mag maggio maj maja",
            "jun june juni juin junio giu giugno cze czerwiec czerwca",
            "jul july juli juillet juil julio lug luglio lip lipiec lipca",
            "aug august aout ago agosto sie sierpien sierpnia",
            "sep sept september septembre septiembre set settembre wrz wrzesien wrzesnia",
            "oct okt october oktober octobre octubre ott ottobre paz pazdziernik pazdziernika",
            "nov november novembre noviembre lis listopad listopada",
            "dec dez december dezember decembre dic diciembre dicembre gru grudzien grudnia",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s?(?P<half>[ap]\.?m\.?)?\s?(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_NUMERIC_DATE = re.compile(r"(\d{1,4})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?", re.ASCII)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NAMED_DATE = re.compile(
    r"(?:[^\W\d]+\.?,?\s)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-](?:de\s)?(?P<month>[^\W\d]+)\.?,?[\s-](?:de\s)?"
    r"(?P<year>\d{4}|\d{2})"
    r"|(?P<month2>[^\W\d]+)\.?\s(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year2>\d{4}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateStyle:
    """What a column of dates says about the order of day, month and year.

    Attributes:
        order: "DMY", "MDY", "YMD", or "" when the sample does not say.
        ambiguous: True when values like "03/04/2026" occur and nothing decides: the user must say.
        counts: how many values can only be read in that order.
        undecided: how many can be read in several orders and mean different days.
        has_time: True when times of day occur.
        examples: some undecided or contradicting values.
    """

    order: DateOrder
    ambiguous: bool
    counts: tuple[tuple[DateOrder, int], ...] = ()
    undecided: int = 0
    has_time: bool = False
    examples: tuple[str, ...] = ()


def infer_date_order(values: Iterable[str]) -> DateStyle:
    """Find the order of day, month and year of a column from a sample of its values."""
    counts: dict[DateOrder, int] = {"DMY": 0, "MDY": 0, "YMD": 0}
    seen: dict[DateOrder, str] = {}
    doubtful: list[str] = []
    undecided, has_time = 0, False
    for text in values:
        day, clock = _split_time(text.strip())
        has_time = has_time or bool(clock)
        order = _order_of(day)
        if order == "?":
            undecided += 1
            if len(doubtful) < 3:
                doubtful.append(text.strip())
        elif order in counts:
            counts[order] += 1
            seen.setdefault(order, text.strip())
    found = [order for order, count in counts.items() if count]
    # Year-first dates are recognised one by one and contradict nothing.
    clashing = [order for order in found if order != "YMD"]
    evidence = tuple((order, counts[order]) for order in found)
    if len(clashing) > 1:
        return DateStyle("", True, evidence, undecided, has_time, tuple(seen[order] for order in clashing))
    if clashing:
        return DateStyle(clashing[0], False, evidence, undecided, has_time)
    if undecided:
        return DateStyle("", True, evidence, undecided, has_time, tuple(doubtful))
    return DateStyle(found[0] if found else "", False, evidence, 0, has_time)


def _order_of(day: str) -> DateOrder | Literal["?"]:
    """Return the only order that fits a date without its time; "?" when two do; "" when it needs none."""
    match = _NUMERIC_DATE.fullmatch(day)
    if match is None:
        return "YMD" if _COMPACT_DATE.fullmatch(day) else ""
    first, mark, second, third = match.groups()
    if len(first) > 2:
        return "YMD"
    if len(third) not in (2, 4):
        return ""
    a, b = int(first), int(second)
    if len(third) == 2 and a > 31:
        return "YMD"
    if mark == ".":  # nobody writes the month first with points
        return "DMY"
    day_first, month_first = a <= 31 and 1 <= b <= 12, b <= 31 and 1 <= a <= 12
    if day_first and month_first:
        return "?" if a != b else ""
    if day_first:
        return "DMY"
    return "MDY" if month_first else ""


def looks_like_date(text: str) -> bool:
    """Tell whether a value is a date, whatever its order."""
    if len(text) > _MAX_DATE_CHARS or text.isdigit():
        return False
    try:
        parse_date(text, "DMY")
    except ExchangeError as error:
        return error.code == "date.wrong_order"
    return True


def parse_date(value: Cell, order: DateOrder, *, latest_year: int | None = None, serial_1904: bool = False) -> datetime:
    """Return the day, with its time of day where the value has one, else midnight.

    A time zone in the value ("Z", "+02:00") is kept; without one the result is wall time.

    Args:
        value: text, or a typed cell of a workbook (a bare number there counts days).
        order: order of the column; "" takes only values that can be read in one way.
        latest_year: two-digit years are put into the last hundred years before it; None means 1969 to 2068.
        serial_1904: True for workbooks that count from 1904.

    Raises:
        ExchangeError: ``date.*``.
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - wall time is meant
    if isinstance(value, Decimal):
        return _from_serial(value, serial_1904)
    if not isinstance(value, str):
        raise ExchangeError("date.not_a_date", text=str(value))
    text = SPACES.sub(" ", value).strip()
    if not text or len(text) > _MAX_DATE_CHARS:
        raise ExchangeError("date.not_a_date", text=text[:_MAX_DATE_CHARS])
    day_text, clock = _split_time(text)
    year_text, month, day = _day_parts(text, day_text, order)
    year = int(year_text) if len(year_text) > 2 else _century(int(year_text), latest_year)
    try:
        moment = datetime(year, month, day)  # noqa: DTZ001 - wall time unless the text names a zone
    except ValueError as error:
        raise ExchangeError("date.does_not_exist", text=text) from error
    return _with_time(moment, clock, text) if clock else moment


def _split_time(text: str) -> tuple[str, str]:
    """Cut "3.4.2026, 19:30" and "2026-04-03T19:30Z" into day and time; the time is "" when there is none."""
    colon = text.find(":")
    if colon < 0:
        return text, ""
    start = max(text.rfind(" ", 0, colon), text.rfind("T", 0, colon), text.rfind("t", 0, colon))
    return text[: max(start, 0)].rstrip(" ,"), text[start + 1 :]


def _day_parts(text: str, day: str, order: DateOrder) -> tuple[str, int, int]:
    """Return year as written (of two or four digits), month, day."""
    if match := _COMPACT_DATE.fullmatch(day):
        return match[1], int(match[2]), int(match[3])
    if match := _NUMERIC_DATE.fullmatch(day):
        first, _, second, third = match.groups()
        decided = _order_of(day)
        if decided == "?" and order not in ("DMY", "MDY"):
            raise ExchangeError("date.ambiguous", text=text)
        if len(first) == 3 or (len(third) in (1, 3) and decided != "YMD"):
            raise ExchangeError("date.not_a_date", text=text)
        if decided == "YMD":
            if len(third) > 2:
                raise ExchangeError("date.not_a_date", text=text)
            return first, int(second), int(third)
        if decided in ("DMY", "MDY") and order in ("DMY", "MDY") and decided != order:
            raise ExchangeError("date.wrong_order", text=text, order=order)
        if (decided or order) == "MDY" or (decided == "?" and order == "MDY"):
            return third, int(first), int(second)
        return third, int(second), int(first)
    if match := _NAMED_DATE.fullmatch(day):
        name = match["month"] or match["month2"]
        plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        month = _MONTHS.get(name.lower()) or _MONTHS.get(plain)
        if month is not None:
            return match["year"] or match["year2"], month, int(match["day"] or match["day2"])
    raise ExchangeError("date.not_a_date", text=text)


def _century(year: int, latest: int | None) -> int:
    if latest is None:
        return year + (2000 if year < 69 else 1900)
    full = latest - latest % 100 + year
    return full if full <= latest else full - 100


def _with_time(moment: datetime, clock: str, text: str) -> datetime:
    match = _TIME.fullmatch(clock.strip())
    if match is None:
        raise ExchangeError("date.not_a_date", text=text)
    hour = int(match["hour"])
    if half := match["half"]:
        if not 1 <= hour <= 12:
            raise ExchangeError("date.not_a_date", text=text)
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    stamp = f"{hour:02}:{match['minute']}:{match['second'] or '00'}.{(match['fraction'] or '0')[:6]:0<6}"
    zone = (match["zone"] or "").upper()
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    try:
        return datetime.fromisoformat(f"{moment.date().isoformat()}T{stamp}{zone}")
    except ValueError as error:
        raise ExchangeError("date.does_not_exist", text=text) from error


def _from_serial(serial: Decimal, from_1904: bool) -> datetime:
    """Return the day that a sheet's number counts; its calendar has a 29 February 1900 (number 60) that never was."""
    if not 1 <= serial < 2_958_466 or (not from_1904 and int(serial) == 60):
        raise ExchangeError("date.does_not_exist", text=str(serial))
    if from_1904:
        origin = datetime(1904, 1, 1)  # noqa: DTZ001 - sheets know wall time only
    else:
        origin = datetime(1899, 12, 31 if serial < 60 else 30)  # noqa: DTZ001
    seconds = round((serial - int(serial)) * 86_400)
    try:
        return origin + timedelta(days=int(serial), seconds=int(seconds))
    except OverflowError as error:
        raise ExchangeError("date.does_not_exist", text=str(serial)) from error
