"""What is paid, owed and given back for an order: sums over payment rows. No storage, no tax, no documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.money import PPM, Rounding, percent_of, round_cash
from directsell.domain.payments import PaymentMethod

DEPOSIT_PPM: Final = 600_000  # rule D13 suggests 60 % of the total
_CARD_DIGITS: Final = 4


class Entry(Protocol):
    """The part of a payment that sums need; ``payments.Payment`` fits.

    ``amount`` is positive when money came in, negative when it went back. A row of method ROUNDING holds what cash
    rounding left out (positive) or took on top (negative).
    """

    @property
    def method(self) -> PaymentMethod:
        """How the money changed hands."""
        ...

    @property
    def amount(self) -> int:
        """Minor units of the order's currency."""
        ...

    @property
    def reverses_id(self) -> UUID | None:
        """The payment that this one cancels."""
        ...


@dataclass(frozen=True, slots=True)
class Balance:
    """How an order stands, in minor units.

    ``paid`` is all that settles the total, ``rounding`` its part that nobody paid (rule D13), ``cash`` its part that
    lies in the till. ``due`` is still owed by the customer, ``credit`` is owed to the customer (overpaid, or goods
    that came back); at most one of the two is not 0.
    """

    total: int
    paid: int
    cash: int
    rounding: int
    due: int
    credit: int


class CashDue(NamedTuple):
    """An amount as coins can pay it: what to collect, and the amount of the ROUNDING row that settles the rest."""

    collect: int
    rounding: int


def balance(total: int, payments: Iterable[Entry]) -> Balance:
    """Return how an order stands. Reversals are negative rows, so a plain sum is the truth (rule D13).

    Args:
        total: what the customer has to pay, with fees; negative for a credit note.
        payments: all rows of the order, in any order.
    """
    paid = cash = rounding = 0
    for payment in payments:
        paid += payment.amount
        if payment.method is PaymentMethod.CASH:
            cash += payment.amount
        elif payment.method is PaymentMethod.ROUNDING:
            rounding += payment.amount
    return Balance(total, paid, cash, rounding, due=max(total - paid, 0), credit=max(paid - total, 0))


def cash_due(due: int, increment: int) -> CashDue:
    """Return what to collect when the rest of an order is paid in cash (5 cents: 12.32 -> 12.30, rounding 0.02).

    Only cash is rounded, after tax: pass what is left when every other payment has been taken off.

    Raises:
        DomainError: ``money.increment`` for an increment below 1.
    """
    collect = round_cash(due, increment)
    return CashDue(collect, due - collect)


def change_to_give(due: int, tendered: int, increment: int = 1) -> int:
    """Return the change for cash laid on the table; nothing while it does not cover what is due.

    Only cash gets change: a card or check beyond the due becomes credit, and host credit never pays change.

    Raises:
        DomainError: ``payment.negative`` for a negative sum, ``money.increment``.
    """
    if tendered < 0:
        raise DomainError("payment.negative", field="amount")
    return max(tendered - max(cash_due(due, increment).collect, 0), 0)


def deposit_suggestion(total: int, ppm: int = DEPOSIT_PPM, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Return the deposit to ask for; the seller may change it. Nothing is asked for a credit note."""
    return percent_of(max(total, 0), min(max(ppm, 0), PPM), rounding)


def check_card_detail(text: str) -> str:
    """Return what is kept about a card ("Visa 1234"), without blanks around it.

    At most four digits, in whatever script and wherever they stand: neither a card number nor half of one, nor a
    date of expiry next to the last four, is ever stored (rule D13).

    Raises:
        DomainError: ``payment.card_number``; the text is not among the parameters, so that no log can hold it.
    """
    if sum(c.isdigit() for c in text) > _CARD_DIGITS:
        raise DomainError("payment.card_number", field="detail")
    return text.strip()
