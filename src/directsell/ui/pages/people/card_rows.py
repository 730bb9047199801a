"""Rows of the cards of one person: somebody or something with a line below it, to be opened, and a small button. Painted plainly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from directsell.ui.theme import T, font, paint_icon
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import Card, paint_avatar
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading

_LEAD = 34


class LinkRow(Alive, QAbstractButton):
    """``LinkRow(title, detail="", *, icon="", avatar=False, on_open=None)``: two elided lines; Enter or click opens."""

    def __init__(
        self,
        title: str,
        detail: str = "",
        *,
        icon: str = "",
        avatar: bool = False,
        on_open: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._detail = detail
        self._icon = icon
        self._avatar = avatar
        self._opens = on_open is not None
        self.setAccessibleName(", ".join(part for part in (title, detail) if part))
        self.setToolTip("" if len(title) + len(detail) < 30 else f"\u200b{title}\n{detail}".rstrip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._opens else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if on_open is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(on_open)

    def sizeHint(self) -> QSize:
        return QSize(120, 46 if self._detail else 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, direction = QRectF(self.rect()), self.layoutDirection()
        if self._opens and self._hover:
            fill_round(painter, rect.adjusted(-4, 0, 4, 0), 8, T("hover"))
        lead = _LEAD if self._icon or self._avatar else 0
        if self._avatar:
            spot = leading(direction, rect, QRectF(0, rect.center().y() - 12, 24, 24))
            paint_avatar(painter, spot, self._title)
        elif self._icon:
            spot = leading(direction, rect, QRectF(3, rect.center().y() - 9, 18, 18))
            paint_icon(painter, self._icon, spot, T("accent_text"))
        top = 4.0 if self._detail else (rect.height() - 20) / 2
        words = leading(direction, rect, QRectF(lead, top, rect.width() - lead - 2, 20))
        draw_text(painter, words, self._title, font(14, 500), T("text"), aligned(direction))
        if self._detail:
            below = leading(direction, rect, QRectF(lead, top + 20, rect.width() - lead - 2, 18))
            draw_text(painter, below, self._detail, font(12), T("text2"), aligned(direction))
        if self._ring:
            focus_ring(painter, rect.adjusted(-1, 0, 1, 0), 8)


def with_button(row: QWidget, icon: str, words: str, on_click: Callable[[], object]) -> QWidget:
    """Return a row with a small button at its end."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    line.addWidget(row, 1)
    line.addWidget(IconButton(icon, words, on_click=on_click))
    return box


def empty(card: Card) -> None:
    """Take everything out of a card but its title."""
    while card.body.count() > 1:
        item = card.body.takeAt(1)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
