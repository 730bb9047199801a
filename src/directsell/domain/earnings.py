"""What the seller earns: commission by class of goods, steps, and steps that invert (rule D15). No host rewards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directsell.domain.errors import DomainError
from directsell.domain.frozen_json import from_json_text, to_json_text
from directsell.domain.money import PPM, currency_digits, percent_of

_MAX_STEPS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRate:
    """The commission on a class of goods: its own rate, or None for that of the step that is reached.

    ``counts`` says whether its sales count towards the steps (sales aids do not).
    """

    name: str
    ppm: int | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningStep:
    """From eligible sales of ``start`` (minor units, inclusive) on, the rate is ``ppm``; for all of the sales."""

    start: int
    ppm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningPlan:
    """How a company pays its seller.

    Args:
        currency: of all amounts.
        ppm: the rate below the first step.
        steps: rates by eligible sales, ascending.
        classes: classes of goods with a rule of their own; goods of any other class count and follow the steps.
    """

    currency: str
    ppm: int = 0
    steps: tuple[EarningStep, ...] = ()
    classes: tuple[ClassRate, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassSales:
    """Retail sales of one class of goods, in minor units; "" is the class of all goods without one."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class EarningRow:
    """What one class of goods earns."""

    name: str
    sales: int
    ppm: int
    commission: int
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Earnings:
    """What an order earns the seller, in minor units.

    Args:
        sales: all sales.
        eligible: the part that counts towards the steps.
        step: index of the step that is reached; None below the first.
        rows: one per class, in the order given; their commissions add up to ``commission``.
        commission: what is earned.
        pay: what is left to pay to the company: sales - commission.
    """

    sales: int
    eligible: int
    step: int | None
    rows: tuple[EarningRow, ...]
    commission: int
    pay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningNudge:
    """A higher step of the seller, reached by ``missing`` more sales of goods that follow the steps.

    Args:
        step: its index.
        start: where it begins.
        missing: how much more it takes.
        ppm: its rate.
        commission: what is earned at that very point; ``extra_commission`` is how much more than now.
        pay: what is paid to the company at that point; ``extra_pay`` is how much more than now.
        inverts: the warning: more goods would cost less than those ordered now (rule D15: 185.25 against 185.50).
        falls: the opposite warning: at the step less is earned than now.
    """

    step: int
    start: int
    missing: int
    ppm: int
    commission: int
    extra_commission: int
    pay: int
    extra_pay: int
    inverts: bool
    falls: bool


@dataclass(frozen=True, slots=True)
class Inversion:
    """Orders of ``since`` up to the ``start`` of a step cost more than an order of ``start`` (minor units)."""

    step: int
    since: int
    start: int


def check_plan(plan: EarningPlan) -> None:
    """Refuse a plan that makes no sense.

    Raises:
        DomainError: with the path of the field, ``earnings.share_range``, ``earnings.step_order``,
            ``earnings.too_many``, ``earnings.class_twice``, ``money.unknown_currency``.
    """
    currency_digits(plan.currency)
    _check_share(plan.ppm, "ppm")
    if len(plan.steps) > _MAX_STEPS:
        raise DomainError("earnings.too_many", field="steps", most=_MAX_STEPS)
    previous = 0
    for index, step in enumerate(plan.steps):
        if step.start <= previous:
            raise DomainError("earnings.step_order", field=f"steps.{index}.start")
        previous = step.start
        _check_share(step.ppm, f"steps.{index}.ppm")
    names: set[str] = set()
    for index, rate in enumerate(plan.classes):
        if rate.name in names:
            raise DomainError("earnings.class_twice", field=f"classes.{index}.name", name=rate.name)
        names.add(rate.name)
        if rate.ppm is not None:
            _check_share(rate.ppm, f"classes.{index}.ppm")


def plan_text(plan: EarningPlan) -> str:
    """Return a plan as the JSON that is stored."""
    return to_json_text(plan)


def plan_from(text: str) -> EarningPlan:
    """Return the plan that was stored.

    Raises:
        DomainError: ``earnings.unreadable``, or as ``check_plan``.
    """
    plan = from_json_text(EarningPlan, text, code="earnings.unreadable")
    check_plan(plan)
    return plan


def earn(plan: EarningPlan, sales: Iterable[ClassSales]) -> Earnings:
    """Return what sales earn; each class is rounded by itself, half up (100 @45 %, 200 @20 %, 300 @50 % -> 235.00)."""
    rates = {rate.name: rate for rate in plan.classes}
    sums: dict[str, int] = {}
    for part in sales:
        sums[part.name] = sums.get(part.name, 0) + part.amount
    classes = [ClassSales(name, amount) for name, amount in sums.items()]
    parts = [(part, rates.get(part.name) or ClassRate(name=part.name)) for part in classes]
    eligible = sum(part.amount for part, rate in parts if rate.counts)
    step = step_at(plan, eligible)
    reached = plan.ppm if step is None else plan.steps[step].ppm
    rows = []
    for part, rate in parts:
        ppm = reached if rate.ppm is None else rate.ppm
        rows.append(EarningRow(part.name, part.amount, ppm, percent_of(part.amount, ppm), rate.counts))
    total, commission = sum(row.sales for row in rows), sum(row.commission for row in rows)
    return Earnings(
        sales=total, eligible=eligible, step=step, rows=tuple(rows), commission=commission, pay=total - commission
    )


def step_at(plan: EarningPlan, eligible: int) -> int | None:
    """Return the index of the step that eligible sales reach; None below the first."""
    reached = [index for index, step in enumerate(plan.steps) if eligible >= step.start]
    return reached[-1] if reached else None


def coach_earnings(plan: EarningPlan, sales: Sequence[ClassSales]) -> tuple[EarningNudge, ...]:
    """Return the steps that are not reached yet, the nearest first, each with what it brings and its warnings."""
    now = earn(plan, sales)
    nudges = []
    for index, step in enumerate(plan.steps):
        missing = step.start - now.eligible
        if missing <= 0:
            continue
        then = earn(plan, (*sales, ClassSales(_following_class(plan), missing)))
        nudges.append(
            EarningNudge(
                step=index,
                start=step.start,
                missing=missing,
                ppm=step.ppm,
                commission=then.commission,
                extra_commission=then.commission - now.commission,
                pay=then.pay,
                extra_pay=then.pay - now.pay,
                inverts=then.pay < now.pay,
                falls=then.commission < now.commission,
            )
        )
    return tuple(nudges)


def inversions(plan: EarningPlan) -> tuple[Inversion, ...]:
    """Return where a plan inverts, for goods that follow the steps: since which order the next step costs less."""
    found = []
    lower_start, lower_ppm = 0, plan.ppm
    for index, step in enumerate(plan.steps):
        at_step = step.start - percent_of(step.start, step.ppm)
        low, high = lower_start, step.start  # what is paid never falls within a step, so halving finds the border
        while low < high:
            middle = (low + high) // 2
            if middle - percent_of(middle, lower_ppm) > at_step:
                high = middle
            else:
                low = middle + 1
        if low < step.start:
            found.append(Inversion(index, low, step.start))
        lower_start, lower_ppm = step.start, step.ppm
    return tuple(found)


def _following_class(plan: EarningPlan) -> str:
    """Return the name of a class that counts and follows the steps."""
    names = {rate.name for rate in plan.classes}
    following = [rate.name for rate in plan.classes if rate.ppm is None and rate.counts]
    if following:
        return following[0]
    name = ""
    while name in names:
        name += "*"
    return name


def _check_share(ppm: int, field: str) -> None:
    if not 0 <= ppm <= PPM:
        raise DomainError("earnings.share_range", field=field)
