"""Quotes: what became of one, when to ask about it, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderState
from directsell.domain.quotes import QuoteState, check_quote, quote_state, reminder_day

TODAY = date(2026, 2, 13)
ORDER = Order(
    id=UUID(int=1),
    ordered_on=TODAY,
    currency="USD",
    tax_profile="{}",
    created_at=datetime(2026, 2, 13, tzinfo=UTC),
    state=OrderState.QUOTED,
    valid_until=date(2026, 2, 27),
)


@pytest.mark.parametrize(
    ("changes", "today", "state"),
    [
        ({}, TODAY, QuoteState.OPEN),
        ({}, date(2026, 2, 27), QuoteState.OPEN),  # the last day still counts
        ({}, date(2026, 2, 28), QuoteState.EXPIRED),
        ({"state": OrderState.PLACED}, date(2026, 2, 28), QuoteState.ACCEPTED),
        ({"state": OrderState.DELIVERED}, TODAY, QuoteState.ACCEPTED),
        ({"state": OrderState.CANCELLED}, TODAY, QuoteState.DECLINED),
        ({"state": OrderState.DRAFT}, TODAY, QuoteState.NONE),
        ({"state": OrderState.PLACED, "valid_until": None}, TODAY, QuoteState.NONE),
    ],
)
def test_what_became_of_a_quote(changes: dict[str, object], today: date, state: QuoteState) -> None:
    assert quote_state(replace(ORDER, **changes), today) is state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("valid_until", "day"),
    [
        (date(2026, 2, 27), date(2026, 2, 24)),  # three days before its end
        (date(2026, 2, 15), date(2026, 2, 14)),  # a short one: tomorrow
        (date(2026, 2, 14), date(2026, 2, 14)),
        (date(2026, 2, 13), date(2026, 2, 13)),  # it ends today: today
        (date(2026, 2, 1), date(2026, 2, 13)),  # over already: today, never in the past
    ],
)
def test_the_day_to_ask(valid_until: date, day: date) -> None:
    assert reminder_day(valid_until, TODAY) == day


@given(st.integers(0, 366))
def test_is_asked_before_it_ends(days: int) -> None:
    end = TODAY + timedelta(days=days)
    assert TODAY <= reminder_day(end, TODAY) <= end


@pytest.mark.parametrize(
    ("valid_until", "code"),
    [(None, "quote.no_end"), (date(2026, 2, 12), "quote.end"), (date(2027, 2, 15), "quote.too_long")],
)
def test_what_is_refused(valid_until: date | None, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_quote(replace(ORDER, valid_until=valid_until))
    assert (refused.value.code, refused.value.field) == (code, "valid_until")
