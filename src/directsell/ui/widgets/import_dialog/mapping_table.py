"""The first rows of a file under headers that say what each column becomes. Nothing is read or imported here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from directsell.domain.errors import DomainError
from directsell.exchange.dates import parse_date
from directsell.exchange.formats import BadRow, Cell, Row
from directsell.exchange.headers import FIELDS, REPEATABLE
from directsell.exchange.mapping import Assignment, Mapping
from directsell.exchange.numbers import parse_number
from directsell.i18n import Language, _
from directsell.messages import sentence_of
from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.buttons import Menu
from directsell.ui.widgets.import_dialog.work import Recognised
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading
from directsell.usecases.imports.reading import NOT_KEPT
from directsell.usecases.imports.words import field_label

_Index = QModelIndex | QPersistentModelIndex
_SURE = 0.7
_HEADER, _ROW = 56, 34
_NARROWEST, _WIDEST = 116, 240
_SHOWN = 200  # characters of a cell
_OPEN = ("date.ambiguous", "number.ambiguous")  # not wrong: the question is still open


class PreviewModel(QAbstractTableModel):
    """``PreviewModel(language)``: rows of a file as they are, or as they are understood; ``show(recognised)``, ``set_mapping``."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._file: Recognised | None = None
        self._assigned: dict[int, Assignment] = {}
        self.mapping: Mapping | None = None
        self.understood = True

    def show(self, recognised: Recognised, mapping: Mapping) -> None:
        """Show the rows of another file."""
        self.beginResetModel()
        self._file = recognised
        self._take(mapping)
        self.endResetModel()

    def set_mapping(self, mapping: Mapping) -> None:
        """Change what the columns become."""
        self._take(mapping)
        self._repaint()

    def set_understood(self, on: bool) -> None:
        """Show values as they are understood, or as they stand in the file."""
        self.understood = on
        self._repaint()

    def _take(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self._assigned = {item.column: item for item in mapping.assignments}

    def _repaint(self) -> None:
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, self.columnCount() - 1))

    def assignment(self, column: int) -> Assignment | None:
        """Return what a column feeds."""
        return self._assigned.get(column)

    def confidence(self, column: int) -> float:
        """Return how sure the recognition was; 1 for what the user chose."""
        found = self._assigned.get(column)
        if self._file is None or found is None:
            return 1.0
        started = {item.column: item.field for item in self._file.mapping.assignments}
        return self._file.confidence.get(column, 1.0) if started.get(column) == found.field else 1.0

    def header(self, column: int) -> str:
        """Return what the file calls a column."""
        if self._file is None or column >= len(self._file.table.header):
            return ""
        return self._file.table.header[column]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if self._file is None or parent.isValid() else len(self._file.preview)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._file is None or parent.isValid() else self._file.table.columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._file is None or not index.isValid():
            return None
        row = self._file.preview[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())[0]
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = self._kind(index.column()) in ("number", "percent")
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.header(section)
        if orientation is Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole and self._file is not None:
            return str(self._file.preview[section].line_number)
        return None

    def _kind(self, column: int) -> str:
        found = self._assigned.get(column)
        return FIELDS[self.mapping.target][found.field] if found is not None and self.mapping is not None else ""

    def _text(self, row: Row | BadRow, column: int) -> tuple[str, str]:
        """Return what a cell shows, and the tone of what is wrong with it."""
        raw = row.values[column][:_SHOWN] if column < len(row.values) else ""
        kind = self._kind(column)
        if isinstance(row, BadRow) or kind not in ("number", "percent", "date") or not raw.strip():
            return raw, "bad" if isinstance(row, BadRow) else ""
        value: Cell = row.typed[column] if row.typed is not None else row.values[column]
        try:
            shown = self._understood(value, kind, self._assigned[column].style)
        except DomainError as error:
            return raw, "warn" if error.code in _OPEN else "bad"
        except ValueError:
            return raw, "bad"
        return (shown if self.understood else raw), ""

    def _understood(self, value: Cell, kind: str, style: str) -> str:
        assert self._file is not None
        if kind == "date":
            moment = parse_date(value, style, serial_1904=self._file.table.format.dates_from_1904)  # type: ignore[arg-type]
            return self._day(moment)
        number = parse_number(value, style, percent=kind == "percent")  # type: ignore[arg-type]
        return self._language.number(number)

    def _day(self, moment: datetime) -> str:
        day = self._language.date(moment.date())
        return f"{day}, {self._language.time(moment)}" if moment.hour or moment.minute else day

    def _color(self, row: Row | BadRow, column: int) -> Any:
        tone = self._text(row, column)[1]
        if tone:
            return T(tone)
        return T("text") if column in self._assigned else T("text3")

    def _tip(self, row: Row | BadRow, column: int) -> str:
        if isinstance(row, BadRow):
            return sentence_of(row.code, row.params)
        raw = row.values[column][:_SHOWN] if column < len(row.values) else ""
        if self._text(row, column)[1]:
            return _("“{text}” cannot be understood here.").format(text=raw)
        return raw


