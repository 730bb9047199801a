"""The faults of tests/perf/faults.py, briefly and for real: nothing acknowledged is lost, no number is there twice.

They run in a process of their own, because forking one with threads (Qt, hypothesis) is not safe.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FAULTS = Path(__file__).parent.parent / "perf" / "faults.py"


def _run(*options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(FAULTS), "--json", *options], capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    results: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 0, (results["seed"], done.stderr)
    return results


def test_forty_kills_while_orders_are_saved_and_numbers_issued() -> None:
    result = _run("--kill", "40")["kill"]
    assert result["wrong"] == []
    assert result["result"] > 20  # otherwise the victims did nothing; a busy machine lets them do less


@pytest.mark.parametrize(("fault", "trials"), [("full", 8), ("medium", 3)])
def test_a_disk_that_runs_full_says_so_and_the_work_goes_on_after(fault: str, trials: int) -> None:
    assert _run(f"--{fault}", str(trials))[fault]["wrong"] == []


def test_a_log_that_was_cut_opens_at_an_earlier_moment_and_the_marker_knows() -> None:
    assert _run("--cut", "12")["cut"]["wrong"] == []


def test_killed_migrations_restores_and_backups_leave_the_old_or_the_new() -> None:
    assert _run("--jobs", "18")["jobs"]["wrong"] == []
