"""After the import: what came of it, in figures, and the one undo."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.i18n import Language, _, ngettext
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.states import EmptyState, ProgressPanel
from directsell.ui.widgets.tiles import KpiTile
from directsell.usecases.imports import PeopleImport, ProductsImport, SalesImport
from directsell.usecases.imports.reading import Reading
from directsell.usecases.imports.words import erased_words


class ResultStep(QWidget):
    """``ResultStep(language)``: ``show_outcome(reading, outcome)``, ``undo_button``. Signal: ``undo_wanted()``."""

    undo_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._state = EmptyState("circle-check", _("Imported"))
        column.addWidget(self._state, 1)
        self._tiles = QWidget()
        self._flow = FlowLayout(self._tiles, gap=12, tile=190)
        column.addWidget(self._tiles)
        self._card = Card()
        self._words = Label("", Role.BODY, wrap=True, selectable=True)
        self._card.add(self._words)
        column.addWidget(self._card)
        self.undo_button = Button(_("Undo the import"), "undo-2")
        self.undo_button.clicked.connect(self.undo_wanted)
        column.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._progress = ProgressPanel(_("Taking the import back …"), cancellable=False)
        self._progress.hide()
        column.addWidget(self._progress)
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addStretch(1)

    def busy(self, on: bool) -> None:
        """Show that the import is being taken back."""
        self._progress.setVisible(on)
        self.undo_button.setVisible(not on)

    def fail(self, sentence: str) -> None:
        """Say why it could not be taken back."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def show_outcome(self, reading: Reading, outcome: object) -> None:
        """Show the figures of an import."""
        number = self._language.number
        facts: list[tuple[str, str]] = []
        words: list[str] = []
        match outcome:
            case SalesImport():
                facts = [
                    (_("Orders"), number(outcome.documents)),
                    (_("Order lines"), number(outcome.lines)),
                    (_("New people"), number(outcome.people)),
                    (_("New products"), number(outcome.products)),
                ]
                words = self._money_words(outcome)
            case PeopleImport():
                facts = [
                    (_("New"), number(outcome.added)),
                    (_("Completed"), number(outcome.completed)),
                    (_("Unchanged"), number(outcome.unchanged)),
                ]
            case ProductsImport():
                facts = [
                    (_("New"), number(outcome.added)),
                    (_("Changed"), number(outcome.changed)),
                    (_("Unchanged"), number(outcome.unchanged)),
                ]
        erased = getattr(outcome, "erased", 0)
        if erased:
            words.append(erased_words(erased).format(count=number(erased)))
        refused = len(reading.rejects)
        if refused:
            text = ngettext("{count} line was refused.", "{count} lines were refused.", refused)
            words.append(text.format(count=number(refused)))
        self._state.set_text(_("Imported"), reading.file)
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for title, value in facts:
            self._flow.addWidget(KpiTile(title, value))
        self._words.setText("\n".join(words))
        self._card.setVisible(bool(words))

    def _money_words(self, outcome: SalesImport) -> list[str]:
        language = self._language
        words = []
        for sums in outcome.sums:
            text = _("Total of the file {total}, stored {stored}, difference by rounding to cents {rounding}.")
            words.append(
                text.format(
                    total=language.price(sums.total, sums.currency),
                    stored=language.money(sums.stored, sums.currency),
                    rounding=language.price(sums.rounding, sums.currency),
                )
            )
        known = len(outcome.known)
        if known:
            text = ngettext(
                "{count} order was here already and was left as it is.",
                "{count} orders were here already and were left as they are.",
                known,
            )
            words.append(text.format(count=language.number(known)))
        return words
