"""What the recovery sheet shows: the key of the business as groups of letters. No key is made or read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from directsell.domain.papers import PaperFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPage:
    """One sheet.

    Attributes:
        business: whose data it opens.
        groups: letters and digits in order, in groups; an even number of them.
        fingerprint: mark of the key, which tells sheets of several businesses apart and is no secret.
        made_on: the day it was made.
        language: tag of the language it is written in.
        page_format: A4 or Letter.
    """

    business: str
    groups: tuple[str, ...]
    fingerprint: str
    made_on: date
    language: str
    page_format: PaperFormat = PaperFormat.A4

    @property
    def rows(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The groups in two rows."""
        half = len(self.groups) // 2
        return self.groups[:half], self.groups[half:]

    @property
    def code(self) -> str:
        """The whole code on one line, groups apart by hyphens, as the QR code holds it."""
        return "-".join(self.groups)
