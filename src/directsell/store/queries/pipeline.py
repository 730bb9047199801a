"""The pipeline: cards of prospects by stage with their next step, score and value; filters; contact attempts. No judging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
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
from directsell.domain.pipeline import ENDED, STAGES, days_in, urgency
from directsell.domain.qualification import points_of
from directsell.domain.quotes import QuoteState, quote_state
from directsell.store.queries.followups import open_follow_ups
from directsell.store.queries.names import name_of
from directsell.store.queries.people import match_words
from directsell.store.reader import Reader, Row

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


_ACTIVE = ", ".join(f"'{stage}'" for stage in STAGES if stage not in ENDED)
_OVER = ", ".join(f"'{stage}'" for stage in ENDED)
_PROSPECT = (
    "t.deleted_at IS NULL AND t.merged_into IS NULL AND t.erased_on IS NULL AND t.id NOT IN "
    "(SELECT person_id FROM person_role WHERE role IN ('supplier', 'assistant') AND deleted_at IS NULL)"
)
_COLUMNS = (
    "t.id, t.given, t.family, t.company, t.stage, t.stage_on, t.created_at, t.lost_reason, t.lead_source, t.need, t.budget, "
    "t.need_level, t.budget_level, t.fit, t.decider, t.timing"
)


def pipeline(reader: Reader, wanted: PipelineFilter, *, currency: str, today: date) -> Pipeline:
    """Return the board.

    Won and lost ones stay for 90 days, unless a text is searched; suppliers, assistants, merged and erased people are no
    prospects.
    """
    steps, values = _next_steps(reader, today), _quotes(reader, currency)
    found: dict[Stage, list[Card]] = {stage: [] for stage in STAGES}
    for row in _people(reader, wanted, today):
        card = _card(row, steps, values)
        if _fits(card, wanted, today):
            found[card.stage].append(card)
    return Pipeline(tuple(_column(stage, cards, today) for stage, cards in found.items()))


def _column(stage: Stage, cards: list[Card], today: date) -> Column:
    def key(card: Card) -> tuple[int, int, int]:
        return urgency(stage, card.since, card.step.due_on if card.step else None, card.score, today)

    shown = tuple(sorted(cards, key=key)[:MOST_CARDS])
    return Column(stage, shown, len(cards), sum(card.value for card in cards))


def _people(reader: Reader, wanted: PipelineFilter, today: date) -> Iterator[Row]:
    where, params = _conditions(wanted)
    recent = "1" if wanted.text.strip() else "t.stage_on >= ?"
    ended = [] if wanted.text.strip() else [(today - RECENT).isoformat()]
    base = f"SELECT {_COLUMNS} FROM person t WHERE {where}"
    yield from reader.stream(f"{base} AND t.stage IN ({_ACTIVE}) ORDER BY t.rid", params)
    yield from reader.stream(f"{base} AND t.stage IN ({_OVER}) AND {recent} ORDER BY t.rid", [*params, *ended])


def _conditions(wanted: PipelineFilter) -> tuple[str, list[Any]]:
    where = [_PROSPECT]
    params: list[Any] = []
    if wanted.source:
        where.append("t.lead_source = ?")
        params.append(wanted.source)
    if wanted.campaign_id is not None:
        where.append("t.campaign_id = ?")
        params.append(wanted.campaign_id)
    if wanted.tag:
        where.append("t.id IN (SELECT person_id FROM person_tag WHERE tag = ? AND deleted_at IS NULL)")
        params.append(wanted.tag)
    if wanted.text.strip():
        where.append("t.rid IN (SELECT rowid FROM person_fts WHERE person_fts MATCH ?)")
        params.append(match_words(wanted.text))
    return " AND ".join(where), params


def _fits(card: Card, wanted: PipelineFilter, today: date) -> bool:
    if wanted.without_step and (card.step is not None or card.stage in ENDED):
        return False
    if wanted.overdue and (card.step is None or card.step.due_on >= today):
        return False
    return days_in(card.since, today) >= wanted.days


def _next_steps(reader: Reader, today: date) -> dict[bytes, Sequence[Any]]:
    """Return the earliest open follow-up that still makes sense of everybody who has one: (day, reason, channel, text)."""
    rows = reader.stream(
        "SELECT person_id, due_on, reason, channel, text FROM follow_up WHERE state = 'open' AND deleted_at IS NULL "
        "AND (expires_on IS NULL OR expires_on >= ?) ORDER BY due_on DESC, rid DESC",
        (today.isoformat(),),
    )
    return {person: rest for person, *rest in rows}  # the earliest is the last one that is kept


def _quotes(reader: Reader, currency: str) -> dict[bytes, tuple[int, str | None]]:
    """Return total and last day of the newest open quote of everybody who has one."""
    rows = reader.stream(
        "SELECT person_id, total, valid_until FROM sales_order WHERE state = 'quoted' AND currency = ? AND deleted_at IS NULL ORDER BY rid",
        (currency,),
    )
    return {person: (total, until) for person, total, until in rows if person is not None}


def _card(row: Row, steps: Mapping[bytes, Sequence[Any]], values: Mapping[bytes, tuple[int, str | None]]) -> Card:
    key, given, family, company, stage, since, created, lost, source, need, budget, *levels = row
    need_level, budget_level, fit, decider, timing = levels
    score, reachable = points_of(
        NeedLevel(need_level), BudgetLevel(budget_level), Fit(fit), Decider(decider), Timing(timing)
    )
    step, (value, until) = steps.get(key), values.get(key, (0, None))
    return Card(
        id=UUID(bytes=key),
        name=name_of(given, family, company),
        stage=Stage(stage),
        since=from_micros(created).date() if since is None else date.fromisoformat(since),
        lost_reason=LostReason(lost),
        step=None if step is None else _step(*step),
        score=score,
        reachable=reachable,
        source=source,
        need=need,
        budget=budget,
        value=value,
        offered_until=None if until is None else date.fromisoformat(until),
    )


def _step(due_on: str, reason: str, channel: str, text: str) -> NextStep:
    return NextStep(date.fromisoformat(due_on), Reason(reason), Channel(channel), text)


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
