"""The files around the code: locks, requirements, translations, what may not be committed."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from tests.architecture.sources import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^ ;\\]+)", text, re.MULTILINE))


def _required(requirement: str) -> str:
    return re.split(r"[<>=~!; ]", requirement)[0].lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_versions_and_hashes_but_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra|--find-links|file:|@ |\.whl|^/|^-[re]", text, re.MULTILINE)
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"\S+==[\s\S]+--hash=sha256:", block), block.splitlines()[0]


def test_locks_hold_what_the_project_requires() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, developer = (_pins(name) for name in LOCKS)
    assert {_required(each) for each in project["project"]["dependencies"]} <= set(runtime), "run `dev.py lock`"
    assert {_required(each) for each in project["dependency-groups"]["dev"]} <= set(developer), "run `dev.py lock`"
    assert runtime.items() <= developer.items()


def test_qt_is_one_that_lives_on_this_python() -> None:
    """PySide6 6.12 eats references of None on Python before 3.12, until the process aborts."""
    assert _pins("requirements.lock")["pyside6-essentials"].startswith("6.11.")


def test_nothing_generated_or_private_is_committed() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:  # an unpacked source archive has no history to look at
        return
    unwanted = re.compile(
        r"(\.mo|\.pyc|\.sqlite3?|\.db|\.log|\.pem|\.key|\.env)$|(^|/)(\.venv|__pycache__|build|dist)/"
    )
    assert not [line for line in done.stdout.splitlines() if unwanted.search(line)]
