"""The first journey on the real program, by keyboard: what stands in the book after every step, to the cent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.bootstrap import make_context
from directsell.domain.demos import Demo, DemoGuest
from directsell.domain.followups import FollowUp
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.orders import Order, OrderLine, OrderState
from directsell.domain.payments import Payment
from directsell.domain.people import ContactEntry, Outcome, Person, ReachPoint
from directsell.domain.records import Record
from directsell.store.doctor import examine
from directsell.store.queries.orders import OrderView, order_view
from directsell.store.queries.papers import paper_bytes
from directsell.store.queries.settings import business, tax_profile
from directsell.ui.languages import use_language
from directsell.ui.theme import SchemeChoice, theme
from directsell.ui.tour.journey import STEPS, Journey
from directsell.ui.tour.player import Player
from directsell.ui.tour.show import contexts
from tests.documents.reading import text_of

R = TypeVar("R", bound=Record)
EVENING = date(2026, 5, 15)
DAY_AFTER_TOMORROW = date(2026, 5, 17)


@pytest.fixture
def looks(qapp: QApplication) -> Iterator[None]:
    """The application as the program makes it."""
    qapp.setStyle("Fusion")
    qapp.setQuitOnLastWindowClosed(False)
    theme().install(qapp, SchemeChoice.LIGHT)
    use_language("en_US")
    yield
    qapp.setQuitOnLastWindowClosed(True)


@pytest.fixture
def journey(looks: None, qtbot: QtBot, tmp_path: Path) -> Iterator[Journey]:
    out = tmp_path / "out"
    out.mkdir()
    made = Journey(Player(), contexts(tmp_path / "data", "en_US", make_context), out)
    with made.scripted():
        yield made
    made.player.give_up(out / "stuck.png")


class Book:
    """What stands in the book, while the program runs."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey

    def all(self, kind: type[R], /, **equals: Any) -> list[R]:
        """Return all records of a kind."""
        return self._journey.player.app.read(lambda reader: reader.find(kind, **equals))

    def one(self, kind: type[R], /, **equals: Any) -> R:
        """Return the only record of a kind."""
        (found,) = self.all(kind, **equals)
        return found

    def last_step(self) -> str:
        """Return the label of the step that undo would take back."""
        step = self._journey.player.app.undo_step
        return "" if step is None else step.label

    def order(self, given: str) -> OrderView:
        """Return the order of a guest."""
        order = self.one(Order, person_id=self.one(Person, given=given).id)
        return self._journey.player.app.read(order_view, order.id)


