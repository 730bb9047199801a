"""Editors made of several: a quantity with plus and minus, tags, repeating rows. No knowledge of what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.fields.base import focus_target
from directsell.ui.widgets.fields.completion import Completion, CompletionField
from directsell.ui.widgets.fields.parsed import ParsedField
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, leading


class Stepper(QWidget):
    """``Stepper(parse, format, *, name, value=Decimal(1), least=None, most=None, step=Decimal(1), parent=None)``.

    Minus, a typed number, plus; Up/Down in the number too. ``value() -> Decimal | None``, ``set_value``, ``error()``,
    ``select_all()``. Signals: ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self,
        parse: Callable[[str], Decimal],
        format: Callable[[Decimal], str],
        *,
        name: str,
        value: Decimal = Decimal(1),
        least: Decimal | None = None,
        most: Decimal | None = None,
        step: Decimal = Decimal(1),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._step = least, most, step
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.edit: ParsedField[Decimal] = ParsedField(parse, format, wrong=_("This is not a number."))
        self.edit.setProperty("kit", "cell")
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setFont(font(14, 600, tabular=True))
        self.edit.setAccessibleName(name)
        self.edit.setFixedWidth(56)
        self.edit.set_value(value)
        self._minus = IconButton("minus", _("Less"))
        self._plus = IconButton("plus", _("More"))
        for button in (self._minus, self._plus):
            button.setAutoRepeat(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._minus.clicked.connect(self.less)
        self._plus.clicked.connect(self.more)
        row.addWidget(self._minus)
        row.addWidget(self.edit)
        row.addWidget(self._plus)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.edit.changed.connect(self._edited)
        self.edit.committed.connect(self.committed)
        self.edit.error_changed.connect(self.error_changed)
        self._edited_quietly()

    def value(self) -> Decimal | None:
        """The number; None when empty, wrong or out of bounds."""
        number = self.edit.value()
        return None if number is None or self.error() else number

    def set_value(self, value: Decimal | None) -> None:
        """Show a stored number."""
        self.edit.set_value(value)
        self._edited_quietly()

    def error(self) -> str:
        """Sentence when it is no number or out of bounds."""
        if self.edit.error():
            return self.edit.error()
        number = self.edit.value()
        if number is not None and self._least is not None and number < self._least:
            return _("At least {number}.").format(number=self._least)
        if number is not None and self._most is not None and number > self._most:
            return _("At most {number}.").format(number=self._most)
        return ""

    def select_all(self) -> None:
        """Focus the number so that typing replaces it."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def more(self) -> None:
        """One step up."""
        self._shift(self._step)

    def less(self) -> None:
        """One step down."""
        self._shift(-self._step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up:
            self.more()
        elif event.key() == Qt.Key.Key_Down:
            self.less()
        else:
            super().keyPressEvent(event)

    def _shift(self, by: Decimal) -> None:
        number = (self.edit.value() or Decimal(0)) + by
        if self._least is not None:
            number = max(number, self._least)
        if self._most is not None:
            number = min(number, self._most)
        if number != self.edit.value():
            self.edit.set_value(number)
            self._edited_quietly()
            self.changed.emit()
            self.committed.emit()

    def _edited(self) -> None:
        self._edited_quietly()
        self.changed.emit()

    def _edited_quietly(self) -> None:
        number = self.edit.value()
        self._minus.setEnabled(number is None or self._least is None or number > self._least)
        self._plus.setEnabled(number is None or self._most is None or number < self._most)


class TagChip(Button):
    """One tag with its cross; a click or Delete removes it."""

    def __init__(self, text: str) -> None:
        super().__init__(text, compact=True)
        self.setAccessibleName(_("Remove {tag}").format(tag=text))
        self._height = 36

    def sizeHint(self) -> QSize:
        return QSize(min(int(metrics(13, 600).horizontalAdvance(self.caption())) + 42, 260), 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0, 4, 0, -4)
        direction = self.layoutDirection()
        over = self.underMouse() or self.hasFocus()
        fill_round(painter, rect, 14, T("soft"), T("focus") if self.hasFocus() else None)
        words = leading(direction, rect, rect.adjusted(12, 0, -26, 0))
        draw_text(painter, words, self.caption(), font(13, 600), T("on_soft"), aligned(direction))
        cross = leading(direction, rect, QRectF(rect.right() - 24, rect.center().y() - 7, 14, 14))
        paint_icon(painter, "x", cross, T("text" if over else "on_soft"))


class TagField(QWidget):
    """``TagField(tags=(), *, suggest=None, placeholder="", parent=None)``: words as chips and a field to add more.

    Enter or comma adds, Backspace in the empty field removes the last one; ``suggest(text) -> Sequence[str]`` proposes known
    tags. ``value() -> tuple[str, ...]``, ``set_value(tags)``. Signals: ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self,
        tags: Iterable[str] = (),
        *,
        suggest: Callable[[str], Sequence[str]] | None = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tags: list[str] = []
        self._suggest = suggest
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6)
        self.edit = CompletionField(self._propose, placeholder=placeholder or _("Add a tag"), clear_on_pick=True)
        column.addWidget(self._chips)
        column.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.picked.connect(self._picked)
        self.edit.not_found.connect(self._picked)
        self.edit.textEdited.connect(self._comma)
        self.edit.backspaced.connect(self._drop_last)
        self.edit.committed.connect(self._left)
        self.set_value(tags)

    def value(self) -> tuple[str, ...]:
        """The tags in order."""
        return tuple(self._tags)

    def set_value(self, tags: Iterable[str]) -> None:
        """Show stored tags."""
        self._tags = list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
        self._rebuild()

    def error(self) -> str:
        """Always empty."""
        return ""

    def _propose(self, text: str) -> list[Completion]:
        if self._suggest is None:
            return []
        known = [tag for tag in self._suggest(text) if tag not in self._tags]
        return [Completion(tag, tag, icon="tag") for tag in known]

    def _drop_last(self) -> None:
        if self._tags:
            self._tags.pop()
            self._rebuild()
            self.changed.emit()

    def _picked(self, tag: object) -> None:
        self._add(str(tag))

    def _comma(self, text: str) -> None:
        if "," in text or ";" in text:
            *done, rest = text.replace(";", ",").split(",")
            self.edit.setText(rest.lstrip())
            for tag in done:
                self._add(tag)

    def _left(self) -> None:
        # A word left standing in the field was meant as a tag.
        if self.edit.text().strip() and not self.edit.hasFocus():
            self._add(self.edit.text())
        self.committed.emit()

    def _add(self, tag: str) -> None:
        tag = tag.strip()
        if self.edit.text().strip() == tag:
            self.edit.clear()
        known = {known.casefold() for known in self._tags}
        if tag and tag.casefold() not in known:
            self._tags.append(tag)
            self._rebuild()
            self.changed.emit()

    def _rebuild(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for tag in self._tags:
            chip = TagChip(tag)
            chip.clicked.connect(self._remove_sender)
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._tags))
        self.updateGeometry()

    def _remove_sender(self) -> None:
        chip = self.sender()
        if isinstance(chip, TagChip) and chip.caption() in self._tags:
            self._tags.remove(chip.caption())
            self._rebuild()
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()


