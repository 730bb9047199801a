"""Postal addresses as the screen shows them. What is printed on paper follows the rules of documents."""

from __future__ import annotations

from directsell.domain.people import Address
from directsell.i18n import Language


def address_text(address: Address, language: Language) -> str:
    """Return an address in lines, as the country's letters have them (place and postcode in the usual order)."""
    if address.country in _CITY_FIRST:
        place = " ".join(part for part in (address.city, address.region, address.postcode) if part)
    else:
        place = " ".join(part for part in (address.postcode, address.city, address.region) if part)
    lines = [address.street, address.extra, place]
    if address.country and address.country != "US":
        lines.append(language.country_name(address.country))
    return "\n".join(line for line in lines if line)


_CITY_FIRST = frozenset({"US", "CA", "AU", "NZ", "GB", "IE", "IN", "ZA", ""})
