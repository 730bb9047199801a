"""Whatever happens at a party: slips, tally, reward and shares agree, and what is taken back leaves no trace in them.

Random evenings through the use-cases over a real book: orders with discounts, money, papers, cancellations, withdrawals,
co-hosts, redemptions, closing and reopening, undo and redo, in any order; refusals are part of it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from directsell.domain.demos import Demo, DemoState
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward, evaluate
from directsell.domain.host_programmes.redeem import Choice
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.host_programmes.spending import spent
from directsell.domain.host_programmes.trace import merged_gifts, replay
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderKind, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.redemptions import picks_of
from directsell.domain.totals import LineKind
from directsell.store.queries.orders import OrderView
from directsell.store.queries.papers import active_papers
from directsell.store.queries.parties import Memory, Party, party, party_facts
from directsell.store.queries.rewards import Portion, portions
from directsell.store.queries.settlements import PartyAccount, party_account
from directsell.store.reader import Reader
from directsell.usecases.demos import change_demo_state, save_demo
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.orders import MoneyTaken, OrderForm, cancel_order, deliver_order, enter_order
from directsell.usecases.parties import set_co_hosts, start_programme
from directsell.usecases.payments import cancel_payment, take_payment
from directsell.usecases.redeeming import redeem_reward
from directsell.usecases.withdrawals import receive_withdrawal
from tests.fixtures.shops import CASA_VERDE, Shop, casa_verde

BINDING = (OrderState.PLACED, OrderState.DELIVERED)
STEPS = next(sample.rules for sample in SAMPLES if sample.key == "us-steps-weighted")
RULES = replace(STEPS, co_hosts=3)
DAY = date(2026, 2, 13)
GUESTS = ("Amy", "Beth", "Carla", "Dee", "Dana")
CODES = tuple(code for code, *_more in CASA_VERDE)
_MEMORY = Path("/dev/shm")

# --- what may happen

PIECES = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(1, 3), st.sampled_from([0, 0, 100_000, 333_333, 1_000_000])),
    min_size=1,
    max_size=3,
)
KINDS = st.sampled_from([LineKind.SALE, LineKind.SALE, LineKind.SALE, LineKind.HALF_PRICE, LineKind.GIFT])
PICKS = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from([LineKind.HOST_CREDIT, LineKind.HALF_PRICE])),
    min_size=1,
    max_size=3,
)
METHODS = st.sampled_from([PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.CHECK])
WHICH = st.integers(0, 5)
ORDER = st.fixed_dictionaries(
    {
        "guest": st.sampled_from(GUESTS),
        "pieces": PIECES,
        "kind": KINDS,
        "off": st.sampled_from([{}, {"discount_ppm": 125_000}, {"discount": 333}, {"customer_discount_ppm": 50_000}]),
        "shipping": st.sampled_from([0, 500, 900]),
        "paid": st.lists(st.tuples(METHODS, st.integers(1, 9_000)), max_size=2),
    }
)
STEP = st.one_of(
    st.tuples(st.just("order"), ORDER),
    st.tuples(st.just("order"), ORDER),
    st.tuples(st.just("pay"), WHICH, METHODS, st.integers(-2_000, 20_000)),
    st.tuples(st.just("unpay"), WHICH),
    st.tuples(st.just("cancel"), WHICH),
    st.tuples(st.just("deliver"), WHICH),
    st.tuples(st.just("withdraw"), WHICH, st.integers(0, 7), st.sampled_from([None, *Choice])),
    st.tuples(st.just("co_hosts"), st.integers(0, 2)),
    st.tuples(st.just("redeem"), st.sampled_from(["Dana", "Amy"]), PICKS),
    st.tuples(st.just("state"), st.sampled_from([DemoState.CLOSING, DemoState.SUBMITTED, DemoState.OPEN])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)
FIRST = st.lists(st.tuples(st.just("order"), ORDER), min_size=2, max_size=4)
EVENINGS = st.tuples(FIRST, st.lists(STEP, min_size=2, max_size=8)).map(lambda parts: [*parts[0], *parts[1]])


@dataclass
class Evening:
    """A party that lives; ``do`` takes a step, or lets it be refused."""

    shop: Shop
    demo: Demo
    memory: Memory = field(default_factory=Memory)

    def do(self, name: str, *values: Any) -> bool:
        try:
            getattr(self, f"_{name}")(*values)
        except DomainError:
            return False
        return True

    def run(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.shop.app.run(verb, *args, **kwargs)

    def read(self, query: Callable[..., Any], *args: Any) -> Any:
        return self.shop.app.read(query, *args)

    def orders(self) -> list[OrderView]:
        found = self.read(lambda reader: reader.find(Order, "rid", demo_id=self.demo.id))
        return [self.shop.view(order.id) for order in found]

    def binding(self) -> list[OrderView]:
        return [view for view in self.orders() if view.order.state in BINDING]

    def account(self) -> PartyAccount:
        account: PartyAccount = self.read(party_account, self.demo.id)
        return account

    def judged(self) -> tuple[Party, Reward, tuple[Portion, ...]]:
        def read(reader: Reader) -> tuple[Party, Reward, tuple[Portion, ...]]:
            shown = party(reader, self.demo.id)
            assert shown.rules is not None
            reward = evaluate(shown.rules, party_facts(reader, shown))
            return shown, reward, portions(reader, shown, reward)

        return self.shop.app.read(read)

    def _nth(self, place: int) -> OrderView:
        views = self.orders()
        if not views:
            raise DomainError("nothing.yet")
        return views[place % len(views)]

    def _order(self, wanted: dict[str, Any]) -> None:
        order = self.shop.blank(
            wanted["guest"],
            state=OrderState.PLACED,
            demo_id=self.demo.id,
            shipping=wanted["shipping"],
            **wanted["off"],
        )
        lines = tuple(
            self.shop.line(order, code, str(pieces), discount_ppm=ppm, kind=(wanted["kind"] if place else "sale"))
            for place, (code, pieces, ppm) in enumerate(wanted["pieces"])
        )
        money = tuple(MoneyTaken(method=method, amount=amount) for method, amount in wanted["paid"])
        self.run(enter_order, OrderForm(order=order, lines=lines), money)

    def _pay(self, place: int, method: PaymentMethod, amount: int) -> None:
        self.run(take_payment, self._nth(place).order.id, method=method, amount=amount)

    def _unpay(self, place: int) -> None:
        for payment in self._nth(place).payments[:1]:
            self.run(cancel_payment, payment.id)

    def _cancel(self, place: int) -> None:
        self.run(cancel_order, self._nth(place).order.id)

    def _deliver(self, place: int) -> None:
        self.run(deliver_order, self._nth(place).order.id)

    def _withdraw(self, place: int, days: int, choice: Choice | None) -> None:
        received = DAY + timedelta(days=days)
        self.run(receive_withdrawal, self._nth(place).order.id, received_on=received, choice=choice)

    def _co_hosts(self, count: int) -> None:
        self.run(set_co_hosts, self.demo.id, [self.shop.person(name) for name in ("Amy", "Beth")[:count]])

    def _redeem(self, who: str, picks: list[tuple[str, LineKind]]) -> None:
        order = self.shop.blank(who, state=OrderState.PLACED, demo_id=self.demo.id, shipping=500)
        lines = tuple(self.shop.line(order, code, kind=kind.value) for code, kind in picks)
        self.run(redeem_reward, OrderForm(order=order, lines=lines), ())

    def _state(self, state: DemoState) -> None:
        self.run(change_demo_state, self.demo.id, state)

    def _undo(self) -> None:
        with suppress(DomainError):
            self.shop.app.undo()

    def _redo(self) -> None:
        with suppress(DomainError):
            self.shop.app.redo()


@contextmanager
def party_evening() -> Iterator[Evening]:
    """Give Dana's party in a folder in memory, under a programme that shares among three hosts."""
    fast = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="evening-", dir=fast) as folder:
        shop = casa_verde(Path(folder))
        try:
            demo = Demo(
                id=shop.ids.new(),
                host_id=shop.person("Dana"),
                day=DAY,
                state=DemoState.OPEN,
                region="NM",
                country="US",
                created_at=shop.clock.now(),
            )
            shop.app.run(save_demo, demo)
            shop.app.run(start_programme, demo.id, "Steps", RULES)
            for name in GUESTS:
                shop.person(name)
            shop.app.forget_steps()
            yield Evening(shop, demo)
        finally:
            shop.app.close()


