"""The closed door: password, waiting, the code of the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.ui.unlock import Unlock

Open = Callable[..., Unlock]


@pytest.fixture
def opened(themed: QApplication, qtbot: QtBot) -> Open:
    def make(*, locked: bool = True, waiting: int = 0) -> Unlock:
        window = Unlock(locked=locked, waiting=waiting)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return make


def test_a_password_is_given_with_enter(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    assert window.password.hasFocus()
    QTest.keyClicks(window.password, "pa55 word")
    with qtbot.waitSignal(window.password_given) as given:
        QTest.keyClick(window.password, Qt.Key.Key_Return)
    assert given.args == ["pa55 word"]


def test_nothing_is_tried_twice_at_once(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    QTest.keyClicks(window.password, "pa55 word")
    window.busy(True)
    with qtbot.assertNotEmitted(window.password_given):
        QTest.keyClick(window.password, Qt.Key.Key_Return)
    window.refuse("This password is wrong.")
    assert window.password.hasFocus()
    assert window.password.selectedText() == window.password.text()
    with qtbot.waitSignal(window.password_given):
        QTest.keyClick(window.password, Qt.Key.Key_Return)


def test_after_too_many_tries_it_counts_down(opened: Open, qtbot: QtBot) -> None:
    window = opened(waiting=2)
    assert not window.open_button.isEnabled()
    assert "2 seconds" in window._password_field.error()
    window._tick()
    assert "1 second." in window._password_field.error()
    window._tick()
    assert window.open_button.isEnabled()
    assert window._password_field.error() == ""


def test_a_forgotten_password_is_replaced(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    window.lost_button.click()
    assert window.code.hasFocus()
    QTest.keyClicks(window.code, "0W40A-J2GB6")
    with qtbot.assertNotEmitted(window.code_given):
        window.code_button.click()
    QTest.keyClicks(window.new_password.password, "several good words")
    QTest.keyClicks(window.new_password.repeated, "several good words")
    with qtbot.waitSignal(window.code_given) as given:
        QTest.keyClick(window.new_password.repeated, Qt.Key.Key_Return)
    assert given.args == ["0W40A-J2GB6", "several good words"]
    window.refuse("Group 2 of the code is mistyped.")
    assert window._code_field.error() == "Group 2 of the code is mistyped."
    assert window.code.text() == "0W40A-J2GB6"


def test_a_lost_key_asks_for_no_password(opened: Open, qtbot: QtBot) -> None:
    window = opened(locked=False)
    assert not window.new_password.isVisibleTo(window)
    QTest.keyClicks(window.code, "0W40A")
    with qtbot.waitSignal(window.code_given) as given:
        QTest.keyClick(window.code, Qt.Key.Key_Return)
    assert given.args == ["0W40A", ""]
    with qtbot.waitSignal(window.restore_wanted):
        window.restore_button.click()


def test_the_letters_can_be_shown(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    QTest.keyClicks(window.password, "secret")
    assert window.password.displayText() != "secret"
    window.password._eye.click()
    assert window.password.displayText() == "secret"
    window.password._eye.click()
    assert window.password.displayText() != "secret"


def test_everything_fits_a_small_window(opened: Open) -> None:
    window = opened()
    window.lost_button.click()
    window.resize(540, 340)
    assert window.code.mapTo(window, window.code.rect().topRight()).x() < window.width()
