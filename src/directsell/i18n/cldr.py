"""Makes Formats from Babel's copy of CLDR: for the shipped files, and at run time for a locale without a file.

The only module of the program that imports Babel's locale data. Run as a program it writes the shipped files:
``python -m directsell.i18n.cldr FOLDER``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import time
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_time
from babel.numbers import NumberPattern, get_currency_name, get_currency_symbol

from directsell.domain.money import CURRENCIES
from directsell.i18n.formats import SHIPPED, Affixes, Formats

_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # groupings and test regions


def build_formats(tag: str) -> Formats | None:
    """Return what CLDR knows of a locale, or None when it does not know it."""
    # Babel resolves an alias inside data that all locales share, so the second locale would get the first one's names.
    localedata._cache.clear()
    try:
        locale = Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return None
    symbols = _western_symbols(locale)
    number: NumberPattern = locale.decimal_formats[None]
    months, days = locale.months, locale.days
    return Formats(
        tag=str(locale),
        name=_capital(locale.get_display_name(locale) or tag),
        language_name=_capital(locale.get_language_name(locale) or tag),
        rtl=locale.text_direction == "rtl",
        week_start=locale.first_week_day,
        decimal=symbols["decimal"],
        group=symbols["group"],
        currency_decimal=symbols.get("currencyDecimal", symbols["decimal"]),
        currency_group=symbols.get("currencyGroup", symbols["group"]),
        lakh=number.grouping == (3, 2),
        number=_affixes(number, symbols),
        percent=_affixes(locale.percent_formats[None], symbols),
        currency=_affixes(locale.currency_formats["standard"], symbols),
        symbols={code: symbol for code in CURRENCIES if (symbol := get_currency_symbol(code, locale=locale)) != code},
        currency_names={code: str(get_currency_name(code, locale=locale)) for code in CURRENCIES},
        countries={
            code: name
            for code, name in sorted(locale.territories.items())
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
        },
        dates={style: _pattern(locale.date_formats[style]) for style in ("short", "medium", "long", "full")},
        time=_pattern(locale.time_formats["short"]),
        date_and_time=str(locale.datetime_formats["medium"]),
        months=_names(months["format"]["wide"], 1),
        months_short=_names(months["format"]["abbreviated"], 1),
        months_alone=_names(months["stand-alone"]["wide"], 1),
        months_alone_short=_names(months["stand-alone"]["abbreviated"], 1),
        days=_names(days["format"]["wide"], 0),
        days_short=_names(days["format"]["abbreviated"], 0),
        days_alone=_names(days["stand-alone"]["wide"], 0),
        days_alone_short=_names(days["stand-alone"]["abbreviated"], 0),
        day_periods=[format_time(time(hour), "a", locale=locale) for hour in (9, 21)],
    )


def _western_symbols(locale: Locale) -> dict[str, str]:
    """Return the marks that go with the digits 0-9, which every language of today reads."""
    found: dict[str, str] = locale.number_symbols.get("latn") or locale.number_symbols[locale.default_numbering_system]
    return found


def _affixes(pattern: NumberPattern, symbols: dict[str, str]) -> Affixes:
    """Return the affixes of a pattern with the locale's own minus and percent signs in their places."""

    def own(text: str) -> str:
        return text.replace("-", symbols["minusSign"]).replace("%", symbols["percentSign"])

    (lead, negative_lead), (tail, negative_tail) = pattern.prefix, pattern.suffix
    return Affixes(own(lead), own(tail), own(negative_lead), own(negative_tail))


def _pattern(found: Any) -> str:
    return str(found.pattern)


def _names(found: Any, first: int) -> list[str]:
    return [str(found[index]) for index in range(first, first + len(found))]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def write_formats(folder: Path) -> None:
    """Write a file for each shipped locale."""
    folder.mkdir(parents=True, exist_ok=True)
    for tag in SHIPPED:
        formats = build_formats(tag)
        if formats is None:
            raise LookupError(tag)
        text = json.dumps(asdict(formats), ensure_ascii=False, indent=0, separators=(",", ":"))
        (folder / f"{tag}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_formats(Path(sys.argv[1]))
