"""One line of text in any script: cleaned, ordered, shaped, measured and written. No wrapping, no page, no markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from directsell.documents.bidi import is_rtl, levels_of, visual_order
from directsell.documents.fonts import BASE_FAMILY, Face, Glyph, Weight, bundled_face, face_for

FALLBACK = "?"
_SIMPLE = frozenset(
    chr(code)
    for low, high in (
        (0x20, 0x7E),
        (0xA0, 0xAC),
        (0xAE, 0x24F),
        (0x384, 0x482),
        (0x48A, 0x52F),
        (0x1E00, 0x1EFF),
        (0x2002, 0x200A),
        (0x2010, 0x2027),
        (0x202F, 0x203A),
        (0x20A0, 0x20C0),
        (0x2116, 0x2122),
        (0x2212, 0x2212),
    )
    for code in range(low, high + 1)
)
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d\u200e\u200f"
# Control characters, lone surrogates, marks that could turn the order of a price around, and what has no picture of its
# own: soft hyphen, zero width marks, variation selectors, tags, skin tones.
_UNPRINTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font and direction. ``glyphs`` is empty for text that is drawn character by character."""

    face: Face
    text: str
    width: float
    rtl: bool = False
    glyphs: tuple[Glyph, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line ready to be written: runs from left to right, width in thousandths of the size.

    ``spanned`` lines carry their text as a whole beside the glyphs. Lines with right-to-left runs do not: readers
    turn their glyphs, whose letters they know from the font, into reading order themselves, and would turn the
    whole text a second time.
    """

    runs: tuple[Run, ...]
    width: float
    missing: frozenset[str]
    spanned: bool


def is_simple(text: str) -> bool:
    """Return whether Noto Sans draws this text character by character as it stands (Latin, Greek, Cyrillic)."""
    return _SIMPLE.issuperset(text)


def clean(text: str) -> str:
    r"""Return the text as it may be printed, lines separated by ``\n``.

    Composes accents (NFC), turns tabs and odd line ends into plain ones, and takes out control characters, lone
    surrogates and the marks that could turn the order of a price around (U+202A-202E, U+2066-2069).
    """
    if is_simple(text):
        return text
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _UNPRINTED.sub("", text))


def measure(text: str, weight: Weight, size: float) -> float:
    """Return the width of one cleaned line in points."""
    if is_simple(text):
        return float(bundled_face(BASE_FAMILY, weight).font.stringWidth(text, size))
    return compose(text, weight, is_rtl(text)).width * size / 1000


@lru_cache(maxsize=4096)
def compose(text: str, weight: Weight, rtl: bool) -> Line:
    """Lay out one cleaned line: levels, fonts, shaping, visual order.

    Args:
        text: cleaned text without line ends.
        weight: weight of the letters.
        rtl: the paragraph runs from right to left.

    Returns:
        The line; its ``missing`` holds the characters that no font has, printed as ``?``.
    """
    levels = levels_of(text, rtl)
    missing: set[str] = set()
    runs: list[Run] = []
    run_levels: list[int] = []
    for face, level, part in _items(text, levels, weight, missing):
        runs.append(_run(face, part, level))
        run_levels.append(level)
    ordered = tuple(visual_order(run_levels, runs))
    spanned = not any(run.rtl for run in ordered) and any(run.glyphs for run in ordered)
    return Line(ordered, sum(run.width for run in ordered), frozenset(missing), spanned)


def _items(text: str, levels: list[int], weight: Weight, missing: set[str]) -> list[tuple[Face, int, str]]:
    """Split a line where the font or the level changes; marks and joiners stay with the letter before them."""
    base = bundled_face(BASE_FAMILY, weight)
    items: list[tuple[Face, int, str]] = []
    for char, level in zip(text, levels, strict=True):
        face: Face | None
        if items and level == items[-1][1] and _sticks(char, items[-1][0]):
            face = items[-1][0]
        elif char in _JOINERS:
            continue  # nothing before it to join
        else:
            face = face_for(char, weight)
        if face is None:
            missing.add(char)
            face, char = base, FALLBACK
        if items and items[-1][0] is face and items[-1][1] == level:
            items[-1] = (face, level, items[-1][2] + char)
        else:
            items.append((face, level, char))
    return items


def _sticks(char: str, face: Face) -> bool:
    if char in _JOINERS:
        return True
    return unicodedata.category(char) in ("Mn", "Mc", "Me") and ord(char) in face.coverage


def _run(face: Face, text: str, level: int) -> Run:
    rtl = level % 2 == 1
    if not (rtl or face.shaped or any(unicodedata.combining(char) or char in _JOINERS for char in text)):
        return Run(face, text, face.width(text))
    glyphs = tuple(face.shape(text, rtl=rtl))
    return Run(face, text, sum(glyph.advance for glyph in glyphs), rtl, glyphs)


def emit(
    canvas: Any, x: float, y: float, text: str, weight: Weight, size: float, color: str, rtl: bool
) -> frozenset[str]:
    """Write one cleaned line at its left end and baseline.

    Args:
        canvas: a ReportLab canvas.
        x: left end of the line, points from the left edge, whatever its direction.
        y: baseline, points from the lower edge.
        text: cleaned text.
        weight: weight of the letters.
        size: size in points.
        color: three numbers from 0 to 1, separated by spaces.
        rtl: direction of the paragraph; ``is_rtl`` of the whole text decides it.

    Returns:
        The characters that no font has.
    """
    if is_simple(text):
        font = bundled_face(BASE_FAMILY, weight).font
        code = _plain_code(canvas, font, text, size)
        canvas.addLiteral(f"BT {color} rg 1 0 0 1 {x:.2f} {y:.2f} Tm{code} ET")
        return frozenset()
    line = compose(text, weight, rtl)
    codes = [f"BT {color} rg 1 0 0 1 {x:.2f} {y:.2f} Tm"]
    stroked = False
    for run in line.runs:
        stroke = run.face.single_cut and weight != "Regular"
        if stroke != stroked:
            codes.append(f" {color} RG {size * 0.03:.3f} w 2 Tr" if stroke else " 0 Tr")
            stroked = stroke
        code = _shaped_code(canvas, run, size) if run.glyphs else _plain_code(canvas, run.face.font, run.text, size)
        codes.append(code)
    if stroked:
        codes.append(" 0 Tr")
    codes.append(" ET")
    if line.spanned:
        codes.insert(0, _span(text))
        codes.append(" EMC")
    canvas.addLiteral("".join(codes))
    return line.missing


def _span(text: str) -> str:
    """Open a span that says which text the following glyphs show, for copying, searching and reading aloud."""
    return f"/Span <</ActualText <feff{text.encode('utf-16-be', 'replace').hex()}>>> BDC "


def _plain_code(canvas: Any, font: Any, text: str, size: float) -> str:
    document = canvas._doc
    return "".join(
        f" {font.getSubsetInternalName(subset, document)} {size:g} Tf ({canvas._escape(part)}) Tj"
        for subset, part in font.splitString(text, document)
    )


def _shaped_code(canvas: Any, run: Run, size: float) -> str:
    """Write glyphs one after the other, moved by their offsets; a rise moves marks up and down."""
    font, document = run.face.font, canvas._doc
    codes: list[str] = []
    parts: list[str] = []
    subset_now, rise_now, shift = -1, 0.0, 0.0

    def flush() -> None:
        if parts:
            codes.append(f" [{''.join(parts)}] TJ")
            parts.clear()

    def move() -> None:
        if round(shift, 2):
            parts.append(f"{shift:.2f} ")

    for glyph in run.glyphs:
        ((subset, part),) = font.splitString(run.face.stand_in(glyph), document)
        if subset != subset_now:
            flush()
            codes.append(f" {font.getSubsetInternalName(subset, document)} {size:g} Tf")
            subset_now = subset
        if glyph.dy != rise_now:
            flush()
            rise_now = glyph.dy
            codes.append(f" {rise_now * size / 1000:.3f} Ts")
        shift -= glyph.dx
        move()
        parts.append(f"({canvas._escape(part)})")
        shift = run.face.glyph_width(glyph.gid) - glyph.advance + glyph.dx  # TJ moves to the left by positive numbers
    move()
    flush()
    if rise_now:
        codes.append(" 0 Ts")
    return "".join(codes)
