"""Editors: what is typed is kept, judged with a sentence at the right place, and reachable by keyboard and ear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.fields import (
    CheckBox,
    ChoiceField,
    Completion,
    CompletionField,
    DateField,
    DecimalField,
    FormField,
    InputError,
    MultilineField,
    ParsedField,
    RepeatingRows,
    SearchField,
    Stepper,
    TagField,
    TextField,
    TimeField,
    relative_day,
)
from directsell.ui.widgets.fields.base import focus_target

pytestmark = pytest.mark.usefixtures("themed")
TODAY = dt.date(2026, 11, 22)
NASTY = [
    "",
    "x" * 10_000,
    "🎈👩‍👩‍👧",
    "\u202eabc",
    "<b>bold</b>&amp;",
    "=cmd|' /C calc'!A0",
    "-5",
    "1e400",
    "1.234,50",
    "\x00\x07",
]


def parse(text: str) -> Decimal:
    if "," in text:
        raise InputError("Use a point.")
    return Decimal(text)


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()
    return widget


def test_long_text_is_kept_and_reported(qtbot: QtBot) -> None:
    field = TextField(limit=20)
    form = FormField("Name", field)
    shown(qtbot, form)
    QApplication.clipboard().setText("y" * 10_000)
    field.paste()
    assert field.value() == "y" * 10_000
    assert "9980" in form.error()
    field.setText("short")
    assert form.error() == ""


@pytest.mark.parametrize("text", NASTY)
def test_text_survives_whatever_it_is(qtbot: QtBot, text: str) -> None:
    field, lines = TextField(limit=50), MultilineField(limit=50)
    qtbot.addWidget(field)
    qtbot.addWidget(lines)
    field.set_value(text)
    lines.set_value(text)
    assert field.text() == text
    assert lines.toPlainText() == text
    field.grab()


@pytest.mark.parametrize("text", [text for text in NASTY if text])
def test_wrong_number_gets_a_sentence_and_stays(qtbot: QtBot, text: str) -> None:
    field: ParsedField[Decimal] = ParsedField(lambda t: Decimal(int(t)), str, wrong="Not a whole number.")
    form = FormField("Count", field)
    shown(qtbot, form)
    field.setText(text)
    field.textEdited.emit(text)
    field.editingFinished.emit()
    if text == "-5":
        assert field.value() == Decimal(-5)
    else:
        assert field.value() is None
        assert form.error() == "Not a whole number."
        assert field.text() == text


def test_sentence_of_the_parser_is_shown_after_leaving_and_follows_typing(qtbot: QtBot) -> None:
    field = DecimalField(parse, str, unit="kg")
    form = FormField("Weight", field, hint="in kilograms")
    shown(qtbot, form)
    QTest.keyClicks(field, "1,5")
    assert field._error == ""
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert form.error() == "Use a point."
    assert form._below.text() == "Use a point."
    assert field.property("invalid") == "true"
    field.selectAll()
    QTest.keyClicks(field, "1.50")
    assert form.error() == ""
    assert field.value() == Decimal("1.50")
    assert form._below.text() == "in kilograms"


def test_required_field_asks_for_a_value(qtbot: QtBot) -> None:
    field = DecimalField(parse, str, required=True)
    qtbot.addWidget(field)
    assert field.check() == "This is needed."
    field.set_value(Decimal(3))
    assert field.check() == ""


def test_label_is_name_and_buddy(qtbot: QtBot) -> None:
    field = TextField()
    form = FormField("E-mail", field, hint="only with consent")
    qtbot.addWidget(form)
    assert field.accessibleName() == "E-mail"
    assert field.accessibleDescription() == "only with consent"
    assert form._label.buddy() is field
    form.set_error("Already used by Ann.")
    assert field.accessibleDescription() == "Already used by Ann."


def test_error_of_the_form_goes_when_the_user_edits(qtbot: QtBot) -> None:
    field = TextField("a")
    form = FormField("Code", field)
    shown(qtbot, form)
    form.set_error("Taken.")
    QTest.keyClicks(field, "b")
    assert form.error() == ""


def test_wheel_never_alters_a_choice(qtbot: QtBot) -> None:
    field = ChoiceField([(1, "one"), (2, "two")], 1)
    shown(qtbot, field)
    from PySide6.QtCore import QPoint, QPointF

    spot = QPointF(10, 10)
    phase = Qt.ScrollPhase.NoScrollPhase
    none = Qt.MouseButton.NoButton
    wheel = QWheelEvent(spot, spot, QPoint(), QPoint(0, -120), none, Qt.KeyboardModifier.NoModifier, phase, False)
    QApplication.sendEvent(field, wheel)
    assert field.value() == 1


def test_choice_tells_only_what_the_user_did(qtbot: QtBot) -> None:
    field = ChoiceField([("a", "A"), ("b", "B")])
    shown(qtbot, field)
    told: list[object] = []
    field.changed.connect(lambda: told.append(field.value()))
    field.set_value("b")
    field.set_choices([("b", "B"), ("c", "C")])
    assert field.value() == "b"
    assert told == []
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert told == ["c"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", dt.date(2026, 11, 22)),
        (" Tomorrow ", dt.date(2026, 11, 23)),
        ("+3", dt.date(2026, 11, 25)),
        ("-22", dt.date(2026, 10, 31)),
        ("2026-11-30", None),
        ("+", None),
        ("", None),
        ("+36500", dt.date(2126, 10, 29)),
        ("+99999", None),
        ("+\u00b2", None),
    ],
)
def test_days_in_words(text: str, day: dt.date | None) -> None:
    assert relative_day(text, TODAY) == day


def date_field() -> DateField:
    return DateField(dt.date.fromisoformat, dt.date.isoformat, lambda: TODAY)


def test_date_is_typed_or_stepped(qtbot: QtBot) -> None:
    field = date_field()
    shown(qtbot, field)
    QTest.keyClicks(field, "tomorrow")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == dt.date(2026, 11, 23)
    assert field.text() == "2026-11-23"
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == dt.date(2026, 11, 24)


def test_month_is_driven_by_keys(qtbot: QtBot) -> None:
    field = date_field()
    shown(qtbot, field)
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert field._popup is not None
    grid = field._popup.grid
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        QTest.keyClick(grid, key)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert field.value() == dt.date(2026, 12, 30)
    assert not field._popup.isVisible()


def test_month_stops_at_the_ends_of_the_calendar(qtbot: QtBot) -> None:
    field = date_field()
    qtbot.addWidget(field)
    field.set_value(dt.date(9999, 12, 31))
    field.open_month()
    assert field._popup is not None
    field._popup.grid.next_month()
    field._popup.grid.grab()
    QTest.keyClick(field._popup.grid, Qt.Key.Key_Right)
    assert field._popup.grid.day == dt.date(9999, 12, 31)
    field._popup.close()


def test_time_moves_by_quarters(qtbot: QtBot) -> None:
    field = TimeField(dt.time.fromisoformat, lambda time: time.strftime("%H:%M"))
    shown(qtbot, field)
    field.set_value(dt.time(23, 50))
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == dt.time(0, 5)


GOODS = [
    Completion(1, "Serum 30 ml", "SE-030", "$52.00"),
    Completion(2, "Sample, Serum", "free"),
    Completion(3, "Toner"),
]


def search(text: str) -> Sequence[Completion]:
    return [good for good in GOODS if text.casefold() in good.title.casefold()]


HOSTS: list[QWidget] = []  # qtbot itself holds windows weakly


@pytest.fixture(autouse=True)
def _hosts() -> Iterator[None]:
    yield
    HOSTS.clear()


def completion(qtbot: QtBot, *, clear: bool = False) -> CompletionField:
    host = QWidget()
    HOSTS.append(host)
    column = QVBoxLayout(host)
    codes = {"4006381333931": GOODS[2]}
    field = CompletionField(search, exact=codes.get, clear_on_pick=clear)
    column.addWidget(field)
    column.addStretch(1)
    shown(qtbot, host)
    field.setFocus()
    return field


def test_completion_by_keyboard_alone(qtbot: QtBot) -> None:
    field = completion(qtbot)
    QTest.keyClicks(field, "ser")
    assert [row.value for row in field.proposals()] == [1, 2]
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert "Sample" in field.accessibleDescription()
    with qtbot.waitSignal(field.picked) as heard:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard.args == [2]
    assert field.value() == 2
    assert field.text() == "Sample, Serum"
    assert field.proposals() == ()


def test_altered_text_is_no_longer_the_record(qtbot: QtBot) -> None:
    field = completion(qtbot)
    field.set_value(3, "Toner")
    QTest.keyClicks(field, "s")
    assert field.value() is None


def test_scanner_digits_hit_without_a_list(qtbot: QtBot) -> None:
    field = completion(qtbot, clear=True)
    with qtbot.waitSignal(field.picked) as heard:
        QTest.keyClicks(field, "4006381333931")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard.args == [3]
    assert field.text() == ""


def test_unknown_code_is_told_and_kept(qtbot: QtBot) -> None:
    field = completion(qtbot)
    with qtbot.waitSignal(field.not_found) as heard:
        QTest.keyClicks(field, "999")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard.args == ["999"]
    assert field.text() == "999"


def test_escape_closes_the_list_only(qtbot: QtBot) -> None:
    field = completion(qtbot)
    QTest.keyClicks(field, "ser")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.proposals() == ()
    assert field.text() == "ser"


def test_stepper_keeps_its_bounds(qtbot: QtBot) -> None:
    field = Stepper(Decimal, str, name="Quantity", value=Decimal(1), least=Decimal(1), most=Decimal(3))
    shown(qtbot, field)
    told: list[Decimal | None] = []
    field.changed.connect(lambda: told.append(field.value()))
    field.less()
    for _time in range(5):
        QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert told == [Decimal(2), Decimal(3)]
    assert not field._plus.isEnabled()
    field.edit.setText("9")
    field.edit.textEdited.emit("9")
    assert field.error() == "At most 3."
    assert field.value() is None


def test_tags_are_added_once_and_removed(qtbot: QtBot) -> None:
    field = TagField(("vegan",), suggest=lambda _text: ["vegan", "unscented"])
    shown(qtbot, field)
    QTest.keyClicks(field.edit, "Evening")
    field.edit.close_list()
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    QTest.keyClicks(field.edit, "VEGAN,")
    assert field.value() == ("vegan", "Evening")
    QTest.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert field.value() == ("vegan",)


def test_rows_come_and_go(qtbot: QtBot) -> None:
    rows = RepeatingRows(TextField, "Add phone", least=1, most=2)
    shown(qtbot, rows)
    rows._more.click()
    assert len(rows.rows()) == 2
    assert not rows._more.isEnabled()
    crosses = [child for child in rows.findChildren(QWidget) if child.accessibleName() == "Remove"]
    crosses[0].click()  # type: ignore[attr-defined]
    assert len(rows.rows()) == 1


def test_search_box_steers_and_clears(qtbot: QtBot) -> None:
    field = SearchField("Name, phone")
    shown(qtbot, field)
    heard: list[str] = []
    steps: list[int] = []
    field.searched.connect(heard.append)
    field.moved.connect(steps.append)
    QTest.keyClicks(field, "ma")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["m", "ma", ""]
    assert steps == [1]
    QTest.keyClicks(field, "a")
    field.empty()
    assert (field.value(), heard[-1]) == ("", "a")  # nobody is told
    assert not field.findChildren(IconButton)[0].isVisible()


def test_tick_by_space(qtbot: QtBot) -> None:
    field = CheckBox("May be called")
    shown(qtbot, field)
    with qtbot.waitSignal(field.changed):
        QTest.keyClick(field, Qt.Key.Key_Space)
    assert field.value()


def test_focus_target_is_the_inner_editor(qtbot: QtBot) -> None:
    field = Stepper(Decimal, str, name="Quantity")
    qtbot.addWidget(field)
    assert focus_target(field) is field.edit
