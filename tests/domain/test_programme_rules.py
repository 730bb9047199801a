"""Rules of host programmes that make no sense are refused with the path of the field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.checks import check_rules, problems, rules_from, rules_text
from directsell.domain.host_programmes.rules import (
    Benefit,
    Bookings,
    Condition,
    Gift,
    Ladder,
    Measure,
    PastHost,
    Points,
    Qualifying,
    Rules,
    Rung,
    UnspentFate,
    WeightBand,
    rights_needed,
)
from tests.domain.host_parties import STEPS

TEN = Benefit(credit_ppm=100_000)


def ladder(*starts: int, benefit: Benefit = TEN, measure: Measure = Measure.SALES) -> Ladder:
    return Ladder(measure=measure, rungs=tuple(Rung(start=start, benefit=benefit) for start in starts))


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"currency": "XXX"}, "money.unknown_currency", "currency"),
        ({"ladders": (ladder(100, 100),)}, "programme.rung_order", "ladders.0.rungs.1.start"),
        ({"ladders": (ladder(100), ladder(200, 150))}, "programme.rung_order", "ladders.1.rungs.1.start"),
        ({"ladders": (ladder(-1),)}, "programme.negative", "ladders.0.rungs.0.start"),
        ({"ladders": (ladder(10**15),)}, "programme.too_large", "ladders.0.rungs.0.start"),
        ({"ladders": (ladder(),)}, "programme.no_rungs", "ladders.0.rungs"),
        ({"ladders": ()}, "programme.empty", "ladders"),
        ({"ladders": (ladder(100, benefit=Benefit()),)}, "programme.empty", "ladders"),
        ({"ladders": (ladder(*range(41)),)}, "programme.too_many", "ladders.0.rungs"),
        ({"ladders": (ladder(1),) * 13}, "programme.too_many", "ladders"),
        (
            {"ladders": (ladder(1, benefit=Benefit(credit_ppm=1_000_001)),)},
            "programme.share_range",
            "ladders.0.rungs.0.benefit.credit_ppm",
        ),
        (
            {"ladders": (ladder(1, benefit=Benefit(credit=-1)),)},
            "programme.negative",
            "ladders.0.rungs.0.benefit.credit",
        ),
        (
            {"ladders": (ladder(1, benefit=Benefit(rights=101)),)},
            "programme.rights",
            "ladders.0.rungs.0.benefit.rights",
        ),
        (
            {"ladders": (ladder(1, benefit=Benefit(gifts=(Gift(name="A"), Gift(name=" ")))),)},
            "programme.gift",
            "ladders.0.rungs.0.benefit.gifts.1.name",
        ),
        (
            {"bookings": Bookings(each=Benefit(gifts=(Gift(name="A", quantity=0),)))},
            "programme.gift",
            "bookings.each.gifts.0.quantity",
        ),
        ({"ladders": (ladder(1, measure=Measure.POINTS),)}, "programme.no_points", "ladders.0.measure"),
        ({"conditions": (Condition(measure=Measure.POINTS, least=1),)}, "programme.no_points", "conditions.0.measure"),
        (
            {"conditions": (Condition(measure=Measure.BUYERS, least=1), Condition(measure=Measure.BUYERS, least=2))},
            "programme.twice",
            "conditions.1.measure",
        ),
        ({"conditions": (Condition(measure=Measure.BUYERS, least=-1),)}, "programme.negative", "conditions.0.least"),
        ({"qualifying": Qualifying(order_days=-1)}, "programme.days", "qualifying.order_days"),
        ({"bookings": Bookings(window_days=4000)}, "programme.days", "bookings.window_days"),
        ({"bookings": Bookings(made_within_days=-1)}, "programme.days", "bookings.made_within_days"),
        ({"bookings": Bookings(at_most=-1)}, "programme.negative", "bookings.at_most"),
        ({"points": Points(per_guest=-1)}, "programme.negative", "points.per_guest"),
        ({"credit_cap": -1}, "programme.negative", "credit_cap"),
        ({"rights_cap": -1}, "programme.negative", "rights_cap"),
        ({"shipping": -1}, "programme.negative", "shipping"),
        ({"expiry_days": 10_000}, "programme.days", "expiry_days"),
        ({"unspent": UnspentFate.KEPT}, "programme.days", "unspent_days"),
        ({"weights": (WeightBand(start=5, rights=0),)}, "programme.rights", "weights.0.rights"),
        (
            {"weights": (WeightBand(start=5, rights=2), WeightBand(start=5, rights=3))},
            "programme.rung_order",
            "weights.1.start",
        ),
        ({"weights": tuple(WeightBand(start=n, rights=1) for n in range(41))}, "programme.too_many", "weights"),
        (
            {"past_host": PastHost(benefit=Benefit(credit_ppm=-1))},
            "programme.share_range",
            "past_host.benefit.credit_ppm",
        ),
        ({"co_hosts": 0}, "programme.co_hosts", "co_hosts"),
    ],
)
def test_rules_that_make_no_sense(change: dict[str, Any], code: str, field: str) -> None:
    rules = replace(STEPS, **change)
    found = problems(rules)
    assert [(problem.code, problem.field) for problem in found] == [(code, field)]
    with pytest.raises(DomainError, match=code):
        check_rules(rules)
    with pytest.raises(DomainError, match=code):
        rules_from(rules_text(rules))


def test_all_problems_are_named_at_once() -> None:
    rules = replace(STEPS, shipping=-1, ladders=(ladder(3, 2, 1),))
    assert [problem.field for problem in problems(rules)] == [
        "ladders.0.rungs.1.start",
        "ladders.0.rungs.2.start",
        "shipping",
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"currency":1}', '{"currency":"USD","unspent":"eaten"}'])
def test_what_is_no_programme_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="programme.unreadable"):
        rules_from(text)


def test_missing_parts_have_their_defaults() -> None:
    short = '{"currency":"USD","ladders":[{"rungs":[{"start":0,"benefit":{"credit_ppm":100000}}]}],"future":1}'
    assert rules_from(short) == Rules(currency="USD", ladders=(ladder(0),))


@pytest.mark.parametrize(
    ("price", "rights"), [(0, 1), (8499, 1), (8500, 2), (8800, 2), (18999, 2), (19000, 3), (99999, 3)]
)
def test_d8_weight_of_a_half_price_piece(price: int, rights: int) -> None:
    assert rights_needed(STEPS, price) == rights
    assert rights_needed(replace(STEPS, weights=()), price) == 1
