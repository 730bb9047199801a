"""Breaks text into lines that fit: at spaces, between ideographs, at clusters when a word is too long. No drawing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from directsell.documents.bidi import is_rtl
from directsell.documents.fonts import Weight
from directsell.documents.text import clean, is_simple, measure

ELLIPSIS = "…"
LONGEST_FIELD = 20_000
LONGEST_LINE = 400  # characters; no line of the paper holds as many
_IDEOGRAPHS = re.compile("[\u2e80-\u312f\u3190-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")
_NOT_FIRST = frozenset(
    "、。，．：；？！）」』】〕〉》・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ％,.:;?!)]}%’”»›…" + "ะาำๅๆฯ"
)
_NOT_LAST = frozenset("（「『【〔〈《([{‘“«‹¥￥$" + "เแโใไ")
_SOFT_ENDS = frozenset("-‐–/\\_.,;:@&=?+|")


class Wrapped(NamedTuple):
    """Cleaned lines and the direction of the text they come from."""

    lines: tuple[str, ...]
    rtl: bool

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(self.lines)


def wrap(text: str, weight: Weight, size: float, width: float, *, most: int | None = None) -> Wrapped:
    """Clean text and break it into lines no wider than ``width`` points.

    Args:
        text: what the user typed; its own line ends are kept, blank lines at the ends are not.
        weight: weight of the letters.
        size: size in points.
        width: room in points.
        most: greatest number of lines; what does not fit is cut and ends with an ellipsis.

    Returns:
        The lines, at least one (which may be empty).
    """
    cleaned = clean(text[:LONGEST_FIELD]).strip()
    if "\n" not in cleaned and len(cleaned) < LONGEST_LINE and measure(cleaned, weight, size) <= width:
        return Wrapped((cleaned,), not is_simple(cleaned) and is_rtl(cleaned))
    lines: list[str] = []
    for paragraph in cleaned.split("\n"):
        for line in _lines(paragraph, weight, size, width):
            lines.append(line)
            if most is not None and len(lines) > most:
                lines[most - 1 :] = [shorten(f"{lines[most - 1]} {lines[most]}{ELLIPSIS}", weight, size, width)]
                return Wrapped(tuple(lines), is_rtl(cleaned))
    return Wrapped(tuple(lines), is_rtl(cleaned))


def shorten(text: str, weight: Weight, size: float, width: float) -> str:
    """Return one cleaned line cut so that it fits, with an ellipsis where something was cut."""
    if len(text) < LONGEST_LINE and measure(text, weight, size) <= width:
        return text
    text = text.rstrip(ELLIPSIS)[:LONGEST_LINE]
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        fits = measure(text[:middle] + ELLIPSIS, weight, size) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    kept = text[:low].rstrip()
    return kept + ELLIPSIS if kept else ""


def _lines(paragraph: str, weight: Weight, size: float, width: float) -> Iterator[str]:
    line = ""
    room = width
    for piece in _pieces(paragraph):
        bare = piece.rstrip(" ")
        need = _need(bare, weight, size)
        if need <= room:
            line += piece
            room -= measure(piece, weight, size)
            continue
        if line.strip():
            yield line.rstrip()
        line, room = "", width
        while need > width:  # a word longer than a line
            head, bare = _split_long(bare, weight, size, width)
            yield head
            need = _need(bare, weight, size)
        line = bare + piece[len(piece.rstrip(" ")) :]
        room = width - measure(line, weight, size)
    yield line.rstrip()


def _need(word: str, weight: Weight, size: float) -> float:
    """Return the width of a word; one that is longer than any line is not worth measuring."""
    return measure(word, weight, size) if len(word) < LONGEST_LINE else float("inf")


def _pieces(paragraph: str) -> Iterator[str]:
    """Cut where a line may end: behind spaces, and on both sides of an ideograph as far as punctuation allows."""
    for word in re.findall(r"[^ ]* +|[^ ]+", paragraph):
        if not _IDEOGRAPHS.search(word):
            yield word
            continue
        start = 0
        for index in range(1, len(word)):
            before, after = word[index - 1], word[index]
            if after == " " or after in _NOT_FIRST or before in _NOT_LAST or unicodedata.combining(after):
                continue
            if _IDEOGRAPHS.match(before) or _IDEOGRAPHS.match(after):
                yield word[start:index]
                start = index
        yield word[start:]


def _split_long(word: str, weight: Weight, size: float, width: float) -> tuple[str, str]:
    """Split a word that is wider than a line: behind a hyphen or slash if one is near, else between clusters."""
    used = 0.0
    end = 0
    for start, stop in _clusters(word):
        used += measure(word[start:stop], weight, size)
        if used > width and end:
            break
        end = stop
    while end > 1 and measure(word[:end], weight, size) > width:  # shaped together it may be wider than its parts
        end -= 1
    soft = next((cut for cut in range(end, end // 2, -1) if word[cut - 1] in _SOFT_ENDS), end)
    if soft >= len(word):
        soft = end if end < len(word) else max(1, end - 1)
    return word[:soft], word[soft:]


def _clusters(word: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what may not be torn apart: a letter, its marks, and what joins it to its neighbours."""
    start = 0
    for index in range(1, len(word)):
        before, after = word[index - 1], word[index]
        joined = (
            unicodedata.category(after) in ("Mn", "Mc", "Me")
            or before in _NOT_LAST
            or before == "\u094d"  # virama: the next consonant belongs to the conjunct
            or "\u200d" in (before, after)
            or after in "ะาำๅๆฯ"
        )
        if not joined or index - start > 20:
            yield start, index
            start = index
    yield start, len(word)
