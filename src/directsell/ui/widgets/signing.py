"""The window in which an order is signed: what is signed, by whom, and the field to sign in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Signer
from directsell.domain.people import display_name
from directsell.i18n import _, ngettext
from directsell.store.queries.orders import OrderView, order_view
from directsell.store.queries.papers import active_papers
from directsell.store.queries.signatures import Signed, signatures_of
from directsell.ui.dialogs import dialogs
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.hold import Hold
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.sheets import Dialog
from directsell.ui.widgets.signature_pad import RATIO, SignaturePad
from directsell.usecases.cooling_off import slip_words
from directsell.usecases.signatures import sign_on_paper, sign_order

_WIDTH, _SIDES = 640, 48
_AROUND = 330  # what stands above and below the field
_STATEMENT = 590  # windows lower than this have no room for the sentence of the law


def ask_signature(session: Session, parent: QWidget, order_id: UUID) -> SignDialog | None:
    """Open the window for an order; None when the order is gone."""
    try:
        dialog = SignDialog(session, parent, order_id)
    except DomainError as error:
        session.complain(error)
        return None
    dialog.open()
    return dialog


def signed_words(session: Session, signed: Signed) -> str:
    """Return when somebody signed, and how."""
    when = moment(session, signed.signature.at)
    return when if signed.drawn else _("{when} · on paper").format(when=when)


def moment(session: Session, at: datetime) -> str:
    """Return day and time of a signature as the window writes them."""
    return session.language.datetime(at)


class SignDialog(Dialog):
    """``SignDialog(session, parent, order_id)``: ``pad``, ``who``, ``save_button``, ``paper_button``, ``clear_button``.

    It deletes itself when closed.

    Raises:
        DomainError: ``record.missing``.
    """

    def __init__(self, session: Session, parent: QWidget, order_id: UUID) -> None:
        self._view: OrderView = session.look(order_view, order_id)
        window = parent.window().size()
        super().__init__(parent, _("Sign the order"), width=min(_WIDTH, window.width() - 20))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._signed: dict[Signer, Signed] = session.look(signatures_of, self._view)
        self._hold = Hold(self)
        self.body.setSpacing(10)
        self._make_head()
        self._make_statement(window.height())
        self.pad = SignaturePad()
        self.pad.changed.connect(self._drawn)
        width = min(_WIDTH, window.width() - 20) - _SIDES
        self.pad.setFixedHeight(max(110, min(round(width * RATIO), window.height() - _AROUND)))
        self.add(self.pad)
        self._make_foot()
        self.guard = self._may_close
        self._show_who()
        self._drawn()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_head(self) -> None:
        view, language = self._view, self._session.language
        name = display_name(view.person) if view.person else _("Without customer")
        count = len(view.lines)
        goods = ngettext("{n} item", "{n} items", count).format(n=language.number(count))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(name, Role.SECTION))
        words.addWidget(Label(goods, Role.SMALL))
        self.total = Label(language.money(view.totals.total, view.totals.currency), Role.BIG)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(self.total)
        self.body.addLayout(head)
        self.who = Segmented(
            [(Signer.CUSTOMER.value, _("Customer signs")), (Signer.SELLER.value, _("Seller signs"))],
            Signer.CUSTOMER.value,
            name=_("Who signs"),
        )
        self.who.chosen.connect(self._show_who)
        self.body.addWidget(self.who, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_statement(self, height: int) -> None:
        """Show the sentence that the law wants beside the buyer's signature, in the language of the sale."""
        text, _note = self._session.look(slip_words, self._view)
        self.statement = Label(text, Role.STRONG, wrap=True)
        self._lawful = bool(text) and height >= _STATEMENT
        self.add(self.statement)

    def _make_foot(self) -> None:
        self._hint = Label("", Role.SMALL, wrap=True)
        self.clear_button = Button(_("Clear"), "undo-2", kind=Kind.QUIET, compact=True, on_click=self._clear)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._hint, 1)
        row.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        self.add(self._problem)
        self.paper_button = Button(_("Signed on paper"), "printer", on_click=self._on_paper)
        self.save_button = Button(_("Keep signature"), "check", kind=Kind.PRIMARY, on_click=self._save)
        self.save_button.setToolTip(_("Keep signature (Ctrl+S)"))
        self.add_action(Button(_("Cancel"), kind=Kind.QUIET, on_click=self.reject))
        self.add_action(self.paper_button)
        self.add_action(self.save_button)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._save)

    def signer(self) -> Signer:
        """Return who signs."""
        return Signer(self.who.value())

    # --- reactions

    def _show_who(self, _key: str = "") -> None:
        self.statement.setVisible(self._lawful and self.signer() is Signer.CUSTOMER)
        self._hint.setText(self._hint_words())
        self._problem.hide()

    def _hint_words(self) -> str:
        """Return what is worth knowing before somebody signs."""
        signed = self._signed.get(self.signer())
        if signed is not None and signed.covers:
            when = signed_words(self._session, signed)
            return _("Signed already: {when}. A new signature takes its place.").format(when=when)
        if signed is not None:
            return _("The order was changed after it was signed. Please sign again.")
        slips = self._session.look(active_papers, self._view.order.id, PaperKind.ORDER_SLIP)
        if slips:
            words = _("{number} was printed before and stays as it is; the signature is kept with the order.")
            return words.format(number=slips[-1].number)
        return ""

    def _drawn(self) -> None:
        empty = self.pad.is_empty()
        self.clear_button.setEnabled(not empty)
        self.save_button.setEnabled(not empty)
        if self.pad.is_full():
            self._complain(_("The field is full. Clear it and sign once more."))
        else:
            self._problem.hide()

    def _clear(self) -> None:
        self.pad.clear()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self.pad.is_empty() or not self._may_replace():
            return
        self._hold.set(True)
        self._session.run(
            self,
            sign_order,
            self._view.order.id,
            signer=self.signer(),
            strokes=self.pad.strokes(),
            done=self._done,
            failed=self._failed,
            said=_("Signature kept"),
        )

    def _on_paper(self) -> None:
        if not self._may_replace():
            return
        self._hold.set(True)
        self._session.run(
            self,
            sign_on_paper,
            self._view.order.id,
            signer=self.signer(),
            done=self._done,
            failed=self._failed,
            said=_("Noted: signed on paper"),
        )

    def _may_replace(self) -> bool:
        """Ask before a signature that holds gives way to another one."""
        signed = self._signed.get(self.signer())
        if signed is None or not signed.covers:
            return True
        text = _("The signature of {when} is replaced. Undo brings it back.")
        return dialogs().confirm(
            self, _("Sign again?"), text.format(when=moment(self._session, signed.signature.at)), yes=_("Sign again")
        )

    def _done(self, _signature: object) -> None:
        self._hold.set(False)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._hold.set(False)
        text = sentence(error)
        if text is None:
            raise error
        self._complain(text)

    def _complain(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()

    def _may_close(self) -> bool:
        if self.pad.is_empty():
            return True
        text = _("What was drawn is not kept yet.")
        return dialogs().confirm(self, _("Close without the signature?"), text, yes=_("Close"), danger=True)
