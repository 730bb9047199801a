"""What is loaded before the first page is readable: nothing heavy, and none of our own modules that only a save needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from directsell.bootstrap import make_context
from directsell.store.keys import KeyMode

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "tests" / "perf" / "started_program.py"
# Of ours: whole records, the writer, papers, foreign files, and the pages and widgets that nobody has opened yet.
LATER = (
    "directsell.domain.orders",
    "directsell.domain.people",
    "directsell.domain.papers",
    "directsell.store.mapper",
    "directsell.store.work",
    "directsell.store.schema",
    "directsell.documents",
    "directsell.exchange",
    "directsell.usecases",
    "directsell.ui.pages.orders",
    "directsell.ui.widgets.search_popup",
    "directsell.ui.welcome",
)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the program tells of its start on a small book."""
    folder = tmp_path_factory.mktemp("start") / "data"
    make_context(folder).create(KeyMode.FILE).close()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(folder), "end"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_nothing_heavy_is_loaded_before_the_first_page(started: dict[str, object]) -> None:
    assert started["unwanted"] == []


def test_what_only_later_steps_need_is_loaded_later(started: dict[str, object]) -> None:
    ours = started["ours"]
    assert isinstance(ours, list)
    early = [name for name in ours if any(name == later or name.startswith(f"{later}.") for later in LATER)]
    assert early == []
    assert len(ours) < 120
