"""Fixtures of the store's tests: a book on a temporary disk."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from directsell.domain.clock import FixedClock
from directsell.store.database import Store
from tests.fixtures import books

collect_ignore = [] if sys.platform.startswith("linux") else ["test_system_keyring.py"]  # D-Bus is Linux
_MEMORY = Path("/dev/shm")


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Give a folder in memory where the system has one: flushing to a busy disk would be most of the time."""
    fast = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="store-", dir=fast))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(books.NOON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return books.put_book(tmp_path / "data")


@pytest.fixture
def store(path: Path, clock: FixedClock) -> Iterator[Store]:
    opened = books.open_book(path, clock=clock)
    yield opened
    opened.close()
