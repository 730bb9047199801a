"""The party desk through its widgets: guests, several slips, drafts, wishes, placing and taking back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo, DemoState
from directsell.domain.followups import FollowUp
from directsell.domain.host_programmes.rules import Benefit, Bookings
from directsell.domain.host_programmes.samples import SAMPLES, Sample
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Handover, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Consent, Person
from directsell.store.queries.papers import active_papers
from directsell.store.queries.parties import party
from directsell.store.queries.settings import business
from directsell.ui.navigation import Route
from directsell.ui.page_factories import factories
from directsell.ui.pages.desk import DeskPage
from directsell.ui.pages.desk.evening import Seat
from directsell.ui.pages.desk.prize import next_sunday
from directsell.ui.shell import Shell
from directsell.ui.widgets.buttons import Button
from directsell.usecases.orders import MoneyTaken, OrderForm, save_order
from directsell.usecases.parties import start_programme
from directsell.usecases.settings import save_business
from tests.ui.counter import Counter
from tests.ui.party_desk import orders, plan_party, run, show, take

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


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


def seats(page: DeskPage) -> dict[str, Seat]:
    assert page.evening is not None
    return {sitter.name: page.guests.seat(sitter) for sitter in page.evening.sitters}


def test_the_first_order_of_the_evening_by_keyboard_alone(counter: Counter, page: DeskPage, demo: Demo) -> None:
    page.guests.search.setFocus()
    counter.type("am", ENTER)
    counter.settle()
    assert page.editor.entry.words.hasFocus()
    counter.type("CV-402", ENTER, ENTER, "CV-110", ENTER, "2", ENTER)
    page.editor.summary.freight.setFocus()
    counter.type("5")
    assert page.editor.total_text() == "$68.96"
    run(page, "Paid in cash")
    counter.type("100")
    (row,) = page.editor.money.rows()
    assert row._change.text() == "Change $31.04"
    run(page, "Place order")
    counter.settle()
    (order,) = orders(counter)
    view = counter.shop.view(order.id)
    assert (view.totals.goods, view.totals.tax, view.totals.total, view.balance) == (5900, 496, 6896, 0)
    assert (order.state, order.demo_id, order.handover) == (OrderState.PLACED, demo.id, Handover.TO_HOST)
    assert seats(page)["Amy"] is Seat.PAID
    assert page.placed.isVisible()
    assert counter.said == ["Order of Amy placed"]
    assert counter.session.drafts.list() == ()


def test_several_slips_are_open_at_once(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER)
    take(counter, page, "Beth")
    counter.type("2 CV-518", ENTER)
    run(page, "Next slip")
    assert [line.code for line in page.editor.lines.lines()] == ["CV-110"]
    assert page.editor.entry.words.hasFocus()
    run(page, "Next slip")
    assert [(line.code, line.quantity) for line in page.editor.lines.lines()] == [("CV-518", Decimal(2))]
    run(page, "Slip before")
    assert page.current == counter.shop.person("Amy")
    assert seats(page)["Beth"] is Seat.TYPING
    assert [slip.name for slip in page.slips.open_slips()] == ["Amy", "Beth"]


def test_every_slip_comes_back_after_the_lights_went_out(counter: Counter, page: DeskPage, demo: Demo) -> None:
    take(counter, page, "Amy")
    counter.type("3 CV-110", ENTER, "CV-20")
    take(counter, page, "Beth")
    counter.type("CV-777", ENTER, ENTER)
    counter.qtbot.waitUntil(lambda: len(counter.session.drafts.list()) == 2)
    counter.settle()
    again = show(counter, demo)
    assert {slip.name for slip in again.slips.open_slips()} == {"Amy", "Beth"}
    take(counter, again, "Amy")
    assert [(line.code, line.quantity) for line in again.editor.lines.lines()] == [("CV-110", Decimal(3))]
    assert again.editor.entry.text() == "CV-20"
    assert "restored" in again.editor._banner._label.text()  # type: ignore[union-attr]


def test_a_slip_put_away_is_kept_and_one_thrown_away_is_not(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Put this slip away")
    counter.settle()
    assert page.slips.open_slips() == []
    assert seats(page)["Amy"] is Seat.TYPING
    take(counter, page, "Amy")
    assert [line.code for line in page.editor.lines.lines()] == ["CV-110"]
    run(page, "Throw this slip away")
    counter.settle()
    assert counter.session.drafts.list() == ()
    assert seats(page)["Amy"] is Seat.NOTHING


def test_a_line_and_a_payment_are_taken_back(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER, "CV-402", ENTER, ENTER)
    page.editor.lines.rows()[0].set_value(kind="gift")
    run(page, "Paid by card")
    assert page.undo_step()
    assert page.editor.money.rows() == ()
    assert page.undo_step()
    assert [line.kind for line in page.editor.lines.lines()] == ["sale", "sale"]
    assert page.undo_step()
    assert [line.code for line in page.editor.lines.lines()] == ["CV-110"]
    assert page.undo_step()
    assert not page.undo_step()
    assert page.editor.total_text() == "$0.00"


def test_a_placed_order_that_is_taken_back_becomes_a_slip_again(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Place order")
    counter.settle()
    counter.session.undo()
    counter.settle()
    assert orders(counter) == []
    assert page.is_typing
    assert [line.code for line in page.editor.lines.lines()] == ["CV-110"]


def test_placing_and_printing_issues_the_slip(
    counter: Counter, page: DeskPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[UUID] = []
    monkeypatch.setattr("directsell.ui.pages.desk.errands.show_paper", lambda _s, _p, paper_id: shown.append(paper_id))
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Place & print")
    counter.settle()
    (slip,) = counter.shop.app.read(active_papers, orders(counter)[0].id)
    assert (slip.kind, shown) == (PaperKind.ORDER_SLIP, [slip.id])
    run(page, "Print slip")
    assert shown == [slip.id, slip.id]


def test_an_empty_slip_and_a_half_typed_line_are_refused(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    run(page, "Place order")
    counter.settle()
    assert page.editor.entry.error() == "Add at least one product."
    counter.type("CV-110")
    run(page, "Place order")
    counter.settle()
    assert "Add this product with Enter" in page.editor.entry.error()
    assert orders(counter) == []


def test_shipping_follows_the_way_the_goods_travel(counter: Counter, page: DeskPage) -> None:
    shop = counter.shop
    shop.enter("Beth", ("CV-110", "1"), demo_id=page.demo_id, shipping=500, handover=Handover.TO_HOST)
    shop.enter("Carla", ("CV-110", "1"), demo_id=page.demo_id, shipping=900, handover=Handover.TO_CUSTOMER)
    counter.settle()
    take(counter, page, "Amy")
    assert page.editor.summary.shipping() == 500
    for handover, charge in ((Handover.TO_CUSTOMER, 900), (Handover.TAKE_NOW, 0), (Handover.TO_HOST, 500)):
        page.editor.handover.set_value(handover)
        page.editor.handover.changed.emit()
        assert page.editor.summary.shipping() == charge
    page.editor.summary.freight.setFocus()
    page.editor.summary.freight.selectAll()
    counter.type("7")
    page.editor.handover.set_value(Handover.TO_CUSTOMER)
    page.editor.handover.changed.emit()
    assert page.editor.summary.shipping() == 700


def test_interest_is_noted_and_becomes_a_line(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-777")
    run(page, "Interested in this product")
    counter.settle()
    assert page.evening is not None
    assert [wish.code for wish in page.evening.wishes[counter.shop.person("Amy")]] == ["CV-777"]
    assert page.editor.wishes.isVisible()
    assert page.editor.lines.lines() == []
    page.editor.wishes.order_wanted.emit(counter.shop.product("CV-777").id)
    assert [line.code for line in page.editor.lines.lines()] == ["CV-777"]
    page.editor.wishes.removed.emit(counter.shop.product("CV-777").id)
    counter.settle()
    assert not page.editor.wishes.isVisible()


def test_a_new_guest_in_three_fields(counter: Counter, page: DeskPage, demo: Demo) -> None:
    run(page, "New guest")
    counter.settle()
    counter.type("Gina Castillo", ENTER, "505 555 0149")
    sheet = page._sheet
    assert sheet is not None
    sheet.consent.click()
    sheet.save_wanted.emit()
    counter.settle()
    (person,) = counter.shop.app.read(lambda reader: reader.find(Person, given="Gina"))
    assert len(counter.shop.app.read(lambda reader: reader.find(Consent, person_id=person.id))) == 1
    found = next(row for row in counter.shop.app.read(party, demo.id).guests if row.person == person)
    assert (found.phone, found.guest.attended) == ("505 555 0149", True)
    assert page.guests.list.current_key() == person.id
    assert not sheet.isVisible()


def test_somebody_known_is_taken_up_without_a_second_record(counter: Counter, page: DeskPage, demo: Demo) -> None:
    gina = counter.shop.person("Gina")
    run(page, "New guest")
    counter.settle()
    counter.type("Gin", ENTER)
    sheet = page._sheet
    assert sheet is not None
    sheet.outside.click()
    sheet.save_wanted.emit()
    counter.settle()
    found = next(row for row in counter.shop.app.read(party, demo.id).guests if row.person.id == gina)
    assert (found.guest.attended, found.guest.outside) == (False, True)
    assert len(counter.shop.app.read(lambda reader: reader.find(Person, given="Gina"))) == 1


def test_a_nameless_guest_is_refused_at_the_field(counter: Counter, page: DeskPage) -> None:
    run(page, "New guest")
    sheet = page._sheet
    assert sheet is not None
    sheet.save_wanted.emit()
    counter.settle()
    assert sheet.isVisible()
    assert sheet.fields["given"].error() == "Enter at least a given name, a family name or a company."


def test_arrival_and_co_hosts_from_the_menu(counter: Counter, page: DeskPage, demo: Demo) -> None:
    assert page.evening is not None
    amy = page.evening.sitter(counter.shop.person("Amy"))
    assert amy is not None
    page.people.fill(amy, page.evening)
    page.people.did_not_come()
    page.people.toggle_co_host()
    counter.settle()
    found = counter.shop.app.read(party, demo.id)
    assert [person.given for person in found.co_hosts] == ["Amy"]
    assert not next(row for row in found.guests if row.person.id == amy.id).guest.attended


def test_a_placed_order_is_typed_on_again(counter: Counter, page: DeskPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"), demo_id=page.demo_id)
    counter.settle()
    take(counter, page, "Amy")
    page.placed.change_wanted.emit(page.placed.last())
    counter.type("CV-402", ENTER, ENTER)
    run(page, "Place order")
    counter.settle()
    assert [line.code for line in counter.shop.view(view.order.id).lines] == ["CV-110", "CV-402"]
    assert len(orders(counter)) == 1


def test_money_is_split_and_a_second_slip_follows(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    counter.type("CV-518", ENTER, ENTER)
    run(page, "Paid in cash")
    counter.type("15")
    run(page, "Paid by check")
    counter.type("1188")
    run(page, "Place order")
    counter.settle()
    (order,) = orders(counter)
    paid = {(p.method, p.amount, p.detail) for p in counter.shop.view(order.id).payments}
    assert paid == {(PaymentMethod.CASH, 1500, ""), (PaymentMethod.CHECK, 600, "1188")}
    run(page, "Another slip")
    counter.type("CV-110", ENTER, ENTER)
    run(page, "Place order")
    counter.settle()
    assert len(orders(counter)) == 2


@pytest.mark.parametrize("width", [1320, 900, 640])
def test_everything_that_takes_keys_has_a_name(counter: Counter, page: DeskPage, width: int) -> None:
    page.resize(width, 700)
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER)
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_a_narrow_window_shows_one_part_at_a_time(counter: Counter, page: DeskPage) -> None:
    page.resize(660, 400)
    take(counter, page, "Amy")
    assert page.editor.isVisible()
    assert not page.guests.isVisible()
    run(page, "Find a guest")
    assert page.guests.isVisible()
    assert page.guests.search.hasFocus()


def test_a_route_without_a_demo_goes_to_the_demos(counter: Counter) -> None:
    page = counter.show(DeskPage(counter.session))
    page.show_route(Route("desk", "nothing"))
    assert counter.session.navigation.current == Route("demos")


# --- the party


def steps() -> Sample:
    return next(sample for sample in SAMPLES if sample.key == "us-steps-weighted")


def enter_scenario(counter: Counter, demo: Demo) -> None:
    """Enter the first five orders of scenario A."""
    shop, there = counter.shop, {"demo_id": demo.id, "shipping": 500}
    cash = (MoneyTaken(method=PaymentMethod.CASH, amount=2000),)
    shop.enter("Amy", ("CV-402", "1"), ("CV-110", "2"), **there)  # type: ignore[arg-type]
    shop.enter("Beth", ("CV-315", "1"), ("CV-518", "1"), **there)  # type: ignore[arg-type]
    shop.enter("Carla", ("CV-777", "1"), off={"CV-777": 100_000}, **there)  # type: ignore[arg-type]
    shop.enter("Dee", ("CV-110", "3"), **there)  # type: ignore[arg-type]
    shop.enter("Ella", ("CV-204", "1"), ("CV-518", "1"), payments=cash, **there)  # type: ignore[arg-type]
    counter.settle()


def test_without_a_programme_there_are_totals_and_a_choice(counter: Counter, page: DeskPage, demo: Demo) -> None:
    assert page.party.totals.total.text() == "$0.00"
    assert page.party.programme.isVisible()
    assert not page.party.reward.isVisible()
    button = next(button for button in page.party.programme.buttons if button.caption() == steps().name)
    button.click()
    counter.settle()
    assert page.party.reward.isVisible()
    assert not page.party.programme.isVisible()
    assert counter.shop.app.read(party, demo.id).rules == steps().rules


@pytest.mark.parametrize(("currency", "samples"), [("CHF", 3), ("JPY", 0)])
def test_every_seller_is_offered_a_way_to_a_programme(
    counter: Counter, demo: Demo, monkeypatch: pytest.MonkeyPatch, currency: str, samples: int
) -> None:
    shop = counter.shop
    shop.app.run(save_business, replace(shop.app.read(business), country="CH", currency=currency))
    page = show(counter, demo)
    buttons = page.party.programme.buttons
    assert len(buttons) == samples + 1
    went: list[str] = []
    monkeypatch.setattr(counter.session.navigation, "go", went.append)
    buttons[-1].click()
    assert went == ["programmes"]


def test_the_reward_and_the_nearest_step_follow_every_order(counter: Counter, page: DeskPage, demo: Demo) -> None:
    counter.shop.app.run(start_programme, demo.id, steps().name, steps().rules)
    enter_scenario(counter, demo)
    assert page.party.totals.total.text() == "$370.31"
    assert page.party.reward.credit.text() == "$32.17 credit"
    assert page.party.reward.rights.text() == "2 half-price rights"
    assert page.party.reward.bar.shares() == [1.0, 1.0, pytest.approx(71.7 / 150), 0.0]
    row = page.party.coach.rows[0]
    assert row.words == "$78.30 more: credit $60.00 instead of $32.17, 3 half-price rights"
    counter.shop.enter("Fay", ("CV-402", "1"), ("CV-315", "1"), demo_id=demo.id, shipping=900)
    counter.settle()
    assert page.party.reward.credit.text() == "$62.06 credit"
    assert page.party.reward.rights.text() == "3 half-price rights"


def test_every_figure_of_the_reward_is_explained(counter: Counter, page: DeskPage, demo: Demo) -> None:
    counter.shop.app.run(start_programme, demo.id, steps().name, steps().rules)
    enter_scenario(counter, demo)
    run(page, "Why this reward?")
    assert page.errands.why is not None
    said = page.errands.why.sentences()
    assert "Amy: $59.00 count as sales." in said
    assert "10% of $321.70: credit $32.17" in said
    assert said[-1] == "Together: $32.17 credit, 2 half-price rights"
    page.errands.why.copy.click()
    assert QApplication.clipboard().text().splitlines() == said


def test_another_programme_can_be_chosen_or_none(counter: Counter, page: DeskPage, demo: Demo) -> None:
    counter.shop.app.run(start_programme, demo.id, "Steps", steps().rules)
    counter.settle()
    page.party.reward.choose.click()
    assert page.party.programme.isVisible()
    page.party.programme.buttons[-1].click()
    counter.settle()
    assert counter.shop.app.read(party, demo.id).programme is None
    assert [button.caption() for button in page.party.programme.buttons] == ["Steps"]


def test_the_next_demo_is_booked_with_its_window_counted(counter: Counter, page: DeskPage, demo: Demo) -> None:
    rules = replace(steps().rules, bookings=Bookings(window_days=35, each=Benefit(credit=1000)))
    counter.shop.app.run(start_programme, demo.id, "Steps", rules)
    counter.settle()
    take(counter, page, "Beth")
    run(page, "Book the next demo")
    sheet = page.people.booking
    assert sheet.host.person_id() == counter.shop.person("Beth")
    sheet.pick(date(2026, 3, 21))
    assert sheet.chip.text() == "day 36 of 35: does not count"
    sheet.grid.picked.emit(date(2026, 3, 20))
    assert sheet.chip.text() == "day 35 of 35"
    sheet.save_wanted.emit()
    counter.settle()
    (child,) = counter.shop.app.read(party, demo.id).bookings
    assert (child.day, child.host_id, child.starts) == (date(2026, 3, 20), counter.shop.person("Beth"), time(19))
    (row,) = page.party.bookings.rows
    assert row.chip.text() == "day 35 of 35"
    assert not sheet.isVisible()


def test_booking_needs_a_host_and_a_later_day(counter: Counter, page: DeskPage) -> None:
    run(page, "Book the next demo")
    sheet = page.people.booking
    sheet.save_wanted.emit()
    assert sheet.fields["host"].error() == "Choose who hosts."
    sheet.host.set_person(counter.shop.person("Beth"))
    sheet.pick(date(2026, 2, 1))
    sheet.save_wanted.emit()
    counter.settle()
    assert sheet.isVisible()
    assert counter.shop.app.read(party, page.demo_id).bookings == ()  # type: ignore[arg-type]  # a demo is shown


def test_the_door_prize_slip_is_taken_up(counter: Counter, page: DeskPage, demo: Demo) -> None:
    take(counter, page, "Beth")
    run(page, "Door-prize slip")
    sheet = page.people._prize
    assert sheet is not None
    assert sheet.follow_up.value() == date(2026, 2, 15)
    sheet.need.set_value("knives")
    sheet.budget.set_value("<= 100")
    sheet.objection.set_value("must ask husband")
    sheet.would_host.click()
    sheet.save_wanted.emit()
    counter.settle()
    beth = counter.shop.app.read(lambda reader: reader.get(Person, counter.shop.person("Beth")))
    assert (beth.need, beth.budget, beth.objection) == ("knives", "<= 100", "must ask husband")
    (follow_up,) = counter.shop.app.read(lambda reader: reader.find(FollowUp))
    assert follow_up.due_on == date(2026, 2, 15)


def test_a_sunday_after_any_day() -> None:
    days = [next_sunday(date(2026, 2, day)) for day in range(9, 16)]
    assert days == [date(2026, 2, 15)] * 6 + [date(2026, 2, 22)]


# --- in the window


@pytest.fixture
def window(themed: QApplication, qtbot: QtBot, counter: Counter, demo: Demo) -> Iterator[Shell]:
    shell = Shell(counter.session, factories())
    shell.resize(1320, 760)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    counter.settle()
    yield shell
    shell.settle()
    counter.settle()
    shell.close()
    shell.deleteLater()


def test_the_demo_starts_at_its_desk_which_takes_the_whole_window(counter: Counter, window: Shell, demo: Demo) -> None:
    counter.session.navigation.go("demos", str(demo.id))
    counter.settle()
    demos: Any = window.current_page()
    assert demos.detail.desk.caption() == "Start the demo"
    demos.detail.desk.click()
    counter.settle()
    assert isinstance(window.current_page(), DeskPage)
    assert not window.nav.isVisible()
    assert counter.shop.app.read(lambda reader: reader.get(Demo, demo.id)).state is DemoState.OPEN
    window.current_page().leave()  # type: ignore[union-attr]  # the desk
    counter.settle()
    assert window.nav.isVisible()
    assert demos.detail.desk.caption() == "Open the desk"


def test_today_leads_to_the_desk_of_the_day(counter: Counter, window: Shell, demo: Demo) -> None:
    counter.session.navigation.go("today")
    counter.settle()
    page = window.current_page()
    assert page is not None
    button = next(one for one in page.findChildren(Button) if one.caption() == "Open the desk: Dana's party")
    button.click()
    counter.settle()
    assert counter.session.navigation.current == Route("desk", str(demo.id))


def test_undo_takes_back_the_line_before_the_book(counter: Counter, window: Shell, demo: Demo) -> None:
    counter.session.navigation.go("desk", str(demo.id))
    counter.settle()
    page = window.current_page()
    assert isinstance(page, DeskPage)
    take(counter, page, "Amy")
    counter.type("CV-110", ENTER, ENTER)
    window._undo()
    counter.settle()
    assert page.editor.lines.lines() == []
    assert counter.said == []


def test_an_open_slip_follows_the_name_of_its_person(counter: Counter, page: DeskPage) -> None:
    take(counter, page, "Amy")
    with counter.shop.app.store.write("test") as work:
        work.save(replace(work.get(Person, counter.shop.person("Amy")), family="Castillo"))
    counter.settle()
    assert page.editor.top._name.text() == "Amy Castillo"
    assert [slip.name for slip in page.slips.open_slips()] == ["Amy Castillo"]


def test_a_change_of_the_order_in_hand_from_elsewhere_is_said(counter: Counter, page: DeskPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"), demo_id=page.demo_id)
    counter.settle()
    take(counter, page, "Amy")
    page.placed.change_wanted.emit(page.placed.last())
    counter.shop.app.run(save_order, OrderForm(order=replace(view.order, note="for the shelf"), lines=view.lines))
    counter.settle()
    assert "changed elsewhere" in page.editor._banner._label.text()  # type: ignore[union-attr]
