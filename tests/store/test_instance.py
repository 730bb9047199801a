"""One program per folder: refused while one runs, taken over when it was killed, asked about when it was elsewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from directsell.store.errors import Missing
from directsell.store.instance import AlreadyRunning, HeldElsewhere, acquire
from tests.fixtures import books

_HOLDER = """
import sys, pathlib
from directsell.store.instance import acquire
lock = acquire(pathlib.Path(sys.argv[1]), host="here")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_start_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    lock = acquire(tmp_path)
    with pytest.raises(AlreadyRunning):
        acquire(tmp_path)
    lock.release()
    lock.release()
    acquire(tmp_path).release()


def test_the_lock_of_another_process_is_seen_and_dies_with_it(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=books.environment(),
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(AlreadyRunning) as caught:
        acquire(tmp_path, host="here")
    assert caught.value.params["pid"] == holder.pid
    holder.kill()
    holder.wait()
    holder.stdout.close()
    holder.stdin.close()
    acquire(tmp_path, host="here").release()


def test_a_lock_left_by_another_machine_is_a_question(tmp_path: Path) -> None:
    (tmp_path / "directsell.lock").write_text('{"pid": 1, "host": "other"}')
    with pytest.raises(HeldElsewhere) as caught:
        acquire(tmp_path, host="here")
    assert caught.value.params["host"] == "other"
    acquire(tmp_path, host="here", take_over=True).release()
    acquire(tmp_path, host="third").release()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff" * 5000])
def test_rubbish_in_the_lock_file_locks_nobody_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "directsell.lock").write_bytes(content)
    acquire(tmp_path).release()


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        acquire(tmp_path / "gone")
