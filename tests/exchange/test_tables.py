"""Text tables: kind, encoding, delimiter, header, quoting, limits, streaming."""

from __future__ import annotations

import gzip
import lzma
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import MAX_FIELD_CHARS
from directsell.exchange.tables import BadRow, Row, Table, file_kind, open_table
from tests.exchange.samples import GERMAN_PRICES, GOOGLE_CARD, US_CUSTOMERS, write


def opened(tmp_path: Path, content: bytes | str, written: str = "utf-8", **choices: Any) -> Table:
    return open_table(write(tmp_path / "file.dat", content, written), **choices)


def refusal(tmp_path: Path, content: bytes | str, **choices: Any) -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        list(opened(tmp_path, content, **choices).rows())
    return caught.value


def lines_of(table: Table) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line_number, row.values) for row in table.rows() if isinstance(row, Row)]


def bad_of(table: Table) -> list[tuple[int, str]]:
    return [(row.line_number, row.code) for row in table.rows() if isinstance(row, BadRow)]


# --- encodings ---------------------------------------------------------------------------------------------------

POLISH = "imię;miasto\nŻaneta Łącka;Łódź\nŚwiętosław Źrebię;Gdańsk\n"
RUSSIAN = "имя;город\nОльга Иванова;Москва\nПётр Сидоров;Казань\n"


@pytest.mark.parametrize(
    ("text", "written", "found", "certain"),
    [
        (GERMAN_PRICES, "utf-8", "utf-8", True),
        (GERMAN_PRICES, "utf-8-sig", "utf-8", True),
        (GERMAN_PRICES, "utf-16", "utf-16-le", True),
        ("\ufeff" + GERMAN_PRICES, "utf-16-be", "utf-16-be", True),
        (GERMAN_PRICES, "utf-16-le", "utf-16-le", False),
        (GERMAN_PRICES, "cp1252", "cp1252", False),
        (POLISH, "cp1250", "cp1250", False),
        (RUSSIAN, "cp1251", "cp1251", False),
        ("a;b\nplain;ascii\n", "ascii", "utf-8", True),
    ],
)
def test_the_encoding_is_found_by_content(tmp_path: Path, text: str, written: str, found: str, certain: bool) -> None:
    table = opened(tmp_path, text, written, header_line=1)
    assert (table.format.encoding, table.format.encoding_certain) == (found, certain)
    first = text.removeprefix("\ufeff").splitlines()[1]
    assert lines_of(table)[0][1] == tuple(first.split(";"))


def test_the_user_may_choose_the_encoding(tmp_path: Path) -> None:
    table = opened(tmp_path, POLISH, "cp1250", encoding="cp1251")
    assert table.format.encoding == "cp1251"
    assert table.format.encoding_certain
    assert "Łódź" not in str(lines_of(table))
    assert refusal(tmp_path, POLISH, encoding="utf-7").code == "table.unknown_encoding"


def test_a_letter_far_down_the_file_decides(tmp_path: Path) -> None:
    text = "name,price\n" + "plain,1\n" * 60_000 + "£20 voucher,2\n"
    assert opened(tmp_path, text, "utf-8").format.encoding == "utf-8"
    assert opened(tmp_path, text, "cp1252").format.encoding == "cp1252"


def test_broken_bytes_spoil_their_own_line_only(tmp_path: Path) -> None:
    data = "name,city\nZoë,Växjö\nBad,".encode() + b"\xff\xfe\nAnn,Reno\n"
    table = opened(tmp_path, data)
    assert (table.format.encoding, table.format.encoding_certain) == ("utf-8", False)
    assert bad_of(table) == [(3, "row.undecodable")]
    assert [line for line, _ in lines_of(table)] == [2, 4]


