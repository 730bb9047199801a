"""Two records of one person made one and two again: nothing is lost, nothing doubled, everything goes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directsell.app import App
from directsell.domain.catalog import Product
from directsell.domain.demos import Demo, DemoGuest, Reply, Wish, co_host_of, guest_of, wish_of
from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.invoicing import PaperKind
from directsell.domain.merges import PersonMerge
from directsell.domain.merging import CHOICES, differing, merged, proposed
from directsell.domain.objections import Objection
from directsell.domain.orders import Handover, Order
from directsell.domain.people import (
    Address,
    Channel,
    Consent,
    ContactEntry,
    Outcome,
    Person,
    PersonRole,
    PersonTag,
    ReachKind,
    ReachPoint,
    Role,
    Stage,
    role_of,
    tag_of,
)
from directsell.domain.relations import ProfileAnswer, ProfileQuestion, Relation, RelationKind, answer_of, relation_of
from directsell.exchange.people import PersonDraft, Phone
from directsell.store.entities import ENTITIES
from directsell.store.mapper import mapping
from directsell.store.queries.aliases import all_merged, ids_of, kept_id, merged_in
from directsell.store.queries.documents import paper_list
from directsell.store.queries.duplicates import doubles_of, facts_of, possible_duplicates
from directsell.store.queries.lists import count
from directsell.store.queries.messages import recipients
from directsell.store.queries.people import suggest_people
from directsell.store.queries.person_card import current_consents
from directsell.store.queries.segments import CONSENTING
from directsell.store.reader import Reader
from directsell.store.work import Work
from directsell.usecases.followups import finish_follow_up, plan_follow_up, save_follow_up
from directsell.usecases.imports import import_people
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.merging import ANSWER, merge_people, references, separate_people, tell_apart
from directsell.usecases.orders import OrderForm, enter_order
from directsell.usecases.people import PersonForm, delete_person, record_consent, save_person
from directsell.usecases.verbs import usecase
from tests.fixtures import books
from tests.fixtures.shops import Shop

EVERY_REFERENCE = {
    ("person", "referred_by"),
    ("person", "merged_into"),
    ("person_role", "person_id"),
    ("person_tag", "person_id"),
    ("reach_point", "person_id"),
    ("address", "person_id"),
    ("consent", "person_id"),
    ("demo", "host_id"),
    ("demo_guest", "person_id"),
    ("sales_order", "person_id"),
    ("payment", "person_id"),
    ("issued_paper", "person_id"),
    ("co_host", "person_id"),
    ("wish", "person_id"),
    ("contact_entry", "person_id"),
    ("follow_up", "person_id"),
    ("objection", "person_id"),
    ("relation", "person_id"),
    ("relation", "other_id"),
    ("profile_answer", "person_id"),
    ("person_merge", "kept_id"),
    ("person_merge", "dropped_id"),
    ("erasure", "person_id"),
}


def test_every_reference_to_a_person_is_known_here() -> None:
    """A new one fails here: decide in usecases/merging.py whether it is moved, joined or left, and test it below."""
    assert {(entity.table, column) for entity, column in references()} == EVERY_REFERENCE


def test_every_field_of_a_person_is_chosen_somewhere() -> None:
    by_itself = {"id", "note", "merged_into", "erased_on", "created_at"}
    assert sorted(name for names in CHOICES.values() for name in names) == sorted(
        name for name in mapping(Person).names if name not in by_itself
    )


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """An app over an empty book."""
    opened = App(books.open_book(books.put_book(tmp_path)))
    yield opened
    opened.close()


@usecase("Two records")
def _two(work: Work, which: frozenset[str], both: frozenset[str]) -> tuple[UUID, UUID]:
    """Make two people and a third one; ``which`` records exist for the second, ``both`` also for the first."""
    kept = books.add_person(work, "Birgit", family="Weiss", note="first", referred_by=None)
    dropped = books.add_person(work, "B.", family="Weiss", note="second", stage=Stage.WON)
    third = books.add_person(work, "Cem")
    demo = work.save(Demo(id=work.new_id(), day=date(2026, 3, 6), title="Friday", created_at=work.now))
    other_demo = work.save(Demo(id=work.new_id(), day=date(2026, 4, 6), created_at=work.now))
    product = work.save(Product(id=work.new_id(), code="A", name="Bowl", created_at=work.now))
    question = work.save(ProfileQuestion(id=work.new_id(), label="Skin"))
    for owner, names in ((dropped, which), (kept, both & which)):
        _records(work, owner, names, third, demo, other_demo, product, question)
    return kept.id, dropped.id


def _records(
    work: Work,
    owner: Person,
    names: frozenset[str],
    third: Person,
    demo: Demo,
    other_demo: Demo,
    product: Product,
    question: ProfileQuestion,
) -> None:
    mine = owner.given
    made: dict[str, Any] = {
        "role": role_of(owner.id, Role.CUSTOMER),
        "tag": tag_of(owner.id, "loyal"),
        "reach": ReachPoint(id=work.new_id(), person_id=owner.id, kind=ReachKind.MOBILE, value="0171 5550101"),
        "own_reach": ReachPoint(
            id=work.new_id(), person_id=owner.id, kind=ReachKind.EMAIL, value=f"{mine}@example.com"
        ),
        "address": Address(id=work.new_id(), person_id=owner.id, street="Lindenweg 4", city="Kassel"),
        "guest": replace(guest_of(demo.id, owner.id), attended=mine == "B.", liked=mine),
        "co_host": co_host_of(other_demo.id, owner.id, 1),
        "wish": wish_of(owner.id, product.id, demo.id, mine),
        "contact": ContactEntry(id=work.new_id(), person_id=owner.id, at=work.now, channel=Channel.CALL, text=mine),
        "follow_up": FollowUp(id=work.new_id(), person_id=owner.id, due_on=date(2026, 7, 1), created_at=work.now),
        "objection": Objection(id=work.new_id(), person_id=owner.id, text=mine, at=work.now),
        "relation": relation_of(owner.id, third.id, RelationKind.FRIEND),
        "answer": answer_of(owner.id, question.id, mine),
        "order": Order(
            id=work.new_id(),
            person_id=owner.id,
            ordered_on=date(2026, 3, 6),
            currency="USD",
            tax_profile=books.PROFILE,
            created_at=work.now,
        ),
        "consent": Consent(
            id=work.new_id(), person_id=owner.id, channel=Channel.EMAIL, given=mine == "B.", at=work.now
        ),
    }
    for name in sorted(names & made.keys()):
        work.save(made[name])
    if "host" in names:
        work.update(Demo, demo.id, host_id=owner.id)
    if "referred" in names:
        work.update(Person, third.id, referred_by=owner.id)
    if "partner" in names and mine == "B.":
        work.update(Person, owner.id, referred_by=third.id)


ALL = frozenset(
    [
        "role",
        "tag",
        "reach",
        "own_reach",
        "address",
        "guest",
        "co_host",
        "wish",
        "contact",
        "follow_up",
        "objection",
        "relation",
        "answer",
        "order",
        "consent",
        "host",
        "referred",
        "partner",
    ]
)


def _stored(reader: Reader) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that lives in the tables of the records, but the merges themselves."""
    found = {}
    for entity in ENTITIES:
        if entity.table != "person_merge":
            names = ", ".join(f'"{name}"' for name in (*mapping(entity.record).names, *entity.derived, *entity.local))
            alive = "" if entity.ledger else "WHERE deleted_at IS NULL"
            found[entity.table] = reader.rows(f"SELECT {names} FROM {entity.table} {alive} ORDER BY id")
    return found


