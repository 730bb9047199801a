"""A host spends her reward: the order is judged against what is left of it, in the same transaction that stores it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderKind
from directsell.i18n import N_
from directsell.store.queries.parties import party
from directsell.store.queries.people import person_name
from directsell.store.queries.rewards import portion_of
from directsell.store.work import Work
from directsell.usecases.host_orders import check_day, judged
from directsell.usecases.orders import MoneyTaken, OrderForm, enter_order
from directsell.usecases.verbs import usecase


@usecase(N_("Reward of {name} redeemed"))
def redeem_reward(work: Work, form: OrderForm, payments: Iterable[MoneyTaken] = (), *, only_new: bool = False) -> Order:
    """Store the host's own order, new or typed on again, and take the money typed with it.

    Args:
        work: the transaction.
        form: the order with its lines; the note of a gift's line is the gift's name. Kind, credit and discounts are
            set here.
        payments: what is paid at once.
        only_new: as for ``enter_order``.

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
    order = replace(order, kind=OrderKind.HOST, customer_discount_ppm=0, discount_ppm=0, discount=0)
    if work.find_one(Order, order.id) is None:  # one that is stored is judged where it is saved
        check_day(shown.rules, shown.demo, order)
        redemption = judged(shown.rules, order, form.lines, portion.left(shown.rules))
        order = replace(order, host_credit=redemption.terms.host_credit)
    stored = enter_order(work, OrderForm(order=order, lines=form.lines), payments, only_new=only_new)
    work.describe(name=person_name(work, order.person_id))
    return stored
