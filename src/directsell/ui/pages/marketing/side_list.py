"""The list side of a view of the Marketing page: rows in memory, a button for a new one, an empty state. No detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.ui.models.spine import ListSource, SpineModel
from directsell.ui.widgets.big_list import RowList
from directsell.ui.widgets.fields import SearchField
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.states import EmptyState

R = TypeVar("R")
_id = attrgetter("id")


class SideList(QWidget, Generic[R]):
    """``SideList(look, name, words, empty, nothing, placeholder)``: ``show_rows(rows)``, ``row(id)``, ``select(id)``, ``current()``.

    ``words(row)`` is what the search box looks in; ``empty()`` makes the state of no record at all, ``nothing()`` that of none
    found. Signals: ``chosen(object id | None)``, ``opened(object id)``, ``delete_wanted()``.
    """

    chosen = Signal(object)
    opened = Signal(object)
    delete_wanted = Signal()

    def __init__(
        self,
        look: RowLook[R],
        name: str,
        *,
        words: Callable[[R], str],
        empty: Callable[[], EmptyState],
        nothing: Callable[[], EmptyState],
        placeholder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._empty, self._nothing = words, empty, nothing
        self._rows: list[R] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(8)
        self.search = SearchField(placeholder)
        self.search.searched.connect(self._searched)
        self.model: SpineModel[Any] = SpineModel((), key=_id, describe=look.words, parent=self)
        self.list = RowList(self.model, look, name)
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.delete_pressed.connect(self.delete_wanted)
        self.search.moved.connect(self.list.move_current)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; what is selected stays selected."""
        self._rows = list(rows)
        self._show()

    def _show(self) -> None:
        words = self.search.value().casefold()
        shown = [row for row in self._rows if words in self._words(row).casefold()]
        self.list.show_source(ListSource(shown, _id))
        if not shown:
            self.list.set_empty(self._nothing() if self._rows else self._empty())

    def rows(self) -> list[R]:
        """All rows, found or not."""
        return self._rows

    def row(self, key: object) -> R | None:
        """The row of an id."""
        return next((row for row in self._rows if _id(row) == key), None)

    def current(self) -> UUID | None:
        """Id of the row that is chosen."""
        key = self.list.current_key()
        return key if isinstance(key, UUID) else None

    def select(self, key: UUID) -> bool:
        """Choose a row, with the search emptied if it hides it; says whether it is there."""
        if self.list.select_key(key):
            return True
        self.search.empty()
        self._show()
        return bool(self.list.select_key(key))

    def _searched(self, _text: str) -> None:
        self._show()
