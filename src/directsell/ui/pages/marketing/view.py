"""What the three views of the Marketing page share: a list, one record beside it, the way back in a narrow window."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from directsell.store.changes import ChangeSet
from directsell.ui.pages.marketing.side_list import SideList
from directsell.ui.session import Command, Session
from directsell.ui.widgets.actions_head import ActionsHead
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.labels import ElidedLabel, Role
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.sides import ListDetail
from directsell.ui.widgets.states import EmptyState


class Detail(Page):
    """``Detail(buttons)``: the page of one record with its name, a line below it, and actions. ``back``, ``name``, ``below``."""

    def __init__(self, buttons: list[Button], parent: QWidget | None = None) -> None:
        super().__init__(margin=24, parent=parent)
        self.back = IconButton("arrow-left", "")
        self.back.hide()
        self.name = ElidedLabel("", Role.TITLE)
        self.below = ElidedLabel("", Role.MUTED)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.below)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.body.setContentsMargins(24, 12, 24, 24)
        self.add(ActionsHead(top, buttons))


class MarketingView(QWidget):
    """``MarketingView(session, listing, detail, empty, back_name)``: list and detail.

    Its makers give ``KEY``, ``reload()``, ``show_record(id)``, ``new()``, ``edit()``, ``delete()``, ``commands()``, ``TABLES``.
    Signal: ``place_changed(object id | None)``.
    """

    KEY = ""
    TABLES: tuple[str, ...] = ()
    place_changed = Signal(object)

    def __init__(
        self, session: Session, listing: SideList[Any], detail: Detail, empty: EmptyState, back_name: str
    ) -> None:
        super().__init__()
        self._session = session
        self._stale = False
        self.listing = listing
        self.detail = detail
        detail.back.setAccessibleName(back_name)
        detail.back.setToolTip(back_name)
        detail.back.clicked.connect(self._back)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(detail)
        self.sides = ListDetail(listing, self._stack, list_width=320)
        self.sides.narrow_changed.connect(detail.back.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sides)
        listing.chosen.connect(self._chosen)
        listing.opened.connect(self._opened)
        listing.delete_wanted.connect(self.delete)
        listing.model.loaded.connect(empty.show_words)

    # --- what its makers say

    def reload(self) -> None:
        """Read the list again."""
        raise NotImplementedError

    def show_record(self, key: UUID) -> None:
        """Show the record of an id in the detail."""
        raise NotImplementedError

    def new(self) -> None:
        """Begin a new record."""
        raise NotImplementedError

    def edit(self) -> None:
        """Change the record that shows."""
        raise NotImplementedError

    def delete(self) -> None:
        """Delete the record that shows."""
        raise NotImplementedError

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        raise NotImplementedError

    # --- what the page does

    def data_changed(self, changes: ChangeSet) -> None:
        """Read again what a commit touched; behind other views that can wait."""
        if not changes.touches(*self.TABLES):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def refresh(self) -> None:
        """Read list and detail again; a record that is gone leaves its place."""
        self._stale = False
        self.reload()
        key = self.listing.current()
        if key is not None:
            self.show_record(key)
        self._stack.setCurrentIndex(0 if key is None else 1)

    def open_record(self, key: UUID) -> bool:
        """Choose a record; says whether it is there."""
        if not self.listing.select(key):
            self.reload()
            if not self.listing.select(key):
                return False
        self.sides.show_detail(True)
        return True

    def first(self) -> None:
        """Choose the first record where both sides show and nothing is chosen."""
        if self.listing.current() is None and not self.sides.is_narrow:
            self.listing.list.select_first()

    # --- Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- inside

    def _chosen(self, key: object) -> None:
        if isinstance(key, UUID):
            self.show_record(key)
        self._stack.setCurrentIndex(1 if isinstance(key, UUID) else 0)
        self.place_changed.emit(key)

    def _opened(self, key: object) -> None:
        self._chosen(key)
        if self.sides.is_narrow:
            self.sides.show_detail(True)
            self.detail.back.setFocus()
        else:
            self.edit()

    def _back(self) -> None:
        self.sides.show_detail(False)
        self.listing.list.setFocus()
