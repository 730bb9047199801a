"""Quotes: how long an offer holds, when to ask about it, what became of it. An accepted quote is an order: orders.py."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderState

VALID_FOR = timedelta(days=14)  # proposed for a new quote
REMIND_BEFORE = timedelta(days=3)  # enough time to talk before it ends
LONGEST = timedelta(days=366)


class QuoteState(StrEnum):
    """What became of a quote; derived from the state of the order and its dates, never stored."""

    NONE = "none"
    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    DECLINED = "declined"


def quote_state(order: Order, today: date) -> QuoteState:
    """Return what became of a quote; ``NONE`` for an order that never was one."""
    if order.state is OrderState.QUOTED:
        over = order.valid_until is not None and order.valid_until < today
        return QuoteState.EXPIRED if over else QuoteState.OPEN
    if order.valid_until is None or order.state is OrderState.DRAFT:
        return QuoteState.NONE
    return QuoteState.DECLINED if order.state is OrderState.CANCELLED else QuoteState.ACCEPTED


def reminder_day(valid_until: date, today: date) -> date:
    """Return the day to ask about a quote: some days before it ends, not today already, never after its end."""
    wanted = max(valid_until - REMIND_BEFORE, today + timedelta(days=1))
    return max(min(wanted, valid_until), today)


def check_quote(order: Order) -> None:
    """Refuse a quote without an end, or with one before its day or too far away.

    Raises:
        DomainError: ``quote.no_end``, ``quote.end`` or ``quote.too_long``.
    """
    if order.valid_until is None:
        raise DomainError("quote.no_end", field="valid_until")
    if order.valid_until < order.ordered_on:
        raise DomainError("quote.end", field="valid_until")
    if order.valid_until - order.ordered_on > LONGEST:
        raise DomainError("quote.too_long", field="valid_until")
