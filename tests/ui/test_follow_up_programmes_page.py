"""The Follow-up programmes page: starting points, the line of steps, errors at their fields, drafts, the trial, the switch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from directsell.domain.catalog import Product
from directsell.domain.contact_choices import Channel, Reason
from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.domain.follow_up_plans.steps import Chain, Effect, Unit, chain_of
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.orders import Order, OrderState
from directsell.store.queries.follow_up_plans import contact_rules, follow_up_programmes
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.follow_up_programmes import FollowUpProgrammesPage
from directsell.ui.pages.follow_up_programmes.step_form import StepForm
from directsell.ui.pages.products.sheet import ProductSheet
from directsell.ui.pages.settings.follow_ups import FollowUpsSection
from directsell.ui.routes import new_view
from directsell.usecases.ready_programmes import READY, begin_follow_ups
from tests.fixtures import books
from tests.ui.conftest import Desk

TODAY = date(2026, 6, 15)


@pytest.fixture
def page(desk: Desk) -> FollowUpProgrammesPage:
    with desk.write() as work:
        begin_follow_ups(work)
    shown = desk.show(FollowUpProgrammesPage(desk.session))
    shown.show_route(Route("follow_up_programmes"))
    desk.settle()
    return shown


def stored(desk: Desk) -> list[FollowUpProgramme]:
    return desk.session.app.read(follow_up_programmes)


def chain(desk: Desk, place: int = 0) -> Chain:
    return chain_of(stored(desk)[place].steps)


def follow_ups(desk: Desk) -> list[FollowUp]:
    return desk.session.app.read(lambda reader: reader.find(FollowUp, "due_on", state=FollowUpState.OPEN))


def delivered(desk: Desk, day: date = TODAY, given: str = "Amy") -> UUID:
    """Store a delivery as an import does: no programme was asked."""
    with desk.write() as work:
        person = books.add_person(work, given)
        order = books.add_order(work, person_id=person.id)
        work.save(replace(work.get(Order, order.id), state=OrderState.DELIVERED, ordered_on=day, delivered_on=day))
    desk.settle()
    return person.id


def type_into(field: object, text: str) -> None:
    field.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(field, text)  # type: ignore[arg-type]


def opened(page: FollowUpProgrammesPage, place: int) -> StepForm:
    view = page.editor.timeline.views[place]
    if not view.is_open:
        view.head.click()
    form = view.form
    assert form is not None
    return form


def heads(page: FollowUpProgrammesPage) -> list[str]:
    return [view.head.caption() for view in page.editor.timeline.views]


def test_the_steps_read_like_a_line_in_time(page: FollowUpProgrammesPage) -> None:
    assert heads(page) == ["2 days after the delivery", "2 weeks after the delivery", "2 months after the delivery"]
    assert page.editor.timeline.views[0].words.text().startswith("Did everything arrive well?")
    assert page.on.value()
    assert not page.save_button.isEnabled()


def test_a_starting_point_is_taken_from_the_menu_and_waits_for_its_switch(
    desk: Desk, page: FollowUpProgrammesPage
) -> None:
    action = next(action for action in page.menu.actions() if "coaching" in action.text())
    action.trigger()
    desk.settle()
    made = stored(desk)[1]
    assert (made.name, made.anchor, made.active) == ("Host coaching", Anchor.BOOKING, False)
    assert heads(page) == [
        "1 day after the booking",
        "2 weeks before the demo",
        "7 days before the demo",
        "2 days before the demo",
    ]
    assert not page.on.value()
    assert set(page.rows) == {programme.id for programme in stored(desk)}


def test_a_step_is_altered_and_finds_its_place_in_time(desk: Desk, page: FollowUpProgrammesPage) -> None:
    form = opened(page, 0)
    type_into(form.count, "3")
    QTest.keyClick(form.count, Qt.Key.Key_Tab)
    form.unit.setFocus()
    QTest.keyClick(form.unit, Qt.Key.Key_Down)  # weeks
    assert heads(page) == ["2 weeks after the delivery", "3 weeks after the delivery", "2 months after the delivery"]
    form = opened(page, 1)
    assert form.text.value().startswith("Did everything arrive well?")
    form.text.selectAll()
    QTest.keyClicks(form.text, "All there?")
    form.channel.set_value(Channel.MESSAGE)
    form.channel.changed.emit()
    desk.settle()
    QTest.mouseClick(form.with_products, Qt.MouseButton.LeftButton)
    type_into(form.expires, "10")
    page.save()
    desk.settle()
    step = chain(desk).steps[1]
    assert (step.count, step.unit, step.text, step.channel) == (3, Unit.WEEKS, "All there?", Channel.MESSAGE)
    assert (step.with_products, step.expires_days) == (True, 10)
    assert desk.said[-1] == "Follow-up programme saved"


def test_steps_are_added_moved_and_removed_with_the_keys(desk: Desk, page: FollowUpProgrammesPage) -> None:
    QTest.keyClick(page.editor.timeline.add_button, Qt.Key.Key_Space)
    assert heads(page)[3] == "4 months after the delivery"
    form = page.editor.timeline.views[3].form
    assert form is not None
    assert form.text.hasFocus()
    QTest.keyClicks(form.text, "Still happy?")
    head = page.editor.timeline.views[3].head
    head.setFocus()
    QTest.keyClick(head, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    texts = [step.text for step in page.editor.value().chain.steps]
    assert texts[2] == "Still happy?"
    assert heads(page)[2:] == ["2 months after the delivery", "4 months after the delivery"]
    assert page.editor.timeline.views[2].head.hasFocus()
    first = page.editor.timeline.views[0].head
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Delete)
    QTest.keyClick(page.editor.timeline.views[0].head, Qt.Key.Key_Return)
    assert page.editor.timeline.views[0].is_open
    page.save()
    desk.settle()
    assert [step.text for step in chain(desk).steps][1] == "Still happy?"
    assert len(chain(desk).steps) == 3
    desk.session.app.undo()
    desk.settle()
    assert heads(page)[0] == "2 days after the delivery"


def test_an_error_stands_at_its_field_and_nothing_is_stored(desk: Desk, page: FollowUpProgrammesPage) -> None:
    before = stored(desk)
    form = opened(page, 1)
    form.text.selectAll()
    QTest.keyClick(form.text, Qt.Key.Key_Delete)
    page.editor.timeline.views[1].head.click()
    page.save()
    desk.settle()
    view = page.editor.timeline.views[1]
    assert view.is_open
    assert view.form is not None
    assert view.form.fields["text"].error() == "Say what is to be asked or told."
    assert view.form.text.hasFocus()
    QTest.keyClicks(view.form.text, "How is it?")
    type_into(view.form.count, "x")
    page.save()
    assert view.form.fields["count"].error()
    type_into(view.form.count, "2")
    type_into(page.editor.name, " ")
    page.save()
    assert page.editor.fields["name"].error() == "Enter the name of the programme."
    type_into(page.editor.name, "Mine")
    assert stored(desk) == before
    page.save()
    desk.settle()
    assert stored(desk)[0].name == "Mine"


def test_two_steps_on_a_day_and_no_steps_at_all_are_refused(desk: Desk, page: FollowUpProgrammesPage) -> None:
    form = opened(page, 1)
    type_into(form.count, "14")
    form.unit.set_value(Unit.DAYS)
    form.unit.changed.emit()
    other = opened(page, 0)
    type_into(other.count, "14")
    page.save()
    wrong = [view.form.fields["count"].error() for view in page.editor.timeline.views if view.form is not None]
    assert "Another step stands on the same day already." in wrong
    while page.editor.timeline.views:
        page.editor.timeline.views[0].cross.click()
    page.save()
    assert page.editor.timeline.wrong.text() == "A programme needs at least one step."
    assert len(chain(desk).steps) == 3


def test_words_for_a_product_are_found_by_typing(desk: Desk, page: FollowUpProgrammesPage) -> None:
    with desk.write() as work:
        pan = Product(id=work.new_id(), code="P-1", name="Stoneware Pan", category="Kitchen", created_at=work.now)
        work.save(pan)
    form = opened(page, 0)
    form.words.add_button.click()
    row = form.words.rows[0]
    assert row.about.hasFocus()
    QTest.keyClicks(row.about, "stone")
    QTest.keyClick(row.about, Qt.Key.Key_Return)
    page.save()
    assert row.fields["text"].error() == "Say what is to be asked or told."
    QTest.keyClicks(row.text, "Oiled?")
    form.words.add_button.click()
    second = form.words.rows[1]
    QTest.keyClicks(second.about, "kitch")
    QTest.keyClick(second.about, Qt.Key.Key_Return)
    QTest.keyClicks(second.text, "In use?")
    page.save()
    desk.settle()
    words = chain(desk).steps[0].words
    assert [(one.product, one.category, one.text) for one in words] == [
        (str(pan.id), "", "Oiled?"),
        ("", "Kitchen", "In use?"),
    ]
    again = opened(page, 0)
    assert [one.about.text() for one in again.words.rows] == ["Stoneware Pan", "Kitchen"]
    again.words.rows[1].cross.click()
    page.save()
    desk.settle()
    assert len(chain(desk).steps[0].words) == 1


def test_what_was_typed_comes_back(desk: Desk, page: FollowUpProgrammesPage) -> None:
    type_into(page.editor.name, "Half typed")
    opened(page, 0).text.selectAll()
    QTest.keyClicks(opened(page, 0).text, "Half a thought")
    page.settle()
    again = desk.show(FollowUpProgrammesPage(desk.session))
    again.show_route(Route("follow_up_programmes", str(stored(desk)[0].id)))
    assert again.editor.name.value() == "Half typed"
    assert again.editor.value().chain.steps[0].text == "Half a thought"
    again.discard_button.click()
    assert again.editor.name.value() == "2+2+2"
    assert desk.session.drafts.load(f"follow_up_programme:{stored(desk)[0].id}") is None


def test_a_new_programme_is_kept_half_typed_too(desk: Desk, page: FollowUpProgrammesPage) -> None:
    page.commands()[0].run()
    assert page.editor.name.hasFocus()
    QTest.keyClicks(page.editor.name, "After the fair")
    page.editor.anchor.set_value(Anchor.CUSTOM)
    page.editor.anchor.changed.emit()
    page.settle()
    page.rows[stored(desk)[0].id].item.click()
    assert page.editor.name.value() == "2+2+2"
    page.begin()
    assert page.editor.name.value() == "After the fair"
    assert page.editor.anchor.value() is Anchor.CUSTOM
    page.editor.timeline.add_button.click()
    form = page.editor.timeline.views[0].form
    assert form is not None
    QTest.keyClicks(form.text, "Thank you for the talk")
    form.before.set_value(True)
    form.before.changed.emit()
    assert heads(page) == ["3 days before the chosen day"]
    page.save()
    desk.settle()
    assert [programme.name for programme in stored(desk)] == ["2+2+2", "After the fair"]
    assert desk.session.drafts.load("follow_up_programme:new") is None


def test_the_trial_shows_what_would_be_planned_and_why(desk: Desk, page: FollowUpProgrammesPage) -> None:
    page.on.click()
    desk.settle()
    amy = delivered(desk)
    page.trial.picker.set_person(amy)
    page.trial.ask()
    desk.settle()
    assert page.trial.sentence.text() == "It counts from Monday, June 15, 2026."
    lines = page.trial.lines()
    assert [line.split(" · ")[0] for line in lines] == ["Jun 17, 2026", "Jun 29, 2026", "Aug 15, 2026"]
    assert all("new" in line for line in lines)
    assert page.trial.ahead.text().endswith("2 contacts with 1 person.")
    opened(page, 2).count.setFocus()
    type_into(opened(page, 2).count, "1")
    page.trial.ask()
    desk.settle()
    assert page.trial.lines()[2].startswith("Jul 15, 2026")
    assert follow_ups(desk) == []


def test_a_route_names_the_programme_and_the_person_to_try_it_on(desk: Desk, page: FollowUpProgrammesPage) -> None:
    amy = delivered(desk)
    page.show_route(Route("follow_up_programmes", str(stored(desk)[0].id), new_view(person=amy)))
    page.trial.ask()
    desk.settle()
    assert page.trial.picker.person_id() == amy
    assert len(page.trial.lines()) == 3


def test_the_trial_supposes_what_has_not_happened(desk: Desk, page: FollowUpProgrammesPage) -> None:
    with desk.write() as work:
        person = books.add_person(work, "Beth")
    page.trial.picker.set_person(person.id)
    page.trial.ask()
    desk.settle()
    assert page.trial.sentence.text().startswith("What it counts from has not happened yet.")
    assert len(page.trial.lines()) == 3
    page.trial.picker.set_person(None)
    page.trial.ask()
    desk.settle()
    assert page.trial.lines() == []
    page.editor.timeline.views[0].cross.click()
    opened(page, 0).text.selectAll()
    QTest.keyClick(opened(page, 0).text, Qt.Key.Key_Delete)
    page.trial.ask()
    assert page.trial.ahead.text().startswith("The programme is not complete yet")


def test_the_switch_plans_and_drops_and_can_be_undone(desk: Desk, page: FollowUpProgrammesPage) -> None:
    programme = stored(desk)[0]
    page.rows[programme.id].switch.click()
    desk.settle()
    assert not stored(desk)[0].active
    assert not page.on.value()
    delivered(desk)
    page.on.click()
    desk.settle()
    assert desk.said[-1] == "Switched on: 3 contacts planned"
    assert len(follow_ups(desk)) == 3
    assert page.rows[programme.id].switch.value()
    page.on.click()
    desk.settle()
    assert follow_ups(desk) == []
    desk.session.app.undo()
    desk.settle()
    assert len(follow_ups(desk)) == 3
    assert page.on.value()


def test_the_switch_of_a_changed_form_saves_it_first(desk: Desk, page: FollowUpProgrammesPage) -> None:
    type_into(page.editor.name, "Mine")
    page.on.click()
    desk.settle()
    assert [(one.name, one.active) for one in stored(desk)] == [("Mine", False)]
    opened(page, 0).text.selectAll()
    QTest.keyClick(opened(page, 0).text, Qt.Key.Key_Delete)
    page.on.click()
    desk.settle()
    assert not page.on.value()
    assert not stored(desk)[0].active


def test_a_programme_of_a_chosen_day_is_started_from_the_trial(desk: Desk, page: FollowUpProgrammesPage) -> None:
    page.begin()
    QTest.keyClicks(page.editor.name, "Own")
    page.editor.anchor.set_value(Anchor.CUSTOM)
    page.editor.anchor.changed.emit()
    page.editor.timeline.add_button.click()
    form = page.editor.timeline.views[0].form
    assert form is not None
    QTest.keyClicks(form.text, "Call")
    page.on.click()
    desk.settle()
    assert [one.active for one in stored(desk)] == [True, True]
    with desk.write() as work:
        person = books.add_person(work, "Beth")
    desk.settle()
    assert page.trial.start_button.isHidden()
    page.trial.picker.set_person(person.id)
    page.trial.ask()
    desk.settle()
    assert not page.trial.start_button.isHidden()
    page.trial.start_button.click()
    desk.settle()
    assert [row.due_on for row in follow_ups(desk)] == [date(2026, 6, 18)]
    assert desk.said[-1] == "The programme has begun"


def test_what_moves_a_programme_is_chosen(desk: Desk, page: FollowUpProgrammesPage) -> None:
    page.editor.on_contact.set_value(Effect.KEEP)
    page.editor.on_contact.changed.emit()
    type_into(page.editor.rank, "7")
    page.save()
    desk.settle()
    assert (chain(desk).on_contact, chain(desk).on_order) == (Effect.KEEP, Effect.STOP)
    assert stored(desk)[0].rank == 7


def test_a_programme_is_deleted_after_a_question(
    desk: Desk, page: FollowUpProgrammesPage, scripted: ScriptedDialogs
) -> None:
    scripted.answer(False)
    page.delete_button.click()
    desk.settle()
    assert len(stored(desk)) == 1
    scripted.answer(True)
    page.delete_button.click()
    desk.settle()
    assert stored(desk) == []
    assert not page.rows
    desk.session.app.undo()
    desk.settle()
    assert len(stored(desk)) == 1
    assert page.editor.name.value() == "2+2+2"


def test_every_starting_point_shows_its_steps(desk: Desk, page: FollowUpProgrammesPage) -> None:
    for ready in READY[1:]:
        page.take(ready)
        desk.settle()
        assert len(page.editor.timeline.views) == len(ready.chain.steps)
        assert page.editor.value().chain.steps[0].reason is not None
        assert not page.editor.first_error()
    assert len(page.commands()) == 2 + len(READY) + 1


def test_the_settings_keep_numbers_and_quiet_days(desk: Desk, page: FollowUpProgrammesPage) -> None:
    section = desk.show(FollowUpsSection(desk.session, page))
    assert len(section.programmes) == 1
    type_into(section.numbers["daily_limit"], "5")
    QTest.keyClick(section.numbers["daily_limit"], Qt.Key.Key_Return)
    desk.settle()
    QTest.mouseClick(section.days[6], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.session.app.read(contact_rules) == ContactRules(daily_limit=5, quiet_days=(6,))
    type_into(section.numbers["days_a"], "99999")
    QTest.keyClick(section.numbers["days_a"], Qt.Key.Key_Return)
    desk.settle()
    assert section.rows["days_a"].error() == "Enter a number of days up to 3650."
    type_into(section.numbers["days_a"], "21")
    QTest.keyClick(section.numbers["days_a"], Qt.Key.Key_Return)
    for tick in section.days[:6]:
        QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
        desk.settle()
    assert desk.complained[-1] == "Leave at least one day of the week for contacts."
    assert not section.days[5].value()
    section.open_button.click()
    assert desk.routes[-1] == Route("follow_up_programmes")


def test_a_product_says_how_long_it_lasts_and_what_to_ask(desk: Desk) -> None:
    from PySide6.QtWidgets import QWidget

    host = desk.show(QWidget())
    sheet = ProductSheet(desk.session, host)
    product = Product(id=desk.session.new_id(), code="C-1", name="Cream", created_at=desk.session.now())
    sheet.edit(product, None, stored=False)
    type_into(sheet.lasts_days, "45")
    QTest.keyClicks(sheet.follow_up_text, "Every evening?")
    sheet.save_button.click()
    desk.settle()
    found = desk.session.app.read(lambda reader: reader.get(Product, product.id))
    assert (found.lasts_days, found.follow_up_text) == (45, "Every evening?")
    assert Reason.RUN_OUT.value == "run_out"