class CellDelegate(QStyledItemDelegate):
    """Draws a cell as one line with room at both sides, in the colour and alignment that the model says."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._font = font(13, tabular=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect, direction = QRectF(option.rect), option.direction
        color = index.data(Qt.ItemDataRole.ForegroundRole) or T("text")
        side = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        end = bool(side & Qt.AlignmentFlag.AlignRight)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), T("hair"))
        draw_text(painter, rect.adjusted(13, 0, -13, 0), text, self._font, color, aligned(direction, end=end))


class MappingHeader(QHeaderView):
    """Headers in two lines: what the column becomes, and what the file calls it. A click asks for another field."""

    wanted = Signal(int)

    def __init__(self, model: PreviewModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._hover = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSectionSize(_NARROWEST)
        self.sectionClicked.connect(self.wanted)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEADER)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover = self.logicalIndexAt(event.position().toPoint())
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = -1
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, direction = QRectF(rect), self.layoutDirection()
        view = self.parentWidget()
        current = isinstance(view, MappingTable) and view.current_column() == column and view.hasFocus()
        box = whole.adjusted(3, 4, -3, -4)
        found = self._model.assignment(column)
        fill_round(
            painter, box, 9, T("soft" if found else "hover" if column == self._hover else "surface"), T("border")
        )
        if current:
            focus_ring(painter, box, 9)
        words = leading(direction, box, box.adjusted(10, 4, -26, -box.height() / 2))
        name = _("Left out")
        if found is not None and self._model.mapping is not None:
            name = field_label(self._model.mapping.target, found.field)
        color = T("on_soft" if found else "text3")
        draw_text(painter, words, name, font(13, 600), color, aligned(direction))
        below = leading(direction, box, box.adjusted(10, box.height() / 2 - 2, -26, -4))
        header = self._model.header(column) or _("Column {number}").format(number=column + 1)
        draw_text(painter, below, header, font(12), T("text2"), aligned(direction))
        spot = leading(direction, box, QRectF(box.right() - 23, box.center().y() - 8, 16, 16))
        unsure = self._model.confidence(column) < _SURE
        paint_icon(painter, "circle-help" if unsure else "chevron-down", spot, T("warn" if unsure else "text2"))
        painter.restore()


class MappingTable(QTableView):
    """``MappingTable(language)``: ``show_file(recognised, mapping)``, ``set_mapping(mapping)``, ``set_understood(on)``.

    Arrows move over the columns, Enter or a click on the header opens the menu of fields.
    Signal: ``assigned(int column, str field)``; an empty field leaves the column out.
    """

    assigned = Signal(int, str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = PreviewModel(language, self)
        self.menu: Menu | None = None
        self.setModel(self.preview)
        self.setAccessibleName(_("Columns of the file"))
        self.setAccessibleDescription(_("Enter chooses what a column becomes."))
        self.setProperty("surface", "surface")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setItemDelegate(CellDelegate(self))
        self.head = MappingHeader(self.preview, self)
        self.head.wanted.connect(self.ask)
        self.setHorizontalHeader(self.head)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        rows.setFont(font(12, tabular=True))
        rows.setSectionsClickable(False)
        self.setMinimumHeight(_HEADER + 3 * _ROW)

    def show_file(self, recognised: Recognised, mapping: Mapping) -> None:
        """Show the rows of a file."""
        self.preview.show(recognised, mapping)
        for column in range(recognised.table.columns):
            self.setColumnWidth(column, self._width(column))
        if recognised.table.columns and recognised.preview:
            self.setCurrentIndex(self.preview.index(0, 0))

    def set_mapping(self, mapping: Mapping) -> None:
        """Change what the columns become."""
        self.preview.set_mapping(mapping)
        self.head.viewport().update()

    def set_understood(self, on: bool) -> None:
        """Show values as they are understood, or as they stand in the file."""
        self.preview.set_understood(on)

    def current_column(self) -> int:
        """Return the column under the keyboard."""
        return self.currentIndex().column()

    def _width(self, column: int) -> int:
        measure = metrics(13, 600)
        found = self.preview.assignment(column)
        texts = [self.preview.header(column), _("Left out")]
        if found is not None and self.preview.mapping is not None:
            texts.append(field_label(self.preview.mapping.target, found.field))
        cells = (self.preview.index(row, column) for row in range(min(12, self.preview.rowCount())))
        texts += [str(self.preview.data(cell) or "")[:60] for cell in cells]
        return max(_NARROWEST, min(_WIDEST, int(max(map(measure.horizontalAdvance, texts), default=0)) + 44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current_column() >= 0:
            self.ask(self.current_column())
            return
        super().keyPressEvent(event)
        self.head.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.head.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.head.viewport().update()

    def ask(self, column: int) -> None:
        """Open the menu of fields for a column."""
        mapping = self.preview.mapping
        if mapping is None:
            return
        if self.preview.rowCount():
            self.setCurrentIndex(self.preview.index(max(0, self.currentIndex().row()), column))
        menu = Menu(self)
        self.menu = menu
        now = self.preview.assignment(column)
        self._add(menu, column, "", _("Leave out"), chosen=now is None)
        menu.addSeparator()
        elsewhere = {item.field: item.column for item in mapping.assignments if item.column != column}
        for field in FIELDS[mapping.target]:
            if field in NOT_KEPT[mapping.target]:
                continue
            words = field_label(mapping.target, field)
            if field in elsewhere and field not in REPEATABLE:
                other = self.preview.header(elsewhere[field]) or str(elsewhere[field] + 1)
                words = _("{field} (now: {column})").format(field=words, column=other)
            self._add(menu, column, field, words, chosen=now is not None and now.field == field)
        menu.aboutToHide.connect(menu.deleteLater)
        x = self.head.sectionViewportPosition(column)
        place = self.head.viewport().mapToGlobal(QPoint(max(0, x), _HEADER - 2))
        menu.popup(place)

    def _add(self, menu: Menu, column: int, field: str, words: str, *, chosen: bool) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(chosen)
        action.setData((column, field))
        action.triggered.connect(self._chosen)
        if chosen:
            menu.setActiveAction(action)

    def _chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            column, field = action.data()
            self.assigned.emit(int(column), str(field))
