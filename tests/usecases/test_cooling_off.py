"""The right to cancel as orders keep it: when it is computed anew, for whom, and what is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directsell.domain.cooling_off import SalePlace, Visit
from directsell.domain.demos import Demo, DemoKind
from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Handover, Order, OrderState
from directsell.domain.people import Person
from directsell.usecases.cooling_off import agree_visit, choose_place, is_open, place_of
from directsell.usecases.demos import save_demo
from directsell.usecases.notices import notice_pdf, order_notice
from directsell.usecases.orders import deliver_order, undeliver_order
from directsell.usecases.papers import preview_of
from directsell.usecases.withdrawals import outlook, receive_withdrawal
from tests.fixtures.shops import Shop


def made(shop: Shop, **fields: object) -> Demo:
    demo = Demo(id=shop.ids.new(), day=shop.clock.today(), host_id=shop.person("Host"), created_at=shop.clock.now())
    demo = replace(demo, **fields)  # type: ignore[arg-type]
    return shop.app.run(save_demo, demo)


def stored(shop: Shop, order: Order) -> Order:
    return shop.view(order.id).order


def test_a_draft_has_none_and_a_placed_order_does(shop: Shop) -> None:
    draft = shop.enter("Amy", ("CV-777", "1"), state=OrderState.DRAFT, place=SalePlace.BUYER_HOME).order
    assert (stored(shop, draft).cancel_by, stored(shop, draft).cooling_rule) == (None, "")
    placed = shop.enter("Amy", ("CV-777", "1"), place=SalePlace.BUYER_HOME).order
    assert stored(shop, placed).cancel_by == date(2026, 2, 18)


def test_small_sales_carry_no_right_until_the_buyer_orders_more(shop: Shop) -> None:
    demo = made(shop, country="US")
    small = shop.enter("Amy", ("CV-110", "1"), demo_id=demo.id).order
    assert stored(shop, small).cooling_rule == ""
    shop.enter("Amy", ("CV-110", "1"), demo_id=demo.id)
    assert stored(shop, small).cancel_by == date(2026, 2, 18)


def test_in_germany_the_period_starts_with_the_delivery(laden: Shop) -> None:
    demo = made(laden, country="DE")
    order = laden.enter("Anna", ("SET-1", "1"), demo_id=demo.id).order
    kept = stored(laden, order)
    assert kept.cooling_rule.startswith("de@")
    assert kept.cancel_by is None
    assert is_open(kept, date(2030, 1, 1))
    laden.clock.advance(days=15)
    laden.app.run(deliver_order, order.id, delivered_on=date(2026, 3, 21))
    assert stored(laden, order).cancel_by == date(2026, 4, 7)  # the 14th day is Easter Saturday
    laden.app.run(undeliver_order, order.id)
    assert stored(laden, order).cancel_by is None


def test_a_delivered_order_can_be_withdrawn_from_until_the_last_day(laden: Shop) -> None:
    demo = made(laden, country="DE")
    order = laden.enter("Anna", ("TF-75", "4"), demo_id=demo.id).order
    laden.clock.advance(days=15)
    laden.app.run(deliver_order, order.id, delivered_on=date(2026, 3, 21))
    found = laden.app.read(outlook, order.id, date(2026, 4, 7))
    assert (found.verdict.value, found.refund_by) == ("accepted", date(2026, 4, 21))
    assert laden.app.read(outlook, order.id, date(2026, 4, 8)).verdict.value == "refused"
    laden.app.run(receive_withdrawal, order.id, received_on=date(2026, 4, 7))
    assert stored(laden, order).state is OrderState.CANCELLED


def test_place_and_visit_change_the_last_day(shop: Shop) -> None:
    demo = made(shop, country="US", kind=DemoKind.FAIR)
    order = shop.enter("Amy", ("CV-777", "1"), demo_id=demo.id).order
    assert stored(shop, order).cooling_rule == ""  # at a fair from 130 on
    shop.app.run(choose_place, order.id, SalePlace.BUYER_HOME)
    assert stored(shop, order).cancel_by == date(2026, 2, 18)
    changed = shop.app.run(agree_visit, demo.id, visit=Visit.UNSOLICITED, host_consent=True)
    assert (changed.visit, changed.host_consent) == (Visit.UNSOLICITED, True)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (DemoKind.HOME_PARTY, SalePlace.HOST_HOME),
        (DemoKind.FAIR, SalePlace.FAIR),
        (DemoKind.ONLINE, SalePlace.ONLINE),
    ],
)
def test_the_place_follows_from_the_demo(shop: Shop, kind: DemoKind, expected: SalePlace) -> None:
    demo = made(shop, kind=kind)
    order = shop.blank("Amy", demo_id=demo.id)
    assert place_of(order, demo) is expected
    assert place_of(replace(order, place=SalePlace.SHOP), demo) is SalePlace.SHOP
    own = replace(order, person_id=demo.host_id)
    assert kind is not DemoKind.HOME_PARTY or place_of(own, demo) is SalePlace.BUYER_HOME
    assert place_of(order, None) is SalePlace.OTHER


def test_the_slip_says_it_in_the_language_of_the_customer(shop: Shop) -> None:
    order = shop.enter("Amy", ("CV-777", "1"), place=SalePlace.BUYER_HOME).order
    paper = shop.app.read(preview_of, order.id, PaperKind.ORDER_SLIP, shop.clock.today())
    assert "third business day" in paper.statement
    invoice = shop.app.read(preview_of, order.id, PaperKind.INVOICE, shop.clock.today())
    assert (invoice.statement, invoice.slip_texts) == ("", ())
    with shop.app.store.write("test") as work:
        work.update(Person, shop.person("Amy"), language="es_US")
    spanish = shop.app.read(preview_of, order.id, PaperKind.ORDER_SLIP, shop.clock.today())
    assert spanish.statement
    assert spanish.statement != paper.statement


def test_the_notice_is_drawn_or_refused(shop: Shop) -> None:
    order = shop.enter("Amy", ("CV-777", "1"), place=SalePlace.BUYER_HOME).order
    notice = shop.app.read(order_notice, order.id)
    assert (notice.copies, notice.last_day) == (2, date(2026, 2, 18))
    assert shop.app.read(notice_pdf, order.id).startswith(b"%PDF")
    shop.app.run(choose_place, order.id, SalePlace.SHOP)
    with pytest.raises(DomainError, match="notice.no_right"):
        shop.app.read(order_notice, order.id)


def test_a_notice_about_a_draft_or_before_the_order_is_refused(shop: Shop) -> None:
    draft = shop.enter("Amy", ("CV-777", "1"), state=OrderState.DRAFT).order
    with pytest.raises(DomainError, match="withdrawal.not_binding"):
        shop.app.read(outlook, draft.id, date(2026, 2, 14))
    order = shop.enter("Beth", ("CV-777", "1"), handover=Handover.TAKE_NOW).order
    with pytest.raises(DomainError, match="withdrawal.before_order"):
        shop.app.read(outlook, order.id, date(2026, 2, 12))
