"""What every editor has in common, and the labelled field around it. No parsing of any kind of value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.theme import font, set_property
from directsell.ui.widgets.labels import Label, Role

MAX_TYPED = 1_000_000


class InputError(ValueError):
    """What the user typed is not a value; the text is the sentence to show under the field."""

    @property
    def sentence(self) -> str:
        """The sentence."""
        return str(self.args[0]) if self.args else ""


class Editor(Protocol):
    """What a form may rely on: every editor of the kit is a QWidget with these."""

    changed: Signal  # the user altered it (every key)
    committed: Signal  # the user finished (Enter, focus left, entry picked)
    error_changed: Signal  # str: sentence, empty when right

    def error(self) -> str:
        """Sentence about what is wrong; empty when right."""
        ...


class InlineEdit(QLineEdit):
    """A line edit that can hold small widgets at its end and keeps everything that is typed or pasted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tail: list[QWidget] = []
        self._lead = 0
        self.setMaxLength(MAX_TYPED)
        self.setFont(font(14))

    def add_tail(self, widget: QWidget) -> None:
        """Put a widget inside, at the end of reading direction."""
        widget.setParent(self)
        widget.setCursor(Qt.CursorShape.ArrowCursor)
        self._tail.append(widget)
        self.place_tail()

    def set_lead(self, pixels: int) -> None:
        """Keep room at the start for something painted."""
        self._lead = pixels
        self.place_tail()

    def place_tail(self) -> None:
        """Lay the inner widgets out again after one of them changed its size."""
        used = 0
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        for widget in reversed(self._tail):
            if widget.isHidden() and widget.property("gone"):
                continue
            size = widget.sizeHint()
            x = self.width() - 2 - used - size.width() if ltr else 2 + used
            widget.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
            used += size.width()
        start, end = (self._lead, used) if ltr else (used, self._lead)
        self.setTextMargins(start, 0, end, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_tail()

    def minimumSizeHint(self) -> QSize:
        return QSize(64, super().minimumSizeHint().height())


class FormField(QWidget):
    """``FormField(label, editor, *, hint="", required=False, parent=None)``: label above, sentence or hint below.

    Sets buddy, accessible name and description of the editor. ``set_error(sentence)``, ``error()``, ``set_hint(text)``,
    ``set_label(text)``, ``editor``, ``reveal()`` (focus the editor). Errors the editor reports by itself are shown too.
    """

    def __init__(
        self, label: str, editor: QWidget, *, hint: str = "", required: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self._outside = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self._label = Label("", Role.FIELD)
        self._label.setBuddy(focus_target(editor))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._label)
        top.addStretch(1)
        if required:
            top.addWidget(Label(_("required"), Role.TINY))
        column.addLayout(top)
        column.addWidget(editor)
        self._below = Label("", Role.SMALL, wrap=True)
        column.addWidget(self._below)
        grows = editor.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Expanding
        vertical = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.set_label(label)
        reported = getattr(editor, "error_changed", None)
        if reported is not None:
            reported.connect(self._editor_error)
        changed = getattr(editor, "changed", None)
        if changed is not None:
            changed.connect(self._edited)
        self._show()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        layout = self.layout()
        if layout is not None and not self._below.isHidden() and self.width() > 0:
            # A sentence that wraps in a narrow field needs its lines; the policy is fixed to this height.
            hint.setHeight(max(hint.height(), layout.heightForWidth(self.width())))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._below.isHidden() and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def set_label(self, text: str) -> None:
        """Change the label and the name a screen reader says."""
        self._label.setText(text)
        self.editor.setAccessibleName(text)
        target = focus_target(self.editor)
        target.setAccessibleName(text)

    def label(self) -> str:
        """The label."""
        return self._label.text()

    def set_hint(self, text: str) -> None:
        """Change the quiet sentence shown while nothing is wrong."""
        self._hint = text
        self._show()

    def set_error(self, sentence: str) -> None:
        """Show a sentence of the form (stays until the user edits the field or it is set empty)."""
        self._outside = sentence
        self._show()

    def error(self) -> str:
        """The sentence on the screen; empty when nothing is wrong."""
        return self._outside or self._own_error()

    def reveal(self) -> None:
        """Put the focus into the editor."""
        focus_target(self.editor).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _own_error(self) -> str:
        ask = getattr(self.editor, "error", None)
        return cast("Callable[[], str]", ask)() if callable(ask) else ""

    def _editor_error(self, _sentence: str) -> None:
        self._show()

    def _edited(self) -> None:
        if self._outside:
            self._outside = ""
            self._show()

    def _show(self) -> None:
        wrong = self.error()
        self._below.setText(wrong or self._hint)
        self._below.set_tone("bad" if wrong else "text3")
        self._below.setVisible(bool(wrong or self._hint))
        self.updateGeometry()
        target = focus_target(self.editor)
        set_property(target, "invalid", "true" if wrong else "false")
        target.setAccessibleDescription(wrong or self._hint)


def focus_target(editor: QWidget) -> QWidget:
    """The widget inside an editor that takes the keys."""
    proxy = editor.focusProxy()
    return proxy if proxy is not None else editor