# --- what always holds


def slips_are_the_tally(evening: Evening) -> None:
    """The sum of slips is the tally, whole and in its parts, and all money received is in it."""
    views, sums = evening.binding(), evening.account().tally
    assert sums.slips == len(views)
    assert sums.total == sum(view.totals.total for view in views)
    assert sums.shipping == sum(view.totals.shipping for view in views)
    assert sums.tax_added == sum(view.totals.tax for view in views)
    assert sums.goods + sums.half_price + sums.host_goods == sum(view.totals.goods for view in views)
    assert dict(sums.by_method) == {
        method: amount
        for method in PaymentMethod
        if (amount := sum(p.amount for view in views for p in view.payments if p.method is method))
    }
    assert sums.open - sums.overpaid == sum(view.balance for view in views)
    for view in views:
        for paper in evening.read(active_papers, view.order.id):
            assert paper.total == view.totals.total


def discounts_add_up(evening: Evening) -> None:
    """What the lines bear of every discount is the discount."""
    for view in evening.orders():
        totals = view.totals
        assert sum(part.discount for part in totals.lines) == totals.line_discount
        assert sum(part.order_discount for part in totals.lines) == totals.order_discount + totals.customer_discount
        assert sum(part.host_credit for part in totals.lines) == totals.host_credit
        given = totals.line_discount + totals.order_discount + totals.customer_discount + totals.host_credit
        assert sum(part.amount for part in totals.lines) - given == totals.goods


