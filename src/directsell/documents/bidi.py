"""Bidirectional text: levels of characters, and the visual order of runs (Unicode Annex 9). No fonts, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from unicodedata import bidirectional

from bidi import algorithm

_T = TypeVar("_T")
_RTL_TYPES = frozenset({"R", "AL"})


def is_rtl(text: str, default: bool = False) -> bool:
    """Return whether the first letter with a direction runs from right to left (rules P2 and P3)."""
    for char in text:
        kind = bidirectional(char)
        if kind == "L":
            return False
        if kind in _RTL_TYPES:
            return True
    return default


def levels_of(text: str, rtl: bool) -> list[int]:
    """Return the embedding level of each character of one cleaned line: even runs right, odd runs left.

    Explicit marks (embeddings, overrides, isolates) are not looked at; ``text.clean`` takes them out before.
    """
    base = int(rtl)
    kinds = [bidirectional(char) for char in text]
    if not rtl and not any(kind in _RTL_TYPES or kind == "AN" for kind in kinds):
        return [0] * len(text)
    chars = [{"ch": char, "level": base, "type": _plain(kind)} for char, kind in zip(text, kinds, strict=True)]
    storage = {"base_level": base, "base_dir": "R" if rtl else "L", "chars": chars, "runs": []}
    algorithm.calc_level_runs(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = [int(str(char["level"])) for char in chars]
    for index in range(len(levels) - 1, -1, -1):  # L1: spaces at the end of a line belong to the paragraph
        if kinds[index] != "WS":
            break
        levels[index] = base
    return levels


def visual_order(levels: Sequence[int], runs: Sequence[_T]) -> list[_T]:
    """Return the runs from left to right (rule L2); ``levels`` holds the level of each run."""
    order = list(zip(levels, runs, strict=True))
    odd = [level for level in levels if level % 2]
    for level in range(max(levels, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end][0] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return [run for _, run in order]


def _plain(kind: str) -> str:
    """Map types that the level rules do not know: joiners act as marks, unassigned characters as letters."""
    if kind == "BN":
        return "NSM"
    return kind if kind and kind != "B" else "L"
