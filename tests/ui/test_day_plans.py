"""What the day itself makes due is planned once a day, beside the user's own steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from directsell.app import App
from directsell.domain.clock import FixedClock
from directsell.domain.followups import FollowUp
from directsell.domain.people import Rank
from directsell.ui.book_jobs import DayPlans
from directsell.ui.tasks import Job
from directsell.usecases.people import PersonForm, save_person
from tests.fixtures import books


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(books.NOON)


@pytest.fixture
def app(tmp_path: Path, clock: FixedClock) -> Iterator[App]:
    opened = App(books.open_book(books.put_book(tmp_path / "book"), clock=clock))
    yield opened
    opened.close()


def a_job() -> Job:
    return Job(lambda _job, _kind, _payload: None)


def planned(app: App) -> list[FollowUp]:
    return app.read(lambda reader: reader.find(FollowUp))


def test_silence_is_noticed_once_a_day(app: App, clock: FixedClock) -> None:
    with app.store.write("test", origin="system") as work:
        people = [books.add_person(work, name, rank=Rank.A) for name in ("Amy", "Beth")]
        for person in people:
            work.save(replace(person, created_at=work.now - timedelta(days=90)))
    plans, job = DayPlans(), a_job()
    plans.make(app, job)
    assert {row.person_id for row in planned(app)} == {person.id for person in people}
    with app.store.write("test", origin="system") as work:
        late = books.add_person(work, "Carla", rank=Rank.A)
        work.save(replace(late, created_at=work.now - timedelta(days=90)))
    plans.make(app, job)
    assert len(planned(app)) == 2
    clock.advance(days=1)
    plans.make(app, job)
    assert len(planned(app)) == 3
    DayPlans().make(app, job)
    assert len(planned(app)) == 3


def test_it_is_no_step_of_the_user(app: App) -> None:
    with app.store.write("test", origin="system") as work:
        person = books.add_person(work, "Amy", rank=Rank.A)
        work.save(replace(person, created_at=work.now - timedelta(days=90)))
    app.run(save_person, PersonForm(person=replace(person, id=app.store.ids.new(), given="Beth", rank=Rank.NONE)))
    DayPlans().make(app, a_job())
    assert len(planned(app)) == 1
    assert app.undo_step is not None
    assert app.undo_step.params == {"name": "Beth"}
