"""What a seller does with people: add, change, remove, log a contact, note a consent, move along the pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.history import EventKind, is_contact
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.money import PPM
from directsell.domain.people import (
    Address,
    Channel,
    Consent,
    ContactEntry,
    LostReason,
    Outcome,
    Person,
    PersonRole,
    PersonTag,
    ReachPoint,
    Role,
    Stage,
    check_person,
    display_name,
    in_stage,
    role_of,
    tag_of,
)
from directsell.i18n import N_
from directsell.store.queries.dependants import open_orders
from directsell.store.work import Work
from directsell.usecases.follow_up_programmes import replan
from directsell.usecases.verbs import usecase

_EARLY = (Stage.NEW,)
_FOLLOWED = ("stage", "birthday", "rank", "contact_days")  # what programmes look at


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForm:
    """A person with everything that is edited in one form; the child records replace those that are stored."""

    person: Person
    reach: tuple[ReachPoint, ...] = ()
    addresses: tuple[Address, ...] = ()
    roles: frozenset[Role] = frozenset()
    tags: tuple[str, ...] = ()


@usecase(N_("Save person {name}"))
def save_person(work: Work, form: PersonForm) -> Person:
    """Store a person with phones, e-mails, addresses, roles and tags, new or changed.

    Raises:
        DomainError: ``person.nameless``, ``person.birthday``, ``discount.too_large``; ``record.missing`` when the person was
            erased or merged into somebody else while the form was open.
    """
    check_person(form.person)
    for field in ("discount", "birthday_discount"):
        if not 0 <= getattr(form.person, f"{field}_ppm") <= PPM:
            raise DomainError("discount.too_large", field=field)
    work.describe(name=display_name(form.person))
    known = work.find_one(Person, form.person.id)
    gone = "SELECT 1 FROM person WHERE id = ? AND (erased_on IS NOT NULL OR merged_into IS NOT NULL)"
    if known is None and work.value(gone, (form.person.id,)) is not None:
        raise DomainError("record.missing", table="person", id=str(form.person.id))
    person = work.save(_since(work, known, form.person))
    key = person.id
    work.replace_all(work.find(ReachPoint, person_id=key), [p for p in form.reach if p.value.strip()])
    work.replace_all(work.find(Address, person_id=key), [a for a in form.addresses if _is_filled(a)])
    work.replace_all(work.find(PersonRole, person_id=key), [role_of(key, role) for role in form.roles])
    work.replace_all(work.find(PersonTag, person_id=key), [tag_of(key, tag) for tag in form.tags if tag.strip()])
    if known is None or any(getattr(known, name) != getattr(person, name) for name in _FOLLOWED):
        replan(work, key)
    return person


def _since(work: Work, known: Person | None, person: Person) -> Person:
    """Return a person as typed, with the day of the stage and no reason of a loss that is none any more."""
    if known is None:
        return person if person.stage_on is not None else replace(person, stage_on=work.today)
    before = replace(person, stage=known.stage, stage_on=known.stage_on, lost_reason=known.lost_reason)
    return in_stage(before, person.stage, work.today, person.lost_reason)


def _is_filled(address: Address) -> bool:
    return any((address.street, address.extra, address.postcode, address.city, address.region))


def add_roles(work: Work, person_id: UUID, roles: Iterable[Role]) -> None:
    """Give a person further roles; part of other use-cases."""
    work.save_many(role_of(person_id, role) for role in roles)


def advance(work: Work, person_id: UUID, stage: Stage, *, from_stages: Iterable[Stage] | None = None) -> None:
    """Move a person forward in the pipeline, never back; part of other use-cases."""
    if work.value("SELECT stage FROM person WHERE id = ? AND deleted_at IS NULL", (person_id,)) == stage:
        return  # as with nearly every order: who bought once has been won
    person = work.get(Person, person_id)
    order = list(Stage)
    allowed = set(from_stages) if from_stages is not None else set(order[: order.index(stage)]) | {Stage.LOST}
    if person.stage in allowed and person.stage is not stage:
        work.save(in_stage(person, stage, work.today))


@usecase(N_("Change stage of {name}"))
def change_stage(work: Work, person_id: UUID, stage: Stage, reason: LostReason = LostReason.NONE) -> Person:
    """Put a person into a stage of the pipeline from today on; ``reason`` tells why somebody was lost."""
    person = work.save(in_stage(work.get(Person, person_id), stage, work.today, reason))
    work.describe(name=display_name(person))
    replan(work, person_id)
    return person


@usecase(N_("Delete person {name}"))
def delete_person(work: Work, person_id: UUID) -> None:
    """Remove a person from every list, with what was planned for them; papers keep the name they were issued with.

    Raises:
        DomainError: ``person.open_orders`` when orders of the person are still to be delivered or paid.
    """
    person = work.get(Person, person_id)
    work.describe(name=display_name(person))
    count = open_orders(work, person_id)
    if count:
        raise DomainError("person.open_orders", count=count)
    for kind in (ReachPoint, Address, PersonRole, PersonTag):
        work.delete(*work.find(kind, person_id=person_id))
    work.delete(*work.find(FollowUp, person_id=person_id, state=FollowUpState.OPEN), person)


@usecase(N_("Log contact with {name}"))
def log_contact(
    work: Work,
    person_id: UUID,
    *,
    channel: Channel,
    outcome: Outcome = Outcome.NONE,
    text: str = "",
    at: datetime | None = None,
    incoming: bool = False,
) -> ContactEntry:
    """Note a call, message, visit or plain note; a first contact moves a new prospect to "contacted"."""
    person = work.get(Person, person_id)
    work.describe(name=display_name(person))
    entry = work.save(
        ContactEntry(
            id=work.new_id(),
            person_id=person_id,
            at=at or work.now,
            channel=channel,
            outcome=outcome,
            text=text.strip(),
            incoming=incoming,
        )
    )
    if channel is not Channel.NOTE and outcome in (Outcome.REACHED, Outcome.CALL_BACK, Outcome.BOOKED_DEMO):
        advance(work, person_id, Stage.CONTACTED, from_stages=_EARLY)
    if outcome is Outcome.NOT_INTERESTED and person.stage not in (Stage.WON, Stage.LOST):
        work.save(in_stage(work.get(Person, person_id), Stage.LOST, work.today))
    if is_contact(channel, outcome):
        replan(work, person_id, EventKind.CONTACT)
    return entry


@usecase(N_("Delete entry of the contact log"))
def delete_contact(work: Work, entry_id: UUID) -> None:
    """Remove a line of the contact log."""
    entry = work.get(ContactEntry, entry_id)
    work.delete(entry)
    replan(work, entry.person_id)


@usecase(N_("Consent of {name}"))
def record_consent(
    work: Work, person_id: UUID, *, channel: Channel, given: bool, wording: str, source: str = ""
) -> Consent:
    """Note that a person gave or withdrew the consent to be contacted by a channel, with its wording and instant."""
    work.describe(name=display_name(work.get(Person, person_id)))
    return work.save(
        Consent(
            id=work.new_id(),
            person_id=person_id,
            channel=channel,
            given=given,
            wording=wording,
            source=source,
            at=work.now,
        )
    )
