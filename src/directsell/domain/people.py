"""People: prospects, customers, hosts and companies, how to reach them, what was said. No orders, no SQL."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.contact_choices import Channel as Channel
from directsell.domain.contact_choices import Outcome as Outcome
from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.domain.records import Record


class PersonKind(StrEnum):
    """Whether the name is a person's or a company's."""

    PERSON = "person"
    COMPANY = "company"


class Stage(StrEnum):
    """Where somebody stands on the way from prospect to customer, in the field's own order."""

    NEW = "new"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    DEMO_BOOKED = "demo_booked"
    DEMO_DONE = "demo_done"
    NEGOTIATING = "negotiating"
    WON = "won"
    LOST = "lost"


class LostReason(StrEnum):
    """Why somebody did not become a customer, for now."""

    PRICE = "price"
    NO_NEED = "no_need"
    OTHER_SUPPLIER = "other_supplier"
    BAD_TIME = "bad_time"
    NOT_REACHED = "not_reached"
    PARTNER = "partner"
    OTHER = "other"
    NONE = ""


class NeedLevel(StrEnum):
    """How much somebody needs what is sold."""

    NO = "no"
    SOME = "some"
    STRONG = "strong"
    UNKNOWN = ""


class BudgetLevel(StrEnum):
    """Whether somebody can pay for it."""

    NO = "no"
    TIGHT = "tight"
    ENOUGH = "enough"
    UNKNOWN = ""


class Decider(StrEnum):
    """Who decides about buying."""

    SELF = "self"
    TOGETHER = "together"
    OTHER = "other"
    UNKNOWN = ""


class Fit(StrEnum):
    """How well the goods fit the person's life."""

    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"
    UNKNOWN = ""


class Timing(StrEnum):
    """When somebody wants to buy."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"
    UNKNOWN = ""


class Rank(StrEnum):
    """How important a customer is to the seller; decides how often to be in touch."""

    A = "a"
    B = "b"
    C = "c"
    NONE = ""


class Role(StrEnum):
    """What a person is to the seller; one person may be several."""

    PROSPECT = "prospect"
    CUSTOMER = "customer"
    HOST = "host"
    GUEST = "guest"
    ASSISTANT = "assistant"
    SUPPLIER = "supplier"


class ReachKind(StrEnum):
    """Ways to reach somebody."""

    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    WEB = "web"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person or company. ``birthday`` is ISO ``YYYY-MM-DD`` or ``--MM-DD`` where the year is unknown.

    ``discount_ppm`` is the standing discount, ``birthday_discount_ppm`` the one of the birthday month (the
    larger wins, never both; domain rule D2). ``language`` is the tag in which papers are written, "" = the
    seller's. ``need``, ``budget`` and ``objection`` hold what qualification found out, in the seller's words; the levels
    beside them are what the score is computed from. ``stage_on`` is the day of the present stage. ``contact_days``
    is the person's own interval between contacts, None = that of the ``rank``. ``erased_on`` is the day on which
    the personal data were erased at the person's wish; only what fiscal papers need is left.
    """

    kind: PersonKind = PersonKind.PERSON
    salutation: str = ""
    given: str = ""
    family: str = ""
    company: str = ""
    stage: Stage = Stage.NEW
    stage_on: date | None = None
    lost_reason: LostReason = LostReason.NONE
    lead_source: str = ""
    campaign_id: UUID | None = None
    referred_by: UUID | None = None
    met_at: str = ""
    need: str = ""
    need_level: NeedLevel = NeedLevel.UNKNOWN
    budget: str = ""
    budget_level: BudgetLevel = BudgetLevel.UNKNOWN
    decider: Decider = Decider.UNKNOWN
    fit: Fit = Fit.UNKNOWN
    timing: Timing = Timing.UNKNOWN
    objection: str = ""
    rank: Rank = Rank.NONE
    contact_days: int | None = None
    language: str = ""
    birthday: str = ""
    customer_number: str = ""
    tax_id: str = ""
    discount_ppm: int = 0
    birthday_discount_ppm: int = 0
    note: str = ""
    reference: str = ""
    merged_into: UUID | None = None
    erased_on: date | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRole(Record):
    """Membership of a person in a role; its id follows from both, so it merges instead of doubling."""

    person_id: UUID
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTag(Record):
    """A tag on a person; its id follows from both."""

    person_id: UUID
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPoint(Record):
    """A phone number, e-mail or other address to reach somebody at, as typed."""

    person_id: UUID
    kind: ReachKind
    label: str = ""
    value: str
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Record):
    """A postal address; the lines travel together (one field group), so two people's can never mix."""

    person_id: UUID
    label: str = ""
    street: str = ""
    extra: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Record):
    """A consent given or withdrawn for a channel, with its wording (append-only; the latest one counts)."""

    person_id: UUID
    channel: Channel
    given: bool
    wording: str = ""
    source: str = ""
    at: datetime
    reverses_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEntry(Record):
    """One line of the contact log: a call, a message, a visit or a note, with its outcome."""

    person_id: UUID
    at: datetime
    channel: Channel
    incoming: bool = False
    outcome: Outcome = Outcome.NONE
    text: str = ""
    demo_id: UUID | None = None
    order_id: UUID | None = None
    campaign_id: UUID | None = None
    template_id: UUID | None = None


