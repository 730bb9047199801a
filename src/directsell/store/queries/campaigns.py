"""Campaigns with what they brought (the rule is in domain/campaign_results.py), templates, and what was written in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directsell.domain.campaign_results import CampaignResult, Touch, campaign_of
from directsell.domain.clock import from_micros
from directsell.domain.contact_choices import Channel
from directsell.domain.errors import DomainError
from directsell.domain.marketing import Campaign, CampaignCost, CampaignFile, CampaignState, Template
from directsell.domain.money import PPM
from directsell.domain.orders import Order, OrderLine
from directsell.domain.pricing import order_totals
from directsell.store.queries.settings import business
from directsell.store.reader import Reader

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One line of the list of campaigns; ``cost`` is minor units of the seller's currency."""

    id: UUID
    name: str
    state: CampaignState
    starts_on: date
    ends_on: date | None
    channel: Channel
    leads: int
    contacts: int
    cost: int


@dataclass(frozen=True, slots=True)
class Month:
    """What counted for a campaign in one month."""

    first: date
    orders: int
    revenue: int


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """A campaign with everything its page shows; ``months`` from the first to the last month with an order."""

    campaign: Campaign
    segment: str
    brand: str
    costs: tuple[CampaignCost, ...]
    files: tuple[CampaignFile, ...]
    result: CampaignResult
    months: tuple[Month, ...]


def campaigns(reader: Reader) -> list[CampaignRow]:
    """Return all campaigns: running ones first, then planned, then finished, the latest first."""
    rows = reader.rows(
        "SELECT c.id, c.name, c.state, c.starts_on, c.ends_on, c.channel, "
        "(SELECT count(*) FROM person WHERE campaign_id = c.id AND deleted_at IS NULL), "
        "(SELECT count(*) FROM contact_entry WHERE campaign_id = c.id AND deleted_at IS NULL), "
        "(SELECT coalesce(sum(amount), 0) FROM campaign_cost WHERE campaign_id = c.id AND currency = ? "
        "AND deleted_at IS NULL) FROM campaign c WHERE c.deleted_at IS NULL "
        "ORDER BY CASE c.state WHEN 'running' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, c.starts_on DESC, c.rid DESC",
        (business(reader).currency,),
    )
    return [
        CampaignRow(
            UUID(bytes=key), name, CampaignState(state), date.fromisoformat(starts),
            None if ends is None else date.fromisoformat(ends), Channel(channel), leads, contacts, cost,
        )
        for key, name, state, starts, ends, channel, leads, contacts, cost in rows
    ]  # fmt: skip


def campaign_choices(reader: Reader) -> list[tuple[UUID, str]]:
    """Return the campaigns that are not finished, then the others, for a menu."""
    return [(row.id, row.name) for row in campaigns(reader)]


def running_campaigns(reader: Reader) -> list[tuple[UUID, str]]:
    """Return the campaigns that are running, by name, for a menu."""
    rows = reader.rows(
        "SELECT id, name FROM campaign WHERE state = 'running' AND deleted_at IS NULL ORDER BY name COLLATE NOCASE, rid"
    )
    return [(UUID(bytes=key), name) for key, name in rows]


def campaign_card(reader: Reader, campaign_id: UUID) -> CampaignCard | None:
    """Return a campaign with its results, or None when it is gone."""
    campaign = reader.find_one(Campaign, campaign_id)
    if campaign is None:
        return None
    currency = business(reader).currency
    costs = tuple(reader.find(CampaignCost, campaign_id=campaign_id))
    result, months = _result(reader, campaign, currency, sum(c.amount for c in costs if c.currency == currency))
    return CampaignCard(
        campaign=campaign,
        segment=reader.value("SELECT name FROM segment WHERE id = ?", (campaign.segment_id,), ""),
        brand=reader.value("SELECT name FROM brand WHERE id = ?", (campaign.brand_id,), ""),
        costs=costs,
        files=tuple(reader.find(CampaignFile, "position", campaign_id=campaign_id)),
        result=result,
        months=months,
    )


def _result(reader: Reader, campaign: Campaign, currency: str, cost: int) -> tuple[CampaignResult, tuple[Month, ...]]:
    key = campaign.id
    leads = _ids(reader, "SELECT id FROM person WHERE campaign_id = ? AND deleted_at IS NULL", key)
    contacted = _ids(
        reader, "SELECT DISTINCT person_id FROM contact_entry WHERE campaign_id = ? AND deleted_at IS NULL", key
    )
    orders = list(attributed_orders(reader, key, [*dict.fromkeys((*leads, *contacted))], currency))
    months: dict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for order in orders:
        count, revenue = months[order.day.replace(day=1)]
        months[order.day.replace(day=1)] = (count + 1, revenue + order.total)
    result = CampaignResult(
        currency=currency,
        leads=len(leads),
        contacts=int(
            reader.value("SELECT count(*) FROM contact_entry WHERE campaign_id = ? AND deleted_at IS NULL", (key,), 0)
        ),
        reached=len(contacted),
        demos=_demos(reader, campaign, [*dict.fromkeys((*leads, *contacted))]),
        orders=len(orders),
        buyers=len({order.person_id for order in orders}),
        revenue=sum(order.total for order in orders),
        share=_share(reader, [order.id for order in orders]) if orders else 0,
        cost=cost,
    )
    return result, tuple(Month(first, *months[first]) for first in _months(months))