# --- delimiters, quotes, headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = "name,price,note\nPeeler,12.50,a; b\nBoard,88.00,c|d\n".replace(",", delimiter)
    table = opened(tmp_path, text)
    assert table.format.delimiter == delimiter
    assert table.header == ("name", "price", "note")


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    table = opened(tmp_path, "24,90;18,92;450,5\n59,90;45,52;1,25\n")
    assert table.format.delimiter == ";"
    assert table.format.header_line == 0
    assert table.columns == 3


def test_lists_inside_values_are_no_delimiters(tmp_path: Path) -> None:
    table = opened(tmp_path, "name,tags,city\nAnn,a;b,Reno\nBob,c;d,York\n")
    assert table.format.delimiter == ","


def test_a_spreadsheets_announcement_counts(tmp_path: Path) -> None:
    table = opened(tmp_path, "sep=;\nname;price\nPan, big;1,5\n")
    assert (table.format.delimiter, table.format.header_line, table.header) == (";", 2, ("name", "price"))
    assert lines_of(table) == [(3, ("Pan, big", "1,5"))]
    assert lines_of(opened(tmp_path, "sep=;\nx;1\ny;2\n", header_line=0)) == [(2, ("x", "1")), (3, ("y", "2"))]


def test_the_user_may_choose_delimiter_and_header(tmp_path: Path) -> None:
    table = opened(tmp_path, "a;b,c\n1;2,3\n4;5,6\n", delimiter=",", header_line=0)
    assert lines_of(table)[0] == (1, ("a;b", "c"))
    assert refusal(tmp_path, "a,b\n", delimiter="x").code == "table.unknown_delimiter"


def test_a_german_spreadsheet_export(tmp_path: Path) -> None:
    table = opened(tmp_path, GERMAN_PRICES, "cp1252")
    assert table.header[:3] == ("Artikelnummer", "Bezeichnung", "EAN")
    assert lines_of(table)[2] == (4, ("SET-1", "Starter-Set; drei Teile", "", "Küchenfee", "Sets", "1.099,00", "75,24",
                                      "19 %", ""))  # fmt: skip


def test_unicode_text_of_a_spreadsheet(tmp_path: Path) -> None:
    data = "﻿Name\tPreis\r\nSchüssel\t46,00\r\n日本\t1,5\r\n".encode("utf-16-le")
    table = opened(tmp_path, data)
    assert (table.format.encoding, table.format.delimiter) == ("utf-16-le", "\t")
    assert lines_of(table) == [(2, ("Schüssel", "46,00")), (3, ("日本", "1,5"))]


def test_line_numbers_count_lines_inside_quotes_and_of_every_system(tmp_path: Path) -> None:
    table = opened(tmp_path, 'a,b\r\n1,"x\ny"\r2,z\n\n3,w\r\n')
    assert lines_of(table) == [(2, ("1", "x\ny")), (4, ("2", "z")), (6, ("3", "w"))]


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    table = opened(tmp_path, "Price list 2026;;\n;;\nArtikelnummer;Bezeichnung;Preis\nFB-11;Box;24,90\n")
    assert table.format.header_line == 3
    assert lines_of(table) == [(4, ("FB-11", "Box", "24,90"))]


def test_a_file_without_header(tmp_path: Path) -> None:
    table = opened(tmp_path, "FB-11,Box,24.90\nSW-02,Knife,59.90\n")
    assert table.header == ()
    assert (table.columns, table.format.header_line) == (3, 0)
    assert len(lines_of(table)) == 2


def test_one_column_is_a_table(tmp_path: Path) -> None:
    table = opened(tmp_path, "email\nann@example.org\nbob@example.org\n")
    assert (table.header, table.columns) == (("email",), 1)


def test_apostrophes_as_quotation_marks(tmp_path: Path) -> None:
    table = opened(tmp_path, "'name','city'\n'Lee, Ann','Reno'\n'Roe, Bob','York'\n")
    assert table.format.quote == "'"
    assert lines_of(table)[0] == (2, ("Lee, Ann", "Reno"))


