"""Frozen dataclasses to canonical JSON and back, field by field. Only for content that is archived as text."""

from __future__ import annotations

import json
import types
from base64 import b64decode, b64encode
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from directsell.domain.errors import DomainError

_T = TypeVar("_T")


def to_json_text(value: object) -> str:
    """Return a frozen dataclass as JSON with sorted keys, without spaces, with text as it is.

    Decimals become text, dates ISO text, enums their value, bytes Base64. Lone surrogates become ``?``.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8")


def from_json_text(kind: type[_T], text: str, *, code: str) -> _T:
    """Build a frozen dataclass of this kind from ``to_json_text``; unknown fields are ignored.

    Raises:
        DomainError: ``code`` when the text is not JSON, a field is missing or has another type.
    """
    try:
        return cast(_T, _build(kind, json.loads(text)))
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError) as error:
        raise DomainError(code) from error


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value


@lru_cache(maxsize=32)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, data: Any) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else _build(next(arg for arg in get_args(kind) if arg is not types.NoneType), data)
    if origin is tuple:
        return _build_tuple(get_args(kind), data)
    if is_dataclass(kind):
        return _build_record(cast(type, kind), data)
    if kind is bytes:
        return b64decode(_expect(str, data), validate=True)
    if kind is date:
        return date.fromisoformat(_expect(str, data))
    if kind is Decimal:
        return Decimal(_expect(str, data))
    if issubclass(kind, Enum):
        return kind(data)
    return _expect(kind, data)


def _build_tuple(args: tuple[Any, ...], data: Any) -> tuple[object, ...]:
    items = _expect(list, data)
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(_build(args[0], item) for item in items)
    return tuple(_build(arg, item) for arg, item in zip(args, items, strict=True))


def _build_record(kind: type, data: Any) -> object:
    values = _expect(dict, data)
    hints = _hints(kind)
    known = {}
    for field in fields(kind):
        if field.name in values:
            known[field.name] = _build(hints[field.name], values[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise KeyError(field.name)
    return kind(**known)


def _expect(kind: type[_T], data: object) -> _T:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise TypeError(f"{kind.__name__} expected")
    return data
