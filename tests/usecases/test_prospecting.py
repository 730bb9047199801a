"""Prospects through the App: stages with day and reason, attempts in two keys, findings, objections; each step undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directsell.domain.demos import Demo, guest_of
from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.objections import Objection, ObjectionKind, ObjectionResult
from directsell.domain.people import (
    BudgetLevel,
    Channel,
    ContactEntry,
    LostReason,
    NeedLevel,
    Outcome,
    Person,
    Stage,
)
from directsell.store.queries.objections import best_answers, objection_counts, objection_rows, objections_of
from directsell.store.queries.pipeline import attempts_of
from directsell.usecases.demos import save_demo
from directsell.usecases.followups import plan_follow_up
from directsell.usecases.parties import take_slip
from directsell.usecases.people import PersonForm, change_stage, log_contact, save_person
from directsell.usecases.prospecting import (
    Findings,
    delete_objection,
    log_attempt,
    qualify_person,
    save_objection,
)
from tests.fixtures.shops import Shop

TODAY = date(2026, 2, 13)


def person(shop: Shop, name: str = "Gina") -> Person:
    """Return a person as stored."""
    key = shop.person(name)
    return shop.app.read(lambda reader: reader.get(Person, key))


def planned(shop: Shop, name: str = "Gina") -> list[tuple[date, FollowUpState]]:
    """Return day and state of the follow-ups of a person."""
    key = shop.person(name)
    found = shop.app.read(lambda reader: reader.find(FollowUp, person_id=key))
    return [(follow_up.due_on, follow_up.state) for follow_up in found]


def objection(shop: Shop, name: str, **fields: object) -> Objection:
    """Note an objection about the price."""
    made = Objection(
        id=shop.ids.new(),
        person_id=shop.person(name),
        at=shop.clock.now(),
        **{"kind": ObjectionKind.PRICE, "text": "Too expensive", **fields},  # type: ignore[arg-type]
    )
    return shop.app.run(save_objection, made)


def test_a_stage_knows_its_day_and_a_loss_its_reason(shop: Shop) -> None:
    key = shop.person("Gina")
    shop.clock.advance(days=3)
    shop.app.run(change_stage, key, Stage.LOST, LostReason.PRICE)
    lost = person(shop)
    assert (lost.stage, lost.stage_on, lost.lost_reason) == (Stage.LOST, date(2026, 2, 16), LostReason.PRICE)
    shop.clock.advance(days=2)
    shop.app.run(change_stage, key, Stage.LOST, LostReason.PARTNER)  # another reason, the same day of the stage
    assert (person(shop).stage_on, person(shop).lost_reason) == (date(2026, 2, 16), LostReason.PARTNER)
    shop.app.run(change_stage, key, Stage.CONTACTED)
    assert (person(shop).stage_on, person(shop).lost_reason) == (date(2026, 2, 18), LostReason.NONE)
    shop.app.undo()
    assert person(shop).lost_reason is LostReason.PARTNER


def test_the_form_of_a_person_keeps_the_day_of_a_stage_it_does_not_change(shop: Shop) -> None:
    made = person(shop)
    assert made.stage_on == TODAY
    shop.clock.advance(days=5)
    shop.app.run(save_person, PersonForm(person=made))
    assert person(shop).stage_on == TODAY


def test_findings_are_stored_in_one_step(shop: Shop) -> None:
    found = Findings(need=" knives ", need_level=NeedLevel.STRONG, budget="<= 100", budget_level=BudgetLevel.TIGHT)
    shop.app.run(qualify_person, shop.person("Gina"), found)
    stored = Findings.of(person(shop))
    assert (stored.need, stored.need_level, stored.budget_level) == ("knives", NeedLevel.STRONG, BudgetLevel.TIGHT)
    shop.app.undo()
    assert Findings.of(person(shop)) == Findings()


def test_an_attempt_that_reached_nobody_is_tried_again(shop: Shop) -> None:
    key = shop.person("Gina")
    shop.app.run(log_attempt, key, channel=Channel.CALL, outcome=Outcome.NO_ANSWER)
    assert planned(shop) == [(date(2026, 2, 14), FollowUpState.OPEN)]
    shop.clock.advance(days=1)
    shop.app.run(log_attempt, key, channel=Channel.EMAIL, outcome=Outcome.NO_ANSWER)
    assert planned(shop) == [(date(2026, 2, 15), FollowUpState.OPEN)]  # moved, not doubled
    shop.clock.advance(days=1)
    shop.app.run(log_attempt, key, channel=Channel.CALL, outcome=Outcome.REACHED)
    assert planned(shop) == [(date(2026, 2, 15), FollowUpState.DONE)]
    assert person(shop).stage is Stage.CONTACTED
    attempts = shop.app.read(attempts_of, key)
    assert (attempts.by_channel, attempts.reached) == (((Channel.CALL, 2), (Channel.EMAIL, 1)), 1)
    shop.app.undo()
    assert planned(shop) == [(date(2026, 2, 15), FollowUpState.OPEN)]
    assert len(shop.app.read(lambda reader: reader.find(ContactEntry, person_id=key))) == 2


def test_what_is_planned_for_later_stays(shop: Shop) -> None:
    key = shop.person("Gina")
    shop.app.run(plan_follow_up, key, due_on=date(2026, 3, 1))
    shop.app.run(log_attempt, key, channel=Channel.CALL, outcome=Outcome.NO_ANSWER)
    assert planned(shop) == [(date(2026, 3, 1), FollowUpState.OPEN)]


def test_notes_and_what_comes_in_are_no_attempts(shop: Shop) -> None:
    key = shop.person("Gina")
    shop.app.run(log_contact, key, channel=Channel.NOTE, text="Likes red")
    shop.app.run(log_contact, key, channel=Channel.CALL, incoming=True, outcome=Outcome.REACHED)
    assert shop.app.read(attempts_of, key).total == 0


def test_objections_are_counted_over_all_prospects(shop: Shop) -> None:
    objection(shop, "Gina", answer="Two instalments", result=ObjectionResult.OVERCOME)
    objection(shop, "Gina", answer="Two instalments", result=ObjectionResult.STAYED)
    objection(shop, "Amy", answer="Try it for a week", result=ObjectionResult.OVERCOME)
    objection(shop, "Amy", kind=ObjectionKind.PARTNER, text="Must ask husband")
    counts = shop.app.read(objection_counts)
    assert [(c.kind.value, c.total, c.people, c.overcome, c.stayed, c.open) for c in counts] == [
        ("price", 3, 2, 2, 1, 0),
        ("partner", 1, 1, 0, 0, 1),
    ]
    answers = shop.app.read(best_answers, ObjectionKind.PRICE)
    assert [(a.text, a.given, a.overcame) for a in answers] == [("Try it for a week", 1, 1), ("Two instalments", 2, 1)]
    rows = shop.app.read(objection_rows, None, ObjectionResult.OPEN)
    assert [(row.name, row.text) for row in rows] == [("Amy", "Must ask husband")]


def test_an_objection_is_changed_deleted_and_brought_back(shop: Shop) -> None:
    made = objection(shop, "Gina")
    shop.app.run(delete_objection, made.id)
    assert shop.app.read(objections_of, shop.person("Gina")) == []
    shop.app.undo()
    assert shop.app.read(objections_of, shop.person("Gina")) == [made]


def test_an_objection_that_says_nothing_is_refused(shop: Shop) -> None:
    with pytest.raises(DomainError, match="objection.empty"):
        objection(shop, "Gina", kind=ObjectionKind.OTHER, text="  ")


def test_the_slip_of_the_door_prize_counts_its_objection_once(shop: Shop) -> None:
    demo = Demo(id=shop.ids.new(), host_id=shop.person("Dana"), day=TODAY, created_at=shop.clock.now())
    shop.app.run(save_demo, demo)
    gina = shop.person("Gina")
    for text in ("must ask husband", "must ask her husband"):
        guest = guest_of(demo.id, gina)

        shop.app.run(take_slip, replace(guest, objection=text), objection_kind=ObjectionKind.PARTNER)
    (heard,) = shop.app.read(objections_of, gina)
    assert (heard.kind, heard.text, heard.demo_id) == (ObjectionKind.PARTNER, "must ask her husband", demo.id)
    assert person(shop).objection == "must ask her husband"
