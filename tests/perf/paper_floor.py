"""The floor under a paper: a bare ReportLab canvas that draws the same strings with the same fonts."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import NamedTuple
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas

from directsell.documents import render, sheet
from directsell.documents.fonts import BASE_FONT, Weight, begin_document
from directsell.documents.text import emit
from directsell.domain.papers import Paper


class Written(NamedTuple):
    """A string as the paper wrote it."""

    x: float
    y: float
    text: str
    weight: Weight
    size: float


def strings_of(paper: Paper) -> list[Written]:
    """Return every string of a paper of one page of Latin text, in the order in which it is drawn."""
    found: list[Written] = []

    def listen(
        canvas: object, x: float, y: float, text: str, weight: Weight, size: float, *rest: object
    ) -> frozenset[str]:
        found.append(Written(x, y, text, weight, size))
        return emit(canvas, x, y, text, weight, size, *rest)  # type: ignore[arg-type]

    with patch.object(sheet, "emit", listen):
        render(paper)
    return found


def bare(strings: list[Written]) -> bytes:
    """Draw the strings and nothing else."""
    begin_document()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, initialFontName=BASE_FONT)
    for one in strings:
        canvas.setFont(f"NotoSans-{one.weight}", one.size)
        canvas.drawString(one.x, one.y, one.text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def seconds(action: Callable[[], object], times: int = 15) -> float:
    """Return the least processor time of several runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        action()
        found.append(time.process_time() - start)
    return min(found)


def compare(paper: Paper, times: int = 15) -> tuple[float, float]:
    """Return processor seconds of the paper and of its floor."""
    strings = strings_of(paper)
    return seconds(lambda: render(paper), times), seconds(lambda: bare(strings), times)
