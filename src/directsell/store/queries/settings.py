"""The business and its tax rules, read back from single settings."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from directsell.domain.catalog import TaxRateEntry
from directsell.domain.money import Rounding
from directsell.domain.papers import PaperFormat, WindowNorm
from directsell.domain.settings import Business, Device
from directsell.domain.taxes import GoodsBase, TaxLevel, TaxProfile, TaxRate
from directsell.store.reader import Reader

_ENUMS: dict[str, type[Any]] = {
    "invoice_format": PaperFormat,
    "slip_format": PaperFormat,
    "window": WindowNorm,
    "level": TaxLevel,
    "rounding": Rounding,
    "host_goods_base": GoodsBase,
    "half_price_base": GoodsBase,
}


def named_values(reader: Reader, prefix: str) -> dict[str, Any]:
    """Return the settings ``prefix.name`` that were ever set, by name."""
    found = reader.rows("SELECT name, value FROM setting WHERE name LIKE ? || '.%' AND deleted_at IS NULL", (prefix,))
    decoded = json.loads(f"[{','.join([value for _, value in found])}]")  # at once: every save asks for the business
    values = {name.removeprefix(f"{prefix}."): value for (name, _), value in zip(found, decoded, strict=True)}
    return {name: _ENUMS[name](value) if name in _ENUMS else value for name, value in values.items()}


def business(reader: Reader) -> Business:
    """Return who sells; every field that was never set has its default."""
    values = named_values(reader, "business")
    known = {field.name for field in fields(Business)}
    return Business(**{name: value for name, value in values.items() if name in known})


def tax_rates(reader: Reader, day: date | None = None) -> list[TaxRateEntry]:
    """Return the tax rates in the order in which they are printed; those that hold on a day, or all."""
    entries = sorted(reader.find(TaxRateEntry), key=lambda e: (e.position, e.tax_class, e.valid_from, e.label))
    if day is None:
        return entries
    return [e for e in entries if e.valid_from <= day and (e.valid_to is None or day <= e.valid_to)]


def tax_profile(reader: Reader, day: date) -> TaxProfile:
    """Return the tax rules that hold for an order made on a day, with the rates of that day."""
    values = named_values(reader, "tax")
    known = {field.name for field in fields(TaxProfile)} - {"rates"}
    rules: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in values.items() if name in known
    }
    rates = tuple(TaxRate(e.label, e.ppm, e.tax_class) for e in tax_rates(reader, day))
    return TaxProfile(**rules, rates=rates)


def devices(reader: Reader) -> tuple[list[Device], str]:
    """Return the laptops of this book, the oldest first, and the code of the one that this is."""
    found = sorted(reader.find(Device), key=lambda device: device.created_at)
    return found, reader.value("SELECT dev FROM sync_state", (), "")


def has_orders(reader: Reader) -> bool:
    """Say whether anything was ever ordered."""
    return reader.value("SELECT 1 FROM sales_order WHERE deleted_at IS NULL LIMIT 1") is not None
