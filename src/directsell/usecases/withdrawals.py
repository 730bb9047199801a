"""A customer cancels or withdraws: whether the notice was in time, what it does to the host's reward, and doing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from directsell.domain.cooling_off import Verdict, refund_due
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.evaluate import Reward, evaluate
from directsell.domain.host_programmes.facts import PartyFacts
from directsell.domain.host_programmes.redeem import Choice, Recomputation, recompute, redeem
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.host_programmes.spending import Spent, left_of, spent
from directsell.domain.invoicing import IssuedPaper
from directsell.domain.orders import Order, OrderKind, OrderLine, OrderState, Withdrawal
from directsell.domain.people import display_name
from directsell.domain.pricing import profile_from
from directsell.domain.redemptions import KINDS, USES, picks_of
from directsell.domain.totals import LineKind
from directsell.i18n import N_, _
from directsell.legal import legal_pack
from directsell.store.queries.orders import OrderView, order_view
from directsell.store.queries.papers import active_papers
from directsell.store.queries.parties import party, party_facts
from directsell.store.queries.rewards import Portion, portions
from directsell.store.reader import Reader
from directsell.store.work import Work
from directsell.usecases.cooling_off import keep_right
from directsell.usecases.follow_up_programmes import replan
from directsell.usecases.invoicing import withdraw_papers
from directsell.usecases.verbs import usecase


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a notice would do. Amounts are minor units of the order's currency.

    Args:
        verdict: whether the notice must be honoured; ``cancel_by`` is the last day, None while it is not known.
        refund: what was paid and goes back; ``refund_by`` the last day for it, None where the law names none.
        before, after: the host's reward with and without this order; None without a programme.
        changes: the hosts' own orders that would change, each with what becomes of it.
    """

    view: OrderView
    verdict: Verdict
    cancel_by: date | None
    refund: int
    refund_by: date | None
    before: Reward | None = None
    after: Reward | None = None
    changes: tuple[tuple[OrderView, Recomputation], ...] = ()

    @property
    def change(self) -> Recomputation | None:
        """What becomes of the first of those orders."""
        return self.changes[0][1] if self.changes else None

    @property
    def asks(self) -> bool:
        """Tell whether somebody has to decide who bears the host's difference."""
        return any(change.choices for _own, change in self.changes)


def outlook(reader: Reader, order_id: UUID, received_on: date) -> Outlook:
    """Return what a notice that was given on a day would do, without doing it.

    Raises:
        DomainError: ``record.missing``, ``withdrawal.not_binding`` for a draft or a cancelled order,
            ``withdrawal.before_order``.
    """
    view = order_view(reader, order_id)
    order = view.order
    if order.state not in (OrderState.PLACED, OrderState.DELIVERED):
        raise DomainError("withdrawal.not_binding")
    if received_on < order.ordered_on:
        raise DomainError("withdrawal.before_order", field="received_on")
    rule = legal_pack().rule(order.cooling_rule) if order.cooling_rule else None
    late = order.cancel_by is not None and received_on > order.cancel_by
    verdict = Verdict.REFUSED if late or not order.cooling_rule else Verdict.ACCEPTED
    region = view.demo.region if view.demo else ""
    found = Outlook(
        view=view,
        verdict=verdict,
        cancel_by=order.cancel_by,
        refund=max(view.paid, 0),
        refund_by=refund_due(legal_pack(), rule, received_on, region) if rule is not None else None,
    )
    return _with_reward(reader, found)


def _with_reward(reader: Reader, found: Outlook) -> Outlook:
    order = found.view.order
    if order.demo_id is None or order.kind is OrderKind.HOST:
        return found
    shown = party(reader, order.demo_id)
    if shown.rules is None:
        return found
    without = replace(shown, orders=tuple(_cancelled(v) if v.order.id == order.id else v for v in shown.orders))
    before = evaluate(shown.rules, party_facts(reader, shown))
    after = evaluate(shown.rules, party_facts(reader, without))
    changes = _changes(shown.rules, portions(reader, shown, before), portions(reader, without, after))
    return replace(found, before=before, after=after, changes=changes)


def _changes(
    rules: Rules, before: Sequence[Portion], after: Sequence[Portion]
) -> tuple[tuple[OrderView, Recomputation], ...]:
    """Return what becomes of the orders with which hosts redeemed; a second order gets what the first one leaves."""
    shares = {part.person_id: part.reward for part in after}
    found = []
    for part in before:
        share = shares.get(part.person_id, Reward(currency=rules.currency))
        if _given(part.reward) == _given(share):
            continue
        old: list[Spent] = []
        new: list[Spent] = []
        for own in part.orders:
            change = _recomputed(rules, own, left_of(part.reward, old), left_of(share, new))
            if change is None:
                continue
            found.append((own, change))
            old.append(spent(rules, change.before.picks, change.before.credit_used))
            new.append(spent(rules, change.after.picks, change.after.credit_used))
    return tuple(found)