def rewards_are_explained(evening: Evening) -> None:
    """Reward, shares and what is left of them are what their steps add up to; nobody was given more."""
    shown, reward, shares = evening.judged()
    assert shown.rules is not None
    explained = replay(reward.trace)
    assert (explained.credit, explained.rights, explained.sales) == (reward.credit, reward.rights, reward.sales)
    own = [share for share in shares if not share.past]
    assert sum(share.reward.credit for share in own) == reward.credit
    assert sum(share.reward.rights for share in own) == reward.rights
    assert merged_gifts(gift for share in own for gift in share.reward.gifts) == merged_gifts(reward.gifts)
    for share in own:
        reasons = replay(share.reward.trace)
        assert (reasons.credit, reasons.rights) == (share.reward.credit, share.reward.rights)
        left = share.left(shown.rules)
        assert 0 <= left.credit <= reasons.credit
        assert 0 <= left.rights <= reasons.rights


def nothing_was_given_twice(evening: Evening) -> None:
    """As long as nothing was withdrawn, what the hosts' orders took and what is left is what they earned."""
    shown, _reward, shares = evening.judged()
    assert shown.rules is not None
    redeemed = [view for view in evening.binding() if view.order.kind is OrderKind.HOST]
    assert redeemed
    for share in shares:
        own = [view for view in redeemed if view.order.person_id == share.person_id]
        spendings = [spent(shown.rules, picks_of(view.lines), view.totals.host_credit) for view in own]
        left = share.left(shown.rules)
        assert sum(one.credit for one in spendings) + left.credit == share.reward.credit
        assert sum(one.rights for one in spendings) + left.rights == share.reward.rights


def memory_is_as_good_as_reading_anew(evening: Evening) -> None:
    """The desk remembers orders between readings: what it makes of them is what a first reading makes."""

    def read(reader: Reader, memory: Memory | None) -> tuple[Party, Any]:
        shown = party(reader, evening.demo.id, memory)
        return shown, party_facts(reader, shown, memory)

    assert evening.read(read, evening.memory) == evening.read(read, None)


@settings(max_examples=30, deadline=None)
@given(EVENINGS)
def test_slips_tally_discounts_rewards_and_shares_agree_at_every_moment(steps: list[tuple[Any, ...]]) -> None:
    with party_evening() as evening:
        for step in steps:
            evening.do(*step)
            memory_is_as_good_as_reading_anew(evening)
            slips_are_the_tally(evening)
            discounts_add_up(evening)
            rewards_are_explained(evening)


def figures(evening: Evening) -> tuple[Any, ...]:
    """Return every number of a party."""
    account = evening.account()
    shown, reward, shares = evening.judged()
    assert shown.rules is not None
    lefts = [(share.person_id, share.reward, share.left(shown.rules)) for share in shares]
    return account.tally, account.company, account.settlement, account.cash, account.checklist, reward, lefts


@settings(max_examples=20, deadline=None)
@given(FIRST, st.integers(0, 2), PICKS)
def test_redeeming_and_reopening_return_to_the_same_numbers(
    first: list[tuple[Any, ...]], co_hosts: int, picks: list[tuple[str, LineKind]]
) -> None:
    with party_evening() as evening:
        for step in first:
            evening.do(*step)
        evening.do("co_hosts", co_hosts)
        before = figures(evening)
        if evening.do("redeem", "Dana", picks):
            nothing_was_given_twice(evening)
            redeemed = figures(evening)
            evening.do("undo")
            assert figures(evening) == before
            evening.do("redo")
            assert figures(evening) == redeemed
        there = figures(evening)
        for state in (DemoState.CLOSING, DemoState.SUBMITTED, DemoState.OPEN):
            assert evening.do("state", state)
            assert figures(evening) == there
        for view in evening.binding():
            if view.order.kind is OrderKind.HOST:
                evening.run(cancel_order, view.order.id)
        assert figures(evening) == before


@settings(max_examples=8, deadline=None)
@given(FIRST)
def test_the_totals_on_the_printed_slips_are_the_tally(first: list[tuple[Any, ...]]) -> None:
    with party_evening() as evening:
        for step in first:
            evening.do(*step)
        views = evening.binding()
        papers = [evening.run(issue_paper, view.order.id, PaperKind.ORDER_SLIP) for view in views]
        assert sum(paper.total for paper in papers) == evening.account().tally.total
        assert len({paper.number for paper in papers}) == len(views)
        slips_are_the_tally(evening)
