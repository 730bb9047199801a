"""The pipeline: cards of prospects by stage with their next step, score and value; filters; contact attempts. No judging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.domain.contact_choices import Channel, Outcome, Reason
from directsell.domain.followups import FollowUp
from directsell.domain.orders import Order
from directsell.domain.people import (
    BudgetLevel,
    Decider,
    Fit,
    LostReason,
    NeedLevel,
    Person,
    Stage,
    Timing,
    display_name,
)
from directsell.domain.pipeline import ENDED, STAGES
from directsell.domain.qualification import POINTS, FactorKind, points_of
from directsell.domain.quotes import QuoteState, quote_state
from directsell.store.queries.followups import open_follow_ups
from directsell.store.queries.names import name_of
from directsell.store.queries.people import match_words
from directsell.store.reader import Reader

RECENT = timedelta(days=90)  # how long won and lost ones stay on the board
MOST_CARDS = 5_000  # of one column; more are counted, and found by filters


@dataclass(frozen=True, slots=True)
class NextStep:
    """The earliest open follow-up of somebody."""

    due_on: date
    reason: Reason
    channel: Channel
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One prospect on the board.

    ``value`` is the total of the newest open quote in minor units of the seller's currency, 0 without one, and
    ``offered_until`` its last day; ``budget`` what they can spend in the seller's words. ``score`` and ``reachable`` as in ``qualification``.
    """

    id: UUID
    name: str
    stage: Stage
    since: date
    lost_reason: LostReason
    step: NextStep | None
    score: int
    reachable: int
    source: str
    need: str
    budget: str
    value: int
    offered_until: date | None = None


@dataclass(frozen=True, slots=True)
class PipelineFilter:
    """Which cards are shown; everything empty shows all. ``days`` is the least number of days in the stage."""

    text: str = ""
    source: str = ""
    tag: str = ""
    campaign_id: UUID | None = None
    without_step: bool = False
    overdue: bool = False
    days: int = 0

    @property
    def is_on(self) -> bool:
        """Something may be hidden."""
        return self != PipelineFilter()


@dataclass(frozen=True, slots=True)
class Column:
    """The cards of a stage, the most urgent first; ``count`` and ``value`` also count those beyond the most that are shown."""

    stage: Stage
    cards: tuple[Card, ...] = ()
    count: int = 0
    value: int = 0


@dataclass(frozen=True, slots=True)
class Pipeline:
    """All columns in the order of the stages."""

    columns: tuple[Column, ...] = field(default_factory=lambda: tuple(Column(stage) for stage in STAGES))

    @property
    def count(self) -> int:
        """How many cards there are."""
        return sum(column.count for column in self.columns)

    @property
    def open_count(self) -> int:
        """How many of them are neither won nor lost."""
        return sum(column.count for column in self.columns if column.stage not in ENDED)


_OVER = ", ".join(f"'{stage}'" for stage in ENDED)
_PROSPECT = (
    "t.deleted_at IS NULL AND t.merged_into IS NULL AND t.erased_on IS NULL AND t.id NOT IN "
    "(SELECT person_id FROM person_role WHERE role IN ('supplier', 'assistant') AND deleted_at IS NULL)"
)
_COLUMNS = (
    "t.id, t.given, t.family, t.company, t.stage, t.stage_on, t.created_at, t.lost_reason, t.lead_source, t.need, t.budget, "
    "t.need_level, t.budget_level, t.fit, t.decider, t.timing, step.due_on, step.reason, step.channel, step.text, "
    "offer.total, offer.valid_until"
)
_LEVELS = {
    FactorKind.NEED: "need_level",
    FactorKind.BUDGET: "budget_level",
    FactorKind.FIT: "fit",
    FactorKind.DECIDER: "decider",
    FactorKind.TIMING: "timing",
}


def _points(column: str, given: Mapping[StrEnum, int]) -> str:
    """Return the SQL of the points of one level."""
    cases = " ".join(f"WHEN '{level}' THEN {points}" for level, points in given.items())
    return f"CASE t.{column} {cases} ELSE 0 END"


