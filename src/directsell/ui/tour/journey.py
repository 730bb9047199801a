"""The first journey, step by step, through the real widgets: from the welcome to the follow-up after the delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from directsell.context import Context
from directsell.domain.demos import Demo, DemoGuest
from directsell.domain.followups import FollowUp
from directsell.domain.invoicing import IssuedPaper
from directsell.domain.orders import Order, OrderLine
from directsell.domain.payments import Payment
from directsell.domain.people import ContactEntry, Person
from directsell.i18n import N_, _, active_language
from directsell.store.queries.due import due_week
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.ui import dialogs as dialogs_module
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.shell import Shell
from directsell.ui.tour import scene
from directsell.ui.tour.player import Player, Stuck
from directsell.ui.welcome import Welcome
from directsell.ui.widgets.import_dialog import ImportDialog
from directsell.ui.widgets.paper_dialog import PaperDialog

ENTER, TAB, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Down
_KINDS = (Person, ContactEntry, Demo, DemoGuest, Order, OrderLine, Payment, IssuedPaper, FollowUp)
FOLLOW_UP_AFTER = timedelta(days=2)


@dataclass
class Journey:
    """``Journey(player, make_context, out)``: each step is a method; ``STEPS`` names them in order.

    Attributes:
        player: plays.
        make_context: gives the context of a start, so many days from now.
        out: folder of pictures and papers.
        dialogs: answers questions about files.
    """

    player: Player
    make_context: Callable[[timedelta], Context]
    out: Path
    dialogs: ScriptedDialogs = field(default_factory=ScriptedDialogs)
    _pictures: int = 0

    # --- what every step uses

    def _picture(self, name: str, widget: Any = None) -> None:
        self._pictures += 1
        self.player.picture(self.out / f"{self._pictures:02d}-{name}.png", widget)

    def _expect(self, condition: object, what: str) -> None:
        if not condition:
            raise Stuck(what)

    @contextmanager
    def scripted(self) -> Iterator[None]:
        """Let ``dialogs`` answer instead of a person, as long as the journey goes."""
        before = dialogs_module.use(self.dialogs)
        try:
            yield
        finally:
            dialogs_module.use(before)

    def person(self, given: str) -> UUID:
        """Return the id of somebody by given name."""
        found: list[Person] = self.player.app.read(lambda reader: reader.find(Person, given=given))
        self._expect(found, f"{given} is in the book")
        return found[0].id

    def _dialog(self, kind: type[Any]) -> Any:
        self.player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind), kind.__name__)
        self.player.settle()
        return QApplication.activeModalWidget()

    # --- the steps

    def welcome(self) -> None:
        """The first start: my business, by keyboard."""
        player = self.player
        player.start(self.make_context(timedelta()))
        welcome = player.wait_for(Welcome)
        self._picture("welcome")
        player.tab_to(welcome.own_button)
        player.type(Qt.Key.Key_Space)
        form = welcome.form
        player.fill(form.name, scene.SELLER)
        player.fill(form.street, scene.STREET)
        player.fill(form.postcode, scene.POSTCODE)
        player.fill(form.city, scene.CITY)
        player.fill(form.region, scene.REGION)
        player.fill(form.rate, active_language().number(scene.RATE))
        self._picture("my-business")
        player.tab_to(welcome.continue_button)
        player.type(Qt.Key.Key_Space)
        if welcome.protection.value() != "file":
            player.tab_to(welcome.protection)
            player.type(Qt.Key.Key_Right)
        self._expect(welcome.protection.value() == "file", "protection by a key file")
        player.tab_to(welcome.start_button)
        player.type(Qt.Key.Key_Space)
        player.wait_for(Shell)
        self._expect(player.app.read(business).name == scene.SELLER, "the business is there")
        self._picture("today-empty")

    def catalogue(self) -> None:
        """A price list is imported: found through the search, with preview and check."""
        player = self.player
        path = self.out / "price-list.csv"
        path.write_text(scene.PRICE_LIST, encoding="utf-8")
        player.press("Ctrl+K")
        player.type(_("Import products"))
        self.dialogs.answer(path)
        player.type(ENTER)
        dialog: ImportDialog = self._dialog(ImportDialog)
        player.type(Qt.Key.Key_Space)
        player.wait(lambda: dialog.step is dialog.columns_step, "the columns")
        self._picture("import-columns", dialog)
        player.tab_to(dialog.forward)
        player.type(Qt.Key.Key_Space)
        player.wait(lambda: dialog.step is dialog.review_step, "the check")
        player.type(Qt.Key.Key_Space)
        player.wait(lambda: dialog.step is dialog.result_step, "the import")
        self._picture("imported", dialog)
        player.type(Qt.Key.Key_Space)
        player.press("Ctrl+6")
        player.page("products")
        self._picture("products")

    def prospect(self) -> None:
        """A prospect with phone, lead source and need."""
        player = self.player
        player.press("Ctrl+2")
        page = player.page("people")
        player.press("Ctrl+N")
        form = page.form
        player.fill(form.given, scene.HOST_GIVEN)
        player.fill(form.family, scene.HOST_FAMILY)
        player.fill(form.reach.rows()[0].edit, scene.HOST_PHONE)
        address = form.addresses.rows()[0]
        player.fill(address.street, scene.HOST_STREET)
        player.fill(address.postcode, scene.POSTCODE)
        player.fill(address.city, scene.CITY)
        player.fill(address.region, scene.REGION)
        player.fill(form.lead_source, scene.LEAD)
        player.fill(form.need, scene.NEED)
        self._picture("new-person")
        player.press("Ctrl+S")
        player.wait(lambda: form.isHidden() and page.detail.card is not None, "the person to be saved")
        self._expect(self.person(scene.HOST_GIVEN), "the prospect")

    def call(self) -> None:
        """A call with its outcome, taken back and done again."""
        player = self.player
        page = player.page("people")
        player.press("Ctrl+Shift+C")
        sheet = page.contact
        player.wait(lambda: not sheet.isHidden(), "the sheet of the call")
        player.type("5")
        player.fill(sheet.text, scene.SAID)
        player.press("Ctrl+S")
        player.wait(lambda: sheet.isHidden(), "the call to be logged")
        logged = self._calls()
        player.press("Ctrl+Z")
        taken_back = self._calls()
        player.press("Ctrl+Shift+Z")
        self._expect((logged, taken_back, self._calls()) == (1, 0, 1), "undo and redo of the call")
        self._picture("person")

    def _calls(self) -> int:
        return len(self.player.app.read(lambda reader: reader.find(ContactEntry)))

    def demo(self) -> None:
        """A demo this evening at the prospect's home."""
        player = self.player
        player.press("Ctrl+Shift+B")
        page = player.page("demos")
        form = page.form
        player.wait(lambda: not form.isHidden(), "the form of the demo")
        player.fill(form.day, player.session.language.date(player.session.today(), "short"))
        player.fill(form.starts, "1930")
        player.fill(form.expected, "3")
        self._picture("new-demo")
        player.press("Ctrl+S")
        player.wait(lambda: form.isHidden() and page.detail.card is not None, "the demo to be booked")
        self._picture("demo-booked")

    def guests(self) -> None:
        """Three guests, typed by name; each is new and needs three fields."""
        player = self.player
        page = player.page("demos")
        sheet = page.newcomer
        for guest in scene.GUESTS:
            player.press("Ctrl+G")
            player.type(guest.name, ENTER)
            player.wait(lambda: not sheet.isHidden(), "the sheet of a new person")
            player.fill(sheet.phone, guest.phone)
            player.press("Ctrl+S")
            player.wait(lambda: sheet.isHidden(), f"{guest.name} to be a guest")
        self._picture("demo")

    def first_order(self) -> None:
        """By product code, with discount, tax and shipping, paid in cash; the slip is printed."""
        editor = self._new_order(scene.GUESTS[0].name)
        player = self.player
        player.type("CV-110", ENTER, "2", ENTER, "CV-402", ENTER, ENTER)
        player.fill(editor.lines.rows()[1].off, "10%")
        player.fill(editor.summary.freight, "5")
        player.press("F6")
        player.type("100")
        self._picture("order-form")
        self._slip()

    def second_order(self) -> None:
        """By the name of the product, paid by card."""
        self._new_order(scene.GUESTS[1].name)
        player = self.player
        player.type("stoneware", ENTER, ENTER)
        player.press("F7")
        player.type("4242")
        self._slip()

    def third_order(self) -> None:
        """By barcode, as a scanner types it; a part is paid by check."""
        editor = self._new_order(scene.GUESTS[2].name)
        player = self.player
        player.type("4006381333979", ENTER, "4006381333931", ENTER)
        player.press("F8")
        player.type("1188")
        (row,) = editor.money.rows()
        player.fill(row.amount, "60")
        self._slip()

    def _new_order(self, name: str) -> Any:
        player = self.player
        player.press("Ctrl+4")
        player.page("demos")
        player.press("Ctrl+Shift+O")
        page = player.page("orders")
        player.wait(lambda: page.is_typing, "the form of the order")
        self._expect(page.editor.head.demo.value() is not None, "the order belongs to the demo")
        player.tab_to(page.editor.head.person)
        player.type(name, ENTER)
        self._expect(page.editor.head.person.person_id() == self.person(name.split()[0]), f"{name} is the customer")
        player.press("F2")
        return page.editor

    def _slip(self) -> None:
        """Save the order, issue its slip, look at it, save the PDF."""
        self.player.press("Ctrl+P")
        self._paper()

    def _paper(self) -> None:
        player = self.player
        dialog: PaperDialog = self._dialog(PaperDialog)
        player.wait(lambda: dialog.leaf() is not None, "the paper")
        row = dialog.row
        self._expect(row, "an issued paper")
        assert row is not None
        self._picture(f"paper-{row.number}", dialog)
        self.dialogs.answer(self.out / f"{row.number}.pdf")
        path = self.out / f"{row.number}.pdf"
        player.press("Ctrl+S")
        player.wait(path.exists, "the PDF in the folder")
        player.type(ESCAPE)
        player.wait(lambda: QApplication.activeModalWidget() is None, "the paper to be closed")

    def deliver(self) -> None:
        """Every order is delivered; the invoice follows at once, and what was open is paid."""
        for guest in scene.GUESTS:
            self.player.press("Ctrl+5")
            page = self.player.page("orders")
            self._choose_order(page, guest.name)
            self._deliver(page)
            self._picture(f"delivered-{guest.name.split()[0].lower()}")
            self.player.tab_to(page.detail.card().yes)
            self.player.type(Qt.Key.Key_Space)
            self._paper()

    def _deliver(self, page: Any) -> None:
        player = self.player
        player.press("Ctrl+D")
        player.wait(lambda: page.detail.card() is not None, "the question of the delivery")
        question = page.detail.card()
        player.tab_to(question.yes)
        player.type(Qt.Key.Key_Space)
        player.wait(lambda: page.detail.card() not in (None, question), "the delivery")

    def _choose_order(self, page: Any, name: str) -> None:
        player = self.player
        player.press("Ctrl+F")
        search = QApplication.focusWidget()
        if isinstance(search, QLineEdit):
            search.selectAll()
        player.type(name.split()[1], ENTER)
        person = self.person(name.split()[0])
        player.wait(lambda: page.listing.list.model_.count == 1, f"the order of {name} in the list")
        player.tab_to(page.listing.list)
        player.type(DOWN)
        player.wait(
            lambda: page.detail.view is not None and page.detail.view.order.person_id == person, f"the order of {name}"
        )

    def rest(self) -> None:
        """The rest of the part payment is paid in cash."""
        player = self.player
        page = player.page("orders")
        player.press("Ctrl+B")
        player.wait(lambda: page.detail.card() is not None, "the question of the payment")
        player.type(ENTER)
        player.wait(lambda: page.detail.card() is None, "the payment")
        self._expect(page.detail.view.balance == 0, "nothing is open")
        player.press("Ctrl+8")
        player.page("documents")
        self._picture("documents")
        player.press("Ctrl+9")
        player.page("history")
        self._picture("history")

    def restart(self) -> None:
        """The program is closed and started again the day after tomorrow: all is there, and the follow-ups stand on Today."""
        player = self.player
        before = self._figures()
        player.close()
        player.start(self.make_context(FOLLOW_UP_AFTER))
        player.wait_for(Shell)
        self._expect(self._figures() == before, "everything is there again")
        player.page("today")
        self._expect(
            self._due() == {guest.name for guest in scene.GUESTS}, "the follow-ups of the three guests are due"
        )
        self._picture("today")
        player.close()

    def _figures(self) -> tuple[int, ...]:
        return self.player.app.read(_sizes)

    def _due(self) -> set[str]:
        player = self.player
        week = player.app.read(due_week, player.session.today(), shown=20)
        return {contact.name for contact in week.today.contacts}


def _sizes(reader: Reader) -> tuple[int, ...]:
    return tuple(len(reader.find(kind)) for kind in _KINDS)


STEPS: tuple[tuple[str, str], ...] = (
    ("welcome", N_("First start: my business, name, address, tax")),
    ("catalogue", N_("Price list imported")),
    ("prospect", N_("Prospect with phone, lead source and need")),
    ("call", N_("Call logged with its outcome, undone, redone")),
    ("demo", N_("Demo booked at the prospect's home")),
    ("guests", N_("Three guests on the list")),
    ("first_order", N_("Order by product code: discount, tax, shipping, cash; slip")),
    ("second_order", N_("Order by name, paid by card; slip")),
    ("third_order", N_("Order by barcode, part paid by check; slip")),
    ("deliver", N_("Delivered, with an invoice for each")),
    ("rest", N_("The rest is paid")),
    ("restart", N_("Closed and started again: all is there, follow-ups stand on Today")),
)
