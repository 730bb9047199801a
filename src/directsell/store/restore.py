"""Bringing a backup back: proven in a copy, given a new identity, put in place in one step; the old file stays aside.

A backup may be old, damaged or made by an enemy (triggers that change amounts). It is therefore never opened in
place: its rows are exported into a fresh file, whose schema text must be exactly the one our migrations make.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from directsell.domain.clock import Clock, from_micros
from directsell.domain.ids import IdSource
from directsell.files import private_folder, replace, sync_file, sync_folder
from directsell.store import doctor, erasing, upgrade
from directsell.store.connection import Connection, connect
from directsell.store.database import Store
from directsell.store.errors import (
    Damaged,
    Locked,
    Missing,
    NotOurs,
    StoreError,
    TooNew,
    Unproven,
    translate,
    translate_os,
)
from directsell.store.identity import Identity, new_identity, used_series
from directsell.store.version import APPLICATION_ID, VERSION

_QUICKLY_CHECKED = 50_000  # rows whose totals and words are recomputed on the way; larger books have the doctor
_OWN_PREFIXES = ("capture_", "search_mark_")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: people, orders and papers that are alive, and its newest change."""

    people: int
    orders: int
    papers: int
    changes: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Newer:
    """What the present database has and the backup has not.

    ``changes`` are transactions after the backup; ``papers`` the numbers issued since, which customers may hold.
    """

    changes: int
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A backup that passed: its schema version, what it holds, flaws of the book itself (they do not stop it)."""

    version: int
    contents: Contents
    findings: tuple[doctor.Finding, ...]
    newer: Newer | None


@dataclass(frozen=True, slots=True)
class Restored:
    """A restore that was done: where the replaced database lies now (None if there was none) and who we are."""

    proof: Proof
    aside: Path | None
    identity: Identity


def inspect_backup(
    backup: Path, backup_key: bytes | None, *, beside: Path, current_key: bytes | None, clock: Clock, ids: IdSource
) -> Proof:
    """Prove a backup and say what it holds, without changing anything; for the question before the restore.

    Args:
        backup: the file; it is only read.
        backup_key: its key (usually the present one).
        beside: the present database; the proof is made in its folder. It need not exist or be readable.
        current_key: the key of the present database.
        clock: the injected clock.
        ids: where ids come from.

    Raises:
        Unproven, NotOurs, Damaged, TooNew, Missing: the backup is refused.
        StoreError: no room for the proof.
    """
    with _proven_copy(backup, backup_key, beside, current_key, clock, ids) as (_, proof):
        return proof


def restore(
    path: Path,
    key: bytes | None,
    backup: Path,
    backup_key: bytes | None,
    *,
    aside: Path,
    clock: Clock,
    ids: IdSource,
    device_name: str,
    also_used: tuple[str, ...] = (),
) -> Restored:
    """Replace the database by a backup, which gets a new device identity and series. The store must be closed.

    Args:
        path: the database; may be missing or damaged.
        key: the key the restored database shall have (the present one).
        backup: the file to bring back; it stays untouched.
        backup_key: the key of the backup.
        aside: folder in which the replaced database is kept.
        clock: the injected clock.
        ids: where ids come from.
        device_name: what the user calls this laptop.
        also_used: series known from the marker outside the database.

    Raises:
        Locked: the present database is in use.
        Unproven, NotOurs, Damaged, TooNew, Missing: the backup is refused.
        StoreError: the folder failed. In every case all is as it was.
    """
    with _proven_copy(backup, backup_key, path, key, clock, ids) as (copy, proof):
        series = set(also_used) | _settle(path, key, clock, ids)
        store = Store(copy, key, clock=clock, ids=ids)
        try:
            erasing.erase_again(store, _erasures(store, path, key, clock, ids))
            identity = new_identity(store, device_name, also_used=series)
        finally:
            store.close()
        kept = _swap(copy, path, aside, clock.now())
    return Restored(proof, kept, identity)


def rewrite(path: Path, key: bytes | None, target: Path, target_key: bytes | None) -> None:
    """Write all rows of a database into a fresh file with another key (or none); the source is only read.

    Raises:
        StoreError: the source cannot be read, or there is no room.
    """
    secret = "" if key is None else f"x'{key.hex()}'"
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        fresh = connect(target, target_key)
        try:
            fresh.execute("ATTACH ? AS source KEY ?", (f"{path.absolute().as_uri()}?mode=ro", secret))
            version = int(fresh.execute("PRAGMA source.user_version").fetchone()[0])
            fresh.execute("PRAGMA foreign_keys = 0")
            fresh.execute("PRAGMA synchronous = 0")  # it is flushed once, before it takes a place
            fresh.execute("SELECT sqlcipher_export('main', 'source')")
            fresh.execute(f"PRAGMA user_version = {version}")
            fresh.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            fresh.execute("DETACH source")
        finally:
            fresh.close()
    except OSError as error:
        raise translate_os(error) from error
    except driver.Error as error:
        raise translate(error) or error from error


def contents(connection: Connection) -> Contents:
    """Return what a database holds."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM person WHERE deleted_at IS NULL), "
        "(SELECT count(*) FROM sales_order WHERE deleted_at IS NULL), (SELECT count(*) FROM issued_paper), "
        "(SELECT count(*) FROM journal_tx), (SELECT max(at) FROM journal_tx)"
    ).fetchone()
    people, orders, papers, changes, newest = row
    return Contents(people, orders, papers, changes, None if newest is None else from_micros(newest))


