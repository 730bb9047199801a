"""How the board is painted: columns with their headings, the cards that are visible, bars, the card that is carried."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from directsell.i18n import _
from directsell.store.queries.pipeline import Card, Column
from directsell.ui.pages.pipeline.card_field import CardField
from directsell.ui.pages.pipeline.card_look import CardState
from directsell.ui.pages.pipeline.geometry import CARD, HEAD, INSET
from directsell.ui.terms import term, tone_of
from directsell.ui.theme import T, font, metrics
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, leading

_RADIUS = 13.0
_BAR = 4.0
_LEAST_BAR = 28.0


@dataclass(frozen=True, slots=True)
class Drag:
    """A card under way: where the pointer is, where it holds the card, over which column."""

    card: Card
    point: QPoint
    hold: QPoint
    over: int | None


def paint_board(
    painter: QPainter, dirty: QRect, field: CardField, *, hover: tuple[int, int] | None, ring: bool, drag: Drag | None
) -> None:
    """Paint what of the board lies in a rectangle."""
    painter.fillRect(dirty, T("bg"))
    for place in range(len(field.pipeline.columns)):
        rect = field.column_rect(place)
        if rect.intersects(dirty):
            _paint_column(painter, dirty, field, place, hover=hover, ring=ring, drag=drag)
    if drag is not None:
        _paint_carried(painter, field, drag)


def _paint_column(
    painter: QPainter,
    dirty: QRect,
    field: CardField,
    place: int,
    *,
    hover: tuple[int, int] | None,
    ring: bool,
    drag: Drag | None,
) -> None:
    column, rect = field.pipeline.columns[place], QRectF(field.column_rect(place))
    target = drag is not None and drag.over == place and drag.card.stage is not column.stage
    fill_round(painter, rect.adjusted(0, 0, 0, _RADIUS), _RADIUS, T("soft" if target else "side"))
    _paint_heading(painter, field, column, rect, target=target)
    if not column.cards:
        _paint_empty(painter, rect, target=target)
        return
    geometry = field.geometry_now()
    current = field.current()
    painter.save()
    painter.setClipRect(QRectF(rect.x(), HEAD - 1, rect.width(), rect.height() - HEAD + 1))
    for index in geometry.shown(field.offset(place), len(column.cards)):
        spot = field.card_rect(place, index)
        card = column.cards[index]
        if not spot.intersects(dirty) or (drag is not None and drag.card.id == card.id):
            continue
        chosen = current is not None and current.id == card.id
        state = CardState(chosen=chosen, hover=hover == (place, index), ring=chosen and ring)
        ratio = field.viewport().devicePixelRatioF()
        picture = field.look.picture(card, spot.width(), ratio, field.layoutDirection(), state)
        painter.drawPixmap(spot.topLeft(), picture)
    painter.restore()
    bar = thumb_rect(field, place)
    if bar is not None:
        fill_round(painter, bar, _BAR / 2, T("scroll_hover"))


def _paint_heading(painter: QPainter, field: CardField, column: Column, rect: QRectF, *, target: bool) -> None:
    direction = field.layoutDirection()
    head = QRectF(rect.x() + 14, rect.y(), rect.width() - 28, HEAD)

    def spot(x: float, width: float) -> QRectF:
        return leading(direction, rect, QRectF(head.x() + x, head.y(), width, head.height()))

    tone = tone_of(column.stage)
    dot = spot(0, 8)
    fill_round(painter, QRectF(dot.x(), dot.center().y() - 4, 8, 8), 4, T("accent" if tone == "accent" else tone))
    name = term(column.stage)
    count = field.look.number(column.count)
    small = font(12, 600, tabular=True)
    counted = metrics(12, 600).horizontalAdvance("0" * len(count)) + 6.0
    wide = min(metrics(13, 600).horizontalAdvance(name) + 3.0, head.width() - 15 - 6 - counted)
    draw_text(painter, spot(15, wide), name, font(13, 600), T("on_soft" if target else "text"), aligned(direction))
    draw_text(painter, spot(15 + wide + 6, counted), count, small, T("text3"), aligned(direction))
    if column.value:
        room = head.width() - 15 - wide - 6 - counted - 8
        words = field.look.value(column.value)
        if metrics(12, 600).horizontalAdvance(words) <= room:
            end = aligned(direction, end=True)
            draw_text(painter, spot(head.width() - room, room), words, small, T("text2"), end)


def _paint_empty(painter: QPainter, rect: QRectF, *, target: bool) -> None:
    spot = QRectF(rect.x() + 12, HEAD + 12, rect.width() - 24, 40)
    words = _("Drop it here") if target else _("Nobody here")
    draw_text(painter, spot, words, font(12), T("on_soft" if target else "text3"), Qt.AlignmentFlag.AlignCenter)


def _paint_carried(painter: QPainter, field: CardField, drag: Drag) -> None:
    width = field.geometry_now().column - 2 * INSET
    spot = QRectF(drag.point.x() - drag.hold.x(), drag.point.y() - drag.hold.y(), width, CARD)
    for grow, strength in ((7, 14), (4, 22), (2, 30)):
        fill_round(painter, spot.adjusted(-grow, -grow + 4, grow, grow + 4), 10.0 + grow, QColor(0, 0, 0, strength))
    field.look.paint(painter, spot, drag.card, field.layoutDirection(), CardState(carried=True))


def thumb_rect(field: CardField, place: int) -> QRectF | None:
    """Return where the bar of a column stands; None where all its cards are visible."""
    geometry = field.geometry_now()
    count = len(field.pipeline.columns[place].cards)
    most = geometry.most(count)
    if most <= 0 or geometry.body <= 0:
        return None
    tall = max(_LEAST_BAR, geometry.body * geometry.body / (most + geometry.body))
    top = HEAD + (geometry.body - tall) * field.offset(place) / most
    rect = QRectF(field.column_rect(place))
    return leading(field.layoutDirection(), rect, QRectF(rect.right() - _BAR - 1.5, top, _BAR, tall))
