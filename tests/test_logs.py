"""Log, crash traces, problem reports: enough to mend the program, nothing of the customers."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from directsell.domain.errors import DomainError
from directsell.logs import LOG, Logs, trace_of
from directsell.store.errors import Conflict, Locked
from tests.fixtures import books

SECRET = "Łucja Kowalska +48 601 555 123"


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Logs]:
    started = Logs(tmp_path / "logs").start()
    yield started
    started.stop()


def _raise(error: Exception) -> Exception:
    try:
        try:
            raise error
        except Exception as inner:
            raise RuntimeError(SECRET) from inner
    except RuntimeError as outer:
        return outer


@pytest.mark.parametrize(
    "error",
    [
        ValueError(SECRET),
        KeyError(SECRET),
        Conflict(f"person {SECRET}", table="person", name=SECRET),
        DomainError("person.no_name", name=SECRET),
        FileNotFoundError(2, "No such file or directory", f"/home/{SECRET}/x"),
        UnicodeEncodeError("ascii", SECRET, 0, 1, "ordinal not in range"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_reports_name_error_and_place_but_nothing_that_was_typed(logs: Logs, error: Exception) -> None:
    text = logs.report_error(_raise(error))
    written = logs.path.read_text(encoding="utf-8")
    for words in ("Łucja", "Kowalska", "601", str(Path.home()), str(Path(__file__).parent.parent)):
        assert words not in text + written
    assert type(error).__name__ in text
    assert "tests/test_logs.py:" in text
    assert "DirectSell" in text


def test_codes_and_mistakes_in_the_program_are_readable(logs: Logs) -> None:
    assert "store.locked" in trace_of(Locked("x"))
    assert "no attribute 'nme'" in trace_of(AttributeError("'Person' object has no attribute 'nme'"))
    assert "13 Permission denied" in trace_of(PermissionError(13, "Permission denied"))


def test_what_nobody_catches_reaches_the_crash_window_from_every_thread(logs: Logs) -> None:
    shown: list[str] = []
    logs.on_crash(shown.append)

    def fail() -> None:
        raise ZeroDivisionError(SECRET)

    thread = threading.Thread(target=fail, name="worker-7")
    thread.start()
    thread.join()
    try:
        fail()
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert len(shown) == 2
    assert all("ZeroDivisionError" in text and SECRET not in text for text in shown)


def test_a_crash_window_that_fails_does_not_end_in_a_loop(logs: Logs) -> None:
    def broken(text: str) -> None:
        raise RuntimeError(text)

    logs.on_crash(broken)
    assert "ZeroDivisionError" in logs.report_error(ZeroDivisionError())
    assert "the crash window failed" in logs.path.read_text()


def test_a_native_crash_is_found_at_the_next_start(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\nfrom directsell.logs import Logs\n"
        "Logs(pathlib.Path(sys.argv[1])).start()\nimport ctypes\nctypes.string_at(0)\n"
    )
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path)], env=books.environment(), check=False)
    assert died.returncode != 0
    again = Logs(tmp_path).start()
    assert again.previous_crash is not None
    assert "string_at" in again.previous_crash.read_text()
    again.forget_previous_crash()
    again.stop()
    third = Logs(tmp_path).start()
    assert third.previous_crash is None
    third.stop()


def test_the_log_turns_and_never_grows_beyond_its_share(logs: Logs) -> None:
    for _ in range(4000):
        LOG.info("x" * 1000)
    sizes = [file.stat().st_size for file in logs.folder.glob("app*.log")]
    assert len(sizes) == 4
    assert max(sizes) < 520 * 1024


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    logs = Logs(tmp_path / "file" / "logs").start()
    assert "ZeroDivisionError" in logs.report_error(ZeroDivisionError())
    logs.stop()
