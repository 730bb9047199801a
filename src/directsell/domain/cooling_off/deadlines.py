"""Until when a buyer may cancel, whether a notice came in time, and when the money is due. Day by day, with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from directsell.domain.cooling_off.facts import SaleFacts, SalePlace, Visit
from directsell.domain.cooling_off.holidays import SATURDAY, SUNDAY, HolidayTable, holiday_name
from directsell.domain.cooling_off.rules import Pack, PaymentBan, Rule, Trigger, Unit
from directsell.domain.cooling_off.steps import Step, Why, step

_DAY = timedelta(days=1)


class Verdict(StrEnum):
    """Whether a notice of cancellation must be honoured. A refused one may still be granted as goodwill."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day of the right to cancel, until its midnight.

    Args:
        rule: stamp of the rule ("us@2015-03-13"), stored with the order.
        last_day: None while the period has not begun, that is before the goods are in the buyer's hands.
        starts_on: the day whose event started the period.
        days: length of the period; ``unit`` what is counted.
        trigger: the event that starts it.
        trace: how it was counted.
    """

    rule: str
    last_day: date | None
    starts_on: date | None
    days: int
    unit: Unit
    trigger: Trigger
    trace: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAnswer:
    """Whether money may be taken on a day; ``banned_until`` is the last day on which none may be."""

    allowed: bool
    banned_until: date | None
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Which days count as business days under a rule, at a place."""

    rule: Rule
    table: HolidayTable
    region: str

    def obstacle(self, day: date, *, saturday_free: bool) -> Step | None:
        """Return why a day is not a business day, or None."""
        if day.weekday() == SUNDAY:
            return step(Why.SKIPPED_SUNDAY, day=day)
        name = holiday_name(self.table, day, self.region)
        if name:
            return step(Why.SKIPPED_HOLIDAY, day=day, name=name)
        if day.weekday() == SATURDAY and saturday_free:
            return step(Why.SKIPPED_SATURDAY, day=day)
        return None


def deadline(pack: Pack, rule: Rule, facts: SaleFacts) -> Deadline:
    """Return the deadline of a sale under a rule, with every counted and skipped day.

    Args:
        pack: for the holidays.
        rule: from ``rule_for``.
        facts: the same facts; ``received_on`` decides where possession starts the period.
    """
    days, reasons = period(rule, facts)
    start = _start(rule, facts)
    if start is None:
        waiting = step(Why.STARTS_WITH_DELIVERY, trigger=rule.trigger.value, days=days, unit=rule.unit.value)
        last_day, trace = None, (*reasons, waiting)
    else:
        begins = step(Why.STARTS, day=start, trigger=rule.trigger.value)
        last_day, counted = _count(_calendar(pack, rule, facts.region), start, days)
        trace = (*reasons, begins, *counted, step(Why.ENDS, day=last_day))
    return Deadline(
        rule=rule.stamp,
        last_day=last_day,
        starts_on=start,
        days=days,
        unit=rule.unit,
        trigger=rule.trigger,
        trace=trace,
    )


def period(rule: Rule, facts: SaleFacts) -> tuple[int, tuple[Step, ...]]:
    """Return how many days the buyer has, and why if it is not the usual number; the longest one counts."""
    days, reasons = rule.days, []
    if rule.days_unsolicited is not None:
        if facts.visit is Visit.UNSOLICITED:
            days = rule.days_unsolicited
            reasons.append(step(Why.UNSOLICITED_PERIOD, days=days))
        elif rule.collective_is_unsolicited and facts.home_party:
            days = rule.days_unsolicited
            reasons.append(step(Why.COLLECTIVE_PERIOD, days=days))
    if facts.senior and rule.days_senior is not None and rule.days_senior > days:
        days = rule.days_senior
        reasons.append(step(Why.SENIOR_PERIOD, days=days))
    return days, tuple(reasons)


