"""The guards of tests/conftest.py: each must fail a test that does what it forbids."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT

OFFENDERS = """
import datetime, os, socket, threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

kept = []
release = threading.Event()

def test_thread():
    threading.Thread(target=release.wait, daemon=True).start()

def test_file():
    Path(__file__).with_name("stray.txt").write_text("")

def test_window(qapp):
    kept.append(QWidget())

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(60_000)

def test_network():
    with pytest.raises(RuntimeError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(RuntimeError):
        socket.create_connection(("example.invalid", 80), timeout=0.1)

def test_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]):
        pass

def test_zone_and_home():
    assert datetime.datetime(2026, 1, 1).astimezone().utcoffset() == datetime.timedelta(hours=-3, minutes=-30)
    assert Path.home() != Path(os.environ["HOME_BEFORE"])

def test_tidy_widget(qtbot, tmp_path):
    widget = QWidget()
    qtbot.addWidget(widget)
    QTimer(widget).start(60_000)
    (tmp_path / "mine.txt").write_text("")
"""


def test_guards(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (folder / "test_offenders.py").write_text(OFFENDERS, encoding="utf-8")
    environment = {**os.environ, "HOME_BEFORE": str(Path.home()), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "8 passed, 4 errors" in done.stdout, done.stdout
    assert re.findall(r"ERROR tests/test_offenders\.py::(\w+)", done.stdout) == [
        "test_thread",
        "test_file",
        "test_window",
        "test_timer",
    ]
