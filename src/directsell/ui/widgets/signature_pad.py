"""A field to sign in with mouse, pen or finger, and a picture of what was signed. Storing it is not done here.

The paper is light in every scheme, as it will be printed. Strokes are kept in thousandths of the width, so that they stay
the same at every size and scale; they are never mirrored.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from directsell.domain.signatures import (
    LEAST_STEP,
    MOST_POINTS,
    MOST_STROKES,
    UNITS,
    Point,
    Stroke,
    bounds,
    curves,
    thinned,
)
from directsell.i18n import _, ngettext
from directsell.ui.theme import T, font
from directsell.ui.widgets.painting import FIELD_RADIUS, by_keyboard, fill_round, focus_ring

RATIO = 0.38  # height of the field for its width
_PAPER, _INK, _LINE, _HINT = "#fefefc", "#14213d", "#b9c1cc", "#66717f"
_PEN = 2.3
_SMOOTH = 2_000  # so many points are drawn anew in one go after each stroke, without the seams of the pieces
_BASE = 0.76  # where the line to sign on lies
_EDGE = 0.06  # how far it stays from the sides
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


def path_of(stroke: Stroke) -> QPainterPath:
    """Return a stroke as a smooth path in thousandths of the width."""
    path = QPainterPath(QPointF(*stroke[0]))
    for piece in curves(stroke):
        path.cubicTo(piece.x1, piece.y1, piece.x2, piece.y2, piece.x, piece.y)
    return path


def draw_strokes(painter: QPainter, strokes: Iterable[Stroke], pen: float, color: str = _INK) -> None:
    """Draw strokes in the painter's own units; ``pen`` is the width of the line in them."""
    _take_pen(painter, pen, color)
    for stroke in strokes:
        if len(set(stroke)) == 1:
            painter.drawPoint(QPointF(*stroke[0]))
        else:
            painter.drawPath(path_of(stroke))


def _take_pen(painter: QPainter, pen: float, color: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(color), pen, Qt.PenStyle.SolidLine, cap, join))


def _stroke(painter: QPainter, piece: QPainterPath, pen: float) -> None:
    _take_pen(painter, pen, _INK)
    painter.drawPath(piece)


def _piece(before: Point | None, corner: Point, after: Point) -> QPainterPath | None:
    """Return the smooth piece around a point, from the middle before it to the middle behind it; None without length."""
    start = QPointF(*corner) if before is None else (QPointF(*before) + QPointF(*corner)) / 2
    end = (QPointF(*corner) + QPointF(*after)) / 2
    if start == end:
        return None
    path = QPainterPath(start)
    path.quadTo(QPointF(*corner), end)
    return path


