"""One paper in a window of its own: looked at, issued, printed, saved, opened. The list of papers is the Documents page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.i18n import N_, _
from directsell.store.queries.documents import PaperFile, PaperRow, paper_file
from directsell.store.reader import Reader
from directsell.ui import printing
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.messages import sentence
from directsell.ui.printing import Leaf
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Chip
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.paper_view import PaperView

_ISSUE = {
    PaperKind.INVOICE: N_("Issue invoice"),
    PaperKind.ORDER_SLIP: N_("Issue order slip"),
    PaperKind.QUOTE: N_("Print quote"),
}


def show_paper(session: Session, parent: QWidget, paper_id: UUID) -> PaperDialog:
    """Show an issued paper: exactly the bytes that were issued, printed again as often as wanted."""
    dialog = PaperDialog(session, parent)
    dialog.show_issued(paper_id)
    dialog.open()
    return dialog


def preview_paper(session: Session, parent: QWidget, order_id: UUID, kind: PaperKind) -> PaperDialog:
    """Show what would be issued for a stored order, with the button that issues it."""
    dialog = PaperDialog(session, parent)
    dialog.show_preview(order_id, kind)
    dialog.open()
    return dialog


def show_drawn(
    session: Session, parent: QWidget, title: str, query: Callable[..., bytes], *args: Any, subtitle: str = ""
) -> PaperDialog:
    """Show a sheet that has no number and is not kept: ``query(reader, *args)`` returns its PDF."""
    dialog = PaperDialog(session, parent)
    dialog.show_sheet(title, subtitle, query, *args)
    dialog.open()
    return dialog


def drawn_preview(reader: Reader, order_id: UUID, kind: PaperKind, day: date) -> bytes:
    """Return the PDF of an order's unnumbered paper; fit for a worker, where ReportLab may be imported."""
    from directsell.documents.rendering import render
    from directsell.usecases.papers import preview_of

    return render(preview_of(reader, order_id, kind, day))


def paper_title(row: PaperRow) -> str:
    """Return kind and number as people say them."""
    return _("{kind} {number}").format(kind=term(row.kind), number=row.number)


def paper_chip(row: PaperRow) -> tuple[str, str]:
    """Return words and tone of what became of a paper; empty words for a valid one."""
    if row.cancelled_by:
        return _("Cancelled by {number}").format(number=row.cancelled_by), "bad"
    if row.cancels:
        return _("Cancels {number}").format(number=row.cancels), "warn"
    return "", "neutral"


class ViewBar(QWidget):
    """``ViewBar(view)``: page, zoom and fitting of a PaperView."""

    def __init__(self, view: PaperView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._pages = Label("", Role.SMALL)
        self._zoom = Label("", Role.SMALL)
        self._zoom.setMinimumWidth(48)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._pages)
        row.addSpacing(8)
        row.addWidget(IconButton("minus", _("Smaller"), on_click=view.zoom_out))
        row.addWidget(self._zoom)
        row.addWidget(IconButton("plus", _("Larger"), on_click=view.zoom_in))
        row.addWidget(
            Button(_("Width"), kind=Kind.QUIET, compact=True, tip=_("Fit to the width"), on_click=view.fit_width)
        )
        row.addWidget(
            Button(_("Page"), kind=Kind.QUIET, compact=True, tip=_("Show whole pages"), on_click=view.fit_page)
        )
        view.moved.connect(self._moved)
        view.zoomed.connect(self._zoomed)
        view.loaded.connect(self._loaded)

    def _moved(self, page: int, pages: int) -> None:
        text = _("Page {page} of {pages}").format(page=page, pages=pages) if pages else ""
        self._pages.setText(text)

    def _zoomed(self, factor: float) -> None:
        self._zoom.setText(f"{round(factor * 100)}\u202f%")

    def _loaded(self) -> None:
        self._zoomed(self._view.zoom)


