"""The open slips side by side, each with its customer and its total. Which one is typed on is the page's affair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from directsell.i18n import _
from directsell.ui.theme import T, font, metrics
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading

_HEIGHT = 40


@dataclass(frozen=True, slots=True)
class Tab:
    """A slip: whose it is, what it comes to, and whether it is the one in hand."""

    key: UUID
    name: str
    amount: str
    current: bool


class _Chip(Button):
    """One slip; the cross beside it puts it away."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab.name)
        self.key = tab.key
        self._tab = tab
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._take_up()

    @property
    def current(self) -> bool:
        """It is the slip in hand."""
        return self._tab.current

    def show_tab(self, tab: Tab) -> None:
        """Show another state of the slip."""
        if tab != self._tab:
            self._tab = tab
            self._take_up()

    def _take_up(self) -> None:
        tab = self._tab
        words = _("Slip of {name}, {amount}").format(name=tab.name, amount=tab.amount)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        name = min(metrics(14, 600).horizontalAdvance(self._tab.name), 130)
        return QSize(int(name + metrics(13, tabular=True).horizontalAdvance(self._tab.amount) + 40), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        direction = self.layoutDirection()
        fill = "surface" if self._tab.current else "hover_side"
        fill_round(painter, rect.adjusted(0, 0, 0, -2), 10, T(fill), T("border") if self._tab.current else None)
        if self._tab.current:
            fill_round(painter, QRectF(12, rect.height() - 5, rect.width() - 24, 3), 1.5, T("accent"))
        amount = metrics(13, tabular=True).horizontalAdvance(self._tab.amount)
        first = QRectF(14, 0, rect.width() - amount - 34, rect.height() - 2)
        second = QRectF(rect.width() - amount - 14, 0, amount + 2, rect.height() - 2)
        tone = "text" if self._tab.current else "text2"
        draw_text(painter, leading(direction, rect, first), self._tab.name, font(14, 600), T(tone), aligned(direction))
        small = font(13, tabular=True)
        end = aligned(direction, end=True)
        draw_text(painter, leading(direction, rect, second), self._tab.amount, small, T("text2"), end)
        if self._ring:
            focus_ring(painter, rect.adjusted(0, 0, 0, -2), 10)


class SlipTabs(QWidget):
    """``SlipTabs()``: ``show_tabs(tabs)``. Signals: ``chosen(object key)``, ``close_wanted()`` the one in hand."""

    chosen = Signal(object)
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[_Chip] = []
        self._content = QWidget()
        self._content.setObjectName("pageBody")
        self._row = QHBoxLayout(self._content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._area.setHorizontalScrollBarPolicy(off)
        self._area.setVerticalScrollBarPolicy(off)
        self._area.setWidget(self._content)
        self._area.setFixedHeight(_HEIGHT)
        self._close = IconButton("x", _("Put this slip away (Ctrl+W)"), size=_HEIGHT)
        self._close.clicked.connect(self.close_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._area, 1)
        row.addWidget(self._close)
        self._reveal = QTimer(self)
        self._reveal.setSingleShot(True)
        self._reveal.setInterval(0)
        self._reveal.timeout.connect(self._show_current)

    def show_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these slips; chips that stay are kept, so that the focus does."""
        if [tab.key for tab in tabs] != [chip.key for chip in self._chips]:
            before = {chip.key: chip for chip in self._chips}
            self._chips = [before.pop(tab.key) if tab.key in before else self._make(tab) for tab in tabs]
            for chip in before.values():
                self._row.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            for place, chip in enumerate(self._chips):
                if self._row.indexOf(chip) != place:
                    self._row.insertWidget(place, chip)
        for chip, tab in zip(self._chips, tabs, strict=True):
            chip.show_tab(tab)
        self._close.setVisible(any(tab.current for tab in tabs))
        self._reveal.start()

    def settle(self) -> None:
        """Stop what still waits."""
        self._reveal.stop()

    def _make(self, tab: Tab) -> _Chip:
        chip = _Chip(tab)
        chip.clicked.connect(self._clicked)
        return chip

    def _clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, _Chip):
            self.chosen.emit(chip.key)

    def _show_current(self) -> None:
        chip = next((chip for chip in self._chips if chip.current), None)
        if chip is not None:
            self._area.ensureWidgetVisible(chip, 40, 0)
