"""Contacts that lead to a next one, and people met in three fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from directsell.app import App
from directsell.domain.demos import Demo, DemoGuest
from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.people import Channel, Consent, ContactEntry, Outcome, Person, PersonRole, ReachPoint, Role
from directsell.usecases.contacts import (
    default_next,
    finish_and_plan,
    make_contact,
    note_contact,
    put_off_contact,
    skip_contact,
)
from directsell.usecases.followups import plan_follow_up
from directsell.usecases.newcomers import meet_person
from tests.fixtures import books

TODAY = books.NOON.date()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    opened = App(books.open_book(books.put_book(tmp_path / "book")))
    yield opened
    opened.close()


@pytest.fixture
def dana(app: App) -> Person:
    with app.store.write("test") as work:
        return books.add_person(work, "Dana")


def found(app: App, record: type, **equals: object) -> list:  # type: ignore[type-arg]
    return app.read(lambda reader: reader.find(record, **equals))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "days"),
    [
        (Outcome.NO_ANSWER, 1),
        (Outcome.CALL_BACK, 1),
        (Outcome.LEFT_MESSAGE, 3),
        (Outcome.REACHED, None),
        (Outcome.NOT_INTERESTED, None),
        (Outcome.NONE, None),
    ],
)
def test_the_proposed_day(outcome: Outcome, days: int | None) -> None:
    assert default_next(outcome, TODAY) == (None if days is None else TODAY + timedelta(days=days))


def test_contact_and_next_step_are_one_step_back(app: App, dana: Person) -> None:
    day = TODAY + timedelta(days=2)
    app.run(note_contact, dana.id, channel=Channel.CALL, outcome=Outcome.CALL_BACK, text="later", next_on=day)
    planned = found(app, FollowUp, person_id=dana.id)[0]
    assert (planned.due_on, planned.reason, planned.channel) == (day, Reason.CALL_BACK, Channel.CALL)
    app.undo()
    assert found(app, FollowUp) == []
    assert found(app, ContactEntry) == []
    app.redo()
    assert len(found(app, FollowUp)) == len(found(app, ContactEntry)) == 1


def test_finishing_plans_the_next_for_the_same_matter(app: App, dana: Person) -> None:
    first = app.run(plan_follow_up, dana.id, due_on=TODAY, text="Ask about the pan", channel=Channel.MESSAGE)
    app.run(finish_and_plan, first.id, outcome=Outcome.NO_ANSWER, next_on=TODAY + timedelta(days=1))
    states = {f.state: f for f in found(app, FollowUp)}
    assert states[FollowUpState.OPEN].text == "Ask about the pan"
    assert states[FollowUpState.OPEN].channel is Channel.MESSAGE
    assert states[FollowUpState.DONE].outcome is Outcome.NO_ANSWER
    with pytest.raises(DomainError, match=r"follow_up\.closed"):
        app.run(finish_and_plan, first.id, outcome=Outcome.REACHED)
    app.undo()
    assert [f.state for f in found(app, FollowUp)] == [FollowUpState.OPEN]


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Gina Marsh", "Gina", "Marsh"),
        ("Gina", "Gina", ""),
        ("  Maria del Carmen  Ruiz ", "Maria del Carmen", "Ruiz"),
        ("李小龙", "李小龙", ""),
    ],
)
def test_names_are_split_at_the_last_word(app: App, name: str, given: str, family: str) -> None:
    met = app.run(meet_person, app.store.ids.new(), name=name)
    assert (met.given, met.family) == (given, family)
    assert [r.role for r in found(app, PersonRole, person_id=met.id)] == [Role.PROSPECT]


def test_a_guest_in_three_fields_is_one_step(app: App, dana: Person) -> None:
    with app.store.write("demo") as work:
        demo = work.save(Demo(id=work.new_id(), host_id=dana.id, day=TODAY, created_at=work.now))
    met = app.run(
        meet_person,
        app.store.ids.new(),
        name="Gina Marsh",
        phone=" 505 555 0199 ",
        consent="May I call you?",
        met_at="Autumn evening",
        demo_id=demo.id,
    )
    assert [p.value for p in found(app, ReachPoint, person_id=met.id)] == ["505 555 0199"]
    consents = found(app, Consent, person_id=met.id)
    assert {c.channel for c in consents} == {Channel.CALL, Channel.MESSAGE}
    assert {c.wording for c in consents} == {"May I call you?"}
    assert [g.person_id for g in found(app, DemoGuest, demo_id=demo.id)] == [met.id]
    assert {r.role for r in found(app, PersonRole, person_id=met.id)} == {Role.PROSPECT, Role.GUEST}
    app.undo()
    assert found(app, Person, id=met.id) == []
    assert found(app, DemoGuest) == []


def test_nobody_without_a_name_and_nothing_half_written(app: App) -> None:
    with pytest.raises(DomainError, match=r"person\.nameless"):
        app.run(meet_person, app.store.ids.new(), name="   ", phone="505 555 0199")
    assert found(app, Person) == []
    assert found(app, ReachPoint) == []


def test_a_contact_that_settles_nothing_moves_every_reason_and_stretches_what_would_expire(
    app: App, dana: Person
) -> None:
    with app.store.write("test") as work:
        steps = [
            work.save(
                FollowUp(
                    id=work.new_id(),
                    person_id=dana.id,
                    due_on=TODAY,
                    expires_on=expires,
                    text=text,
                    created_at=work.now,
                )
            )
            for text, expires in (("Ask", None), ("Tell", TODAY), ("Thank", TODAY + timedelta(days=9)))
        ]
    ids = [step.id for step in steps]
    later = TODAY + timedelta(days=3)
    app.run(make_contact, ids, channel=Channel.CALL, outcome=Outcome.LEFT_MESSAGE, next_on=later)
    moved = {one.text: one for one in found(app, FollowUp)}
    assert {one.state for one in moved.values()} == {FollowUpState.OPEN}
    assert {one.due_on for one in moved.values()} == {later}
    assert [moved[text].expires_on for text in ("Ask", "Tell", "Thank")] == [None, later, TODAY + timedelta(days=9)]
    assert [entry.text for entry in found(app, ContactEntry)] == ["Ask; Tell; Thank"]
    put_off = later + timedelta(days=1)
    app.run(put_off_contact, ids, due_on=put_off)
    assert {one.due_on for one in found(app, FollowUp)} == {put_off}
    app.run(skip_contact, ids)
    assert {one.state for one in found(app, FollowUp)} == {FollowUpState.SKIPPED}
    with pytest.raises(DomainError, match="closed"):
        app.run(make_contact, ids, channel=Channel.CALL, outcome=Outcome.REACHED)
    for _step in range(3):
        app.undo()
    assert {(one.state, one.due_on) for one in found(app, FollowUp)} == {(FollowUpState.OPEN, TODAY)}
    assert found(app, ContactEntry) == []
