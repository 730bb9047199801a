"""Redemption: rule D9, scenarios A.5 and A.9 literally, refusals with their figures, then its algebra."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward, evaluate
from directsell.domain.host_programmes.redeem import Choice, Pick, Use, recompute, redeem
from directsell.domain.host_programmes.rules import Gift, UnspentFate, rights_needed
from directsell.domain.money import Money
from directsell.domain.taxes import GoodsBase
from directsell.domain.totals import LineKind, compute
from tests.domain.host_parties import PRICES, SALES_TAX, STEPS, D, party


def pick(price: str, use: Use, quantity: str = "1", **more: Any) -> Pick:
    return replace(Pick(quantity=D(quantity), unit_price=D(price), use=use), **more)


def of(code: str, use: Use) -> Pick:
    return pick(PRICES[code], use, key=code)


DANA = (
    of("CV-204", Use.CREDIT),
    of("CV-110", Use.CREDIT),
    of("CV-777", Use.HALF_PRICE),
    of("CV-315", Use.HALF_PRICE),
)
EARNED = evaluate(STEPS, party(6))
REDUCED = evaluate(STEPS, party(5))


@pytest.mark.parametrize(
    ("picks", "half", "tax", "due", "unspent", "overage"),
    [("240.00", "116.00", 2341, 10041, 0, 1500), ("225.00", "", 1775, 2175, 0, 0), ("221.00", "", 1744, 2144, 400, 0)],
)
def test_d9_credit_of_225(picks: str, half: str, tax: int, due: int, unspent: int, overage: int) -> None:
    reward = Reward(currency="USD", credit=22500, rights=8)
    wishes = [pick(picks, Use.CREDIT), *([pick(half, Use.HALF_PRICE)] if half else [])]
    redemption = redeem(replace(STEPS, shipping=400), reward, wishes, profile=SALES_TAX)
    assert (redemption.totals.tax, redemption.totals.total) == (tax, due)
    assert (redemption.unspent.amount, redemption.overage) == (unspent, overage)


def test_scenario_a_5_dana_redeems() -> None:
    redemption = redeem(STEPS, EARNED, DANA, profile=SALES_TAX, shipping=500)
    assert redemption.totals.taxes[0].base == 13650
    assert (redemption.totals.tax, redemption.totals.total) == (1058, 8858)
    assert (redemption.credit_used, redemption.unspent.amount, redemption.overage) == (5850, 356, 0)
    assert redemption.unspent.fate is UnspentFate.LOST
    assert (redemption.rights_used, redemption.rights_left) == (3, 0)
    assert [part.net for part in redemption.totals.lines] == [0, 0, 4400, 2900]
    assert compute(redemption.lines, redemption.terms) == redemption.totals


def test_scenario_a_5_a_fourth_right_is_refused_and_the_figures_say_why() -> None:
    with pytest.raises(DomainError, match="redeem.rights") as refused:
        redeem(STEPS, EARNED, (*DANA, of("CV-402", Use.HALF_PRICE)), profile=SALES_TAX)
    assert refused.value.params == {
        "line": 5,
        "key": "CV-402",
        "weight": 1,
        "used": 3,
        "rights": 3,
        "sales": Money(41370, "USD"),
        "start": Money(40000, "USD"),
    }


def test_scenario_a_9_fay_withdraws() -> None:
    before = redeem(STEPS, EARNED, DANA, profile=SALES_TAX)
    change = recompute(STEPS, REDUCED, before, profile=SALES_TAX)
    assert (change.after.reward.credit, change.after.reward.rights) == (3217, 2)
    assert change.after.overage == 2633
    assert change.after.totals.taxes[0].base == 16550
    assert (change.after.totals.tax, change.after.totals.total, change.difference) == (1283, 14616, 5758)
    assert change.choices == (Choice.ABSORB, Choice.CHARGE_HOST)
    assert [(one.key, one.use) for one in change.after.picks[2:]] == [
        ("CV-777", Use.HALF_PRICE),
        ("CV-315", Use.FULL_PRICE),
    ]
    assert change.after.totals.lines[3].net == 5800
    assert (change.after.rights_used, change.after.rights_left) == (2, 0)


def test_scenario_a_8_an_unchanged_reward_changes_nothing() -> None:
    before = redeem(STEPS, EARNED, DANA, profile=SALES_TAX)
    change = recompute(STEPS, EARNED, before, profile=SALES_TAX)
    assert (change.after, change.difference, change.choices) == (before, 0, ())


def test_credit_never_pays_a_half_price_piece_or_change() -> None:
    reward = Reward(currency="USD", credit=10000, rights=1)
    wishes = [pick("58.00", Use.HALF_PRICE), pick("20.00", Use.CREDIT), pick("30.00", Use.FULL_PRICE)]
    redemption = redeem(replace(STEPS, shipping=0), reward, wishes, profile=SALES_TAX)
    assert [part.net for part in redemption.totals.lines] == [2900, 0, 3000]
    assert [part.host_credit for part in redemption.totals.lines] == [0, 2000, 0]
    assert redemption.unspent.amount == 8000


def test_d6_the_tax_profile_says_what_is_taxed() -> None:
    paid = replace(SALES_TAX, host_goods_base=GoodsBase.PRICE_PAID)
    redemption = redeem(STEPS, EARNED, DANA, profile=paid)
    assert redemption.totals.taxes[0].base == 500 + 7300


@pytest.mark.parametrize(
    ("fate", "until"), [(UnspentFate.LOST, None), (UnspentFate.KEPT, date(2026, 3, 15)), (UnspentFate.POOLED, None)]
)
def test_d9_what_happens_to_unspent_credit(fate: UnspentFate, until: date | None) -> None:
    rules = replace(STEPS, unspent=fate, unspent_days=30)
    unspent = redeem(rules, EARNED, DANA, profile=SALES_TAX, on=date(2026, 2, 13)).unspent
    assert (unspent.amount, unspent.fate, unspent.until) == (356, fate, until)


def test_an_expired_reward_is_refused() -> None:
    reward = replace(EARNED, expires_on=date(2026, 3, 15))
    assert redeem(STEPS, reward, DANA, profile=SALES_TAX, on=date(2026, 3, 15)).totals.total == 8858
    with pytest.raises(DomainError, match="redeem.expired") as refused:
        redeem(STEPS, reward, DANA, profile=SALES_TAX, on=date(2026, 3, 16))
    assert refused.value.params == {"expires_on": date(2026, 3, 15)}


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (pick("10.00", Use.CREDIT), "redeem.no_credit"),
        (pick("10.00", Use.HALF_PRICE), "redeem.rights"),
        (pick("10.00", Use.GIFT, gift="Pan"), "redeem.gift"),
        (pick("10.00", Use.FULL_PRICE, "0"), "redeem.quantity"),
        (pick("10.00", Use.FULL_PRICE, "-1"), "redeem.quantity"),
        (pick("10.00", Use.FULL_PRICE, "NaN"), "redeem.quantity"),
        (pick("10.00", Use.HALF_PRICE, "1.5"), "redeem.quantity"),
        (pick("10.00", Use.GIFT, "2000", gift="Bag"), "redeem.quantity"),
        (pick("-1.00", Use.FULL_PRICE), "redeem.price"),
    ],
)
def test_what_was_not_earned_is_refused(wish: Pick, code: str) -> None:
    nothing = Reward(currency="USD", gifts=(Gift(name="Bag"),))
    with pytest.raises(DomainError, match=code) as refused:
        redeem(STEPS, nothing, [pick("5.00", Use.FULL_PRICE), wish], profile=SALES_TAX)
    assert refused.value.params["line"] == 2
    assert refused.value.field == "picks"


def test_gifts_are_counted() -> None:
    reward = Reward(currency="USD", gifts=(Gift(name="Bag", quantity=2), Gift(name="Pan")))
    bags = pick("9.00", Use.GIFT, gift="Bag")
    redemption = redeem(STEPS, reward, [bags, bags], profile=SALES_TAX, shipping=0)
    assert (redemption.totals.total, redemption.gifts_left) == (0, 1)
    with pytest.raises(DomainError, match="redeem.gift") as refused:
        redeem(STEPS, reward, [bags, bags, bags], profile=SALES_TAX)
    assert refused.value.params == {"line": 3, "gift": "Bag", "given": 2}
    fewer = replace(reward, gifts=(Gift(name="Bag"),))
    change = recompute(STEPS, fewer, redemption, profile=SALES_TAX)
    assert [line.kind for line in change.after.lines] == [LineKind.GIFT, LineKind.SALE]


def test_pieces_of_one_pick_can_part() -> None:
    reward = Reward(currency="USD", rights=3)
    before = redeem(STEPS, reward, [pick("50.00", Use.HALF_PRICE, "3")], profile=SALES_TAX, shipping=0)
    after = recompute(STEPS, replace(reward, rights=2), before, profile=SALES_TAX).after
    assert [(one.use, one.quantity) for one in after.picks] == [(Use.HALF_PRICE, D(2)), (Use.FULL_PRICE, D(1))]
    assert after.totals.goods == 2 * 2500 + 5000


def test_the_rights_that_remain_go_where_they_save_most() -> None:
    reward = Reward(currency="USD", rights=4)
    wishes = [pick("30.00", Use.HALF_PRICE), pick("30.00", Use.HALF_PRICE), pick("100.00", Use.HALF_PRICE)]
    before = redeem(STEPS, reward, wishes, profile=SALES_TAX)
    two = recompute(STEPS, replace(reward, rights=2), before, profile=SALES_TAX).after
    assert [one.use for one in two.picks] == [Use.FULL_PRICE, Use.FULL_PRICE, Use.HALF_PRICE]
    one = recompute(STEPS, replace(reward, rights=1), before, profile=SALES_TAX).after
    assert [part.use for part in one.picks] == [Use.HALF_PRICE, Use.FULL_PRICE, Use.FULL_PRICE]


# --- for every redemption

WISHES = st.lists(
    st.builds(
        Pick,
        quantity=st.integers(1, 3).map(Decimal),
        unit_price=st.integers(0, 25_000).map(lambda cents: Decimal(cents) / 100),
        use=st.sampled_from([Use.CREDIT, Use.HALF_PRICE, Use.FULL_PRICE]),
    ),
    max_size=6,
)
REWARDS = st.builds(Reward, currency=st.just("USD"), credit=st.integers(0, 50_000), rights=st.integers(0, 8))


def enough(wishes: list[Pick]) -> Reward:
    half = [one for one in wishes if one.use is Use.HALF_PRICE]
    rights = sum(rights_needed(STEPS, int(one.unit_price * 100)) * int(one.quantity) for one in half)
    return Reward(currency="USD", credit=30_000, rights=rights)


@given(WISHES, REWARDS)
def test_recomputing_is_idempotent_and_can_be_taken_back(wishes: list[Pick], reward: Reward) -> None:
    before = redeem(STEPS, enough(wishes), wishes, profile=SALES_TAX)
    once = recompute(STEPS, reward, before, profile=SALES_TAX)
    twice = recompute(STEPS, reward, once.after, profile=SALES_TAX)
    assert (twice.after, twice.difference, twice.choices) == (once.after, 0, ())
    back = recompute(STEPS, before.reward, once.after, profile=SALES_TAX)
    assert back.after == before
    assert back.difference == -once.difference
    assert bool(once.choices) == (once.difference > 0)


@given(WISHES, REWARDS)
def test_no_more_is_given_than_was_earned(wishes: list[Pick], reward: Reward) -> None:
    before = redeem(STEPS, enough(wishes), wishes, profile=SALES_TAX)
    after = recompute(STEPS, reward, before, profile=SALES_TAX).after
    assert 0 <= after.rights_used <= reward.rights
    assert after.credit_used + after.unspent.amount == reward.credit
    retail = sum(part.retail for part in after.totals.lines)
    assert retail == sum(part.retail for part in before.totals.lines)
    free = sum(part.retail for part, line in zip(after.totals.lines, after.lines, strict=True) if _credit(line.kind))
    assert after.overage == free - after.credit_used
    assert sum(one.quantity for one in after.picks) == sum(one.quantity for one in wishes)


def _credit(kind: LineKind) -> bool:
    return kind is LineKind.HOST_CREDIT


@given(WISHES)
def test_a_smaller_reward_never_costs_the_host_less(wishes: list[Pick]) -> None:
    before = redeem(STEPS, enough(wishes), wishes, profile=SALES_TAX)
    smaller = replace(before.reward, credit=before.reward.credit // 2, rights=before.reward.rights // 2)
    assert recompute(STEPS, smaller, before, profile=SALES_TAX).difference >= 0
