"""A prospect on the real program: from the slip of a door prize to a customer who comes back, with follow-ups in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.orders import Order, OrderState
from directsell.domain.people import Person, Stage
from directsell.domain.pipeline import STAGES
from directsell.store.doctor import examine
from directsell.ui.languages import use_language
from directsell.ui.theme import SchemeChoice, theme
from tests.journeys.evening import Evening
from tests.journeys.hands import ENTER, seen

SUNDAY, DELIVERED = date(2026, 2, 15), date(2026, 2, 18)
AFTER_TWO_DAYS, AFTER_TWO_WEEKS, AFTER_TWO_MONTHS = date(2026, 2, 20), date(2026, 3, 4), date(2026, 4, 18)
TWO_WEEKS_LATER, TWO_MONTHS_LATER = date(2026, 3, 6), date(2026, 4, 20)  # after the contact of the second day
GINA = "Gina Castillo"


@pytest.fixture
def evening(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Evening]:
    qapp.setStyle("Fusion")
    qapp.setQuitOnLastWindowClosed(False)
    theme().install(qapp, SchemeChoice.LIGHT)
    use_language("en_US")
    (tmp_path / "out").mkdir()
    made = Evening(tmp_path / "data", tmp_path / "out")
    with made.journey.scripted():
        yield made
    made.player.give_up(tmp_path / "stuck.png")
    qapp.setQuitOnLastWindowClosed(True)


def gina(evening: Evening) -> Person:
    """Gina as she stands in the book."""
    (found,) = evening.player.app.read(lambda reader: reader.find(Person, given="Gina"))
    return found


def planned(evening: Evening, state: FollowUpState = FollowUpState.OPEN) -> list[date]:
    """The days of Gina's follow-ups in a state."""
    key = gina(evening).id
    found = evening.player.app.read(lambda reader: reader.find(FollowUp, person_id=key, state=state))
    return sorted(one.due_on for one in found)


def waiting(evening: Evening) -> Any:
    """Show Today and return Gina's line, open, or None when she is not to be contacted."""
    page = evening.go("today")
    evening.player.settle()
    line = next((one for one in page.contacts.lines if one.contact.name == GINA), None)
    if line is not None:
        page.contacts.open_line(line.contact.person_id)
        line.setFocus()
        evening.player.settle()
    return line


def pick(evening: Evening, page: Any) -> None:
    """Click Gina's card on the board."""
    board = page.board
    board.setFocus()
    place = board.card_rect(*board._places[gina(evening).id]).center()
    QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=place)
    evening.player.settle()


def order_of(evening: Evening, state: OrderState) -> Order:
    """Gina's order in a state."""
    key = gina(evening).id
    (found,) = evening.player.app.read(lambda reader: reader.find(Order, person_id=key, state=state))
    return found


def deliver(evening: Evening) -> None:
    """Hand over Gina's placed order."""
    player = evening.player
    player.session.navigation.go("orders", str(order_of(evening, OrderState.PLACED).id))
    page = player.page("orders")
    evening.until(lambda: page.detail.view is not None, "the order")
    evening.journey._deliver(page)


def test_from_a_door_prize_slip_to_a_customer_who_comes_back(evening: Evening) -> None:
    slip_becomes_a_prospect(evening)
    the_prospect_is_called_and_qualified(evening)
    a_quote_becomes_an_order(evening)
    the_programme_follows_the_delivery(evening)
    she_orders_again(evening)
    assert examine(evening.player.app.store) == []


def slip_becomes_a_prospect(evening: Evening) -> None:
    evening.prepare()
    evening.guest(GINA, "505 555 0155")
    assert evening.prize_slip() == "2/15/26"
    assert (gina(evening).stage, gina(evening).need, planned(evening)) == (Stage.NEW, "knives", [SUNDAY])


