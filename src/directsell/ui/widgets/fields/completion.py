"""Typing finds records: an editor with a list below it, driven by a search function. Also takes a scanner's keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.cards import paint_avatar
from directsell.ui.widgets.fields.base import InlineEdit
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, leading

_ROW = 48
_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Completion:
    """One proposal: the value handed out, two lines, something at the end, an icon or a name for initials."""

    value: object
    title: str
    detail: str = ""
    amount: str = ""
    icon: str = ""
    avatar: str = ""


class CompletionField(InlineEdit):
    """``CompletionField(search, *, exact=None, placeholder="", icon="", delay_ms=0, clear_on_pick=False, least=1, parent=None)``.

    ``search(text) -> Sequence[Completion]`` runs per key (make it quick); ``exact(text) -> Completion | None`` is asked first
    on Enter, so that a scanner's digits hit their product without a list. Up/Down choose, Enter or Tab picks, Escape closes.
    ``value()`` is the picked value or None, ``set_value(value, title)``; with ``clear_on_pick`` the field is
    empty again after each pick (order entry).

    Signals: ``picked(object value)``, ``not_found(str text)`` on Enter without a hit, ``changed()``, ``committed()``,
    ``error_changed(str)`` (``set_error`` of the FormField shows sentences), ``backspaced()`` in the empty field.
    """

    picked = Signal(object)
    not_found = Signal(str)
    backspaced = Signal()
    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(
        self,
        search: Callable[[str], Sequence[Completion]],
        *,
        exact: Callable[[str], Completion | None] | None = None,
        placeholder: str = "",
        icon: str = "",
        delay_ms: int = 0,
        clear_on_pick: bool = False,
        least: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._exact = exact
        self._icon = icon
        self._clear = clear_on_pick
        self._least = least
        self._value: object = None
        self._title = ""
        self._asked: str | None = None
        self._list: CompletionList | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        if icon:
            self.set_lead(24)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    # --- value

    def value(self) -> object:
        """What was picked; None after the text was altered."""
        return self._value

    def set_value(self, value: object, title: str = "") -> None:
        """Show a stored record."""
        self._value = value
        self._title = title
        self.setText(title)
        self.setCursorPosition(0)
        self.close_list()

    def error(self) -> str:
        """Always empty: what a missing record means is the form's affair."""
        return ""

    def proposals(self) -> Sequence[Completion]:
        """What the open list shows; empty when closed."""
        return self._list.rows if self._list is not None and self._list.isVisible() else ()

    def close_list(self) -> None:
        """Hide the proposals."""
        if self._list is not None:
            self._list.hide()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shown = self._list if self._list is not None and self._list.isVisible() else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if shown is None:
                self._ask(force=True)
            else:
                shown.move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and shown is not None:
            shown.move(_SHOWN if key == Qt.Key.Key_PageDown else -_SHOWN)
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
        elif key == Qt.Key.Key_Escape and shown is not None:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        shown = self._list is not None and self._list.isVisible()
        if shown and event.reason() is Qt.FocusReason.TabFocusReason and self._value is None:
            self._pick_current()
        self.close_list()
        super().focusOutEvent(event)
        self.committed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            painter = QPainter(self)
            whole = QRectF(self.rect())
            spot = leading(self.layoutDirection(), whole, QRectF(12, (self.height() - 18) / 2, 18, 18))
            paint_icon(painter, self._icon, spot, T("text2"))

    # --- inside

    def _typed(self, _text: str) -> None:
        self._value = None
        self._asked = None
        if self._timer.interval() == 0:
            self._ask()
        else:
            self._timer.start()
        self.changed.emit()

    def _ask(self, *, force: bool = False) -> None:
        text = self.text().strip()
        if len(text) < self._least and not force:
            self.close_list()
            return
        self._asked = text
        rows = tuple(self._search(text))
        if not rows:
            self.close_list()
            return
        if self._list is None:
            self._list = CompletionList(self)
            self._list.picked.connect(self._pick)
        self._list.show_rows(rows)

    def _enter(self) -> None:
        text = self.text().strip()
        if not text:
            self.committed.emit()
            return
        if self._value is not None and text == self._title:
            self.committed.emit()
            return
        hit = self._exact(text) if self._exact is not None else None
        if hit is not None:
            self._pick(hit)
            return
        if self._asked != text:
            self._timer.stop()
            self._ask()
        if not self._pick_current():
            self.not_found.emit(text)

    def _pick_current(self) -> bool:
        row = self._list.current() if self._list is not None and self._list.isVisible() else None
        if row is None:
            return False
        self._pick(row)
        return True

    def _pick(self, row: object) -> None:
        if not isinstance(row, Completion):
            return
        self.close_list()
        self._timer.stop()
        self._value, self._title = row.value, row.title
        self._asked = None
        self.setText("" if self._clear else row.title)
        if self._clear:
            self._value = None
        self.picked.emit(row.value)
        self.changed.emit()


