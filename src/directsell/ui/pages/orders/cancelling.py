"""The right to cancel on an order's detail: last day, reasons, notice, and the question when a customer uses it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.cooling_off import Verdict
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.redeem import Choice, Recomputation, Use
from directsell.domain.money import to_minor
from directsell.domain.orders import OrderKind, OrderState, Origin, Withdrawal
from directsell.domain.payments import Payment
from directsell.domain.people import display_name
from directsell.i18n import _
from directsell.store.queries.orders import OrderView
from directsell.ui.messages import sentence
from directsell.ui.pages.orders.parts import AskCard, InfoRow
from directsell.ui.pages.orders.right_words import PLACES, reason_words, right_words, source_words
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import CheckBox, ChoiceField, FormField, TextField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.typed import amount_field, date_field
from directsell.usecases.cooling_off import choose_place, right_of
from directsell.usecases.notices import notice_pdf
from directsell.usecases.settling import bounce_check
from directsell.usecases.withdrawals import Outlook, outlook, receive_withdrawal, withdrawals_of

_BINDING = (OrderState.PLACED, OrderState.DELIVERED)
_PAUSE_MS = 250


class RightCard(Card):
    """``RightCard(session)``: ``show_order(view)``; ``place``, ``notice_button``, ``withdraw_button``, ``reasons``.

    Signal: ``asked(object AskCard)`` a question to show in place.
    """

    asked = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Right to cancel"), parent=parent)
        self._session = session
        self._view: OrderView | None = None
        self._last = Label("", Role.STRONG, wrap=True)
        self.add(self._last)
        self.reasons = Label("", Role.SMALL, wrap=True, selectable=True)
        self.add(self.reasons)
        self.place = ChoiceField([(place, _(words)) for place, words in PLACES.items()])
        self.place.changed.connect(self._place_chosen)
        self.add(FormField(_("Where the customer agreed"), self.place))
        self._source = Label("", Role.TINY, wrap=True)
        self.add(self._source)
        self.notice_button = Button(_("Notice for the customer"), "printer", compact=True, on_click=self._show_notice)
        self.withdraw_button = Button(_("Customer cancels …"), "undo-2", compact=True, on_click=self._ask)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        flow.addWidget(self.notice_button)
        flow.addWidget(self.withdraw_button)
        self.add(buttons)
        self._notices: list[InfoRow] = []

    def show_order(self, view: OrderView) -> None:
        """Show the right of an order; drafts, returns and orders of other programs have none."""
        self._view = view
        order = view.order
        notices = self._session.look(withdrawals_of, order.id)
        shown = order.kind is not OrderKind.RETURN and order.origin is Origin.ENTERED
        self.setVisible(shown and (order.state in _BINDING or bool(notices)))
        if self.isHidden():
            return
        self._show_notices(notices)
        binding = order.state in _BINDING
        for widget in (self.notice_button, self.withdraw_button, self.place, self._source, self.reasons, self._last):
            widget.setVisible(binding)
        parent = self.place.parentWidget()
        if parent is not None:
            parent.setVisible(binding)
        if binding:
            self._show_right(view)

    def _show_right(self, view: OrderView) -> None:
        language = self._session.language
        right = self._session.look(right_of, view)
        self._last.setText(right_words(right, language))
        sentences = [reason_words(step, language) for step in right.trace]
        self.reasons.setText("\n".join(words for words in sentences if words))
        self.place.set_value(view.order.place)
        self._source.setText(source_words(right, language))
        self.notice_button.setVisible(right.text is not None)

    def _show_notices(self, notices: list[Withdrawal]) -> None:
        language = self._session.language
        for row in self._notices:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._notices = []
        for notice in notices:
            title = _("Cancelled in time") if notice.accepted else _("Cancelled too late")
            words = [language.date(notice.received_on)]
            if notice.refund_by is not None:
                words.append(_("refund by {day}").format(day=language.date(notice.refund_by)))
            words += [part for part in (_choice_word(notice.choice), notice.note) if part]
            row = InfoRow(title, " · ".join(words), icon_name="undo-2")
            self._notices.append(row)
            self.body.insertWidget(self.body.count() - 1, row)

    def _place_chosen(self) -> None:
        if self._view is not None:
            self._session.run(self, choose_place, self._view.order.id, self.place.value())

    def _show_notice(self) -> None:
        from directsell.ui.widgets.paper_dialog import show_drawn  # the PDF engine loads with the first paper

        if self._view is not None:
            show_drawn(
                self._session, self.window(), _("Notice of the right to cancel"), notice_pdf, self._view.order.id
            )

    def _ask(self) -> None:
        if self._view is not None:
            self.asked.emit(WithdrawCard(self._session, self._view.order.id))


def _choice_word(choice: str) -> str:
    words = {Choice.ABSORB.value: _("I bear the difference"), Choice.CHARGE_HOST.value: _("the host pays it")}
    return words.get(choice, "")


class WithdrawCard(AskCard):
    """``WithdrawCard(session, order_id)``: the day of the notice, what it does, and who bears it."""

    def __init__(self, session: Session, order_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(
            _("The customer cancels"), "", _("Take up the notice"), icon_name="undo-2", danger=True, parent=parent
        )
        self._session = session
        self._order_id = order_id
        self.day = date_field(session, required=True)
        self.day.set_value(session.today())
        self.add_field(
            "received_on",
            FormField(_("Notice given on"), self.day, hint=_("The day on which it was sent or handed over counts.")),
        )
        self._result = Label("", Role.BODY, wrap=True)
        self._place.addWidget(self._result)
        self.goodwill = CheckBox(_("Take the goods back as goodwill"))
        self.goodwill.changed.connect(self._show)
        self._place.addWidget(self.goodwill)
        self.choice = ChoiceField(
            [(Choice.ABSORB, _("I bear the difference")), (Choice.CHARGE_HOST, _("The host pays it"))],
            placeholder=_("Choose"),
        )
        self._choice_field = FormField(_("Who bears the host's difference"), self.choice)
        self.add_field("choice", self._choice_field)
        self.note = TextField(limit=200)
        self.add_field("note", FormField(_("Note"), self.note))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._show)
        self.day.changed.connect(self._pause.start)
        self.accepted.connect(self._take_up)
        self.found: Outlook | None = None
        self._show()

    def words(self) -> str:
        """What stands there about the notice."""
        return self._result.text()

    def _show(self) -> None:
        if not self._session.is_open:
            return
        day = self.day.value()
        self.found = None
        if day is not None:
            try:
                self.found = self._session.look(outlook, self._order_id, day)
            except DomainError as error:
                self._result.setText(sentence(error) or "")
        found = self.found
        late = found is not None and found.verdict is Verdict.REFUSED
        self.goodwill.setVisible(late)
        honoured = found is not None and (not late or self.goodwill.value())
        self._choice_field.setVisible(honoured and found is not None and found.asks)
        self.yes.setText(_("Cancel the order") if honoured else _("Refuse the notice"))
        self.yes.setEnabled(found is not None)
        if found is not None:
            self._result.setText(" ".join(self._words(found)))
            if found.asks:
                self._choice_field.set_hint(self._change_words(found))

    def _words(self, found: Outlook) -> list[str]:
        language, currency = self._session.language, found.view.order.currency
        end = language.date(found.cancel_by, "full") if found.cancel_by is not None else ""
        if found.verdict is Verdict.REFUSED:
            words = [
                _("Too late: the last day was {day}.").format(day=end) if end else _("There is no right to cancel.")
            ]
            words.append(_("You may refuse, or take the goods back as goodwill."))
            return words
        words = [_("In time; the last day is {day}.").format(day=end) if end else _("In time.")]
        if found.refund:
            money = language.money(found.refund, currency)
            if found.refund_by is not None:
                day = language.date(found.refund_by, "full")
                words.append(_("Give {amount} back by {day}.").format(amount=money, day=day))
            else:
                words.append(_("Give {amount} back.").format(amount=money))
        before, after = found.before, found.after
        if before is not None and after is not None and before.credit != after.credit:
            words.append(
                _("The host's credit falls from {before} to {after}.").format(
                    before=language.money(before.credit, currency), after=language.money(after.credit, currency)
                )
            )
        if before is not None and after is not None and before.rights != after.rights:
            words.append(
                _("The half-price rights fall from {before} to {after}.").format(
                    before=language.number(before.rights), after=language.number(after.rights)
                )
            )
        return words

    def _change_words(self, found: Outlook) -> str:
        """Say what either choice means for the order of each host."""
        return "\n".join(
            sentence for own, change in found.changes if change.choices for sentence in self._choice_words(own, change)
        )

    def _choice_words(self, own: OrderView, change: Recomputation) -> list[str]:
        """Return what the host's order costs if the seller bears the difference, what if the host does, and why."""
        currency, after = own.order.currency, change.after
        money = partial(self._session.language.money, currency=currency)
        name = display_name(own.person) if own.person is not None else ""
        words = [
            _("If you bear it, the order of {name} stays at {before}.").format(
                name=name, before=money(change.before.totals.total)
            ),
            _("If {name} pays it, the order costs {after}: {more} more.").format(
                name=name, after=money(after.totals.total), more=money(change.difference)
            ),
        ]
        if after.overage:
            words.append(_("Goods beyond the credit: {amount}.").format(amount=money(after.overage)))
        known = {str(line.id): line.name for line in own.lines}
        dear = [
            _("{name} {price}").format(name=known.get(pick.key, ""), price=money(to_minor(pick.unit_price, currency)))
            for pick in after.picks
            if pick.use is Use.FULL_PRICE
        ]
        if dear:
            words.append(_("At full price: {names}.").format(names=", ".join(dear)))
        words += [
            _("Tax on {base}: {tax}.").format(base=money(tax.base), tax=money(tax.tax)) for tax in after.totals.taxes
        ]
        return words

    def _take_up(self) -> None:
        found, day = self.found, self.day.value()
        if found is None or day is None or self.day.check():
            return
        self.yes.setEnabled(False)
        self._session.run(
            self,
            receive_withdrawal,
            self._order_id,
            received_on=day,
            choice=self.choice.value(),
            goodwill=self.goodwill.value() and found.verdict is Verdict.REFUSED,
            note=self.note.value(),
            done=self._done,
            failed=self._refused,
            said=_("Notice taken up"),
        )

    def _done(self, _withdrawal: object) -> None:
        self.closed.emit()

    def _refused(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        words = sentence(error)
        if words is None:
            raise error
        self.show_error(error.field or "" if isinstance(error, DomainError) else "", words)


class BounceCard(AskCard):
    """``BounceCard(session, payment, currency)``: a check that the bank gave back, with the fee that is owed for it."""

    def __init__(self, session: Session, payment: Payment, parent: QWidget | None = None) -> None:
        text = _("Check {number} over {amount}: it is taken out of the ledger. Keep the goods until it is paid.")
        text = text.format(number=payment.detail, amount=session.language.money(payment.amount, payment.currency))
        super().__init__(_("The check came back"), text, _("Check came back"), icon_name="undo-2", parent=parent)
        self._session = session
        self._payment = payment
        self.fee = amount_field(session, payment.currency)
        hint = _("What the customer owes for it; may be empty.")
        self.add_field("fee", FormField(_("Fee"), self.fee, hint=hint))
        self.accepted.connect(self._enter)

    def _enter(self) -> None:
        if self.fee.check():
            return
        self.yes.setEnabled(False)
        self._session.run(
            self,
            bounce_check,
            self._payment.id,
            fee=self.fee.value() or 0,
            done=self._done,
            failed=self._refused,
            said=_("Check taken out"),
        )

    def _done(self, _payment: object) -> None:
        self.closed.emit()

    def _refused(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        words = sentence(error)
        if words is None:
            raise error
        self.show_error(error.field or "" if isinstance(error, DomainError) else "", words)
