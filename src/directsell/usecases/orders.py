"""What a seller does with orders: write, place, deliver, cancel. Papers are in invoicing.py, the ledger in payments.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from directsell.domain.demos import Demo
from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.history import EventKind
from directsell.domain.money import Money
from directsell.domain.orders import Handover, Order, OrderKind, OrderLine, OrderState, check_transition
from directsell.domain.payments import Payment, PaymentMethod, came_back
from directsell.domain.people import Person, Role, Stage
from directsell.domain.pricing import order_totals
from directsell.domain.quotes import check_quote
from directsell.domain.totals import OrderTotals
from directsell.i18n import N_
from directsell.store.queries.aliases import kept_id
from directsell.store.queries.orders import OrderView, order_view
from directsell.store.queries.papers import active_papers, papers_of_order
from directsell.store.queries.people import person_name
from directsell.store.work import Work
from directsell.usecases.cooling_off import keep_right, keep_rights_beside, with_right
from directsell.usecases.follow_up_programmes import replan
from directsell.usecases.host_orders import within_reward
from directsell.usecases.payments import take_payment
from directsell.usecases.people import add_roles, advance
from directsell.usecases.quote_reminders import no_longer_quoted, quoted
from directsell.usecases.verbs import usecase
from directsell.usecases.wish_follow_ups import follow_wishes

_BINDING = (OrderState.PLACED, OrderState.DELIVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm:
    """An order with its lines as they stand in the form; positions follow the order of the lines."""

    order: Order
    lines: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyTaken:
    """A payment typed together with an order; ``amount`` in minor units, ``detail`` as in ``Payment``."""

    method: PaymentMethod
    amount: int
    detail: str = ""
    note: str = ""


def check_order(form: OrderForm) -> OrderTotals:
    """Return the sums of an order, or refuse it.

    Raises:
        DomainError: ``order.empty`` and ``order.no_customer`` (unless a draft), ``quote.*`` for a quote, and what
            ``totals.compute`` refuses.
    """
    if form.order.state is OrderState.QUOTED:
        check_quote(form.order)
    if form.order.state is not OrderState.DRAFT:
        if not form.lines:
            raise DomainError("order.empty", field="lines")
        if form.order.person_id is None:
            raise DomainError("order.no_customer", field="person")
    return order_totals(form.order, form.lines)


@usecase(N_("Order of {name}"))
def enter_order(work: Work, form: OrderForm, payments: Iterable[MoneyTaken] = (), *, only_new: bool = False) -> Order:
    """Store an order as it stands in the form and take the money typed with it, in one step.

    Goods that the customer takes along at once are delivered with the order, and the follow-up is planned.

    Args:
        work: the transaction.
        form: the order with its lines.
        payments: what is paid at once.
        only_new: the form takes the order for one that was never stored; its money is taken once, whatever was undone
            and done again meanwhile.

    Raises:
        DomainError: as ``save_order`` and ``take_payment``; ``order.stored_already``; nothing is stored then.
    """
    if only_new and work.find_one(Order, form.order.id) is not None:
        raise DomainError("order.stored_already")
    order = save_order(work, form)
    for money in payments:
        take_payment(work, order.id, method=money.method, amount=money.amount, detail=money.detail, note=money.note)
    if order.state is OrderState.PLACED and order.handover is Handover.TAKE_NOW:
        order = deliver_order(work, order.id, delivered_on=order.ordered_on)
    _describe(work, order)
    return order


@usecase(N_("Save order of {name}"))
def save_order(work: Work, form: OrderForm) -> Order:
    """Store an order with its lines, new or changed, as a draft, a quote or placed.

    Raises:
        DomainError: as ``check_order``; ``order.transition``; ``order.issued`` when a slip or an invoice already
            shows another customer, other lines or sums; ``quote.has_payments``; for changed lines of a host's order
            what ``within_reward`` refuses; ``record.missing`` for a customer who is gone.
    """
    known = work.find_one(Order, form.order.id)
    order = _for_somebody(work, form.order, known)
    lines = [_in_place(line, order.id, place) for place, line in enumerate(form.lines, start=1)]
    stored = [] if known is None else work.find(OrderLine, "position", order_id=order.id)
    if order.kind is OrderKind.HOST and known is not None and stored != lines:
        order = within_reward(work, order, lines, known)
    totals = check_order(OrderForm(order=order, lines=tuple(lines)))
    if known is not None:
        check_transition(known.state, order.state)
        papers = active_papers(work, order.id)
        other = stored != lines or known.person_id != order.person_id or order_totals(known, stored) != totals
        if papers and other:
            raise DomainError("order.issued", number=papers[0].number)
    if order.state is OrderState.QUOTED and work.value(
        "SELECT count(*) FROM payment WHERE order_id = ?", (order.id,), 0
    ):
        raise DomainError("quote.has_payments")
    order = with_right(work, _view_of(work, order, lines, totals, is_known=known is not None))
    _describe(work, order)
    work.save(order)
    work.replace_all(stored, lines)
    was_quoted = known is not None and known.state is OrderState.QUOTED
    if order.state is OrderState.PLACED and (known is None or known.state is OrderState.DRAFT or was_quoted):
        _placed(work, order)
    if order.state is OrderState.QUOTED:
        quoted(work, order)
    elif was_quoted:
        no_longer_quoted(work, order)
    _follow(work, known, order)
    follow_wishes(work, order.person_id, order.demo_id)
    keep_rights_beside(work, order)
    return order


def _for_somebody(work: Work, order: Order, known: Order | None) -> Order:
    """Return an order for whom its customer is by now: a form may have been open while records were merged or erased."""
    if order.person_id is None or (known is not None and known.person_id == order.person_id):
        return order
    person_id = kept_id(work, order.person_id)
    if work.value("SELECT 1 FROM person WHERE id = ? AND deleted_at IS NULL", (person_id,)) is None:
        work.get(Person, person_id)  # refuses with the error of a missing record
    return order if person_id == order.person_id else replace(order, person_id=person_id)


def _view_of(work: Work, order: Order, lines: list[OrderLine], totals: OrderTotals, *, is_known: bool) -> OrderView:
    """Return an order as it will stand in the store, so that it is written once; nothing here asks for customer or papers."""
    payments = tuple(work.find(Payment, order_id=order.id)) if is_known else ()
    return OrderView(
        order=order,
        lines=tuple(lines),
        totals=totals,
        payments=payments,
        papers=(),
        person=None,
        demo=work.find_one(Demo, order.demo_id),
        paid=sum(payment.amount for payment in payments),
    )


def _in_place(line: OrderLine, order_id: UUID, position: int) -> OrderLine:
    if line.order_id == order_id and line.position == position:
        return line
    return replace(line, order_id=order_id, position=position)


def _placed(work: Work, order: Order) -> None:
    if order.person_id is not None:
        add_roles(work, order.person_id, (Role.CUSTOMER,))
        advance(work, order.person_id, Stage.WON)


def _follow(work: Work, known: Order | None, order: Order) -> None:
    """Let follow-ups follow an order that is placed now, no longer, or for another person or day than before."""
    if known is not None and (known.state, known.person_id, known.ordered_on) == (
        order.state,
        order.person_id,
        order.ordered_on,
    ):
        return
    was_binding = known is not None and known.state in _BINDING
    if order.state in _BINDING or was_binding:
        kinds = () if was_binding else (EventKind.ORDER, EventKind.SAMPLE)  # what goes may bring other steps back
        for person_id in {order.person_id, known.person_id if known is not None else None}:
            replan(work, person_id, *kinds)


def _describe(work: Work, order: Order) -> None:
    work.describe(name=person_name(work, order.person_id))


@usecase(N_("Place order of {name}"))
def place_order(work: Work, order_id: UUID) -> Order:
    """Make a draft binding.

    Raises:
        DomainError: ``order.empty``, ``order.no_customer``, ``order.transition``.
    """
    order = replace(work.get(Order, order_id), state=OrderState.PLACED)
    return save_order(work, OrderForm(order=order, lines=tuple(work.find(OrderLine, "position", order_id=order_id))))


@usecase(N_("Deliver order of {name}"))
def deliver_order(work: Work, order_id: UUID, *, delivered_on: date | None = None, despite_hold: bool = False) -> Order:
    """Note that the goods were handed over, and plan what programmes ask for after a delivery (D19).

    Args:
        work: the transaction.
        order_id: the order.
        delivered_on: the day, default today.
        despite_hold: hand them over although a payment came back and is open.

    Raises:
        DomainError: ``order.transition``, ``order.delivered_before_order``; ``order.on_hold`` with the open ``amount``.
    """
    order = work.get(Order, order_id)
    check_transition(order.state, OrderState.DELIVERED)
    if not despite_hold:
        _check_hold(work, order)
    day = delivered_on or work.today
    if day < order.ordered_on:
        raise DomainError("order.delivered_before_order", field="delivered_on")
    _describe(work, order)
    delivered = work.save(replace(order, state=OrderState.DELIVERED, delivered_on=day))
    replan(work, order.person_id, EventKind.DELIVERY, EventKind.SAMPLE)
    return keep_right(work, delivered)


def _check_hold(work: Work, order: Order) -> None:
    payments = work.find(Payment, order_id=order.id)
    if not came_back(payments):
        return
    view = order_view(work, order.id)
    if view.on_hold:
        raise DomainError("order.on_hold", amount=Money(view.balance, order.currency))


@usecase(N_("Take back delivery of {name}"))
def undeliver_order(work: Work, order_id: UUID) -> Order:
    """Correct a delivery that did not take place; nobody is to be asked how they like the goods, then.

    Raises:
        DomainError: ``order.transition``.
    """
    order = work.get(Order, order_id)
    check_transition(order.state, OrderState.PLACED)
    _describe(work, order)
    placed = work.save(replace(order, state=OrderState.PLACED, delivered_on=None))
    replan(work, order.person_id, EventKind.DELIVERY)
    return keep_right(work, placed)


@usecase(N_("Cancel order of {name}"))
def cancel_order(work: Work, order_id: UUID) -> Order:
    """Cancel an order; its issued papers must have been cancelled first.

    Raises:
        DomainError: ``order.transition``, ``order.has_papers``, ``order.has_payments``.
    """
    order = work.get(Order, order_id)
    check_transition(order.state, OrderState.CANCELLED)
    papers = active_papers(work, order_id)
    if papers:
        raise DomainError("order.has_papers", number=papers[0].number)
    if work.value("SELECT sum(amount) FROM payment WHERE order_id = ?", (order_id,), 0):
        raise DomainError("order.has_payments")
    _describe(work, order)
    cancelled = work.save(replace(order, state=OrderState.CANCELLED))
    replan(work, order.person_id)
    follow_wishes(work, order.person_id, order.demo_id)
    return cancelled


@usecase(N_("Delete draft of {name}"))
def delete_order(work: Work, order_id: UUID) -> None:
    """Remove a draft that has no papers and no payments, or a quote that was never printed; it never had a number.

    Raises:
        DomainError: ``order.not_draft``, ``order.has_payments``.
    """
    order = work.get(Order, order_id)
    if order.state not in (OrderState.DRAFT, OrderState.QUOTED) or papers_of_order(work, order_id):
        raise DomainError("order.not_draft")
    if work.value("SELECT count(*) FROM payment WHERE order_id = ?", (order_id,), 0):
        raise DomainError("order.has_payments")
    _describe(work, order)
    no_longer_quoted(work, order)
    work.delete(*work.find(OrderLine, order_id=order_id), order)
