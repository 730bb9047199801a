"""The field in which a person is chosen: type a part of a name or number, pick, or ask for a new one. It saves nothing."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.queries.people import PersonHit, person_name, suggest_people
from directsell.ui.session import Session
from directsell.ui.theme import T, font, paint_icon
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import paint_avatar
from directsell.ui.widgets.fields.base import InlineEdit
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, leading

_ROW = 50
_PAD = 5


class PersonPicker(InlineEdit):
    """``PersonPicker(session, label, *, create=True, parent=None)``: put it into ``FormField(label, picker)``.

    ``person_id()`` (None while nobody is chosen), ``set_person(id | None)`` (tells nobody), ``set_query(text)``, ``value()``
    is ``person_id()``; ``error()`` says when something is typed that is nobody. Down opens the suggestions (without text:
    the newest people), Enter picks, Escape closes; typed text is never thrown away.

    Signals: ``chosen(object id | None)`` by the user only (None when cleared); ``create_requested(str)`` the typed words;
    ``changed()``, ``committed()``, ``error_changed(str)`` as every editor.
    """

    chosen = Signal(object)
    create_requested = Signal(str)
    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(self, session: Session, label: str, *, create: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._create = create
        self._person: UUID | None = None
        self._error = ""
        self._list: _Suggestions | None = None
        self.setAccessibleName(label)
        self.setPlaceholderText(_("Type a name or number …"))
        self._clear = IconButton("x", _("Clear"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self._cleared)
        self.add_tail(self._clear)
        self._show_clear()
        self.textEdited.connect(self._typed)

    # --- value

    def person_id(self) -> UUID | None:
        """Return who is chosen."""
        return self._person

    def value(self) -> UUID | None:
        """Return who is chosen; the name every editor has for it."""
        return self._person

    def set_person(self, person_id: UUID | None) -> None:
        """Show a person, or nobody, without telling anyone."""
        self._take(person_id, self._session.look(person_name, person_id))

    def set_query(self, text: str) -> None:
        """Put words into the field as if they were typed, without opening the suggestions."""
        self._person = None
        self.setText(text)
        self._show_person()

    def error(self) -> str:
        """Return the sentence about words that are nobody; "" when empty or chosen."""
        if self._person is None and self.text().strip():
            return _("Choose a person from the list, or create a new one.")
        return ""

    # --- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shown = self._list is not None and self._list.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if shown and self._list is not None:
                self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
            else:
                self._suggest()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown:
            self._pick_current()
        elif key == Qt.Key.Key_Escape and shown:
            self._hide_list()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hide_list()
        self._report()
        self.committed.emit()

    def hideEvent(self, event: QEvent) -> None:
        self._hide_list()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        spot = leading(self.layoutDirection(), whole, QRectF(10, (self.height() - 24) / 2, 24, 24))
        if self._person is not None:
            paint_avatar(painter, spot, self.text())
        else:
            paint_icon(painter, "search", spot.adjusted(4, 4, -4, -4), T("text3"))

    # --- inside

    def _typed(self, text: str) -> None:
        if self._person is not None:
            self._person = None
            self.chosen.emit(None)
        self._show_person()
        self._suggest()
        if self._error:
            self._report()
        self.changed.emit()

    def _suggest(self) -> None:
        text = "" if self._person is not None else self.text()
        hits = self._session.look(suggest_people, text)
        wanted = text.strip() if self._create else ""
        if not hits and not wanted:
            self._hide_list()
            return
        if self._list is None:
            self._list = _Suggestions(self)
            self._list.picked.connect(self._pick_row)
        self._list.show_hits(hits, wanted)

    def _pick_current(self) -> None:
        if self._list is not None:
            self._pick_row(self._list.current)

    def _pick_row(self, row: int) -> None:
        assert self._list is not None
        hits = self._list.hits
        wanted = self._list.wanted
        self._hide_list()
        if row < len(hits):
            self._take(hits[row].id, hits[row].name)
            self._report()
            self.chosen.emit(self._person)
            self.changed.emit()
            self.committed.emit()
        elif wanted:
            self.create_requested.emit(wanted)

    def _cleared(self) -> None:
        had = self._person is not None
        self._take(None, "")
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._report()
        if had:
            self.chosen.emit(None)
        self.changed.emit()

    def _take(self, person_id: UUID | None, name: str) -> None:
        self._person = person_id
        self.setText(name)
        self.setCursorPosition(0)
        self._show_person()

    def _show_person(self) -> None:
        self.set_lead(30)
        self._show_clear()
        self.update()

    def _show_clear(self) -> None:
        self.set_lead(30)
        shown = bool(self.text())
        self._clear.setVisible(shown)
        self._clear.setProperty("gone", not shown)
        self.place_tail()

    def _hide_list(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _report(self) -> None:
        sentence = self.error()
        if sentence != self._error:
            self._error = sentence
            self.error_changed.emit(sentence)


class _Suggestions(QWidget):
    """The rows under the field: people, then "create". It lies over the window and never takes the focus."""

    picked = Signal(int)

    def __init__(self, field: PersonPicker) -> None:
        super().__init__(field.window())
        self._field = field
        self.hits: list[PersonHit] = []
        self.wanted = ""
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        field.destroyed.connect(self.deleteLater)
        self.hide()

    def show_hits(self, hits: list[PersonHit], wanted: str) -> None:
        """Show people and, when ``wanted`` has words, the row that creates somebody of this name."""
        self.hits, self.wanted, self.current = hits, wanted, 0
        window = self._field.window()
        if self.parent() is not window:
            self.setParent(window)
        self._place(window)
        self._tell()
        self.show()
        self.raise_()
        self.update()
        window.installEventFilter(self)

    def move_by(self, step: int) -> None:
        """Move the current row, round the ends."""
        self.current = (self.current + step) % max(1, self._rows())
        self._tell()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.MouseButtonPress, QEvent.Type.WindowDeactivate):
            self.hide()
        return False

    def hideEvent(self, event: QEvent) -> None:
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if 0 <= row < self._rows() and row != self.current:
            self.current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if 0 <= row < self._rows():
            self.picked.emit(row)

    def sizeHint(self) -> QSize:
        return QSize(320, self._rows() * _ROW + 2 * _PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, QRectF(self.rect()), 12, T("raised"), T("border"))
        for row in range(self._rows()):
            rect = QRectF(_PAD, _PAD + row * _ROW, self.width() - 2 * _PAD, _ROW)
            if row == self.current:
                fill_round(painter, rect.adjusted(0, 1, 0, -1), 8, T("selection"))
            self._paint_row(painter, rect, row)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: int) -> None:
        direction = self.layoutDirection()
        badge = leading(direction, rect, QRectF(rect.x() + 8, rect.center().y() - 16, 32, 32))
        words = leading(direction, rect, QRectF(rect.x() + 50, rect.y(), rect.width() - 60, rect.height()))
        side = aligned(direction)
        if row >= len(self.hits):
            fill_round(painter, badge, 16, T("soft"))
            paint_icon(painter, "user-plus", badge.adjusted(8, 8, -8, -8), T("on_soft"))
            draw_text(painter, words, self._create_text(), font(14, 600), T("accent_text"), side)
            return
        hit = self.hits[row]
        paint_avatar(painter, badge, hit.name)
        detail = " · ".join(part for part in (hit.reach, hit.city) if part)
        if not detail:
            draw_text(painter, words, hit.name, font(14, 600), T("text"), side)
            return
        upper, lower = words.adjusted(0, 6, 0, -24), words.adjusted(0, 26, 0, -6)
        draw_text(painter, upper, hit.name, font(14, 600), T("text"), side)
        draw_text(painter, lower, detail, font(12), T("text2"), side)

    def _create_text(self) -> str:
        return _("Create “{name}”").format(name=self.wanted)

    def _rows(self) -> int:
        return len(self.hits) + bool(self.wanted)

    def _row_at(self, y: float) -> int:
        return int((y - _PAD) // _ROW)

    def _tell(self) -> None:
        """Let a screen reader say the row that Enter would take."""
        row = self.current
        words = self.hits[row].name if row < len(self.hits) else self._create_text()
        self._field.setAccessibleDescription(words)

    def _place(self, window: QWidget) -> None:
        field = self._field
        corner = field.mapTo(window, QPoint(0, field.height() + 4))
        width = max(field.width(), 280)
        height = self.sizeHint().height()
        below = window.height() - corner.y() - 8
        if height > below and corner.y() - field.height() > below:
            height = min(height, corner.y() - field.height() - 12)
            corner.setY(corner.y() - field.height() - 8 - height)
        else:
            height = min(height, below)
        x = max(4, min(corner.x(), window.width() - width - 4))
        if field.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = max(4, min(corner.x() + field.width() - width, window.width() - width - 4))
        self.setGeometry(x, corner.y(), width, height)
