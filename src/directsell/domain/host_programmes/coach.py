"""The nearest next steps of a party: what is missing, and what it brings (scenario A.2). Judges no reward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from directsell.domain.host_programmes.evaluate import Counted, Reward, award, count, measured
from directsell.domain.host_programmes.facts import PartyFacts
from directsell.domain.host_programmes.rules import Benefit, Gift, Ladder, Measure, Rules, Threshold
from directsell.domain.host_programmes.trace import Step
from directsell.domain.money import PPM, currency_digits, round_ratio

_PARTY_ORDERS = 6  # orders of a usual party: the yardstick while nothing is sold
_NOTHING = Benefit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something to reach. Sales are minor units, as sold or without tax as the rules' thresholds are."""

    measure: Measure
    have: int
    target: int

    @property
    def missing(self) -> int:
        """How much more it takes."""
        return self.target - self.have


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A next step: reach all ``needs`` and the host has at least these rewards at that very point.

    Args:
        needs: what to reach, the step's own first, then conditions of the programme that are still unmet.
        credit: credit then; ``extra_credit`` is how much more than now.
        rights: half-price rights then; ``extra_rights`` likewise.
        gifts: gifts then; ``extra_gifts`` are those that are not earned now.
        effort: how far it is, in millionths of an average order; a buyer, booking or guest counts as one order.
    """

    needs: tuple[Need, ...]
    credit: int
    extra_credit: int
    rights: int
    extra_rights: int
    gifts: tuple[Gift, ...]
    extra_gifts: tuple[Gift, ...]
    effort: int


@dataclass(frozen=True, slots=True)
class _View:
    """What the coach knows while it looks for steps; the share of sales that is left without tax is net / sales."""

    rules: Rules
    counted: Counted
    net: int
    sales: int


_Way = tuple[Need, Counted]


def coach(rules: Rules, facts: PartyFacts) -> tuple[Nudge, ...]:
    """Return the next steps that bring the host more than now, the nearest first."""
    return advise(rules, facts)[1]


def advise(rules: Rules, facts: PartyFacts) -> tuple[Reward, tuple[Nudge, ...]]:
    """Return what ``evaluate`` and ``coach`` return, looking at the orders once: for the live desk."""
    steps: list[Step] = []
    counted = count(rules, facts, steps)
    reward = award(rules, counted, steps, closed_on=facts.closed_on or facts.day)
    if counted.sales and counted.net:
        share = (counted.net, counted.sales)
    else:
        share = (PPM, PPM + facts.usual_tax_ppm) if rules.qualifying.strip_tax else (1, 1)
    view = _View(rules, counted, *share)
    found: dict[tuple[Need, ...], Nudge] = {}
    for needs, then in _goals(view, reward):
        nudge = _nudge(view, reward, needs, then)
        if nudge is not None:
            found.setdefault(nudge.needs, nudge)
    nearest = sorted(found.values(), key=lambda nudge: (nudge.effort, len(nudge.needs), -nudge.extra_credit))
    return reward, tuple(nearest)


def _goals(view: _View, now: Reward) -> Iterator[tuple[tuple[Need, ...], Counted]]:
    """Yield what could be reached next: the conditions, the next rung of each ladder, one more booking."""
    rules = view.rules
    open_needs, gated = _conditions(view)
    if open_needs:
        yield open_needs, gated
    then = award(rules, gated, []) if open_needs else now
    for ladder in rules.ladders:
        for need, reached in _rungs(view, ladder, gated, then):
            yield _merged(need, open_needs), reached
    terms = rules.bookings
    if terms.each != _NOTHING and (terms.at_most is None or gated.bookings < terms.at_most):
        need, reached = _way(view, gated, Measure.BOOKINGS, gated.bookings + 1)
        yield _merged(need, open_needs), reached


def _conditions(view: _View) -> tuple[tuple[Need, ...], Counted]:
    """Return the conditions that are not met, and the party that meets them."""
    needs: list[Need] = []
    gated = view.counted
    for condition in view.rules.conditions:
        have = measured(view.rules, condition.measure, gated, _points(view.rules, gated))
        if have < condition.least:
            ways = list(_ways(view, gated, condition.measure, condition.least))
            if ways:
                need, gated = ways[0]
                needs.append(need)
    return tuple(needs), gated


def _rungs(view: _View, ladder: Ladder, gated: Counted, then: Reward) -> Iterator[_Way]:
    """Yield, for each way of climbing, the first higher rung that brings more than there is already."""
    have = measured(view.rules, ladder.measure, gated, then.points)
    open_ways: set[Measure] = set()
    for rung in ladder.rungs:
        if rung.start <= have:
            continue
        ways = list(_ways(view, gated, ladder.measure, rung.start))
        for need, reached in ways:
            if need.measure not in open_ways and _better(award(view.rules, reached, []), then):
                open_ways.add(need.measure)
                yield need, reached
        if len(open_ways) == len(ways):
            return


def _ways(view: _View, counted: Counted, measure: Measure, target: int) -> Iterator[_Way]:
    """Yield how a party can reach a target: points by sales, bookings or guests, all else directly."""
    if measure is not Measure.POINTS:
        yield _way(view, counted, measure, target)
        return
    terms = view.rules.points
    if terms is None:
        return
    missing = target - _points(view.rules, counted)
    if terms.per_unit:
        unit = 10 ** currency_digits(view.rules.currency)
        net = (counted.net // unit + -(-missing // terms.per_unit)) * unit
        if view.rules.qualifying.thresholds is Threshold.AS_SOLD:
            net = -(-net * view.sales // view.net)
        yield _way(view, counted, Measure.SALES, net)
    if terms.per_booking:
        yield _way(view, counted, Measure.BOOKINGS, counted.bookings + -(-missing // terms.per_booking))
    if terms.per_guest:
        yield _way(view, counted, Measure.GUESTS, counted.guests + -(-missing // terms.per_guest))


def _way(view: _View, counted: Counted, measure: Measure, target: int) -> _Way:
    """Return one need, counted from now, and the party that has reached it on top of ``counted``."""
    need = Need(measure=measure, have=measured(view.rules, measure, view.counted, 0), target=target)
    if measure is Measure.BUYERS:
        return need, counted._replace(buyers=target)
    if measure is Measure.BOOKINGS:
        return need, counted._replace(bookings=target)
    if measure is Measure.GUESTS:
        return need, counted._replace(guests=target)
    if view.rules.qualifying.thresholds is Threshold.WITHOUT_TAX:
        return need, counted._replace(net=target, sales=round_ratio(target * view.sales, view.net))
    return need, counted._replace(sales=target, net=round_ratio(target * view.net, view.sales))


def _merged(need: Need, open_needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """Return a need together with the unmet conditions; of the same measure the higher one is enough."""
    return (need, *(other for other in open_needs if other.measure is not need.measure))


def _points(rules: Rules, counted: Counted) -> int:
    return award(rules, counted, []).points if rules.points is not None else 0


def _nudge(view: _View, now: Reward, needs: tuple[Need, ...], counted: Counted) -> Nudge | None:
    then = award(view.rules, counted, [])
    if not _better(then, now):
        return None
    given = {gift.name: gift.quantity for gift in now.gifts}
    extra = [Gift(name=gift.name, quantity=gift.quantity - given.get(gift.name, 0)) for gift in then.gifts]
    return Nudge(
        needs=needs,
        credit=then.credit,
        extra_credit=then.credit - now.credit,
        rights=then.rights,
        extra_rights=then.rights - now.rights,
        gifts=then.gifts,
        extra_gifts=tuple(gift for gift in extra if gift.quantity > 0),
        effort=_effort(view.counted, needs),
    )


def _better(then: Reward, now: Reward) -> bool:
    """Tell whether a reward has more of something; a nudge that also takes something away shows both figures."""
    if (then.credit, then.rights) == (now.credit, now.rights):
        return then.gifts != now.gifts and bool(then.gifts)
    return then.credit > now.credit or then.rights > now.rights


def _effort(counted: Counted, needs: tuple[Need, ...]) -> int:
    """Return how far a step is; new buyers bring the sales along, so of the two only the larger counts."""
    goods = others = 0
    for need in needs:
        if need.measure is Measure.SALES:
            orders = max(counted.buyers, 1) if need.have > 0 else _PARTY_ORDERS
            goods = max(goods, round_ratio(need.missing * orders * PPM, max(need.have or need.target, 1)))
        elif need.measure is Measure.BUYERS:
            goods = max(goods, need.missing * PPM)
        else:
            others += need.missing * PPM
    return goods + others