# --- packed files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pack", "name"), [(gzip.compress, "gz"), (lzma.compress, "xz")])
def test_packed_tables(tmp_path: Path, pack: type, name: str) -> None:
    whole = US_CUSTOMERS.encode()
    data = pack(whole[:100]) + pack(whole[100:])  # archives may be joined
    table = opened(tmp_path, data)
    assert table.format.compression == name
    assert table.header[0] == "First Name"
    assert refusal(tmp_path, data[:-20]).code in ("file.truncated", "file.damaged_archive")
    assert refusal(tmp_path, data[:30] + b"\0" * 20 + data[50:]).code in ("file.truncated", "file.damaged_archive")


def test_a_packed_file_is_unpacked_piece_by_piece(tmp_path: Path) -> None:
    data = gzip.compress(b"name,price\n" + (b"Peeler," + b"x" * 2_000 + b"\n") * 10_000)
    assert len(data) < 100_000
    table = opened(tmp_path, data)
    tracemalloc.start()
    assert sum(1 for _ in table.rows()) == 10_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_the_amount_of_text_is_limited(tmp_path: Path) -> None:
    from directsell.exchange.streams import byte_chunks

    path = write(tmp_path / "x", gzip.compress(b"a" * 1_000_000))
    with pytest.raises(ExchangeError) as caught:
        list(byte_chunks(path, limit=500_000))
    assert caught.value.code == "table.too_large"


# --- what is no table -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"  \r\n\t\n", "file.empty"),
        (b"\xef\xbb\xbf", "file.empty"),
        (bytes(range(256)) * 8, "table.binary"),
        (b"\x89PNG\r\n\x1a\n0000", "table.wrong_kind"),
        (b"%PDF-1.7\n", "table.wrong_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "table.wrong_kind"),
        (b"PK\x03\x04 no archive", "table.wrong_kind"),
        (b"SQLite format 3\0", "table.wrong_kind"),
        (b"<html><table>", "table.wrong_kind"),
        (b"<?xml version='1.0'?>", "table.wrong_kind"),
        (GOOGLE_CARD.encode(), "table.wrong_kind"),
    ],
)
def test_other_files_are_refused_by_content(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(tmp_path, content).code == code


def test_folders_and_missing_files(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "file.not_regular"), (tmp_path / "no", "file.missing")):
        with pytest.raises(ExchangeError) as caught:
            open_table(path)
        assert caught.value.code == code


def test_cards_and_tables_are_told_apart(tmp_path: Path) -> None:
    assert file_kind(write(tmp_path / "a", GOOGLE_CARD)) == "vcard"
    assert file_kind(write(tmp_path / "b", "\ufeff\r\n" + GOOGLE_CARD, "utf-16")) == "vcard"
    assert file_kind(write(tmp_path / "c", US_CUSTOMERS)) == "table"
    with pytest.raises(ExchangeError):
        file_kind(write(tmp_path / "d", b""))


# --- bad rows and limits --------------------------------------------------------------------------------------------


def test_an_unclosed_quote_costs_one_line(tmp_path: Path) -> None:
    rows = "".join(f"{number},Pan,1.50\n" for number in range(3_000))
    table = opened(tmp_path, f'code,name,price\n1,"Pan,1.50\n{rows}')
    assert bad_of(table) == [(2, "row.unclosed_quote")]
    assert len(lines_of(table)) == 3_000
    assert lines_of(table)[0] == (3, ("0", "Pan", "1.50"))


def test_an_unclosed_quote_that_a_later_line_seems_to_close(tmp_path: Path) -> None:
    table = opened(tmp_path, 'code,name,price\n1,"Pan,1.50\n2,Pot,2.50\n3,x",3.50\n4,Lid,4.50\n', header_line=1)
    assert bad_of(table) == [(2, "row.unclosed_quote")]
    assert [values[0] for _, values in lines_of(table)] == ["2", "3", "4"]


