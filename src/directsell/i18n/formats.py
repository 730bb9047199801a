"""How a locale writes numbers, money and dates: plain data from generated files. Nothing is formatted here."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

DEFAULT_TAG = "en_US"

# The locales with a file in resources/formats; the first of a language serves when its country is not known.
SHIPPED = (
    "en_US", "en_GB", "en_AU", "en_CA", "en_IE", "en_IN", "en_NZ", "en_ZA",
    "de_DE", "de_AT", "de_CH", "fr_FR", "fr_BE", "fr_CA", "fr_CH", "es_ES", "es_MX", "it_IT", "it_CH",
    "pt_BR", "pt_PT", "nl_NL", "nl_BE", "pl_PL", "cs_CZ", "hu_HU", "sv_SE", "da_DK", "nb_NO", "fi_FI",
    "tr_TR", "ar", "he", "ja_JP",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Affixes:
    """What stands around the digits: before and after a positive, before and after a negative number.

    ``\u00a4`` stands for the currency's symbol.
    """

    lead: str
    tail: str
    negative_lead: str
    negative_tail: str


@dataclass(frozen=True, slots=True)
class Formats:
    """One locale's habits, as CLDR records them; the JSON files hold exactly these fields.

    Attributes:
        tag: the locale, e.g. ``"de_AT"``.
        name: its own name for itself, e.g. ``"Deutsch (\u00d6sterreich)"``.
        language_name: the language's name for itself.
        rtl: whether it is written from right to left.
        week_start: first day of the week, Monday = 0.
        decimal: decimal mark of plain numbers; ``currency_decimal`` of money.
        group: mark between groups of digits; ``currency_group`` in money.
        lakh: groups of two above the thousands (12,34,567).
        number: affixes of plain numbers; ``percent`` of percentages; ``currency`` of money.
        symbols: ISO 4217 code -> symbol, where it is not the code itself.
        currency_names: ISO 4217 code -> name.
        countries: ISO 3166 code -> name.
        dates: CLDR patterns for short, medium, long, full.
        time: CLDR pattern of hours and minutes.
        date_and_time: how they are joined; ``{1}`` is the date, ``{0}`` the time.
        months: names within a date, January first; ``months_short`` abbreviated.
        months_alone, months_alone_short: names that stand alone.
        days: names within a date, Monday first; ``days_short`` abbreviated.
        days_alone, days_alone_short: names that stand alone.
        day_periods: before and after noon.
    """

    tag: str
    name: str
    language_name: str
    rtl: bool
    week_start: int
    decimal: str
    group: str
    currency_decimal: str
    currency_group: str
    lakh: bool
    number: Affixes
    percent: Affixes
    currency: Affixes
    symbols: dict[str, str]
    currency_names: dict[str, str]
    countries: dict[str, str]
    dates: dict[str, str]
    time: str
    date_and_time: str
    months: list[str]
    months_short: list[str]
    months_alone: list[str]
    months_alone_short: list[str]
    days: list[str]
    days_short: list[str]
    days_alone: list[str]
    days_alone_short: list[str]
    day_periods: list[str]


def from_json(text: str) -> Formats:
    """Return the formats that a file holds."""
    data = json.loads(text)
    for name in ("number", "percent", "currency"):
        data[name] = Affixes(**data[name])
    return Formats(**{field.name: data[field.name] for field in fields(Formats)})