def test_the_first_journey(journey: Journey) -> None:
    book = Book(journey)
    assert [name for name, _words in STEPS] == [
        "welcome", "catalogue", "prospect", "call", "demo", "guests", "first_order", "second_order", "third_order",
        "deliver", "rest", "restart",
    ]  # fmt: skip

    journey.welcome()
    seller = journey.player.app.read(business)
    assert (seller.name, seller.street, seller.city, seller.currency) == (
        "Willow Carter",
        "814 Alder Street",
        "Santa Fe",
        "USD",
    )
    profile = journey.player.app.read(tax_profile, EVENING)
    assert ([rate.ppm for rate in profile.rates], profile.prices_include_tax) == ([77_500], False)
    assert book.last_step() == ""

    journey.catalogue()
    assert book.last_step() == "Import products from {file}"

    journey.prospect()
    dana = book.one(Person)
    assert (dana.given, dana.family, dana.lead_source, dana.need) == ("Dana", "Ruiz", "Market stall", "New bakeware")
    assert book.one(ReachPoint).value == "+1 505 555 0142"

    journey.call()
    call = book.one(ContactEntry)
    assert (call.outcome, call.text) == (Outcome.BOOKED_DEMO, "Would love an evening with her neighbours")

    journey.demo()
    demo = book.one(Demo)
    assert (demo.host_id, demo.day, demo.starts, demo.expected_guests) == (dana.id, EVENING, time(19, 30), 3)
    assert (demo.street, demo.city) == ("12 Juniper Lane", "Santa Fe")

    journey.guests()
    assert len(book.all(DemoGuest, demo_id=demo.id)) == 3
    assert {person.given for person in book.all(Person)} == {"Dana", "Amy", "Beth", "Carla"}

    journey.first_order()
    amy = book.order("Amy")
    # 2 x 12.50 = 25.00; 34.00 less 10 % = 30.60; shipping 5.00; 7.75 % of 60.60 = 4.6965
    assert [(line.code, int(line.quantity)) for line in amy.lines] == [("CV-110", 2), ("CV-402", 1)]
    assert (amy.totals.goods, amy.totals.shipping, amy.totals.tax, amy.totals.total) == (5560, 500, 470, 6530)
    assert [(str(payment.method), payment.amount) for payment in amy.payments] == [("cash", 6530)]
    assert (amy.order.demo_id, amy.order.state, amy.balance) == (demo.id, OrderState.PLACED, 0)
    assert [paper.number for paper in amy.papers] == ["B-A-2026-0001"]
    assert book.last_step() == ""  # a number was issued, so nothing before it can be undone

    journey.second_order()
    beth = book.order("Beth")
    assert [(line.code, line.name) for line in beth.lines] == [("CV-315", "Stoneware Pan")]
    assert (beth.totals.goods, beth.totals.tax, beth.totals.total) == (5800, 450, 6250)  # 4.495 is 4.50
    assert [(str(p.method), p.amount, p.detail) for p in beth.payments] == [("card", 6250, "4242")]

    journey.third_order()
    carla = book.order("Carla")
    assert [line.code for line in carla.lines] == ["CV-777", "CV-110"]
    assert (carla.totals.goods, carla.totals.tax, carla.totals.total) == (10050, 779, 10829)
    assert [(str(p.method), p.amount, p.detail) for p in carla.payments] == [("check", 6000, "1188")]
    assert carla.balance == 4829

    journey.deliver()
    assert {order.state for order in book.all(Order)} == {OrderState.DELIVERED}
    assert [paper.number for paper in book.all(IssuedPaper, kind=PaperKind.INVOICE)] == [
        "R-A-2026-0001",
        "R-A-2026-0002",
        "R-A-2026-0003",
    ]
    planned = sorted(follow_up.due_on for follow_up in book.all(FollowUp, state="open"))
    assert len(planned) == 9  # two days, two weeks and two months after each of three deliveries
    assert set(planned[:3]) == {DAY_AFTER_TOMORROW}

    journey.rest()
    assert [(str(p.method), p.amount) for p in book.order("Carla").payments] == [("check", 6000), ("cash", 4829)]
    assert sum(payment.amount for payment in book.all(Payment)) == 6530 + 6250 + 10829
    assert len(book.all(OrderLine)) == 5
    papers_are_the_files(journey, book)
    assert examine(journey.player.app.store) == []

    journey.restart()


def papers_are_the_files(journey: Journey, book: Book) -> None:
    """Every paper lies in the folder byte by byte as it was issued, and says what it must."""
    for paper in book.all(IssuedPaper):
        content = journey.player.app.read(paper_bytes, paper)
        assert (journey.out / f"{paper.number}.pdf").read_bytes() == content
        assert hashlib.sha256(content).hexdigest() == paper.sha256
        words = "".join(text_of(content))
        assert paper.number in words
        assert "Willow Carter" in words
    assert "65.30" in "".join(text_of((journey.out / "R-A-2026-0001.pdf").read_bytes()))
    assert "48.29" in "".join(text_of((journey.out / "B-A-2026-0003.pdf").read_bytes()))


def test_a_step_that_gets_stuck_says_what_it_waited_for(
    looks: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from directsell.ui.tour import show

    monkeypatch.setattr("directsell.ui.tour.player._PATIENCE", 0.2)
    monkeypatch.setattr("directsell.ui.welcome.Welcome._own_chosen", lambda _self: None)
    monkeypatch.setattr("directsell.ui.tour.player._TABS", 12)
    status = show.play(tmp_path, "en_US", make_context)
    out, err = capsys.readouterr()
    assert status == 1
    assert out.startswith("✗ First start: my business, name, address, tax")
    assert "Stuck" in err
    assert (tmp_path / "stuck.png").exists()