def _of(app: App, kind: type[Any], **equals: Any) -> list[Any]:
    with app.store.read() as reader:
        return reader.find(kind, **equals)


def test_a_merge_hands_over_everything_and_doubles_nothing(app: App) -> None:
    kept, dropped = app.run(_two, ALL, ALL)
    app.run(merge_people, kept, dropped, {"stage"})
    person = _of(app, Person, id=kept)[0]
    assert (person.given, person.stage, person.note) == ("Birgit", Stage.WON, "first\n\nsecond")
    assert _of(app, Person, id=dropped) == []
    assert app.read(kept_id, dropped) == kept
    assert app.read(ids_of, kept) == (kept, dropped)
    for kind in (PersonRole, PersonTag, DemoGuest, Wish, ProfileAnswer, Address):
        assert [record.person_id for record in _of(app, kind)] == [kept], kind
    for moved in (ContactEntry, FollowUp, Objection, Order):
        assert [record.person_id for record in _of(app, moved)] == [kept, kept], moved
    assert sorted(point.value for point in _of(app, ReachPoint, person_id=kept)) == [
        "0171 5550101",
        "B.@example.com",
        "Birgit@example.com",
    ]
    guest = _of(app, DemoGuest)[0]
    assert guest == replace(guest, attended=True, liked="Birgit; B.", reply=Reply.INVITED)
    assert len(_of(app, Relation)) == 1
    assert _of(app, ProfileAnswer)[0].value == "Birgit"
    assert {_of(app, Consent, person_id=key)[0].person_id for key in (kept, dropped)} == {kept, dropped}
    assert [consent.given for consent in app.read(current_consents, kept)] == [False]
    assert [hit.id for hit in app.read(suggest_people, "Weiss")] == [kept]


