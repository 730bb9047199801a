"""Whole records on the People page, through its widgets: doubles, merging, separating, ties, profile, erasing, exporting."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from directsell.domain.catalog import Product
from directsell.domain.demos import Wish
from directsell.domain.people import Channel, ContactEntry, Person, ReachKind, ReachPoint, Stage
from directsell.domain.relations import AnswerKind, ProfileAnswer, ProfileQuestion, Relation, RelationKind, relation_of
from directsell.store.queries.happenings import HappeningGroup
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.people import PeoplePage
from directsell.ui.pages.people.card_rows import LinkRow
from directsell.ui.pages.settings.profile import ProfileSection
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.labels import Label
from directsell.usecases.merging import merge_people
from directsell.usecases.profiles import add_questionnaire
from tests.fixtures import books
from tests.ui.conftest import Desk


@pytest.fixture
def birgit(desk: Desk) -> Person:
    """Somebody with a number, whom another record may mean, too."""
    with desk.write() as work:
        person = books.add_person(work, "Birgit", family="Weiss", stage=Stage.WON)
        work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value="+1 505 555 0142"))
    return person


@pytest.fixture
def double(desk: Desk, birgit: Person) -> Person:
    with desk.write() as work:
        person = books.add_person(work, "B.", family="Weiss\u200b", need="A bowl")
        work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value="505 5550142"))
        work.save(ContactEntry(id=work.new_id(), person_id=person.id, at=work.now, channel=Channel.CALL, text="Hello"))
    return person


@pytest.fixture
def page(desk: Desk, birgit: Person, scripted: ScriptedDialogs) -> PeoplePage:
    shown = desk.show(PeoplePage(desk.session))
    desk.session.navigation.changed.connect(shown.show_route)
    shown.show_route(Route("people", str(birgit.id)))
    desk.settle()
    return shown


def click(desk: Desk, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    desk.settle()


def words_in(widget: QWidget) -> str:
    return "\n".join(
        [label.text() for label in widget.findChildren(Label) if not label.isHidden()]
        + [row.accessibleName() for row in widget.findChildren(LinkRow) if not row.isHidden()]
    )


def button(widget: QWidget, name: str) -> IconButton:
    return next(b for b in widget.findChildren(IconButton) if b.accessibleName() == name and not b.isHidden())


def all_of(desk: Desk, record: Any, **equals: Any) -> list[Any]:
    return desk.session.app.read(lambda reader: reader.find(record, **equals))


# --- doubles and merging


def test_doubles_are_listed_with_reasons_compared_and_merged(
    desk: Desk, page: PeoplePage, birgit: Person, double: Person
) -> None:
    page.records.duplicates.look()
    desk.settle()
    (card,) = page.records.duplicates.cards
    assert "same mobile · initial fits" in words_in(card)
    assert "B. Weiss‹|›" in words_in(card)  # what cannot be seen is shown
    click(desk, card.compare)
    sheet = page.records.merge
    left, right = sheet.sides["name"]
    assert (left.words(), right.words()) == ("Birgit Weiss", "B. Weiss‹|›")
    assert left.isChecked()
    assert sheet.sides["need"][1].isChecked()
    assert sheet.taken() == {"need"}
    click(desk, right)
    assert sheet.taken() == {"name", "need"}
    click(desk, left)
    click(desk, sheet.save_button)
    assert [(p.given, p.need, p.stage) for p in all_of(desk, Person)] == [("Birgit", "A bowl", Stage.WON)]
    assert page.records.duplicates.cards == []
    assert "B. Weiss is part of Birgit Weiss now" in [text.replace("\u200b", "") for text in desk.said]


def test_the_other_record_can_be_kept_instead(desk: Desk, page: PeoplePage, birgit: Person, double: Person) -> None:
    page.detail.more_menu.actions()[4].trigger()
    desk.settle()
    sheet = page.records.merge
    assert not sheet.save_button.isEnabled()
    (proposal,) = sheet.findChildren(LinkRow)
    click(desk, proposal)
    assert sheet.save_button.isEnabled()
    sheet._swap()
    assert sheet.taken() == {"name", "stage"}
    click(desk, sheet.save_button)
    assert [p.id for p in all_of(desk, Person)] == [double.id]
    desk.settle()
    assert page.detail.card is not None
    assert page.detail.card.person.id == double.id


def test_two_people_stay_two(desk: Desk, page: PeoplePage, birgit: Person, double: Person) -> None:
    page.records.duplicates.look()
    desk.settle()
    click(desk, page.records.duplicates.cards[0].apart)
    assert page.records.duplicates.pairs == []
    page.records.duplicates.close_sheet()
    desk.session.undo()
    desk.settle()
    page.records.duplicates.look()
    desk.settle()
    assert len(page.records.duplicates.pairs) == 1


def test_an_old_id_leads_to_the_kept_one_who_can_be_separated_again(
    desk: Desk, page: PeoplePage, birgit: Person, double: Person
) -> None:
    desk.session.app.run(merge_people, birgit.id, double.id)
    desk.settle()
    page.show_route(Route("people", str(double.id)))
    desk.settle()
    assert page.detail.name.text() == "Birgit Weiss"
    assert "was merged into this record" in words_in(page.detail.about)
    click(desk, button(page.detail.about, "Separate B. Weiss\u200b again"))
    assert len(all_of(desk, Person)) == 2
    assert all_of(desk, ContactEntry)[0].person_id == double.id


def test_while_typing_somebody_is_told_to_be_here_already(
    desk: Desk, page: PeoplePage, birgit: Person, qtbot: Any
) -> None:
    page.form.start()
    desk.settle()
    form = page.form
    QTest.keyClicks(form.given, "Birgitt")
    QTest.keyClicks(form.family, "Weiß")
    form.doubles.look()
    assert form.doubles.isHidden()  # a like name alone says too little
    row = form.reach.rows()[0]
    QTest.keyClicks(row.edit, "505 555 0142")  # type: ignore[attr-defined]
    qtbot.waitUntil(form.doubles.isVisible, timeout=3_000)
    assert form.doubles.words.text() == "Birgit Weiss is in the book already"
    assert form.doubles.reasons.text() == "same mobile · name sounds alike"
    click(desk, form.doubles.merge)
    assert form.isHidden()
    assert set(page.records.merge.sides) == {"name", "stage"}
    click(desk, page.records.merge.save_button)
    assert [p.id for p in all_of(desk, Person)] == [birgit.id]


# --- ties, wishes, profile


def test_people_around_are_added_opened_and_removed(desk: Desk, page: PeoplePage, birgit: Person) -> None:
    with desk.write() as work:
        cem = books.add_person(work, "Cem")
        work.save(relation_of(birgit.id, cem.id, RelationKind.NEIGHBOUR, "upstairs"))
        dora = books.add_person(work, "Dora")
    desk.settle()
    ties = page.detail.ties
    assert "Cem, Neighbour · upstairs" in words_in(ties)
    page.records.relation.ask(birgit.id, "Birgit")
    sheet = page.records.relation
    click(desk, sheet.save_button)
    assert sheet.fields["other"].error() == "Choose a person from the list."
    QTest.keyClicks(sheet.other, dora.given)
    QTest.keyClick(sheet.other, Qt.Key.Key_Return)
    sheet.kind.set_value("recommended_by")
    click(desk, sheet.save_button)
    assert "Dora, recommended Birgit Weiss" in words_in(ties)
    click(desk, button(ties, "Remove the relation to Cem"))
    assert all_of(desk, Relation) == []
    click(desk, next(row for row in ties.findChildren(LinkRow) if row.accessibleName().startswith("Dora")))
    assert page.detail.name.text() == "Dora"
    assert "Has recommended 1 person" in words_in(page.detail.ties)
    click(desk, button(page.detail.ties, "Forget that Birgit Weiss was recommended"))
    assert all_of(desk, Person, id=birgit.id)[0].referred_by is None


def test_nobody_is_related_to_oneself(desk: Desk, page: PeoplePage, birgit: Person) -> None:
    sheet = page.records.relation
    sheet.ask(birgit.id, "Birgit")
    sheet.other.set_person(birgit.id)
    click(desk, sheet.save_button)
    assert "Nobody is related to oneself" in sheet.fields["other"].error()
    sheet.set_clean()
    sheet.close_sheet()


def test_wishes_are_noted_and_taken_off(desk: Desk, page: PeoplePage, birgit: Person) -> None:
    with desk.write() as work:
        work.save(Product(id=work.new_id(), code="A-1", name="Bowl", created_at=work.now))
    page.records.wish.ask(birgit.id, "Birgit")
    sheet = page.records.wish
    QTest.keyClicks(sheet.product, "Bowl")
    QTest.keyClick(sheet.product, Qt.Key.Key_Return)
    QTest.keyClicks(sheet.note, "in blue")
    click(desk, sheet.save_button)
    assert "Bowl, in blue" in words_in(page.detail.buying)
    click(desk, button(page.detail.buying, "Take Bowl from the wishes"))
    assert all_of(desk, Wish) == []


def test_the_profile_is_asked_and_answered(desk: Desk, page: PeoplePage, birgit: Person) -> None:
    page.records._answer()
    assert desk.routes[-1] == Route("settings", None, "profile")
    desk.session.app.run(add_questionnaire, "skin")
    desk.settle()
    assert "5 questions are not answered" in [b.caption() for b in page.detail.profile.findChildren(_button())]
    page.records._answer()
    sheet = page.records.profile
    questions = {q.label: q for q in all_of(desk, ProfileQuestion)}
    editors: dict[str, Any] = {name: sheet.fields[str(q.id)].editor for name, q in questions.items()}
    editors["Skin type"].set_value("dry")
    editors["What the skin needs"].ticks["moisture"].click()
    editors["What the skin needs"].ticks["sun protection"].click()
    QTest.keyClicks(editors["Allergies"], "nuts")
    click(desk, sheet.save_button)
    assert {answer.value for answer in all_of(desk, ProfileAnswer)} == {"dry", "moisture\nsun protection", "nuts"}
    assert {"moisture, sun protection", "nuts"} <= set(words_in(page.detail.profile).split("\n"))


def _button() -> type[Any]:
    from directsell.ui.widgets.buttons import Button

    return Button


def test_the_seller_writes_own_questions(desk: Desk) -> None:
    host = QWidget()
    section = ProfileSection(desk.session, host)
    desk.show(host)
    desk.session.changed.connect(section.data_changed)
    section.samples["sizes"].click()
    desk.settle()
    assert [row.question.label for row in section.rows][:2] == ["Clothing size", "Shoe size"]
    section.rows[0].down.click()
    desk.settle()
    assert [row.question.label for row in section.rows][:2] == ["Shoe size", "Clothing size"]
    section.sheet.start()
    QTest.keyClicks(section.sheet.label, "Hair")
    section.sheet.kind.set_value(str(AnswerKind.CHOICE))
    section.sheet._kind_changed()
    QTest.keyClicks(section.sheet.choices, "blond")
    click(desk, section.sheet.save_button)
    assert "at least two answers" in section.sheet.fields["choices"].error()
    QTest.keyClick(section.sheet.choices, Qt.Key.Key_Return)
    QTest.keyClicks(section.sheet.choices, "brown")
    click(desk, section.sheet.save_button)
    assert [row.question.label for row in section.rows][-1] == "Hair"
    section.rows[-1].remove.click()
    desk.settle()
    assert len(section.rows) == 5
    section.deleteLater()


# --- what happened, export, erase


def test_what_happened_is_shown_by_kinds(desk: Desk, page: PeoplePage, birgit: Person) -> None:
    with desk.write() as work:
        for channel, text in ((Channel.CALL, "called"), (Channel.NOTE, "noted")):
            work.save(ContactEntry(id=work.new_id(), person_id=birgit.id, at=work.now, channel=channel, text=text))
        books.add_order(work, person_id=birgit.id)
    desk.settle()
    timeline = page.detail.timeline

    def shown() -> list[str]:
        assert page.detail.card is not None
        return [item.text for item in page.detail.card.happenings if item.kind == "contact"]

    assert sorted(shown()) == ["called", "noted"]
    action = next(a for a in timeline.groups.actions() if a.data() == HappeningGroup.NOTES)
    action.trigger()
    desk.settle()
    assert shown() == ["noted"]
    next(a for a in timeline.groups.actions() if a.data() == HappeningGroup.MONEY).trigger()
    desk.settle()
    assert "Nothing of this kind." in words_in(timeline)


def test_all_data_of_a_person_goes_into_a_file(
    desk: Desk, page: PeoplePage, birgit: Person, double: Person, scripted: ScriptedDialogs, tmp_path: Path
) -> None:
    desk.session.app.run(merge_people, birgit.id, double.id)
    desk.settle()
    scripted.answer(tmp_path / "birgit.zip")
    page.records._export()
    desk.settle()
    assert desk.said[-1] == "Everything is in birgit.zip"
    with zipfile.ZipFile(tmp_path / "birgit.zip") as archive:
        told = json.loads(archive.read("person.json"))
        card = archive.read("person.vcf").decode()
        table = archive.read("what-happened.csv").decode("utf-8-sig")
    assert told["person"]["family"] == "Weiss"
    assert [entry["text"] for entry in told["contact_entry"]] == ["Hello"]
    assert "FN:Birgit Weiss" in card
    assert "Contact,Hello" in table


def test_erasing_says_what_goes_and_asks_twice(desk: Desk, page: PeoplePage, birgit: Person, double: Person) -> None:
    key: UUID = double.id
    page.show_route(Route("people", str(key)))
    desk.settle()
    page.records._erase()
    desk.settle()
    sheet = page.records.erase
    assert "1 phone number or e-mail" in " ".join(words_in(sheet).split("\n"))
    assert "Nothing. There are no papers" in words_in(sheet)
    assert not sheet.save_button.isEnabled()
    click(desk, sheet.understood)
    click(desk, sheet.save_button)
    assert desk.said[-1] == "The data was erased"
    assert [p.id for p in all_of(desk, Person)] == [birgit.id]
    desk.session.undo()
    desk.settle()
    assert desk.said[-1] == "There is nothing left to take back."
    page.form.start()
    QTest.keyClicks(page.form.given, "Berta")
    QTest.keyClicks(page.form.reach.rows()[0].edit, "+1 505 555 0142")  # type: ignore[attr-defined]
    page.form.doubles.look()
    # It is Birgit's number, too, but not her name; the mark of the erasure knows it.
    assert "erased at their own wish" in page.form.doubles.words.text()
    page.form.set_clean()
    page.form.close_sheet()


def test_open_orders_hinder_erasing(desk: Desk, page: PeoplePage, birgit: Person) -> None:
    with desk.write() as work:
        books.add_order(work, person_id=birgit.id)
    desk.settle()
    page.records._erase()
    desk.settle()
    sheet = page.records.erase
    assert "There is 1 order that is still to be delivered or paid" in words_in(sheet)
    click(desk, sheet.understood)
    assert not sheet.save_button.isEnabled()
