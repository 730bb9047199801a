"""What was last seen of the database, kept outside of it: shows that a log was lost or an older file was put back.

SQLite opens such files without a word. The marker is written when a database is opened and closed, once a minute
while it is written to, and at once when a number is issued.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from directsell.domain.clock import Clock, to_micros
from directsell.files import atomic_write
from directsell.store.changes import ChangeSet
from directsell.store.database import Store
from directsell.store.errors import StoreError

_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest transaction known of a book: its number, its instant (micros), and the series used on this machine."""

    space: str
    device: str
    tx: int
    at: int
    series: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regression:
    """The database is older than it was: so many transactions, up to an instant (micros), are not in it."""

    missing: int
    seen: Seen
    found_tx: int


def load(path: Path) -> Seen | None:
    """Return what was last seen, or None when nothing (readable) was."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Seen(
            str(found["space"]), str(found["device"]), int(found["tx"]), int(found["at"]),
            tuple(map(str, found.get("series", ()))),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def regression(path: Path, store: Store) -> Regression | None:
    """Compare an opened database with what was last seen of it; None when nothing is missing."""
    seen = load(path)
    if seen is None:
        return None
    now = look(store, ())
    same_line = seen.device == now.device  # else it is the file of another laptop, or of before a restore
    if seen.space != now.space or (same_line and now.tx >= seen.tx):
        return None
    return Regression(max(0, seen.tx - now.tx), seen, now.tx)


def look(store: Store, series: tuple[str, ...]) -> Seen:
    """Return the present state of a database; ``series`` are those used before."""
    with store.read() as reader:
        dev, own, space = reader.rows("SELECT dev, series, space FROM sync_state")[0]
        row = reader.row("SELECT tx, at FROM journal_tx ORDER BY tx DESC LIMIT 1") or (0, 0)
    return Seen(space, dev, row[0], row[1], tuple(dict.fromkeys((*series, own))))


def write(path: Path, store: Store) -> None:
    """Write down what is seen now; a folder that cannot be written is no reason to stop working."""
    before = load(path)
    with suppress(OSError, StoreError):
        now = look(store, before.series if before else ())
        if now.space != (before.space if before else now.space):
            now = look(store, ())
        if now != before:  # the usual case at a start, which three flushes would delay
            atomic_write(path, json.dumps(asdict(now)).encode())


def watch(path: Path, store: Store, clock: Clock) -> Callable[[], None]:
    """Keep the marker up to date from now on; returns what stops it (and writes it a last time)."""
    written_at = [to_micros(clock.now())]
    write(path, store)

    def after_commit(changes: ChangeSet) -> None:
        passed = to_micros(clock.now()) - written_at[0]
        if changes.barrier or not 0 <= passed < _EVERY / timedelta(microseconds=1):
            written_at[0] = to_micros(clock.now())
            write(path, store)

    forget = store.observe(after_commit)

    def stop() -> None:
        forget()
        write(path, store)

    return stop
