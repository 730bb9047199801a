"""The card "Qualification": need, money, fit, who decides, when; the points they give, and what to ask next. Saves at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.people import BudgetLevel, Decider, Fit, NeedLevel, Person, Timing
from directsell.domain.qualification import MOST, FactorKind, Qualification, qualification_of
from directsell.i18n import N_, _
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import ChoiceField, TextField
from directsell.ui.widgets.icon_line import IconLine
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.score_ring import ScoreRing
from directsell.usecases.prospecting import Findings, qualify_person

_NAMES = {
    FactorKind.NEED: N_("Need"),
    FactorKind.BUDGET: N_("Budget"),
    FactorKind.FIT: N_("Fit"),
    FactorKind.DECIDER: N_("Who decides"),
    FactorKind.TIMING: N_("When"),
}
_QUESTIONS = {
    FactorKind.NEED: N_("Ask next: what do you use today, and what annoys you about it?"),
    FactorKind.BUDGET: N_("Ask next: what would it be worth to you if that was solved?"),
    FactorKind.FIT: N_("Ask next: how many are you at home, and how do you live?"),
    FactorKind.DECIDER: N_("Ask next: who else should see it before you decide?"),
    FactorKind.TIMING: N_("Ask next: when would you like to have it?"),
}
_STACKED = 370
_FIELDS: Mapping[FactorKind, tuple[str, type[StrEnum]]] = {
    FactorKind.NEED: ("need_level", NeedLevel),
    FactorKind.BUDGET: ("budget_level", BudgetLevel),
    FactorKind.FIT: ("fit", Fit),
    FactorKind.DECIDER: ("decider", Decider),
    FactorKind.TIMING: ("timing", Timing),
}


class QualificationCard(Card):
    """``QualificationCard(session)``: ``show_person(person)``; each choice and each finished text is stored at once.

    Signal: ``saved()``.
    """

    saved = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Qualification"), parent=parent)
        self._session = session
        self._person_id: UUID | None = None
        self._known = Findings()
        self.ring = ScoreRing(46)
        self.total = Label("", Role.STRONG)
        self.open = Label("", Role.SMALL, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.total)
        words.addWidget(self.open)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.body.addLayout(top)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._stacked: bool | None = None
        self._labels: dict[FactorKind, Label] = {}
        self.levels: dict[FactorKind, ChoiceField] = {}
        self._points: dict[FactorKind, Label] = {}
        for kind, (name, choices) in _FIELDS.items():
            self._add_factor(kind, name, choices)
        self._arrange(stacked=False)
        self.need = TextField(limit=2000, placeholder=_("What they need or wish for"))
        self.budget = TextField(limit=200, placeholder=_("What they can spend"))
        for field, name, label in ((self.need, "need", _("Need")), (self.budget, "budget", _("Budget"))):
            field.setAccessibleName(label)
            field.committed.connect(_Store(self, name, field))
            self.add(field)
        self.ask = IconLine("circle-help", "", _("Ask next"))
        self.add(self.ask)
        self.tried = IconLine("history", "", _("Contact attempts"))
        self.tried.hide()
        self.add(self.tried)

    def _add_factor(self, kind: FactorKind, name: str, choices: type[StrEnum]) -> None:
        field = ChoiceField([(choice, term(choice)) for choice in choices])
        field.setAccessibleName(_(_NAMES[kind]))
        field.changed.connect(_Store(self, name, field))
        points = Label("", Role.TINY)
        points.setMinimumWidth(52)
        points.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._labels[kind] = Label(_(_NAMES[kind]), Role.FIELD)
        self.levels[kind] = field
        self._points[kind] = points

    def _arrange(self, *, stacked: bool) -> None:
        """Put each choice beside its name or, where there is no room, below it."""
        if stacked is self._stacked:
            return
        self._stacked = stacked
        for row, kind in enumerate(_FIELDS):
            parts = (self._labels[kind], self.levels[kind], self._points[kind])
            for part in parts:
                self._grid.removeWidget(part)
            label, field, points = parts
            if stacked:
                self._grid.addWidget(label, 2 * row, 0)
                self._grid.addWidget(points, 2 * row, 1)
                self._grid.addWidget(field, 2 * row + 1, 0, 1, 2)
            else:
                self._grid.addWidget(label, row, 0)
                self._grid.addWidget(field, row, 1)
                self._grid.addWidget(points, row, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(stacked=event.size().width() < _STACKED)

    def show_person(self, person: Person) -> None:
        """Show what is known of a person; words that are being typed stay."""
        other = person.id != self._person_id
        self._person_id = person.id
        self._known = Findings.of(person)
        for kind, (name, _choices) in _FIELDS.items():
            self.levels[kind].set_value(getattr(person, name))
        for field, text in ((self.need, person.need), (self.budget, person.budget)):
            if other or not (field.hasFocus() and field.isModified()):
                field.set_value(text)
        self._show_points(qualification_of(person))

    def show_attempts(self, words: str) -> None:
        """Say how often they were contacted, too."""
        self.tried.set_text(words)
        self.tried.setVisible(bool(words))

    def settle(self) -> None:
        """Store words that were typed and not left yet."""
        for name, field in (("need", self.need), ("budget", self.budget)):
            self.store(name, field.value())

    def store(self, name: str, value: Any) -> None:
        """Store one finding, if it is another one."""
        if self._person_id is None or getattr(self._known, name) == value:
            return
        if any(field.error() for field in (self.need, self.budget)):
            return
        self._known = replace(self._known, **{name: value})
        self._session.run(self, qualify_person, self._person_id, self._known, done=self._stored)

    def _stored(self, person: Person) -> None:
        if person.id == self._person_id:
            self._show_points(qualification_of(person))
        self.saved.emit()

    def _show_points(self, made: Qualification) -> None:
        number = self._session.language.number
        words = _("{score} of 100 points").format(score=number(made.score))
        known = len(made.unknown) < len(made.factors)
        self.ring.set(made.score, made.reachable, number(made.score) if known else "–", words)
        self.total.setText(words)
        if made.unknown:
            names = ", ".join(_(_NAMES[kind]) for kind in made.unknown)
            more = number(made.reachable - made.score)
            self.open.setText(_("Not known yet: {names} (up to {more} more)").format(names=names, more=more))
        else:
            self.open.setText(_("Everything is known.") if made.score < MOST else _("It could not be better."))
        for factor in made.factors:
            shown = _("{points} of {most}").format(points=number(factor.points), most=number(factor.most))
            self._points[factor.kind].setText(shown if factor.known else _("?"))
            self._points[factor.kind].setAccessibleName(shown)
        self.ask.setVisible(made.ask_next is not None)
        if made.ask_next is not None:
            self.ask.set_text(_(_QUESTIONS[made.ask_next]))


class _Store:
    """Stores what one field holds."""

    def __init__(self, card: QualificationCard, name: str, field: ChoiceField | TextField) -> None:
        self._card = card
        self._name = name
        self._field = field

    def __call__(self) -> None:
        self._card.store(self._name, self._field.value())
