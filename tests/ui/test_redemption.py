"""Scenario A.5 through the desk: the host redeems on the screen, the rules speak at the line, drafts and undo hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo, DemoState
from directsell.domain.host_programmes.redeem import Use
from directsell.domain.host_programmes.rules import Gift, Rules
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.orders import Order, OrderKind
from directsell.store.queries.orders import OrderView
from directsell.ui.navigation import Route
from directsell.ui.page_factories import factories
from directsell.ui.pages.desk import DeskPage
from directsell.ui.pages.desk.redemption import RedemptionPane
from directsell.ui.pages.desk.redemption_row import Way
from directsell.ui.routes import REDEEM
from directsell.ui.shell import Shell
from directsell.usecases.demos import change_demo_state, save_demo
from directsell.usecases.parties import set_co_hosts, start_programme, toggle_wish
from tests.ui.counter import Counter
from tests.ui.homes import edit

ENTER = Qt.Key.Key_Return
STEPS = next(sample for sample in SAMPLES if sample.key == "us-steps-weighted").rules
FREE: Way = (Use.CREDIT, "")
HALF: Way = (Use.HALF_PRICE, "")
FULL: Way = (Use.FULL_PRICE, "")
GUESTS = (
    ("Amy", (("CV-402", "1"), ("CV-110", "2"))),
    ("Beth", (("CV-315", "1"), ("CV-518", "1"))),
    ("Dee", (("CV-110", "3"),)),
    ("Ella", (("CV-204", "1"), ("CV-518", "1"))),
    ("Fay", (("CV-402", "1"), ("CV-315", "1"))),
)


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def demo(counter: Counter) -> Demo:
    shop = counter.shop
    made = Demo(
        id=shop.ids.new(),
        title="Dana's party",
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        starts=time(19),
        state=DemoState.OPEN,
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    for name, lines in GUESTS:
        shop.enter(name, *lines, demo_id=made.id, shipping=500)
    shop.enter("Carla", ("CV-777", "1"), off={"CV-777": 100_000}, demo_id=made.id, shipping=500)
    return made


def show(counter: Counter, demo: Demo, rules: Rules = STEPS, view: str | None = None) -> DeskPage:
    if counter.shop.app.read(lambda reader: reader.get(Demo, demo.id)).programme_id is None:
        counter.shop.app.run(start_programme, demo.id, "Steps", rules)
    page = counter.show(DeskPage(counter.session), 1320, 740)
    page.show_route(Route("desk", str(demo.id), view))
    counter.settle()
    return page


def redeem(counter: Counter, demo: Demo, rules: Rules = STEPS) -> tuple[DeskPage, RedemptionPane]:
    page = show(counter, demo, rules)
    page.party.reward.redeem.click()
    counter.settle()
    assert page.is_redeeming
    return page, page.redeeming.pane


def scenario(counter: Counter, pane: RedemptionPane) -> None:
    assert pane.entry.words.hasFocus()
    for code in ("CV-204", "CV-110", "CV-777", "CV-315"):
        counter.type(code, ENTER, ENTER)


def ways(pane: RedemptionPane) -> list[Way]:
    return [row.way.value() for row in pane.goods.rows()]


def run(page: DeskPage, text: str) -> None:
    next(command for command in page.commands() if command.text == text).run()


def redemptions(counter: Counter) -> list[OrderView]:
    found = counter.shop.app.read(lambda reader: reader.find(Order, kind=OrderKind.HOST))
    return [counter.shop.view(order.id) for order in found]


def test_scenario_a_5_dana_redeems(counter: Counter, demo: Demo) -> None:
    page, pane = redeem(counter, demo)
    assert (pane.strip.credit._value, pane.strip.rights._value) == ("$62.06", "3")
    scenario(counter, pane)
    assert ways(pane) == [FREE, FREE, HALF, HALF]
    assert [row.sum.text() for row in pane.goods.rows()] == ["0.00", "0.00", "44.00", "29.00"]
    assert pane.goods.rows()[2].way.currentText() == "Half price, 2 rights"
    assert (pane.strip.credit._value, pane.strip.rights._value) == ("$3.56", "0")
    figures = pane.sums.figures
    assert (figures["Host credit"], figures["Goods to pay"]) == ("-$58.50", "$73.00")
    assert figures["Sales tax 7.75%"] == "$10.58"
    assert pane.sums._lines[-1].toolTip() == "on $136.50"
    assert pane.total_text() == "$88.58"
    assert "$3.56 of the credit is not used" in pane.unused.accessibleName()
    assert "lost" in pane.unused.accessibleName()
    run(page, "Paid by card")
    run(page, "Place order")
    counter.settle()
    (view,) = redemptions(counter)
    assert (view.totals.host_credit, view.totals.tax, view.totals.total, view.balance) == (5850, 1058, 8858, 0)
    assert view.order.host_credit == 6206
    assert counter.said == ["Reward of Dana redeemed"]
    assert page.is_placed
    assert counter.session.drafts.list() == ()
    assert page.party.reward.used.text() == "Redeemed: Dana"


def test_the_payment_that_is_taken_comes_into_sight(counter: Counter, demo: Demo) -> None:
    page, pane = redeem(counter, demo)
    page.resize(900, 500)
    scenario(counter, pane)
    run(page, "Paid by card")
    counter.settle()
    (row,) = pane.money.rows()
    assert row.detail.hasFocus()
    assert not row.detail.visibleRegion().isEmpty()


def test_a_fourth_right_is_refused_and_the_screen_says_why(counter: Counter, demo: Demo) -> None:
    page, pane = redeem(counter, demo)
    scenario(counter, pane)
    counter.type("CV-402", ENTER, ENTER)
    assert ways(pane)[4] == FREE  # 3.56 are left: the rest is paid
    pane.goods.rows()[4].choose(HALF)
    row = pane.goods.rows()[4]
    for number in (2, 3):  # by hand, too, or the program would make room
        pane.goods.rows()[number].choose(HALF)
    assert row.problem() == (
        "Line 5 takes 1 of the half-price rights, but 3 of 3 are used. "
        "Sales of $413.70 reach the step from $400.00, which gives 3."
    )
    run(page, "Place order")
    counter.settle()
    assert redemptions(counter) == []
    assert row.way.hasFocus()
    pane.goods.best.click()
    assert row.problem() == ""
    assert not pane.goods.best.isVisible()


def test_what_is_typed_survives_the_lights_going_out(counter: Counter, demo: Demo) -> None:
    page, pane = redeem(counter, demo)
    scenario(counter, pane)
    pane.goods.rows()[1].choose(FULL)
    counter.type("CV-4")
    page.settle()
    counter.settle()
    again = show(counter, demo)
    again.redeem()
    counter.settle()
    pane = again.redeeming.pane
    assert [row.line().code for row in pane.goods.rows()] == ["CV-204", "CV-110", "CV-777", "CV-315"]
    assert ways(pane)[1] == FULL
    assert again.party.reward.redeem.caption() == "Go on redeeming"
    assert pane.entry.text() == "CV-4"
    assert pane.restored.isVisible()
    run(again, "Put this order away")
    assert counter.shop.person("Dana") in again.guests.typing
    again.open_person(counter.shop.person("Dana"))
    assert again.is_redeeming
    run(again, "Throw this order away")
    counter.settle()
    assert counter.session.drafts.list() == ()


def test_steps_are_taken_back_and_a_placed_redemption_too(counter: Counter, demo: Demo) -> None:
    page, pane = redeem(counter, demo)
    scenario(counter, pane)
    assert page.undo_step()
    assert len(pane.goods.rows()) == 3
    counter.type("CV-315", ENTER, ENTER)
    run(page, "Place order")
    counter.settle()
    assert len(redemptions(counter)) == 1
    counter.session.undo()
    counter.settle()
    assert redemptions(counter) == []
    assert page.is_redeeming
    assert len(pane.goods.rows()) == 4


def test_a_placed_redemption_is_typed_on_again(counter: Counter, demo: Demo) -> None:
    page, pane = redeem(counter, demo)
    scenario(counter, pane)
    run(page, "Place order")
    counter.settle()
    page.placed.change_wanted.emit(page.placed.last())
    counter.settle()
    assert page.is_redeeming
    assert pane.strip.credit._value == "$3.56"
    pane.goods.rows()[3].remove_wanted.emit()
    run(page, "Place order")
    counter.settle()
    (view,) = redemptions(counter)
    assert len(view.lines) == 3


def test_co_hosts_redeem_one_after_the_other(counter: Counter, demo: Demo) -> None:
    counter.shop.app.run(set_co_hosts, demo.id, [counter.shop.person("Gina")])
    page, pane = redeem(counter, demo)
    assert pane.head.who is not None
    shares = page.party.reward.used.text().splitlines()
    assert shares == ["Dana: $31.03, 2 half-price rights", "Gina: $31.03, 1 half-price right"]
    assert pane.strip.credit._value == "$31.03"
    counter.type("CV-110", ENTER, ENTER)
    pane.head.who.chosen.emit(str(counter.shop.person("Gina")))
    counter.settle()
    assert pane.accessibleName() == "Redemption of Gina"
    assert pane.goods.rows() == ()
    pane.head.who.chosen.emit(str(counter.shop.person("Dana")))
    assert len(pane.goods.rows()) == 1


def test_wishes_and_gifts_are_one_click_away(counter: Counter, demo: Demo) -> None:
    shop = counter.shop
    shop.app.run(toggle_wish, shop.person("Dana"), shop.product("CV-777").id, demo_id=demo.id)
    rungs = tuple(
        replace(rung, benefit=replace(rung.benefit, gifts=(Gift(name="Apron"),))) for rung in STEPS.ladders[0].rungs
    )
    ladder = replace(STEPS.ladders[0], rungs=rungs)
    page, pane = redeem(counter, demo, replace(STEPS, ladders=(ladder,)))
    pane.wishes.order_wanted.emit(shop.product("CV-777").id)
    (button,) = pane.strip.gift_buttons
    button.click()
    assert ways(pane) == [FREE, (Use.GIFT, "Apron")]
    assert pane.strip.gifts._value == "0"
    button.click()
    assert pane.goods.rows()[2].problem() == "Line 3: “Apron” was earned 1 times only."
    pane.goods.rows()[2].remove_wanted.emit()
    run(page, "Place order")
    counter.settle()
    (view,) = redemptions(counter)
    assert view.lines[1].note == "Apron"


def test_after_the_close_it_says_that_it_is_lost(counter: Counter, demo: Demo) -> None:
    for state in (DemoState.CLOSING, DemoState.SUBMITTED):
        counter.shop.app.run(change_demo_state, demo.id, state)
    page, pane = redeem(counter, demo)
    counter.type("CV-110", ENTER, ENTER)
    assert pane.refusal.isVisible()
    assert "Reopen the demo first" in pane.refusal.accessibleName()
    run(page, "Place order")
    counter.settle()
    assert redemptions(counter) == []


def test_the_reward_grows_while_it_is_redeemed(counter: Counter, demo: Demo) -> None:
    _page, pane = redeem(counter, demo)
    counter.type("CV-204", ENTER, ENTER)
    counter.shop.enter("Hal", ("CV-315", "2"), demo_id=demo.id)
    counter.settle()
    assert pane.strip.credit._value == "$33.46"  # 15 % of 529.70, less 46.00
    assert len(pane.goods.rows()) == 1


def test_the_route_leads_to_it(counter: Counter, demo: Demo) -> None:
    page = show(counter, demo, view=REDEEM)
    assert page.is_redeeming
    run(page, "Place order")
    assert page.redeeming.pane.entry.error() == "Add at least one product."
    run(page, "Put this order away")
    assert not page.is_redeeming


@pytest.mark.parametrize("width", [1320, 640, 420])
def test_everything_that_takes_keys_has_a_name_and_has_room(counter: Counter, demo: Demo, width: int) -> None:
    page, pane = redeem(counter, demo)
    scenario(counter, pane)
    page.resize(width, 740)
    counter.settle()
    nameless = [
        widget
        for widget in pane.findChildren(QWidget)
        if widget.isVisibleTo(pane)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
    ]
    assert nameless == []
    for row in pane.goods.rows():
        assert row.way.isVisibleTo(row)
        assert row.width() >= row.minimumSizeHint().width()


TEXTS = ("", "-5", "1e400", "NaN", "0.5", "9" * 31, "999999", "<b>", "12,5", "'; DROP TABLE")


@pytest.mark.parametrize("text", TEXTS)
def test_what_nobody_should_type_is_refused_or_stored(counter: Counter, demo: Demo, text: str) -> None:
    page, pane = redeem(counter, demo)
    scenario(counter, pane)
    for number, row in enumerate(pane.goods.rows()):
        edit(row.quantity.edit if number % 2 else row.price, text)
    edit(pane.sums.freight, text)
    run(page, "Place order")
    counter.settle()
    for view in redemptions(counter):
        assert view.totals.total >= 0
        assert view.totals.host_credit <= 6206


def test_scenario_a_5_by_keyboard_alone_in_the_window(
    themed: QApplication, qtbot: QtBot, counter: Counter, demo: Demo
) -> None:
    counter.shop.app.run(start_programme, demo.id, "Steps", STEPS)
    shell = Shell(counter.session, factories())
    shell.resize(1366, 740)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    counter.session.navigation.go("desk", str(demo.id))
    counter.settle()
    control = Qt.KeyboardModifier.ControlModifier
    try:
        counter.type(Qt.Key.Key_R, modifier=control)
        counter.settle()
        page = shell.current_page()
        assert isinstance(page, DeskPage)
        assert page.is_redeeming
        pane = page.redeeming.pane
        scenario(counter, pane)
        assert pane.total_text() == "$88.58"
        shell._undo()
        counter.settle()
        assert [row.line().code for row in pane.goods.rows()] == ["CV-204", "CV-110", "CV-777"]
        counter.type("CV-315", ENTER, ENTER)
        counter.type(Qt.Key.Key_F7)
        counter.type("4242", ENTER)
        counter.type(Qt.Key.Key_S, modifier=control)
        counter.settle()
        (view,) = redemptions(counter)
        assert (view.totals.total, view.balance, view.payments[0].detail) == (8858, 0, "4242")
        shell._undo()
        counter.settle()
        assert redemptions(counter) == []
        assert page.is_redeeming
    finally:
        shell.settle()
        counter.settle()
        shell.close()
        shell.deleteLater()


def is_open(page: DeskPage) -> bool:
    """Say whether the redemption is in hand; asked anew each time."""
    return page.is_redeeming


def test_a_redemption_undone_and_done_again_takes_its_money_once(counter: Counter, demo: Demo) -> None:
    page, pane = redeem(counter, demo)
    scenario(counter, pane)
    run(page, "Paid by card")
    run(page, "Place order")
    counter.settle()
    counter.session.undo()
    counter.settle()
    assert is_open(page)
    counter.session.redo()
    counter.settle()
    assert not is_open(page)
    assert page.redeeming.book.typing() == frozenset()
    (view,) = redemptions(counter)
    assert (view.paid, view.balance) == (view.totals.total, 0)
    assert counter.session.drafts.list() == ()


def test_a_redemption_thrown_away_is_brought_back(counter: Counter, demo: Demo) -> None:
    page, pane = redeem(counter, demo)
    scenario(counter, pane)
    run(page, "Throw this order away")
    counter.settle()
    assert not is_open(page)
    assert page.undo_step()
    counter.settle()
    assert is_open(page)
    assert len(pane.goods.rows()) == 4
    assert len(counter.session.drafts.list()) == 1
