"""Preparing a demo on its detail: steps, list, co-hosts, visit, the calendar file."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from directsell.domain.cooling_off import Visit
from directsell.domain.demos import CoachingTouch, CoHost, Demo, PackingItem
from directsell.domain.people import Person
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.demos import DemosPage
from directsell.ui.pages.demos.preparation import PreparationCard
from directsell.ui.widgets.fields import CheckBox, TextField
from tests.fixtures import books
from tests.ui.conftest import Desk

TODAY = books.NOON.date()
SOON = TODAY + timedelta(days=20)


@pytest.fixture
def demo(desk: Desk) -> Demo:
    with desk.write() as work:
        host = books.add_person(work, "Dana", family="Ruiz")
        books.add_person(work, "Beth", family="Orr")
        parent = work.save(
            Demo(id=work.new_id(), title="First", host_id=host.id, day=TODAY - timedelta(days=3), created_at=work.now)
        )
        made = work.save(
            Demo(
                id=work.new_id(),
                host_id=host.id,
                day=SOON,
                starts=time(19),
                zone="America/Denver",
                title="Summer evening",
                parent_id=parent.id,
                created_at=work.now,
            )
        )
        work.save(
            Demo(id=work.new_id(), title="Child", day=SOON + timedelta(days=30), parent_id=made.id, created_at=work.now)
        )
    return made


@pytest.fixture
def page(desk: Desk, demo: Demo, scripted: ScriptedDialogs) -> DemosPage:
    shown = desk.show(DemosPage(desk.session))
    shown.show_route(Route("demos", str(demo.id)))
    desk.settle()
    return shown


@pytest.fixture
def card(page: DemosPage) -> PreparationCard:
    return page.detail.preparation


def records(desk: Desk, kind: Any, order: str = "rid") -> list[Any]:
    return desk.session.app.read(lambda reader: reader.find(kind, order))


def box(row: QWidget) -> QAbstractButton:
    return row.findChildren(CheckBox)[0]


def test_the_usual_steps_are_one_click_and_are_ticked(desk: Desk, card: PreparationCard) -> None:
    card.prepare_button.click()
    desk.settle()
    assert len(card.touches.rows) == 4
    assert len(card.things.rows) == 6
    assert not card.prepare_button.isVisible()
    box(card.touches.rows[0]).click()
    box(card.things.rows[1]).click()
    desk.settle()
    assert records(desk, CoachingTouch, "due_on")[0].done_on == TODAY
    assert records(desk, PackingItem, "position")[1].packed
    field = card.touches.rows[0].findChildren(TextField)[0]
    field.setText("nine names")
    field.editingFinished.emit()
    desk.settle()
    assert records(desk, CoachingTouch, "due_on")[0].result == "nine names"


def test_steps_and_things_are_added_and_removed(desk: Desk, card: PreparationCard) -> None:
    card._new_touch.setText("Bring a cake")
    card._new_day.set_value(date(2026, 7, 1))
    card._new_touch.returnPressed.emit()
    card._new_thing.setText("Table cloth")
    card._new_thing.returnPressed.emit()
    desk.settle()
    assert [(touch.label, touch.due_on) for touch in records(desk, CoachingTouch)] == [
        ("Bring a cake", date(2026, 7, 1))
    ]
    assert [item.label for item in records(desk, PackingItem)] == ["Table cloth"]
    assert card._new_touch.text() == ""
    cross = next(b for b in card.things.rows[0].findChildren(QAbstractButton) if not isinstance(b, CheckBox))
    cross.click()
    desk.settle()
    assert records(desk, PackingItem) == []


def test_further_hosts_share(desk: Desk, card: PreparationCard) -> None:
    beth = next(person for person in records(desk, Person) if person.given == "Beth")
    card.picker.set_person(beth.id)
    card.picker.chosen.emit(beth.id)
    desk.settle()
    assert [one.person_id for one in records(desk, CoHost)] == [beth.id]
    assert card.picker.person_id() is None
    card.hosts.rows[0].findChildren(QAbstractButton)[0].click()
    desk.settle()
    assert records(desk, CoHost) == []


def test_who_asked_for_the_visit(desk: Desk, demo: Demo, card: PreparationCard) -> None:
    card.visit.set_value(Visit.UNSOLICITED)
    card.visit.changed.emit()
    desk.settle()
    card.consent.click()
    desk.settle()
    stored = next(one for one in records(desk, Demo) if one.id == demo.id)
    assert (stored.visit, stored.host_consent) == (Visit.UNSOLICITED, True)


def test_a_demo_becomes_a_calendar_file(
    desk: Desk, page: DemosPage, card: PreparationCard, scripted: ScriptedDialogs, tmp_path: Path
) -> None:
    scripted.answer(tmp_path / "evening")
    card.calendar_button.click()
    text = (tmp_path / "evening.ics").read_text(encoding="utf-8")
    assert f"DTSTART;TZID=America/Denver:{SOON:%Y%m%d}T190000" in text
    assert text.count("BEGIN:VEVENT") == 1
    scripted.answer(tmp_path / "all.ics")
    page._save_calendar()
    assert (tmp_path / "all.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 2
