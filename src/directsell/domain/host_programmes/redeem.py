"""Spending a reward: what the host may have, what it costs her, and what a later change makes of it (D9, A.5, A.9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.rules import Rules, UnspentFate, rights_needed
from directsell.domain.money import Money, micros, round_ratio, to_minor
from directsell.domain.taxes import STANDARD, TaxProfile, TaxRate
from directsell.domain.totals import LineKind, LineTerms, OrderTerms, OrderTotals, compute

_MAX_PIECES = 1_000


class Use(StrEnum):
    """How the host gets a piece. One use per pick: credit and half price never fall on the same piece (rule D9)."""

    CREDIT = "credit"
    HALF_PRICE = "half_price"
    GIFT = "gift"
    FULL_PRICE = "full_price"


_KINDS = {
    Use.CREDIT: LineKind.HOST_CREDIT,
    Use.HALF_PRICE: LineKind.HALF_PRICE,
    Use.GIFT: LineKind.GIFT,
    Use.FULL_PRICE: LineKind.SALE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """What the host chooses.

    Args:
        key: the product, in any form; comes back unchanged.
        quantity: whole pieces for half price and gifts.
        unit_price: the price tag in major units.
        use: see ``Use``.
        gift: for gifts, the name that the reward gives it.
        taxes: as for ``totals.LineTerms``.
        tax_class: likewise.
    """

    key: str = ""
    quantity: Decimal = Decimal(1)
    unit_price: Decimal
    use: Use
    gift: str = ""
    taxes: tuple[TaxRate, ...] | None = None
    tax_class: str = STANDARD


@dataclass(frozen=True, slots=True)
class Unspent:
    """Credit that is left: what happens to it, and until when it is kept."""

    amount: int
    fate: UnspentFate
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    """The host's own order. ``terms`` and ``lines`` give ``totals`` in ``totals.compute``; amounts are minor units.

    Args:
        reward: what is spent.
        wishes: what the host chose; what ``recompute`` starts from.
        picks: what she gets, one per line; differs from the wishes where a smaller reward does not cover them.
        lines: the terms of the lines, in the order of ``picks``.
        terms: the terms of the order.
        totals: all sums of the order; ``totals.total`` is what the host pays.
        credit_used: credit that pays goods.
        overage: what she pays for goods beyond her credit, before tax.
        unspent: credit that is left, to be warned about.
        rights_used: half-price rights, weights included.
        rights_left: likewise.
        gifts_left: how many gifts she has not chosen yet.
    """

    reward: Reward
    wishes: tuple[Pick, ...]
    picks: tuple[Pick, ...]
    lines: tuple[LineTerms, ...]
    terms: OrderTerms
    totals: OrderTotals
    credit_used: int
    overage: int
    unspent: Unspent
    rights_used: int
    rights_left: int
    gifts_left: int


class Choice(StrEnum):
    """Who pays when a reward shrinks after it was redeemed."""

    ABSORB = "absorb"
    CHARGE_HOST = "charge_host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputation:
    """What a changed reward makes of a redemption.

    Args:
        before: as it was redeemed.
        after: the same wishes under the new reward; what it does not cover is at full price.
        difference: what the host would pay more (positive) or less.
        choices: who can bear a positive difference; empty when there is none.
    """

    before: Redemption
    after: Redemption
    difference: int
    choices: tuple[Choice, ...]


def redeem(
    rules: Rules,
    reward: Reward,
    picks: Sequence[Pick],
    *,
    profile: TaxProfile,
    shipping: int | None = None,
    on: date | None = None,
) -> Redemption:
    """Return the host's order, or refuse what the reward does not give.

    Args:
        rules: the programme.
        reward: what was earned under it.
        picks: what the host chooses; more goods than credit are allowed, the overage is paid.
        profile: the tax rules; ``host_goods_base`` and ``half_price_base`` say what is taxed (rule D6).
        shipping: minor units; None is what the programme charges.
        on: the day; None does not look at the expiry.

    Raises:
        DomainError: ``redeem.rights`` with ``weight``, ``used``, ``rights``, ``sales``, ``start`` and the ``line``
            from 1 (``redeem.rights_left`` where no step by sales gives exactly these rights); ``redeem.no_credit``; ``redeem.gift`` with ``gift`` and ``given``; ``redeem.quantity``;
            ``redeem.price``; ``redeem.expired`` with ``expires_on``; and those of ``totals.compute``.
    """
    wishes = tuple(picks)
    if on is not None and reward.expires_on is not None and on > reward.expires_on:
        raise DomainError("redeem.expired", expires_on=reward.expires_on)
    _check_picks(wishes)
    _check_rights(rules, reward, wishes)
    _check_gifts(reward, wishes)
    for number, pick in enumerate(wishes, 1):
        if pick.use is Use.CREDIT and not reward.credit:
            raise DomainError("redeem.no_credit", field="picks", line=number, sales=_money(rules, reward.sales))
    return _redemption(rules, reward, wishes, wishes, profile, shipping, on)


def recompute(
    rules: Rules, reward: Reward, redemption: Redemption, *, profile: TaxProfile, shipping: int | None = None
) -> Recomputation:
    """Return what a redemption becomes when the reward has changed, e.g. after a withdrawal (scenario A.9).

    Free goods beyond the credit become overage; half-price pieces keep their rights where that saves the host most, and
    gifts in the order in which they were chosen; the other pieces are charged at full price. It starts from the host's wishes, so the same reward always
    gives the same figures, and the old reward gives the old ones back.

    Args:
        rules: the programme.
        reward: the new reward.
        redemption: as it was; also one that was recomputed before.
        profile: the tax rules.
        shipping: minor units; None keeps what was charged.
    """
    wishes = redemption.wishes
    picks: list[Pick] = []
    given = {gift.name: gift.quantity for gift in reward.gifts}
    for pick, kept in zip(wishes, _best_rights(rules, reward.rights, wishes), strict=True):
        if pick.use is Use.HALF_PRICE:
            picks.extend(_split(pick, kept))
        elif pick.use is Use.GIFT:
            pieces = min(int(pick.quantity), given.get(pick.gift, 0))
            given[pick.gift] = given.get(pick.gift, 0) - pieces
            picks.extend(_split(pick, pieces))
        else:
            picks.append(pick)
    shipped = redemption.terms.shipping if shipping is None else shipping
    after = _redemption(rules, reward, wishes, tuple(picks), profile, shipped, None)
    difference = after.totals.total - redemption.totals.total
    choices = (Choice.ABSORB, Choice.CHARGE_HOST) if difference > 0 else ()
    return Recomputation(before=redemption, after=after, difference=difference, choices=choices)


def _redemption(
    rules: Rules,
    reward: Reward,
    wishes: tuple[Pick, ...],
    picks: tuple[Pick, ...],
    profile: TaxProfile,
    shipping: int | None,
    on: date | None,
) -> Redemption:
    lines = tuple(
        LineTerms(
            quantity=pick.quantity,
            unit_price=pick.unit_price,
            kind=_KINDS[pick.use],
            taxes=pick.taxes,
            tax_class=pick.tax_class,
        )
        for pick in picks
    )
    terms = OrderTerms(
        currency=rules.currency,
        profile=profile,
        host_credit=reward.credit,
        shipping=rules.shipping if shipping is None else shipping,
    )
    totals = compute(lines, terms)
    rights = sum(_pick_rights(rules, pick) for pick in picks)
    free = [part.net for line, part in zip(lines, totals.lines, strict=True) if line.kind is LineKind.HOST_CREDIT]
    chosen = sum(int(pick.quantity) for pick in picks if pick.use is Use.GIFT)
    return Redemption(
        reward=reward,
        wishes=wishes,
        picks=picks,
        lines=lines,
        terms=terms,
        totals=totals,
        credit_used=totals.host_credit,
        overage=sum(free),
        unspent=_unspent(rules, totals.host_credit_unspent, on),
        rights_used=rights,
        rights_left=reward.rights - rights,
        gifts_left=sum(gift.quantity for gift in reward.gifts) - chosen,
    )


def _unspent(rules: Rules, amount: int, on: date | None) -> Unspent:
    until = None
    if amount and rules.unspent is UnspentFate.KEPT and on is not None:
        until = on + timedelta(days=rules.unspent_days)
    return Unspent(amount, rules.unspent, until)


def _check_picks(picks: Sequence[Pick]) -> None:
    for number, pick in enumerate(picks, 1):
        if not pick.quantity.is_finite() or not pick.unit_price.is_finite():
            raise DomainError("redeem.quantity", field="picks", line=number, most=_MAX_PIECES)
        whole = pick.use in (Use.CREDIT, Use.FULL_PRICE) or micros(pick.quantity) % micros(Decimal(1)) == 0
        if pick.quantity <= 0 or not whole or pick.quantity > _MAX_PIECES:
            raise DomainError("redeem.quantity", field="picks", line=number, most=_MAX_PIECES)
        if pick.unit_price < 0:
            raise DomainError("redeem.price", field="picks", line=number)


def _check_rights(rules: Rules, reward: Reward, picks: Sequence[Pick]) -> None:
    """Refuse the first half-price pick that the rights do not cover, with the figures that say why."""
    used = 0
    for number, pick in enumerate(picks, 1):
        weight = _pick_rights(rules, pick)
        if used + weight > reward.rights:
            start = _tier_start(rules, reward)
            raise DomainError(
                "redeem.rights" if start else "redeem.rights_left",
                field="picks",
                line=number,
                key=pick.key,
                weight=weight,
                used=used,
                rights=reward.rights,
                sales=_money(rules, reward.sales),
                start=_money(rules, start),
            )
        used += weight


def _check_gifts(reward: Reward, picks: Sequence[Pick]) -> None:
    given = {gift.name: gift.quantity for gift in reward.gifts}
    used: dict[str, int] = {}
    for number, pick in enumerate(picks, 1):
        if pick.use is Use.GIFT:
            used[pick.gift] = used.get(pick.gift, 0) + int(pick.quantity)
            if used[pick.gift] > given.get(pick.gift, 0):
                given_now = given.get(pick.gift, 0)
                raise DomainError("redeem.gift", field="picks", line=number, gift=pick.gift, given=given_now)


def _tier_start(rules: Rules, reward: Reward) -> int:
    """Return from which sales on exactly these rights are given; 0 when sales do not decide, or not alone."""
    for ladder, rung in zip(rules.ladders, reward.rungs, strict=False):
        if rung is not None and ladder.measure.value == "sales":
            reached = ladder.rungs[rung]
            if reached.benefit.rights and reached.benefit.rights == reward.rights:
                return reached.start
    return 0


def _price(rules: Rules, pick: Pick) -> int:
    return to_minor(pick.unit_price, rules.currency)


def _pick_rights(rules: Rules, pick: Pick) -> int:
    if pick.use is not Use.HALF_PRICE:
        return 0
    return rights_needed(rules, _price(rules, pick)) * int(pick.quantity)


def _split(pick: Pick, kept: int) -> list[Pick]:
    """Return a pick as the pieces that keep their use and those at full price."""
    parts = []
    if kept:
        parts.append(replace(pick, quantity=Decimal(kept)))
    if pick.quantity > kept:
        parts.append(replace(pick, quantity=pick.quantity - kept, use=Use.FULL_PRICE))
    return parts


def _best_rights(rules: Rules, rights: int, picks: Sequence[Pick]) -> list[int]:
    """Return how many pieces of each pick stay at half price so that the host saves most; ties favour earlier picks.

    A knapsack over single pieces: rights are few, so the table is small.
    """
    if sum(_pick_rights(rules, pick) for pick in picks) <= rights:
        return [int(pick.quantity) for pick in picks]
    pieces = [
        (index, rights_needed(rules, _price(rules, pick)), _price(rules, pick) - round_ratio(_price(rules, pick), 2))
        for index, pick in enumerate(picks)
        if pick.use is Use.HALF_PRICE
        for _ in range(min(int(pick.quantity), rights))
    ]
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (rights + 1)
    for index, weight, saving in reversed(pieces):
        best = [
            max(
                (best[room - weight][0] + saving, (index, *best[room - weight][1])) if weight <= room else (-1, ()),
                best[room],
                key=lambda option: option[0],
            )
            for room in range(rights + 1)
        ]
    kept = [0] * len(picks)
    for index in best[rights][1]:
        kept[index] += 1
    return kept


def _money(rules: Rules, minor: int) -> Money:
    return Money(minor, rules.currency)
