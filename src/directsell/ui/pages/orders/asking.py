"""The questions about an order that are asked in place: delivery, payment, the reason of a cancellation."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from directsell.domain.orders import Handover
from directsell.domain.payments import PaymentMethod
from directsell.i18n import _
from directsell.store.queries.orders import OrderView
from directsell.ui.messages import sentence
from directsell.ui.pages.orders.parts import AskCard
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.fields import ChoiceField, FormField, TextField
from directsell.ui.widgets.order_form.words import TYPED_METHODS
from directsell.ui.widgets.typed import amount_field, date_field
from directsell.usecases.payment_bans import ban_on


class DeliverCard(AskCard):
    """``DeliverCard(session, view)``: on which day the goods were handed over; ``day()``.

    Goods on hold are only handed over on purpose: ``despite_hold`` tells that the card warned of it.
    """

    def __init__(self, session: Session, view: OrderView, parent: QWidget | None = None) -> None:
        text = _("Two days later you are reminded to ask how the customer likes the goods.")
        if view.on_hold:
            owed = session.language.money(view.balance, view.order.currency)
            text = _("Hold – do not hand over: a payment came back, and {amount} is open.").format(amount=owed)
        yes = _("Hand over all the same") if view.on_hold else _("Delivered")
        super().__init__(_("Deliver"), text, yes, icon_name="package-check", danger=view.on_hold, parent=parent)
        self.despite_hold = view.on_hold
        self._day = date_field(session, required=True)
        taken = view.order.handover is Handover.TAKE_NOW
        self._day.set_value(view.order.ordered_on if taken else max(session.today(), view.order.ordered_on))
        self.add_field("delivered_on", FormField(_("Handed over on"), self._day))

    def day(self) -> date | None:
        """The day; None when it is wrong."""
        return None if self._day.check() else self._day.value()


class PayCard(AskCard):
    """``PayCard(session, view)``: money received or given back; ``method()``, ``amount()``, ``detail()``, ``day()``."""

    def __init__(self, session: Session, view: OrderView, parent: QWidget | None = None) -> None:
        back = view.refund > 0
        ban = None if back else session.look(ban_on, view.order, view.totals.total, session.today())
        super().__init__(
            _("Give money back") if back else _("Take payment"),
            "" if ban is None else sentence(ban.error()) or "",
            _("Give back") if back else _("Take"),
            parent=parent,
        )
        self._back = back
        self._amount = amount_field(session, view.order.currency, required=True)
        self._amount.set_value(view.refund or abs(view.balance) or None)
        self._method = ChoiceField([(method, term(method)) for method in TYPED_METHODS], PaymentMethod.CASH)
        self._detail = TextField(limit=60)
        self._detail_field = FormField(_("Reference"), self._detail)
        self._day = date_field(session, required=True)
        self._day.set_value(session.today() if ban is None else ban.first_day)
        self.add_row(("amount", FormField(_("Amount"), self._amount)), ("method", FormField(_("How"), self._method)))
        self.add_row(("detail", self._detail_field), ("paid_on", FormField(_("On"), self._day)))
        self._method.changed.connect(self._show_detail)
        self._show_detail()

    def method(self) -> PaymentMethod:
        """How the money changes hands."""
        method = self._method.value()
        return method if isinstance(method, PaymentMethod) else PaymentMethod.CASH

    def amount(self) -> int | None:
        """Minor units, negative when given back; None when it is wrong."""
        amount = None if self._amount.check() else self._amount.value()
        return amount if amount is None or not self._back else -amount

    def detail(self) -> str:
        """Check number or last digits."""
        return self._detail.value()

    def day(self) -> date | None:
        """The day; None when it is wrong."""
        return None if self._day.check() else self._day.value()

    def _show_detail(self) -> None:
        words = {
            PaymentMethod.CARD: _("Last four digits"),
            PaymentMethod.CHECK: _("Check number"),
        }
        self._detail_field.set_label(words.get(self.method(), _("Reference")))


class ReasonCard(AskCard):
    """``ReasonCard(title, text, yes)``: why papers are cancelled; ``reason()``, ``cancel`` whether the order goes too."""

    def __init__(self, title: str, text: str, yes: str, *, cancel: bool, parent: QWidget | None = None) -> None:
        super().__init__(title, text, yes, icon_name="undo-2", danger=cancel, parent=parent)
        self.cancel = cancel
        self._reason = TextField(limit=200, placeholder=_("Wrong quantity, wrong person …"))
        self.add_field("reason", FormField(_("Reason, printed on the cancelling paper"), self._reason))

    def reason(self) -> str:
        """The words."""
        return self._reason.value()


class DeliveredCard(AskCard):
    """``DeliveredCard(day, name)``: what follows from a delivery, and the invoice at once."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Delivered"), words, _("Issue invoice"), icon_name="file-text", parent=parent)
        self.no.setText(_("Later"))
