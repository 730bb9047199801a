"""Fixtures of the store's tests: a book on a temporary disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from directsell.domain.clock import FixedClock
from directsell.store.database import Store
from tests.fixtures import books


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
