"""The first start: what is decided, what is refused, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.errors import DomainError
from directsell.domain.papers import PaperFormat
from directsell.i18n import Language
from directsell.ui.book_jobs import clean_logo
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.welcome import Welcome, WelcomeChoice

Open = Callable[..., tuple[Welcome, list[WelcomeChoice]]]


@pytest.fixture
def opened(themed: QApplication, qtbot: QtBot) -> Open:
    def make(home: str = "US") -> tuple[Welcome, list[WelcomeChoice]]:
        window = Welcome(
            Language.load("en_US"),
            languages=[("en_US", "English"), ("de_DE", "Deutsch")],
            current="en_US",
            clean_logo=clean_logo,
            home=home,
        )
        qtbot.addWidget(window)
        decided: list[WelcomeChoice] = []
        window.decided.connect(decided.append)
        with qtbot.waitActive(window):
            window.show()
        return window, decided

    return make


def test_my_business_by_keyboard_alone(opened: Open, qtbot: QtBot) -> None:
    window, decided = opened()
    window.own_button.setFocus()
    QTest.keyClick(window.own_button, Qt.Key.Key_Space)
    assert window.form.name.hasFocus()
    QTest.keyClicks(window.form.name, "Dana & Co <b>")
    window.form.rate.setFocus()
    window.form.rate.selectAll()
    QTest.keyClicks(window.form.rate, "7.75")
    QTest.keyClick(window.continue_button, Qt.Key.Key_Space)
    assert window.steps.currentIndex() == 2
    window.protection.set_value("file")
    window.start_button.setFocus()
    QTest.keyClick(window.start_button, Qt.Key.Key_Space)
    (choice,) = decided
    assert choice.entry is not None
    assert choice.entry.business.name == "Dana & Co <b>"
    assert choice.entry.business.invoice_format is PaperFormat.LETTER
    assert [rate.ppm for rate in choice.entry.profile.rates] == [77_500]
    assert (choice.protection, choice.password) == ("file", "")


def test_another_country_brings_its_habits(opened: Open, qtbot: QtBot) -> None:
    window, _decided = opened()
    form = window.form
    place = [form.country.itemText(number) for number in range(form.country.count())].index("Germany")
    form.country.setCurrentIndex(place)
    form.country.activated.emit(place)
    entry_of = form.typed()
    assert entry_of["currency"] == "EUR"
    assert form.rate.value() == 190_000
    assert form.inclusive.value()
    form.name.setText("Miriam")
    business = form.entry().business
    assert business.invoice_format is PaperFormat.A4
    assert business.zone == "Europe/Berlin"
    assert {rate.tax_class for rate in form.entry().profile.rates} == {"standard", "reduced"}


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("name", "", "Enter your name"), ("rate", "1e9", "number"), ("rate", "120", "between 0 and 100")],
)
def test_a_wrong_field_says_so_and_keeps_what_was_typed(
    opened: Open, qtbot: QtBot, field: str, text: str, words: str
) -> None:
    window, decided = opened()
    window.own_button.click()
    window.form.name.setText("Dana")
    editor = getattr(window.form, field)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)
    window.continue_button.click()
    assert window.steps.currentIndex() == 1
    assert editor.text() == text
    assert words.lower() in window.form._fields[field].error().lower()
    assert not decided


def test_the_sample_needs_no_typing(opened: Open) -> None:
    window, decided = opened()
    window.sample_button.click()
    assert decided == [WelcomeChoice(None, "file", "")]
    window.set_keyring(True)
    window.sample_button.click()
    assert decided[1].protection == "keyring"


def test_a_keyring_that_answers_late_changes_no_choice_that_was_made(opened: Open) -> None:
    window, _decided = opened()
    window.form.name.setText("Dana")
    window.own_button.click()
    window.continue_button.click()
    window.protection.set_value("file")
    window.set_keyring(True)
    assert window.protection.value() == "file"
    window.protection.set_value("keyring")
    assert window.protection.value() == "keyring"


def test_a_keyring_that_answers_in_time_is_proposed(opened: Open) -> None:
    window, _decided = opened()
    window.set_keyring(True)
    assert window.protection.value() == "keyring"
    assert not window.new_password.isVisibleTo(window)


@pytest.mark.parametrize(
    ("first", "second", "words"), [("short", "short", "at least 8"), ("long enough", "long enouhg", "differ")]
)
def test_a_password_is_long_enough_and_typed_alike(
    opened: Open, qtbot: QtBot, first: str, second: str, words: str
) -> None:
    window, decided = opened()
    window.own_button.click()
    window.form.name.setText("Dana")
    window.continue_button.click()
    assert window.protection.value() == "password"
    fields = window.new_password
    QTest.keyClicks(fields.password, first)
    QTest.keyClicks(fields.repeated, second)
    window.start_button.click()
    assert not decided
    assert words in (fields.password_field.error() + fields.repeated_field.error()).lower()
    fields.password.setText("several good words")
    fields.repeated.setText("several good words")
    QTest.keyClick(fields.repeated, Qt.Key.Key_Return)
    assert decided[0].password == "several good words"


def test_failing_keeps_everything_typed(opened: Open, qtbot: QtBot) -> None:
    window, decided = opened()
    window.own_button.click()
    window.form.name.setText("Dana")
    window.continue_button.click()
    window.protection.set_value("file")
    window.start_button.click()
    window.busy(True)
    assert not window.steps.isEnabled()
    window.fail("The disk is full.")
    assert window.steps.isEnabled()
    assert window.form.name.text() == "Dana"
    window.fail("The disk is still full.")
    window.start_button.click()
    assert len(decided) == 2


def test_a_logo_is_cleaned_and_refused_in_a_sentence(opened: Open, tmp_path: Path, scripted: ScriptedDialogs) -> None:
    window, _decided = opened()
    form = window.form
    bad = tmp_path / "logo.png"
    bad.write_bytes(b"<svg onload=alert(1)>")
    form.take_logo(bad)
    assert not form.logo
    assert form._logo_error.text().startswith("This is not a picture")
    form.take_logo(tmp_path)
    assert form._logo_error.text() == "This is not a file that can be read."
    bad.write_bytes(bytes(20_000_001))
    form.take_logo(bad)
    assert "too large" in form._logo_error.text()
    assert not form.logo
    good = tmp_path / "good.png"
    image = QImage(64, 32, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(good))
    scripted.answer(good)
    form._choose_logo()
    shown = form.logo
    assert shown is not None
    assert shown.startswith(b"\x89PNG")
    form._remove_logo()
    assert form.logo == b""


def test_a_small_window_hides_the_side_and_keeps_the_buttons(opened: Open) -> None:
    window, _decided = opened()
    window.resize(640, 430)
    assert not window._side.isVisibleTo(window)
    window.own_button.click()
    assert window.continue_button.isVisible()
    assert window.rect().contains(window.continue_button.mapTo(window, window.continue_button.rect().bottomRight()))


def test_another_language_is_asked_for(opened: Open, qtbot: QtBot) -> None:
    window, _decided = opened()
    with qtbot.waitSignal(window.language_wanted) as wanted:
        window.languages.setCurrentIndex(1)
        window.languages.activated.emit(1)
    assert wanted.args == ["de_DE"]


def test_a_typed_rate_must_fit(opened: Open) -> None:
    window, _decided = opened()
    window.form.name.setText("Dana")
    window.form.rate.setText("101")
    window.form.rate.textEdited.emit("101")
    with pytest.raises(DomainError, match="tax.rate_range"):
        window.form.entry()
