"""The column at the side: pages with icon and badge, settings, scheme, the user and the state of the backup."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from directsell.i18n import ngettext
from directsell.ui.theme import T, font, metrics, paint_icon, paint_mark
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.cards import paint_avatar
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.painting import (
    ITEM_RADIUS,
    aligned,
    draw_text,
    fill_round,
    focus_ring,
    leading,
)

WIDE = 224
NARROW = 64


class NavItem(Alive, QAbstractButton):
    """One entry of the column; made by ``NavBar.add``."""

    def __init__(self, key: str, text: str, icon: str, *, checkable: bool = True) -> None:
        super().__init__()
        self.key = key
        self._caption = text
        self._icon = icon
        self._badge = 0
        self.narrow = False
        self.setCheckable(checkable)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_caption(self, text: str, icon: str | None = None) -> None:
        """Change words and icon."""
        self._caption = text
        self._icon = icon or self._icon
        self.setText(text.replace("&", "&&"))
        self._describe()

    def set_badge(self, count: int) -> None:
        """Show a count; zero shows nothing."""
        self._badge = count
        self._describe()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Icon only."""
        self.narrow = narrow
        self.setToolTip(self._caption if narrow else "")
        self.update()

    def _describe(self) -> None:
        name = self._caption
        if self._badge:
            waiting = ngettext("{count} waiting", "{count} waiting", self._badge).format(count=self._badge)
            name = f"{name}, {waiting}"
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(NARROW - 24 if self.narrow else WIDE - 24, 40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            column = self.parentWidget()
            items = column.findChildren(NavItem) if column is not None else []
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            place = items.index(self) + step
            if 0 <= place < len(items):
                items[place].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        direction = self.layoutDirection()
        chosen = self.isChecked()
        if chosen:
            fill_round(painter, rect, ITEM_RADIUS, T("surface"), T("border"))
        elif self._hover or self.isDown():
            fill_round(painter, rect, ITEM_RADIUS, T("hover_side"))
        spot = leading(direction, rect, QRectF(12, 10, 20, 20))
        if self.narrow:
            spot = QRectF(rect.center().x() - 10, 10, 20, 20)
        paint_icon(painter, self._icon, spot, T("accent" if chosen else "text2"))
        if self.narrow:
            if self._badge:
                dot = leading(direction, rect, QRectF(rect.width() - 14, 6, 8, 8))
                fill_round(painter, dot, 4, T("accent"))
        else:
            self._paint_words(painter, rect, direction, chosen)
        if self._ring:
            focus_ring(painter, rect, ITEM_RADIUS)

    def _paint_words(self, painter: QPainter, rect: QRectF, direction: Qt.LayoutDirection, chosen: bool) -> None:
        end = rect.width() - 10
        if self._badge:
            text = "999+" if self._badge > 999 else str(self._badge)
            width = max(26.0, metrics(12, 600).horizontalAdvance(text) + 14)
            pill = leading(direction, rect, QRectF(end - width, 10, width, 20))
            fill_round(painter, pill, 10, T("soft"))
            draw_text(painter, pill, text, font(12, 600), T("on_soft"), Qt.AlignmentFlag.AlignCenter)
            end -= width + 6
        words = leading(direction, rect, QRectF(44, 0, end - 44, rect.height()))
        draw_text(
            painter,
            words,
            self._caption,
            font(14, 600 if chosen else 500),
            T("text" if chosen else "text2"),
            aligned(direction),
        )


class UserTile(NavItem):
    """Initials, name and one line below (backup state)."""

    def __init__(self, key: str) -> None:
        super().__init__(key, "", "user", checkable=False)
        self._detail = ""
        self._tone = "text2"
        self.setFixedHeight(48)

    def set_user(self, name: str, detail: str, tone: str = "text2") -> None:
        """Set name, line below and its tone (text2, warn, bad)."""
        self._caption = name
        self._detail = detail
        self._tone = tone
        self.setAccessibleName(f"{name}, {detail}" if detail else name)
        self.setToolTip(self.accessibleName())
        self.update()

    def name(self) -> str:
        """The name shown."""
        return self._caption

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        direction = self.layoutDirection()
        if self._hover or self.isDown():
            fill_round(painter, rect, ITEM_RADIUS, T("hover_side"))
        side = 34.0
        left = (rect.width() - side) / 2 if self.narrow else 8.0
        paint_avatar(painter, leading(direction, rect, QRectF(left, 7, side, side)), self._caption)
        if not self.narrow:
            end = rect.width() - 54 - 4
            first = leading(direction, rect, QRectF(54, 6, end, 18))
            second = leading(direction, rect, QRectF(54, 24, end, 17))
            draw_text(painter, first, self._caption, font(13, 600), T("text"), aligned(direction))
            draw_text(painter, second, self._detail, font(12), T(self._tone), aligned(direction))
        if self._ring:
            focus_ring(painter, rect, ITEM_RADIUS)


class _Brand(QWidget):
    """Mark and name of the program."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.narrow = False
        self.setFixedHeight(56)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        spot = leading(self.layoutDirection(), rect, QRectF(10, 10, 32, 32))
        if self.narrow:
            spot.moveLeft(rect.center().x() - 16)
        paint_mark(painter, QPointF(spot.x(), spot.y()), 32)
        if not self.narrow:
            words = leading(self.layoutDirection(), rect, QRectF(52, 10, rect.width() - 52, 32))
            draw_text(painter, words, self._name, font(18, 700), T("text"), aligned(self.layoutDirection()))


class NavBar(QWidget):
    """``NavBar(name="DirectSell", parent=None)``.

    ``add(key, text, icon)`` and ``add_bottom(key, text, icon, checkable=False)`` return the NavItem; ``set_current(key)``,
    ``set_badge(key, count)``, ``set_user(name, detail, tone="text2")``, ``set_narrow(bool)`` (icons only), ``adapt(width)``
    (narrow below 1100 px of window width).

    Signals: ``chosen(str key)``; the user tile has the key ``"user"``.
    """

    chosen = Signal(str)

    def __init__(self, name: str = "DirectSell", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, NavItem] = {}
        self._narrow = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 8, 13, 10)
        column.setSpacing(4)
        self._brand = _Brand(name)
        column.addWidget(self._brand)
        self._top = QVBoxLayout()
        self._top.setSpacing(4)
        column.addLayout(self._top)
        column.addStretch(1)
        self._bottom = QVBoxLayout()
        self._bottom.setSpacing(4)
        column.addLayout(self._bottom)
        self._user = UserTile("user")
        self._user.hide()
        self._user.clicked.connect(self._clicked)
        column.addWidget(self._user)
        area = ScrollArea(content)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # In a low window it scrolls by wheel and by focus; a bar would take half of the narrow column.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setObjectName("navBody")
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        area.setObjectName("navArea")
        outer.addWidget(area)
        self.setFixedWidth(WIDE)

    def add(self, key: str, text: str, icon: str) -> NavItem:
        """Append a page."""
        return self._register(NavItem(key, text, icon), self._top)

    def add_bottom(self, key: str, text: str, icon: str, *, checkable: bool = False) -> NavItem:
        """Append an entry above the user; not checkable means a command, not a page."""
        return self._register(NavItem(key, text, icon, checkable=checkable), self._bottom)

    def item(self, key: str) -> NavItem:
        """The entry of a key. Raises KeyError."""
        return self._items[key]

    def set_current(self, key: str | None) -> None:
        """Mark one page; keys without an entry mark none."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_badge(self, key: str, count: int) -> None:
        """Show a count beside a page; zero removes it. Raises KeyError for an unknown key."""
        self._items[key].set_badge(count)

    def set_user(self, name: str, detail: str, tone: str = "text2") -> None:
        """Show who works here and one line of state."""
        self._user.set_user(name, detail, tone)
        self._user.show()

    def user_name(self) -> str:
        """The name shown at the foot."""
        return self._user.name()

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or icons and words."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._brand.narrow = narrow
        for item in (*self._items.values(), self._user):
            item.set_narrow(narrow)
        self.setFixedWidth(NARROW if narrow else WIDE)

    def adapt(self, window_width: int) -> None:
        """Choose narrow or wide for a window."""
        self.set_narrow(window_width < 1100)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), T("side"))
        ltr = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        edge = self.width() - 1 if ltr else 0
        painter.fillRect(edge, 0, 1, self.height(), T("border"))

    def _register(self, item: NavItem, column: QVBoxLayout) -> NavItem:
        self._items[item.key] = item
        item.set_narrow(self._narrow)
        item.clicked.connect(self._clicked)
        column.addWidget(item)
        return item

    def _clicked(self) -> None:
        item = self.sender()
        if not isinstance(item, NavItem):
            return
        if item.isCheckable():
            self.set_current(item.key)
        self.chosen.emit(item.key)
