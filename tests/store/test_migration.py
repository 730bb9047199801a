"""Migrations: all of it or nothing, whatever statement fails; a proven backup before; triggers and index after."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directsell.domain.clock import FixedClock
from directsell.domain.ids import IdSource
from directsell.domain.people import Person
from directsell.store import backup, doctor, upgrade
from directsell.store.connection import connect
from directsell.store.errors import Damaged, Full, StoreError
from tests.fixtures import books

_SECOND = '''"""A second version, for tests."""
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE brand ADD COLUMN colour TEXT NOT NULL DEFAULT ''")
    op.execute("CREATE TABLE omen (rid INTEGER PRIMARY KEY, word TEXT NOT NULL)")
    op.execute("INSERT INTO omen(word) SELECT given FROM person")
    op.execute("UPDATE person SET note = note || '!'")
    op.execute("CREATE INDEX ix_wish_word ON omen(word)")
'''
_BREAKS_A_KEY = _SECOND + '    op.execute("UPDATE sales_order SET person_id = randomblob(16)")\n'
_LOSES_ROWS = _SECOND + '    op.execute("DELETE FROM order_line WHERE rid = 1")\n'


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(Path(upgrade.__file__).parent / "migrations", folder)
    (folder / "versions" / "v0002_second.py").write_text(_SECOND)
    return folder


@pytest.fixture
def filled(path: Path) -> Path:
    store = books.open_book(path)
    books.fill(store)
    store.close()
    return path


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, scripts: Path) -> Path:
    """The program of the next version, whose migrations lie in a folder of the test."""
    migrate = upgrade.migrate

    def newer(path: Path, key: bytes | None, **more: Any) -> None:
        migrate(path, key, folder=scripts, version=2)

    monkeypatch.setattr(upgrade, "VERSION", 2)
    monkeypatch.setattr(upgrade, "migrate", newer)
    return scripts


def _dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    store = books.open_book(path)
    try:
        return books.dump(store)
    finally:
        store.close()


def _open(path: Path, before: Callable[[Path, bytes | None], None] | None = None) -> None:
    clock = FixedClock(books.NOON)
    upgrade.open_store(path, books.KEY, clock=clock, ids=IdSource(clock), before_migration=before).close()


def test_a_migration_changes_the_schema_without_a_word_in_the_journal(filled: Path, next_version: Path) -> None:
    before = _dump(filled)
    _open(filled)
    after = _dump(filled)
    assert after["journal"] == before["journal"]
    assert len(after["omen"]) == 5
    store = books.open_book(filled)
    with store.read() as reader:
        assert reader.value("PRAGMA user_version") == 2
        assert all(person.note.endswith("!") for person in reader.find(Person))
    assert {finding.code for finding in doctor.examine(store)} <= {"index.stale"}
    with store.write("Goes on") as work:
        books.add_person(work)
    assert doctor.examine(store) == []
    store.close()


def test_a_migration_that_fails_at_any_statement_changes_nothing(
    filled: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _dump(filled)
    statements: list[str] = []
    failing = [-1]

    class Watched:
        """The connection, which counts the writing statements and fails at one of them."""

        def __init__(self, connection: Any) -> None:
            self._connection = connection

        def __getattr__(self, name: str) -> Any:
            return getattr(self._connection, name)

        def execute(self, sql: str, *params: Any) -> Any:
            self._count(sql)
            return self._connection.execute(sql, *params)

        def cursor(self, *args: Any) -> Any:
            return WatchedCursor(self._connection.cursor(*args), self._count)

        def _count(self, sql: str) -> None:
            if sql.lstrip().split()[0].upper() in ("CREATE", "ALTER", "INSERT", "UPDATE", "DROP", "COMMIT", "DELETE"):
                statements.append(sql)
                if len(statements) - 1 == failing[0]:
                    raise ZeroDivisionError(sql)

    class WatchedCursor:
        def __init__(self, cursor: Any, count: Callable[[str], None]) -> None:
            self._cursor, self._watch = cursor, count

        def __getattr__(self, name: str) -> Any:
            return getattr(self._cursor, name)

        def execute(self, sql: str, *params: Any) -> Any:
            self._watch(sql)
            return self._cursor.execute(sql, *params)

    monkeypatch.setattr(upgrade, "connect", lambda *a, **k: Watched(connect(*a, **k)))
    probe = filled.with_name("probe.db")
    shutil.copy(filled, probe)
    upgrade.migrate(probe, books.KEY)
    total = len(statements)
    assert total > 90  # every trigger dropped and made, and the migration between
    for place in [*range(0, total, 9), total - 1]:
        statements.clear()
        failing[0] = place
        with pytest.raises(ZeroDivisionError):
            upgrade.migrate(filled, books.KEY)
        failing[0] = -1
        assert _dump(filled) == before, f"statement {place} of {total}"
    upgrade.migrate(filled, books.KEY)
    assert len(_dump(filled)["omen"]) == 5


@pytest.mark.parametrize("text", [_BREAKS_A_KEY, _LOSES_ROWS], ids=["foreign key", "rows"])
def test_a_migration_that_loses_something_is_taken_back(filled: Path, next_version: Path, text: str) -> None:
    (next_version / "versions" / "v0002_second.py").write_text(text)
    before = _dump(filled)
    with pytest.raises(Damaged):
        _open(filled)
    assert _dump(filled) == before


def test_without_a_backup_there_is_no_migration(filled: Path, next_version: Path) -> None:
    def full(path: Path, key: bytes | None) -> None:
        raise Full("injected")

    before = _dump(filled)
    with pytest.raises(Full):
        _open(filled, full)
    assert _dump(filled) == before


def test_the_backup_before_a_migration_is_of_the_old_version(
    filled: Path, next_version: Path, clock: FixedClock
) -> None:
    folder = filled.parent / "backups"
    before = _dump(filled)

    def back_up(path: Path, key: bytes | None) -> None:
        backup.back_up(path, key, folder, clock=clock)

    _open(filled, back_up)
    (made,) = backup.backups_in(folder)
    assert made.version == 1
    assert _dump(made.path) == before


def test_a_current_book_is_opened_without_backup_or_migration(filled: Path) -> None:
    def never(path: Path, key: bytes | None) -> None:
        raise AssertionError

    before = books.digest(filled)
    _open(filled, never)
    assert books.digest(filled) == before


def test_the_errors_of_a_migration_keep_their_kind(filled: Path, next_version: Path) -> None:
    (next_version / "versions" / "v0002_second.py").write_text(_SECOND + "    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        _open(filled)
    assert issubclass(Damaged, StoreError)
