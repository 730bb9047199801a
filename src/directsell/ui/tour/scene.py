"""Who and what the tour is about: invented people, goods and papers of one evening. Texts only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who orders at the demo, as typed."""

    name: str
    phone: str


SELLER = "Willow Carter"
STREET, POSTCODE, CITY, REGION = "814 Alder Street", "87501", "Santa Fe", "NM"
RATE = Decimal("7.75")
HOST_GIVEN, HOST_FAMILY, HOST_PHONE = "Dana", "Ruiz", "+1 505 555 0142"
HOST_STREET = "12 Juniper Lane"
LEAD, NEED = "Market stall", "New bakeware"
SAID = "Would love an evening with her neighbours"
GUESTS = (
    Guest("Amy Okafor", "505 555 0143"),
    Guest("Beth Lindqvist", "505 555 0144"),
    Guest("Carla Moreno", "505 555 0145"),
)
PRICE_LIST = """Code,Name,Price,Barcode,Tax class,Category
CV-110,Peeler,12.50,4006381333931,standard,Kitchen tools
CV-402,Hand Chopper,34.00,4006381333962,standard,Kitchen tools
CV-315,Stoneware Pan,58.00,4006381333955,standard,Baking
CV-777,Serving Board,88.00,4006381333979,standard,Table
"""
