"""Closing a demo, on its detail: what is left to do, the cash by denomination, host sheet, the order to the company."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.cash_counts import cash_total, check_cash, denominations
from directsell.domain.errors import DomainError
from directsell.i18n import N_, _
from directsell.store.queries.settlements import Item, PartyAccount, Todo, cash_received, counts_of
from directsell.ui.messages import sentence
from directsell.ui.pages.demos.parts import Doing, line
from directsell.ui.reward_words import step_sentence
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import FormField, ParsedField
from directsell.ui.widgets.icon_line import IconLine
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.typed import amount_field, understand
from directsell.usecases.parties import count_cash
from directsell.usecases.settling import save_books

_WORDS = {
    Todo.OPEN_SLIP: N_("{name}: the slip is not finished"),
    Todo.NO_SLIP: N_("{name}: no slip was printed"),
    Todo.UNPAID: N_("{name}: {amount} still open"),
    Todo.NO_PHONE: N_("{name}: no telephone number"),
    Todo.NO_SIGNATURE: N_("{name}: the signature is missing"),
    Todo.SIGNED_BEFORE: N_("{name}: changed after signing, to be signed again"),
    Todo.RIGHTS_LEFT: N_("{name}: {number} half-price rights unused"),
    Todo.CREDIT_LEFT: N_("{name}: {amount} of the credit unused"),
    Todo.NOT_COUNTED: N_("The cash was not counted yet: {amount} by the ledger"),
    Todo.CASH_DIFFERS: N_("The cash differs from the ledger by {amount}"),
}
_TOGETHER = {
    Todo.NO_SLIP: N_("No slip was printed: {names}"),
    Todo.NO_PHONE: N_("No telephone number: {names}"),
    Todo.NO_SIGNATURE: N_("The signature is missing: {names}"),
    Todo.SIGNED_BEFORE: N_("Changed after signing, to be signed again: {names}"),
}
_URGENT = (Todo.OPEN_SLIP, Todo.UNPAID, Todo.CASH_DIFFERS)


class ClosingCard(Card):
    """``ClosingCard(session)``: ``show_account(account)``; ``rows`` of the checklist, ``pieces`` by denomination.

    Signal: ``opened(str page, object id)``.
    """

    opened = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Closing"), parent=parent)
        self._session = session
        self._account: PartyAccount | None = None
        self._demo: UUID | None = None
        self.rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.body.addLayout(self._list)
        self._done = IconLine("circle-check", _("Nothing is left to do."), _("Checklist"))
        self.add(self._done)
        self.host_button = Button(_("Host sheet"), "printer", compact=True, on_click=self._host_sheet)
        self.order_button = Button(
            _("Order to the company as CSV"), "download", compact=True, on_click=self._company_order
        )
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        flow.addWidget(self.host_button)
        flow.addWidget(self.order_button)
        self.add(buttons)
        self._build_cash()

    def _build_cash(self) -> None:
        self.add(Label(_("Cash count"), Role.STRONG))
        self._grid = QWidget()
        self._flow = FlowLayout(self._grid, gap=8, tile=104)
        self.add(self._grid)
        self.pieces: dict[int, ParsedField[int]] = {}
        self._currency = ""
        self._verdict = Label("", Role.BODY, wrap=True)
        self.add(self._verdict)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.count_button = Button(_("Keep this count"), "check", compact=True, on_click=self._count)
        row.addWidget(self.count_button)
        self.body.addLayout(row)

    # --- content

    def show_account(self, account: PartyAccount) -> None:
        """Show what is left to do, and the last count; typed pieces stay while it is the same demo."""
        other = account.party.demo.id != self._demo
        self._demo, self._account = account.party.demo.id, account
        self._show_list(account)
        if account.currency != self._currency:
            self._make_grid(account.currency)
        if other:
            counts = counts_of(account.count) if account.count is not None else {}
            for value, field in self.pieces.items():
                field.set_value(counts.get(value))
            self.float_start.set_value(account.books.float_start or None)
        self._compare()

    def _show_list(self, account: PartyAccount) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for todo in Todo:
            items = [item for item in account.checklist if item.todo is todo]
            if todo in _TOGETHER and len(items) > 1:
                names = ", ".join(item.name or _("Without customer") for item in items)
                words = _(_TOGETHER[todo]).format(names=names)
                self.rows.append(line(Label(words, Role.BODY, wrap=True), stretch=(1,)))
            else:
                self.rows += [self._row(item) for item in items]
        for row in self.rows:
            self._list.addWidget(row)
        self._done.setVisible(not self.rows)

    def _row(self, item: Item) -> QWidget:
        language = self._session.language
        assert self._account is not None
        words = _(_WORDS[item.todo]).format(
            name=item.name or _("Without customer"),
            amount=language.money(item.amount, self._account.currency),
            number=language.number(item.amount),
        )
        label = ElidedLabel(words, Role.BODY)
        label.set_tone("bad" if item.todo in _URGENT else "text")
        if item.order_id is None:
            return line(label, stretch=(1,))
        go = IconButton("chevron-right", _("Open the order of {name}").format(name=item.name))
        go.clicked.connect(Doing(self.opened.emit, "orders", item.order_id))
        return line(label, go, stretch=(1, 0))

    def _make_grid(self, currency: str) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._currency = currency
        language = self._session.language
        self.float_start = amount_field(self._session, currency)
        self._flow.addWidget(FormField(_("Brought along"), self.float_start))
        self.float_start.changed.connect(self._compare)
        self.float_start.committed.connect(self._save_float)
        self.pieces = {}
        for value in denominations(currency):
            field: ParsedField[int] = ParsedField(
                understand(self._whole), language.number, wrong=_("Enter a whole number."), placeholder="0", end=True
            )
            field.changed.connect(self._compare)
            self.pieces[value] = field
            self._flow.addWidget(FormField(_("× {value}").format(value=language.money(value, currency)), field))
        self._grid.updateGeometry()

    def _whole(self, text: str) -> int:
        number = self._session.language.parse_decimal(text)
        if number != int(number) or number < 0:
            raise ValueError(text)
        return int(number)

    def _counts(self) -> dict[int, int]:
        return {value: field.value() or 0 for value, field in self.pieces.items()}

    def _compare(self) -> None:
        """Say how the pieces compare with the ledger, while they are typed."""
        account = self._account
        if account is None:
            return
        language = self._session.language
        if all(field.is_empty() for field in self.pieces.values()):
            expected = cash_received(account.party) + max(self.float_start.value() or 0, 0)
            words = _("Type how many pieces there are. By the ledger {expected} should be in the till.")
            self._verdict.setText(words.format(expected=language.money(expected, account.currency)))
            self._verdict.set_tone("text2")
            self.count_button.setEnabled(False)
            return
        try:
            counted = cash_total(self._counts().items(), account.currency)
        except DomainError as error:
            self._verdict.setText(sentence(error) or "")
            self.count_button.setEnabled(False)
            return
        found = check_cash(counted, cash_received(account.party), max(self.float_start.value() or 0, 0))
        money = language.money
        words = _("Counted {counted}; by the ledger {expected}.").format(
            counted=money(found.counted, account.currency), expected=money(found.expected, account.currency)
        )
        if not found.difference:
            after, tone = _("It fits."), "ok"
        elif found.difference > 0:
            after = _("{amount} too much.").format(amount=money(found.difference, account.currency))
            tone = "warn"
        else:
            after, tone = _("{amount} missing.").format(amount=money(-found.difference, account.currency)), "bad"
        self._verdict.setText(_("{first} {second}").format(first=words, second=after))
        self._verdict.set_tone(tone)
        self.count_button.setEnabled(True)

    # --- what the user does

    def _save_float(self) -> None:
        account = self._account
        value = self.float_start.value() or 0
        if account is None or self.float_start.error() or value == account.books.float_start:
            return
        self._session.run(self, save_books, account.party.demo.id, replace(account.books, float_start=value))

    def _count(self) -> None:
        if self._account is not None and not any(field.check() for field in self.pieces.values()):
            self._session.run(
                self, count_cash, self._account.party.demo.id, self._currency, self._counts(), said=_("Cash counted")
            )

    def _host_sheet(self) -> None:
        from directsell.ui.widgets.paper_dialog import show_drawn  # the PDF engine loads with the first paper
        from directsell.usecases.party_sheets import host_sheet_pdf

        account = self._account
        if account is not None:
            language = self._session.language
            trace = account.reward.trace if account.reward is not None else ()
            why = tuple(step_sentence(step, language, account.currency) for step in trace)
            day = self._session.today()
            show_drawn(self._session, self.window(), _("For the host"), host_sheet_pdf, account.party.demo.id, day, why)

    def _company_order(self) -> None:
        from directsell.ui.files import save_file
        from directsell.usecases.party_sheets import write_company_order

        account = self._account
        if account is not None:
            name = _("Order of {day}").format(day=account.party.demo.day.isoformat())
            writer = partial(write_company_order, account=account, language=self._session.language)
            save_file(self._session, self, writer, name=name, suffix=".csv", kind=_("CSV files (*.csv)"))
