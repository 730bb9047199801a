"""The History page: readable steps, filters, putting back, and refusals that say why; and words for everything stored."""

from __future__ import annotations

import dataclasses
import enum
import typing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from directsell.domain.catalog import Product
from directsell.domain.people import Person, ReachKind, ReachPoint, Stage
from directsell.i18n import Language
from directsell.store.entities import ENTITIES
from directsell.store.queries.history import RowChange
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.history import HistoryPage
from directsell.ui.pages.history.detail import ChangeCard
from directsell.ui.pages.history.names import FIELDS, INTERNAL, KINDS, TABLES
from directsell.ui.pages.history.words import step_text, value_text
from directsell.ui.routes import new_view
from directsell.ui.widgets.labels import Label
from directsell.usecases.people import PersonForm, change_stage, save_person
from tests.fixtures import books
from tests.ui.conftest import Desk
from tests.ui.papers import issued, set_up


@pytest.fixture
def dana(desk: Desk) -> Person:
    with desk.write() as work:
        person = books.add_person(work, "Dana", family="Ruiz")
        work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value="+1 505 555 0142"))
        return person


@pytest.fixture
def page(desk: Desk, dana: Person, scripted: ScriptedDialogs) -> HistoryPage:
    desk.session.app.run(change_stage, dana.id, Stage.QUALIFIED)
    page = desk.show(HistoryPage(desk.session))
    page.show_route(Route("history"))
    desk.settle()
    return page


def steps(page: HistoryPage) -> list[str]:
    model = page.listing.list.model_
    rows = [model.row(number) for number in range(model.count)]
    return [step_text(row) for row in rows if row is not None]


def words(page: HistoryPage) -> list[str]:
    """All words of the shown step, card by card."""
    cards = [card for card in page.detail.findChildren(ChangeCard) if card.isVisible()]
    return [label.text() for card in cards for label in card.findChildren(Label) if label.text()]


def person(desk: Desk, record: Person) -> Person:
    return desk.session.look(lambda reader: reader.get(Person, record.id))


def test_a_step_is_told_field_by_field(desk: Desk, page: HistoryPage) -> None:
    assert steps(page)[0] == "Change stage of Dana Ruiz"
    assert words(page)[:4] == ["Person: Dana Ruiz", "Stage", "New", "Qualified"]
    assert words(page)[4:6] == ["Stage since", "–"]


def test_a_form_of_several_records_is_one_step(desk: Desk, page: HistoryPage, dana: Person) -> None:
    reach = desk.session.look(lambda reader: reader.find(ReachPoint, person_id=dana.id))
    form = PersonForm(
        person=replace(person(desk, dana), birthday="--03-14", discount_ppm=50_000),
        reach=(replace(reach[0], value="+1 505 555 0199"),),
    )
    desk.session.app.run(save_person, form)
    desk.settle()
    page.listing.list.select_first()
    desk.settle()
    shown = words(page)
    assert steps(page)[0] == "Save person Dana Ruiz"
    assert shown[:3] == ["Person: Dana Ruiz", "Birthday", "–"]
    assert {"Mar 14", "5%", "+1 505 555 0142", "+1 505 555 0199"} <= set(shown)


def test_put_back_and_undo(desk: Desk, page: HistoryPage, dana: Person) -> None:
    page.detail.put_back_button.click()
    desk.settle()
    assert person(desk, dana).stage is Stage.NEW
    assert desk.said == ["Put back: Change stage of Dana Ruiz"]
    assert steps(page)[0] == "Put back: Change stage of Dana Ruiz"
    assert page.detail.entry is not None
    assert page.detail.entry.taken_back_by is not None
    desk.session.undo()
    desk.settle()
    assert person(desk, dana).stage is Stage.QUALIFIED


def test_a_conflict_names_who_and_what(desk: Desk, page: HistoryPage, dana: Person, scripted: ScriptedDialogs) -> None:
    desk.session.app.run(change_stage, dana.id, Stage.WON)
    desk.settle()
    assert page.detail.entry is not None
    page.put_back()
    desk.settle()
    _kind, title, text = scripted.asked[-1]
    assert title == "This cannot be put back"
    assert text == "Person: Dana Ruiz was changed again since: Stage."
    assert person(desk, dana).stage is Stage.WON


def test_an_issued_number_says_why_not(desk: Desk, dana: Person) -> None:
    with desk.write() as work:
        set_up(work)
    with desk.session.app.store.write("Issue paper {number}", barrier=True) as work:
        issued(work)
    page = desk.show(HistoryPage(desk.session))
    page.show_route(Route("history"))
    desk.settle()
    assert not page.detail.put_back_button.isEnabled()
    assert any("cancelling paper" in label.text() for label in page.detail.findChildren(Label) if label.isVisible())
    page.put_back()
    assert desk.said == []


