"""The Settings page: its sections, the business, taxes and papers. The laptop's side is in test_settings_laptop.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.money import Rounding
from directsell.domain.papers import PaperFormat
from directsell.domain.taxes import TaxLevel
from directsell.store.queries.settings import business, tax_profile, tax_rates
from directsell.ui.navigation import Route
from directsell.ui.pages.settings import SettingsPage
from directsell.ui.pages.settings.business import DRAFT, BusinessSection
from directsell.ui.pages.settings.page import SECTIONS
from directsell.ui.pages.settings.papers import PapersSection
from directsell.ui.pages.settings.taxes import TaxesSection
from directsell.ui.theme import SchemeChoice, theme
from directsell.ui.widgets.fields import TextField
from directsell.usecases.settings import change_business, set_up_business
from tests.ui.conftest import Desk
from tests.ui.homes import PROFILE, SELLER, choose, edit

IBAN = "DE02120300000000202051"


@pytest.fixture
def page(desk: Desk) -> Iterator[SettingsPage]:
    desk.session.app.run(set_up_business, SELLER, PROFILE)
    desk.session.app.forget_steps()
    made = SettingsPage(desk.session)
    desk.session.navigation.changed.connect(made.show_route)
    desk.show(made)
    made.show_route(Route("settings"))
    desk.settle()
    yield made
    desk.session.navigation.changed.disconnect(made.show_route)


def seller(desk: Desk) -> Any:
    return desk.session.app.read(business)


def go(page: SettingsPage, desk: Desk, key: str) -> Any:
    """Show a section and return it; each test knows which class it is."""
    page.show_route(Route("settings", None, key))
    desk.settle()
    return page.section(key)


# --- the page


@pytest.mark.parametrize("key", [key for key, *_rest in SECTIONS])
@pytest.mark.parametrize("width", [1140, 520])
def test_every_section_opens_light_and_dark(page: SettingsPage, desk: Desk, key: str, width: int) -> None:
    page.resize(width, 480)
    section = go(page, desk, key)
    assert section.isVisible()
    assert section.accessibleName()
    assert page.section(key) is section
    assert [name for name, item in page.items.items() if item.isChecked()] == [key]
    theme().set_choice(SchemeChoice.DARK)
    assert not page.grab().isNull()


def test_sections_by_click_and_key(page: SettingsPage, desk: Desk) -> None:
    first = page.items["business"]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert page.items["taxes"].hasFocus()
    QTest.keyClick(page.items["taxes"], Qt.Key.Key_Return)
    assert isinstance(page.current, TaxesSection)
    assert desk.session.navigation.current == Route("settings", None, "taxes")
    QTest.mouseClick(page.items["taxes"], Qt.MouseButton.LeftButton)
    assert page.items["taxes"].isChecked()
    page.show_route(Route("settings", None, "no such section"))
    assert isinstance(page.current, TaxesSection)


def test_a_narrow_page_shows_list_or_section(page: SettingsPage, desk: Desk) -> None:
    page.resize(560, 480)
    go(page, desk, "papers")
    assert not page.items["papers"].isVisible()
    page.section("papers").header.back.click()
    assert page.items["papers"].isVisible()
    QTest.mouseClick(page.items["about"], Qt.MouseButton.LeftButton)
    assert page.section("about").isVisible()
    assert not page.items["papers"].isVisible()


def test_commands_lead_to_every_section(page: SettingsPage, desk: Desk) -> None:
    names = [command.text for command in page.commands()]
    assert len(names) == len(set(names))
    command = next(command for command in page.commands() if command.text == "Backup")
    command.run()
    assert page.current is page.section("backup")
    assert "Back up now" in [command.text for command in page.commands()]


# --- my business


def of_business(page: SettingsPage, desk: Desk) -> BusinessSection:
    return cast("BusinessSection", go(page, desk, "business"))


def text_field(section: BusinessSection, name: str) -> TextField:
    return cast("TextField", section.extra[name].editor)


def test_the_business_is_saved_as_a_whole_and_taken_back_in_one_step(page: SettingsPage, desk: Desk) -> None:
    section = of_business(page, desk)
    assert not section.bar.isVisible()
    edit(section.form.name, "Dana & Co <b>")
    edit(text_field(section, "iban"), IBAN.lower())
    edit(text_field(section, "web"), "dana.example")
    assert section.bar.isVisible()
    section.bar.save_button.click()
    desk.settle()
    assert desk.said == ["Business saved"]
    assert not section.bar.isVisible()
    assert (seller(desk).name, seller(desk).iban) == ("Dana & Co <b>", "DE02 1203 0000 0000 2020 51")
    desk.session.undo()
    desk.settle()
    assert seller(desk) == SELLER
    assert section.form.name.text() == SELLER.name
    assert text_field(section, "iban").text() == ""


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("iban", "DE03 1203 0000 0000 2020 51", "check digits"),
        ("bic", "NO", "8 or 11"),
        ("accent", "puce", "colour like"),
        ("bank", "x" * 121, "Too long by 1"),
    ],
)
def test_a_wrong_field_says_so_and_nothing_is_saved_or_lost(
    page: SettingsPage, desk: Desk, name: str, text: str, words: str
) -> None:
    section = of_business(page, desk)
    editor = section.accent.number if name == "accent" else text_field(section, name)
    edit(editor, text)
    section.save()
    desk.settle()
    assert words in section.extra[name].error()
    assert editor.text() == text
    assert seller(desk) == SELLER
    assert section.bar.isVisible()


def test_a_business_needs_a_name(page: SettingsPage, desk: Desk) -> None:
    section = of_business(page, desk)
    edit(section.form.name, "")
    section.save()
    desk.settle()
    assert "name" in section.form._fields["name"].error()
    assert section.form.name.hasFocus()


def test_what_changes_elsewhere_does_not_touch_what_is_typed(page: SettingsPage, desk: Desk) -> None:
    section = of_business(page, desk)
    edit(section.form.tagline, "half-typed")
    desk.session.app.run(change_business, terms="from the other laptop")
    desk.settle()
    assert section.form.tagline.text() == "half-typed"
    section.save()
    desk.settle()
    assert (seller(desk).tagline, seller(desk).terms) == ("half-typed", "from the other laptop")


def test_half_typed_things_are_there_again(page: SettingsPage, desk: Desk) -> None:
    section = of_business(page, desk)
    edit(section.form.tagline, "half-typed")
    section.form.set_new_logo(b"\x89PNG new")
    page.settle()
    again = desk.show(SettingsPage(desk.session))
    anew = of_business(again, desk)
    assert anew.form.tagline.text() == "half-typed"
    assert anew.form.logo == b"\x89PNG new"
    assert anew.is_dirty
    anew.discard()
    assert anew.form.tagline.text() == ""
    assert desk.session.drafts.load(DRAFT) is None


def test_another_currency_warns_about_prices(page: SettingsPage, desk: Desk) -> None:
    section = of_business(page, desk)
    choose(section.form.currency, "EUR")
    section._edited()
    assert "Prices belong to a currency" in section.form._fields["currency"]._below.text()
    choose(section.form.country, "DE")
    assert section.form.typed()["currency"] == "EUR"
    section.save()
    desk.settle()
    assert (seller(desk).country, seller(desk).currency) == ("DE", "EUR")
    assert seller(desk).invoice_format is SELLER.invoice_format


def test_a_colour_is_picked_and_shows_on_the_sample(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    section = of_business(page, desk)
    QTest.mouseClick(section.accent.swatches[1], Qt.MouseButton.LeftButton)
    assert section.accent.value() == "#1D4ED8"
    qtbot.waitUntil(lambda: section.preview.view.info is not None, timeout=20_000)
    info = section.preview.view.info
    assert info is not None
    assert "Dana Whitfield" in info.text
    section.save()
    desk.settle()
    assert seller(desk).accent == "#1D4ED8"


# --- taxes


def of_taxes(page: SettingsPage, desk: Desk) -> TaxesSection:
    return cast("TaxesSection", go(page, desk, "taxes"))


def profile(desk: Desk) -> Any:
    return desk.session.app.read(tax_profile, desk.session.today())


def test_rules_are_saved_as_they_are_chosen(page: SettingsPage, desk: Desk) -> None:
    section = of_taxes(page, desk)
    section.inclusive.click()
    desk.settle()
    section.level.setFocus()
    QTest.keyClick(section.level.focusProxy() or section.level, Qt.Key.Key_Right)
    choose(section.rounding, Rounding.HALF_EVEN)
    section.shipping.click()
    section.exempt["food"].click()
    desk.settle()
    now = profile(desk)
    assert now.prices_include_tax
    assert now.level is TaxLevel.LINE
    assert now.rounding is Rounding.HALF_EVEN
    assert not now.shipping_taxed
    assert set(now.exempt_classes) == {"exempt", "food"}
    for _step in range(5):
        desk.session.undo()
        desk.settle()
    assert profile(desk) == PROFILE
    assert not section.inclusive.value()
    assert section.level.value() == "document"


def test_a_small_business_prints_its_note(page: SettingsPage, desk: Desk) -> None:
    section = of_taxes(page, desk)
    section.small.click()
    desk.settle()
    assert profile(desk).exemption_note == "exempt.US"
    assert not section.inclusive.isEnabled()
    section.small.click()
    desk.settle()
    assert profile(desk).exemption_note == ""
    assert section.inclusive.isEnabled()


def test_a_rate_is_added_edited_deleted_and_put_back(page: SettingsPage, desk: Desk) -> None:
    section = of_taxes(page, desk)
    section.add_button.click()
    sheet = section.sheet
    assert sheet.isVisible()
    choose(sheet.tax_class, "")
    QTest.keyClicks(sheet.own_class, "books")
    edit(sheet.label, "County tax")
    edit(sheet.rate, "2.5")
    edit(sheet.valid_from, "1/1/2027")
    QTest.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert not sheet.isVisible()
    rate = desk.session.app.read(tax_rates)[1]
    assert (rate.tax_class, rate.label, rate.ppm, rate.valid_from) == ("books", "County tax", 25_000, date(2027, 1, 1))
    assert "books" in section.exempt
    section.rows[1].edit.click()
    edit(sheet.valid_to, "12/31/2026")
    sheet._save()
    desk.settle()
    assert "before the first" in sheet.fields["valid_to"].error()
    edit(sheet.valid_to, "12/31/2028")
    sheet._save()
    desk.settle()
    assert desk.session.app.read(tax_rates)[1].valid_to == date(2028, 12, 31)
    section.rows[1].remove.click()
    desk.settle()
    assert len(section.rows) == 1
    desk.session.undo()
    desk.settle()
    assert [row.entry.label for row in section.rows] == ["Sales tax", "County tax"]


@pytest.mark.parametrize("typed", ["-1", "101", "1e400", "=cmd", "abc", "\u202e7"])
def test_a_rate_that_is_none_stays_typed(page: SettingsPage, desk: Desk, typed: str) -> None:
    section = of_taxes(page, desk)
    section.sheet.start()
    edit(section.sheet.label, "Tax")
    section.sheet.rate.setText(typed)
    section.sheet.rate.textEdited.emit(typed)
    section.sheet._save()
    desk.settle()
    assert section.sheet.fields["rate"].error()
    assert section.sheet.rate.text() == typed
    assert len(desk.session.app.read(tax_rates)) == 1


def test_a_rate_needs_a_name_and_a_class(page: SettingsPage, desk: Desk) -> None:
    section = of_taxes(page, desk)
    section.sheet.start()
    choose(section.sheet.tax_class, "")
    edit(section.sheet.rate, "5")
    section.sheet._save()
    assert "class" in section.sheet.fields["own_class"].error()
    edit(section.sheet.own_class, "books")
    section.sheet._save()
    desk.settle()
    assert "called on papers" in section.sheet.fields["label"].error()


# --- papers


def of_papers(page: SettingsPage, desk: Desk) -> PapersSection:
    return cast("PapersSection", go(page, desk, "papers"))


def test_sheets_and_language_are_saved_at_once(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    section = of_papers(page, desk)
    choose(section.controls["slip_format"], PaperFormat.A4_TWO_UP)
    desk.settle()
    choose(section.controls["language"], "de_AT")
    desk.settle()
    assert (seller(desk).slip_format, seller(desk).language) == (PaperFormat.A4_TWO_UP, "de_AT")
    desk.session.undo()
    desk.settle()
    assert section.controls["language"].value() == SELLER.language
    section.preview.kind.set_value("order_slip")
    section.preview._draw()
    qtbot.waitUntil(lambda: section.preview.view.info is not None, timeout=20_000)


def test_amounts_are_checked_and_kept(page: SettingsPage, desk: Desk) -> None:
    section = of_papers(page, desk)
    shipping = section.controls["shipping"]
    edit(shipping, "4,50 apples")
    desk.settle()
    assert section.rows["shipping"].error()
    assert shipping.text() == "4,50 apples"
    edit(shipping, "4.50")
    desk.settle()
    assert seller(desk).shipping == 450
    edit(shipping, "")
    desk.settle()
    assert seller(desk).shipping == 0


def test_days_are_saved_once_after_a_pause(page: SettingsPage, desk: Desk) -> None:
    section = of_papers(page, desk)
    for _click in range(4):
        section.controls["due_days"].more()
    section.settle()
    desk.settle()
    assert seller(desk).due_days == 18
    assert desk.said == ["Papers changed"]
    section.controls["due_days"].edit.setText("400")
    section.controls["due_days"].edit.textEdited.emit("400")
    section.settle()
    desk.settle()
    assert seller(desk).due_days == 18


def test_a_language_without_words_is_shown_as_it_is(desk: Desk, themed: QApplication, tmp_path: Path) -> None:
    desk.session.app.run(set_up_business, replace(SELLER, language="fr_FR"), PROFILE)
    page = desk.show(SettingsPage(desk.session))
    section = of_papers(page, desk)
    assert section.controls["language"].value() == "fr_FR"
