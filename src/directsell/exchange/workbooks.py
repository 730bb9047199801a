"""Rows of XLSX workbooks, streamed, after the archive was checked for bombs and unsafe XML. openpyxl is loaded late."""

from __future__ import annotations

import importlib
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from directsell.exchange.errors import ExchangeError
from directsell.exchange.files import open_for_reading
from directsell.exchange.formats import (
    MAX_COLUMNS,
    MAX_FIELD_CHARS,
    MAX_ROWS,
    BadRow,
    Cancelled,
    Cell,
    Progress,
    Row,
    TableFormat,
)

MAX_UNPACKED_BYTES = 200_000_000
MAX_RATIO = 100
_BIG_MEMBER_BYTES = 1_000_000  # small members of repetitive XML may pack better than 1:100 without harm
_MAX_MEMBERS = 2_000
_MAX_WHOLE_BYTES = 50_000_000  # shared texts and styles are held in memory, only the sheets are streamed
_MIDNIGHT = time()


def kind_of_archive(path: Path) -> str:
    """Return "xlsx", "ods", "document" or "archive" for a file that starts like a zip archive."""
    with open_for_reading(path) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                names = set(archive.namelist())
                if "[Content_Types].xml" in names:
                    return "xlsx" if any(name.startswith("xl/workbook") for name in names) else "document"
                if "mimetype" in names:
                    with archive.open("mimetype") as member:
                        return "ods" if b"spreadsheet" in member.read(200) else "document"
        except Exception:  # noqa: BLE001 - a broken zip raises half a dozen unrelated exceptions
            return "archive"
    return "archive"


def read_format(path: Path, sheet: str | None) -> TableFormat:
    """Return sheets and date system of a workbook; the chosen sheet is `sheet` or the first one that is visible.

    Raises:
        ExchangeError: ``xlsx.*``, ``table.unknown_sheet``.
    """
    with _workbook(path) as (book, _):
        sheets = tuple(page.title for page in book.worksheets)
        visible = [page.title for page in book.worksheets if page.sheet_state == "visible"]
        if not sheets:
            raise ExchangeError("xlsx.no_sheet", name=path.name)
        if sheet is not None and sheet not in sheets:
            raise ExchangeError("table.unknown_sheet", sheet=sheet)
        chosen = sheet if sheet is not None else (visible or list(sheets))[0]
        return TableFormat(
            kind="xlsx", sheet=chosen, sheets=sheets, dates_from_1904=book.epoch.year == 1904, encoding="", quote=""
        )


