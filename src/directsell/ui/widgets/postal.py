"""Postal addresses as the screen shows them. What is printed on paper follows the rules of documents."""

from __future__ import annotations

from directsell.domain.people import Address
from directsell.i18n import Language


def address_text(address: Address, language: Language, home: str) -> str:
    """Return an address in lines, as the country's letters have them (place and postcode in the usual order).

    Args:
        address: one without a country lies in the seller's.
        language: of the window, for the country's name.
        home: the seller's country, which is not named at the end.
    """
    if (address.country or home) in _CITY_FIRST:
        place = " ".join(part for part in (address.city, address.region, address.postcode) if part)
    else:
        place = " ".join(part for part in (address.postcode, address.city, address.region) if part)
    lines = [address.street, address.extra, place]
    if address.country and address.country != home:
        lines.append(language.country_name(address.country))
    return "\n".join(line for line in lines if line)


_CITY_FIRST = frozenset({"US", "CA", "AU", "NZ", "GB", "IE", "IN", "ZA"})
