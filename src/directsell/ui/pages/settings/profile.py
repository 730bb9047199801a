"""The seller's own questionnaire in the settings: which questions are asked, in which order; ready ones to begin with."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.relations import ProfileQuestion
from directsell.i18n import _
from directsell.store.queries.person_ties import brands, questions
from directsell.ui.pages.settings.parts import Section, buttons
from directsell.ui.pages.settings.question_sheet import QuestionSheet
from directsell.ui.session import Command, Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.usecases.profiles import add_questionnaire, delete_question, order_questions, starting_questionnaires


class ProfileSection(Section):
    """``ProfileSection(session, host)``: ``rows`` one for each question, ``sheet``, ``add_button``, ``samples`` by key."""

    TABLES = ("profile_question", "brand")

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(
            session,
            host,
            _("Profile questions"),
            _("What you want to know of everybody. The answers stand on the page of the person."),
        )
        self.sheet = QuestionSheet(session, host)
        card = self.card()
        self._none = Label(
            _("No question is asked yet. Take a ready set below, or write your own."), Role.MUTED, wrap=True
        )
        card.add(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        card.body.addLayout(self._list)
        self.rows: list[QuestionRow] = []
        self.add_button = Button(_("New question"), "plus", on_click=self.sheet.start)
        card.body.addLayout(buttons(self.add_button))
        ready = self.card(_("Ready sets"), _("One click adds the questions; change or delete them as you like."))
        self.samples = {
            item.key: Button(item.name, "list-checks", on_click=_Adding(session, item.key))
            for item in starting_questionnaires()
        }
        ready.body.addLayout(buttons(*self.samples.values()))
        self.load()

    def load(self) -> None:
        """Show the questions in their order."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        found = self.session.look(questions)
        names = dict(self.session.look(brands))
        self.rows = []
        for place, question in enumerate(found):
            brand = names.get(question.brand_id, "") if question.brand_id else ""
            row = QuestionRow(self, question, brand, first=not place, last=place == len(found) - 1)
            self.rows.append(row)
            self._list.addWidget(row)
        self._none.setVisible(not found)

    def commands(self) -> list[Command]:
        """A new question."""
        return [Command(_("New question"), self.sheet.start, "list-checks", "Ctrl+N")]

    def shift(self, question: ProfileQuestion, by: int) -> None:
        """Put a question before or behind its neighbour."""
        ids = [row.question.id for row in self.rows]
        place = ids.index(question.id)
        ids.insert(place + by, ids.pop(place))
        self.session.run(self, order_questions, ids)


class QuestionRow(QWidget):
    """``QuestionRow(section, question, brand, *, first, last)``: words, sort of answer, and what can be done with it."""

    def __init__(
        self, section: ProfileSection, question: ProfileQuestion, brand: str, *, first: bool, last: bool
    ) -> None:
        super().__init__()
        self.question = question
        self._section = section
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(question.label, Role.STRONG))
        kind = term(question.kind)
        choices = ", ".join(question.choices.splitlines())
        asked = "" if question.active else _("not asked")
        words.addWidget(ElidedLabel(" · ".join(part for part in (brand, kind, choices, asked) if part), Role.SMALL))
        row.addLayout(words, 1)
        self.up = IconButton("arrow-up", _("Move “{label}” up").format(label=question.label), on_click=self._up)
        self.down = IconButton("arrow-down", _("Move “{label}” down").format(label=question.label), on_click=self._down)
        self.edit = IconButton("pencil", _("Edit “{label}”").format(label=question.label), on_click=self._edit)
        self.remove = IconButton("trash-2", _("Delete “{label}”").format(label=question.label), on_click=self._remove)
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        for button in (self.up, self.down, self.edit, self.remove):
            row.addWidget(button)

    def _up(self) -> None:
        self._section.shift(self.question, -1)

    def _down(self) -> None:
        self._section.shift(self.question, 1)

    def _edit(self) -> None:
        self._section.sheet.edit(self.question)

    def _remove(self) -> None:
        session = self._section.session
        session.run(session, delete_question, self.question.id, said=_("Question deleted"))


class _Adding:
    """Adds the questions of a ready set; a callable that holds no section."""

    def __init__(self, session: Session, key: str) -> None:
        self._session = session
        self._key = key

    def __call__(self, _checked: bool = False) -> None:
        self._session.run(self._session, add_questionnaire, self._key, said=_("Questions added"))
