"""The log file, crash traces and the text of a problem report; none of them may contain data of customers.

Messages of exceptions often quote what was typed, so they are written only for errors that cannot hold any:
codes of our own errors, errors of the system by number, mistakes in the program (names, types, imports, SQL).
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from directsell import __version__
from directsell.files import private_folder

LOG = logging.getLogger("directsell")
_SIZE, _OLD_FILES = 512 * 1024, 3
_FORGOTTEN = 30 * 86_400  # seconds
_MESSAGE_IS_CODE = (AttributeError, ImportError, NameError, AssertionError, NotImplementedError, RecursionError)
_OWN_TREES = ("directsell", "site-packages", "tests")

Crash = Callable[[str], None]


class _RotatingFile(logging.FileHandler):
    """``app.log``, ``app.1.log`` ...; logging.handlers would cost 20 ms of the start (it imports sockets)."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", delay=True, errors="replace")
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() > _SIZE:
                self._turn()
            super().emit(record)
        except (OSError, ValueError):
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A log that cannot be written (full disk, read-only folder) never disturbs the work."""

    def _turn(self) -> None:
        self.close()
        for number in range(_OLD_FILES, 0, -1):
            older = self._path.with_suffix(f".{number}.log")
            newer = self._path if number == 1 else self._path.with_suffix(f".{number - 1}.log")
            with contextlib.suppress(OSError):
                newer.replace(older)
        self.stream = self._open()


class _Formatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(message)s")
        self.converter = time.gmtime

    def formatException(  # noqa: N802
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return trace_of(ei[1]) if ei[1] is not None else ""


class Logs:
    """The running log of this process. ``previous_crash`` is the trace of a crash of the run before, if any.

    Args:
        folder: where ``app.log`` and crash traces lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.previous_crash: Path | None = None
        self._on_crash: Crash | None = None
        self._crash_file: TextIO | None = None
        self._handler: _RotatingFile | None = None
        self._hooks = sys.excepthook, threading.excepthook

    @property
    def path(self) -> Path:
        """The log file."""
        return self.folder / "app.log"

    @property
    def _native(self) -> Path:
        return self.folder / f"crash-native-{os.getpid()}.log"

    def start(self) -> Logs:
        """Open the log, look for the trace of an earlier crash, catch what nobody catches; never fails."""
        try:
            private_folder(self.folder)
            self._handler = _RotatingFile(self.path)
            self._handler.setFormatter(_Formatter())
            LOG.addHandler(self._handler)
            self._watch_for_crashes()
        except OSError:
            pass  # a program without a log is better than none
        LOG.setLevel(logging.INFO)
        LOG.propagate = False
        sys.excepthook = self._main_thread_died
        threading.excepthook = self._thread_died
        LOG.info("start %s on Python %s, %s", __version__, sys.version.split()[0], sys.platform)
        return self

    def _watch_for_crashes(self) -> None:
        kept = self.folder / "crash-previous.log"
        for native in self.folder.glob("crash-native-*.log"):  # one for each process: the command line runs beside
            with contextlib.suppress(OSError):
                if native.stat().st_size > 0:
                    native.replace(kept)
                    self.previous_crash = kept
                elif time.time() - native.stat().st_mtime > _FORGOTTEN:
                    native.unlink()  # its process was killed long ago
        self._crash_file = self._native.open("w", encoding="utf-8")  # faulthandler keeps it until the end
        faulthandler.enable(self._crash_file)

    def forget_previous_crash(self) -> None:
        """Remove the trace of the earlier crash, once the user has seen it."""
        if self.previous_crash is not None:
            self.previous_crash.unlink(missing_ok=True)
            self.previous_crash = None

    def on_crash(self, show: Crash | None) -> None:
        """Set what shows a report of an unexpected error (the window's dialog); called on the failing thread."""
        self._on_crash = show

    def report_error(self, error: BaseException, doing: str = "") -> str:
        """Log an unexpected error, show it, and return its report."""
        LOG.error("unexpected %s %s", type(error).__name__, doing, exc_info=error)
        text = self.report(error)
        if self._on_crash is not None:
            try:
                self._on_crash(text)
            except Exception:  # the window that shows errors must not cause more of them
                LOG.exception("the crash window failed")
        return text

    def _main_thread_died(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):  # Ctrl+C, SystemExit
            self._hooks[0](kind, error, trace)
            return
        text = self.report_error(error)
        if self._on_crash is None:
            print(text, file=sys.stderr)  # noqa: T201

    def _thread_died(self, args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            self.report_error(args.exc_value, f"in thread {args.thread.name if args.thread else '?'}")

    def report(self, error: BaseException | None = None) -> str:
        """Return a text for the people who mend the program: versions, trace, last lines of the log."""
        parts = [versions(), ""]
        if error is not None:
            parts += [trace_of(error), ""]
        return "\n".join([*parts, *self.last_lines()])

    def last_lines(self, count: int = 40) -> list[str]:
        """Return the newest lines of the log."""
        if self._handler is not None:
            self._handler.flush()
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
        except OSError:
            return []

    def stop(self) -> None:
        """Close the files and put the hooks back."""
        sys.excepthook, threading.excepthook = self._hooks
        if self._handler is not None:
            LOG.info("stop")
            LOG.removeHandler(self._handler)
            self._handler.close()
            self._handler = None
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
            with contextlib.suppress(OSError):
                self._native.unlink()


def versions() -> str:
    """Return the versions of the program and of what it stands on; only of modules that are loaded."""
    import platform

    lines = [f"DirectSell {__version__}", f"Python {platform.python_version()} {platform.machine()}"]
    lines.append(f"{platform.system()} {platform.release()}")
    driver, qt = sys.modules.get("sqlcipher3.dbapi2"), sys.modules.get("PySide6.QtCore")
    if driver is not None:
        lines.append(f"SQLite {driver.sqlite_version}")
    if qt is not None:
        lines.append(f"Qt {qt.qVersion()}")
    return "\n".join(lines)


def trace_of(error: BaseException) -> str:
    """Return the trace of an error: files without the machine's folders, messages only where they are harmless."""
    lines = []
    seen: set[int] = set()
    chain: BaseException | None = error
    while chain is not None and id(chain) not in seen:
        seen.add(id(chain))
        frames = traceback.extract_tb(chain.__traceback__)
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        lines.append(f"{type(chain).__module__}.{type(chain).__qualname__}: {_harmless(chain)}")
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
        if chain is not None:
            lines.append("caused by")
    return "\n".join(lines)


def _place(filename: str) -> str:
    parts = filename.replace("\\", "/").split("/")
    for tree in _OWN_TREES:
        if tree in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(tree) :])
    return parts[-1]


def _harmless(error: BaseException) -> str:
    code = getattr(error, "code", None)
    if isinstance(code, str):
        return code
    if isinstance(error, OSError):
        return f"{error.errno} {error.strerror}"
    if isinstance(error, _MESSAGE_IS_CODE) or type(error).__module__.startswith("sqlcipher3"):
        return str(error)[:300]
    return f"({len(str(error))} characters)"
