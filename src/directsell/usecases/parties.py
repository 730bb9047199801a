"""What a seller does around a party: prepare it, take up guests and wishes, book the next one, count and settle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from directsell.domain.catalog import HostProgramme
from directsell.domain.demos import (
    CashCount,
    CoachingTouch,
    CoHost,
    Demo,
    DemoCost,
    DemoGuest,
    PackingItem,
    Reply,
    Wish,
    co_host_of,
    guest_of,
    wish_of,
)
from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.history import EventKind
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.frozen_json import to_json_text
from directsell.domain.host_programmes.checks import check_rules
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.ids import named_id
from directsell.domain.objections import ObjectionKind
from directsell.domain.people import Address, Channel, Person, ReachKind, ReachPoint, Role, Stage, display_name
from directsell.i18n import N_, _
from directsell.store.reader import Reader
from directsell.store.work import Work
from directsell.usecases.demos import invite_guest
from directsell.usecases.follow_up_programmes import replan
from directsell.usecases.people import PersonForm, add_roles, advance, save_person
from directsell.usecases.prospecting import objection_on_slip
from directsell.usecases.verbs import usecase
from directsell.usecases.wish_follow_ups import follow_wishes

_COACHING = (
    (-14, N_("Talk through the guest list")),
    (-7, N_("Ask how many accepted; remind those who did not answer")),
    (-2, N_("Confirm time and place, ask about early orders")),
    (-1, N_("Call the host: what still worries her?")),
)
_PACKING = (
    (N_("Demo pieces"), 1),
    (N_("Catalogues"), 10),
    (N_("Order slips"), 20),
    (N_("Guest slips for the door prize"), 12),
    (N_("Cash for change"), 1),
    (N_("Door prize"), 1),
)


@usecase(N_("Prepare demo {title}"))
def prepare_demo(work: Work, demo_id: UUID) -> None:
    """Give a demo the usual coaching steps, dated from its day, and a packing list; what is there stays."""
    demo = work.get(Demo, demo_id)
    work.describe(title=demo.title)
    if not work.find(CoachingTouch, demo_id=demo_id):
        for days, label in _COACHING:
            work.save(
                CoachingTouch(id=work.new_id(), demo_id=demo_id, due_on=demo.day + timedelta(days=days), label=_(label))
            )
    if not work.find(PackingItem, demo_id=demo_id):
        for place, (label, quantity) in enumerate(_PACKING):
            work.save(
                PackingItem(
                    id=work.new_id(), demo_id=demo_id, label=_(label), quantity=Decimal(quantity), position=place
                )
            )


@usecase(N_("Change preparation"))
def save_touch(work: Work, touch: CoachingTouch) -> CoachingTouch:
    """Store a step of preparing the host, new or changed.

    Raises:
        DomainError: ``text.missing``.
    """
    if not touch.label.strip():
        raise DomainError("text.missing", field="label")
    return work.save(touch)


@usecase(N_("Change packing list"))
def save_packing(work: Work, item: PackingItem) -> PackingItem:
    """Store a thing to take along, new or changed.

    Raises:
        DomainError: ``text.missing``.
    """
    if not item.label.strip():
        raise DomainError("text.missing", field="label")
    return work.save(item)


@usecase(N_("Remove from preparation"))
def remove_preparation(work: Work, record: CoachingTouch | PackingItem) -> None:
    """Remove a coaching step or a thing to pack."""
    work.delete(record)


@usecase(N_("Choose host programme"))
def choose_programme(work: Work, demo_id: UUID, family_id: UUID | None) -> Demo:
    """Say by which programme the host of a demo is rewarded; the version of the demo's day counts.

    Raises:
        DomainError: ``record.missing`` for an unknown programme.
    """
    if family_id is not None and not work.find(HostProgramme, family_id=family_id):
        raise DomainError("record.missing", table="host_programme", id=str(family_id))
    return work.update(Demo, demo_id, programme_id=family_id)


@usecase(N_("Start host programme {name}"))
def start_programme(work: Work, demo_id: UUID, name: str, rules: Rules) -> Demo:
    """Take up a programme (a sample, for instance) as the first version of its family and use it for a demo.

    Raises:
        DomainError: as ``save_programme``.
    """
    demo = work.get(Demo, demo_id)
    key = work.new_id()
    programme = HostProgramme(
        id=key, family_id=key, name=name, valid_from=demo.day, currency=rules.currency, rules=to_json_text(rules)
    )
    save_programme(work, programme, rules)
    return choose_programme(work, demo_id, key)


@usecase(N_("Change co-hosts"))
def set_co_hosts(work: Work, demo_id: UUID, person_ids: Iterable[UUID]) -> None:
    """Say who shares the reward with the host, in the order in which odd cents are given (D10)."""
    new = [co_host_of(demo_id, person_id, place) for place, person_id in enumerate(dict.fromkeys(person_ids))]
    work.replace_all(work.find(CoHost, demo_id=demo_id), new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A new guest in three fields; ``may_contact`` notes the consent to be called or written to."""

    name: str
    phone: str = ""
    may_contact: bool = False
    outside: bool = False


