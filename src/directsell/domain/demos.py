"""Demos: home parties, one-to-one demonstrations, fairs and online shows, with their guests. No orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

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
    """A demonstration. It happens at a wall time (``day``, ``starts``) in a ``zone`` (IANA name), never an instant."""

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
    note: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoGuest(Record):
    """A person on a guest list; its id follows from demo and person, so two laptops never double a guest."""

    demo_id: UUID
    person_id: UUID
    reply: Reply = Reply.INVITED
    attended: bool = False
    brings: int = 0
    note: str = ""


def guest_of(demo_id: UUID, person_id: UUID, reply: Reply = Reply.INVITED) -> DemoGuest:
    """Return a new line of the guest list."""
    return DemoGuest(id=named_id("guest", demo_id, person_id), demo_id=demo_id, person_id=person_id, reply=reply)


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
