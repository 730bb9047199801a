"""Record <-> row by field name: which column type a field has and how its value is written. No SQL text here."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from directsell.domain.clock import from_micros, to_micros
from directsell.domain.records import Record
from directsell.store.entities import BY_RECORD, Entity

R = TypeVar("R", bound=Record)
_MICROS = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a record: its SQL type (BLOB, TEXT, INTEGER) and both converters for non-null values."""

    name: str
    sql_type: str
    nullable: bool
    encode: Callable[[Any], Any] | None
    decode: Callable[[Any], Any] | None


def _decimal_in(value: Decimal) -> int:
    micros = value * _MICROS
    whole = int(micros)
    if whole != micros:
        raise ValueError(f"more than six decimals: {value}")
    return whole


def _decimal_out(value: int) -> Decimal:
    if not value % 1_000_000:
        return Decimal(value // 1_000_000)
    return (Decimal(value) / _MICROS).normalize()


def _codec(kind: Any) -> tuple[str, Callable[[Any], Any] | None, Callable[[Any], Any] | None]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "TEXT", str, kind
    known: dict[Any, tuple[str, Callable[[Any], Any] | None, Callable[[Any], Any] | None]] = {
        UUID: ("BLOB", lambda v: v.bytes, lambda v: UUID(bytes=v)),
        str: ("TEXT", None, None),
        bool: ("INTEGER", int, bool),
        int: ("INTEGER", None, None),
        bytes: ("BLOB", None, None),
        Decimal: ("INTEGER", _decimal_in, _decimal_out),
        datetime: ("INTEGER", to_micros, from_micros),
        date: ("TEXT", date.isoformat, date.fromisoformat),
        time: ("TEXT", lambda v: v.isoformat("minutes"), time.fromisoformat),
    }
    return known[kind]


def _field(name: str, hint: Any) -> Field:
    nullable = False
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        arguments = [a for a in typing.get_args(hint) if a is not types.NoneType]
        nullable, hint = True, arguments[0]
    sql_type, encode, decode = _codec(hint)
    return Field(name, sql_type, nullable, encode, decode)


class Mapping(Generic[R]):
    """The columns of one record class, in the order in which rows are written and read."""

    def __init__(self, record: type[R], entity: Entity) -> None:
        hints = typing.get_type_hints(record)
        self.record = record
        self.entity = entity
        self.fields = tuple(_field(f.name, hints[f.name]) for f in dataclasses.fields(record))
        self.names = tuple(f.name for f in self.fields)
        self.by_name = {f.name: f for f in self.fields}
        self.columns = ", ".join(f'"{name}"' for name in self.names)
        self._decoders = tuple((i, f.decode) for i, f in enumerate(self.fields) if f.decode is not None)
        self._encoders = tuple((i, f.encode) for i, f in enumerate(self.fields) if f.encode is not None)
        self._values = attrgetter(*self.names)

    def encode(self, record: R) -> tuple[Any, ...]:
        """Return the row of a record, one database value for each field, then the derived columns."""
        values = list(self._values(record))
        for index, encode in self._encoders:
            if values[index] is not None:
                values[index] = encode(values[index])
        values.extend([derive(record) for derive in self.entity.derived.values()])
        return tuple(values)

    def encode_value(self, name: str, value: Any) -> Any:
        """Return the database value of one field."""
        encode = self.by_name[name].encode
        return value if encode is None or value is None else encode(value)

    def decode(self, row: Sequence[Any]) -> R:
        """Return the record of a row whose columns are ``self.names``."""
        values = list(row)
        for index, decode in self._decoders:
            if values[index] is not None:
                values[index] = decode(values[index])
        return self.record(**dict(zip(self.names, values, strict=True)))


_known: dict[type[Record], Mapping[Any]] = {}


def mapping(record: type[R]) -> Mapping[R]:
    """Return the mapping of a record class; built once.

    Raises:
        KeyError: the class is not stored.
    """
    found = _known.get(record)
    if found is None:
        found = _known[record] = Mapping(record, BY_RECORD[record])
    return found
