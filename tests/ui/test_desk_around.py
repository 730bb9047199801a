"""Around the slips of the desk: booking calendar, invitations, the place of sale, closing with its ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.cooling_off import SalePlace
from directsell.domain.demos import Demo, DemoKind, DemoState
from directsell.domain.host_programmes.rules import Benefit, Bookings
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.payments import PaymentMethod
from directsell.ui.navigation import Route
from directsell.ui.pages.desk import DeskPage, closing
from directsell.ui.widgets.buttons import Button
from directsell.usecases.demos import save_demo
from directsell.usecases.orders import MoneyTaken
from directsell.usecases.parties import start_programme
from tests.ui.counter import Counter
from tests.ui.party_desk import orders, plan_party, run, show, take

ENTER = Qt.Key.Key_Return


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def demo(counter: Counter) -> Demo:
    return plan_party(counter)


@pytest.fixture
def page(counter: Counter, demo: Demo) -> DeskPage:
    return show(counter, demo)


def test_the_booking_calendar_shows_the_window_and_what_is_on(counter: Counter, page: DeskPage, demo: Demo) -> None:
    shop = counter.shop
    rules = replace(SAMPLES[0].rules, bookings=Bookings(window_days=35, each=Benefit(credit=1000)))
    shop.app.run(start_programme, demo.id, "Steps", rules)
    other = replace(demo, id=shop.ids.new(), title="At Flora's", day=date(2026, 3, 13), starts=time(18))
    shop.app.run(save_demo, other)
    shop.app.run(save_demo, replace(other, id=shop.ids.new(), title="Off", state=DemoState.CANCELLED))
    counter.settle()
    page.book()
    sheet = page.people.booking
    assert sheet.counting() == (date(2026, 2, 14), date(2026, 3, 20))
    assert sheet._window.text() == "Counts for the host until Mar 20, 2026: 35 days after this demo."
    assert sheet.day == date(2026, 3, 13)
    assert sheet._busy.text().replace("\u202f", " ") == "On this day already: 6:00 PM At Flora's"
    assert "At Flora's" in sheet.grid.words(date(2026, 3, 13))
    assert "Off" not in sheet.grid.words(date(2026, 3, 13))
    assert sheet.chip.text() == "day 28 of 35"
    sheet.grid.next_month()
    assert sheet.day == date(2026, 3, 13)  # turning the page chooses nothing
    sheet.grid.picked.emit(date(2026, 4, 3))
    assert sheet.chip.text() == "day 49 of 35: does not count"
    assert not sheet._busy.isVisible()


def test_the_party_is_closed_from_the_desk(counter: Counter, page: DeskPage, demo: Demo) -> None:
    shop = counter.shop
    money = MoneyTaken(method=PaymentMethod.CASH, amount=2000)
    shop.enter("Amy", ("CV-402", "1"), payments=(money,), demo_id=demo.id)
    counter.settle()
    take(counter, page, "Beth")
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Close the party")
    counter.settle()
    sheet = page.closing.sheet
    assert sheet is not None
    assert sheet.isVisible()

    def rows() -> dict[str, list[Button]]:
        found = [(row.layout().itemAt(0).widget().text(), row) for row in sheet.checklist.rows]  # type: ignore[union-attr]
        return {words: row.findChildren(Button) for words, row in found}

    assert list(rows()) == [
        "Beth: the slip is not finished",
        "Amy: no slip was printed",
        "Amy: $16.64 still open",
        "Amy: no telephone number",
        "Amy: the signature is missing",
        "The cash was not counted yet: $20.00 by the ledger",
    ]
    assert sheet.summary.text() == "6 things are left to do."
    rows()["The cash was not counted yet: $20.00 by the ledger"][0].click()
    assert sheet.cash.pieces[10000].hasFocus()
    sheet.cash.pieces[2000].setFocus()
    counter.type("1")
    sheet.cash.count_button.click()
    counter.settle()
    assert "The cash was not counted yet: $20.00 by the ledger" not in rows()
    rows()["Beth: the slip is not finished"][0].click()
    assert not sheet.isVisible()
    assert page.is_typing
    assert page.current == shop.person("Beth")
    page.throw_away()
    page.closing.ask()
    counter.settle()
    rows()["Amy: $16.64 still open"][0].click()
    route = counter.session.navigation.current
    assert route is not None
    assert (route.page, route.view) == ("orders", "pay")
    page.show_route(Route("desk", str(demo.id)))
    page.closing.ask()
    counter.settle()
    sheet.close_button.click()
    counter.settle()
    assert shop.app.read(lambda reader: reader.get(Demo, demo.id)).state is DemoState.CLOSING
    route = counter.session.navigation.current
    assert route is not None
    assert (route.page, route.id) == ("demos", str(demo.id))


def test_an_invitation_is_changed_at_the_desk_and_counted(counter: Counter, page: DeskPage) -> None:
    assert page.guests.statistics.text() == "3 invited · 3 accepted · 3 were there"
    assert page.evening is not None
    sitter = page.evening.sitter(counter.shop.person("Carla"))
    assert sitter is not None
    texts = [action.text() for action in page.people.fill(sitter, page.evening).actions()]
    assert "Invitation …" in texts
    page.people.edit_invitation()
    sheet = page.people.invitation
    assert sheet is not None
    sheet.channel.set_value("message")
    sheet.brings.set_value(2)
    sheet.outside.click()
    assert not sheet.attended.value()
    sheet.save_button.click()
    counter.settle()
    assert not sheet.isVisible()
    assert page.guests.statistics.text() == "3 invited · 3 accepted · 2 with them · 2 were there · 1 outside order"


@pytest.mark.parametrize(
    ("kind", "buyer", "place"),
    [
        (DemoKind.HOME_PARTY, "Amy", SalePlace.HOST_HOME),
        (DemoKind.HOME_PARTY, "Dana", SalePlace.BUYER_HOME),
        (DemoKind.FAIR, "Amy", SalePlace.FAIR),
        (DemoKind.ONLINE, "Amy", SalePlace.ONLINE),
    ],
)
def test_an_order_of_the_desk_knows_where_the_customer_agreed(
    counter: Counter, demo: Demo, kind: DemoKind, buyer: str, place: SalePlace
) -> None:
    counter.shop.app.run(save_demo, replace(demo, kind=kind))
    page = show(counter, demo)
    page.open_slip(counter.shop.person(buyer))
    counter.type("CV-777", ENTER, ENTER)
    run(page, "Place order")
    counter.settle()
    (order,) = orders(counter)
    assert order.place is place


def test_the_closing_sheet_leads_to_signature_and_person(
    counter: Counter, page: DeskPage, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = counter.shop.enter("Amy", ("CV-402", "1"), demo_id=demo.id).order
    counter.settle()
    asked: list[UUID] = []
    monkeypatch.setattr(closing, "ask_signature", lambda session, widget, order_id: asked.append(order_id))

    def press(start: str) -> None:
        page.closing.ask()
        counter.settle()
        assert page.closing.sheet is not None
        rows = page.closing.sheet.checklist.rows
        row = next(row for row in rows if row.layout().itemAt(0).widget().text().startswith(start))  # type: ignore[union-attr]
        row.findChildren(Button)[0].click()

    press("Amy: the signature")
    assert asked == [order.id]
    press("Amy: no slip")
    assert page.is_placed
    press("Amy: no telephone")
    route = counter.session.navigation.current
    assert route is not None
    assert (route.page, route.id) == ("people", str(counter.shop.person("Amy")))
