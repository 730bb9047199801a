"""Scenario A, step 3, at the real window: the power goes while order 4 is typed; what was issued and what was typed is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from directsell.domain.clock import FixedClock
from directsell.domain.demos import Demo, DemoState
from directsell.domain.invoicing import IssuedPaper
from directsell.domain.orders import Order
from directsell.store.keys import KeyMode
from directsell.store.queries.orders import OrderView, order_view
from directsell.ui.pages.desk import DeskPage
from directsell.usecases.demos import save_demo
from directsell.usecases.parties import seat_guest
from tests.fixtures import books
from tests.fixtures.shops import PARTY, casa_verde
from tests.ui.homes import home
from tests.ui.whole import Start, Whole, starting

ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CONTROL = Qt.KeyboardModifier.ControlModifier
GUESTS = ("Amy", "Beth", "Carla", "Dee")


@pytest.fixture
def start(themed: QApplication, qtbot: QtBot) -> Iterator[Start]:
    yield from starting(qtbot)


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    """Dana's party in a data folder, with the key in a file."""
    shop = casa_verde(tmp_path / "before")
    made = Demo(
        id=shop.ids.new(),
        title="Dana's party",
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        starts=time(19),
        state=DemoState.OPEN,
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    for name in GUESTS:
        shop.app.run(seat_guest, made.id, shop.person(name))
    shop.app.close()
    home(tmp_path / "before").keys.keep(books.KEY, KeyMode.FILE)
    return made


class Hands:
    """Keys at the desk of a running program."""

    def __init__(self, whole: Whole, demo: Demo) -> None:
        self.whole = whole
        self.page: DeskPage = whole.go("desk", demo.id)
        self.page.window().activateWindow()

    def keys(self, *parts: str | Qt.Key) -> None:
        for part in parts:
            widget = QApplication.focusWidget()
            assert widget is not None
            if isinstance(part, str):
                QTest.keyClicks(widget, part)
            else:
                QTest.keyClick(widget, part)

    def control(self, key: Qt.Key) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, CONTROL)

    def take(self, name: str) -> None:
        self.control(Qt.Key.Key_F)
        self.keys(name, ENTER)

    def ship(self, amount: str) -> None:
        self.page.editor.summary.freight.setFocus()
        self.page.editor.summary.freight.selectAll()
        self.keys(amount)

    def place_and_print(self) -> None:
        self.control(Qt.Key.Key_P)
        self.whole.settle()
        while (dialog := QApplication.activeModalWidget()) is not None:
            QTest.keyClick(dialog, ESCAPE)
            self.whole.settle()
        self.page.window().activateWindow()
        self.whole.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def views(self) -> dict[str, OrderView]:
        app = self.whole.session.app
        views = [app.read(order_view, order.id) for order in app.read(lambda reader: reader.find(Order))]
        return {view.person.given: view for view in views if view.person is not None}

    def numbers(self) -> list[str]:
        return sorted(paper.number for paper in self.whole.session.app.read(lambda reader: reader.find(IssuedPaper)))


def test_3_power_goes_while_order_4_line_2_is_typed(tmp_path: Path, start: Start, demo: Demo) -> None:
    hands = Hands(start(home(tmp_path / "before", clock=FixedClock(PARTY))), demo)
    hands.take("amy")
    hands.keys("CV-402", ENTER, ENTER, "CV-110", ENTER, "2", ENTER)
    hands.ship("5")
    hands.keys(Qt.Key.Key_F6, "100")
    hands.place_and_print()
    hands.take("beth")
    hands.keys("CV-315", ENTER, ENTER, "CV-518", ENTER, ENTER)
    hands.keys(Qt.Key.Key_F7)
    hands.place_and_print()
    hands.take("carla")
    hands.keys("CV-777", ENTER, ENTER)
    hands.page.editor.lines.rows()[0].off.setFocus()
    hands.keys("10 %", Qt.Key.Key_F8, "1188")
    hands.place_and_print()
    before, numbers = hands.views(), hands.numbers()
    assert [before[name].totals.total for name in GUESTS[:3]] == [6896, 8888, 9073]
    assert len(numbers) == 3

    hands.take("dee")
    hands.keys("CV-110", ENTER, "3", ENTER, "CV-2")
    hands.whole.qtbot.waitUntil(lambda: hands.page.editor._keeper.is_kept)
    shutil.copytree(tmp_path / "before", tmp_path / "after")  # what the disk holds as the lights go out
    hands.whole.close()

    hands = Hands(start(home(tmp_path / "after", clock=FixedClock(PARTY))), demo)
    assert hands.views() == before
    assert hands.numbers() == numbers
    hands.control(TAB)
    editor = hands.page.editor
    assert hands.page.is_typing
    assert editor.slip is not None
    assert editor.slip.name == "Dee"
    assert [(row.line().code, int(row.line().quantity)) for row in editor.lines.rows()] == [("CV-110", 3)]
    assert editor.entry.text() == "CV-2"
    shown = [label.text() for label in editor.findChildren(QLabel) if label.isVisible()]
    assert [text for text in shown if text.endswith("restored. Nothing typed was lost.")]

    editor.entry.words.selectAll()
    hands.keys(Qt.Key.Key_Backspace, Qt.Key.Key_F6, "50")
    assert editor.total_text() == "$45.79"
    hands.place_and_print()
    after = hands.views()
    assert {name: after[name] for name in before} == before
    assert (after["Dee"].totals.total, after["Dee"].balance) == (4579, 0)
    assert len(set(hands.numbers())) == len(hands.numbers()) == 4
    found = {finding.code for finding in hands.whole.examine()}
    assert found <= {"clock.future"}  # the empty book is younger than the party
    assert not hands.whole.reports
