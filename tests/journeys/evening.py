"""Scenario A at the real window: Dana's party as a seller types and clicks it. What must stand on the screen: the test."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication

from directsell.domain.demos import CostKind, Demo
from directsell.domain.host_programmes.redeem import Use
from directsell.domain.orders import Handover
from directsell.i18n import _, active_language
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.import_dialog import ImportDialog
from tests.journeys.hands import DELETE, DOWN, ENTER, ESCAPE, HOME, SPACE, TAB, UP, Hands, seen

STREET = "9 Hidden Lane"
GOODS = """Code,Name,Price,Brand,Tax class
CV-110,Peeler,12.50,Casa Verde,standard
CV-204,Batter Bowls,46.00,Casa Verde,standard
CV-315,Stoneware Pan,58.00,Casa Verde,standard
CV-402,Chopper,34.00,Casa Verde,standard
CV-518,Spice Trio,21.00,Casa Verde,food
CV-777,Serving Board,88.00,Casa Verde,standard
"""


class Evening(Hands):
    """Each step of the scenario is a method, as a seller does it."""

    # --- before the party

    def prepare(self) -> None:
        """My business, tax-free food, the price list, the programme, the host, a known customer, the party."""
        self.journey.welcome()
        self._tax_free_food()
        self._catalogue()
        self._programme()
        self.journey.prospect()
        self._amy()
        self._party()

    def _tax_free_food(self) -> None:
        player = self.player
        player.session.navigation.go("settings", None, "taxes")
        player.settle()
        section = self.page.section("taxes")
        self.click(section.exempt["food"])
        self.picture("taxes")

    def _catalogue(self) -> None:
        player = self.player
        path = self.out / "price-list.csv"
        path.write_text(GOODS, encoding="utf-8")
        player.press("Ctrl+K")
        player.type(_("Import products"))
        self.journey.dialogs.answer(path)
        player.type(ENTER)
        player.wait(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog), "the import")
        player.settle()
        dialog: Any = QApplication.activeModalWidget()
        player.type(SPACE)
        player.wait(lambda: dialog.step is dialog.columns_step, "the columns")
        player.tab_to(dialog.forward)
        player.type(SPACE)
        player.wait(lambda: dialog.step is dialog.review_step, "the check")
        player.type(SPACE)
        player.wait(lambda: dialog.step is dialog.result_step, "the import")
        player.type(SPACE)

    def _programme(self) -> None:
        """A sample becomes the seller's own, and is saved as it is."""
        player = self.player
        player.session.navigation.go("programmes")
        player.settle()
        page = player.page("programmes")
        sample = next(sample for sample in page.samples if sample.key == "us-steps-weighted")
        player.press("Ctrl+K")
        player.type(_("Sample programme: {name}").format(name=sample.name), ENTER)
        self.picture("programme")
        player.press("Ctrl+S")
        self.until(lambda: page.items, "the programme")

    def _amy(self) -> None:
        """A customer who is known already, with her address."""
        player = self.player
        page = self.go("people")
        player.press("Ctrl+N")
        form = page.form
        player.fill(form.given, "Amy")
        player.fill(form.family, "Okafor")
        player.fill(form.reach.rows()[0].edit, "505 555 0143")
        address = form.addresses.rows()[0]
        player.fill(address.street, STREET)
        player.fill(address.city, "Taos")
        player.press("Ctrl+S")
        player.wait(form.isHidden, "Amy to be saved")

    def _party(self) -> None:
        player = self.player
        player.session.navigation.go("people", str(self.journey.person("Dana")))
        player.settle()
        self.journey.demo()
        page = player.page("demos")
        self.picture("demo")
        self.click(page.detail.desk)
        player.page("desk")
        player.settle()
        self.picture("desk-empty")

    # --- at the desk

    def person(self, name: str) -> Any:
        """Show somebody's record; returns the detail."""
        page = self.go("people")
        self.player.session.navigation.go("people", str(self.journey.person(name.split()[0])))
        self.until(lambda: page.detail.card is not None and page.detail.card.name == name, name)
        self.picture(f"person-{name.split()[0].lower()}")
        return page.detail

    def demo(self, host: str) -> Any:
        """Show the demo of a host; returns the detail."""
        player = self.player
        host_id = self.journey.person(host.split()[0])
        (demo,) = player.app.read(lambda reader: reader.find(Demo, host_id=host_id))
        player.session.navigation.go("demos", str(demo.id))
        detail = player.page("demos").detail
        self.until(lambda: detail.card is not None and detail.card.demo.id == demo.id, f"the demo of {host}")
        return detail

    def open_desk(self) -> None:
        """Go to the desk of Dana's party, from the demo's page."""
        self.click(self.demo("Dana Ruiz").desk)
        self.player.page("desk")
        self.player.settle()

    def guest(self, name: str, phone: str = "") -> None:
        """Take up somebody: name, phone, consent; one who is known is found by the name."""
        player = self.player
        player.press("Ctrl+G")
        if not phone:
            player.type(name)
            self.until(lambda: self.page._sheet.name.proposals(), "the proposals")
            player.type(ENTER)
        else:
            player.type(name, ENTER, phone, TAB, SPACE)
        self.picture(f"guest-{name.split()[0].lower()}")
        player.press("Ctrl+S")
        self.until(lambda: self.page._sheet.isHidden(), f"{name} to be a guest")

    def take(self, name: str) -> None:
        """Find somebody in the list of guests and take her slip in hand."""
        self.player.press("Ctrl+F")
        self.player.type(name, ENTER)
        self.player.settle()

    def goods(self, *codes: str) -> None:
        """Type goods, one of each; ``3 CV-110`` are three."""
        for code in codes:
            self.player.type(code, ENTER)
            if not code[0].isdigit():
                self.player.type(ENTER)

    def place(self) -> None:
        """Place the order in hand."""
        self.player.press("Ctrl+S")
        self.until(lambda: self.page.is_placed, "the order to be placed")

    def order_1(self) -> bytes:
        """Amy, by keyboard alone: code, quantity, Enter; shipping, payment, slip."""
        player, editor = self.player, self.page.editor
        self.take("amy")
        player.type("CV-402", ENTER, ENTER, "CV-110", ENTER, "2", ENTER)
        player.fill(editor.summary.freight, "5")
        player.press("F6")
        player.type("100")
        self.picture("order-1")
        player.press("Ctrl+P")
        return self.paper("slip-1")

    def order_2(self) -> None:
        """Beth, by card."""
        self.take("beth")
        self.goods("CV-315", "CV-518")
        self.player.press("F7")
        self.player.type("4242")
        self.picture("order-2")
        self.place()

    def order_3(self) -> None:
        """Carla, a tenth off for her birthday, by check."""
        self.take("carla")
        self.goods("CV-777")
        self.player.fill(self.page.editor.lines.rows()[0].off, "10%")
        self.player.press("F8")
        self.player.type("1188")
        self.place()

    def order_4_begun(self) -> None:
        """Dee: one line, and half of a second one."""
        self.take("dee")
        self.goods("3 CV-110")
        self.player.type("CV-2")
        self.player.wait(lambda: self.page.editor._keeper.is_kept, "the keys to be kept")

    def order_4(self) -> None:
        """Dee again: the second line was a mistake; in cash."""
        editor = self.page.editor
        self.picture("order-4-restored")
        editor.entry.focus()
        self.player.press("Ctrl+A")
        self.player.type(DELETE)
        self.player.press("F6")
        self.player.type("50")
        self.place()

    def order_5(self) -> None:
        """Ella: a part in cash, the rest on delivery."""
        self.take("ella")
        self.goods("CV-204", "CV-518")
        self.player.press("F6")
        (row,) = self.page.editor.money.rows()
        self.player.fill(row.amount, "20")
        self.picture("order-5")
        self.place()

    def order_6(self) -> None:
        """Fay: sent to her own address, by card."""
        player, editor = self.player, self.page.editor
        self.take("fay")
        self.goods("CV-402", "CV-315")
        player.tab_to(editor.handover)
        while editor.handover.value() is not Handover.TO_CUSTOMER:
            player.type(UP)
        player.fill(editor.summary.freight, "9")
        player.press("F7")
        self.place()
        self.picture("order-6")

    def why(self) -> list[str]:
        """Read why the host gets what she gets."""
        self.player.press("Ctrl+Shift+Y")
        sheet = self.page.errands.why
        words = seen(sheet)
        self.picture("why")
        self.player.type(ESCAPE)
        self.until(lambda: sheet.isHidden(), "the sheet to be closed")
        return words

    def book(self) -> list[str]:
        """Beth books a week after the day that is proposed; returns what the sheet says before it is booked."""
        self.take("beth")
        self.player.press("Ctrl+B")
        sheet = self.page.people.booking
        self.player.tab_to(sheet.grid)
        self.player.type(DOWN, ENTER)
        words = seen(sheet)
        self.picture("booking")
        self.player.press("Ctrl+S")
        self.until(lambda: sheet.isHidden(), "the booking")
        return words

    def prize_slip(self) -> str:
        """Gina bought nothing: her door-prize slip; returns the day that is proposed for the follow-up."""
        player = self.player
        self.take("gina")
        player.press("Ctrl+D")
        sheet = self.page.people._prize
        player.fill(sheet.need, "knives")
        player.fill(sheet.budget, "<= 100")
        player.fill(sheet.objection, "must ask husband")
        self.picture("prize-slip")
        day = str(sheet.follow_up.text())
        player.press("Ctrl+S")
        self.until(lambda: sheet.isHidden(), "the slip to be taken up")
        player.press("Ctrl+W")
        return day

    def redemption(self) -> Any:
        """Dana takes her free and half-price goods in hand; returns the pane."""
        self.player.press("Ctrl+R")
        self.until(lambda: self.page.is_redeeming, "the redemption")
        pane = self.page.redeeming.pane
        self.goods("CV-204", "CV-110", "CV-777", "CV-315")
        self.picture("redemption")
        return pane

    def a_fourth_right(self, pane: Any) -> str:
        """Ask for one right more than there are; returns what the screen says, and takes it back."""
        self.goods("CV-402")
        for place in (2, 3, 4):
            pane.goods.rows()[place].choose((Use.HALF_PRICE, ""))
        self.player.settle()
        self.picture("fourth-right")
        words = str(pane.goods.rows()[4].problem())
        pane.goods.rows()[4].remove_wanted.emit()
        self.player.settle()
        return words

    def redeemed(self) -> None:
        """By card, and placed."""
        self.player.press("F7")
        self.picture("redemption-paid")
        self.place()
        self.picture("redeemed")

    # --- closing

    def closing(self, pieces: dict[int, int], brought: str) -> Any:
        """Open what is left to do, and count the cash; returns the sheet."""
        self.player.press("Ctrl+Shift+S")
        sheet = self.page.closing.sheet
        self.until(lambda: sheet.cash.pieces, "the checklist")
        self.picture("closing")
        self.write(sheet.cash.float_start, brought)
        for value, count in pieces.items():
            self.write(sheet.cash.pieces[value], str(count))
        self.picture("cash")
        return sheet

    def close_party(self) -> None:
        """Keep the count, close the party, and leave the desk."""
        sheet = self.page.closing.sheet
        self.click(sheet.cash.count_button)
        self.click(sheet.close_button)
        self.player.page("demos")
        self.player.settle()

    def settle(self) -> Any:
        """Enter what the company charges and what the evening cost; returns the card."""
        card = self.page.detail.settlement
        number = self.number
        self.write(card.hours, number("4.5"))
        self.write(card.miles, "24")
        self.write(card.shipping, "24; 9")
        self.write(card.commission, "25")
        self.write(card.card_share, number("2.6"))
        self.write(card.card_fixed, number("0.1"))
        for kind, amount in ((CostKind.SAMPLE, "6.4"), (CostKind.DOOR_PRIZE, "4.25")):
            card.kind.setFocus()
            while card.kind.value() is not kind:
                self.player.type(DOWN)
            self.player.fill(card.amount, number(amount), ENTER)
        self.page.detail.scroll_to(card)
        self.picture("settlement")
        return card

    def company_order(self) -> str:
        """Save the order to the company as a file; returns its text."""
        path = self.out / "order.csv"
        self.journey.dialogs.answer(path)
        self.click(self.page.detail.closing.order_button)
        self.player.wait(path.exists, "the file")
        return path.read_text(encoding="utf-8-sig")

    def sheet(self, button: Button, name: str) -> bytes:
        """Draw a sheet by its button."""
        self.click(button)
        return self.paper(name)

    def step(self) -> str:
        """Go to the next state of the demo by its button; returns what state it has then."""
        self.click(self.page.detail.step)
        return str(self.page.detail.state_button.caption())

    # --- after

    def show_order(self, name: str) -> Any:
        """Show somebody's order as the list of the demo leads to it; returns the detail."""
        page = self.go("orders")
        self.player.press("Ctrl+F")
        self.player.press("Ctrl+A")
        self.player.type(name)
        found = page.listing.list

        def at() -> list[int]:
            return [place for place in range(found.model_.count) if found.model_.row(place).customer == name]

        self.until(
            lambda: not page.listing.is_reading and found.model_.complete and len(at()) == 1,
            f"the order of {name} in the list",
        )
        self.player.tab_to(found)
        self.player.type(HOME, *[DOWN] * at()[0])
        if page._both.is_narrow:
            self.player.type(ENTER)
        person = self.journey.person(name.split()[0])
        detail = page.detail
        self.player.wait(lambda: detail.view is not None and detail.view.order.person_id == person, f"{name}'s order")
        self.player.settle()
        return detail

    def check_came_back(self, detail: Any, fee: str) -> None:
        """Take a bounced check out, with its fee."""
        menu = detail._menu
        detail._fill_menu()
        next(action for action in menu.actions() if action.text() == _("The check came back")).trigger()
        self.until(lambda: detail.card() is not None, "the question")
        card = detail.card()
        self.player.fill(card.fee, fee)
        self.picture("check-came-back")
        self.click(card.yes)
        self.until(lambda: detail.card() is None, "the check to be taken out")

    def notice(self, detail: Any, day: date) -> Any:
        """Fay's notice of a day; returns the question."""
        self.click(detail.right.withdraw_button)
        self.until(lambda: detail.card() is not None, "the question")
        card = detail.card()
        self.write(card.day, active_language().date(day, "short"))
        self.until(lambda: not card._pause.isActive(), "the answer")
        self.picture(f"notice-{day.day}")
        return card

    def take_up(self, detail: Any, *, charge_host: bool = False, goodwill: bool = False) -> None:
        """Answer the question of a notice."""
        card = detail.card()
        if goodwill:
            self.click(card.goodwill)
        if card.choice.isVisible():
            card.choice.setFocus()
            self.player.type(DOWN)
            if charge_host:
                self.player.type(DOWN)
        self.picture("notice-answered")
        self.click(card.yes)
        self.until(lambda: detail.card() is None, "the notice to be taken up")