_SCORE = " + ".join(_points(_LEVELS[kind], given) for kind, given in POINTS.items())
_SINCE = "coalesce(t.stage_on, date(t.created_at / 1000000, 'unixepoch'))"
# The same as pipeline.urgency, so that of very many people only the cards that are shown are made.
_URGENCY = (
    f"CASE WHEN t.stage IN ({_OVER}) THEN 0 WHEN step.due_on IS NULL THEN 1 WHEN step.due_on <= :today THEN 0 ELSE 2 END, "
    f"CASE WHEN t.stage IN ({_OVER}) THEN -julianday({_SINCE}) WHEN step.due_on IS NULL THEN -({_SCORE}) "
    "ELSE julianday(step.due_on) END, "
    f"CASE WHEN t.stage NOT IN ({_OVER}) AND step.due_on IS NULL THEN julianday({_SINCE}) ELSE -({_SCORE}) END, t.rid"
)
_BESIDE = "LEFT JOIN step ON step.person_id = t.id LEFT JOIN offer ON offer.person_id = t.id"
_WITH = """
WITH step AS MATERIALIZED (
    SELECT person_id, min(due_on) AS due_on, reason, channel, text FROM follow_up
    WHERE state = 'open' AND deleted_at IS NULL AND (expires_on IS NULL OR expires_on >= :today) GROUP BY person_id
), offer AS MATERIALIZED (
    SELECT person_id, total, valid_until FROM sales_order WHERE rid IN (
        SELECT max(rid) FROM sales_order WHERE state = 'quoted' AND currency = :currency AND deleted_at IS NULL GROUP BY person_id
    )
)"""


def pipeline(reader: Reader, wanted: PipelineFilter, *, currency: str, today: date) -> Pipeline:
    """Return the board.

    Won and lost ones stay for 90 days, unless a text is searched; suppliers, assistants, merged and erased people are no
    prospects.
    """
    where, params = _conditions(wanted, today)
    params |= {"currency": currency, "today": today.isoformat(), "most": MOST_CARDS}
    rows = reader.rows(
        f"{_WITH}, found AS (SELECT t.rid AS rid, t.stage AS stage, offer.total AS total, row_number() OVER "
        f"(PARTITION BY t.stage ORDER BY {_URGENCY}) AS place FROM person t {_BESIDE} WHERE {where}), "
        "counted AS (SELECT stage, count(*) AS n, sum(total) AS value FROM found GROUP BY stage) "
        f"SELECT counted.n, coalesce(counted.value, 0), {_COLUMNS} FROM found JOIN counted ON counted.stage = found.stage "
        f"JOIN person t ON t.rid = found.rid {_BESIDE} WHERE found.place <= :most ORDER BY found.place",
        params,
    )
    cards: dict[Stage, list[Card]] = {stage: [] for stage in STAGES}
    sums: dict[Stage, tuple[int, int]] = {}
    for count, value, *row in rows:
        card = _card(row)
        cards[card.stage].append(card)
        sums[card.stage] = count, value
    return Pipeline(tuple(Column(stage, tuple(cards[stage]), *sums.get(stage, (0, 0))) for stage in STAGES))


def _conditions(wanted: PipelineFilter, today: date) -> tuple[str, dict[str, Any]]:
    where, params = [_PROSPECT], dict[str, Any]()
    if wanted.source:
        where.append("t.lead_source = :source")
        params["source"] = wanted.source
    if wanted.campaign_id is not None:
        where.append("t.campaign_id = :campaign")
        params["campaign"] = wanted.campaign_id
    if wanted.tag:
        where.append("t.id IN (SELECT person_id FROM person_tag WHERE tag = :tag AND deleted_at IS NULL)")
        params["tag"] = wanted.tag
    if wanted.text.strip():
        where.append("t.rid IN (SELECT rowid FROM person_fts WHERE person_fts MATCH :words)")
        params["words"] = match_words(wanted.text)
    else:
        where.append(f"(t.stage NOT IN ({_OVER}) OR t.stage_on >= :recent)")
        params["recent"] = (today - RECENT).isoformat()
    if wanted.without_step:
        where.append(f"step.due_on IS NULL AND t.stage NOT IN ({_OVER})")
    if wanted.overdue:
        where.append("step.due_on < :today")
    if wanted.days:
        where.append(f"{_SINCE} <= :oldest")
        params["oldest"] = (today - timedelta(days=wanted.days)).isoformat()
    return " AND ".join(where), params


