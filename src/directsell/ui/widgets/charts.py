"""Painted charts: grouped bars with a goal line, and their legend. Numbers come as floats only to be drawn; words are given."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from directsell.ui.theme import T, font, metrics
from directsell.ui.widgets.alive import Ringed
from directsell.ui.widgets.painting import (
    aligned,
    draw_text,
    fill_round,
    focus_ring,
    leading,
)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: its name, its values (one per label) and its colour token."""

    name: str
    values: Sequence[float]
    token: str = "accent"


def nice_top(highest: float) -> tuple[float, float]:
    """(top of the axis, distance of its lines) so that 3 to 5 lines carry round numbers."""
    if highest <= 0 or not math.isfinite(highest):
        return 1.0, 0.25
    raw = highest / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 1.5, 2, 2.5, 3, 5, 10) if power * factor >= raw * 0.9999)
    return step * math.ceil(highest / step - 1e-9), step


class BarChart(Ringed, QWidget):
    """``BarChart(labels, series, *, format, axis=None, goal=None, goal_text="", name="", parent=None)``.

    ``format(value) -> text`` for the pointer's tip and for screen readers, ``axis(value)`` for the scale (default: format).
    Arrow keys move the marked group. ``set_data(labels, series, goal=None)``. Signal: ``group_chosen(int)`` on click or Enter.
    """

    group_chosen = Signal(int)

    def __init__(
        self,
        labels: Sequence[str],
        series: Sequence[Series],
        *,
        format: Callable[[float], str],
        axis: Callable[[float], str] | None = None,
        goal: float | None = None,
        goal_text: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._format = format
        self._axis = axis or format
        self._goal_text = goal_text
        self._name = name
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_data(labels, series, goal=goal)

    def set_data(self, labels: Sequence[str], series: Sequence[Series], *, goal: float | None = None) -> None:
        """Show other numbers; the last group is marked."""
        self._labels = tuple(labels)
        self._series = tuple(series)
        self._goal = goal
        self._marked = len(self._labels) - 1
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 160)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        group = self._group_at(event.position().x())
        if group is not None and group != self._marked:
            self._mark(group)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        group = self._group_at(event.position().x())
        if group is not None:
            self.group_chosen.emit(group)

    def leaveEvent(self, event: QEvent) -> None:
        self._mark(len(self._labels) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        if step:
            self._mark(max(0, min(len(self._labels) - 1, self._marked + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._labels:
            self.group_chosen.emit(self._marked)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._labels:
            top, step = nice_top(self._highest())
            plot = self._plot()
            self._paint_axis(painter, plot, top, step)
            self._paint_groups(painter, plot, top)
            if self._goal is not None:
                self._paint_goal(painter, plot, top)
            self._paint_tip(painter, plot, top)
        if self._ring:
            focus_ring(painter, QRectF(self.rect()), 10)

    # --- geometry

    def _highest(self) -> float:
        values = [value for series in self._series for value in series.values]
        return max([*values, self._goal or 0.0], default=0.0)

    def _plot(self) -> QRectF:
        top, step = nice_top(self._highest())
        lines = round(top / step)
        wide = max(metrics(12, 500).horizontalAdvance(self._axis(step * line)) for line in range(lines + 1))
        whole = QRectF(self.rect())
        plot = whole.adjusted(wide + 12, 12, -4, -30)
        return leading(self.layoutDirection(), whole, plot)

    def _group(self, plot: QRectF, number: int) -> QRectF:
        width = plot.width() / max(1, len(self._labels))
        cell = QRectF(plot.x() + width * number, plot.y(), width, plot.height())
        return leading(self.layoutDirection(), plot, cell)

    def _group_at(self, x: float) -> int | None:
        plot = self._plot()
        for number in range(len(self._labels)):
            group = self._group(plot, number)
            if group.left() <= x < group.right():
                return number
        return None

    # --- drawing

    def _paint_axis(self, painter: QPainter, plot: QRectF, top: float, step: float) -> None:
        direction = self.layoutDirection()
        whole = QRectF(self.rect())
        for line in range(round(top / step) + 1):
            y = plot.bottom() - plot.height() * (step * line / top)
            painter.setPen(QPen(T("hair"), 1.0))
            painter.drawLine(QPointF(plot.left(), round(y) + 0.5), QPointF(plot.right(), round(y) + 0.5))
            width = whole.width() - plot.width() - 12
            spot = leading(direction, whole, QRectF(0, y - 9, width, 18))
            draw_text(painter, spot, self._axis(step * line), font(12, 500), T("text3"), aligned(direction, end=True))

    def _paint_groups(self, painter: QPainter, plot: QRectF, top: float) -> None:
        count = max(1, len(self._series))
        every = max(1, math.ceil(52 / max(1.0, self._group(plot, 0).width()))) if len(self._labels) > 14 else 1
        for number, label in enumerate(self._labels):
            cell = self._group(plot, number)
            marked = number == self._marked
            if marked:
                fill_round(painter, cell.adjusted(1, -4, -1, 28), 9, T("hover"))
            thick = min(26.0, max(3.0, cell.width() * 0.66 / count - 3))
            used = thick * count + 3 * (count - 1)
            for place, series in enumerate(self._series):
                value = series.values[number] if number < len(series.values) else 0.0
                height = plot.height() * max(0.0, value) / top
                x = cell.center().x() - used / 2 + place * (thick + 3)
                bar = leading(self.layoutDirection(), cell, QRectF(x, plot.bottom() - height, thick, height))
                _paint_bar(painter, bar, T(series.token))
            if number % every == 0 or marked:
                words = QRectF(cell.x() - 20, plot.bottom() + 6, cell.width() + 40, 20)
                weight, tone = (600, "text") if marked else (500, "text3")
                draw_text(painter, words, label, font(12, weight), T(tone), Qt.AlignmentFlag.AlignCenter)

    def _paint_goal(self, painter: QPainter, plot: QRectF, top: float) -> None:
        assert self._goal is not None
        y = round(plot.bottom() - plot.height() * self._goal / top) + 0.5
        pen = QPen(T("goal"), 1.4)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        if self._goal_text:
            words = leading(self.layoutDirection(), plot, QRectF(plot.x() + 6, y - 19, plot.width() / 2, 17))
            draw_text(painter, words, self._goal_text, font(12, 600), T("goal"), aligned(self.layoutDirection()))

    def _paint_tip(self, painter: QPainter, plot: QRectF, top: float) -> None:
        if not self._series or not 0 <= self._marked < len(self._labels):
            return
        series = self._series[-1]
        value = series.values[self._marked] if self._marked < len(series.values) else 0.0
        text = self._format(value)
        width = metrics(13, 600).horizontalAdvance(text) + 22
        cell = self._group(plot, self._marked)
        x = min(max(cell.center().x() - width / 2, plot.left()), QRectF(self.rect()).right() - width)
        y = plot.bottom() - plot.height() * max(0.0, value) / top - 36
        tip = QRectF(x, max(0.0, y), width, 28)
        fill_round(painter, tip, 7, T("tip"))
        draw_text(painter, tip, text, font(13, 600), T("on_tip"), Qt.AlignmentFlag.AlignCenter)

    def _mark(self, group: int) -> None:
        self._marked = group
        self._describe()
        self.update()

    def _describe(self) -> None:
        """All numbers as words: the name says what it is, the description reads it out."""
        rows = []
        for number, label in enumerate(self._labels):
            parts = [f"{s.name} {self._format(s.values[number])}" for s in self._series if number < len(s.values)]
            rows.append(f"{label}: {', '.join(parts)}")
        marked = rows[self._marked] if 0 <= self._marked < len(rows) else ""
        self.setAccessibleName(", ".join(part for part in (self._name, marked) if part))
        self.setAccessibleDescription("; ".join(rows))


class Legend(QWidget):
    """``Legend([(name, token), ...])``: what the colours of a chart mean."""

    def __init__(self, entries: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self.setAccessibleName(", ".join(name for name, _token in entries))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(int(sum(metrics(13).horizontalAdvance(name) + 32 for name, _token in self._entries)), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        direction = self.layoutDirection()
        x = 0.0
        for name, token in self._entries:
            fill_round(painter, leading(direction, whole, QRectF(x, 5, 10, 10)), 3, T(token))
            width = metrics(13).horizontalAdvance(name) + 2
            words = leading(direction, whole, QRectF(x + 17, 0, width, 20))
            draw_text(painter, words, name, font(13), T("text2"), aligned(direction))
            x += width + 30


def _paint_bar(painter: QPainter, bar: QRectF, color: QColor) -> None:
    """A bar with rounded upper corners; a very low one keeps its corners inside."""
    radius = min(4.0, bar.width() / 2, bar.height())
    path = QPainterPath()
    path.addRoundedRect(bar.adjusted(0, 0, 0, radius), radius, radius)
    painter.save()
    painter.setClipRect(bar)
    painter.fillPath(path, color)
    painter.restore()
