"""How a host uses her reward best: which pieces free, which at half price, which as a gift. It proposes, redeem.py judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.redeem import Pick, Use
from directsell.domain.host_programmes.rules import Rules, rights_needed
from directsell.domain.money import MICRO, micros, round_ratio, to_minor

_MOST_STATES = 300  # more ways than these are not followed up; a host's order has a handful of lines
_KEY_CHARS = str.maketrans("", "", " -")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line for which a use is wanted; ``fixed`` is one that was chosen by hand and stays."""

    pick: Pick
    name: str = ""
    fixed: bool = False


class _State(NamedTuple):
    """A way of using the lines so far: rights left, goods for the credit and what half price saves in minor units.

    ``ways`` holds one letter for each open line: free, half price, paid.
    """

    rights: int
    free: int
    saved: int
    ways: str


_FREE, _HALF, _PAID = "f", "h", "p"
_USES = {_FREE: Use.CREDIT, _HALF: Use.HALF_PRICE, _PAID: Use.FULL_PRICE}


def propose(rules: Rules, reward: Reward, wanted: Sequence[Wanted]) -> tuple[Pick, ...]:
    """Return the lines with the uses that save the host most; ties leave credit to the earlier lines.

    Gifts go to lines that are called like them. What was chosen by hand is kept, also where it is too much.

    Args:
        rules: the programme.
        reward: what can be spent.
        wanted: the lines in order.
    """
    gifts = {gift.name: gift.quantity for gift in reward.gifts}
    rights, free = reward.rights, 0
    for line in wanted:
        if line.fixed:
            pick = line.pick
            if pick.use is Use.GIFT:
                gifts[pick.gift] = gifts.get(pick.gift, 0) - int(pick.quantity)
            elif pick.use is Use.HALF_PRICE:
                rights -= _weight(rules, pick)
            elif pick.use is Use.CREDIT:
                free += _amount(rules, pick)
    chosen: dict[int, Pick] = {}
    states = [_State(rights, free, 0, "")]
    for place, line in enumerate(wanted):
        gift = "" if line.fixed else _gift_for(line, gifts)
        if line.fixed:
            chosen[place] = line.pick
        elif gift:
            gifts[gift] -= int(line.pick.quantity)
            chosen[place] = replace(line.pick, use=Use.GIFT, gift=gift)
        else:
            states = _followed(states, reward.credit, _amount(rules, line.pick), _weight(rules, line.pick))
    ways = iter(max(states, key=lambda state: _value(reward.credit, state)).ways)
    return tuple(
        chosen[place] if place in chosen else replace(line.pick, use=_USES[next(ways)], gift="")
        for place, line in enumerate(wanted)
    )


def _followed(states: list[_State], credit: int, amount: int, weight: int) -> list[_State]:
    """Return what can be done with one more line: free while credit is left, half price while rights are, else paid.

    Of ways that stand alike only the best is followed, and never more than a screenful.
    """
    alike: dict[tuple[int, int], _State] = {}
    half = amount - round_ratio(amount, 2) if amount > 0 else 0
    for rights, free, saved, ways in states:
        if free < credit:
            _keep(alike, credit, _State(rights, free + amount, saved, ways + _FREE))
        if half and 0 < weight <= rights:
            _keep(alike, credit, _State(rights - weight, free, saved + half, ways + _HALF))
        _keep(alike, credit, _State(rights, free, saved, ways + _PAID))
    if len(alike) <= _MOST_STATES:
        return list(alike.values())
    return sorted(alike.values(), key=lambda state: -_value(credit, state))[:_MOST_STATES]


def _keep(alike: dict[tuple[int, int], _State], credit: int, state: _State) -> None:
    key = (state.rights, min(state.free, credit))
    known = alike.get(key)
    if known is None or state.saved > known.saved:
        alike[key] = state


def _value(credit: int, state: _State) -> int:
    return state.saved + min(state.free, credit)


def _gift_for(line: Wanted, gifts: dict[str, int]) -> str:
    """Return the gift that a line is called like, while it is there to be given."""
    names = {_plain(name) for name in (line.name, line.pick.key) if name}
    whole = _pieces(line.pick)
    return next((gift for gift, left in gifts.items() if _plain(gift) in names and 0 < whole <= left), "")


def _plain(name: str) -> str:
    return name.casefold().translate(_KEY_CHARS)


def _pieces(pick: Pick) -> int:
    """Return how many whole pieces a line has; 0 when they are not whole."""
    if not pick.quantity.is_finite() or micros(pick.quantity) % MICRO or pick.quantity <= 0:
        return 0
    return int(pick.quantity)


def _weight(rules: Rules, pick: Pick) -> int:
    """Return how many rights a line would use at half price; 0 when it cannot be."""
    return rights_needed(rules, to_minor(pick.unit_price, rules.currency)) * _pieces(pick)


def _amount(rules: Rules, pick: Pick) -> int:
    return to_minor(Decimal(pick.quantity) * pick.unit_price, rules.currency)
