"""Payments through the App: the ledger is only appended to; corrections are entries of their own."""

from __future__ import annotations

import pytest

from directsell.domain.balances import deposit_suggestion
from directsell.domain.errors import DomainError
from directsell.domain.orders import OrderState
from directsell.domain.payments import Payment, PaymentMethod
from directsell.usecases.orders import cancel_order
from directsell.usecases.payments import cancel_payment, take_payment
from tests.fixtures.shops import Shop

CASH, CARD, CHECK = PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.CHECK


def test_part_payment_and_the_rest_on_delivery(shop: Shop) -> None:
    view = shop.enter("Ella", ("CV-204", "1"), ("CV-518", "1"), shipping=500)
    shop.app.run(take_payment, view.order.id, method=CASH, amount=2000)
    assert shop.view(view.order.id).balance == 5595
    shop.app.run(take_payment, view.order.id, method=CARD, amount=5595, detail="Visa 4242")
    assert shop.view(view.order.id).balance == 0


def test_a_deposit_of_sixty_percent(laden: Shop) -> None:
    view = laden.enter("Cem", ("SW-02", "1"))
    deposit = deposit_suggestion(view.totals.total)
    assert deposit == 3594
    laden.app.run(take_payment, view.order.id, method=CASH, amount=deposit)
    assert laden.view(view.order.id).balance == 2396


def test_overpayment_is_the_customers_credit(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    shop.app.run(take_payment, view.order.id, method=CHECK, amount=view.totals.total + 500, detail="1190")
    assert shop.view(view.order.id).balance == -500
    shop.app.run(take_payment, view.order.id, method=CASH, amount=-500)
    assert shop.view(view.order.id).balance == 0


def test_a_bounced_check_is_reversed_and_not_erased(shop: Shop) -> None:
    view = shop.enter("Carla", ("CV-777", "1"))
    check = shop.app.run(take_payment, view.order.id, method=CHECK, amount=view.totals.total, detail="1188")
    shop.app.run(cancel_payment, check.id, note="bounced")
    after = shop.view(view.order.id)
    assert [payment.amount for payment in after.payments] == [check.amount, -check.amount]
    assert (after.payments[1].reverses_id, after.payments[1].note) == (check.id, "bounced")
    assert after.balance == view.totals.total
    for payment in after.payments:
        with pytest.raises(DomainError, match="payment.already_cancelled"):
            shop.app.run(cancel_payment, payment.id)


def test_undo_of_a_payment_appends_too(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    shop.app.run(take_payment, view.order.id, method=CASH, amount=100)
    shop.app.undo()
    assert [payment.amount for payment in shop.view(view.order.id).payments] == [100, -100]
    shop.app.redo()
    assert shop.view(view.order.id).paid == 100


@pytest.mark.parametrize(
    ("amount", "detail", "code", "field"),
    [
        (0, "", "payment.zero", "amount"),
        (10**15 + 1, "", "payment.too_large", "amount"),
        (100, "4111 1111 1111 1111", "payment.card_number", "detail"),
        (100, "42424", "payment.card_number", "detail"),
    ],
)
def test_refused_payments(shop: Shop, amount: int, detail: str, code: str, field: str) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    with pytest.raises(DomainError) as refused:
        shop.app.run(take_payment, view.order.id, method=CARD, amount=amount, detail=detail)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert "4111" not in str(refused.value)
    assert shop.app.read(lambda r: r.find(Payment)) == []


def test_a_cancelled_order_takes_no_money(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    assert shop.app.run(cancel_order, view.order.id).state is OrderState.CANCELLED
    with pytest.raises(DomainError, match="payment.cancelled_order"):
        shop.app.run(take_payment, view.order.id, method=CASH, amount=100)