@contextmanager
def _proven_copy(
    backup: Path, backup_key: bytes | None, path: Path, key: bytes | None, clock: Clock, ids: IdSource
) -> Iterator[tuple[Path, Proof]]:
    """Give a fresh, migrated, checked file with the backup's rows in the folder of ``path``; removed afterwards."""
    try:
        private_folder(path.parent)
    except OSError as error:
        raise translate_os(error) from error
    mark = secrets.token_hex(4)
    raw, fresh = (path.with_name(f".tmp-{name}-{mark}.db") for name in ("candidate", "restored"))
    try:
        try:
            if not backup.is_file() or backup.is_symlink():
                raise Missing("no such file")
            shutil.copyfile(backup, raw)
            raw.chmod(0o600)
        except OSError as error:
            raise translate_os(error) from error
        version = _check_candidate(raw, backup_key)
        rewrite(raw, backup_key, fresh, key)
        if version < VERSION:
            upgrade.migrate(fresh, key)
        yield fresh, _prove(fresh, key, version, path, clock, ids)
    finally:
        for file in (raw, fresh):
            for leftover in (file, *upgrade.side_files(file), file.with_name(file.name + "-journal")):
                with contextlib.suppress(OSError):
                    leftover.unlink()


def _check_candidate(raw: Path, key: bytes | None) -> int:
    """Check the copy of a backup before any of its rows is used; return its schema version."""
    if raw.stat().st_size < 512:
        raise NotOurs("too small")
    connection = connect(raw, key, read_only=True)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise NotOurs("another program")
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise TooNew(f"version {version}", found=version, supported=VERSION)
        findings = doctor.check_file(connection, encrypted=key is not None)
        foreign = foreign_objects(connection, version)
    except driver.Error as error:
        raise translate(error) or error from error
    finally:
        connection.close()
    if foreign:
        findings.append(doctor.Finding("schema.foreign", count=len(foreign), detail=", ".join(foreign[:20])))
    if findings:
        raise Unproven(str(findings[0]), findings=tuple(dict.fromkeys(f.code for f in findings)))
    return version


def foreign_objects(connection: Connection, version: int) -> list[str]:
    """Return the names of tables, indexes, triggers and views that our program of that version does not make so."""
    found, wanted = _schema(connection), _model(version)
    if version < VERSION:  # triggers and index are made anew by the migration; only their kind can be compared
        found, wanted = ({k: v for k, v in part.items() if not _made_anew(*k)} for part in (found, wanted))
    return sorted(name for (_, name), sql in found.items() if wanted.get((_, name), "") != sql)


@cache
def _model(version: int) -> dict[tuple[str, str], str]:
    with upgrade.reference(version) as connection:
        return _schema(connection)


def _made_anew(kind: str, name: str) -> bool:
    return (kind == "trigger" and name.startswith(_OWN_PREFIXES)) or "_fts" in name


def _schema(connection: Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(kind, name): sql for kind, name, sql in rows}


