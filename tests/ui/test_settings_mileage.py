"""Rates for driving in the settings: official ones shown, own ones typed, changed and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.store.queries.mileage import own_rates, rate_on
from directsell.ui.navigation import Route
from directsell.ui.pages.settings import SettingsPage
from directsell.ui.pages.settings.mileage import MileageSection
from directsell.ui.widgets.buttons import IconButton
from tests.ui.counter import Counter


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def section(counter: Counter) -> MileageSection:
    page = counter.show(SettingsPage(counter.session))
    page.show_route(Route("settings", None, "mileage"))
    counter.settle()
    assert isinstance(page.current, MileageSection)
    return page.current


def words(section: MileageSection) -> list[str]:
    return [row.value.text() for row in section.rows]


def test_an_own_rate_goes_before_the_official_one_until_it_is_forgotten(
    counter: Counter, section: MileageSection
) -> None:
    assert words(section) == ["$0.725 a mile, the official rate", "$0.70 a mile, the official rate"]
    section.rate.setFocus()
    counter.type("0.61", Qt.Key.Key_Return)
    counter.settle()
    assert words(section) == ["$0.61 a mile", "$0.70 a mile, the official rate"]
    rate = counter.shop.app.read(rate_on, 2026)
    assert rate is not None
    assert rate.rate == Decimal("0.61")
    section.year.set_value(Decimal(2027))
    section.rate.setFocus()
    counter.type("0.75")
    section.add_button.click()
    counter.settle()
    assert words(section)[0] == "$0.75 a mile"
    assert [one.year for one in counter.shop.app.read(own_rates)] == [2027, 2026]
    section.rows[1].findChildren(IconButton)[0].click()
    counter.settle()
    assert words(section)[1] == "$0.725 a mile, the official rate"
    assert counter.said[-1] == "Rate of 2026 removed"


def test_impossible_years_and_rates_are_told_at_their_fields(counter: Counter, section: MileageSection) -> None:
    section.rate.set_value(Decimal("0.5"))
    section.year.set_value(Decimal("1850"))
    section.add_button.click()
    counter.settle()
    assert section._year.error() == "Enter a year between 2000 and 2100."
    section.year.set_value(Decimal("2026.5"))
    section.add_button.click()
    assert section._year.error() == "Enter a year between 2000 and 2100."
    section.year.set_value(Decimal(2026))
    section.rate.set_value(Decimal(5000))
    section.add_button.click()
    counter.settle()
    assert section._rate.error().startswith("Enter what a mile or kilometre costs")
    assert counter.shop.app.read(own_rates) == ()
