"""Who sells, where and in which currency: the settings that the first page shows, without a record. All of them: settings.py."""

from __future__ import annotations

import json
from dataclasses import dataclass

from directsell.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Seller:
    """Name of the business ("" before it was set up), its currency, country and region."""

    name: str
    currency: str
    country: str = "US"
    region: str = ""


def seller(reader: Reader) -> Seller:
    """Return who sells; the same as in ``settings.business``."""
    rows = reader.rows(
        "SELECT name, value FROM setting WHERE name IN ('business.name', 'business.currency', 'business.country', "
        "'business.region') AND deleted_at IS NULL"
    )
    found = {name.removeprefix("business."): json.loads(value) for name, value in rows}
    usual = {"name": "", "currency": "USD", "country": "US", "region": ""}
    return Seller(**{**usual, **found})
