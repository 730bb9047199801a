"""What a seller does with prospects: qualify, log an attempt in two keys, note objections. Stages: people.py."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from directsell.domain.objections import Objection, ObjectionKind, ObjectionResult, check_objection, heard_at
from directsell.domain.people import (
    BudgetLevel,
    Channel,
    ContactEntry,
    Decider,
    Fit,
    NeedLevel,
    Outcome,
    Person,
    Timing,
    display_name,
)
from directsell.i18n import N_
from directsell.store.queries.followups import open_follow_ups
from directsell.store.work import Work
from directsell.usecases.contacts import default_next, make_contact, note_contact
from directsell.usecases.verbs import usecase


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found out about a prospect: five levels, and need and budget in the seller's words."""

    need: str = ""
    need_level: NeedLevel = NeedLevel.UNKNOWN
    budget: str = ""
    budget_level: BudgetLevel = BudgetLevel.UNKNOWN
    decider: Decider = Decider.UNKNOWN
    fit: Fit = Fit.UNKNOWN
    timing: Timing = Timing.UNKNOWN

    @classmethod
    def of(cls, person: Person) -> Findings:
        """Return what is known of a person."""
        return cls(
            need=person.need,
            need_level=person.need_level,
            budget=person.budget,
            budget_level=person.budget_level,
            decider=person.decider,
            fit=person.fit,
            timing=person.timing,
        )


@usecase(N_("Qualify {name}"))
def qualify_person(work: Work, person_id: UUID, findings: Findings) -> Person:
    """Store what was found out about a prospect."""
    person = work.get(Person, person_id)
    work.describe(name=display_name(person))
    return work.save(
        replace(
            person,
            need=findings.need.strip(),
            need_level=findings.need_level,
            budget=findings.budget.strip(),
            budget_level=findings.budget_level,
            decider=findings.decider,
            fit=findings.fit,
            timing=findings.timing,
        )
    )


@usecase(N_("Contact with {name}"))
def log_attempt(work: Work, person_id: UUID, *, channel: Channel, outcome: Outcome) -> ContactEntry:
    """Note a contact attempt by channel and outcome alone.

    What was due for the person is done with it or, where nobody was reached, moves to the next day that makes sense; if
    nothing was planned at all, a next try is.
    """
    planned = [one for one in open_follow_ups(work, person_id) if (one.expires_on or work.today) >= work.today]
    due = [follow_up.id for follow_up in planned if follow_up.due_on <= work.today]
    again = default_next(outcome, work.today)
    if due:
        return make_contact(work, due, channel=channel, outcome=outcome, next_on=again)
    return note_contact(work, person_id, channel=channel, outcome=outcome, next_on=None if planned else again)


@usecase(N_("Objection of {name}"))
def save_objection(work: Work, objection: Objection) -> Objection:
    """Store an objection with the answer that was given and what came of it.

    Raises:
        DomainError: ``objection.empty``.
    """
    check_objection(objection)
    work.describe(name=display_name(work.get(Person, objection.person_id)))
    return work.save(replace(objection, text=objection.text.strip(), answer=objection.answer.strip()))


@usecase(N_("Delete objection of {name}"))
def delete_objection(work: Work, objection_id: UUID) -> None:
    """Remove an objection."""
    objection = work.get(Objection, objection_id)
    work.describe(name=display_name(work.get(Person, objection.person_id)))
    work.delete(objection)


def objection_on_slip(work: Work, demo_id: UUID, person_id: UUID, text: str, kind: ObjectionKind) -> None:
    """Count the objection of a door-prize slip, once for each guest of a demo; part of other use-cases.

    An empty text takes back one that was noted from the slip and not answered yet.
    """
    key = heard_at(demo_id, person_id)
    known = work.find_one(Objection, key)
    if text.strip():
        fresh = Objection(id=key, person_id=person_id, demo_id=demo_id, at=work.now)
        work.save(replace(known or fresh, kind=kind, text=text.strip()))
    elif known is not None and known.result is ObjectionResult.OPEN and not known.answer:
        work.delete(known)