@usecase(N_("New guest {name}"))
def welcome_guest(work: Work, demo_id: UUID, newcomer: Newcomer) -> DemoGuest:
    """Put somebody new on the guest list who is here now; the person is made from name and phone.

    Raises:
        DomainError: ``person.nameless``.
    """
    from directsell.usecases.people import record_consent

    demo = work.get(Demo, demo_id)
    before, _space, last = newcomer.name.strip().rpartition(" ")
    given, family = (before.strip(), last) if before else (last, "")
    party = demo.title or _at(work.find_one(Person, demo.host_id))
    person = Person(id=work.new_id(), given=given, family=family, met_at=party, created_at=work.now)
    points = (
        (ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value=newcomer.phone.strip()),)
        if newcomer.phone.strip()
        else ()
    )
    save_person(work, PersonForm(person=person, reach=points, roles=frozenset({Role.GUEST, Role.PROSPECT})))
    if newcomer.may_contact:
        record_consent(
            work,
            person.id,
            channel=Channel.CALL,
            given=True,
            wording=_("Agreed at the party to be contacted."),
            source=party,
        )
    guest = guest_of(demo_id, person.id, Reply.ACCEPTED)
    return work.save(replace(guest, attended=not newcomer.outside, outside=newcomer.outside))


def _at(host: Person | None) -> str:
    """Return what a demo at somebody's is called."""
    return _("Demo at {name}'s").format(name=host.given or display_name(host)) if host is not None else ""


@usecase(N_("Guest {name} is here"))
def seat_guest(work: Work, demo_id: UUID, person_id: UUID, *, here: bool = True, outside: bool = False) -> DemoGuest:
    """Note that somebody known came (or orders without coming), on the guest list or not.

    Raises:
        DomainError: ``record.missing`` for an unknown person.
    """
    person = work.get(Person, person_id)
    work.describe(name=display_name(person))
    known = work.find_one(DemoGuest, guest_of(demo_id, person_id).id)
    guest = known if known is not None else invite_guest(work, demo_id, person_id, reply=Reply.ACCEPTED)
    return work.save(replace(guest, attended=here and not outside, outside=outside))


@usecase(N_("Door-prize slip of {name}"))
def take_slip(
    work: Work,
    guest: DemoGuest,
    *,
    need: str = "",
    budget: str = "",
    follow_up_on: date | None = None,
    objection_kind: ObjectionKind = ObjectionKind.OTHER,
) -> DemoGuest:
    """Take up what a guest wrote on the door-prize slip: wishes, interest in hosting, objection; plan the contact."""
    person = work.get(Person, guest.person_id)
    demo = work.get(Demo, guest.demo_id)
    work.describe(name=display_name(person))
    work.save(guest)
    found: dict[str, Any] = {
        "need": need,
        "budget": budget,
        "objection": guest.objection,
        "met_at": person.met_at or demo.title or _at(work.find_one(Person, demo.host_id)),
    }
    work.save(replace(person, **{name: value for name, value in found.items() if value}))
    add_roles(work, person.id, (Role.PROSPECT,))
    objection_on_slip(work, demo.id, person.id, guest.objection, objection_kind)
    words = [part for part in (need, guest.objection and _("Objection: {text}").format(text=guest.objection)) if part]
    _contact_after(work, guest, follow_up_on, " · ".join(words))
    return guest


def slip_contact(reader: Reader, demo_id: UUID, person_id: UUID) -> FollowUp | None:
    """Return the contact that somebody's door-prize slip asked for, while it is open."""
    known = reader.find_one(FollowUp, named_id("slip", demo_id, person_id))
    return known if known is not None and known.state is FollowUpState.OPEN else None


def _contact_after(work: Work, guest: DemoGuest, due_on: date | None, text: str) -> None:
    """Plan the contact that a slip asks for, once: a slip that is corrected moves it, or takes it back."""
    key = named_id("slip", guest.demo_id, guest.person_id)
    known = work.find_one(FollowUp, key)
    if known is not None and known.state is not FollowUpState.OPEN:
        return
    if due_on is not None:
        planned = known or FollowUp(
            id=key,
            person_id=guest.person_id,
            due_on=due_on,
            reason=Reason.AFTER_DEMO,
            demo_id=guest.demo_id,
            created_at=work.now,
        )
        work.save(replace(planned, due_on=due_on, text=text.strip()))
    elif known is not None:
        work.delete(known)


