"""What the keys of the board do, in one quiet line that shows as much as there is room for. No keys are handled here."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.i18n import N_, _
from directsell.ui.widgets.choosers import KeyHint
from directsell.ui.widgets.labels import Label, Role

_HINTS = (
    ("< >", N_("move")),
    ("L", N_("log contact")),
    ("N", N_("next step")),
    ("Enter", N_("details")),
    ("Q", N_("quote")),
    ("D", N_("demo")),
    ("O", N_("objection")),
    ("P", N_("person")),
    ("1–8", N_("stage")),
)


class KeyHints(QWidget):
    """``KeyHints()``: key caps with their words; those that do not fit are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setSpacing(14)
        self._parts: list[QWidget] = []
        for keys, words in _HINTS:
            part = QWidget()
            line = QHBoxLayout(part)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(6)
            line.addWidget(KeyHint(keys))
            line.addWidget(Label(_(words), Role.TINY))
            row.addWidget(part)
            self._parts.append(part)
        row.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 22)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margins = self.contentsMargins()
        room = self.width() - margins.left() - margins.right() - 24
        for part in self._parts:
            room -= part.sizeHint().width() + 14
            part.setVisible(room >= 0)
