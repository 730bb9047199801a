"""What is kept beside the orders says the same as the orders, whatever was done to them, in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from directsell.domain.orders import Order, OrderKind, OrderLine, OrderState
from directsell.store import buyers, doctor
from directsell.store.database import Store
from directsell.store.work import Work
from tests.fixtures import books
from tests.fixtures.books import open_book, put_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    store = open_book(put_book(tmp_path / "book"))
    yield store
    store.close()


def sums(store: Store) -> dict[tuple[bytes, str], tuple[int, int, int]]:
    """What people spent according to their orders: (sum, purchases, last day)."""
    found: dict[tuple[bytes, str], tuple[int, int, int]] = {}
    with store.read() as reader:
        for person, currency, total, day in reader.rows(
            "SELECT person_id, currency, total, unixepoch(ordered_on) / 86400 FROM sales_order "
            "WHERE deleted_at IS NULL AND state IN ('placed', 'delivered') AND person_id IS NOT NULL"
        ):
            spent, count, last = found.get((person, currency), (0, 0, 0))
            bought = total >= 0
            found[person, currency] = (spent + total, count + bought, max(last, day if bought else 0))
    return found


def kept(store: Store) -> dict[tuple[bytes, str], tuple[int, int, int]]:
    with store.read() as reader:
        rows = reader.rows(
            "SELECT p.id, b.currency, spent, orders, last_day FROM buyer b JOIN person p ON p.rid = b.person"
        )
        return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}


def line(line_id: UUID, order: Order, place: int) -> OrderLine:
    """A line whose place is its quantity as well."""
    quantity, price = Decimal(place), Decimal("12.50")
    return OrderLine(id=line_id, order_id=order.id, position=place, name="Pan", quantity=quantity, unit_price=price)


def check(store: Store) -> None:
    assert kept(store) == sums(store)
    with store.read() as reader:
        assert buyers.stale_orders(reader.connection) == []


@pytest.mark.parametrize("seed", range(6))
def test_sums_follow_every_change_of_orders(book: Store, seed: int) -> None:
    dice = Random(seed)
    with book.write("People") as work:
        people = [books.add_person(work) for _ in range(4)]
        orders = [books.add_order(work, person_id=person.id) for person in people for _ in range(3)]
    check(book)
    for _step in range(25):
        with book.write("Change") as work:
            order = work.find_one(Order, dice.choice(orders).id)
            if order is None:
                work.save(dice.choice(orders))
                continue
            match dice.randrange(5):
                case 0:
                    work.save(replace(order, person_id=dice.choice([*(person.id for person in people), None])))
                case 1:
                    work.save(replace(order, state=dice.choice(list(OrderState))))
                case 2:
                    work.save(replace(order, ordered_on=order.ordered_on + timedelta(days=dice.randrange(-40, 40))))
                case 3:
                    work.delete(order)
                case _:
                    work.save(replace(order, kind=dice.choice(list(OrderKind)), currency=dice.choice(("USD", "EUR"))))
        check(book)


def test_lines_repeat_the_buyer_and_the_day(book: Store) -> None:
    with book.write("Order") as work:
        person = books.add_person(work)
        order = books.add_order(work, person_id=person.id)
    with book.read() as reader:
        person_row = reader.value("SELECT rid FROM person WHERE id = ?", (person.id,))
        rows = reader.rows("SELECT buyer, day FROM order_line WHERE order_id = ?", (order.id,))
        day = buyers.day_number(reader.get(Order, order.id).ordered_on)
    assert set(rows) == {(person_row, day)}
    with book.write("Cancel") as work:
        work.update(Order, order.id, state=OrderState.CANCELLED)
    with book.read() as reader:
        assert set(reader.rows("SELECT buyer FROM order_line WHERE order_id = ?", (order.id,))) == {(0,)}
        assert len(reader.find(OrderLine, order_id=order.id)) == len(rows)


@pytest.mark.parametrize("person", [True, False])
@pytest.mark.parametrize("kind", list(OrderKind))
@pytest.mark.parametrize("state", list(OrderState))
def test_lines_written_in_bulk_have_both_from_the_beginning(
    book: Store, state: OrderState, kind: OrderKind, person: bool
) -> None:
    sql = "SELECT position, buyer, day FROM order_line WHERE order_id = ? ORDER BY position"
    with book.write("Order") as work:
        who = books.add_person(work).id if person else None
        order = replace(books.add_order(work, 0, person_id=who), state=state, kind=kind)
        gone = replace(books.add_order(work, 0, person_id=who), state=state, kind=kind)
        work.save_many((order, gone))
        work.delete(gone)
        for number in (order, gone):
            work.insert_many([line(work.new_id(), number, place) for place in (-2, 0, 3)])
        first = work.rows(sql, (order.id,)), work.rows(sql, (gone.id,))
    with book.read() as reader:
        assert (reader.rows(sql, (order.id,)), reader.rows(sql, (gone.id,))) == first
    check(book)


def test_lines_written_in_bulk_are_journalled_like_any_other(book: Store) -> None:
    lines: list[OrderLine] = []
    journals = []
    with book.write("Order") as work:
        order = books.add_order(work, 0, person_id=books.add_person(work).id)
    for write in (Work.insert_many, Work.save_many):
        with book.write("Lines") as work:
            lines = [line(UUID(int=place), order, place) for place in range(1, 4)]
            write(work, lines)
            journals.append(work.rows("SELECT at, tbl, op, pk, new, old FROM journal WHERE tx = ?", (work.tx,)))
            if write is Work.insert_many:
                wanted = work.rows("SELECT * FROM order_line")
                work.connection.execute("UPDATE sync_state SET capture = 0")
                work.connection.execute("DELETE FROM order_line")
                work.connection.execute("UPDATE sync_state SET capture = 1")
    assert journals[0] == journals[1]
    assert len(journals[0]) == len(lines)
    with book.read() as reader:
        assert [row[1:] for row in reader.rows("SELECT * FROM order_line")] == [row[1:] for row in wanted]
    check(book)


def test_the_doctor_finds_and_mends_what_another_tool_broke(book: Store) -> None:
    with book.write("Order") as work:
        books.add_order(work, person_id=books.add_person(work).id)
    with book.exclusive() as connection:
        connection.execute("UPDATE buyer SET spent = spent + 1")
        connection.execute("UPDATE order_line SET buyer = 77")
    found = {finding.code for finding in doctor.examine(book)}
    assert "totals.stale" in found
    doctor.mend(book)
    assert "totals.stale" not in {finding.code for finding in doctor.examine(book)}
    check(book)
