"""The cards of the board and which one is current: columns that scroll by themselves. Keys and pointer are in board.py."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from directsell.domain.people import LostReason, Stage
from directsell.domain.pipeline import STAGES, urgency
from directsell.i18n import _
from directsell.store.queries.pipeline import Card, Column, Pipeline
from directsell.ui.pages.pipeline.card_look import CardLook
from directsell.ui.pages.pipeline.geometry import CARD, GAP, STEP, Geometry

_NOTCH = 90  # pixels of one step of the wheel
_EDGE = 44
_PULL = 14
_LATER, _EARLIER = (Qt.Key.Key_Greater, Qt.Key.Key_Period), (Qt.Key.Key_Less, Qt.Key.Key_Comma)
_COMMANDS = "lndqpo"


class CardField(QAbstractScrollArea):
    """``CardField(look)``: ``show_pipeline(pipeline)``, ``select(id) -> bool``, ``current()``, ``card(id)``, ``move_here(id, stage)``.

    Signal: ``current_changed(object id | None)``.
    """

    current_changed = Signal(object)

    def __init__(self, look: CardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.pipeline = Pipeline()
        self._offsets: dict[Stage, int] = dict.fromkeys(STAGES, 0)
        self._current: UUID | None = None
        self._places: dict[UUID, tuple[int, int]] = {}
        self.setAccessibleName(_("Pipeline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        # A style-sheet background would make every step of the wheel repaint everything; we fill it ourselves.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # --- content

    def show_pipeline(self, pipeline: Pipeline) -> None:
        """Show other cards; the one that was current stays current, or the one that took its place is."""
        before = self._places.get(self._current) if self._current is not None else None
        self.pipeline = pipeline
        self._places = {
            card.id: (place, index)
            for place, column in enumerate(pipeline.columns)
            for index, card in enumerate(column.cards)
        }
        geometry = self.geometry_now()
        for column in pipeline.columns:
            most = geometry.most(len(column.cards))
            self._offsets[column.stage] = min(self._offsets[column.stage], most)
        if self._current is not None and self._current not in self._places:
            self._set_current(self._near(before))
        self._fit()
        self.viewport().update()

    def current(self) -> Card | None:
        """Return the card that keys act on."""
        return None if self._current is None else self.card(self._current)

    def card(self, key: UUID) -> Card | None:
        """Return a card that is shown."""
        place = self._places.get(key)
        return None if place is None else self.pipeline.columns[place[0]].cards[place[1]]

    def select(self, key: UUID) -> bool:
        """Make a card current and visible; False when it is not on the board."""
        if key not in self._places:
            return False
        self._set_current(key)
        self._reveal()
        return True

    def select_first(self) -> None:
        """Make the first card current."""
        first = next((column.cards[0] for column in self.pipeline.columns if column.cards), None)
        if first is not None:
            self.select(first.id)

    def move_here(self, key: UUID, stage: Stage, reason: LostReason = LostReason.NONE) -> None:
        """Put a card into another column at once, before it is stored; what is stored is shown as soon as it is read."""
        card = self.card(key)
        if card is None or card.stage is stage:
            return
        moved = replace(card, stage=stage, since=self.look.today, lost_reason=reason)
        columns = []
        for column in self.pipeline.columns:
            cards = [one for one in column.cards if one.id != key]
            count = column.count - (len(column.cards) - len(cards))
            value = column.value - (card.value if column.stage is card.stage else 0)
            if column.stage is stage:
                cards = sorted([*cards, moved], key=self._urgency)
                count, value = count + 1, value + card.value
            columns.append(Column(column.stage, tuple(cards), count, value))
        self.show_pipeline(Pipeline(tuple(columns)))
        self._reveal()

    def _urgency(self, card: Card) -> tuple[int, int, int]:
        due_on = card.step.due_on if card.step is not None else None
        return urgency(card.stage, card.since, due_on, card.score, self.look.today)

    # --- where things are

    def geometry_now(self) -> Geometry:
        """Return the arithmetic of the present size."""
        return Geometry(self.viewport().width(), self.viewport().height(), len(self.pipeline.columns))

    def offset(self, place: int) -> int:
        """How far a column is scrolled."""
        return self._offsets[self.pipeline.columns[place].stage]

    def column_rect(self, place: int) -> QRect:
        """Return where a column stands in the viewport."""
        geometry = self.geometry_now()
        x = geometry.left(place, self.horizontalScrollBar().value())
        return self._mirrored(QRect(x, 0, geometry.column, geometry.height))

    def card_rect(self, place: int, index: int) -> QRect:
        """Return where a card stands in the viewport."""
        geometry = self.geometry_now()
        column = self.column_rect(place)
        return QRect(column.x() + 7, geometry.top(index, self.offset(place)), column.width() - 14, CARD)

    def _mirrored(self, rect: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return rect
        return QRect(self.viewport().width() - rect.right() - 1, rect.y(), rect.width(), rect.height())

    def _column_at(self, point: QPoint) -> int | None:
        x = point.x() if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else self._flip(point.x())
        return self.geometry_now().column_at(x, self.horizontalScrollBar().value())

    def _flip(self, x: int) -> int:
        return self.viewport().width() - 1 - x

    def _card_at(self, point: QPoint) -> tuple[int, int] | None:
        place = self._column_at(point)
        if place is None:
            return None
        cards = self.pipeline.columns[place].cards
        index = self.geometry_now().card_at(point.y(), self.offset(place), len(cards))
        return None if index is None else (place, index)

    def _near(self, before: tuple[int, int] | None) -> UUID | None:
        """Return the card that stands where another one was."""
        if before is None:
            return None
        cards = self.pipeline.columns[before[0]].cards
        return cards[min(before[1], len(cards) - 1)].id if cards else None

    # --- choosing and moving

    def _set_current(self, key: UUID | None) -> None:
        if key == self._current:
            return
        before, self._current = self._current, key
        card = self.current()
        self.setAccessibleDescription("" if card is None else self.look.words(card).all)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self._update_cards(before, key)
        self.current_changed.emit(key)

    def _update_cards(self, *keys: UUID | None) -> None:
        """Paint some cards anew, where they are visible."""
        for key in keys:
            at = self._places.get(key) if key is not None else None
            if at is not None:
                self.viewport().update(self.card_rect(*at).adjusted(-1, -1, 1, 1))

    def _reveal(self) -> None:
        """Scroll so that the current card is whole."""
        at = self._places.get(self._current) if self._current is not None else None
        if at is None:
            return
        place, index = at
        geometry = self.geometry_now()
        column = self.pipeline.columns[place]
        offset = geometry.offset_for(index, self.offset(place), len(column.cards))
        if offset != self.offset(place):
            self._offsets[column.stage] = offset
            self.viewport().update(self.column_rect(place))
        bar = self.horizontalScrollBar()
        left = geometry.left(place, 0) - GAP
        right = left + geometry.column + 2 * GAP
        if left < bar.value():
            bar.setValue(left)
        elif right > bar.value() + geometry.width:
            bar.setValue(right - geometry.width)

    def _go(self, columns: int, cards: int) -> None:
        """Make the card some columns or cards away current; empty columns are passed over."""
        at = self._places.get(self._current) if self._current is not None else None
        if at is None:
            self.select_first()
            return
        place, index = at
        if columns:
            y = index * STEP - self.offset(place)
            place = self._next_column(place, columns)
            index = max(0, round((y + self.offset(place)) / STEP)) if place != at[0] else index
        shown = self.pipeline.columns[place].cards
        self.select(shown[max(0, min(len(shown) - 1, index + cards))].id)

    def _next_column(self, place: int, step: int) -> int:
        there = place + step
        while 0 <= there < len(self.pipeline.columns):
            if self.pipeline.columns[there].cards:
                return there
            there += step
        return place

    # --- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the bar below scroll what does not fit beside each other."""
        geometry = self.geometry_now()
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, geometry.content - geometry.width))
        bar.setPageStep(geometry.width)
        bar.setSingleStep(geometry.column // 3)
        for place, column in enumerate(self.pipeline.columns):
            self._offsets[column.stage] = min(self.offset(place), geometry.most(len(column.cards)))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def scroll_column(self, place: int, pixels: int) -> None:
        """Scroll one column, without going beyond its ends."""
        column = self.pipeline.columns[place]
        most = self.geometry_now().most(len(column.cards))
        offset = max(0, min(most, self.offset(place) + pixels))
        if offset != self.offset(place):
            self._offsets[column.stage] = offset
            self.viewport().update(self.column_rect(place))
