"""Editors for words: one line, several lines, and the search box. They keep every typed character."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from directsell.i18n import _, ngettext
from directsell.ui.theme import T, font, paint_icon
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.fields.base import InlineEdit
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import leading


def too_long(count: int, limit: int) -> str:
    """Sentence for a text over its limit; empty when it fits."""
    over = count - limit
    if over <= 0:
        return ""
    return ngettext(
        "Too long by {count} character; the text is kept, please shorten it.",
        "Too long by {count} characters; the text is kept, please shorten it.",
        over,
    ).format(count=over)


class TextField(InlineEdit):
    """``TextField(text="", *, limit=200, placeholder="", required=False, parent=None)``: one line.

    A text over the limit is kept and reported, never cut; a counter appears near the limit. ``value()`` (stripped),
    ``set_value(text)``, ``error()``. Signals: ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self, text: str = "", *, limit: int = 200, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._limit = limit
        self._error = ""
        self._counter = Label("", Role.TINY)
        self._counter.setContentsMargins(8, 0, 8, 0)
        self._counter.hide()
        self._counter.setProperty("gone", True)
        self.add_tail(self._counter)
        self.setPlaceholderText(placeholder)
        self.setText(text)
        self.setCursorPosition(0)
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self._measure)
        self.editingFinished.connect(self.committed)

    def value(self) -> str:
        """The text without surrounding blanks."""
        return self.text().strip()

    def set_value(self, text: str) -> None:
        """Show a stored text; the cursor goes to its start."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def error(self) -> str:
        """Sentence when too long."""
        return self._error

    def _edited(self, _text: str) -> None:
        self.changed.emit()

    def _measure(self, text: str) -> None:
        near = len(text) > self._limit - max(10, self._limit // 10)
        self._counter.setText(f"{len(text)}/{self._limit}" if near else "")
        self._counter.set_tone("bad" if len(text) > self._limit else "text3")
        self._counter.setVisible(near)
        self._counter.setProperty("gone", not near)
        self.place_tail()
        error = too_long(len(text), self._limit)
        if error != self._error:
            self._error = error
            self.error_changed.emit(error)


class MultilineField(QPlainTextEdit):
    """``MultilineField(text="", *, limit=5000, placeholder="", lines=3, parent=None)``: plain text, Tab leaves the field.

    ``value()``, ``set_value(text)``, ``error()``. Signals: ``changed()``, ``committed()``, ``error_changed(str)``.
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self,
        text: str = "",
        *,
        limit: int = 5000,
        placeholder: str = "",
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit = limit
        self._lines = lines
        self._error = ""
        self._loading = False
        self.setTabChangesFocus(True)
        self.setFont(font(14))
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setPlainText(text)
        self.textChanged.connect(self._changed)

    def value(self) -> str:
        """The text without surrounding blanks."""
        return self.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Show a stored text."""
        if text == self.toPlainText():
            return
        self._loading = True
        self.setPlainText(text)
        self._loading = False

    def error(self) -> str:
        """Sentence when too long."""
        return self._error

    def sizeHint(self) -> QSize:
        return QSize(240, int(self.fontMetrics().lineSpacing() * self._lines) + 26)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.committed.emit()

    def _changed(self) -> None:
        error = too_long(len(self.toPlainText()), self._limit)
        if error != self._error:
            self._error = error
            self.error_changed.emit(error)
        if not self._loading:
            self.changed.emit()


class SearchField(InlineEdit):
    """``SearchField(placeholder="", *, delay_ms=0, parent=None)``: magnifier, clear button, Escape clears.

    ``value()``, ``empty()``. Signals: ``searched(str)`` after each key (or after the delay), ``submitted(str)`` on Enter, ``moved(int)`` for Up (-1) and
    Down (+1), so that a list beside it can be steered without leaving the box.
    """

    searched = Signal(str)
    submitted = Signal(str)
    moved = Signal(int)

    def __init__(self, placeholder: str = "", *, delay_ms: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kit", "round")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder or _("Search"))
        self.set_lead(22)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._tell)
        self._clear = IconButton("x", _("Clear"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self.add_tail(self._clear)
        self._clear.hide()
        self.textChanged.connect(self._changed)

    @property
    def is_waiting(self) -> bool:
        """Say whether the latest words were not told yet."""
        return self._timer.isActive()

    def value(self) -> str:
        """The words searched for, without surrounding blanks."""
        return self.text().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self._timer.stop()
                self._tell()
            self.submitted.emit(self.value())
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        whole = QRectF(self.rect())
        spot = leading(self.layoutDirection(), whole, QRectF(14, (self.height() - 17) / 2, 17, 17))
        paint_icon(painter, "search", spot, T("text2"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.place_tail()

    def empty(self) -> None:
        """Take the words away without telling anyone."""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)
        self._timer.stop()
        self._clear.hide()

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        if self._timer.interval() == 0:
            self._tell()
        else:
            self._timer.start()

    def _tell(self) -> None:
        self.searched.emit(self.value())
