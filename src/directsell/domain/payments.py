"""Payments: an append-only ledger of money received and given back. A balance is always a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.records import Record


class PaymentMethod(StrEnum):
    """How money changed hands (rule D13)."""

    CASH = "cash"
    CARD = "card"
    CHECK = "check"
    TRANSFER = "transfer"
    GIFT_CERTIFICATE = "gift_certificate"
    HOST_CREDIT = "host_credit"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Record):
    """Money for an order: ``amount`` minor units of ``currency``, positive when received, negative when given back.

    ``detail`` holds a check number or at most the last four digits of a card, never a whole card number.
    A payment that names another in ``reverses_id`` cancels it (bounced check, typing mistake, undo); ``bounced`` tells
    that the bank gave it back.
    """

    order_id: UUID
    person_id: UUID | None = None
    method: PaymentMethod
    amount: int
    currency: str
    paid_on: date
    at: datetime
    detail: str = ""
    note: str = ""
    reverses_id: UUID | None = None
    bounced: bool = False


def came_back(payments: Sequence[Payment]) -> bool:
    """Tell whether the bank gave back a payment that was taken for an order, and nobody took that entry back.

    Args:
        payments: all rows of the order.
    """
    undone = {payment.reverses_id for payment in payments}
    return any(payment.bounced and payment.amount < 0 and payment.id not in undone for payment in payments)
