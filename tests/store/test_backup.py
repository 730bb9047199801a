"""Backups: whole while somebody writes, proven, thinned without losing the last good one, also on a second medium."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.clock import FixedClock
from directsell.domain.people import Person
from directsell.store import backup as backups
from directsell.store.backup import Backup, back_up, backups_in, is_due, keep, prove
from directsell.store.database import Store
from directsell.store.errors import Full, Missing, NotOurs, ReadOnly, StoreError, Unproven
from tests.fixtures import books

SECONDS = st.lists(st.integers(0, 3 * 366 * 24 * 3600), max_size=60)


def test_a_backup_holds_what_was_saved_and_needs_no_other_file(store: Store, path: Path, clock: FixedClock) -> None:
    books.fill(store)
    made = back_up(path, books.KEY, path.parent / "backups", clock=clock).backup
    assert made.path.name == "directsell-20260615T120000Z-v1.db"
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]
    assert books.is_private(made.path)
    copy = books.open_book(made.path)
    assert books.dump(copy) == books.dump(store)
    copy.close()


def test_a_backup_is_encrypted_as_the_book_is(store: Store, path: Path, clock: FixedClock) -> None:
    books.fill(store)
    made = back_up(path, books.KEY, path.parent / "backups", clock=clock).backup
    assert b"peelers" not in made.path.read_bytes()
    for key in (None, bytes(32)):
        with pytest.raises(NotOurs):
            prove(made.path, key)


def test_backups_while_others_write_contain_everything_acknowledged_before(
    store: Store, path: Path, clock: FixedClock
) -> None:
    saved: list[str] = []
    enough = threading.Event()

    def write() -> None:
        while not enough.is_set():
            name = f"Guest {len(saved)}"
            with store.write("Guest") as work:
                books.add_person(work, name)
            saved.append(name)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(12):
            before = len(saved)
            made = back_up(path, books.KEY, path.parent / "backups", clock=clock).backup
            copy = books.open_book(made.path)
            with copy.read() as reader:
                names = {person.given for person in reader.find(Person)}
            copy.close()
            assert names.issuperset(saved[:before])
            made.path.unlink()
    finally:
        enough.set()
        writer.join()


def test_two_backups_within_a_second_do_not_overwrite_each_other(path: Path, clock: FixedClock) -> None:
    folder = path.parent / "backups"
    made = [back_up(path, books.KEY, folder, clock=clock).backup.path.name for _ in range(3)]
    assert len(set(made)) == 3
    for name in ("directsell-99999999T999999Z-v1.db", "directsell-20260230T000000Z-v1.db", "notes.txt"):
        (folder / name).write_bytes(b"not a backup")
    assert [backup.path.name for backup in backups_in(folder)] == made[::-1]


def test_a_damaged_book_makes_no_backup_and_the_old_ones_stay(path: Path, clock: FixedClock) -> None:
    store = books.open_book(path)
    books.fill(store, orders=30)
    store.close()
    folder = path.parent / "backups"
    good = back_up(path, books.KEY, folder, clock=clock).backup.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    clock.advance(days=400)
    with pytest.raises(StoreError):
        back_up(path, books.KEY, folder, clock=clock)
    assert [file.name for file in folder.iterdir()] == [good.name]


def test_a_copy_that_fails_its_proof_is_removed(path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = path.parent / "backups"
    good = back_up(path, books.KEY, folder, clock=clock).backup.path
    copied = backups._copy

    def spoil(source: Any, target: Path, key: bytes | None) -> None:
        copied(source, target, key)
        content = bytearray(target.read_bytes())
        content[-100] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(backups, "_copy", spoil)
    with pytest.raises(Unproven) as caught:
        back_up(path, books.KEY, folder, clock=clock)
    assert "file.checksums" in caught.value.params["findings"]
    assert [file.name for file in folder.iterdir()] == [good.name]


@pytest.mark.parametrize(("number", "kind"), [(28, Full), (30, ReadOnly), (5, Missing), (2, Missing), (13, ReadOnly)])
def test_a_medium_that_fails_at_any_moment_leaves_the_old_backups(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[StoreError]
) -> None:
    folder = path.parent / "backups"
    good = back_up(path, books.KEY, folder, clock=clock).backup
    for step in ("sync_file", "replace"):
        clock.advance(hours=2)

        def fail(*args: object) -> None:
            raise OSError(number, "injected")

        with monkeypatch.context() as patch:
            patch.setattr(f"directsell.files.{step}", fail)
            with pytest.raises(kind):
                back_up(path, books.KEY, folder, clock=clock)
        assert backups_in(folder) == (good,)
        assert len(list(folder.iterdir())) == 1
    assert prove(good.path, books.KEY) == 1


def test_the_second_folder_gets_a_copy_and_its_absence_is_told(path: Path, clock: FixedClock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    first = back_up(path, books.KEY, tmp_path / "backups", clock=clock, second=stick / "book")
    assert first.second is not None
    assert first.second.path.read_bytes() == first.backup.path.read_bytes()
    clock.advance(hours=1)
    shutil.rmtree(stick)  # pulled
    again = back_up(path, books.KEY, tmp_path / "backups", clock=clock, second=stick / "book")
    assert isinstance(again.second_error, Missing)
    assert not stick.exists()
    assert len(backups_in(tmp_path / "backups")) == 2


def test_a_stick_that_stores_something_else_is_noticed(
    path: Path, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lie(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1] + b"x")

    monkeypatch.setattr(shutil, "copyfile", lie)
    outcome = back_up(path, books.KEY, tmp_path / "backups", clock=clock, second=tmp_path / "stick")
    assert isinstance(outcome.second_error, Unproven)
    assert list((tmp_path / "stick").iterdir()) == []


def test_what_a_killed_backup_left_is_swept_away(path: Path, clock: FixedClock) -> None:
    folder = path.parent / "backups"
    folder.mkdir()
    (folder / ".tmp-abc-directsell.db").write_bytes(b"half")
    (folder / "holiday.jpg").write_bytes(b"mine")
    back_up(path, books.KEY, folder, clock=clock)
    assert sorted(file.name for file in folder.iterdir()) == ["directsell-20260615T120000Z-v1.db", "holiday.jpg"]


def _named(*instants: datetime, version: int = 1) -> list[Backup]:
    return [Backup(Path(f"{at:%Y%m%dT%H%M%S}-{place}-{version}"), at, version) for place, at in enumerate(instants)]


def test_a_year_of_hourly_backups_thins_to_hours_days_weeks_and_months() -> None:
    newest = datetime(2026, 6, 15, 12, 30, tzinfo=UTC)
    every = _named(*(newest - timedelta(hours=hours) for hours in range(24 * 400)))
    kept = sorted((newest - backup.made_at for backup in keep(every)), reverse=True)
    assert len(kept) <= 24 + 14 + 8 + 24
    assert sum(age < timedelta(hours=24) for age in kept) == 24
    assert sum(age < timedelta(days=14) for age in kept) == 24 + 12  # today and yesterday are among the hours
    assert kept[0] > timedelta(days=365)


@given(SECONDS)
def test_the_newest_and_the_newest_of_each_version_always_stay(seconds: list[int]) -> None:
    aware = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=second) for second in seconds]
    present = _named(*aware) + _named(*aware[::3], version=2)
    kept = keep(present)
    assert kept <= set(present)
    assert len(kept) >= min(3, len(present))
    for version in {backup.version for backup in present}:
        newest = max(b.made_at for b in present if b.version == version)
        assert any(b.made_at == newest and b.version == version for b in kept)
    assert keep(kept) == kept  # thinning twice removes nothing more


def test_a_clock_that_jumps_ahead_removes_nothing_by_age(path: Path, clock: FixedClock) -> None:
    folder = path.parent / "backups"
    for _ in range(5):
        back_up(path, books.KEY, folder, clock=clock)
        clock.advance(hours=1)
    clock.advance(days=4000)
    back_up(path, books.KEY, folder, clock=clock)
    assert len(backups_in(folder)) == 6


def test_a_backup_is_due_each_hour_and_when_the_clock_was_set_back(path: Path, clock: FixedClock) -> None:
    folder = path.parent / "backups"
    assert is_due(folder, clock.now())
    back_up(path, books.KEY, folder, clock=clock)
    assert not is_due(folder, clock.now() + timedelta(minutes=59))
    assert is_due(folder, clock.now() + timedelta(minutes=60))
    assert is_due(folder, clock.now() - timedelta(days=3))
