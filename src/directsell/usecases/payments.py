"""What a seller does with money: take it, give it back, cancel an entry. The ledger is only appended to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from directsell.domain.balances import check_card_detail
from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderState
from directsell.domain.payments import Payment, PaymentMethod
from directsell.domain.people import Person, display_name
from directsell.domain.records import to_cancel
from directsell.i18n import N_
from directsell.store.queries.orders import order_view
from directsell.store.work import Work
from directsell.usecases.payment_bans import can_be_banned, check_ban
from directsell.usecases.verbs import usecase

LARGEST = 10**15  # minor units; beyond this an amount is a typing mistake


@usecase(N_("Payment of {name}"))
def take_payment(
    work: Work,
    order_id: UUID,
    *,
    method: PaymentMethod,
    amount: int,
    detail: str = "",
    paid_on: date | None = None,
    note: str = "",
) -> Payment:
    """Enter money received for an order (positive) or given back (negative).

    Args:
        work: the transaction.
        order_id: the order.
        method: how the money changed hands.
        amount: minor units of the order's currency.
        detail: check number, or at most the last four digits of a card.
        paid_on: the day, default today.
        note: free text.

    Raises:
        DomainError: ``payment.zero``, ``payment.too_large``, ``payment.card_number``, ``payment.cancelled_order``,
            ``payment.quote``;
            ``payment.banned`` (``_party``, ``_place``) where the law forbids to take money yet.
    """
    order = work.get(Order, order_id)
    if order.state is OrderState.CANCELLED and amount > 0:
        raise DomainError("payment.cancelled_order")
    if order.state is OrderState.QUOTED and amount > 0:
        raise DomainError("payment.quote")
    if amount == 0:
        raise DomainError("payment.zero", field="amount")
    if abs(amount) > LARGEST:
        raise DomainError("payment.too_large", field="amount")
    if method is PaymentMethod.CARD:
        check_card_detail(detail)
    day = paid_on or work.today
    if amount > 0 and can_be_banned(work, order):
        check_ban(work, order, order_view(work, order_id).totals.total, method, day)
    person = work.find_one(Person, order.person_id)
    work.describe(name=display_name(person) if person else "")
    return work.save(
        Payment(
            id=work.new_id(),
            order_id=order_id,
            person_id=order.person_id,
            method=method,
            amount=amount,
            currency=order.currency,
            paid_on=day,
            at=work.now,
            detail=detail.strip(),
            note=note.strip(),
        )
    )


@usecase(N_("Cancel payment"))
def cancel_payment(work: Work, payment_id: UUID, *, note: str = "", bounced: bool = False) -> Payment:
    """Take back an entry of the ledger by a reversing one (typing mistake; ``bounced``: the bank gave it back).

    Raises:
        DomainError: ``payment.already_cancelled``.
    """
    payment = work.get(Payment, payment_id)
    target = to_cancel(payment, work.find(Payment, order_id=payment.order_id))
    if payment.reverses_id is not None or target is None:
        raise DomainError("payment.already_cancelled")
    return work.save(
        replace(
            payment,
            id=work.new_id(),
            amount=-payment.amount,
            paid_on=work.today,
            at=work.now,
            note=note.strip(),
            reverses_id=target.id,
            bounced=bounced,
        )
    )