def _given(reward: Reward) -> tuple[object, ...]:
    return reward.credit, reward.rights, reward.gifts


def _cancelled(view: OrderView) -> OrderView:
    return replace(view, order=replace(view.order, state=OrderState.CANCELLED))


def _recomputed(rules: Rules, own: OrderView, before: Reward, after: Reward) -> Recomputation | None:
    """Return what becomes of the host's order; None where it does not fit the old reward (typed by hand)."""
    profile = profile_from(own.order.tax_profile)
    try:
        redemption = redeem(rules, before, picks_of(own.lines), profile=profile, shipping=own.order.shipping)
    except DomainError:
        return None
    return recompute(rules, after, redemption, profile=profile)


def rewards_of(reader: Reader, demo_id: UUID) -> tuple[Reward | None, PartyFacts]:
    """Return the reward of a demo as it stands, with what it was judged by."""
    shown = party(reader, demo_id)
    facts = party_facts(reader, shown)
    return (evaluate(shown.rules, facts) if shown.rules is not None else None), facts


@usecase(N_("Withdrawal of {name}"), barrier=True)
def receive_withdrawal(
    work: Work,
    order_id: UUID,
    *,
    received_on: date,
    choice: Choice | None = None,
    goodwill: bool = False,
    note: str = "",
    accept_older_date: bool = False,
) -> Withdrawal:
    """Take up a notice: in time, the papers and the order are cancelled; too late, only the refusal is noted.

    Money that was paid stays in the ledger until it is given back (``take_payment`` with a negative amount).

    Args:
        work: the transaction.
        order_id: the order.
        received_on: the day on which the notice was given.
        choice: who bears it when the host redeemed more than is left of her reward.
        goodwill: take the goods back although the notice came too late.
        note: free text.
        accept_older_date: as for ``issue_paper``.

    Raises:
        DomainError: as ``outlook``; ``withdrawal.choice`` when the host's order changes and nobody decided;
            ``paper.date_back``.
    """
    found = outlook(work, order_id, received_on)
    view = found.view
    work.describe(name=display_name(view.person) if view.person else "")
    accepted = found.verdict is Verdict.ACCEPTED
    honoured = accepted or goodwill
    if honoured and found.asks and choice is None:
        raise DomainError("withdrawal.choice", field="choice")
    kept = choice.value if honoured and found.asks and choice is not None else ""
    withdrawal = Withdrawal(
        id=work.new_id(),
        order_id=order_id,
        received_on=received_on,
        accepted=accepted,
        refund_by=found.refund_by if accepted else None,
        choice=kept,
        note=note.strip(),
        created_at=work.now,
    )
    work.save(withdrawal)
    if honoured:
        _cancel(work, order_id, accept_older_date)
        replan(work, view.order.person_id)
        for own, change in found.changes if choice is Choice.CHARGE_HOST else ():
            if change.choices:
                _charge(work, own, change, accept_older_date)
    return withdrawal


def _cancel(work: Work, order_id: UUID, accept_older_date: bool) -> None:
    """Cancel papers and order; goods that were handed over come back, so a delivered order is cancelled too."""
    _take_back_papers(work, order_id, accept_older_date)
    work.save(replace(work.get(Order, order_id), state=OrderState.CANCELLED))


def _take_back_papers(work: Work, order_id: UUID, accept_older_date: bool) -> list[IssuedPaper]:
    if not active_papers(work, order_id):
        return []
    reason = _("Withdrawal of the customer")
    return withdraw_papers(work, order_id, reason=reason, accept_older_date=accept_older_date)


def _charge(work: Work, own: OrderView, change: Recomputation, accept_older_date: bool) -> None:
    """Let the host's order follow the smaller reward: what it does not cover is at full price."""
    _take_back_papers(work, own.order.id, accept_older_date)
    known = {str(line.id): line for line in own.lines}
    used: set[str] = set()
    lines: list[OrderLine] = []
    for place, pick in enumerate(change.after.picks, start=1):
        old = known[pick.key]
        key = old.id if pick.key not in used else work.new_id()
        used.add(pick.key)
        lines.append(replace(old, id=key, position=place, quantity=Decimal(pick.quantity), kind=KINDS[pick.use].value))
    rest = [line for line in own.lines if LineKind(line.kind) not in USES]
    lines += [replace(line, position=len(lines) + place) for place, line in enumerate(rest, start=1)]
    work.replace_all(own.lines, lines)
    order = work.save(replace(own.order, host_credit=change.after.terms.host_credit))
    keep_right(work, order)


def withdrawals_of(reader: Reader, order_id: UUID) -> list[Withdrawal]:
    """Return the notices about an order, the oldest first."""
    return reader.find(Withdrawal, "created_at", order_id=order_id)
