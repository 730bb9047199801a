"""The search box over the window: keyboard only, groups, matched letters, recent things, commands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from directsell.domain.catalog import Product
from directsell.domain.people import Person
from directsell.ui.navigation import Route
from directsell.ui.session import Command
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.search_popup import SearchPopup
from directsell.ui.widgets.search_rows import matched_letters
from tests.fixtures import books
from tests.ui.conftest import Desk


class Bench:
    """A window with a field, the popup over it, and what was run."""

    def __init__(self, desk: Desk) -> None:
        self.ran: list[str] = []
        self.host = desk.show(Page("Orders"))
        self.field = QLineEdit()
        self.host.add(self.field)
        self.field.setFocus()
        self.popup = SearchPopup(desk.session, self.commands, self.host)

    def commands(self) -> list[Command]:
        return [
            Command("New order", self._new, "plus", "Ctrl+N"),
            Command("Lock", self._lock, "lock", words="Privacy"),
        ]

    def _new(self) -> None:
        self.ran.append("new")

    def _lock(self) -> None:
        self.ran.append("lock")

    def type(self, text: str) -> None:
        QTest.keyClicks(self.popup.field, text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.popup.field, key)

    def titles(self) -> list[str]:
        return [entry.title for entry in self.popup.entries]

    def current(self) -> str:
        return self.popup.current.title if self.popup.current is not None else ""


@pytest.fixture
def people(desk: Desk) -> list[Person]:
    with desk.session.app.store.write("Save person {name}") as work:
        work.save(Product(id=work.new_id(), code="CV-110", name="Ruby candle", created_at=work.now))
        return [books.add_person(work, "Dana", family="Ruiz"), books.add_person(work, "Ruth", family="Abernathy")]


@pytest.fixture
def bench(desk: Desk, people: list[Person]) -> Bench:
    return Bench(desk)


def test_typing_finds_in_groups_and_enter_goes_there(desk: Desk, bench: Bench, people: list[Person]) -> None:
    bench.popup.open()
    assert QApplication.focusWidget() is bench.popup.field
    bench.type("ru")
    assert bench.titles() == ["People", "Dana Ruiz", "Ruth Abernathy", "Products", "Ruby candle"]
    assert bench.current() == "Dana Ruiz"
    bench.press(Qt.Key.Key_Down)
    assert bench.current() == "Ruth Abernathy"
    bench.press(Qt.Key.Key_Return)
    assert desk.routes[-1] == Route("people", str(people[1].id))
    assert not bench.popup.isVisible()


def test_arrows_go_round_and_skip_the_headings(bench: Bench) -> None:
    bench.popup.open()
    bench.type("ru")
    bench.press(Qt.Key.Key_Up)
    assert bench.current() == "Ruby candle"
    bench.press(Qt.Key.Key_Down)
    assert bench.current() == "Dana Ruiz"
    bench.press(Qt.Key.Key_PageDown)
    assert bench.current() == "Ruby candle"


def test_escape_closes_and_gives_the_focus_back(bench: Bench) -> None:
    bench.popup.open()
    bench.type("ru")
    bench.press(Qt.Key.Key_Escape)
    assert not bench.popup.isVisible()
    assert QApplication.focusWidget() is bench.field
    bench.popup.open()
    assert bench.popup.field.text() == ""
    bench.popup.open()
    assert not bench.popup.isVisible(), "the same keys close it"


def test_a_click_beside_it_closes(bench: Bench) -> None:
    bench.popup.open()
    QTest.mouseClick(bench.popup, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not bench.popup.isVisible()


def test_commands_are_found_and_run(bench: Bench) -> None:
    bench.popup.open()
    bench.type("priv")
    assert bench.titles() == ["Commands", "Lock"]
    bench.press(Qt.Key.Key_Return)
    assert bench.ran == ["lock"]


def test_empty_shows_what_was_worked_on_and_commands(desk: Desk, bench: Bench, people: list[Person]) -> None:
    bench.popup.open()
    assert bench.titles() == ["Recent", "Ruby candle", "Dana Ruiz", "Ruth Abernathy", "Commands", "New order", "Lock"]
    bench.type("ruth")
    bench.press(Qt.Key.Key_Return)
    bench.popup.open()
    assert bench.titles()[:2] == ["Recent", "Ruth Abernathy"], "what was opened last comes first"


def test_nothing_found_says_so(bench: Bench) -> None:
    bench.popup.open()
    bench.type("zzzz")
    assert bench.popup.entries == []
    bench.press(Qt.Key.Key_Return)
    assert bench.popup.isVisible()


def test_a_change_elsewhere_is_seen(desk: Desk, bench: Bench, people: list[Person]) -> None:
    bench.popup.open()
    bench.type("ru")
    bench.press(Qt.Key.Key_Down)
    with desk.write() as work:
        work.save(replace(people[1], family="Zander"))
        books.add_person(work, "Rudi", family="Brandt")
    desk.settle()
    assert {"Ruth Zander", "Rudi Brandt"} <= set(bench.titles())
    assert bench.current() == "Ruth Zander"


def test_it_fits_into_a_small_window(bench: Bench) -> None:
    bench.host.resize(360, 300)
    bench.popup.open()
    bench.type("ru")
    panel = bench.popup._panel.geometry()
    assert bench.host.rect().contains(panel)


def test_rows_say_everything_to_a_screen_reader(desk: Desk, bench: Bench) -> None:
    bench.popup.open()
    bench.type("cv-110")
    index = bench.popup._model.index(1, 0)
    assert bench.popup._model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Ruby candle, CV-110"
    bench.popup.grab()  # every row is painted once


@pytest.mark.parametrize(
    ("title", "parts", "strong"),
    [
        ("Dana Ruiz", ["ru"], ["Ru"]),
        ("Dana Ruiz", ["da", "ruiz"], ["Da", "Ruiz"]),
        ("Zoë Krüger", ["zoe", "kru"], ["Zoë", "Krü"]),
        ("Weiß", ["weis"], ["Weiß"]),
        ("R-A-2026-0017", ["0017"], ["0017"]),
        ("Truman", ["ru"], []),
        ("e\u0301cole", ["ec"], ["e", "c"]),
        ("", ["a"], []),
    ],
)
def test_matched_letters(title: str, parts: list[str], strong: list[str]) -> None:
    assert [title[start : start + length] for start, length in matched_letters(title, parts)] == strong
