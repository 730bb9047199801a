"""Follow-up programmes: replanning a person after an event, switching, changing, starting by hand, the day's own plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.anchors import KIND_OF
from directsell.domain.follow_up_plans.history import Event, EventKind
from directsell.domain.follow_up_plans.planning import Active, plan
from directsell.domain.follow_up_plans.rules import ContactRules, check_rules
from directsell.domain.follow_up_plans.steps import Chain, chain_of, chain_text, check_chain
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.people import Person, display_name
from directsell.i18n import N_
from directsell.store.queries.follow_up_plans import (
    active_programmes,
    anchors,
    contact_rules,
    for_person,
    history_of,
    is_followed,
    planned_rows,
)
from directsell.store.queries.follow_up_reach import concerned
from directsell.store.work import Work
from directsell.usecases.verbs import usecase


def replan(work: Work, person_id: UUID | None, *kinds: EventKind) -> None:
    """Let a person's follow-ups be what the programmes ask for after something happened; part of other use-cases.

    It costs two small look-ups where no active programme counts from such an event and nothing is planned for the person.

    Args:
        work: the transaction of the event, so that undo takes both back.
        person_id: who it happened to; nobody is fine.
        kinds: what happened; without any everything is looked at, also what comes back when something was taken back.
    """
    if person_id is None:
        return
    begins = not kinds or EventKind.DELIVERY in kinds or any(KIND_OF[anchor] in kinds for anchor in anchors(work))
    if begins or is_followed(work, person_id):
        _plan(work, person_id, active_programmes(work))


def _plan(
    work: Work,
    person_id: UUID,
    programmes: Iterable[Active],
    *,
    before: Iterable[Active] = (),
    started: Iterable[Event] = (),
    rules: ContactRules | None = None,
) -> int:
    """Store what changes for a person; return how many follow-ups are new or open again."""
    rules = rules or contact_rules(work)
    history = history_of(work, person_id, rules)
    if history is None:
        return 0
    kept = tuple(event for event in history.events if event.programme_id not in {s.programme_id for s in started})
    changes = plan(
        for_person(work, programmes, person_id, work.today),
        replace(history, events=(*kept, *started)) if started else history,
        planned_rows(work, person_id),
        rules,
        today=work.today,
        now=work.now,
        before=tuple(before),
    )
    work.save_many(changes.rows)
    return sum(row.state is FollowUpState.OPEN for row in changes.rows)


@usecase(N_("By the program"), origin="system")
def plan_the_day(work: Work, person_ids: Iterable[UUID]) -> int:
    """Plan what the day itself makes due for some people: birthdays, silence, intervals, goods that run out.

    The ids of what is planned follow from its meaning, so that doing it twice, or on two laptops, changes nothing.
    """
    programmes, rules = active_programmes(work), contact_rules(work)
    return sum(_plan(work, person_id, programmes, rules=rules) for person_id in person_ids)


@usecase(N_("Save follow-up programme {name}"))
def save_follow_up_programme(work: Work, programme: FollowUpProgramme, chain: Chain) -> FollowUpProgramme:
    """Store a programme, new or changed; of an active one the open steps follow, and those that went are dropped.

    What a seller changed in a step (words, day) stays, done steps keep their words and results.

    Raises:
        DomainError: ``follow_up_programme.name``, and what ``check_chain`` refuses, with the path of the field.
    """
    if not programme.name.strip():
        raise DomainError("follow_up_programme.name", field="name")
    check_chain(chain, programme.anchor)
    work.describe(name=programme.name)
    known = work.find_one(FollowUpProgramme, programme.id)
    saved = work.save(replace(programme, name=programme.name.strip(), steps=chain_text(chain)))
    old = [_read(known)] if known is not None and known.active else []
    if old or saved.active:
        _replan_all(work, [*old, _read(saved)], before=old)
    return saved


@usecase(N_("Switch on follow-up programme {name}"))
def switch_on(work: Work, programme_id: UUID) -> int:
    """Let a programme plan from now on, also for what happened of late; return how many follow-ups it planned."""
    programme = work.get(FollowUpProgramme, programme_id)
    work.describe(name=programme.name)
    return _replan_all(work, [_read(work.save(replace(programme, active=True)))])


@usecase(N_("Switch off follow-up programme {name}"))
def switch_off(work: Work, programme_id: UUID) -> None:
    """Let a programme plan nothing more; its open steps are dropped, what is done stays."""
    programme = work.get(FollowUpProgramme, programme_id)
    work.describe(name=programme.name)
    work.save(replace(programme, active=False))
    _drop(work, programme_id)


@usecase(N_("Delete follow-up programme {name}"))
def delete_follow_up_programme(work: Work, programme_id: UUID) -> None:
    """Remove a programme with its open steps."""
    programme = work.get(FollowUpProgramme, programme_id)
    work.describe(name=programme.name)
    _drop(work, programme_id)
    work.delete(replace(programme, active=False))


@usecase(N_("Start follow-up programme for {name}"))
def start_by_hand(work: Work, programme_id: UUID, person_id: UUID, *, on: date) -> int:
    """Let a programme that counts from a chosen day begin for a person; a start of before is replaced.

    Raises:
        DomainError: ``follow_up_programme.not_custom``, ``follow_up_programme.off``.
    """
    programme = work.get(FollowUpProgramme, programme_id)
    if programme.anchor is not Anchor.CUSTOM:
        raise DomainError("follow_up_programme.not_custom")
    if not programme.active:
        raise DomainError("follow_up_programme.off")
    work.describe(name=display_name(work.get(Person, person_id)))
    start = Event(kind=EventKind.STARTED, on=on, programme_id=programme_id)
    return _plan(work, person_id, active_programmes(work), started=(start,))


@usecase(N_("Change the rules for following up"))
def save_contact_rules(work: Work, rules: ContactRules) -> ContactRules:
    """Store the seller's settings for following up; they hold for what is planned from now on.

    Raises:
        DomainError: as ``check_rules``.
    """
    check_rules(rules)
    work.set_settings("follow_up", asdict(rules))
    return rules


def _read(programme: FollowUpProgramme) -> Active:
    return Active(programme, chain_of(programme.steps))


def _replan_all(work: Work, programmes: list[Active], before: Iterable[Active] = ()) -> int:
    everything, rules = active_programmes(work), contact_rules(work)
    once = list(before)
    people = dict.fromkeys(key for one in programmes for key in concerned(work, one, work.today))
    return sum(_plan(work, key, everything, before=once, rules=rules) for key in people)


def _drop(work: Work, programme_id: UUID) -> None:
    rows = work.find(FollowUp, programme_id=programme_id, state=FollowUpState.OPEN)
    work.save_many(replace(row, state=FollowUpState.SUPERSEDED, closed_at=work.now) for row in rows)
