"""France: no payment for seven days after a contract at the door, but at a home party to which the host agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directsell.domain.cooling_off import SalePlace, Visit
from directsell.domain.demos import Demo, DemoKind
from directsell.domain.errors import DomainError
from directsell.domain.orders import OrderState
from directsell.domain.payments import Payment, PaymentMethod
from directsell.messages import sentence
from directsell.usecases.cooling_off import agree_visit, choose_place
from directsell.usecases.demos import save_demo
from directsell.usecases.orders import MoneyTaken
from directsell.usecases.payment_bans import ban_on, can_be_banned
from directsell.usecases.payments import take_payment
from tests.fixtures.shops import Shop

CASH = PaymentMethod.CASH
PAID = (MoneyTaken(method=CASH, amount=1000),)
SOURCE = "Code de la consommation L221-10"


def party(shop: Shop, **fields: object) -> Demo:
    demo = Demo(
        id=shop.ids.new(),
        day=shop.clock.today(),
        host_id=shop.person("Host"),
        country="FR",
        created_at=shop.clock.now(),
    )
    return shop.app.run(save_demo, replace(demo, **fields))  # type: ignore[arg-type]


def payments(shop: Shop) -> list[Payment]:
    return shop.app.read(lambda reader: reader.find(Payment))


def test_money_is_refused_until_the_eighth_day_and_the_rule_is_named(shop: Shop) -> None:
    demo = party(shop)
    with pytest.raises(DomainError) as refused:
        shop.enter("Amy", ("CV-402", "1"), payments=PAID, demo_id=demo.id)
    assert (refused.value.code, refused.value.field) == ("payment.banned_party", "paid_on")
    words = sentence(refused.value) or ""
    assert SOURCE in words
    assert "2/21/26" in words or "Feb 21, 2026" in words
    assert payments(shop) == []  # nor was the order stored without its money
    order = shop.enter("Amy", ("CV-402", "1"), demo_id=demo.id).order
    with pytest.raises(DomainError, match="banned_party"):
        shop.app.run(take_payment, order.id, method=CASH, amount=100, paid_on=date(2026, 2, 20))
    taken = shop.app.run(take_payment, order.id, method=CASH, amount=100, paid_on=date(2026, 2, 21))
    assert taken.amount == 100


def test_deposits_on_drafts_are_payments_too(shop: Shop) -> None:
    demo = party(shop, kind=DemoKind.ONE_TO_ONE)
    with pytest.raises(DomainError, match=r"payment\.banned\("):
        shop.enter("Amy", ("CV-402", "1"), payments=PAID, demo_id=demo.id, state=OrderState.DRAFT)


def test_the_consent_of_the_host_of_a_home_party_lifts_it(shop: Shop) -> None:
    demo = party(shop)
    shop.app.run(agree_visit, demo.id, visit=Visit.REQUESTED, host_consent=True)
    assert shop.enter("Amy", ("CV-402", "1"), payments=PAID, demo_id=demo.id).paid == 1000
    alone = party(shop, kind=DemoKind.ONE_TO_ONE, host_consent=True)
    with pytest.raises(DomainError, match=r"payment\.banned\("):
        shop.enter("Beth", ("CV-402", "1"), payments=PAID, demo_id=alone.id)


def test_a_party_in_the_sellers_home_needs_no_consent(shop: Shop) -> None:
    demo = party(shop)
    view = shop.enter("Amy", ("CV-402", "1"), payments=PAID, demo_id=demo.id, place=SalePlace.SELLER_HOME)
    assert view.paid == 1000


def test_giving_back_host_credit_and_other_places_are_free(shop: Shop) -> None:
    demo = party(shop)
    order = shop.enter("Amy", ("CV-402", "1"), demo_id=demo.id).order
    shop.app.run(take_payment, order.id, method=PaymentMethod.HOST_CREDIT, amount=100)
    shop.app.run(take_payment, order.id, method=CASH, amount=-100)
    shop.app.run(choose_place, order.id, SalePlace.SHOP)
    assert shop.app.run(take_payment, order.id, method=CASH, amount=100).amount == 100
    fair = party(shop, country="US")
    assert shop.enter("Beth", ("CV-402", "1"), payments=PAID, demo_id=fair.id).paid == 1000


def test_forms_ask_quickly_whether_there_is_such_a_law(shop: Shop) -> None:
    french, american = party(shop), party(shop, country="US")
    at = {demo.id: shop.blank("Amy", demo_id=demo.id) for demo in (french, american)}
    assert shop.app.read(can_be_banned, at[french.id])
    assert not shop.app.read(can_be_banned, at[american.id])
    ban = shop.app.read(ban_on, at[french.id], 5000, date(2026, 2, 13))
    assert ban is not None
    assert (ban.first_day, ban.source, ban.consent_helps) == (date(2026, 2, 21), SOURCE, True)
    assert shop.app.read(ban_on, at[french.id], 5000, date(2026, 2, 21)) is None
    assert shop.app.read(ban_on, at[american.id], 5000, date(2026, 2, 13)) is None
