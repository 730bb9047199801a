"""Who signed an order, on its detail: the signature as a picture, when it was drawn, and signing it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from directsell.domain.orders import OrderState, Signer
from directsell.domain.people import display_name
from directsell.i18n import _
from directsell.store.queries.orders import OrderView
from directsell.store.queries.settings import business
from directsell.store.queries.signatures import Signed, signatures_of
from directsell.ui.pages.orders.parts import InfoRow
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.signature_pad import SignaturePicture
from directsell.ui.widgets.signing import ask_signature, signed_words

_BINDING = (OrderState.PLACED, OrderState.DELIVERED)


class SignatureCard(Card):
    """``SignatureCard(session)``: ``show_order(view)``, ``can_sign()``, ``sign()``; ``sign_button``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Signature"), parent=parent)
        self._session = session
        self._view: OrderView | None = None
        self._rows: list[QWidget] = []
        self.sign_button = Button("", "signature", compact=True, on_click=self.sign)
        self.add_header(self.sign_button)

    def show_order(self, view: OrderView) -> None:
        """Show who signed an order; one that binds nobody and was never signed shows nothing."""
        self._view = view
        signed = self._session.look(signatures_of, view)
        binding = self.can_sign()
        self.setVisible(binding or bool(signed))
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        self.sign_button.setVisible(binding)
        self.sign_button.setText(_("Sign again") if Signer.CUSTOMER in signed else _("Sign"))
        for signer in Signer:
            if signer in signed:
                self._show(self._name(view, signer), signed[signer])
        if not signed:
            self._append(Label(_("Nobody signed this order yet."), Role.MUTED, wrap=True))

    def can_sign(self) -> bool:
        """Say whether there is an order that binds somebody."""
        return self._view is not None and self._view.order.state in _BINDING and bool(self._view.lines)

    def sign(self) -> None:
        """Open the window to sign in."""
        if self._view is not None:
            ask_signature(self._session, self, self._view.order.id)

    def _name(self, view: OrderView, signer: Signer) -> str:
        if signer is Signer.SELLER:
            return self._session.look(business).name or _("Seller")
        return display_name(view.person) if view.person else _("Customer")

    def _show(self, name: str, signed: Signed) -> None:
        self._append(InfoRow(name, signed_words(self._session, signed), icon_name="signature", strong=signed.covers))
        if not signed.covers:
            words = _("Changed after signing: the signature does not cover what stands here now, and is not printed.")
            warning = Label(words, Role.SMALL, wrap=True)
            warning.set_tone("warn")
            self._append(warning)
        elif signed.drawn:
            self._append(SignaturePicture(signed.drawn, _("Signature of {name}").format(name=name)))

    def _append(self, row: QWidget) -> None:
        self._rows.append(row)
        self.add(row)
