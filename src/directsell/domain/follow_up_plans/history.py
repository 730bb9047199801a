"""What happened to one person, as far as programmes look at it. Read elsewhere; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from directsell.domain.contact_choices import Channel, Outcome

# Attempts that reached nobody, and calls that have to be made again, move no step.
_UNSETTLED = frozenset({Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE, Outcome.CALL_BACK, Outcome.WRONG_NUMBER})


class EventKind(StrEnum):
    """What can happen to a person."""

    ORDER = "order"
    DELIVERY = "delivery"
    RETURN = "return"
    CONTACT = "contact"
    DEMO = "demo"
    BOOKING = "booking"
    LEAD = "lead"
    SAMPLE = "sample"
    BIRTHDAY = "birthday"
    STARTED = "started"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Goods:
    """A product that somebody got, with its own words for following up; ``id`` is the text of its id."""

    id: str
    name: str = ""
    category: str = ""
    brand: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a day, or will happen ``until`` another one (a demo that is booked)."""

    kind: EventKind
    on: date
    until: date | None = None
    order_id: UUID | None = None
    demo_id: UUID | None = None
    programme_id: UUID | None = None
    goods: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """Pieces of a product that runs out, delivered on a day; one piece usually lasts ``lasts_days``."""

    product_id: UUID
    on: date
    quantity: Decimal
    lasts_days: int
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One person: what happened, in any order.

    Attributes:
        since: the day on which the person was added.
        is_out: lost, erased or merged into somebody else; nothing more is planned.
        birthday: as in ``Person``.
        interval: days between contacts, None = no interval is kept.
        asked_on: the day on which the last contact for the sake of the interval was closed.
    """

    person_id: UUID
    since: date
    events: tuple[Event, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    is_out: bool = False
    birthday: str = ""
    interval: int | None = None
    asked_on: date | None = None

    def days_of(self, kinds: Iterable[EventKind]) -> set[date]:
        """Return the days on which something of these kinds happened."""
        wanted = set(kinds)
        return {event.on for event in self.events if event.kind in wanted}


def is_contact(channel: Channel, outcome: Outcome) -> bool:
    """Say whether an entry of the contact log is a contact from which steps count anew, and not a note or an attempt."""
    return channel is not Channel.NOTE and outcome not in _UNSETTLED
