"""The card "Objections" of one person: what was said, the answer, its result. The form is objection_sheet.py."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.objections import Objection
from directsell.i18n import _
from directsell.ui.terms import term, tone_of
from directsell.ui.widgets.buttons import Button, Call, IconButton, Kind
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.clearing import clear
from directsell.ui.widgets.labels import ElidedLabel, Label, Role


class ObjectionsCard(Card):
    """``ObjectionsCard()``: ``show_objections(objections)``, the latest first.

    Signals: ``add_wanted()``; ``edit_wanted(object Objection)``.
    """

    add_wanted = Signal()
    edit_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Objections"), parent=parent)
        self.add_header(Button(_("Note one"), "plus", kind=Kind.QUIET, compact=True, on_click=self._add))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_objections(self, found: Sequence[Objection]) -> None:
        """Show the objections of a person."""
        clear(self._rows)
        for one in found:
            self._rows.addWidget(self._row(one))
        if not found:
            words = _("What keeps them from buying? Note it with your answer: the best answers are offered next time.")
            self._rows.addWidget(Label(words, Role.SMALL, wrap=True))

    def _row(self, one: Objection) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(one.text or term(one.kind), Role.BODY))
        answer = _("{kind} · {answer}").format(kind=term(one.kind), answer=one.answer) if one.answer else term(one.kind)
        words.addWidget(ElidedLabel(answer, Role.SMALL))
        line.addLayout(words, 1)
        line.addWidget(Chip(term(one.result), tone_of(one.result)), 0, Qt.AlignmentFlag.AlignVCenter)
        edit = IconButton("pencil", _("Change the objection"), size=32)
        edit.clicked.connect(Call(self.edit_wanted.emit, one))
        line.addWidget(edit)
        return row

    def _add(self) -> None:
        self.add_wanted.emit()
