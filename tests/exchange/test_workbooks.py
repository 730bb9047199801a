"""XLSX: typed cells, sheets, dates of both systems, bombs, unsafe XML, damage."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from directsell.exchange.errors import ExchangeError
from directsell.exchange.tables import BadRow, Row, open_table
from directsell.exchange.values import parse_date
from tests.exchange.samples import wall, with_member, workbook, write


def fill(page: Any) -> None:
    page.title = "Prices"
    for row in (
        ["Code", "Name", "Price", "From", "At", "Active", None],
        ["FB-11", "Küche\nbox", 24.9, date(2026, 3, 1), wall(2026, 3, 1, 19, 30), True, None],
        [],
        [12345, "=SUM(A1:A2)", 0.1 + 0.2, None, time(8, 15), False, None],
        ["X", "#N/A", 4006381333931, 46082, None, None, "extra"],
    ):
        page.append(row)
    page["B4"].data_type = "s"


def refusal(path: Path) -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        list(open_table(path).rows())
    return caught.value


def test_cells_keep_their_types_and_have_a_text(tmp_path: Path) -> None:
    table = open_table(write(tmp_path / "no extension", workbook(fill)))
    assert (table.format.kind, table.format.sheet, table.header[:3]) == ("xlsx", "Prices", ("Code", "Name", "Price"))
    rows = list(table.rows())
    assert [row.line_number for row in rows] == [2, 4, 5]
    first, second, third = rows
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert first.values == ("FB-11", "Küche\nbox", "24.9", "2026-03-01", "2026-03-01 19:30:00", "1")
    assert first.typed == (
        "FB-11", "Küche\nbox", Decimal("24.9"), wall(2026, 3, 1), wall(2026, 3, 1, 19, 30), True,
    )  # fmt: skip
    assert second.values == ("12345", "=SUM(A1:A2)", "0.3", "", "08:15:00", "0")
    assert isinstance(third, BadRow)
    assert third.code == "row.too_many_values"


def test_another_sheet_can_be_chosen(tmp_path: Path) -> None:
    def two(page: Any) -> None:
        page.append(["nothing here"])
        other = page.parent.create_sheet("Kunden")
        other.append(["Name", "E-Mail"])
        other.append(["Ann", "ann@example.org"])

    path = write(tmp_path / "a.xlsx", workbook(two))
    table = open_table(path, sheet="Kunden")
    assert table.format.sheets == ("Sheet", "Kunden")
    assert [row.values for row in table.rows()] == [("Ann", "ann@example.org")]
    with pytest.raises(ExchangeError) as caught:
        open_table(path, sheet="None")
    assert caught.value.code == "table.unknown_sheet"


def test_numbers_that_count_days_become_dates(tmp_path: Path) -> None:
    table = open_table(write(tmp_path / "a.xlsx", workbook(lambda page: page.append([46082.8125, "x"]))), header_line=0)
    (row,) = table.rows()
    assert isinstance(row, Row)
    assert row.typed is not None
    assert parse_date(row.typed[0], "") == wall(2026, 3, 1, 19, 30)


def test_days_from_1904(tmp_path: Path) -> None:
    def days(page: Any) -> None:
        page.append(["Name", "Birthday"])
        page.append(["Ann", date(1985, 4, 12)])

    table = open_table(write(tmp_path / "a.xlsx", workbook(days, epoch_1904=True)))
    assert table.format.dates_from_1904
    assert [row.values for row in table.rows()] == [("Ann", "1985-04-12")]


def test_a_wrong_size_in_the_file_does_not_cut_the_table(tmp_path: Path) -> None:
    def rows(page: Any) -> None:
        page.append(["Name", "Price"])
        for number in range(50):
            page.append([f"Pan {number}", number])

    data = workbook(rows)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    cut = sheet.replace(b'<dimension ref="A1:B51"', b'<dimension ref="A1:A2"')
    assert cut != sheet
    table = open_table(write(tmp_path / "a.xlsx", with_member(data, "xl/worksheets/sheet1.xml", cut)))
    assert sum(1 for _ in table.rows()) == 50


def test_progress_and_stop(tmp_path: Path) -> None:
    def rows(page: Any) -> None:
        page.append(["Name", "Price"])
        for number in range(1_000):
            page.append([f"Pan {number}", number])

    table = open_table(write(tmp_path / "a.xlsx", workbook(rows)))
    seen: list[tuple[int, int]] = []
    assert sum(1 for _ in table.rows(progress=lambda done, total: seen.append((done, total)))) == 1_000
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    with pytest.raises(ExchangeError) as caught:
        list(table.rows(cancelled=lambda: True))
    assert caught.value.code == "exchange.cancelled"


def test_a_member_that_unpacks_to_much_is_refused_unread(tmp_path: Path) -> None:
    bomb = with_member(workbook(fill), "xl/sharedStrings.xml", b"<sst>" + b" " * 30_000_000)
    assert len(bomb) < 200_000
    assert refusal(write(tmp_path / "a.xlsx", bomb)).code == "xlsx.bomb"


def test_texts_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    data = bytearray(with_member(workbook(fill), "xl/sharedStrings.xml", b"<sst/>"))
    place = data.rfind(b"PK\x01\x02")
    while b"sharedStrings" not in data[place + 46 : place + 80]:
        place = data.rfind(b"PK\x01\x02", 0, place)
    struct.pack_into("<II", data, place + 20, 10_000_000, 60_000_000)
    assert refusal(write(tmp_path / "a.xlsx", bytes(data))).code == "xlsx.bomb"


def test_many_members_that_unpack_to_much_are_refused(tmp_path: Path) -> None:
    data = bytearray(workbook(fill))
    # The directory says that the sheet has 210 MB: nothing needs to be unpacked to refuse it.
    place = data.rfind(b"PK\x01\x02")
    while data[place + 46 : place + 50] != b"xl/w":
        place = data.rfind(b"PK\x01\x02", 0, place)
    struct.pack_into("<I", data, place + 24, 210_000_000)
    assert refusal(write(tmp_path / "a.xlsx", bytes(data))).code == "xlsx.bomb"


@pytest.mark.parametrize(
    "prolog",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        b"<!-- " + b"x" * 100_000 + b' --><!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_entities_are_refused(tmp_path: Path, prolog: bytes, member: str) -> None:
    data = workbook(fill)
    content = zipfile.ZipFile(io.BytesIO(data)).read(member)
    unsafe = with_member(data, member, prolog + content.split(b"?>")[-1])
    assert refusal(write(tmp_path / "a.xlsx", unsafe)).code == "xlsx.unsafe_xml"


def test_entities_in_another_encoding_are_refused(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    unsafe = with_member(workbook(fill), "xl/worksheets/sheet1.xml", text.encode("utf-16"))
    assert refusal(write(tmp_path / "a.xlsx", unsafe)).code == "xlsx.unsafe_xml"


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_damaged_workbooks_are_refused(tmp_path: Path, member: str) -> None:
    data = workbook(fill)
    assert refusal(write(tmp_path / "a", with_member(data, member, b"<broken"))).code == "xlsx.damaged"


def test_truncated_workbooks_are_refused(tmp_path: Path) -> None:
    data = workbook(fill)
    for length in range(4, len(data), 397):
        assert refusal(write(tmp_path / "a", data[:length])).code in ("table.wrong_kind", "xlsx.damaged")


def test_a_row_number_in_the_billions_ends(tmp_path: Path) -> None:
    data = workbook(fill)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    forged = sheet.replace(b'<row r="5"', b'<row r="99999999999"')
    assert forged != sheet
    error = refusal(write(tmp_path / "a", with_member(data, "xl/worksheets/sheet1.xml", forged)))
    assert error.code in ("table.too_many_rows", "xlsx.damaged")


def test_other_zip_archives_are_named(tmp_path: Path) -> None:
    def archive(**members: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as target:
            for name, content in members.items():
                target.writestr(name, content)
        return stream.getvalue()

    for data, kind in (
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (archive(mimetype=b"application/epub+zip"), "document"),
        (archive(a=b"b"), "archive"),
        (archive(**{"[Content_Types].xml": b"", "word/document.xml": b""}), "document"),
    ):
        error = refusal(write(tmp_path / "a.xlsx", data))
        assert (error.code, error.params["kind"]) == ("table.wrong_kind", kind)


def test_empty_sheets_are_empty_files(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "a", workbook(lambda page: None))).code == "file.empty"


def test_too_many_columns(tmp_path: Path) -> None:
    data = workbook(lambda page: page.append(["x"] * 201))
    assert refusal(write(tmp_path / "a", data)).code == "table.too_many_columns"


def test_the_library_is_not_loaded_for_text_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert list(open_table(write(tmp_path / "a", "name,price\nPan,1\n")).rows())
