"""Where the user is: page and record, with back and forward. No widgets, no pages."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Route:
    """A place: the page's key, the record shown there (text of its id) and a hint for the page (a tab, a filter)."""

    page: str
    id: str | None = None
    view: str | None = None


class Navigation(QObject):
    """``Navigation(parent=None)``: ``go(page, id=None, view=None)``, ``replace(...)`` (no history entry), ``back()``,
    ``forward()``, ``can_go_back``, ``can_go_forward``, ``current``.

    Signals: ``changed(object route)`` after every move; ``history_changed()`` when back or forward became possible or not.
    """

    changed = Signal(object)
    history_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._past: list[Route] = []
        self._future: list[Route] = []
        self._current: Route | None = None

    @property
    def current(self) -> Route | None:
        """The place shown; None before the first ``go``."""
        return self._current

    @property
    def can_go_back(self) -> bool:
        """There is an earlier place."""
        return bool(self._past)

    @property
    def can_go_forward(self) -> bool:
        """There is a place that was left by ``back``."""
        return bool(self._future)

    def go(self, page: str, id: str | None = None, view: str | None = None) -> None:
        """Show a place and remember the one before; going where one is does nothing."""
        route = Route(page, id, view)
        if route == self._current:
            return
        if self._current is not None:
            self._past.append(self._current)
            del self._past[:-_LIMIT]
        self._future.clear()
        self._show(route)

    def replace(self, page: str, id: str | None = None, view: str | None = None) -> None:
        """Show a place instead of the current one: choosing rows of one list is no journey."""
        route = Route(page, id, view)
        if route != self._current:
            self._show(route)

    def back(self) -> None:
        """Go to the place before; without one nothing happens."""
        if self._past and self._current is not None:
            self._future.append(self._current)
            self._show(self._past.pop())

    def forward(self) -> None:
        """Undo ``back``."""
        if self._future and self._current is not None:
            self._past.append(self._current)
            self._show(self._future.pop())

    def forget(self, page: str, id: str) -> None:
        """Drop a record that no longer exists from the history."""
        gone = (page, id)
        self._past = [route for route in self._past if (route.page, route.id) != gone]
        self._future = [route for route in self._future if (route.page, route.id) != gone]
        self.history_changed.emit()

    def _show(self, route: Route) -> None:
        self._current = route
        self.changed.emit(route)
        self.history_changed.emit()