def test_filters_by_text_kind_and_person(desk: Desk, page: HistoryPage, dana: Person) -> None:
    with desk.session.app.store.write("Save product {name}") as work:
        work.save(Product(id=work.new_id(), code="CV-110", name="Peeler", created_at=work.now))
        work.describe(name="Peeler")
    desk.settle()
    everything = steps(page)
    page.listing.kinds.set_value("products")
    page.listing.refresh()
    desk.settle()
    assert steps(page) == ["Save product Peeler"]
    page.listing.show_all()
    desk.settle()
    assert steps(page) == everything
    page.listing.search.setText("change stage")
    desk.qtbot.waitUntil(lambda: steps(page) == ["Change stage of Dana Ruiz"])
    page.listing.show_all()
    page.show_route(Route("history", None, new_view(person=dana.id)))
    desk.settle()
    assert "Save product Peeler" not in steps(page)
    assert steps(page)[0] == "Change stage of Dana Ruiz"
    page.listing.search.setText("nobody has this name")
    desk.qtbot.waitUntil(lambda: not steps(page))
    desk.settle()


def test_everything_about_a_person_from_a_step(desk: Desk, page: HistoryPage, dana: Person) -> None:
    with desk.write() as work:
        books.add_person(work, "Beth")
    desk.settle()
    page.detail.person_button.click()
    desk.settle()
    assert page.listing.wanted().person_id == dana.id
    assert len(steps(page)) == 2


def test_keys_walk_and_enter_goes_to_the_detail_of_a_narrow_window(desk: Desk, page: HistoryPage) -> None:
    page.listing.list.setFocus()
    QTest.keyClick(page.listing.list, Qt.Key.Key_Down)
    desk.settle()
    assert page.detail.entry is not None
    assert page.detail.entry.row.label == "test"
    page.resize(619, 384)
    desk.settle()
    assert not page.detail.isVisible()
    QTest.keyClick(page.listing.list, Qt.Key.Key_Return)
    desk.settle()
    assert page.detail.isVisible()
    page.detail.back.click()
    assert page.listing.isVisible()


def test_a_large_step_asks_first(desk: Desk, page: HistoryPage, scripted: ScriptedDialogs) -> None:
    with desk.session.app.store.write("Import", origin="import") as work:
        for number in range(1_001):
            books.add_person(work, f"Guest {number}")
    desk.settle()
    page.listing.list.select_first()
    desk.settle()
    scripted.answer(False)
    page.put_back()
    desk.settle()
    assert desk.session.look(lambda reader: len(reader.find(Person))) == 1_002
    scripted.answer(True)
    page.put_back()
    desk.settle()
    assert desk.session.look(lambda reader: len(reader.find(Person))) == 1


def test_every_table_and_field_has_words() -> None:
    for entity in ENTITIES:
        assert entity.table in TABLES
        for field in dataclasses.fields(entity.record):
            assert field.name in FIELDS or field.name in INTERNAL, f"{entity.table}.{field.name}"
    listed = [table for _name, tables in KINDS.values() for table in tables]
    assert sorted(listed) == sorted(entity.table for entity in ENTITIES)


def _members() -> list[enum.StrEnum]:
    found: dict[type[enum.StrEnum], None] = {}
    for entity in ENTITIES:
        for hint in typing.get_type_hints(entity.record).values():
            if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
                found[hint] = None
    return [member for kind in found for member in kind if member.value]


def test_every_choice_has_words() -> None:
    language = Language.load("en_US")
    change = RowChange("person", UUID(int=0), "changed", "", "", ())
    for member in _members():
        text = value_text(language, change, "kind", member)
        assert "_" not in text, f"{type(member).__name__}.{member.name}"
        assert text[0].isupper(), f"{type(member).__name__}.{member.name}"


@pytest.mark.parametrize(
    ("table", "field", "value", "text"),
    [
        ("payment", "amount", 1250, "$12.50"),
        ("price", "amount", Decimal("12.5"), "12.50"),
        ("order_line", "unit_price", Decimal("0.1255"), "0.1255"),
        ("order_line", "quantity", Decimal("2.5"), "2.5"),
        ("sales_order", "discount_ppm", 77_500, "7.75%"),
        ("sales_order", "ordered_on", date(2026, 6, 15), "Jun 15, 2026"),
        ("product", "active", False, "no"),
        ("person", "birthday", "1980-06-15", "Jun 15, 1980"),
        ("person", "birthday", "--02-29", "Feb 29"),
        ("person", "birthday", "rubbish", "rubbish"),
        ("person", "note", "<b>bold</b>", "<b>bold</b>"),
        ("setting", "value", '"Dana Whitlock"', "Dana Whitlock"),
        ("setting", "value", "14", "14"),
        ("setting", "value", "true", "yes"),
        ("person", "need", "", "–"),
        ("person", "referred_by", None, "–"),
    ],
)
def test_values_are_written_as_people_read_them(table: str, field: str, value: object, text: str) -> None:
    change = RowChange(table, UUID(int=0), "changed", "", "USD", ())
    assert value_text(Language.load("en_US"), change, field, value) == text
