"""Price lists into products."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from directsell.exchange.barcodes import has_valid_check_digit
from directsell.exchange.products import ProductDraft, ProductsResult, read_products
from directsell.exchange.suggestions import suggest
from directsell.exchange.tables import open_table
from tests.exchange.samples import GERMAN_PRICES, workbook, write


def read(tmp_path: Path, content: str | bytes, encoding: str = "utf-8") -> ProductsResult:
    table = open_table(write(tmp_path / "file", content, encoding))
    suggestion = suggest("products", table)
    mapping = suggestion.mapping
    for question in suggestion.questions:
        mapping = mapping.with_style(question.column, question.suggested)
    result = read_products(table, mapping)
    assert result.rows == len(result.products) + len(result.rejects)
    return result


def test_a_german_price_list(tmp_path: Path) -> None:
    result = read(tmp_path, GERMAN_PRICES, "cp1252")
    box, knife, kit = result.products
    assert box == ProductDraft(
        line_number=2,
        code="FB-11",
        name="Frischebox groß",
        barcode="4006381333931",
        brand="Küchenfee",
        category="Dosen",
        price=Decimal("24.90"),
        wholesale_price=Decimal("18.92"),
        tax_rate=Decimal(19),
        weight=Decimal(450),
        weight_unit="g",
    )
    assert knife.weight == 1250
    assert kit.weight is None
    assert kit.price == Decimal("1099.00")
    assert result.rejects == ()
    assert result.findings == ()


def test_refused_rows_and_doubts(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "SKU,Name,Barcode,Price,Active\nA-1,Pan,4006381333931,1.50,yes\na-1,Pan again,,1.50,yes\n,,4006381333931,1.50,\n"
        "B-2,Pot,4006381333932,2.50,no\nC-3,Lid,4006381333931,0,\nD-4,Tin,,-1,\nE-5,Cup,4.00638E+12,1.5,\n"
        "F-6,Jug,,13,75,\nG-7,Can,,1.5,perhaps\n",
    )
    assert [(item.line, item.code) for item in result.rejects] == [
        (3, "products.duplicate_code"),
        (4, "products.no_code_or_name"),
        (7, "products.negative"),
        (8, "text.number_damaged"),
        (9, "flag.unknown"),
        (10, "flag.unknown"),
    ]
    assert result.rejects[0].params["first"] == 2
    assert [(item.line, item.code) for item in result.findings] == [
        (5, "products.barcode_check_digit"),
        (6, "products.duplicate_barcode"),
    ]
    assert [product.active for product in result.products] == [True, False, None]


def test_weights_with_units_in_the_value(tmp_path: Path) -> None:
    result = read(
        tmp_path, "Code,Name,Price,Weight\nA,Pan,1.5,1.2 kg\nB,Pot,1.5,450g\nC,Lid,1.5,16 oz\nD,Tin,1.5,3\nE,Cup,1.5,\n"
    )
    assert [(product.weight, product.weight_unit) for product in result.products] == [
        (Decimal("1.2"), "kg"), (450, "g"), (16, "oz"), (3, ""), (None, ""),
    ]  # fmt: skip


def test_a_workbook_keeps_leading_zeros_and_prices_exact(tmp_path: Path) -> None:
    def rows(page: object) -> None:
        page.append(["Code", "Name", "EAN", "Price", "Weight (kg)", "Stock"])  # type: ignore[attr-defined]
        page.append(["00123", "Pan", 4006381333931, 13.75, 1.25, -3])  # type: ignore[attr-defined]
        page.append([124, "Pot", None, "13,75", "2,5 kg", None])  # type: ignore[attr-defined]

    pan, pot = read(tmp_path, workbook(rows)).products
    assert (pan.code, pan.barcode, pan.weight_unit) == ("00123", "4006381333931", "kg")
    assert [pan.price, pan.weight, pan.stock] == [Decimal("13.75"), Decimal("1.25"), -3]
    assert (pot.code, pot.price, pot.weight, pot.weight_unit) == ("124", Decimal("13.75"), Decimal("2.5"), "kg")


def test_category_and_sub_category_join(tmp_path: Path) -> None:
    (pan,) = read(tmp_path, "Code,Name,Category,Product Group,Price\nA,Pan,Kitchen,Pans,1.5\n").products
    assert pan.category == "Kitchen / Pans"


@pytest.mark.parametrize("code", ["4006381333931", "96385074", "036000291452", "00012345600012"])
def test_check_digits(code: str) -> None:
    assert has_valid_check_digit(code)
    assert not has_valid_check_digit(code[:-1] + str((int(code[-1]) + 1) % 10))
    assert not has_valid_check_digit(code[:6])
    assert not has_valid_check_digit(code[:-1] + "x")
