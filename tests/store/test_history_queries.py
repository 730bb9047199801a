"""The history: what a transaction wrote, before and after, with names for ids; its filters; who changed something since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from directsell.domain.clock import FixedClock
from directsell.domain.orders import Order
from directsell.domain.people import Person, ReachKind, ReachPoint, Stage, tag_of
from directsell.store.database import Store
from directsell.store.queries import history
from directsell.store.queries.history import Entry, FieldChange, HistoryFilter, Named, RowChange
from directsell.store.reverting import revert
from tests.fixtures import books


def entry(store: Store, tx: int) -> Entry:
    with store.read() as reader:
        found = history.entry(reader, tx)
    assert found is not None
    return found


def change(store: Store, tx: int, table: str) -> RowChange:
    return next(one for one in entry(store, tx).changes if one.table == table)


def numbers(store: Store, **wanted: object) -> list[int]:
    with store.read() as reader:
        return list(history.transaction_numbers(reader, HistoryFilter(**wanted)))  # type: ignore[arg-type]


def add(store: Store, given: str = "Dana") -> tuple[Person, int]:
    with store.write("Save person {name}") as work:
        person = books.add_person(work, given, family="Ruiz")
        work.describe(name=f"{given} Ruiz")
        return person, work.tx


def test_an_added_record_shows_what_was_filled_in(store: Store) -> None:
    _person, tx = add(store)
    found = change(store, tx, "person")
    assert (found.kind, found.name) == ("added", "Dana Ruiz")
    assert FieldChange("given", None, "Dana") in found.fields
    assert FieldChange("stage", None, Stage.NEW) in found.fields
    assert not {"note", "created_at", "id"} & {field.name for field in found.fields}


def test_a_changed_field_shows_before_and_after(store: Store) -> None:
    person, _tx = add(store)
    with store.write("Change") as work:
        work.save(replace(person, stage=Stage.WON, note="Has a dog"))
        tx = work.tx
    found = change(store, tx, "person")
    assert found.kind == "changed"
    assert set(found.fields) == {FieldChange("stage", Stage.NEW, Stage.WON), FieldChange("note", "", "Has a dog")}


def test_ids_come_with_names(store: Store) -> None:
    person, _tx = add(store)
    with store.write("Order") as work:
        order = books.add_order(work, person_id=person.id)
        tx = work.tx
    found = change(store, tx, "sales_order")
    assert FieldChange("person_id", None, Named("person", person.id, "Dana Ruiz")) in found.fields
    assert found.currency == change(store, tx, "order_line").currency == "USD"
    assert FieldChange("ordered_on", None, date(2026, 6, 15)) in found.fields
    assert order.id == found.id


def test_a_removed_record_shows_what_it_was(store: Store) -> None:
    person, _tx = add(store)
    with store.write("Tag") as work:
        tag = work.save(tag_of(person.id, "Kitchen"))
    with store.write("Untag") as work:
        work.delete(tag)
        gone = work.tx
    with store.write("Tag again") as work:
        work.save(tag)
        back = work.tx
    found = change(store, gone, "person_tag")
    assert (found.kind, found.name) == ("removed", "Kitchen")
    assert FieldChange("tag", None, "Kitchen") in found.fields
    assert change(store, back, "person_tag").kind == "restored"


def test_what_was_undone_is_told(store: Store) -> None:
    _person, tx = add(store)
    assert entry(store, tx).taken_back_by is None
    with store.write("Save person {name}", origin="undo", reverts=tx) as work:
        revert(work, tx)
        undo = work.tx
    back = entry(store, tx).taken_back_by
    assert back is not None
    assert (back.tx, back.origin) == (undo, "undo")


def test_a_large_step_shows_its_beginning_and_counts_all(store: Store) -> None:
    with store.write("Import", origin="import") as work:
        for number in range(history.CHANGES + 5):
            books.add_person(work, f"Guest {number}")
        tx = work.tx
    found = entry(store, tx)
    assert (len(found.changes), found.total) == (history.CHANGES, history.CHANGES + 5)


def test_the_newest_comes_first(store: Store) -> None:
    first, second = add(store)[1], add(store, "Beth")[1]
    assert numbers(store)[:2] == [second, first]
    with store.read() as reader:
        rows = history.first_transactions(reader, HistoryFilter())
    assert [row.tx for row in rows[:2]] == [second, first]
    assert (rows[0].label, rows[0].params, rows[0].device_name) == (
        "Save person {name}",
        {"name": "Beth Ruiz"},
        "Laptop",
    )


def test_filters(store: Store, clock: FixedClock) -> None:
    dana, first = add(store)
    _beth, second = add(store, "Beth")
    clock.advance(days=3)
    with store.write("Order") as work:
        order = books.add_order(work, person_id=dana.id)
        third = work.tx
    with store.write("Payment") as work:
        books.add_payment(work, order)
        fourth = work.tx
    with store.write("Phone") as work:
        work.save(ReachPoint(id=work.new_id(), person_id=dana.id, kind=ReachKind.PHONE, value="0142"))
        fifth = work.tx
    assert numbers(store, tables=("payment",)) == [fourth]
    assert numbers(store, tables=("sales_order", "payment")) == [fourth, third]
    assert numbers(store, person_id=dana.id) == [fifth, third, first]
    assert numbers(store, text="beth") == [second]
    assert numbers(store, text="ruiz") == [second, first]
    assert numbers(store, text="nobody", labels=("Order",)) == [third]
    assert numbers(store, day=clock.today()) == [fifth, fourth, third]
    assert numbers(store, device="nobody") == []
    with store.read() as reader:
        (code, name), *_rest = history.devices(reader)
    assert name == "Laptop"
    assert numbers(store, device=code)[:1] == [fifth]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"', "100%"])
def test_signs_of_patterns_are_only_signs(store: Store, text: str) -> None:
    add(store)
    with store.write("Save person {name}") as work:
        books.add_person(work, "Odd")
        work.describe(name=f"Odd {text.replace(chr(34), '')}x")
        odd = work.tx
    if text not in ('"', "\\"):  # these two are written otherwise in the stored JSON
        assert numbers(store, text=text) == [odd]
    else:
        numbers(store, text=text)


def test_who_changed_something_since(store: Store) -> None:
    person, tx = add(store)
    with store.write("Note") as work:
        work.save(replace(person, note="Words"))
    with store.write("Stage") as work:
        work.update(Person, person.id, stage=Stage.WON)
        stage = work.tx
    with store.read() as reader:
        later = history.changed_since(reader, tx, "person", person.id, ["stage", "given"])
        assert later is not None
        assert later.tx == stage
        assert history.changed_since(reader, tx, "person", person.id, ["family"]) is None
        assert history.changed_since(reader, stage, "person", person.id, ["stage"]) is None


def test_names_of_records_that_have_none(store: Store) -> None:
    with store.write("Order") as work:
        order = books.add_order(work)
    with store.read() as reader:
        assert history.record_name(reader, "sales_order", order.id.bytes) == ""
        assert history.record_name(reader, "person", UUID(int=0).bytes) == ""
        assert reader.find(Order)[0].id == order.id


def test_words_are_looked_for_in_names_not_in_how_they_are_stored(store: Store) -> None:
    _person, dana = add(store)
    _person, neil = add(store, 'Neil "Tex" \\ O')
    assert numbers(store, text="ruiz") == [neil, dana]
    assert numbers(store, text="name") == []
    assert numbers(store, text='"tex" \\') == [neil]
