"""Open a table file of any kind: what it is, how it is written, its header, its rows. No meaning of columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from directsell.exchange import delimited, workbooks
from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import (
    DELIMITERS,
    ENCODINGS,
    MAX_COLUMNS,
    MAX_LINE_CHARS,
    BadRow,
    Cancelled,
    Progress,
    Row,
    TableFormat,
)
from directsell.exchange.sniffing import (
    SAMPLE_BYTES,
    declared_delimiter,
    detect_delimiter,
    detect_encoding,
    detect_header,
    foreign_kind,
    refuse_non_table,
)
from directsell.exchange.streams import byte_chunks, compression_of, text_chunks, text_lines

__all__ = ["BadRow", "Row", "Table", "TableFormat", "file_kind", "open_table"]

_HEADER_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Table:
    """A table file that was recognised; rows are read anew each time they are asked for.

    Attributes:
        path: the file.
        format: how it is written; shown to the user, who may open it again with other choices.
        header: names of the columns, () when the file has none.
        columns: number of columns.
    """

    path: Path
    format: TableFormat
    header: tuple[str, ...]
    columns: int

    def rows(self, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Iterator[Row | BadRow]:
        """Yield the rows below the header, streamed in bounded memory; empty rows are passed over.

        Args:
            progress: called with (bytes read, bytes in all) of the file on the disk.
            cancelled: asked now and then; True ends the reading.

        Raises:
            ExchangeError: ``exchange.cancelled``, or what makes reading on impossible.
        """
        reader = workbooks.read_rows if self.format.kind == "xlsx" else delimited.read_rows
        return reader(self.path, self.format, self.columns, progress=progress, cancelled=cancelled)

    def preview(self, count: int = 20) -> tuple[Row | BadRow, ...]:
        """Return the first rows, good and bad."""
        return tuple(itertools.islice(self.rows(), count))

    def sample(self, count: int = 2_000) -> tuple[Row, ...]:
        """Return good rows from the start of the file, for inferring what the columns hold."""
        return tuple(row for row in itertools.islice(self.rows(), count) if isinstance(row, Row))


def file_kind(path: Path) -> Literal["table", "vcard"]:
    """Tell whether a file holds vCards or may be a table, by content.

    Raises:
        ExchangeError: ``file.*`` when it cannot be read or is empty.
    """
    head = next(byte_chunks(path), b"")
    if not head:
        raise ExchangeError("file.empty", name=path.name)
    start = head[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ")
    return "vcard" if start[:20].upper().replace(b" ", b"").startswith(b"BEGIN:VCARD") else "table"


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_line: int | None = None,
    sheet: str | None = None,
) -> Table:
    """Recognise a table file by its content, whatever its name says.

    Args:
        path: the file: text with delimiters (also packed with xz or gzip) or an XLSX workbook.
        encoding: overrides the detected encoding (one of `formats.ENCODINGS`).
        delimiter: overrides the detected delimiter (one of `formats.DELIMITERS`).
        header_line: overrides the detected line of the header; 0 means that there is none.
        sheet: name of the sheet of a workbook.

    Raises:
        ExchangeError: ``file.*``, ``table.*``, ``xlsx.*``.
    """
    if encoding is not None and encoding not in ENCODINGS:
        raise ExchangeError("table.unknown_encoding", encoding=encoding)
    if delimiter is not None and delimiter not in DELIMITERS:
        raise ExchangeError("table.unknown_delimiter", delimiter=delimiter)
    raw = path.name
    head = _head(path)
    if not head:
        raise ExchangeError("file.empty", name=raw)
    kind = foreign_kind(head)
    if kind == "zip":
        kind = workbooks.kind_of_archive(path)
        if kind == "xlsx":
            return _open_workbook(path, header_line, sheet)
    if kind:
        raise ExchangeError("table.wrong_kind", name=raw, kind=kind)
    return _open_text(path, encoding, delimiter, header_line)


def _head(path: Path) -> bytes:
    chunks = byte_chunks(path)
    head = b""
    while len(head) < SAMPLE_BYTES and (chunk := next(chunks, b"")):
        head += chunk
    return head


def _open_text(path: Path, encoding: str | None, delimiter: str | None, header_line: int | None) -> Table:
    if encoding is None:
        detected = detect_encoding(byte_chunks(path))
        encoding, certain = detected.name, detected.certain
    else:
        certain = True
    with path.open("rb") as file:
        compression = compression_of(file.read(8))
    lines = _sample_lines(path, encoding)
    declared = declared_delimiter(lines[0])
    guessed, quote = detect_delimiter(lines[1:] if declared else lines)
    form = TableFormat(
        kind="csv",
        compression=compression,
        encoding=encoding,
        encoding_certain=certain,
        delimiter=delimiter or (declared if declared in DELIMITERS else guessed),
        quote=quote,
    )
    rows = delimited.sample_rows(lines, form, _HEADER_SAMPLE)
    return _with_header(path, form, rows[1:] if declared else rows, header_line)


def _sample_lines(path: Path, encoding: str) -> list[str]:
    """Return complete lines from the start of the text; the cut-off last one is left out."""
    text = ""
    for piece in text_chunks(byte_chunks(path), encoding):
        text += piece
        if len(text) >= SAMPLE_BYTES:
            break
    else:
        refuse_non_table(text, path.name)
        return list(text_lines(iter([text])))
    refuse_non_table(text, path.name)
    lines = list(text_lines(iter([text])))[:-1]
    if not lines:  # one line, longer than the sample: read on until it ends or is too long
        lines = [next(text_lines(text_chunks(byte_chunks(path), encoding), MAX_LINE_CHARS))]
    return lines


def _open_workbook(path: Path, header_line: int | None, sheet: str | None) -> Table:
    form = workbooks.read_format(path, sheet)
    rows: list[Row] = []
    for row in itertools.islice(workbooks.read_rows(path, form, 0), _HEADER_SAMPLE):
        if isinstance(row, BadRow):
            if row.code == "row.too_many_values":
                raise ExchangeError("table.too_many_columns", line=row.line_number, limit=MAX_COLUMNS)
            continue
        rows.append(row)
    if not rows:
        raise ExchangeError("file.empty", name=path.name)
    return _with_header(path, form, rows, header_line)


def _with_header(path: Path, form: TableFormat, rows: list[Row], header_line: int | None) -> Table:
    """Find the header (or take the line that the user chose) and the number of columns."""
    if header_line is None:
        index = detect_header([_header_view(row) for row in rows])
    else:
        index = next((place for place, row in enumerate(rows) if row.line_number == header_line), -1)
    if index < 0:
        header: tuple[str, ...] = ()
        first = header_line + 1 if header_line else min((row.line_number for row in rows), default=1)
        form = replace(form, header_line=0, data_line=first)
        columns = _usual_width(rows)
    else:
        header = tuple(" ".join(name.split()) for name in rows[index].values)
        form = replace(form, header_line=rows[index].line_number, data_line=rows[index].line_number + 1)
        columns = max(len(header), _usual_width(rows[index + 1 :]))
        header += ("",) * (columns - len(header))
    if columns > MAX_COLUMNS:
        raise ExchangeError("table.too_many_columns", line=max(1, form.header_line), limit=MAX_COLUMNS)
    if columns == 0 or not any(any(row.values) for row in rows):
        raise ExchangeError("table.no_columns", name=path.name)
    return Table(path, form, header, columns)


def _usual_width(rows: list[Row]) -> int:
    """Return how many columns nine rows out of ten need; a single stray row does not widen the table."""
    widths = sorted(len("x".join(value and "y" for value in row.values).rstrip("x")) for row in rows if any(row.values))
    return (widths[len(widths) * 9 // 10 - (len(widths) > 1)] + 1) // 2 if widths else 0


def _header_view(row: Row) -> tuple[str, ...]:
    """Return the values as far as they matter for finding the header: a typed cell of a sheet is never a name."""
    if row.typed is None:
        return row.values
    return tuple(
        value if isinstance(cell, str) or cell is None else "0"
        for value, cell in zip(row.values, row.typed, strict=True)
    )
