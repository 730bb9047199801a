"""A choice among backups: one row for each, with day, time, size and place. It reads no folder itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from directsell.ui.theme import T, font, paint_icon
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.painting import ITEM_RADIUS, aligned, draw_text, fill_round, focus_ring, leading


class BackupRow(Alive, QAbstractButton):
    """``BackupRow(key, title, detail)``: one backup; arrow keys move among the rows of one parent."""

    def __init__(self, key: object, title: str, detail: str) -> None:
        super().__init__()
        self.key = key
        self._title = title
        self._detail = detail
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(f"{title}, {detail}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 58)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        rect = QRectF(self.rect())
        direction = self.layoutDirection()
        if self.isChecked():
            fill_round(painter, rect, ITEM_RADIUS, T("surface"), T("border"))
        elif self._hover:
            fill_round(painter, rect, ITEM_RADIUS, T("hover"))
        spot = leading(direction, rect, QRectF(14, rect.center().y() - 10, 20, 20))
        paint_icon(painter, "archive", spot, T("accent" if self.isChecked() else "text2"))
        align = aligned(direction)
        words = QRectF(48, 9, rect.width() - 60, 20)
        draw_text(painter, leading(direction, rect, words), self._title, font(14, 600), T("text"), align)
        words.translate(0, 20)
        draw_text(painter, leading(direction, rect, words), self._detail, font(13), T("text2"), align)
        if self._ring:
            focus_ring(painter, rect, ITEM_RADIUS)


class BackupRows(QWidget):
    """``BackupRows()``: ``set_rows([(key, title, detail), ...])``, ``value()``, ``choose(key)``. Signal: ``chosen()``."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[BackupRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def set_rows(self, rows: list[tuple[object, str, str]]) -> None:
        """Show these backups; the choice stays when it is among them."""
        before = self.value()
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for key, title, detail in rows:
            row = BackupRow(key, title, detail)
            row.toggled.connect(self._toggled)
            self._column.addWidget(row)
            self.rows.append(row)
        self.choose(before)

    def value(self) -> object:
        """Key of the chosen backup, or None."""
        return next((row.key for row in self.rows if row.isChecked()), None)

    def choose(self, key: object) -> None:
        """Choose a backup; an unknown one does nothing."""
        for row in self.rows:
            if row.key == key:
                row.setChecked(True)

    def _toggled(self, on: bool) -> None:
        if on:
            self.chosen.emit()
