"""A host's order against what is left of her reward: asked by every way in which such an order is stored, and by the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from directsell.domain.demos import Demo, DemoState
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.redeem import Redemption, redeem
from directsell.domain.host_programmes.rules import Gift, Rules
from directsell.domain.host_programmes.spending import check_open, spent
from directsell.domain.orders import Order, OrderLine
from directsell.domain.pricing import order_totals, profile_from
from directsell.domain.redemptions import picks_of
from directsell.store.queries.parties import party
from directsell.store.queries.rewards import portion_of
from directsell.store.work import Work

_CLOSED = (DemoState.SUBMITTED, DemoState.DELIVERED, DemoState.SETTLED)


def judged(rules: Rules, order: Order, lines: Sequence[OrderLine], left: Reward) -> Redemption:
    """Return what becomes of an order under what is left of a reward.

    Raises:
        DomainError: what ``redeem`` refuses.
    """
    profile = profile_from(order.tax_profile)
    return redeem(rules, left, picks_of(lines), profile=profile, shipping=order.shipping, on=order.ordered_on)


def check_day(rules: Rules, demo: Demo, order: Order) -> None:
    """Refuse a new redemption after the close of its demo, as the programme has it.

    Raises:
        DomainError: ``redeem.lost``, ``redeem.pooled``, ``redeem.kept_until``.
    """
    check_open(rules, submitted=demo.state in _CLOSED, closed_on=demo.day, on=order.ordered_on)


def within_reward(work: Work, order: Order, lines: Sequence[OrderLine], known: Order | None) -> Order:
    """Return a host's order with the credit that it can spend, or refuse what her reward does not give.

    What the stored order uses already stays hers: a reward that shrank after it was the seller's to absorb. An order of
    somebody who has no reward, or at a demo without a programme, is left as it is.

    Raises:
        DomainError: what ``redeem`` refuses, with the ``line`` from 1.
    """
    shown = party(work, order.demo_id) if order.demo_id is not None else None
    portion = portion_of(work, shown, order.person_id) if shown is not None else None
    if shown is None or shown.rules is None or portion is None:
        return order
    left = portion.left(shown.rules, besides=order.id)
    if known is not None:
        left = with_kept(shown.rules, left, known, work.find(OrderLine, "position", order_id=order.id))
    return replace(order, host_credit=judged(shown.rules, order, lines, left).terms.host_credit)


def with_kept(rules: Rules, left: Reward, known: Order, stored: Sequence[OrderLine]) -> Reward:
    """Return what an order that is typed on again can spend: what is left, and at least what it uses already."""
    used = spent(rules, picks_of(stored), order_totals(known, stored).host_credit)
    gifts = {gift.name: gift.quantity for gift in left.gifts}
    for gift in used.gifts:
        gifts[gift.name] = max(gifts.get(gift.name, 0), gift.quantity)
    return replace(
        left,
        credit=max(left.credit, used.credit),
        rights=max(left.rights, used.rights),
        gifts=tuple(Gift(name=name, quantity=pieces) for name, pieces in gifts.items()),
        expires_on=None,
    )
