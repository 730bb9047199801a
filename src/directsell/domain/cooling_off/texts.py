"""Wordings of notices as data: paragraphs of sentences with conditions and gaps. Chooses and fills, draws nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_GAP = re.compile(r"\{(\w+)\}")


class Style(StrEnum):
    """What a paragraph is.

    ``FIELD`` is a label with a line to write on, ``LINES`` a paragraph with two lines below it, ``SIGNATURES`` labels
    side by side below lines, ``FILLED`` a value on a line with its label below, ``NOTE`` small print.
    """

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    FIELD = "field"
    LINES = "lines"
    SIGNATURES = "signatures"
    FILLED = "filled"
    NOTE = "note"


class Layout(StrEnum):
    """``SHEETS``: instruction, then the form. ``DUPLICATE``: one form, several copies of it, all of it bold."""

    SHEETS = "sheets"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Text with gaps like ``{seller}``.

    Args:
        text: the words.
        when: conditions of which all must hold ("several", "send_back"); none: always.
        check: not taken from the statute, or from memory: to be compared before use.
    """

    text: str
    when: tuple[str, ...] = ()
    check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences that follow each other on the same lines; in fields and signatures one label each."""

    style: Style = Style.BODY
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The instruction, or the form that the buyer sends back."""

    form: bool = False
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """How a text writes a number of days: "THREE", "third"."""

    days: int
    cardinal: str
    ordinal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalText:
    """A wording in one language.

    Args:
        id: name of its file.
        language: two letters.
        title: what the paper is called in a list.
        layout: how it is laid out.
        form_apart: the form must stand on a sheet of its own.
        red: printed red, in a frame.
        official: the law's own wording; otherwise a translation or our own words.
        certainty: "statute", or "check" when it is to be compared before use.
        source: where the wording stands; ``as_of`` the day on which it was looked at.
        placeholders: the gaps that occur in it.
        number_words: how it writes the number of days, if not in figures.
        statement: what the law wants in bold beside the buyer's signature.
        slip_note: a plain sentence for the order slip that points to this paper.
        exceptions: sentences (with the exception's name as condition) for goods that cannot be given back.
        notes: remarks for the adviser who checks the text, in English.
        parts: the paper.
    """

    id: str
    language: str
    title: str
    layout: Layout = Layout.SHEETS
    form_apart: bool = False
    red: bool = False
    official: bool
    certainty: str
    source: str
    as_of: date
    placeholders: tuple[str, ...] = ()
    number_words: tuple[NumberWords, ...] = ()
    statement: str = ""
    slip_note: str = ""
    notes: tuple[str, ...] = ()
    parts: tuple[Part, ...]

    @property
    def stamp(self) -> str:
        """The wording and its date, as stored with a printed paper ("eu-de@2026-11-22")."""
        return f"{self.id}@{self.as_of.isoformat()}"

    def days_words(self, days: int) -> dict[str, str]:
        """Return the values of ``{days}``, ``{DAYS}`` and ``{ordinal}``; figures where the text has no words."""
        words = next((words for words in self.number_words if words.days == days), None)
        plain = str(days)
        return {
            "days": plain,
            "DAYS": words.cardinal if words else plain,
            "ordinal": words.ordinal if words else plain,
        }

    def gaps(self) -> frozenset[str]:
        """Return the names of all gaps in the text, with those of the statement and the note."""
        everything = [self.statement, self.slip_note]
        everything += [s.text for part in self.parts for paragraph in part.paragraphs for s in paragraph.sentences]
        return frozenset(name for text in everything for name in _GAP.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into the gaps of a text; braces within a value stay what they are.

    Raises:
        KeyError: a gap without a value.
    """
    return _GAP.sub(lambda gap: values[gap.group(1)], text)


def composed(
    part: Part, conditions: Collection[str], values: Mapping[str, str]
) -> tuple[tuple[Style, tuple[str, ...]], ...]:
    """Return the paragraphs of a part with their sentences chosen and filled; paragraphs without any are left out."""
    found = []
    for paragraph in part.paragraphs:
        texts = tuple(fill(s.text, values) for s in paragraph.sentences if all(one in conditions for one in s.when))
        if texts:
            found.append((paragraph.style, texts))
    return tuple(found)
