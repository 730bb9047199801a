"""What closing a party takes, on the demo's page and at the desk: the checklist with its ways out, and the cash count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.domain.cash_counts import cash_total, check_cash, denominations
from directsell.domain.errors import DomainError
from directsell.i18n import N_, _
from directsell.store.queries.settlements import Item, PartyAccount, Todo, cash_received, counts_of
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.fields import FormField, ParsedField
from directsell.ui.widgets.icon_line import IconLine
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.typed import amount_field, understand
from directsell.usecases.parties import count_cash
from directsell.usecases.reward_words import rights_words
from directsell.usecases.settling import save_books

_WORDS = {
    Todo.OPEN_SLIP: N_("{name}: the slip is not finished"),
    Todo.NO_SLIP: N_("{name}: no slip was printed"),
    Todo.UNPAID: N_("{name}: {amount} still open"),
    Todo.NO_PHONE: N_("{name}: no telephone number"),
    Todo.NO_SIGNATURE: N_("{name}: the signature is missing"),
    Todo.SIGNED_BEFORE: N_("{name}: changed after signing, to be signed again"),
    Todo.RIGHTS_LEFT: N_("{name}: {rights} unused"),
    Todo.CREDIT_LEFT: N_("{name}: {amount} of the credit unused"),
    Todo.NOT_COUNTED: N_("The cash was not counted yet: {amount} by the ledger"),
    Todo.CASH_DIFFERS: N_("The cash differs from the ledger by {amount}"),
}
_TOGETHER = {
    Todo.NO_SLIP: N_("No slip was printed:"),
    Todo.NO_PHONE: N_("No telephone number:"),
    Todo.NO_SIGNATURE: N_("The signature is missing:"),
    Todo.SIGNED_BEFORE: N_("Changed after signing, to be signed again:"),
}
_LINE = 36  # pixels of a compact button
_URGENT = (Todo.OPEN_SLIP, Todo.UNPAID, Todo.CASH_DIFFERS)


# What the button at the end of a row says.
_HELP = {
    Todo.OPEN_SLIP: N_("Finish it"),
    Todo.NO_SLIP: N_("Print it"),
    Todo.UNPAID: N_("Take money"),
    Todo.NO_PHONE: N_("Add a number"),
    Todo.NO_SIGNATURE: N_("Sign"),
    Todo.SIGNED_BEFORE: N_("Sign"),
    Todo.RIGHTS_LEFT: N_("Redeem"),
    Todo.CREDIT_LEFT: N_("Redeem"),
    Todo.NOT_COUNTED: N_("Count"),
    Todo.CASH_DIFFERS: N_("Count again"),
}


class Checklist(QWidget):
    """``Checklist(session)``: ``show_items(items, currency)``, ``rows``; each row leads to where it is mended.

    Signal: ``wanted(object Item)``.
    """

    wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._currency = ""
        self.rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._done = IconLine("circle-check", _("Nothing is left to do."), _("Checklist"))
        self._column.addWidget(self._done)

    def show_items(self, items: Sequence[Item], currency: str) -> None:
        """Show what is left to do; what concerns several people alike stands in one row."""
        self._currency = currency
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for todo in Todo:
            alike = [item for item in items if item.todo is todo]
            if todo in _TOGETHER and len(alike) > 1:
                self.rows.append(self._row(_(_TOGETHER[todo]), alike, urgent=False))
            else:
                self.rows += [self._row(self._words(one), [one], urgent=todo in _URGENT) for one in alike]
        for row in self.rows:
            self._column.addWidget(row)
        self._done.setVisible(not self.rows)

    def _words(self, item: Item) -> str:
        language = self._session.language
        return _(_WORDS[item.todo]).format(
            name=item.name or _("Without customer"),
            amount=language.money(item.amount, self._currency),
            rights=rights_words(item.amount, language) if item.todo is Todo.RIGHTS_LEFT else "",
        )

    def _row(self, words: str, items: Sequence[Item], *, urgent: bool) -> QWidget:
        """Return the words with a button for each item: the name where there are several, else what helps."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = Label(words, Role.BODY, wrap=True)
        if len(items) > 1:  # beside the first line of names
            box.setContentsMargins(0, 4, 0, 8)
            label.setMinimumHeight(_LINE)
        label.set_tone("bad" if urgent else "text")
        row.addWidget(label, 1, Qt.AlignmentFlag.AlignTop if len(items) > 1 else Qt.AlignmentFlag.AlignVCenter)
        if len(items) == 1:
            row.addWidget(self._button(items[0], _(_HELP[items[0].todo]), words))
            return box
        names = QWidget()
        flow = FlowLayout(names, gap=4)
        for item in items:
            name = item.name or _("Without customer")
            flow.addWidget(self._button(item, name, f"{words} {name}"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        names.setSizePolicy(policy)
        row.addWidget(names, 2)
        return box

    def _button(self, item: Item, words: str, name: str) -> Button:
        button = Button(words, compact=True)
        button.setAccessibleName(name)
        button.clicked.connect(_Wanting(self, item))
        return button


class CashCounter(QWidget):
    """``CashCounter(session)``: ``show_account(account)``; ``pieces`` by denomination, ``float_start``, ``count_button``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._account: PartyAccount | None = None
        self._demo: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(_("Cash count"), Role.STRONG))
        self._grid = QWidget()
        self._flow = FlowLayout(self._grid, gap=8, tile=104)
        column.addWidget(self._grid)
        self.pieces: dict[int, ParsedField[int]] = {}
        self._currency = ""
        self._verdict = Label("", Role.BODY, wrap=True)
        column.addWidget(self._verdict)
        row = QHBoxLayout()
        row.addStretch(1)
        self.count_button = Button(_("Keep this count"), "check", compact=True, on_click=self._count)
        row.addWidget(self.count_button)
        column.addLayout(row)

    def show_account(self, account: PartyAccount) -> None:
        """Show the last count; typed pieces stay while it is the same demo."""
        other = account.party.demo.id != self._demo
        self._demo, self._account = account.party.demo.id, account
        if account.currency != self._currency:
            self._make_grid(account.currency)
        if other:
            counts = counts_of(account.count) if account.count is not None else {}
            for value, field in self.pieces.items():
                field.set_value(counts.get(value))
            self.float_start.set_value(account.books.float_start or None)
        self._compare()

    def focus(self) -> None:
        """Go on with the first denomination."""
        next(iter(self.pieces.values()), self.count_button).setFocus()

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


class _Wanting:
    """Asks for the place that mends an item; a callable that holds no row."""

    def __init__(self, checklist: Checklist, item: Item) -> None:
        self._checklist = checklist
        self._item = item

    def __call__(self, _checked: bool = False) -> None:
        self._checklist.wanted.emit(self._item)
