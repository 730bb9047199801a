"""The search box over the window (Ctrl+K): what was typed, rows in groups, Enter goes there. The finding is queries/search.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from directsell.domain.people import fold
from directsell.i18n import N_, _
from directsell.store.changes import ChangeSet
from directsell.store.queries.recent import find_hit, recent
from directsell.store.queries.search import GOOD, Hit, HitKind, search, typed_words
from directsell.store.reader import Reader
from directsell.ui.models.spine import Index
from directsell.ui.session import Command, Session
from directsell.ui.theme import T
from directsell.ui.widgets.choosers import KeyHint
from directsell.ui.widgets.fields.text import SearchField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import fill_round
from directsell.ui.widgets.search_rows import Entry, SearchRow

_WIDTH = 660
_TOP = 64
_REMEMBERED = 6
_COMMANDS = 6
_GROUPS = {
    HitKind.PERSON: N_("People"),
    HitKind.PRODUCT: N_("Products"),
    HitKind.ORDER: N_("Orders"),
    HitKind.PAPER: N_("Documents"),
    HitKind.DEMO: N_("Demos"),
}


class _Rows(QAbstractListModel):
    """Groups and rows as one list; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.parts: tuple[str, ...] = ()

    def show(self, entries: list[Entry], parts: Sequence[str]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.parts = tuple(parts)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.entries[index.row()].words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.entries[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class SearchPopup(QWidget):
    """``SearchPopup(session, commands, host)``: covers ``host``; ``open(text="")``, ``close_popup()``, ``entries`` (shown rows).

    ``commands`` gives the Commands that can be run now. Signals: ``opened()``, ``closed()``, ``chosen(object)``.
    """

    opened = Signal()
    closed = Signal()
    chosen = Signal(object)

    def __init__(self, session: Session, commands: Callable[[], Sequence[Command]], host: QWidget) -> None:
        super().__init__(host)
        self._session = session
        self._commands = commands
        self._host = host
        self._before: QWidget | None = None
        self._visited: list[tuple[HitKind, Any]] = []
        self._known: list[tuple[str, Command]] = []
        self.setAccessibleName(_("Search"))
        self._panel = QFrame(self)
        self._panel.setObjectName("searchPanel")
        self.field = SearchField(_("People, products, orders, numbers, commands …"))
        self.field.setMinimumHeight(44)
        self.field.installEventFilter(self)
        self._model = _Rows(self)
        self._list = QListView()
        self._list.setAccessibleName(_("Found"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setModel(self._model)
        self._list.setItemDelegate(SearchRow(self._model, session.language, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setProperty("surface", "raised")
        self._list.clicked.connect(self._clicked)
        self._nothing = Label("", Role.MUTED, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(24, 28, 24, 28)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing, 1)
        column.addLayout(self._hints())
        self.field.searched.connect(self._search)
        self.field.moved.connect(self._move)
        self.field.submitted.connect(self._submit)
        session.changed.connect(self._data_changed)
        host.installEventFilter(self)
        self.hide()

    def _hints(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(6)
        for keys, words in (("↑", ""), ("↓", _("choose")), ("Enter", _("open")), ("Esc", _("close"))):
            row.addWidget(KeyHint(keys))
            if words:
                row.addWidget(Label(words, Role.TINY))
                row.addSpacing(10)
        row.addStretch(1)
        return row

    @property
    def entries(self) -> list[Entry]:
        """What is listed now, headings included."""
        return self._model.entries

    @property
    def current(self) -> Entry | None:
        """The row that Enter would open."""
        row = self._list.currentIndex().row()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    # --- open and close

    def open(self, text: str = "") -> None:
        """Show the box, or close it when it is open (Ctrl+K twice)."""
        if self.isVisible():
            self.close_popup()
            return
        self._before = self._host.window().focusWidget()
        self._known = [(fold(f"{command.text} {command.words}"), command) for command in self._commands()]
        self._cover()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text or self.field.text():
            self.field.setText(text)
        self._search(text)
        self.opened.emit()

    def close_popup(self) -> None:
        """Hide it and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        self.field.clear()
        if self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    # --- finding

    def _search(self, text: str) -> None:
        if self.isHidden():
            return
        parts = fold(" ".join(typed_words(text))).split()
        if parts:
            hits = self._session.look(search, text)
            found, commands = _grouped(hits), _headed(_("Commands"), self._matching(parts))
            # A command that was typed by its name comes before names that merely contain the words.
            entries = [*found, *commands] if hits and hits[0].score >= GOOD else [*commands, *found]
        else:
            entries = self._start_entries() if not text.strip() else []
        self._model.show(entries, parts)
        self._list.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        self._nothing.setText(_("Nothing begins with these words. Try a name, a code, a number or a phone number."))
        self._cover()
        self._first()

    def _start_entries(self) -> list[Entry]:
        hits = self._session.look(_visited, self._visited)
        known = {(hit.kind, hit.id) for hit in hits}
        hits += [hit for hit in self._session.look(recent, limit=8) if (hit.kind, hit.id) not in known]
        start = [Entry.of_hit(hit) for hit in hits[:8]]
        commands = [Entry.of_command(command) for _words, command in self._known[:_COMMANDS]]
        return [*_headed(_("Recent"), start), *_headed(_("Commands"), commands)]

    def _matching(self, parts: Sequence[str]) -> list[Entry]:
        found = []
        for words, command in self._known:
            starts = words.split()
            if all(any(word.startswith(part) for word in starts) for part in parts):
                found.append(Entry.of_command(command))
        return found[:_COMMANDS]

    def _data_changed(self, _changes: ChangeSet) -> None:
        if self.isVisible():
            current = self.current
            self._search(self.field.value())
            if current is not None and current.hit is not None:
                self._choose(current)

    # --- moving and choosing

    def _choosable(self) -> list[int]:
        return [place for place, entry in enumerate(self.entries) if not entry.heading]

    def _first(self) -> None:
        places = self._choosable()
        if places:
            self._list.setCurrentIndex(self._model.index(places[0], 0))
            self._list.scrollToTop()

    def _choose(self, wanted: Entry) -> None:
        for place, entry in enumerate(self.entries):
            if entry.hit is not None and wanted.hit is not None and entry.hit.id == wanted.hit.id:
                self._list.setCurrentIndex(self._model.index(place, 0))

    def _move(self, step: int) -> None:
        places = self._choosable()
        if not places:
            return
        now = self._list.currentIndex().row()
        place = places.index(now) + step if now in places else 0
        # Round in a circle for single steps, up to the end for pages.
        place = place % len(places) if abs(step) == 1 else max(0, min(len(places) - 1, place))
        self._list.setCurrentIndex(self._model.index(places[place], 0))
        if place == 0:
            self._list.scrollToTop()

    def _submit(self, _text: str) -> None:
        if self.current is not None:
            self._open(self.current)

    def _clicked(self, index: QModelIndex) -> None:
        entry = self.entries[index.row()]
        if not entry.heading:
            self._open(entry)

    def _open(self, entry: Entry) -> None:
        self.close_popup()
        if entry.hit is not None:
            key = (entry.hit.kind, entry.hit.id)
            self._visited = [key, *(other for other in self._visited if other != key)][:_REMEMBERED]
            self._session.navigation.go(entry.hit.page, str(entry.hit.id))
            self.chosen.emit(entry.hit)
        elif entry.command is not None:
            entry.command.run()
            self.chosen.emit(entry.command)

    # --- Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._cover()
        elif watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._field_key(event)
        return False

    def _field_key(self, event: QKeyEvent) -> bool:
        """Keys the field would keep for itself; says whether one was taken."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_popup()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._move(5 if key == Qt.Key.Key_PageDown else -5)
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_popup()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), T("scrim"))
        fill_round(painter, self._panel.geometry().toRectF(), 14, T("raised"), T("border"))

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 480)

    def _cover(self) -> None:
        """As high as its rows, as far as the window goes."""
        room = self._host.rect()
        self.setGeometry(room)
        width = min(_WIDTH, room.width() - 32)
        top = _TOP if room.height() > 560 else 16
        rows = sum(entry.height for entry in self.entries) + 8 if self.entries else 110
        height = min(44 + rows + 62, room.height() - top - 24, 620)
        self._panel.setGeometry(QRect((room.width() - width) // 2, top, width, height))
        self.update()


def _grouped(hits: Iterable[Hit]) -> list[Entry]:
    groups: dict[HitKind, list[Entry]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(Entry.of_hit(hit))
    return [entry for kind, entries in groups.items() for entry in _headed(_(_GROUPS[kind]), entries)]


def _headed(title: str, entries: list[Entry]) -> list[Entry]:
    return [Entry(title=title, heading=True), *entries] if entries else []


def _visited(reader: Reader, keys: Sequence[tuple[HitKind, Any]]) -> list[Hit]:
    found = (find_hit(reader, kind, key) for kind, key in keys)
    return [hit for hit in found if hit is not None]
