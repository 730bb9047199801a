"""The Settings page, backups: one now, the second place, restore, and the check of the data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.i18n import Language
from directsell.store import upgrade
from directsell.store.errors import Full
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.pages.settings.backups import file_size
from tests.ui.homes import House, open_house


@pytest.fixture
def house(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path / "data", qtbot) as opened:
        yield opened


def rows_of(section: Any) -> list[str]:
    return [section._rows.itemAt(n).widget().value.text() for n in range(section._rows.count())]


def test_a_backup_now(house: House) -> None:
    section = house.go("backup")
    assert section._none.isVisible()
    section.now_button.click()
    assert not section.now_button.isEnabled()
    house.desk.settle()
    assert section.now_button.isEnabled()
    assert house.desk.said == ["Backup made and checked"]
    assert len(rows_of(section)) == 1
    assert rows_of(section)[0].endswith(("kB", "MB"))


def test_the_second_place(house: House, tmp_path: Path, scripted: ScriptedDialogs) -> None:
    section = house.go("backup")
    stick = tmp_path / "stick"
    stick.mkdir()
    scripted.answer(stick)
    section.choose_button.click()
    house.desk.settle()
    assert len(list(stick.iterdir())) == 1
    assert section._second_state.text().startswith("Newest copy there: ")
    for path in stick.iterdir():
        path.unlink()
    stick.rmdir()
    away = tmp_path / "pulled" / "stick"
    house.context.device.set(backup_folder=str(away))
    section.back_up_now()
    house.desk.settle()
    assert "not copied to the second place" in section._banner.accessibleName()
    assert "cannot be reached" in section._second_state.text()
    section.clear_button.click()
    house.desk.settle()
    assert house.context.device.get("backup_folder") == ""
    assert not section.clear_button.isVisible()


def test_the_place_of_the_backups_is_no_second_place(house: House, scripted: ScriptedDialogs) -> None:
    section = house.go("backup")
    scripted.answer(house.context.folders.backups)
    section.choose_button.click()
    assert scripted.asked[-1][0] == "message"
    assert house.context.device.get("backup_folder") == ""


def test_a_backup_that_fails_says_why(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    section = house.go("backup")

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise Full("no room")

    monkeypatch.setattr("directsell.store.backup.back_up", refuse)
    section.now_button.click()
    house.desk.settle()
    assert "disk is full" in section._banner.accessibleName()
    assert section.now_button.isEnabled()


def test_restoring_is_asked_first(house: House, scripted: ScriptedDialogs, qtbot: QtBot) -> None:
    section = house.go("backup")
    scripted.answer(False, True)
    with qtbot.assertNotEmitted(house.desk.session.restore_wanted):
        section.restore_button.click()
    with qtbot.waitSignal(house.desk.session.restore_wanted):
        section.restore_button.click()


def test_the_check_finds_and_mends(house: House) -> None:
    check = house.go("backup").check
    check.check_button.click()
    house.desk.settle()
    assert check.words() == ["Everything is as it should be."]
    assert not check.mend_button.isVisible()
    with house.book.app.store.exclusive() as connection:
        upgrade.drop_triggers(connection)
    check.check_button.click()
    house.desk.settle()
    assert check.words()[0] == "1 thing is not as it should be."
    assert "history of changes" in check.words()[1]
    check.mend_button.click()
    house.desk.settle()
    assert check.words() == ["Everything is as it should be."]


def test_the_check_can_be_given_up(house: House) -> None:
    check = house.go("backup").check
    check.start()
    check.progress.cancelled.emit()
    house.desk.settle()
    assert check.words() == []
    assert check.check_button.isEnabled()


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 kB"), (1500, "1.5 kB"), (2_000_000, "2 MB"), (3_450_000_000, "3.5 GB")]
)
def test_sizes_are_readable(size: int, text: str) -> None:
    assert file_size(Language.load("en_US"), size) == text