def _prove(fresh: Path, key: bytes | None, version: int, path: Path, clock: Clock, ids: IdSource) -> Proof:
    store = Store(fresh, key, clock=clock, ids=ids)
    try:
        with store.read() as reader:
            held = contents(reader.connection)
        findings = doctor.examine(store, thorough=held.people + held.orders <= _QUICKLY_CHECKED)
        if any(finding.mendable for finding in findings):
            findings = doctor.mend(store)
        fatal = [f for f in findings if f.code.startswith(("file.", "rows.", "schema.", "identity."))]
        if fatal:
            raise Unproven(str(fatal[0]), findings=tuple(f.code for f in fatal))
        return Proof(version, held, tuple(findings), _newer(store, path, key, clock, ids))
    finally:
        store.close()


def _newer(restored: Store, path: Path, key: bytes | None, clock: Clock, ids: IdSource) -> Newer | None:
    """Compare with the present database; None when that cannot be read or is another book."""
    newer = None
    with contextlib.suppress(Damaged, NotOurs), _present(path, key, clock, ids) as present:
        if present is None:
            return None
        with restored.read() as old, present.read() as new:
            if old.value("SELECT space FROM sync_state") != new.value("SELECT space FROM sync_state"):
                return None
            last = old.row("SELECT tx, at FROM journal_tx ORDER BY tx DESC LIMIT 1") or (0, 0)
            changes = new.value("SELECT count(*) FROM journal_tx WHERE tx > ?", (last[0],), 0)
            known = {row[0] for row in old.rows("SELECT id FROM issued_paper")}
            papers = [row[1] for row in new.rows("SELECT id, number FROM issued_paper") if row[0] not in known]
        newer = Newer(changes, tuple(papers))
    return newer


@contextmanager
def _present(path: Path, key: bytes | None, clock: Clock, ids: IdSource) -> Iterator[Store | None]:
    store = None
    with contextlib.suppress(StoreError, driver.Error):
        if upgrade.inspect(path, key) == VERSION:
            store = Store(path, key, clock=clock, ids=ids)
    if store is None:
        yield None
        return
    try:
        yield store
    finally:
        store.close()


def _erasures(restored: Store, path: Path, key: bytes | None, clock: Clock, ids: IdSource) -> list[erasing.Note]:
    """Return who was erased in the present database, if it is the same book: an old backup must not bring them back."""
    found: list[erasing.Note] = []
    with contextlib.suppress(Damaged, NotOurs), _present(path, key, clock, ids) as present:
        if present is not None:
            with restored.read() as old, present.read() as new:
                if old.value("SELECT space FROM sync_state") == new.value("SELECT space FROM sync_state"):
                    found = erasing.notes(new)
    return found


def _settle(path: Path, key: bytes | None, clock: Clock, ids: IdSource) -> set[str]:
    """Fold the log of the present database into its file, if it can be read; return the series it knows.

    Raises:
        Locked: somebody uses it.
    """
    series: set[str] = set()
    with contextlib.suppress(Damaged, NotOurs), _present(path, key, clock, ids) as present:
        if present is None:
            return series
        series = set(used_series(present))
        with present.exclusive() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if upgrade.side_files(path)[0].exists() and series:
        raise Locked("the database is in use")  # its log stays only while somebody has it open
    return series


def _swap(copy: Path, path: Path, aside: Path, now: datetime) -> Path | None:
    """Put a finished file in the place of the present one, which is kept aside; on an error all is as it was."""
    kept = None
    try:
        sync_file(copy)
        kept = _keep_aside(path, aside, now)
        for side in upgrade.side_files(path):
            side.unlink(missing_ok=True)  # a log of the old file must never meet the new one
        replace(copy, path)
        sync_folder(path.parent)
    except OSError as error:
        for side, saved in zip(upgrade.side_files(path), upgrade.side_files(kept or path), strict=True):
            if kept is not None and saved.exists() and not side.exists():
                shutil.copyfile(saved, side)
        raise translate_os(error) from error
    return kept


def _keep_aside(path: Path, folder: Path, now: datetime) -> Path | None:
    """Give the present files a second name in another folder (a copy where the disk knows no links)."""
    if not os.path.lexists(path):
        return None
    private_folder(folder)
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = folder / f"replaced-{stamp}-{secrets.token_hex(2)}.db"
    pairs = zip((path, *upgrade.side_files(path)), (kept, *upgrade.side_files(kept)), strict=True)
    for source, target in pairs:
        if source.is_file():
            try:
                os.link(source, target)
            except OSError:
                shutil.copyfile(source, target)
                sync_file(target)
    sync_folder(folder)
    return kept
