"""The sheet in which a person's answers to the seller's own questions are typed: one field for each question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.profiles import NO, YES, choices_of
from directsell.domain.relations import AnswerKind, ProfileQuestion
from directsell.i18n import _, pgettext
from directsell.store.queries.person_card import PersonCard
from directsell.store.queries.person_ties import Asked
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields import CheckBox, ChoiceField, DecimalField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.labels import Label, Role, section
from directsell.ui.widgets.typed import date_field, parse_quantity, understand
from directsell.usecases.profiles import save_answers


class ChoicesField(QWidget):
    """``ChoicesField([text, ...])``: any number of ticks; ``value()`` and ``set_value`` are texts separated by newlines."""

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(self, choices: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.ticks = {choice: CheckBox(choice) for choice in choices}
        for tick in self.ticks.values():
            tick.changed.connect(self.changed)
            column.addWidget(tick)
        if self.ticks:
            self.setFocusProxy(next(iter(self.ticks.values())))

    def value(self) -> str:
        """Return what is ticked."""
        return "\n".join(choice for choice, tick in self.ticks.items() if tick.value())

    def set_value(self, text: str) -> None:
        """Tick without telling anyone."""
        chosen = text.splitlines()
        for choice, tick in self.ticks.items():
            tick.set_value(choice in chosen)

    def error(self) -> str:
        """Nothing can be wrong."""
        return ""


class ProfileSheet(FormSheet):
    """``ProfileSheet(session, host)``: ``ask(card)`` opens it with the questions for a person and the answers there are.

    Signal: ``questions_wanted()``.
    """

    questions_wanted = Signal()

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Profile"), width=480)
        self._session = session
        self._person: UUID | None = None
        self._asked: dict[UUID, tuple[ProfileQuestion, QWidget]] = {}
        self._kept = KeptWords(session, self, "profile", self.editors)
        self.save_wanted.connect(self._store)

    def ask(self, card: PersonCard) -> None:
        """Open the sheet for a person."""
        if not self.make_way():
            return
        self._person = card.person.id
        self.set_subtitle(card.name)
        self._clear()
        brand = None
        for asked in card.profile:
            if asked.brand != brand:
                brand = asked.brand
                if brand:
                    self.add(section(brand))
            self._add(asked)
        change = Button(_("Change the questions"), "list-checks", kind=Kind.QUIET, compact=True, on_click=self._change)
        self.body.addWidget(change, 0, Qt.AlignmentFlag.AlignLeading)
        self.set_clean()
        self._kept.begin(card.person.id)
        self.open_sheet(next((editor for _question, editor in self._asked.values()), None))

    def _change(self) -> None:
        self.ask_close()
        if self.isHidden():
            self.questions_wanted.emit()

    def _clear(self) -> None:
        self._asked.clear()
        self.fields.clear()
        while self.body.count():
            item = self.body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, asked: Asked) -> None:
        question = asked.question
        editor = self._editor(question, asked.answer)
        self._asked[question.id] = (question, editor)
        self.field(str(question.id), question.label, editor)
        if not question.active:
            self.add(Label(_("This is not asked any more."), Role.SMALL))

    def _editor(self, question: ProfileQuestion, answer: str) -> QWidget:
        editor: QWidget
        match question.kind:
            case AnswerKind.YES_NO:
                yes, no = pgettext("answer", "yes"), pgettext("answer", "no")
                editor = Segmented([(YES, yes), (NO, no), ("", _("not known"))], answer, name=question.label)
            case AnswerKind.CHOICE:
                known = choices_of(question)
                editor = ChoiceField([("", "–"), *((choice, choice) for choice in known)], answer)
            case AnswerKind.CHOICES:
                editor = ChoicesField(choices_of(question))
                editor.set_value(answer)
            case AnswerKind.NUMBER:
                language = self._session.language
                editor = DecimalField(understand(lambda text: parse_quantity(language, text)), language.number)
                editor.set_value(Decimal(answer) if answer else None)
            case AnswerKind.DATE:
                editor = date_field(self._session)
                editor.set_value(date.fromisoformat(answer) if answer else None)
            case _:
                editor = TextField(answer, limit=500)
        return editor

    def _answers(self) -> dict[UUID, str]:
        answers = {}
        for key, (_question, editor) in self._asked.items():
            value = editor.value()  # type: ignore[attr-defined]  # every editor has one
            if isinstance(value, date):
                value = value.isoformat()
            answers[key] = "" if value is None else str(value)
        return answers

    def _store(self) -> None:
        if self._person is None or self.first_error():
            return
        self.busy(True)
        self._session.run(
            self,
            save_answers,
            self._person,
            self._answers(),
            done=self._stored,
            failed=self.refuse,
            said=_("Profile saved"),
            draft=self._kept.key,
        )

    def _stored(self, _nothing: object) -> None:
        self.set_clean()
        self.close_sheet()
