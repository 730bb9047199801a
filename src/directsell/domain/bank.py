"""Bank accounts: whether an IBAN or a BIC can be right. Nothing is looked up."""

from __future__ import annotations

import re
from typing import Final

_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


def compact(number: str) -> str:
    """Return an account number without blanks, in capitals."""
    return "".join(number.split()).upper()


def is_iban(iban: str) -> bool:
    """Return whether an IBAN without spaces is well formed and its check digits are right (ISO 13616, mod 97)."""
    if not _IBAN.fullmatch(iban):
        return False
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


def is_bic(bic: str) -> bool:
    """Return whether a BIC without spaces is well formed (ISO 9362)."""
    return _BIC.fullmatch(bic) is not None


def grouped(iban: str) -> str:
    """Return an IBAN in groups of four, as it is printed and read aloud."""
    plain = compact(iban)
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
