"""How often somebody buys: the own interval, and when the next order may be expected. Days in, days out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``orders`` days with an order, the ``last`` of them, ``days`` between them (the middle one), ``next_on`` expected.

    ``days`` and ``next_on`` are None until there were two.
    """

    orders: int
    last: date | None
    days: int | None
    next_on: date | None


def rhythm(days: Iterable[date]) -> Rhythm:
    """Return the rhythm of days on which somebody ordered; several orders of one day are one.

    The middle interval is taken, not the mean: one long pause or one forgotten bowl says little about the habit.
    """
    known = sorted(set(days))
    if len(known) < 2:
        return Rhythm(len(known), known[-1] if known else None, None, None)
    gaps = sorted((later - day).days for day, later in pairwise(known))
    gap = gaps[(len(gaps) - 1) // 2]
    return Rhythm(len(known), known[-1], gap, known[-1] + timedelta(days=gap))
