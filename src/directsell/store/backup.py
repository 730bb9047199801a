"""Backups: copies of the open database that were proven when made, thinned with age, also in a second folder.

A backup is one file, encrypted with the key of the database, named after its instant and schema version. Nothing is
removed before a newer backup was verified, and nothing by age alone: a wrong clock cannot empty the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from directsell.domain.clock import Clock
from directsell.files import private_folder, remove_leftovers, replacing
from directsell.store.connection import connect
from directsell.store.errors import Missing, StoreError, Unproven, translate, translate_os
from directsell.store.version import APPLICATION_ID, VERSION

_NAME = re.compile(r"^directsell-(\d{8}T\d{6}Z)(?:-(\d+))?-v(\d+)\.db$")
_STAMP = "%Y%m%dT%H%M%SZ"
_NEWEST = 3  # always kept
KEEP = (("%Y%m%d%H", 24), ("%Y%m%d", 14), ("%G-%V", 8), ("%Y%m", 24))  # hourly, daily, weekly, monthly
INTERVAL = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: when it was made (UTC) and with which schema version."""

    path: Path
    made_at: datetime
    version: int

    @property
    def size(self) -> int:
        """Bytes, 0 when the file is gone."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round of backups did. ``second_error`` says why the second folder has no copy, if it has none."""

    backup: Backup
    second: Backup | None = None
    second_error: StoreError | None = None


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """Return the backups of a folder, newest first; other files are ignored, a missing folder has none."""
    found = []
    with contextlib.suppress(OSError):
        for entry in folder.iterdir():
            match = _NAME.match(entry.name)
            if match and entry.is_file():
                try:
                    made_at = datetime.fromisoformat(match[1])
                except ValueError:  # somebody else's name, or a slip: 2026-99-99
                    continue
                found.append((made_at, int(match[2] or 0), Backup(entry, made_at, int(match[3]))))
    return tuple(backup for _, _, backup in sorted(found, key=lambda item: item[:2], reverse=True))


def is_due(folder: Path, now: datetime, interval: timedelta = INTERVAL) -> bool:
    """Say whether the newest backup is too old (or from the future: then the clock was set back)."""
    newest = next(iter(backups_in(folder)), None)
    return newest is None or not timedelta(0) <= now - newest.made_at < interval


def back_up(path: Path, key: bytes | None, folder: Path, *, clock: Clock, second: Path | None = None) -> Outcome:
    """Make a backup of a database that may be in use, prove it, thin the old ones, copy it to the second folder.

    Args:
        path: the database; writers go on meanwhile, the backup holds what was committed when it began.
        key: its key, or None for a plain one.
        folder: where backups lie; made if missing.
        clock: for the name.
        second: another folder, usually on another medium; its failure does not fail the backup.

    Raises:
        Unproven: the copy does not pass the checks; it was removed, the older backups stay.
        StoreError: the folder or the database failed; nothing was changed.
    """
    backup = _make(path, key, folder, clock)
    thin(folder)
    if second is None:
        return Outcome(backup)
    try:
        copied = copy_to(backup, second)
        thin(second)
    except StoreError as error:
        return Outcome(backup, second_error=error)
    return Outcome(backup, copied)


def copy_to(backup: Backup, folder: Path) -> Backup:
    """Copy a proven backup to another folder and read it back.

    Raises:
        StoreError: the medium is full, read-only, or was pulled; no half file bears the name of a backup.
    """
    target = folder / backup.path.name
    try:
        if not folder.parent.is_dir():
            raise Missing("the second folder is not there")  # a pulled stick must not become a folder of its mount
        private_folder(folder)
        remove_leftovers(folder)
        with replacing(target) as temporary:
            shutil.copyfile(backup.path, temporary)
            if _digest(temporary) != _digest(backup.path):
                raise Unproven("the copy differs", findings=("file.checksums",))
    except OSError as error:
        raise translate_os(error) from error
    return Backup(target, backup.made_at, backup.version)


def thin(folder: Path) -> tuple[Path, ...]:
    """Remove the backups that no rule keeps; return their paths. A file that cannot be removed stays."""
    present = backups_in(folder)
    kept = keep(present)
    removed = []
    for backup in present:
        if backup not in kept:
            with contextlib.suppress(OSError):
                backup.path.unlink()
                removed.append(backup.path)
    return tuple(removed)


def keep(backups: Iterable[Backup]) -> set[Backup]:
    """Return those that stay: the newest three, the newest of the last 24 hours, 14 days, 8 weeks and 24 months that
    have any, and the newest of each schema version.
    """
    newest_first = sorted(backups, key=lambda b: (b.made_at, b.path.name), reverse=True)
    kept = set(newest_first[:_NEWEST])
    for form, count in KEEP:
        seen: dict[str, Backup] = {}
        for backup in newest_first:
            seen.setdefault(backup.made_at.strftime(form), backup)
        kept.update(list(seen.values())[:count])
    versions: dict[int, Backup] = {}
    for backup in newest_first:
        versions.setdefault(backup.version, backup)
    return kept | set(versions.values())


def prove(path: Path, key: bytes | None) -> int:
    """Open a copy without writing, check it, and return its schema version.

    Raises:
        Unproven: something does not hold (params: findings).
        StoreError: it cannot be opened.
    """
    from directsell.store import doctor  # knows every record; whoever only asks for the list of backups needs none

    connection = connect(path, key, read_only=True)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise Unproven("not a database of ours", findings=("schema.foreign",))
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        findings = doctor.check_file(connection, encrypted=key is not None, quick=True)
        if not findings and version == VERSION:
            now = datetime.now(UTC) + timedelta(days=36_500)  # a wrong clock is no reason to have no backup
            findings = doctor.check_book(connection, now=now, thorough=False)
            findings = [finding for finding in findings if finding.code in _FATAL]
    finally:
        connection.close()
    if findings:
        raise Unproven(str(findings[0]), findings=tuple(dict.fromkeys(f.code for f in findings)))
    return version


# What a backup must not have. The rest is shown by the doctor: a flaw of the book itself must not stop its backups.
_FATAL = {"identity.missing", "schema.foreign"}


def _make(path: Path, key: bytes | None, folder: Path, clock: Clock) -> Backup:
    try:
        private_folder(folder)
        remove_leftovers(folder)
        now = clock.now()
        with contextlib.ExitStack() as stack:
            source = connect(path, key, read_only=True)
            stack.callback(source.close)
            version = int(source.execute("PRAGMA user_version").fetchone()[0])
            target = _free_name(folder, now, version)
            with replacing(target) as temporary:
                _copy(source, temporary, key)
                prove(temporary, key)
    except OSError as error:
        raise translate_os(error) from error
    except driver.Error as error:
        raise translate(error) or error from error
    return Backup(target, now.replace(microsecond=0), version)


def _copy(source: object, target: Path, key: bytes | None) -> None:
    """Copy all pages of one moment; one step, so that a busy writer cannot make it start over for ever."""
    copy = driver.connect(str(target), isolation_level=None)
    try:
        copy.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        copy.execute("PRAGMA synchronous = 0")  # flushed once, before the rename
        source.backup(copy)  # type: ignore[attr-defined]
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable from a read-only medium
    finally:
        copy.close()


def _free_name(folder: Path, now: datetime, version: int) -> Path:
    stamp = now.astimezone(UTC).strftime(_STAMP)
    path = folder / f"directsell-{stamp}-v{version}.db"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"directsell-{stamp}-{number}-v{version}.db"
    return path


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
