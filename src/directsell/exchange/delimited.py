"""Rows of a text table, streamed: quoting, broken quotes, limits. Knows nothing of what the columns mean."""

from __future__ import annotations

import csv
import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import (
    MAX_COLUMNS,
    MAX_FIELD_CHARS,
    MAX_LINE_CHARS,
    MAX_ROWS,
    BadRow,
    Cancelled,
    Progress,
    Row,
    TableFormat,
)
from directsell.exchange.streams import UNDECODABLE, byte_chunks, text_chunks, text_lines

# csv itself gives up on a field of 131,072 characters; a row of many such fields is stopped here.
_MAX_OPEN_ROW = MAX_LINE_CHARS


class _RunawayRow(Exception):
    """A row grows over line after line: its quotation mark is never closed."""


class _Feed:
    """Hands lines to the csv reader, remembers those of the row under way, and can take them back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._returned: deque[str] = deque()
        self.row: list[str] = []
        self.consumed = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._lines)
        row = self.row
        row.append(line)
        # Measured now and then only, so that a long quotation costs no quadratic time.
        if len(row) & 63 == 0 and sum(map(len, row)) > _MAX_OPEN_ROW:
            raise _RunawayRow
        return line

    def finish_row(self) -> int:
        """Forget the lines of a complete row; return the number of its first line."""
        first = self.consumed + 1
        self.consumed += len(self.row)
        self.row.clear()
        return first

    def keep_first_line_only(self) -> int:
        """Take back all lines of the row but the first, so that they are read as rows of their own."""
        self._returned.extendleft(reversed(self.row[1:]))
        del self.row[1:]
        return self.finish_row()


def sample_rows(lines: Sequence[str], form: TableFormat, count: int) -> list[Row]:
    """Return the first rows of some lines, empty ones included; for detecting the header, so good enough is enough."""
    reader = csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote)
    rows: list[Row] = []
    first = 1
    try:
        for values in itertools.islice(reader, count):
            rows.append(Row(first, tuple(values)))
            first = reader.line_num + 1
    except csv.Error:
        pass  # reading itself reports the place
    return rows


def read_rows(
    path: Path,
    form: TableFormat,
    columns: int,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[Row | BadRow]:
    """Yield the rows below the header.

    A row that cannot be read is yielded as `BadRow`, and reading goes on with the next line: after a quotation mark
    that is never closed, the lines that it would have swallowed are read as rows of their own. Empty rows are passed
    over.

    Args:
        path: the file.
        form: its format.
        columns: number of columns; a row with more values (not counting empty ones at its end) is a `BadRow`.
        progress: called with bytes read and bytes in all.
        cancelled: asked now and then.

    Raises:
        ExchangeError: what concerns the whole file, see `streams` and ``table.too_many_rows``.
    """
    chunks = text_chunks(byte_chunks(path, progress=progress, cancelled=cancelled), form.encoding)
    feed = _Feed(text_lines(chunks))
    rows = 0
    for row in _records(feed, form, columns):
        if row.line_number < form.data_line:
            continue
        rows += 1
        if rows > MAX_ROWS:
            raise ExchangeError("table.too_many_rows", limit=MAX_ROWS)
        yield row


def _records(feed: _Feed, form: TableFormat, columns: int) -> Iterator[Row | BadRow]:
    while True:
        reader = csv.reader(feed, delimiter=form.delimiter, quotechar=form.quote, strict=True)
        try:
            yield from _good_records(reader, feed, form, columns)
            return
        except (csv.Error, _RunawayRow) as error:
            if not feed.row:
                return
            unclosed = len(feed.row) > 1 or "unexpected end" in str(error)
            text = feed.row[0]
            line = feed.keep_first_line_only()
            yield BadRow(line, "row.unclosed_quote" if unclosed else _code_of(error), {}, (text[:200].rstrip("\n"),))


def _code_of(error: Exception) -> str:
    return "row.field_too_long" if "field larger" in str(error) else "row.broken_quote"


def _good_records(reader: Iterator[list[str]], feed: _Feed, form: TableFormat, columns: int) -> Iterator[Row | BadRow]:
    lines = feed.row
    for values in reader:
        # The usual case first and cheap: one line, not longer than one field may be, as many values as columns.
        if len(lines) > 1 or len(values) > columns or len(lines[0]) > MAX_FIELD_CHARS:
            bad = _examine(values, lines, form, columns)
            if bad == "row.unclosed_quote":
                raise csv.Error("unexpected end")
            if bad:
                line = feed.finish_row()
                shown = tuple(value[:200] for value in values[:MAX_COLUMNS])
                params: dict[str, object] = {"expected": columns, "found": len(values), "limit": MAX_FIELD_CHARS}
                yield BadRow(line, bad, params, shown)
                continue
            del values[columns:]
        text = lines[0] if len(lines) == 1 else "".join(lines)
        line = feed.consumed + 1
        feed.consumed += len(lines)
        lines.clear()
        if not text.isascii() and UNDECODABLE in text:
            shown = tuple(value.replace(UNDECODABLE, "\ufffd") for value in values)
            yield BadRow(line, "row.undecodable", {"encoding": form.encoding}, shown)
        elif "\0" in text:
            yield BadRow(line, "row.nul", {}, tuple(value.replace("\0", "\u2400") for value in values))
        elif any(values):
            yield Row(line, tuple(values))


def _examine(values: list[str], lines: list[str], form: TableFormat, columns: int) -> str:
    """Return the reason code of an unusual row that is bad, or ""."""
    if len(lines) > 1:
        swallowed = columns >= 3 and any(
            line.count(form.delimiter) >= columns - 1
            for value in values
            if "\n" in value
            for line in value.split("\n")[1:-1]
        )
        if swallowed or any(len(value) > MAX_FIELD_CHARS for value in values):
            return "row.unclosed_quote"
    if any(len(value) > MAX_FIELD_CHARS for value in values):
        return "row.field_too_long"
    if any(values[columns:]):
        return "row.too_many_values"
    return ""
