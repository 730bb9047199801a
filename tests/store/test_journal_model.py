"""The journal against a model: whatever writes, the journal says it, and nothing but it is needed to say what is there."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from directsell.app import App
from directsell.domain.clock import FixedClock
from directsell.domain.orders import Order, OrderLine
from directsell.domain.payments import Payment
from directsell.domain.people import Person, role_of, tag_of
from directsell.domain.records import Record
from directsell.store import doctor
from directsell.store.capture import group_of
from directsell.store.connection import connect
from directsell.store.entities import BY_TABLE, ENTITIES
from directsell.store.errors import Conflict
from directsell.store.mapper import mapping
from directsell.store.queries.papers import last_seal
from directsell.store.reader import Reader
from directsell.store.work import Work
from directsell.usecases.verbs import usecase
from tests.fixtures import books

Rows = dict[str, dict[str, dict[str, Any]]]  # table -> id (hex) -> column -> value as the journal writes it
_FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def tables(reader: Reader) -> Rows:
    """Return the synced columns of every row, as the journal writes values."""
    found: Rows = {}
    for entity in ENTITIES:
        names = [*mapping(entity.record).names, *(() if entity.ledger else ("deleted_at",))]
        columns = ", ".join(f'"{name}"' for name in names)
        for row in reader.rows(f"SELECT {columns} FROM {entity.table}"):
            values = dict(zip(names, map(_plain, row), strict=True))
            found.setdefault(entity.table, {})[values.pop("id")] = values
    return found


def replay(reader: Reader, after: int = 0, start: Rows | None = None) -> Rows:
    """Return the rows that follow from the journal alone; `before` of each entry must be what was there."""
    rows: Rows = {table: {key: dict(row) for key, row in part.items()} for table, part in (start or {}).items()}
    for table, op, pk, new, old in reader.rows(
        "SELECT tbl, op, pk, new, old FROM journal WHERE seq > ? ORDER BY seq", (after,)
    ):
        part = rows.setdefault(table, {})
        key = pk.hex()
        if op == "I":
            assert key not in part
            assert old is None
            part[key] = json.loads(new)
        else:
            changed, before = json.loads(new), json.loads(old)
            assert changed.keys() == before.keys() != set()
            assert all(part[key][name] == value for name, value in before.items())
            assert all(before[name] != value for name, value in changed.items())
            part[key].update(changed)
    return rows


class Journal(RuleBasedStateMachine):
    """Writes in every way there is; after each step the journal, the clocks and the tables must agree."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="journal-", dir=_FAST))
        self.path = books.put_book(self.folder, key=None)
        self.clock = FixedClock(books.NOON)
        self.store = books.open_book(self.path, None, self.clock)
        self.app = App(self.store)
        self.people: list[Person] = []
        self.orders: list[Order] = []
        with self.store.read() as reader:
            self.rows = tables(reader)
            self.seq = reader.value("SELECT max(seq) FROM journal")
        self.hlc: dict[tuple[str, str, str], int] = {}

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.write("Nothing"):
            pass  # works off what the raw writes noted for the index
        with self.store.read() as reader:
            assert replay(reader) == tables(reader)
            future = self.clock.now().replace(year=2200)
            assert doctor.check_book(reader.connection, now=future) == []
        self.store.close()
        shutil.rmtree(self.folder)

    def _write(self, *records: Record) -> None:
        with self.store.write("Step") as work:
            work.save_many(records)

    @rule(minutes=st.integers(-100_000, 100_000))
    def set_clock(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule(names=st.lists(TEXT, min_size=1, max_size=4), quick=st.booleans())
    def add_people(self, names: list[str], quick: bool) -> None:
        with self.store.write("People") as work:
            new = [Person(id=work.new_id(), given=name, created_at=work.now) for name in names]
            if quick:
                work.insert_many(new)
            else:
                work.save_many([*new, *(tag_of(person.id, "tag") for person in new)])
        self.people += new

    @rule(data=st.data(), note=TEXT, family=TEXT, points=st.sampled_from([None, 0, 5]))
    def change_person(self, data: st.DataObject, note: str, family: str, points: int | None) -> None:
        if not self.people:
            return
        place = data.draw(st.integers(0, len(self.people) - 1))
        changed = replace(self.people[place], note=note, family=family)
        if points is not None:
            changed = replace(changed, discount_ppm=points, company=note)
        self.people[place] = changed
        self._write(changed)

    @rule(data=st.data())
    def delete_person(self, data: st.DataObject) -> None:
        if self.people:
            person = data.draw(st.sampled_from(self.people))
            with self.store.write("Delete") as work:
                work.delete(person)

    @rule(data=st.data())
    def give_role(self, data: st.DataObject) -> None:
        if self.people:
            person = data.draw(st.sampled_from(self.people))
            self._write(role_of(person.id, data.draw(st.sampled_from(["host", "guest"]))))  # type: ignore[arg-type]

    @rule(lines=st.integers(0, 3), name=TEXT)
    def add_order(self, lines: int, name: str) -> None:
        with self.store.write("Order") as work:
            order = books.add_order(work, lines, note=name)
            books.add_payment(work, order)
        self.orders.append(order)

    @rule(data=st.data(), quantity=st.integers(0, 9))
    def change_line(self, data: st.DataObject, quantity: int) -> None:
        if self.orders:
            with self.store.write("Line") as work:
                lines = work.find(OrderLine, order_id=data.draw(st.sampled_from(self.orders)).id)
                if lines:
                    work.save(replace(lines[0], quantity=lines[0].quantity + quantity))
                    work.delete(*lines[1:])

    @rule(note=TEXT)
    def bulk_update(self, note: str) -> None:
        with self.store.write("Bulk") as work:
            work.write("UPDATE person SET note = ? WHERE rid % 2", (note,))

    @rule(note=TEXT)
    def foreign_tool(self, note: str) -> None:
        other = connect(self.path, None)
        other.execute("UPDATE sales_order SET note = ?", (note,))
        other.execute("INSERT INTO brand VALUES (NULL, randomblob(16), ?, '', 0, '', NULL)", (note,))
        other.close()

    @rule()
    def replace_into(self) -> None:
        """REPLACE deletes under the hood: with recursive triggers the refusal of DELETE sees it."""
        other = connect(self.path, None)
        with pytest.raises(Exception, match="never deleted"):
            other.execute("INSERT OR REPLACE INTO device SELECT * FROM device")
        other.close()

    @rule()
    def refused(self) -> None:
        other = connect(self.path, None)
        for statement in ("DELETE FROM device", "UPDATE device SET id = randomblob(16)"):
            with pytest.raises(Exception, match="never"):
                other.execute(statement)
        if self.orders:
            with pytest.raises(Exception, match="appended"):
                other.execute("UPDATE payment SET amount = amount + 1")
            with pytest.raises(Exception, match="never deleted"):
                other.execute("DELETE FROM payment")
        other.close()

    @rule(name=TEXT)
    def fails_half_way(self, name: str) -> None:
        def fail(work: Work) -> None:
            books.add_person(work, name)
            work.write("UPDATE person SET note = 'x'", ())
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), self.store.write("Fails") as work:
            fail(work)

    @rule()
    def undo(self) -> None:
        try:
            self.app.undo()
        except Conflict:
            return
        with self.store.read() as reader:
            self.people = [reader.find_one(Person, person.id) or person for person in self.people]

    @rule()
    def redo(self) -> None:
        try:
            self.app.redo()
        except Conflict:
            return
        with self.store.read() as reader:
            self.people = [reader.find_one(Person, person.id) or person for person in self.people]

    @invariant()
    def journal_explains_every_change(self) -> None:
        if not hasattr(self, "rows"):
            return
        with self.store.read() as reader:
            now = tables(reader)
            assert replay(reader, self.seq, self.rows) == now
            touched = {
                (table, pk.hex(), group_of(BY_TABLE[table], name))
                for table, pk, new in reader.rows(
                    "SELECT tbl, pk, new FROM journal WHERE op = 'U' AND seq > ?", (self.seq,)
                )
                for name in json.loads(new)
            }
            clocks = {
                (t, pk.hex(), grp): hlc for t, pk, grp, hlc in reader.rows("SELECT tbl, pk, grp, hlc FROM sync_clock")
            }
            self.seq = reader.value("SELECT max(seq) FROM journal")
        for place, hlc in clocks.items():
            if place in touched:
                assert hlc > self.hlc.get(place, 0)
            else:
                assert hlc == self.hlc[place]
        assert touched <= clocks.keys()
        self.hlc = clocks
        self.rows = now


