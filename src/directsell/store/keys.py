"""How the key of the database is kept: system keyring, password, key file, or no encryption. No database is opened.

``key.json`` says which of them, never more than it must: with a password it holds the wrapped key, with the keyring
only the name of the entry. The honest third way, a key file without password, keeps a copied database or backup
unreadable and finds bit rot, but not a thief who has the whole laptop.
"""

from __future__ import annotations

import json
import secrets
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from directsell.domain.clock import Clock, to_micros
from directsell.files import atomic_write, replace
from directsell.store import recovery
from directsell.store.errors import NoKey, Wait, WrongCode, WrongPassword, translate_os
from directsell.store.system_keyring import Keyring, SystemKeyring

_MIB = 1 << 20
_LARGEST = 1024 * _MIB  # a key file from elsewhere must not make us fill the memory
_FREE_TRIES, _LONGEST_WAIT = 5, 300


class KeyMode(StrEnum):
    """Where the key comes from when the database is opened."""

    KEYRING = "keyring"
    PASSWORD = "password"
    FILE = "file"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Cost:
    """Work of argon2id to turn a password into a key: memory in bytes and passes."""

    memory: int = 128 * _MIB
    passes: int = 3


def measured_cost(seconds: float = 0.5) -> Cost:
    """Return a cost of at least so many seconds on this machine."""
    cost = Cost(passes=1)
    start = time.perf_counter()
    _derive("measure", b"0" * 16, cost)
    one = max(time.perf_counter() - start, 0.001)
    return Cost(passes=min(max(3, int(seconds / one) + 1), 40))


