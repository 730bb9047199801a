"""Fields that know people: the picker, the birthday, the time of day, the address; and what choices are called."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from directsell.domain.demos import DemoKind, DemoState, Reply
from directsell.domain.followups import Reason
from directsell.domain.orders import OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Channel, Outcome, Person, ReachKind, ReachPoint, Role, Stage
from directsell.ui import terms
from directsell.ui.pages.people.birthdays import BirthdayField, has_year
from directsell.ui.widgets.address_edit import AddressEdit
from directsell.ui.widgets.fields import FormField
from directsell.ui.widgets.menu_choice import MenuChoice
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.times import read_time
from tests.fixtures import books
from tests.ui.conftest import Desk


class Form(QWidget):
    """A picker with its label above another field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.picker = PersonPicker(desk.session, "Customer")
        self.field = FormField("Customer", self.picker)
        self.other = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.other)
        column.addStretch(1)
        self.chosen: list[object] = []
        self.wanted: list[str] = []
        self.picker.chosen.connect(self.chosen.append)
        self.picker.create_requested.connect(self.wanted.append)


@pytest.fixture
def people(desk: Desk) -> list[Person]:
    with desk.write() as work:
        made = [books.add_person(work, given, family="Ruiz") for given in ("Dana", "Amy")]
        work.save(ReachPoint(id=work.new_id(), person_id=made[0].id, kind=ReachKind.MOBILE, value="+1 505 555 0142"))
    return made


@pytest.fixture
def form(desk: Desk, people: list[Person]) -> Form:
    shown = desk.show(Form(desk), 480, 520)
    shown.picker.setFocus()
    return shown


def titles(form: Form) -> list[str]:
    return [row.title for row in form.picker.proposals()]


def test_typing_proposes_people_and_enter_picks(form: Form, people: list[Person]) -> None:
    QTest.keyClicks(form.picker, "ruiz")
    assert set(titles(form)) == {"Dana Ruiz", "Amy Ruiz", "Create “ruiz”"}
    assert titles(form)[-1] == "Create “ruiz”"
    QTest.keyClicks(form.picker, " da")
    assert titles(form)[0] == "Dana Ruiz"
    QTest.keyClick(form.picker, Qt.Key.Key_Return)
    assert form.picker.person_id() == people[0].id
    assert form.picker.text() == "Dana Ruiz"
    assert form.chosen == [people[0].id]
    assert form.picker.error() == ""


def test_a_number_finds_its_owner(form: Form, people: list[Person]) -> None:
    QTest.keyClicks(form.picker, "5550142")
    assert titles(form)[0] != "Dana Ruiz"
    form.picker.clear()
    QTest.keyClicks(form.picker, "(505) 555-0142")
    assert titles(form)[0] == "Dana Ruiz"


def test_down_shows_the_newest_without_typing(form: Form) -> None:
    QTest.keyClick(form.picker, Qt.Key.Key_Down)
    assert titles(form) == ["Amy Ruiz", "Dana Ruiz"]
    QTest.keyClick(form.picker, Qt.Key.Key_Down)
    QTest.keyClick(form.picker, Qt.Key.Key_Return)
    assert form.picker.text() == "Dana Ruiz"


def test_somebody_unknown_is_asked_for(form: Form) -> None:
    QTest.keyClicks(form.picker, "Zelda Fitz")
    QTest.keyClick(form.picker, Qt.Key.Key_Return)
    assert form.wanted == ["Zelda Fitz"]
    assert form.picker.text() == "Zelda Fitz"
    assert form.picker.person_id() is None


def test_altering_the_name_lets_go_of_the_person(form: Form, people: list[Person]) -> None:
    form.picker.set_person(people[0].id)
    assert form.chosen == []
    QTest.keyClick(form.picker, Qt.Key.Key_Backspace)
    QTest.keyClick(form.picker, Qt.Key.Key_End)
    QTest.keyClicks(form.picker, "x")
    assert form.chosen == [None]
    QTest.keyClick(form.picker, Qt.Key.Key_Escape)
    form.other.setFocus()
    assert form.picker.text() == "Dana Ruizx"
    assert form.field.error() == "Choose a person from the list, or create a new one."


def test_leaving_it_empty_is_no_error(form: Form) -> None:
    form.other.setFocus()
    assert form.field.error() == ""


