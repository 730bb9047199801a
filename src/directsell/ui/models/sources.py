"""A list query of the store as the source of a SpineModel. Qt-free but for who uses it."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from directsell.app import App
from directsell.store.queries.lists import ListQuery

T = TypeVar("T")


class QuerySource(Generic[T]):
    """``QuerySource(app, query)``: rows of a ListQuery, read as they are looked at."""

    def __init__(self, app: App, query: ListQuery[T]) -> None:
        self._app = app
        self.query = query

    def first_page(self) -> Sequence[tuple[int, T]]:
        """Read the first 128 rows."""
        return self._app.read(self.query.first_page)

    def ids(self) -> array[int]:
        """Read all row numbers; may run in a worker."""
        return self._app.read(self.query.ids)

    def rows(self, ids: Sequence[int]) -> Mapping[int, T]:
        """Read one page."""
        return self._app.read(self.query.rows, ids)

    def find(self, key: Hashable) -> int | None:
        """Return the row number of an id."""
        return self._app.read(self.query.find, key) if isinstance(key, UUID) else None
