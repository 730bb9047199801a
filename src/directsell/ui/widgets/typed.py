"""Fields that read numbers, amounts and days the way the window's language writes them. Made from a session; no layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from directsell.domain.errors import DomainError
from directsell.domain.money import PPM, currency_digits, micros, percent_to_ppm, ppm_to_percent, to_minor
from directsell.i18n import Language, _
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.widgets.fields import DateField, InputError, MoneyField, ParsedField, PercentField

V = TypeVar("V")
_LARGEST_PRICE = Decimal(10**9)
_LARGEST_QUANTITY = Decimal(10**6)


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount as it is typed: parts per million, or minor units; one of the two is 0."""

    ppm: int = 0
    amount: int = 0

    def __bool__(self) -> bool:
        return bool(self.ppm or self.amount)


def understand(parse: Callable[[str], V]) -> Callable[[str], V]:
    """Return a parser for fields: refusals of the domain become the sentence under the field."""

    def read(text: str) -> V:
        try:
            return parse(text)
        except DomainError as error:
            raise InputError(sentence(error) or str(error)) from error

    return read


def parse_amount(language: Language, text: str, currency: str) -> int:
    """Return a typed amount in minor units; a currency sign beside it is allowed.

    Raises:
        InputError: more decimals than the currency has.
        DomainError: no number.
    """
    plain = text.replace(language.currency_symbol(currency), "").replace(currency, "").strip()
    value = language.parse_decimal(plain)
    digits = currency_digits(currency)
    if value != round(value, digits):
        raise InputError(_("This currency has {digits} decimals.").format(digits=digits))
    return to_minor(value, currency)


def parse_price(language: Language, text: str) -> Decimal:
    """Return a typed unit price in major units.

    Raises:
        InputError: it is negative or unreasonably high.
        DomainError: no number, or more than six decimals.
    """
    value = language.parse_decimal(text)
    micros(value)
    if value < 0:
        raise InputError(_("A price cannot be negative."))
    if value > _LARGEST_PRICE:
        raise InputError(_("This number is too large."))
    return value


def parse_quantity(language: Language, text: str) -> Decimal:
    """Return a typed quantity; negative for goods that come back.

    Raises:
        InputError: it is zero or unreasonably large.
        DomainError: no number, or more than six decimals.
    """
    value = language.parse_decimal(text)
    micros(value)
    if not value:
        raise InputError(_("Enter a quantity, or remove the line."))
    if abs(value) > _LARGEST_QUANTITY:
        raise InputError(_("This number is too large."))
    return value


def parse_discount(language: Language, text: str, currency: str) -> Discount:
    """Return a typed discount: ``10 %`` is a share, ``5.00`` an amount of money; a leading minus is ignored.

    Raises:
        InputError: over 100 %.
        DomainError: no number.
    """
    plain = text.strip().lstrip("-−").strip()
    if "%" not in plain:
        return Discount(amount=parse_amount(language, plain, currency))
    ppm = percent_to_ppm(language.parse_decimal(plain.replace("%", "").strip()))
    if not 0 <= ppm <= PPM:
        raise InputError(_("A discount lies between 0 and 100 %."))
    return Discount(ppm=ppm)


def write_discount(language: Language, discount: Discount, currency: str) -> str:
    """Return a discount as it stands in its field; "" for none."""
    if discount.ppm:
        return language.percent(discount.ppm)
    return language.amount(discount.amount, currency) if discount.amount else ""


def amount_field(session: Session, currency: str, *, required: bool = False, placeholder: str = "") -> MoneyField[int]:
    """Return a field for an amount in minor units."""
    language = session.language
    return MoneyField(
        understand(lambda text: parse_amount(language, text, currency)),
        lambda minor: language.amount(minor, currency),
        unit=language.currency_symbol(currency),
        required=required,
        placeholder=placeholder,
    )


def amount_width(session: Session, currency: str) -> int:
    """Return how wide a field for an amount is where sums stand below each other, in pixels: a long sign needs more."""
    return 124 + 8 * (len(session.language.currency_symbol(currency)) - 1)


def price_field(
    session: Session, currency: str, *, required: bool = False, unit: bool = True, placeholder: str = ""
) -> MoneyField[Decimal]:
    """Return a field for a unit price in major units."""
    language = session.language
    return MoneyField(
        understand(lambda text: parse_price(language, text)),
        lambda value: language.price_amount(value, currency),
        unit=language.currency_symbol(currency) if unit else "",
        required=required,
        placeholder=placeholder,
    )


def discount_field(session: Session, currency: str) -> ParsedField[Discount]:
    """Return a field for a discount as a percentage or an amount."""
    language = session.language
    return ParsedField(
        understand(lambda text: parse_discount(language, text, currency)),
        lambda discount: write_discount(language, discount, currency),
        wrong=_("Enter a percentage like 10 % or an amount."),
        placeholder="–",
        end=True,
    )


def percent_field(session: Session, *, required: bool = False, discount: bool = False) -> PercentField[int]:
    """Return a field for a rate in parts per million; a discount lies between nothing and all."""
    language = session.language

    def parse(text: str) -> int:
        ppm = percent_to_ppm(language.parse_decimal(text.replace("%", "").strip()))
        if discount and not 0 <= ppm <= PPM:
            raise InputError(_("A discount lies between 0 and 100 %."))
        return ppm

    return PercentField(understand(parse), lambda ppm: language.number(ppm_to_percent(ppm)), required=required)


def count_field(session: Session, *, unit: str = "", required: bool = False, most: int = 100_000) -> ParsedField[int]:
    """Return a field for a whole number from 0 on."""
    language = session.language

    def parse(text: str) -> int:
        number = language.parse_decimal(text)
        if number != int(number) or not 0 <= number <= most:
            raise InputError(_("Enter a whole number."))
        return int(number)

    return ParsedField(
        understand(parse), language.number, wrong=_("Enter a whole number."), unit=unit, required=required, end=True
    )


def date_field(session: Session, *, required: bool = False) -> DateField:
    """Return a field for a day."""
    language = session.language

    def parse(text: str) -> date:
        return language.parse_date(text, session.today())

    return DateField(understand(parse), lambda day: language.date(day, "short"), session.today, required=required)
