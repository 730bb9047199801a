"""Who gets a reward: several hosts of one party (rule D10), and a past host at a child party (rule D11)."""

from __future__ import annotations

from dataclasses import replace

from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.rules import Gift, Rules
from directsell.domain.host_programmes.trace import Figure, Step, StepCode, replay
from directsell.domain.money import allocate, percent_of


def split_evenly(minor: int, hosts: int) -> tuple[int, ...]:
    """Return one share per host; the first ones get the odd cents: 10.00 / 3 = 3.34 + 3.33 + 3.33 (rule D10).

    Raises:
        DomainError: ``programme.co_hosts`` for less than one host.
    """
    if hosts < 1:
        raise DomainError("programme.co_hosts", field="co_hosts", most=1)
    return allocate(minor, (1,) * hosts)


def share_reward(rules: Rules, reward: Reward, hosts: int) -> tuple[Reward, ...]:
    """Return the reward of each host, the main host first; credit, rights and gifts add up to the whole.

    Raises:
        DomainError: ``programme.co_hosts`` with ``most`` when the programme does not allow so many.
    """
    if not 1 <= hosts <= rules.co_hosts:
        raise DomainError("programme.co_hosts", field="co_hosts", most=rules.co_hosts)
    if hosts == 1:
        return (reward,)
    credits, rights = split_evenly(reward.credit, hosts), split_evenly(reward.rights, hosts)
    pieces = [(gift.name, gift.quantity, split_evenly(gift.quantity, hosts)) for gift in reward.gifts]
    shares = []
    for place in range(hosts):
        facts = (("hosts", hosts), ("position", place + 1))
        steps = [
            Step(StepCode.SHARED, Figure.CREDIT, credits[place] - reward.credit, (*facts, ("total", reward.credit))),
            Step(StepCode.SHARED, Figure.RIGHTS, rights[place] - reward.rights, (*facts, ("total", reward.rights))),
        ]
        for name, total, parts in pieces:
            params = (*facts, ("total", total), ("name", name))
            steps.append(Step(StepCode.SHARED, Figure.GIFTS, parts[place] - total, params))
        gifts = tuple(Gift(name=name, quantity=parts[place]) for name, _, parts in pieces if parts[place])
        trace = (*reward.trace, *steps)
        shares.append(replace(reward, credit=credits[place], rights=rights[place], gifts=gifts, trace=trace))
    return tuple(shares)


def past_host_reward(rules: Rules, parent: Reward, child: Reward) -> Reward:
    """Return what a past host gets because of a party that was booked at hers; she redeems it at that child party.

    Args:
        rules: the programme that both were held under.
        parent: the reward of her own party.
        child: the reward of the party that was booked there.
    """
    terms = rules.past_host
    if terms is None:
        return Reward(currency=rules.currency)
    if not child.qualified or (terms.both_must_qualify and not parent.qualified):
        code = StepCode.PARENT_UNQUALIFIED if child.qualified else StepCode.CHILD_UNQUALIFIED
        return Reward(currency=rules.currency, trace=(Step(code),))
    steps = [Step(StepCode.BASE_FROM_SALES, Figure.BASE, child.base)]
    benefit = terms.benefit
    if benefit.credit_ppm:
        share = percent_of(child.base, benefit.credit_ppm)
        params = (("ppm", benefit.credit_ppm), ("base", child.base), ("count", 1))
        steps.append(Step(StepCode.CREDIT_SHARE, Figure.CREDIT, share, params))
    for code, figure, each in (
        (StepCode.CREDIT_FIXED, Figure.CREDIT, benefit.credit),
        (StepCode.RIGHTS_GIVEN, Figure.RIGHTS, benefit.rights),
    ):
        if each:
            steps.append(Step(code, figure, each, (("each", each), ("count", 1))))
    for gift in benefit.gifts:
        given = (("name", gift.name), ("each", gift.quantity), ("count", 1))
        steps.append(Step(StepCode.GIFT_GIVEN, Figure.GIFTS, gift.quantity, given))
    figures = replay(steps)
    return Reward(
        currency=rules.currency,
        base=figures.base,
        qualified=True,
        credit=figures.credit,
        rights=figures.rights,
        gifts=figures.gifts,
        expires_on=child.expires_on,
        trace=tuple(steps),
    )
