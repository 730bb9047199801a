"""A list query of the store as the source of a SpineModel. Qt-free but for who uses it."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from directsell.app import App
from directsell.store.queries.lists import ListQuery
from directsell.store.reader import Reader

T = TypeVar("T")


class QuerySource(Generic[T]):
    """``QuerySource(app, query, ids=None)``: rows of a ListQuery, read as they are looked at.

    ``complete(reader)`` is the same with all row numbers read already, for queries that take their time.
    """

    def __init__(self, app: App, query: ListQuery[T], ids: array[int] | None = None) -> None:
        self._app = app
        self._ids = ids
        self.query = query

    def complete(self, reader: Reader) -> QuerySource[T]:
        """Return the source with its row numbers; for a worker."""
        return QuerySource(self._app, self.query, self.query.ids(reader))

    def first_page(self) -> Sequence[tuple[int, T]]:
        """Read the first 128 rows, unless all row numbers are known."""
        return self._app.read(self.query.first_page) if self._ids is None else ()

    def ids(self) -> array[int]:
        """Return all row numbers; may run in a worker."""
        return self._app.read(self.query.ids) if self._ids is None else self._ids

    def rows(self, ids: Sequence[int]) -> Mapping[int, T]:
        """Read one page."""
        return self._app.read(self.query.rows, ids)

    def find(self, key: Hashable) -> int | None:
        """Return the row number of an id."""
        return self._app.read(self.query.find, key) if isinstance(key, UUID) else None
