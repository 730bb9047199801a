"""Choices as numbered chips: one digit chooses, and that is all there is to do. No knowledge of what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.ui.widgets.filter_chips import FilterChips


class KeyChips(FilterChips):
    """``KeyChips([(value, text), ...], name, *, keys="123456789")``: the key of each stands before its words.

    A key chooses, like a click; arrows move; none is on at first. Signal: ``chosen(str value)``.
    """

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, *, keys: str = "123456789", parent: QWidget | None = None
    ) -> None:
        self._values = {key: value for key, (value, _text) in zip(keys, choices, strict=False)}
        words = [
            (value, _("{key}  {choice}").format(key=key.upper(), choice=text), text)
            for key, (value, text) in zip(keys, choices, strict=False)
        ]
        super().__init__(words, name=name, parent=parent)
        for chip in self.chips():
            chip.setToolTip("")  # the words are there already; the name for screen readers stays
        for chip in self.chips():
            chip.setChecked(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        value = self._values.get(event.text().lower())
        if (
            value is None
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        ):
            super().keyPressEvent(event)
            return
        self.set_value(value)
        self.chosen.emit(value)
