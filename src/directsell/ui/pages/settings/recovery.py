"""The recovery sheet on the screen: looked at, printed, saved. It is never opened in another program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from directsell.context import Context, OpenBook
from directsell.domain.papers import PaperFormat
from directsell.domain.recovery import RecoveryPage
from directsell.i18n import _
from directsell.messages import sentence
from directsell.store.keys import KeyMode
from directsell.store.queries.settings import business
from directsell.store.recovery import RecoverySheet
from directsell.ui import printing
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.pdf import read_info
from directsell.ui.printing import Leaf
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.paper_view import PaperView
from directsell.ui.widgets.sheets import Dialog

_US_SHEETS = (PaperFormat.LETTER, PaperFormat.HALF_LETTER, PaperFormat.LETTER_TWO_UP)


@dataclass(frozen=True, slots=True)
class Making:
    """Makes the PDF in a worker, after the password was checked where there is one."""

    context: Context
    book: OpenBook
    password: str
    tag: str

    def __call__(self, job: Job) -> Leaf:
        from directsell.documents.recovery_sheet import render_recovery

        if self.context.keys.mode is KeyMode.PASSWORD:
            self.context.keys.unlock(self.password)
        sheet = self.context.recovery_sheet(self.book)
        if sheet is None:
            raise ValueError("a business without encryption has no recovery sheet")
        seller = self.book.app.read(business)
        data = render_recovery(page_of(sheet, seller.name, self.tag, seller.invoice_format))
        return Leaf(_("Recovery sheet {mark}").format(mark=sheet.fingerprint), data, read_info(data).sizes)


def page_of(sheet: RecoverySheet, name: str, tag: str, sheet_format: PaperFormat) -> RecoveryPage:
    """Return what is drawn."""
    return RecoveryPage(
        business=name,
        groups=sheet.groups,
        fingerprint=sheet.fingerprint,
        made_on=sheet.made_on,
        language=tag,
        page_format=PaperFormat.LETTER if sheet_format in _US_SHEETS else PaperFormat.A4,
    )


class RecoveryMaker(QObject):
    """``RecoveryMaker(session, parent)``: ``start()`` asks for the password where there is one, and shows the sheet.

    ``dialog`` is the window that shows it. Signal: ``made()`` once it was printed or saved.
    """

    made = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._widget = parent
        self.dialog: RecoveryDialog | None = None

    def start(self) -> None:
        """Make and show the sheet."""
        context, book = self._session.context, self._session.book
        if context is None or book is None or book.key is None:
            return
        password = ""
        if context.keys.mode is KeyMode.PASSWORD:
            title, label = _("Recovery sheet"), _("Your password, so that nobody else prints the key:")
            typed = dialogs().ask_text(self._widget, title, label, yes=_("Continue"), secret=True)
            if typed is None:
                return
            password = typed.strip()
        making = Making(context, book, password, self._session.language.tag)
        self._session.tasks.start(making, done=self._show, failed=self._failed, owner=self)

    def _show(self, leaf: Leaf) -> None:
        dialog = RecoveryDialog(self._session, self._widget, leaf, self._noted)
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _noted(self) -> None:
        context = self._session.context
        if context is not None:
            context.device.set(recovery_sheet=context.keys.fingerprint)
            self._session.device_changed.emit()
        self.made.emit()

    def _failed(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        dialogs().message(self._widget, _("Recovery sheet"), words, tone=Tone.WARNING)


class RecoveryDialog(Dialog):
    """``RecoveryDialog(session, parent, leaf, noted)``: the sheet with Print and Save; ``noted()`` after each of them."""

    def __init__(self, session: Session, parent: QWidget, leaf: Leaf, noted: Callable[[], object]) -> None:
        super().__init__(
            parent,
            _("Recovery sheet"),
            text=_(
                "Print it and put it away like money. A saved file belongs on a stick in a drawer, not on this laptop."
            ),
            width=640,
        )
        self._session = session
        self._leaf = leaf
        self._noted = noted
        self.view = PaperView(session.tasks, _("Recovery sheet"))
        self.view.setMinimumHeight(380)
        self.add(self.view)
        self.view.show_pdf(leaf.data)
        self.add_action(Button(_("Close"), kind=Kind.QUIET, on_click=self.reject))
        self.save_button = Button(_("Save as PDF …"), "download", on_click=self._save)
        self.print_button = Button(_("Print …"), "printer", kind=Kind.PRIMARY, on_click=self._print)
        self.add_action(self.save_button)
        self.add_action(self.print_button)

    def _print(self) -> None:
        printing.print_leaf(self._session, self, self._leaf, done=self._noted)

    def _save(self) -> None:
        if printing.save_leaf(self._session, self, self._leaf) is not None:
            self._noted()
