"""A monkey at the window: hundreds of random clicks, keys, words and routes, the same ones at every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from directsell.ui import dialogs as dialogs_module
from directsell.ui.dialogs import ScriptedDialogs
from tests.ui.whole import Desk, desk_over_sample, fields_in

STEPS = 450
WORDS = ("12,5", "12.5", "-5", "Dana", "=cmd", "<b>x</b>", "tomorrow", "31.02.", "9" * 30, "a", "0", "2", "10 %", "+3")
KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F6, Qt.Key.Key_PageDown,
)  # fmt: skip
WITH_CONTROL = (
    Qt.Key.Key_N, Qt.Key.Key_E, Qt.Key.Key_S, Qt.Key.Key_F, Qt.Key.Key_K, Qt.Key.Key_Z, Qt.Key.Key_D, Qt.Key.Key_B,
    Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_7, Qt.Key.Key_8,
)  # fmt: skip
PLACES = (
    ("people", "person"), ("demos", "demo"), ("orders", "sales_order"), ("products", "product"), ("today", ""),
    ("documents", "issued_paper"), ("history", ""), ("settings", ""), ("desk", "demo"),
    ("marketing", "campaign"), ("marketing", "segment"), ("marketing", "template"),
)  # fmt: skip
VIEWS = (None, None, None, "new", "edit", "copy", "deliver", "pay", "unpaid", "nonsense")


class Whims(ScriptedDialogs):
    """Answers every question as the monkey likes; files are never chosen."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    def _next(self, kind: str, title: str, text: str) -> object:
        answers = {"confirm": (True, True, False), "choose": (None, 0, 1), "ask_text": (None, "", *WORDS)}
        return self._chance.choice(answers.get(kind, (None,)))


class Monkey:
    """Does one thing at a time, and notes what, for whoever has to find out why it broke."""

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk = desk
        self.chance = chance
        self.done: list[object] = []
        self._patience = QTimer(desk.shell)
        self._patience.setInterval(10)
        self._patience.timeout.connect(self._close_what_is_above)
        self._patience.start()
        self._ids = {table: self._some(table) for _page, table in PLACES if table}

    def stop(self) -> None:
        self._patience.stop()
        self._close_what_is_above()

    def step(self) -> None:
        things: tuple[Callable[[], None], ...] = (
            self._click, self._click, self._click, self._point, self._type, self._type, self._press, self._press,
            self._press_with_control, self._go,
        )  # fmt: skip
        self.chance.choice(things)()
        QApplication.processEvents()

    def _some(self, table: str) -> list[str]:
        with self.desk.session.app.store.read() as reader:
            rows = reader.rows(f"SELECT lower(hex(id)) FROM {table} ORDER BY rid LIMIT 10")
        return [row[0] for row in rows]

    def _click(self) -> None:
        shell = self.desk.shell
        buttons = [
            button for button in shell.findChildren(QAbstractButton) if button.isVisible() and button.isEnabled()
        ]
        button = self.chance.choice(buttons)
        name = button.accessibleName() or button.text()
        hit = shell.childAt(button.mapTo(shell, button.rect().center()))
        if hit is not button or name.startswith(("Restore", "Open")):  # covered; or leads out of the program
            return
        self.done.append(("click", type(button).__name__, name))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _point(self) -> None:
        areas = [area for area in self.desk.shell.findChildren(QAbstractScrollArea) if area.isVisible()]
        if not areas:
            return
        ground = self.chance.choice(areas).viewport()
        spot = QPoint(self.chance.randrange(max(1, ground.width())), self.chance.randrange(max(1, ground.height())))
        target: QWidget = ground.childAt(spot) or ground
        if isinstance(target, QAbstractButton):
            return
        self.done.append(("point", type(target).__name__, spot.toTuple()))
        click = QTest.mouseDClick if self.chance.random() < 0.3 else QTest.mouseClick
        click(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target.mapFrom(ground, spot))

    def _type(self) -> None:
        fields = fields_in(self.desk.shell)
        if not fields:
            return
        field, words = self.chance.choice(fields), self.chance.choice(WORDS)
        self.done.append(("type", field.accessibleName(), words))
        field.setFocus()
        QTest.keyClicks(field, words)

    def _press(self) -> None:
        target, key = QApplication.focusWidget() or self.desk.shell, self.chance.choice(KEYS)
        self.done.append(("press", key.name, type(target).__name__))
        QTest.keyClick(target, key)

    def _press_with_control(self) -> None:
        target, key = QApplication.focusWidget() or self.desk.shell, self.chance.choice(WITH_CONTROL)
        self.done.append(("control", key.name))
        QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)

    def _go(self) -> None:
        page, table = self.chance.choice(PLACES)
        known = self._ids.get(table, [])
        record = self.chance.choice(known) if known and self.chance.random() < 0.7 else None
        view = self.chance.choice(VIEWS)
        self.done.append(("go", page, record, view))
        self.desk.session.navigation.go(page, record, view)

    def _close_what_is_above(self) -> None:
        popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(popup, QMenu):
            actions = [action for action in popup.actions() if action.isEnabled() and not action.isSeparator()]
            popup.close()
            if actions:
                action = self.chance.choice(actions)
                self.done.append(("menu", action.text()))
                action.trigger()
        elif popup is not None:
            popup.close()
        elif isinstance(dialog, QDialog):
            self.done.append(("close", type(dialog).__name__))
            dialog.reject()


@pytest.fixture
def chance() -> Iterator[random.Random]:
    chance = random.Random(20_260_615)
    before = dialogs_module.use(Whims(chance))
    yield chance
    dialogs_module.use(before)


@pytest.fixture
def desk(themed: QApplication, qtbot: QtBot, chance: random.Random, tmp_path: Path) -> Iterator[Desk]:
    yield from desk_over_sample(tmp_path / "book", qtbot)


def test_whatever_is_pressed_the_program_and_the_book_stay_whole(desk: Desk, chance: random.Random) -> None:
    monkey = Monkey(desk, chance)
    with desk.qtbot.capture_exceptions() as caught:
        for number in range(STEPS):
            monkey.step()
            if number % 4 == 0:
                desk.settle()
            assert not caught, (monkey.done[-12:], caught)
        desk.settle()
        monkey.stop()
        desk.settle()
    assert not caught, (monkey.done[-12:], caught)
    assert len(monkey.done) > STEPS // 2
    assert desk.examine() == []
