"""From spawn to the readable Today page of the big book, against a bare window of the same run; then memory at rest."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from directsell.domain.clock import SystemClock
from directsell.store.backup import _STAMP
from directsell.store.keys import KeyMode, Keys
from directsell.store.version import VERSION
from tests.perf.big_book import BIG, KEY, SMALL, cached
from tests.perf.figures import Figure, Missing, median, progress, pss, tell

HERE = Path(__file__).resolve().parent
BUDGET, MEMORY, SETTLING = 1.5, 130, 12.0


def measure(*, quick: bool) -> None:
    """Tell how long a start takes and what the program needs at rest."""
    rounds = 3 if quick else 15
    with tempfile.TemporaryDirectory(prefix="directsell-bench-") as name, _display() as (platform, environment):
        folder = _data_folder(Path(name) / "data", cached(SMALL if quick else BIG))
        progress(f"on {platform}")
        hello, ours = [], []
        for number in range(rounds + 1):
            bare, program = _hello(environment), _ours(folder, environment)
            if number:  # the first ones compile and fill the cache of files
                hello.append(bare)
                ours.append(program)
        _tell_times(hello, ours, platform)
        _tell_memory(folder, environment)


def _data_folder(folder: Path, book: Path) -> Path:
    """Return a data folder as it is after some years: a big encrypted book, its key in a file, a backup of this hour."""
    backups = folder / "backups"
    backups.mkdir(parents=True)
    Keys(folder / "key.json", clock=SystemClock()).keep(KEY, KeyMode.FILE)
    shutil.copyfile(book, folder / "book.db")
    (folder / "book.db").chmod(0o600)
    backup = backups / f"directsell-{datetime.now(UTC).strftime(_STAMP)}-v{VERSION}.db"
    try:
        os.link(book, backup)
    except OSError:
        shutil.copyfile(book, backup)
    return folder


@contextlib.contextmanager
def _display() -> Iterator[tuple[str, dict[str, str]]]:
    """Give a screen for both: the one that is there, else a virtual one, else none."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(HERE.parents[1] / "src")
    if not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        yield "this screen", environment
        return
    if shutil.which("Xvfb") is None:
        yield "offscreen", environment | {"QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        environment.pop("QT_QPA_PLATFORM", None)
        yield "Xvfb", environment | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def _hello(environment: dict[str, str]) -> dict[str, Any]:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(HERE / "hello_window.py")], env=environment, capture_output=True, text=True, timeout=60
    )
    return _since(json.loads(done.stdout), began)


def _ours(folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    began = time.monotonic()
    program = _spawn(folder, "end", environment)
    out, errors = program.communicate(timeout=60)
    if not out:
        raise RuntimeError(f"the program did not show its Today page: {errors}")
    return _since(json.loads(out), began)


def _since(seen: dict[str, Any], began: float) -> dict[str, Any]:
    """Return the instants as milliseconds after the spawn, everything else as it is."""
    instants = ("first_paint", "content", "settled")
    return {name: (value - began) * 1e3 if name in instants else value for name, value in seen.items()}


def _spawn(folder: Path, then: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "started_program.py"), str(folder), then]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _tell_times(hello: list[dict[str, Any]], ours: list[dict[str, Any]], platform: str) -> None:
    how = f"median of {len(hello)} in turns, {platform}"
    bare = [one["content"] for one in hello]
    for name, told, budget in (
        ("content", "readable Today page", BUDGET),
        ("first_paint", "first paint", None),
        ("settled", "last paint", None),
    ):
        values = [one[name] for one in ours]
        least = f"; least {min(values):.0f} against {min(bare):.0f} ms"
        tell(Figure(f"start, {told}", median(values), "ms", budget, f"wall clock, {how}{least}", median(bare)))
    cpu, its = median([one["cpu_ms"] for one in ours]), median([one["cpu_ms"] for one in hello])
    tell(Figure("start, cpu of the window", cpu, "ms", None, f"processor time of the window's thread, {how}", its))
    unwanted = sorted({name for one in ours for name in one["unwanted"]})
    how = f"of {', '.join(unwanted) or 'none'}; {ours[0]['modules']} modules are loaded by then"
    tell(Figure("start, unwanted modules", len(unwanted), "modules", 0, how))


def _tell_memory(folder: Path, environment: dict[str, str]) -> None:
    program = _spawn(folder, "stay", environment)
    try:
        assert program.stdout is not None
        program.stdout.readline()
        early = pss(program.pid)
        time.sleep(SETTLING)
        late = pss(program.pid)
    finally:
        program.kill()
        program.communicate()
    if late == 0.0:
        tell(Missing("start, memory at rest", "this system does not tell the memory of a process"))
        return
    how = f"proportional memory {SETTLING:.0f} s after the page, all of the first save and paper loaded"
    tell(Figure("start, memory at rest", late, "MB", MEMORY, f"{how}; with the page shown {early:.0f} MB"))