def test_answers_can_be_taken_from_the_dropped_one(app: App) -> None:
    kept, dropped = app.run(_two, frozenset({"answer"}), ALL)
    question = _of(app, ProfileQuestion)[0].id
    app.run(merge_people, kept, dropped, {f"{ANSWER}{question}"})
    assert [answer.value for answer in _of(app, ProfileAnswer)] == ["B."]


def test_a_merge_is_one_step_of_undo(app: App) -> None:
    kept, dropped = app.run(_two, ALL, frozenset({"guest", "wish"}))
    before = app.read(_stored)
    app.run(merge_people, kept, dropped, set(CHOICES))
    app.undo()
    assert app.read(_stored) == before
    assert app.read(ids_of, kept) == (kept,)
    app.redo()
    assert app.read(kept_id, dropped) == kept
    app.undo()
    assert app.read(_stored) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.sets(st.sampled_from(sorted(ALL))).map(frozenset),
    both=st.sets(st.sampled_from(sorted(ALL))).map(frozenset),
    taken=st.sets(st.sampled_from(sorted(CHOICES))),
)
def test_merge_then_separate_is_the_identity(
    app: App, which: frozenset[str], both: frozenset[str], taken: set[str]
) -> None:
    kept, dropped = app.run(_two, which, both)
    before = app.read(_stored)
    merge = app.run(merge_people, kept, dropped, taken)
    app.run(separate_people, merge.id)
    assert app.read(_stored) == before


@usecase("Later")
def _later(work: Work, kept: UUID) -> None:
    work.save(ContactEntry(id=work.new_id(), person_id=kept, at=work.now, channel=Channel.NOTE, text="later"))
    work.update(Person, kept, need="a bowl")
    guest = work.find(DemoGuest, person_id=kept)[0]
    work.save(replace(guest, reply=Reply.ACCEPTED))


def test_what_came_after_the_merge_stays_with_the_kept_one(app: App) -> None:
    kept, dropped = app.run(_two, ALL, frozenset())
    merge = app.run(merge_people, kept, dropped, {"name", "stage"})
    app.run(_later, kept)
    app.run(separate_people, merge.id)
    person = _of(app, Person, id=kept)[0]
    assert (person.given, person.need, person.stage) == ("Birgit", "a bowl", Stage.NEW)
    assert [entry.text for entry in _of(app, ContactEntry, person_id=kept)] == ["later"]
    assert [entry.text for entry in _of(app, ContactEntry, person_id=dropped)] == ["B."]
    replies = {guest.person_id: guest.reply for guest in _of(app, DemoGuest)}
    assert replies == {kept: Reply.ACCEPTED, dropped: Reply.INVITED}


def test_merges_over_a_third_one_are_taken_back_in_their_order(app: App) -> None:
    kept, dropped = app.run(_two, ALL, ALL)
    cem = _of(app, Person, given="Cem")[0].id
    before = app.read(_stored)
    first = app.run(merge_people, kept, dropped)
    second = app.run(merge_people, cem, kept)
    assert app.read(ids_of, cem) == (cem, kept, dropped)
    assert app.read(kept_id, dropped) == cem
    assert app.read(all_merged) == {kept.bytes: cem.bytes, dropped.bytes: cem.bytes}
    with pytest.raises(DomainError, match="merge.further"):
        app.run(separate_people, first.id)
    assert [merge.id for merge in app.read(merged_in, cem)] == [second.id]
    app.run(separate_people, second.id)
    app.run(separate_people, first.id)
    assert app.read(_stored) == before
    with pytest.raises(DomainError, match="merge.undone"):
        app.run(separate_people, first.id)
    with pytest.raises(DomainError, match="merge.same"):
        app.run(merge_people, kept, kept)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.sets(st.sampled_from(sorted(ALL))).map(frozenset),
    both=st.sets(st.sampled_from(sorted(ALL))).map(frozenset),
    taken=st.sets(st.sampled_from(sorted(CHOICES))),
)
def test_two_merges_into_one_are_taken_back_in_any_order(
    app: App, which: frozenset[str], both: frozenset[str], taken: set[str]
) -> None:
    one, other = app.run(_two, which, both)
    kept = next(person.id for person in _of(app, Person, given="Cem") if person.id not in (one, other))
    before = app.read(_stored)
    first = app.run(merge_people, kept, one, taken)
    second = app.run(merge_people, kept, other, taken)
    app.run(separate_people, first.id)
    app.run(separate_people, second.id)
    assert app.read(_stored) == before
    app.run(delete_person, kept)  # the next example finds its own third person


