"""What is left of a reward: after earlier redemptions, from the demo before, and until when. Sums of an order: redeem.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.redeem import Pick, Use
from directsell.domain.host_programmes.rules import Gift, Rules, UnspentFate, rights_needed
from directsell.domain.host_programmes.trace import Figure, Step, StepCode, merged_gifts
from directsell.domain.money import to_minor

_GIVEN = (Figure.CREDIT, Figure.RIGHTS, Figure.GIFTS, Figure.NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one redemption took: credit in minor units, half-price rights with their weights, gifts."""

    credit: int = 0
    rights: int = 0
    gifts: tuple[Gift, ...] = ()


def spent(rules: Rules, picks: Iterable[Pick], credit: int) -> Spent:
    """Return what an order took of a reward.

    Args:
        rules: the programme.
        picks: its lines.
        credit: the credit that pays them, in minor units (``totals.host_credit``).
    """
    rights = 0
    gifts: list[Gift] = []
    for pick in picks:
        if pick.use is Use.HALF_PRICE:
            rights += rights_needed(rules, to_minor(pick.unit_price, rules.currency)) * int(pick.quantity)
        elif pick.use is Use.GIFT:
            gifts.append(Gift(name=pick.gift, quantity=int(pick.quantity)))
    return Spent(credit=credit, rights=rights, gifts=merged_gifts(gifts))


def left_of(reward: Reward, spendings: Iterable[Spent]) -> Reward:
    """Return a reward without what was spent; where more was spent than there is now, nothing is left."""
    credit, rights = reward.credit, reward.rights
    gifts = {gift.name: gift.quantity for gift in reward.gifts}
    for part in spendings:
        credit -= part.credit
        rights -= part.rights
        for gift in part.gifts:
            gifts[gift.name] = gifts.get(gift.name, 0) - gift.quantity
    left = tuple(Gift(name=name, quantity=pieces) for name, pieces in gifts.items() if pieces > 0)
    return replace(reward, credit=max(credit, 0), rights=max(rights, 0), gifts=left)


def together(first: Reward, second: Reward) -> Reward:
    """Return two rewards of one person as one: her own and that of a past host; the earlier last day holds for both."""
    days = [day for day in (first.expires_on, second.expires_on) if day is not None]
    return replace(
        first,
        credit=first.credit + second.credit,
        rights=first.rights + second.rights,
        gifts=merged_gifts((*first.gifts, *second.gifts)),
        expires_on=min(days, default=None),
        trace=(*first.trace, *(step for step in second.trace if step.figure in _GIVEN)),
    )


def carried(reward: Reward, credit: int, day: date) -> Reward:
    """Return a reward with the credit that was left over at a demo of an earlier day (fate POOLED)."""
    if not credit:
        return reward
    step = Step(StepCode.CARRIED, Figure.CREDIT, credit, (("on", day.isoformat()),))
    return replace(reward, credit=reward.credit + credit, trace=(*reward.trace, step))


def check_open(rules: Rules, *, submitted: bool, closed_on: date, on: date) -> None:
    """Refuse a redemption that comes after the close, as the programme has it (rule D9).

    Args:
        rules: the programme.
        submitted: whether the demo was closed and its order sent to the company.
        closed_on: when it was closed.
        on: the day of the redemption.

    Raises:
        DomainError: ``redeem.lost``, ``redeem.pooled``, ``redeem.kept_until`` with ``until``.
    """
    if not submitted:
        return
    if rules.unspent is UnspentFate.LOST:
        raise DomainError("redeem.lost")
    if rules.unspent is UnspentFate.POOLED:
        raise DomainError("redeem.pooled")
    until = closed_on + timedelta(days=rules.unspent_days)
    if on > until:
        raise DomainError("redeem.kept_until", until=until)
