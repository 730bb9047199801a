"""Segments, campaigns and templates: whom a seller writes to, why, with which words, and at what cost. No SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.contact_choices import Channel
from directsell.domain.records import Record


class CampaignState(StrEnum):
    """Whether a campaign is prepared, running or over."""

    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Record):
    """A saved live filter over people; ``rules`` is its JSON."""

    name: str
    rules: str
    note: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(Record):
    """Something done to win or keep customers: when, for whom, and by which channel. Its cost are its ``CampaignCost``."""

    name: str
    state: CampaignState = CampaignState.PLANNED
    starts_on: date
    ends_on: date | None = None
    segment_id: UUID | None = None
    channel: Channel = Channel.MESSAGE
    brand_id: UUID | None = None
    goal: str = ""
    note: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignCost(Record):
    """What a campaign cost: ``amount`` minor units of ``currency``."""

    campaign_id: UUID
    label: str
    amount: int
    currency: str
    spent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFile(Record):
    """A leaflet, picture or text of a campaign, kept under the SHA-256 of its bytes."""

    campaign_id: UUID
    name: str
    sha256: str
    mime: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Record):
    """Words for a message or letter, with fields such as ``{given}``; ``language`` "" = for everybody."""

    name: str
    channel: Channel = Channel.MESSAGE
    language: str = ""
    subject: str = ""
    body: str
    brand_id: UUID | None = None
    position: int = 0
    created_at: datetime