@usecase(N_("Note a wish"))
def toggle_wish(work: Work, person_id: UUID, product_id: UUID, *, demo_id: UUID | None = None) -> bool:
    """Note that a person is interested in a product, or take it back; says whether it is noted now.

    What was admired at a demo is a reason to get in touch soon after it.
    """
    wish = wish_of(person_id, product_id, demo_id)
    known = work.find_one(Wish, wish.id)
    if known is not None:
        work.delete(known)
    else:
        work.save(wish)
    follow_wishes(work, person_id, demo_id if known is None else known.demo_id)
    return known is None


@usecase(N_("Book next demo with {name}"))
def book_next(work: Work, parent_id: UUID, host_id: UUID, *, day: date, starts: time | None = None) -> Demo:
    """Book a new demo at a demo: linked to it (party chain, D11), at the new host's address.

    Raises:
        DomainError: ``demo.booked_before`` when the day lies before the parent's.
    """
    parent = work.get(Demo, parent_id)
    host = work.get(Person, host_id)
    if day < parent.day:
        raise DomainError("demo.booked_before", field="day")
    work.describe(name=display_name(host))
    home = next(iter(work.find(Address, "position", person_id=host_id)), None)
    child = Demo(
        id=work.new_id(),
        kind=parent.kind,
        title=_at(host),
        host_id=host_id,
        day=day,
        starts=starts or parent.starts,
        zone=parent.zone,
        street=home.street if home else "",
        extra=home.extra if home else "",
        postcode=home.postcode if home else "",
        city=home.city if home else "",
        region=home.region if home else "",
        country=home.country if home else "",
        programme_id=parent.programme_id,
        parent_id=parent_id,
        booked_on=work.today,
        created_at=work.now,
    )
    add_roles(work, host_id, (Role.HOST,))
    advance(work, host_id, Stage.DEMO_BOOKED)
    work.save(child)
    replan(work, host_id, EventKind.BOOKING)
    return child


@usecase(N_("Save host programme {name}"))
def save_programme(work: Work, programme: HostProgramme, rules: Rules) -> HostProgramme:
    """Store a version of a host programme; the first version of a family gives the family its id.

    Raises:
        DomainError: ``programme.name``, ``price.period``, and what ``check_rules`` refuses, with the field's path.
    """
    if not programme.name.strip():
        raise DomainError("programme.name", field="name")
    if programme.valid_to is not None and programme.valid_to < programme.valid_from:
        raise DomainError("price.period", field="valid_to")
    check_rules(rules)
    work.describe(name=programme.name)
    return work.save(replace(programme, rules=to_json_text(rules), currency=rules.currency))


@usecase(N_("Delete host programme {name}"))
def delete_programme(work: Work, programme_id: UUID) -> None:
    """Remove a version of a programme that no demo uses.

    Raises:
        DomainError: ``programme.in_use``.
    """
    programme = work.get(HostProgramme, programme_id)
    work.describe(name=programme.name)
    used = work.value(
        "SELECT count(*) FROM demo WHERE programme_id = ? AND day >= ? AND deleted_at IS NULL",
        (programme.family_id, programme.valid_from.isoformat()),
        0,
    )
    if used:
        raise DomainError("programme.in_use", count=used)
    work.delete(programme)


@usecase(N_("Cost of a demo"))
def save_cost(work: Work, cost: DemoCost) -> DemoCost:
    """Store what an evening cost.

    Raises:
        DomainError: ``price.negative``.
    """
    if cost.amount < 0:
        raise DomainError("price.negative", field="amount")
    return work.save(cost)


@usecase(N_("Remove a cost"))
def remove_cost(work: Work, cost_id: UUID) -> None:
    """Remove a cost."""
    work.delete(work.get(DemoCost, cost_id))


@usecase(N_("Work and way of a demo"))
def save_effort(work: Work, demo_id: UUID, *, hours: Decimal | None, miles: Decimal | None) -> Demo:
    """Store hours of work and the distance driven.

    Raises:
        DomainError: ``number.negative``.
    """
    for name, value in (("hours", hours), ("miles", miles)):
        if value is not None and value < 0:
            raise DomainError("number.negative", field=name)
    return work.update(Demo, demo_id, hours=hours, miles=miles)


@usecase(N_("Count the cash"))
def count_cash(work: Work, demo_id: UUID, currency: str, counts: Mapping[int, int]) -> CashCount:
    """Enter how many pieces of each denomination (minor units) are in the till.

    Raises:
        DomainError: ``number.negative``.
    """
    if any(pieces < 0 for pieces in counts.values()):
        raise DomainError("number.negative", field="counts")
    text = json.dumps({str(value): pieces for value, pieces in sorted(counts.items()) if pieces})
    return work.save(CashCount(id=work.new_id(), demo_id=demo_id, currency=currency, counts=text, at=work.now))
