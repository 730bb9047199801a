"""Which column feeds which field, with what decimal mark and date order; remembered as JSON. No reading of rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import MAX_COLUMNS
from directsell.exchange.headers import FIELDS, REPEATABLE, Target, normalised

_VERSION = 1
# For each target: groups of fields of which one at least must be there.
REQUIRED: dict[Target, tuple[tuple[str, ...], ...]] = {
    "sales": (("date",), ("unit_price", "line_total")),
    "people": (("full_name", "last_name", "first_name", "company", "email", "email_home", "email_work"),),
    "products": (("code", "name"),),
}
_STYLES: dict[str, tuple[str, ...]] = {
    "number": ("", ".", ","),
    "percent": ("", ".", ","),
    "date": ("", "DMY", "MDY", "YMD"),
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """One column that feeds one field.

    Attributes:
        field: name of the field, see `headers.FIELDS`.
        column: place of the column, counted from 0.
        header: what the file calls it, to find it again in the next file of the same program.
        style: decimal mark ("." or ",") of numbers, order ("DMY", "MDY", "YMD") of dates; "" takes only values that
            can be read in one way.
    """

    field: str
    column: int
    header: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table becomes records of one target; immutable, each change gives a new one.

    Attributes:
        target: "sales", "people" or "products".
        assignments: columns in use.
        defaults: (field, value) for fields that the file does not have, for instance the currency.
    """

    target: Target
    assignments: tuple[Assignment, ...] = ()
    defaults: tuple[tuple[str, str], ...] = ()

    def column(self, field: str) -> int | None:
        """Return the (first) column of a field, None when it has none."""
        return next((item.column for item in self.assignments if item.field == field), None)

    def of(self, field: str) -> tuple[Assignment, ...]:
        """Return all assignments of a field."""
        return tuple(item for item in self.assignments if item.field == field)

    def default(self, field: str) -> str:
        """Return the fixed value of a field, "" when it has none."""
        return dict(self.defaults).get(field, "")

    def assign(self, field: str, column: int, *, header: str = "", style: str = "") -> Mapping:
        """Feed a field from a column; what the column fed before is gone, and so is the field's former column unless
        several may feed it.

        Raises:
            ExchangeError: ``mapping.unknown_field`` or ``mapping.unknown_column``.
        """
        _check(self.target, field, column, style)
        kept = [
            item for item in self.assignments if item.column != column and (item.field != field or field in REPEATABLE)
        ]
        new = (*kept, Assignment(field, column, header, style))
        return replace(self, assignments=tuple(sorted(new, key=lambda item: item.column)))

    def without(self, column: int) -> Mapping:
        """Leave a column out."""
        return replace(self, assignments=tuple(item for item in self.assignments if item.column != column))

    def with_style(self, column: int, style: str) -> Mapping:
        """Answer the question which decimal mark or date order a column has.

        Raises:
            ExchangeError: ``mapping.unknown_column`` when the column is not in use.
        """
        item = next((item for item in self.assignments if item.column == column), None)
        if item is None:
            raise ExchangeError("mapping.unknown_column", column=column)
        return self.without(column).assign(item.field, column, header=item.header, style=style)._ordered_like(self)

    def with_default(self, field: str, value: str) -> Mapping:
        """Give a field a fixed value for all rows that have none; "" takes it back.

        Raises:
            ExchangeError: ``mapping.unknown_field``.
        """
        _check(self.target, field, 0, "")
        kept = tuple(pair for pair in self.defaults if pair[0] != field)
        return replace(self, defaults=(*kept, (field, value)) if value else kept)

    def missing(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups of fields of which one would be needed and none is assigned."""
        present = {item.field for item in self.assignments} | {field for field, _ in self.defaults}
        return tuple(group for group in REQUIRED[self.target] if not present.intersection(group))

    def fitted(self, header: Sequence[str], columns: int) -> Mapping:
        """Return this mapping for another file: columns are found again by their names.

        Raises:
            ExchangeError: ``mapping.does_not_fit`` when a named column is not there, or a place is beyond the columns.
        """
        places: dict[str, list[int]] = {}
        for place, name in enumerate(header):
            places.setdefault(normalised(name), []).append(place)
        fitted = []
        for item in self.assignments:
            column = item.column
            if item.header:
                candidates = places.get(normalised(item.header), [])
                if not candidates:
                    raise ExchangeError("mapping.does_not_fit", header=item.header)
                column = column if column in candidates else candidates[0]
            if column >= columns:
                raise ExchangeError("mapping.does_not_fit", header=item.header or str(column + 1))
            fitted.append(replace(item, column=column))
        return replace(self, assignments=tuple(sorted(fitted, key=lambda item: item.column)))

    def to_json(self) -> str:
        """Return the mapping as JSON text."""
        return json.dumps(
            {
                "version": _VERSION,
                "target": self.target,
                "columns": [
                    {"field": item.field, "column": item.column, "header": item.header, "style": item.style}
                    for item in self.assignments
                ],
                "defaults": dict(self.defaults),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Mapping:
        """Return the mapping that `to_json` wrote.

        Raises:
            ExchangeError: ``mapping.damaged``.
        """
        try:
            data = json.loads(text)
            if data["version"] != _VERSION or data["target"] not in get_args(Target):
                raise ExchangeError("mapping.damaged")
            mapping = cls(data["target"])
            for item in data["columns"]:
                field, column, header, style = item["field"], item["column"], item["header"], item["style"]
                if not isinstance(field + header + style, str) or type(column) is not int:
                    raise ExchangeError("mapping.damaged")
                mapping = mapping.assign(field, column, header=header, style=style)
            for field, value in data["defaults"].items():
                mapping = mapping.with_default(field, value + "")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ExchangeError) as error:
            raise ExchangeError("mapping.damaged") from error
        return mapping

    def _ordered_like(self, other: Mapping) -> Mapping:
        order = {item.column: place for place, item in enumerate(other.assignments)}
        return replace(self, assignments=tuple(sorted(self.assignments, key=lambda item: order[item.column])))


def _check(target: Target, field: str, column: int, style: str) -> None:
    kind = FIELDS[target].get(field)
    if kind is None or style not in _STYLES.get(kind, ("",)):
        raise ExchangeError("mapping.unknown_field", field_name=field)
    if not 0 <= column < MAX_COLUMNS:
        raise ExchangeError("mapping.unknown_column", column=column)
