"""Restore: proven first, in one step, with a new identity; hostile and damaged backups change nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from directsell import files
from directsell.domain.clock import FixedClock
from directsell.domain.ids import IdSource
from directsell.domain.people import Person
from directsell.domain.settings import Device
from directsell.store import doctor, restore, upgrade
from directsell.store.backup import back_up
from directsell.store.connection import Connection, connect
from directsell.store.database import Store
from directsell.store.errors import Damaged, Locked, Missing, NotOurs, ReadOnly, StoreError, TooNew, Unproven
from directsell.store.identity import identity_of
from tests.fixtures import books


def _restore(path: Path, backup: Path, key: bytes | None = books.KEY, **more: object) -> restore.Restored:
    clock = FixedClock(books.NOON)
    return restore.restore(
        path,
        books.KEY,
        backup,
        key,
        aside=path.parent / "aside",
        clock=clock,
        ids=IdSource(clock),
        device_name="Laptop",
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def backup(path: Path, clock: FixedClock) -> Path:
    """A backup, after which the book went on: one person and one paper are newer."""
    store = books.open_book(path, clock=clock)
    books.fill(store)
    made = back_up(path, books.KEY, path.parent / "backups", clock=clock).backup.path
    with store.write("Later") as work:
        books.add_person(work, "Later")
        order = books.add_order(work)
    with store.write("Issue", barrier=True) as work:
        books.issue(work, order)
    store.close()
    return made


def _spoil(backup: Path, spoiler: Callable[[Connection], object]) -> None:
    connection = connect(backup, books.KEY)
    spoiler(connection)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def test_a_restored_book_is_the_backup_with_a_new_identity_and_series(path: Path, backup: Path) -> None:
    before = books.open_book(backup)
    old = books.dump(before, skip=("device", "sync_state"))["person"]
    first = identity_of(before)
    before.close()
    done = _restore(path, backup)
    assert done.proof.newer == restore.Newer(2, ("R-A-2026-0003",))
    assert done.proof.contents.people == 5
    assert done.proof.findings == ()
    store = books.open_book(path)
    assert books.dump(store)["person"] == old
    assert identity_of(store) == done.identity
    assert (first.series, done.identity.series) == ("A", "B")
    assert done.identity.code != first.code
    with store.read() as reader:
        devices = {device.series: device for device in reader.find(Device)}
    assert devices["A"].retired_at is not None
    assert devices["B"].retired_at is None
    assert doctor.examine(store) == []
    with store.write("Issue", barrier=True) as work:
        assert books.issue(work, books.add_order(work)).number == "R-B-2026-0001"
    store.close()


def test_the_replaced_book_lies_aside_and_can_be_restored_itself(path: Path, backup: Path) -> None:
    done = _restore(path, backup)
    assert done.aside is not None
    again = _restore(path, done.aside)
    assert again.identity.series == "C"  # B was used by the book that is replaced now
    store = books.open_book(path)
    with store.read() as reader:
        assert reader.find(Person, given="Later")
    store.close()


def test_series_known_only_outside_are_not_used_again(path: Path, backup: Path) -> None:
    path.write_bytes(b"rubbish" * 1000)
    assert _restore(path, backup, also_used=("A", "B", "C")).identity.series == "D"


@pytest.mark.parametrize("content", [None, b"", b"\xff\xd8\xff\xe0 JPEG" * 200, b"\0" * 100_000])
def test_whatever_lies_in_the_place_of_the_book_is_kept_aside(path: Path, backup: Path, content: bytes | None) -> None:
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    done = _restore(path, backup)
    assert done.proof.newer is None
    if content is None:
        assert done.aside is None
    else:
        assert done.aside is not None
        assert done.aside.read_bytes() == content
    books.open_book(path).close()


def test_a_log_that_belongs_to_the_old_book_goes_aside_with_it(path: Path, backup: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    wal, _ = upgrade.side_files(path)
    wal.write_bytes(b"its log")
    done = _restore(path, backup)
    assert done.aside is not None
    assert upgrade.side_files(done.aside)[0].read_bytes() == b"its log"
    books.open_book(path).close()


def test_a_backup_without_encryption_or_of_another_key_becomes_ours(path: Path, backup: Path) -> None:
    for key in (None, bytes(32)):
        other = backup.with_name(f"other-{key is None}.db")
        restore.rewrite(backup, books.KEY, other, key)
        assert _restore(path, other, key).proof.contents.people == 5
        assert b"peelers" not in path.read_bytes()
        store = books.open_book(path)
        assert doctor.examine(store) == []
        store.close()


HOSTILE: dict[str, Callable[[Connection], object]] = {
    "trigger": lambda c: c.execute(
        "CREATE TRIGGER capture_x AFTER INSERT ON payment BEGIN UPDATE person SET note = 'x'; END"
    ),
    "changed trigger": lambda c: c.executescript(
        "DROP TRIGGER capture_payment_no_update; CREATE TRIGGER capture_payment_no_update "
        "BEFORE UPDATE ON payment BEGIN SELECT 1; END"
    ),
    "view": lambda c: c.execute("CREATE VIEW totals AS SELECT 0 AS total"),
    "table": lambda c: c.execute("CREATE TABLE extra(x)"),
    "generated column": lambda c: c.execute("ALTER TABLE person ADD COLUMN evil TEXT AS (hex(zeroblob(1000)))"),
    "index": lambda c: c.execute("CREATE INDEX slow ON person(hex(note))"),
    "virtual table": lambda c: c.execute("CREATE VIRTUAL TABLE more_fts USING fts5(x)"),
    "orphan": lambda c: c.executescript(
        "PRAGMA foreign_keys = 0; UPDATE sync_state SET capture = 0; UPDATE sales_order SET person_id = randomblob(16); "
        "UPDATE sync_state SET capture = 1"
    ),
    "no identity": lambda c: c.execute("DELETE FROM sync_state"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_backup_is_refused_and_nothing_changes(path: Path, backup: Path, name: str) -> None:
    _spoil(backup, HOSTILE[name])
    before = books.digest(path), books.digest(backup)
    with pytest.raises(Unproven) as caught:
        _restore(path, backup)
    assert caught.value.params["findings"]
    assert (books.digest(path), books.digest(backup)) == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["backups", "book.db"]


def test_what_follows_from_the_rows_is_mended_on_the_way(path: Path, backup: Path) -> None:
    def spoil(connection: Connection) -> None:
        connection.execute("UPDATE sync_state SET capture = 0")
        connection.execute("UPDATE sales_order SET total = 1")
        connection.execute("UPDATE person SET sort_key = 'x'")
        connection.execute("UPDATE sync_state SET capture = 1")

    _spoil(backup, spoil)
    assert _restore(path, backup).proof.findings == ()


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_damaged_backup_is_refused(path: Path, backup: Path, place: int) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) * place // 100] ^= 16
    backup.write_bytes(content)
    before = books.digest(path)
    with pytest.raises((Unproven, NotOurs, Damaged)):
        _restore(path, backup)
    assert books.digest(path) == before


@pytest.mark.parametrize(
    "content", [b"", b"short", b"\xff\xd8\xff\xe0 JPEG" * 200, b"SQLite format 3\0" + b"\0" * 9000]
)
def test_what_is_no_backup_is_refused(path: Path, tmp_path: Path, content: bytes) -> None:
    candidate = tmp_path / "candidate.db"
    candidate.write_bytes(content)
    for key in (books.KEY, None):
        with pytest.raises((NotOurs, Unproven)):
            _restore(path, candidate, key)


def test_another_programs_database_a_folder_and_a_link_are_refused(path: Path, backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = driver.connect(str(other))
    connection.execute("CREATE TABLE invoice(x)")
    connection.commit()
    connection.close()
    with pytest.raises(NotOurs):
        _restore(path, other, None)
    link = tmp_path / "link.db"
    link.symlink_to(backup)
    for wrong in (tmp_path, link, tmp_path / "gone.db"):
        with pytest.raises(Missing):
            _restore(path, wrong)


def test_a_newer_backup_is_refused_with_both_versions(path: Path, backup: Path) -> None:
    _spoil(backup, lambda c: c.execute("PRAGMA user_version = 99"))
    with pytest.raises(TooNew) as caught:
        _restore(path, backup)
    assert (caught.value.params["found"], caught.value.params["supported"]) == (99, 1)


def test_a_book_in_use_is_not_replaced(path: Path, backup: Path) -> None:
    store: Store = books.open_book(path)
    with store.write("Use") as work:
        books.add_person(work)
    before = books.digest(path)
    with pytest.raises(Locked):
        _restore(path, backup)
    with store.read() as reader:
        assert reader.find(Person, given="Later")
    store.close()
    assert before


@pytest.mark.parametrize("step", ["sync_file", "replace", "_keep_aside", "private_folder"])
def test_a_disk_that_fails_during_the_swap_leaves_the_book(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*args: object) -> None:
        raise OSError(30, "Read-only file system")

    before = books.digest(path)
    monkeypatch.setattr(restore, step, fail)
    with pytest.raises(ReadOnly):
        _restore(path, backup)
    monkeypatch.undo()
    assert books.digest(path) == before
    assert not [file for file in path.parent.iterdir() if file.name.startswith(".tmp-")]
    store = books.open_book(path)
    assert doctor.examine(store) == []
    store.close()


def test_without_links_the_old_book_is_copied_aside(path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*args: object) -> None:
        raise OSError(1, "no links on this disk")

    monkeypatch.setattr("os.link", no_links)
    done = _restore(path, backup)
    assert done.aside is not None
    kept = books.open_book(done.aside)
    with kept.read() as reader:
        assert reader.find(Person, given="Later")
    kept.close()


def test_looking_at_a_backup_changes_nothing(path: Path, backup: Path, clock: FixedClock) -> None:
    before = books.digest(path), books.digest(backup)
    proof = restore.inspect_backup(
        backup, books.KEY, beside=path, current_key=books.KEY, clock=clock, ids=IdSource(clock)
    )
    assert (proof.contents.people, proof.contents.orders, proof.contents.papers) == (5, 5, 2)
    assert (books.digest(path), books.digest(backup)) == before


def test_a_rename_that_windows_refuses_for_a_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    tries = []
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        tries.append(target)
        if len(tries) < 4:
            error = PermissionError(13, "held")
            error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(files, "_WAITS", (0.0,) * 6)
    files.atomic_write(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    tries.clear()
    monkeypatch.setattr(files, "_WAITS", (0.0, 0.0))
    with pytest.raises(OSError, match="held"):
        files.atomic_write(tmp_path / "a", b"newer")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_errors_of_the_store_have_codes_of_their_own() -> None:
    def every(kind: type[StoreError]) -> list[type[StoreError]]:
        return [kind, *(deeper for sub in kind.__subclasses__() for deeper in every(sub))]

    codes = [kind.code for kind in every(StoreError)]
    assert len(codes) == len(set(codes))