def test_an_unclosed_quote_in_the_last_line(tmp_path: Path) -> None:
    table = opened(tmp_path, 'code,name\n1,Pan\n2,"Pot\n')
    assert bad_of(table) == [(3, "row.unclosed_quote")]
    assert lines_of(table) == [(2, ("1", "Pan"))]


def test_a_quote_that_is_no_quote_is_listed(tmp_path: Path) -> None:
    table = opened(tmp_path, 'code,name\n1,"Pan 9" black"\n2,Pot 9"\n')
    assert bad_of(table) == [(2, "row.broken_quote")]
    assert lines_of(table) == [(3, ("2", 'Pot 9"'))]


def test_bad_rows_carry_what_was_there(tmp_path: Path) -> None:
    table = opened(tmp_path, "code,name,price\n1,Pan,1,375\n2,Pot,2\n3,Lid,4,\n4,Tin\n5,a\0b,1\n")
    bad = [row for row in table.rows() if isinstance(row, BadRow)]
    assert [(row.line_number, row.code) for row in bad] == [(2, "row.too_many_values"), (6, "row.nul")]
    assert bad[0].values == ("1", "Pan", "1", "375")
    assert bad[0].params["expected"] == 3
    assert [line for line, _ in lines_of(table)] == [3, 4, 5]


def test_long_fields_are_listed(tmp_path: Path) -> None:
    long, longest = "x" * (MAX_FIELD_CHARS + 1), "x" * 140_000
    table = opened(tmp_path, f"a,b\n1,{long}\n2,ok\n3,{longest}\n4,{long[:-1]}\n")
    assert bad_of(table) == [(2, "row.field_too_long"), (4, "row.field_too_long")]
    assert [line for line, _ in lines_of(table)] == [3, 5]


def test_too_many_columns(tmp_path: Path) -> None:
    assert refusal(tmp_path, ",".join(["x"] * 201) + "\n1\n").code == "table.too_many_columns"
    assert opened(tmp_path, ",".join(["x"] * 200) + "\n1\n", header_line=1).columns == 200


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directsell.exchange.delimited.MAX_ROWS", 10)
    assert refusal(tmp_path, "name,price\n" + "x,1\n" * 11).code == "table.too_many_rows"


@pytest.mark.parametrize("filler", [b"x", b",", b'"', b"a,"])
def test_an_endless_line_is_refused_early_in_little_memory(tmp_path: Path, filler: bytes) -> None:
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.write(b"name,price\nPan,1\n")
        for _ in range(40):
            file.write(filler * (1_000_000 // len(filler)))
    read: list[int] = []
    tracemalloc.start()
    with pytest.raises(ExchangeError) as caught:
        list(open_table(path).rows(progress=lambda done, _: read.append(done)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "table.line_too_long"
    assert caught.value.params["line"] == 3
    assert max(read, default=0) < 5_000_000
    assert peak < 50_000_000


def test_quotes_without_end_use_little_memory(tmp_path: Path) -> None:
    table = opened(tmp_path, "name,price\n" + '"a\n","b\n' * 20_000)
    tracemalloc.start()
    count = sum(1 for _ in table.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 0
    assert peak < 10_000_000


def test_reading_streams_with_progress_and_can_be_stopped(tmp_path: Path) -> None:
    table = opened(tmp_path, "name,price\n" + "Peeler,12.50\n" * 100_000)
    size = table.path.stat().st_size
    seen: list[tuple[int, int]] = []
    assert sum(1 for _ in table.rows(progress=lambda done, total: seen.append((done, total)))) == 100_000
    assert seen[-1] == (size, size)
    assert seen == sorted(seen)
    answers = iter([False, False, True])
    with pytest.raises(ExchangeError) as caught:
        list(table.rows(cancelled=lambda: next(answers)))
    assert caught.value.code == "exchange.cancelled"


def test_preview_and_sample(tmp_path: Path) -> None:
    table = opened(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n')
    assert [type(row) for row in table.preview(2)] == [Row, BadRow]
    assert [row.values for row in table.sample()] == [("1", "2"), ("5", "6")]
