"""Half-typed forms, kept in the encrypted database at every key or pause of the keyboard; never journalled, never synced.

A connection of their own with a short patience: a long import in the background must not stop the typing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlcipher3 import dbapi2 as driver

from directsell.domain.clock import from_micros, to_micros
from directsell.store.connection import Connection
from directsell.store.database import Store
from directsell.store.errors import translate

_PATIENCE_MS = 250
_Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left: ``key`` names form and record (``"order:new"``), ``body`` is what was typed."""

    key: str
    body: Mapping[str, Any]
    saved_at: datetime


class Drafts:
    """The drafts of an open database; its connection is closed with the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def save(self, key: str, body: Mapping[str, Any]) -> None:
        """Keep what is typed so far, in place of the earlier draft of the same key; durable when it returns.

        Args:
            key: name of form and record.
            body: plain values that JSON can hold.

        Raises:
            StoreError: disk full, read-only, or the database is busy (``Locked``: try again at the next pause).
        """
        text = json.dumps(body, ensure_ascii=False)
        self._run(
            "INSERT INTO draft(key, body, saved_at) VALUES (?1, ?2, ?3) "
            "ON CONFLICT(key) DO UPDATE SET body = ?2, saved_at = ?3 WHERE body IS NOT ?2",
            (key, text, to_micros(self._store.clock.now())),
        )

    def load(self, key: str) -> Draft | None:
        """Return the draft of a key, or None.

        Raises:
            StoreError: the database cannot be read.
        """
        return next(iter(_drafts(self._run("SELECT key, body, saved_at FROM draft WHERE key = ?", (key,)))), None)

    def list(self) -> tuple[Draft, ...]:
        """Return all drafts, the newest first.

        Raises:
            StoreError: the database cannot be read.
        """
        return tuple(_drafts(self._run("SELECT key, body, saved_at FROM draft ORDER BY saved_at DESC, key", ())))

    def delete(self, key: str) -> None:
        """Forget a draft, after its form was saved or given up; one that is not there is no error.

        Raises:
            StoreError: as ``save``.
        """
        self._run("DELETE FROM draft WHERE key = ?", (key,))

    def _run(self, sql: str, params: tuple[object, ...]) -> _Rows:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._store.extra_connection()
                    self._connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
                rows: _Rows = self._connection.execute(sql, params).fetchall()
            except driver.Error as error:
                raise translate(error) or error from error
        return rows


def _drafts(rows: _Rows) -> list[Draft]:
    return [Draft(key, json.loads(body), from_micros(at)) for key, body, at in rows]
