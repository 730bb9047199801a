"""The form for one question of the profile: its words, the sort of answer, the answers to choose from, the brand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from directsell.domain.relations import AnswerKind, ProfileQuestion
from directsell.i18n import _
from directsell.store.queries.person_ties import brands
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.fields import CheckBox, ChoiceField, MultilineField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.usecases.profiles import save_question

_CHOOSING = (AnswerKind.CHOICE, AnswerKind.CHOICES)


class QuestionSheet(FormSheet):
    """``QuestionSheet(session, host)``: ``start()`` for a new question, ``edit(question)``."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Question"), width=480)
        self._session = session
        self._known: ProfileQuestion | None = None
        self.label = TextField(limit=120, placeholder=_("Skin type, ring size, pets …"))
        self.field("label", _("Question"), self.label, required=True)
        self.kind = ChoiceField([(str(kind), term(kind)) for kind in AnswerKind], str(AnswerKind.TEXT))
        self.field("kind", _("Sort of answer"), self.kind)
        self.choices = MultilineField(lines=6)
        self.field("choices", _("Answers to choose from"), self.choices, hint=_("One in each line."))
        self.brand = ChoiceField([("", _("All brands"))], "")
        self.field("brand", _("Brand"), self.brand, hint=_("Questions of one brand stand together."))
        self.active = CheckBox(_("This question is asked"), True)
        self.watch(self.active)
        self.add(self.active)
        self.kind.changed.connect(self._kind_changed)
        self._kept = KeptWords(session, self, "question", lambda: {**self.editors(), "active": self.active})
        self.save_wanted.connect(self._store)

    def start(self) -> None:
        """Begin a new question."""
        if self.make_way():
            self._show(None)

    def edit(self, question: ProfileQuestion) -> None:
        """Change a stored question."""
        if self.make_way():
            self._show(question)

    def _show(self, question: ProfileQuestion | None) -> None:
        self._known = question
        self.set_title(_("New question") if question is None else _("Edit question"))
        known = self._session.look(brands)
        self.brand.set_choices([("", _("All brands")), *((str(key), name) for key, name in known)])
        self.label.set_value("" if question is None else question.label)
        self.kind.set_value(str(AnswerKind.TEXT if question is None else question.kind))
        self.choices.set_value("" if question is None else question.choices)
        self.brand.set_value("" if question is None or question.brand_id is None else str(question.brand_id))
        self.active.set_value(question is None or question.active)
        self.set_clean()
        self._kept.begin("new" if question is None else question.id)
        self._kind_changed()
        self.open_sheet(self.label)

    def _kind_changed(self) -> None:
        self.fields["choices"].setVisible(self.kind.value() in _CHOOSING)

    def _store(self) -> None:
        if self.first_error():
            return
        brand = next((key for key, _name in self._session.look(brands) if str(key) == self.brand.value()), None)
        values: dict[str, Any] = {
            "label": self.label.value(),
            "kind": AnswerKind(self.kind.value()),
            "choices": self.choices.value(),
            "brand_id": brand,
            "active": self.active.value(),
        }
        if self._known is None:
            question = ProfileQuestion(id=self._session.new_id(), **values)
        else:
            question = replace(self._known, **values)
        self.busy(True)
        self._session.run(
            self,
            save_question,
            question,
            done=self._stored,
            failed=self.refuse,
            said=_("Question saved"),
            draft=self._kept.key,
        )

    def _stored(self, _question: object) -> None:
        self.set_clean()
        self.close_sheet()
