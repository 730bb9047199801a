"""The board under keys and pointer: cards are moved by one key or one drag, columns scroll by themselves. It stores nothing."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from directsell.domain.people import Stage
from directsell.domain.pipeline import STAGES, neighbour
from directsell.store.queries.pipeline import Pipeline
from directsell.ui.pages.pipeline.board_paint import Drag, paint_board, thumb_rect
from directsell.ui.pages.pipeline.card_field import CardField
from directsell.ui.pages.pipeline.card_look import CardLook
from directsell.ui.pages.pipeline.geometry import STEP
from directsell.ui.widgets.painting import by_keyboard

_NOTCH = 90  # pixels of one step of the wheel
_EDGE = 44  # from here on a carried card pulls the board along
_PULL = 14
_LATER = (Qt.Key.Key_Greater, Qt.Key.Key_Period)
_EARLIER = (Qt.Key.Key_Less, Qt.Key.Key_Comma)
COMMANDS = "lndqpo"


class Board(CardField):
    """``Board(look)``: a CardField that is worked with.

    Arrows go from card to card, Home and End to the ends of a column; Ctrl with an arrow, ``<`` and ``>`` move the card to
    the stage beside, a digit to that stage; Enter opens it. Cards are dragged to another column.

    Signals: ``opened(object id)``; ``move_wanted(object id, object Stage)``; ``menu_wanted(object id, QPoint)``;
    ``command(str letter)`` one of COMMANDS for the current card.
    """

    opened = Signal(object)
    move_wanted = Signal(object, object)
    menu_wanted = Signal(object, QPoint)
    command = Signal(str)

    def __init__(self, look: CardLook, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._hover: tuple[int, int] | None = None
        self._pressed: tuple[UUID, QPoint] | None = None
        self._thumb: tuple[int, int] | None = None
        self._drag: Drag | None = None
        self._ring = False
        self._pull = QTimer(self)
        self._pull.setInterval(30)
        self._pull.timeout.connect(self._pull_along)

    def show_pipeline(self, pipeline: Pipeline) -> None:
        self._hover = None
        super().show_pipeline(pipeline)

    def _want(self, stage: Stage) -> None:
        card = self.current()
        if card is not None and (card.stage is not stage or stage is Stage.LOST):
            self.move_wanted.emit(card.id, stage)

    # --- Qt's side: keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._drag is not None and key == Qt.Key.Key_Escape:
            self._stop_drag()
        elif not self._moves(event) and not self._goes(event):
            letter = event.text().lower()
            plain = held == Qt.KeyboardModifier.NoModifier
            if plain and letter and letter in COMMANDS and self._current is not None:
                self.command.emit(letter)
            elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
                self.opened.emit(self._current)
            elif key == Qt.Key.Key_Menu and self._current is not None:
                self.menu_wanted.emit(self._current, self._menu_place())
            else:
                event.ignore()

    def _moves(self, event: QKeyEvent) -> bool:
        """Move the card: Ctrl with an arrow, < and >, a digit."""
        card = self.current()
        step = self._side(event) if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 0
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = (event.key() in _LATER) - (event.key() in _EARLIER)
            digit = event.text()
            if card is not None and digit.isdecimal() and 1 <= int(digit) <= len(STAGES):
                self._want(STAGES[int(digit) - 1])
                return True
        if not step:
            return False
        if card is not None:
            self._want(neighbour(card.stage, step))
        return True

    def _side(self, event: QKeyEvent) -> int:
        """Return +1 for the arrow that points onwards, -1 for the one that points back."""
        step = (event.key() == Qt.Key.Key_Right) - (event.key() == Qt.Key.Key_Left)
        return -step if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else step

    def _goes(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        page = max(1, self.geometry_now().body // STEP)
        down = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -len(self._places),
            Qt.Key.Key_End: len(self._places),
        }.get(Qt.Key(event.key()), 0)
        side = self._side(event)
        if not down and not side:
            return False
        self._go(side, down)
        return True

    def _menu_place(self) -> QPoint:
        at = self._places.get(self._current) if self._current is not None else None
        rect = self.card_rect(*at) if at is not None else self.viewport().rect()
        return self.viewport().mapToGlobal(rect.center())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)
        if self._ring and self._current is None:
            self.select_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # --- Qt's side: the pointer

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        across = delta.x() or (delta.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if across:
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (-across if rtl else across) * _NOTCH // 120)
        elif (place := self._column_at(event.position().toPoint())) is not None:
            self.scroll_column(place, -delta.y() * _NOTCH // 120)
            self._set_hover(self._card_at(event.position().toPoint()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        point = event.position().toPoint()
        place = self._column_at(point)
        if place is not None and event.button() is Qt.MouseButton.LeftButton and self._takes_thumb(place, point):
            return
        at = self._card_at(point)
        if at is not None:
            key = self.pipeline.columns[at[0]].cards[at[1]].id
            self._set_current(key)
            if event.button() is Qt.MouseButton.LeftButton:
                self._pressed = key, point
            elif event.button() is Qt.MouseButton.RightButton:
                self.menu_wanted.emit(key, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._thumb is not None:
            self._pull_thumb(point)
        elif self._drag is not None:
            self._carry(point)
        elif self._pressed is not None:
            far = (point - self._pressed[1]).manhattanLength() >= QApplication.startDragDistance()
            if far and event.buttons() & Qt.MouseButton.LeftButton:
                self._start_drag(point)
        else:
            self._set_hover(self._card_at(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        place = self._column_at(event.position().toPoint())
        self._pressed = self._thumb = None
        self._stop_drag()
        if drag is not None and place is not None:
            stage = self.pipeline.columns[place].stage
            if stage is not drag.card.stage:
                self.move_wanted.emit(drag.card.id, stage)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._card_at(event.position().toPoint())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self.pipeline.columns[at[0]].cards[at[1]].id)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hover(None)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._card_at(event.pos())
            words = () if at is None else self.look.words(self.pipeline.columns[at[0]].cards[at[1]]).lines
            QToolTip.showText(event.globalPos(), "\n".join(words), self.viewport())
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self._ring and self.hasFocus()
        paint_board(painter, event.rect(), self, hover=self._hover, ring=ring, drag=self._drag)

    # --- inside: carrying a card

    def _start_drag(self, point: QPoint) -> None:
        if self._pressed is None:
            return
        key, start = self._pressed
        card, at = self.card(key), self._places.get(key)
        if card is None or at is None:
            return
        self._set_hover(None)
        self._drag = Drag(card, point, start - self.card_rect(*at).topLeft(), self._column_at(point))
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._pull.start()
        self.viewport().update()

    def _carry(self, point: QPoint) -> None:
        if self._drag is not None:
            self._drag = Drag(self._drag.card, point, self._drag.hold, self._column_at(point))
            self.viewport().update()

    def _stop_drag(self) -> None:
        self._pull.stop()
        if self._drag is not None:
            self._drag = self._pressed = None
            self.viewport().unsetCursor()
            self.viewport().update()

    def _pull_along(self) -> None:
        """Scroll on while a card is held at an edge."""
        if self._drag is None:
            return
        point, width = self._drag.point, self.viewport().width()
        onwards = (point.x() > width - _EDGE) - (point.x() < _EDGE)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + _PULL * (-onwards if rtl else onwards))
        self._carry(point)

    # --- inside: the bars of the columns

    def _takes_thumb(self, place: int, point: QPoint) -> bool:
        rect = thumb_rect(self, place)
        if rect is None or not QRect(rect.toRect()).adjusted(-5, -2, 5, 2).contains(point):
            return False
        self._thumb = place, point.y()
        return True

    def _pull_thumb(self, point: QPoint) -> None:
        if self._thumb is None:
            return
        place, y = self._thumb
        rect = thumb_rect(self, place)
        if rect is not None:
            geometry = self.geometry_now()
            most = geometry.most(len(self.pipeline.columns[place].cards))
            room = max(1.0, geometry.body - rect.height())
            self.scroll_column(place, round((point.y() - y) * most / room))
            self._thumb = place, point.y()

    def _set_hover(self, at: tuple[int, int] | None) -> None:
        if at == self._hover:
            return
        for one in (self._hover, at):
            if one is not None and one[0] < len(self.pipeline.columns):
                self.viewport().update(self.card_rect(*one).adjusted(-1, -1, 1, 1))
        self._hover = at
