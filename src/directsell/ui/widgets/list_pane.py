"""The list side of a page: search, filters, rows of any number, how many there are. What is listed the pages say."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.reader import Reader
from directsell.ui.models.spine import Column, RowSource, SpineModel
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.big_list import BigList, RowList, TableList
from directsell.ui.widgets.fields import SearchField
from directsell.ui.widgets.filter_chips import FilterChips
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import EmptyState

R = TypeVar("R")
RS = TypeVar("RS", covariant=True)
_id_of = attrgetter("id")


class Source(RowSource[RS], Protocol[RS]):
    """Rows of a list; ``complete`` reads all row numbers in a worker and gives them along."""

    def complete(self, reader: Reader) -> RowSource[RS]:
        """Return the source with its row numbers."""
        ...


class ListPane(Page, Generic[R]):
    """``ListPane(session, title, *, margin=16, spacing=8)``: ``list``, ``search``, ``refresh()``, ``show_all()``, ``changed(ids)``.

    A page makes it of ``add_search``, ``add_chips`` and one of ``add_rows`` and ``add_table``, in the order of the tab key,
    says in ``source``, ``is_quick``, ``is_narrowed``, ``clear_filters``, ``counted`` and ``nothing`` what is listed, and calls
    ``refresh`` at the end.

    Signals: ``chosen(object key | None)``, ``opened(object key)``, ``tapped()`` a row was clicked, ``delete_wanted()``,
    ``filled(bool)`` whether there is a row.
    """

    chosen = Signal(object)
    opened = Signal(object)
    tapped = Signal()
    delete_wanted = Signal()
    filled = Signal(bool)

    list: BigList
    search: SearchField

    def __init__(
        self, session: Session, title: str, *, margin: int = 16, spacing: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, scroll=False, margin=margin, parent=parent)
        self._session = session
        self._job: Job | None = None
        self._to_open = False
        self.body.setSpacing(spacing)
        self._count = Label("", Role.SMALL)
        self.add_action(self._count)

    # --- parts

    def add_search(self, placeholder: str, *, delay_ms: int = 0) -> None:
        """Add the search box."""
        self.search = SearchField(placeholder, delay_ms=delay_ms)
        self.search.searched.connect(self._searched)
        self.search.submitted.connect(self._submitted)
        self.add(self.search)

    def add_chips(self, filters: Iterable[tuple[str, str, str]], name: str) -> FilterChips:
        """Add filters as chips: (key, msgid of the word, msgid of the tip or "")."""
        chips = FilterChips([(key, _(text), _(tip) if tip else "") for key, text, tip in filters], name=name)
        chips.chosen.connect(self._filtered)
        self.add(chips)
        return chips

    def add_rows(self, look: RowLook[R], name: str, *, key: Callable[[R], Hashable] = _id_of) -> None:
        """Add the list, two lines for each record."""
        self._model: SpineModel[R] = SpineModel(
            (), key=key, tasks=self._session.tasks, describe=look.words, parent=self
        )
        self._add_list(RowList(self._model, look, name))

    def add_table(self, columns: Sequence[Column[R]], name: str, *, key: Callable[[R], Hashable] = _id_of) -> TableList:
        """Add the list as a table."""
        self._model = SpineModel(columns, key=key, tasks=self._session.tasks, parent=self)
        table = TableList(self._model, name, surface="bg")
        self._add_list(table)
        return table

    def _add_list(self, made: BigList) -> None:
        self._model.failed.connect(self._session.complain)
        self._model.loaded.connect(self._loaded)
        made.current_changed.connect(self.chosen)
        made.opened.connect(self.opened)
        made.clicked.connect(self._clicked)
        made.typed.connect(self._type_ahead)
        made.delete_pressed.connect(self.delete_wanted)
        self.search.moved.connect(made.move_current)
        self.list = made
        self.add(made, 1)

    # --- what is listed: the page's part

    def source(self) -> Source[Any]:
        """What the search box and the filters leave."""
        raise NotImplementedError

    def is_quick(self) -> bool:
        """Say whether an index answers at once; else a worker reads while the old rows stay."""
        return not self.is_narrowed()

    def is_narrowed(self) -> bool:
        """Say whether something may be missing that ``show_all`` would show."""
        raise NotImplementedError

    def clear_filters(self) -> None:
        """Take off every filter but the search box, without reading."""
        raise NotImplementedError

    def counted(self, count: int) -> str:
        """Say how many there are, with ``{n}`` for the number."""
        raise NotImplementedError

    def nothing(self) -> EmptyState:
        """What to show where no row is: why, and what to do about it."""
        raise NotImplementedError

    # --- content

    def refresh(self) -> None:
        """Read the list again; what is selected stays selected."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        source = self.source()
        if self.is_quick():
            self.list.show_source(source)
        else:
            self._job = self._session.read(self, source.complete, done=self._arrived)

    @property
    def is_reading(self) -> bool:
        """Say whether what shows is not yet what was searched for."""
        return self._job is not None or self.search.is_waiting

    def changed(self, ids: Iterable[UUID] | None) -> None:
        """Read the rows of these records again (None: all); their order stays."""
        self._model.forget(ids)

    def show_all(self) -> None:
        """Take off every filter, so that a record is certainly in the list."""
        if self.is_narrowed():
            self.clear_filters()
            self.search.empty()
            self.refresh()

    def _arrived(self, source: RowSource[R]) -> None:
        self._job = None
        self.list.show_source(source)
        if self._to_open:
            self._open_found()

    def _loaded(self, count: int) -> None:
        number = self._session.language.number(count)
        self._count.setText(number if self._model.complete else "")
        self._count.setToolTip(self.counted(count).format(n=number))
        if count == 0:
            self.list.set_empty(self.nothing())
        self.filled.emit(count > 0)

    # --- what the user does

    def _searched(self, _text: str) -> None:
        self._to_open = False
        self.refresh()

    def _filtered(self, _key: str) -> None:
        self.refresh()

    def _clicked(self, _index: object) -> None:
        self.tapped.emit()

    def _submitted(self, _text: str) -> None:
        self._to_open = self.is_reading  # what still shows is not what was searched for
        if not self._to_open:
            self._open_found()

    def _open_found(self) -> None:
        """Open what was chosen before where the search left it, else the first row."""
        self._to_open = False
        if self.list.current_key() is None:
            self.list.select_first()
        self.list.open_current()

    def _type_ahead(self, letters: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + letters)
