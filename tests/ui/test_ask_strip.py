"""The strip that asks one small thing: it hides the message of the step before, and gives the keys back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from directsell.ui.widgets.ask_strip import AskStrip
from directsell.ui.widgets.states import ToastBar
from tests.ui.conftest import Desk


def _page(desk: Desk) -> tuple[QPushButton, ToastBar, AskStrip]:
    page = desk.show(QWidget(), 900, 500)
    column = QVBoxLayout(page)
    button, other = QPushButton("one"), QPushButton("two")
    column.addWidget(button)
    column.addWidget(other)
    toast, strip = ToastBar(page), AskStrip(page)
    button.setFocus()
    desk.settle()
    return button, toast, strip


def _press(key: Qt.Key) -> None:
    held = QApplication.focusWidget()
    assert held is not None
    QTest.keyClick(held, key)


def test_the_keys_go_back_to_what_had_them_after_the_last_question(desk: Desk) -> None:
    button, _toast, strip = _page(desk)
    given: list[str] = []

    def last(value: str) -> None:
        given.append(value)
        strip.close_strip()

    def first(value: str) -> None:
        given.append(value)
        strip.ask("What came of it?", [("x", "X"), ("y", "Y")], last)

    strip.ask("How?", [("a", "A"), ("b", "B")], first)
    for key in (Qt.Key.Key_2, Qt.Key.Key_1):
        _press(key)
        desk.settle()
    assert given == ["b", "x"]
    assert strip.isHidden()
    assert QApplication.focusWidget() is button


def test_escape_gives_the_keys_back_too(desk: Desk) -> None:
    button, _toast, strip = _page(desk)
    strip.ask("How?", [("a", "A"), ("b", "B")], print)
    _press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is button


def test_the_message_of_the_step_before_does_not_cover_the_answers(desk: Desk) -> None:
    _button, toast, strip = _page(desk)
    toast.say("Contact logged", "Undo", print)
    strip.ask("How?", [("a", "A"), ("b", "B")], print)
    assert toast.text() == ""
