"""Erasing a person at their wish (GDPR art. 17): how long papers must be kept, and marks that recognise without telling. No SQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from directsell.domain.name_sounds import without_marks

# Years for which invoices are kept, from the end of their calendar year: DE § 147 AO (since 2025), AT § 132 BAO, CH OR 958f,
# FR L102 B LPF with L123-22 C. com., IT art. 2220 c.c., ES art. 30 C. Com., UK VAT Notice 700/21, US IRS (longest usual case),
# IN s. 36 CGST Act. Elsewhere the longest of these.
_YEARS: Mapping[str, int] = MappingProxyType(
    {
        "DE": 8,
        "AT": 7,
        "CH": 10,
        "FR": 10,
        "IT": 10,
        "ES": 6,
        "GB": 6,
        "IE": 6,
        "US": 7,
        "CA": 6,
        "AU": 5,
        "NZ": 7,
        "IN": 6,
    }
)
_LONGEST = 10
_SHORTEST_KEY = 6


def kept_until(issued_on: date, country: str) -> date:
    """Return the last day on which a fiscal paper must be kept in the seller's country (two letters)."""
    return date(issued_on.year + _YEARS.get(country, _LONGEST), 12, 31)


def keys_of(
    *,
    reach: Iterable[str] = (),
    name: str = "",
    birthday: str = "",
    places: Iterable[str] = (),
    reference: str = "",
) -> frozenset[str]:
    """Return by what somebody is recognised: numbers and mail addresses (comparison keys), name with birthday or place, outside id."""
    called = " ".join(sorted(without_marks(name).split()))
    keys = {f"reach:{key}" for key in reach if len(key) >= _SHORTEST_KEY}
    if called and birthday:
        keys.add(f"birthday:{called}:{birthday}")
    if called:
        keys.update(f"place:{called}:{place}" for place in places if place)
    if reference:
        keys.add(f"reference:{reference}")
    return frozenset(keys)


def marks_of(salt: str, keys: Iterable[str]) -> list[str]:
    """Return the marks of keys: keyed hashes in hex, sorted."""
    secret = bytes.fromhex(salt)
    return sorted(hashlib.blake2b(key.encode(), key=secret, digest_size=16).hexdigest() for key in keys)


def marks_text(salt: str, keys: Iterable[str]) -> str:
    """Return the marks as they are stored: JSON."""
    return json.dumps(marks_of(salt, keys))


class Erased:
    """Says whether somebody was erased. ``Erased([(salt, marks as stored, day), ...])``."""

    def __init__(self, erasures: Iterable[tuple[str, str, date]]) -> None:
        self._days: dict[str, dict[str, date]] = {}
        for salt, marks, day in erasures:
            self._days.setdefault(salt, {}).update(dict.fromkeys(json.loads(marks), day))

    def __bool__(self) -> bool:
        return bool(self._days)

    def on(self, keys: Collection[str]) -> date | None:
        """Return the day on which somebody with one of these keys was erased, or None."""
        for salt, days in self._days.items():
            for mark in marks_of(salt, keys):
                if mark in days:
                    return days[mark]
        return None