def test_separating_the_first_of_two_merges_leaves_what_the_second_brought(app: App) -> None:
    kept, dropped = app.run(_two, frozenset({"tag", "reach", "guest"}), frozenset({"tag", "reach", "guest"}))
    cem = _of(app, Person, given="Cem")[0].id
    first = app.run(merge_people, cem, kept)
    app.run(merge_people, cem, dropped)
    app.run(separate_people, first.id)
    assert [tag.tag for tag in _of(app, PersonTag, person_id=cem)] == ["loyal"]
    assert [point.value for point in _of(app, ReachPoint, person_id=cem)] == ["0171 5550101"]
    assert [guest.liked for guest in _of(app, DemoGuest, person_id=cem)] == ["B."]
    assert _of(app, Person, id=cem)[0].note == "second"


def test_a_paper_issued_since_does_not_hinder_taking_back_a_merge(shop: Shop) -> None:
    app = shop.app
    order = shop.enter("Anna", ("CV-110", "1")).order.id
    kept, dropped = shop.person("Dana"), shop.person("Anna")
    merge = app.run(merge_people, kept, dropped)
    paper = app.run(issue_paper, order, PaperKind.INVOICE)
    assert paper.person_id == kept
    app.run(separate_people, merge.id)
    assert _of(app, Order, id=order)[0].person_id == dropped
    assert _of(app, PersonMerge)[0].undone_at is not None


def test_forms_that_were_open_during_a_merge_do_not_bring_the_dropped_one_back(shop: Shop) -> None:
    app, anna, dana = shop.app, shop.person("Anna"), shop.person("Dana")
    person = _of(app, Person, id=anna)[0]
    follow_up = app.run(plan_follow_up, anna, due_on=date(2026, 3, 1))
    order = shop.blank("Anna")
    app.run(merge_people, dana, anna)
    with pytest.raises(DomainError, match="record.missing"):
        app.run(save_person, PersonForm(person=replace(person, note="typed")))
    app.run(save_follow_up, replace(follow_up, text="typed"))
    assert [(one.person_id, one.text) for one in _of(app, FollowUp)] == [(dana, "typed")]
    view = app.run(enter_order, OrderForm(order=order, lines=(shop.line(order, "CV-110"),)))
    assert view.person_id == dana
    assert app.read(kept_id, anna) == dana


def test_proposals_take_what_says_more() -> None:
    when = books.NOON
    kept = Person(id=UUID(int=1), given="B.", family="Weiss", birthday="--03-07", stage=Stage.LOST, created_at=when)
    dropped = Person(
        id=UUID(int=2),
        given="Birgit",
        family="Weiss",
        birthday="1980-03-07",
        stage=Stage.CONTACTED,
        need="a bowl",
        referred_by=kept.id,
        created_at=when - timedelta(days=9),
    )
    taken = proposed(kept, dropped)
    assert taken == {"name", "birthday", "stage", "need"}
    assert differing(kept, dropped) == ["name", "birthday", "stage", "referred_by", "need"]
    person = merged(kept, dropped, taken | {"referred_by"})
    assert (person.given, person.referred_by, person.created_at) == ("Birgit", None, dropped.created_at)
    assert proposed(dropped, kept) == frozenset()


@usecase("Doubles")
def _doubles(work: Work) -> tuple[UUID, UUID, UUID]:
    ids = []
    for given_name, value in (("B.", "+49 171 5550101"), ("Birgit", "0171/5550101"), ("Anna", "0171 9990000")):
        person = books.add_person(work, given_name, family="Weiss")
        work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value=value))
        ids.append(person.id)
    return ids[0], ids[1], ids[2]