def _card(row: Sequence[Any]) -> Card:
    key, given, family, company, stage, since, created, lost, source, need, budget, *levels = row
    need_level, budget_level, fit, decider, timing, due_on, reason, channel, text, value, until = levels
    score, reachable = points_of(
        NeedLevel(need_level), BudgetLevel(budget_level), Fit(fit), Decider(decider), Timing(timing)
    )
    return Card(
        id=UUID(bytes=key),
        name=name_of(given, family, company),
        stage=Stage(stage),
        since=from_micros(created).date() if since is None else date.fromisoformat(since),
        lost_reason=LostReason(lost),
        step=None if due_on is None else NextStep(date.fromisoformat(due_on), Reason(reason), Channel(channel), text),
        score=score,
        reachable=reachable,
        source=source,
        need=need,
        budget=budget,
        value=value or 0,
        offered_until=None if until is None else date.fromisoformat(until),
    )


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often somebody was contacted by the seller: by channel, the most used first, and how often it worked."""

    by_channel: tuple[tuple[Channel, int], ...] = ()
    reached: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _channel, count in self.by_channel)


_WORKED = (Outcome.REACHED, Outcome.CALL_BACK, Outcome.BOOKED_DEMO, Outcome.ORDERED, Outcome.NOT_INTERESTED)


def attempts_of(reader: Reader, person_id: UUID) -> Attempts:
    """Return the contact attempts of a person; notes and what came from them are none."""
    marks = ", ".join(f"'{outcome}'" for outcome in _WORKED)
    rows = reader.rows(
        f"SELECT channel, count(*), sum(outcome IN ({marks})) FROM contact_entry WHERE person_id = ? AND channel <> 'note' "
        "AND NOT incoming AND deleted_at IS NULL GROUP BY channel ORDER BY 2 DESC, 1",
        (person_id,),
    )
    by_channel = tuple((Channel(channel), count) for channel, count, _reached in rows)
    return Attempts(by_channel, sum(reached for _channel, _count, reached in rows))


def campaign_choices(reader: Reader) -> list[tuple[UUID, str]]:
    """Return the campaigns somebody can have come from, the latest first."""
    rows = reader.rows("SELECT id, name FROM campaign WHERE deleted_at IS NULL ORDER BY starts_on DESC, rid DESC")
    return [(UUID(bytes=key), name) for key, name in rows]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote of somebody; ``total`` is minor units of ``currency``."""

    order: Order
    total: int


@dataclass(frozen=True, slots=True)
class Prospect:
    """One prospect with what is planned, tried and offered; ``referrer`` is the name of who recommended the seller."""

    person: Person
    steps: tuple[FollowUp, ...]
    attempts: Attempts
    quotes: tuple[QuoteRow, ...]
    referrer: str

    @property
    def name(self) -> str:
        """How they are called."""
        return display_name(self.person)


def prospect(reader: Reader, person_id: UUID, today: date) -> Prospect | None:
    """Return a prospect, or None when there is no such person any more."""
    person = reader.find_one(Person, person_id)
    if person is None:
        return None
    offers = [
        one
        for one in reader.find(Order, "ordered_on", person_id=person_id)
        if quote_state(one, one.ordered_on) is not QuoteState.NONE
    ]
    quotes = tuple(
        QuoteRow(one, reader.value("SELECT total FROM sales_order WHERE id = ?", (one.id,), 0))
        for one in reversed(offers)
    )
    referrer = reader.find_one(Person, person.referred_by)
    return Prospect(
        person=person,
        steps=tuple(step for step in open_follow_ups(reader, person_id) if (step.expires_on or today) >= today),
        attempts=attempts_of(reader, person_id),
        quotes=quotes,
        referrer=display_name(referrer) if referrer is not None else "",
    )
