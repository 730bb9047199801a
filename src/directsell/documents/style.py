"""Sizes, colours and distances of the paper, and the geometry of sheets and window envelopes. Draws nothing."""

from __future__ import annotations

from typing import NamedTuple

from directsell.documents.sheet import INK, MM, WHITE, color_of
from directsell.domain.papers import PaperFormat, WindowNorm

BODY = 8.5
LABEL = 7.2
PITCH = 4.15 * MM  # from baseline to baseline of body text
ROW_AIR = 2.3 * MM  # around a row, half above and half below


class Palette(NamedTuple):
    """The accent colour, what is legible on it, and a legible colour for accented words."""

    accent: str
    on_accent: str
    words: str


def palette_of(accent: str) -> Palette:
    """Return the colours for an accent ``#RRGGBB``; words keep a contrast of 4.5 : 1 on white (WCAG AA)."""
    color = color_of(accent)
    red, green, blue = (_linear(float(part)) for part in color.split())
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    on_white = 1.05 / (luminance + 0.05)
    return Palette(color, WHITE if on_white >= 3.5 else INK, color if on_white >= 4.5 else INK)


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


class SheetSize(NamedTuple):
    """Width and height of one document page in points, and whether two of them share a turned sheet."""

    width: float
    height: float
    two_up: bool = False


INCH = 72.0
SIZES = {
    PaperFormat.A4: SheetSize(210 * MM, 297 * MM),
    PaperFormat.A5: SheetSize(148 * MM, 210 * MM),
    PaperFormat.LETTER: SheetSize(8.5 * INCH, 11 * INCH),
    PaperFormat.HALF_LETTER: SheetSize(5.5 * INCH, 8.5 * INCH),
    PaperFormat.A4_TWO_UP: SheetSize(148.5 * MM, 210 * MM, two_up=True),
    PaperFormat.LETTER_TWO_UP: SheetSize(5.5 * INCH, 8.5 * INCH, two_up=True),
    PaperFormat.ROLL_80: SheetSize(80 * MM, 2_000 * MM),  # at most; each piece is as long as it needs to be
}


class Window(NamedTuple):
    """Where the address stands, in points from the upper left corner.

    Args:
        left: left end of the address.
        top: baseline of its first line.
        width: room for a line.
        bottom: lowest baseline that still shows in the window.
        return_line: baseline of the small line with the sender's address above it; 0 for none.
        title: baseline of the title below the head of the letter.
        folds: marks at the left edge: two folds and the middle for the punch; empty for none.
        right: the window is on the right, so the facts stand on the left.
    """

    left: float
    top: float
    width: float
    bottom: float
    return_line: float
    title: float
    folds: tuple[float, ...]
    right: bool = False


# DIN 5008 forms A and B; for the US the rectangle that shows in #10 single and double windows at any drift.
WINDOWS = {
    WindowNorm.DIN_B: Window(20 * MM, 57.5 * MM, 82 * MM, 87 * MM, 50 * MM, 103 * MM, (105 * MM, 148.5 * MM, 210 * MM)),
    WindowNorm.DIN_A: Window(20 * MM, 39.5 * MM, 82 * MM, 69 * MM, 32 * MM, 85 * MM, (87 * MM, 148.5 * MM, 192 * MM)),
    WindowNorm.US_10: Window(0.95 * INCH, 2.17 * INCH, 3.2 * INCH, 2.88 * INCH, 0, 3.65 * INCH, ()),
    WindowNorm.RIGHT: Window(120 * MM, 51.5 * MM, 70 * MM, 77 * MM, 44.5 * MM, 97 * MM, (), right=True),
    WindowNorm.NONE: Window(20 * MM, 50 * MM, 82 * MM, 76 * MM, 0, 92 * MM, ()),
}
