"""What a seller does with the catalogue: brands, products, prices valid from-to, tax rates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from directsell.domain.catalog import (
    Brand,
    Price,
    PriceList,
    Product,
    TaxRateEntry,
    check_price,
    check_product,
    price_on,
    product_key,
)
from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.i18n import N_
from directsell.store.work import Work
from directsell.usecases.verbs import usecase


def default_price_list(work: Work, currency: str) -> PriceList:
    """Return the retail price list of a currency, made when it is first needed; part of other use-cases."""
    key = named_id("price_list", "retail", currency)
    return work.find_one(PriceList, key) or work.save(PriceList(id=key, name="Retail", currency=currency))


@usecase(N_("Save brand {name}"))
def save_brand(work: Work, brand: Brand) -> Brand:
    """Store a brand.

    Raises:
        DomainError: ``brand.name``.
    """
    if not brand.name.strip():
        raise DomainError("brand.name", field="name")
    work.describe(name=brand.name)
    return work.save(brand)


@usecase(N_("Save product {name}"))
def save_product(
    work: Work, product: Product, *, price: Decimal | None = None, currency: str = "", valid_from: date | None = None
) -> Product:
    """Store a product and, if it differs from the one that holds on that day, its retail price.

    Args:
        work: the transaction.
        product: new or changed.
        price: retail price in major units, or None to leave prices alone.
        currency: of the price; needed with it.
        valid_from: day from which the price holds (default: today, or always for a first price).

    Raises:
        DomainError: ``product.code``, ``product.name``, ``product.code_taken``, ``price.negative``.
    """
    check_product(product)
    taken = work.row(
        "SELECT name FROM product WHERE code_key = ? AND brand_id IS ? AND id <> ? AND deleted_at IS NULL AND active",
        (product_key(product.code), product.brand_id, product.id),
    )
    if taken is not None and product.active:
        raise DomainError("product.code_taken", field="code", name=taken[0])
    work.describe(name=product.name)
    work.save(product)
    if price is not None:
        set_price(work, product.id, default_price_list(work, currency).id, price, valid_from)
    return product


def set_price(
    work: Work, product_id: UUID, price_list_id: UUID, amount: Decimal, valid_from: date | None = None
) -> None:
    """Let a price hold from a day on; the one before ends the day before. Part of other use-cases.

    Raises:
        DomainError: ``price.negative``.
    """
    prices = work.find(Price, product_id=product_id, price_list_id=price_list_id)
    start = valid_from or (work.today if prices else date(2000, 1, 1))
    current = price_on(prices, start)
    if current is not None and current.amount == amount:
        return
    new = Price(id=work.new_id(), product_id=product_id, price_list_id=price_list_id, amount=amount, valid_from=start)
    check_price(new)
    if current is not None and current.valid_from == start:
        work.update(Price, current.id, amount=amount)
        return
    if current is not None:
        later = current.valid_to
        work.update(Price, current.id, valid_to=start - timedelta(days=1))
        new = Price(
            id=new.id,
            product_id=product_id,
            price_list_id=price_list_id,
            amount=amount,
            valid_from=start,
            valid_to=later,
        )
    work.save(new)


@usecase(N_("Delete product {name}"))
def delete_product(work: Work, product_id: UUID) -> None:
    """Remove a product from the catalogue; orders keep its code, name and price."""
    product = work.get(Product, product_id)
    work.describe(name=product.name)
    work.delete(*work.find(Price, product_id=product_id), product)


@usecase(N_("Tax rate {label}"))
def save_tax_rate(work: Work, entry: TaxRateEntry) -> TaxRateEntry:
    """Store a tax rate.

    Raises:
        DomainError: ``tax.label``, ``tax.rate_range``, ``tax.period``; ``field`` names the field.
    """
    if not entry.label.strip():
        raise DomainError("tax.label", field="label")
    if not 0 <= entry.ppm <= 1_000_000:
        raise DomainError("tax.rate_range", field="rate", label=entry.label)
    if entry.valid_to is not None and entry.valid_to < entry.valid_from:
        raise DomainError("tax.period", field="valid_to")
    work.describe(label=entry.label)
    return work.save(entry)


@usecase(N_("Delete tax rate {label}"))
def delete_tax_rate(work: Work, entry_id: UUID) -> None:
    """Remove a tax rate; orders keep the rates they were made with."""
    entry = work.get(TaxRateEntry, entry_id)
    work.describe(label=entry.label)
    work.delete(entry)
