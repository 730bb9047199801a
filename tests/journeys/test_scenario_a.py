"""Scenario A: a Friday party in the United States, through the use-cases, with its figures literally."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from directsell.app import App
from directsell.domain.cooling_off import SalePlace, Verdict
from directsell.domain.demos import CostKind, Demo, DemoCost, DemoState, Reply
from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp
from directsell.domain.host_programmes.coach import advise
from directsell.domain.host_programmes.redeem import Choice
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.orders import Order, OrderKind, OrderState, Signer, Withdrawal
from directsell.domain.papers import Copy, Paper
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Person, Stage
from directsell.domain.totals import LineKind
from directsell.store.drafts import Drafts
from directsell.store.queries.money_back import refunds_due
from directsell.store.queries.orders import OrderView, order_view
from directsell.store.queries.papers import active_papers
from directsell.store.queries.parties import party, party_facts
from directsell.store.queries.settlements import PartyBooks, SettlingTerms, Todo, company_rows, party_account
from directsell.usecases.demos import change_demo_state, invite_guest, save_demo
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.orders import MoneyTaken, OrderForm, deliver_order
from directsell.usecases.parties import book_next, count_cash, save_cost, save_effort, start_programme, take_slip
from directsell.usecases.payments import take_payment
from directsell.usecases.redeeming import redeem_reward
from directsell.usecases.settling import bounce_check, save_books, save_terms
from directsell.usecases.signatures import sign_on_paper, sign_order
from directsell.usecases.withdrawals import outlook, receive_withdrawal, withdrawals_of
from tests.fixtures import books
from tests.fixtures.shops import Shop, casa_verde

CARD, CASH, CHECK = PaymentMethod.CARD, PaymentMethod.CASH, PaymentMethod.CHECK
STEPS = next(sample for sample in SAMPLES if sample.key == "us-steps-weighted")
GUESTS: tuple[tuple[str, tuple[tuple[str, str], ...], tuple[MoneyTaken, ...]], ...] = (
    ("Amy", (("CV-402", "1"), ("CV-110", "2")), (MoneyTaken(method=CASH, amount=6896),)),
    ("Beth", (("CV-315", "1"), ("CV-518", "1")), (MoneyTaken(method=CARD, amount=8888),)),
    ("Carla", (("CV-777", "1"),), (MoneyTaken(method=CHECK, amount=9073, detail="1188"),)),
    ("Dee", (("CV-110", "3"),), (MoneyTaken(method=CASH, amount=4579),)),
    ("Ella", (("CV-204", "1"), ("CV-518", "1")), (MoneyTaken(method=CASH, amount=2000),)),
    ("Fay", (("CV-402", "1"), ("CV-315", "1")), (MoneyTaken(method=CARD, amount=10883),)),
)


@dataclass
class Evening:
    """The party with the orders that were entered."""

    shop: Shop
    demo: Demo
    orders: dict[str, OrderView]

    def run(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self.shop.app.run(verb, *args, **kwargs)

    def read(self, query: Any, *args: Any) -> Any:
        return self.shop.app.read(query, *args)

    def reward(self) -> Any:
        shown = self.read(party, self.demo.id)
        return advise(STEPS.rules, self.read(party_facts, shown))

    def order(self, number: int) -> OrderView:
        """Enter the order of a guest."""
        name, lines, payments = GUESTS[number - 1]
        self.run(invite_guest, self.demo.id, self.shop.person(name), reply=Reply.ACCEPTED)
        view = self.shop.enter(
            name,
            *lines,
            payments=payments,
            off={"CV-777": 100_000} if name == "Carla" else None,
            demo_id=self.demo.id,
            shipping=900 if name == "Fay" else 500,
        )
        self.orders[name] = view
        return view

    def redeem(self, *more: str, paid: bool = True) -> OrderView:
        """Enter Dana's own order: free and half-price goods, and ``more`` at half price."""
        order = self.shop.blank(
            "Dana",
            state=OrderState.PLACED,
            demo_id=self.demo.id,
            shipping=500,
        )
        picks = (
            ("CV-204", LineKind.HOST_CREDIT),
            ("CV-110", LineKind.HOST_CREDIT),
            ("CV-777", LineKind.HALF_PRICE),
            ("CV-315", LineKind.HALF_PRICE),
            *((code, LineKind.HALF_PRICE) for code in more),
        )
        lines = tuple(self.shop.line(order, code, kind=kind.value) for code, kind in picks)
        money = (MoneyTaken(method=CARD, amount=8858),) if paid else ()
        self.run(redeem_reward, OrderForm(order=order, lines=lines), money)
        self.orders["Dana"] = self.shop.view(order.id)
        return self.orders["Dana"]

    def all(self) -> None:
        for number in range(1, 7):
            self.order(number)
        self.redeem()


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    shop = casa_verde(tmp_path / "a")
    demo = Demo(
        id=shop.ids.new(),
        title="Dana's party",
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        starts=time(19),
        zone="America/Denver",
        street="12 Elm Street",
        city="Santa Fe",
        region="NM",
        country="US",
        state=DemoState.OPEN,
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, demo)
    shop.app.run(start_programme, demo.id, STEPS.name, STEPS.rules)
    yield Evening(shop, demo, {})
    shop.app.close()


