"""The recovery sheet: the key of the database as letters and digits that can be written down and typed. No drawing.

The 256 bits of a key are 52 letters of Crockford's base 32 (no I, L, O, U), in 13 groups of four. Every group ends
with a check letter over GF(32) that also depends on the group's place: one wrong letter, two swapped letters or two
swapped groups name the group. A fourteenth group holds 20 bits of the SHA-256 of the key and checks the whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from directsell.store.errors import WrongCode

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_KEY_GROUPS, _GROUP = 13, 4
GROUPS = _KEY_GROUPS + 1
_FIELD = 0b100101  # x^5 + x^2 + 1


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet shows: ``groups`` of five letters in order, the mark of the book it opens, the day it was made.

    ``fingerprint`` (8 letters) tells sheets of several books apart and is no secret.
    """

    groups: tuple[str, ...]
    fingerprint: str
    made_on: date

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The groups in two rows of seven."""
        half = len(self.groups) // 2
        return self.groups[:half], self.groups[half:]

    @property
    def code(self) -> str:
        """The whole code on one line, groups apart by hyphens; it also fits into a QR code."""
        return "-".join(self.groups)


def sheet_of(key: bytes, made_on: date) -> RecoverySheet:
    """Return the sheet of a key of 32 bytes."""
    return RecoverySheet(encode(key), fingerprint(key), made_on)


def fingerprint(key: bytes) -> str:
    """Return a public mark of a key; it does not help to find it."""
    number = int.from_bytes(hashlib.sha256(b"directsell key\0" + key).digest()[:5])
    return _letters(number, 8)


def encode(key: bytes) -> tuple[str, ...]:
    """Return the groups of a key, each with its check letter."""
    if len(key) != 32:
        raise ValueError("a database key has 32 bytes")
    letters = _letters(int.from_bytes(key) << 4, _KEY_GROUPS * _GROUP) + _letters(_sum(key), _GROUP)
    groups = (letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
    return tuple(group + _check(group, place) for place, group in enumerate(groups))


def decode(code: str) -> bytes:
    """Return the key of a typed code; case, spaces and hyphens do not matter, O is 0, I and L are 1.

    Raises:
        WrongCode: with the numbers of the mistyped groups (from 1); none when groups are missing or too many.
    """
    text = "".join(letter for letter in code.upper() if letter.isalnum())
    size = _GROUP + 1
    if len(text) != GROUPS * size:
        raise WrongCode("length", groups=(), letters=len(text), expected=GROUPS * size)
    groups = [text[start : start + size] for start in range(0, len(text), size)]
    wrong = [
        place + 1
        for place, group in enumerate(groups)
        if not set(group) <= _VALUES.keys() or _VALUES[group[-1]] != _VALUES[_check(group[:-1], place)]
    ]
    if wrong:
        raise WrongCode("groups", groups=tuple(wrong))
    number = 0
    for letter in "".join(group[:-1] for group in groups):
        number = number << 5 | _VALUES[letter]
    total, number = number & 0xFFFFF, number >> 20
    key = (number >> 4).to_bytes(32)
    if number & 0xF or total != _sum(key):
        raise WrongCode("sum", groups=())
    return key


def _sum(key: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"directsell sheet\0" + key).digest()[:3]) >> 4


def _letters(number: int, count: int) -> str:
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(count)))


def _check(group: str, place: int) -> str:
    """Return the check letter: the value of the polynomial of the letters at a generator, plus the place."""
    total = 0
    for letter in group:
        total = _double(total ^ _VALUES[letter])
    return _LETTERS[total ^ place + 1]


def _double(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 32 else value
