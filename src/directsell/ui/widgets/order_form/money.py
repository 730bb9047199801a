"""Money that is taken together with an order: one row for each payment, change for cash, what stays open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.balances import change_to_give, check_card_detail, deposit_suggestion
from directsell.domain.errors import DomainError
from directsell.domain.orders import Order
from directsell.domain.payments import PaymentMethod
from directsell.i18n import _
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import TextField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.order_form.ban import BanNote
from directsell.ui.widgets.order_form.words import TYPED_METHODS, method_icon
from directsell.ui.widgets.order_form.working import Money
from directsell.ui.widgets.typed import amount_field, amount_width

_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_LARGEST = 10**15


class MoneyRow(QWidget):
    """``MoneyRow(session, money, currency)``: one payment. It writes into ``money``; ``error()``, ``follow()``.

    Signals: ``changed()``, ``remove_wanted()``, ``done()`` Enter in its last field.
    """

    changed = Signal()
    remove_wanted = Signal()
    done = Signal()

    def __init__(self, session: Session, money: Money, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.money = money
        self._session = session
        self._currency = currency
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        word = term(money.method)
        self.amount = amount_field(session, currency, required=True)
        self.amount.setFixedWidth(amount_width(session, currency))
        self.amount.setAccessibleName(_("Amount, {method}").format(method=word))
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(Label(word, Role.STRONG), 1)
        first.addWidget(self.amount)
        cross = IconButton("x", _("Remove payment, {method}").format(method=word))
        cross.clicked.connect(self.remove_wanted)
        first.addWidget(cross)
        column.addLayout(first)
        self.given = amount_field(session, currency)
        self._change = Label("", Role.STRONG)
        self.detail = TextField(money.detail, limit=60)
        self._add_second(column)
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        self.amount.set_value(money.amount)
        self.given.set_value(money.given)
        self._show_change()
        self.amount.changed.connect(self._amount_typed)
        self.amount.error_changed.connect(self._show_problem)
        self.given.changed.connect(self._given_typed)
        self.detail.changed.connect(self._detail_typed)
        self.amount.returnPressed.connect(self._next)
        self.given.returnPressed.connect(self.done)
        self.detail.returnPressed.connect(self.done)

    def _add_second(self, column: QVBoxLayout) -> None:
        """What belongs to the way of payment: given and change, card digits, check number."""
        method = self.money.method
        row = QHBoxLayout()
        row.setSpacing(6)
        if method is PaymentMethod.CASH:
            self.detail.setParent(self)
            self.detail.hide()
            words = Label(_("Given"), Role.MUTED)
            words.setBuddy(self.given)
            self.given.setFixedWidth(self.amount.minimumWidth())
            self.given.setAccessibleName(_("Cash given"))
            self._change.setAlignment(_END)
            row.addWidget(words)
            row.addWidget(self.given)
            row.addWidget(self._change, 1)
        else:
            for unused in (self.given, self._change):
                unused.setParent(self)
                unused.hide()
            hints = {
                PaymentMethod.CARD: _("Last four digits"),
                PaymentMethod.CHECK: _("Check number"),
            }
            self.detail.setPlaceholderText(hints.get(method, _("Reference")))
            self.detail.setAccessibleName(hints.get(method, _("Reference")))
            row.addWidget(self.detail, 1)
        column.addLayout(row)

    def follow(self) -> None:
        """Show the amount that the order set."""
        if self.money.auto:
            self.amount.set_value(self.money.amount)
            self._show_change()

    def focus(self) -> None:
        """Put the focus where typing goes on: cash given, card digits, check number."""
        target = self.given if self.money.method is PaymentMethod.CASH else self.detail
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def error(self) -> str:
        """Judge the row; show and return the sentence."""
        problem = self.amount.check() or self.given.check() or self._detail_problem()
        given = self.money.given
        if not problem and given is not None and given < (self.money.amount or 0):
            problem = _("Less was given than is paid. For a part payment lower the amount.")
        if not problem and not self.money.amount:
            problem = _("Enter the amount, or remove the payment.")
        if not problem and (self.money.amount or 0) < 0:
            problem = _("Money given back is entered with the stored order.")
        if not problem and (self.money.amount or 0) > _LARGEST:
            problem = sentence(DomainError("payment.too_large")) or ""
        self._show_problem(problem)
        return problem

    def refuse(self, problem: str) -> None:
        """Show why this money cannot be taken."""
        self._show_problem(problem)

    def _detail_problem(self) -> str:
        if self.money.method is PaymentMethod.CARD:
            try:
                check_card_detail(self.detail.text())
            except DomainError as error:
                return sentence(error) or ""
        return self.detail.error()

    def _amount_typed(self) -> None:
        self.money.auto = False
        self.money.amount = self.amount.value()
        self._show_change()
        self._show_problem("")
        self.changed.emit()

    def _given_typed(self) -> None:
        self.money.given = self.given.value()
        self._show_change()
        self.changed.emit()

    def _detail_typed(self) -> None:
        problem = self._detail_problem()
        # A whole card number is never kept, not even in the draft of a half-typed order.
        self.money.detail = "" if problem else self.detail.value()
        self._show_problem(problem)
        self.changed.emit()

    def _show_change(self) -> None:
        given, amount = self.money.given, self.money.amount
        if given is None or amount is None or given < 0:
            self._change.setText("")
            return
        if given < amount:
            missing = self._session.language.money(amount - given, self._currency)
            self._change.setText(_("{amount} missing").format(amount=missing))
            self._change.set_tone("warn")
            return
        change = self._session.language.money(change_to_give(amount, given), self._currency)
        self._change.setText(_("Change {amount}").format(amount=change))
        self._change.set_tone("ok")

    def _show_problem(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _next(self) -> None:
        self.focus()


class MoneyCard(Card):
    """``MoneyCard(session)``: buttons for ways to pay, a row for each payment, and what stays open.

    ``load(list of Money, currency, paid)`` works on that list; ``show_total(total, order)``; ``add(method)``; ``error()``;
    ``ban`` says that the law forbids to take money yet.
    Signals: ``changed()``; ``done()`` when the last field of a payment was finished with Enter.
    """

    changed = Signal()
    done = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Paid with"), parent=parent)
        self._session = session
        self._money: list[Money] = []
        self._rows: list[MoneyRow] = []
        self._currency = ""
        self._paid = 0
        self._total = 0
        self._spread: Callable[[int], None] | None = None
        self._order: Order | None = None
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=6)
        self._buttons: dict[PaymentMethod, Button] = {}
        for method in TYPED_METHODS:
            button = Button(term(method), method_icon(method), compact=True)
            button.setProperty("method", method.value)
            button.clicked.connect(self._method_clicked)
            flow.addWidget(button)
            self._buttons[method] = button
        self._later = Button(_("Pay later"), "clock", compact=True)
        self._later.clicked.connect(self._pay_later)
        flow.addWidget(self._later)
        self.ban = BanNote(session)
        self.ban.outdated.connect(self._judge_again)
        self.add(self.ban)
        self.add(buttons)
        self._place = QVBoxLayout()
        self._place.setSpacing(2)
        self.body.addLayout(self._place)
        self._deposit = Button("", "hand-coins", kind=Kind.QUIET, compact=True)
        self._deposit.clicked.connect(self._take_deposit)
        self.add(self._deposit)
        self.add(Rule())
        self._before = QWidget()
        before = QHBoxLayout(self._before)
        before.setContentsMargins(0, 0, 0, 0)
        before.addWidget(ElidedLabel(_("Paid before"), Role.MUTED), 1)
        self._before_amount = Label("", Role.AMOUNT)
        before.addWidget(self._before_amount)
        self.add(self._before)
        rest = QHBoxLayout()
        self._rest_words = Label("", Role.STRONG)
        self._rest = Label("", Role.AMOUNT)
        self._rest.setAlignment(_END)
        rest.addWidget(self._rest_words)
        rest.addWidget(self._rest, 1)
        self.body.addLayout(rest)

    # --- value

    def load(self, money: list[Money], currency: str, paid: int, spread: Callable[[int], None]) -> None:
        """Show payments; the list is changed in place. ``spread(total)`` lets them follow the total."""
        self._money = money
        self._currency = currency
        self._paid = paid
        self._spread = spread
        self._rebuild()

    def show_paid(self, paid: int) -> None:
        """Follow what was paid before: money may come in elsewhere while this is typed."""
        if paid != self._paid:
            self._paid = paid
            self.show_total(self._total)

    def show_total(self, total: int, order: Order | None = None) -> None:
        """Follow the total of the order; with the ``order`` also what the law says about money for it."""
        self._total = total
        if order is not None:
            self._order = order
            self._judge_again()
        if self._spread is not None:
            self._spread(total)
        for row in self._rows:
            row.follow()
        self._show_rest()

    def rest(self) -> int:
        """What stays open; negative is the customer's credit."""
        return self._total - self._paid - sum(money.amount or 0 for money in self._money)

    def rows(self) -> tuple[MoneyRow, ...]:
        """The rows in order."""
        return tuple(self._rows)

    def error_row(self) -> MoneyRow | None:
        """Judge every row; the first that is wrong. Where no money may be taken, every row is."""
        if self._rows and self.ban.words():
            self._rows[0].refuse(self.ban.words())
            return self._rows[0]
        wrong = [row for row in self._rows if row.error()]
        return wrong[0] if wrong else None

    def add_method(self, method: PaymentMethod) -> None:
        """Take what is open in this way; a payment that follows the total changes its way instead.

        Where the law forbids to take money yet, nothing happens but that the sentence is there.
        """
        if self.ban.words():
            return
        follower = next((money for money in self._money if money.auto), None)
        if follower is not None and follower.given is None:
            self._money[self._money.index(follower)] = Money(method=method, amount=follower.amount)
            place = next(n for n, money in enumerate(self._money) if money.auto)
        else:
            if follower is not None:
                follower.auto = False
            self._money.append(Money(method=method))
            place = len(self._money) - 1
        self._rebuild()
        self._rows[place].focus()
        self.changed.emit()

    def focus_methods(self) -> None:
        """Put the focus on the first way to pay."""
        self._buttons[TYPED_METHODS[0]].setFocus(Qt.FocusReason.TabFocusReason)

    # --- inside

    def _judge_again(self) -> None:
        if self._order is not None:
            self.ban.judge(self._order, self._total)
        allowed = not self.ban.words()
        for button in (*self._buttons.values(), self._deposit):
            button.setEnabled(allowed)

    def _method_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.add_method(PaymentMethod(str(button.property("method"))))

    def _pay_later(self) -> None:
        self._money.clear()
        self._rebuild()
        self.changed.emit()

    def _take_deposit(self) -> None:
        deposit = deposit_suggestion(self._total)
        if self.ban.words():
            return
        self._money[:] = [Money(method=PaymentMethod.CASH, amount=deposit, auto=False)]
        self._rebuild()
        self._rows[0].focus()
        self.changed.emit()

    def _remove_sender(self) -> None:
        row = self.sender()
        if isinstance(row, MoneyRow):
            self._money.remove(row.money)
            self._rebuild()
            self.changed.emit()

    def _rebuild(self) -> None:
        for row in self._rows:
            self._place.removeWidget(row)
            row.hide()
            row.setParent(None)
            row.deleteLater()
        if self._spread is not None:
            self._spread(self._total)
        self._rows = []
        for money in self._money:
            row = MoneyRow(self._session, money, self._currency)
            row.changed.connect(self._row_changed)
            row.remove_wanted.connect(self._remove_sender)
            row.done.connect(self.done)
            self._place.addWidget(row)
            row.show()  # at once, so that it can take the focus
            self._rows.append(row)
        self._show_rest()

    def _row_changed(self) -> None:
        self.show_total(self._total)
        self.changed.emit()

    def _show_rest(self) -> None:
        if not self._currency:
            return
        money = self._session.language.money
        rest = self.rest()
        settled = rest == 0 and bool(self._money or self._paid)
        words = _("All paid") if settled else _("Open") if rest >= 0 else _("Credit of the customer")
        self._rest_words.setText(words)
        self._rest.setText("" if settled else money(abs(rest), self._currency))
        self._rest.set_tone("warn" if rest > 0 else "ok")
        self._before.setVisible(bool(self._paid))
        self._before_amount.setText(money(self._paid, self._currency))
        deposit = deposit_suggestion(self._total)
        self._deposit.setText(_("Deposit of 60 %: {amount}").format(amount=money(deposit, self._currency)))
        self._deposit.setVisible(deposit > 0 and not self._money and not self._paid)
        self._later.setEnabled(bool(self._money))