def test_1_six_orders_with_their_sums(evening: Evening) -> None:
    views = [evening.order(number) for number in range(1, 7)]
    goods = [sum(line.net for line in view.totals.lines) for view in views]
    assert goods == [5900, 7900, 7920, 3750, 6700, 9200]
    assert [view.totals.tax for view in views] == [496, 488, 653, 329, 395, 783]
    assert [view.totals.total for view in views] == [6896, 8888, 9073, 4579, 7595, 10883]
    assert [view.balance for view in views] == [0, 0, 0, 0, 5595, 0]


def test_1_the_slip_is_drawn_for_customer_seller_and_host(evening: Evening) -> None:
    view = evening.order(1)
    paper = Paper.from_json(evening.run(issue_paper, view.order.id, PaperKind.ORDER_SLIP).content)
    assert (paper.number, paper.total, paper.copies) == ("B-A-2026-0001", 6896, tuple(Copy))
    evening.all()
    own = evening.run(issue_paper, evening.orders["Dana"].order.id, PaperKind.ORDER_SLIP)
    assert Paper.from_json(own.content).copies == (Copy.CUSTOMER, Copy.SELLER)


def test_3_power_goes_while_order_4_is_typed(evening: Evening, tmp_path: Path) -> None:
    for number in range(1, 4):
        evening.order(number)
        evening.run(issue_paper, evening.orders[GUESTS[number - 1][0]].order.id, PaperKind.ORDER_SLIP)
    typed = {"entry": "CV-2", "lines": ["CV-110 x 3"]}
    Drafts(evening.shop.app.store).save("slip:dee", typed)
    shutil.copytree(tmp_path / "a", tmp_path / "after")  # what the disk holds as the lights go out
    again = App(books.open_book(tmp_path / "after" / "book.db", clock=evening.shop.clock))
    try:
        views = [again.read(order_view, order.id) for order in again.read(lambda reader: reader.find(Order))]
        assert sorted(views, key=lambda view: str(view.order.id)) == sorted(
            (evening.shop.view(view.order.id) for view in evening.orders.values()), key=lambda view: str(view.order.id)
        )
        papers = again.read(lambda reader: reader.find(IssuedPaper, "number"))
        assert [paper.number for paper in papers] == ["B-A-2026-0001", "B-A-2026-0002", "B-A-2026-0003"]
        (draft,) = Drafts(again.store).list()
        assert draft.body == typed
    finally:
        again.close()


