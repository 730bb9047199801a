"""Whether the rules of a host programme make sense, each problem with its field, and their JSON. No evaluation."""

from __future__ import annotations

from collections.abc import Iterator

from directsell.domain.errors import DomainError
from directsell.domain.frozen_json import from_json_text, to_json_text
from directsell.domain.host_programmes.rules import (
    MAX_DAYS,
    MAX_LADDERS,
    MAX_RIGHTS,
    MAX_RUNGS,
    Benefit,
    Measure,
    Rules,
    UnspentFate,
)
from directsell.domain.money import INT64_MAX, PPM, currency_digits

_NOTHING = Benefit()


def problems(rules: Rules) -> tuple[DomainError, ...]:
    """Return all that is wrong with rules, in the order of the screen; each names its field by path.

    A path is dotted and counts from 0: ``ladders.0.rungs.2.benefit.gifts.1.name``. The codes are ``programme.empty``,
    ``programme.negative``, ``programme.too_large``, ``programme.share_range``, ``programme.rights``,
    ``programme.rung_order``, ``programme.no_rungs``, ``programme.too_many``, ``programme.gift``, ``programme.days``, ``programme.no_points``,
    ``programme.twice``, ``programme.co_hosts`` and ``money.unknown_currency``.
    """
    return tuple(_problems(rules))


def check_rules(rules: Rules) -> None:
    """Refuse rules that make no sense.

    Raises:
        DomainError: the first of ``problems``.
    """
    for problem in _problems(rules):
        raise problem


def rules_text(rules: Rules) -> str:
    """Return rules as the JSON that is stored."""
    return to_json_text(rules)


def rules_from(text: str) -> Rules:
    """Return the rules that were stored; parts that are missing have their defaults.

    Raises:
        DomainError: ``programme.unreadable``, or one of ``problems``.
    """
    rules = from_json_text(Rules, text, code="programme.unreadable")
    check_rules(rules)
    return rules


def _problems(rules: Rules) -> Iterator[DomainError]:
    try:
        currency_digits(rules.currency)
    except DomainError as error:
        yield error
    yield from _days(rules.qualifying.order_days, "qualifying.order_days")
    seen: set[Measure] = set()
    for index, condition in enumerate(rules.conditions):
        field = f"conditions.{index}"
        yield from _amount(condition.least, f"{field}.least")
        if condition.measure in seen:
            yield DomainError("programme.twice", field=f"{field}.measure", measure=condition.measure.value)
        seen.add(condition.measure)
        yield from _needs_points(rules, condition.measure, f"{field}.measure")
    yield from _ladders(rules)
    yield from _bookings_and_points(rules)
    if _empty(rules) and all(ladder.rungs for ladder in rules.ladders):
        yield DomainError("programme.empty", field="ladders")
    for name in ("credit_cap", "rights_cap", "shipping"):
        yield from _amount(getattr(rules, name) or 0, name)
    yield from _weights(rules)
    yield from _days(rules.expiry_days, "expiry_days")
    yield from _days(rules.unspent_days, "unspent_days")
    if rules.unspent is UnspentFate.KEPT and not rules.unspent_days:
        yield DomainError("programme.days", field="unspent_days", most=MAX_DAYS)
    if rules.past_host is not None:
        yield from _benefit(rules.past_host.benefit, "past_host.benefit")
    if not 1 <= rules.co_hosts <= 20:
        yield DomainError("programme.co_hosts", field="co_hosts", most=20)


def _ladders(rules: Rules) -> Iterator[DomainError]:
    if len(rules.ladders) > MAX_LADDERS:
        yield DomainError("programme.too_many", field="ladders", most=MAX_LADDERS)
    for index, ladder in enumerate(rules.ladders[:MAX_LADDERS]):
        field = f"ladders.{index}"
        yield from _needs_points(rules, ladder.measure, f"{field}.measure")
        if not ladder.rungs:
            yield DomainError("programme.no_rungs", field=f"{field}.rungs")
        if len(ladder.rungs) > MAX_RUNGS:
            yield DomainError("programme.too_many", field=f"{field}.rungs", most=MAX_RUNGS)
        previous = -1
        for number, rung in enumerate(ladder.rungs[:MAX_RUNGS]):
            path = f"{field}.rungs.{number}"
            yield from _amount(rung.start, f"{path}.start")
            if 0 <= rung.start <= previous:
                yield DomainError("programme.rung_order", field=f"{path}.start")
            previous = max(previous, rung.start)
            yield from _benefit(rung.benefit, f"{path}.benefit")


def _bookings_and_points(rules: Rules) -> Iterator[DomainError]:
    bookings = rules.bookings
    yield from _days(bookings.window_days, "bookings.window_days")
    yield from _days(bookings.made_within_days, "bookings.made_within_days")
    yield from _amount(bookings.at_most or 0, "bookings.at_most")
    yield from _benefit(bookings.each, "bookings.each")
    if rules.points is not None:
        for name in ("kept_date", "per_booking", "per_guest", "per_unit"):
            yield from _amount(getattr(rules.points, name), f"points.{name}")


def _weights(rules: Rules) -> Iterator[DomainError]:
    if len(rules.weights) > MAX_RUNGS:
        yield DomainError("programme.too_many", field="weights", most=MAX_RUNGS)
    previous = -1
    for index, band in enumerate(rules.weights[:MAX_RUNGS]):
        yield from _amount(band.start, f"weights.{index}.start")
        if 0 <= band.start <= previous:
            yield DomainError("programme.rung_order", field=f"weights.{index}.start")
        previous = max(previous, band.start)
        if not 1 <= band.rights <= MAX_RIGHTS:
            yield DomainError("programme.rights", field=f"weights.{index}.rights", least=1, most=MAX_RIGHTS)


def _benefit(benefit: Benefit, field: str) -> Iterator[DomainError]:
    if not 0 <= benefit.credit_ppm <= PPM:
        yield DomainError("programme.share_range", field=f"{field}.credit_ppm")
    yield from _amount(benefit.credit, f"{field}.credit")
    if not 0 <= benefit.rights <= MAX_RIGHTS:
        yield DomainError("programme.rights", field=f"{field}.rights", least=0, most=MAX_RIGHTS)
    for index, gift in enumerate(benefit.gifts):
        if not gift.name.strip():
            yield DomainError("programme.gift", field=f"{field}.gifts.{index}.name")
        if not 1 <= gift.quantity <= 1_000:
            yield DomainError("programme.gift", field=f"{field}.gifts.{index}.quantity")


def _empty(rules: Rules) -> bool:
    benefits = [rung.benefit for ladder in rules.ladders for rung in ladder.rungs]
    if rules.past_host is not None:
        benefits.append(rules.past_host.benefit)
    return all(benefit == _NOTHING for benefit in (*benefits, rules.bookings.each))


def _needs_points(rules: Rules, measure: Measure, field: str) -> Iterator[DomainError]:
    if measure is Measure.POINTS and rules.points is None:
        yield DomainError("programme.no_points", field=field)


def _amount(value: int, field: str) -> Iterator[DomainError]:
    if value < 0:
        yield DomainError("programme.negative", field=field)
    elif value > INT64_MAX // PPM:
        yield DomainError("programme.too_large", field=field)


def _days(value: int | None, field: str) -> Iterator[DomainError]:
    if value is not None and not 0 <= value <= MAX_DAYS:
        yield DomainError("programme.days", field=field, most=MAX_DAYS)
