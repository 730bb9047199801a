"""The model behind every list: a spine of row ids, rows in pages of 128. No SQL and no widgets here.

A source gives ids and rows; 1,000,000 rows cost 8 MB of ids and 64 cached pages. Row numbers are positions in the spine.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from directsell.ui.tasks import Job, Tasks

PAGE = 128
PAGES = 64
R = TypeVar("R")
RS = TypeVar("RS", covariant=True)
Index = QModelIndex | QPersistentModelIndex


class RowSource(Protocol[RS]):
    """Where rows come from. ``rows`` is called in the GUI thread and must answer within a millisecond."""

    def first_page(self) -> Sequence[tuple[int, RS]]:
        """Up to 128 first (row id, row) in order, at once; empty when ``ids`` is quick anyway."""
        ...

    def ids(self) -> array[int]:
        """All row ids in order, ``array('q')``. May run in a worker thread with a connection of its own."""
        ...

    def rows(self, ids: Sequence[int]) -> Mapping[int, RS]:
        """Rows of these ids; vanished ones are missing."""
        ...

    def find(self, key: Hashable) -> int | None:
        """Row id of a real id; None when unknown."""
        ...


class ListSource(Generic[R]):
    """``ListSource(rows, key)``: rows that are all in memory."""

    def __init__(self, rows: Iterable[R], key: Callable[[R], Hashable]) -> None:
        self._rows = list(rows)
        self._keys = {key(row): place for place, row in enumerate(self._rows)}

    def first_page(self) -> Sequence[tuple[int, R]]:
        """Nothing: ids are quick."""
        return ()

    def ids(self) -> array[int]:
        """Positions."""
        return array("q", range(len(self._rows)))

    def rows(self, ids: Sequence[int]) -> Mapping[int, R]:
        """Rows by position."""
        return {place: self._rows[place] for place in ids}

    def find(self, key: Hashable) -> int | None:
        """Position of a key."""
        return self._keys.get(key)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a table.

    Attributes:
        title: Heading, translated.
        text: Words of a row.
        width: Pixels; 0 shares the rest of the line with other such columns.
        end: Right-aligned (amounts, dates as numbers), with tabular figures.
        role: "text", "strong", "muted" or "chip".
        tone: Tone of the chip or the words: a token name ("bad", "ok", ...), "" for the role's own.
        sort: Key given to the sort signal; empty when the column cannot be sorted.
        optional: Hidden first where the window is narrow.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    end: bool = False
    role: str = "text"
    tone: Callable[[R], str] | None = None
    sort: str = ""
    optional: bool = False


class SpineModel(QAbstractTableModel, Generic[R]):
    """``SpineModel(columns, key, *, tasks=None, describe=None, parent=None)``.

    ``reset(source)`` shows another source: with ``tasks`` its first page at once and the rest when the worker delivered
    the ids, without ``tasks`` everything at once. ``row(n) -> R | None``, ``key_at(n)``, ``position(key) -> int`` (-1: not
    here), ``count``, ``forget(keys=None)`` reads rows again. Signals: ``loaded(int count)``; ``failed(object error)``.
    """

    loaded = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        *,
        tasks: Tasks | None = None,
        describe: Callable[[R], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[R], ...] = tuple(columns)
        self._key = key
        self._tasks = tasks
        self._describe = describe
        self._source: RowSource[R] | None = None
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, Mapping[int, R]] = OrderedDict()
        self._job: Job | None = None
        self._complete = True

    # --- content

    @property
    def count(self) -> int:
        """Rows known now (the first page only while ids are on their way)."""
        return len(self._ids)

    @property
    def complete(self) -> bool:
        """False while the ids are on their way."""
        return self._complete

    def reset(self, source: RowSource[R] | None) -> None:
        """Show another source (None: nothing)."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        first = source.first_page() if source is not None and self._tasks is not None else ()
        later = bool(first) and len(first) >= PAGE
        self.beginResetModel()
        self._source = source
        self._pages.clear()
        if later or first:
            self._ids = array("q", (rowid for rowid, _row in first))
            self._pages[0] = dict(first[:PAGE])
        else:
            self._ids = source.ids() if source is not None else array("q")
        self._complete = not later
        self.endResetModel()
        if later and source is not None and self._tasks is not None:
            self._job = self._tasks.start(_Ids(source).read, done=self._arrived, failed=self._refused, owner=self)
        else:
            self.loaded.emit(len(self._ids))

    def row(self, number: int) -> R | None:
        """The row at a position; None when it vanished or the number is out of range."""
        if self._source is None or not 0 <= number < len(self._ids):
            return None
        page = self._pages.get(number // PAGE)
        if page is None:
            page = self._read(number // PAGE)
        else:
            self._pages.move_to_end(number // PAGE)
        return page.get(self._ids[number])

    def key_at(self, number: int) -> Hashable | None:
        """The real id at a position."""
        row = self.row(number)
        return None if row is None else self._key(row)

    def position(self, key: Hashable) -> int:
        """Where a real id stands now; -1 when it is not in the list."""
        if self._source is None:
            return -1
        rowid = self._source.find(key)
        if rowid is None:
            return -1
        try:
            return self._ids.index(rowid)
        except ValueError:
            return -1

    def forget(self, keys: Iterable[Hashable] | None = None) -> None:
        """Read rows again that changed (all of them without ``keys``); order and number of rows stay."""
        if self._source is None or not self._ids:
            return
        if keys is None:
            self._pages.clear()
            self._tell(0, len(self._ids) - 1)
            return
        wanted = set(keys)
        for number, page in list(self._pages.items()):
            if any(self._key(row) in wanted for row in page.values()):
                del self._pages[number]
                self._tell(number * PAGE, min(len(self._ids), (number + 1) * PAGE) - 1)

    # --- Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else max(1, len(self.columns))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(index.row())
            if row is None:
                return ""
            if self._describe is not None:
                return self._describe(row)
            return self.columns[index.column()].text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns:
            return _alignment(self.columns[index.column()].end)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section].end)
        return None

    # --- inside

    def _read(self, number: int) -> Mapping[int, R]:
        assert self._source is not None
        page = self._source.rows(self._ids[number * PAGE : (number + 1) * PAGE])
        self._pages[number] = page
        while len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        return page

    def _arrived(self, ids: array[int]) -> None:
        self._job = None
        self._complete = True
        shown = len(self._ids)
        if ids[:shown] == self._ids and len(ids) >= shown:
            # The first page was right: only rows below it are new, the user's place stays.
            if len(ids) > shown:
                self.beginInsertRows(QModelIndex(), shown, len(ids) - 1)
                self._ids = ids
                self.endInsertRows()
        else:
            self.beginResetModel()
            self._ids = ids
            self._pages.clear()
            self.endResetModel()
        self.loaded.emit(len(ids))

    def _refused(self, error: Exception) -> None:
        self._job = None
        self._complete = True
        self.failed.emit(error)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))


class _Ids:
    """Asks a source for its ids in a worker."""

    def __init__(self, source: RowSource[Any]) -> None:
        self._source = source

    def read(self, job: Job) -> array[int]:
        job.check()
        return self._source.ids()


def _alignment(end: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignTrailing if end else Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter
