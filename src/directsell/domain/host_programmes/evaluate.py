"""From rules and facts to a reward with its trace (rules D7, D8, D11). No nearest steps, no redemption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from directsell.domain.host_programmes.facts import GoodsPart, OrderFacts, PartyFacts, Source
from directsell.domain.host_programmes.rules import Benefit, BookingProof, Gift, Ladder, Measure, Rules, Threshold
from directsell.domain.host_programmes.trace import Figure, Step, StepCode, merged_gifts
from directsell.domain.money import currency_digits, percent_of
from directsell.domain.totals import LineKind


class Counted(NamedTuple):
    """What a party counts for under some rules.

    ``sales`` are qualifying sales as sold, ``net`` the same without the tax that is stripped (else equal); both in
    minor units and never negative.
    """

    sales: int = 0
    net: int = 0
    buyers: int = 0
    bookings: int = 0
    guests: int = 0
    date_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """What a host earned, and why; ``trace.replay`` of its ``trace`` gives the same figures.

    Args:
        currency: of all amounts, which are minor units.
        sales: qualifying party sales as sold.
        base: what shares of credit are taken from (without stripped tax, floored).
        buyers: how many people bought something that counts.
        bookings: how many new parties count.
        guests: how many came.
        points: how many points were collected.
        qualified: whether all conditions are met.
        tier: index of the rung of the first ladder by sales; None below its first.
        rungs: the same for every ladder; the highest that is reached.
        credit: credit for free goods.
        rights: half-price rights.
        gifts: what is given for nothing.
        expires_on: the last day of redemption; None is without limit.
        trace: every figure explained, in order.
    """

    currency: str
    sales: int = 0
    base: int = 0
    buyers: int = 0
    bookings: int = 0
    guests: int = 0
    points: int = 0
    qualified: bool = False
    tier: int | None = None
    rungs: tuple[int | None, ...] = ()
    credit: int = 0
    rights: int = 0
    gifts: tuple[Gift, ...] = ()
    expires_on: date | None = None
    trace: tuple[Step, ...] = ()


def evaluate(rules: Rules, facts: PartyFacts) -> Reward:
    """Return what a party earns its host under rules that ``checks.check_rules`` accepts."""
    trace: list[Step] = []
    counted = count(rules, facts, trace)
    return award(rules, counted, trace, closed_on=facts.closed_on or facts.day)


def count(rules: Rules, facts: PartyFacts, trace: list[Step]) -> Counted:
    """Return what the party counts for, and append to ``trace`` why each order and booking does or does not."""
    strip = rules.qualifying.strip_tax
    sales = tax = 0
    buyers: dict[str, int] = {}
    for order in facts.orders:
        refusal = _refusal(rules, order, facts.day)
        if refusal is not None:
            trace.append(refusal)
            continue
        amount, inside = _qualifying(rules, order, trace)
        sales += amount
        tax += inside
        if order.source is not Source.HOST or rules.qualifying.host_is_buyer:
            buyers[order.buyer] = buyers.get(order.buyer, 0) + amount
    if sales < 0:  # more came back than was sold: of an older party, or typed by mistake
        trace.append(Step(StepCode.NOT_BELOW_ZERO, Figure.SALES, -sales))
        sales = tax = 0
    net = max(sales - tax, 0) if strip else sales
    number = sum([amount > 0 for amount in buyers.values()])
    trace.append(Step(StepCode.BUYERS_COUNTED, Figure.BUYERS, number))
    trace.append(Step(StepCode.GUESTS_COUNTED, Figure.GUESTS, facts.guests))
    return Counted(sales, net, number, _bookings(rules, facts, trace), facts.guests, facts.date_kept)


def award(rules: Rules, counted: Counted, trace: list[Step], *, closed_on: date | None = None) -> Reward:
    """Return the reward for what was counted; ``trace`` holds the steps so far and gets the others.

    Args:
        rules: the programme.
        counted: from ``count``, or what the coach supposes.
        trace: is appended to.
        closed_on: from when on the reward expires; None leaves the expiry out.
    """
    base = _base(rules, counted, trace)
    points = _points(rules, counted, base, trace)
    qualified = _conditions_met(rules, counted, points, trace)
    before = len(trace)
    rungs: list[int | None] = []
    gifts: list[Gift] = []
    credit = rights = 0
    if qualified:
        for index, ladder in enumerate(rules.ladders):
            rung, steps = _climb(index, ladder, measured(rules, ladder.measure, counted, points), base)
            rungs.append(rung)
            trace.extend(steps)
        if counted.bookings:
            trace.extend(_benefit_steps(rules.bookings.each, base, counted.bookings))
        credit, rights, gifts = _sums(trace[before:])
        if rules.credit_cap is not None and credit > rules.credit_cap:
            params = (("cap", rules.credit_cap),)
            trace.append(Step(StepCode.CREDIT_CAPPED, Figure.CREDIT, rules.credit_cap - credit, params))
            credit = rules.credit_cap
        if rules.rights_cap is not None and rights > rules.rights_cap:
            params = (("cap", rules.rights_cap),)
            trace.append(Step(StepCode.RIGHTS_CAPPED, Figure.RIGHTS, rules.rights_cap - rights, params))
            rights = rules.rights_cap
    expires_on = None
    if rules.expiry_days is not None and closed_on is not None and (credit or rights or gifts):
        expires_on = closed_on + timedelta(days=rules.expiry_days)
        trace.append(Step(StepCode.EXPIRES, params=(("days", rules.expiry_days), ("on", expires_on.isoformat()))))
    by_sales = [rung for rung, ladder in zip(rungs, rules.ladders, strict=False) if ladder.measure is Measure.SALES]
    return Reward(
        currency=rules.currency,
        sales=counted.sales,
        base=base,
        buyers=counted.buyers,
        bookings=counted.bookings,
        guests=counted.guests,
        points=points,
        qualified=qualified,
        tier=by_sales[0] if by_sales else None,
        rungs=tuple(rungs),
        credit=credit,
        rights=rights,
        gifts=merged_gifts(gifts),
        expires_on=expires_on,
        trace=tuple(trace),
    )


def measured(rules: Rules, measure: Measure, counted: Counted, points: int) -> int:
    """Return what a ladder or condition looks at."""
    if measure is Measure.SALES:
        return counted.net if rules.qualifying.thresholds is Threshold.WITHOUT_TAX else counted.sales
    if measure is Measure.BUYERS:
        return counted.buyers
    if measure is Measure.BOOKINGS:
        return counted.bookings
    return counted.guests if measure is Measure.GUESTS else points


def _refusal(rules: Rules, order: OrderFacts, day: date) -> Step | None:
    """Return why a whole order does not count, if it does not."""
    qualifying = rules.qualifying
    if order.cancelled:
        return Step(StepCode.ORDER_CANCELLED, params=(("key", order.key),))
    if order.source is Source.HOST and not qualifying.host_order:
        return Step(StepCode.HOST_ORDER_EXCLUDED, params=(("key", order.key),))
    if order.source is Source.OUTSIDE and not qualifying.outside_orders:
        return Step(StepCode.OUTSIDE_EXCLUDED, params=(("key", order.key),))
    if qualifying.order_days is not None and order.ordered_on is not None:
        days = (order.ordered_on - day).days
        if days > qualifying.order_days:
            params = (("key", order.key), ("days", days), ("most", qualifying.order_days))
            return Step(StepCode.ORDER_TOO_LATE, params=params)
    return None


def _qualifying(rules: Rules, order: OrderFacts, trace: list[Step]) -> tuple[int, int]:
    """Return the sales of an order that count and the tax inside them, with what came back taken off."""
    excluded = rules.qualifying.excluded_categories
    sold, tax, left_out = _goods(order.goods, excluded)
    params = (("key", order.key), ("source", order.source.value))
    if sold or not left_out:
        trace.append(Step(StepCode.ORDER_COUNTED, Figure.SALES, sold, params))
    if left_out:
        trace.append(Step(StepCode.NOTHING_QUALIFIES, params=(("key", order.key), ("amount", left_out))))
    if order.returned:
        back, tax_back, _ = _goods(order.returned, excluded)
        if not rules.qualifying.returns_reduce:
            trace.append(Step(StepCode.RETURN_IGNORED, params=(("key", order.key), ("amount", back))))
        elif back:
            trace.append(Step(StepCode.ORDER_RETURNED, Figure.SALES, -back, params))
            sold -= back
            tax -= tax_back
    return sold, tax


def _goods(parts: tuple[GoodsPart, ...], excluded: tuple[str, ...]) -> tuple[int, int, int]:
    """Return what counts, the tax inside it, and what does not count."""
    sold = tax = left_out = 0
    for kind, amount, inside, category in [(part.kind, part.amount, part.tax_inside, part.category) for part in parts]:
        if kind is LineKind.SALE and (not excluded or category not in excluded):
            sold += amount
            tax += inside
        else:
            left_out += amount
    return sold, tax, left_out


def _bookings(rules: Rules, facts: PartyFacts, trace: list[Step]) -> int:
    terms = rules.bookings
    counted = 0
    for booking in facts.bookings:
        days = (booking.day - facts.day).days
        made = (booking.booked_on - facts.day).days if booking.booked_on is not None else 0
        key = ("key", booking.key)
        if booking.cancelled:
            step = Step(StepCode.BOOKING_CANCELLED, params=(key,))
        elif days <= 0:
            step = Step(StepCode.BOOKING_NOT_LATER, params=(key,))
        elif terms.window_days is not None and days > terms.window_days:
            step = Step(StepCode.BOOKING_TOO_LATE, params=(key, ("days", days), ("most", terms.window_days)))
        elif terms.made_within_days is not None and made > terms.made_within_days:
            step = Step(StepCode.BOOKING_MADE_LATE, params=(key, ("days", made), ("most", terms.made_within_days)))
        elif (terms.proof is BookingProof.HELD and not booking.held) or (
            terms.proof is BookingProof.QUALIFIED and not booking.qualified
        ):
            step = Step(StepCode.BOOKING_UNPROVEN, params=(key, ("proof", terms.proof.value)))
        elif terms.at_most is not None and counted >= terms.at_most:
            step = Step(StepCode.BOOKING_ABOVE_MOST, params=(key, ("most", terms.at_most)))
        else:
            counted += 1
            step = Step(StepCode.BOOKING_COUNTED, Figure.BOOKINGS, 1, (key, ("days", days)))
        trace.append(step)
    return counted


def _base(rules: Rules, counted: Counted, trace: list[Step]) -> int:
    """Return the credit base: qualifying sales without stripped tax, floored to whole units if the rules say so."""
    base = counted.net
    trace.append(Step(StepCode.BASE_FROM_SALES, Figure.BASE, counted.sales))
    if base != counted.sales:
        trace.append(Step(StepCode.TAX_STRIPPED, Figure.BASE, base - counted.sales))
    if rules.qualifying.whole_units:
        rest = base % 10 ** currency_digits(rules.currency)
        if rest:
            trace.append(Step(StepCode.FLOORED, Figure.BASE, -rest))
            base -= rest
    return base


def _points(rules: Rules, counted: Counted, base: int, trace: list[Step]) -> int:
    terms = rules.points
    if terms is None:
        return 0
    units = base // 10 ** currency_digits(rules.currency)
    steps = []
    if counted.date_kept and terms.kept_date:
        steps.append(Step(StepCode.POINTS_KEPT_DATE, Figure.POINTS, terms.kept_date))
    for code, number, each, name in (
        (StepCode.POINTS_BOOKINGS, counted.bookings, terms.per_booking, "count"),
        (StepCode.POINTS_GUESTS, counted.guests, terms.per_guest, "count"),
        (StepCode.POINTS_SALES, units, terms.per_unit, "units"),
    ):
        if number and each:
            steps.append(Step(code, Figure.POINTS, number * each, ((name, number), ("each", each))))
    trace.extend(steps)
    return sum([step.change for step in steps])


def _conditions_met(rules: Rules, counted: Counted, points: int, trace: list[Step]) -> bool:
    qualified = True
    for condition in rules.conditions:
        have = measured(rules, condition.measure, counted, points)
        met = have >= condition.least
        qualified = qualified and met
        code = StepCode.CONDITION_MET if met else StepCode.CONDITION_UNMET
        params = (("measure", condition.measure.value), ("have", have), ("least", condition.least))
        trace.append(Step(code, params=params))
    return qualified


def _climb(index: int, ladder: Ladder, have: int, base: int) -> tuple[int | None, list[Step]]:
    """Return the highest rung that is reached, and the steps of all that count."""
    reached = [number for number, rung in enumerate(ladder.rungs) if have >= rung.start]
    measure = ladder.measure.value
    if not reached:
        start = ladder.rungs[0].start if ladder.rungs else 0
        params: tuple[tuple[str, int | str], ...] = (("ladder", index), ("measure", measure), ("have", have))
        return None, [Step(StepCode.NO_RUNG, params=(*params, ("start", start)))]
    steps = []
    for number in reached if ladder.cumulative else reached[-1:]:
        rung = ladder.rungs[number]
        params = (("ladder", index), ("rung", number), ("measure", measure), ("have", have), ("start", rung.start))
        steps.append(Step(StepCode.RUNG_REACHED, params=params))
        steps.extend(_benefit_steps(rung.benefit, base, 1))
    return reached[-1], steps


def _benefit_steps(benefit: Benefit, base: int, count: int) -> list[Step]:
    """Return the steps that give a benefit ``count`` times."""
    steps = []
    if benefit.credit_ppm:
        change = percent_of(base, benefit.credit_ppm) * count
        share = (("ppm", benefit.credit_ppm), ("base", base), ("count", count))
        steps.append(Step(StepCode.CREDIT_SHARE, Figure.CREDIT, change, share))
    for code, figure, each in (
        (StepCode.CREDIT_FIXED, Figure.CREDIT, benefit.credit),
        (StepCode.RIGHTS_GIVEN, Figure.RIGHTS, benefit.rights),
    ):
        if each:
            steps.append(Step(code, figure, each * count, (("each", each), ("count", count))))
    for gift in benefit.gifts:
        given = (("name", gift.name), ("each", gift.quantity), ("count", count))
        steps.append(Step(StepCode.GIFT_GIVEN, Figure.GIFTS, gift.quantity * count, given))
    return steps


def _sums(steps: list[Step]) -> tuple[int, int, list[Gift]]:
    """Return credit, rights and gifts that the steps give; the reward is taken from its own explanation."""
    credit = sum([step.change for step in steps if step.figure is Figure.CREDIT])
    rights = sum([step.change for step in steps if step.figure is Figure.RIGHTS])
    given = [step for step in steps if step.figure is Figure.GIFTS]
    return credit, rights, [Gift(name=str(step.values["name"]), quantity=step.change) for step in given]
