"""Values of mapped columns, one callable per field, with a memory of what was parsed before. No targets here."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar, cast

from directsell.exchange.dates import DateOrder, parse_date
from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import Cell, Row
from directsell.exchange.mapping import Mapping
from directsell.exchange.numbers import DecimalMark, parse_number
from directsell.exchange.texts import clean_text

_T = TypeVar("_T")

# Columns repeat few values: parsing each once makes a big file three times as fast; the bound keeps memory small.
_MEMORY = 50_000
_DAMAGED_CODE = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)


class TextCell:
    """Text of one field.

    Args:
        mapping: where the field comes from.
        name: the field.
        multiline: True keeps line ends.
    """

    def __init__(self, mapping: Mapping, name: str, *, multiline: bool = False) -> None:
        column = mapping.column(name)
        self.used = column is not None
        self._column = -1 if column is None else column
        self._default = mapping.default(name)
        self._multiline = multiline
        self._known: dict[str, str] = {}

    def __call__(self, row: Row) -> str:
        """Return the cleaned text, the field's default when the cell is empty or there is no column.

        Raises:
            ExchangeError: ``text.*``.
        """
        values = row.values
        if not 0 <= self._column < len(values):
            return self._default
        raw = values[self._column]
        text = self._known.get(raw)
        if text is None:
            if len(self._known) > _MEMORY:
                self._known.clear()
            text = self._known[raw] = self._clean(raw) or self._default
        return text

    def _clean(self, raw: str) -> str:
        return clean_text(raw, multiline=self._multiline)


class CodeCell(TextCell):
    """A code or number that is a name, such as a barcode: never calculated with, never reformatted."""

    def _clean(self, raw: str) -> str:
        text = clean_text(raw)
        if _DAMAGED_CODE.fullmatch(text):  # a spreadsheet saved 4006381333931 as 4.00638E+12: the digits are lost
            raise ExchangeError("text.number_damaged", text=text)
        return text


class NumberCell:
    """Exact number of one field, None when the cell is empty.

    Args:
        mapping: where the field comes from, and its decimal mark.
        name: the field.
        percent: True when a percent sign is allowed.
    """

    def __init__(self, mapping: Mapping, name: str, *, percent: bool = False) -> None:
        items = mapping.of(name)
        self.used = bool(items)
        self._name = name
        self._column = items[0].column if items else -1
        self._mark = cast("DecimalMark", items[0].style if items else "")
        self._percent = percent
        default = mapping.default(name)
        self._default = parse_number(default, ".", percent=percent) if default else None
        self._known: dict[str, Decimal | None] = {}

    def __call__(self, row: Row) -> Decimal | None:
        """Return the number.

        Raises:
            ExchangeError: ``number.*`` with the field's name as ``column``.
        """
        values = row.values
        if not 0 <= self._column < len(values):
            return self._default
        if row.typed is not None:
            return self._parse(row.typed[self._column])
        raw = values[self._column]
        if raw in self._known:
            return self._known[raw]
        if len(self._known) > _MEMORY:
            self._known.clear()
        number = self._known[raw] = self._parse(raw)
        return number

    def _parse(self, value: Cell) -> Decimal | None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return self._default
        try:
            return parse_number(value, self._mark, percent=self._percent)
        except ExchangeError as error:
            error.params["column"] = self._name
            raise


class DateCell:
    """Moment of one field, None when the cell is empty.

    Args:
        mapping: where the field comes from, and its order.
        name: the field.
        latest_year: see `dates.parse_date`.
        serial_1904: see `dates.parse_date`.
    """

    def __init__(
        self, mapping: Mapping, name: str, *, latest_year: int | None = None, serial_1904: bool = False
    ) -> None:
        items = mapping.of(name)
        self.used = bool(items)
        self._name = name
        self._column = items[0].column if items else -1
        self._order = cast("DateOrder", items[0].style if items else "")
        self._latest_year = latest_year
        self._serial_1904 = serial_1904
        self._default = parse_date(mapping.default(name), "YMD") if mapping.default(name) else None
        self._known: dict[str, datetime | None] = {}

    def __call__(self, row: Row) -> datetime | None:
        """Return the moment.

        Raises:
            ExchangeError: ``date.*`` with the field's name as ``column``.
        """
        values = row.values
        if not 0 <= self._column < len(values):
            return self._default
        if row.typed is not None:
            return self._parse(row.typed[self._column])
        raw = values[self._column]
        if raw in self._known:
            return self._known[raw]
        if len(self._known) > _MEMORY:
            self._known.clear()
        moment = self._known[raw] = self._parse(raw)
        return moment

    def _parse(self, value: Cell) -> datetime | None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return self._default
        try:
            return parse_date(value, self._order, latest_year=self._latest_year, serial_1904=self._serial_1904)
        except ExchangeError as error:
            error.params["column"] = self._name
            raise


def remembered(read: Callable[[Row], _T], mapping: Mapping, fields: Sequence[str]) -> Callable[[Row], _T]:
    """Return `read` with a memory keyed by the raw values of the columns of `fields`, the only ones it may look at."""
    columns = sorted({item.column for name in fields for item in mapping.of(name)})
    if not columns:
        constant = read(Row(0, ()))
        return lambda _: constant
    raw_of: Callable[[Sequence[str]], object] = operator.itemgetter(*columns)
    width = columns[-1] + 1
    known: dict[object, _T] = {}

    def look_up(row: Row) -> _T:
        values = row[1]
        if len(values) < width or row[2] is not None:  # typed cells are not told apart by their texts
            return read(row)
        raw = raw_of(values)
        found = known.get(raw)
        if found is None:
            if len(known) > _MEMORY:
                known.clear()
            found = known[raw] = read(row)
        return found

    return look_up


def is_yes(text: str) -> bool | None:
    """Return what a word says about yes or no, None when it is empty.

    Raises:
        ExchangeError: ``flag.unknown``.
    """
    word = text.strip().casefold()
    if not word:
        return None
    if word in {"1", "yes", "y", "true", "x", "ja", "j", "wahr", "oui", "o", "vrai", "si", "sí", "sì", "s", "tak", "t"}:
        return True
    if word in {"0", "no", "n", "false", "nein", "falsch", "non", "faux", "nie", "-"}:
        return False
    raise ExchangeError("flag.unknown", text=text[:64])
