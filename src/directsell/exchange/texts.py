"""Clean text out of foreign values. No numbers, no dates."""

from __future__ import annotations

import re
import unicodedata

from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import MAX_FIELD_CHARS

SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
# What `writers` puts before text that a spreadsheet would take for a formula, seen again on the way back.
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def clean_text(text: str, *, multiline: bool = False) -> str:
    """Return text as people meant it: composed letters, no control or direction-overriding characters, no outer space.

    The apostrophe that protects exported text from spreadsheets goes.

    Args:
        text: raw value.
        multiline: True keeps line ends; otherwise all white space becomes single spaces.

    Raises:
        ExchangeError: ``text.too_long`` beyond 10,000 characters.
    """
    if len(text) > MAX_FIELD_CHARS:
        raise ExchangeError("text.too_long", limit=MAX_FIELD_CHARS)
    if text[:1] == "'":
        text = unguarded(text)
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else " ".join(text.split())
    if multiline:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("\r", " ")).split())


def unguarded(text: str) -> str:
    """Take away the apostrophe that `writers.guarded` put before a text."""
    return text[1:] if _GUARDED.match(text) else text
