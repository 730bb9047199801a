"""Settings of the business that travel between laptops; device settings (window, theme) live elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from directsell.domain.ids import named_id
from directsell.domain.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Record):
    """One named setting; ``value`` is JSON. Its id follows from the name, so laptops merge it field by field."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(Record):
    """A laptop that writes into this book: ``code`` signs its changes, ``series`` its paper numbers."""

    code: str
    name: str
    series: str
    created_at: datetime
    retired_at: datetime | None = None


def setting_of(name: str, value: str) -> Setting:
    """Return a setting by its name; ``value`` is JSON text."""
    return Setting(id=named_id("setting", name), name=name, value=value)
