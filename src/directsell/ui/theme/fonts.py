"""Type: Inter in four cuts, cached QFont objects, tabular figures. No colours here."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from directsell.ui.theme import assets

_families: list[str] = []
# Scripts Inter has no letters for fall back to the system's faces; these come first where they exist.
_FALLBACKS = ["Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans"]


def load() -> bool:
    """Register the bundled faces once. Returns False when none are there (the system font is used then)."""
    if _families:
        return True
    for file in font_files():
        number = QFontDatabase.addApplicationFont(file)
        if number < 0:
            continue
        for family in QFontDatabase.applicationFontFamilies(number):
            if family not in _families:
                _families.append(family)
    font.cache_clear()
    metrics.cache_clear()
    return bool(_families)


def font_files() -> list[str]:
    """Paths of the bundled faces as text."""
    return [str(path) for path in assets.font_files()]


@cache
def font(pixels: int = 14, weight: int = 400, *, tabular: bool = False) -> QFont:
    """A cached font; treat it as read-only.

    Args:
        pixels: Size in logical pixels.
        weight: 400, 500, 600 or 700 (the cuts that exist; others would fall back).
        tabular: Figures of equal width, for columns of numbers.
    """
    result = QFont()
    if _families:
        result.setFamilies([*_families, *_FALLBACKS])
    result.setPixelSize(pixels)
    result.setWeight(QFont.Weight(weight))
    # Inter is drawn for text sizes; larger settings look loose without a little tightening.
    if pixels >= 18:
        result.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 97.5)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


@cache
def metrics(pixels: int = 14, weight: int = 400, *, tabular: bool = False) -> QFontMetricsF:
    """Measurements of ``font`` with the same arguments."""
    return QFontMetricsF(font(pixels, weight, tabular=tabular))
