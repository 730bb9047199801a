"""Rule D13: payments, deposits, change, credit, cash rounding and card numbers."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.balances import (
    Balance,
    balance,
    cash_due,
    change_to_give,
    check_card_detail,
    deposit_suggestion,
)
from directsell.domain.errors import DomainError
from directsell.domain.payments import PaymentMethod as Method


class Row(NamedTuple):
    method: Method
    amount: int
    reverses_id: UUID | None = None


CHECK_ID = UUID(int=1188)
rows = st.lists(st.builds(Row, st.sampled_from(Method), st.integers(-(10**9), 10**9)), max_size=12)


def test_scenario_a_ella_pays_a_part() -> None:
    assert balance(7595, [Row(Method.CASH, 2000)]) == Balance(7595, 2000, 2000, 0, due=5595, credit=0)


def test_scenario_a_tally() -> None:
    paid = {
        6896: [Row(Method.CASH, 6896)],
        8888: [Row(Method.CARD, 8888)],
        9073: [Row(Method.CHECK, 9073)],
        4579: [Row(Method.CASH, 4579)],
        7595: [Row(Method.CASH, 2000)],
        10883: [Row(Method.CARD, 10883)],
        8858: [Row(Method.CARD, 8858)],
    }
    balances = [balance(total, payments) for total, payments in paid.items()]
    assert sum(one.total for one in balances) == 56772
    assert sum(one.due for one in balances) == 5595
    # The cash of step 6 (134.75) is 68.96 + 45.79 + 20.00, the cards 286.29.
    assert sum(one.cash for one in balances) == 13475
    assert sum(one.paid - one.cash for one in balances) == 9073 + 28629


def test_scenario_a_8_carlas_check_bounces() -> None:
    check = Row(Method.CHECK, 9073)
    bounced = Row(Method.CHECK, -check.amount, CHECK_ID)
    assert balance(9073 + 1500, [check, bounced]).due == 10573


def test_scenario_b_cems_deposit() -> None:
    deposit = deposit_suggestion(5990)
    assert deposit == 3594
    assert balance(5990, [Row(Method.CASH, deposit)]).due == 2396


def test_another_share_may_be_asked_for() -> None:
    assert deposit_suggestion(10000, 250_000) == 2500


def test_overpayment_becomes_credit() -> None:
    assert balance(5000, [Row(Method.CHECK, 6000)]) == Balance(5000, 6000, 0, 0, due=0, credit=1000)


def test_a_credit_note_is_owed_to_the_customer_until_it_is_refunded() -> None:
    assert balance(-1490, []).credit == 1490
    assert balance(-1490, [Row(Method.TRANSFER, -1490)]) == Balance(-1490, -1490, 0, 0, due=0, credit=0)


@pytest.mark.parametrize(
    ("due", "increment", "collect", "rounding"),
    [(1232, 5, 1230, 2), (1233, 5, 1235, -2), (12350, 100, 12400, -50), (1234, 1, 1234, 0), (-1233, 5, -1235, 2)],
)
def test_cash_is_what_coins_can_pay(due: int, increment: int, collect: int, rounding: int) -> None:
    assert cash_due(due, increment) == (collect, rounding)
    settled = balance(due, [Row(Method.CASH, collect), Row(Method.ROUNDING, rounding)])
    assert (settled.due, settled.credit, settled.cash, settled.rounding) == (0, 0, collect, rounding)


def test_only_the_cash_part_is_rounded() -> None:
    left = balance(5012, [Row(Method.CARD, 3000)]).due
    assert cash_due(left, 5) == (2010, 2)


@pytest.mark.parametrize(
    ("due", "tendered", "increment", "change"),
    [(6896, 10000, 1, 3104), (6896, 6896, 1, 0), (7595, 2000, 1, 0), (1232, 2000, 5, 770), (0, 500, 1, 500)],
)
def test_change(due: int, tendered: int, increment: int, change: int) -> None:
    assert change_to_give(due, tendered, increment) == change


def test_nobody_tenders_less_than_nothing() -> None:
    with pytest.raises(DomainError) as error:
        change_to_give(100, -1)
    assert error.value.code == "payment.negative"


@pytest.mark.parametrize(
    ("text", "kept"), [(" 4242 ", "4242"), ("Visa 0017", "Visa 0017"), ("", ""), ("ends 12", "ends 12")]
)
def test_the_last_four_of_a_card_are_kept(text: str, kept: str) -> None:
    assert check_card_detail(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424242",
        "4242 4242 4242 4242",
        "4-2-4-2-4",
        "1234 exp 12/29",
        "４２４２４２",
        "٤٢٤٢٤٢",
        "42x42\u200b4",
    ],
)
def test_more_of_a_card_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(DomainError) as error:
        check_card_detail(text)
    assert error.value.code == "payment.card_number"
    assert text not in str(error.value)


@given(st.integers(-(10**9), 10**9), rows)
def test_paid_and_open_account_for_the_total(total: int, payments: list[Row]) -> None:
    result = balance(total, payments)
    assert result.paid + result.due - result.credit == total
    assert min(result.due, result.credit) == 0
    assert result == balance(total, list(reversed(payments)))


@given(rows)
def test_reversing_everything_leaves_nothing_paid(payments: list[Row]) -> None:
    reversals = [Row(row.method, -row.amount, CHECK_ID) for row in payments]
    assert balance(5000, payments + reversals) == balance(5000, [])


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from([1, 5, 100]))
def test_change_settles_what_is_due(due: int, tendered: int, increment: int) -> None:
    collect = cash_due(due, increment).collect
    change = change_to_give(due, tendered, increment)
    assert tendered - change == min(tendered, collect)


@given(st.integers(0, 10**12), st.integers(0, 1_000_000))
def test_a_deposit_never_exceeds_the_total(total: int, ppm: int) -> None:
    assert 0 <= deposit_suggestion(total, ppm) <= total
