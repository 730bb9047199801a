"""Fixtures of the use-cases' tests: the two shops, each in a book of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.shops import Shop, casa_verde, kuechenfee

_MEMORY = Path("/dev/shm")


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Give a folder in memory where the system has one: flushing to a busy disk would be most of the time."""
    fast = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="usecases-", dir=fast))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Scenario A: prices without tax."""
    opened = casa_verde(tmp_path / "a")
    yield opened
    opened.app.close()


@pytest.fixture
def laden(tmp_path: Path) -> Iterator[Shop]:
    """Scenario B: prices with tax."""
    opened = kuechenfee(tmp_path / "b")
    yield opened
    opened.app.close()
