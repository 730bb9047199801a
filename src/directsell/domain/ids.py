"""Identity: UUIDv7 for things that are born once, UUIDv5 for things that mean the same on every laptop."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from uuid import UUID, uuid5

from directsell.domain.clock import Clock, to_micros

_NAMESPACE = UUID("6d3f0f0a-8f0e-5b8e-9d57-2a1c1f6f8a11")

_LOW = (1 << 62) - 1
_BITS = 71  # of an id that are random
_ALL = (1 << _BITS) - 1
_DRAWN = 64  # ids for which they are drawn at once


class IdSource:
    """Mints UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then a counter and random bits.

    Ids of one source always ascend, also within one millisecond and when the clock is set back, so rows
    lie in the order in which they were made.

    Args:
        clock: where the milliseconds come from.
        randbits: source of random bits, injectable for reproducible samples and tests.
    """

    def __init__(self, clock: Clock, randbits: Callable[[int], int] = secrets.randbits) -> None:
        self._clock = clock
        self._randbits = randbits
        self._lock = threading.Lock()
        self._last = 0

    def new(self) -> UUID:
        """Return a new UUIDv7, greater than every earlier one of this source."""
        with self._lock:
            return self._next(self._millis(), self._randbits(_BITS))

    def several(self, count: int) -> list[UUID]:
        """Return new UUIDv7 in ascending order, like as many calls of ``new`` at one moment; quicker for long imports."""
        found: list[UUID] = []
        with self._lock:
            millis = self._millis()
            for start in range(0, count, _DRAWN):
                drawn = min(_DRAWN, count - start)
                chance = self._randbits(_BITS * drawn)
                for _ in range(drawn):
                    found.append(self._next(millis, chance & _ALL))
                    chance >>= _BITS
        return found

    def _millis(self) -> int:
        return to_micros(self._clock.now()) // 1000

    def _next(self, millis: int, chance: int) -> UUID:
        stamp = millis << 12 | chance >> 62  # 9 random bits leave room to count upwards
        if stamp <= self._last:
            stamp = self._last + 1
        self._last = stamp
        return UUID(int=stamp >> 12 << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | chance & _LOW)


def named_id(*parts: str | UUID) -> UUID:
    """Return the UUIDv5 of a meaning, equal on every laptop (a setting's name, person + tag, device code).

    Args:
        parts: the words that make the meaning; their order counts, and a part may contain anything.
    """
    return uuid5(_NAMESPACE, "".join(f"{len(text)}:{text}" for text in map(str, parts)))
