"""A host spends her reward: the order is judged against what is left of it, in the same transaction that stores it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from directsell.domain.demos import Demo, DemoState
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.redeem import Redemption, redeem
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.host_programmes.spending import check_open
from directsell.domain.orders import Order, OrderKind
from directsell.domain.pricing import profile_from
from directsell.domain.redemptions import picks_of
from directsell.i18n import N_
from directsell.store.queries.parties import party
from directsell.store.queries.people import person_name
from directsell.store.queries.rewards import portion_of
from directsell.store.work import Work
from directsell.usecases.orders import MoneyTaken, OrderForm, enter_order
from directsell.usecases.verbs import usecase

_CLOSED = (DemoState.SUBMITTED, DemoState.DELIVERED, DemoState.SETTLED)


@usecase(N_("Reward of {name} redeemed"))
def redeem_reward(work: Work, form: OrderForm, payments: Iterable[MoneyTaken] = ()) -> Order:
    """Store the host's own order, new or typed on again, and take the money typed with it.

    Args:
        work: the transaction.
        form: the order with its lines; the note of a gift's line is the gift's name. Kind, credit and discounts are
            set here.
        payments: what is paid at once.

    Raises:
        DomainError: ``redeem.no_reward`` for somebody who gets nothing at this demo; ``redeem.lost``,
            ``redeem.pooled``, ``redeem.kept_until`` after the close; what ``redeem`` refuses, with the ``line`` from
            1; and as ``enter_order``.
    """
    order = form.order
    if order.demo_id is None:
        raise DomainError("redeem.no_reward", field="person")
    shown = party(work, order.demo_id)
    portion = portion_of(work, shown, order.person_id)
    if portion is None or shown.rules is None:
        raise DomainError("redeem.no_reward", field="person")
    if work.find_one(Order, order.id) is None:
        check_day(shown.rules, shown.demo, order)
    left = portion.left(shown.rules, besides=order.id)
    redemption = judged(shown.rules, OrderForm(order=order, lines=form.lines), left)
    order = replace(
        order,
        kind=OrderKind.HOST,
        host_credit=redemption.terms.host_credit,
        customer_discount_ppm=0,
        discount_ppm=0,
        discount=0,
    )
    stored = enter_order(work, OrderForm(order=order, lines=form.lines), payments)
    work.describe(name=person_name(work, order.person_id))
    return stored


def judged(rules: Rules, form: OrderForm, left: Reward) -> Redemption:
    """Return what becomes of an order under what is left of a reward; the screen asks the same while it is typed.

    Raises:
        DomainError: what ``redeem`` refuses.
    """
    order = form.order
    profile = profile_from(order.tax_profile)
    return redeem(rules, left, picks_of(form.lines), profile=profile, shipping=order.shipping, on=order.ordered_on)


def check_day(rules: Rules, demo: Demo, order: Order) -> None:
    """Refuse a new redemption after the close of its demo, as the programme has it.

    Raises:
        DomainError: ``redeem.lost``, ``redeem.pooled``, ``redeem.kept_until``.
    """
    check_open(rules, submitted=demo.state in _CLOSED, closed_on=demo.day, on=order.ordered_on)