class CompletionList(QWidget):
    """The proposals; a child of the window, so that the editor keeps the focus. Signal: ``picked(object Completion)``."""

    picked = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.rows: Sequence[Completion] = ()
        self._current = 0
        self._top = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        field.window().installEventFilter(self)
        field.destroyed.connect(self.deleteLater)
        self.hide()

    def show_rows(self, rows: Sequence[Completion]) -> None:
        """Show proposals, the first one chosen."""
        self.rows = rows
        self._current = self._top = 0
        self._place()
        self._tell()
        self.show()
        self.raise_()
        self.update()

    def current(self) -> Completion | None:
        """The chosen proposal."""
        return self.rows[self._current] if 0 <= self._current < len(self.rows) else None

    def move(self, step: int) -> None:  # type: ignore[override]
        """Choose another one."""
        self._current = max(0, min(len(self.rows) - 1, self._current + step))
        visible = self._visible()
        self._top = max(self._current - visible + 1, min(self._top, self._current))
        self._tell()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (event.type() == QEvent.Type.Resize and self.isVisible()) or (
            event.type() == QEvent.Type.MouseButtonPress and self.isVisible()
        ):
            self.hide()
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None and row != self._current:
            self._current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None:
            self.picked.emit(self.rows[row])

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = -1 if event.angleDelta().y() > 0 else 1
        self._top = max(0, min(len(self.rows) - self._visible(), self._top + step))
        self.update()
        event.accept()

    def sizeHint(self) -> QSize:
        return QSize(max(self._field.width(), 320), min(len(self.rows), _SHOWN) * _ROW + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        fill_round(painter, whole.adjusted(0, 1, 0, 0), 12, T("shadow1"))
        fill_round(painter, whole.adjusted(0, 0, 0, -1), 12, T("raised"), T("border"))
        for place in range(self._visible()):
            number = self._top + place
            if number < len(self.rows):
                rect = QRectF(6, 6 + place * _ROW, self.width() - 12, _ROW)
                self._paint_row(painter, rect, self.rows[number], chosen=number == self._current)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: Completion, *, chosen: bool) -> None:
        direction = self.layoutDirection()
        if chosen:
            fill_round(painter, rect.adjusted(0, 1, 0, -1), 8, T("selection"))
        left = rect.x() + 10
        if row.avatar:
            spot = QRectF(left, rect.center().y() - 16, 32, 32)
            paint_avatar(painter, leading(direction, rect, spot), row.avatar)
            left += 42
        elif row.icon:
            spot = QRectF(left, rect.center().y() - 9, 18, 18)
            paint_icon(painter, row.icon, leading(direction, rect, spot), T("text2"))
            left += 28
        right = rect.right() - 10
        if row.amount:
            width = metrics(14, 600, tabular=True).horizontalAdvance(row.amount) + 2
            spot = leading(direction, rect, QRectF(right - width, rect.y(), width, rect.height()))
            side = aligned(direction, end=True)
            draw_text(painter, spot, row.amount, font(14, 600, tabular=True), T("text"), side)
            right -= width + 10
        side = aligned(direction)
        top = rect.y() + (5 if row.detail else 14)
        first = leading(direction, rect, QRectF(left, top, right - left, 20))
        draw_text(painter, first, row.title, font(14, 600), T("text"), side)
        if row.detail:
            second = leading(direction, rect, QRectF(left, rect.y() + 25, right - left, 17))
            draw_text(painter, second, row.detail, font(12), T("text2"), side)

    def _visible(self) -> int:
        return max(1, (self.height() - 12) // _ROW)

    def _row_at(self, y: float) -> int | None:
        row = self._top + int((y - 6) // _ROW)
        return row if y >= 6 and row < len(self.rows) else None

    def _tell(self) -> None:
        row = self.current()
        words = ", ".join(part for part in (row.title, row.detail, row.amount) if part) if row is not None else ""
        self._field.setAccessibleDescription(words)

    def _place(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        size = self.sizeHint()
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        room_below = window.height() - below.y() - 8
        above = below.y() - self._field.height() - 12
        height = min(size.height(), max(room_below, above, _ROW + 12))
        height = (height - 12) // _ROW * _ROW + 12
        y = below.y() if height <= room_below or room_below >= above else below.y() - self._field.height() - 8 - height
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        x = below.x() if ltr else below.x() + self._field.width() - size.width()
        x = max(8, min(x, window.width() - size.width() - 8))
        self.setGeometry(x, y, min(size.width(), window.width() - 16), height)
