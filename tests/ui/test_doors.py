"""Doors when the data does not open at once: try again, the recovery code, or a backup, and the file stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.context import Context, OpenBook
from directsell.store.errors import Full, Locked, NoKeyring, StoreError
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.shell import Shell
from directsell.ui.unlock import Unlock
from tests.fixtures import books
from tests.ui.whole import Start, sample_home, starting


@pytest.fixture
def start(themed: QApplication, qtbot: QtBot) -> Iterator[Start]:
    yield from starting(qtbot)


@pytest.mark.parametrize("error", [Locked, Full, NoKeyring])
def test_what_passes_can_be_tried_again(
    tmp_path: Path, start: Start, scripted: ScriptedDialogs, monkeypatch: pytest.MonkeyPatch, error: type[StoreError]
) -> None:
    context = sample_home(tmp_path / "book")
    refusals: list[StoreError] = [error(), error()]
    truly = Context.open

    def open_at_last(context: Context, password: str = "") -> OpenBook:
        if refusals:
            raise refusals.pop()
        return truly(context, password)

    monkeypatch.setattr(Context, "open", open_at_last)
    scripted.answer(0, 0)
    whole = start(context)
    assert isinstance(whole.program.window, Shell)
    assert [title for _kind, title, _text in scripted.asked] == ["The data cannot be opened"] * 2


def test_a_keyring_that_stays_shut_leads_to_the_recovery_code(
    tmp_path: Path, start: Start, scripted: ScriptedDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(context: Context, password: str = "") -> OpenBook:
        raise NoKeyring

    monkeypatch.setattr(Context, "open", refuse)
    scripted.answer(1)
    whole = start(sample_home(tmp_path / "book"))
    assert isinstance(whole.program.window, Unlock)
    assert not scripted.asked[1:]


def test_a_damaged_key_file_leads_to_the_recovery_code_and_changes_nothing(tmp_path: Path, start: Start) -> None:
    context = sample_home(tmp_path / "book")
    kept = json.loads(context.folders.key_file.read_text())
    context.folders.key_file.write_text(json.dumps({**kept, "key": kept["key"][:-6] + "AAAAA="}))
    before = books.digest(context.folders.database)
    whole = start(context)
    assert isinstance(whole.program.window, Unlock)
    assert books.digest(context.folders.database) == before
