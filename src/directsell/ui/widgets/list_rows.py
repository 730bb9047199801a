"""How rows look: two-line rows with initials, chips and an amount; cells of a table; the heading. No models, no keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from directsell.ui.models.spine import Index, SpineModel
from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.cards import chip_width, paint_avatar, paint_chip
from directsell.ui.widgets.painting import aligned, draw_text, leading

R = TypeVar("R")
_ROLES = {
    "text": (14, 400, "text"),
    "strong": (14, 600, "text"),
    "muted": (14, 400, "text2"),
    "chip": (12, 600, "text"),
}


@dataclass(frozen=True, slots=True)
class RowLook(Generic[R]):
    """What a two-line row shows; every part but the title may be left out.

    Attributes:
        title: First line.
        subtitle: Second line, muted.
        avatar: Name behind the round badge.
        icon: Icon name instead of a badge.
        amount: Right of the first line, strong tabular figures.
        detail: Right of the second line, small.
        chips: (text, tone) pairs, right of the second line; they replace ``detail``.
    """

    title: Callable[[R], str]
    subtitle: Callable[[R], str] | None = None
    avatar: Callable[[R], str] | None = None
    icon: Callable[[R], str] | None = None
    amount: Callable[[R], str] | None = None
    detail: Callable[[R], str] | None = None
    chips: Callable[[R], Sequence[tuple[str, str]]] | None = None

    def words(self, row: R) -> str:
        """Everything in one line, for screen readers."""
        parts = [self.title(row)]
        parts += [part(row) for part in (self.subtitle, self.amount, self.detail) if part is not None]
        if self.chips is not None:
            parts += [text for text, _tone in self.chips(row)]
        return ", ".join(part for part in parts if part)


class TwoLineDelegate(QStyledItemDelegate):
    """Draws RowLook rows."""

    def __init__(self, model: SpineModel[Any], look: RowLook[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index.row())
        if row is None:
            return
        look = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        direction = option.direction
        start = 10.0
        middle = rect.center().y()
        if look.avatar is not None:
            spot = QRectF(rect.x() + start, middle - 19, 38, 38)
            paint_avatar(painter, leading(direction, rect, spot), look.avatar(row))
            start += 50
        elif look.icon is not None:
            spot = QRectF(rect.x() + start + 4, middle - 10, 20, 20)
            paint_icon(painter, look.icon(row), leading(direction, rect, spot), T("accent_text"))
            start += 40
        left, right = rect.x() + start, rect.right() - 12
        start_side, end_side = aligned(direction), aligned(direction, end=True)
        first_end = right
        if look.amount is not None and (amount := look.amount(row)):
            width = metrics(14, 600, tabular=True).horizontalAdvance(amount) + 2
            spot = QRectF(right - width, middle - 21, width, 20)
            draw_text(painter, leading(direction, rect, spot), amount, font(14, 600, tabular=True), T("text"), end_side)
            first_end = right - width - 10
        second_end = self._paint_end(painter, row, rect, right, middle, direction)
        spot = QRectF(left, middle - 21, first_end - left, 20)
        if look.subtitle is None or not (subtitle := look.subtitle(row)):
            spot.moveTop(middle - 10)
        else:
            below = QRectF(left, middle + 1, second_end - left, 18)
            draw_text(painter, leading(direction, rect, below), subtitle, font(13), T("text2"), start_side)
        draw_text(painter, leading(direction, rect, spot), look.title(row), font(14, 600), T("text"), start_side)

    def _paint_end(
        self, painter: QPainter, row: object, rect: QRectF, right: float, middle: float, direction: Qt.LayoutDirection
    ) -> float:
        """Chips or the small detail at the end of the second line; returns where the subtitle must stop."""
        look = self._look
        chips = look.chips(row) if look.chips is not None else ()
        if chips:
            for text, tone in reversed(chips):
                width = chip_width(text)
                spot = QRectF(right - width, middle, width, 20)
                paint_chip(painter, leading(direction, rect, spot), text, tone, direction)
                right -= width + 6
            return right - 4
        if look.detail is not None and (detail := look.detail(row)):
            width = metrics(12, tabular=True).horizontalAdvance(detail) + 2
            spot = QRectF(right - width, middle + 1, width, 18)
            small = font(12, tabular=True)
            draw_text(painter, leading(direction, rect, spot), detail, small, T("text2"), aligned(direction, end=True))
            return right - width - 10
        return right

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, 64)


class CellDelegate(QStyledItemDelegate):
    """Draws one cell of a TableList."""

    def __init__(self, model: SpineModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index.row())
        if row is None:
            return
        column = self._model.columns[index.column()]
        text = column.text(row)
        if not text:
            return
        direction = option.direction
        rect = QRectF(option.rect).adjusted(10, 0, -10, -1)
        pixels, weight, token = _ROLES[column.role]
        tone = column.tone(row) if column.tone is not None else ""
        if column.role == "chip":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = min(chip_width(text), rect.width())
            x = rect.right() - width if column.end else rect.x()
            spot = QRectF(x, rect.center().y() - 11, width, 22)
            paint_chip(painter, leading(direction, rect, spot), text, tone or "neutral", direction)
            return
        draw_text(
            painter,
            rect,
            text,
            font(pixels, weight, tabular=column.end),
            T(tone or token),
            aligned(direction, end=column.end),
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, 44)


class ListHeader(QHeaderView):
    """Painted headings with a small arrow at the sorted column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sorted_by = ""
        self.descending = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(40)
        self.setMinimumSectionSize(40)

    def set_sorted(self, key: str, descending: bool) -> None:
        """Show the arrow."""
        self.sorted_by = key
        self.descending = descending
        self.viewport().update()

    def next_descending(self, key: str) -> bool:
        """Order a click on this column asks for: ascending first, then the other way."""
        return key == self.sorted_by and not self.descending

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        columns = model.columns if isinstance(model, SpineModel) else ()
        if logicalIndex >= len(columns):
            return
        column = columns[logicalIndex]
        direction = self.layoutDirection()
        whole = QRectF(rect)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), T("border"))
        arrow = bool(column.sort) and column.sort == self.sorted_by
        inner = whole.adjusted(10, 0, -10, 0)
        width = metrics(13, 600).horizontalAdvance(column.title) + 1
        room = inner.width() - (18 if arrow else 0)
        width = min(width, room)
        x = inner.right() - width if column.end else inner.x()
        spot = leading(direction, whole, QRectF(x, inner.y(), width, inner.height()))
        tone = T("text" if arrow else "text2")
        draw_text(painter, spot, column.title, font(13, 600), tone, aligned(direction, end=column.end))
        if arrow:
            at = x - 18 if column.end else x + width + 4
            place = leading(direction, whole, QRectF(at, whole.center().y() - 7, 14, 14))
            paint_icon(painter, "arrow-down" if self.descending else "arrow-up", place, T("accent_text"))
