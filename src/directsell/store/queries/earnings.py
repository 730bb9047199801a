"""What the seller earns from a party: the plan that holds for it, and the sales by class of goods. Judged in domain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from directsell.domain.earnings import (
    ClassSales,
    EarningNudge,
    EarningPlan,
    Earnings,
    coach_earnings,
    earn,
    plan_from,
)
from directsell.domain.money import percent_of
from directsell.domain.orders import OrderKind, OrderLine, OrderState
from directsell.domain.totals import LineKind
from directsell.store.queries.orders import OrderView
from directsell.store.queries.parties import Party
from directsell.store.reader import Reader

PLAN_SETTING = "earning_plan"
_BINDING = (OrderState.PLACED, OrderState.DELIVERED)
_HOST_KINDS = (LineKind.HALF_PRICE, LineKind.HOST_CREDIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyEarnings:
    """What the seller earns from a party, in minor units.

    Args:
        plan: by which it is computed.
        stored: whether the seller wrote the plan down; else it is the flat share of the terms.
        earned: from what guests bought, at the price tags (discounts are the seller's own affair).
        host_goods: from what the host pays for half-price goods and beyond her credit, at the same rates.
        nudges: the next steps, the nearest first.
    """

    plan: EarningPlan
    stored: bool
    earned: Earnings
    host_goods: int
    nudges: tuple[EarningNudge, ...]

    @property
    def total(self) -> int:
        """All that is earned."""
        return self.earned.commission + self.host_goods


def plan_setting(family_id: UUID | None) -> str:
    """Return under which name a plan is kept: that of a host programme's company, or the one for all."""
    return PLAN_SETTING if family_id is None else f"{PLAN_SETTING}.{family_id.hex}"


def stored_plan(reader: Reader, family_id: UUID | None) -> EarningPlan | None:
    """Return the plan that was written down under exactly this name.

    Raises:
        DomainError: as ``plan_from``.
    """
    text = reader.setting(plan_setting(family_id))
    return None if text is None else plan_from(str(text))


def plan_for(reader: Reader, family_id: UUID | None, currency: str) -> EarningPlan | None:
    """Return the plan of a host programme's company, else the one for all; None where none was written down.

    Raises:
        DomainError: as ``plan_from``.
    """
    for name in dict.fromkeys((family_id, None)):
        plan = stored_plan(reader, name)
        if plan is not None and plan.currency == currency:
            return plan
    return None


def classes_of(reader: Reader, views: Iterable[OrderView]) -> dict[UUID, str]:
    """Return the class of goods (the category) of every product in some orders."""
    keys = {line.product_id for view in views for line in view.lines if line.product_id is not None}
    if not keys:
        return {}
    found: dict[UUID, str] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), 400):
        part = ordered[start : start + 400]
        marks = ", ".join("?" * len(part))
        for key, category in reader.rows(f"SELECT id, category FROM product WHERE id IN ({marks})", part):
            found[UUID(bytes=key)] = category
    return found


def class_of(line: OrderLine, plan: EarningPlan, classes: dict[UUID, str]) -> str:
    """Return the class of a line as the plan sees it; classes without a rule of their own are one."""
    name = classes.get(line.product_id, "") if line.product_id is not None else ""
    return name if any(rate.name == name for rate in plan.classes) else ""


def class_sales(views: Sequence[OrderView], plan: EarningPlan, classes: dict[UUID, str]) -> tuple[ClassSales, ...]:
    """Return the retail sales by class, what counts for the seller's share: goods at full price, before discounts."""
    sums = {"": 0, **{rate.name: 0 for rate in plan.classes}}
    for view in views:
        for line, part in zip(view.lines, view.totals.lines, strict=True):
            if line.kind == LineKind.SALE:
                sums[class_of(line, plan, classes)] += part.retail
    return tuple(ClassSales(name, amount) for name, amount in sums.items() if amount)


def class_rates(plan: EarningPlan, earned: Earnings) -> dict[str, int]:
    """Return the share (ppm) of every class at the step that is reached."""
    reached = plan.ppm if earned.step is None else plan.steps[earned.step].ppm
    return {"": reached} | {rate.name: reached if rate.ppm is None else rate.ppm for rate in plan.classes}


def counted_views(shown: Party) -> list[OrderView]:
    """Return the orders of a party that are placed or delivered, goods that came back left out."""
    return [v for v in shown.orders if v.order.state in _BINDING and v.order.kind is not OrderKind.RETURN]


def party_earnings(reader: Reader, shown: Party, currency: str, flat_ppm: int) -> PartyEarnings:
    """Return what the seller earns from a party as it stands.

    Args:
        reader: one moment of the book.
        shown: the party.
        currency: of the business.
        flat_ppm: the seller's share where no plan was written down.

    Raises:
        DomainError: as ``plan_from``.
    """
    known = plan_for(reader, shown.demo.programme_id, currency)
    plan = known or EarningPlan(currency=currency, ppm=flat_ppm)
    views = counted_views(shown)
    classes = classes_of(reader, views) if plan.classes else {}
    sales = class_sales(views, plan, classes)
    earned = earn(plan, sales)
    return PartyEarnings(
        plan=plan,
        stored=known is not None,
        earned=earned,
        host_goods=_host_goods(views, plan, classes, class_rates(plan, earned)),
        nudges=coach_earnings(plan, sales),
    )


def _host_goods(views: Sequence[OrderView], plan: EarningPlan, classes: dict[UUID, str], rates: dict[str, int]) -> int:
    """Return the share of what the host pays, rounded as in the order to the company: once per kind, class and rate."""
    groups: dict[tuple[str, str], int] = {}
    for view in views:
        for line, part in zip(view.lines, view.totals.lines, strict=True):
            if line.kind in _HOST_KINDS:
                key = (line.kind, class_of(line, plan, classes))
                groups[key] = groups.get(key, 0) + part.net
    return sum(percent_of(amount, rates.get(name, 0)) for (_kind, name), amount in groups.items())
