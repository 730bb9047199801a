"""The card "Profile": what a person answered to the seller's own questions. Shows; asking is profile_sheet.py."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.profiles import YES
from directsell.domain.relations import AnswerKind, ProfileQuestion
from directsell.i18n import Language, _, ngettext, pgettext
from directsell.store.queries.person_card import PersonCard
from directsell.ui.pages.people.card_rows import empty
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role, section


class ProfileCard(Card):
    """``ProfileCard(session)``: ``show_person(card)``. Signals: ``answer_wanted()``, ``questions_wanted()``."""

    answer_wanted = Signal()
    questions_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(pgettext("card", "Profile"), parent=parent)
        self._session = session
        self.body.setSpacing(8)
        self._edit = IconButton("pencil", _("Answer the questions"), on_click=self._answer)
        self.add_header(self._edit)

    def show_person(self, card: PersonCard) -> None:
        """Show another person."""
        empty(self)
        self._edit.setVisible(bool(card.profile))
        if not card.profile:
            self.add(Label(_("Skin type, sizes, household: ask everybody your own questions."), Role.MUTED, wrap=True))
            words = _("Choose the questions")
            choose = Button(words, "list-checks", kind=Kind.QUIET, compact=True, on_click=self._questions)
            self.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeading)
            return
        brand = ""
        for asked in card.profile:
            if not asked.answer:
                continue
            if asked.brand != brand:
                brand = asked.brand
                if brand:
                    self.add(section(brand))
            self.add(_fact(asked.question.label, answer_words(asked.question, asked.answer, self._session.language)))
        open_questions = sum(not asked.answer and asked.question.active for asked in card.profile)
        if open_questions:
            words = ngettext("{n} question is not answered", "{n} questions are not answered", open_questions)
            text = words.format(n=self._session.language.number(open_questions))
            answer = Button(text, "plus", kind=Kind.QUIET, compact=True, on_click=self._answer)
            self.body.addWidget(answer, 0, Qt.AlignmentFlag.AlignLeading)

    def _answer(self) -> None:
        self.answer_wanted.emit()

    def _questions(self) -> None:
        self.questions_wanted.emit()


def answer_words(question: ProfileQuestion, answer: str, language: Language) -> str:
    """Return a stored answer as the user reads it."""
    match question.kind:
        case AnswerKind.YES_NO:
            return pgettext("answer", "yes") if answer == YES else pgettext("answer", "no")
        case AnswerKind.DATE:
            return language.date(date.fromisoformat(answer))
        case AnswerKind.NUMBER:
            return language.number(Decimal(answer))
        case AnswerKind.CHOICES:
            return ", ".join(answer.splitlines())
    return answer


def _fact(name: str, value: str) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(Label(name, Role.SMALL, wrap=True), 1, Qt.AlignmentFlag.AlignTop)
    words = Label(value, Role.BODY, wrap=True, selectable=True)
    words.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return box
