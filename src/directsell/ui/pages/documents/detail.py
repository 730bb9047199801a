"""The right side of the Documents page: one paper as it was issued, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.invoicing import PaperKind
from directsell.i18n import _
from directsell.store.queries.documents import PaperFile, PaperRow, paper_file
from directsell.ui import printing
from directsell.ui.printing import Leaf
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Chip
from directsell.ui.widgets.labels import ElidedLabel, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.paper_dialog import ViewBar, paper_chip, paper_title
from directsell.ui.widgets.paper_view import PaperView


class PaperDetail(QWidget):
    """``PaperDetail(session)``: ``show_paper(id | None)``, ``row`` (PaperRow or None), ``view`` (PaperView).

    Signals: ``back_wanted()``, ``cancel_wanted()``.
    """

    back_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._data = b""
        self.paper_id: UUID | None = None
        self.row: PaperRow | None = None
        self.view = PaperView(session.tasks)
        self.view.loaded.connect(self._ready)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 20)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._actions())
        column.addWidget(self.view, 1)

    def _head(self) -> QHBoxLayout:
        self.back = IconButton("arrow-left", _("Back to the list"))
        self.back.clicked.connect(self.back_wanted)
        self.back.hide()
        self._title = ElidedLabel("", Role.TITLE)
        self._subtitle = ElidedLabel("", Role.MUTED)
        self._chip = Chip()
        self._chip.hide()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._chip)
        return row

    def _actions(self) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        self.print_button = Button(_("Print"), "printer", kind=Kind.PRIMARY, on_click=self.print_paper)
        self.save_button = Button(_("Save as PDF"), "save", on_click=self.save_paper)
        self.open_button = Button(_("Open in viewer"), "external-link", on_click=self.open_paper)
        self._menu = Menu(self)
        self.more_button = Button(_("More"), "ellipsis", on_click=self._open_menu)
        for button in (self.print_button, self.save_button, self.open_button, self.more_button):
            flow.addWidget(button)
        flow.addWidget(ViewBar(self.view))
        return box

    # --- content

    def show_paper(self, paper_id: UUID | None) -> None:
        """Show a paper, or nothing."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if paper_id != self.paper_id:
            self._data = b""
            self.view.clear(_("One moment …") if paper_id is not None else "")
        self.paper_id = paper_id
        self._enable(False)
        if paper_id is not None:
            self._job = self._session.read(self, paper_file, paper_id, done=self._show)

    def _show(self, file: PaperFile) -> None:
        self._job = None
        row = file.row
        self.row = row
        language = self._session.language
        self._title.setText(paper_title(row))
        parts = (row.name, language.date(row.issued_on, "long"), language.money(row.total, row.currency))
        self._subtitle.setText(" · ".join(part for part in parts if part))
        text, tone = paper_chip(row)
        self._chip.set(text, tone)
        self._chip.setVisible(bool(text))
        self.view.set_name(paper_title(row))
        if file.content is None:
            self.view.clear(_("The file of this paper is not on this laptop."))
        elif file.content != self._data:
            self._data = file.content
            self.view.show_pdf(file.content)
        else:
            self._enable(True)

    def _ready(self) -> None:
        self._enable(True)

    def _enable(self, on: bool) -> None:
        for button in (self.print_button, self.save_button, self.open_button):
            button.setEnabled(on)

    def set_narrow(self, narrow: bool) -> None:
        """Show the way back where the list is hidden."""
        self.back.setVisible(narrow)

    # --- actions

    @property
    def can_cancel(self) -> bool:
        """Whether the paper can be taken back."""
        row = self.row
        return row is not None and not row.cancels and not row.cancelled_by and row.kind is not PaperKind.QUOTE

    def print_paper(self) -> None:
        """Print it: the bytes that were issued."""
        leaf = self._leaf()
        if leaf is not None:
            printing.print_leaf(self._session, self, leaf)

    def save_paper(self) -> None:
        """Save it as a file."""
        leaf = self._leaf()
        if leaf is not None:
            printing.save_leaf(self._session, self, leaf)

    def open_paper(self) -> None:
        """Show it in the viewer of the system."""
        leaf = self._leaf()
        if leaf is not None:
            printing.open_leaf(self, leaf)

    def to_order(self) -> None:
        """Go to the order of the paper."""
        if self.row is not None and self.row.order_id is not None:
            self._session.navigation.go("orders", str(self.row.order_id))

    def to_person(self) -> None:
        """Go to the customer of the paper."""
        if self.row is not None and self.row.person_id is not None:
            self._session.navigation.go("people", str(self.row.person_id))

    def _leaf(self) -> Leaf | None:
        info = self.view.info
        if self.row is None or info is None or not self._data:
            return None
        return Leaf(self.row.number, self._data, info.sizes)

    def _open_menu(self) -> None:
        self._menu.clear()
        row = self.row
        self._menu.add(_("Go to the order"), "shopping-bag", self.to_order, enabled=bool(row and row.order_id))
        self._menu.add(_("Go to the customer"), "user", self.to_person, enabled=bool(row and row.person_id))
        self._menu.add(_("Copy the words"), "copy", self.view.copy_text, enabled=bool(self._data))
        self._menu.addSeparator()
        cancel: Callable[[], object] = self.cancel_wanted.emit
        self._menu.add(_("Cancel this paper …"), "undo-2", cancel, danger=True, enabled=self.can_cancel)
        self._menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
