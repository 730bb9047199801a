"""What a benchmark reports, and how it measures: medians, shares, memory. No benchmark lives here."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with its budget.

    ``ours`` and ``floor`` are in ``unit``; with a floor the budget is the greatest ratio, without one the greatest value of
    ``ours``; None means that the figure is only told. ``how`` says clock, number of rounds and what was measured against.
    """

    name: str
    ours: float
    unit: str
    budget: float | None
    how: str
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the floor."""
        return None if self.floor is None else self.ours / self.floor

    @property
    def within(self) -> bool | None:
        """Whether the budget holds; None where there is none."""
        if self.budget is None:
            return None
        return (self.ours if self.ratio is None else self.ratio) <= self.budget


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that could not be measured here, and why."""

    name: str
    why: str


def tell(outcome: Figure | Missing) -> None:
    """Hand an outcome to the program that shows them: one line of JSON on standard output."""
    values = asdict(outcome)
    if isinstance(outcome, Figure):
        values |= {"ratio": outcome.ratio, "within": outcome.within}
    print(json.dumps(values), flush=True)


def progress(text: str) -> None:
    """Say on standard error what goes on."""
    print(f"  {text}", file=sys.stderr, flush=True)


class Spent(NamedTuple):
    """Milliseconds by the wall and of the processor."""

    wall: float
    cpu: float


def spend(action: Callable[[], object]) -> Spent:
    """Measure one call."""
    cpu, wall = time.process_time(), time.perf_counter()
    action()
    return Spent((time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3)


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def share(values: Sequence[float], per_cent: int) -> float:
    """Return the value that so many per cent of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * per_cent // 100)]


def pss(process: int | str = "self") -> float:
    """Return the proportional memory of a process in MB; 0 where the system does not tell."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024
