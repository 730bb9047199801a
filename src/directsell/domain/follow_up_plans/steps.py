"""Steps of a programme as data: when after (or before) the event, how, why, with which words. Nothing is planned here."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from directsell.domain.contact_choices import Channel, Reason
from directsell.domain.errors import DomainError
from directsell.domain.follow_up_programmes import Anchor
from directsell.domain.frozen_json import from_json_text, to_json_text

MOST_STEPS = 24
EXPIRES_DAYS = 7  # a step that nobody took makes no sense any more after so many days (D19)
LONGEST_EXPIRY = 365
_LONGEST = {"days": 3650, "weeks": 520, "months": 120}
# Events that are known before they happen: steps may lie before them.
FORESEEN = frozenset({Anchor.BOOKING, Anchor.BIRTHDAY, Anchor.CUSTOM})


class Unit(StrEnum):
    """In what the distance of a step is counted."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Effect(StrEnum):
    """What a contact or an order in between does to the steps that are still open."""

    RECOUNT = "recount"
    KEEP = "keep"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words for people who got a product (``product``, the text of its id) or anything of a ``category``."""

    product: str = ""
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One contact of a chain.

    Attributes:
        key: what the step is called for ever; it never changes, and no other step of the programme ever has it.
        count, unit: the distance from the event; negative = before it.
        text: what to say or ask; ``words`` take its place where a product or category fits.
        with_products: the follow-up words of the products themselves are added.
        expires_days: how many days after its day the step still makes sense.
        only_if_quiet: it is left out when there was a contact or an order since the event.
    """

    key: str
    count: int = 0
    unit: Unit = Unit.DAYS
    channel: Channel = Channel.CALL
    reason: Reason = Reason.OTHER
    text: str = ""
    words: tuple[Words, ...] = ()
    with_products: bool = False
    expires_days: int = EXPIRES_DAYS
    only_if_quiet: bool = False

    @property
    def is_before(self) -> bool:
        """Whether it lies before the event."""
        return self.count < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The steps of a programme, and what a contact (or a return) and an order in between do to those still open."""

    steps: tuple[Step, ...] = ()
    on_contact: Effect = Effect.RECOUNT
    on_order: Effect = Effect.STOP


@lru_cache(maxsize=128)  # every save of an order asks for the active programmes
def chain_of(text: str) -> Chain:
    """Return the chain that is stored as ``FollowUpProgramme.steps``.

    Raises:
        DomainError: ``follow_up_programme.unreadable``.
    """
    return from_json_text(Chain, text, code="follow_up_programme.unreadable")


def chain_text(chain: Chain) -> str:
    """Return the form in which a chain is stored."""
    return to_json_text(chain)


def moved(day: date, count: int, unit: Unit) -> date:
    """Return the day so far from another one; months are calendar months: 31 Dec + 2 months is 28 (or 29) Feb.

    Raises:
        OverflowError: there is no such day.
    """
    if unit is not Unit.MONTHS:
        return day + timedelta(days=count * (7 if unit is Unit.WEEKS else 1))
    place = day.year * 12 + day.month - 1 + count
    year, month = divmod(place, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("no such day")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_day(step: Step, anchor: date, until: date | None = None) -> date:
    """Return the day of a step: counted from the anchor, or back from ``until`` (the day of a booked demo)."""
    return moved(until or anchor if step.is_before else anchor, step.count, step.unit)


def in_order(chain: Chain, anchor: Anchor | None = None) -> tuple[Step, ...]:
    """Return the steps as they follow in time; those of the same distance as they stand.

    A booking lies before the demo: what counts from it comes before what counts back from the demo.
    """
    booked_first = anchor is Anchor.BOOKING
    return tuple(sorted(chain.steps, key=lambda step: (booked_first and step.is_before, _days(step))))


def check_chain(chain: Chain, anchor: Anchor) -> None:
    """Refuse a chain that could not be followed.

    Raises:
        DomainError: the first of ``problems``.
    """
    for error in problems(chain, anchor):
        raise error


def problems(chain: Chain, anchor: Anchor) -> Iterator[DomainError]:
    """Say what is wrong with a chain; ``field`` is a path such as ``steps.1.text``."""
    if not chain.steps:
        yield DomainError("follow_up_programme.no_steps", field="steps")
    if len(chain.steps) > MOST_STEPS:
        yield DomainError("follow_up_programme.too_many", field="steps", most=MOST_STEPS)
    taken: set[tuple[int, bool]] = set()
    for place, step in enumerate(chain.steps):
        path = f"steps.{place}"
        if not step.text.strip():
            yield DomainError("follow_up_programme.text", field=f"{path}.text")
        if abs(step.count) > _LONGEST[step.unit]:
            yield DomainError("follow_up_programme.too_far", field=f"{path}.count")
        elif step.is_before and anchor not in FORESEEN:
            yield DomainError("follow_up_programme.before", field=f"{path}.count")
        elif (distance := (_days(step), step.is_before)) in taken:
            yield DomainError("follow_up_programme.same_day", field=f"{path}.count")
        else:
            taken.add(distance)
        if not 0 <= step.expires_days <= LONGEST_EXPIRY:
            yield DomainError("follow_up_programme.expiry", field=f"{path}.expires_days", most=LONGEST_EXPIRY)
        for number, words in enumerate(step.words):
            if not words.text.strip():
                yield DomainError("follow_up_programme.text", field=f"{path}.words.{number}.text")
            elif not words.product and not words.category.strip():
                yield DomainError("follow_up_programme.for_what", field=f"{path}.words.{number}.about")


def _days(step: Step) -> int:
    """Return about how many days a step is away; a month counts 30.44 days, so that it never equals whole weeks."""
    return {Unit.DAYS: 100, Unit.WEEKS: 700, Unit.MONTHS: 3044}[step.unit] * step.count
