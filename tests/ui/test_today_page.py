"""The Today page, driven by clicks and keys: who is due, outcomes of one key, cards that lead on, the first steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from directsell.domain.demos import Demo
from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.domain.follow_up_programmes import FollowUpProgramme
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.orders import OrderState
from directsell.domain.people import Channel, ContactEntry, Outcome, Person, ReachKind, ReachPoint
from directsell.store.queries.due import DAILY_LIMIT
from directsell.store.queries.settings import business
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.people import PeoplePage
from directsell.ui.pages.today import TodayPage
from directsell.ui.pages.today.contact_line import ContactLine
from directsell.ui.pages.today.day_sheet import day_sheet_pdf
from directsell.ui.pages.today.rows import Skeleton
from directsell.ui.routes import parse_view
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.labels import Label
from tests.documents.reading import text_of
from tests.fixtures import books
from tests.ui.conftest import Desk
from tests.ui.papers import set_up

TODAY = books.NOON.date()


def shown(desk: Desk, width: int = 1140, height: int = 740) -> TodayPage:
    page = desk.show(TodayPage(desk.session), width, height)
    page.show_route(Route("today"))
    desk.settle()
    return page


@pytest.fixture
def due(desk: Desk) -> list[FollowUp]:
    """Dana three days late, Beth and Carla today."""
    with desk.write() as work:
        set_up(work)
        made = []
        for name, late in (("Dana", 3), ("Beth", 0), ("Carla", 0)):
            person = books.add_person(work, name, family="Ruiz")
            work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value="+1 505 555 0142"))
            follow_up = FollowUp(
                id=work.new_id(),
                person_id=person.id,
                due_on=TODAY - timedelta(days=late),
                reason=Reason.LEAD,
                text=f"Call {name}",
                created_at=work.now,
            )
            made.append(work.save(follow_up))
    return made


@pytest.fixture
def page(desk: Desk, due: list[FollowUp]) -> TodayPage:
    return shown(desk)


def follow_up(desk: Desk, record: FollowUp) -> FollowUp:
    return desk.session.look(lambda reader: reader.get(FollowUp, record.id))


def names(page: TodayPage) -> list[str]:
    return [line.contact.name for line in page.contacts.lines]


def opened(page: TodayPage) -> ContactLine:
    return next(line for line in page.contacts.lines if line.is_open)


def test_the_page_stands_before_the_data_arrive(desk: Desk, due: list[FollowUp]) -> None:
    page = TodayPage(desk.session)
    assert page.findChildren(Skeleton)
    desk.show(page)
    page.show_route(Route("today"))
    desk.settle()
    assert names(page) == ["Dana Ruiz", "Beth Ruiz", "Carla Ruiz"]


def test_the_greeting_names_the_seller_and_counts_what_is_due(page: TodayPage) -> None:
    assert "Dana Whitlock" in page.header.title.text()
    assert "3 things need you today" in page.header.subtitle.text()


def test_the_first_contact_is_open_with_phone_and_words(page: TodayPage) -> None:
    line = opened(page)
    assert line.contact.name == "Dana Ruiz"
    words = {label.text() for label in line.findChildren(Label)}
    assert {"Call Dana", "+1 505 555 0142"} <= words
    assert "3 days late" in line.accessibleName()


@pytest.mark.parametrize(
    ("key", "outcome", "days"),
    [
        (Qt.Key.Key_1, Outcome.REACHED, 0),
        (Qt.Key.Key_2, Outcome.NO_ANSWER, 1),
        (Qt.Key.Key_3, Outcome.LEFT_MESSAGE, 3),
        (Qt.Key.Key_4, Outcome.CALL_BACK, 1),
        (Qt.Key.Key_N, Outcome.NOT_INTERESTED, 0),
    ],
)
def test_one_key_notes_the_outcome(
    desk: Desk, page: TodayPage, due: list[FollowUp], key: Qt.Key, outcome: Outcome, days: int
) -> None:
    opened(page).setFocus()
    QTest.keyClick(opened(page), key)
    desk.settle()
    after = follow_up(desk, due[0])
    if days:  # not settled: the reason stays, on another day
        assert (after.state, after.due_on, after.reason) == (
            FollowUpState.OPEN,
            TODAY + timedelta(days=days),
            Reason.LEAD,
        )
    else:
        assert (after.state, after.outcome) == (FollowUpState.DONE, outcome)
    entries = desk.session.look(lambda reader: reader.find(ContactEntry, person_id=due[0].person_id))
    assert [entry.outcome for entry in entries] == [outcome]
    assert names(page) == ["Beth Ruiz", "Carla Ruiz"]
    assert QApplication.focusWidget() is opened(page), "the next one is under the fingers"
    desk.session.undo()
    desk.settle()
    assert names(page) == ["Dana Ruiz", "Beth Ruiz", "Carla Ruiz"]


def test_put_off_and_skip(desk: Desk, page: TodayPage, due: list[FollowUp]) -> None:
    QTest.keyClick(opened(page), Qt.Key.Key_5)
    desk.settle()
    assert follow_up(desk, due[0]).due_on == TODAY + timedelta(days=1)
    QTest.keyClick(opened(page), Qt.Key.Key_6)
    desk.settle()
    assert follow_up(desk, due[1]).state is FollowUpState.SKIPPED
    assert names(page) == ["Carla Ruiz"]


def test_arrows_walk_and_enter_opens_the_person(desk: Desk, page: TodayPage, due: list[FollowUp]) -> None:
    opened(page).setFocus()
    QTest.keyClick(opened(page), Qt.Key.Key_Down)
    assert opened(page).contact.name == "Beth Ruiz"
    assert QApplication.focusWidget() is opened(page)
    QTest.keyClick(opened(page), Qt.Key.Key_Up)
    assert opened(page).contact.name == "Dana Ruiz"
    QTest.keyClick(opened(page), Qt.Key.Key_Return)
    assert desk.routes[-1] == Route("people", str(due[0].person_id))


def test_the_note_goes_into_the_log(desk: Desk, page: TodayPage, due: list[FollowUp]) -> None:
    note = opened(page).note
    assert note is not None
    QTest.keyClicks(note, "Wants 2 peelers")
    QTest.keyClick(note, Qt.Key.Key_Return)
    desk.settle()
    entry = desk.session.look(lambda reader: reader.find(ContactEntry, person_id=due[0].person_id))[0]
    assert (entry.text, entry.outcome, entry.channel) == ("Wants 2 peelers", Outcome.REACHED, Channel.CALL)


def test_a_half_typed_note_survives_changes_elsewhere(desk: Desk, page: TodayPage) -> None:
    QTest.mouseClick(page.contacts.lines[1], Qt.MouseButton.LeftButton)
    note = opened(page).note
    assert note is not None
    QTest.keyClicks(note, "Half a wor")
    with desk.write() as work:
        books.add_person(work, "Somebody else")
    desk.settle()
    assert opened(page).contact.name == "Beth Ruiz"
    assert opened(page).typed() == "Half a wor"


def test_a_half_typed_note_is_there_again_after_a_restart_and_gone_with_its_contact(
    desk: Desk, page: TodayPage
) -> None:
    QTest.mouseClick(page.contacts.lines[1], Qt.MouseButton.LeftButton)
    note = opened(page).note
    assert note is not None
    QTest.keyClicks(note, "Half a wor")
    page.settle()
    again = shown(desk)
    line = again.contacts.lines[1]
    assert (line.contact.name, line.typed()) == ("Beth Ruiz", "Half a wor")
    again.contacts.open_line(line.contact.person_id)
    line.reached()
    desk.settle()
    again.settle()
    assert desk.session.drafts.list() == ()


def test_many_reasons_leave_room_for_phone_and_outcomes(desk: Desk, page: TodayPage, due: list[FollowUp]) -> None:
    with desk.write() as work:
        for number in range(40):
            link = "" if number else f"https://example.com/{'x' * 300}"
            work.save(replace(due[0], id=work.new_id(), text=f"Reason {number} of many {link}"))
    desk.settle()
    line = opened(page)
    assert len(line.contact.reasons) == 41
    assert line.height() < page.height()
    assert line.more_reasons is not None
    assert line.more_reasons.caption() == "36 more reasons"
    QTest.mouseClick(line.more_reasons, Qt.MouseButton.LeftButton)
    words = " ".join(label.text() for label in line.findChildren(Label) if label.isVisible())
    assert all(f"Reason {number} of" in words for number in range(40))
    assert all(label.sizeHint().width() <= line.width() for label in line.findChildren(Label) if label.isVisible())
    line.reached()
    desk.settle()
    assert names(page) == ["Beth Ruiz", "Carla Ruiz"]


def test_cards_lead_to_their_records(desk: Desk) -> None:
    with desk.write() as work:
        set_up(work)
        amy = books.add_person(work, "Amy", family="Ruiz", birthday="1980-06-16")
        order = books.add_order(work, person_id=amy.id)
        work.save(replace(order, deliver_on=TODAY))
        demo = work.save(Demo(id=work.new_id(), title="Autumn evening", host_id=amy.id, day=TODAY, created_at=work.now))
    page = shown(desk)
    for card, page_key, record in (
        (page.demos, "demos", demo.id),
        (page.deliveries, "orders", order.id),
        (page.debts, "orders", order.id),
        (page.birthdays, "people", amy.id),
    ):
        assert len(card.lines) == 1
        QTest.mouseClick(card.lines[0], Qt.MouseButton.LeftButton)
        assert desk.routes[-1] == Route(page_key, str(record))
    assert "turns 46" in page.birthdays.lines[0].accessibleName()
    assert "$80.81" in page.debts.lines[0].accessibleName()
    QTest.keyClick(page.tile_owed, Qt.Key.Key_Return)
    assert desk.routes[-1].page == "orders"


def test_the_numbers_of_the_tiles(desk: Desk) -> None:
    with desk.write() as work:
        set_up(work)
        order = books.add_order(work, person_id=books.add_person(work).id)
        books.add_payment(work, order, 81)
    page = shown(desk)
    assert "$80.81" in page.tile_sales.accessibleName()
    assert "1" in page.tile_orders.accessibleName()
    assert "$80.00" in page.tile_owed.accessibleName()
    assert "Jun: " in page.sales.chart.accessibleDescription()


def test_the_first_steps_follow_the_data(desk: Desk) -> None:
    page = shown(desk)
    assert page.journey.isVisible()
    assert not page.contacts.isVisible()
    buttons = [button for button in page.journey.findChildren(Button) if button.isVisible()]
    assert [button.caption() for button in buttons] == ["Add a prospect"]
    buttons[0].click()
    assert desk.routes[-1] == Route("people", None, "new")
    with desk.write() as work:
        person: Person = books.add_person(work)
    desk.settle()
    assert page.contacts.isVisible()
    visible = [button.caption() for button in page.journey.findChildren(Button) if button.isVisible()]
    assert visible == ["Choose whom"]
    with desk.write() as work:
        entry = ContactEntry(id=work.new_id(), person_id=person.id, at=work.now, channel=Channel.CALL)
        work.save(entry)
        work.save(Demo(id=work.new_id(), title="Demo", day=TODAY, created_at=work.now))
        order = books.add_order(work, person_id=person.id)
        work.save(replace(order, state=OrderState.DELIVERED, delivered_on=TODAY))
    desk.settle()
    assert not page.journey.isVisible()


@pytest.mark.parametrize("stays", [False, True], ids=["comes back", "stays in front"])
def test_a_new_day_is_noticed(desk: Desk, page: TodayPage, *, stays: bool) -> None:
    with desk.write() as work:
        person = books.add_person(work, "Ella")
        work.save(
            FollowUp(id=work.new_id(), person_id=person.id, due_on=TODAY + timedelta(days=1), created_at=work.now)
        )
    desk.settle()
    assert "Ella" not in names(page)
    desk.session.clock.advance(days=1)  # type: ignore[attr-defined]  # the fixed clock of tests
    if stays:
        assert page._midnight.isActive()
        page._midnight.timeout.emit()
    else:
        page.show_route(Route("today"))
    desk.settle()
    assert "Ella" in names(page)


@pytest.mark.parametrize(("width", "height"), [(1140, 700), (619, 384), (456, 600)])
def test_nothing_is_wider_than_the_window(desk: Desk, due: list[FollowUp], width: int, height: int) -> None:
    page = shown(desk, width, height)
    assert page._area is not None
    assert page._area.horizontalScrollBar().maximum() == 0


def test_commands_start_new_things(desk: Desk, page: TodayPage) -> None:
    for command in page.commands()[:3]:
        command.run()
    assert [(route.page, route.view) for route in desk.routes[-3:]] == [
        ("orders", "new"),
        ("people", "new"),
        ("demos", "new"),
    ]
    assert desk.session.look(business).name == "Dana Whitlock"
    assert isinstance(page.contacts.lines[0].contact.person_id, UUID)


def test_the_tile_of_due_contacts_leads_to_exactly_those_people(desk: Desk, page: TodayPage) -> None:
    QTest.keyClick(page.tile_due, Qt.Key.Key_Space)
    with desk.write() as work:
        books.add_person(work, "Nobody due")
    people = desk.show(PeoplePage(desk.session))
    people.show_route(desk.routes[-1])
    desk.settle()
    model = people.listing.list.model_
    rows = [model.row(number) for number in range(model.count)]
    assert sorted(row.name for row in rows if row is not None) == ["Beth Ruiz", "Carla Ruiz", "Dana Ruiz"]


def test_several_reasons_for_a_person_are_one_card_and_one_contact(desk: Desk, due: list[FollowUp]) -> None:
    with desk.write() as work:
        again = FollowUp(
            id=work.new_id(),
            person_id=due[0].person_id,
            due_on=TODAY,
            reason=Reason.BIRTHDAY,
            text="Say happy birthday",
            created_at=work.now,
        )
        work.save(again)
    page = shown(desk)
    assert names(page) == ["Dana Ruiz", "Beth Ruiz", "Carla Ruiz"]
    words = {label.text() for label in opened(page).findChildren(Label)}
    assert {"Call Dana", "Say happy birthday"} <= words
    opened(page).setFocus()
    QTest.keyClick(opened(page), Qt.Key.Key_1)
    desk.settle()
    assert names(page) == ["Beth Ruiz", "Carla Ruiz"]
    assert {follow_up(desk, one).state for one in (due[0], again)} == {FollowUpState.DONE}
    entries = desk.session.look(lambda reader: reader.find(ContactEntry, person_id=due[0].person_id))
    assert [entry.text for entry in entries] == ["Call Dana; Say happy birthday"]
    desk.session.undo()
    desk.settle()
    assert {follow_up(desk, one).state for one in (due[0], again)} == {FollowUpState.OPEN}


@pytest.mark.parametrize(("key", "target"), [(Qt.Key.Key_B, "demos"), (Qt.Key.Key_O, "orders")])
def test_a_booking_or_an_order_is_noted_and_leads_to_its_form(
    desk: Desk, page: TodayPage, due: list[FollowUp], key: Qt.Key, target: str
) -> None:
    opened(page).setFocus()
    QTest.keyClick(opened(page), key)
    desk.settle()
    assert follow_up(desk, due[0]).state is FollowUpState.DONE
    assert desk.routes[-1].page == target
    assert parse_view(desk.routes[-1].view or "") == {"person": due[0].person_id}


def test_the_week_shows_each_day_with_its_contacts_and_demos(desk: Desk, page: TodayPage) -> None:
    with desk.write() as work:
        host = books.add_person(work, "Hanna")
        day = TODAY + timedelta(days=2)
        work.save(Demo(id=work.new_id(), title="Evening at Hanna's", day=day, host_id=host.id, created_at=work.now))
        person = books.add_person(work, "Nora")
        work.save(
            FollowUp(
                id=work.new_id(), person_id=person.id, due_on=TODAY + timedelta(days=2), text="Ask", created_at=work.now
            )
        )
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    desk.settle()
    assert page.week is not None
    shown_days = [[line.line.title for line in card.lines] for card in page.week.days]
    assert shown_days == [["Dana Ruiz", "Beth Ruiz", "Carla Ruiz"], [], ["Evening at Hanna's", "Nora"], [], [], [], []]
    assert page.week.days[2].lines[0].line.chip == "no guest list"
    page.week.days[2].lines[1].click()
    assert (desk.routes[-1].page, desk.routes[-1].id) == ("people", str(person.id))
    page.turn_view()
    desk.settle()
    assert names(page) == ["Dana Ruiz", "Beth Ruiz", "Carla Ruiz"]
    page.contacts.lines[1].setFocus()
    page.turn_view()
    assert page.view.isAncestorOf(page.window().focusWidget()) or page.view.hasFocus()


def test_a_line_that_unfolds_later_gets_its_room_also_after_the_columns_were_rearranged(
    desk: Desk, page: TodayPage, due: list[FollowUp]
) -> None:
    for width in (700, 1140):  # one column, then two again
        page.resize(width, 740)
        desk.settle()
    with desk.write() as work:
        for name in ("Gina", "Hanna", "Ida"):
            person = books.add_person(work, name)
            work.save(FollowUp(id=work.new_id(), person_id=person.id, due_on=TODAY, created_at=work.now))
    desk.settle()
    for line in page.contacts.lines:
        page.contacts.open_line(line.contact.person_id)
        desk.settle()
        assert line.height() >= line.heightForWidth(line.width()) > 150, line.contact.name


def test_the_day_is_taken_along_on_paper_in_the_calendar_and_in_the_telephone(
    desk: Desk, page: TodayPage, due: list[FollowUp], scripted: ScriptedDialogs, tmp_path: Path
) -> None:
    with desk.write() as work:
        work.save(replace(books.add_order(work, person_id=due[1].person_id), deliver_on=TODAY))
        demo = Demo(id=work.new_id(), title="Evening at Dana's", day=TODAY, created_at=work.now)
        work.save(demo)
    pdf = desk.session.look(lambda reader: day_sheet_pdf(reader, TODAY, desk.session.language))
    words = " ".join(text_of(pdf))
    for expected in ("Dana Ruiz", "Call Dana", "+1 505 555 0142", "Evening at Dana's", "To deliver", "collect $"):
        assert expected in words
    scripted.answer(tmp_path / "week.ics")
    page.errands.save_week()
    desk.settle()
    calendar = (tmp_path / "week.ics").read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 4
    assert "SUMMARY:Call: Dana Ruiz (New lead)" in calendar
    scripted.answer(tmp_path / "people.vcf")
    page.errands.save_contacts()
    desk.settle()
    cards = (tmp_path / "people.vcf").read_text(encoding="utf-8")
    assert cards.count("BEGIN:VCARD") == 3
    assert "Ruiz;Dana" in cards


def test_the_daily_limit_of_the_settings_moves_steps_of_programmes_on(desk: Desk, page: TodayPage) -> None:
    with desk.write() as work:
        programme = FollowUpProgramme(id=work.new_id(), name="2+2+2", steps="[]", created_at=work.now)
        work.save(programme)
        for name in ("Gina", "Hanna", "Ida"):
            person = books.add_person(work, name)
            step = FollowUp(id=work.new_id(), person_id=person.id, due_on=TODAY, created_at=work.now)
            work.save(replace(step, programme_id=programme.id, step="a", anchor_on=TODAY))
        work.set_setting("follow_up.daily_limit", 4)
    desk.settle()
    assert len(page.contacts.lines) == 4, "the three promised ones and one of a programme"
    moved = next(button for button in page.contacts.findChildren(Button) if "moved" in button.text())
    moved.click()
    desk.settle()
    assert page.week is not None
    assert [len(card.lines) for card in page.week.days][:3] == [4, 2, 0]


def test_the_limit_without_a_setting_is_that_of_the_rules() -> None:
    assert ContactRules().daily_limit == DAILY_LIMIT


def test_writing_to_somebody_starts_from_the_line(desk: Desk, page: TodayPage, due: list[FollowUp]) -> None:
    opened(page).setFocus()
    QTest.keyClick(opened(page), Qt.Key.Key_W)
    desk.settle()
    assert page.writing is not None
    assert page.writing.isVisible()
    assert "Dana Ruiz" in {label.text() for label in page.writing.findChildren(Label)}
    assert follow_up(desk, due[0]).state is FollowUpState.OPEN
