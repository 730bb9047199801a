"""The sums of an order, from its lines to its total (rule D2). Pure integers; no payments, no papers, no storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from directsell.domain.errors import DomainError
from directsell.domain.money import MICRO, PPM, allocate, check_int64, currency_digits, micros, percent_of, round_ratio
from directsell.domain.taxes import STANDARD, GoodsBase, TaxLevel, TaxProfile, TaxRate, component_taxes


class LineKind(StrEnum):
    """What a line costs: its price, nothing, half of it, or its price against the host's credit."""

    SALE = "sale"
    GIFT = "gift"
    SAMPLE = "sample"
    HALF_PRICE = "half_price"
    HOST_CREDIT = "host_credit"


_FREE = frozenset({LineKind.GIFT, LineKind.SAMPLE})
_Components = tuple[tuple[str, int], ...]  # (label, ppm) of the taxes that apply together


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTerms:
    """What is agreed about one line.

    Args:
        quantity: at most six decimals; negative for goods that come back.
        unit_price: the price tag in major units, at most six decimals.
        kind: see ``LineKind``.
        discount_ppm: the line's own discount, 0 to 1_000_000; or
        discount: the same in minor units, never negative (it follows the sign of the line).
        taxes: the components as frozen with the order; () is untaxed, None takes them from the profile.
        tax_class: the class that is looked up when ``taxes`` is None.
        discountable: whether discounts on the whole order reach this line (a gift certificate keeps its value).
    """

    quantity: Decimal
    unit_price: Decimal
    kind: LineKind = LineKind.SALE
    discount_ppm: int = 0
    discount: int = 0
    taxes: tuple[TaxRate, ...] | None = None
    tax_class: str = STANDARD
    discountable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """What is agreed about the whole order; amounts are minor units of ``currency``.

    Args:
        currency: ISO 4217 code.
        profile: the tax rules.
        standing_discount_ppm: the customer's standing discount; of this and
        birthday_discount_ppm: the larger is given, never both (rule D2).
        discount_ppm: discount on the order, on what the customer's discount leaves; or
        discount: the same as an amount, never negative (it follows the sign of the goods).
        host_credit: credit to spend, never negative; it pays HOST_CREDIT lines only, and never change (rule D9).
        shipping: charge for shipping; negative when it is refunded. No discount touches it.
        shipping_taxes: as for a line; None takes them from the profile.
    """

    currency: str
    profile: TaxProfile
    standing_discount_ppm: int = 0
    birthday_discount_ppm: int = 0
    discount_ppm: int = 0
    discount: int = 0
    host_credit: int = 0
    shipping: int = 0
    shipping_taxes: tuple[TaxRate, ...] | None = None


@dataclass(frozen=True, slots=True)
class LineTotals:
    """The sums of a line in minor units.

    ``retail`` is quantity x price tag, ``amount`` what this kind of line costs before discounts, ``discount`` its own
    discount, ``order_discount`` and ``host_credit`` its shares, ``net`` what is left to pay (with the tax inside if
    prices include it), ``taxable`` the value that is taxed, ``tax`` its tax if taxes are rounded per line, else None.
    """

    retail: int
    amount: int
    discount: int
    order_discount: int
    host_credit: int
    net: int
    taxable: int
    tax: int | None


@dataclass(frozen=True, slots=True)
class TaxSum:
    """One tax line of a document: ``base`` is without the tax, also where prices include it."""

    label: str
    ppm: int
    base: int
    tax: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTotals:
    """The sums of an order in minor units of ``currency``.

    ``amount`` - ``line_discount`` - ``customer_discount`` - ``order_discount`` - ``host_credit`` = ``goods``;
    ``total`` = ``goods`` + ``shipping`` (+ ``tax`` unless prices include it) = ``net`` + ``tax``. ``shipping_tax`` is
    the tax on shipping by itself, for information. ``exempt`` is what carries no tax component, shipping included.
    ``host_credit_unspent`` is credit that found no goods. ``exemption_note`` is the key of the sentence to print.
    """

    currency: str
    lines: tuple[LineTotals, ...]
    amount: int
    line_discount: int
    customer_discount: int
    order_discount: int
    host_credit: int
    host_credit_unspent: int
    goods: int
    shipping: int
    shipping_tax: int
    taxes: tuple[TaxSum, ...]
    tax: int
    exempt: int
    net: int
    total: int
    exemption_note: str


@dataclass(frozen=True, slots=True)
class _Price:
    """A line after its own discount."""

    retail: int
    amount: int
    discount: int
    left: int
    components: _Components


