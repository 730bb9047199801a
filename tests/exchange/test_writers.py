"""Exports that no spreadsheet runs, and that come back as they went."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.exchange.numbers import parse_number
from directsell.exchange.tables import Row, open_table
from directsell.exchange.texts import unguarded
from directsell.exchange.writers import Column, Value, guarded, json_rows, write_csv, write_json, write_xlsx
from tests.exchange.samples import refusal_code, wall

COLUMNS = [Column("code"), Column("name", title="Name"), Column("price", "number"), Column("day", "date")]
ROWS: list[tuple[Value, ...]] = [
    ("=cmd|' /C calc'!A0", "+33 6 12 34 56 78", Decimal("13.75"), date(2026, 4, 3)),
    ("00123", 'a "quoted", text;\nline', Decimal("-5"), None),
]
DANGEROUS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "'=1", "''=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_formulas_are_guarded_and_come_back(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@given(st.text(max_size=20) | st.text("'=+-@\t\r\n x", max_size=6))
def test_guarding_is_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple("=+-@\t\r\n"))


def test_csv_in_full(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert write_csv(path, COLUMNS, ROWS) == 2
    assert path.read_bytes().decode("utf-8-sig") == (
        "code,Name,price,day\r\n"
        "'=cmd|' /C calc'!A0,'+33 6 12 34 56 78,13.75,2026-04-03\r\n"
        '00123,"a ""quoted"", text;\nline",-5,\r\n'
    )
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_csv_for_countries_with_a_decimal_comma(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, COLUMNS, ROWS, delimiter=";", decimal_mark=",", byte_order_mark=False)
    assert path.read_bytes().decode().splitlines()[1].endswith(";13,75;2026-04-03")


def test_numbers_in_text_columns_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, [Column("a"), Column("b")], [(-5, Decimal("1e3"))], byte_order_mark=False)
    assert path.read_bytes() == b"a,b\r\n'-5,1000\r\n"


def test_a_workbook_holds_types(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    columns = [*COLUMNS, Column("at", "datetime"), Column("on", "flag"), Column("n", "number")]
    rows: list[tuple[Value, ...]] = [
        (*ROWS[0], wall(2026, 4, 3, 19, 30), True, Decimal("1234567890123456.789")),
        (*ROWS[1], datetime(2026, 4, 3, tzinfo=UTC), False, 7),
        ("x" * 40_000, "bell\x07\ud800", 1, date(1850, 1, 1), None, None, None),
    ]
    assert write_xlsx(path, columns, rows, sheet="a/b:" + "c" * 50) == 3
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page.freeze_panes == "A2"
    assert len(page.title) == 31
    cells = list(page.iter_rows(min_row=2))
    assert [cell.data_type for cell in cells[0]] == ["s", "s", "n", "d", "d", "b", "s"]
    assert cells[0][0].value == "=cmd|' /C calc'!A0"
    assert cells[0][2].value == 13.75
    assert cells[0][6].value == "1234567890123456.789"
    assert [cell.data_type for cell in cells[1]] == ["s", "s", "n", "n", "s", "b", "n"]
    assert cells[1][4].value == "2026-04-03 00:00:00+00:00"
    assert (len(cells[2][0].value), cells[2][1].value, cells[2][3].value) == (32_767, "bell", "1850-01-01")
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_json_in_full(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert write_json(path, COLUMNS, ROWS) == 2
    assert json.loads(path.read_bytes()) == [
        {"code": "=cmd|' /C calc'!A0", "name": "+33 6 12 34 56 78", "price": "13.75", "day": "2026-04-03"},
        {"code": "00123", "name": 'a "quoted", text;\nline', "price": "-5", "day": None},
    ]
    assert write_json(path, COLUMNS, []) == 0
    assert json.loads(path.read_bytes()) == []
    assert list(json_rows([Column("at")], [(wall(2026, 4, 3),)])) == [{"at": "2026-04-03T00:00:00"}]


@pytest.mark.parametrize("writer", [write_csv, write_xlsx, write_json])
def test_a_failing_export_leaves_the_old_file(tmp_path: Path, writer: object) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def rows() -> Iterator[tuple[Value, ...]]:
        yield ROWS[0]
        raise KeyError

    with pytest.raises(KeyError):
        writer(path, COLUMNS, rows())  # type: ignore[operator]
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a"]
    assert refusal_code(writer, path, COLUMNS, ROWS, overwrite=False) == "file.exists"  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_not_written(tmp_path: Path, value: Decimal) -> None:
    for writer in (write_csv, write_xlsx, write_json):
        assert refusal_code(writer, tmp_path / "a", [Column("n", "number")], [(value,)]) == "number.not_a_number"


# Text that files can carry: no surrogates (no encoding has them), no control characters (XML has none, CSV readers
# refuse NUL), line ends of one kind (CSV readers make them one).
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)
CELLS = TEXT | st.sampled_from([*DANGEROUS[:4], "a\nb", 'x"y', "a;b,c", "007", "1,5", "true", "#N/A"])
AMOUNTS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)


def _filled(rows: list[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    return [("first", Decimal(1)), *rows]


@given(
    st.lists(st.tuples(CELLS, AMOUNTS), max_size=8).map(_filled),
    st.sampled_from([(",", "."), (";", ","), ("\t", ","), ("|", ".")]),
    st.booleans(),
)
def test_csv_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, Decimal]], style: tuple[str, str], mark: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "own.csv"
    delimiter, decimal_mark = style
    assert decimal_mark in (".", ",")
    columns = [Column("name"), Column("price", "number")]
    write_csv(path, columns, rows, delimiter=delimiter, decimal_mark=decimal_mark, byte_order_mark=mark)  # type: ignore[arg-type]
    table = open_table(path, delimiter=delimiter, header_line=1, encoding="utf-8")
    back = [
        (unguarded(row.values[0]), parse_number(row.values[1], decimal_mark))  # type: ignore[arg-type]
        for row in table.rows()
        if isinstance(row, Row)
    ]
    assert back == rows


@given(st.lists(st.tuples(CELLS, AMOUNTS), max_size=8).map(_filled))
def test_workbooks_come_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, Decimal]]) -> None:
    path = tmp_path_factory.getbasetemp() / "own.xlsx"
    write_xlsx(path, [Column("name"), Column("price", "number")], rows)
    back = [row.typed for row in open_table(path, header_line=1).rows() if isinstance(row, Row)]
    assert [(cells[0] or "", cells[1]) for cells in back if cells is not None] == rows


@given(st.lists(st.tuples(CELLS, AMOUNTS), max_size=8))
def test_json_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, Decimal]]) -> None:
    path = tmp_path_factory.getbasetemp() / "own.json"
    write_json(path, [Column("name"), Column("price", "number")], rows)
    assert [(row["name"], Decimal(row["price"])) for row in json.load(io.BytesIO(path.read_bytes()))] == rows
