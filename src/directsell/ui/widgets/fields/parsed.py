"""Editors for values that are typed as text: amounts, numbers, percentages, dates' base. Parsing is injected."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont
from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.ui.theme import font
from directsell.ui.widgets.fields.base import InlineEdit, InputError
from directsell.ui.widgets.labels import Label, Role

V = TypeVar("V")


class ParsedField(InlineEdit, Generic[V]):
    """``ParsedField(parse, format, *, wrong="", required=False, unit="", placeholder="", end=False)``.

    ``parse(text) -> value`` raises InputError(sentence), or any ValueError/ArithmeticError for which ``wrong`` is shown;
    ``format(value) -> text``. What was typed stays as typed while it is wrong; a right value is written anew when the
    field is left. ``value() -> V | None`` (None when empty or wrong; ask ``error()`` to tell which), ``set_value(V | None)``,
    ``is_empty()``. Signals: ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self,
        parse: Callable[[str], V],
        format: Callable[[V], str],
        *,
        wrong: str = "",
        required: bool = False,
        unit: str = "",
        placeholder: str = "",
        end: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parse = parse
        self._format = format
        self._wrong = wrong or _("This cannot be understood.")
        self._required = required
        self._value: V | None = None
        self._error = ""
        self._bad = ""
        self._touched = False
        self.setPlaceholderText(placeholder)
        if unit:
            mark = Label(unit, Role.SMALL)
            mark.setContentsMargins(8, 0, 8, 0)
            mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.add_tail(mark)
            self._unit: Label | None = mark
        else:
            self._unit = None
        if end:
            self.setFont(_figures())
            self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._finish)

    def value(self) -> V | None:
        """The value; None when the field is empty or wrong."""
        return self._value

    def set_value(self, value: V | None) -> None:
        """Show a stored value and forget any error."""
        self._value = value
        self.setText("" if value is None else self._format(value))
        self.setCursorPosition(0)
        self._bad = ""
        self._report("")

    def is_empty(self) -> bool:
        """Nothing but blanks typed."""
        return not self.text().strip()

    def error(self) -> str:
        """The sentence about what is typed, also while it is not shown yet."""
        return self._bad or self._error

    def check(self) -> str:
        """Judge now (for saving), show and return the sentence."""
        self._read()
        self._report(self._bad)
        return self._error

    def unread(self) -> str:
        """Return what is typed and cannot be understood; "" when it can."""
        return self.text() if self._bad and not self.is_empty() else ""

    def show_unread(self, text: str) -> None:
        """Show words that could not be understood as they were typed, with what is wrong about them."""
        self.setText(text)
        self._read()
        self._report(self._bad)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def _typed(self, _text: str) -> None:
        self._touched = True
        self._read()
        # A sentence already on the screen follows the typing; a new one waits until the field is left.
        if self._error:
            self._report(self._bad)
        self.changed.emit()

    def _read(self) -> None:
        text = self.text().strip()
        if not text:
            self._value = None
            self._bad = _("This is needed.") if self._required else ""
            return
        try:
            self._value = self._parse(text)
            self._bad = ""
        except InputError as error:
            self._value, self._bad = None, error.sentence
        except (ValueError, ArithmeticError):
            self._value, self._bad = None, self._wrong

    def _finish(self) -> None:
        if self._touched:
            self._read()
            if self._value is not None and not self._bad:
                self.setText(self._format(self._value))
            self._report(self._bad)
            self._touched = False
        self.committed.emit()

    def _report(self, sentence: str) -> None:
        if sentence != self._error:
            self._error = sentence
            self.error_changed.emit(sentence)


class DecimalField(ParsedField[Decimal]):
    """``DecimalField(parse, format, *, unit="", required=False)``: a right-aligned Decimal."""

    def __init__(
        self,
        parse: Callable[[str], Decimal],
        format: Callable[[Decimal], str],
        *,
        unit: str = "",
        required: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        wrong = _("This is not a number.")
        super().__init__(
            parse, format, wrong=wrong, unit=unit, required=required, placeholder=placeholder, end=True, parent=parent
        )


class MoneyField(ParsedField[V]):
    """``MoneyField(parse, format, *, unit="$", required=False)``: an amount of whatever type ``parse`` makes."""

    def __init__(
        self,
        parse: Callable[[str], V],
        format: Callable[[V], str],
        *,
        unit: str = "",
        required: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        wrong = _("This is not an amount of money.")
        super().__init__(
            parse, format, wrong=wrong, unit=unit, required=required, placeholder=placeholder, end=True, parent=parent
        )


class PercentField(ParsedField[V]):
    """``PercentField(parse, format, *, required=False)``: a rate; the sign stands beside the number."""

    def __init__(
        self,
        parse: Callable[[str], V],
        format: Callable[[V], str],
        *,
        required: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        wrong = _("This is not a percentage.")
        super().__init__(
            parse, format, wrong=wrong, unit="%", required=required, placeholder=placeholder, end=True, parent=parent
        )


def _figures() -> QFont:
    return font(14, 500, tabular=True)