def test_2_the_reward_grows_and_the_coach_knows_the_next_step(evening: Evening) -> None:
    for number in range(1, 6):
        evening.order(number)
    reward, nudges = evening.reward()
    assert (reward.sales, reward.credit, reward.rights) == (32170, 3217, 2)
    assert (nudges[0].needs[0].missing, nudges[0].credit) == (7830, 6000)
    evening.order(6)
    reward, _nudges = evening.reward()
    assert (reward.sales, reward.credit, reward.rights) == (41370, 6206, 3)


def test_4_a_booking_and_a_slip(evening: Evening) -> None:
    shop = evening.shop
    child = evening.run(book_next, evening.demo.id, shop.person("Beth"), day=date(2026, 3, 20))
    assert (child.parent_id, (child.day - evening.demo.day).days) == (evening.demo.id, 35)
    guest = evening.run(invite_guest, evening.demo.id, shop.person("Gina"), reply=Reply.ACCEPTED)
    slip = replace(guest, attended=True, objection="must ask husband")
    evening.run(take_slip, slip, need="knives", budget="<= 100", follow_up_on=date(2026, 2, 15))
    gina = evening.read(lambda reader: reader.get(Person, shop.person("Gina")))
    assert (gina.met_at, gina.need, gina.objection) == ("Dana's party", "knives", "must ask husband")
    (follow_up,) = evening.read(lambda reader: reader.find(FollowUp, person_id=gina.id))
    assert follow_up.due_on == date(2026, 2, 15)
    assert gina.stage is Stage.NEW


def test_5_dana_redeems(evening: Evening) -> None:
    for number in range(1, 7):
        evening.order(number)
    view = evening.redeem()
    assert (view.totals.host_credit, view.totals.tax, view.totals.total) == (5850, 1058, 8858)
    assert evening.reward()[0].credit - view.totals.host_credit == 356
    assert view.balance == 0


def test_5_a_fourth_right_is_refused(evening: Evening) -> None:
    for number in range(1, 7):
        evening.order(number)
    with pytest.raises(DomainError, match="redeem.rights") as refused:
        evening.redeem("CV-402")
    assert refused.value.params["line"] == 5
    assert not evening.read(lambda reader: reader.find(Order, kind=OrderKind.HOST))


def test_6_the_tally(evening: Evening) -> None:
    evening.all()
    sums = evening.read(party_account, evening.demo.id).tally
    assert sums.by_method == ((CASH, 13475), (CARD, 28629), (CHECK, 9073))
    assert (sums.open, sums.total) == (5595, 56772)
    assert (sums.goods, sums.half_price, sums.shipping, sums.tax_added) == (41370, 7300, 3900, 4202)


def test_7_company_order_and_settlement_to_net_and_per_hour(evening: Evening) -> None:
    evening.all()
    demo = evening.demo
    evening.run(save_terms, SettlingTerms(commission_ppm=250_000, card_ppm=26_000, card_fixed=10))
    evening.run(save_books, demo.id, PartyBooks(shipping=(2400, 900), float_start=5000))
    evening.run(save_effort, demo.id, hours=Decimal("4.5"), miles=Decimal(24))
    for kind, amount in ((CostKind.SAMPLE, 640), (CostKind.DOOR_PRIZE, 425)):
        cost = DemoCost(id=evening.shop.ids.new(), demo_id=demo.id, kind=kind, amount=amount, currency="USD")
        evening.run(save_cost, cost)
    account = evening.read(party_account, demo.id)
    assert [(code, int(quantity)) for code, _name, quantity, _retail in company_rows(account)] == [
        ("CV-110", 6),
        ("CV-204", 2),
        ("CV-315", 3),
        ("CV-402", 2),
        ("CV-518", 2),
        ("CV-777", 2),
    ]
    order = account.company
    assert (order.retail, order.commission, order.goods, order.half_price) == (42250, 10563, 31687, 5475)
    assert (order.shipping, order.tax, order.owed) == (3300, 4224, 44686)
    settled = account.settlement
    assert (settled.shipping, settled.tax, settled.result) == (600, -22, 12086)
    costs = settled.costs
    assert (costs.mileage, costs.samples, costs.door_prizes, costs.card_fees) == (1740, 640, 425, 774)
    assert (settled.net, settled.per_hour) == (8507, 1890)