class PaperDialog(QDialog):
    """``PaperDialog(session, parent)``; use ``show_paper`` or ``preview_paper``. It deletes itself when closed.

    ``view`` is the PaperView; ``row`` the PaperRow of an issued paper, None in a preview.
    Signal: ``issued(object IssuedPaper)`` when the previewed paper got its number.
    """

    issued = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kit", "dialog")
        self.setSizeGripEnabled(True)
        self._session = session
        self._data = b""
        self._preview: tuple[UUID, PaperKind] | None = None
        self.row: PaperRow | None = None
        self.view = PaperView(session.tasks)
        self._title = ElidedLabel("", Role.HEADING)
        self._subtitle = ElidedLabel("", Role.SMALL)
        self._chip = Chip()
        self._chip.hide()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addLayout(words, 1)
        head.addWidget(self._chip)
        head.addWidget(ViewBar(self.view))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(self._buttons())
        self.view.loaded.connect(self._ready)
        self.view.setFocus()
        self.resize(self.sizeHint())

    def _buttons(self) -> QHBoxLayout:
        self._issue = Button("", "file-text", kind=Kind.PRIMARY, on_click=self.issue, shortcut="Ctrl+Return")
        self._issue.hide()
        self._print = Button(_("Print"), "printer", kind=Kind.PRIMARY, on_click=self.print_paper, shortcut="Ctrl+P")
        self._save = Button(_("Save as PDF"), "save", on_click=self.save_paper, shortcut="Ctrl+S")
        self._open = Button(_("Open in viewer"), "external-link", on_click=self.open_paper)
        self._close = Button(_("Close"), kind=Kind.QUIET, on_click=self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._close)
        row.addStretch(1)
        for button in (self._open, self._save, self._print, self._issue):
            button.setEnabled(False)
            row.addWidget(button)
        self._close.setEnabled(True)
        return row

    def sizeHint(self) -> QSize:
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else QSize(1100, 760)
        return QSize(max(520, min(980, room.width() - 60)), max(340, min(1000, room.height() - 24)))

    # --- what is shown

    def show_issued(self, paper_id: UUID) -> None:
        """Show an issued paper."""
        self._wait()
        self._session.read(self, paper_file, paper_id, done=self._show_file, failed=self._failed)

    def show_preview(self, order_id: UUID, kind: PaperKind) -> None:
        """Show the draft of a paper."""
        self._preview = order_id, kind
        self.row = None
        self._name(_("Preview: {kind}").format(kind=term(kind)), _("No number yet. Issuing makes it final."))
        self._issue.setText(_(_ISSUE[kind]))
        self._issue.show()
        self._print.set_kind(Kind.SECONDARY)
        self._wait()
        day = self._session.today()
        self._session.read(self, drawn_preview, order_id, kind, day, done=self._show_bytes, failed=self._failed)

    def show_sheet(self, title: str, subtitle: str, query: Callable[..., bytes], *args: Any) -> None:
        """Show the PDF that a query draws."""
        self._preview = None
        self.row = None
        self._name(title, subtitle)
        self._wait()
        self._session.read(self, query, *args, done=self._show_bytes, failed=self._failed)

    def _wait(self) -> None:
        self.view.clear(_("One moment …"))

    def _show_file(self, file: PaperFile) -> None:
        row = file.row
        self.row = row
        self._preview = None
        about = " · ".join(part for part in (row.name, self._session.language.date(row.issued_on)) if part)
        self._name(paper_title(row), about)
        text, tone = paper_chip(row)
        self._chip.set(text, tone)
        self._chip.setVisible(bool(text))
        self._issue.hide()
        self._print.set_kind(Kind.PRIMARY)
        if file.content is None:
            self.view.clear(_("The file of this paper is not on this laptop."))
        else:
            self._show_bytes(file.content)

    def _name(self, title: str, subtitle: str) -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.view.set_name(title)

    def _show_bytes(self, data: bytes) -> None:
        self._data = data
        self.view.show_pdf(data)

    def _ready(self) -> None:
        for button in (self._open, self._save, self._print, self._issue):
            button.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        text = sentence(error)
        if text is None:
            raise error
        self.view.clear(text)

    # --- actions

    def leaf(self) -> Leaf | None:
        """The shown paper as printing takes it; None while it is on its way."""
        info = self.view.info
        if info is None or not self._data:
            return None
        return Leaf(self.row.number if self.row else self._title.text(), self._data, info.sizes)

    def print_paper(self) -> None:
        """Print it: the same bytes, as often as wanted."""
        self._give_out(_Out(self._session, self).print)

    def save_paper(self) -> None:
        """Save it as a file."""
        self._give_out(_Out(self._session, self).save)

    def open_paper(self) -> None:
        """Show it in the viewer of the system."""
        self._give_out(_Out(self._session, self).open)

    def _give_out(self, way: Callable[[Leaf], object]) -> None:
        leaf = self.leaf()
        if leaf is not None:
            way(leaf)

    def issue(self) -> None:
        """Give the previewed paper its number and show the issued one."""
        self._issue_now(accept_older_date=False)

    def _issue_now(self, *, accept_older_date: bool) -> None:
        from directsell.usecases.invoicing import issue_paper

        if self._preview is None:
            return
        order_id, kind = self._preview
        self._issue.setEnabled(False)
        self._session.run(
            self,
            issue_paper,
            order_id,
            kind,
            accept_older_date=accept_older_date,
            done=self._issued,
            failed=self._not_issued,
        )

    def _issued(self, paper: IssuedPaper) -> None:
        self._session.say(_("{number} was issued.").format(number=paper.number))
        self.show_issued(paper.id)
        self.issued.emit(paper)

    def _not_issued(self, error: Exception) -> None:
        self._issue.setEnabled(True)
        if isinstance(error, DomainError) and error.code == "paper.date_back":
            last = date.fromisoformat(str(error.params["last"]))
            text = _("The last paper of this kind is dated {last}. Is the date of this computer right?")
            if dialogs().confirm(
                self,
                _("The date goes back"),
                text.format(last=self._session.language.date(last)),
                yes=_("Issue anyway"),
                danger=True,
            ):
                self._issue_now(accept_older_date=True)
            return
        text = sentence(error) or ""
        if not text:
            raise error
        dialogs().message(self, _("Not issued"), text, tone=Tone.WARNING)


@dataclass(frozen=True, slots=True)
class _Out:
    """The three ways out, for one window."""

    session: Session
    parent: QWidget

    def print(self, leaf: Leaf) -> None:
        printing.print_leaf(self.session, self.parent, leaf)

    def save(self, leaf: Leaf) -> None:
        printing.save_leaf(self.session, self.parent, leaf)

    def open(self, leaf: Leaf) -> None:
        printing.open_leaf(self.parent, leaf)
