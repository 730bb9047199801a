"""Addresses on the screen: the order of lines follows the country, without one that of the seller."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from directsell.domain.people import Address
from directsell.i18n import Language
from directsell.ui.widgets.postal import address_text

KEY = UUID(int=1)


def text(home: str, country: str = "", **fields: str) -> str:
    lines = {"street": "1 Elm", "postcode": "12345", "city": "Town", **fields}
    address = replace(Address(id=KEY, person_id=KEY, country=country), **lines)  # type: ignore[arg-type]
    return address_text(address, Language.load("en_US"), home)


@pytest.mark.parametrize(
    ("home", "country", "expected"),
    [
        ("US", "", "1 Elm\nTown NM 12345"),
        ("DE", "", "1 Elm\n12345 Town NM"),
        ("DE", "US", "1 Elm\nTown NM 12345\nUnited States"),
        ("US", "DE", "1 Elm\n12345 Town NM\nGermany"),
        ("US", "US", "1 Elm\nTown NM 12345"),
        ("DE", "DE", "1 Elm\n12345 Town NM"),
    ],
)
def test_an_address_without_a_country_lies_in_the_sellers(home: str, country: str, expected: str) -> None:
    assert text(home, country, region="NM") == expected


def test_empty_lines_are_left_out() -> None:
    assert text("DE", street="", postcode="") == "Town"
