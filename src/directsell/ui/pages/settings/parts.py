"""Parts that several sections share: the section itself, a line with a control at its end, the bar that saves. No settings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.ui.session import Command, Session
from directsell.ui.theme import T, font, set_property
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields.base import focus_target
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.page import Page

MOST_WIDTH = 860  # wider cards tear label and control apart
_STACK_BELOW = 500
_CONTROL_WIDTH = 250


class Section(Page):
    """``Section(session, host, title, subtitle="")``: one part of the settings; ``host`` is the page, which sheets cover.

    A section fills itself in ``load`` (also after each commit that touches one of its ``TABLES``), keeps half-typed things in
    ``settle``, and offers ``commands``.
    """

    TABLES: tuple[str, ...] = ()

    def __init__(self, session: Session, host: QWidget, title: str, subtitle: str = "") -> None:
        super().__init__(title, subtitle)
        self.session = session
        self.host = host
        self.body.addStretch(1)  # takes the spare height; cards stay as tall as their content

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.insertWidget(self.body.count() - 1, widget, stretch)

    def load(self) -> None:
        """Show what is stored."""

    def data_changed(self, changes: ChangeSet) -> None:
        """Refresh what a commit touched."""
        if changes.touches(*self.TABLES):
            self.load()

    def commands(self) -> list[Command]:
        """What can be done here by name or key."""
        return []

    def settle(self) -> None:
        """Keep what is half-typed; the window closes or locks."""

    def card(self, title: str = "", text: str = "") -> Card:
        """Append a card, with a sentence below its title."""
        card = Card(title)
        card.setMaximumWidth(MOST_WIDTH)
        if text:
            card.add(Label(text, Role.MUTED, wrap=True))
        self.add(card)
        return card


class SettingRow(QWidget):
    """``SettingRow(title, text, control)``: words at the start, the control at the end, or below where it is narrow.

    ``set_text(text)``; ``set_error(sentence)`` shows what is wrong in place of the text until the control changes.
    """

    def __init__(self, title: str, text: str, control: QWidget) -> None:
        super().__init__()
        self.control = control
        self._text = text
        self._wrong = ""
        self._stacked = False
        if isinstance(control, QLineEdit | QComboBox):
            control.setFixedWidth(_CONTROL_WIDTH)
        words = QVBoxLayout()
        words.setSpacing(1)
        self._title = Label(title, Role.STRONG, wrap=True)
        self._title.setBuddy(focus_target(control))
        self._below = Label(text, Role.SMALL, wrap=True)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._below)
        words.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 5, 0, 5)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.addLayout(words, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._place()
        name_control(control, title)
        for name in ("error_changed", "changed"):
            signal = getattr(control, name, None)
            if signal is not None:
                signal.connect(self._control_spoke)
        self._show()

    def set_text(self, text: str) -> None:
        """Change the quiet sentence."""
        self._text = text
        self._show()

    def set_error(self, sentence: str) -> None:
        """Show what is wrong."""
        self._wrong = sentence
        self._show()

    def error(self) -> str:
        """The sentence about what is wrong, if any."""
        ask = getattr(self.control, "error", None)
        return self._wrong or (str(ask()) if callable(ask) else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self.width() < _STACK_BELOW
        if stacked is not self._stacked:
            self._stacked = stacked
            self._place()

    def _place(self) -> None:
        self._grid.removeWidget(self.control)
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if self._stacked:
            self._grid.addWidget(self.control, 1, 0, start)
        else:
            self._grid.addWidget(self.control, 0, 1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)

    def _control_spoke(self, *_anything: object) -> None:
        self._wrong = ""
        self._show()

    def _show(self) -> None:
        wrong = self.error()
        self._below.setText(wrong or self._text)
        self._below.set_tone("bad" if wrong else "text2")
        self._below.setVisible(bool(wrong or self._text))
        target = focus_target(self.control)
        set_property(target, "invalid", "true" if wrong else "false")
        target.setAccessibleDescription(wrong or self._text)


class SaveBar(QWidget):
    """``SaveBar()``: "not saved yet" with Discard and Save; shown while something is unsaved.

    Signals: ``save_wanted()``, ``discard_wanted()``. ``busy(True)`` while saving.
    """

    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 10, 28, 12)
        row.setSpacing(8)
        row.addWidget(Label(_("Not saved yet"), Role.STRONG))
        row.addStretch(1)
        discard = Button(_("Discard"), kind=Kind.QUIET)
        discard.clicked.connect(self.discard_wanted)
        self.save_button = Button(_("Save"), "check", kind=Kind.PRIMARY)
        self.save_button.clicked.connect(self.save_wanted)
        row.addWidget(discard)
        row.addWidget(self.save_button)
        self.hide()

    def busy(self, on: bool) -> None:
        """A save under way cannot be asked for again."""
        self.save_button.setEnabled(not on)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), T("surface"))
        painter.fillRect(0, 0, self.width(), 1, T("border"))


def fields_in_columns(*fields: QWidget) -> FlowLayout:
    """Lay labelled fields out in two columns, or in one where it is narrow."""
    layout = FlowLayout(gap=14, tile=260)
    for field in fields:
        layout.addWidget(field)
        layout.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    return layout


def buttons(*shown: QWidget) -> FlowLayout:
    """Lay buttons out from the start, wrapping."""
    layout = FlowLayout(gap=8)
    for button in shown:
        layout.addWidget(button)
    return layout


def name_control(control: QWidget, name: str) -> None:
    """Tell screen readers what a control without a label of its own is."""
    control.setAccessibleName(name)
    focus_target(control).setAccessibleName(name)


class FigureRow(QWidget):
    """``FigureRow(label, value, action=None, *, elide=False)``: a quiet label, a value that can be selected, and a button at
    the end. Paths, which have no blanks to wrap at, are elided instead.
    """

    def __init__(self, label: str, value: str, action: QWidget | None = None, *, elide: bool = False) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(14)
        name = Label(label, Role.MUTED)
        name.setMinimumWidth(150)
        self.value = ElidedLabel(value) if elide else Label(value, Role.BODY, wrap=True, selectable=True)
        self.value.setAccessibleName(label)
        self.value.setFont(font(14, tabular=True))
        beside = elide or action is not None  # one line; a value of several has its name beside the first
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.value, 1)
        if action is not None:
            row.addWidget(action)
