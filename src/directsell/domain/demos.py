"""Demos: home parties, one-to-one demonstrations, fairs and online shows, with their guests. No orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from directsell.domain.cooling_off.facts import Visit
from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.domain.records import Record


class DemoKind(StrEnum):
    """What sort of demonstration it is."""

    HOME_PARTY = "home_party"
    ONE_TO_ONE = "one_to_one"
    FAIR = "fair"
    ONLINE = "online"


class DemoState(StrEnum):
    """The life of a demo (domain rule D12)."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    OPEN = "open"
    CLOSING = "closing"
    SUBMITTED = "submitted"
    DELIVERED = "delivered"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


class Reply(StrEnum):
    """What a guest answered to the invitation."""

    INVITED = "invited"
    MAYBE = "maybe"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class CostKind(StrEnum):
    """What an evening costs the seller besides goods and shipping (rule D15)."""

    SAMPLE = "sample"
    DOOR_PRIZE = "door_prize"
    FEE = "fee"
    MILEAGE = "mileage"
    OTHER = "other"


TRANSITIONS: dict[DemoState, frozenset[DemoState]] = {
    DemoState.PLANNED: frozenset({DemoState.CONFIRMED, DemoState.OPEN, DemoState.CANCELLED, DemoState.POSTPONED}),
    DemoState.CONFIRMED: frozenset({DemoState.PLANNED, DemoState.OPEN, DemoState.CANCELLED, DemoState.POSTPONED}),
    DemoState.POSTPONED: frozenset({DemoState.PLANNED, DemoState.CONFIRMED, DemoState.CANCELLED}),
    DemoState.OPEN: frozenset({DemoState.CLOSING, DemoState.CONFIRMED, DemoState.CANCELLED}),
    DemoState.CLOSING: frozenset({DemoState.OPEN, DemoState.SUBMITTED}),
    DemoState.SUBMITTED: frozenset({DemoState.OPEN, DemoState.DELIVERED}),
    DemoState.DELIVERED: frozenset({DemoState.OPEN, DemoState.SETTLED}),
    DemoState.SETTLED: frozenset({DemoState.OPEN}),
    DemoState.CANCELLED: frozenset({DemoState.PLANNED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo(Record):
    """A demonstration. It happens at a wall time (``day``, ``starts``) in a ``zone`` (IANA name), never an instant.

    ``host_consent`` is the host's express consent to a party at home (France lifts its ban on payment for it).
    ``parent_id`` is the demo at which this one was booked, on ``booked_on`` (party chain, rule D11). ``hours`` and
    ``miles`` are the seller's work and way, for the settlement.
    """

    kind: DemoKind = DemoKind.HOME_PARTY
    state: DemoState = DemoState.PLANNED
    title: str = ""
    host_id: UUID | None = None
    day: date
    starts: time | None = None
    ends: time | None = None
    zone: str = ""
    street: str = ""
    extra: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    expected_guests: int = 0
    visit: Visit = Visit.REQUESTED
    host_consent: bool = False
    programme_id: UUID | None = None
    parent_id: UUID | None = None
    booked_on: date | None = None
    hours: Decimal | None = None
    miles: Decimal | None = None
    note: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoGuest(Record):
    """A person on a guest list; its id follows from demo and person, so two laptops never double a guest.

    ``channel`` is how the guest was invited, ``outside`` marks somebody who orders without coming. ``liked``,
    ``would_host``, ``would_join`` and ``objection`` are what the guest wrote on the door-prize slip.
    """

    demo_id: UUID
    person_id: UUID
    reply: Reply = Reply.INVITED
    attended: bool = False
    brings: int = 0
    channel: str = ""
    outside: bool = False
    liked: str = ""
    would_host: bool = False
    would_join: bool = False
    objection: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoHost(Record):
    """A further host of a demo, in the order in which odd cents are given (rule D10)."""

    demo_id: UUID
    person_id: UUID
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingTouch(Record):
    """A dated step of preparing the host, with what came of it."""

    demo_id: UUID
    due_on: date
    label: str
    done_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingItem(Record):
    """Something to take along: demo pieces, catalogues, slips, cash for change."""

    demo_id: UUID
    label: str
    quantity: Decimal = Decimal(1)
    packed: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(Record):
    """A person's interest in a product, seen at a demo or told; its id follows from both."""

    person_id: UUID
    product_id: UUID
    demo_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCount(Record):
    """Cash counted at the end: JSON ``{denomination in minor units: pieces}`` (append-only; the latest one counts)."""

    demo_id: UUID
    currency: str
    counts: str
    at: datetime
    reverses_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCost(Record):
    """What an evening cost the seller: ``amount`` minor units of ``currency``."""

    demo_id: UUID
    kind: CostKind
    amount: int
    currency: str
    note: str = ""


def guest_of(demo_id: UUID, person_id: UUID, reply: Reply = Reply.INVITED) -> DemoGuest:
    """Return a new line of the guest list."""
    return DemoGuest(id=named_id("guest", demo_id, person_id), demo_id=demo_id, person_id=person_id, reply=reply)


def co_host_of(demo_id: UUID, person_id: UUID, position: int) -> CoHost:
    """Return a further host of a demo."""
    key = named_id("co_host", demo_id, person_id)
    return CoHost(id=key, demo_id=demo_id, person_id=person_id, position=position)


def wish_of(person_id: UUID, product_id: UUID, demo_id: UUID | None = None, note: str = "") -> Wish:
    """Return a person's interest in a product."""
    key = named_id("wish", person_id, product_id)
    return Wish(id=key, person_id=person_id, product_id=product_id, demo_id=demo_id, note=note)


def check_transition(old: DemoState, new: DemoState) -> None:
    """Refuse a step that the life of a demo does not have.

    Raises:
        DomainError: ``demo.transition`` with both states.
    """
    if new is not old and new not in TRANSITIONS[old]:
        raise DomainError("demo.transition", field="state", old=old.value, new=new.value)


def check_demo(demo: Demo) -> None:
    """Refuse impossible numbers of guests and an end before the start.

    Raises:
        DomainError: ``demo.guests`` or ``demo.times``.
    """
    if not 0 <= demo.expected_guests <= 10_000:
        raise DomainError("demo.guests", field="expected_guests")
    if demo.starts is not None and demo.ends is not None and demo.ends <= demo.starts:
        raise DomainError("demo.times", field="ends")
