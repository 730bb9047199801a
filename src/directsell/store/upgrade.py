"""Opening: is it ours, is it readable, is it current; creating it, and migrating it after a verified backup."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from directsell.domain.clock import Clock, to_micros
from directsell.domain.ids import IdSource, named_id
from directsell.store import capture, search
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
    connection = connect(path, key)
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


def migrate(path: Path, key: bytes | None) -> None:
    """Bring the schema to the newest version, in one transaction: all of it or nothing.

    Raises:
        Damaged: a foreign key or a row count does not hold afterwards; nothing was changed.
        StoreError: the environment failed; nothing was changed.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    from directsell.store.engine import engine_over

    connection = connect(path, key)
    engine = engine_over(connection)
    try:
        # Cascades of a rebuilt parent table would delete its children; checks follow before the commit.
        connection.execute("PRAGMA foreign_keys = 0")
        script = ScriptDirectory(str(resources.files("directsell.store") / "migrations"))
        with engine.connect() as sql, sql.begin():
            before = _row_counts(connection)
            _pause_capture(connection)
            context = MigrationContext.configure(
                sql,
                opts={"fn": lambda revision, _: script._upgrade_revs("head", revision), "transactional_ddl": True},
            )
            with Operations.context(context):
                context.run_migrations()
            install_triggers(connection)
            _verify(connection, before)
            connection.execute(f"PRAGMA user_version = {VERSION}")
    except StoreError:
        raise
    except Exception as error:
        raise translate(error) or error from error
    finally:
        engine.dispose()
        connection.close()


def _pause_capture(connection: Connection) -> None:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        if name.startswith((capture.PREFIX, search.PREFIX)):
            connection.execute(f'DROP TRIGGER "{name}"')


def install_triggers(connection: Connection) -> None:
    """Create the index tables that are missing and every trigger; the old triggers must be gone."""
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    for statement in search.tables():
        if statement.split()[3] not in present:
            connection.execute(statement)
    for statement in (*capture.triggers(), *search.triggers()):
        connection.execute(statement)


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