def read_rows(
    path: Path,
    form: TableFormat,
    columns: int,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[Row | BadRow]:
    """Yield the rows of the chosen sheet from `form.data_line` on; empty rows are passed over.

    Args:
        path: the file.
        form: its format.
        columns: number of columns; 0 allows as many as the limit. A row with more values is a `BadRow`.
        progress: called with bytes read and bytes in all (roughly: the archive is read in several passes).
        cancelled: asked now and then.

    Raises:
        ExchangeError: ``xlsx.*``, ``table.too_many_rows``, ``exchange.cancelled``.
    """
    width = columns or MAX_COLUMNS
    with _workbook(path) as (book, file):
        size, furthest, found = path.stat().st_size, 0, 0
        for number, cells in enumerate(_sheet_rows(book, form.sheet, path), start=1):
            if number & 255 == 0:
                if cancelled is not None and cancelled():
                    raise ExchangeError("exchange.cancelled", name=path.name)
                furthest = max(furthest, min(file.tell(), size))
                if progress is not None:
                    progress(furthest, size)
            if number > MAX_ROWS * 2:  # also rows without cells, which a forged row number makes by the billion
                raise ExchangeError("table.too_many_rows", limit=MAX_ROWS)
            row = _row(number, cells, width)
            if row is None or number < form.data_line:
                continue
            found += 1
            if found > MAX_ROWS:
                raise ExchangeError("table.too_many_rows", limit=MAX_ROWS)
            yield row
        if progress is not None:
            progress(size, size)


def _sheet_rows(book: Any, sheet: str, path: Path) -> Iterator[tuple[Any, ...]]:
    """Yield raw rows; whatever the library stumbles over means that the file is damaged."""
    try:
        page = book[sheet]
        page.reset_dimensions()  # some programs write a wrong size, which would cut the table
        yield from page.iter_rows(values_only=True)
    except ExchangeError:
        raise
    except Exception as error:
        raise ExchangeError("xlsx.damaged", name=path.name) from error


def _row(number: int, cells: tuple[Any, ...], width: int) -> Row | BadRow | None:
    count = len(cells)
    while count and (cells[count - 1] is None or cells[count - 1] == ""):
        count -= 1
    if not count:
        return None
    if count > width:
        shown = tuple(_text(_cell(cell))[:200] for cell in cells[: min(count, MAX_COLUMNS)])
        return BadRow(number, "row.too_many_values", {"expected": width, "found": count}, shown)
    typed = tuple(_cell(cell) for cell in cells[:count])
    values = tuple(map(_text, typed))
    if any(len(value) > MAX_FIELD_CHARS for value in values):
        shown = tuple(value[:200] for value in values)
        return BadRow(number, "row.field_too_long", {"limit": MAX_FIELD_CHARS}, shown)
    return Row(number, values, typed) if any(values) else None


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | bool | datetime | date):
        return value
    if isinstance(value, int):
        # Python refuses to print integers of more than 4,300 digits, and no cell holds one.
        return Decimal(value) if abs(value) < 10**30 else "#NUM!"
    if isinstance(value, float):
        return Decimal(f"{value:.15g}")  # a sheet shows 15 digits; the rest is binary noise
    if isinstance(value, time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta | Decimal) else f"{value}"


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "1" if cell else "0"
        case Decimal():
            return f"{cell:f}" if cell.is_finite() and abs(cell.adjusted()) < 40 else str(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == _MIDNIGHT else cell.isoformat(" ")
        case _:
            return cell.isoformat()


@contextmanager
def _workbook(path: Path) -> Iterator[tuple[Any, BinaryIO]]:
    """Open a checked workbook; every failure to do so is an `ExchangeError`."""
    with open_for_reading(path) as file:
        _check_archive(path, file)
        file.seek(0)
        openpyxl = importlib.import_module("openpyxl")  # 0.2 seconds that no start of the program shall pay
        if not openpyxl.DEFUSEDXML:
            raise RuntimeError("defusedxml is missing: workbooks would be parsed without protection")
        # Remarks about styles and validations that it does not keep are of no interest to a reader of values.
        warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\b")
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            raise ExchangeError("xlsx.damaged", name=path.name) from error
        try:
            yield book, file
        finally:
            book.close()


def _check_archive(path: Path, file: BinaryIO) -> None:
    """Refuse bombs and XML with a document type (entities, external files) before anything is parsed.

    Raises:
        ExchangeError: ``xlsx.bomb``, ``xlsx.unsafe_xml``, ``xlsx.damaged``.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
                raise ExchangeError("xlsx.bomb", name=path.name, limit=MAX_UNPACKED_BYTES)
            for member in members:
                packed = max(member.compress_size, 1)
                streamed = member.filename.startswith("xl/worksheets/")
                limit = MAX_UNPACKED_BYTES if streamed else _MAX_WHOLE_BYTES
                dense = member.file_size > _BIG_MEMBER_BYTES and member.file_size > packed * MAX_RATIO
                if dense or member.file_size > limit:
                    raise ExchangeError("xlsx.bomb", name=path.name, limit=MAX_UNPACKED_BYTES)
            for member in members:
                if member.filename.endswith((".xml", ".rels", ".vml")):
                    with archive.open(member) as source:
                        _refuse_document_type(path, source)
    except ExchangeError:
        raise
    except Exception as error:
        raise ExchangeError("xlsx.damaged", name=path.name) from error


class _RootReached(Exception):
    """The prolog is over: no document type can follow."""


def _refuse_document_type(path: Path, source: Any) -> None:
    def doctype(*_: object) -> None:
        raise ExchangeError("xlsx.unsafe_xml", name=path.name)

    def root(*_: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        while piece := source.read(8192):
            parser.Parse(piece, False)
    except _RootReached:
        return
    except expat.ExpatError:
        return  # not well-formed: the reader itself says so when it needs this part