def test_doubles_are_found_until_they_are_merged_or_told_apart(app: App) -> None:
    initial, birgit, anna = app.run(_doubles)
    pairs = app.read(possible_duplicates)
    assert [(pair.one.id, pair.other.id) for pair in pairs] == [(initial, birgit)]
    typed = replace(app.read(facts_of, [birgit.bytes])[birgit.bytes], id=UUID(int=7))
    assert [double.person.id for double in app.read(doubles_of, typed)] == [birgit, initial]
    app.run(tell_apart, birgit, initial)
    assert app.read(possible_duplicates) == []
    app.undo()
    assert len(app.read(possible_duplicates)) == 1
    app.run(merge_people, birgit, initial)
    assert app.read(possible_duplicates) == []
    assert anna not in [double.person.id for double in app.read(doubles_of, typed)]


def test_consents_written_since_count_for_the_kept_one(app: App) -> None:
    kept, dropped = app.run(_two, frozenset({"consent"}), frozenset())
    app.run(merge_people, kept, dropped)
    app.run(record_consent, kept, channel=Channel.EMAIL, given=False, wording="no more")
    consent = app.read(current_consents, kept)[0]
    assert (consent.given, consent.wording) == (False, "no more")


def test_a_refusal_told_to_the_merged_record_is_respected(app: App) -> None:
    kept, dropped = app.run(_two, frozenset({"consent", "own_reach"}), frozenset())
    app.run(merge_people, kept, dropped)
    assert app.read(_recipient_consents, kept) == {Channel.EMAIL: True}
    with app.store.read() as reader:
        assert reader.rows(f"SELECT {CONSENTING}", ("email",)) == [(kept.bytes,)]
    app.run(record_consent, kept, channel=Channel.EMAIL, given=False, wording="no more")
    assert app.read(_recipient_consents, kept) == {Channel.EMAIL: False}
    with app.store.read() as reader:
        assert reader.rows(f"SELECT {CONSENTING}", ("email",)) == []


def _recipient_consents(reader: Reader, person_id: UUID) -> object:
    return dict(recipients(reader, [person_id])[0].consents)


def test_papers_are_found_by_the_name_of_the_kept_record(shop: Shop) -> None:
    app = shop.app
    order = shop.enter("Anna", ("CV-110", "1")).order.id
    paper = app.run(issue_paper, order, PaperKind.INVOICE)
    app.run(merge_people, shop.person("Dana"), shop.person("Anna"))
    with app.store.read() as reader:
        assert count(reader, paper_list(text="Dana")) == count(reader, paper_list(text=paper.number)) == 1


def test_an_old_file_finds_the_kept_record(app: App) -> None:
    initial, birgit, _anna = app.run(_doubles)
    app.run(_refer, initial)
    app.run(merge_people, birgit, initial)
    drafts = [
        PersonDraft(first_name="B.", last_name="Weiss", phones=(Phone("0171 5550101"),)),
        PersonDraft(first_name="Somebody", external_id="OLD-7"),
    ]
    outcome = app.run(import_people, drafts)
    assert (outcome.added, outcome.completed + outcome.unchanged) == (0, 2)


@usecase("Refer")
def _refer(work: Work, person_id: UUID) -> None:
    work.update(Person, person_id, reference="OLD-7")


def _open_days(shop: Shop, person_id: UUID) -> list[date]:
    found = _of(shop.app, FollowUp, person_id=person_id, state=FollowUpState.OPEN)
    return sorted(row.due_on for row in found)


def test_programmes_go_on_with_the_kept_record_and_repeat_nothing(shop: Shop) -> None:
    app, dana, anna = shop.app, shop.person("Dana"), shop.person("Anna")
    shop.enter("Anna", ("CV-110", "1"), handover=Handover.TAKE_NOW)
    first = _open_days(shop, anna)[0]
    step = next(row for row in _of(app, FollowUp, person_id=anna) if row.due_on == first)
    shop.clock.advance(days=2)
    app.run(finish_follow_up, step.id, outcome=Outcome.NO_ANSWER)
    before, planned = app.read(_stored), _open_days(shop, anna)
    merge = app.run(merge_people, dana, anna)
    assert _open_days(shop, anna) == []
    assert _open_days(shop, dana) == planned
    assert first not in planned
    app.run(separate_people, merge.id)
    assert app.read(_stored) == before