def test_7_the_checklist_and_the_cash(evening: Evening) -> None:
    evening.all()
    demo = evening.demo
    todos = [(item.todo, item.name, item.amount) for item in evening.read(party_account, demo.id).checklist]
    assert (Todo.UNPAID, "Ella", 5595) in todos
    assert (Todo.CREDIT_LEFT, "Dana", 356) in todos
    assert (Todo.NOT_COUNTED, "", 13475) in todos
    assert not [todo for todo, _name, _amount in todos if todo is Todo.RIGHTS_LEFT]
    evening.run(save_books, demo.id, PartyBooks(float_start=5000))
    evening.run(count_cash, demo.id, "USD", {2000: 9, 100: 4, 50: 1, 25: 1})
    account = evening.read(party_account, demo.id)
    assert account.cash is not None
    assert (account.cash.counted, account.cash.expected, account.cash.difference) == (18475, 18475, 0)
    assert not [item for item in account.checklist if item.todo in (Todo.NOT_COUNTED, Todo.CASH_DIFFERS)]


def test_7_the_checklist_asks_for_signatures_until_all_are_there(evening: Evening) -> None:
    evening.all()

    def missing() -> list[str]:
        found = evening.read(party_account, evening.demo.id).checklist
        return [item.name for item in found if item.todo is Todo.NO_SIGNATURE]

    assert missing() == [*(name for name, _lines, _money in GUESTS), "Dana"]
    evening.run(sign_order, evening.orders["Amy"].order.id, signer=Signer.CUSTOMER, strokes=[[(10, 10), (300, 200)]])
    for name in missing():
        evening.run(sign_on_paper, evening.orders[name].order.id, signer=Signer.CUSTOMER)
    assert missing() == []


def test_7_the_life_of_the_demo_goes_on_and_can_be_reopened(evening: Evening) -> None:
    for state in (DemoState.CLOSING, DemoState.SUBMITTED, DemoState.DELIVERED, DemoState.SETTLED, DemoState.OPEN):
        assert evening.run(change_demo_state, evening.demo.id, state).state is state


def test_8_carlas_check_bounces(evening: Evening) -> None:
    evening.all()
    carla = evening.orders["Carla"]
    evening.shop.clock.advance(days=7)
    before = evening.reward()[0]
    evening.run(bounce_check, carla.payments[0].id, fee=1500)
    held = evening.shop.view(carla.order.id)
    assert (held.balance, held.on_hold) == (10573, True)
    with pytest.raises(DomainError, match="order.on_hold"):
        evening.run(deliver_order, carla.order.id)
    assert evening.reward()[0] == before
    with pytest.raises(DomainError, match="payment.not_a_check"):
        evening.run(bounce_check, evening.orders["Amy"].payments[0].id)


def test_9_the_last_day_is_kept_with_the_order_and_printed(evening: Evening) -> None:
    evening.all()
    stored = evening.shop.view(evening.orders["Fay"].order.id).order
    assert (stored.cancel_by, stored.cooling_rule) == (date(2026, 2, 18), "us@2015-03-13")
    dana = evening.shop.view(evening.orders["Dana"].order.id).order
    assert dana.cancel_by == date(2026, 2, 18)
    assert stored.place is SalePlace.OTHER
    paper = evening.run(issue_paper, stored.id, PaperKind.ORDER_SLIP)
    assert "third business day" in paper.content