def test_somebody_deleted_keeps_the_name(desk: Desk, form: Form, people: list[Person]) -> None:
    with desk.write() as work:
        work.delete(work.get(Person, people[0].id))
    form.picker.set_person(people[0].id)
    assert form.picker.text() == "Dana Ruiz"
    form.picker.set_person(UUID(int=5))
    assert form.picker.text() == ""


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12 feb", "--02-12"),
        ("feb 12 1984", "1984-02-12"),
        ("2/12/84", "1984-02-12"),
        ("2/12", "--02-12"),
        ("2/29", "--02-29"),
        ("29 feb", "--02-29"),
        ("1984-02-12", "1984-02-12"),
        ("2/12/30", "1930-02-12"),
        ("", ""),
    ],
)
def test_birthdays_with_and_without_the_year(desk: Desk, typed: str, value: str) -> None:
    field = desk.show(BirthdayField(desk.session), 300, 40)
    QTest.keyClicks(field, typed)
    assert (field.value() or "") == value
    assert field.error() == ""
    if value:
        written = BirthdayField(desk.session, field)
        written.set_value(value)
        again = BirthdayField(desk.session, field)
        QTest.keyClicks(again, written.text())
        assert again.value() == value


@pytest.mark.parametrize(
    "typed", ["31 feb", "2/30/1984", "2/12/2126", "02122126", "someday", "99", "12.13.14.15", "=cmd", "9" * 10_000]
)
def test_what_is_no_birthday_is_told_and_kept(desk: Desk, typed: str) -> None:
    field = desk.show(BirthdayField(desk.session), 300, 40)
    field.setText(typed)
    field.textEdited.emit(typed)
    assert field.value() is None
    assert "not a date" in field.check()
    assert field.text() == typed


def test_a_year_is_seen_where_there_is_one() -> None:
    assert [has_year(text) for text in ("24.12.", "24.12.84", "24 Dec", "24 Dec 84", "5月3日", "1984年5月3日")] == [
        False,
        True,
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("18:30", 18, 30), ("6:30 pm", 18, 30), ("6.30 p.m.", 18, 30), ("1830", 18, 30), ("7", 7, 0), ("7 am", 7, 0),
     ("12 am", 0, 0), ("12 pm", 12, 0), ("18h30", 18, 30), ("19 Uhr", 19, 0), ("6:30\u202fPM", 18, 30)],
)  # fmt: skip
def test_times_as_people_type_them(typed: str, hour: int, minute: int) -> None:
    assert read_time(typed) == time(hour, minute)


@pytest.mark.parametrize("typed", ["25:00", "18:61", "13 pm", "0 am", "noon", "-1", "1:2:3", "1e3", "٦:٣٠x", ""])
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(ValueError):
        read_time(typed)


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_every_time_is_read_back(moment: time) -> None:
    assert read_time(f"{moment:%H:%M}") == moment
    assert read_time(f"{moment:%I:%M %p}") == moment


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    try:
        read_time(text)
    except ValueError:
        return


def test_an_address_is_read_back_with_a_country_nobody_knows(desk: Desk) -> None:
    edit = desk.show(AddressEdit(desk.session.language), 500, 200)
    values = {"street": "1 Main", "extra": "", "postcode": "87501", "city": "Santa Fe", "region": "NM", "country": "XQ"}
    edit.set_values(values)
    assert edit.values() == values
    assert edit.is_filled()
    edit.set_values({"country": "DE"})
    assert not edit.is_filled()


def test_a_small_choice_answers_to_keys(desk: Desk) -> None:
    choice = desk.show(MenuChoice([(1, "One & only"), (2, "Two")]), 140, 40)
    heard: list[object] = []
    choice.changed.connect(lambda: heard.append(choice.value()))
    choice.set_value(1)
    assert choice.caption() == "One & only"
    menu = choice.menu()
    assert menu is not None
    menu.actions()[1].trigger()
    assert heard == [2]
    choice.choose(2)
    assert heard == [2]


@pytest.mark.parametrize(
    "choices", [Stage, Role, Channel, Outcome, ReachKind, Reason, DemoKind, DemoState, Reply, OrderState, PaymentMethod]
)
def test_every_choice_of_the_domain_has_a_name(choices: type[StrEnum]) -> None:
    named = [terms.term(choice) for choice in choices]
    assert all(named)
    assert len(set(named)) == len(named)
