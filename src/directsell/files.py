"""Writing small files so that they are whole or untouched, whatever happens meanwhile. No format knowledge here."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_SHARING_VIOLATIONS = {5, 32, 33}  # Windows: a virus scanner or a sync client holds the file for a moment
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)


def private_folder(folder: Path) -> Path:
    """Make a folder (and what is above it) that only its owner may enter; an existing one stays as it is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def atomic_write(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Replace a file by new content: after a crash or power loss there is the old one or the new one, never half.

    Raises:
        OSError: nothing was changed.
    """
    with replacing(path, mode=mode) as temporary:
        write_synced(temporary, content, mode=mode)


@contextlib.contextmanager
def replacing(path: Path, *, mode: int = 0o600) -> Iterator[Path]:
    """Give a temporary path beside ``path``; when the block ends well, what was written there takes its place.

    The file is flushed to the disk before it is renamed, its folder after; on an error it is removed.

    Raises:
        PermissionError: ``path`` is a device, a pipe or a folder, which a file must not take the place of.
    """
    if path.exists() and not path.is_file():
        raise PermissionError(errno.EACCES, "not a file", str(path))
    temporary = path.with_name(f".tmp-{secrets.token_hex(6)}{path.suffix[:10]}")
    try:
        yield temporary
        sync_file(temporary)
        temporary.chmod(mode)
        replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def write_synced(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a new file and flush it to the disk; the file must not be there yet."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(source: Path, target: Path) -> None:
    """Rename over an existing file; waits up to 2.5 s for whoever holds it on Windows.

    Raises:
        OSError: the target is as it was.
    """
    for wait in _WAITS:
        try:
            source.replace(target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _SHARING_VIOLATIONS:
                raise
            time.sleep(wait)
    source.replace(target)


def sync_file(path: Path) -> None:
    """Flush a written file to the disk."""
    handle = os.open(path, os.O_RDWR)  # Windows flushes only handles that may write
    try:
        os.fsync(handle)
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries (new names, renames) to the disk, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network file systems refuse to flush folders
    finally:
        os.close(handle)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of writers that were killed."""
    with contextlib.suppress(OSError):
        for leftover in folder.glob(".tmp-*"):
            with contextlib.suppress(OSError):
                leftover.unlink()
