"""Errors of the environment the store lives in. A rule of the trade is a DomainError; anything else is a bug."""

from __future__ import annotations

import errno
from typing import Any


class StoreError(Exception):
    """Something outside the program keeps the data from being read or written; nothing was half-written.

    Args:
        detail: what the engine said, for the log; users see a sentence made from ``code``.
    """

    code = "store.unknown"

    def __init__(self, detail: str = "", **params: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.params = params


class Locked(StoreError):
    """Another program holds the database."""

    code = "store.locked"


class Full(StoreError):
    """The disk is full (or a quota or file size limit was reached)."""

    code = "store.full"


class ReadOnly(StoreError):
    """The file or its folder may not be written."""

    code = "store.read_only"


class Damaged(StoreError):
    """The file is a database of ours no longer, or its pages do not match their checksums."""

    code = "store.damaged"


class NotOurs(StoreError):
    """The file is not a DirectSell database, or it was opened with the wrong key."""

    code = "store.not_ours"


class TooNew(StoreError):
    """The file was written by a newer version of the program (params: found, supported)."""

    code = "store.too_new"


class Missing(StoreError):
    """The file or its folder is not there."""

    code = "store.missing"


class NoKey(StoreError):
    """The key of the database could not be had (no keyring, wrong password, wrong recovery code)."""

    code = "store.no_key"


class WrongPassword(NoKey):
    """The password does not open the key (params: tries, those that failed so far)."""

    code = "store.wrong_password"


class Wait(NoKey):
    """Too many wrong passwords; the next one is tried after a while (params: seconds)."""

    code = "store.wait"


class WrongCode(NoKey):
    """The recovery code was mistyped (params: groups, their numbers from 1) or belongs to another book (none)."""

    code = "store.wrong_code"


class NoKeyring(NoKey):
    """The system has no keyring, or refuses to open it."""

    code = "store.no_keyring"


class Unproven(StoreError):
    """A backup does not pass its checks and is not used (params: findings, codes of doctor.py)."""

    code = "store.unproven"


class UnsafeLibrary(StoreError):
    """The SQLite library has the WAL-reset bug (3.7.0 to 3.51.2) and may lose acknowledged writes."""

    code = "store.unsafe_library"


class Conflict(StoreError):
    """A step cannot be taken back because something was changed since (params: table, id, fields)."""

    code = "store.conflict"


class Barrier(StoreError):
    """A step cannot be taken back because it issued a number; only a cancelling paper corrects it."""

    code = "store.barrier"


_WORDS: tuple[tuple[str, type[StoreError]], ...] = (
    ("database is locked", Locked),
    ("database table is locked", Locked),
    ("database or disk is full", Full),
    ("disk i/o error", Full),  # a file size limit is reported like this, and the user's cure is the same
    ("attempt to write a readonly database", ReadOnly),
    ("readonly", ReadOnly),
    ("unable to open database file", Missing),
    ("file is not a database", NotOurs),
    ("malformed", Damaged),
    ("hmac check failed", Damaged),
)


def translate(error: BaseException) -> StoreError | None:
    """Return the StoreError that a driver's (or SQLAlchemy's wrapped) error means, or None if it is a bug."""
    original = getattr(error, "orig", None) or error
    if not type(original).__module__.startswith("sqlcipher3"):
        return None  # words like "readonly" may stand in any message
    text = str(original).casefold()
    for words, kind in _WORDS:
        if words in text:
            return kind(str(original))
    return None


_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_BUSY = {errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}


def translate_os(error: OSError) -> StoreError:
    """Return the StoreError that a failed file operation means; a pulled medium counts as missing."""
    detail = f"{type(error).__name__} {error.errno}"
    if error.errno in _FULL:
        return Full(detail)
    if getattr(error, "winerror", None) in (32, 33) or error.errno in _BUSY:
        return Locked(detail)
    return ReadOnly(detail) if error.errno in _READ_ONLY else Missing(detail)
