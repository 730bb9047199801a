"""A page of a list and one record beside it: both sides, the way back, the search box, the route. What is shown the pages say."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from directsell.ui.session import Session
from directsell.ui.widgets.list_pane import ListPane
from directsell.ui.widgets.sides import ListDetail
from directsell.ui.widgets.states import EmptyState


class ListPage(QWidget):
    """``ListPage(session, listing, detail, nothing, *, list_width=340)``: ``sides``, ``column``.

    ``detail`` has ``back_wanted`` and ``set_narrow(bool)``. ``show_record(True)`` puts it in the place of ``nothing``;
    ``choose_key(key)`` makes a record current, taking the filters off where they hide it; ``note_route(key)`` makes it the place
    where the user is; ``back()``; ``focus_search()``, unless ``is_covered()``.
    """

    KEY = ""

    def __init__(
        self,
        session: Session,
        listing: ListPane[Any],
        detail: QWidget,
        nothing: EmptyState,
        *,
        list_width: int = 340,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pane = listing
        self._detail_side = detail
        self._nothing = nothing
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(detail)
        self.sides = ListDetail(listing, self._stack, list_width=list_width)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.sides, 1)
        self.sides.narrow_changed.connect(detail.set_narrow)  # type: ignore[attr-defined]
        detail.back_wanted.connect(self.back)  # type: ignore[attr-defined]
        listing.tapped.connect(self.sides.tap)
        nothing.show_words(listing.list.model_.count > 0)  # the first rows are there already
        listing.filled.connect(nothing.show_words)

    def is_covered(self) -> bool:
        """Say whether a sheet lies over the page: keys that would act on what is behind it do nothing."""
        return False

    def show_record(self, on: bool) -> None:
        """Show the record in the place of the empty side, or the other way round."""
        self._stack.setCurrentWidget(self._detail_side if on else self._nothing)
        if not on:
            self.sides.show_detail(False)

    def choose_key(self, key: Hashable) -> None:
        """Make a record current in the list, with the filters taken off if they hide it."""
        if not self._pane.list.select_key(key):
            self._pane.show_all()
            self._pane.list.select_key(key)

    def note_route(self, key: object) -> None:
        """Let the route say what is chosen; not while another page shows, whose place it would take."""
        route = self._session.navigation.current
        if route is not None and route.page == self.KEY:
            self._session.navigation.replace(self.KEY, str(key))

    def back(self) -> None:
        """Go from the record to the list, in a narrow window."""
        self.sides.show_detail(False)
        self._pane.list.setFocus()

    def focus_search(self) -> None:
        """Put the focus into the search box."""
        if not self.is_covered():
            self.sides.show_detail(False)
            self._pane.search.setFocus()
            self._pane.search.selectAll()
