"""What a party leaves to the seller: tally, company order, settlement to a net per hour (A.6, A.7). No storage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from directsell.domain.balances import Entry, balance
from directsell.domain.errors import DomainError
from directsell.domain.money import percent_of, round_ratio
from directsell.domain.payments import PaymentMethod
from directsell.domain.taxes import STANDARD, TaxProfile, TaxRate
from directsell.domain.totals import LineKind, LineTerms, OrderTerms, OrderTotals, compute


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One order of the party for the tally, in minor units; guests' orders and the host's are slips alike.

    ``goods`` + ``half_price`` + ``host_goods`` + ``shipping`` + ``tax_added`` = ``total``. ``host_goods`` is what was
    paid beyond the host's credit. Where prices include tax, ``tax_inside`` is in the goods and nothing is added.
    """

    goods: int = 0
    half_price: int = 0
    host_goods: int = 0
    shipping: int = 0
    tax_added: int = 0
    tax_inside: int = 0
    total: int = 0
    payments: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """All slips of a party added up, in minor units.

    The amounts ``by_method`` + ``open`` - ``overpaid`` = ``total``, which is made up as in a slip. Methods stand in the
    order of their enumeration, those without money left out; ROUNDING is money that nobody paid (rule D13).
    """

    slips: int
    goods: int
    half_price: int
    host_goods: int
    shipping: int
    tax_added: int
    tax_inside: int
    total: int
    by_method: tuple[tuple[PaymentMethod, int], ...]
    open: int
    overpaid: int

    def received(self, method: PaymentMethod) -> int:
        """Return what came in by one method."""
        return dict(self.by_method).get(method, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyLine:
    """Something to order from the company.

    Args:
        key: the product's code; lines of one key become one item.
        quantity: pieces.
        unit_price: the retail price tag in major units.
        kind: as it was sold; discounts to customers do not concern the company.
        commission_ppm: the seller's share on this piece; None is that of the terms.
        group: the class of goods; the share is rounded once for each.
        taxes: as for ``totals.LineTerms``.
        tax_class: likewise.
    """

    key: str
    quantity: Decimal
    unit_price: Decimal
    kind: LineKind = LineKind.SALE
    commission_ppm: int | None = None
    group: str = ""
    taxes: tuple[TaxRate, ...] | None = None
    tax_class: str = STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyTerms:
    """How the company charges.

    Args:
        currency: of all amounts.
        profile: the tax rules.
        commission_ppm: the seller's usual share of the retail price.
        host_credit: what the company gives in free goods; beyond it host goods are bought at wholesale.
        shipping: its charges for shipping in minor units, one entry each (one box, direct ship).
        charges_tax: whether it charges tax on retail in advance (rule D5).
    """

    currency: str
    profile: TaxProfile
    commission_ppm: int = 0
    host_credit: int = 0
    shipping: tuple[int, ...] = ()
    charges_tax: bool = True


@dataclass(frozen=True, slots=True)
class CompanyItem:
    """One row of the company order; ``retail`` is the full price of all pieces in minor units."""

    key: str
    quantity: Decimal
    retail: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyOrder:
    """The order to the company and what is owed for it, in minor units.

    ``goods`` + ``half_price`` + ``overage`` + ``shipping`` + ``tax`` = ``owed``.

    Args:
        items: by product, sorted by key.
        retail: guests' goods at full retail.
        commission: the seller's share of it.
        goods: what is left of it to pay.
        half_price: half-price goods less the seller's share of what is paid for them.
        overage: host goods beyond the credit, less the seller's share.
        shipping: sum of the charges.
        tax: tax charged in advance.
        owed: all together.
    """

    items: tuple[CompanyItem, ...]
    retail: int
    commission: int
    goods: int
    half_price: int
    overage: int
    shipping: int
    tax: int
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What the seller pays for a party besides the goods, in minor units."""

    rewards: int = 0
    gifts: int = 0
    samples: int = 0
    door_prizes: int = 0
    card_fees: int = 0
    mileage: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return sum(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What is left of a party, in minor units.

    ``result`` = ``total`` - ``owed`` - ``tax_remitted`` - ``rounding``, and also the sum of the parts from
    ``commission`` to ``tax`` less ``rounding``; ``net`` = ``result`` - ``costs.total`` (rule D15).

    Args:
        total: what all slips are worth, still open money included.
        owed: to the company.
        tax_remitted: tax that the seller passes on.
        rounding: money that cash rounding left out.
        commission: the seller's share of guests' goods at retail.
        discounts: what customers paid less for them; negative.
        half_price: the share of half-price goods.
        host_goods: the share of goods beyond the host's credit.
        shipping: collected less charged.
        tax: collected less charged in advance or passed on.
        result: before costs.
        costs: by kind.
        net: after costs.
        hours: hours of work, if known.
        per_hour: net per hour; None without hours.
    """

    total: int
    owed: int
    tax_remitted: int
    rounding: int
    commission: int
    discounts: int
    half_price: int
    host_goods: int
    shipping: int
    tax: int
    result: int
    costs: Costs
    net: int
    hours: Decimal | None
    per_hour: int | None


def slip_of(lines: Sequence[LineTerms], totals: OrderTotals, payments: Iterable[Entry], profile: TaxProfile) -> Slip:
    """Return an order as a slip for the tally.

    Args:
        lines: the terms of its lines.
        totals: ``totals.compute`` of them.
        payments: all rows of the order.
        profile: its tax rules.
    """
    paid = dict.fromkeys(LineKind, 0)
    for line, part in zip(lines, totals.lines, strict=True):
        paid[line.kind] += part.net
    inside = profile.prices_include_tax
    return Slip(
        goods=paid[LineKind.SALE] + paid[LineKind.GIFT] + paid[LineKind.SAMPLE],
        half_price=paid[LineKind.HALF_PRICE],
        host_goods=paid[LineKind.HOST_CREDIT],
        shipping=totals.shipping,
        tax_added=0 if inside else totals.tax,
        tax_inside=totals.tax if inside else 0,
        total=totals.total,
        payments=tuple(payments),
    )


def tally(slips: Iterable[Slip]) -> Tally:
    """Return the sums of a party (scenario A.6)."""
    slips = tuple(slips)
    received = dict.fromkeys(PaymentMethod, 0)
    still_open = overpaid = 0
    for slip in slips:
        standing = balance(slip.total, slip.payments)
        still_open += standing.due
        overpaid += standing.credit
        for payment in slip.payments:
            received[payment.method] += payment.amount
    return Tally(
        slips=len(slips),
        goods=sum(slip.goods for slip in slips),
        half_price=sum(slip.half_price for slip in slips),
        host_goods=sum(slip.host_goods for slip in slips),
        shipping=sum(slip.shipping for slip in slips),
        tax_added=sum(slip.tax_added for slip in slips),
        tax_inside=sum(slip.tax_inside for slip in slips),
        total=sum(slip.total for slip in slips),
        by_method=tuple((method, amount) for method, amount in received.items() if amount),
        open=still_open,
        overpaid=overpaid,
    )


def company_order(lines: Iterable[CompanyLine], terms: CompanyTerms) -> CompanyOrder:
    """Return the order to the company and what is owed (scenario A.7).

    The seller's share is rounded once per rate, kind and class; samples come from the seller's stock and are left out.

    Raises:
        DomainError: as ``totals.compute``.
    """
    ordered = [line for line in lines if line.kind is not LineKind.SAMPLE]
    totals = compute(
        [
            LineTerms(
                quantity=line.quantity,
                unit_price=line.unit_price,
                kind=line.kind,
                taxes=line.taxes,
                tax_class=line.tax_class,
            )
            for line in ordered
        ],
        OrderTerms(
            currency=terms.currency,
            profile=terms.profile,
            host_credit=terms.host_credit,
            shipping=sum(terms.shipping),
        ),
    )
    groups: dict[tuple[LineKind, int, str], int] = {}
    items: dict[str, CompanyItem] = {}
    for line, part in zip(ordered, totals.lines, strict=True):
        ppm = terms.commission_ppm if line.commission_ppm is None else line.commission_ppm
        group = (line.kind, ppm, line.group)
        groups[group] = groups.get(group, 0) + part.net
        item = items.get(line.key, CompanyItem(line.key, Decimal(0), 0))
        items[line.key] = CompanyItem(line.key, item.quantity + line.quantity, item.retail + part.retail)
    retail, commission = _share(groups, LineKind.SALE)
    half_price, half_share = _share(groups, LineKind.HALF_PRICE)
    overage, overage_share = _share(groups, LineKind.HOST_CREDIT)
    tax = totals.tax if terms.charges_tax and not terms.profile.prices_include_tax else 0
    goods, half_price, overage = retail - commission, half_price - half_share, overage - overage_share
    return CompanyOrder(
        items=tuple(sorted(items.values(), key=lambda item: item.key)),
        retail=retail,
        commission=commission,
        goods=goods,
        half_price=half_price,
        overage=overage,
        shipping=totals.shipping,
        tax=tax,
        owed=goods + half_price + overage + totals.shipping + tax,
    )


def at_wholesale(lines: Iterable[CompanyLine], terms: CompanyTerms) -> int:
    """Return what pieces cost the seller that customers do not pay for: their price less the seller's share (D15).

    Raises:
        DomainError: as ``totals.compute``.
    """
    bought = [replace(line, kind=LineKind.SALE) for line in lines]
    return company_order(bought, replace(terms, host_credit=0, shipping=(), charges_tax=False)).goods


def settle(
    party: Tally, company: CompanyOrder, costs: Costs, *, hours: Decimal | None = None, tax_remitted: int = 0
) -> Settlement:
    """Return what is left of a party, in all and per hour (scenario A.7).

    Args:
        party: what customers and host owe or paid.
        company: what the company gets.
        costs: what else was spent.
        hours: hours of work; None or 0 gives no figure per hour.
        tax_remitted: tax that the seller passes on to the authority, less what is got back.

    Raises:
        DomainError: ``settlement.hours`` for negative hours.
    """
    if hours is not None and (not hours.is_finite() or hours < 0):
        raise DomainError("settlement.hours", field="hours")
    rounding = party.received(PaymentMethod.ROUNDING)
    result = party.total - company.owed - tax_remitted - rounding
    net = result - costs.total
    return Settlement(
        total=party.total,
        owed=company.owed,
        tax_remitted=tax_remitted,
        rounding=rounding,
        commission=company.commission,
        discounts=party.goods - company.retail,
        half_price=party.half_price - company.half_price,
        host_goods=party.host_goods - company.overage,
        shipping=party.shipping - company.shipping,
        tax=party.tax_added - company.tax - tax_remitted,
        result=result,
        costs=costs,
        net=net,
        hours=hours,
        per_hour=_per_hour(net, hours),
    )


def card_fees(amounts: Iterable[int], ppm: int, fixed: int) -> int:
    """Return the fees of card payments, each rounded by itself as processors do (2.6 % + 0.10 each)."""
    return sum(percent_of(amount, ppm) + fixed for amount in amounts)


def _share(groups: dict[tuple[LineKind, int, str], int], kind: LineKind) -> tuple[int, int]:
    """Return what is paid for goods of a kind, and the seller's share of it."""
    own = [(amount, ppm) for (used, ppm, _group), amount in groups.items() if used is kind]
    return sum(amount for amount, _ppm in own), sum(percent_of(amount, ppm) for amount, ppm in own)


def _per_hour(net: int, hours: Decimal | None) -> int | None:
    if not hours:
        return None
    numerator, denominator = hours.as_integer_ratio()
    return round_ratio(net * denominator, numerator)
