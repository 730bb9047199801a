"""From a foreign file to what the three imports take: recognised, read, sifted, summed up. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from directsell.domain.errors import DomainError
from directsell.domain.money import currency_digits
from directsell.exchange.errors import Finding
from directsell.exchange.formats import Cancelled, Progress
from directsell.exchange.headers import Target
from directsell.exchange.mapping import Mapping
from directsell.exchange.people import PeopleResult, read_people
from directsell.exchange.products import ProductsResult, read_products
from directsell.exchange.sales import SaleDocument, SaleLine, SalesResult, read_sales
from directsell.exchange.tables import Table
from directsell.exchange.vcards import read_vcards
from directsell.usecases.imports.agreed import Sums, sums_of
from directsell.usecases.imports.people import import_people
from directsell.usecases.imports.products import import_products
from directsell.usecases.imports.sales import import_sales

# Fields that are read but have no place in the book yet: said before the import, so that nobody looks for them later.
NOT_KEPT: dict[Target, frozenset[str]] = {
    "sales": frozenset({"tax_rate"}),
    "people": frozenset(),
    "products": frozenset({"stock", "minimum_stock", "weight"}),
}
_LARGEST = Decimal(10) ** 12  # of a line or a document, in major units; sums of a million of them fit into 64 bits
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read whole.

    Attributes:
        target: what it holds.
        result: what the reader of ``exchange`` made of it, without what cannot be stored.
        file: name of the file.
        currency: of amounts that name none; "" for people.
    """

    target: Target
    result: SalesResult | PeopleResult | ProductsResult
    file: str
    currency: str = ""

    @property
    def rejects(self) -> tuple[Finding, ...]:
        """Lines that cannot be imported, with the reason, in the order of the file."""
        return tuple(sorted(self.result.rejects, key=lambda finding: finding.line))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Doubts about lines that will be imported."""
        return self.result.findings

    @property
    def rows(self) -> int:
        """Lines or cards that held something."""
        return self.result.rows

    @property
    def good(self) -> int:
        """Documents, people or products that can be imported."""
        match self.result:
            case SalesResult():
                return len(self.result.documents)
            case PeopleResult():
                return len(self.result.people)
            case _:
                return len(self.result.products)

    def sums(self) -> tuple[Sums, ...]:
        """Return the sums of sales for each currency; nothing for people and products."""
        return sums_of(self.result.documents, self.currency) if isinstance(self.result, SalesResult) else ()

    def verb(self) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
        """Return the use-case that imports this, with its arguments: ``app.run(verb, *args, **kwargs)``."""
        match self.result:
            case SalesResult():
                return import_sales, (self.result,), {"currency": self.currency, "file": self.file}
            case PeopleResult():
                return import_people, (self.result.people,), {"file": self.file}
            case _:
                return import_products, (self.result.products,), {"currency": self.currency, "file": self.file}


def read_table(
    table: Table,
    mapping: Mapping,
    *,
    currency: str,
    today: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Reading:
    """Read a whole table.

    Args:
        table: the opened table.
        mapping: its columns; the target decides what is read.
        currency: of amounts that name none.
        today: two-digit years of birthdays are not after it.
        progress: called with (bytes read, bytes in all).
        cancelled: asked now and then.

    Raises:
        ExchangeError: ``mapping.missing_field``, ``exchange.cancelled``, or what makes the file unreadable.
        DomainError: ``money.unknown_currency``.
    """
    name = table.path.name
    if mapping.target == "people":
        people = read_people(table, mapping, today=today, progress=progress, cancelled=cancelled)
        return Reading("people", people, name)
    currency_digits(currency)
    if mapping.target == "products":
        products = read_products(table, mapping, progress=progress, cancelled=cancelled)
        return Reading("products", _sifted_products(products), name, currency)
    sales = read_sales(table, mapping, progress=progress, cancelled=cancelled)
    return Reading("sales", _sifted_sales(sales, currency), name, currency)


def read_cards(path: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Reading:
    """Read a whole file of vCards; pictures are left out, the book has no place for them.

    Raises:
        ExchangeError: ``vcard.*``, ``file.*``, ``exchange.cancelled``.
    """
    people = read_vcards(path, keep_photos=False, progress=progress, cancelled=cancelled)
    return Reading("people", people, path.name)


def _sifted_sales(result: SalesResult, currency: str) -> SalesResult:
    """Take out what no order can hold, and list it."""
    refused: list[Finding] = []
    kept = [
        document
        for document in (_sifted(document, document.currency or currency, refused) for document in result.documents)
        if document is not None
    ]
    if not refused:
        return result
    return replace(result, documents=tuple(kept), rejects=(*result.rejects, *refused))


def _sifted(document: SaleDocument, currency: str, refused: list[Finding]) -> SaleDocument | None:
    try:
        currency_digits(currency)
    except DomainError as error:
        refused += [_refusal(document, line, error.code) for line in document.lines]
        return None
    wrong = {line.line_number: code for line in document.lines if (code := _trouble(line))}
    if not wrong and abs(document.total) < _LARGEST:
        return document
    good = tuple(line for line in document.lines if line.line_number not in wrong)
    if not wrong or abs(sum((line.amount for line in good), Decimal(0))) >= _LARGEST:
        wrong, good = {line.line_number: "number.too_large" for line in document.lines}, ()
    refused += [
        _refusal(document, line, wrong[line.line_number]) for line in document.lines if line.line_number in wrong
    ]
    if not good:
        return None
    return replace(document, lines=good, rejected_lines=tuple(sorted((*document.rejected_lines, *wrong))))


def _trouble(line: SaleLine) -> str:
    if not -_LARGEST < line.amount < _LARGEST:
        return "number.too_large"
    if line.discount is not None and not 0 <= line.discount <= _HUNDRED:
        return "discount.negative" if line.discount < 0 else "discount.too_large"
    return ""


def _refusal(document: SaleDocument, line: SaleLine, code: str) -> Finding:
    values = (document.number, document.moment.isoformat(" "), line.code, line.description)
    amounts = (str(line.quantity), str(line.unit_price), str(line.amount), document.currency)
    return Finding(line.line_number, code, {"currency": document.currency}, (*values, *amounts))


def _sifted_products(result: ProductsResult) -> ProductsResult:
    kept, refused = [], []
    for product in result.products:
        try:
            if product.currency:
                currency_digits(product.currency)
        except DomainError as error:
            values = (product.code, product.name, str(product.price or ""), product.currency)
            refused.append(Finding(product.line_number, error.code, {"currency": product.currency}, values))
        else:
            kept.append(product)
    if not refused:
        return result
    return replace(result, products=tuple(kept), rejects=(*result.rejects, *refused))
