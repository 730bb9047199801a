"""The Demos page, driven by clicks and keys: booking, calendar, guests, orders, the steps of a demo's life."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from directsell.domain.demos import Demo, DemoGuest, DemoKind, DemoState, Reply, guest_of
from directsell.domain.people import Address, Consent, Person, PersonRole, ReachPoint, Role, Stage
from directsell.store.queries.demos import DemoFilter
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.demos import DemosPage
from directsell.ui.pages.demos.detail import steps_of
from directsell.ui.routes import new_view, parse_view
from tests.fixtures import books
from tests.ui.conftest import Desk

TODAY = books.NOON.date()
SOON = TODAY + timedelta(days=5)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def host(desk: Desk) -> Person:
    with desk.write() as work:
        person = books.add_person(work, "Dana", family="Ruiz")
        address = Address(id=work.new_id(), person_id=person.id, street="814 Alder St", city="Santa Fe", country="US")
        work.save(address)
    return person


@pytest.fixture
def demo(desk: Desk, host: Person) -> Demo:
    with desk.write() as work:
        made = work.save(
            Demo(
                id=work.new_id(),
                host_id=host.id,
                day=SOON,
                starts=time(18, 30),
                title="Autumn evening",
                created_at=work.now,
            )
        )
        work.save(Demo(id=work.new_id(), day=TODAY - timedelta(days=9), title="Spring fair", created_at=work.now))
        work.save(Demo(id=work.new_id(), day=SOON, title="Never", state=DemoState.CANCELLED, created_at=work.now))
        amy = books.add_person(work, "Amy", family="Abbot")
        work.save(guest_of(made.id, amy.id))
    return made


@pytest.fixture
def page(desk: Desk, demo: Demo, scripted: ScriptedDialogs) -> DemosPage:
    shown = desk.show(DemosPage(desk.session))
    shown.show_route(Route("demos", str(demo.id)))
    desk.settle()
    return shown


def names(page: DemosPage) -> list[str]:
    model = page.listing.list.model_
    return [row.title for n in range(model.count) if (row := model.row(n)) is not None]


def rows_of(desk: Desk, record: Any, **equals: Any) -> list[Any]:
    return desk.session.app.read(lambda reader: reader.find(record, **equals))


def one(desk: Desk, record: Any, key: UUID) -> Any:
    return rows_of(desk, record, id=key)[0]


def click(desk: Desk, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    desk.settle()


def press(desk: Desk, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, held)
    desk.settle()


def test_filters_and_search(desk: Desk, page: DemosPage) -> None:
    chips = {chip.key: chip for chip in page.listing.chips.chips()}
    for which, expected in (
        (DemoFilter.UPCOMING, ["Autumn evening"]),
        (DemoFilter.PAST, ["Spring fair"]),
        (DemoFilter.CANCELLED, ["Never"]),
        (DemoFilter.ALL, ["Never", "Autumn evening", "Spring fair"]),
    ):
        click(desk, chips[which])
        assert names(page) == expected
    QTest.keyClicks(page.listing.search, "ruiz")
    desk.settle()
    assert names(page) == ["Autumn evening"]


def test_a_demo_is_booked_from_the_keyboard_alone(desk: Desk, page: DemosPage, host: Person) -> None:
    page.show_route(Route("demos", None, "new"))
    form = page.form
    assert QApplication.focusWidget() is form.host
    QTest.keyClicks(form.host, "rui")
    press(desk, form.host, Qt.Key.Key_Return)
    assert form.host.person_id() == host.id
    assert form.place.street.value() == "814 Alder St"
    form.day.setFocus()
    QTest.keyClicks(form.day, "+12")
    form.starts.setFocus()
    form.starts.selectAll()
    QTest.keyClicks(form.starts, "7:15 pm")
    form.ends.setFocus()
    QTest.keyClicks(form.ends, "2100")
    form.expected.setFocus()
    QTest.keyClicks(form.expected, "9")
    press(desk, form.expected, Qt.Key.Key_S, CTRL)
    assert not form.isVisible()
    made = next(d for d in rows_of(desk, Demo) if d.day == TODAY + timedelta(days=12))
    assert (made.host_id, made.starts, made.ends, made.expected_guests) == (host.id, time(19, 15), time(21, 0), 9)
    assert (made.street, made.city) == ("814 Alder St", "Santa Fe")
    assert page.detail.title.text() == "Dana Ruiz"
    assert page.listing.list.current_key() == made.id
    assert one(desk, Person, host.id).stage is Stage.DEMO_BOOKED
    assert Role.HOST in {r.role for r in rows_of(desk, PersonRole, person_id=host.id)}


def test_a_demo_for_a_person_takes_the_address_along(desk: Desk, page: DemosPage, host: Person) -> None:
    page.show_route(Route("demos", None, new_view(person=host.id)))
    assert page.form.host.person_id() == host.id
    assert page.form.place.city.value() == "Santa Fe"
    assert not page.form.is_dirty


def test_a_host_who_is_new_is_made_on_the_way(desk: Desk, page: DemosPage) -> None:
    page.form.start()
    QTest.keyClicks(page.form.host, "Olga Brandt")
    press(desk, page.form.host, Qt.Key.Key_Return)
    sheet = page.form.newcomer
    assert sheet.isVisible()
    assert sheet.name.value() == "Olga Brandt"
    QTest.keyClicks(sheet.phone, "505 555 0177")
    press(desk, sheet.phone, Qt.Key.Key_S, CTRL)
    assert not sheet.isVisible()
    assert page.form.isVisible()
    made = next(p for p in rows_of(desk, Person) if p.family == "Brandt")
    assert page.form.host.person_id() == made.id


def test_missing_day_and_wrong_times_are_told_under_their_fields(desk: Desk, page: DemosPage) -> None:
    page.form.start()
    click(desk, page.form.save_button)
    assert page.form.isVisible()
    assert page.form.fields["day"].error()
    QTest.keyClicks(page.form.day, "+3")
    page.form.ends.setFocus()
    QTest.keyClicks(page.form.ends, "17:00")
    click(desk, page.form.save_button)
    assert page.form.isVisible()
    assert page.form.fields["ends"].error() == "The end lies before the start."
    page.form.ends.selectAll()
    QTest.keyClicks(page.form.ends, "25:99")
    click(desk, page.form.save_button)
    assert page.form.fields["ends"].error()
    assert page.form.ends.text() == "25:99"


def test_a_taken_day_is_noticed(desk: Desk, page: DemosPage) -> None:
    page.form.start(day=SOON)
    assert "demo already" in page.form.fields["day"]._hint
    assert "Autumn evening" in page.form.fields["day"]._hint


def test_editing_changes_only_what_was_typed(desk: Desk, page: DemosPage, demo: Demo) -> None:
    page.detail.edit_wanted.emit()
    QTest.keyClicks(page.form.note, "Bring the big pan")
    press(desk, page.form.note, Qt.Key.Key_S, CTRL)
    after = one(desk, Demo, demo.id)
    assert after.note == "Bring the big pan"
    assert (after.title, after.day, after.starts, after.host_id) == (demo.title, demo.day, demo.starts, demo.host_id)


def test_guests_are_added_by_typing_a_name(desk: Desk, page: DemosPage, demo: Demo) -> None:
    with desk.write() as work:
        beth = books.add_person(work, "Beth", family="Strand")
    desk.settle()
    picker = page.detail.guests.picker
    picker.setFocus()
    QTest.keyClicks(picker, "stra")
    press(desk, picker, Qt.Key.Key_Return)
    assert {g.person_id for g in rows_of(desk, DemoGuest, demo_id=demo.id)} > {beth.id}
    assert picker.text() == ""
    assert QApplication.focusWidget() is picker


def test_a_new_guest_needs_three_fields(desk: Desk, page: DemosPage, demo: Demo) -> None:
    picker = page.detail.guests.picker
    picker.setFocus()
    QTest.keyClicks(picker, "Gina Marsh")
    press(desk, picker, Qt.Key.Key_Return)
    sheet = page.newcomer
    QTest.keyClicks(sheet.phone, "505 555 0199")
    sheet.consent.setFocus()
    press(desk, sheet.consent, Qt.Key.Key_Space)
    press(desk, sheet.consent, Qt.Key.Key_S, CTRL)
    gina = next(p for p in rows_of(desk, Person) if p.given == "Gina")
    assert gina.met_at == "Autumn evening"
    assert [r.value for r in rows_of(desk, ReachPoint, person_id=gina.id)] == ["505 555 0199"]
    assert {c.channel for c in rows_of(desk, Consent, person_id=gina.id)} == {"call", "message"}
    assert gina.id in {g.person_id for g in rows_of(desk, DemoGuest, demo_id=demo.id)}
    desk.session.undo()
    desk.settle()
    assert [p.given for p in rows_of(desk, Person) if p.given == "Gina"] == []
    assert len(rows_of(desk, DemoGuest, demo_id=demo.id)) == 1


def test_a_guest_who_is_known_by_number_is_taken_instead(desk: Desk, page: DemosPage, demo: Demo, host: Person) -> None:
    with desk.write() as work:
        work.save(ReachPoint(id=work.new_id(), person_id=host.id, kind="mobile", value="+1 505 555 0142"))  # type: ignore[arg-type]
    page._new_guest("D. Ruiz")
    QTest.keyClicks(page.newcomer.phone, "505 555 0142")
    assert page.newcomer.take_button.isVisible()
    click(desk, page.newcomer.take_button)
    assert host.id in {g.person_id for g in rows_of(desk, DemoGuest, demo_id=demo.id)}
    assert not [p for p in rows_of(desk, Person) if p.given == "D."]


def amy_of(desk: Desk) -> Person:
    found: Person = next(p for p in rows_of(desk, Person) if p.given == "Amy")
    return found


def test_reply_company_and_attendance_are_saved_at_once(desk: Desk, page: DemosPage, demo: Demo) -> None:
    amy = amy_of(desk)
    line = page.detail.guests.line(amy.id)
    assert line is not None
    line.reply.choose(Reply.ACCEPTED)
    desk.settle()
    line.brings.choose(2)
    desk.settle()
    click(desk, line.attended)
    guest = rows_of(desk, DemoGuest, demo_id=demo.id)[0]
    assert (guest.reply, guest.brings, guest.attended) == (Reply.ACCEPTED, 2, True)
    assert page.detail.guests.line(amy.id) is line
    assert page.detail.card is not None
    assert page.detail.card.coming == 3


def test_an_invitation_is_changed_and_the_list_counted(desk: Desk, page: DemosPage, demo: Demo) -> None:
    amy = amy_of(desk)
    page.detail.guests.invite(amy.id)
    desk.settle()
    line = page.detail.guests.line(amy.id)
    assert line is not None
    assert page.detail.guests.statistics.text().endswith("1 without an answer")
    line.edit_wanted.emit(line._row.guest, "Amy")  # type: ignore[union-attr]  # the line shows her
    sheet = page.invitation
    assert sheet.isVisible()
    sheet.channel.set_value("email")
    sheet.reply.set_value(Reply.ACCEPTED)
    sheet.brings.set_value(1)
    sheet.outside.click()
    sheet.note.setText("brings her sister")
    click(desk, sheet.save_button)
    (guest,) = rows_of(desk, DemoGuest, demo_id=demo.id, person_id=amy.id)
    assert (guest.channel, guest.reply, guest.brings, guest.outside) == ("email", Reply.ACCEPTED, 1, True)
    assert guest.note == "brings her sister"
    assert "E-mail · outside order" in line._reach.text()
    assert "1 with them" in page.detail.guests.statistics.text()


def test_a_guest_is_taken_off_the_list_and_comes_back_by_undo(desk: Desk, page: DemosPage, demo: Demo) -> None:
    line = page.detail.guests.line(amy_of(desk).id)
    assert line is not None
    click(desk, line.more)
    line._menu.actions()[-1].trigger()
    line._menu.close()
    desk.settle()
    assert rows_of(desk, DemoGuest, demo_id=demo.id) == []
    desk.session.undo()
    desk.settle()
    assert page.detail.guests.line(amy_of(desk).id) is not None


def test_new_orders_know_guest_and_demo(desk: Desk, page: DemosPage, demo: Demo) -> None:
    amy = amy_of(desk)
    line = page.detail.guests.line(amy.id)
    assert line is not None
    click(desk, line.order)
    assert desk.routes[-1].page == "orders"
    assert parse_view(desk.routes[-1].view) == {"person": amy.id, "demo": demo.id}
    click(desk, page.detail.order)
    assert parse_view(desk.routes[-1].view) == {"demo": demo.id}


def test_orders_of_a_demo_are_counted_and_opened(desk: Desk, page: DemosPage, demo: Demo) -> None:
    amy = amy_of(desk)
    with desk.write() as work:
        order = books.add_order(work, person_id=amy.id)
        work.update(type(order), order.id, demo_id=demo.id)
    desk.settle()
    card = page.detail.card
    assert card is not None
    assert (card.placed, card.sales, card.owed) == (1, 8081, 8081)
    line = page.detail.guests.line(amy.id)
    assert line is not None
    assert "1 order, $80.81" in line._reach.text()
    page.detail._order_rows[0]._open()  # type: ignore[attr-defined]
    assert desk.routes[-1] == Route("orders", str(order.id))


@pytest.mark.parametrize("state", list(DemoState))
def test_only_allowed_steps_are_offered(state: DemoState) -> None:
    assert state not in steps_of(state)
    assert steps_of(state)


def test_a_demo_goes_through_its_life_by_its_button(desk: Desk, page: DemosPage, demo: Demo, host: Person) -> None:
    for expected in (
        DemoState.CONFIRMED,
        DemoState.OPEN,
        DemoState.CLOSING,
        DemoState.SUBMITTED,
        DemoState.DELIVERED,
        DemoState.SETTLED,
    ):
        click(desk, page.detail.step)
        assert one(desk, Demo, demo.id).state is expected
    assert one(desk, Person, host.id).stage is Stage.DEMO_DONE
    assert page.detail.step.caption() == "Reopen"
    menu = page.detail.state_button.menu()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Reopen"]


def test_the_calendar_shows_taken_days_and_picks_by_keys(desk: Desk, page: DemosPage) -> None:
    grid = page.listing.calendar.grid
    assert grid.words(SOON).endswith("1 demo")
    assert grid.words(SOON + timedelta(days=1)).endswith("free")
    page.listing.show_calendar()
    grid.go(SOON)
    press(desk, grid, Qt.Key.Key_Return)
    assert sorted(names(page)) == ["Autumn evening", "Never"]
    press(desk, grid, Qt.Key.Key_Right)
    press(desk, grid, Qt.Key.Key_Return)
    assert names(page) == []
    page.listing._new()
    assert page.form.day.value() == SOON + timedelta(days=1)


def test_the_calendar_goes_through_months_and_stops_somewhere(desk: Desk, page: DemosPage) -> None:
    grid = page.listing.calendar.grid
    grid.go(date(2026, 1, 31))
    press(desk, grid, Qt.Key.Key_PageDown)
    assert grid.day == date(2026, 2, 28)
    press(desk, grid, Qt.Key.Key_Home)
    assert grid.day == date(2026, 2, 1)
    press(desk, grid, Qt.Key.Key_End)
    assert grid.day == date(2026, 2, 28)
    grid.go(date(2199, 12, 31))
    press(desk, grid, Qt.Key.Key_Down)
    press(desk, grid, Qt.Key.Key_PageDown)
    assert grid.day == date(2199, 12, 31)


def test_deleting_is_undone_and_refused_with_orders(desk: Desk, page: DemosPage, demo: Demo) -> None:
    page.listing.list.setFocus()
    press(desk, page.listing.list, Qt.Key.Key_Delete)
    assert rows_of(desk, Demo, id=demo.id) == []
    desk.session.undo()
    desk.settle()
    page.show_route(Route("demos", str(demo.id)))
    with desk.write() as work:
        order = books.add_order(work)
        work.update(type(order), order.id, demo_id=demo.id)
    desk.settle()
    page._delete()
    desk.settle()
    assert rows_of(desk, Demo, id=demo.id) != []
    assert "orders from this demo" in desk.complained[0]


def test_a_half_typed_demo_comes_back(desk: Desk, page: DemosPage, host: Person) -> None:
    page.form.start(host.id)
    QTest.keyClicks(page.form.note, "Bring cake")
    page.settle()
    again = desk.show(DemosPage(desk.session))
    again.form.resume()
    assert again.form.note.value() == "Bring cake"
    assert again.form.host.person_id() == host.id
    again.form.set_clean()
    again.form.ask_close()


def test_a_demo_on_a_hidden_filter_is_found_by_a_route(desk: Desk, page: DemosPage) -> None:
    past = next(d for d in rows_of(desk, Demo) if d.title == "Spring fair")
    page.show_route(Route("demos", str(past.id)))
    desk.settle()
    assert page.listing.list.current_key() == past.id
    assert page.detail.title.text() == "Spring fair"


def test_a_row_is_chosen_by_the_mouse(desk: Desk, page: DemosPage, demo: Demo) -> None:
    view = page.listing.list
    spot = view.visualRect(view.model_.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    desk.settle()
    assert desk.session.look(lambda reader: reader.get(Demo, demo.id)).kind is DemoKind.HOME_PARTY
    assert page.detail.card is not None


def test_everything_that_takes_keys_has_a_name(desk: Desk, page: DemosPage) -> None:
    page.form.start()
    unnamed = [
        f"{type(widget).__name__}"
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and widget.isVisible()
        and widget.focusProxy() is None
        and not widget.accessibleName()
    ]
    assert unnamed == []
