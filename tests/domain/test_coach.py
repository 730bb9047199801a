"""The coach of the live desk: scenario A.2 literally, every kind of next step, and that no promise is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.host_programmes.coach import Need, Nudge, advise, coach
from directsell.domain.host_programmes.evaluate import evaluate
from directsell.domain.host_programmes.facts import GoodsPart, OrderFacts, PartyFacts
from directsell.domain.host_programmes.rules import (
    Benefit,
    Bookings,
    Condition,
    Gift,
    Ladder,
    Measure,
    Points,
    Qualifying,
    Rules,
    Rung,
    Threshold,
)
from directsell.domain.money import PPM
from directsell.domain.totals import LineKind
from tests.domain.host_parties import PARTIES, PARTY, STEPS, booked, party, programmes, sold


def ladder(measure: Measure, *rungs: tuple[int, Benefit]) -> Ladder:
    return Ladder(measure=measure, rungs=tuple(Rung(start=start, benefit=benefit) for start, benefit in rungs))


def share(percent: int) -> Benefit:
    return Benefit(credit_ppm=percent * 10_000)


def test_scenario_a_2_after_order_5() -> None:
    (nudge,) = coach(STEPS, party(5))
    assert nudge.needs == (Need(measure=Measure.SALES, have=32170, target=40000),)
    assert nudge.needs[0].missing == 7830
    assert (nudge.credit, nudge.extra_credit) == (6000, 6000 - 3217)
    assert (nudge.rights, nudge.extra_rights) == (3, 1)


def test_scenario_a_2_after_order_6() -> None:
    reward, (nudge,) = advise(STEPS, party(6))
    assert (reward.credit, reward.rights) == (6206, 3)
    assert reward == evaluate(STEPS, party(6))
    assert (nudge.needs[0].missing, nudge.credit, nudge.rights) == (58630, 15000, 4)


def test_nothing_to_say_at_the_top() -> None:
    assert coach(STEPS, sold(100000)) == ()
    capped = replace(STEPS, credit_cap=3000, rights_cap=2)
    assert coach(capped, sold(35000)) == ()


def test_money_or_a_booking_whichever_is_nearer_comes_first() -> None:
    rules = replace(STEPS, ladders=(*STEPS.ladders, ladder(Measure.BOOKINGS, (1, Benefit(credit=1000)))))
    near = coach(rules, sold(*[7600] * 5))
    assert [nudge.needs[0].measure for nudge in near] == [Measure.SALES, Measure.BOOKINGS]
    assert [nudge.extra_credit for nudge in near] == [6000 - 3800, 1000]
    far = coach(rules, sold(*[5200] * 5))
    assert [nudge.needs[0].measure for nudge in far] == [Measure.BOOKINGS, Measure.SALES]
    assert far[0].effort == PPM


def test_scenario_b_3_one_booking_brings_the_credit() -> None:
    rules = Rules(
        currency="EUR",
        qualifying=Qualifying(strip_tax=True, whole_units=True),
        conditions=(Condition(measure=Measure.SALES, least=15000), Condition(measure=Measure.BOOKINGS, least=1)),
        ladders=(ladder(Measure.SALES, (0, share(10))),),
        bookings=Bookings(window_days=35),
    )
    goods = (GoodsPart(LineKind.SALE, 23662, 3778),)
    facts = PartyFacts(day=PARTY, orders=(OrderFacts(buyer="Anna", goods=goods),), bookings=booked(196))
    (nudge,) = coach(rules, facts)
    assert nudge.needs == (Need(measure=Measure.BOOKINGS, have=0, target=1),)
    assert (nudge.credit, nudge.extra_credit) == (1980, 1980)
    empty = PartyFacts(day=PARTY, usual_tax_ppm=190_000)
    (first,) = coach(rules, empty)
    assert [(need.measure, need.missing) for need in first.needs] == [(Measure.SALES, 15000), (Measure.BOOKINGS, 1)]
    assert first.credit == 1260  # 150.00 holds 126.05 without tax, floored to 126


def test_buyers_that_a_gate_asks_for_come_along_with_the_next_tier() -> None:
    rules = replace(STEPS, conditions=(Condition(measure=Measure.BUYERS, least=3),))
    gate, tier = coach(rules, sold(10000, 7000))
    assert gate.needs == (Need(measure=Measure.BUYERS, have=2, target=3),)
    assert (gate.credit, gate.rights) == (1700, 1)
    assert [(need.measure, need.missing) for need in tier.needs] == [(Measure.SALES, 8000), (Measure.BUYERS, 1)]
    assert (tier.credit, tier.rights) == (2500, 2)


def test_the_next_buyer_the_next_booking_and_their_gifts() -> None:
    rules = Rules(
        currency="USD",
        ladders=(
            ladder(Measure.BUYERS, (5, Benefit(gifts=(Gift(name="Peeler"),))), (8, Benefit(gifts=(Gift(name="Pan"),)))),
        ),
        bookings=Bookings(each=Benefit(gifts=(Gift(name="Extra"),)), at_most=2),
    )
    nudges = coach(rules, sold(*[1000] * 6, bookings=booked(10)))
    assert [(nudge.needs[0].measure, nudge.needs[0].missing) for nudge in nudges] == [
        (Measure.BOOKINGS, 1),
        (Measure.BUYERS, 2),
    ]
    assert nudges[0].extra_gifts == (Gift(name="Extra"),)
    assert nudges[1].gifts == (Gift(name="Pan"), Gift(name="Extra"))
    assert nudges[1].extra_gifts == (Gift(name="Pan"),)
    full = coach(rules, sold(*[1000] * 8, bookings=booked(10, 20)))
    assert full == ()


def test_points_can_be_had_in_three_ways() -> None:
    rules = Rules(
        currency="USD",
        ladders=(ladder(Measure.POINTS, (150, Benefit(credit=1000)), (250, Benefit(credit=2000))),),
        points=Points(kept_date=50, per_booking=50, per_guest=10, per_unit=1),
    )
    facts = sold(3500, 3450, guests=4, date_kept=True)
    assert evaluate(rules, facts).points == 50 + 40 + 69
    nudges = coach(rules, facts)
    missing = {nudge.needs[0].measure: nudge.needs[0].missing for nudge in nudges}
    assert missing == {Measure.SALES: 16000 - 6950, Measure.BOOKINGS: 2, Measure.GUESTS: 10}
    assert {nudge.credit for nudge in nudges} == {2000}


def test_thresholds_without_tax_are_coached_without_tax() -> None:
    qualifying = Qualifying(strip_tax=True, thresholds=Threshold.WITHOUT_TAX)
    rules = replace(STEPS, qualifying=qualifying)
    goods = (GoodsPart(LineKind.SALE, 23800, 3800),)
    (nudge,) = coach(rules, PartyFacts(day=PARTY, orders=(OrderFacts(buyer="A", goods=goods),)))
    assert nudge.needs == (Need(measure=Measure.SALES, have=20000, target=25000),)
    assert (nudge.credit, nudge.rights) == (2500, 2)


def test_a_gap_in_a_ladder_is_stepped_over() -> None:
    rules = Rules(
        currency="USD", ladders=(ladder(Measure.SALES, (100, share(10)), (200, Benefit()), (300, share(20))),)
    )
    (nudge,) = coach(rules, sold(150))
    assert (nudge.needs[0].target, nudge.credit) == (300, 60)


def more(facts: PartyFacts, need: Need) -> PartyFacts:
    """The party after one more order of what is missing, by somebody who bought already."""
    order = OrderFacts(buyer=facts.orders[0].buyer, goods=(GoodsPart(LineKind.SALE, need.missing),))
    return replace(facts, orders=(*facts.orders, order))


@given(st.lists(st.integers(1, 40_000), min_size=1, max_size=5))
def test_what_the_coach_promises_is_earned(amounts: list[int]) -> None:
    facts = sold(*amounts)
    for nudge in coach(STEPS, facts):
        then = evaluate(STEPS, more(facts, nudge.needs[0]))
        assert (then.credit, then.rights) == (nudge.credit, nudge.rights)


@given(programmes(), PARTIES)
def test_nudges_are_true_for_any_programme(rules: Rules, facts: PartyFacts) -> None:
    reward, nudges = advise(rules, facts)
    assert reward == evaluate(rules, facts)
    assert nudges == coach(rules, facts)
    assert [nudge.effort for nudge in nudges] == sorted(nudge.effort for nudge in nudges)
    assert len({nudge.needs for nudge in nudges}) == len(nudges)
    for nudge in nudges:
        assert isinstance(nudge, Nudge)
        assert all(need.missing > 0 for need in nudge.needs)
        assert len({need.measure for need in nudge.needs}) == len(nudge.needs)
        assert nudge.extra_credit > 0 or nudge.extra_rights > 0 or nudge.gifts != reward.gifts
        assert nudge.credit == reward.credit + nudge.extra_credit


@pytest.mark.parametrize("sales", [0, 10000])
def test_before_anything_is_sold_the_first_step_is_named(sales: int) -> None:
    (nudge,) = coach(STEPS, sold(*([sales] if sales else [])))
    assert (nudge.needs[0].target, nudge.credit, nudge.rights) == (15000, 1500, 1)
