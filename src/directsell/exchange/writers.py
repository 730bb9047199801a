"""Write rows as CSV, XLSX or JSON so that no spreadsheet runs them and `tables` reads them back. No choice of rows."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Literal

from directsell.exchange.errors import ExchangeError
from directsell.exchange.files import atomic_file

ColumnKind = Literal["text", "number", "date", "datetime", "flag"]
Value = str | int | Decimal | date | datetime | bool | None

# What makes a spreadsheet take a text for a formula (OWASP, with the wide forms of East Asian keyboards), also behind
# apostrophes that an earlier export put there: one is added, and `texts.unguarded` takes one away.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_XML_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAX_CELL_CHARS = 32_767  # of a sheet


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write.

    Attributes:
        name: key in JSON, header elsewhere unless `title` is given.
        kind: "text" is never shown as number, date or formula; "number" takes int and Decimal.
        title: header as the user reads it.
    """

    name: str
    kind: ColumnKind = "text"
    title: str = ""

    @property
    def header(self) -> str:
        """The header of the column."""
        return self.title or self.name


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_csv(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    delimiter: str = ",",
    decimal_mark: Literal[".", ","] = ".",
    byte_order_mark: bool = True,
    overwrite: bool = True,
) -> int:
    r"""Write rows as UTF-8 text with delimiters and CR LF; return how many.

    Args:
        path: the file.
        columns: header and kind of each column.
        rows: values in the order of the columns; None is empty.
        delimiter: separator of values; ";" where the comma is the decimal mark.
        decimal_mark: of numbers; thousands are never grouped.
        byte_order_mark: True lets spreadsheets recognise UTF-8.
        overwrite: False refuses an existing file.

    Raises:
        ExchangeError: ``file.*``; the file is then as it was.
    """
    with atomic_file(path, overwrite=overwrite) as file:
        if byte_order_mark:
            file.write(b"\xef\xbb\xbf")
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=True)
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([guarded(column.header) for column in columns])
        count = 0
        for count, row in enumerate(rows, start=1):  # noqa: B007 - the count is the result
            writer.writerow([_as_text(column, value, decimal_mark) for column, value in _pairs(columns, row)])
        text.detach()
        return count


def write_xlsx(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    sheet: str = "Data",
    overwrite: bool = True,
) -> int:
    """Write rows as a workbook of one sheet with a bold, frozen header; return how many.

    Texts are stored as texts, whatever they look like; numbers, days and moments have their own types. Moments with
    a time zone are written as text in ISO form, because a sheet has no zones.

    Args:
        path: the file.
        columns: header and kind of each column.
        rows: values in the order of the columns; None is empty.
        sheet: name of the sheet.
        overwrite: False refuses an existing file.

    Raises:
        ExchangeError: ``file.*``; the file is then as it was.
    """
    openpyxl = importlib.import_module("openpyxl")
    cells = importlib.import_module("openpyxl.cell")
    styles = importlib.import_module("openpyxl.styles")
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", "_", sheet)[:31] or "Data")
    page.freeze_panes = "A2"

    def cell(value: object, *, kind: str | None = None, style: str = "", bold: bool = False) -> Any:
        made = cells.WriteOnlyCell(page, value=value)
        if kind is not None:
            made.data_type = kind
        if style:
            made.number_format = style
        if bold:
            made.font = styles.Font(bold=True)
        return made

    try:
        page.append([cell(_sheet_text(column.header), kind="s", bold=True) for column in columns])
        count = 0
        for count, row in enumerate(rows, start=1):  # noqa: B007 - the count is the result
            page.append([_sheet_cell(cell, column, value) for column, value in _pairs(columns, row)])
    except BaseException:
        page.close()  # the library keeps a temporary file open until then
        raise
    with atomic_file(path, overwrite=overwrite) as file:
        book.save(file)
    return count


def write_json(
    path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, overwrite: bool = True
) -> int:
    """Write rows as a JSON array of objects, one per line; return how many.

    Decimals are strings, so that no reader turns them into binary fractions; days and moments are ISO strings.

    Args:
        path: the file.
        columns: `name` is the key.
        rows: values in the order of the columns.
        overwrite: False refuses an existing file.

    Raises:
        ExchangeError: ``file.*``; the file is then as it was.
    """
    with atomic_file(path, overwrite=overwrite) as file:
        return _write_json_rows(file, columns, rows)


def json_rows(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[dict[str, object]]:
    """Yield rows as objects that `json.dumps` takes, for printing to standard output."""
    for row in rows:
        yield {column.name: _as_json(value) for column, value in _pairs(columns, row)}


def _write_json_rows(file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> int:
    count = 0
    file.write(b"[")
    for count, record in enumerate(json_rows(columns, rows), start=1):
        file.write(b"\n" if count == 1 else b",\n")
        file.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"))
    file.write(b"\n]\n")
    return count


def _pairs(columns: Sequence[Column], row: Sequence[Value]) -> Iterator[tuple[Column, Value]]:
    return zip(columns, row, strict=True)


def _as_text(column: Column, value: Value, mark: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case int() | Decimal():
            text = _plain(value)
            return text.replace(".", mark) if column.kind == "number" else guarded(text)
        case datetime():
            return value.isoformat(" ")
        case date():
            return value.isoformat()
        case _:
            return guarded(value)


def _plain(number: int | Decimal) -> str:
    if isinstance(number, Decimal) and not number.is_finite():
        raise ExchangeError("number.not_a_number", text=str(number))
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def _as_json(value: Value) -> object:
    match value:
        case Decimal():
            return _plain(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def _sheet_cell(cell: Any, column: Column, value: Value) -> Any:
    match value:
        case None:
            return None
        case bool():
            return cell(value)
        case int() | Decimal() if column.kind == "number":
            text = _plain(value)
            digits = len(text.strip("-0.").replace(".", ""))
            # A sheet calculates with 15 digits: a longer number stays exact only as text.
            return cell(value) if digits <= 15 else cell(text, kind="s")
        case int() | Decimal():
            return cell(_plain(value), kind="s")
        case datetime() if value.tzinfo is None and value.year >= 1900:
            return cell(value, style="yyyy-mm-dd hh:mm:ss")
        case datetime():
            return cell(value.isoformat(" "), kind="s")
        case date() if value.year >= 1901:
            return cell(value, style="yyyy-mm-dd")
        case date():
            return cell(value.isoformat(), kind="s")
        case _:
            return cell(_sheet_text(value), kind="s")


def _sheet_text(text: str) -> str:
    """Return a text that a sheet can hold: no characters that XML forbids, not longer than a cell."""
    return _XML_ILLEGAL.sub("", text)[:_MAX_CELL_CHARS]
