"""An order and its lines as terms for totals.py: how stored records become sums. No storage, no papers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from directsell.domain.frozen_json import from_json_text, to_json_text
from directsell.domain.money import MICRO, check_int64, currency_digits, round_ratio
from directsell.domain.orders import Order, OrderLine
from directsell.domain.taxes import TaxProfile
from directsell.domain.totals import LineKind, LineTerms, OrderTerms, OrderTotals, compute


def profile_text(profile: TaxProfile) -> str:
    """Return a tax profile as the JSON that is frozen with an order."""
    return to_json_text(profile)


@lru_cache(maxsize=256)
def profile_from(text: str) -> TaxProfile:
    """Return the tax profile frozen with an order.

    Raises:
        DomainError: ``tax.profile`` when the text is not one.
    """
    return from_json_text(TaxProfile, text, code="tax.profile")


def line_terms(line: OrderLine) -> LineTerms:
    """Return what is agreed about a line."""
    return LineTerms(
        quantity=line.quantity,
        unit_price=line.unit_price,
        kind=LineKind(line.kind),
        discount_ppm=line.discount_ppm,
        discount=line.discount,
        tax_class=line.tax_class,
    )


def order_totals(order: Order, lines: Iterable[OrderLine]) -> OrderTotals:
    """Return all sums of an order with its lines (rule D2).

    Raises:
        DomainError: as ``totals.compute``.
    """
    return remembered_totals(order_terms(order), tuple([line_terms(line) for line in lines]))


def order_terms(order: Order) -> OrderTerms:
    """Return what is agreed about an order as a whole."""
    return OrderTerms(
        currency=order.currency,
        profile=profile_from(order.tax_profile),
        standing_discount_ppm=order.customer_discount_ppm,
        discount_ppm=order.discount_ppm,
        discount=order.discount,
        host_credit=order.host_credit,
        shipping=order.shipping,
    )


@lru_cache(maxsize=16)
def remembered_totals(terms: OrderTerms, lines: tuple[LineTerms, ...]) -> OrderTotals:
    """Return ``totals.compute`` of an order that is likely to be asked for again at once, as form, rule and store do.

    Raises:
        DomainError: as ``totals.compute``.
    """
    return compute(lines, terms)


def has_no_extras(terms: OrderTerms) -> bool:
    """Tell whether an order as a whole has neither discount nor host credit nor tax."""
    taxed = terms.profile.rates and not terms.profile.small_business
    reduced = terms.standing_discount_ppm or terms.birthday_discount_ppm or terms.discount_ppm or terms.discount
    return not (taxed or reduced or terms.host_credit)


def plain_total(terms: OrderTerms, lines: Iterable[tuple[int, int]]) -> int:
    """Return the total of an order without extras whose lines are plain sales; the same as that of ``compute``.

    Args:
        terms: of an order that ``has_no_extras``.
        lines: quantity and unit price of each line in millionths, without discounts.

    Raises:
        DomainError: ``money.unknown_currency``, ``number.too_large``.
    """
    unit = MICRO * 10 ** (6 - currency_digits(terms.currency))
    rounding = terms.profile.rounding
    amounts = [round_ratio(quantity * price, unit, rounding) for quantity, price in lines]
    return check_int64(terms.shipping + sum(amounts))
