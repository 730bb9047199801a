"""Layouts that adapt to the width: wrapping lines, equal tiles, packed columns. No content of their own."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QVBoxLayout, QWidget

_DEEPEST = 12  # layouts inside each other; asking where nothing waits costs nothing


def lay_out_now() -> None:
    """Let every layout that waits take its place before the next paint.

    Layouts inside each other answer a change one after the other, each in its own turn of the event loop; the window is
    painted in between, and again at the end.
    """
    for _depth in range(_DEEPEST):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout so that it can go into another one; spaces vanish.

    ``takeAt`` hands the item over to Python, which may keep it for a while. A widget keeps its measures with the first item
    it was given, so one that gets a second item while the first lives shows at its old height for ever.
    """
    while (item := layout.itemAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            layout.removeWidget(widget)
        else:
            layout.takeAt(0)


class FlowLayout(QLayout):
    """``FlowLayout(parent=None, *, gap=8, tile=0, grid=False)``: items in lines that wrap, mirrored for right-to-left.

    With ``tile`` > 0 the items become equal columns of at least that width (tiles of figures), in as few lines as possible
    and as even as possible: four where three have room stand two by two. With ``grid`` there are as many columns as have
    room, however few the items are: lists below each other line up.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, tile: int = 0, grid: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._tile = tile
        self._grid = grid
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)  # the layouts around ask again and again
        if height is None:
            height = self._heights[width] = self._place(QRect(0, 0, width, 0), apply=False)
        return height

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, apply=True)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        return QSize(
            max((item.minimumSize().width() for item in shown), default=0),
            max((item.minimumSize().height() for item in shown), default=0),
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, apply: bool) -> int:
        shown = self._shown()
        if self._tile and shown:
            columns = max(1, (rect.width() + self._gap) // (self._tile + self._gap))
            if not self._grid:
                columns = ceil(len(shown) / ceil(len(shown) / columns))
            lines = [shown[start : start + columns] for start in range(0, len(shown), columns)]
            width = (rect.width() - self._gap * (columns - 1)) // columns
        else:
            lines, width = self._lines(shown, rect.width()), 0
        y = rect.y()
        for line in lines:
            height = max(_height(item, width) for item in line)
            x = rect.x()
            for item in line:
                own = width or min(item.sizeHint().width(), rect.width())
                if apply:
                    self._put(item, rect, QRect(x, y, own, height), whole=bool(width))
                x += own + self._gap
            y += height + self._gap
        return max(0, y - rect.y() - self._gap)

    def _lines(self, shown: list[QLayoutItem], room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in shown:
            width = item.sizeHint().width()
            if not lines or used + self._gap + width > room:
                lines.append([item])
                used = width
            else:
                lines[-1].append(item)
                used += self._gap + width
        return lines

    def _put(self, item: QLayoutItem, rect: QRect, place: QRect, *, whole: bool) -> None:
        if not whole:
            hint = item.sizeHint().height()
            place = QRect(place.x(), place.y() + (place.height() - hint) // 2, place.width(), hint)
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        item.setGeometry(QStyle.visualRect(direction, rect, place))


def _height(item: QLayoutItem, width: int) -> int:
    if width and item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()


class PackedColumn(QVBoxLayout):
    """A column that keeps its content together at the top, unless something in it wants height (a table, a chart)."""

    def setGeometry(self, rect: QRect) -> None:
        if not self.expandingDirections() & Qt.Orientation.Vertical:
            wanted = self.heightForWidth(rect.width()) if self.hasHeightForWidth() else self.sizeHint().height()
            rect = QRect(rect.x(), rect.y(), rect.width(), min(rect.height(), max(wanted, self.minimumSize().height())))
        super().setGeometry(rect)
