"""The only reader of the system time; everything else is handed a Clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    """Tells the instant (aware UTC) and the seller's local calendar day."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""
        ...

    def today(self) -> date:
        """Return the present calendar day where the seller is."""
        ...


class SystemClock:
    """The clock of the machine; ``today`` follows the machine's time zone."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the local calendar day."""
        return datetime.now().astimezone().date()


class FixedClock:
    """A clock that stands still until it is told to move; for samples, tours and tests."""

    def __init__(self, instant: datetime, zone: tzinfo = UTC) -> None:
        if instant.tzinfo is None:
            raise ValueError("an instant must be aware")
        self._instant = instant.astimezone(UTC)
        self._zone = zone

    def now(self) -> datetime:
        """Return the set instant."""
        return self._instant

    def today(self) -> date:
        """Return the calendar day of the set instant in the clock's zone."""
        return self._instant.astimezone(self._zone).date()

    def advance(self, **delta: float) -> None:
        """Move the clock by a ``timedelta(**delta)``; negative values set it back."""
        self._instant += timedelta(**delta)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """Return whole microseconds since 1970-01-01 UTC of an aware instant."""
    return (instant - EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the aware UTC instant of microseconds since 1970-01-01 UTC."""
    return EPOCH + timedelta(microseconds=micros)
