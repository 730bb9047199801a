"""The second step: how the file is written, what its columns become, and the questions only the user can answer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.money import CURRENCIES
from directsell.exchange.formats import DELIMITERS, ENCODINGS
from directsell.exchange.mapping import Mapping
from directsell.exchange.suggestions import Question, inspect_styles
from directsell.i18n import Language, _, ngettext
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields.base import FormField
from directsell.ui.widgets.fields.choice import ChoiceField
from directsell.ui.widgets.import_dialog.mapping_table import MappingTable
from directsell.ui.widgets.import_dialog.questions import QuestionCard
from directsell.ui.widgets.import_dialog.work import Choices, Recognised
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.states import Banner, ProgressPanel
from directsell.usecases.imports.words import field_label

_HEADER_LINES = 12


class ColumnsStep(QWidget):
    """``ColumnsStep(language, currency)``: ``show_file(recognised)``, ``mapping``, ``currency()``, ``is_ready``, ``table``.

    Signals: ``reopen(object Choices)`` when the user says that the file is written differently; ``other_file()``;
    ``changed()`` when the mapping changed; ``cancelled()`` while the file is read.
    """

    reopen = Signal(object)
    other_file = Signal()
    changed = Signal()
    cancelled = Signal()

    def __init__(self, language: Language, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._file: Recognised | None = None
        self._choices = Choices()
        self._open: tuple[Question, ...] = ()
        self._answered: dict[int, Question] = {}
        self._cards: list[QuestionCard] = []
        self.mapping: Mapping | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self._format_row(currency))
        self._questions = QVBoxLayout()
        self._questions.setSpacing(8)
        column.addLayout(self._questions)
        column.addLayout(self._table_head())
        self.table = MappingTable(language)
        self.table.assigned.connect(self._assigned)
        column.addWidget(self.table, 1)
        self.missing = Banner("", "warn", closable=False)
        column.addWidget(self.missing)
        self.progress = ProgressPanel(_("Reading the file …"))
        self.progress.cancelled.connect(self.cancelled)
        self.progress.hide()
        column.addWidget(self.progress)

    # --- building

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._name = ElidedLabel("", Role.STRONG)
        row.addWidget(self._name, 1)
        row.addWidget(Button(_("Another file"), "folder-open", kind=Kind.QUIET, compact=True, on_click=self._other))
        return row

    def _format_row(self, currency: str) -> QWidget:
        names = {",": _("Comma"), ";": _("Semicolon"), "\t": _("Tab"), "|": _("Bar")}
        self.encoding = ChoiceField([(name, name.upper()) for name in ENCODINGS])
        self.delimiter = ChoiceField([(sign, names[sign]) for sign in DELIMITERS])
        self.sheet = ChoiceField()
        self.header = ChoiceField()
        self.currency_field = ChoiceField([(code, code) for code in CURRENCIES], currency)
        box = QWidget()
        flow = FlowLayout(box, gap=12, tile=150)
        self._fields = {
            "encoding": FormField(_("Encoding"), self.encoding),
            "delimiter": FormField(_("Columns separated by"), self.delimiter),
            "sheet": FormField(_("Sheet"), self.sheet),
            "header": FormField(_("Names of the columns"), self.header),
            "currency": FormField(_("Currency"), self.currency_field),
        }
        for name, field in self._fields.items():
            flow.addWidget(field)
            if name != "currency":
                field.editor.changed.connect(self._format_changed)  # type: ignore[attr-defined]  # ChoiceField
        return box

    def _table_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._hint = Label("", Role.SMALL, wrap=True)
        row.addWidget(self._hint, 1)
        self.view = Segmented(
            [("understood", _("As understood")), ("file", _("As in the file"))], name=_("How values are shown")
        )
        self.view.changed.connect(self._view_changed)
        row.addWidget(self.view, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    # --- the file

    def show_file(self, recognised: Recognised) -> None:
        """Show a recognised file with its suggested mapping."""
        self._file = recognised
        self._answered.clear()
        self.show_format()
        self._choices = Choices(header_line=None)
        self.mapping = recognised.mapping
        self._open = recognised.questions
        self.table.show_file(recognised, recognised.mapping)
        self._show_state()

    def show_format(self) -> None:
        """Show how the file is written, as it was recognised."""
        if self._file is None:
            return
        form, table = self._file.table.format, self._file.table
        self._name.setText(table.path.name)
        self.encoding.set_value(form.encoding)
        self.delimiter.set_value(form.delimiter)
        self.sheet.set_choices([(name, name) for name in form.sheets])
        self.sheet.set_value(form.sheet)
        lines = sorted({form.header_line, *range(1, _HEADER_LINES + 1)} - {0})
        line_words = [(line, _("In line {line}").format(line=line)) for line in lines]
        self.header.set_choices([(0, _("There are none")), *line_words])
        self.header.set_value(form.header_line)
        book = form.kind == "xlsx"
        self._fields["encoding"].setVisible(not book)
        self._fields["delimiter"].setVisible(not book)
        self._fields["sheet"].setVisible(book)

    def currency(self) -> str:
        """Return the currency of amounts that name none."""
        return str(self.currency_field.value())

    @property
    def is_ready(self) -> bool:
        """Whether everything is decided that must be."""
        return self.mapping is not None and not self.mapping.missing() and not self._open

    def busy(self, on: bool) -> None:
        """Show that the file is being read."""
        self.progress.restart(_("Reading the file …"))
        self.progress.setVisible(on)
        for part in (self.table, *self._fields.values(), *self._cards):
            part.setEnabled(not on)

    def _other(self) -> None:
        self.other_file.emit()

    def _format_changed(self) -> None:
        if self._file is None:
            return
        form, header = self._file.table.format, self.header.value()
        self._choices = Choices(
            encoding=self.encoding.value() if form.kind == "csv" else None,
            delimiter=self.delimiter.value() if form.kind == "csv" else None,
            header_line=header if header != form.header_line else None,
            sheet=self.sheet.value() if form.kind == "xlsx" else None,
        )
        self.reopen.emit(self._choices)

    def _view_changed(self) -> None:
        self.table.set_understood(self.view.value() == "understood")

    # --- the mapping

    def _assigned(self, column: int, field: str) -> None:
        if self.mapping is None or self._file is None:
            return
        header = self._file.table.header
        self._answered.pop(column, None)
        if field:
            name = header[column] if column < len(header) else ""
            self._inspect(self.mapping.assign(field, column, header=name))
        else:
            self._inspect(self.mapping.without(column))

    def _answer(self, column: int, style: str) -> None:
        if self.mapping is None:
            return
        question = next((q for q in (*self._open, *self._answered.values()) if q.column == column), None)
        if question is not None:
            self._answered[column] = question
        self._inspect(self.mapping.with_style(column, style))

    def _inspect(self, mapping: Mapping) -> None:
        assert self._file is not None
        self.mapping, self._open = inspect_styles(mapping, self._file.table, self._file.sample)
        self.table.set_mapping(self.mapping)
        self._show_state()
        self.changed.emit()

    def _show_state(self) -> None:
        mapping, file = self.mapping, self._file
        if mapping is None or file is None:
            return
        self._show_questions(mapping)
        missing = mapping.missing()
        names = [_(" or ").join(field_label(mapping.target, f) for f in group[:3]) for group in missing]
        words = _("Still needed: {fields}. Click on the header of the right column.").format(fields=", ".join(names))
        self.missing.set_text(words)
        self.missing.setVisible(bool(missing))
        used = len(mapping.assignments)
        left = file.table.columns - used
        hint = ngettext("{count} column is taken over", "{count} columns are taken over", used)
        texts = [hint.format(count=used)]
        if left:
            texts.append(ngettext("{count} is left out", "{count} are left out", left).format(count=left))
        if file.remembered:
            texts.append(_("assigned as in your last import"))
        self._hint.setText(" · ".join(texts))
        needs_currency = mapping.target != "people" and mapping.column("currency") is None
        self._fields["currency"].setVisible(needs_currency)

    def _show_questions(self, mapping: Mapping) -> None:
        shown = {question.column: question for question in self._open}
        shown |= {column: question for column, question in self._answered.items() if column not in shown}
        styles = {item.column: item.style for item in mapping.assignments}
        if [card.question for card in self._cards] == list(shown.values()):
            for card in self._cards:
                card.set_answer(styles.get(card.question.column, ""))
            return
        for card in self._cards:
            self._questions.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for question in shown.values():
            card = QuestionCard(question, self._language, mapping.target)
            card.set_answer(styles.get(question.column, ""))
            card.answered.connect(self._answer)
            self._questions.addWidget(card)
            self._cards.append(card)

    def choices(self) -> Choices:
        """Return what the user said about how the file is written."""
        return replace(self._choices)

    @property
    def cards(self) -> list[QuestionCard]:
        """The questions on the screen."""
        return list(self._cards)
