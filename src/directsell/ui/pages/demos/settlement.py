"""What is left of a demo, on its detail: hours, way, costs, charges, terms, and the figures to a net per hour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.demos import CostKind, DemoCost
from directsell.i18n import N_, Language, _
from directsell.store.queries.settlements import PartyAccount
from directsell.ui.distances import drive_words, driven_label, rate_label
from directsell.ui.messages import sentence
from directsell.ui.pages.demos.parts import Doing, columns, line
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import ChoiceField, DecimalField, FormField, ParsedField, Switch, TextField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.typed import amount_field, parse_amount, percent_field, price_field, understand
from directsell.usecases.parties import remove_cost, save_cost, save_effort
from directsell.usecases.settling import save_books, save_mileage_rate, save_terms

KINDS = {
    CostKind.SAMPLE: N_("Samples"),
    CostKind.DOOR_PRIZE: N_("Door prize"),
    CostKind.FEE: N_("Card fees"),
    CostKind.MILEAGE: N_("Mileage"),
    CostKind.OTHER: N_("Other"),
}


class SettlementCard(Card):
    """``SettlementCard(session)``: ``show_account(account)``; ``hours``, ``miles``, ``shipping``, ``figures``, ``costs``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Settlement"), parent=parent)
        self._session = session
        self._account: PartyAccount | None = None
        self._demo: UUID | None = None
        self._currency = ""
        self.sheet_button = Button(_("Settlement as a sheet"), "printer", compact=True, on_click=self._sheet)
        self.add_header(self.sheet_button)
        self._figures = QVBoxLayout()
        self._figures.setSpacing(3)
        self.body.addLayout(self._figures)
        self.figures: dict[str, str] = {}
        self.gaps: dict[str, str] = {}
        self._figure_rows: list[QWidget] = []
        self._inputs = QVBoxLayout()
        self._inputs.setSpacing(10)
        self.body.addLayout(self._inputs)
        self._costs = QVBoxLayout()
        self._costs.setSpacing(2)
        self.costs: list[QWidget] = []

    # --- building, once the currency is known

    def _build(self, currency: str) -> None:
        session = self._session
        language = session.language
        self._currency = currency
        self.hours = DecimalField(understand(language.parse_decimal), language.number)
        self.miles = DecimalField(understand(language.parse_decimal), language.number)
        self.shipping: ParsedField[tuple[int, ...]] = ParsedField(
            understand(lambda text: tuple(parse_amount(language, part, currency) for part in text.split(";"))),
            lambda amounts: "; ".join(language.amount(amount, currency) for amount in amounts),
            wrong=_("Enter amounts of money, apart by semicolons."),
            placeholder=_("one amount, or several apart by ;"),
            end=True,
        )
        self._inputs.addWidget(Label(_("This demo"), Role.STRONG))
        self.tax: ParsedField[int] = ParsedField(
            understand(lambda text: parse_amount(language, text, currency)),
            lambda amount: language.amount(amount, currency),
            wrong=_("Enter an amount of money."),
            end=True,
        )
        self._way = FormField("", self.miles)
        self._tax = FormField(_("Tax you pass on"), self.tax)
        self._inputs.addWidget(
            columns(
                FormField(_("Hours of work"), self.hours),
                self._way,
                FormField(_("Shipping the company charges"), self.shipping),
                self._tax,
                tile=180,
            )
        )
        for field in (self.hours, self.miles):
            field.committed.connect(self._effort)
        self.shipping.committed.connect(self._books)
        self.tax.committed.connect(self._books)
        self._inputs.addWidget(Label(_("Costs"), Role.STRONG))
        self._inputs.addLayout(self._costs)
        self.kind = ChoiceField([(kind, _(words)) for kind, words in KINDS.items()], CostKind.SAMPLE)
        self.amount = amount_field(session, currency)
        self.note = TextField(placeholder=_("Note"))
        self.kind.setAccessibleName(_("Kind of cost"))
        self.amount.setAccessibleName(_("Amount"))
        self.note.setAccessibleName(_("Note"))
        self.amount.returnPressed.connect(self._add_cost)
        self.note.returnPressed.connect(self._add_cost)
        add = IconButton("plus", _("Add the cost"), on_click=self._add_cost, kind=Kind.SECONDARY)
        self._inputs.addWidget(line(self.kind, self.amount, self.note, add, stretch=(2, 2, 3, 0)))
        self._build_terms(currency)

    def _build_terms(self, currency: str) -> None:
        self.commission = percent_field(self._session)
        self.card_share = percent_field(self._session)
        self.card_fixed = amount_field(self._session, currency)
        self.rate = price_field(self._session, currency)
        self._rate = FormField("", self.rate)
        self.charges_tax = Switch(_("The company charges tax on retail in advance"))
        self._inputs.addWidget(Label(_("Terms, the same for all demos"), Role.STRONG, wrap=True))
        self._inputs.addWidget(
            columns(
                FormField(_("Commission"), self.commission),
                FormField(_("Card fee, share"), self.card_share),
                FormField(_("Card fee, each payment"), self.card_fixed),
                self._rate,
                tile=180,
            )
        )
        self._inputs.addWidget(self.charges_tax)
        for field in (self.commission, self.card_share, self.card_fixed, self.charges_tax):
            field.committed.connect(self._terms)
        self.rate.committed.connect(self._mileage)

    # --- content

    def show_account(self, account: PartyAccount) -> None:
        """Show the figures, and what they follow from; a field that is being typed in is left alone."""
        if account.currency != self._currency:
            self._build(account.currency)
        other = account.party.demo.id != self._demo
        self._demo, self._account = account.party.demo.id, account
        demo, terms = account.party.demo, account.terms
        values: tuple[tuple[Any, Any], ...] = (
            (self.hours, demo.hours),
            (self.miles, demo.miles),
            (self.shipping, account.books.shipping or None),
            (self.tax, account.books.tax_remitted),
            (self.rate, account.rate.rate if account.rate is not None else None),
            (self.commission, terms.commission_ppm),
            (self.card_share, terms.card_ppm or None),
            (self.card_fixed, terms.card_fixed or None),
        )
        for field, value in values:
            if other or not field.hasFocus():
                field.set_value(value)
        planned = account.earnings.stored
        self.commission.setEnabled(not planned)
        self.commission.setToolTip(
            _("Your earnings are written down by steps and classes; see the settings.") if planned else ""
        )
        self.charges_tax.set_value(terms.charges_tax)
        self._show_words(account)
        self._show_figures(account)
        self._show_costs(account)

    def _show_words(self, account: PartyAccount) -> None:
        """Say in which unit and at which rate the way counts, and what tax is passed on where nothing was entered."""
        language, demo = self._session.language, account.party.demo
        self._way.set_label(driven_label(account.unit))
        self._rate.set_label(rate_label(account.unit, demo.day.year))
        drive = ""
        if demo.miles and account.rate is not None:
            drive = drive_words(demo.miles, account.rate, language)
        elif demo.miles:
            drive = _("Costs nothing until you enter a rate below.")
        self._way.set_hint(drive)
        follows = 0 if account.terms.charges_tax else account.tally.tax_added
        self.tax.setPlaceholderText(language.amount(follows, account.currency))
        self._tax.set_hint(_("Empty: as it follows from the slips"))

    def _show_figures(self, account: PartyAccount) -> None:
        for row in self._figure_rows:
            self._figures.removeWidget(row)
            row.hide()
            row.deleteLater()
        rows = figure_rows(account, self._session.language)
        gaps = gap_rows(account, self._session.language)
        self.gaps = dict(gaps)
        self.figures = {label: value for label, value, _strong in rows}
        self._figure_rows = []
        for label, value, strong in rows:
            if strong:
                self._put(Rule())
            role = Role.STRONG if strong else Role.BODY
            self._put(
                line(ElidedLabel(label, role), Label(value, Role.AMOUNT if strong else Role.NUMBER), stretch=(1, 0))
            )
            if label == _("Result"):
                for words, amount in gaps:
                    self._put(line(ElidedLabel(words, Role.SMALL), Label(amount, Role.SMALL), stretch=(1, 0)))

    def _put(self, widget: QWidget) -> None:
        self._figure_rows.append(widget)
        self._figures.addWidget(widget)

    def _show_costs(self, account: PartyAccount) -> None:
        for row in self.costs:
            self._costs.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.costs = [self._cost_row(cost) for cost in account.party.costs]
        for row in self.costs:
            self._costs.addWidget(row)

    def _cost_row(self, cost: DemoCost) -> QWidget:
        words = " · ".join(part for part in (_(KINDS[cost.kind]), cost.note) if part)
        cross = IconButton("x", _("Remove “{step}”").format(step=words))
        cross.clicked.connect(Doing(self._remove_cost, cost.id))
        money = Label(self._session.language.money(cost.amount, cost.currency), Role.NUMBER)
        return line(ElidedLabel(words), money, cross, stretch=(1, 0, 0))

    # --- what the user does

    def _effort(self) -> None:
        account = self._account
        if account is None or self.hours.error() or self.miles.error():
            return
        demo = account.party.demo
        hours, miles = self.hours.value(), self.miles.value()
        if (hours, miles) != (demo.hours, demo.miles):
            self._session.run(self, save_effort, demo.id, hours=hours, miles=miles)

    def _books(self) -> None:
        account = self._account
        if account is None or self.shipping.error() or self.tax.error():
            return
        books = replace(account.books, shipping=self.shipping.value() or (), tax_remitted=self.tax.value())
        if books != account.books:
            self._session.run(self, save_books, account.party.demo.id, books)

    def _mileage(self) -> None:
        account = self._account
        if account is None or self.rate.error():
            return
        known = account.rate.rate if account.rate is not None else None
        if self.rate.value() != known:
            self._session.run(
                self, save_mileage_rate, account.party.demo.day.year, self.rate.value(), failed=self._rate_refused
            )

    def _rate_refused(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        self._rate.set_error(words)

    def _terms(self) -> None:
        account = self._account
        if account is None or any(f.error() for f in (self.commission, self.card_share, self.card_fixed)):
            return
        terms = replace(
            account.terms,
            commission_ppm=self.commission.value() or 0,
            card_ppm=self.card_share.value() or 0,
            card_fixed=self.card_fixed.value() or 0,
            charges_tax=self.charges_tax.value(),
        )
        if terms != account.terms:
            self._session.run(self, save_terms, terms)

    def _add_cost(self) -> None:
        account = self._account
        amount = self.amount.value()
        if account is None or self.amount.check() or not amount:
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        cost = DemoCost(
            id=self._session.new_id(),
            demo_id=account.party.demo.id,
            kind=self.kind.value(),
            amount=amount,
            currency=account.currency,
            note=self.note.value(),
        )
        self._session.run(self, save_cost, cost, done=self._cost_added)

    def _cost_added(self, _cost: object) -> None:
        self.amount.set_value(None)
        self.note.set_value("")
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_cost(self, cost_id: UUID) -> None:
        self._session.run(self, remove_cost, cost_id, said=_("Cost removed"))

    def _sheet(self) -> None:
        from directsell.ui.widgets.paper_dialog import show_drawn  # the PDF engine loads with the first paper
        from directsell.usecases.party_sheets import settlement_pdf

        if self._account is not None:
            demo, day = self._account.party.demo, self._session.today()
            show_drawn(self._session, self.window(), _("Settlement"), settlement_pdf, demo.id, day)


def gap_rows(account: PartyAccount, language: Language) -> list[tuple[str, str]]:
    """Return what of the result comes from shipping and tax: collected less charged or passed on."""
    found = account.settlement
    parts = ((_("of it shipping, collected less charged"), found.shipping), (_("of it tax"), found.tax))
    return [(words, language.money(amount, account.currency)) for words, amount in parts if amount]


def figure_rows(account: PartyAccount, language: Language) -> list[tuple[str, str, bool]]:
    """Return the settlement as rows: words, amount, whether it is a sum. Rows of nothing are left out."""
    found, costs, sums = account.settlement, account.settlement.costs, account.tally
    plain: tuple[tuple[str, int, bool], ...] = (
        (_("Goods"), sums.goods, False),
        (_("Half-price goods"), sums.half_price, False),
        (_("Host goods beyond the credit"), sums.host_goods, False),
        (_("Shipping"), sums.shipping, False),
        (_("Tax"), sums.tax_added, False),
        (_("All slips"), found.total, True),
        (_("Owed to the company"), -found.owed, False),
        (_("Tax passed on"), -found.tax_remitted, False),
        (_("Rounding of cash"), -found.rounding, False),
        (_("Result"), found.result, True),
        (_("Gifts"), -costs.gifts, False),
        (_("Samples"), -costs.samples, False),
        (_("Door prizes"), -costs.door_prizes, False),
        (_("Card fees"), -costs.card_fees, False),
        (_("Mileage"), -costs.mileage, False),
        (_("Other costs"), -costs.other, False),
        (_("Net"), found.net, True),
    )
    rows = [
        (label, language.money(amount, account.currency), strong) for label, amount, strong in plain if amount or strong
    ]
    if found.per_hour is not None:
        rows.append((_("Net per hour"), language.money(found.per_hour, account.currency), True))
    return rows