def _months(known: Mapping[date, object]) -> list[date]:
    if not known:
        return []
    first, last = min(known), max(known)
    return [
        date(number // 12, number % 12 + 1, 1)
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]


@dataclass(frozen=True, slots=True)
class CountedOrder:
    """An order that counts for a campaign."""

    id: bytes
    person_id: bytes
    day: date
    total: int


def attributed_orders(
    reader: Reader, campaign_id: UUID, people: Sequence[bytes], currency: str
) -> Iterable[CountedOrder]:
    """Yield the orders of people that count for a campaign; each order counts for one campaign only."""
    starts = {
        UUID(bytes=key): date.fromisoformat(day)
        for key, day in reader.rows("SELECT id, starts_on FROM campaign WHERE deleted_at IS NULL")
    }
    for start in range(0, len(people), _AT_ONCE):
        part = people[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        touches: dict[bytes, list[Touch]] = defaultdict(list)
        for person, campaign, at in reader.rows(
            f"SELECT person_id, campaign_id, at FROM contact_entry WHERE person_id IN ({marks}) "
            "AND campaign_id IS NOT NULL AND deleted_at IS NULL",
            part,
        ):
            if UUID(bytes=campaign) in starts:
                touches[person].append(Touch(UUID(bytes=campaign), from_micros(at).astimezone().date(), at))
        for key, person, day, total, won in reader.rows(
            "SELECT o.id, o.person_id, o.ordered_on, o.total, p.campaign_id FROM sales_order o "
            f"JOIN person p ON p.id = o.person_id WHERE o.person_id IN ({marks}) AND o.deleted_at IS NULL "
            "AND +o.state IN ('placed', 'delivered') AND +o.currency = ? AND o.total >= 0",
            [*part, currency],
        ):
            ordered_on, won_by = date.fromisoformat(day), None if won is None else UUID(bytes=won)
            if campaign_of(ordered_on, touches[person], won_by, starts) == campaign_id:
                yield CountedOrder(key, person, ordered_on, total)


def _share(reader: Reader, orders: Sequence[bytes]) -> int | None:
    """Return the seller's part of the goods of orders: each line after all discounts, times its brand's commission."""
    rates: dict[bytes, int] = dict(
        reader.rows(
            "SELECT p.id, b.commission_ppm FROM product p JOIN brand b ON b.id = p.brand_id WHERE commission_ppm > 0"
        )
    )
    share, known = 0, False
    for key in orders:
        order = reader.get(Order, UUID(bytes=key))
        lines = reader.find(OrderLine, "position", order_id=order.id)
        try:
            totals = order_totals(order, lines)
        except DomainError:
            continue
        for line, sums in zip(lines, totals.lines, strict=True):
            rate = 0 if line.product_id is None else rates.get(line.product_id.bytes, 0)
            known = known or bool(rate)
            share += (2 * sums.net * rate + PPM) // (2 * PPM)
    return share if known else None


def _demos(reader: Reader, campaign: Campaign, people: Sequence[bytes]) -> int:
    found = 0
    for start in range(0, len(people), _AT_ONCE):
        part = people[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        found += reader.value(
            f"SELECT count(*) FROM demo WHERE host_id IN ({marks}) AND coalesce(booked_on, day) >= ? "
            "AND state <> 'cancelled' AND deleted_at IS NULL",
            [*part, campaign.starts_on.isoformat()],
            0,
        )
    return found


def _ids(reader: Reader, sql: str, key: UUID) -> list[bytes]:
    return [row[0] for row in reader.rows(sql, (key,))]


def templates(reader: Reader) -> list[Template]:
    """Return the templates in the order in which they are offered."""
    return sorted(reader.find(Template), key=lambda t: (t.position, t.name.casefold(), t.id))


def templates_for(reader: Reader, channel: Channel, language: str) -> list[Template]:
    """Return the templates of a channel: those in somebody's language first, then those for everybody, then the others."""
    wanted = language.partition("_")[0]

    def fitness(template: Template) -> int:
        own = template.language.partition("_")[0]
        return 0 if own == wanted else 1 if not own else 2

    return sorted((t for t in templates(reader) if t.channel is channel), key=fitness)


def written_in(reader: Reader, campaign_id: UUID, channel: Channel) -> dict[UUID, date]:
    """Return who was written to within a campaign by a channel, and when last."""
    rows = reader.rows(
        "SELECT person_id, max(at) FROM contact_entry WHERE campaign_id = ? AND channel = ? AND deleted_at IS NULL "
        "GROUP BY person_id",
        (campaign_id, channel.value),
    )
    return {UUID(bytes=key): from_micros(at).astimezone().date() for key, at in rows}
