"""Who may redeem what at a party: host, co-hosts, a past host; with what was left before, without what was redeemed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from directsell.domain.demos import Demo, DemoState
from directsell.domain.host_programmes.evaluate import Reward, evaluate
from directsell.domain.host_programmes.rules import Rules, UnspentFate
from directsell.domain.host_programmes.sharing import past_host_reward, share_reward
from directsell.domain.host_programmes.spending import carried, left_of, spent, together
from directsell.domain.orders import OrderKind, OrderState
from directsell.domain.people import Person, display_name
from directsell.domain.redemptions import picks_of
from directsell.store.queries.orders import OrderView
from directsell.store.queries.parties import Party, party, party_facts
from directsell.store.reader import Reader

_BINDING = (OrderState.PLACED, OrderState.DELIVERED)
_MOST_DEMOS_BACK = 12  # credit that was carried on and on is followed so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one person may redeem at a party.

    Args:
        person_id, name: who.
        past: she hosted the party at which this one was booked, and nothing of this one.
        reward: all of it, with its explanation.
        orders: the orders with which she redeemed, the first one first.
    """

    person_id: UUID
    name: str
    past: bool
    reward: Reward
    orders: tuple[OrderView, ...]

    @property
    def is_something(self) -> bool:
        """Something is given, or was when she redeemed."""
        reward = self.reward
        return bool(reward.credit or reward.rights or reward.gifts or self.orders)

    def left(self, rules: Rules, besides: UUID | None = None) -> Reward:
        """Return what her orders leave of it; ``besides`` is an order that is typed on again and takes nothing."""
        views = [view for view in self.orders if view.order.id != besides]
        return left_of(self.reward, [spent(rules, picks_of(view.lines), view.totals.host_credit) for view in views])


def portions(reader: Reader, shown: Party, reward: Reward | None) -> tuple[Portion, ...]:
    """Return who may redeem what: the host first, then the co-hosts, then a past host (rules D9 to D11).

    Args:
        reader: one moment of the book.
        shown: the party.
        reward: what it earned as a whole; None without a programme.
    """
    return _portions(reader, shown, reward, 0)


def portion_of(reader: Reader, shown: Party, person_id: UUID | None) -> Portion | None:
    """Return what somebody may redeem at a party; None where nothing is given to this person."""
    reward = evaluate(shown.rules, party_facts(reader, shown)) if shown.rules is not None else None
    return next((part for part in portions(reader, shown, reward) if part.person_id == person_id), None)


def _portions(reader: Reader, shown: Party, reward: Reward | None, depth: int) -> tuple[Portion, ...]:
    rules = shown.rules
    if rules is None or reward is None:
        return ()
    hosts = list(dict.fromkeys(person for person in (shown.host, *shown.co_hosts) if person is not None))
    hosts = hosts[: max(rules.co_hosts, 1)]
    shares = dict(zip((host.id for host in hosts), share_reward(rules, reward, len(hosts) or 1), strict=False))
    if shown.host is not None and rules.unspent is UnspentFate.POOLED:
        shares[shown.host.id] = _with_leftover(reader, shown, shares[shown.host.id], depth)
    names = {host.id: display_name(host) for host in hosts}
    past, extra = _past_host(reader, shown, reward)
    if past is not None and extra is not None:
        names.setdefault(past.id, display_name(past))
        shares[past.id] = together(shares[past.id], extra) if past.id in shares else extra
    return tuple(
        Portion(
            person_id=key,
            name=names[key],
            past=all(host.id != key for host in hosts),
            reward=share,
            orders=_orders(shown, key),
        )
        for key, share in shares.items()
    )


def _orders(shown: Party, person_id: UUID) -> tuple[OrderView, ...]:
    return tuple(
        view
        for view in shown.orders
        if view.order.kind is OrderKind.HOST and view.order.person_id == person_id and view.order.state in _BINDING
    )


def _past_host(reader: Reader, shown: Party, child: Reward) -> tuple[Person | None, Reward | None]:
    """Return the host at whose demo this one was booked, and what she gets here for it."""
    if shown.rules is None or shown.rules.past_host is None or shown.demo.parent_id is None:
        return None, None
    parent_demo = reader.find_one(Demo, shown.demo.parent_id)
    if parent_demo is None or parent_demo.programme_id != shown.demo.programme_id:
        return None, None
    parent = party(reader, parent_demo.id)
    if parent.rules is None:
        return None, None
    extra = past_host_reward(shown.rules, evaluate(parent.rules, party_facts(reader, parent)), child)
    given = extra.credit or extra.rights or extra.gifts
    return (parent.host, extra) if given else (None, None)


def _with_leftover(reader: Reader, shown: Party, share: Reward, depth: int) -> Reward:
    """Add what the host left at her demo before under the same programme."""
    host, demo = shown.host, shown.demo
    if host is None or demo.programme_id is None or depth >= _MOST_DEMOS_BACK:
        return share
    key = reader.value(
        "SELECT id FROM demo WHERE host_id = ? AND programme_id = ? AND day < ? AND deleted_at IS NULL "
        f"AND state IN ('{DemoState.SUBMITTED}', '{DemoState.DELIVERED}', '{DemoState.SETTLED}') "
        "ORDER BY day DESC, rid DESC LIMIT 1",
        (host.id, demo.programme_id, demo.day.isoformat()),
    )
    if key is None:
        return share
    before = party(reader, UUID(bytes=key))
    if before.rules is None or before.rules.unspent is not UnspentFate.POOLED:
        return share
    reward = evaluate(before.rules, party_facts(reader, before))
    own = next((p for p in _portions(reader, before, reward, depth + 1) if p.person_id == host.id), None)
    return share if own is None else carried(share, own.left(before.rules).credit, before.demo.day)
