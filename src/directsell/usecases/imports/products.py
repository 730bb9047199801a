"""A price list into the catalogue: new products, changed prices from a day on. Nothing is removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from directsell.domain.catalog import Brand, Price, Product, product_key
from directsell.domain.people import fold
from directsell.exchange.products import ProductDraft
from directsell.i18n import N_
from directsell.store.work import Work
from directsell.usecases.catalog import default_price_list, set_price
from directsell.usecases.imports.steps import Batch, Cancelled, Progress, check
from directsell.usecases.verbs import usecase

_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class ProductsImport:
    """What an import of products did: new ones, changed ones, unchanged ones."""

    added: int
    changed: int
    unchanged: int


@usecase(N_("Import products from {file}"), origin="import")
def import_products(
    work: Work,
    products: Iterable[ProductDraft],
    *,
    currency: str,
    file: str = "",
    valid_from: date | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ProductsImport:
    """Write a price list; a product with the same code (without case and dashes) and brand is changed, not doubled.

    Args:
        work: the transaction; all of it is undone in one step.
        products: what ``exchange.products.read_products`` read.
        currency: of prices that name none.
        file: name of the file, for the history.
        valid_from: day from which changed prices hold; default today. First prices hold always.
        progress: called with (products done, products in all).
        cancelled: asked after every batch.

    Raises:
        ExchangeError: ``exchange.cancelled``.
        DomainError: ``money.unknown_currency``.
    """
    work.describe(file=file)
    todo = list(products)
    writer = _Writer(work, currency, valid_from or work.today)
    for number, draft in enumerate(todo, start=1):
        writer.write(draft)
        if writer.batch.full:
            writer.batch.flush()
            check(number, len(todo), progress, cancelled)
    writer.batch.flush()
    check(len(todo), len(todo), progress, cancelled)
    return ProductsImport(writer.added, writer.changed, writer.unchanged)


class _Writer:
    def __init__(self, work: Work, currency: str, valid_from: date) -> None:
        self._work = work
        self._currency = currency
        self._valid_from = valid_from
        self.batch = Batch(work, Product, Price)
        self.added = self.changed = self.unchanged = 0
        self._brands = {fold(brand.name): brand.id for brand in work.find(Brand)}
        rows = work.rows("SELECT code_key, brand_id, id FROM product WHERE deleted_at IS NULL")
        self._known = {(key, brand): UUID(bytes=product_id) for key, brand, product_id in rows}

    def write(self, draft: ProductDraft) -> None:
        brand_id = self._brand(draft.brand)
        code = draft.code or draft.barcode or draft.name
        key = (product_key(code), brand_id.bytes if brand_id else None)
        known = self._known.get(key)
        if known is None:
            self._known[key] = self._add(draft, code, brand_id)
        else:
            self._change(draft, known)

    def _add(self, draft: ProductDraft, code: str, brand_id: UUID | None) -> UUID:
        work = self._work
        product = Product(
            id=work.new_id(),
            brand_id=brand_id,
            code=code,
            name=draft.name or code,
            created_at=work.now,
            **_facts(draft),
        )
        self.batch.add(product)
        if draft.price is not None:
            self.batch.add(
                Price(
                    id=work.new_id(),
                    product_id=product.id,
                    price_list_id=default_price_list(work, draft.currency or self._currency).id,
                    amount=draft.price,
                    valid_from=_FIRST_DAY,
                )
            )
        self.added += 1
        return product.id

    def _change(self, draft: ProductDraft, known_id: UUID) -> None:
        work = self._work
        self.batch.flush()
        before = work.connection.total_changes
        product = work.get(Product, known_id)
        work.save(replace(product, name=draft.name or product.name, **_facts(draft)))
        if draft.price is not None:
            prices = default_price_list(work, draft.currency or self._currency)
            set_price(work, known_id, prices.id, draft.price, self._valid_from)
        after = work.connection.total_changes
        self.changed, self.unchanged = self.changed + (after > before), self.unchanged + (after == before)

    def _brand(self, name: str) -> UUID | None:
        if not name.strip():
            return None
        key = fold(name)
        if key not in self._brands:
            self._brands[key] = self._work.save(Brand(id=self._work.new_id(), name=name.strip())).id
        return self._brands[key]


def _facts(draft: ProductDraft) -> dict[str, Any]:
    """Return the fields that the file says something about."""
    facts = {
        "description": draft.description or draft.note,
        "barcode": draft.barcode,
        "category": draft.category,
        "unit": draft.unit,
        "tax_class": draft.tax_class,
        "wholesale": draft.wholesale_price,
        "active": draft.active,
    }
    return {name: value for name, value in facts.items() if value not in ("", None)}
