"""Settings of the business that travel between laptops; device settings (window, theme) live elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from directsell.domain.bank import compact, is_bic, is_iban
from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.domain.papers import PaperFormat, WindowNorm
from directsell.domain.records import Record

_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Record):
    """One named setting; ``value`` is JSON. Its id follows from the name, so laptops merge it field by field."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(Record):
    """A laptop that writes into this book: ``code`` signs its changes, ``series`` its paper numbers."""

    code: str
    name: str
    series: str
    created_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """Who sells: what stands at the head of every paper, and the defaults of the country. Stored field by field.

    ``logo`` is the SHA-256 of a stored file or ""; ``language`` the tag of papers for customers who have none;
    ``zone`` the IANA time zone of demos; ``due_days`` how long an invoice may stay open; ``terms`` a sentence on
    every invoice, ``slip_terms`` one on every order slip.
    """

    name: str = ""
    tagline: str = ""
    street: str = ""
    extra: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = "US"
    phone: str = ""
    email: str = ""
    web: str = ""
    tax_label: str = ""
    tax_number: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    currency: str = "USD"
    language: str = "en_US"
    zone: str = ""
    logo: str = ""
    accent: str = "#0F766E"
    invoice_format: PaperFormat = PaperFormat.LETTER
    slip_format: PaperFormat = PaperFormat.HALF_LETTER
    window: WindowNorm = WindowNorm.US_10
    due_days: int = 14
    shipping: int = 0
    terms: str = ""
    slip_terms: str = ""
    sample: bool = False


def check_business(business: Business) -> None:
    """Refuse what no paper could show.

    Raises:
        DomainError: ``business.name``, ``business.iban``, ``business.bic``, ``business.accent``, ``business.due_days``,
            ``business.shipping``; ``field`` names the field.
    """
    if not business.name.strip():
        raise DomainError("business.name", field="name")
    if business.iban and not is_iban(compact(business.iban)):
        raise DomainError("business.iban", field="iban")
    if business.bic and not is_bic(compact(business.bic)):
        raise DomainError("business.bic", field="bic")
    if _COLOR.fullmatch(business.accent) is None:
        raise DomainError("business.accent", field="accent")
    if not 0 <= business.due_days <= 365:
        raise DomainError("business.due_days", field="due_days")
    if business.shipping < 0:
        raise DomainError("business.shipping", field="shipping")


def check_device(device: Device) -> None:
    """Refuse a laptop without a name.

    Raises:
        DomainError: ``device.name``.
    """
    if not device.name.strip():
        raise DomainError("device.name", field="name")


def setting_of(name: str, value: str) -> Setting:
    """Return a setting by its name; ``value`` is JSON text."""
    return Setting(id=named_id("setting", name), name=name, value=value)
