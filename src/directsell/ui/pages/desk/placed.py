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
    """``PlacedCard(session)``: ``show_order(view, signed)`` shows one order, and the customer's signature or None.

    Signals: ``paper_wanted(object view)``, ``pay_wanted``, ``change_wanted``, ``sign_wanted``.
    """

    paper_wanted = Signal(object)
    pay_wanted = Signal(object)
    change_wanted = Signal(object)
    sign_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._view: OrderView | None = None
        self._total = Label("")
        self._total.setFont(font(32, 600, tabular=True))
        self._state = Chip()
        head = QHBoxLayout()
        head.addWidget(self._total, 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self._lines: list[ElidedLabel] = []
        self._details = Label("", Role.SMALL, wrap=True)
        self.add(self._details)
        self._signed = Label("", Role.SMALL, wrap=True)
        self.add(self._signed)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self._print = Button("", "printer", kind=Kind.PRIMARY, compact=True, on_click=self._paper)
        self._again = Button("", "signature", compact=True, on_click=self._sign)
        self._take = Button(_("Take payment"), "banknote", compact=True, on_click=self._pay)
        self._edit = Button(_("Change"), "pencil", compact=True, on_click=self._change)
        for button in (self._print, self._again, self._take, self._edit):
            flow.addWidget(button)
        self.add(buttons)

    def show_order(self, view: OrderView, signed: Signed | None) -> None:
        """Show another order; the widgets stay, which is quicker than making a card."""
        self._view = view
        language, currency = self._session.language, view.totals.currency
        self._total.setText(language.money(view.totals.total, currency))
        self._show_state(view)
        self._show_lines(view)
        details = [handover_word(view.order.handover)]
        details += [
            _("{method} {amount}").format(method=term(p.method), amount=language.money(p.amount, currency))
            for p in view.payments
        ]
        self._details.setText(" · ".join(details))
        self._signed.setVisible(signed is not None)
        if signed is not None:
            words = _("Signed {when}").format(when=signed_words(self._session, signed))
            self._signed.setText(words if signed.covers else _("Changed after signing: please sign again."))
            self._signed.set_tone("ok" if signed.covers else "warn")
        papers = active_slips(view)
        for button, words in (
            (self._print, _("Show slip {number}").format(number=papers[0].number) if papers else _("Print slip")),
            (self._again, _("Sign again") if signed is not None else _("Sign")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self._take.setVisible(view.balance > 0)

    def _show_lines(self, view: OrderView) -> None:
        for place, line in enumerate(view.lines):
            if place == len(self._lines):
                self._lines.append(ElidedLabel("", Role.BODY))
                self.body.insertWidget(2 + place, self._lines[place])  # below title line and total
            quantity = self._session.language.quantity(line.quantity)
            words = _("{quantity} × {name}").format(quantity=quantity, name=line.name)
            if line.kind != LineKind.SALE:
                words = f"{words} · {kind_word(line.kind)}"
            self._lines[place].setText(words)
            self._lines[place].show()
        for label in self._lines[len(view.lines) :]:
            label.hide()

    def _show_state(self, view: OrderView) -> None:
        if view.on_hold:
            self._state.set(_("Hold"), "bad")
        elif view.balance > 0:
            amount = self._session.language.money(view.balance, view.totals.currency)
            self._state.set(_("{amount} to pay").format(amount=amount), "warn")
        else:
            self._state.set(_("Paid"), "ok")
        self._state.set_icon("check" if view.balance <= 0 and not view.on_hold else None)

    def _paper(self) -> None:
        self.paper_wanted.emit(self._view)

    def _pay(self) -> None:
        self.pay_wanted.emit(self._view)

    def _change(self) -> None:
        self.change_wanted.emit(self._view)

    def _sign(self) -> None:
        self.sign_wanted.emit(self._view)


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
        self._cards: list[PlacedCard] = []
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
        shown = list(reversed(list(zip(sitter.orders, signed, strict=True))))
        while len(self._cards) < len(shown):
            self._cards.append(self._make_card())
        for card, (view, signature) in zip(self._cards, shown, strict=False):
            card.show_order(view, signature)
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(shown))

    def _make_card(self) -> PlacedCard:
        card = PlacedCard(self._session)
        card.paper_wanted.connect(self.paper_wanted)
        card.pay_wanted.connect(self.pay_wanted)
        card.change_wanted.connect(self.change_wanted)
        card.sign_wanted.connect(self.sign_wanted)
        self._place.addWidget(card)
        return card

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
