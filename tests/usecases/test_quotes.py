"""Quotes through the App: made, printed, accepted, declined, taken back; never a sale before they are accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderState
from directsell.domain.papers import Paper
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import LostReason, Person, Stage
from directsell.domain.quotes import QuoteState, quote_state
from directsell.store.queries.order_lists import OrderFilter, order_list
from directsell.store.queries.parties import party, party_facts
from directsell.store.queries.person_card import person_card
from directsell.usecases.invoicing import cancel_paper, issue_paper
from directsell.usecases.orders import MoneyTaken, OrderForm, delete_order, save_order
from directsell.usecases.payments import take_payment
from directsell.usecases.people import delete_person
from directsell.usecases.quotes import accept_quote, decline_quote, quote_order
from tests.fixtures.shops import Shop

TODAY = date(2026, 2, 13)
END = date(2026, 2, 27)
QUOTE, SLIP = PaperKind.QUOTE, PaperKind.ORDER_SLIP


def quote(shop: Shop, name: str = "Gina", **changes: object) -> Order:
    """Enter a quote of two choppers with 10 % off."""
    changes = {"valid_until": END, "terms": "Two instalments.", **changes}
    lines, off = (("CV-402", "2"),), {"CV-402": 100_000}
    return shop.enter(name, *lines, state=OrderState.QUOTED, off=off, **changes).order  # type: ignore[arg-type]


def person(shop: Shop, name: str = "Gina") -> Person:
    """Return a person as stored."""
    key = shop.person(name)
    return shop.app.read(lambda reader: reader.get(Person, key))


def follow_ups(shop: Shop, name: str = "Gina") -> list[FollowUp]:
    """Return every follow-up of a person."""
    key = shop.person(name)
    return shop.app.read(lambda reader: reader.find(FollowUp, person_id=key))


def test_a_quote_moves_to_negotiating_and_plans_one_contact(shop: Shop) -> None:
    order = quote(shop)
    assert (person(shop).stage, person(shop).stage_on) == (Stage.NEGOTIATING, TODAY)
    assert [(f.reason, f.due_on, f.order_id) for f in follow_ups(shop)] == [(Reason.QUOTE, date(2026, 2, 24), order.id)]
    view = shop.view(order.id)
    later = replace(view.order, valid_until=date(2026, 3, 13))
    shop.app.run(save_order, OrderForm(order=later, lines=view.lines))
    assert [f.due_on for f in follow_ups(shop)] == [date(2026, 3, 10)]  # moved, not doubled


def test_it_is_no_sale_no_debt_and_no_win(shop: Shop) -> None:
    order = quote(shop)
    card = shop.app.read(person_card, shop.person("Gina"))
    assert card is not None
    assert (card.figures.bought, card.figures.orders, card.figures.owed) == (0, 0, 0)
    rows = {
        which: [row.id for _rid, row in shop.app.read(order_list(which=which, today=TODAY).first_page)]
        for which in OrderFilter
    }
    assert [which for which, ids in rows.items() if order.id in ids] == [
        OrderFilter.ALL,
        OrderFilter.QUOTES,
        OrderFilter.MONTH,
    ]
    row = shop.app.read(order_list(today=TODAY).first_page)[0][1]
    assert (row.total, row.open) == (6594, 0)  # 61.20 + 7.75 %
    with pytest.raises(DomainError, match="payment.quote"):
        shop.app.run(take_payment, order.id, method=PaymentMethod.CASH, amount=100)
    with pytest.raises(DomainError, match="person.open_orders"):
        shop.app.run(delete_person, shop.person("Gina"))


def test_the_party_does_not_count_it(shop: Shop) -> None:
    from directsell.domain.demos import Demo
    from directsell.usecases.demos import save_demo

    demo = Demo(id=shop.ids.new(), host_id=shop.person("Dana"), day=TODAY, created_at=shop.clock.now())
    shop.app.run(save_demo, demo)
    quote(shop, demo_id=demo.id)
    shop.enter("Amy", ("CV-110", "2"), demo_id=demo.id)
    shown = shop.app.read(party, demo.id)
    facts = shop.app.read(party_facts, shown)
    assert [order.key for order in facts.orders] == ["Amy"]


def test_accepted_it_is_the_same_order_at_the_price_that_was_offered(shop: Shop) -> None:
    order = quote(shop)
    before = shop.view(order.id).totals.total
    shop.clock.advance(days=5)
    placed = shop.app.run(accept_quote, order.id)
    assert (placed.id, placed.state, placed.ordered_on) == (order.id, OrderState.PLACED, date(2026, 2, 18))
    assert (shop.view(order.id).totals.total, shop.view(order.id).balance) == (before, before)
    assert quote_state(placed, date(2026, 3, 30)) is QuoteState.ACCEPTED
    assert person(shop).stage is Stage.WON
    assert [f.state for f in follow_ups(shop)] == [FollowUpState.SUPERSEDED]
    shop.app.undo()
    assert shop.view(order.id).order == order
    assert person(shop).stage is Stage.NEGOTIATING
    assert [f.state for f in follow_ups(shop)] == [FollowUpState.OPEN]


def test_declined_with_a_reason_and_taken_up_again(shop: Shop) -> None:
    order = quote(shop)
    declined = shop.app.run(decline_quote, order.id, reason=LostReason.PRICE)
    assert (declined.state, declined.lost_reason) == (OrderState.CANCELLED, LostReason.PRICE)
    assert quote_state(declined, TODAY) is QuoteState.DECLINED
    assert [f.state for f in follow_ups(shop)] == [FollowUpState.SUPERSEDED]
    with pytest.raises(DomainError, match="quote.not_open"):
        shop.app.run(accept_quote, order.id)
    shop.clock.advance(days=30)
    again = shop.app.run(quote_order, order.id)
    assert (again.state, again.lost_reason) == (OrderState.QUOTED, LostReason.NONE)
    assert again.valid_until == date(2026, 3, 29)  # two weeks from the day it was taken up
    assert [(f.state, f.due_on) for f in follow_ups(shop)] == [(FollowUpState.OPEN, date(2026, 3, 26))]


def test_a_cancelled_order_is_no_quote_to_take_up(shop: Shop) -> None:
    from directsell.usecases.orders import cancel_order

    order = shop.enter("Amy", ("CV-110", "1")).order
    shop.app.run(cancel_order, order.id)
    with pytest.raises(DomainError, match="order.transition"):
        shop.app.run(quote_order, order.id)


def test_the_paper_says_until_when_and_asks_for_no_money(shop: Shop) -> None:
    order = quote(shop)
    issued = shop.app.run(issue_paper, order.id, QUOTE)
    paper = Paper.from_json(issued.content)
    assert (issued.number, paper.valid_until, paper.closing) == ("Q-A-2026-0001", END, "Two instalments.")
    assert (paper.total, paper.balance_due, paper.paid, paper.due_date) == (6594, 0, 0, None)
    assert "February 27, 2026" in paper.slip_texts[0]
    assert shop.view(order.id).order.state is OrderState.QUOTED


def test_printed_again_only_when_it_says_something_else(shop: Shop) -> None:
    order = quote(shop)
    shop.app.run(issue_paper, order.id, QUOTE)
    with pytest.raises(DomainError, match="paper.already_issued"):
        shop.app.run(issue_paper, order.id, QUOTE)
    view = shop.view(order.id)
    shop.app.run(save_order, OrderForm(order=replace(view.order, terms="Cash."), lines=view.lines))
    assert shop.app.run(issue_paper, order.id, QUOTE).number == "Q-A-2026-0002"
    with pytest.raises(DomainError, match="paper.is_quote"):
        shop.app.run(cancel_paper, shop.view(order.id).papers[0].id, reason="mistake")


def test_a_draft_becomes_a_quote_when_it_is_printed_as_one(shop: Shop) -> None:
    draft = shop.enter("Amy", ("CV-110", "1"), state=OrderState.DRAFT).order
    shop.app.run(issue_paper, draft.id, QUOTE)
    stored = shop.view(draft.id).order
    assert (stored.state, stored.valid_until) == (OrderState.QUOTED, END)
    with pytest.raises(DomainError, match="order.not_draft"):
        shop.app.run(delete_order, draft.id)  # it has a number


def test_a_slip_of_a_quote_is_its_acceptance(shop: Shop) -> None:
    order = quote(shop)
    shop.app.run(issue_paper, order.id, QUOTE)
    shop.app.run(issue_paper, order.id, SLIP)
    assert shop.view(order.id).order.state is OrderState.PLACED
    with pytest.raises(DomainError, match="paper.no_quote"):
        shop.app.run(issue_paper, order.id, QUOTE)


def test_a_printed_quote_does_not_lock_the_order_it_becomes(shop: Shop) -> None:
    order = quote(shop)
    shop.app.run(issue_paper, order.id, QUOTE)
    shop.app.run(accept_quote, order.id)
    view = shop.view(order.id)
    lines = (*view.lines, shop.line(view.order, "CV-110"))
    shop.app.run(save_order, OrderForm(order=view.order, lines=lines))
    assert len(shop.view(order.id).lines) == 2


def test_money_and_quotes_exclude_each_other(shop: Shop) -> None:
    cash = (MoneyTaken(method=PaymentMethod.CASH, amount=500),)
    draft = shop.enter("Amy", ("CV-110", "1"), state=OrderState.DRAFT, payments=cash).order
    with pytest.raises(DomainError, match="quote.has_payments"):
        shop.app.run(quote_order, draft.id)


def test_a_quote_needs_customer_goods_and_end(shop: Shop) -> None:
    blank = replace(shop.blank(None), state=OrderState.QUOTED, valid_until=END)
    line = shop.line(blank, "CV-110")
    for order, lines, code in (
        (blank, (line,), "order.no_customer"),
        (replace(blank, person_id=shop.person("Amy")), (), "order.empty"),
        (replace(blank, person_id=shop.person("Amy"), valid_until=None), (line,), "quote.no_end"),
    ):
        with pytest.raises(DomainError, match=code):
            shop.app.run(save_order, OrderForm(order=order, lines=lines))


def test_an_unprinted_quote_can_be_deleted_with_its_contact(shop: Shop) -> None:
    order = quote(shop)
    shop.app.run(delete_order, order.id)
    assert [f.state for f in follow_ups(shop)] == [FollowUpState.SUPERSEDED]
    shop.app.undo()
    assert [f.state for f in follow_ups(shop)] == [FollowUpState.OPEN]
    assert isinstance(shop.view(order.id).order.id, UUID)
