"""Erasing a person: nothing of them is left in the file but papers, and old files and backups do not bring them back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from directsell.app import App
from directsell.domain.catalog import Product
from directsell.domain.clock import FixedClock
from directsell.domain.demos import Demo, guest_of, wish_of
from directsell.domain.erasing import Erased, kept_until, keys_of, marks_text
from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp
from directsell.domain.ids import IdSource
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.merges import Erasure, PersonMerge
from directsell.domain.objections import Objection
from directsell.domain.orders import OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Address, Channel, Person, ReachKind, ReachPoint
from directsell.domain.relations import ProfileQuestion, RelationKind, answer_of, relation_of
from directsell.exchange.people import Email, PersonDraft, Phone
from directsell.store import doctor, erasing
from directsell.store.backup import back_up
from directsell.store.drafts import Drafts
from directsell.store.erasures import what_goes
from directsell.store.errors import Barrier
from directsell.store.queries.people import person_name, suggest_people
from directsell.store.restore import restore
from directsell.store.work import Work
from directsell.usecases.erasing import erase_person
from directsell.usecases.followups import plan_follow_up, save_follow_up
from directsell.usecases.history import put_back
from directsell.usecases.imports import import_people
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.merging import merge_people, references
from directsell.usecases.orders import MoneyTaken, OrderForm, deliver_order, enter_order
from directsell.usecases.people import PersonForm, log_contact, record_consent, save_person
from directsell.usecases.verbs import usecase
from tests.fixtures import books
from tests.fixtures.shops import Shop

NAME = "Zinnobert"
SECRETS = (
    b"Zinnobert",
    b"zinnobert",
    b"5559876",
    b"Mimosenweg",
    b"zb@example.org",
    b"likes-purple",
    b"Quitte",
    b"quitte",
    b"mimosenweg",
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """An app over an empty, unencrypted book, whose file can be looked into."""
    opened = App(books.open_book(books.put_book(tmp_path, None), None))
    yield opened
    opened.close()


def _raw(store_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(store_path.parent.glob("book.db*")))


@usecase("Much about {name}")
def _much(work: Work) -> Person:
    person = Person(
        id=work.new_id(),
        given="Quitte",
        family=NAME,
        birthday="1980-03-07",
        note="likes-purple",
        reference="Z-1",
        created_at=work.now,
    )
    reach = (
        ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value="0171 5559876"),
        ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.EMAIL, value="zb@example.org"),
    )
    address = Address(id=work.new_id(), person_id=person.id, street="Mimosenweg 4", postcode="34117", city="Kassel")
    save_person(work, PersonForm(person=person, reach=reach, addresses=(address,), tags=("likes-purple",)))
    save_person(work, PersonForm(person=replace(person, family=f"{NAME}-Alt"), reach=reach, addresses=(address,)))
    save_person(work, PersonForm(person=person, reach=reach, addresses=(address,), tags=("likes-purple",)))
    friend = books.add_person(work, "Cem", referred_by=person.id)
    product = work.save(Product(id=work.new_id(), code="A", name="Bowl", created_at=work.now))
    question = work.save(ProfileQuestion(id=work.new_id(), label="Skin"))
    demo = work.save(
        Demo(
            id=work.new_id(),
            host_id=person.id,
            day=date(2026, 3, 6),
            title=f"{NAME} at home",
            street="Mimosenweg 4",
            city="Kassel",
            created_at=work.now,
        )
    )
    work.save_many(
        (
            replace(guest_of(demo.id, person.id), liked="likes-purple", attended=True),
            wish_of(person.id, product.id, demo.id, "likes-purple"),
            FollowUp(id=work.new_id(), person_id=person.id, due_on=date(2026, 7, 1), text=NAME, created_at=work.now),
            Objection(id=work.new_id(), person_id=person.id, text="likes-purple", at=work.now),
            relation_of(person.id, friend.id, RelationKind.FRIEND, "likes-purple"),
            answer_of(person.id, question.id, "likes-purple"),
        )
    )
    log_contact(work, person.id, channel=Channel.CALL, text="likes-purple")
    record_consent(work, person.id, channel=Channel.EMAIL, given=True, wording=f"May {NAME} be written to?")
    order = books.add_order(work, person_id=person.id, note="likes-purple")
    work.save(replace(order, state=OrderState.DRAFT))
    work.describe(name=f"Quitte {NAME}")
    return person


def test_a_prospect_is_gone_from_every_byte_of_the_file(app: App) -> None:
    person = app.run(_much)
    drafts = Drafts(app.store)
    drafts.save(f"person:{person.id}", {"given": "Quitte"})
    drafts.save("order:new", {"note": f"for Quitte {NAME}"})
    drafts.save("order:other", {"note": "for Cem"})
    double = app.run(_double)
    app.run(merge_people, person.id, double)
    before = _raw(app.store.path)
    assert all(secret in before for secret in SECRETS)
    plan = app.read(what_goes, person.id)
    assert plan.is_whole
    assert dict(plan.going)["reach_point"] == 2
    assert app.run(erase_person, person.id) == "Erased person 2026-06"
    erasing.purge(app.store)
    left = _raw(app.store.path)
    assert [secret for secret in SECRETS if secret in left] == []
    assert [draft.key for draft in drafts.list()] == ["order:other"]
    assert app.read(suggest_people, "Quitte") == app.read(suggest_people, "Kassel") == []
    assert app.read(person_name, person.id) == "Erased person 2026-06"
    with app.store.read() as reader:
        assert reader.value("SELECT count(*) FROM sales_order") == 0
        assert reader.find(PersonMerge) == []
        assert {erasure.person_id for erasure in reader.find(Erasure)} == {person.id, double}
        demo = reader.find(Demo)[0]
        assert (demo.title, demo.street, demo.city, demo.host_id) == ("", "", "Kassel", person.id)
        assert [found.given for found in reader.find(Person)] == ["Cem"]
        assert reader.value("SELECT capture FROM sync_state") == 1
        assert (
            reader.rows("SELECT label FROM journal_tx t WHERE NOT EXISTS (SELECT 1 FROM journal WHERE tx = t.tx)") == []
        )
    assert doctor.examine(app.store) == []
    assert app.undo_step is None
    assert app.undo() is None
    with pytest.raises(DomainError, match="record.missing"):
        app.run(erase_person, person.id)


@usecase("Double")
def _double(work: Work) -> UUID:
    person = books.add_person(work, "Q.", family=NAME)
    work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.EMAIL, value="zb@example.org"))
    return person.id


def test_the_history_offers_nothing_of_an_erased_person_to_be_put_back(app: App) -> None:
    person = app.run(_much)
    with app.store.read() as reader:
        steps = [tx for (tx,) in reader.rows("SELECT tx FROM journal_tx WHERE label LIKE '%about%'")]
    app.run(erase_person, person.id)
    app.run(put_back, steps[0])
    assert [secret for secret in SECRETS if secret in app.store.path.read_bytes()] == []
    with app.store.read() as reader:
        tx = reader.value("SELECT tx FROM journal_tx WHERE barrier = 1")
    with pytest.raises(Barrier):
        app.run(put_back, tx)


def test_papers_and_money_stay_with_a_pseudonym(shop: Shop) -> None:
    app, anna = shop.app, shop.person("Anna")
    view = shop.enter("Anna", ("CV-110", "1"), payments=(MoneyTaken(method=PaymentMethod.CASH, amount=1347),))
    paper = app.run(issue_paper, view.order.id, PaperKind.INVOICE)
    with pytest.raises(DomainError, match="erase.open_orders"):
        app.run(erase_person, anna)
    app.run(deliver_order, view.order.id)
    plan = app.read(what_goes, anna)
    assert not plan.is_whole
    assert plan.open_orders == 0
    assert (plan.orders, plan.payments) == (1, 1)
    assert [(p.number, p.kept_until) for p in plan.papers] == [(paper.number, date(2033, 12, 31))]
    app.run(erase_person, anna)
    erasing.purge(app.store)
    with app.store.read() as reader:
        kept = reader.get(IssuedPaper, paper.id)
        assert kept == paper
        assert "Anna" in json.loads(kept.content)["customer"]["name"]
        assert reader.value("SELECT total FROM sales_order WHERE id = ?", (view.order.id,)) == 1347
    assert app.read(person_name, anna) == "Erased person 2026-02"
    assert [found for found in doctor.examine(app.store) if found.code != "clock.future"] == []


def test_forms_that_were_open_do_not_bring_the_person_back(shop: Shop) -> None:
    app, anna = shop.app, shop.person("Anna")
    with app.store.read() as reader:
        person = reader.get(Person, anna)
    follow_up = app.run(plan_follow_up, anna, due_on=date(2026, 3, 1))
    order = shop.blank("Anna")
    app.run(erase_person, anna)
    for form in (
        lambda: app.run(save_person, PersonForm(person=person)),
        lambda: app.run(save_follow_up, replace(follow_up, text="typed")),
        lambda: app.run(enter_order, OrderForm(order=order, lines=(shop.line(order, "CV-110"),))),
    ):
        with pytest.raises(DomainError, match="record.missing"):
            form()
    assert app.read(person_name, anna) == "Erased person 2026-02"


def _import(app: App, *people: PersonDraft) -> tuple[int, int]:
    outcome = app.run(import_people, people)
    return outcome.added, outcome.erased


def test_an_old_file_does_not_bring_the_person_back(app: App) -> None:
    person = app.run(_much)
    app.run(erase_person, person.id)
    assert _import(
        app,
        PersonDraft(first_name="Q.", last_name="Other", phones=(Phone("+49 171 555 98 76"),)),
        PersonDraft(first_name="Quitte", last_name="Other", emails=(Email("ZB@example.org"),)),
        PersonDraft(first_name="Somebody", external_id="Z-1"),
        PersonDraft(first_name="Dana", phones=(Phone("+49 171 555 98 77"),)),
    ) == (1, 3)


def test_a_backup_made_before_does_not_bring_the_person_back(tmp_path: Path) -> None:
    clock = FixedClock(books.NOON)
    path = books.put_book(tmp_path / "book")
    app = App(books.open_book(path))
    person = app.run(_much)
    double = app.run(_double)
    made = back_up(path, books.KEY, tmp_path / "backups", clock=clock).backup.path
    app.run(merge_people, person.id, double)
    app.run(erase_person, person.id)
    app.close()
    restore(
        path,
        books.KEY,
        made,
        books.KEY,
        aside=tmp_path / "aside",
        clock=clock,
        ids=IdSource(clock),
        device_name="Laptop",
    )
    again = App(books.open_book(path))
    assert again.read(suggest_people, NAME) == []
    assert again.read(person_name, person.id) == again.read(person_name, double) == "Erased person 2026-06"
    assert _import(again, PersonDraft(first_name="Q", external_id="Z-1")) == (0, 1)
    again.run(_look_at_every_row)
    assert doctor.examine(again.store) == []
    again.close()


@usecase("Look")
def _look_at_every_row(work: Work) -> None:
    tables = work.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    texts = [str(row) for (table,) in tables for row in work.rows(f"SELECT * FROM {table}")]
    assert [text for text in texts if NAME in text] == []


def test_every_reference_to_a_person_is_erased_blanked_or_meant_to_stay() -> None:
    known = {(table, column) for table, columns in erasing.GOING.items() for column in columns}
    known |= set(erasing.BLANKED) | set(erasing.STAYING)
    assert known == {(entity.table, column) for entity, column in references()}


def test_marks_recognise_without_telling() -> None:
    salt = "00" * 16
    keys = keys_of(reach=["715559876", "1"], name="Quitte Zinnobert", birthday="1980-03-07", places=["mimosenweg 4"])
    text = marks_text(salt, keys)
    assert "Zinnobert" not in text
    gone = Erased([(salt, text, date(2026, 11, 3))])
    assert gone.on(keys_of(name="ZINNOBERT Quitte", birthday="1980-03-07")) == date(2026, 11, 3)
    assert gone.on(keys_of(reach=["715559876"])) == date(2026, 11, 3)
    assert gone.on(keys_of(reach=["1"], name="Quitte Zinnobert")) is None
    assert not Erased([])


@pytest.mark.parametrize(
    ("country", "until"), [("DE", date(2034, 12, 31)), ("ES", date(2032, 12, 31)), ("XX", date(2036, 12, 31))]
)
def test_papers_are_kept_until_the_end_of_a_year(country: str, until: date) -> None:
    assert kept_until(date(2026, 2, 3), country) == until
