"""One question about a column, as a choice between two readings of its own values."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from directsell.domain.errors import DomainError
from directsell.exchange.dates import parse_date
from directsell.exchange.headers import Target
from directsell.exchange.numbers import parse_number
from directsell.exchange.suggestions import Question
from directsell.i18n import Language, _
from directsell.ui.theme import T, paint_icon
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import fill_round
from directsell.usecases.imports.words import field_label


class QuestionCard(QWidget):
    """``QuestionCard(question, language, target)``: ``choice`` holds the answers, ``set_answer(style)``.

    Signal: ``answered(int column, str style)``.
    """

    answered = Signal(int, str)

    def __init__(self, question: Question, language: Language, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._done = False
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(12)
        row.addSpacing(28)
        row.addWidget(Label(_asked(question, target), Role.BODY, wrap=True), 1)
        answers = [(style, _reading(question, style, language)) for style in question.choices]
        self.choice = Segmented(answers, "", name=_asked(question, target))
        self.choice.chosen.connect(self._chosen)
        row.addWidget(self.choice)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_answer(self, style: str) -> None:
        """Show what is decided; "" is nothing yet."""
        self.choice.set_value(style)
        self._done = bool(style)
        self.update()

    def _chosen(self, style: str) -> None:
        self.answered.emit(self.question.column, style)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        tone, name = ("ok", "circle-check") if self._done else ("warn", "circle-help")
        fill_round(painter, rect, 10, T(f"{tone}_soft"))
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        x = 14.0 if ltr else rect.width() - 14 - 20
        paint_icon(painter, name, QRectF(x, rect.center().y() - 10, 20, 20), T(tone))


def _asked(question: Question, target: Target) -> str:
    column = question.header or field_label(target, question.field)
    examples = ", ".join(question.examples[:2])
    if question.kind == "date_order":
        return _("“{column}”: which day is {examples}?").format(column=column, examples=examples)
    return _("“{column}”: how much is {examples}?").format(column=column, examples=examples)


def _reading(question: Question, style: str, language: Language) -> str:
    """Return the first example as it reads in a style; the name of the style when it cannot be read so."""
    for example in question.examples:
        try:
            if question.kind == "date_order":
                return language.date(parse_date(example, style).date(), "long")  # type: ignore[arg-type]
            return language.number(parse_number(example.strip("% "), style))  # type: ignore[arg-type]
        except (DomainError, ValueError):
            continue
    names = {"DMY": _("Day first"), "MDY": _("Month first"), ",": _("Decimal comma"), ".": _("Decimal point")}
    return names[style]
