"""The editor for the accent colour of papers: a few good ones and any other by its number. No storage."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from directsell.i18n import N_, _
from directsell.ui.theme import T
from directsell.ui.widgets.fields.base import InputError
from directsell.ui.widgets.fields.parsed import ParsedField
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.painting import fill_round, focus_ring

# Dark enough for white words on them (contrast above 4.5 : 1), and apart from each other in print.
PRESETS = (
    ("#0F766E", N_("Sea green")),
    ("#1D4ED8", N_("Blue")),
    ("#6D28D9", N_("Violet")),
    ("#9D174D", N_("Berry")),
    ("#B45309", N_("Amber")),
    ("#15803D", N_("Leaf green")),
    ("#334155", N_("Slate")),
)
_COLOR = re.compile(r"#?([0-9A-Fa-f]{6})")


class _Swatch(QAbstractButton):
    """One colour to choose."""

    def __init__(self, color: str, name: str) -> None:
        super().__init__()
        self.color = color
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(36, 36)

    def sizeHint(self) -> QSize:
        return QSize(36, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.isChecked():
            fill_round(painter, rect.adjusted(1, 1, -1, -1), 17, None, T("text"))
        fill_round(painter, rect.adjusted(5, 5, -5, -5), 13, QColor(self.color))
        if self.hasFocus():
            focus_ring(painter, rect, 18)


class AccentField(QWidget):
    """``AccentField()``: ``value() -> "#RRGGBB"``, ``set_value(text)``, ``error()``. Signals as every editor."""

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number: ParsedField[str] = ParsedField(_parse, str, required=True, placeholder="#0F766E")
        self.number.setFixedWidth(116)
        self.swatches = [_Swatch(color, _(name)) for color, name in PRESETS]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        flow = FlowLayout(gap=2)
        for swatch in self.swatches:
            swatch.clicked.connect(self._picked)
            flow.addWidget(swatch)
        row.addLayout(flow, 1)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.number)
        self.number.changed.connect(self._typed)
        self.number.committed.connect(self.committed)
        self.number.error_changed.connect(self.error_changed)

    def value(self) -> str:
        """The colour; what was typed when that is none."""
        return self.number.value() or self.number.text().strip()

    def set_value(self, color: str) -> None:
        """Show a stored colour."""
        self.number.set_value(color)
        self._mark()

    def error(self) -> str:
        """Sentence when it is no colour."""
        return self.number.error()

    def check(self) -> str:
        """Judge now."""
        return self.number.check()

    def _picked(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, _Swatch):
            self.number.set_value(swatch.color)
            self._typed()
            self.committed.emit()

    def _typed(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        for swatch in self.swatches:
            swatch.setChecked(swatch.color.lower() == self.value().lower())


def _parse(text: str) -> str:
    match = _COLOR.fullmatch(text)
    if match is None:
        raise InputError(_("Write a colour like #0F766E."))
    return f"#{match[1].upper()}"
