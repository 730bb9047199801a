"""One program per data folder: a lock that the system gives back when the process dies. No window is raised here."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from directsell.store.errors import StoreError, translate_os

_NAME = "directsell.lock"
_FAR = 1 << 30  # Windows locks bytes; those far behind the text leave the text readable
_TRIES, _PAUSE = 5, 0.02


class AlreadyRunning(StoreError):
    """Another window of this machine works in the folder (params: pid)."""

    code = "store.already_running"


class HeldElsewhere(StoreError):
    """Another machine works in the folder, or died while it did (params: host); the user must decide."""

    code = "store.held_elsewhere"


class InstanceLock:
    """Holds the data folder for this process until ``release``; made by ``acquire``."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    def release(self) -> None:
        """Give the folder back; safe to call twice."""
        if self._handle < 0:
            return
        with contextlib.suppress(OSError):
            os.ftruncate(self._handle, 0)
        with contextlib.suppress(OSError):
            _unlock(self._handle)
        os.close(self._handle)
        self._handle = -1


def acquire(folder: Path, *, host: str | None = None, take_over: bool = False) -> InstanceLock:
    """Take the folder for this process; the lock of a killed process is taken over silently.

    Args:
        folder: the data folder; it must exist.
        host: name of this machine.
        take_over: the user said that the other machine is not working in it any more.

    Raises:
        AlreadyRunning: a process of this machine holds it.
        HeldElsewhere: a process of another machine held it and never gave it back.
        StoreError: the folder is missing, full or read-only.
    """
    host = host or machine_name()
    path = folder / _NAME
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        raise translate_os(error) from error
    try:
        if not _lock(handle):
            raise AlreadyRunning(pid=_read(handle).get("pid"))
        other = _read(handle).get("host", host)
        if other != host and not take_over:
            raise HeldElsewhere(host=str(other))
        try:
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, json.dumps({"pid": os.getpid(), "host": host}).encode())
        except OSError as error:
            raise translate_os(error) from error
    except BaseException:
        os.close(handle)
        raise
    return InstanceLock(path, handle)


def machine_name() -> str:
    """Return what this machine is called; without the ``platform`` module where possible, it brings ten others."""
    if sys.platform == "win32":
        import platform

        return platform.node()
    else:
        return os.uname().nodename


def _read(handle: int) -> dict[str, Any]:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        found = json.loads(os.read(handle, 4096) or b"{}")
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _lock(handle: int) -> bool:
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)  # a process that is just ending, or another one that only asks
        try:
            _lock_once(handle)
        except (BlockingIOError, PermissionError):
            continue
        except OSError:
            return True  # a file system without locks: the database's own locks must do
        return True
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock_once(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _unlock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock_once(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
