"""Closing a demo, on its detail: what is left to do, the cash by denomination, host sheet, the order to the company."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.queries.settlements import Item, PartyAccount, Todo
from directsell.ui.routes import REDEEM
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.party_closing import CashCounter, Checklist
from directsell.ui.widgets.signing import ask_signature

_SIGN = (Todo.NO_SIGNATURE, Todo.SIGNED_BEFORE)
_REWARD = (Todo.RIGHTS_LEFT, Todo.CREDIT_LEFT)


class ClosingCard(Card):
    """``ClosingCard(session)``: ``show_account(account)``; ``checklist``, ``cash``.

    Signal: ``opened(str page, object id)``.
    """

    opened = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Closing"), parent=parent)
        self._session = session
        self._account: PartyAccount | None = None
        self.checklist = Checklist(session)
        self.checklist.wanted.connect(self._mend)
        self.add(self.checklist)
        self.redeem_button = Button(_("Redeem the reward"), "gift", compact=True, on_click=self._redeem)
        self.host_button = Button(_("Host sheet"), "printer", compact=True, on_click=self._host_sheet)
        self.order_button = Button(
            _("Order to the company as CSV"), "download", compact=True, on_click=self._company_order
        )
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        flow.addWidget(self.redeem_button)
        flow.addWidget(self.host_button)
        flow.addWidget(self.order_button)
        self.add(buttons)
        self.cash = CashCounter(session)
        self.add(self.cash)

    def show_account(self, account: PartyAccount) -> None:
        """Show what is left to do, and the last count; typed pieces stay while it is the same demo."""
        self._account = account
        self.checklist.show_items(account.checklist, account.currency)
        self.cash.show_account(account)
        reward = account.reward
        self.redeem_button.setVisible(reward is not None and bool(reward.credit or reward.rights or reward.gifts))

    def _redeem(self) -> None:
        """Go to the host's own order at the desk."""
        if self._account is not None:
            self._session.navigation.go("desk", str(self._account.party.demo.id), REDEEM)

    def _mend(self, item: object) -> None:
        """Go where an item is mended."""
        account = self._account
        if not isinstance(item, Item) or account is None:
            return
        if item.todo in (Todo.NOT_COUNTED, Todo.CASH_DIFFERS):
            self.cash.focus()
        elif item.todo is Todo.NO_PHONE and item.person_id is not None:
            self.opened.emit("people", item.person_id)
        elif item.todo in _SIGN and item.order_id is not None:
            ask_signature(self._session, self, item.order_id)
        elif item.todo in _REWARD:
            self._redeem()
        elif item.todo is Todo.OPEN_SLIP or item.order_id is None:
            self.opened.emit("desk", account.party.demo.id)
        else:
            self.opened.emit("orders", item.order_id)

    def _host_sheet(self) -> None:
        from directsell.ui.widgets.paper_dialog import show_drawn  # the PDF engine loads with the first paper
        from directsell.usecases.party_sheets import host_sheet_pdf

        account = self._account
        if account is not None:
            day = self._session.today()
            show_drawn(self._session, self.window(), _("For the host"), host_sheet_pdf, account.party.demo.id, day)

    def _company_order(self) -> None:
        from directsell.ui.files import save_file
        from directsell.usecases.party_sheets import write_company_order

        account = self._account
        if account is not None:
            name = _("Order of {day}").format(day=account.party.demo.day.isoformat())
            writer = partial(write_company_order, account=account, language=self._session.language)
            save_file(self._session, self, writer, name=name, suffix=".csv", kind=_("CSV files (*.csv)"))
