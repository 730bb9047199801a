"""Sales: documents out of lines, nothing dropped, exact sums."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from directsell.exchange.mapping import Mapping
from directsell.exchange.sales import SaleDocument, SalesResult, line_kind, read_sales
from directsell.exchange.suggestions import suggest
from directsell.exchange.tables import open_table
from tests.exchange.real_sales_check import figures
from tests.exchange.samples import odd_sales, refusal_code, wall, workbook, write


def read(tmp_path: Path, content: str | bytes, encoding: str = "utf-8") -> SalesResult:
    table = open_table(write(tmp_path / "file", content, encoding))
    result = read_sales(table, suggest("sales", table).mapping)
    assert result.rows == sum(len(document.lines) for document in result.documents) + len(result.rejects)
    return result


def by_number(result: SalesResult) -> dict[str, SaleDocument]:
    return {document.number: document for document in result.documents}


HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_shops_history_comes_out_whole_and_exact(tmp_path: Path, encoding: str) -> None:
    text, expected = odd_sales(500)
    result = read(tmp_path, text, encoding)
    assert result.rejects == ()
    assert result.rows == 500
    found = figures(result)
    assert {document.number for document in result.documents} == expected["documents"]
    assert Decimal(str(found["total"])) == expected["total"]
    assert Decimal(str(found["cancel_total"])) == expected["cancel_total"]
    assert found["lines_without_customer"] == expected["without"]
    assert all(document.kind == "cancellation" for document in result.documents if document.number.startswith("C"))
    assert all(document.kind == "adjustment" for document in result.documents if document.number.startswith("A"))
    assert result.repeated_lines >= 2
    assert any(line.unit_price == Decimal("2.555") for document in result.documents for line in document.lines)


def test_scattered_lines_find_their_document(tmp_path: Path) -> None:
    text, expected = odd_sales(400)
    lines = text.splitlines(keepends=True)
    header, body = lines[0], lines[1:]
    random.Random(3).shuffle(body)
    shuffled, ordered = read(tmp_path, header + "".join(body)), read(tmp_path, text)
    assert {item.number: item.total for item in shuffled.documents} == {
        item.number: item.total for item in ordered.documents
    }
    assert sum((item.total for item in shuffled.documents), Decimal()) == expected["total"]
    assert {item.number: item.moment for item in shuffled.documents} == {
        item.number: item.moment for item in ordered.documents
    }


def test_a_document_in_detail(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        HEADER + '536365,85123A,"LANTERN 7"" , WHITE ",6,2010-12-01 08:27:00,2.55,17850.0,France\n'
        "536365,POST,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,France\n"
        "C536366,22423,STAND,-1,2010-12-02 09:00:00,12.75,,France\n"
        "536367,20713,,-400,2010-12-03 10:00:00,0.0,,United Kingdom\n",
    )
    first, second, third = result.documents
    assert (first.number, first.kind, first.customer_id, first.country) == ("536365", "sale", "17850", "France")
    assert first.moment == wall(2010, 12, 1, 8, 26)
    assert first.total == Decimal("33.30")
    assert first.lines[0].description == 'LANTERN 7" , WHITE'
    assert [line.kind for line in first.lines] == ["goods", "shipping"]
    assert [line.line_number for line in first.lines] == [2, 3]
    assert (second.kind, second.total) == ("cancellation", Decimal("-12.75"))
    assert third.kind == "stock"
    assert not third.total


def test_rejected_lines_are_listed_and_mark_their_document(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        HEADER + "1,A,Pan,1,2026-01-01,2.50,7,US\n"
        "1,B,Pot,1,2026-01-01,free,7,US\n"
        '1,C,"Lid,1,2026-01-01,2.50,7,US\n'
        "1,D,Tin,,2026-01-01,2.50,7,US\n"
        ",E,Box,1,2026-01-01,2.50,7,US\n"
        "2,F,Cup,1,2026-02-30,2.50,7,US\n"
        "3,G,Jug,1,,2.50,7,US\n"
        "4,H,Can,1,2026-01-01,,7,US\n"
        "5,4.00638E+12,Can,1,2026-01-01,1.00,7,US\n"
        "6,J,Can,1,2026-01-01,1.00,7,US,x\n",
    )
    assert [(item.line, item.code) for item in result.rejects] == [
        (3, "number.not_a_number"),
        (4, "row.unclosed_quote"),
        (5, "text.missing"),
        (6, "sales.no_document"),
        (7, "date.does_not_exist"),
        (8, "sales.no_date"),
        (9, "sales.no_price"),
        (10, "text.number_damaged"),
        (11, "row.too_many_values"),
    ]
    assert result.rejects[0].params["column"] == "unit_price"
    assert result.rejects[0].values[1] == "B"
    (document,) = result.documents
    assert document.rejected_lines == (3, 5)


def test_contradictions_are_told(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        HEADER + "1,A,Pan,1,2026-01-01,2.50,7,US\n1,B,Pot,1,2026-01-01,2.50,8,US\n1,B,Pot,1,2026-01-01,2.50,,US\n",
    )
    assert [(item.line, item.code, item.params["other"]) for item in result.findings] == [
        (3, "sales.customer_differs", "8")
    ]
    assert result.documents[0].customer_id == "7"


def test_numbers_that_are_all_lettered_say_nothing(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Order No,Date,Qty,Price,Customer\nC-1,2026-01-01,1,2.50,Ann\nC-2,2026-01-02,-1,2.50,Ann\nC-3,2026-01-03,0,1.00,\n",
    )
    assert [document.kind for document in result.documents] == ["sale", "cancellation", "stock"]


def test_a_german_file_with_sums_only(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Belegnummer;Datum;Artikel;Menge;Gesamtpreis;MwSt;Kunde\r\n"
        "R-1;03.04.2026;FB-11;3;10,00;19 %;Müller\r\nR-1;03.04.2026;SW-02;2;1.099,00;19 %;\r\n",
        "cp1252",
    )
    (document,) = result.documents
    assert document.total == Decimal("1109.00")
    assert [line.unit_price for line in document.lines] == [Decimal("3.333333"), Decimal("549.5")]
    assert [line.amount for line in document.lines] == [Decimal("10.00"), Decimal("1099.00")]
    assert document.lines[0].tax_rate == 19
    assert document.customer_name == "Müller"


def test_discounts(tmp_path: Path) -> None:
    result = read(tmp_path, "Order No,Date,Qty,Price,Discount\n1,2026-01-31,3,10.00,12.5%\n")
    assert result.documents[0].total == Decimal("26.25")


def test_without_numbers_each_line_is_a_document(tmp_path: Path) -> None:
    result = read(tmp_path, "Date,Customer,Amount\n2026-01-31,Ann,10.50\n2026-01-31,Ann,10.50\n")
    assert [document.number for document in result.documents] == ["", ""]
    assert result.repeated_lines == 0
    assert [document.lines[0].quantity for document in result.documents] == [1, 1]


def test_a_workbook_of_sales(tmp_path: Path) -> None:
    def rows(page: object) -> None:
        page.append(["Invoice", "Date", "Code", "Qty", "Price", "Customer"])  # type: ignore[attr-defined]
        page.append([1001, wall(2026, 1, 1, 9, 30), 85123, 2, 2.55, "Ann"])  # type: ignore[attr-defined]
        page.append([1001, wall(2026, 1, 1, 9, 30), "22423", 1, "12.75", "Ann"])  # type: ignore[attr-defined]
        page.append([1002, 46023, "22423", 1, 1.234])  # type: ignore[attr-defined]

    first, second = read(tmp_path, workbook(rows)).documents
    assert (first.number, first.total, first.moment) == ("1001", Decimal("17.85"), wall(2026, 1, 1, 9, 30))
    assert (second.total, second.moment) == (Decimal("1.234"), wall(2026, 1, 1))


def test_zones_and_wall_times_do_not_clash(tmp_path: Path) -> None:
    result = read(tmp_path, "Order,Created at,Price\n1,2026-01-01 10:00:00 +0100,1.5\n1,2026-01-01 09:00:00,1.5\n")
    assert result.documents[0].moment == wall(2026, 1, 1, 9)


def test_a_mapping_without_price_is_refused(tmp_path: Path) -> None:
    table = open_table(write(tmp_path / "a", "a,b\n1,2\n"))
    assert refusal_code(read_sales, table, Mapping("sales")) == "mapping.missing_field"


def test_long_numbers_multiply_exactly(tmp_path: Path) -> None:
    result = read(tmp_path, "Order,Date,Qty,Price\n1,2026-01-31,99999999999.123457,99999999999.654321\n")
    line = result.documents[0].lines[0]
    whole = 99999999999123457 * 99999999999654321
    assert int("".join(map(str, line.amount.as_tuple().digits))) == whole


@pytest.mark.parametrize(
    ("code", "description", "kind"),
    [
        ("85123A", "POST OFFICE TIN", "goods"),
        ("POST", "POSTAGE", "shipping"),
        ("DOT", "", "shipping"),
        ("C2", "CARRIAGE", "shipping"),
        ("V1", "Versandkosten", "shipping"),
        ("D", "Discount", "discount"),
        ("BANK CHARGES", "Bank Charges", "fee"),
        ("SHOPFEE", "", "fee"),
        ("M", "Manual", "other"),
        ("B", "Adjust bad debt", "other"),
        ("gift_0001_20", "Gift Voucher £20.00", "voucher"),
        ("PADS", "PADS TO MATCH ALL CUSHIONS", "goods"),
        ("", "", "goods"),
    ],
)
def test_kinds_of_lines(code: str, description: str, kind: str) -> None:
    assert line_kind(code, description) == kind
