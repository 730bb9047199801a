"""Words of a step for a product or a category: rows of what they are for and what to say. No programmes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.catalog import Product
from directsell.domain.follow_up_plans.steps import Words
from directsell.i18n import _
from directsell.store.queries.products import categories, match_products
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.fields import Completion, CompletionField, FormField, TextField
from directsell.ui.widgets.layouts import FlowLayout


def _product_name(reader: Reader, product_id: UUID) -> str:
    product = reader.find_one(Product, product_id)
    return "" if product is None else product.name


class WordsRow(QWidget):
    """One line: what the words are for, and the words. ``value()``; ``fields`` by name; signals ``changed()``, ``removed()``."""

    changed = Signal()
    removed = Signal()

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__()
        self._session = session
        self.about = CompletionField(self._find, placeholder=_("Product or category"), icon="tag")
        self.text = TextField(limit=500, placeholder=_("What to ask or tell"))
        self.text.set_value(words.text)
        if words.product:
            self.about.set_value(words.product, session.look(_product_name, UUID(words.product)) or words.product)
        elif words.category:
            self.about.set_value(f"={words.category}", words.category)
        self.fields = {"about": FormField(_("For"), self.about), "text": FormField(_("Other words"), self.text)}
        box = QWidget()
        flow = FlowLayout(box, gap=10, tile=190)
        for field in self.fields.values():
            flow.addWidget(field)
            flow.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(box, 1)
        self.cross = IconButton("x", _("Remove these words"), on_click=self._remove)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        self.about.changed.connect(self.changed)
        self.about.picked.connect(self._picked)
        self.text.changed.connect(self.changed)

    def value(self) -> Words:
        """Return the words as they stand."""
        value = self.about.value()
        key = value if isinstance(value, str) else ""
        text = self.text.value()
        return Words(category=key[1:], text=text) if key.startswith("=") else Words(product=key, text=text)

    def _find(self, text: str) -> list[Completion]:
        words = text.casefold().strip()
        found = [
            Completion(f"={name}", name, _("Category"), icon="tag")
            for name in self._session.look(categories)
            if words in name.casefold()
        ][:4]
        currency = self._session.look(business).currency
        rows = self._session.look(match_products, text, currency, self._session.today()).rows
        return found + [Completion(str(row.id), row.name, row.code, icon="package") for row in rows[:6]]

    def _picked(self, _value: object) -> None:
        self.changed.emit()

    def _remove(self) -> None:
        self.removed.emit()


class WordsRows(QWidget):
    """``WordsRows(session)``: ``value()``, ``set_value(words)``, ``rows``, ``add_button``. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.rows: list[WordsRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column.addLayout(self._lines)
        self.add_button = Button(
            _("Other words for a product"), "plus", kind=Kind.QUIET, compact=True, on_click=self._add_clicked
        )
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)

    def value(self) -> tuple[Words, ...]:
        """Return the words of all rows."""
        return tuple(row.value() for row in self.rows)

    def set_value(self, words: Sequence[Words]) -> None:
        """Show other rows."""
        for row in list(self.rows):
            self._drop(row)
        for one in words:
            self._put(one)

    def _put(self, words: Words) -> WordsRow:
        row = WordsRow(self._session, words)
        row.changed.connect(self.changed)
        row.removed.connect(self._removed)
        self.rows.append(row)
        self._lines.addWidget(row)
        return row

    def _drop(self, row: WordsRow) -> None:
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _add_clicked(self) -> None:
        row = self._put(Words())
        row.fields["about"].reveal()
        self.changed.emit()

    def _removed(self) -> None:
        row = self.sender()
        if isinstance(row, WordsRow):
            self._drop(row)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()
