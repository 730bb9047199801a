"""One language of one country: its words, and how it writes and reads money, numbers and dates. No Qt, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache
from gettext import NullTranslations
from typing import Final, Literal, NamedTuple

from directsell.domain.errors import DomainError
from directsell.domain.money import currency_digits, parse_decimal, ppm_to_percent
from directsell.i18n.catalogues import PSEUDO_LANGUAGE, load_words
from directsell.i18n.formats import Affixes, Formats
from directsell.i18n.locales import load_formats, normalise
from directsell.i18n.patterns import date_order, write_date, write_time
from directsell.i18n.typed_dates import fold, read_date

DateStyle = Literal["short", "medium", "long", "full"]

_BLANKS: Final = "\u00a0\u202f \u2009"
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)


class _MoneyShape(NamedTuple):
    """All that one currency needs in one language, worked out once."""

    affixes: Affixes
    unit: int  # minor units in a major one
    width: int  # digits behind the mark


class Language:
    """A language as one country writes it; get one from ``Language.load``.

    Attributes:
        tag: what was asked for, normalised, e.g. ``"de_AT"``.
        code: the language alone, e.g. ``"de"``.
        name: its name in itself, e.g. ``"Deutsch"``.
        rtl: whether it is written from right to left.
        week_start: first day of the week, Monday = 0.
        formats: the locale's data.
    """

    def __init__(self, tag: str, formats: Formats) -> None:
        self.tag = tag
        self.code = tag.partition("_")[0]
        self.name = formats.language_name
        self.rtl = formats.rtl or tag == PSEUDO_LANGUAGE
        self.week_start = formats.week_start
        self.formats = formats
        self._shapes: dict[str, _MoneyShape] = {}
        self._bare_shapes: dict[str, _MoneyShape] = {}

    @staticmethod
    def load(tag: str) -> Language:
        """Return a language, the same object for the same tag; an unknown one is served by its nearest relative.

        Args:
            tag: ``"de_AT"``, ``"de-AT"``, ``"de"``, ``"pt_BR.UTF-8"``, ``"qps"`` (the pseudo language) ...
        """
        return _load(normalise(tag))

    def __repr__(self) -> str:
        return f"Language({self.tag!r})"

    # words

    @cached_property
    def _words(self) -> NullTranslations:
        return load_words(self.code)

    def translate(self, message: str) -> str:
        """Return a message in this language; the message itself where there is no translation."""
        return self._words.gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the message that fits a count, in this language."""
        return self._words.ngettext(singular, plural, n)

    def pgettext(self, context: str, message: str) -> str:
        """Return a message whose meaning depends on a context, in this language."""
        return self._words.pgettext(context, message)

    # numbers

    def money(self, minor: int, currency: str) -> str:
        """Return an amount with its currency, e.g. ``"1.234,50 \u20ac"``.

        Args:
            minor: whole minor units (cents).
            currency: ISO 4217 code.

        Raises:
            DomainError: ``money.unknown_currency``.
        """
        shape = self._shapes.get(currency) or self._money_shape(currency)
        return self._write(minor, shape)

    def amount(self, minor: int, currency: str) -> str:
        """Return an amount without its currency but with the currency's decimals, e.g. ``"1.234,50"``."""
        shape = self._bare_shapes.get(currency)
        if shape is None:
            digits = currency_digits(currency)
            shape = self._bare_shapes[currency] = _MoneyShape(self.formats.number, 10**digits, digits)
        return self._write(minor, shape)

    def price(self, value: Decimal, currency: str) -> str:
        """Return a unit price with its currency: at least the currency's decimals, at most six (``"\u20ac0.1255"``)."""
        affixes = (self._shapes.get(currency) or self._money_shape(currency)).affixes
        return self._decimal(value, currency_digits(currency), 6, affixes, self.formats.currency_decimal)

    def price_amount(self, value: Decimal, currency: str) -> str:
        """Return a unit price without its currency: at least the currency's decimals, at most six."""
        return self._decimal(value, currency_digits(currency), 6, self.formats.number, self.formats.decimal)

    def number(self, value: Decimal | int, max_digits: int = 6, min_digits: int = 0) -> str:
        """Return a number rounded half up to ``max_digits`` decimals, without superfluous zeros beyond ``min_digits``."""
        return self._decimal(Decimal(value), min_digits, max_digits, self.formats.number, self.formats.decimal)

    def quantity(self, value: Decimal | int) -> str:
        """Return a quantity with as many decimals as it has, at most six (``"2,5"``)."""
        return self.number(value, 6)

    def percent(self, ppm: int) -> str:
        """Return a rate given in parts per million as a percentage (77_500 -> ``"7,75 %"``)."""
        return self._decimal(ppm_to_percent(ppm), 0, 4, self.formats.percent, self.formats.decimal)

    def parse_decimal(self, text: str) -> Decimal:
        """Return the number that was typed the way this language writes it; nothing is guessed.

        Raises:
            DomainError: ``number.invalid``, ``number.grouping`` or ``number.too_large``.
        """
        formats = self.formats
        try:
            return self._parse(text, formats.decimal)
        except DomainError:
            if formats.currency_decimal == formats.decimal:
                raise
        return self._parse(text, formats.currency_decimal)  # French Swiss: 12,5 kg but 12.50 francs

    def _parse(self, text: str, mark: str) -> Decimal:
        formats = self.formats
        groups = "".join(dict.fromkeys(formats.group + formats.currency_group + _BLANKS)).replace(mark, "")
        return parse_decimal(text, decimal_mark=mark, group_marks=groups, lakh=formats.lakh)

    def currency_symbol(self, currency: str) -> str:
        """Return the symbol of a currency, the code where it has none here."""
        return self.formats.symbols.get(currency, currency)

    def currency_name(self, currency: str) -> str:
        """Return the name of a currency, e.g. ``"Schweizer Franken"``; the code when unknown."""
        return self.formats.currency_names.get(currency, currency)

    def country_name(self, country: str) -> str:
        """Return the name of a country by its two-letter code; the code when unknown."""
        return self.formats.countries.get(country, country)

    # days and times

    def date(self, day: dt.date, style: DateStyle = "medium") -> str:
        """Return a day; ``"full"`` begins with the weekday."""
        return write_date(day, self.formats.dates[style], self.formats)

    def weekday(self, day: dt.date, *, short: bool = False) -> str:
        """Return the name of a day's weekday."""
        return (self.formats.days_alone_short if short else self.formats.days_alone)[day.weekday()]

    def month(self, day: dt.date) -> str:
        """Return month and year of a day, for headings (``"Dezember 2026"``)."""
        return f"{self.formats.months_alone[day.month - 1]} {day.year}"

    def time(self, moment: dt.time | dt.datetime) -> str:
        """Return hours and minutes as they stand in the value; zones are not converted."""
        return write_time(moment if isinstance(moment, dt.time) else moment.time(), self.formats.time, self.formats)

    def datetime(self, instant: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """Return day and time of an aware instant in a zone (default: the machine's)."""
        local = instant.astimezone(zone)
        return self.formats.date_and_time.replace("{1}", self.date(local.date())).replace("{0}", self.time(local))

    def relative_day(self, day: dt.date, today: dt.date) -> str:
        """Return how far a day is: "today", "tomorrow", "in 3 days", "2 days ago"."""
        distance = (day - today).days
        if distance == 0:
            return self.gettext("today")
        if distance == 1:
            return self.gettext("tomorrow")
        if distance == -1:
            return self.gettext("yesterday")
        if distance > 0:
            return self.ngettext("in {n} day", "in {n} days", distance).format(n=self.number(distance))
        return self.ngettext("{n} day ago", "{n} days ago", -distance).format(n=self.number(-distance))

    gettext = translate  # the name under which the string collector looks for messages

    @property
    def date_order(self) -> str:
        """In which order short dates are written and read: "dmy", "mdy" or "ymd"."""
        return date_order(self.formats.dates["short"])

    def parse_date(self, text: str, today: dt.date) -> dt.date:
        """Return the day that was typed; see ``typed_dates.read_date`` for what is understood.

        Raises:
            DomainError: ``date.invalid``.
        """
        months, days, words = self._date_names
        return read_date(text, today, order=self.date_order, months=months, days=days, words=words)

    @cached_property
    def _date_names(self) -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
        formats = self.formats
        months = {
            fold(name): index
            for names in (formats.months, formats.months_short, formats.months_alone, formats.months_alone_short)
            for index, name in enumerate(names, 1)
        }
        days = {
            fold(name): index
            for names in (formats.days, formats.days_short, formats.days_alone, formats.days_alone_short)
            for index, name in enumerate(names)
        }
        near = {self.gettext("today"): 0, self.gettext("tomorrow"): 1, self.gettext("yesterday"): -1}
        return months, days, {fold(word): distance for word, distance in near.items()}

    # how digits are written

    def _write(self, minor: int, shape: _MoneyShape) -> str:
        affixes, unit, width = shape
        if minor < 0:
            lead, tail, minor = affixes.negative_lead, affixes.negative_tail, -minor
        else:
            lead, tail = affixes.lead, affixes.tail
        if not width:
            return lead + self._grouped(minor, self.formats.currency_group) + tail
        whole, rest = divmod(minor, unit)
        digits = str(whole) if whole < 1000 else self._grouped(whole, self.formats.currency_group)
        return f"{lead}{digits}{self.formats.currency_decimal}{rest:0{width}d}{tail}"

    def _decimal(self, value: Decimal, min_digits: int, max_digits: int, affixes: Affixes, mark: str) -> str:
        rounded = value.quantize(Decimal((0, (1,), -max_digits)), context=_WIDE)
        whole, _, fraction = f"{abs(rounded):f}".partition(".")
        fraction = fraction[:min_digits] + fraction[min_digits:].rstrip("0")
        text = self._grouped(int(whole), self.formats.group) + (mark + fraction if fraction else "")
        if rounded < 0:
            return affixes.negative_lead + text + affixes.negative_tail
        return affixes.lead + text + affixes.tail

    def _grouped(self, whole: int, mark: str) -> str:
        if not self.formats.lakh:
            text = f"{whole:,}"
            return text if mark == "," else text.replace(",", mark)
        high, low = divmod(whole, 1000)
        if not high:
            return str(whole)
        digits = str(high)
        pairs = [digits[max(0, end - 2) : end] for end in range(len(digits), 0, -2)]
        return mark.join([*reversed(pairs), f"{low:03d}"])

    def _money_shape(self, currency: str) -> _MoneyShape:
        digits = currency_digits(currency)
        symbol = self.formats.symbols.get(currency, currency)
        plain = self.formats.currency
        affixes = Affixes(
            _before(plain.lead, symbol),
            _after(plain.tail, symbol),
            _before(plain.negative_lead, symbol),
            _after(plain.negative_tail, symbol),
        )
        shape = self._shapes[currency] = _MoneyShape(affixes, 10**digits, digits)
        return shape


def _before(lead: str, symbol: str) -> str:
    """Put the symbol in front of the digits; letters keep a space from them (CLDR's currency spacing)."""
    space = "\u00a0" if lead.endswith("\u00a4") and symbol[-1:].isalpha() else ""
    return lead.replace("\u00a4", symbol) + space


def _after(tail: str, symbol: str) -> str:
    space = "\u00a0" if tail.startswith("\u00a4") and symbol[:1].isalpha() else ""
    return space + tail.replace("\u00a4", symbol)


@lru_cache(maxsize=64)
def _load(tag: str) -> Language:
    return Language(tag, load_formats(tag))