def test_9_fay_cancels_in_time_and_the_choice_is_shown(evening: Evening) -> None:
    evening.all()
    fay = evening.orders["Fay"].order.id
    evening.run(issue_paper, fay, PaperKind.ORDER_SLIP)
    found = evening.read(outlook, fay, date(2026, 2, 17))
    assert (found.verdict, found.cancel_by) == (Verdict.ACCEPTED, date(2026, 2, 18))
    assert (found.refund, found.refund_by) == (10883, date(2026, 2, 28))
    assert (found.after.sales, found.after.credit, found.after.rights) == (32170, 3217, 2)
    assert found.asks
    change = found.change
    assert (change.after.overage, change.after.totals.tax, change.after.totals.total) == (2633, 1283, 14616)
    assert change.difference == 5758
    evening.shop.clock.advance(days=4)
    with pytest.raises(DomainError, match="withdrawal.choice"):
        evening.run(receive_withdrawal, fay, received_on=date(2026, 2, 17))
    assert evening.read(withdrawals_of, fay) == []


def test_9_charged_to_dana(evening: Evening) -> None:
    evening.all()
    fay, dana = evening.orders["Fay"].order.id, evening.orders["Dana"].order.id
    evening.run(issue_paper, fay, PaperKind.ORDER_SLIP)
    evening.run(issue_paper, dana, PaperKind.ORDER_SLIP)
    evening.shop.clock.advance(days=4)
    evening.run(receive_withdrawal, fay, received_on=date(2026, 2, 17), choice=Choice.CHARGE_HOST)
    (notice,) = evening.read(withdrawals_of, fay)
    assert (notice.accepted, notice.refund_by, notice.choice) == (True, date(2026, 2, 28), "charge_host")
    assert evening.shop.view(fay).order.state is OrderState.CANCELLED
    assert evening.read(active_papers, fay) == []
    assert evening.read(active_papers, dana) == []
    own = evening.shop.view(dana)
    assert (own.totals.tax, own.totals.total, own.balance) == (1283, 14616, 5758)
    assert evening.reward()[0].credit == 3217
    evening.run(take_payment, fay, method=CARD, amount=-10883)
    assert evening.shop.view(fay).paid == 0


def test_9_absorbed_by_the_seller(evening: Evening) -> None:
    evening.all()
    fay, dana = evening.orders["Fay"].order.id, evening.orders["Dana"].order.id
    evening.run(receive_withdrawal, fay, received_on=date(2026, 2, 17), choice=Choice.ABSORB)
    assert evening.shop.view(dana).totals.total == 8858
    (due,) = evening.read(refunds_due)
    assert (due.name, due.amount, due.by) == ("Fay", 10883, date(2026, 2, 28))
    account = evening.read(party_account, evening.demo.id)
    assert account.tally.total == 56772 - 10883
    assert account.company.overage == 1975  # 26.33 beyond the credit, less the commission
    with pytest.raises(DomainError, match="withdrawal.not_binding"):
        evening.read(outlook, fay, date(2026, 2, 17))


def test_9_the_same_notice_too_late_is_refused_and_goodwill_is_possible(evening: Evening) -> None:
    evening.all()
    fay = evening.orders["Fay"].order.id
    assert evening.read(outlook, fay, date(2026, 2, 19)).verdict is Verdict.REFUSED
    refused = evening.run(receive_withdrawal, fay, received_on=date(2026, 2, 19))
    assert (refused.accepted, refused.refund_by) == (False, None)
    assert evening.shop.view(fay).order.state is OrderState.PLACED
    assert evening.reward()[0].credit == 6206
    evening.run(receive_withdrawal, fay, received_on=date(2026, 2, 19), goodwill=True, choice=Choice.ABSORB)
    assert evening.shop.view(fay).order.state is OrderState.CANCELLED
    assert len(evening.read(lambda reader: reader.find(Withdrawal))) == 2
    assert len(evening.read(lambda reader: reader.find(Order, state=OrderState.CANCELLED))) == 1