def compute(lines: Sequence[LineTerms], terms: OrderTerms) -> OrderTotals:
    """Return all sums of an order, calculated in the order of rule D2.

    Line amounts, line discounts, discounts on the order spread over the lines, host credit, taxable base, tax,
    shipping. Negated quantities and shipping give exactly the negated sums.

    Raises:
        DomainError: with the field that is wrong, and for a line its number from 1 as ``line``: ``discount.negative``,
            ``discount.too_large``, ``discount.both``, ``host_credit.negative``, ``number.invalid``,
            ``number.too_precise``, ``number.too_large``, ``tax.unknown_class``, ``money.unknown_currency``.
    """
    profile = terms.profile
    priced = _priced(lines, terms)
    customer_discount, order_discount, shares = _order_discounts(lines, priced, terms)
    left = [price.left - share for price, share in zip(priced, shares, strict=True)]
    credit, credits = _host_credit(lines, left, terms)
    results: list[LineTotals] = []
    taxed: list[tuple[_Components, int]] = []
    exempt = 0
    for line, price, share, rest, paid_by_credit in zip(lines, priced, shares, left, credits, strict=True):
        net = rest - paid_by_credit
        taxable = _taxable(line.kind, price, net, paid_by_credit, profile)
        if not price.components:
            exempt += net
        elif line.kind not in _FREE:
            taxed.append((price.components, taxable))
        tax = _tax(price.components, taxable, profile) if profile.level is TaxLevel.LINE else None
        results.append(LineTotals(price.retail, price.amount, price.discount, share, paid_by_credit, net, taxable, tax))
    shipping = _keys(_shipping_taxes(terms)) if terms.shipping else ()
    if shipping:
        taxed.append((shipping, terms.shipping))
    else:
        exempt += terms.shipping
    taxes = _tax_sums(taxed, profile)
    tax = sum([part.tax for part in taxes])
    goods = sum([line.net for line in results])
    paid = goods + terms.shipping
    total = check_int64(paid if profile.prices_include_tax else paid + tax)
    return OrderTotals(
        currency=terms.currency,
        lines=tuple(results),
        amount=check_int64(sum([price.amount for price in priced])),
        line_discount=sum([price.discount for price in priced]),
        customer_discount=customer_discount,
        order_discount=order_discount,
        host_credit=credit,
        host_credit_unspent=terms.host_credit - abs(credit),
        goods=goods,
        shipping=terms.shipping,
        shipping_tax=_tax(shipping, terms.shipping, profile),
        taxes=taxes,
        tax=tax,
        exempt=exempt,
        net=total - tax,
        total=total,
        exemption_note=profile.exemption_note if profile.small_business else "",
    )


def customer_discount(standing_ppm: int, birthday_ppm: int) -> int:
    """Return the discount a customer gets: the larger of the two, never both (rule D2)."""
    return max(standing_ppm, birthday_ppm)


def returned(lines: Sequence[LineTerms], terms: OrderTerms) -> tuple[tuple[LineTerms, ...], OrderTerms]:
    """Return the terms under which everything comes back: ``compute`` of them is exactly the negative."""
    back = tuple(replace(line, quantity=line.quantity.copy_negate()) for line in lines)
    return back, replace(terms, shipping=-terms.shipping)


def split_kit(price_minor: int, component_prices: Sequence[int]) -> tuple[int, ...]:
    """Return the revenue of each component of a kit, spread by component price (rule D18); the sum is exact."""
    return allocate(price_minor, component_prices)


def _priced(lines: Sequence[LineTerms], terms: OrderTerms) -> list[_Price]:
    digits = currency_digits(terms.currency)
    known: dict[str, _Components] = {}
    priced = []
    for number, line in enumerate(lines, 1):
        try:
            priced.append(_price(line, digits, terms.profile, known))
        except DomainError as error:
            raise DomainError(error.code, field=error.field, **{**error.params, "line": number}) from error
    return priced


def _price(line: LineTerms, digits: int, profile: TaxProfile, known: dict[str, _Components]) -> _Price:
    quantity, unit = _micros(line.quantity, "quantity"), _micros(line.unit_price, "unit_price")
    amount = retail = check_int64(
        round_ratio(quantity * unit, MICRO * 10 ** (6 - digits), profile.rounding), field="quantity"
    )
    if line.kind in _FREE:
        amount = 0
    elif line.kind is LineKind.HALF_PRICE:
        half = round_ratio(unit, 2 * 10 ** (6 - digits), profile.rounding)
        amount = round_ratio(quantity * half, MICRO, profile.rounding)
    discount = _discount(amount, line.discount_ppm, line.discount, profile, "discount")
    if line.taxes is not None:
        components = () if profile.small_business else _keys(line.taxes)
    elif line.tax_class in known:
        components = known[line.tax_class]
    else:
        components = known[line.tax_class] = _keys(profile.components(line.tax_class))
    return _Price(retail, amount, discount, amount - discount, components)


