"""Reminders: once each morning, an hour before a demo, and silent where they are switched off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo
from directsell.domain.followups import FollowUp
from directsell.ui import reminders
from directsell.ui.reminders import Reminders, Reminding
from tests.fixtures import books
from tests.ui.conftest import Desk
from tests.ui.homes import House, open_house

TODAY = books.NOON.date()


class HandBell:
    """Notes what rings."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, str, str, UUID | None]] = []

    def ring(self, title: str, text: str, page: str, record: UUID | None) -> None:
        self.rung.append((title, text, page, record))


@pytest.fixture
def house(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path / "data", qtbot) as opened:
        yield opened


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk


@pytest.fixture
def bell() -> HandBell:
    return HandBell()


@pytest.fixture
def watch(desk: Desk, bell: HandBell) -> Iterator[Reminders]:
    made = Reminders(desk.session, bell, desk.session)
    yield made
    made.stop()


def look(desk: Desk, watch: Reminders) -> None:
    watch.check()
    desk.settle()


def add_demo(desk: Desk, starts: time, day: date = TODAY, zone: str = "UTC") -> Demo:
    with desk.write() as work:
        demo = Demo(
            id=work.new_id(),
            title="Evening at Dana's",
            day=day,
            starts=starts,
            city="Santa Fe",
            zone=zone,
            created_at=work.now,
        )
        return work.save(demo)


def test_the_contacts_of_the_day_are_told_once_a_day(
    house: House, desk: Desk, bell: HandBell, watch: Reminders
) -> None:
    look(desk, watch)
    assert bell.rung == [], "nothing to tell"
    with desk.write() as work:
        for name in ("Dana", "Beth"):
            person = books.add_person(work, name)
            work.save(FollowUp(id=work.new_id(), person_id=person.id, due_on=TODAY, created_at=work.now))
    for _minute in range(3):
        look(desk, watch)
    assert bell.rung == [("Today", "2 people to contact", "today", None)]
    assert house.context.device.get("reminded_on") == TODAY.isoformat()


@pytest.mark.parametrize(
    ("minutes", "rings"), [(-1, False), (0, True), (59, True), (60, True), (61, False)], ids=lambda value: str(value)
)
def test_a_demo_is_told_an_hour_before_and_once(
    desk: Desk, bell: HandBell, watch: Reminders, minutes: int, rings: bool
) -> None:
    starts = (desk.session.now() + timedelta(minutes=minutes)).time().replace(microsecond=0)
    demo = add_demo(desk, starts)
    for _minute in range(3):
        look(desk, watch)
    told = [one for one in bell.rung if one[2] == "desk"]
    assert [one[3] for one in told] == ([demo.id] if rings else [])
    if rings:
        assert told[0][0] == "Evening at Dana's"
        assert told[0][1].startswith("begins at ")
        assert told[0][1].endswith("Santa Fe")


@pytest.mark.parametrize(
    ("day", "starts", "zone"),
    [
        (TODAY + timedelta(days=1), time(2, 30), "Pacific/Kiritimati"),  # UTC+14
        (TODAY, time(1, 30), "Pacific/Pago_Pago"),  # UTC-11
    ],
)
def test_a_demo_in_another_zone_is_told_by_the_hour_that_it_is_here(
    desk: Desk, bell: HandBell, watch: Reminders, day: date, starts: time, zone: str
) -> None:
    demo = add_demo(desk, starts, day, zone)
    look(desk, watch)
    assert [record for _title, _text, _page, record in bell.rung if record] == [demo.id]


def test_nothing_of_a_customer_shows_while_they_are_hidden(
    house: House, desk: Desk, bell: HandBell, watch: Reminders
) -> None:
    house.context.device.set(privacy=True)
    add_demo(desk, (desk.session.now() + timedelta(minutes=30)).time().replace(microsecond=0))
    look(desk, watch)
    told = next(one for one in bell.rung if one[2] == "desk")
    assert (told[0], "Santa Fe" in told[1]) == ("Demo", False)


def test_where_the_system_has_no_place_it_is_said_in_the_window(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "tray_available", lambda: False)
    said: list[str] = []
    desk.session.said.connect(lambda text, _undoable: said.append(text))
    with desk.write() as work:
        person = books.add_person(work, "Dana")
        work.save(FollowUp(id=work.new_id(), person_id=person.id, due_on=TODAY, created_at=work.now))
    reminding = Reminding(desk.session, lambda: None)
    desk.settle()
    reminding.stop()
    assert said == ["Today: 1 person to contact"]


def test_a_click_on_the_message_leads_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(reminders, "tray_available", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _tray, title, text, *_more: shown.append((title, text)))
    came: list[bool] = []
    add_demo(desk, (desk.session.now() + timedelta(minutes=30)).time().replace(microsecond=0))
    reminding = Reminding(desk.session, lambda: came.append(True))
    desk.settle()
    assert [title for title, _text in shown] == ["Evening at Dana's", "Today"]
    tray = reminding.findChild(QSystemTrayIcon)
    assert isinstance(tray, QSystemTrayIcon)
    tray.messageClicked.emit()
    assert came == [True]
    assert desk.routes[-1].page == "today"
    reminding.stop()


def test_the_switch_of_the_settings_holds_on_this_laptop(house: House) -> None:
    section = house.go("laptop")
    assert section.reminders.value() is True
    section.reminders.click()
    assert house.context.device.get("reminders") is False
