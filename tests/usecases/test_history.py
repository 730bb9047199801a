"""Putting a step back from the history: a step of its own that can be undone, and never by force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from directsell.app import App
from directsell.domain.people import Person, Stage
from directsell.store.errors import Barrier, Conflict
from directsell.store.queries.history import entry
from directsell.usecases.history import put_back
from directsell.usecases.people import change_stage
from tests.fixtures import books


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    opened = App(books.open_book(books.put_book(tmp_path / "book")))
    yield opened
    opened.close()


@pytest.fixture
def dana(app: App) -> Person:
    with app.store.write("Save person {name}") as work:
        return books.add_person(work, "Dana", family="Ruiz")


def last(app: App) -> int:
    return int(app.read(lambda reader: reader.value("SELECT max(tx) FROM journal_tx")))


def stage(app: App, person: Person) -> Stage:
    return app.read(lambda reader: reader.get(Person, person.id).stage)


def test_a_step_is_put_back_whatever_came_between(app: App, dana: Person) -> None:
    app.run(change_stage, dana.id, Stage.WON)
    changed = last(app)
    with app.store.write("Other") as work:
        books.add_person(work, "Beth")
        work.update(Person, dana.id, note="Words")
    app.run(put_back, changed)
    assert stage(app, dana) is Stage.NEW
    assert app.read(lambda reader: reader.get(Person, dana.id).note) == "Words"


def test_the_history_names_what_was_put_back(app: App, dana: Person) -> None:
    app.run(change_stage, dana.id, Stage.WON)
    changed = last(app)
    app.run(put_back, changed)
    step, original = app.read(entry, last(app)), app.read(entry, changed)
    assert step is not None
    assert original is not None
    assert step.row.params == {"label": "Change stage of {name}", "name": "Dana Ruiz"}
    assert (step.row.origin, step.row.reverts) == ("user", changed)
    assert original.taken_back_by == step.row


def test_putting_back_can_be_undone_and_put_back_itself(app: App, dana: Person) -> None:
    app.run(change_stage, dana.id, Stage.WON)
    app.run(put_back, last(app))
    back = last(app)
    app.undo()
    assert stage(app, dana) is Stage.WON
    app.redo()
    assert stage(app, dana) is Stage.NEW
    app.undo()
    with pytest.raises(Conflict):
        app.run(put_back, back)


def test_what_was_changed_since_refuses_and_says_which_field(app: App, dana: Person) -> None:
    app.run(change_stage, dana.id, Stage.CONTACTED)
    changed = last(app)
    app.run(change_stage, dana.id, Stage.WON)
    with pytest.raises(Conflict) as refusal:
        app.run(put_back, changed)
    assert refusal.value.params == {"table": "person", "id": dana.id, "fields": ["stage"]}
    assert stage(app, dana) is Stage.WON


def test_an_issued_number_is_never_put_back(app: App, dana: Person) -> None:
    with app.store.write("Issue", barrier=True) as work:
        books.issue(work, books.add_order(work, person_id=dana.id))
        issued = work.tx
    with pytest.raises(Barrier):
        app.run(put_back, issued)
    assert last(app) == issued


def test_an_addition_is_taken_away(app: App, dana: Person) -> None:
    app.run(put_back, last(app))
    assert app.read(lambda reader: reader.find_one(Person, dana.id)) is None
