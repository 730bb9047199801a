"""The filters of a list as chips that wrap: one of them is on. No knowledge of what is filtered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading


class FilterChip(Alive, QAbstractButton):
    """``FilterChip(key, text, *, icon="", tip="")``: a rounded word that is on or off; ``set_caption(text)``."""

    def __init__(self, key: str, text: str, *, icon: str = "", tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._caption = text
        self._icon = icon
        self.setCheckable(True)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(tip or text)
        self.setToolTip(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_caption(self, text: str) -> None:
        """Change the word."""
        self._caption = text
        self.setText(text.replace("&", "&&"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = metrics(13, 600).horizontalAdvance(self._caption) + 24 + (20 if self._icon else 0)
        return QSize(min(int(width + 0.99), 220), 36)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0, 3, 0, -3)
        on = self.isChecked()
        back = T("soft") if on else T("hover_side") if self._hover else None
        fill_round(painter, rect, rect.height() / 2, back, None if on else T("border"))
        words = rect.adjusted(12, 0, -12, 0)
        tone = T("on_soft" if on else "text2")
        if self._icon:
            spot = QRectF(rect.x() + 10, rect.center().y() - 7, 14, 14)
            paint_icon(painter, self._icon, leading(self.layoutDirection(), rect, spot), tone)
            words = leading(self.layoutDirection(), rect, words.adjusted(18, 0, 4, 0))
        side = aligned(self.layoutDirection(), center=not self._icon)
        draw_text(painter, words, self._caption, font(13, 600 if on else 500), tone, side)
        if self._ring:
            focus_ring(painter, rect, rect.height() / 2)


class FilterChips(QWidget):
    """``FilterChips([(key, text, tip), ...], *, name="")``: one filter is on; arrows move, one tab stop for all.

    ``value()``, ``set_value(key)``, ``add_extra(widget)`` (after the chips, a tab stop of its own). Signal: ``chosen(str)``.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str, str]], *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, gap=6)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._chips: list[FilterChip] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for key, text, tip in choices:
            chip = FilterChip(key, text, tip=tip)
            chip.clicked.connect(self._clicked)
            self._chips.append(chip)
            self._flow.addWidget(chip)
        if choices:
            self.set_value(choices[0][0])

    def add_extra(self, widget: QWidget) -> None:
        """Append a widget of another kind."""
        self._flow.addWidget(widget)

    def chips(self) -> tuple[FilterChip, ...]:
        """The chips in order."""
        return tuple(self._chips)

    def value(self) -> str:
        """Key of the filter that is on."""
        return next((chip.key for chip in self._chips if chip.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Switch a filter on without telling anyone."""
        for chip in self._chips:
            on = chip.key == key
            chip.setChecked(on)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        keys = [chip.key for chip in self._chips]
        # Where none is on yet, an arrow chooses the first.
        place = max(0, min(len(keys) - 1, keys.index(self.value()) + step)) if self.value() in keys else 0
        self._choose(self._chips[place])
        self._chips[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self._choose(chip)

    def _choose(self, chip: FilterChip) -> None:
        self.set_value(chip.key)
        self.chosen.emit(chip.key)
