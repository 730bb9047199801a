"""What is written in bulk is journalled, summed and told like anything else, however it is mixed with other writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from directsell.app import App
from directsell.domain.clock import FixedClock
from directsell.domain.orders import Order, OrderLine
from directsell.domain.people import Person
from directsell.store import database, doctor
from directsell.store.bulk import Bulk
from directsell.store.changes import ChangeSet
from directsell.store.database import Store
from directsell.store.work import Work
from tests.fixtures import books
from tests.fixtures.books import open_book, put_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    store = open_book(put_book(tmp_path / "book"))
    yield store
    store.close()


def line(work: Work, order: Order, place: int) -> OrderLine:
    return OrderLine(
        id=work.new_id(), order_id=order.id, position=place, name="Pan", quantity=Decimal(2), unit_price=Decimal("3.10")
    )


def told(work: Work) -> list[tuple[str, bytes]]:
    """The journal outside of what the bulk accounts for."""
    sql = "SELECT tbl, pk FROM journal WHERE tx = ? AND seq > ? AND seq < ? ORDER BY seq"
    return [row for after, before in work.bulk.gaps() for row in work.rows(sql, (work.tx, after, before))]


def test_what_lies_between_bulk_inserts_is_left_to_the_journal(book: Store) -> None:
    with book.write("Mixed") as work:
        assert list(work.bulk.gaps()) == [(0, (1 << 63) - 1)]
        first = books.add_person(work)
        work.insert_many([replace(first, id=work.new_id()) for _ in range(3)])
        work.insert_many([replace(first, id=work.new_id()) for _ in range(2)])
        work.insert_many(list[Person]())
        middle = books.add_person(work)
        work.update(Person, middle.id, note="twice")
        work.insert_many([replace(first, id=work.new_id())])
        last = books.add_person(work)
        assert (work.bulk.count, work.bulk.tables) == (6, {"person"})
        assert told(work) == [("person", key.bytes) for key in (first.id, middle.id, middle.id, last.id)]


def test_rows_of_orders_say_which_orders_they_concern(book: Store) -> None:
    with book.write("Orders") as work:
        one, other, third = (books.add_order(work, 0) for _ in range(3))
        work.insert_many([line(work, one, 1), line(work, one, 2), line(work, other, 1)])
        assert work.bulk.orders == {one.id.bytes, other.id.bytes}
        copy = replace(third, id=work.new_id())
        work.insert_many([copy])
        assert work.bulk.orders == {one.id.bytes, other.id.bytes, copy.id.bytes}


def test_what_the_journal_did_not_get_is_not_accounted_for(book: Store) -> None:
    with book.write("Quiet") as work:
        work.connection.execute("UPDATE sync_state SET capture = 0")
        work.insert_many([Person(id=work.new_id(), given="Ann", created_at=work.now)])
        work.connection.execute("UPDATE sync_state SET capture = 1")
        assert (work.bulk.count, work.bulk.tables, list(work.bulk.gaps())) == (0, set(), [(0, (1 << 63) - 1)])


@pytest.mark.parametrize("seed", range(5))
def test_sums_are_right_however_many_rows_came_in_bulk(book: Store, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_NAMED", seed)  # what is a long transaction otherwise
    dice = Random(seed)
    changes: list[ChangeSet] = []
    book.observe(changes.append)
    with book.write("Old") as work:
        old = [books.add_order(work, 2, person_id=books.add_person(work).id) for _ in range(3)]
    for _step in range(8):
        with book.write("Import") as work:
            for _part in range(dice.randrange(1, 5)):
                match dice.randrange(4):
                    case 0:
                        work.insert_many([line(work, dice.choice(old), place) for place in range(dice.randrange(4))])
                    case 1:
                        new = [replace(dice.choice(old), id=work.new_id()) for _ in range(2)]
                        work.insert_many(new)
                        work.insert_many([line(work, order, 1) for order in new])
                    case 2:
                        found = work.find(OrderLine, order_id=dice.choice(old).id)
                        work.save(replace(found[0], quantity=found[0].quantity + 1))
                    case _:
                        books.add_payment(work, dice.choice(old))
            tables = {table for (table,) in work.rows("SELECT DISTINCT tbl FROM journal WHERE tx = ?", (work.tx,))}
        if tables:
            assert changes[-1].tables.keys() == tables
        with book.read() as reader:
            assert doctor.check_book(reader.connection, now=books.NOON) == []


@pytest.mark.parametrize("count", [1, 15, 16, 17, 50])
def test_the_journal_of_a_bulk_insert_is_that_of_single_ones(tmp_path: Path, count: int) -> None:
    found = []
    for name in ("bulk", "single"):
        clock = FixedClock(books.NOON)
        (tmp_path / name).mkdir()
        store = open_book(put_book(tmp_path / name), clock=clock)
        app = App(store)
        with store.write("Pattern") as work:
            pattern = books.add_order(work, 0)
        with store.write("Orders") as work:
            person = Person(id=UUID(int=1), given="Ann", created_at=work.now)
            orders = [replace(pattern, id=UUID(int=100 + place), person_id=person.id) for place in range(count)]
            lines = [replace(line(work, order, 1), id=UUID(int=1000 + order.id.int)) for order in orders]
            seq = work.value("SELECT max(seq) FROM journal")
            for records in ([person], orders, lines):
                if name == "bulk":
                    work.insert_many(records)
                else:
                    for record in records:
                        work.save(record)
        assert app.undo() is not None
        with store.read() as reader:
            rows = reader.rows("SELECT rid, id, order_id, buyer, day, deleted_at FROM order_line ORDER BY rid")
            sql = "SELECT seq, tx, at, tbl, op, pk, new, old FROM journal WHERE seq > ? ORDER BY seq"
            journal = reader.rows(sql, (seq,))
            assert doctor.check_book(reader.connection, now=books.NOON) == []
        found.append((journal, rows))
        store.close()
    assert found[0] == found[1]
    assert len(found[0][0]) == 2 * (2 * count + 1)


def test_ids_of_a_few_rows_are_told_also_when_they_came_in_bulk(book: Store) -> None:
    changes: list[ChangeSet] = []
    book.observe(changes.append)
    with book.write("Few") as work:
        people = [Person(id=work.new_id(), given="Ann", created_at=work.now) for _ in range(4)]
        work.insert_many(people)
    assert changes[-1].tables == {"person": frozenset(person.id for person in people)}


def test_an_insert_of_nothing_touches_nothing(book: Store) -> None:
    with book.exclusive() as connection:
        bulk = Bulk(connection)
        bulk.insert([])
        assert bulk.count == 0
