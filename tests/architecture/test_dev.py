"""dev.py: what it decides before it starts anything. Nothing is installed here."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.architecture.sources import ROOT


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bare_linux(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A Linux that has no library at all, and a person in front of it who is not root."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev, "_loader_cache", lambda: {"libGL.so.1"})
    monkeypatch.setattr(dev, "_loads", lambda name: False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return dev


def _tools(monkeypatch: pytest.MonkeyPatch, dev: Any, *names: str) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}" if name in names else None)


def test_missing_libraries_are_one_line_for_debian(
    bare_linux: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _tools(monkeypatch, bare_linux, "apt-get")
    with pytest.raises(SystemExit) as ended:
        bare_linux.check_libraries()
    assert ended.value.code == bare_linux.CANNOT
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("sudo apt-get install -y --no-install-recommends libbrotli1 ")
    for package in ("libegl1", "libxkbcommon0", "libxcb-cursor0", "libwayland-cursor0", "libcups2"):
        assert f" {package}" in line
    assert " libgl1" not in line  # that one is there


def test_missing_libraries_are_one_line_for_fedora(
    bare_linux: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _tools(monkeypatch, bare_linux, "dnf")
    with pytest.raises(SystemExit):
        bare_linux.check_libraries()
    assert "sudo dnf install -y 'libEGL.so.1()(64bit)'" in capsys.readouterr().err


def test_missing_libraries_are_installed_by_root(bare_linux: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    _tools(monkeypatch, bare_linux, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(bare_linux, "_install", asked.append)
    bare_linux.check_libraries()
    assert asked[0][:4] == ["apt-get", "install", "-y", "--no-install-recommends"]


def test_a_window_that_can_do_without_is_not_blocked(
    bare_linux: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    core = {entry.split()[0] for entry in bare_linux.LIBRARIES["core"].split(",")}
    monkeypatch.setattr(bare_linux, "_loader_cache", lambda: core)
    _tools(monkeypatch, bare_linux, "apt-get")
    bare_linux.check_libraries()  # no display: X11's libraries are not asked for
    assert "libcups2" in capsys.readouterr().out
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(SystemExit):
        bare_linux.check_libraries()


def test_children_write_bytecode_and_see_no_foreign_packages(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "1")
    environment = dev.environment(QT_QPA_PLATFORM="offscreen")
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert "PYTHONPATH" not in environment
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert environment["PATH"] == os.environ["PATH"]


@pytest.mark.parametrize(
    ("arguments", "starts"),
    [
        ([], ["tour"]),
        (["--data", "x"], ["tour"]),
        (["--help"], ["-m", "directsell", "--help"]),
        (["--lang", "de"], ["tour"]),
        (["--lang", "de", "doctor"], ["-m", "directsell", "--lang", "de", "doctor"]),
        (["import", "sales", "x.csv"], ["-m", "directsell", "import", "sales", "x.csv"]),
    ],
)
def test_run_without_a_display_is_the_tour(
    dev: Any, monkeypatch: pytest.MonkeyPatch, arguments: list[str], starts: list[str]
) -> None:
    started: list[list[str]] = []

    def note(*parts: object, **_extra: str) -> int:
        started.append([str(part) for part in parts])
        return 0

    monkeypatch.setattr(dev, "has_display", lambda: False)
    monkeypatch.setattr(dev, "call", note)
    monkeypatch.setattr(dev, "tour", lambda rest: note("tour"))
    assert dev.run(arguments) == 0
    assert started == [starts]


def test_an_old_python_gets_a_sentence(
    dev: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit):
        dev.check_interpreter()
    assert "needs Python 3.11 to 3.14; this is Python 3.9" in capsys.readouterr().err


def test_every_command_is_in_the_help(dev: Any) -> None:
    assert all(f"\n    {name}" in dev.__doc__ for name in dev.COMMANDS)


def test_everything_is_tested_in_two_halves_and_one_red_half_is_enough(
    dev: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "told"
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\necho "ran $*" | tee -a "{told}"\ncase "$*" in *--ignore*) exit 1;; esac\n')
    script.chmod(0o700)
    monkeypatch.setattr(dev, "python", lambda: script)
    assert dev.test([]) == 1
    assert sorted(told.read_text().splitlines()) == ["ran -m pytest tests --ignore=tests/ui", "ran -m pytest tests/ui"]
    assert capfd.readouterr().out.count("ran -m pytest") == 2
    assert dev.test(["tests/domain", "-x"]) == 0
    assert told.read_text().splitlines()[-1] == "ran -m pytest tests/domain -x"
