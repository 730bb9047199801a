"""Rows of a price list into product drafts, nothing dropped. No table format, no database."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from directsell.exchange.barcodes import has_valid_check_digit
from directsell.exchange.cells import CodeCell, NumberCell, TextCell, is_yes
from directsell.exchange.errors import ExchangeError, Finding
from directsell.exchange.formats import BadRow, Cancelled, Progress, Row
from directsell.exchange.headers import normalised
from directsell.exchange.mapping import Mapping
from directsell.exchange.tables import Table

WeightUnit = Literal["", "g", "kg", "oz", "lb"]
_WEIGHT_WORDS: tuple[tuple[WeightUnit, frozenset[str]], ...] = (
    ("kg", frozenset({"kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramm"})),
    ("g", frozenset({"g", "gr", "gram", "grams", "gramm", "grammes", "gramos", "grammi", "gramy"})),
    ("oz", frozenset({"oz", "ounce", "ounces"})),
    ("lb", frozenset({"lb", "lbs", "pound", "pounds"})),
)
_WEIGHT = re.compile(r"(.*?\d[.,]?)\s*([^\W\d_]+)\.?\s*")


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product as read from a file.

    Attributes:
        line_number: line of the file.
        code, name: at least one is there.
        barcode: digits as written.
        price, wholesale_price: exact amounts of `currency` ("" = the file does not say), not negative.
        tax_rate: percent.
        weight, weight_unit: as in the file; the unit is "" when neither value nor header names it.
        stock, minimum_stock: pieces; stock may be negative.
        active: None when the file does not say.
    """

    line_number: int
    code: str = ""
    name: str = ""
    description: str = ""
    barcode: str = ""
    brand: str = ""
    category: str = ""
    unit: str = ""
    price: Decimal | None = None
    wholesale_price: Decimal | None = None
    currency: str = ""
    tax_class: str = ""
    tax_rate: Decimal | None = None
    weight: Decimal | None = None
    weight_unit: WeightUnit = ""
    stock: Decimal | None = None
    minimum_stock: Decimal | None = None
    active: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProductsResult:
    """Everything that was in the file: `rows` = `products` + `rejects`.

    Attributes:
        products: in the order of the file.
        rejects: rows that could not be read, also the second row of a code (``products.duplicate_code``, first).
        findings: doubts about rows that were read: barcodes with a wrong check digit or used twice.
        rows: rows that held something.
    """

    products: tuple[ProductDraft, ...]
    rejects: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    rows: int


def read_products(
    table: Table, mapping: Mapping, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ProductsResult:
    """Read a whole price list.

    Args:
        table: the opened table.
        mapping: columns of the target "products".
        progress: called with (bytes read, bytes in all).
        cancelled: asked now and then.

    Raises:
        ExchangeError: ``mapping.missing_field``, ``exchange.cancelled``, or what makes the file unreadable.
    """
    if missing := mapping.missing():
        raise ExchangeError("mapping.missing_field", fields=missing)
    products: list[ProductDraft] = []
    rejects: list[Finding] = []
    findings: list[Finding] = []
    read = _row_reader(table, mapping)
    codes: dict[str, int] = {}
    barcodes: dict[str, int] = {}
    count = 0
    for row in table.rows(progress=progress, cancelled=cancelled):
        count += 1
        if isinstance(row, BadRow):
            rejects.append(Finding(row.line_number, row.code, row.params, row.values))
            continue
        try:
            product = read(row)
            if product.code and product.code.casefold() in codes:
                first = codes[product.code.casefold()]
                raise ExchangeError("products.duplicate_code", code_text=product.code, first=first)
        except ExchangeError as error:
            rejects.append(Finding(row.line_number, error.code, dict(error.params), row.values))
            continue
        codes.setdefault(product.code.casefold(), row.line_number)
        findings.extend(_barcode_doubts(product, barcodes))
        products.append(product)
    return ProductsResult(tuple(products), tuple(rejects), tuple(findings), count)


def _barcode_doubts(product: ProductDraft, seen: dict[str, int]) -> list[Finding]:
    code, line = product.barcode, product.line_number
    if not code:
        return []
    doubts = []
    if len(code) in (8, 12, 13, 14) and code.isdigit() and not has_valid_check_digit(code):
        doubts.append(Finding(line, "products.barcode_check_digit", {"barcode": code}))
    if code in seen:
        doubts.append(Finding(line, "products.duplicate_barcode", {"barcode": code, "first": seen[code]}))
    seen.setdefault(code, line)
    return doubts


def _row_reader(table: Table, mapping: Mapping) -> Callable[[Row], ProductDraft]:
    code, barcode, currency = (CodeCell(mapping, name) for name in ("code", "barcode", "currency"))
    name, brand, unit, tax_class, category, active = (
        TextCell(mapping, field) for field in ("name", "brand", "unit", "tax_class", "category", "active")
    )
    description, note = (TextCell(mapping, field, multiline=True) for field in ("description", "note"))
    price, wholesale, stock, minimum = (
        NumberCell(mapping, field) for field in ("price", "wholesale_price", "stock", "minimum_stock")
    )
    rate, weight = NumberCell(mapping, "tax_rate", percent=True), _weight_reader(table, mapping)
    category_columns = [item.column for item in mapping.of("category")]

    def read(row: Row) -> ProductDraft:
        if not code(row) and not name(row):
            raise ExchangeError("products.no_code_or_name")
        number, weight_unit = weight(row)
        return ProductDraft(
            line_number=row.line_number,
            code=code(row),
            name=name(row),
            description=description(row),
            barcode=barcode(row).replace(" ", "").replace("-", ""),
            brand=brand(row),
            category=category(row) if len(category_columns) < 2 else _joined(row, category_columns),
            unit=unit(row),
            price=_not_negative(price(row), "price"),
            wholesale_price=_not_negative(wholesale(row), "wholesale_price"),
            currency=currency(row),
            tax_class=tax_class(row),
            tax_rate=rate(row),
            weight=number,
            weight_unit=weight_unit,
            stock=stock(row),
            minimum_stock=minimum(row),
            active=is_yes(active(row)),
            note=note(row),
        )

    return read


def _not_negative(price: Decimal | None, column: str) -> Decimal | None:
    if price is not None and price < 0:
        raise ExchangeError("products.negative", column=column, text=str(price))
    return price


def _joined(row: Row, columns: list[int]) -> str:
    """Join category and sub-category."""
    values = (" ".join(row.values[column].split()) for column in columns if column < len(row.values))
    return " / ".join(filter(None, values))


def _weight_reader(table: Table, mapping: Mapping) -> Callable[[Row], tuple[Decimal | None, WeightUnit]]:
    """Return a function that gives weight and unit; the unit stands in the value or in the header."""
    number = NumberCell(mapping, "weight")
    column = mapping.column("weight")
    header = "" if column is None or column >= len(table.header) else table.header[column]
    usual = _weight_unit(normalised(header).split())

    def read(row: Row) -> tuple[Decimal | None, WeightUnit]:
        if column is None or column >= len(row.values):
            return None, ""
        match = _WEIGHT.fullmatch(row.values[column]) if len(row.values[column]) <= 64 else None
        unit = _weight_unit([match[2].lower()]) if match else ""
        if match and unit:
            cells = (*row.values[:column], match[1])
            return number(Row(row.line_number, cells)), unit
        value = number(row)
        return value, usual if value is not None else ""

    return read


def _weight_unit(words: list[str]) -> WeightUnit:
    return next((unit for unit, known in _WEIGHT_WORDS if known.intersection(words)), "")
