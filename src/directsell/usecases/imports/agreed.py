"""What past sales cost in the book, line by line and summed up, and whose country a word means. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Context, Decimal
from functools import lru_cache

from directsell.domain.money import PPM, currency_digits, from_minor, micros, percent_of, round_ratio
from directsell.exchange.sales import SaleDocument, SaleLine
from directsell.i18n import Language

_PPM_OF_PERCENT = Decimal(PPM // 100)
_ONE = Decimal(1)
_MICRO = Decimal("0.000001")
_WIDE = Context(prec=80)
_LANGUAGES = ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "nl_NL")


@dataclass(slots=True)
class Sums:
    """Sums of sales in one currency.

    Attributes:
        currency: of the amounts.
        documents, lines: how many.
        total: exact sum of what the file says, in major units.
        stored: the same as the book keeps it: every line rounded to the currency, minor units.
        by_month: exact totals by ISO month.
    """

    currency: str
    documents: int = 0
    lines: int = 0
    total: Decimal = Decimal(0)
    stored: int = 0
    by_month: dict[str, Decimal] = field(default_factory=dict)

    @property
    def rounding(self) -> Decimal:
        """``total`` - ``stored`` in major units: what prices of more decimals than the currency made."""
        return self.total - from_minor(self.stored, self.currency)

    def add(self, document: SaleDocument, stored: int) -> None:
        """Count a document whose lines are stored with ``stored`` minor units."""
        self.documents += 1
        self.lines += len(document.lines)
        amount = document.total
        self.total += amount
        self.stored += stored
        month = document.moment.date().isoformat()[:7]
        self.by_month[month] = self.by_month.get(month, Decimal(0)) + amount


def sums_of(documents: Iterable[SaleDocument], currency: str) -> tuple[Sums, ...]:
    """Return the sums of documents for each currency, that of most documents first.

    Args:
        documents: whose amounts fit into an order.
        currency: of documents that name none.
    """
    found: dict[str, Sums] = {}
    for document in documents:
        code = document.currency or currency
        digits = currency_digits(code)
        if code not in found:
            found[code] = Sums(code)
        found[code].add(document, sum(agreed_line(line, digits)[3] for line in document.lines))
    return ranked(found)


def ranked(sums: dict[str, Sums]) -> tuple[Sums, ...]:
    """Return sums by the number of their documents, with their months in order."""
    for item in sums.values():
        item.by_month = dict(sorted(item.by_month.items()))
    return tuple(sorted(sums.values(), key=lambda item: -item.documents))


def agreed_line(line: SaleLine, digits: int) -> tuple[Decimal, Decimal, int, int]:
    """Return quantity, unit price, discount (ppm) and amount (minor units) under which a line is stored.

    The file's own total of a line is what was paid. Where quantity x price less discount does not make it (a tax was
    added, an amount was taken off), the price is what one piece of that total costs, and no discount is kept.

    Args:
        line: the line as read.
        digits: decimals of the currency.
    """
    ppm = int(line.discount * _PPM_OF_PERCENT) if line.discount else 0
    amount = _amount(line.quantity, line.unit_price, ppm, digits)
    if line.amount == _exact(line):  # asked first, it is the quicker question
        return line.quantity, line.unit_price, ppm, amount
    wanted = _minor(line.amount, digits)
    if amount == wanted:
        return line.quantity, line.unit_price, ppm, amount
    quantity = line.quantity or _ONE
    price = _WIDE.divide(line.amount, quantity).quantize(_MICRO, context=_WIDE)
    if _amount(quantity, price, 0, digits) != wanted:  # a huge quantity: six decimals of a price are not enough
        quantity, price = _ONE, line.amount.quantize(_MICRO, context=_WIDE)
    return quantity, price, 0, _amount(quantity, price, 0, digits)


def _exact(line: SaleLine) -> Decimal:
    """Return quantity x price less discount, not rounded."""
    gross = _WIDE.multiply(line.quantity, line.unit_price)
    return _WIDE.multiply(gross, _ONE - line.discount.scaleb(-2)) if line.discount else gross


def _minor(amount: Decimal, digits: int) -> int:
    numerator, denominator = amount.as_integer_ratio()
    return round_ratio(numerator * 10**digits, denominator)


def _amount(quantity: Decimal, price: Decimal, ppm: int, digits: int) -> int:
    """Return what ``totals.compute`` makes of a line (rule D2)."""
    amount = round_ratio(micros(quantity) * micros(price), 10 ** (12 - digits))
    return amount - percent_of(amount, ppm) if ppm else amount


@lru_cache(maxsize=512)
def country_code(text: str) -> str:
    """Return the two letters of a country named in one of the large languages; the text itself when unknown."""
    word = text.strip()
    if len(word) == 2:
        return word.upper()
    return _names().get(word.casefold(), word)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = {"usa": "US", "u.s.a.": "US", "uk": "GB", "great britain": "GB", "england": "GB", "eire": "IE", "rsa": "ZA"}
    for tag in _LANGUAGES:
        names |= {name.casefold(): code for code, name in Language.load(tag).formats.countries.items()}
    return names
