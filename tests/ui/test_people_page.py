"""The People page, driven by clicks and keys: lists, forms, calls, follow-ups, consents, doubles, drafts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from directsell.domain.demos import Demo
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.people import (
    Address,
    Channel,
    Consent,
    ContactEntry,
    Outcome,
    Person,
    ReachKind,
    ReachPoint,
    Role,
    Stage,
    role_of,
    tag_of,
)
from directsell.store.queries.happenings import HappeningKind
from directsell.store.queries.people import PeopleFilter
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.people import PeoplePage
from directsell.ui.pages.people.contact_sheet import OUTCOMES
from directsell.ui.pages.people.reach_rows import ReachRow
from directsell.ui.pages.people.timeline import TimelineRow
from directsell.ui.routes import new_view, parse_view
from directsell.ui.widgets.fields import focus_target
from directsell.usecases.people import PersonForm, save_person
from tests.fixtures import books
from tests.ui.conftest import Desk

TODAY = books.NOON.date()


@pytest.fixture
def dana(desk: Desk) -> Person:
    """A prospect with a phone number, an address and a tag."""
    with desk.write() as work:
        person = books.add_person(work, "Dana", family="Ruiz", need="Knives", stage=Stage.NEW)
        work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value="+1 505 555 0142"))
        work.save(Address(id=work.new_id(), person_id=person.id, street="814 Alder St", city="Santa Fe", country="US"))
        work.save_many([role_of(person.id, Role.PROSPECT), tag_of(person.id, "Kitchen")])
    return person


@pytest.fixture
def page(desk: Desk, dana: Person, scripted: ScriptedDialogs) -> PeoplePage:
    with desk.write() as work:
        amy = books.add_person(work, "Amy", family="Abbot", stage=Stage.WON)
        work.save(role_of(amy.id, Role.CUSTOMER))
        order = books.add_order(work, person_id=amy.id)
        books.add_payment(work, order, 100)
    shown = desk.show(PeoplePage(desk.session))
    shown.show_route(Route("people", str(dana.id)))
    desk.settle()
    return shown


def names(page: PeoplePage) -> list[str]:
    model = page.listing.list.model_
    return [row.name for n in range(model.count) if (row := model.row(n)) is not None]


def person(desk: Desk, key: UUID) -> Person:
    found = desk.session.app.read(lambda reader: reader.find_one(Person, key))
    assert found is not None
    return found


def rows_of(desk: Desk, record: Any, **equals: Any) -> list[Any]:
    return desk.session.app.read(lambda reader: reader.find(record, **equals))


def press(
    desk: Desk, widget: QWidget | None, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    assert widget is not None
    QTest.keyClick(widget, key, modifier)
    desk.settle()


def type_keys(text: str) -> None:
    """Type where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def click(desk: Desk, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    desk.settle()


def test_a_person_is_shown_with_everything(desk: Desk, page: PeoplePage) -> None:
    assert page.detail.name.text() == "Dana Ruiz"
    words = {
        label.text()
        for label in page.detail.about.findChildren(QWidget)
        if hasattr(label, "text") and callable(label.text)
    }
    assert {"+1 505 555 0142", "Knives"} <= words
    assert "Customer won" not in page.detail.stage_button.caption()
    assert page.detail.stage_button.caption() == "New"


def test_rows_say_who_owes_money_and_how_much(desk: Desk, page: PeoplePage) -> None:
    model = page.listing.list.model_
    described = [str(model.data(model.index(n, 0))) for n in range(model.count)]
    assert described[0].startswith("Amy Abbot")
    assert "owes $79.81" in described[0]
    assert "owes" not in described[1]


def test_filters_narrow_the_list_and_say_when_nobody_fits(desk: Desk, page: PeoplePage) -> None:
    chips = {chip.key: chip for chip in page.listing.chips.chips()}
    for which, expected in (
        (PeopleFilter.CUSTOMERS, ["Amy Abbot"]),
        (PeopleFilter.PROSPECTS, ["Dana Ruiz"]),
        (PeopleFilter.OWES, ["Amy Abbot"]),
        (PeopleFilter.HOSTS, []),
        (PeopleFilter.FOLLOW_UP_DUE, []),
        (PeopleFilter.ALL, ["Amy Abbot", "Dana Ruiz"]),
    ):
        click(desk, chips[which])
        assert names(page) == expected


def test_typing_finds_by_name_number_place_and_need(desk: Desk, page: PeoplePage) -> None:
    for typed in ("rui", "5055550142", "santa", "kniv"):
        page.listing.search.clear()
        QTest.keyClicks(page.listing.search, typed)
        desk.settle()
        assert names(page) == ["Dana Ruiz"], typed
    QTest.keyClicks(page.listing.search, " zzz")
    desk.settle()
    assert names(page) == []


def test_letters_typed_into_the_list_go_to_the_search(desk: Desk, page: PeoplePage) -> None:
    page.listing.list.setFocus()
    QTest.keyClicks(page.listing.list, "a")
    desk.settle()
    assert page.listing.search.text() == "a"


def test_a_new_person_from_the_keyboard_alone(desk: Desk, page: PeoplePage) -> None:
    page.show_route(Route("people", None, "new"))
    form = page.form
    assert form.isVisible()
    QTest.keyClicks(form.given, "Gina")
    press(desk, form.given, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.family
    QTest.keyClicks(form.family, "Marsh")
    phone = form.reach.rows()[0]
    assert isinstance(phone, ReachRow)
    QTest.keyClicks(phone.edit, "505 555 0199")
    QTest.keyClicks(form.need, "Knives")
    QTest.keyClicks(form.budget, "up to 100")
    QTest.keyClicks(form.objection, "must ask husband")
    QTest.keyClicks(form.lead_source, "Market stall")
    QTest.keyClicks(form.birthday, "12 feb")
    press(desk, form.birthday, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not form.isVisible()
    made = next(p for p in rows_of(desk, Person) if p.given == "Gina")
    assert (made.family, made.birthday, made.lead_source) == ("Marsh", "--02-12", "Market stall")
    assert (made.need, made.budget, made.objection) == ("Knives", "up to 100", "must ask husband")
    assert [point.value for point in rows_of(desk, ReachPoint, person_id=made.id)] == ["505 555 0199"]
    assert page.detail.name.text() == "Gina Marsh"
    assert page.listing.list.current_key() == made.id
    assert desk.said == ["Person saved"]


def test_a_nameless_person_is_refused_at_the_field_and_nothing_typed_is_lost(desk: Desk, page: PeoplePage) -> None:
    page.form.start()
    QTest.keyClicks(page.form.note, "met at the fair")
    click(desk, page.form.save_button)
    assert page.form.isVisible()
    assert "name" in page.form.fields["given"].error()
    assert QApplication.focusWidget() is page.form.given
    assert page.form.note.value() == "met at the fair"
    QTest.keyClicks(page.form.given, "Gina")
    click(desk, page.form.save_button)
    assert not page.form.isVisible()


@pytest.mark.parametrize(
    "typed",
    ["x" * 10_000, "🎉 party", "\u202eevil\u202c", "<b>bold</b> & co", "=cmd|' /C calc'!A0", "Robert'); DROP TABLE"],
)
def test_any_text_is_kept_as_it_is_or_refused_in_words(desk: Desk, page: PeoplePage, typed: str) -> None:
    page.form.start()
    page.form.given.setText(typed)
    page.form.given.textEdited.emit(typed)
    click(desk, page.form.save_button)
    if len(typed) > 120:
        assert page.form.isVisible()
        assert "too long" in page.form.fields["given"].error().lower()
        assert page.form.given.text() == typed
    else:
        assert [p.given for p in rows_of(desk, Person) if p.given == typed] == [typed]
        assert page.detail.name.text() == typed


def test_wrong_values_are_told_under_their_fields(desk: Desk, page: PeoplePage) -> None:
    page.form.start("Gina Marsh")
    QTest.keyClicks(page.form.birthday, "31 feb")
    click(desk, page.form.save_button)
    assert page.form.isVisible()
    assert page.form.fields["birthday"].error()
    page.form.birthday.clear()
    page.form.birthday.textEdited.emit("")
    QTest.keyClicks(page.form.discount, "150")
    click(desk, page.form.save_button)
    assert page.form.isVisible()
    assert page.form.fields["discount"].error()


def test_the_same_number_is_noticed_while_it_is_typed(desk: Desk, page: PeoplePage, dana: Person) -> None:
    page.form.start("Copy Cat")
    row = page.form.reach.rows()[0]
    assert isinstance(row, ReachRow)
    QTest.keyClicks(row.edit, "001 505-555-0142")
    assert row.hint.isVisible()
    assert row.hint.text() == "Same number as Dana Ruiz."
    page.form.set_clean()
    click(desk, row.open_button)
    assert not page.form.isVisible()
    assert page.detail.name.text() == "Dana Ruiz"


def test_the_own_number_is_no_double(desk: Desk, page: PeoplePage) -> None:
    page.detail.edit_wanted.emit()
    row = page.form.reach.rows()[0]
    assert isinstance(row, ReachRow)
    QTest.keyClicks(row.edit, " ")
    assert not row.hint.isVisible()


def test_editing_keeps_ids_and_what_the_form_does_not_show(desk: Desk, page: PeoplePage, dana: Person) -> None:
    with desk.write() as work:
        work.update(Person, dana.id, language="de_CH", reference="old-17")
    desk.settle()
    before = rows_of(desk, ReachPoint, person_id=dana.id) + rows_of(desk, Address, person_id=dana.id)
    page.detail.edit_wanted.emit()
    QTest.keyClicks(page.form.need, " and pans")
    click(desk, page.form.save_button)
    after = person(desk, dana.id)
    assert (after.language, after.reference) == ("de_CH", "old-17")
    assert after.need in ("Knives and pans", "and pansKnives")
    assert rows_of(desk, ReachPoint, person_id=dana.id) + rows_of(desk, Address, person_id=dana.id) == before


def test_unsaved_changes_are_not_thrown_away_by_escape(desk: Desk, page: PeoplePage, scripted: ScriptedDialogs) -> None:
    page.form.start()
    QTest.keyClicks(page.form.given, "Gina")
    scripted.answer(0)
    press(desk, page.form.given, Qt.Key.Key_Escape)
    assert page.form.isVisible()
    assert page.form.given.text() == "Gina"
    scripted.answer(1)
    press(desk, page.form.given, Qt.Key.Key_Escape)
    assert not page.form.isVisible()


def test_a_half_typed_person_comes_back_after_the_window_was_closed(desk: Desk, page: PeoplePage) -> None:
    page.form.start()
    QTest.keyClicks(page.form.given, "Gina")
    row = page.form.reach.rows()[0]
    assert isinstance(row, ReachRow)
    QTest.keyClicks(row.edit, "505 555 0199")
    page.settle()
    again = desk.show(PeoplePage(desk.session))
    assert again.form.resume()
    assert again.form.given.text() == "Gina"
    restored = again.form.reach.rows()[0]
    assert isinstance(restored, ReachRow)
    assert restored.value() == "505 555 0199"
    again.form.set_clean()
    again.form.ask_close()
    assert not again.form.resume()


def test_arrows_choose_an_outcome_where_none_is_chosen_yet(desk: Desk, page: PeoplePage, dana: Person) -> None:
    click(desk, page.detail.call)
    chips = page.contact.outcomes
    press(desk, chips, Qt.Key.Key_Right)
    assert chips.outcome() is OUTCOMES[0]
    press(desk, chips, Qt.Key.Key_Right)
    assert chips.outcome() is OUTCOMES[1]


def test_a_call_is_logged_with_one_key_for_the_outcome(desk: Desk, page: PeoplePage, dana: Person) -> None:
    click(desk, page.detail.call)
    sheet = page.contact
    assert sheet.isVisible()
    number = OUTCOMES.index(Outcome.NO_ANSWER) + 1
    type_keys(str(number))
    assert sheet.outcomes.outcome() is Outcome.NO_ANSWER
    assert sheet.next_on.value() == TODAY + timedelta(days=1)
    assert QApplication.focusWidget() is sheet.text
    QTest.keyClicks(sheet.text, "Rang twice")
    press(desk, sheet.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not sheet.isVisible()
    entry = rows_of(desk, ContactEntry, person_id=dana.id)[0]
    assert (entry.channel, entry.outcome, entry.text) == (Channel.CALL, Outcome.NO_ANSWER, "Rang twice")
    planned = rows_of(desk, FollowUp, person_id=dana.id)
    assert [(f.due_on, f.state) for f in planned] == [(TODAY + timedelta(days=1), FollowUpState.OPEN)]
    assert page.detail.card is not None
    assert [h.kind for h in page.detail.card.happenings] == [HappeningKind.CONTACT]
    page._session.undo()
    desk.settle()
    assert rows_of(desk, ContactEntry, person_id=dana.id) == []
    assert rows_of(desk, FollowUp, person_id=dana.id) == []


def test_a_call_that_reached_moves_a_new_prospect_on(desk: Desk, page: PeoplePage, dana: Person) -> None:
    click(desk, page.detail.call)
    type_keys("1")
    click(desk, page.contact.save_button)
    assert person(desk, dana.id).stage is Stage.CONTACTED
    assert page.detail.stage_button.caption() == "Contacted"


@pytest.fixture
def planned(desk: Desk, page: PeoplePage, dana: Person) -> FollowUp:
    with desk.write() as work:
        made = work.save(
            FollowUp(
                id=work.new_id(),
                person_id=dana.id,
                due_on=TODAY,
                text="Ask about the pan",
                reason=Reason.LEAD,
                created_at=work.now,
            )
        )
    desk.settle()
    return made


def test_a_follow_up_is_finished_in_two_keys(desk: Desk, page: PeoplePage, planned: FollowUp) -> None:
    row = page.detail.next_steps.first_row()
    assert row is not None
    row.done.setFocus()
    QTest.keyClick(row.done, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClicks(menu, "1")
    desk.settle()
    done = rows_of(desk, FollowUp)[0]
    assert (done.state, done.outcome) == (FollowUpState.DONE, Outcome.REACHED)
    assert rows_of(desk, ContactEntry)[0].text == "Ask about the pan"
    assert page.detail.next_steps.first_row() is None


def test_nobody_answered_so_the_next_try_is_planned(desk: Desk, page: PeoplePage, planned: FollowUp) -> None:
    row = page.detail.next_steps.first_row()
    assert row is not None
    row.outcome_menu.actions()[OUTCOMES.index(Outcome.NO_ANSWER)].trigger()
    desk.settle()
    states = {f.state: f.due_on for f in rows_of(desk, FollowUp)}
    assert states == {FollowUpState.DONE: TODAY, FollowUpState.OPEN: TODAY + timedelta(days=1)}
    assert desk.said == ["Done. Next contact: tomorrow"]


def test_a_follow_up_is_put_off_and_skipped(desk: Desk, page: PeoplePage, planned: FollowUp) -> None:
    row = page.detail.next_steps.first_row()
    assert row is not None
    row.later_menu.actions()[2].trigger()
    desk.settle()
    assert rows_of(desk, FollowUp)[0].due_on == TODAY + timedelta(days=7)
    row = page.detail.next_steps.first_row()
    assert row is not None
    row.later_menu.actions()[-1].trigger()
    desk.settle()
    assert rows_of(desk, FollowUp)[0].state is FollowUpState.SKIPPED


def test_a_follow_up_is_planned_and_changed(desk: Desk, page: PeoplePage, dana: Person) -> None:
    page.detail.next_steps.plan_wanted.emit()
    sheet = page.follow_up
    QTest.keyClicks(sheet.text, "Bring the catalogue")
    sheet.due_on.clear()
    QTest.keyClicks(sheet.due_on, "+5")
    press(desk, sheet.due_on, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    made = rows_of(desk, FollowUp, person_id=dana.id)[0]
    assert (made.text, made.due_on) == ("Bring the catalogue", TODAY + timedelta(days=5))
    row = page.detail.next_steps.first_row()
    assert row is not None
    row.edit_wanted.emit(made)
    sheet.channel.set_value(Channel.VISIT)
    click(desk, sheet.save_button)
    assert rows_of(desk, FollowUp, person_id=dana.id)[0].channel is Channel.VISIT


def test_a_consent_is_kept_with_its_wording(desk: Desk, page: PeoplePage, dana: Person) -> None:
    page.detail.consent_wanted.emit()
    sheet = page.consent
    assert "contact you" in sheet.wording.value()
    QTest.keyClicks(sheet.source, "at the fair")
    click(desk, sheet.save_button)
    kept = rows_of(desk, Consent, person_id=dana.id)[0]
    assert (kept.channel, kept.given, kept.source) == (Channel.EMAIL, True, "at the fair")
    assert kept.wording == sheet.wording.value()
    assert page.detail.card is not None
    assert [c.id for c in page.detail.card.consents] == [kept.id]
    desk.session.undo()
    desk.settle()
    assert page.detail.card.consents == ()


def test_the_stage_is_changed_from_its_chip(desk: Desk, page: PeoplePage, dana: Person) -> None:
    menu = page.detail.stage_button.menu()
    assert menu is not None
    menu.actions()[list(Stage).index(Stage.QUALIFIED)].trigger()
    desk.settle()
    assert person(desk, dana.id).stage is Stage.QUALIFIED
    assert page.detail.stage_button.caption() == "Qualified"


def test_deleting_can_be_undone(desk: Desk, page: PeoplePage, dana: Person) -> None:
    page.listing.list.setFocus()
    press(desk, page.listing.list, Qt.Key.Key_Delete)
    assert names(page) == ["Amy Abbot"]
    assert desk.said == ["Dana Ruiz deleted"]
    desk.session.undo()
    desk.settle()
    assert names(page) == ["Amy Abbot", "Dana Ruiz"]


def test_somebody_with_open_orders_cannot_be_deleted(desk: Desk, page: PeoplePage) -> None:
    page.listing.list.select_first()
    desk.settle()
    press(desk, page.listing.list, Qt.Key.Key_Delete)
    assert names(page) == ["Amy Abbot", "Dana Ruiz"]
    assert "open orders" in desk.complained[0]


def test_buttons_lead_to_new_orders_and_demos_for_this_person(desk: Desk, page: PeoplePage, dana: Person) -> None:
    click(desk, page.detail.order)
    assert desk.routes[-1].page == "orders"
    assert parse_view(desk.routes[-1].view) == {"person": dana.id}
    click(desk, page.detail.demo)
    assert desk.routes[-1] == Route("demos", None, new_view(person=dana.id))


def test_a_line_of_the_past_opens_what_it_is_about(desk: Desk, page: PeoplePage) -> None:
    page.listing.list.select_first()
    desk.settle()
    row = next(
        row
        for row in page.detail.timeline.findChildren(TimelineRow)
        if row.isVisible() and "Order" in row.accessibleName()
    )
    row.setFocus()
    press(desk, row, Qt.Key.Key_Return)
    assert desk.routes[-1].page == "orders"


def test_changes_elsewhere_show_up_and_the_selection_stays(desk: Desk, page: PeoplePage, dana: Person) -> None:
    desk.session.run(
        page,
        save_person,
        PersonForm(person=Person(id=dana.id, given="Diana", family="Ruiz", created_at=dana.created_at)),
    )
    desk.settle()
    assert page.detail.name.text() == "Diana Ruiz"
    assert page.listing.list.current_key() == dana.id
    assert "Diana Ruiz" in names(page)


def test_somebody_hidden_by_a_filter_is_found_by_a_route(desk: Desk, page: PeoplePage, dana: Person) -> None:
    QTest.keyClicks(page.listing.search, "amy")
    desk.settle()
    page.show_route(Route("people", str(dana.id)))
    desk.settle()
    assert page.listing.list.current_key() == dana.id
    assert page.listing.search.text() == ""


def test_a_narrow_window_shows_one_side_with_a_way_back(desk: Desk, dana: Person) -> None:
    page = desk.show(PeoplePage(desk.session), 600, 380)
    page.show_route(Route("people"))
    assert page.listing.isVisible()
    assert not page.detail.isVisible()
    page.listing.list.select_first()
    press(desk, page.listing.list, Qt.Key.Key_Return)
    assert page.detail.isVisible()
    assert not page.listing.isVisible()
    click(desk, page.detail.back)
    assert page.listing.isVisible()


def test_an_empty_book_teaches_and_offers_the_first_step(desk: Desk) -> None:
    page = desk.show(PeoplePage(desk.session))
    page.show_route(Route("people"))
    desk.settle()
    assert page.listing.list.model_.count == 0
    page.listing.new_wanted.emit("")
    assert page.form.isVisible()


def test_everything_that_takes_keys_has_a_name(desk: Desk, page: PeoplePage, planned: FollowUp) -> None:
    for opener in (page._edit, page._log_call, page._plan, page._ask_consent):
        opener()
        sheets = (page.form, page.contact, page.follow_up, page.consent)
        sheet = next(sheet for sheet in sheets if sheet.isVisible())
        unnamed = [
            widget
            for widget in sheet.findChildren(QWidget)
            if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
            and widget.isVisible()
            and widget.focusProxy() is None
            and not widget.accessibleName()
        ]
        assert unnamed == []
        sheet.set_clean()
        sheet.ask_close()
    unnamed = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and widget.isVisible()
        and widget.focusProxy() is None
        and not widget.accessibleName()
    ]
    assert unnamed == []


def test_demos_and_their_guests_are_part_of_the_past(desk: Desk, page: PeoplePage, dana: Person) -> None:
    with desk.write() as work:
        work.save(
            Demo(id=work.new_id(), host_id=dana.id, day=date(2026, 6, 20), title="Autumn evening", created_at=work.now)
        )
    desk.settle()
    assert page.detail.card is not None
    assert [h.text for h in page.detail.card.happenings if h.kind is HappeningKind.DEMO] == ["Autumn evening"]


def test_clicking_a_row_shows_the_person(desk: Desk, page: PeoplePage) -> None:
    view = page.listing.list
    spot = view.visualRect(view.model_.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    desk.settle()
    assert page.detail.name.text() == "Amy Abbot"
    assert focus_target(view) is view


def test_another_new_person_does_not_wipe_out_the_one_being_typed(
    desk: Desk, page: PeoplePage, scripted: ScriptedDialogs
) -> None:
    page.form.start()
    QTest.keyClicks(page.form.given, "Gina")
    scripted.answer(0)
    page.show_route(Route("people", None, "new"))
    assert page.form.given.text() == "Gina"
    page._delete()
    desk.settle()
    assert "Dana Ruiz" in names(page)
    scripted.answer(1)
    page._new()
    assert page.form.isVisible()
    assert page.form.given.text() == ""


def test_half_typed_words_of_a_call_come_back(desk: Desk, page: PeoplePage, dana: Person) -> None:
    page._log_call()
    type_keys("1")
    QTest.keyClicks(page.contact.text, "She wants the pan by")
    page.settle()
    again = desk.show(PeoplePage(desk.session))
    again.show_route(Route("people", str(dana.id)))
    desk.settle()
    again._log_call()
    assert again.contact.text.value() == "She wants the pan by"
    assert again.contact.outcomes.outcome() is Outcome.REACHED
    click(desk, again.contact.save_button)
    again._log_call()
    assert again.contact.text.value() == ""
