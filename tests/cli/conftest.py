"""A data folder of its own for each test, and commands run in this process as ``directsell`` would run them."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from directsell import bootstrap, cli
from directsell.context import Context
from directsell.domain.clock import FixedClock
from directsell.store.keys import Cost
from tests.fixtures import books

CHEAP = Cost(memory=1 << 20, passes=1)


@dataclass(frozen=True)
class Outcome:
    """Exit status and both streams of one command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass
class Shell:
    """Runs commands on one data folder; ``work`` is the folder in which they are typed."""

    folder: Path
    work: Path
    monkeypatch: pytest.MonkeyPatch
    clock: FixedClock = field(default_factory=lambda: FixedClock(books.NOON))

    def context(self) -> Context:
        """Return the context of a command."""
        return bootstrap.make_context(self.folder, clock=self.clock, cost=CHEAP)

    def __call__(self, *arguments: object, typed: str | None = None, **variables: str) -> Outcome:
        """Run a command.

        Args:
            *arguments: as typed.
            typed: what a person at a terminal answers; None is a script.
            **variables: of the environment.
        """
        out, err = io.StringIO(), io.StringIO()
        source = io.StringIO(typed or "")
        with self.monkeypatch.context() as patch:
            patch.chdir(self.work)
            for name in ("DIRECTSELL_PASSWORD", "DIRECTSELL_NEW_PASSWORD", "DIRECTSELL_RECOVERY_CODE"):
                patch.delenv(name, raising=False)
            for name, value in variables.items():
                patch.setenv(name, value)
            for stream in (err, source):
                patch.setattr(stream, "isatty", lambda: typed is not None, raising=False)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", source)
            context = self.context()
            context.logs.start()
            try:
                status = cli.main([str(argument) for argument in arguments], context)
            finally:
                context.logs.stop()
        return Outcome(status, out.getvalue(), err.getvalue())

    def write(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """Put a file into the working folder."""
        path = self.work / name
        path.write_text(text, encoding=encoding)
        return path


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """An empty data folder."""
    work = tmp_path / "work"
    work.mkdir()
    return Shell(tmp_path / "data", work, monkeypatch)


@pytest.fixture
def shop(shell: Shell) -> Shell:
    """A business in the United States."""
    done = shell(
        "new", "Willow Carter", "--street", "1 Elm St", "--city", "Santa Fe", "--tax-rate", "7.75", "--key", "file"
    )
    assert done.status == 0, done.err
    return shell


@pytest.fixture
def sample(shell: Shell) -> Shell:
    """The sample business."""
    done = shell("sample", "--lang", "en", "--key", "plain")
    assert done.status == 0, done.err
    return shell
