"""People through the App: who may be removed, and what goes with them."""

from __future__ import annotations

import pytest

from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp
from directsell.domain.orders import Handover, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Person
from directsell.store.queries.today import today_lists
from directsell.usecases.followups import plan_follow_up
from directsell.usecases.payments import take_payment
from directsell.usecases.people import delete_person
from tests.fixtures.shops import Shop


@pytest.mark.parametrize(
    "changes",
    [{"state": OrderState.DRAFT}, {"state": OrderState.PLACED}, {"handover": Handover.TAKE_NOW}],
    ids=["draft", "to deliver", "delivered, not paid"],
)
def test_a_person_with_an_open_order_stays(shop: Shop, changes: dict[str, object]) -> None:
    shop.enter("Amy", ("CV-110", "1"), **changes)  # type: ignore[arg-type]
    with pytest.raises(DomainError) as refused:
        shop.app.run(delete_person, shop.person("Amy"))
    assert (refused.value.code, refused.value.params["count"]) == ("person.open_orders", 1)


def test_who_has_paid_for_everything_may_go(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"), handover=Handover.TAKE_NOW)
    shop.app.run(take_payment, view.order.id, method=PaymentMethod.CASH, amount=view.totals.total)
    shop.app.run(delete_person, shop.person("Amy"))
    assert shop.app.read(lambda reader: reader.find_one(Person, shop.person("Amy"))) is None


def test_nobody_is_to_be_called_who_was_removed(shop: Shop) -> None:
    amy = shop.person("Amy")
    today = shop.clock.today()
    planned = shop.app.run(plan_follow_up, amy, due_on=today)
    shop.app.run(delete_person, amy)
    lists = shop.app.read(today_lists, today)
    assert (lists.week.today.contacts, lists.week.today.count) == ((), 0)
    shop.app.undo()
    assert shop.app.read(lambda reader: reader.find(FollowUp)) == [planned]
