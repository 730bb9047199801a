"""One SQLite connection of ours: driver, key, pragmas set and read back. Nobody else opens the database."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from directsell.store.errors import Damaged, Missing, ReadOnly, UnsafeLibrary, translate

Connection = Any  # sqlcipher3 ships no types

_SAFE = (3, 51, 3)  # first release without the WAL-reset bug
_PRAGMAS = {
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "busy_timeout": 5000,
    "cell_size_check": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "synchronous": 2,  # FULL: an acknowledged order survives a power cut
}


def check_library() -> None:
    """Refuse an SQLite that may lose acknowledged writes when two connections are open.

    Raises:
        UnsafeLibrary: with the version found.
    """
    if driver.sqlite_version_info < _SAFE:
        raise UnsafeLibrary(f"SQLite {driver.sqlite_version}", found=driver.sqlite_version)


def connect(
    path: Path, key: bytes | None, *, read_only: bool = False, create: bool = False, head_only: bool = False
) -> Connection:
    """Open a connection in autocommit mode; transactions are begun by hand.

    Args:
        path: the database file.
        key: 32 raw bytes of an encrypted database, or None for a plain one.
        read_only: never write, not even a journal.
        create: make the file if it is not there (it must not be there).
        head_only: only version and mark will be read (with ``read_only``): the schema is not looked at.

    Raises:
        StoreError: the file is missing, not ours, damaged, locked, or the folder cannot be written.
    """
    check_library()
    mode = "ro" if read_only else ("rwc" if create else "rw")
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=5.0,
            cached_statements=256,
        )
    except driver.Error as error:
        raise _explain(error, path) from error
    try:
        _unlock(connection, key)
        if not head_only:
            _prepare(connection, read_only=read_only)
    except driver.Error as error:
        connection.close()
        raise _explain(error, path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _explain(error: Exception, path: Path) -> Exception:
    """Return what a failed opening means: SQLite says "unable to open" for a folder that may not be written, too."""
    meant = translate(error)
    writable = path.is_file() and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if isinstance(meant, Missing) and path.is_file() and not writable:
        return ReadOnly(meant.detail)
    return meant or error


def _unlock(connection: Connection, key: bytes | None) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is reported as an error, not on stderr
    if key is not None:
        if len(key) != 32:
            raise ValueError("a database key has 32 bytes")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    # The key is only tried by the first reading. The head of the file suffices: the whole schema takes 5 ms to parse.
    connection.execute("PRAGMA user_version").fetchone()


def _prepare(connection: Connection, *, read_only: bool) -> None:
    for name, value in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    connection.execute("PRAGMA temp_store = 2")
    connection.execute("PRAGMA cache_size = -8000")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = 1")
        connection.execute("PRAGMA checkpoint_fullfsync = 1")
    if not read_only:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise Damaged(f"journal mode is {mode}, not WAL")
    for name, value in _PRAGMAS.items():
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise Damaged(f"PRAGMA {name} is {found}, not {value}")
