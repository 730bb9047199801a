"""One of a few, chosen from a menu under a small button: for lists of rows, where a form field would be too heavy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.ui.theme import metrics
from directsell.ui.widgets.buttons import Button, Menu


class MenuChoice(Button):
    """``MenuChoice([(value, text), ...])``: ``value()``, ``set_value(value)``, ``set_name(text)`` (for screen readers).

    Signals: ``changed()``, ``committed()`` by the user only.
    """

    changed = Signal()
    committed = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        self._choice_menu = Menu()
        super().__init__("", compact=True, menu=self._choice_menu, parent=parent)
        self._choice_menu.setParent(self, self._choice_menu.windowFlags())
        self._choices = tuple(choices)
        self._value: Any = None
        self._name = ""
        for place, (_value, text) in enumerate(self._choices):
            action = self._choice_menu.addAction(text.replace("&", "&&"))
            action.setData(place)
        self._choice_menu.triggered.connect(self._picked)
        widest = max((metrics(14, 600).horizontalAdvance(text) for _value, text in self._choices), default=0)
        self.setFixedWidth(int(widest) + 46)

    def value(self) -> Any:
        """What is chosen, or None."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Choose without telling anyone."""
        self._value = value
        self.setText(next((text for known, text in self._choices if known == value), ""))
        self._speak()

    def set_name(self, name: str) -> None:
        """Say what is chosen here."""
        self._name = name
        self._speak()

    def choose(self, value: Any) -> None:
        """Choose as the user does."""
        if value != self._value:
            self.set_value(value)
            self.changed.emit()
            self.committed.emit()

    def _picked(self, action: Any) -> None:
        self.choose(self._choices[action.data()][0])

    def _speak(self) -> None:
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self.caption())