def judge(end: Deadline, given_on: date) -> Verdict:
    """Return whether a notice is in time.

    Args:
        end: the deadline; as long as it is not known, every notice is in time.
        given_on: day on which the notice was handed over, sent or posted: sending in time is enough.
    """
    late = end.last_day is not None and given_on > end.last_day
    return Verdict.REFUSED if late else Verdict.ACCEPTED


def refund_due(pack: Pack, rule: Rule, received_on: date, region: str = "") -> date | None:
    """Return the last day for paying back, or None where the law names no number of days.

    Args:
        pack: for the holidays.
        rule: the rule of the order.
        received_on: day on which the notice reached the seller; it is not counted itself.
        region: code or name of the region, for its holidays.
    """
    if rule.refund_days is None:
        return None
    if rule.refund_unit is Unit.CALENDAR:
        return received_on + timedelta(days=rule.refund_days)
    return _business(_calendar(pack, rule, region), received_on, rule.refund_days)[0]


def payment_allowed(pack: Pack, rule: Rule, facts: SaleFacts, day: date) -> PaymentAnswer:
    """Return whether any payment may be taken on a day.

    Args:
        pack: for the holidays.
        rule: the rule of the order.
        facts: the sale; a home party with the host's express consent beforehand is exempt in France.
        day: the day of the payment.
    """
    ban = rule.payment_ban
    if ban is None:
        return PaymentAnswer(allowed=True, banned_until=None, trace=(step(Why.NO_BAN),))
    agreed = facts.host_consent or facts.place is SalePlace.SELLER_HOME
    if ban.exempt_home_party and facts.home_party and agreed:
        return PaymentAnswer(allowed=True, banned_until=None, trace=(step(Why.HOME_PARTY_EXEMPT),))
    until = _ban_end(pack, rule, ban, facts)
    allowed = day > until
    why = step(Why.BAN_OVER if allowed else Why.BAN_UNTIL, day=until)
    return PaymentAnswer(allowed=allowed, banned_until=until, trace=(why,))


def _ban_end(pack: Pack, rule: Rule, ban: PaymentBan, facts: SaleFacts) -> date:
    if ban.unit is Unit.CALENDAR:
        return facts.ordered_on + timedelta(days=ban.days)
    return _business(_calendar(pack, rule, facts.region), facts.ordered_on, ban.days)[0]


def _start(rule: Rule, facts: SaleFacts) -> date | None:
    copied = max(facts.ordered_on, facts.copy_received_on or facts.ordered_on)
    if rule.trigger is Trigger.CONTRACT:
        return facts.ordered_on
    if rule.trigger is Trigger.COPY:
        return copied
    if facts.received_on is None:
        return None
    # Goods that were lent before the sale are in the buyer's possession as goods bought from the contract on.
    return max(facts.ordered_on, facts.received_on)


def _calendar(pack: Pack, rule: Rule, region: str) -> _Calendar:
    return _Calendar(rule, pack.table(rule.holidays), pack.region_code(rule.country, region))


def _count(calendar: _Calendar, start: date, days: int) -> tuple[date, list[Step]]:
    rule = calendar.rule
    if rule.unit is Unit.BUSINESS:
        return _business(calendar, start, days)
    end = start + timedelta(days=days - 1 if rule.count_first_day else days)
    trace = [step(Why.NOMINAL_END, day=end, days=days)]
    if rule.extend_to_working_day:
        while (obstacle := calendar.obstacle(end, saturday_free=True)) is not None:
            trace.append(obstacle)
            end += _DAY
    return end, trace


def _business(calendar: _Calendar, start: date, days: int) -> tuple[date, list[Step]]:
    """Count business days after ``start`` (with it, if the rule counts the first day)."""
    trace: list[Step] = []
    day = start - _DAY if calendar.rule.count_first_day else start
    counted = 0
    while counted < days:
        day += _DAY
        obstacle = calendar.obstacle(day, saturday_free=not calendar.rule.saturday_is_business)
        if obstacle is None:
            counted += 1
            trace.append(step(Why.COUNTED, day=day, number=counted))
        else:
            trace.append(obstacle)
    return day, trace
