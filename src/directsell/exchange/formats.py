"""What a table file is: limits, rows, and the description of its format. No reading here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

MAX_FIELD_CHARS = 10_000
MAX_COLUMNS = 200
MAX_ROWS = 1_000_000
MAX_TEXT_BYTES = 500_000_000
# One physical line can be no longer than a full row; a longer one is refused before it fills the memory.
MAX_LINE_CHARS = MAX_FIELD_CHARS * MAX_COLUMNS

Kind = Literal["csv", "xlsx"]
Cell = str | Decimal | date | datetime | bool | None
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

ENCODINGS: tuple[str, ...] = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "cp1250", "cp1251")
DELIMITERS: tuple[str, ...] = (",", ";", "\t", "|")


class Row(NamedTuple):
    """One row of a table.

    Attributes:
        line_number: line of the text file where the row starts, or row of the sheet; counted from 1.
        values: the cells as text; numbers of a sheet with a decimal point, dates in ISO form.
        typed: the same cells as the sheet knows them; None for text files, where everything is text.
    """

    line_number: int
    values: tuple[str, ...]
    typed: tuple[Cell, ...] | None = None


class BadRow(NamedTuple):
    """A place of the file that is no row: its line, why (a code of `errors.CODES`), and what was there."""

    line_number: int
    code: str
    params: dict[str, object]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a table file is written, as detected or as the user said.

    Attributes:
        kind: text with delimiters, or workbook.
        compression: "", "xz" or "gz".
        encoding: one of `ENCODINGS`; "" for a workbook.
        encoding_certain: False when several encodings fit the bytes and the likeliest was taken.
        delimiter, quote: separator of values, and the quotation mark around them; "" for a workbook.
        header_line: line (row of the sheet) with the names of the columns, counted from 1; 0 when there is none.
        data_line: line (row of the sheet) where the data starts.
        sheet, sheets: chosen sheet and all sheets of a workbook.
        dates_from_1904: True for workbooks that count days from 1904.
    """

    kind: Kind
    compression: str = ""
    encoding: str = ""
    encoding_certain: bool = True
    delimiter: str = ""
    quote: str = ""
    header_line: int = 0
    data_line: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    dates_from_1904: bool = False
