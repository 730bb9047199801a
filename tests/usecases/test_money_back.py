"""Money that came back or goes back: goods on hold after a bounced check, refunds due after a withdrawal."""

from __future__ import annotations

from datetime import date

import pytest

from directsell.domain.cooling_off import SalePlace
from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.messages import sentence
from directsell.store.queries.money_back import refunds_due
from directsell.store.queries.order_lists import OrderFilter, OrderRow, order_list
from directsell.store.queries.orders import OrderView
from directsell.usecases.orders import MoneyTaken, deliver_order
from directsell.usecases.payments import cancel_payment, take_payment
from directsell.usecases.settling import bounce_check
from directsell.usecases.withdrawals import receive_withdrawal
from tests.fixtures.shops import Shop

CHECK, CASH = PaymentMethod.CHECK, PaymentMethod.CASH


def carla(shop: Shop) -> OrderView:
    paid = (MoneyTaken(method=CHECK, amount=9073, detail="1188"),)
    return shop.enter("Carla", ("CV-777", "1"), payments=paid, off={"CV-777": 100_000}, shipping=500)


def fay(shop: Shop) -> OrderView:
    paid = (MoneyTaken(method=PaymentMethod.CARD, amount=10883),)
    lines = (("CV-402", "1"), ("CV-315", "1"))
    return shop.enter("Fay", *lines, payments=paid, shipping=900, place=SalePlace.BUYER_HOME)


def rows(shop: Shop, which: OrderFilter) -> list[OrderRow]:
    query = order_list(which=which, today=shop.clock.today())
    return [row for _rid, row in shop.app.read(query.first_page)]


def test_a_bounced_check_holds_the_bag_until_it_is_paid(shop: Shop) -> None:
    view = carla(shop)
    assert not view.on_hold
    shop.app.run(bounce_check, view.payments[0].id, fee=1500)
    held = shop.view(view.order.id)
    assert (held.balance, held.on_hold) == (10573, True)
    (row,) = rows(shop, OrderFilter.TO_DELIVER)
    assert (row.on_hold, row.open) == (True, 10573)
    with pytest.raises(DomainError) as refused:
        shop.app.run(deliver_order, view.order.id)
    assert refused.value.code == "order.on_hold"
    assert "$105.73" in (sentence(refused.value) or "")
    shop.app.run(take_payment, view.order.id, method=CASH, amount=10573)
    assert not shop.view(view.order.id).on_hold
    assert not rows(shop, OrderFilter.ALL)[0].on_hold
    assert shop.app.run(deliver_order, view.order.id).state is OrderState.DELIVERED


def test_a_bag_on_hold_can_be_handed_over_on_purpose(shop: Shop) -> None:
    view = carla(shop)
    shop.app.run(bounce_check, view.payments[0].id)
    delivered = shop.app.run(deliver_order, view.order.id, despite_hold=True)
    assert delivered.state is OrderState.DELIVERED
    assert not shop.view(view.order.id).on_hold


def test_neither_a_mistyped_check_nor_one_whose_return_was_undone_holds_anything(shop: Shop) -> None:
    typed = carla(shop)
    shop.app.run(cancel_payment, typed.payments[0].id)
    assert not shop.view(typed.order.id).on_hold
    shop.app.run(take_payment, typed.order.id, method=CHECK, amount=5000, detail="1189")
    check = next(p for p in shop.view(typed.order.id).payments if p.detail == "1189")
    shop.app.run(bounce_check, check.id)
    assert shop.view(typed.order.id).on_hold
    shop.app.undo()
    assert not shop.view(typed.order.id).on_hold
    assert not rows(shop, OrderFilter.ALL)[0].on_hold
    shop.app.redo()
    assert shop.view(typed.order.id).on_hold
    assert rows(shop, OrderFilter.ALL)[0].on_hold


def test_a_refund_is_due_until_it_is_paid_back(shop: Shop) -> None:
    view = fay(shop)
    assert view.totals.total == 10883
    shop.app.run(receive_withdrawal, view.order.id, received_on=date(2026, 2, 17))
    assert shop.view(view.order.id).refund == 10883
    (due,) = shop.app.read(refunds_due)
    assert (due.name, due.amount, due.currency, due.by) == ("Fay", 10883, "USD", date(2026, 2, 28))
    (row,) = rows(shop, OrderFilter.REFUND)
    assert (row.refund, row.refund_by, row.open) == (10883, date(2026, 2, 28), -10883)
    assert [row.id for row in rows(shop, OrderFilter.OPEN)] == [view.order.id]
    shop.app.run(take_payment, view.order.id, method=PaymentMethod.CARD, amount=-10000)
    assert shop.app.read(refunds_due)[0].amount == 883
    shop.app.run(take_payment, view.order.id, method=CASH, amount=-883)
    assert shop.app.read(refunds_due) == []
    assert rows(shop, OrderFilter.REFUND) == []
    assert rows(shop, OrderFilter.OPEN) == []


def test_a_refused_notice_leaves_nothing_to_pay_back(shop: Shop) -> None:
    view = fay(shop)
    shop.app.run(receive_withdrawal, view.order.id, received_on=date(2026, 2, 19))
    assert shop.app.read(refunds_due) == []
    shop.app.run(receive_withdrawal, view.order.id, received_on=date(2026, 2, 19), goodwill=True)
    (due,) = shop.app.read(refunds_due)
    assert (due.amount, due.by) == (10883, None)
    assert shop.app.read(lambda reader: reader.get(Order, view.order.id)).state is OrderState.CANCELLED
