"""Guards around every test: no network, no stray file, thread, timer or window, no dependence on the machine.

Fixtures of one layer live in that layer's own conftest; only what every test needs may be added here.
"""

from __future__ import annotations

import builtins
import gc
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# Before anything imports Qt or asks for a folder: off screen, a foreign home, a zone that nobody develops in.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # the bus leads to the user's real keyring
os.environ["TZ"] = os.environ.get("DIRECTSELL_TEST_TZ", "America/St_Johns")
if hasattr(time, "tzset"):
    time.tzset()
for _variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_TIME", "LC_NUMERIC"):
    os.environ.pop(_variable, None)
os.environ["LANG"] = "C.UTF-8"

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, database=None)
settings.register_profile("thorough", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

_plain_import = builtins.__import__


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Take PySide6's import hook out again: it reads the source of every module imported later."""
    builtins.__import__ = _plain_import


# --- the process may not: audit hooks see every Python-level attempt -------------------------------------------

_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")
_TOOL_FOLDERS = {"__pycache__", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".git", ".venv"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_strays: list[str] = []


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def _inside_repository(path: object) -> bool:
    """Tell whether a path that was opened or created lies in the working tree (tools' own folders apart)."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - resolve() would itself touch the disk
    if not full.startswith(str(ROOT) + os.sep):
        return False
    return _TOOL_FOLDERS.isdisjoint(Path(full).relative_to(ROOT).parts)


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = args[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            raise NetworkForbidden(f"connect to {address}")
    elif event == "socket.getaddrinfo":
        host = args[0]
        if host and not str(host).startswith(_LOOPBACK):
            raise NetworkForbidden(f"look-up of {host!r}")
    elif event == "open":
        path, mode, flags = args
        writes = flags & _WRITING if isinstance(flags, int) else any(sign in str(mode) for sign in "wax+")
        if writes and _inside_repository(path):
            _strays.append(os.fsdecode(path))
    elif event in ("os.mkdir", "os.rename", "os.link", "os.symlink"):
        target = args[0] if event == "os.mkdir" else args[1]
        if _inside_repository(target):
            _strays.append(os.fsdecode(target))


sys.addaudithook(_audit)


# --- what a test may not leave behind ---------------------------------------------------------------------------


def _real_threads() -> set[threading.Thread]:
    """Return the running Python threads; threads of Qt's pool that only visited Python do not count."""
    return {
        thread
        for thread in threading.enumerate()
        if thread.is_alive() and not isinstance(thread, threading._DummyThread)
    }


def _wait_for_end(threads: set[threading.Thread], seconds: float = 2.0) -> list[str]:
    """Give threads a moment to end; return the names of those that do not."""
    end = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return sorted(thread.name for thread in threads if thread.is_alive())


@pytest.fixture(scope="session", autouse=True)
def _foreign_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point every per-user folder at an empty one, so no test sees or touches the user's data."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name in ("DATA", "CONFIG", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        runtime = Path(tempfile.mkdtemp(prefix="rt-", dir=home))  # Qt wants 0700, and short names for its sockets
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        yield


@pytest.fixture(autouse=True)
def _leaves_nothing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a window, a running timer or a file in the working tree."""
    threads = _real_threads()
    windows = set(_windows())
    _strays.clear()
    yield
    left = [f"thread {name}" for name in _wait_for_end(_real_threads() - threads)]
    left += [f"file {path}" for path in dict.fromkeys(_strays) if Path(path).exists()]
    if "qapp" in request.fixturenames:
        left += _windows_left(windows) + _timers_left()
    if left:
        pytest.fail("the test left behind: " + ", ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def _english() -> None:
    """Start every test in English, whatever the test before chose."""
    i18n: Any = sys.modules.get("directsell.i18n")
    if i18n is not None and hasattr(i18n, "activate"):
        i18n.activate("en_US")


def _windows() -> dict[int, str]:
    """Return address -> description of the parentless widgets that live, without importing Qt."""
    widgets: Any = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets is not None else None
    if not isinstance(application, getattr(widgets, "QApplication", ())):
        return {}
    shiboken: Any = sys.modules["shiboken6"]
    return {
        shiboken.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in widgets.QApplication.topLevelWidgets()
        if widget.parent() is None and widget.metaObject().className() != "QTipLabel"
    }


def _windows_left(before: set[int]) -> list[str]:
    core: Any = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    if not set(_windows()) - before:
        return []
    gc.collect()  # a window in a reference cycle is only forgotten, not leaked
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    return [f"window {name}" for address, name in _windows().items() if address not in before]


def _timers_left() -> list[str]:
    """Stop and name the timers that still run: the next test must not be disturbed by them as well."""
    core: Any = sys.modules["PySide6.QtCore"]
    shiboken: Any = sys.modules["shiboken6"]
    left = []
    for thing in gc.get_objects():
        if type(thing) is core.QTimer and shiboken.isValid(thing) and thing.isActive():
            thing.stop()
            left.append(f"timer {thing.objectName() or type(thing.parent()).__name__}")
    return left
