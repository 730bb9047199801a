"""Identity: UUIDv7 for things that are born once, UUIDv5 for things that mean the same on every laptop."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from uuid import UUID, uuid5

from directsell.domain.clock import Clock, to_micros

_NAMESPACE = UUID("6d3f0f0a-8f0e-5b8e-9d57-2a1c1f6f8a11")

_LOW = (1 << 62) - 1


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
            millis = to_micros(self._clock.now()) // 1000
            chance = self._randbits(71)
            stamp = (millis << 12) | chance >> 62  # 9 random bits leave room to count upwards
            self._last = stamp = max(stamp, self._last + 1)
        value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | chance & _LOW
        return UUID(int=value)


def named_id(*parts: str | UUID) -> UUID:
    """Return the UUIDv5 of a meaning, equal on every laptop (a setting's name, person + tag, device code).

    Args:
        parts: the words that make the meaning; their order counts, and a part may contain anything.
    """
    return uuid5(_NAMESPACE, "".join(f"{len(text)}:{text}" for text in map(str, parts)))
