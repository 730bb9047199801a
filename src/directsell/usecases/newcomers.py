"""Somebody met for the first time, in three fields: name, phone or e-mail, consent. The whole form is in people.py."""

from __future__ import annotations

from uuid import UUID

from directsell.domain.people import Channel, Person, ReachKind, ReachPoint, Role, display_name
from directsell.i18n import N_
from directsell.store.work import Work
from directsell.usecases.demos import invite_guest
from directsell.usecases.people import PersonForm, record_consent, save_person
from directsell.usecases.verbs import usecase

_PHONE_CHANNELS = (Channel.CALL, Channel.MESSAGE)


@usecase(N_("New person {name}"))
def meet_person(
    work: Work,
    person_id: UUID,
    *,
    name: str,
    phone: str = "",
    email: str = "",
    consent: str = "",
    met_at: str = "",
    demo_id: UUID | None = None,
) -> Person:
    """Store a new prospect and, with ``demo_id``, put the prospect on the guest list of a demo.

    Args:
        work: the transaction.
        person_id: the new id.
        name: as it is said; the last word is taken for the family name.
        phone: a number as typed, or "".
        email: an address as typed, or "".
        consent: the wording that was agreed to, or "" when nobody asked; it holds for every channel that is filled in.
        met_at: where they met, in the seller's words.
        demo_id: the demo whose guest this is.

    Raises:
        DomainError: ``person.nameless``; ``record.missing`` for an unknown demo.
    """
    given, _blank, family = name.strip().rpartition(" ")
    person = Person(
        id=person_id,
        given=given.strip() or family,
        family=family if given.strip() else "",
        met_at=met_at.strip(),
        created_at=work.now,
    )
    reach = [
        ReachPoint(id=work.new_id(), person_id=person_id, kind=kind, value=value.strip(), position=place)
        for place, (kind, value) in enumerate(((ReachKind.MOBILE, phone), (ReachKind.EMAIL, email)))
        if value.strip()
    ]
    save_person(work, PersonForm(person=person, reach=tuple(reach), roles=frozenset({Role.PROSPECT})))
    if consent.strip():
        channels = (*(_PHONE_CHANNELS if phone.strip() else ()), *((Channel.EMAIL,) if email.strip() else ()))
        for channel in channels:
            record_consent(work, person_id, channel=channel, given=True, wording=consent.strip(), source=met_at.strip())
    if demo_id is not None:
        invite_guest(work, demo_id, person_id)
    work.describe(name=display_name(person))
    return person