class RepeatingRows(QWidget):
    """``RepeatingRows(make_row, add_text, *, least=1, most=20, parent=None)``: several editors of one kind (phones, e-mails).

    ``make_row() -> QWidget`` builds an editor with a ``changed`` signal. ``rows()``, ``add_row(widget=None) -> QWidget``,
    ``clear_rows()``. Signals: ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self,
        make_row: Callable[[], QWidget],
        add_text: str,
        *,
        least: int = 1,
        most: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make_row
        self._least = least
        self._most = most
        self._lines: list[tuple[QWidget, QWidget]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        column.addLayout(self._column)
        self._more = Button(add_text, "plus", kind=Kind.QUIET, compact=True)
        self._more.clicked.connect(self._add_clicked)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for _number in range(least):
            self.add_row()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for editor in self.rows():
            _name(editor, name)

    def rows(self) -> list[QWidget]:
        """The editors in order."""
        return [editor for editor, _line in self._lines]

    def error(self) -> str:
        """First error of the rows."""
        for editor in self.rows():
            ask = getattr(editor, "error", None)
            sentence = str(ask()) if callable(ask) else ""
            if sentence:
                return sentence
        return ""

    def add_row(self, editor: QWidget | None = None) -> QWidget:
        """Append a row; returns its editor."""
        editor = editor or self._make()
        _name(editor, self.accessibleName())
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(editor, 1)
        cross = IconButton("x", _("Remove"))
        cross.clicked.connect(self._remove_sender)
        row.addWidget(cross)
        self._lines.append((editor, line))
        self._column.addWidget(line)
        self._more.raise_()  # comes after the rows for the Tab key too
        changed = getattr(editor, "changed", None)
        if changed is not None:
            changed.connect(self.changed)
        self._refresh()
        return editor

    def clear_rows(self) -> None:
        """Remove all rows."""
        for _editor, line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines.clear()
        self._refresh()

    def _add_clicked(self) -> None:
        self.add_row().setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _remove_sender(self) -> None:
        button = self.sender()
        line = button.parent() if isinstance(button, QWidget) else None
        self._lines = [pair for pair in self._lines if pair[1] is not line]
        if isinstance(line, QWidget):
            line.hide()
            line.deleteLater()
        while len(self._lines) < self._least:
            self.add_row()
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        self._more.setEnabled(len(self._lines) < self._most)
        self.updateGeometry()


def _name(editor: QWidget, name: str) -> None:
    """Give an editor the name of its group unless it has one of its own."""
    target = focus_target(editor)
    if name and not target.accessibleName():
        target.setAccessibleName(name)
