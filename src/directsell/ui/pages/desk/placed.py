"""Somebody whose order is placed: what it comes to, what is paid, and what can still be done. It stores nothing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.invoicing import IssuedPaper
from directsell.domain.orders import Signer
from directsell.domain.totals import LineKind
from directsell.i18n import _
from directsell.store.queries.orders import OrderView
from directsell.store.queries.parties import WishRow
from directsell.store.queries.signatures import Signed, signature_by
from directsell.ui.pages.desk.evening import Sitter
from directsell.ui.pages.desk.wishes import WishBar
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.theme import font
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Avatar, Card, Chip
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import FlowLayout, PackedColumn
from directsell.ui.widgets.order_form.words import handover_word, kind_word
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.signing import signed_words


class PlacedCard(Card):
    """``PlacedCard(session, view, signed)``: one order, and the customer's signature or None.

    Signals: ``paper_wanted(object view)``, ``pay_wanted``, ``change_wanted``, ``sign_wanted``.
    """

    paper_wanted = Signal(object)
    pay_wanted = Signal(object)
    change_wanted = Signal(object)
    sign_wanted = Signal(object)

    def __init__(
        self, session: Session, view: OrderView, signed: Signed | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._view = view
        language, currency = session.language, view.totals.currency
        total = Label(language.money(view.totals.total, currency))
        total.setFont(font(32, 600, tabular=True))
        head = QHBoxLayout()
        head.addWidget(total, 1)
        head.addWidget(self._state(session), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        for line in view.lines:
            words = _("{quantity} × {name}").format(quantity=language.quantity(line.quantity), name=line.name)
            if line.kind != LineKind.SALE:
                words = f"{words} · {kind_word(line.kind)}"
            self.add(ElidedLabel(words, Role.BODY))
        details = [handover_word(view.order.handover)]
        details += [
            _("{method} {amount}").format(method=term(p.method), amount=language.money(p.amount, currency))
            for p in view.payments
        ]
        self.add(Label(" · ".join(details), Role.SMALL, wrap=True))
        if signed is not None:
            self.add(_signed_label(session, signed))
        self._papers = active_slips(view)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        words = _("Show slip {number}").format(number=self._papers[0].number) if self._papers else _("Print slip")
        flow.addWidget(Button(words, "printer", kind=Kind.PRIMARY, compact=True, on_click=self._paper))
        again = _("Sign again") if signed is not None else _("Sign")
        flow.addWidget(Button(again, "signature", compact=True, on_click=self._sign))
        if view.balance > 0:
            flow.addWidget(Button(_("Take payment"), "banknote", compact=True, on_click=self._pay))
        flow.addWidget(Button(_("Change"), "pencil", compact=True, on_click=self._change))
        self.add(buttons)

    def _state(self, session: Session) -> Chip:
        view = self._view
        if view.on_hold:
            return Chip(_("Hold"), "bad")
        if view.balance > 0:
            amount = session.language.money(view.balance, view.totals.currency)
            return Chip(_("{amount} to pay").format(amount=amount), "warn")
        return Chip(_("Paid"), "ok", icon="check")

    def _paper(self) -> None:
        self.paper_wanted.emit(self._view)

    def _pay(self) -> None:
        self.pay_wanted.emit(self._view)

    def _change(self) -> None:
        self.change_wanted.emit(self._view)

    def _sign(self) -> None:
        self.sign_wanted.emit(self._view)


def _signed_label(session: Session, signed: Signed) -> Label:
    """Say when an order was signed, or that it is another one by now."""
    words = _("Signed {when}").format(when=signed_words(session, signed))
    label = Label(words if signed.covers else _("Changed after signing: please sign again."), Role.SMALL, wrap=True)
    label.set_tone("ok" if signed.covers else "warn")
    return label


class PlacedPane(QWidget):
    """``PlacedPane(session)``: ``show_sitter(sitter, wishes)``, ``sitter``.

    Signals: ``paper_wanted(object view)``, ``pay_wanted(object view)``, ``change_wanted(object view)``, ``sign_wanted(object view)``,
    ``slip_wanted(object person_id)`` another slip; ``menu_wanted(QPoint)``; ``wished(object product_id)``;
    ``order_wanted(object product_id)`` a wish becomes a new slip.
    """

    paper_wanted = Signal(object)
    pay_wanted = Signal(object)
    change_wanted = Signal(object)
    sign_wanted = Signal(object)
    slip_wanted = Signal(object)
    menu_wanted = Signal(QPoint)
    wished = Signal(object)
    order_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sitter: Sitter | None = None
        self._shown: tuple[Sitter, Sequence[WishRow], list[Signed | None]] | None = None
        self._avatar = Avatar("", 36)
        self._name = ElidedLabel("", Role.HEADING)
        self.another = Button(_("Another slip"), "plus", on_click=self._another)
        self._more = IconButton("ellipsis", _("More for this guest"), kind=Kind.SECONDARY, size=40)
        self._more.clicked.connect(self._open_menu)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._avatar)
        head.addWidget(self._name, 1)
        head.addWidget(self.another)
        head.addWidget(self._more)
        content = QWidget()
        column = PackedColumn(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        self._wishes = WishBar()
        self._wishes.removed.connect(self.wished)
        self._wishes.order_wanted.connect(self.order_wanted)
        column.addWidget(self._wishes)
        self._place = QVBoxLayout()
        self._place.setSpacing(12)
        column.addLayout(self._place)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(content))

    def show_sitter(self, sitter: Sitter, wishes: Sequence[WishRow]) -> None:
        """Show the orders of somebody, the latest first."""
        signed = [self._session.look(signature_by, view, Signer.CUSTOMER) for view in sitter.orders]
        if self._shown == (sitter, wishes, signed):
            return
        self._shown = (sitter, wishes, signed)
        self.sitter = sitter
        self._avatar.set_name(sitter.name)
        self._name.setText(sitter.name)
        self._wishes.show_wishes(wishes)
        while (item := self._place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for view, signature in reversed(list(zip(sitter.orders, signed, strict=True))):
            card = PlacedCard(self._session, view, signature)
            card.paper_wanted.connect(self.paper_wanted)
            card.pay_wanted.connect(self.pay_wanted)
            card.change_wanted.connect(self.change_wanted)
            card.sign_wanted.connect(self.sign_wanted)
            self._place.addWidget(card)

    def last(self) -> OrderView | None:
        """Return the latest order shown."""
        return self.sitter.orders[-1] if self.sitter is not None and self.sitter.orders else None

    def _another(self) -> None:
        if self.sitter is not None:
            self.slip_wanted.emit(self.sitter.id)

    def _open_menu(self) -> None:
        self.menu_wanted.emit(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def active_slips(view: OrderView) -> list[IssuedPaper]:
    """Return the papers of an order that hold, the latest first."""
    cancelled: set[UUID | None] = {paper.cancels_id for paper in view.papers}
    return [p for p in reversed(view.papers) if p.id not in cancelled and p.cancels_id is None]
