"""Dana's party at the desk, as several test modules need it, and what a hand does there. No tests here."""

from __future__ import annotations

from datetime import date, time

from directsell.domain.demos import Demo
from directsell.domain.orders import Order
from directsell.ui.navigation import Route
from directsell.ui.pages.desk import DeskPage
from directsell.usecases.demos import save_demo
from directsell.usecases.parties import seat_guest
from tests.ui.counter import Counter


def plan_party(counter: Counter) -> Demo:
    """Store Dana's party with three guests and return it."""
    shop = counter.shop
    made = Demo(
        id=shop.ids.new(),
        title="Dana's party",
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        starts=time(19),
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    for name in ("Amy", "Beth", "Carla"):
        shop.app.run(seat_guest, made.id, shop.person(name))
    return made


def show(counter: Counter, demo: Demo) -> DeskPage:
    """Show the desk of a party."""
    page = counter.show(DeskPage(counter.session), 1320, 740)
    page.show_route(Route("desk", str(demo.id)))
    counter.settle()
    return page


def take(counter: Counter, page: DeskPage, name: str) -> None:
    """Choose somebody in the list of guests."""
    page.guests.list.select_key(counter.shop.person(name))
    page.guests.list.open_current()
    counter.settle()


def run(page: DeskPage, text: str) -> None:
    """Run a command of the desk by its words."""
    next(command for command in page.commands() if command.text == text).run()


def orders(counter: Counter) -> list[Order]:
    """Return every stored order."""
    return counter.shop.app.read(lambda reader: reader.find(Order))
