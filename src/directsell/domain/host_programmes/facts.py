"""What happened at a party, as host programmes look at it. Nothing is judged here; evaluate.py does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directsell.domain.taxes import TaxProfile, component_taxes
from directsell.domain.totals import LineKind, LineTerms, LineTotals


class Source(StrEnum):
    """Who ordered: a guest at the party, the host, or somebody who was not there.

    The order with which the host redeems her reward belongs to HOST too; of it only what she picks at full price can
    qualify. Pieces that lost their half price when the reward shrank are left out, or they would raise it again.
    """

    GUEST = "guest"
    HOST = "host"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class GoodsPart:
    """Goods of one kind and category within an order.

    Args:
        kind: how they were paid; only SALE can qualify (rule D7).
        amount: minor units after all discounts, as the customer sees them: with the tax inside if prices include it.
        tax_inside: the part of ``amount`` that is tax; 0 where tax is added.
        category: for categories that do not count.
    """

    kind: LineKind
    amount: int
    tax_inside: int = 0
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """One order of the party.

    Args:
        key: what the "why" sheet calls it, e.g. a slip's number.
        buyer: identity of the customer, in any form that is equal for the same person.
        source: who ordered.
        goods: what was sold.
        returned: what came back of it, in positive amounts.
        ordered_on: None is the day of the party.
        cancelled: withdrawn as a whole.
    """

    key: str = ""
    buyer: str = ""
    source: Source = Source.GUEST
    goods: tuple[GoodsPart, ...] = ()
    returned: tuple[GoodsPart, ...] = ()
    ordered_on: date | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFacts:
    """A new party that was booked at this one.

    Args:
        key: what the "why" sheet calls it, e.g. the new host's name.
        day: when the new party is.
        booked_on: None is the day of this party.
        held: whether it took place.
        qualified: whether it earned a reward itself.
        cancelled: whether it was called off.
    """

    key: str = ""
    day: date
    booked_on: date | None = None
    held: bool = False
    qualified: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """All that programmes look at.

    Args:
        day: the day of the party.
        orders: all orders, drafts left out.
        bookings: all new parties booked here.
        guests: how many came, without the host.
        date_kept: whether it took place on the day first agreed.
        closed_on: when it was closed; the reward expires so many days after it. None is the day of the party.
        usual_tax_ppm: tax inside the prices that the coach expects as long as nothing is sold.
    """

    day: date
    orders: tuple[OrderFacts, ...] = ()
    bookings: tuple[BookingFacts, ...] = ()
    guests: int = 0
    date_kept: bool = False
    closed_on: date | None = None
    usual_tax_ppm: int = 0


def goods_parts(
    lines: Sequence[LineTerms],
    sums: Sequence[LineTotals],
    profile: TaxProfile,
    categories: Sequence[str] | None = None,
) -> tuple[GoodsPart, ...]:
    """Return the goods of an order by kind and category, in the order of their first line.

    The tax inside is rounded once per kind, category and rate, so an order of one kind without shipping contains
    exactly the tax on its document.

    Args:
        lines: the terms of the lines.
        sums: ``totals.compute(...).lines`` of the same lines.
        profile: the tax rules of the order.
        categories: the category of each line; None leaves them out.

    Raises:
        DomainError: ``tax.unknown_class``.
    """
    inside = profile.prices_include_tax and not profile.small_business
    amounts: dict[tuple[LineKind, str], int] = {}
    groups: dict[tuple[LineKind, str], dict[tuple[int, ...], int]] = {}
    for index, (line, result) in enumerate(zip(lines, sums, strict=True)):
        key = (line.kind, categories[index] if categories is not None else "")
        amounts[key] = amounts.get(key, 0) + result.net
        if inside:
            rates = profile.components(line.tax_class) if line.taxes is None else line.taxes
            group = groups.setdefault(key, {})
            ppms = tuple(rate.ppm for rate in rates)
            group[ppms] = group.get(ppms, 0) + result.net
    return tuple(
        GoodsPart(kind, amount, _tax(groups.get((kind, category), {}), profile), category)
        for (kind, category), amount in amounts.items()
    )


def _tax(group: dict[tuple[int, ...], int], profile: TaxProfile) -> int:
    return sum(sum(component_taxes(base, ppms, profile)) for ppms, base in group.items())
