"""A price list into the catalogue: new products, changed prices from a day on. Nothing is removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from directsell.domain.catalog import Brand, Price, Product, product_key
from directsell.domain.people import fold
from directsell.domain.taxes import STANDARD
from directsell.exchange.errors import Finding
from directsell.exchange.products import ProductDraft
from directsell.i18n import N_
from directsell.store.queries.settings import tax_profile
from directsell.store.work import Work
from directsell.usecases.catalog import default_price_list, set_price
from directsell.usecases.imports.steps import Batch, Cancelled, Progress, check
from directsell.usecases.verbs import usecase

_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class ProductsImport:
    """What an import of products did: new ones, changed ones, unchanged ones; doubts about tax rates."""

    added: int
    changed: int
    unchanged: int
    findings: tuple[Finding, ...] = ()


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
    work.given_up = cancelled  # adding up and indexing come after the last batch
    todo = list(products)
    writer = _Writer(work, currency, valid_from or work.today)
    for number, draft in enumerate(todo, start=1):
        writer.write(draft)
        if writer.batch.full:
            writer.batch.flush()
            check(number, len(todo), progress, cancelled)
    writer.batch.flush()
    check(len(todo), len(todo), progress, cancelled)
    return ProductsImport(writer.added, writer.changed, writer.unchanged, tuple(writer.findings))


class _Writer:
    def __init__(self, work: Work, currency: str, valid_from: date) -> None:
        self._work = work
        self._currency = currency
        self._valid_from = valid_from
        self.batch = Batch(work, Product, Price)
        self.added = self.changed = self.unchanged = 0
        self.findings: list[Finding] = []
        self._taxes = _Taxes(work)
        self._brands = {fold(brand.name): brand.id for brand in work.find(Brand)}
        rows = work.rows("SELECT code_key, brand_id, id FROM product WHERE deleted_at IS NULL")
        self._known: dict[tuple[str, bytes | None], UUID] = {}
        self._by_code: dict[str, set[UUID]] = {}
        for key, brand, product_id in rows:
            self._note(key, brand, UUID(bytes=product_id))

    def _note(self, key: str, brand: bytes | None, product_id: UUID) -> None:
        self._known[key, brand] = product_id
        self._by_code.setdefault(key, set()).add(product_id)

    def write(self, draft: ProductDraft) -> None:
        brand_id = self._brand(draft.brand)
        code = draft.code or draft.barcode or draft.name
        key, brand = product_key(code), brand_id.bytes if brand_id else None
        known = self._known.get((key, brand))
        if known is None and brand is None and len(self._by_code.get(key, ())) == 1:
            (known,) = self._by_code[key]  # the file names no brand, and only one product has this code
        tax_class = self._taxes.of(draft, self.findings)
        if known is None:
            self._note(key, brand, self._add(draft, code, brand_id, tax_class))
        else:
            self._change(draft, known, tax_class)

    def _add(self, draft: ProductDraft, code: str, brand_id: UUID | None, tax_class: str) -> UUID:
        work = self._work
        product = Product(
            id=work.new_id(),
            brand_id=brand_id,
            code=code,
            name=draft.name or code,
            created_at=work.now,
            **_facts(draft, tax_class),
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

    def _change(self, draft: ProductDraft, known_id: UUID, tax_class: str) -> None:
        work = self._work
        self.batch.flush()
        before = work.connection.total_changes
        product = work.get(Product, known_id)
        work.save(replace(product, name=draft.name or product.name, **_facts(draft, tax_class)))
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


class _Taxes:
    """Says which tax class of the book a product has: by the name in the file, else by the rate."""

    def __init__(self, work: Work) -> None:
        profile = tax_profile(work, work.today)
        names = (STANDARD, *(rate.tax_class for rate in profile.rates), *profile.exempt_classes)
        self._names = {fold(name): name for name in names}
        self._rates: dict[int, str] = {0: profile.exempt_classes[0]} if profile.exempt_classes else {}
        for name in dict.fromkeys(rate.tax_class for rate in profile.rates):
            self._rates[sum(rate.ppm for rate in profile.rates if rate.tax_class == name)] = name

    def of(self, draft: ProductDraft, findings: list[Finding]) -> str:
        if draft.tax_class and fold(draft.tax_class) in self._names:
            return self._names[fold(draft.tax_class)]
        if draft.tax_rate is None and not draft.tax_class:
            return ""
        ppm = -1 if draft.tax_rate is None else int(draft.tax_rate * 10_000)
        found = self._rates.get(ppm, "")
        if not found:
            text = draft.tax_class or f"{draft.tax_rate} %"
            findings.append(Finding(draft.line_number, "tax.unknown_class", {"tax_class": text}))
        return found


def _facts(draft: ProductDraft, tax_class: str) -> dict[str, Any]:
    """Return the fields that the file says something about."""
    facts = {
        "description": draft.description or draft.note,
        "barcode": draft.barcode,
        "category": draft.category,
        "unit": draft.unit,
        "tax_class": tax_class,
        "wholesale": draft.wholesale_price,
        "active": draft.active,
    }
    return {name: value for name, value in facts.items() if value not in ("", None)}
