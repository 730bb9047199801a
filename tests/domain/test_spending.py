"""What is left of a reward, and the best use of it: scenario A.5 is what the program proposes by itself."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward, evaluate
from directsell.domain.host_programmes.proposing import Wanted, propose
from directsell.domain.host_programmes.redeem import Pick, Use, redeem
from directsell.domain.host_programmes.rules import Gift, UnspentFate, rights_needed
from directsell.domain.host_programmes.spending import Spent, carried, check_open, left_of, spent, together
from directsell.domain.host_programmes.trace import replay
from directsell.domain.money import percent_of, to_minor
from tests.domain.host_parties import PRICES, SALES_TAX, STEPS, party

EARNED = evaluate(STEPS, party(6))
CREDIT, HALF, GIFT, FULL = Use.CREDIT, Use.HALF_PRICE, Use.GIFT, Use.FULL_PRICE


def wanted(*codes: str) -> list[Wanted]:
    return [Wanted(Pick(key=code, unit_price=Decimal(PRICES[code]), use=FULL)) for code in codes]


def test_scenario_a_5_is_proposed() -> None:
    picks = propose(STEPS, EARNED, wanted("CV-204", "CV-110", "CV-777", "CV-315"))
    assert [pick.use for pick in picks] == [CREDIT, CREDIT, HALF, HALF]
    redemption = redeem(STEPS, EARNED, picks, profile=SALES_TAX, shipping=500)
    assert (redemption.totals.total, redemption.unspent.amount, redemption.rights_left) == (8858, 356, 0)


def test_what_was_chosen_by_hand_stays() -> None:
    lines = wanted("CV-204", "CV-110", "CV-777")
    lines[0] = replace(lines[0], pick=replace(lines[0].pick, use=FULL), fixed=True)
    assert [pick.use for pick in propose(STEPS, EARNED, lines)] == [FULL, HALF, CREDIT]  # 6.25 + 62.06
    four = [replace(line, pick=replace(line.pick, use=HALF), fixed=True) for line in wanted("CV-777", "CV-777")]
    assert [pick.use for pick in propose(STEPS, EARNED, four)] == [HALF, HALF]


def test_a_gift_goes_to_the_line_that_is_called_like_it() -> None:
    reward = Reward(currency="USD", gifts=(Gift(name="Peeler"),))
    line = Wanted(Pick(key="CV-110", unit_price=Decimal("12.50"), use=FULL), name="peeler")
    assert [pick.use for pick in propose(STEPS, reward, [line, line])] == [GIFT, FULL]


def test_nothing_is_proposed_without_a_reward() -> None:
    assert [pick.use for pick in propose(STEPS, Reward(currency="USD"), wanted("CV-110"))] == [FULL]


@given(
    prices=st.lists(st.integers(0, 20_000), max_size=5),
    credit=st.integers(0, 20_000),
    rights=st.integers(0, 6),
)
@settings(max_examples=60)
def test_no_other_use_saves_more_and_redeeming_accepts_it(prices: list[int], credit: int, rights: int) -> None:
    reward = Reward(currency="USD", credit=credit, rights=rights)
    lines = [Wanted(Pick(key=str(n), unit_price=Decimal(p) / 100, use=FULL)) for n, p in enumerate(prices)]
    picks = propose(STEPS, reward, lines)
    redeem(STEPS, reward, picks, profile=SALES_TAX)
    best = max(_saved(reward, prices, uses) for uses in itertools.product((CREDIT, HALF, FULL), repeat=len(prices)))
    assert _saved(reward, prices, tuple(pick.use for pick in picks)) == best


def _saved(reward: Reward, prices: list[int], uses: tuple[Use, ...]) -> int:
    used = list(zip(prices, uses, strict=True))
    if sum(rights_needed(STEPS, price) for price, use in used if use is HALF) > reward.rights:
        return -1
    free = sum(price for price, use in used if use is CREDIT)
    return min(free, reward.credit) + sum(price - percent_of(price, 500_000) for price, use in used if use is HALF)


def test_what_was_spent_is_missing_next_time() -> None:
    picks = propose(STEPS, EARNED, wanted("CV-204", "CV-110", "CV-777"))
    first = redeem(STEPS, EARNED, picks, profile=SALES_TAX)
    taken = spent(STEPS, picks, first.credit_used)
    assert taken == Spent(credit=5850, rights=2)
    left = left_of(EARNED, [taken])
    assert (left.credit, left.rights, left.sales) == (356, 1, EARNED.sales)
    with pytest.raises(DomainError, match="redeem.rights_left") as refused:
        redeem(STEPS, left, [replace(picks[2])], profile=SALES_TAX)
    assert refused.value.params["weight"] == 2
    assert left_of(replace(EARNED, credit=0, rights=0), [taken]).credit == 0


@given(
    prices=st.lists(st.integers(1, 20_000), max_size=6),
    credit=st.integers(0, 20_000),
    rights=st.integers(0, 6),
)
@settings(max_examples=60)
def test_what_is_used_and_what_is_left_add_up(prices: list[int], credit: int, rights: int) -> None:
    reward = Reward(currency="USD", credit=credit, rights=rights)
    lines = [Wanted(Pick(key=str(n), unit_price=Decimal(p) / 100, use=FULL)) for n, p in enumerate(prices)]
    picks = propose(STEPS, reward, lines)
    redemption = redeem(STEPS, reward, picks, profile=SALES_TAX)
    taken = spent(STEPS, picks, redemption.credit_used)
    left = left_of(reward, [taken])
    assert (left.credit + taken.credit, left.rights + taken.rights) == (credit, rights)
    assert (left.credit, left.rights) == (redemption.unspent.amount, redemption.rights_left)
    assert left_of(reward, []) == reward  # taken back: the same figures again


def test_a_gift_is_given_once() -> None:
    reward = Reward(currency="USD", gifts=(Gift(name="Apron", quantity=2),))
    pick = Pick(unit_price=Decimal(9), use=GIFT, gift="Apron")
    assert left_of(reward, [spent(STEPS, [pick], 0)]).gifts == (Gift(name="Apron"),)
    assert left_of(reward, [spent(STEPS, [pick, pick], 0)]).gifts == ()


def test_rewards_of_one_person_add_up_and_stay_explained() -> None:
    past = replace(Reward(currency="USD"), credit=500, rights=1, expires_on=date(2026, 3, 1))
    both = together(EARNED, past)
    assert (both.credit, both.rights, both.expires_on) == (EARNED.credit + 500, EARNED.rights + 1, date(2026, 3, 1))
    more = carried(EARNED, 356, date(2026, 1, 9))
    assert more.credit == replay(more.trace).credit == EARNED.credit + 356
    assert carried(EARNED, 0, date(2026, 1, 9)) is EARNED


@pytest.mark.parametrize(
    ("fate", "on", "code"),
    [
        (UnspentFate.LOST, date(2026, 2, 14), "redeem.lost"),
        (UnspentFate.POOLED, date(2026, 2, 14), "redeem.pooled"),
        (UnspentFate.KEPT, date(2026, 3, 16), "redeem.kept_until"),
    ],
)
def test_the_close_ends_it_as_the_programme_says(fate: UnspentFate, on: date, code: str) -> None:
    rules, closed = replace(STEPS, unspent=fate, unspent_days=30), date(2026, 2, 13)
    check_open(rules, submitted=False, closed_on=closed, on=on)
    with pytest.raises(DomainError, match=code):
        check_open(rules, submitted=True, closed_on=closed, on=on)
    kept = replace(rules, unspent=UnspentFate.KEPT)
    check_open(kept, submitted=True, closed_on=closed, on=date(2026, 3, 15))


def test_amounts_are_those_of_the_price_tag() -> None:
    line = Wanted(Pick(key="x", quantity=Decimal("1.5"), unit_price=Decimal("10.00"), use=FULL))
    (pick,) = propose(STEPS, Reward(currency="USD", rights=3), [line])
    assert pick.use is FULL  # half pieces have no half-price right
    assert to_minor(pick.unit_price, "USD") == 1000
