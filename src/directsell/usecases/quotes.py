"""What a seller does with quotes: make one of a draft, accept, decline, renew. Typing and saving them: orders.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderLine, OrderState, check_transition
from directsell.domain.people import LostReason
from directsell.domain.quotes import VALID_FOR, QuoteState, quote_state
from directsell.i18n import N_
from directsell.store.queries.people import person_name
from directsell.store.work import Work
from directsell.usecases.orders import OrderForm, save_order
from directsell.usecases.quote_reminders import no_longer_quoted
from directsell.usecases.verbs import usecase


@usecase(N_("Quote for {name}"))
def quote_order(work: Work, order_id: UUID, *, valid_until: date | None = None) -> Order:
    """Make a quote of a draft, or take up a quote that ended or was declined.

    Args:
        work: the transaction.
        order_id: the order.
        valid_until: its last day; by default the one it has while that is not over, else two weeks from today.

    Raises:
        DomainError: ``order.empty``, ``order.no_customer``, ``order.transition``, ``quote.*``.
    """
    order = work.get(Order, order_id)
    if order.state is OrderState.CANCELLED and quote_state(order, work.today) is not QuoteState.DECLINED:
        raise DomainError("order.transition", old=order.state.value, new=OrderState.QUOTED.value)
    end = valid_until or order.valid_until
    if end is None or (valid_until is None and end < work.today):
        end = work.today + VALID_FOR
    quote = replace(order, state=OrderState.QUOTED, valid_until=end, lost_reason=LostReason.NONE)
    return save_order(work, _form(work, quote))


@usecase(N_("Accept quote of {name}"))
def accept_quote(work: Work, order_id: UUID) -> Order:
    """Place the order of a quote as of today, at the prices, terms and tax rates that were offered.

    Raises:
        DomainError: ``quote.not_open``.
    """
    order = _open(work, order_id)
    return save_order(work, _form(work, replace(order, state=OrderState.PLACED, ordered_on=work.today)))


@usecase(N_("Decline quote of {name}"))
def decline_quote(work: Work, order_id: UUID, *, reason: LostReason = LostReason.NONE) -> Order:
    """Note that a quote was turned down, and why; the prospect stays where they stand.

    Raises:
        DomainError: ``quote.not_open``.
    """
    order = _open(work, order_id)
    check_transition(order.state, OrderState.CANCELLED)
    work.describe(name=person_name(work, order.person_id))
    no_longer_quoted(work, order)
    return work.save(replace(order, state=OrderState.CANCELLED, lost_reason=reason))


def _open(work: Work, order_id: UUID) -> Order:
    order = work.get(Order, order_id)
    if order.state is not OrderState.QUOTED:
        raise DomainError("quote.not_open")
    return order


def _form(work: Work, order: Order) -> OrderForm:
    return OrderForm(order=order, lines=tuple(work.find(OrderLine, "position", order_id=order.id)))