Journal.TestCase.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestJournal = Journal.TestCase


@usecase("Add")
def _add(work: Work, text: str) -> None:
    books.add_person(work, text)
    books.add_order(work, 2, note=text)


@usecase("Change")
def _change(work: Work, text: str) -> None:
    for person in work.find(Person):
        work.save(replace(person, note=text, family=text))


@usecase("Remove")
def _remove(work: Work, text: str) -> None:
    work.delete(*work.find(OrderLine)[:1], *work.find(Person)[:1])


@usecase("Pay")
def _pay(work: Work, text: str) -> None:
    for order in work.find(Order)[:2]:
        books.add_payment(work, order, 100 + len(text))


def _living(app: App) -> dict[str, Any]:
    """Return what a user can see: living rows, and of the ledger its sums."""
    with app.store.read() as reader:
        rows = tables(reader)
        money = reader.rows("SELECT order_id, sum(amount) FROM payment GROUP BY order_id HAVING sum(amount) <> 0")
        totals = reader.rows("SELECT id, total FROM sales_order WHERE deleted_at IS NULL")
    rows.pop("payment", None)
    living = {t: {k: r for k, r in part.items() if r.get("deleted_at") is None} for t, part in rows.items()}
    return {"rows": {t: part for t, part in living.items() if part}, "money": sorted(money), "totals": sorted(totals)}


@settings(max_examples=15, deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from([_add, _change, _remove, _pay]), TEXT), min_size=1, max_size=7),
    back=st.integers(1, 7),
)
def test_undoing_any_suffix_gives_the_earlier_state_and_redoing_it_the_later_one(
    steps: list[tuple[Any, str]], back: int
) -> None:
    with tempfile.TemporaryDirectory(dir=_FAST) as folder:
        app = App(books.open_book(books.put_book(Path(folder), None), None))
        states = [_living(app)]
        for verb, text in steps:
            before = app.undo_step
            app.run(verb, text)
            if app.undo_step != before:  # a step that changed nothing is none
                states.append(_living(app))
        back = min(back, len(states) - 1)
        for place in range(len(states) - 2, len(states) - 2 - back, -1):
            app.undo()
            assert _living(app) == states[place]
        for place in range(len(states) - back, len(states)):
            app.redo()
            assert _living(app) == states[place]
        with app.store.read() as reader:
            assert doctor.check_book(reader.connection, now=books.NOON) == []
        app.close()


def test_a_ledger_is_undone_by_a_reversing_row() -> None:
    with tempfile.TemporaryDirectory(dir=_FAST) as folder:
        app = App(books.open_book(books.put_book(Path(folder), None), None))
        app.run(_add, "x")
        app.run(_pay, "x")
        app.undo()
        with app.store.read() as reader:
            first, second = reader.find(Payment)
            assert (first.amount, second.amount, second.reverses_id) == (101, -101, first.id)
            assert last_seal(reader, "A") == ""
        app.close()
