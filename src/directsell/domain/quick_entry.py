"""What a line of quick typing means: a quantity and the words of a product. No look-up, no widgets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_LARGEST = Decimal(1_000_000)
_NUMBER = r"(?P<count>\d{1,6}(?:[.,]\d{1,3})?)"
_TIMES = "[x×*]"
_MARKED = (
    re.compile(rf"^{_NUMBER}\s*{_TIMES}\s*(?P<words>\S.*)$", re.IGNORECASE),
    re.compile(rf"^(?P<words>.*\S)\s*[*×]\s*{_NUMBER}$"),
    re.compile(rf"^(?P<words>.*\S)\s+{_TIMES}\s*{_NUMBER}$", re.IGNORECASE),
)
# A page as catalogues write it in the languages that sellers read, or the bare number.
_PAGE = re.compile(
    r"(?:(?:p|pg|page|s|seite|pag|pág|pagina|página|pagine|str|strona|side|sida)\b\.?\s*|[ps])?(?P<page>\d{1,4})",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^{_NUMBER}\s+(?P<words>\S.*)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed.

    Attributes:
        words: code, name, barcode or page to look up.
        quantity: how many, or None when no quantity was typed.
        sure: the quantity was marked by a sign (``2*CV-110``); otherwise the number may belong to the name
            (``100 ml cream``), and only a product that is met exactly makes it a quantity at once.
    """

    words: str
    quantity: Decimal | None = None
    sure: bool = False


def readings(text: str) -> tuple[Reading, ...]:
    """Return the ways to read a typed line, the most literal one with a quantity first; none for a blank line.

    ``2 CV-110``, ``2*CV-110``, ``2x CV-110``, ``CV-110 x2`` and ``CV-110*2`` all mean two of CV-110.
    """
    typed = " ".join(text.split())
    if not typed:
        return ()
    for pattern in _MARKED:
        match = pattern.match(typed)
        if match is not None and (quantity := _quantity(match["count"])) is not None:
            return (Reading(match["words"], quantity, sure=True), Reading(typed))
    match = _LEADING.match(typed)
    if match is not None and (quantity := _quantity(match["count"])) is not None:
        return (Reading(match["words"], quantity), Reading(typed))
    return (Reading(typed),)


def page_of(words: str) -> str:
    """Return the page of a brochure that words name: ``12``, ``p. 12``, ``page 12``, ``S. 12``; "" when they name none."""
    match = _PAGE.fullmatch(words.strip())
    return match["page"] if match is not None else ""


def _quantity(text: str) -> Decimal | None:
    """Return a sensible quantity; zero and a million are no quantities."""
    number = Decimal(text.replace(",", "."))
    return number if 0 < number < _LARGEST else None
