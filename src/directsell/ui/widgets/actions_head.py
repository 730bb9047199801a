"""The head of a detail: words at the start, actions at the end or below them where the line is too narrow. No content."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.ui.widgets.buttons import Button, fit_words

_WORDS = 240


class ActionsHead(QWidget):
    """``ActionsHead(words_layout, buttons)``: very narrow lines leave out the words of buttons that have an icon."""

    def __init__(self, words: QLayout, buttons: Sequence[Button], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = tuple(buttons)
        self._below: bool | None = None
        self._actions = QWidget()
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._line = QHBoxLayout()
        self._line.setSpacing(12)
        self._line.addLayout(words, 1)
        self._line.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(self._line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, super().minimumSizeHint().height())

    def arrange(self) -> None:
        """Lay the actions out again after one of them changed its words."""
        shown = [button for button in self._buttons if not button.isHidden()]
        wanted = sum(button.full_width() if button.caption() else 36 for button in shown) + 8 * len(shown)
        fit_words(shown, self.width())
        below = self.width() < wanted + _WORDS
        if below is self._below:
            return
        self._below = below
        self._line.removeWidget(self._actions)
        self._column.removeWidget(self._actions)
        if below:
            self._column.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignLeading)
        else:
            self._line.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
