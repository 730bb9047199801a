"""Opening: is it ours, is it readable, is it current; creating it, and migrating it after a verified backup."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from directsell.domain.clock import Clock, to_micros
from directsell.domain.ids import IdSource, named_id
from directsell.store.connection import Connection, connect
from directsell.store.database import Store
from directsell.store.errors import Damaged, Missing, NotOurs, StoreError, TooNew, translate
from directsell.store.version import APPLICATION_ID, VERSION

BeforeMigration = Callable[[Path, bytes | None], None]
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: codes are read aloud


def exists(path: Path) -> bool:
    """Say whether something lies where the database should be."""
    return os.path.lexists(path)


def open_store(
    path: Path,
    key: bytes | None,
    *,
    clock: Clock,
    ids: IdSource,
    before_migration: BeforeMigration | None = None,
) -> Store:
    """Open an existing database, upgrading it first when an older version wrote it.

    Args:
        path: the file; it must be there.
        key: its key, or None for a plain file.
        clock: the injected clock.
        ids: where new ids come from.
        before_migration: makes a verified backup; called only when the schema has to change.

    Raises:
        Missing, NotOurs, Damaged, TooNew, ReadOnly, Locked, Full: the file was left as it was.
    """
    found = inspect(path, key)
    if found > VERSION:
        raise TooNew(f"version {found}", found=found, supported=VERSION)
    if found < VERSION:
        if before_migration is not None:
            before_migration(path, key)
        migrate(path, key)
    return Store(path, key, clock=clock, ids=ids)


def inspect(path: Path, key: bytes | None) -> int:
    """Return the schema version of a database without changing a byte of it.

    Raises:
        Missing, NotOurs, Damaged: with what is wrong.
    """
    if not path.exists():
        raise Missing(str(path))
    if not path.is_file() or path.stat().st_size < 512:
        raise NotOurs(f"{path} is not a database")
    # Writing would turn another program's file to WAL.
    connection = connect(path, key, read_only=True, head_only=True)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise NotOurs(f"{path} belongs to another program")
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def create_store(path: Path, key: bytes | None, *, clock: Clock, ids: IdSource, device_name: str) -> Store:
    """Make a new database with a new device identity; never in the place of an existing file.

    Raises:
        FileExistsError: something is already there.
        StoreError: the folder is missing, full or read-only.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        connection = connect(path, key)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        finally:
            connection.close()
        migrate(path, key)
        _enrol(path, key, clock, ids)
    except BaseException:
        for leftover in (path, *side_files(path)):
            leftover.unlink(missing_ok=True)
        raise
    store = Store(path, key, clock=clock, ids=ids)
    _introduce(store, device_name)
    return store


def side_files(path: Path) -> tuple[Path, Path]:
    """Return the log and the shared-memory file that SQLite keeps beside a database."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def device_code(ids: IdSource) -> str:
    """Return a new random code of 8 letters and digits for an installation."""
    number = ids.new().int & (1 << 60) - 1
    letters = []
    for _ in range(8):
        number, rest = divmod(number, len(_CODE_LETTERS))
        letters.append(_CODE_LETTERS[rest])
    return "".join(letters)


def _enrol(path: Path, key: bytes | None, clock: Clock, ids: IdSource) -> None:
    connection = connect(path, key)
    try:
        connection.execute(
            "INSERT INTO sync_state(id, dev, series, space, capture, now) VALUES (1, ?, 'A', ?, 1, ?)",
            (device_code(ids), str(ids.new()), to_micros(clock.now())),
        )
    finally:
        connection.close()


def _introduce(store: Store, name: str) -> None:
    from directsell.domain.settings import Device

    try:
        with store.write("This laptop", origin="system") as work:
            work.save(
                Device(
                    id=named_id("device", work.device),
                    code=work.device,
                    name=name,
                    series=work.series,
                    created_at=work.now,
                )
            )
    except BaseException:
        store.close()
        raise


def migrate(path: Path, key: bytes | None, *, folder: Path | None = None, version: int = VERSION) -> None:
    """Bring the schema to the newest version, in one transaction: all of it or nothing.

    Args:
        path: the database, from whatever older version.
        key: its key, or None.
        folder: where the migrations lie; default: ours.
        version: the version to stop at; an older one gets no triggers (they are made from the present records).

    Raises:
        Damaged: a foreign key or a row count does not hold afterwards; nothing was changed.
        StoreError: the environment failed; nothing was changed.
    """
    from importlib import resources

    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    from directsell.store.engine import engine_over

    connection = connect(path, key)
    engine = engine_over(connection)
    try:
        # Cascades of a rebuilt parent table would delete its children; checks follow before the commit.
        connection.execute("PRAGMA foreign_keys = 0")
        script = ScriptDirectory(str(folder or resources.files("directsell.store") / "migrations"))
        target = f"{version:04d}"
        with engine.connect() as sql, sql.begin():
            before = _row_counts(connection)
            drop_triggers(connection)
            context = MigrationContext.configure(
                sql,
                opts={"fn": lambda revision, _: script._upgrade_revs(target, revision), "transactional_ddl": True},
            )
            with Operations.context(context):
                context.run_migrations()
            if version == VERSION:
                install_triggers(connection)
            _verify(connection, before)
            connection.execute(f"PRAGMA user_version = {version}")
    except StoreError:
        raise
    except Exception as error:
        raise translate(error) or error from error
    finally:
        engine.dispose()
        connection.close()


def drop_triggers(connection: Connection) -> None:
    """Drop every trigger, also foreign ones; ``install_triggers`` puts ours back."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        quoted = name.replace('"', '""')
        connection.execute(f'DROP TRIGGER "{quoted}"')


@contextmanager
def reference(version: int) -> Iterator[Connection]:
    """Give an empty database exactly as our migrations make it in a version; for comparing schemas."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.db"
        connection = connect(path, None, create=True)
        try:
            migrate(path, None, version=version)
            yield connection
        finally:
            connection.close()


def install_triggers(connection: Connection) -> None:
    """Create every trigger (the old ones must be gone), and make the index tables anew that are missing or different."""
    from directsell.store import capture, search

    for statement in (*capture.triggers(), *search.triggers()):
        connection.execute(statement)
    present = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    stale = [sql for sql in search.tables() if present.get(sql.split()[3]) != sql]
    for statement in stale:
        connection.execute(f"DROP TABLE IF EXISTS {statement.split()[3]}")
        connection.execute(statement)
    if stale:
        search.rebuild(connection)


def _row_counts(connection: Connection) -> dict[str, int]:
    tables = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if "_fts" not in row[0] and not row[0].startswith(("sqlite_", "alembic_"))
    ]
    return {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}


def _verify(connection: Connection, before: dict[str, int]) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise Damaged(f"migration broke a foreign key of {broken[0]}")
    after = _row_counts(connection)
    lost = {table: count for table, count in before.items() if after.get(table, 0) < count}
    if lost:
        raise Damaged(f"migration lost rows of {sorted(lost)}")
