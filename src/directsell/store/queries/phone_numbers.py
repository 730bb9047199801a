"""Who has a phone number, by the digits typed so far, however it is written. Answered by the index of comparison keys only.

The comparison key of a number is its last nine digits. What was typed is the beginning of such a key, or of a number whose first
digits (country, trunk) stand before the key, or the local end of a number. Each of these is a bounded look into one index.
"""

from __future__ import annotations

from directsell.store.reader import Reader

_KEY = 9  # digits of a comparison key
_BEFORE = 4  # most digits that stand before a key (country code and first digit of the area)
_SHORTEST = 4  # fewer digits begin too many numbers
_LOOKED_AT = 200
_ENDS = 3  # most digits of a key that may be missing before a local number
_HIGHEST = "\U0010ffff"


def people_with_number(reader: Reader, typed: str, limit: int = 12) -> list[bytes]:
    """Return the ids (bytes) of people who have a phone number with the typed digits; nothing for fewer than four.

    Args:
        reader: one moment of the database.
        typed: digits with whatever stands between them.
        limit: most people.
    """
    digits = _digits(typed)
    if len(digits) < _SHORTEST:
        return []
    found: dict[bytes, None] = {}
    for before in range(max(0, len(digits) - _KEY), _BEFORE + 1):
        rest = digits[before:]
        if not rest or len(found) >= limit:
            break
        rows = reader.rows(
            "SELECT person_id, value FROM reach_point WHERE reach_key >= ? AND reach_key < ? AND deleted_at IS NULL "
            "ORDER BY reach_key LIMIT ?",
            (rest, rest + _HIGHEST, _LOOKED_AT if before else limit),
        )
        found.update((person, None) for person, value in rows if not before or _begins(value, digits))
    if not found:
        found.update((person, None) for person in _ending(reader, digits, limit))
    return list(found)[:limit]


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal()).removeprefix("00").lstrip("0")


def _begins(value: str, digits: str) -> bool:
    """Tell whether a number begins with the typed digits, one of both perhaps without its country code."""
    number = _digits(value)
    return any(number.startswith(digits[code:]) or number.startswith(digits, code) for code in range(4))


def _ending(reader: Reader, digits: str, limit: int) -> list[bytes]:
    """Return who has a number that ends so: every key that could be meant is looked up."""
    missing = _KEY - len(digits)
    if not 0 < missing <= _ENDS:
        return []
    rows = reader.rows(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1) "
        "SELECT r.person_id FROM n CROSS JOIN reach_point r ON r.reach_key = printf(?2, n.i) || ?3 "
        "WHERE r.deleted_at IS NULL LIMIT ?4",
        (10**missing, f"%0{missing}d", digits, limit),
    )
    return [person for (person,) in rows]
