"""What lies where the book should be: opened, or refused with a clear error and not one byte changed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from directsell.domain.clock import FixedClock
from directsell.domain.ids import IdSource
from directsell.store import connection as connections
from directsell.store import doctor, upgrade
from directsell.store.database import Store
from directsell.store.errors import (
    Damaged,
    Locked,
    Missing,
    NotOurs,
    ReadOnly,
    StoreError,
    TooNew,
    UnsafeLibrary,
)
from directsell.store.version import VERSION
from tests.fixtures import books


def _open(path: Path, key: bytes | None = books.KEY) -> Store:
    clock = FixedClock(books.NOON)
    return upgrade.open_store(path, key, clock=clock, ids=IdSource(clock))


def _refused(path: Path, *kinds: type[StoreError], key: bytes | None = books.KEY) -> StoreError:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kinds) as caught:
        _open(path, key)
    assert (path.read_bytes() if path.is_file() else None) == before
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"picture" * 900,
        b"PK\x03\x04" + b"zip" * 900,
        b"\0" * 65_536,
        b"SQLite format 3\0" + b"\0" * 4080,
        b"DirectSell\n" * 500,
    ],
    ids=["empty", "one byte", "JPEG", "ZIP", "zeros", "torn header", "text"],
)
@pytest.mark.parametrize("key", [books.KEY, None], ids=["key", "plain"])
def test_what_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes, key: bytes | None) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(content)
    _refused(path, NotOurs, Damaged, key=key)
    assert [file.name for file in tmp_path.iterdir()] == ["book.db"]


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_the_database_of_another_program_is_refused_untouched(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "book.db"
    other = driver.connect(str(path))
    other.execute(f"PRAGMA journal_mode = {mode}")
    other.execute("CREATE TABLE person(name)")
    other.commit()
    other.close()
    _refused(path, NotOurs, key=None)


def test_folders_pipes_and_nothing_are_refused(tmp_path: Path) -> None:
    _refused(tmp_path / "gone.db", Missing)
    _refused(tmp_path, NotOurs)
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.db")
        _refused(tmp_path / "pipe.db", NotOurs)
    (tmp_path / "dangling.db").symlink_to(tmp_path / "nowhere")
    _refused(tmp_path / "dangling.db", Missing)
    assert not (tmp_path / "nowhere").exists()


def test_a_link_to_a_book_is_followed(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    _open(link).close()
    assert link.is_symlink()


@pytest.mark.parametrize("key", [None, bytes(32), b"\xff" * 32])
def test_a_wrong_key_says_no_more_than_that(path: Path, key: bytes | None) -> None:
    assert _refused(path, NotOurs, key=key).params == {}


def test_the_right_key_of_a_plain_book_is_no_key(tmp_path: Path) -> None:
    path = books.put_book(tmp_path / "plain", None)
    _refused(path, NotOurs, key=books.KEY)
    _open(path, None).close()


@pytest.mark.parametrize("ahead", [1, 100])
def test_a_newer_book_is_refused_with_its_version(path: Path, ahead: int) -> None:
    connection = connections.connect(path, books.KEY)
    connection.execute(f"PRAGMA user_version = {VERSION + ahead}")
    connection.close()
    error = _refused(path, TooNew)
    assert error.params == {"found": VERSION + ahead, "supported": VERSION}


def test_a_new_book_never_takes_the_place_of_anything(path: Path) -> None:
    clock = FixedClock(books.NOON)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        upgrade.create_store(path, books.KEY, clock=clock, ids=IdSource(clock), device_name="L")
    link = path.with_name("link.db")
    link.symlink_to(path.with_name("nowhere"))
    with pytest.raises(FileExistsError):
        upgrade.create_store(link, books.KEY, clock=clock, ids=IdSource(clock), device_name="L")
    assert path.read_bytes() == before


def test_a_book_that_cannot_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **more: object) -> None:
        raise Damaged("injected")

    clock = FixedClock(books.NOON)
    monkeypatch.setattr(upgrade, "_enrol", fail)
    with pytest.raises(Damaged):
        upgrade.create_store(tmp_path / "book.db", books.KEY, clock=clock, ids=IdSource(clock), device_name="L")
    assert list(tmp_path.iterdir()) == []


def _full_book(folder: Path, key: bytes | None = books.KEY) -> Path:
    path = books.put_book(folder, key)
    store = books.open_book(path, key)
    books.fill(store, orders=25, papers=5)
    store.close()
    return path


def test_every_truncation_is_noticed_and_leaves_the_file_alone(tmp_path: Path) -> None:
    path = _full_book(tmp_path / "data")
    whole = path.read_bytes()
    dice = random.Random(1)
    for size in sorted({0, 1, 511, 512, 4095, 4096, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(40))}):
        path.write_bytes(whole[:size])
        _noticed(path)
        assert path.read_bytes() == whole[:size]


def test_every_flipped_bit_is_noticed(tmp_path: Path) -> None:
    path = _full_book(tmp_path / "data")
    whole = path.read_bytes()
    dice = random.Random(2)
    for _ in range(60):
        bad = bytearray(whole)
        bad[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        path.write_bytes(bad)
        _noticed(path)


def _noticed(path: Path) -> None:
    """Opening refuses the file, or the check of the whole file finds it."""
    try:
        upgrade.inspect(path, books.KEY)
        connection = connections.connect(path, books.KEY, read_only=True)
    except (NotOurs, Damaged):
        return
    try:
        assert doctor.check_file(connection, encrypted=True), path.stat().st_size
    finally:
        connection.close()
        for side in upgrade.side_files(path):
            side.unlink(missing_ok=True)


def test_a_database_locked_by_another_program_is_said_so_and_works_afterwards(path: Path) -> None:
    store = _open(path)
    other = driver.connect(str(path), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{books.KEY.hex()}'\"")
    other.execute("BEGIN IMMEDIATE")
    with store.exclusive() as connection:
        connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(Locked), store.write("Save") as work:
        books.add_person(work)
    other.execute("ROLLBACK")
    other.close()
    with store.write("Save") as work:
        books.add_person(work)
    assert doctor.examine(store) == []
    store.close()


def test_a_library_with_the_reset_bug_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 51, 2))
    _refused(path, UnsafeLibrary)


def test_the_pragmas_that_keep_promises_are_on(store: Store) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
    }
    with store.read() as reader, store.exclusive() as writer:
        for connection in (reader.connection, writer):
            assert {n: connection.execute(f"PRAGMA {n}").fetchone()[0] for n in wanted} == wanted


def test_a_closed_book_is_one_private_file(path: Path) -> None:
    store = _open(path)
    books.fill(store)
    assert b"peelers" not in b"".join(file.read_bytes() for file in path.parent.iterdir())
    store.close()
    assert [file.name for file in path.parent.iterdir()] == ["book.db"]
    assert books.is_private(path)


def _immutable(path: Path) -> Callable[[], None] | None:
    if shutil.which("chattr") is None:
        return None
    done = subprocess.run(["chattr", "+i", str(path.parent), str(path)], capture_output=True, check=False)
    if done.returncode != 0:
        return None

    def undo() -> None:
        subprocess.run(["chattr", "-i", str(path.parent), str(path)], check=True)

    return undo


def test_a_read_only_folder_is_said_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    undo = _immutable(path)
    if undo is not None:
        try:
            _refused(path, ReadOnly)
        finally:
            undo()
    elif sys.platform != "win32" and os.geteuid() != 0:  # root is not bound by permissions
        path.chmod(0o400)
        path.parent.chmod(0o500)
        try:
            _refused(path, ReadOnly)
        finally:
            path.parent.chmod(0o700)
    else:
        monkeypatch.setattr(os, "access", lambda *args: False)
        refused = connections._explain(driver.OperationalError("unable to open database file"), path)
        assert isinstance(refused, ReadOnly)