class SignaturePad(QWidget):
    """``SignaturePad()``: ``strokes()``, ``clear()``, ``undo_stroke()``, ``is_empty()``, ``is_full()``.

    Delete and Backspace clear, Ctrl+Z takes the last stroke back. Signal: ``changed()`` after each stroke.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._now: list[Point] = []
        self._ink: QPixmap | None = None
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(240)
        self.setAccessibleName(_("Signature"))
        self._tell()

    # --- what was drawn

    def strokes(self) -> tuple[Stroke, ...]:
        """Return the finished strokes."""
        return tuple(self._strokes)

    def is_empty(self) -> bool:
        """Nothing was drawn."""
        return not self._strokes and not self._now

    def is_full(self) -> bool:
        """No more strokes are taken: nobody's name is that long."""
        return len(self._strokes) >= MOST_STROKES or self._points() >= MOST_POINTS

    def clear(self) -> None:
        """Forget all strokes."""
        self._now = []
        if self._strokes:
            self._strokes = []
            self._drawn()

    def undo_stroke(self) -> None:
        """Forget the last stroke."""
        if self._strokes:
            self._strokes.pop()
            self._drawn()

    # --- the pen

    def _begin(self, place: QPointF) -> None:
        self._now = []
        if not self.is_full():
            self._now = [self._units(place)]
            self._update_near(self._now)

    def _move(self, place: QPointF) -> None:
        if not self._now or self._points() + len(self._now) >= MOST_POINTS:
            return
        here, last = self._units(place), self._now[-1]
        if (here[0] - last[0]) ** 2 + (here[1] - last[1]) ** 2 >= LEAST_STEP**2:
            self._now.append(here)
            self._ink_piece()
            self._update_near(self._now[-3:])

    def _end(self, place: QPointF | None) -> None:
        if not self._now:
            return
        if place is not None and self._points() + len(self._now) < MOST_POINTS:
            self._now.append(self._units(place))
        self._ink_tail()
        self._strokes.append(thinned(self._now))
        self._now = []
        if self._points() < _SMOOTH:
            self._ink = None
        self._tell()
        self.update()
        self.changed.emit()

    def _ink_piece(self) -> None:
        """Add to the picture what the newest point made certain: however long a stroke is, each move costs the same."""
        now = self._now
        if len(now) > 1:
            self._add_ink(now[-3] if len(now) > 2 else None, now[-2], now[-1])

    def _ink_tail(self) -> None:
        """Add the end of the stroke to the picture, or a dot."""
        now = self._now
        self._add_ink(now[-2] if len(now) > 1 else None, now[-1], now[-1])

    def _add_ink(self, before: Point | None, corner: Point, after: Point) -> None:
        piece = _piece(before, corner, after)
        painter = QPainter(self._finished())
        self._scale(painter)
        pen = _PEN * UNITS / self.width()
        if piece is None:
            draw_strokes(painter, [(corner,)], pen)
        else:
            _stroke(painter, piece, pen)
        painter.end()

    def _units(self, place: QPointF) -> Point:
        """Return a place of the widget in thousandths of its width, inside the field."""
        scale = UNITS / max(self.width(), 1)
        most = min(UNITS, int(self.height() * scale))
        return min(max(round(place.x() * scale), 0), UNITS), min(max(round(place.y() * scale), 0), most)

    def _points(self) -> int:
        return sum(len(stroke) for stroke in self._strokes)

    def _drawn(self) -> None:
        self._ink = None
        self._tell()
        self.update()
        self.changed.emit()

    def _update_near(self, points: list[Point]) -> None:
        """Paint only where the pen is: a stroke must follow the hand."""
        scale = self.width() / UNITS
        left, top, right, bottom = (round(side * scale) for side in bounds([tuple(points)]))
        around = ceil(_PEN) + 3
        self.update(QRect(QPoint(left, top), QPoint(right, bottom)).adjusted(-around, -around, around, around))
        if len(self._strokes) == 0 and len(self._now) == 1:
            self.update()  # the hint goes

    def _tell(self) -> None:
        """Say how much was drawn to who cannot see it."""
        count = len(self._strokes)
        words = ngettext("{n} stroke", "{n} strokes", count).format(n=count)
        self.setAccessibleDescription(words if count else _("Empty"))

    # --- Qt's side

    def event(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES and isinstance(event, QTouchEvent):
            self._touched(event)
            event.accept()
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        points = event.points()
        if event.type() == QEvent.Type.TouchCancel or not points:
            self._end(None)
            return
        first = points[0].position()  # a palm or a second finger draws nothing
        if event.type() == QEvent.Type.TouchBegin:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(first)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._move(first)
        else:
            self._end(first)

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() == QEvent.Type.TabletPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._move(event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end(event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._end(event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # a dot set quickly after another

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_stroke()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self._end(None)
        self.update()
        super().focusOutEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * RATIO)

    def sizeHint(self) -> QSize:
        return QSize(560, round(560 * RATIO))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, round(240 * RATIO))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ink = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        fill_round(painter, whole, FIELD_RADIUS, QColor(_PAPER), T("field_border"))
        self._paint_line(painter)
        if self._strokes or self._now:
            painter.drawPixmap(0, 0, self._finished())
        if self._now:  # from the last middle, where the picture ends, to the pen
            painter.save()
            self._scale(painter)
            tail = _piece(self._now[-2] if len(self._now) > 1 else None, self._now[-1], self._now[-1])
            if tail is not None:
                _stroke(painter, tail, _PEN * UNITS / self.width())
            painter.restore()
        if self._ring:
            focus_ring(painter, whole, FIELD_RADIUS)

    def _paint_line(self, painter: QPainter) -> None:
        """Draw the line with its cross at the beginning, and the hint while nothing is drawn."""
        edge, y = self.width() * _EDGE, self.height() * _BASE
        painter.setPen(QPen(QColor(_LINE), 1.4))
        painter.drawLine(QPointF(edge, y), QPointF(self.width() - edge, y))
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        x = edge + 5 if ltr else self.width() - edge - 5
        for sign in (1, -1):
            painter.drawLine(QPointF(x - 4, y - 9 - 4 * sign), QPointF(x + 4, y - 9 + 4 * sign))
        if self.is_empty():
            painter.setPen(QColor(_HINT))
            painter.setFont(font(13))
            below = QRectF(edge, y, self.width() - 2 * edge, self.height() - y)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, _("Sign here with mouse, pen or finger"))

    def _finished(self) -> QPixmap:
        """Return what was drawn as a picture of the device's own resolution; it grows with the stroke in hand."""
        if self._ink is None:
            ratio = self.devicePixelRatioF()
            self._ink = QPixmap(QSize(ceil(self.width() * ratio), ceil(self.height() * ratio)))
            self._ink.setDevicePixelRatio(ratio)
            self._ink.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._ink)
            self._scale(painter)
            strokes = [*self._strokes, tuple(self._now)] if self._now else self._strokes
            draw_strokes(painter, strokes, _PEN * UNITS / self.width())
            painter.end()
        return self._ink

    def _scale(self, painter: QPainter) -> None:
        painter.scale(self.width() / UNITS, self.width() / UNITS)


class SignaturePicture(QWidget):
    """``SignaturePicture(strokes, name)``: a signature on light paper; ``name`` is told to screen readers."""

    def __init__(self, strokes: tuple[Stroke, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes = strokes
        self.setFixedHeight(76)
        self.setMinimumWidth(160)
        self.setMaximumWidth(320)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        fill_round(painter, whole, FIELD_RADIUS, QColor(_PAPER), T("border"))
        left, top, right, bottom = bounds(self._strokes)
        room = whole.adjusted(14, 10, -14, -10)
        scale = min(room.width() / max(right - left, 1), room.height() / max(bottom - top, 1), 0.5)
        painter.translate(room.center() - QPointF((left + right) / 2, (top + bottom) / 2) * scale)
        painter.scale(scale, scale)
        draw_strokes(painter, self._strokes, 1.6 / scale)
