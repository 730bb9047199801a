"""The third step and the last: what would be imported, what was refused and why, and afterwards what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from directsell.exchange.errors import Finding
from directsell.exchange.headers import Target
from directsell.i18n import Language, _
from directsell.messages import sentence_of
from directsell.ui.theme import T, font
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.import_dialog.mapping_table import CellDelegate
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.states import Banner, EmptyState, ProgressPanel
from directsell.ui.widgets.tiles import KpiTile
from directsell.usecases.imports.agreed import Sums
from directsell.usecases.imports.reading import Reading
from directsell.usecases.imports.words import reason

_Index = QModelIndex | QPersistentModelIndex
_SHOWN = 300  # characters of a cell


class FindingsModel(QAbstractTableModel):
    """Findings as rows of line, reason and values; texts are made as they are looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()
        self._target: Target = "sales"

    def show(self, findings: tuple[Finding, ...], target: Target) -> None:
        """Show other findings."""
        self.beginResetModel()
        self.findings, self._target = findings, target
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.findings)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return T("text2") if role == Qt.ItemDataRole.ForegroundRole and index.column() == 2 else None
        finding = self.findings[index.row()]
        if index.column() == 0:
            return str(finding.line)
        if index.column() == 1:
            return reason(finding, self._target, sentence_of)
        return " | ".join(value for value in finding.values if value.strip())[:_SHOWN]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Line"), _("Reason"), _("Values"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class FindingsTable(QTableView):
    """A plain table of findings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FindingsModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(_("Refused lines and doubts"))
        self.setProperty("surface", "surface")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(32)
        head = self.horizontalHeader()
        head.setFont(font(13, 600))
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, 84)
        self.setMinimumHeight(120)


class ReviewStep(QWidget):
    """``ReviewStep(language)``: ``show_reading(reading, sums)``, ``busy(on)``, ``say(sentence, tone)``, ``table``, ``lists``.

    Signals: ``save_list()``; ``cancelled()`` while it is imported.
    """

    save_list = Signal()
    cancelled = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._reading: Reading | None = None
        self._banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._tiles = QWidget()
        self._flow = FlowLayout(self._tiles, gap=12, tile=190)
        self._column.addWidget(self._tiles)
        self._months = Label("", Role.SMALL, wrap=True)
        self._column.addWidget(self._months)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.lists = Segmented([("refused", _("Refused")), ("doubts", _("To check"))], name=_("Which lines are listed"))
        self.lists.changed.connect(self._list_changed)
        row.addWidget(self.lists)
        row.addStretch(1)
        self.save_button = Button(_("Save this list"), "download", compact=True)
        self.save_button.clicked.connect(self.save_list)
        row.addWidget(self.save_button)
        self._column.addLayout(row)
        self.table = FindingsTable()
        self._column.addWidget(self.table, 1)
        self._fine = EmptyState(
            "circle-check", _("Every line can be imported"), _("Nothing was refused, and nothing is in doubt.")
        )
        self._column.addWidget(self._fine, 1)
        self.progress = ProgressPanel("")
        self.progress.cancelled.connect(self.cancelled)
        self.progress.hide()
        self._column.addWidget(self.progress)

    def show_reading(self, reading: Reading, sums: tuple[Sums, ...]) -> None:
        """Show what was read."""
        self._reading = reading
        number = self._language.number
        facts = {
            "sales": [(_("Orders"), number(reading.good))],
            "people": [(_("People"), number(reading.good))],
            "products": [(_("Products"), number(reading.good))],
        }[reading.target]
        for item in sums:
            facts.append((_("Order lines"), number(item.lines)))
            title = _("Total of the file") if len(sums) == 1 else item.currency
            facts.append((title, self._language.price(item.total, item.currency)))
        facts.append((_("Lines read"), number(reading.rows)))
        self._show_tiles(facts)
        self._months.setText(self._month_words(sums))
        self._months.setVisible(bool(sums))
        self.lists.set_count("refused", len(reading.rejects))
        self.lists.set_count("doubts", len(reading.findings))
        self.lists.set_value("refused" if reading.rejects or not reading.findings else "doubts")
        anything = bool(reading.rejects or reading.findings)
        for part in (self.lists, self.save_button, self.table):
            part.setVisible(anything)
        self._fine.setVisible(not anything)
        self._list_changed()
        self.say("")

    def findings(self) -> tuple[Finding, ...]:
        """Return the list on the screen."""
        return self.table.rows.findings

    def _show_tiles(self, facts: list[tuple[str, str]]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for title, value in facts:
            self._flow.addWidget(KpiTile(title, value))
        self._flow.invalidate()

    def _month_words(self, sums: tuple[Sums, ...]) -> str:
        language = self._language
        return "   ".join(
            _("{month}: {amount}")
            .format(
                month=language.month(date.fromisoformat(f"{month}-01")), amount=language.price(amount, item.currency)
            )
            .replace(" ", "\u00a0")  # a month stays on one line
            for item in sums
            for month, amount in item.by_month.items()
        )

    def _list_changed(self) -> None:
        if self._reading is not None:
            refused = self.lists.value() == "refused"
            self.table.rows.show(self._reading.rejects if refused else self._reading.findings, self._reading.target)

    def busy(self, words: str) -> None:
        """Show what goes on; "" is nothing."""
        self.progress.setVisible(bool(words))
        if words:
            self.progress.restart(words)
            self.say("")

    def say(self, sentence: str, tone: str = "bad") -> None:
        """Show a sentence above; "" takes it back."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if sentence:
            self._banner = Banner(sentence, tone)
            self._column.insertWidget(0, self._banner)