def the_prospect_is_called_and_qualified(evening: Evening) -> None:
    """On Sunday she stands on Today with her phone and why; one key notes the call. Then the card moves by one key."""
    evening.restart(SUNDAY)
    player = evening.player
    line = waiting(evening)
    words = seen(line)
    assert any("505 555 0155" in text for text in words), words
    evening.picture("today-gina")
    player.fill(line.note, "Husband agrees, wants a chopper", ENTER)
    assert waiting(evening) is None
    assert (gina(evening).stage, planned(evening)) == (Stage.CONTACTED, [])
    page = evening.go("pipeline")
    evening.until(lambda: page.board.pipeline.columns[STAGES.index(Stage.CONTACTED)].cards, "her card")
    pick(evening, page)
    player.type(">")
    evening.until(lambda: gina(evening).stage is Stage.QUALIFIED, "the card in its next column")
    player.press("Ctrl+Z")
    assert gina(evening).stage is Stage.CONTACTED
    player.press("Ctrl+Shift+Z")
    assert (gina(evening).stage, gina(evening).stage_on) == (Stage.QUALIFIED, SUNDAY)
    evening.picture("pipeline")


def a_quote_becomes_an_order(evening: Evening) -> None:
    """A tenth off was negotiated; she accepts on Wednesday, and the goods are handed over at once."""
    player = evening.player
    page = player.page("pipeline")
    pick(evening, page)
    player.type("q")
    page = player.page("orders")
    evening.until(lambda: page.is_typing and page.editor.is_quote, "the form of the quote")
    page.editor.entry.focus()
    evening.goods("CV-402")
    player.fill(page.editor.lines.rows()[0].off, "10%")
    evening.write(page.editor.quote.terms, "Delivery on Wednesday")
    evening.picture("quote")
    player.press("Ctrl+S")
    evening.until(lambda: not page.is_typing, "the quote to be saved")
    quote = order_of(evening, OrderState.QUOTED)
    assert (quote.terms, gina(evening).stage) == ("Delivery on Wednesday", Stage.NEGOTIATING)
    evening.restart(DELIVERED)
    player.session.navigation.go("orders", str(quote.id))
    page = player.page("orders")
    evening.until(lambda: page.detail.view is not None, "the quote")
    evening.click(evening.button(page.detail, "Customer accepts"))
    evening.until(lambda: gina(evening).stage is Stage.WON, "the order")
    assert order_of(evening, OrderState.PLACED).id == quote.id
    deliver(evening)
    # 34.00 less a tenth, 7.75 % of 30.60 = 2.3715
    evening.until(lambda: page.detail.view is not None and page.detail.view.totals.total == 3297, "30.60 and 2.37 tax")
    assert planned(evening) == [AFTER_TWO_DAYS, AFTER_TWO_WEEKS, AFTER_TWO_MONTHS]


def the_programme_follows_the_delivery(evening: Evening) -> None:
    evening.restart(AFTER_TWO_DAYS)
    line = waiting(evening)
    assert any("2+2+2" in text for text in seen(line)), seen(line)
    evening.player.type("1")
    assert waiting(evening) is None
    assert planned(evening, FollowUpState.DONE)[-1] == AFTER_TWO_DAYS
    assert planned(evening) == [TWO_WEEKS_LATER, TWO_MONTHS_LATER], "the rest counts from the last contact"


def she_orders_again(evening: Evening) -> None:
    """Two weeks later the call becomes an order; its delivery begins the programme anew, and she is a repeat customer."""
    evening.restart(TWO_WEEKS_LATER)
    player = evening.player
    assert waiting(evening) is not None
    player.type("o")
    page = player.page("orders")
    evening.until(lambda: page.is_typing, "the form of the order")
    assert page.editor.head.person.person_id() == gina(evening).id
    page.editor.entry.focus()
    evening.goods("CV-777")
    player.press("Ctrl+S")
    evening.until(lambda: not page.is_typing, "the order to be saved")
    deliver(evening)
    assert planned(evening) == [date(2026, 3, 8), date(2026, 3, 20), date(2026, 5, 6)]
    assert TWO_MONTHS_LATER in planned(evening, FollowUpState.SUPERSEDED)
    detail = evening.person(GINA)
    words = seen(detail)
    assert detail.card.figures.orders == 2
    for expected in ("Customer won", "Orders about every 16 days.", "3 attempts (Call 3), reached 3 times", "knives"):
        assert expected in words, (expected, words)
