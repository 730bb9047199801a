"""What can be done with a stored order: which steps make sense now, and how each runs through the use-cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.orders import Order, OrderState
from directsell.domain.payments import Payment, PaymentMethod
from directsell.domain.records import standing
from directsell.i18n import _
from directsell.store.queries.followups import next_for_order
from directsell.store.queries.orders import OrderView
from directsell.store.queries.papers import active_papers
from directsell.ui.dialogs import dialogs
from directsell.ui.messages import sentence
from directsell.ui.pages.orders.asking import DeliverCard, DeliveredCard, PayCard, ReasonCard
from directsell.ui.pages.orders.cancelling import BounceCard
from directsell.ui.pages.orders.parts import AskCard
from directsell.ui.pages.orders.quote_steps import QuoteSteps
from directsell.ui.session import Session
from directsell.ui.widgets.order_form.issuing import Issuer, accepts_older_date
from directsell.usecases.invoicing import withdraw_papers
from directsell.usecases.orders import cancel_order, delete_order, deliver_order, place_order, undeliver_order
from directsell.usecases.payments import cancel_payment, take_payment

Step = tuple[str, str, Callable[[], object]]
MoreStep = tuple[str, str, Callable[[], object], bool]


class Operations(QObject):
    """``Operations(session, widget)``: ``show(view)``, ``steps()`` the next ones, ``more()`` the rest for a menu.

    Signals: ``asked(object AskCard)`` a question to show in place; ``edit_wanted(object id)``; ``copy_wanted(object id)``;
    ``gone()`` the order was deleted.
    """

    asked = Signal(object)
    edit_wanted = Signal(object)
    copy_wanted = Signal(object)
    gone = Signal()

    def __init__(self, session: Session, widget: QWidget) -> None:
        super().__init__(widget)
        self._session = session
        self._widget = widget
        self._view: OrderView | None = None
        self._papers: list[IssuedPaper] = []
        self._card: AskCard | None = None
        self._issuer = Issuer(session, widget)
        self._issuer.issued.connect(self._issued)
        self._quotes = QuoteSteps(session, widget)
        self._quotes.asked.connect(self._ask)
        self._quotes.closed.connect(self._close)
        self._quotes.edit_wanted.connect(self.edit)
        self._quotes.delete_wanted.connect(self.delete)
        self._quotes.issue_wanted.connect(self.issue_quote)
        self._quotes.show_wanted.connect(self.show_paper)
        self._quotes.preview_wanted.connect(self.preview_quote)

    def show(self, view: OrderView | None) -> None:
        """Work on another order, or on what became of it."""
        self._view = view
        self._papers = [] if view is None else self._session.look(active_papers, view.order.id)
        self._quotes.show(view)

    # --- what makes sense

    def steps(self) -> list[Step]:
        """Return the next steps, the one that usually comes first first."""
        view = self._view
        if view is None:
            return []
        state = view.order.state
        slip, invoice = self._has(PaperKind.ORDER_SLIP), self._has(PaperKind.INVOICE)
        result: list[Step] = []
        if state is OrderState.DRAFT:
            result.append((_("Go on typing"), "pencil", self.edit))
            if view.lines and view.order.person_id is not None:
                result.append((_("Place order"), "check", self.place))
            return result
        if state is OrderState.CANCELLED:
            back: list[Step] = [(_("Give money back"), "hand-coins", self.ask_payment)] if view.refund else []
            return [*back, *self._quotes.steps(), (_("Copy to a new order"), "copy", self.copy)]
        if state is OrderState.QUOTED:
            return self._quotes.steps()
        if state is OrderState.PLACED and not view.on_hold:
            result.append((_("Deliver"), "package-check", self.ask_delivery))
        if state is OrderState.DELIVERED and not invoice:
            result.append((_("Issue invoice"), "file-text", self.issue_invoice))
        if view.balance > 0:
            result.append((_("Take payment"), "banknote", self.ask_payment))
        if view.on_hold:
            result.append((_("Deliver …"), "package-check", self.ask_delivery))
        if not slip and not invoice:
            result.append((_("Print slip"), "printer", self.issue_slip))
        if state is OrderState.PLACED and not invoice:
            result.append((_("Invoice"), "file-text", self.issue_invoice))
        if not self._papers:
            result.append((_("Change"), "pencil", self.edit))
        if slip:
            result.append((_("Show slip"), "receipt", self.show_slip))
        if invoice:
            result.append((_("Show invoice"), "file-text", self.show_invoice))
        return result

    def more(self) -> list[MoreStep]:
        """Return what is rarer."""
        view = self._view
        if view is None:
            return []
        state = view.order.state
        result: list[MoreStep] = [(_("Copy to a new order"), "copy", self.copy, False), *self._quotes.more()]
        if state is OrderState.QUOTED:
            return result
        if view.lines and state is not OrderState.CANCELLED:
            if not self._has(PaperKind.ORDER_SLIP):
                result.append((_("Preview of the slip"), "eye", self.preview_slip, False))
            if not self._has(PaperKind.INVOICE):
                result.append((_("Preview of the invoice"), "eye", self.preview_invoice, False))
        if self._papers and state is not OrderState.CANCELLED:
            result.append((_("Cancel the paper and change the order"), "undo-2", self.ask_correction, False))
        if view.refund and state is not OrderState.CANCELLED:
            result.append((_("Give money back"), "hand-coins", self.ask_payment, False))
        if self._check() is not None:
            result.append((_("The check came back"), "undo-2", self.ask_bounce, False))
        if state is OrderState.DELIVERED:
            result.append((_("It was not delivered"), "undo-2", self.undeliver, False))
        if state is OrderState.DRAFT:
            result.append((_("Delete draft"), "trash-2", self.delete, True))
        elif state is OrderState.PLACED:
            result.append((_("Cancel order"), "x", self.cancel, True))
        return result

    def _has(self, kind: PaperKind) -> bool:
        return any(paper.kind is kind for paper in self._papers)

    # --- steps without a question

    def edit(self) -> None:
        """Open the form, or ask for the reason when a paper stands in the way."""
        if self._view is None:
            return
        if self._papers:
            self.ask_correction()
        else:
            self.edit_wanted.emit(self._view.order.id)

    def copy(self) -> None:
        """Start a new order with the same goods."""
        if self._view is not None:
            self.copy_wanted.emit(self._view.order.id)

    def place(self) -> None:
        """Make a draft binding."""
        self._run(place_order, said=_("Order placed"))

    def undeliver(self) -> None:
        """Take back a delivery."""
        self._run(undeliver_order, said=_("Delivery taken back"))

    def delete(self) -> None:
        """Remove a draft."""
        if self._view is not None:
            self._session.run(self, delete_order, self._view.order.id, done=self._deleted, said=_("Draft deleted"))

    def cancel(self) -> None:
        """Cancel the order; papers that hold are cancelled with it, after asking why."""
        if self._view is None:
            return
        if not self._papers:
            self._run(cancel_order, said=_("Order cancelled"))
            return
        text = _("{numbers}: a cancelling paper with a number of its own is issued. This cannot be undone.")
        text = text.format(numbers=", ".join(paper.number for paper in self._papers))
        self._ask(ReasonCard(_("Cancel order"), text, _("Cancel order"), cancel=True), self._withdraw)

    def cancel_payment(self, payment_id: UUID) -> None:
        """Reverse an entry of the ledger, after asking why."""
        note = dialogs().ask_text(
            self._widget, _("Cancel this payment"), _("Reason, e.g. typing mistake"), yes=_("Cancel payment")
        )
        if note is not None:
            self._session.run(self, cancel_payment, payment_id, note=note, said=_("Payment cancelled"))

    def issue_slip(self) -> None:
        """Give the order slip its number and show it."""
        self._issue(PaperKind.ORDER_SLIP)

    def issue_invoice(self) -> None:
        """Give the invoice its number and show it."""
        self._issue(PaperKind.INVOICE)

    def issue_quote(self) -> None:
        """Give the quote its number and show it."""
        self._issue(PaperKind.QUOTE)

    def preview_quote(self) -> None:
        """Show what the quote would look like; it gets no number."""
        self._preview(PaperKind.QUOTE)

    def preview_slip(self) -> None:
        """Show what the slip would look like; it gets no number."""
        self._preview(PaperKind.ORDER_SLIP)

    def preview_invoice(self) -> None:
        """Show what the invoice would look like; it gets no number."""
        self._preview(PaperKind.INVOICE)

    def _preview(self, kind: PaperKind) -> None:
        from directsell.ui.widgets.paper_dialog import preview_paper  # the PDF engine loads with the first paper

        if self._view is not None:
            preview_paper(self._session, self._widget, self._view.order.id, kind)

    def show_slip(self) -> None:
        """Show the slip that holds."""
        self._show_kind(PaperKind.ORDER_SLIP)

    def show_invoice(self) -> None:
        """Show the invoice that holds."""
        self._show_kind(PaperKind.INVOICE)

    def show_paper(self, paper_id: UUID) -> None:
        """Show an issued paper."""
        from directsell.ui.widgets.paper_dialog import show_paper  # the PDF engine loads with the first paper

        show_paper(self._session, self._widget, paper_id)

    # --- steps with a question in place

    def ask_delivery(self) -> None:
        """Ask for the day of delivery."""
        if self._view is not None:
            self._ask(DeliverCard(self._session, self._view), self._deliver)

    def ask_payment(self) -> None:
        """Ask for money received or given back."""
        if self._view is not None:
            self._ask(PayCard(self._session, self._view), self._pay)

    def ask_bounce(self) -> None:
        """Ask for the fee of a check that the bank gave back."""
        check = self._check()
        if check is not None:
            self.asked.emit(BounceCard(self._session, check))

    def _check(self) -> Payment | None:
        """Return the last check that counts."""
        payments = [] if self._view is None else standing(self._view.payments)
        checks = [p for p in payments if p.method is PaymentMethod.CHECK and p.amount > 0]
        return checks[-1] if checks else None

    def ask_correction(self) -> None:
        """Ask why the papers are cancelled, then open the order to be changed."""
        text = _(
            "{numbers}: a cancelling paper with a number of its own is issued, then you change the order and print it anew."
        )
        text = text.format(numbers=", ".join(paper.number for paper in self._papers))
        self._ask(ReasonCard(_("Correct the order"), text, _("Cancel paper and change"), cancel=False), self._withdraw)

    def _ask(self, card: AskCard, accepted: Callable[[], object]) -> None:
        self._card = card
        card.accepted.connect(accepted)
        self.asked.emit(card)

    def _deliver(self) -> None:
        card = self._card
        if self._view is None or not isinstance(card, DeliverCard) or (day := card.day()) is None:
            return
        self._session.run(
            self,
            deliver_order,
            self._view.order.id,
            delivered_on=day,
            despite_hold=card.despite_hold,
            done=self._delivered,
            failed=self._refused,
            said=_("Delivered"),
        )

    def _delivered(self, order: Order) -> None:
        if order.delivered_on is None:
            return
        self._close()
        due = self._session.look(next_for_order, order.id)
        words = _("The goods are with the customer.")
        if due is not None:
            day = self._session.language.date(due, "full")
            words = _("The follow-up is planned for {day}.").format(day=day)
        if self._has(PaperKind.INVOICE):
            self._session.say(words)
        else:
            self._ask(DeliveredCard(words), self._invoice_now)

    def _invoice_now(self) -> None:
        self._close()
        self.issue_invoice()

    def _pay(self) -> None:
        card = self._card
        if self._view is None or not isinstance(card, PayCard):
            return
        amount, day = card.amount(), card.day()
        if amount is None or day is None:
            return
        self._session.run(
            self,
            take_payment,
            self._view.order.id,
            method=card.method(),
            amount=amount,
            detail=card.detail(),
            paid_on=day,
            done=self._done,
            failed=self._refused,
            said=_("Payment entered"),
        )

    def _withdraw(self, *, older: bool = False) -> None:
        card = self._card
        if self._view is None or not isinstance(card, ReasonCard):
            return
        self._session.run(
            self,
            withdraw_papers,
            self._view.order.id,
            reason=card.reason(),
            cancel=card.cancel,
            accept_older_date=older,
            done=self._withdrawn,
            failed=self._withdraw_refused,
            said=_("Paper cancelled"),
        )

    def _withdraw_refused(self, error: Exception) -> None:
        if accepts_older_date(self._widget, error):
            self._withdraw(older=True)
        else:
            self._refused(error)

    def _withdrawn(self, _papers: object) -> None:
        card = self._card
        edit = isinstance(card, ReasonCard) and not card.cancel
        self._close()
        if edit and self._view is not None:
            self.edit_wanted.emit(self._view.order.id)

    # --- inside

    def _run(self, usecase: Callable[..., Any], *, said: str) -> None:
        if self._view is not None:
            self._session.run(self, usecase, self._view.order.id, said=said)

    def issue(self, order_id: UUID, kind: PaperKind) -> None:
        """Issue a paper of any order and show it; asks first when the clock stands before the last paper."""
        self._issuer.issue(order_id, kind)

    def _issue(self, kind: PaperKind) -> None:
        if self._view is not None:
            self.issue(self._view.order.id, kind)

    def _issued(self, paper_id: UUID) -> None:
        self.show_paper(paper_id)

    def _show_kind(self, kind: PaperKind) -> None:
        paper = next((paper for paper in self._papers if paper.kind is kind), None)
        if paper is not None:
            self.show_paper(paper.id)

    def _done(self, _result: object) -> None:
        self._close()

    def _deleted(self, _result: object) -> None:
        self.gone.emit()

    def _refused(self, error: Exception) -> None:
        """Put the sentence into the open question, else to the bottom."""
        text = sentence(error)
        if text is None:
            raise error
        if self._card is not None and isinstance(error, DomainError):
            self._card.show_error(error.field, text)
        else:
            self._session.complain(error)

    def _close(self) -> None:
        card, self._card = self._card, None
        if card is not None:
            card.closed.emit()
