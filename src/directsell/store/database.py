"""Store: the open database. One writer at a time, many readers, observers told after COMMIT."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlcipher3 import dbapi2 as driver

from directsell.domain.clock import Clock, to_micros
from directsell.domain.ids import IdSource
from directsell.store.changes import ChangeSet
from directsell.store.connection import Connection, connect
from directsell.store.errors import translate
from directsell.store.reader import Reader

if TYPE_CHECKING:
    from directsell.store.bulk import Bulk
    from directsell.store.work import Work

Observer = Callable[[ChangeSet], None]
_NAMED = 2_000  # a change of more rows than this is told by table only
_PATIENCE = 0.02  # seconds; a query that was between two statements is stopped at its next one
_STEPS_BETWEEN_CANCEL_CHECKS = 20_000


class Store:
    """An open, current database (see upgrade.open_store for how it gets there).

    Args:
        path: the database file.
        key: its key (32 bytes), or None for a plain file.
        clock: the injected clock.
        ids: where new ids come from.
    """

    def __init__(self, path: Path, key: bytes | None, *, clock: Clock, ids: IdSource) -> None:
        self.path = path
        self.key = key
        self.clock = clock
        self.ids = ids
        self._idle: list[Connection] = []  # the last one given back is the next one taken: its cache is warm
        self._all: list[Connection] = []
        self._guard = threading.Condition()
        self._writing = threading.RLock()
        self._writer: Connection | None = None
        self._observers: list[Observer] = []
        self._closed = False
        self._lent = 0
        self._idle.append(self._open())

    def _open(self) -> Connection:
        if self._closed:
            raise Cancelled("the book was closed")
        connection = connect(self.path, self.key)
        with self._guard:
            self._all.append(connection)
        return connection

    def extra_connection(self) -> Connection:
        """Open a further connection for a use of its own (drafts); it is closed with the store.

        Raises:
            StoreError: the environment failed.
        """
        return self._open()

    def _lend(self) -> Connection:
        with self._guard:
            if self._closed:
                raise Cancelled("the book was closed")
            self._lent += 1
            if self._idle:
                return self._idle.pop()
        try:
            return self._open()
        except BaseException:
            self._take_back(None)
            raise

    def _take_back(self, connection: Connection | None) -> None:
        with self._guard:
            self._lent -= 1
            if connection is not None:
                self._idle.append(connection)
            self._guard.notify_all()

    @contextmanager
    def read(self, cancelled: Callable[[], bool] | None = None) -> Iterator[Reader]:
        """Give a read-only view of one moment (a WAL snapshot).

        Args:
            cancelled: asked now and then; when it says True the running statement stops with ``Cancelled``.

        Raises:
            StoreError: the environment failed.
            Cancelled: the query was cancelled.
        """
        connection = self._lend()
        try:
            if cancelled is not None:
                connection.set_progress_handler(cancelled, _STEPS_BETWEEN_CANCEL_CHECKS)
            connection.execute("BEGIN")
            try:
                yield Reader(connection)
            finally:
                connection.execute("ROLLBACK")
        except driver.Error as error:
            if "interrupted" in str(error):
                raise Cancelled from error
            raise translate(error) or error from error
        finally:
            if cancelled is not None:
                connection.set_progress_handler(None, 0)
            self._take_back(connection)

    @contextmanager
    def write(
        self,
        label: str,
        *,
        origin: str = "user",
        reverts: int | None = None,
        barrier: bool = False,
    ) -> Iterator[Work]:
        """Open a writing transaction; leaving it commits, an exception rolls everything back.

        Args:
            label: msgid of what is done, shown by undo and history.
            origin: see ``ChangeSet``.
            reverts: the transaction that this one puts back.
            barrier: a number is issued: this cannot be undone.

        Raises:
            StoreError: the environment failed; nothing was written.
            Cancelled: ``work.given_up`` said so at the last moment; nothing was written.
        """
        from directsell.store import derive  # records are first needed by the first write, not by the first paint
        from directsell.store.work import Work

        with self._writing:
            connection = self._writer_connection()
            try:
                with _transaction(connection):
                    now = self.clock.now()
                    device, series = connection.execute("SELECT dev, series FROM sync_state").fetchone()
                    tx = connection.execute(
                        "INSERT INTO journal_tx(at, device, label, origin, reverts, barrier) "
                        "VALUES (?, ?, ?, ?, ?, ?) RETURNING tx",
                        (to_micros(now), device, label, origin, reverts, barrier),
                    ).fetchall()[0][0]
                    connection.execute("UPDATE sync_state SET tx = ?, now = ?", (tx, to_micros(now)))
                    work = Work(
                        connection, clock=self.clock, ids=self.ids, now=now, tx=tx, device=device, series=series
                    )
                    yield work
                    tables = self._touched(connection, tx, work.bulk)
                    derive.refresh(connection, tx, tables, work.bulk)
                    if work.params:
                        params = json.dumps(work.params, ensure_ascii=False)
                        connection.execute("UPDATE journal_tx SET params = ? WHERE tx = ?", (params, tx))
                    if not tables:
                        connection.execute("DELETE FROM journal_tx WHERE tx = ?", (tx,))
                    connection.execute("UPDATE sync_state SET tx = NULL")
                    if work.given_up is not None and work.given_up():
                        raise Cancelled("given up before the commit")
            except Exception as error:
                raise translate(error) or error from error
        if tables:
            self._tell(ChangeSet(tx, label, origin, barrier, tables, work.params))

    def _touched(self, connection: Connection, tx: int, bulk: Bulk) -> dict[str, frozenset[UUID] | None]:
        many = bulk.count > _NAMED
        if not many:
            rows = connection.execute("SELECT tbl, pk FROM journal WHERE tx = ? LIMIT ?", (tx, _NAMED + 1)).fetchall()
            many = len(rows) > _NAMED
        if many:
            tables = set(bulk.tables)
            sql = "SELECT DISTINCT tbl FROM journal WHERE tx = ? AND seq > ? AND seq < ?"
            for after, before in bulk.gaps():
                tables.update(table for (table,) in connection.execute(sql, (tx, after, before)))
            return dict.fromkeys(sorted(tables))
        touched: dict[str, set[UUID]] = {}
        for table, key in rows:
            touched.setdefault(table, set()).add(UUID(bytes=key))
        return {table: frozenset(ids) for table, ids in touched.items()}

    def _writer_connection(self) -> Connection:
        if self._writer is None:
            self._writer = self._open()
        return self._writer

    def warm_up(self) -> None:
        """Load what the first write needs (the records, the writing connection); for a worker after the first paint."""
        from directsell.store import derive, work  # noqa: F401

        with self._writing:
            self._writer_connection()

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """Give the writer's raw connection outside any transaction (drafts, backup, checkpoints)."""
        with self._writing:
            connection = self._writer_connection()
            try:
                yield connection
            except driver.Error as error:
                raise translate(error) or error from error

    def fold_log(self) -> None:
        """Move what the log holds into the file as far as no reader needs it, so that little depends on the log."""
        with self.exclusive() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def observe(self, callback: Observer) -> Callable[[], None]:
        """Call back after every commit, on the writing thread; returns how to stop it."""
        self._observers.append(callback)
        return lambda: self._observers.remove(callback)

    def _tell(self, changes: ChangeSet) -> None:
        for callback in tuple(self._observers):
            callback(changes)

    def close(self) -> None:
        """Fold the log into the file, close every connection, forget the key; safe to call twice.

        A running write is waited for; running queries are stopped with ``Cancelled``.
        """
        with self._writing:
            with self._guard:
                if self._closed:
                    return
                self._closed = True
                while self._lent:
                    for connection in self._all:
                        if connection not in self._idle:
                            connection.interrupt()
                    self._guard.wait(_PATIENCE)
            for connection in self._all:
                connection.close()
            self.key = None


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    """Commit at the end, or roll back; deferred transactions would fail at once under two writers, these wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back when the disk is full
            connection.execute("ROLLBACK")
        raise


class Cancelled(Exception):
    """The user stopped a running query or job; nothing was written."""
