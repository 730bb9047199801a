"""An invoice against a bare canvas that draws the same strings; long ones against half as long; a thousand without growth."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial

from directsell.documents import render
from tests.documents import samples
from tests.perf.figures import Figure, median, pss, spend, tell
from tests.perf.paper_floor import bare, strings_of

BUDGET, LINEAR, GROWTH = 1.5, 2.3, 4


def measure(*, quick: bool) -> None:
    """Tell what papers cost."""
    rounds = 15 if quick else 80
    for name, paper in (("DIN A4", samples.invoice_de(12)), ("Letter", samples.invoice_us(12))):
        strings = strings_of(paper)
        ours, floor = [], []
        for _ in range(rounds + 3):
            ours.append(spend(partial(render, paper)))
            floor.append(spend(partial(bare, strings)))
        how = f"cpu clock, median of {rounds} in turns, 12 lines, {len(strings)} strings"
        cpu, its = median([one.cpu for one in ours[3:]]), median([one.cpu for one in floor[3:]])
        tell(Figure(f"paper, invoice {name}", cpu, "ms", BUDGET, how, its))
    _tell_long(rounds=2 if quick else 5)
    _tell_growth(100 if quick else 1_000)


def _tell_long(rounds: int) -> None:
    short, long = samples.invoice_de(1_000), samples.invoice_de(2_000)
    cpu = [(spend(lambda: render(long)).cpu, spend(lambda: render(short)).cpu) for _ in range(rounds)]
    how = f"cpu clock, median of {rounds} in turns; twice the lines should be twice the time"
    tell(
        Figure(
            "paper, 2,000 to 1,000 lines",
            median([one for one, _ in cpu]),
            "ms",
            LINEAR,
            how,
            median([s for _, s in cpu]),
        )
    )


def _tell_growth(count: int) -> None:
    paper = samples.invoice_de(12)
    for number in range(count // 5):
        render(replace(paper, number=f"W-{number:04d}"))
    gc.collect()
    before = pss()
    for number in range(count):
        render(replace(paper, number=f"R-{number:04d}"))
    gc.collect()
    how = f"proportional memory, {count} documents after {count // 5} others"
    tell(Figure("paper, memory growth", pss() - before, "MB", GROWTH, how))