def role_of(person_id: UUID, role: Role) -> PersonRole:
    """Return the membership of a person in a role."""
    return PersonRole(id=named_id("role", person_id, role), person_id=person_id, role=role)


def tag_of(person_id: UUID, tag: str) -> PersonTag:
    """Return the membership of a person in a tag; the tag is compared without case and outer spaces."""
    tag = tag.strip()
    return PersonTag(id=named_id("tag", person_id, fold(tag)), person_id=person_id, tag=tag)


def display_name(person: Person) -> str:
    """Return the name as people say it: given and family name, or the company."""
    name = " ".join(part for part in (person.given, person.family) if part)
    return name or person.company


def in_stage(person: Person, stage: Stage, day: date, reason: LostReason = LostReason.NONE) -> Person:
    """Return a person put into a stage on a day.

    The reason is kept in the stage "lost" only; who stays in the stage keeps its day.
    """
    reason = reason if stage is Stage.LOST else LostReason.NONE
    if person.stage is stage and person.lost_reason is reason:
        return person
    since = person.stage_on if person.stage is stage else day
    return replace(person, stage=stage, stage_on=since, lost_reason=reason)


def fold(text: str) -> str:
    """Return text for comparing and sorting: no case, no accents, single spaces (NFKD, casefold)."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(plain.split())


def sort_key(person: Person) -> str:
    """Return the key by which lists of people are sorted: family name first, then given name and company."""
    return fold(" ".join(part for part in (person.family, person.given, person.company) if part))


def reach_key(point: ReachPoint) -> str:
    """Return what makes two ways of reaching somebody the same: digits of a phone, an e-mail without case."""
    if point.kind in (ReachKind.PHONE, ReachKind.MOBILE):
        digits = "".join(c for c in unicodedata.normalize("NFKC", point.value) if c.isdecimal())
        return digits.removeprefix("00").lstrip("0")[-9:]
    return point.value.strip().casefold()


def check_person(person: Person) -> None:
    """Refuse a person without any name or with an impossible birthday.

    Raises:
        DomainError: ``person.nameless`` or ``person.birthday``.
    """
    if not display_name(person).strip():
        raise DomainError("person.nameless", field="given")
    if person.birthday:
        check_birthday(person.birthday)


def check_birthday(text: str) -> None:
    """Refuse what is neither ``YYYY-MM-DD`` nor ``--MM-DD``.

    Raises:
        DomainError: ``person.birthday``.
    """
    full = f"2000{text[1:]}" if text.startswith("--") else text
    try:
        date.fromisoformat(full)
    except ValueError:
        raise DomainError("person.birthday", field="birthday", value=text) from None
    if len(full) != 10:
        raise DomainError("person.birthday", field="birthday", value=text)
