"""Whole files: legal names, guarded reading, and the one safe way to write. No formats here."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from directsell.exchange.errors import ExchangeError

# Virus scanners and indexers hold a fresh file for a moment; Windows answers with one of these.
_SHARING_VIOLATIONS = (5, 32, 33)
_RETRY_DELAYS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.8)  # 2.5 seconds together

_DATA_FOLDER_MARK = "directsell.lock"  # lies in every folder that the program has opened
_RESERVED_NAMES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789¹²³"}
)
_ILLEGAL_CHARACTERS = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


def safe_name(text: str, *, suffix: str = "", max_bytes: int = 120) -> str:
    r"""Return a file name that every system accepts and that stays inside its folder.

    Control and invisible characters vanish, ``<>:"/\|?*`` become ``_``, dots and spaces at the ends go, Windows'
    device names get a leading ``_``, and the whole is cut to `max_bytes` of UTF-8.

    Args:
        text: any text, for instance a customer's name.
        suffix: extension with its dot, kept whole.
        max_bytes: longest result in UTF-8 bytes, `suffix` included.
    """
    name = unicodedata.normalize("NFC", text)
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    name = unicodedata.normalize("NFC", " ".join(name.translate(_ILLEGAL_CHARACTERS).split())).strip(". ")
    if name.split(".")[0].strip().upper() in _RESERVED_NAMES:
        name = f"_{name}"
    room = max(1, max_bytes - len(suffix.encode()))
    name = name.encode()[:room].decode(errors="ignore").strip(". ")
    return (name or "_") + suffix


def open_for_reading(path: Path) -> BinaryIO:
    """Open an ordinary file for reading bytes; folders, pipes and devices are refused before they can block.

    Raises:
        ExchangeError: ``file.missing``, ``file.not_regular``, ``file.no_permission`` or ``file.unreadable``.
    """
    with translated_errors(path, "file.unreadable"):
        _check_ordinary(path)
        return path.open("rb")


def _check_ordinary(path: Path) -> None:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        kind = next((kind for matches, kind in _KINDS if matches(mode)), "special")
        raise ExchangeError("file.not_regular", name=path.name, kind=kind)


def _check_foreign(path: Path) -> None:
    """Refuse to replace the database, its keys and its backups: a slip in a save dialog must not end a business."""
    folder = path.resolve().parent
    if (folder / _DATA_FOLDER_MARK).exists() or (
        folder.name == "backups" and (folder.parent / _DATA_FOLDER_MARK).exists()
    ):
        raise ExchangeError("file.no_permission", name=path.name)


def atomic_write(path: Path, data: bytes, *, overwrite: bool = True) -> None:
    """Write a file so that, whatever happens, the old or the new content is there, never a part of it.

    Raises:
        ExchangeError: see `atomic_file`.
    """
    with atomic_file(path, overwrite=overwrite) as file:
        file.write(data)


@contextlib.contextmanager
def atomic_file(path: Path, *, overwrite: bool = True) -> Iterator[BinaryIO]:
    """Give a file to write into that takes its name only when it is complete and on the disk.

    The bytes go to a temporary file in the same folder, are synchronised, renamed, and the folder is synchronised:
    without both synchronisations a power cut leaves an empty or torn file in most cases.

    Args:
        path: the final name.
        overwrite: False refuses an existing file, also one that appears meanwhile.

    Raises:
        ExchangeError: ``file.exists``, ``file.disk_full``, ``file.no_permission`` (also for what lies in the program's
            own folder), ``file.missing`` (no such folder),
            ``file.not_regular`` (a device or pipe must not be replaced) or ``file.unwritable``; the final name is then
            as it was.
    """
    temporary = path.parent / f".{secrets.token_hex(8)}.tmp"
    with translated_errors(path, "file.unwritable"), contextlib.ExitStack() as undo:
        if path.exists():
            _check_ordinary(path)
            _check_foreign(path)
        file = temporary.open("xb")
        undo.callback(_forget, temporary)
        with file:
            yield file
            file.flush()
            _synchronise(file.fileno())
        if not overwrite:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))  # the name is ours from here on
            undo.callback(_forget, path)
        _replace(temporary, path)
        undo.pop_all()
        _synchronise_folder(path.parent)


@contextlib.contextmanager
def translated_errors(path: Path, otherwise: str) -> Iterator[None]:
    """Turn the operating system's complaints about `path` into `ExchangeError`; `otherwise` is the code of the rest."""
    try:
        yield
    except OSError as error:
        code = {
            errno.ENOENT: "file.missing",
            errno.ENOTDIR: "file.missing",
            errno.EISDIR: "file.not_regular",
            errno.EEXIST: "file.exists",
            errno.EACCES: "file.no_permission",
            errno.EPERM: "file.no_permission",
            errno.EROFS: "file.no_permission",
            errno.ENOSPC: "file.disk_full",
            errno.EDQUOT: "file.disk_full",
        }.get(error.errno or 0, otherwise)
        raise ExchangeError(code, name=path.name, reason=error.strerror or "", kind="folder") from error
    except ValueError as error:
        if "null" not in str(error):  # only "embedded null byte" is about the name
            raise
        raise ExchangeError("file.missing", name=path.name) from error


def _replace(
    source: Path,
    target: Path,
    rename: Callable[[Path, Path], None] = os.replace,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Rename over the target, waiting up to 2.5 seconds for a scanner that holds it (Windows only)."""
    for delay in _RETRY_DELAYS:
        try:
            rename(source, target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _SHARING_VIOLATIONS:
                raise
            sleep(delay)
        else:
            return
    rename(source, target)


def _synchronise(descriptor: int) -> None:
    """Push the bytes to the medium; macOS needs its own call, fsync stops at the drive's cache there."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        full = getattr(fcntl, "F_FULLFSYNC", None)
        if full is not None:
            fcntl.fcntl(descriptor, full)
            return
    os.fsync(descriptor)


def _synchronise_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows neither offers nor needs it."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network file systems refuse; the file itself is already safe
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _forget(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
