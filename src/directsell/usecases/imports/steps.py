"""What imports have in common: progress, cancelling, records kept until a batch is full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from directsell.domain.records import Record
from directsell.exchange.errors import ExchangeError
from directsell.store.work import Work

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
BATCH = 5_000


def check(done: int, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
    """Report and stop if asked to.

    Raises:
        ExchangeError: ``exchange.cancelled``; the transaction is rolled back.
    """
    if cancelled is not None and cancelled():
        raise ExchangeError("exchange.cancelled")
    if progress is not None:
        progress(done, total)


class Batch:
    """New records in the order in which they refer to each other, written together when there are many."""

    def __init__(self, work: Work, *kinds: type[Record]) -> None:
        self._work = work
        self._kinds: dict[type[Record], list[Any]] = {kind: [] for kind in kinds}
        self._count = 0

    def add(self, record: Record) -> None:
        """Keep a new record."""
        self._kinds[type(record)].append(record)
        self._count += 1

    @property
    def full(self) -> bool:
        """Whether it is time to ``flush``."""
        return self._count >= BATCH

    def flush(self) -> None:
        """Write what was kept."""
        for records in self._kinds.values():
            self._work.insert_many(records)
            records.clear()
        self._count = 0
