"""Closing the party at the desk: what is left to do with the way to each, the cash count, then closed and left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from directsell.domain.demos import Demo, DemoState
from directsell.i18n import _, ngettext
from directsell.store.changes import ChangeSet
from directsell.store.queries.settlements import Item, PartyAccount, Todo, party_account
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.slips import SlipBook
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.party_closing import CashCounter, Checklist
from directsell.ui.widgets.sheets import SideSheet
from directsell.ui.widgets.signing import ask_signature
from directsell.usecases.demos import change_demo_state

_TABLES = ("sales_order", "order_line", "payment", "issued_paper", "signature", "reach_point", "cash_count", "setting")
_SIGN = (Todo.NO_SIGNATURE, Todo.SIGNED_BEFORE)
_HOST = (Todo.RIGHTS_LEFT, Todo.CREDIT_LEFT)


class ClosingSheet(SideSheet):
    """``ClosingSheet(session, host)``: ``show_account(account, items)``; ``checklist``, ``cash``, ``close_button``."""

    def __init__(self, session: Session, host: QWidget, close_party: Callable[[], object]) -> None:
        super().__init__(host, _("Close the party"), width=520)
        self.summary = Label("", Role.MUTED, wrap=True)
        self.add(self.summary)
        self.checklist = Checklist(session)
        self.add(self.checklist)
        self.cash = CashCounter(session)
        self.add(self.cash)
        self.add_action(Button(_("Back to the party"), kind=Kind.QUIET, on_click=self.ask_close))
        self.close_button = Button(_("Close and leave"), "list-checks", kind=Kind.PRIMARY, on_click=close_party)
        self.add_action(self.close_button)

    def show_account(self, account: PartyAccount, items: Sequence[Item]) -> None:
        """Show what is left to do."""
        left = len(items)
        words = ngettext("{n} thing is left to do.", "{n} things are left to do.", left).format(n=left)
        self.summary.setText(words if left else "")
        self.summary.setVisible(bool(left))
        self.checklist.show_items(items, account.currency)
        self.cash.show_account(account)
        closed = account.party.demo.state not in (DemoState.PLANNED, DemoState.CONFIRMED, DemoState.OPEN)
        self.close_button.setText(_("Leave the desk") if closed else _("Close and leave"))


class Desk(Protocol):
    """What closing needs of the desk; the page is it."""

    demo_id: UUID | None
    evening: Evening | None
    slips: SlipBook

    def open_slip(self, person_id: object) -> None:
        """Take a slip in hand."""

    def open_person(self, person_id: object) -> None:
        """Show somebody's orders."""

    def redeem(self, person_id: UUID | None = None) -> None:
        """Take the order in hand with which a host redeems."""

    def leave(self) -> None:
        """Go back to the demo."""


class DeskClosing(QObject):
    """``DeskClosing(session, page, desk)``: ``ask()`` opens the sheet, which follows the book while it is open."""

    def __init__(self, session: Session, page: QWidget, desk: Desk) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._desk = desk
        self._account: PartyAccount | None = None
        self.sheet: ClosingSheet | None = None
        session.changed.connect(self._changed)

    def ask(self) -> None:
        """Show what is left to do before the party is closed."""
        if self._desk.demo_id is None:
            return
        if self.sheet is None:
            self.sheet = ClosingSheet(self._session, self._page, self._close)
            self.sheet.checklist.wanted.connect(self._mend)
        self._read()
        self.sheet.open_sheet(self.sheet.close_button)

    def _changed(self, changes: object) -> None:
        sheet = self.sheet
        if sheet is not None and not sheet.isHidden() and isinstance(changes, ChangeSet) and changes.touches(*_TABLES):
            self._read()

    def _read(self) -> None:
        self._session.read(self, party_account, self._desk.demo_id, done=self._show)

    def _show(self, account: PartyAccount) -> None:
        if self.sheet is not None and account.party.demo.id == self._desk.demo_id:
            self._account = account
            self.sheet.show_account(account, [*self._half_typed(), *account.checklist])

    def _half_typed(self) -> list[Item]:
        """Return the slips on which something is typed; those that are stored drafts are in the account's list."""
        evening = self._desk.evening
        found = [evening.sitter(key) for key in self._desk.slips.typing()] if evening is not None else []
        stored = (
            {item.person_id for item in self._account.checklist if item.todo is Todo.OPEN_SLIP} if self._account else ()
        )
        slips = [one for one in found if one is not None and one.id not in stored]
        return [Item(Todo.OPEN_SLIP, one.name, person_id=one.id) for one in sorted(slips, key=lambda one: one.name)]

    def _mend(self, item: object) -> None:
        """Leave the sheet for the place that mends an item."""
        sheet = self.sheet
        if not isinstance(item, Item) or sheet is None:
            return
        if item.todo in (Todo.NOT_COUNTED, Todo.CASH_DIFFERS):
            sheet.cash.focus()
            sheet.scroll_to(sheet.cash)
            return
        if item.todo in _SIGN and item.order_id is not None:
            ask_signature(self._session, sheet, item.order_id)
            return
        sheet.close_sheet()
        if item.todo is Todo.OPEN_SLIP:
            self._desk.open_slip(item.person_id)
        elif item.todo is Todo.UNPAID and item.order_id is not None:
            self._session.navigation.go("orders", str(item.order_id), "pay")
        elif item.todo is Todo.NO_PHONE and item.person_id is not None:
            self._session.navigation.go("people", str(item.person_id))
        elif item.todo in _HOST:
            self._desk.redeem(item.person_id)
        else:
            self._desk.open_person(item.person_id)

    def _close(self) -> None:
        """Close the party, unless it is closed already, and go back to the demo."""
        account = self._account
        if account is None:
            return
        demo = account.party.demo
        if demo.state in (DemoState.PLANNED, DemoState.CONFIRMED):
            self._step(demo, DemoState.OPEN, self._opened)
        elif demo.state is DemoState.OPEN:
            self._step(demo, DemoState.CLOSING, self._closed, said=_("The party is closed"))
        else:
            self._closed(demo)

    def _step(self, demo: Demo, state: DemoState, done: Callable[[Demo], object], *, said: str = "") -> None:
        self._session.run(self, change_demo_state, demo.id, state, done=done, said=said)

    def _opened(self, demo: Demo) -> None:
        """A demo that was never started has begun by now: it has a slip."""
        self._step(demo, DemoState.CLOSING, self._closed, said=_("The party is closed"))

    def _closed(self, _demo: Demo) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self._desk.leave()