def _micros(value: Decimal, field: str) -> int:
    try:
        return micros(value)
    except DomainError as error:
        raise DomainError(error.code, field=field, **error.params) from error


def _discount(base: int, ppm: int, amount: int, profile: TaxProfile, field: str) -> int:
    """Return a discount on a base, with the sign of the base."""
    if not ppm and not amount:
        return 0
    if ppm < 0 or amount < 0:
        raise DomainError("discount.negative", field=field)
    if ppm and amount:
        raise DomainError("discount.both", field=field)
    if ppm > PPM or amount > abs(base):
        raise DomainError("discount.too_large", field=field)
    if ppm:
        return percent_of(base, ppm, profile.rounding)
    return amount if base > 0 else -amount


def _order_discounts(
    lines: Sequence[LineTerms], priced: Sequence[_Price], terms: OrderTerms
) -> tuple[int, int, tuple[int, ...]]:
    """Return the customer's discount, the order's discount, and the share of both for each line."""
    profile = terms.profile
    for ppm in (terms.standing_discount_ppm, terms.birthday_discount_ppm):
        _discount(0, ppm, 0, profile, "customer_discount")
    weights = [price.left if line.discountable else 0 for line, price in zip(lines, priced, strict=True)]
    base = sum(weights)
    ppm = customer_discount(terms.standing_discount_ppm, terms.birthday_discount_ppm)
    customers = _discount(base, ppm, 0, profile, "customer_discount")
    orders = _discount(base - customers, terms.discount_ppm, terms.discount, profile, "order_discount")
    return customers, orders, allocate(customers + orders, weights)


def _host_credit(lines: Sequence[LineTerms], left: Sequence[int], terms: OrderTerms) -> tuple[int, tuple[int, ...]]:
    """Return the credit that is spent and the share of each line; what exceeds the goods stays unspent."""
    if terms.host_credit < 0:
        raise DomainError("host_credit.negative", field="host_credit")
    weights = [rest if line.kind is LineKind.HOST_CREDIT else 0 for line, rest in zip(lines, left, strict=True)]
    base = sum(weights)
    spent = min(terms.host_credit, abs(base))
    spent = spent if base > 0 else -spent
    return spent, allocate(spent, weights)


def _taxable(kind: LineKind, price: _Price, net: int, paid_by_credit: int, profile: TaxProfile) -> int:
    """Return the value of a line that is taxed: what is paid, or for host goods the full price (rules D6, D9)."""
    if kind is LineKind.HOST_CREDIT and profile.host_goods_base is GoodsBase.FULL_PRICE:
        return net + paid_by_credit
    if kind is LineKind.HALF_PRICE and profile.half_price_base is GoodsBase.FULL_PRICE:
        return net + price.retail - price.amount
    return net


def _shipping_taxes(terms: OrderTerms) -> tuple[TaxRate, ...]:
    profile = terms.profile
    if terms.shipping_taxes is None:
        return profile.shipping_components()
    return terms.shipping_taxes if profile.shipping_taxed and not profile.small_business else ()


def _keys(taxes: Sequence[TaxRate]) -> _Components:
    return tuple([(rate.label, rate.ppm) for rate in taxes])


def _tax(components: _Components, base: int, profile: TaxProfile) -> int:
    return sum(component_taxes(base, [ppm for _, ppm in components], profile))


def _tax_sums(taxed: Sequence[tuple[_Components, int]], profile: TaxProfile) -> tuple[TaxSum, ...]:
    """Return one sum per label and rate, in the order in which they first appear."""
    bases: dict[tuple[str, int], int] = {}
    taxes: dict[tuple[str, int], int] = {}
    groups = taxed if profile.level is TaxLevel.LINE else _rounded_together(taxed, profile)
    for components, base in groups:
        parts = component_taxes(base, [ppm for _, ppm in components], profile)
        net = base - sum(parts) if profile.prices_include_tax else base
        for component, tax in zip(components, parts, strict=True):
            bases[component] = bases.get(component, 0) + net
            taxes[component] = taxes.get(component, 0) + tax
    return tuple([TaxSum(label, ppm, base, taxes[label, ppm]) for (label, ppm), base in bases.items()])


def _rounded_together(
    taxed: Sequence[tuple[_Components, int]], profile: TaxProfile
) -> Sequence[tuple[_Components, int]]:
    """Merge what is rounded once per document (rule D3).

    Added tax: all that carries a component. Tax inside: all that carries the same components, because how much of a
    gross amount is net depends on them together.
    """
    merged: dict[_Components, int] = {}
    for components, base in taxed:
        for key in (components,) if profile.prices_include_tax else [(component,) for component in components]:
            merged[key] = merged.get(key, 0) + base
    return list(merged.items())
