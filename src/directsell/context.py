"""Context: where the data lies, what is there, and how it is opened, made, backed up, restored. No window, no words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from directsell.app import App
from directsell.device import DeviceSettings
from directsell.domain.clock import Clock, from_micros
from directsell.domain.ids import IdSource
from directsell.files import remove_leftovers
from directsell.folders import Folders, conflict_copies, synced_by
from directsell.logs import LOG, Logs
from directsell.store import instance, marker, recovery, upgrade
from directsell.store.database import Store
from directsell.store.drafts import Drafts
from directsell.store.errors import NoKey, WrongCode
from directsell.store.keys import KeyMode, Keys

if TYPE_CHECKING:
    from directsell.store.backup import Backup, Outcome
    from directsell.store.restore import Proof, Restored

_PLAIN = b"SQLite format 3\0"
_CLOCK_SLACK = timedelta(minutes=10)


class BookState(StrEnum):
    """What lies in the data folder, and so what the user has to be asked."""

    NONE = "none"  # nothing: welcome
    READY = "ready"  # ``open`` asks nothing
    LOCKED = "locked"  # ``open(password)``
    KEY_LOST = "key_lost"  # a database without its key: ``open_with_code``
    LOST = "lost"  # there was a database: ``restore`` or ``create``


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell after opening: ``book.behind`` (missing, until), ``book.clock_back`` (last),
    ``book.synced_folder`` (by), ``book.conflict_copies`` (names).
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)


class OpenBook:
    """An open database with what belongs to it; ``close`` also serves for locking, the key is then forgotten."""

    def __init__(self, app: App, notes: tuple[Note, ...], stop_watching: Callable[[], None]) -> None:
        self.app = app
        self.drafts = Drafts(app.store)
        self.notes = notes
        self._stop_watching: Callable[[], None] | None = stop_watching

    @property
    def key(self) -> bytes | None:
        """The key of the database, None for a plain one."""
        return self.app.store.key

    def close(self) -> None:
        """Write the marker, fold the log into the file, close; safe to call twice."""
        if self._stop_watching is not None:
            stop, self._stop_watching = self._stop_watching, None
            try:
                stop()
            finally:
                self.app.close()


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that window and command line are given.

    Attributes:
        folders: where things lie.
        device: settings of this device.
        clock, ids: the only sources of time and ids.
        language: the tag the user wants, "" for that of the system.
        logs: log, crash hooks and problem reports.
        keys: how the key is kept.
    """

    folders: Folders
    device: DeviceSettings
    clock: Clock
    ids: IdSource
    language: str
    logs: Logs
    keys: Keys

    def state(self) -> BookState:
        """Say what lies in the data folder; opens nothing, changes nothing."""
        try:
            mode = self.keys.mode
        except NoKey:
            mode = None
            unreadable = True
        else:
            unreadable = False
        if not upgrade.exists(self.folders.database):
            known = mode is not None or unreadable or marker.load(self.folders.marker) is not None
            return BookState.LOST if known else BookState.NONE
        if mode is None and not _is_plain(self.folders.database):
            return BookState.KEY_LOST
        return BookState.LOCKED if mode is KeyMode.PASSWORD else BookState.READY

    def hold(self, *, take_over: bool = False) -> instance.InstanceLock:
        """Take the data folder for this process.

        Raises:
            AlreadyRunning, HeldElsewhere: somebody else has it; ``take_over`` overrules a dead foreign machine.
            StoreError: the folder cannot be made or written.
        """
        from directsell.store.errors import translate_os

        try:
            self.folders.make()
        except OSError as error:
            raise translate_os(error) from error
        lock = instance.acquire(self.folders.data, take_over=take_over)
        remove_leftovers(self.folders.data)  # copies of a restore that was killed; nobody else works here now
        return lock

    def create(self, mode: KeyMode, password: str = "") -> OpenBook:
        """Make a new, empty database and its key, and open it. Keys of an earlier book are kept aside.

        Raises:
            FileExistsError: there is a database.
            NoKeyring: the system keeps no keys; choose another mode.
            StoreError: the folders cannot be written.
        """
        if upgrade.exists(self.folders.database):
            raise FileExistsError(self.folders.database)
        aside = self.keys.set_aside()
        try:
            key = self.keys.create(mode, password)
            path = self.folders.database
            store = upgrade.create_store(path, key, clock=self.clock, ids=self.ids, device_name=device_name())
        except BaseException:
            self.keys.put_back(aside)
            raise
        return self._opened(store)

    def open(self, password: str = "") -> OpenBook:
        """Open the database, after a backup when it has to be migrated.

        Raises:
            WrongPassword, Wait, NoKeyring, NoKey: the key cannot be had.
            StoreError: Missing, NotOurs, Damaged, TooNew, ReadOnly, Locked, Full; the file is as it was.
        """
        return self._opened(self._store(self._key(password)))

    def open_with_code(self, code: str, mode: KeyMode, password: str = "") -> OpenBook:
        """Open the database with the code of the recovery sheet, and keep the key anew.

        Raises:
            WrongCode: mistyped (params: groups), or of another book.
            StoreError: as ``open``; how the key is kept has not changed then.
        """
        from directsell.store.errors import NotOurs

        key = self.keys.recover(code)
        try:
            store = self._store(key)
        except NotOurs as error:
            raise WrongCode("another book", groups=()) from error
        try:
            self.keys.keep(key, mode, password)
        except BaseException:
            store.close()
            raise
        return self._opened(store)

    def recovery_sheet(self, book: OpenBook) -> recovery.RecoverySheet | None:
        """Return what the recovery sheet of an open database shows; None for one without encryption."""
        return None if book.key is None else self.keys.sheet(book.key, self.clock.today())

    def backup_folders(self) -> tuple[Path, ...]:
        """Return the folder of the automatic backups, and the second one if the user chose one."""
        second = self.device.get("backup_folder")
        return (self.folders.backups, *((Path(second),) if second else ()))

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups that can be restored, newest first; one that lies in both folders only once."""
        from directsell.store.backup import backups_in

        found = {
            backup.path.name: backup for folder in reversed(self.backup_folders()) for backup in backups_in(folder)
        }
        return tuple(sorted(found.values(), key=lambda backup: backup.made_at, reverse=True))

    def back_up(self, book: OpenBook) -> Outcome:
        """Make a proven backup now, also in the second folder; the book stays in use meanwhile.

        Raises:
            Unproven, StoreError: there is no new backup; the old ones stay.
        """
        return self._back_up(book.app.store.path, book.key)

    def upkeep(self, book: OpenBook) -> Outcome | None:
        """Do what is due, in a worker, every few minutes: a backup each hour, the log folded into the file.

        Raises:
            Unproven, StoreError: the backup that was due was not made.
        """
        from directsell.store.backup import is_due

        book.app.store.fold_log()
        marker.write(self.folders.marker, book.app.store)
        return self.back_up(book) if is_due(self.folders.backups, self.clock.now()) else None

    def inspect_backup(self, backup: Path, *, password: str = "", code: str = "") -> Proof:
        """Prove a backup and say what it holds and what it lacks; nothing is changed.

        Args:
            backup: the file.
            password: of the present database, if it has one.
            code: recovery code of the backup, when it is of another book or the present key is lost.

        Raises:
            WrongCode, NoKey: its key cannot be had.
            Unproven, NotOurs, Damaged, TooNew, Missing: it is refused.
        """
        from directsell.store.restore import inspect_backup

        present, its = self._keys_of(backup, password, code)
        path = self.folders.database
        return inspect_backup(backup, its, beside=path, current_key=present, clock=self.clock, ids=self.ids)

    def restore(
        self, backup: Path, *, password: str = "", code: str = "", mode: KeyMode | None = None, new_password: str = ""
    ) -> Restored:
        """Put a backup in the place of the database, which must be closed; afterwards ``open`` opens it.

        Args:
            backup: the file; it stays where it is.
            password: of the present database, if it has one.
            code: recovery code of the backup, when it is of another book or the present key is lost.
            mode: how to keep the key, on a laptop that has none (default: a key file).
            new_password: for ``KeyMode.PASSWORD``.

        Raises:
            As ``inspect_backup``; Locked: the database is in use. All is as it was then.
        """
        from directsell.store.restore import inspect_backup, restore

        present, its = self._keys_of(backup, password, code)
        path = self.folders.database
        if self._mode() is None:
            inspect_backup(backup, its, beside=path, current_key=present, clock=self.clock, ids=self.ids)
            self.keys.set_aside()
            self.keys.keep(present, mode or (KeyMode.PLAIN if present is None else KeyMode.FILE), new_password)
        seen = marker.load(self.folders.marker)
        done = restore(
            path,
            present,
            backup,
            its,
            aside=self.folders.backups,
            clock=self.clock,
            ids=self.ids,
            device_name=device_name(),
            also_used=seen.series if seen else (),
        )
        store = Store(path, present, clock=self.clock, ids=self.ids)
        try:
            marker.write(self.folders.marker, store)
        finally:
            store.close()
        return done

    def _mode(self) -> KeyMode | None:
        try:
            return self.keys.mode
        except NoKey:
            return None

    def _key(self, password: str) -> bytes | None:
        if self._mode() is None and _is_plain(self.folders.database):
            return None
        return self.keys.unlock(password)

    def _keys_of(self, backup: Path, password: str, code: str) -> tuple[bytes | None, bytes | None]:
        """Return the key the database shall have and the key of a backup."""
        typed = recovery.decode(code) if code else None
        if self._mode() is None:
            its = None if _is_plain(backup) else typed
            if its is None and not _is_plain(backup):
                raise NoKey("the backup needs its recovery code")
            return its, its
        present = self.keys.unlock(password)
        return present, None if _is_plain(backup) else typed or present

    def _store(self, key: bytes | None) -> Store:
        return upgrade.open_store(
            self.folders.database,
            key,
            clock=self.clock,
            ids=self.ids,
            before_migration=self._before_migration,
        )

    def _before_migration(self, path: Path, key: bytes | None) -> None:
        self._back_up(path, key)

    def _back_up(self, path: Path, key: bytes | None) -> Outcome:
        from directsell.store.backup import back_up

        folder, *second = self.backup_folders()
        outcome = back_up(path, key, folder, clock=self.clock, second=second[0] if second else None)
        LOG.info("backup of %d bytes", outcome.backup.size)
        return outcome

    def _opened(self, store: Store) -> OpenBook:
        try:
            notes = self._notes(store)
            return OpenBook(App(store), notes, marker.watch(self.folders.marker, store, self.clock))
        except BaseException:
            store.close()
            raise

    def _notes(self, store: Store) -> tuple[Note, ...]:
        notes = []
        behind = marker.regression(self.folders.marker, store)
        if behind is not None:
            from directsell.store.identity import new_identity

            LOG.warning("the database is older than it was: %d transactions are missing", behind.missing)
            new_identity(store, device_name(), also_used=behind.seen.series)
            notes.append(Note("book.behind", {"missing": behind.missing, "until": from_micros(behind.seen.at)}))
        last = from_micros(marker.look(store, ()).at)
        if last > self.clock.now() + _CLOCK_SLACK:
            notes.append(Note("book.clock_back", {"last": last}))
        by = synced_by(self.folders.data)
        if by is not None:
            notes.append(Note("book.synced_folder", {"by": by}))
        copies = conflict_copies(self.folders.data)
        if copies:
            notes.append(Note("book.conflict_copies", {"names": copies}))
        return tuple(notes)


def device_name() -> str:
    """Return what this machine is called, for the list of laptops."""
    return instance.machine_name() or "laptop"


def _is_plain(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False
