"""Small drawing steps shared by painted widgets. No widget classes here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle

from directsell.ui.theme import T

CARD_RADIUS = 14.0
FIELD_RADIUS = 9.0
ITEM_RADIUS = 10.0

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def by_keyboard(event: QFocusEvent) -> bool:
    """Whether focus arrived by the keyboard; only then a ring is drawn."""
    return event.reason() in _KEYBOARD


def fill_round(painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, line: QColor | None = None) -> None:
    """A rounded rectangle with an optional hairline that lies wholly inside ``rect``."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(line, 1.0))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, token: str = "focus") -> None:
    """The two-pixel ring of keyboard focus, inside ``rect``."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(T(token), 2.0))
    painter.drawRoundedRect(rect.adjusted(1.0, 1.0, -1.0, -1.0), radius - 1.0, radius - 1.0)


def shadow_card(painter: QPainter, rect: QRectF, radius: float = CARD_RADIUS, token: str = "surface") -> None:
    """A card: surface, hairline, and two translucent strokes below as its shadow; uses 2 px under the card.

    Rounded strokes around a large card take Qt longer than all that stands on it, so corners and edges come from a
    small picture of a card, where its pixels fit those of the screen.
    """
    ratio = painter.device().devicePixelRatioF()
    corner = int(radius) + 4.0
    whole = ratio.is_integer() and rect == QRectF(rect.toRect())
    if not whole or rect.width() <= 2 * corner or rect.height() <= 2 * corner:
        _draw_card(painter, rect, radius, token)
        return
    picture = _card_picture(radius, token, ratio)
    xs = (rect.left(), rect.left() + corner, rect.right() - corner, rect.right())
    ys = (rect.top(), rect.top() + corner, rect.bottom() - corner, rect.bottom())
    cuts = (0.0, corner * ratio, (corner + 1) * ratio, (2 * corner + 1) * ratio)
    for row in range(3):
        for column in range(3):
            spot = QRectF(QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1]))
            if row == column == 1:
                painter.fillRect(spot, T(token))
            else:
                part = QRectF(QPointF(cuts[column], cuts[row]), QPointF(cuts[column + 1], cuts[row + 1]))
                painter.drawPixmap(spot, picture, part)


def _draw_card(painter: QPainter, rect: QRectF, radius: float, token: str) -> None:
    card = rect.adjusted(1.0, 0.0, -1.0, -2.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for offset, shade in ((1.0, "shadow1"), (2.0, "shadow2")):
        painter.setPen(QPen(T(shade), 1.0))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5 + offset, -0.5, -0.5 + offset), radius, radius)
    fill_round(painter, card, radius, T(token), T("border"))


_cards: dict[tuple[object, ...], QPixmap] = {}


def _card_picture(radius: float, token: str, ratio: float) -> QPixmap:
    """Return a card with one pixel between its corners, made once for each look."""
    key = (radius, ratio, *(T(name).rgba() for name in (token, "border", "shadow1", "shadow2")))
    found = _cards.get(key)
    if found is None:
        side = 2 * (int(radius) + 4) + 1
        found = QPixmap(int(side * ratio), int(side * ratio))
        found.setDevicePixelRatio(ratio)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_card(painter, QRectF(0, 0, side, side), radius, token)
        painter.end()
        _cards[key] = found
    return found


def leading(direction: Qt.LayoutDirection, rect: QRectF, part: QRectF) -> QRectF:
    """Mirror ``part`` inside ``rect`` for right-to-left layouts."""
    if direction is Qt.LayoutDirection.LeftToRight:
        return part
    return QRectF(rect.left() + rect.right() - part.right(), part.top(), part.width(), part.height())


_FACING = {
    "arrow-left": "arrow-right",
    "arrow-right": "arrow-left",
    "chevron-left": "chevron-right",
    "chevron-right": "chevron-left",
}


def facing(direction: Qt.LayoutDirection, icon: str) -> str:
    """Return the icon as it looks in a reading direction: what points back points right where one reads leftwards."""
    return _FACING.get(icon, icon) if direction is Qt.LayoutDirection.RightToLeft else icon


def aligned(direction: Qt.LayoutDirection, *, end: bool = False, center: bool = False) -> Qt.AlignmentFlag:
    """Vertical centre plus start, end or centre in reading direction."""
    if center:
        return Qt.AlignmentFlag.AlignCenter
    flag = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
    return QStyle.visualAlignment(direction, flag | Qt.AlignmentFlag.AlignVCenter)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag,
) -> None:
    """One line of plain text, shortened with an ellipsis at the end of reading direction."""
    if rect.width() <= 2 or not text:
        return
    painter.setFont(font)
    painter.setPen(color)
    # Each text has its own reading direction (an English name in an Arabic window); alignment is absolute below.
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    measure = painter.fontMetrics()
    if len(text) > 400:
        text = text[:400]
    text = text.replace("\n", " ")
    shown = text
    # Right alignment keeps figures; absolute flag because the caller mirrored the rectangle already.
    if measure.horizontalAdvance(text) > rect.width():
        shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    flags = int(align.value) | int(Qt.TextFlag.TextSingleLine.value) | int(Qt.AlignmentFlag.AlignAbsolute.value)
    painter.drawText(rect, flags, shown)


def to_rect(rect: QRect) -> QRectF:
    """QRect to QRectF."""
    return QRectF(rect)
