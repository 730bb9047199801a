"""Letters and address labels as frozen values, and the geometry of label sheets. No drawing, no queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directsell.domain.errors import DomainError
from directsell.domain.papers import PaperFormat, Party, Sender, WindowNorm


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter: receiver, subject and text with every field filled in, and its language (date, page numbers)."""

    party: Party
    subject: str
    body: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRun:
    """Letters to be printed one after another, each on sheets of its own.

    ``place`` stands before the date; ``signed`` below the text, with room for a signature. ``letterhead`` is False on paper
    that has a head and foot already.
    """

    sender: Sender
    day: date
    letters: tuple[Letter, ...]
    place: str = ""
    signed: str = ""
    page_format: PaperFormat = PaperFormat.A4
    window: WindowNorm = WindowNorm.NONE
    letterhead: bool = True


class LabelKind(StrEnum):
    """Sheets of labels; the value is stored as the seller's last choice."""

    A4_24 = "a4_24"
    A4_21 = "a4_21"
    A4_14 = "a4_14"
    LETTER_30 = "letter_30"
    LETTER_10 = "letter_10"


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Where the labels of a sheet are, in millimetres from its upper left corner; ``pitch`` from edge to edge."""

    page_width: float
    page_height: float
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return the upper left corner of a label, counted from 0 along the rows."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


_INCH = 25.4
# Makers' data sheets: 3 x 8 of 70 x 37 mm; L7160; L7163; 5160; 5163. The sums give the sheet exactly.
LABEL_SHEETS: dict[LabelKind, LabelSheet] = {
    LabelKind.A4_24: LabelSheet(210, 297, 3, 8, 70, 37, 0, 0.5, 70, 37),
    LabelKind.A4_21: LabelSheet(210, 297, 3, 7, 63.5, 38.1, 7.25, 15.15, 66, 38.1),
    LabelKind.A4_14: LabelSheet(210, 297, 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
    LabelKind.LETTER_30: LabelSheet(
        8.5 * _INCH, 11 * _INCH, 3, 10, 2.625 * _INCH, _INCH, 0.1875 * _INCH, 0.5 * _INCH, 2.75 * _INCH, _INCH
    ),
    LabelKind.LETTER_10: LabelSheet(
        8.5 * _INCH, 11 * _INCH, 2, 5, 4 * _INCH, 2 * _INCH, 0.15625 * _INCH, 0.5 * _INCH, 4.1875 * _INCH, 2 * _INCH
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRun:
    """Addresses for labels: each a name and its lines. ``start`` is the first free label of the first sheet, from 1."""

    kind: LabelKind
    labels: tuple[Party, ...]
    day: date
    language: str
    start: int = 1
    title: str = ""


def check_start(kind: LabelKind, start: int) -> None:
    """Refuse a first label that the sheet does not have.

    Raises:
        DomainError: ``label.start`` with the number of labels.
    """
    most = LABEL_SHEETS[kind].count
    if not 1 <= start <= most:
        raise DomainError("label.start", field="start", most=most)
