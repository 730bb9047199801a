"""Who sells, where and in which currency: the settings that the first page shows, without a record. All of them: settings.py."""

from __future__ import annotations

import json
from dataclasses import dataclass

from directsell.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Seller:
    """Name of the business ("" before it was set up), its currency and its country."""

    name: str
    currency: str
    country: str = "US"


def seller(reader: Reader) -> Seller:
    """Return who sells; the same as in ``settings.business``."""
    rows = reader.rows(
        "SELECT name, value FROM setting WHERE name IN ('business.name', 'business.currency', 'business.country') "
        "AND deleted_at IS NULL"
    )
    found = {name: json.loads(value) for name, value in rows}
    return Seller(
        found.get("business.name", ""), found.get("business.currency", "USD"), found.get("business.country", "US")
    )
