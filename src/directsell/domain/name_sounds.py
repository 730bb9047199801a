"""How names sound and look: a phonetic key, likeness of two names, letters that hide. No people's records, no SQL.

The key is that of the Koelner Phonetik (H. J. Postel, 1969): made for German, it also brings together most spellings of other
languages in Latin letters, because it keeps only classes of consonants. Silent letters of English names (Knight, Wright)
are put aside before. Names in other scripts are their own key.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_VOWELS = frozenset("aeijouy")
_LETTERS = dict.fromkeys("aeijouy", "0") | {
    "b": "1",
    "f": "3",
    "v": "3",
    "w": "3",
    "g": "4",
    "k": "4",
    "q": "4",
    "l": "5",
    "m": "6",
    "n": "6",
    "r": "7",
    "s": "8",
    "z": "8",
}
_HARD_FIRST = frozenset("ahkloqrux")
_HARD = frozenset("ahkoqux")
_SILENT_FIRST = {"kn": "n", "gn": "n", "wr": "r", "ps": "s", "wh": "w"}
_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "þ": "t", "æ": "ae", "œ": "oe", "ð": "d", "ı": "i"})
# Letters of other scripts that cannot be told from Latin ones; only looked at where a word mixes scripts.
_LOOKS_LIKE = str.maketrans("аеорсухіјѕкмнтвανορτυχικ", "aeopcyxijskmhtbavoptuxik")


def without_marks(text: str) -> str:
    """Return text without accents, case and characters that cannot be seen; a mixed word is read as it looks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    seen = " ".join("".join(c for c in plain if unicodedata.category(c) != "Cf").translate(_SPECIAL).split())
    if seen.isascii():
        return seen
    return " ".join(word.translate(_LOOKS_LIKE) if _is_mixed(word) else word for word in seen.split())


def _is_mixed(word: str) -> bool:
    latin = any(c.isascii() and c.isalpha() for c in word)
    return latin and any(c.isalpha() and not c.isascii() for c in word)


@lru_cache(maxsize=65_536)
def koelner(word: str) -> str:
    """Return the phonetic code of one word in Latin letters ("65752682" for Müller-Lüdenscheidt), "" for any other."""
    letters = "".join(c for c in without_marks(word) if "a" <= c <= "z")
    return _without_repeats([_code(letters, place) for place in range(len(letters))])


def _code(letters: str, place: int) -> str:
    letter, before = letters[place], letters[place - 1] if place else ""
    after = letters[place + 1] if place + 1 < len(letters) else ""
    if letter == "h":
        return ""
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "c":
        if not place:
            return "4" if after in _HARD_FIRST else "8"
        return "4" if after in _HARD and before not in "sz" else "8"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    return _LETTERS[letter]


def _without_repeats(codes: list[str]) -> str:
    digits = "".join(codes)
    single = "".join(digit for place, digit in enumerate(digits) if not place or digit != digits[place - 1])
    return single[:1] + single[1:].replace("0", "")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Return what two spellings of one name have in common: the phonetic code, or the word itself in other scripts."""
    plain = without_marks(word)
    plain = (_SILENT_FIRST.get(plain[:2], plain[:2]) + plain[2:]).replace("ight", "it")
    return koelner(plain) or plain


def name_sound(given: str, family: str, company: str) -> str:
    """Return the key by which people whose names sound alike are found; "" where too little of the name is known.

    It is made of the first given and the last family name in an order of its own, so that both may be exchanged; a company
    without a person's name has that of its words. Initials and single names say too little.
    """
    first, last = given.split()[:1], family.split()[-1:]
    if first and last:
        if len(without_marks(first[0]).strip(".")) < 2:
            return ""
        return " ".join(sorted((sound(first[0]), sound(last[0]))))
    if company and not first and not last:
        return "= " + " ".join(sound(word) for word in company.split()[:4])
    return ""


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be added, removed, changed or exchanged with their neighbour, at most ``most`` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


_MARKS = {
    0x00AD: "-?",
    0x200B: "|",
    0x200C: "|",
    0x200D: "|",
    0x2060: "|",
    0xFEFF: "|",
    0x00A0: "␣",
    0x0009: "→",
    0x000A: "↵",
    0x000D: "↵",
}


def with_visible_marks(text: str) -> str:
    """Return text in which everything that hides or turns the line shows as ‹code›, for where two names are compared."""
    return "".join(c if _is_harmless(c) else f"‹{_MARKS.get(ord(c)) or f'{ord(c):04X}'}›" for c in text)


def _is_harmless(character: str) -> bool:
    return character == " " or unicodedata.category(character) not in ("Cf", "Cc", "Zs", "Zl", "Zp", "Cn", "Co")
