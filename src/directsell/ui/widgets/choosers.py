"""Switching between views: the segmented control; and the small key caps of a hint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from directsell.ui.theme import T, font, metrics
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.painting import draw_text, fill_round, focus_ring


class _Segment(Alive, QAbstractButton):
    """One choice of a Segmented."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__()
        self.key = key
        self._caption = text
        self._count = ""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        self._count = str(count) if count else ""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = self._caption + ("  " + self._count if self._count else "")
        return QSize(int(metrics(14, 600).horizontalAdvance(words)) + 30, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # a button by itself would move the focus on; the arrows choose
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            fill_round(painter, rect.adjusted(2, 2, -2, -2), 7, T("surface"), T("border"))
        tone = "text" if chosen or self._hover else "text2"
        words = self._caption + ("  " + self._count if self._count else "")
        center = Qt.AlignmentFlag.AlignCenter
        draw_text(painter, rect.adjusted(8, 0, -8, 0), words, font(14, 600 if chosen else 500), T(tone), center)
        if self._ring:
            focus_ring(painter, rect.adjusted(1, 1, -1, -1), 8)


class Segmented(QWidget):
    """``Segmented([(key, text), ...], current=None, *, name="", parent=None)``: one of a few, arrows move.

    ``value()``, ``set_value(key)``, ``set_count(key, n)``. Signals: ``chosen(str)``, ``changed()``, ``committed()`` (user only).
    """

    chosen = Signal(str)
    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        current: str | None = None,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._segments: list[_Segment] = []
        self._value = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        for key, text in choices:
            self.add(key, text)
        self.set_value(current if current is not None else (choices[0][0] if choices else ""))

    def add(self, key: str, text: str) -> None:
        """Append a choice."""
        segment = _Segment(key, text)
        segment.clicked.connect(self._clicked)
        self._segments.append(segment)
        self._row.addWidget(segment)
        if len(self._segments) == 1:
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocusProxy(segment)

    def value(self) -> str:
        """Key of the choice; empty when there is none."""
        return self._value

    def set_value(self, key: str) -> None:
        """Choose without telling anyone."""
        self._value = ""
        for segment in self._segments:
            on = segment.key == key
            segment.setChecked(on)
            self._value = key if on else self._value
            # One tab stop for the whole control; the arrows move inside.
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
            if on:
                self.setFocusProxy(segment)

    def set_count(self, key: str, count: int) -> None:
        """A number beside a choice; zero removes it."""
        for segment in self._segments:
            if segment.key == key:
                segment.set_count(count)

    def error(self) -> str:
        """Always empty."""
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        keys = [segment.key for segment in self._segments]
        place = max(0, min(len(keys) - 1, (keys.index(self._value) if self._value in keys else 0) + step))
        self._choose(self._segments[place])
        self._segments[place].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, QRectF(self.rect()), 10, T("neutral_soft"))

    def _clicked(self) -> None:
        segment = self.sender()
        if isinstance(segment, _Segment):
            self._choose(segment)

    def _choose(self, segment: _Segment) -> None:
        before = self._value
        self.set_value(segment.key)
        if before != segment.key:
            self.chosen.emit(segment.key)
            self.changed.emit()
            self.committed.emit()


class KeyHint(QWidget):
    """``KeyHint("Ctrl+K")``: key caps in the words of the system."""

    def __init__(self, keys: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
        self._caps = native.split("+") if "+" in native and len(native) > 1 else [native]
        self.setAccessibleName(native)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(int(sum(_cap_width(cap) + 3 for cap in self._caps)), 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for cap in self._caps:
            rect = QRectF(x, 0, _cap_width(cap), 20)
            fill_round(painter, rect, 5, T("hover"), T("border"))
            draw_text(painter, rect, cap, font(11, 600), T("text2"), Qt.AlignmentFlag.AlignCenter)
            x += rect.width() + 3


def _cap_width(cap: str) -> float:
    return max(20.0, metrics(11, 600).horizontalAdvance(cap) + 12)
