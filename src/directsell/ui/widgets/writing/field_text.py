"""A text with fields: the editor, the menu that inserts a field, the sentence under it while an unknown one is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.message_texts import LONGEST, TextField, check_text, token
from directsell.i18n import _
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Call, Kind, Menu
from directsell.ui.widgets.fields import MultilineField
from directsell.ui.widgets.marketing_words import FIELDS


class FieldText(QWidget):
    """``FieldText(session, lines=8)``: ``value()``, ``set_value(text)``, ``error()``, ``insert(field)``, ``edit`` the editor.

    Signals: ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(self, session: Session, lines: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = session.language.code
        self._error = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.edit = MultilineField(lines=lines, limit=LONGEST)
        self.edit.changed.connect(self._edited)
        self.edit.committed.connect(self.committed)
        self.edit.error_changed.connect(self._judged)
        column.addWidget(self.edit)
        self.menu = Menu(self)
        for field in TextField:
            self.menu.add(_(FIELDS[field]), None, Call(self.insert, field))
        line = QHBoxLayout()
        self.button = Button(_("Insert field"), "plus", kind=Kind.QUIET, compact=True, menu=self.menu)
        line.addWidget(self.button)
        line.addStretch(1)
        column.addLayout(line)
        self.setFocusProxy(self.edit)

    def value(self) -> str:
        """The text without surrounding blanks."""
        return self.edit.value()

    def set_value(self, text: str) -> None:
        """Show a stored text."""
        self.edit.set_value(text)
        self._judge()

    def error(self) -> str:
        """Sentence when a field is unknown or the text too long."""
        return self.edit.error() or self._error

    def insert(self, field: TextField) -> None:
        """Put a field where the cursor is, in the words of the window's language."""
        self.edit.insertPlainText(token(field, self._language))
        self.edit.setFocus()

    def _edited(self) -> None:
        self._judge()
        self.changed.emit()

    def _judged(self, _sentence: str) -> None:
        self.error_changed.emit(self.error())

    def _judge(self) -> None:
        wrong = field_error(self.edit.value())
        if wrong != self._error:
            self._error = wrong
            self.error_changed.emit(self.error())


def field_error(text: str) -> str:
    """Return the sentence about an unknown field of a text, or ""."""
    try:
        check_text(text)
    except DomainError as error:
        return sentence(error) or ""
    return ""
