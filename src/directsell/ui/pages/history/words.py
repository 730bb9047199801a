"""What changed, in words: names, values and steps of the history. The lists of names are in names.py; no widgets here."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from directsell.domain.errors import DomainError
from directsell.domain.money import currency_digits
from directsell.i18n import N_, Language, _
from directsell.store.queries.history import HistoryRow, Named, RowChange
from directsell.ui.pages.history.names import FIELDS, TABLES, VALUES
from directsell.ui.session import label_text
from directsell.ui.terms import term

_MINOR = ("discount", "host_credit", "shipping", "total")
_ORIGINS = {
    "undo": (N_("Undone"), "warn"),
    "redo": (N_("Done again"), "info"),
    "revert": (N_("Put back"), "warn"),
    "import": (N_("Import"), "info"),
    "system": (N_("By the program"), "neutral"),
    "sync": (N_("From another laptop"), "info"),
}
_CHANGES = {
    "added": (N_("Added"), "ok"),
    "changed": (N_("Changed"), "info"),
    "removed": (N_("Removed"), "bad"),
    "restored": (N_("Restored"), "ok"),
}


def table_name(table: str) -> str:
    """Return what one record of a table is called."""
    return _(TABLES[table][0]) if table in TABLES else table


def table_icon(table: str) -> str:
    """Return the icon of a table."""
    return TABLES[table][1] if table in TABLES else "database"


def field_name(field: str) -> str:
    """Return what a field is called."""
    return _(FIELDS[field]) if field in FIELDS else field


def origin_chip(row: HistoryRow) -> tuple[str, str]:
    """Return words and tone of where a transaction came from; empty words for the user's own work."""
    words, tone = _ORIGINS.get(row.origin, ("", "neutral"))
    return _(words) if words else "", tone


def change_chip(change: RowChange) -> tuple[str, str]:
    """Return words and tone of what happened to a record."""
    words, tone = _CHANGES[change.kind]
    return _(words), tone


def step_text(row: HistoryRow) -> str:
    """Return what a transaction did, in words."""
    params = dict(row.params)
    inner = params.pop("label", None)
    if isinstance(inner, str):
        return _("Put back: {step}").format(step=label_text(inner, params))
    return label_text(row.label, params) or _("Change")


def value_text(language: Language, change: RowChange, field: str, value: object) -> str:
    """Return a value as people read it: dates and amounts in the window's language, ids as names."""
    if value is None or value == "":
        return "–"
    special = _special(language, change, field, value)
    return _plain(language, value) if special is None else special


def _special(language: Language, change: RowChange, field: str, value: Any) -> str | None:
    """What the field says about its value, beyond its type."""
    if field.endswith("ppm") and isinstance(value, int):
        return language.percent(value)
    money = field in _MINOR or (field == "amount" and change.table == "payment")
    if money and isinstance(value, int) and change.currency:
        return _money(language, value, change.currency)
    if field in ("unit_price", "wholesale", "amount") and isinstance(value, Decimal):
        return language.price_amount(value, change.currency or "USD")
    if field == "birthday" and isinstance(value, str):
        return _birthday(language, value)
    if change.table == "setting" and field == "value" and isinstance(value, str):
        return _setting(language, value)
    return None


def _plain(language: Language, value: object) -> str:
    if isinstance(value, Named):
        return value.name or table_name(value.table)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, StrEnum):
        return _choice(value)
    if isinstance(value, datetime):
        return language.datetime(value)
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, time):
        return language.time(value)
    if isinstance(value, Decimal | int):
        return language.number(value)
    return str(value)


def _choice(value: StrEnum) -> str:
    try:
        return term(value)
    except KeyError:
        return _(VALUES[value]) if value in VALUES else str(value)


def _money(language: Language, minor: int, currency: str) -> str:
    try:
        currency_digits(currency)
    except DomainError:
        return language.number(minor)
    return language.money(minor, currency)


def _birthday(language: Language, text: str) -> str:
    try:
        if text.startswith("--"):
            return f"{language.date(date.fromisoformat(f'2000{text[1:]}')).replace('2000', '').strip(' ,./')}"
        return language.date(date.fromisoformat(text))
    except ValueError:
        return text


def _setting(language: Language, text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, bool | int):
        return _plain(language, value)
    return value or "–" if isinstance(value, str) else text
