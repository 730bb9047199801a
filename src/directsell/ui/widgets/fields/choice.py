"""Editors that choose: a drop-down, a tick, a switch. No knowledge of what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QToolTip,
    QWidget,
)

from directsell.ui.theme import T, font, metrics, paint_icon, set_property
from directsell.ui.widgets.alive import Ringed
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading

_ARROW = 54  # pixels: frame, paddings and the arrow


class ChoiceField(QComboBox):
    """``ChoiceField(choices=[(value, text), ...], value=None, *, placeholder="", parent=None)``.

    ``value()``, ``set_value(value)`` (unknown or None clears), ``set_choices(choices)`` keeps the value when it still exists.
    Signals: ``changed()``, ``committed()`` (both by the user only), ``error_changed(str)`` (never emitted).
    """

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[Any, str]] = (),
        value: Any = None,
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values: list[Any] = []
        self.setFont(font(14))
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setPlaceholderText(placeholder)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self.set_choices(choices)
        self.set_value(value)
        self.activated.connect(self._picked)
        self._mirror()

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Replace the entries."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _text in choices]
        self.addItems([text for _value, text in choices])
        self.blockSignals(False)
        self.set_value(before)

    def value(self) -> Any:
        """The chosen value, or None."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def values(self) -> tuple[Any, ...]:
        """What there is to choose, in its order."""
        return tuple(self._values)

    def set_value(self, value: Any) -> None:
        """Choose without telling anyone."""
        self.blockSignals(True)
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        self.blockSignals(False)
        self.update()

    def error(self) -> str:
        """Always empty."""
        return ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._mirror()

    def _mirror(self) -> None:
        # Paddings of a style sheet do not mirror by themselves.
        set_property(self, "rtl", self.layoutDirection() is Qt.LayoutDirection.RightToLeft)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = self._shown(option.currentText)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            words = self.currentText()
            if self._shown(words) != words:
                QToolTip.showText(event.globalPos(), words, self)
                return True
        return super().event(event)

    def _shown(self, words: str) -> str:
        """Words as far as they have room beside the arrow."""
        room = max(24, self.width() - _ARROW)
        return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over a form scrolls the form; it must never alter a value unseen.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        whole = QRectF(self.rect())
        spot = leading(self.layoutDirection(), whole, QRectF(self.width() - 29, (self.height() - 16) / 2, 16, 16))
        paint_icon(painter, "chevron-down", spot, T("text2"))

    def _picked(self, _index: int) -> None:
        self.changed.emit()
        self.committed.emit()


class _Tick(Ringed, QAbstractButton):
    """Shared by CheckBox and Switch: a mark and words, the whole line is the target."""

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)
    _mark = 20.0

    def __init__(self, text: str, checked: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._caption = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._clicked)

    def value(self) -> bool:
        """On or off."""
        return self.isChecked()

    def set_value(self, on: bool) -> None:
        """Set without telling anyone."""
        self.blockSignals(True)
        self.setChecked(on)
        self.blockSignals(False)
        self.update()

    def error(self) -> str:
        """Always empty."""
        return ""

    def sizeHint(self) -> QSize:
        words = metrics(14).horizontalAdvance(self._caption) + 10 if self._caption else 0
        return QSize(int(self._mark + words + 8), 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self._mark) + 16, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        whole = QRectF(self.rect())
        direction = self.layoutDirection()
        mark = leading(direction, whole, QRectF(3, (self.height() - 20) / 2, self._mark, 20))
        self.paint_mark(painter, mark)
        if self._ring:
            focus_ring(painter, mark.adjusted(-3, -3, 3, 3), 8)
        words = leading(direction, whole, QRectF(self._mark + 13, 0, self.width() - self._mark - 13, self.height()))
        draw_text(painter, words, self._caption, font(14), T("text"), aligned(direction))

    def paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the state."""

    def _clicked(self) -> None:
        self.changed.emit()
        self.committed.emit()


class CheckBox(_Tick):
    """``CheckBox(text, checked=False)``: ``value()``, ``set_value``; signals ``changed``, ``committed``, ``toggled(bool)``."""

    def __init__(self, text: str, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, checked, parent)

    def paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        if self.isChecked():
            fill_round(painter, rect, 6, T("accent"))
            paint_icon(painter, "check", rect.adjusted(3, 3, -3, -3), T("on_accent"))
        else:
            fill_round(painter, rect, 6, T("field"), T("text3"))


class Switch(_Tick):
    """``Switch(text, checked=False)``: as CheckBox, for settings that act at once."""

    _mark = 36.0

    def __init__(self, text: str, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, checked, parent)

    def paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        on = self.isChecked()
        fill_round(painter, rect, rect.height() / 2, T("accent" if on else "text3"))
        at_end = on is (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
        left = rect.right() - 18 if at_end else rect.left() + 2
        fill_round(painter, QRectF(left, rect.top() + 2, 16, 16), 8, T("on_accent" if on else "surface"))
