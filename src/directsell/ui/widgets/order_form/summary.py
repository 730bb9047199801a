"""The sums beside the order form: goods, discounts, shipping, taxes, and in large figures what is to be paid."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.pricing import profile_from
from directsell.domain.totals import OrderTotals
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.order_form.working import Working
from directsell.ui.widgets.typed import Discount, amount_field, amount_width, discount_field

_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class SumLine(QWidget):
    """``SumLine(words, amount="", *, strong=False)``: words at the start, an amount at the end."""

    def __init__(self, words: str, amount: str = "", *, strong: bool = False) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._words = ElidedLabel(words, Role.STRONG if strong else Role.MUTED)
        row.addWidget(self._words, 1)
        self.amount = Label(amount, Role.AMOUNT)
        self.amount.setAlignment(_END)
        row.addWidget(self.amount)

    def show_sum(self, words: str, amount: str, tip: str = "") -> None:
        """Show another sum; what is the same is left alone."""
        if words != self._words.text():
            self._words.setText(words)
        if amount != self.amount.text():
            self.amount.setText(amount)
        self.setToolTip(tip)


class SumLines(QWidget):
    """``SumLines(session)``: all sums of an order as lines; ``show_totals(totals, inclusive=...)``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = session.language
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(7)
        self._lines: list[SumLine] = []

    def show_totals(self, totals: OrderTotals, *, inclusive: bool, with_shipping: bool = True) -> None:
        """Show these sums instead of those before; the lines stay as long as there are as many of them."""
        money, currency = self._language.money, totals.currency
        sums = [(words, money(minor, currency), "") for words, minor in _sums(totals, with_shipping=with_shipping)]
        for tax in totals.taxes:
            words = _("incl. {label} {rate}") if inclusive else _("{label} {rate}")
            words = words.format(label=tax.label, rate=self._language.percent(tax.ppm))
            sums.append((words, money(tax.tax, currency), _("on {base}").format(base=money(tax.base, currency))))
        if totals.taxes and totals.exempt:
            sums.append((_("thereof untaxed"), money(totals.exempt, currency), ""))
        while len(self._lines) > len(sums):
            line = self._lines.pop()
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self._lines) < len(sums):
            line = SumLine("")
            self._lines.append(line)
            self._column.addWidget(line)
        for line, shown in zip(self._lines, sums, strict=True):
            line.show_sum(*shown)


def _sums(totals: OrderTotals, *, with_shipping: bool) -> list[tuple[str, int]]:
    goods = totals.amount - totals.line_discount
    lines = [(_("Goods"), goods)]
    if totals.customer_discount:
        lines.append((_("Customer's discount"), -totals.customer_discount))
    if totals.order_discount:
        lines.append((_("Discount on the order"), -totals.order_discount))
    if totals.host_credit:
        lines.append((_("Host credit"), -totals.host_credit))
    if totals.shipping and with_shipping:
        lines.append((_("Shipping"), totals.shipping))
    return lines


class Summary(Card):
    """``Summary(session, *, total=True)``: the card with the fields for the order's discount and shipping and all live sums.

    Without ``total`` the large figures stand elsewhere on the screen; ``total_text()`` has them all the same.

    ``load(working)``, ``discount()``, ``shipping()``, ``error()``, ``show_totals(totals | None)``, ``show_error(sentence)``.
    Signals: ``changed()``; ``no_customer_discount()`` the customer's discount is not to be given this time.
    """

    changed = Signal()
    no_customer_discount = Signal()

    def __init__(self, session: Session, *, total: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(_("Summary"), parent=parent)
        self._session = session
        self._currency = "USD"
        self._inclusive = False
        self.off = discount_field(session, self._currency)
        self.freight = amount_field(session, self._currency)
        self._bonus = QWidget()
        row = QHBoxLayout(self._bonus)
        row.setContentsMargins(0, 0, 0, 0)
        self._bonus_words = ElidedLabel("", Role.SMALL)
        self._bonus_words.set_tone("ok")
        row.addWidget(self._bonus_words, 1)
        cross = IconButton("x", _("Do not give the customer's discount"))
        cross.clicked.connect(self.no_customer_discount)
        row.addWidget(cross)
        self.add(self._bonus)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(8)
        self.body.addLayout(self._fields)
        self._lines = SumLines(session)
        self.add(self._lines)
        self._total = Label("", Role.BIG)
        self._total.setAlignment(_END)
        foot = QWidget()
        last = QHBoxLayout(foot)
        last.setContentsMargins(0, 0, 0, 0)
        last.addWidget(Label(_("To pay"), Role.SECTION), 0, Qt.AlignmentFlag.AlignVCenter)
        last.addWidget(self._total, 1)
        rule = Rule()
        self.add(rule)
        self.add(foot)
        if not total:
            rule.hide()
            foot.hide()
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        self.add(self._problem)
        self._show_fields()

    # --- value

    def load(self, working: Working) -> None:
        """Show an order."""
        order = working.order
        if order.currency != self._currency:
            self._currency = order.currency
            self.off = discount_field(self._session, order.currency)
            self.freight = amount_field(self._session, order.currency)
            self._show_fields()
        self.off.set_value(Discount(order.discount_ppm, order.discount) or None)
        self.freight.set_value(order.shipping or None)
        self.show_customer_discount(order.customer_discount_ppm)
        self._inclusive = profile_from(order.tax_profile).prices_include_tax

    def show_customer_discount(self, ppm: int) -> None:
        """Say that the customer gets a discount, with a cross to leave it out."""
        words = _("{name} gets {rate} off").format(name=_("Customer"), rate=self._session.language.percent(ppm))
        self._bonus_words.setText(words)
        self._bonus.setVisible(ppm > 0)

    def discount(self) -> Discount:
        """The order's own discount."""
        return self.off.value() or Discount()

    def shipping(self) -> int:
        """Shipping in minor units."""
        return self.freight.value() or 0

    def error(self) -> str:
        """Judge both fields; the first sentence."""
        return self.off.check() or self.freight.check()

    def show_totals(self, totals: OrderTotals | None) -> None:
        """Show live sums; without them the last ones stay, greyed by the problem below."""
        if totals is None:
            self._total.setText("–")
            return
        self._lines.show_totals(totals, inclusive=self._inclusive, with_shipping=False)
        self._total.setText(self._session.language.money(totals.total, totals.currency))
        self._total.setAccessibleName(_("To pay {amount}").format(amount=self._total.text()))
        self.show_error("")

    def show_error(self, sentence: str) -> None:
        """Show a sentence that belongs to the sums."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def total_text(self) -> str:
        """The large figures."""
        return self._total.text()

    # --- inside

    def _show_fields(self) -> None:
        """Lay the fields out; they hold the decimals and the sign of one currency."""
        while (item := self._fields.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for words, field in ((_("Discount"), self.off), (_("Shipping"), self.freight)):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            label = Label(words, Role.MUTED)
            label.setBuddy(field)
            field.setAccessibleName(words)
            field.setFixedWidth(amount_width(self._session, self._currency))
            row.addWidget(label, 1)
            row.addWidget(field)
            self._fields.addWidget(line)
            field.changed.connect(self.changed)
            field.error_changed.connect(self.show_error)
        self.off.setToolTip(_("A percentage like 10 % or an amount"))