class Keys:
    """The key of one database.

    Args:
        path: ``key.json``.
        clock: for the pauses after wrong passwords.
        keyring: the system's; another one in tests.
        cost: work for a new password; measured when not given.
    """

    def __init__(self, path: Path, *, clock: Clock, keyring: Keyring | None = None, cost: Cost | None = None) -> None:
        self.path = path
        self._clock = clock
        self._keyring = keyring or SystemKeyring()
        self._cost = cost
        self._misses = path.with_name("key-misses.json")

    @property
    def mode(self) -> KeyMode | None:
        """How the key is kept, or None while there is none.

        Raises:
            NoKey: the file is there but cannot be read; the recovery code still opens the database.
        """
        found = self._load()
        return KeyMode(found["mode"]) if found else None

    @property
    def fingerprint(self) -> str:
        """The public mark of the key, "" without one."""
        return str((self._load() or {}).get("fingerprint", ""))

    def create(self, mode: KeyMode, password: str = "") -> bytes | None:
        """Make a new random key and keep it; None in plain mode.

        Raises:
            FileExistsError: there is a key already; it is never overwritten.
            NoKeyring: the system keeps no keys; choose another mode.
            StoreError: the settings folder cannot be written.
        """
        if self.path.exists():
            raise FileExistsError(self.path)
        key = None if mode is KeyMode.PLAIN else secrets.token_bytes(32)
        self.keep(key, mode, password)
        return key

    def unlock(self, password: str = "") -> bytes | None:
        """Return the key, or None for a plain database.

        Raises:
            WrongPassword, Wait: with a password.
            NoKeyring: the keyring is gone or stays locked.
            NoKey: the entry or the file is gone; the recovery code still opens the database.
        """
        found = self._load()
        if not found:
            raise NoKey("no key file")
        mode = KeyMode(found["mode"])
        if mode is KeyMode.PLAIN:
            return None
        if mode is KeyMode.FILE:
            key = _unhex(found.get("key"))
        elif mode is KeyMode.KEYRING:
            key = self._keyring.get(str(found["entry"])) or b""
        else:
            key = self._unwrap(found, password)
        if recovery.fingerprint(key) != found.get("fingerprint"):
            raise NoKey(f"the {mode} does not hold the key of this database")
        return key

    def keep(self, key: bytes | None, mode: KeyMode, password: str = "") -> None:
        """Keep a key in a new way, or under a new password; the old way holds until the new one is on the disk.

        Raises:
            ValueError: a password is missing.
            NoKeyring: the system keeps no keys.
            StoreError: the settings folder cannot be written.
        """
        entry = self._entry()
        fresh: dict[str, Any] = {"v": 1, "mode": mode.value}
        if key is not None:
            fresh["fingerprint"] = recovery.fingerprint(key)
        if mode is KeyMode.FILE and key is not None:
            fresh["key"] = key.hex()
        elif mode is KeyMode.KEYRING and key is not None:
            fresh["entry"] = f"{fresh['fingerprint']}-{secrets.token_hex(4)}"
            self._keyring.put(fresh["entry"], key)
        elif mode is KeyMode.PASSWORD and key is not None:
            if not password:
                raise ValueError("a password is missing")
            fresh["wrapped"] = _wrap(key, password, self._cost or measured_cost())
        elif mode is not KeyMode.PLAIN or key is not None:
            raise ValueError(f"no key fits {mode}")
        try:
            atomic_write(self.path, json.dumps(fresh, indent=1).encode())
        except OSError as error:
            raise translate_os(error) from error
        self._forget_misses()
        if entry:
            with suppress(NoKey):  # an entry too many in the keyring does no harm
                self._keyring.remove(entry)

    def recover(self, code: str) -> bytes:
        """Return the key of a typed recovery sheet; nothing is kept yet (try it on the database, then ``keep``).

        Raises:
            WrongCode: mistyped (params: groups), or the sheet of another book.
        """
        key = recovery.decode(code)
        known = ""
        with suppress(NoKey):  # an unreadable key file is what the sheet is for
            known = self.fingerprint
        if known not in ("", recovery.fingerprint(key)):
            raise WrongCode("another book", groups=())
        return key

    def change_password(self, old: str, new: str) -> None:
        """Wrap the key with a new password.

        Raises:
            WrongPassword, Wait: the old one is wrong.
        """
        self.keep(self.unlock(old), KeyMode.PASSWORD, new)

    def remove_password(self, old: str, mode: KeyMode = KeyMode.KEYRING) -> None:
        """Keep the key without a password, in the keyring or in a file.

        Raises:
            WrongPassword, Wait: the password is wrong.
            NoKeyring: the system keeps no keys.
        """
        self.keep(self.unlock(old), mode)

    def sheet(self, key: bytes, today: date) -> recovery.RecoverySheet:
        """Return the recovery sheet of a key."""
        return recovery.sheet_of(key, today)

    def set_aside(self) -> Path | None:
        """Put the key file out of the way, for a new beginning beside old backups; returns where it is now.

        Raises:
            StoreError: the settings folder cannot be written.
        """
        if not self.path.exists():
            return None
        aside = self.path.with_name(f"key-old-{secrets.token_hex(3)}.json")
        try:
            replace(self.path, aside)
        except OSError as error:
            raise translate_os(error) from error
        return aside

    def put_back(self, aside: Path | None) -> None:
        """Forget a key that was made for nothing, and take up the one that was set aside before it, if any."""
        entry = self._entry()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
            if aside is not None:
                replace(aside, self.path)
        if entry:
            with suppress(NoKey):
                self._keyring.remove(entry)

    def wait_seconds(self) -> int:
        """Return how long the next password is refused, 0 when it may be tried now."""
        misses, at = self._missed()
        if misses < _FREE_TRIES:
            return 0
        pause = min(1 << min(misses - _FREE_TRIES + 1, 16), _LONGEST_WAIT)
        passed = (to_micros(self._clock.now()) - at) // 1_000_000
        if passed < 0:  # the clock was set back: the pause begins anew, or it would last until the old time comes again
            self._note_misses(misses)
            return pause
        return int(max(0, pause - passed))

    def _load(self) -> dict[str, Any] | None:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            KeyMode(found["mode"])
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoKey("the key file cannot be read") from error
        return dict(found)

    def _entry(self) -> str:
        with suppress(NoKey):
            return str((self._load() or {}).get("entry", ""))
        return ""

    def _unwrap(self, found: dict[str, Any], password: str) -> bytes:
        seconds = self.wait_seconds()
        if seconds:
            raise Wait(seconds=seconds)
        from nacl.exceptions import CryptoError
        from nacl.secret import SecretBox

        try:
            wrapped = found["wrapped"]
            cost = Cost(int(wrapped["memory"]), int(wrapped["passes"]))
            salt, box = bytes.fromhex(wrapped["salt"]), bytes.fromhex(wrapped["box"])
            if not 0 < cost.memory <= _LARGEST or not 0 < cost.passes <= 100 or len(salt) != 16:
                raise ValueError
        except (KeyError, ValueError, TypeError) as error:
            raise NoKey("the key file cannot be read") from error
        try:
            key = bytes(SecretBox(_derive(password, salt, cost)).decrypt(box))
        except CryptoError as error:
            tries = self._missed()[0] + 1
            self._note_misses(tries)
            raise WrongPassword(tries=tries) from error
        self._forget_misses()
        return key

    def _missed(self) -> tuple[int, int]:
        try:
            found = json.loads(self._misses.read_text(encoding="utf-8"))
            return int(found["count"]), int(found["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, 0

    def _note_misses(self, count: int) -> None:
        text = json.dumps({"count": count, "at": to_micros(self._clock.now())})
        with suppress(OSError):  # where nothing can be written, nobody is locked out either
            atomic_write(self._misses, text.encode())

    def _forget_misses(self) -> None:
        with suppress(OSError):
            self._misses.unlink()


def _wrap(key: bytes, password: str, cost: Cost) -> dict[str, object]:
    from nacl.secret import SecretBox

    salt = secrets.token_bytes(16)
    box = bytes(SecretBox(_derive(password, salt, cost)).encrypt(key))
    return {
        "kdf": "argon2id13",
        "memory": cost.memory,
        "passes": cost.passes,
        "salt": salt.hex(),
        "box": box.hex(),
    }


def _derive(password: str, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes from a password; the same letters typed on another keyboard give the same bytes."""
    from nacl.pwhash import argon2id

    text = unicodedata.normalize("NFKC", password).encode()
    return bytes(argon2id.kdf(32, text, salt, opslimit=cost.passes, memlimit=cost.memory))


def _unhex(text: object) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError as error:
        raise NoKey("the key file cannot be read") from error
