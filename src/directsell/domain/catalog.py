"""The catalogue: brands, products, price lists valid from-to, tax rates of classes. No stock, no orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand(Record):
    """A company whose goods the seller sells; ``commission_ppm`` is the seller's usual share of retail."""

    name: str
    consultant_number: str = ""
    commission_ppm: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Record):
    """Something that can be ordered. ``page`` is the brochure page, ``wholesale`` the seller's cost (Decimal).

    ``lasts_days`` is how long one piece usually lasts (run-out prediction, rule D19), ``follow_up_text`` what to ask
    or say about it when following up.
    """

    brand_id: UUID | None = None
    code: str
    name: str
    description: str = ""
    category: str = ""
    barcode: str = ""
    page: str = ""
    unit: str = "piece"
    tax_class: str = "standard"
    wholesale: Decimal | None = None
    lasts_days: int | None = None
    follow_up_text: str = ""
    active: bool = True
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList(Record):
    """A list of prices in one currency. ``rank`` orders lists: the lowest that has a price wins."""

    name: str
    brand_id: UUID | None = None
    currency: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Record):
    """The price of a product on a list from a day (inclusive) to a day (inclusive; None = until further notice)."""

    product_id: UUID
    price_list_id: UUID
    amount: Decimal
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRateEntry(Record):
    """One tax component of a tax class from a day on (7.75 % = 77_500 ppm); several add up (GST + PST)."""

    tax_class: str
    label: str
    ppm: int
    position: int = 0
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostProgramme(Record):
    """One dated version of how a company rewards hosts; versions share a ``family_id``: the id of the first one.

    ``rules`` is the JSON of ``host_programmes.Rules``; amounts in it are minor units of ``currency``.
    """

    family_id: UUID
    name: str
    brand_id: UUID | None = None
    currency: str
    valid_from: date
    valid_to: date | None = None
    rules: str


@lru_cache(maxsize=8192)  # imports ask for the same few thousand codes at every line
def product_key(code: str) -> str:
    """Return a product code without case, spaces and dashes, as people type it."""
    return "".join(c for c in code.casefold() if c.isalnum())


def price_on(prices: Iterable[Price], day: date) -> Price | None:
    """Return the price that is valid on a day: the one that began last."""
    valid = [p for p in prices if p.valid_from <= day and (p.valid_to is None or day <= p.valid_to)]
    return max(valid, key=lambda p: (p.valid_from, p.id), default=None)


def check_product(product: Product) -> None:
    """Refuse a product without code or name.

    Raises:
        DomainError: ``product.code`` or ``product.name``.
    """
    if not product.code.strip():
        raise DomainError("product.code", field="code")
    if not product.name.strip():
        raise DomainError("product.name", field="name")


def check_price(price: Price) -> None:
    """Refuse a negative price or a period that ends before it begins.

    Raises:
        DomainError: ``price.negative`` or ``price.period``.
    """
    if price.amount < 0:
        raise DomainError("price.negative", field="price")
    if price.valid_to is not None and price.valid_to < price.valid_from:
        raise DomainError("price.period", field="valid_to")
