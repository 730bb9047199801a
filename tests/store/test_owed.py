"""What is owed for an order is kept beside it: after every change of the order, its lines or its payments."""

from __future__ import annotations

from dataclasses import replace

from directsell.domain.orders import Order, OrderLine, OrderState, Origin
from directsell.domain.payments import Payment, PaymentMethod
from directsell.store.database import Store
from directsell.store.reverting import revert
from directsell.store.work import Work
from tests.fixtures import books


def owed(store: Store, order: Order) -> int:
    with store.read() as reader:
        return int(reader.value("SELECT owed FROM sales_order WHERE id = ?", (order.id,)))


def total(store: Store, order: Order) -> int:
    with store.read() as reader:
        return int(reader.value("SELECT total FROM sales_order WHERE id = ?", (order.id,)))


def pay(work: Work, order: Order, amount: int) -> Payment:
    return work.save(
        Payment(
            id=work.new_id(),
            order_id=order.id,
            method=PaymentMethod.CASH,
            amount=amount,
            currency="USD",
            paid_on=work.today,
            at=work.now,
        )
    )


def test_a_placed_order_owes_its_total_until_it_is_paid(store: Store) -> None:
    with store.write("Order") as work:
        order = books.add_order(work)
    assert owed(store, order) == total(store, order) > 0
    with store.write("Payment") as work:
        pay(work, order, 100)
    assert owed(store, order) == total(store, order) - 100
    with store.write("Payment") as work:
        pay(work, order, total(store, order))
    assert owed(store, order) == -100


def test_a_changed_line_changes_what_is_owed(store: Store) -> None:
    with store.write("Order") as work:
        order = books.add_order(work, lines=1)
    before = owed(store, order)
    with store.write("Line") as work:
        line = work.find(OrderLine, order_id=order.id)[0]
        work.save(replace(line, quantity=line.quantity * 2))
    assert owed(store, order) == total(store, order) != before


def test_drafts_cancelled_and_imported_orders_owe_nothing(store: Store) -> None:
    with store.write("Order") as work:
        order = books.add_order(work)
    for change in ({"state": OrderState.DRAFT}, {"state": OrderState.CANCELLED}, {"origin": Origin.IMPORTED}):
        with store.write("Change") as work:
            work.save(replace(order, **change))
        assert owed(store, order) == 0
    with store.write("Back") as work:
        work.save(order)
    assert owed(store, order) == total(store, order)


def test_undoing_a_payment_brings_the_debt_back(store: Store) -> None:
    with store.write("Order") as work:
        order = books.add_order(work)
    with store.write("Payment") as work:
        pay(work, order, 500)
        tx = work.tx
    with store.write("Undo", origin="undo") as work:
        revert(work, tx)
    assert owed(store, order) == total(store, order)


def test_a_deleted_order_owes_nothing(store: Store) -> None:
    with store.write("Order") as work:
        order = books.add_order(work)
    with store.write("Delete") as work:
        work.delete(order)
    assert owed(store, order) == 0
