"""Half-typed orders in the drafts: kept at every key, found again, forgotten. No form, no fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from directsell.store.errors import StoreError
from directsell.ui.session import Session
from directsell.ui.tasks import Lane
from directsell.ui.widgets.order_form.working import Working, from_body

_PREFIX = "order:"


@dataclass(frozen=True, slots=True)
class Kept:
    """A half-typed order and when it was kept."""

    working: Working
    saved_at: datetime


def draft_key(order_id: UUID) -> str:
    """Return the key of an order among the drafts."""
    return f"{_PREFIX}{order_id}"


def kept_orders(session: Session) -> Sequence[Kept]:
    """Return the half-typed orders, the latest first; none when the drafts cannot be read."""
    try:
        drafts = session.drafts.list()
    except StoreError:
        return ()
    found = ((from_body(draft.body), draft.saved_at) for draft in drafts if draft.key.startswith(_PREFIX))
    return [Kept(working, at) for working, at in found if working is not None]


def keep_draft(session: Session, key: str, body: dict[str, Any] | None) -> None:
    """Keep a half-typed order that no form shows just now; None forgets it."""
    session.tasks.start(_Keep(session, key, body), lane=Lane.WRITE, failed=session.complain, owner=session)


class DraftKeeper(QObject):
    """``DraftKeeper(session, body, parent)``: ``touch()`` at every key, ``settle()`` keeps at once, ``forget(key)``.

    A key is on the disk as soon as the disk has taken the one before: a power cut costs at most what is on its way.
    Keys that come faster than the disk are kept together. ``body()`` gives (key, plain values), (key, None) when all that
    was typed is erased again, or None when nothing was typed. Signals: ``kept()``, ``refused()``, ``forgotten()`` the draft is gone.
    """

    kept = Signal()
    refused = Signal()
    forgotten = Signal()

    def __init__(
        self, session: Session, body: Callable[[], tuple[str, dict[str, Any] | None] | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._body = body
        self._writing = 0
        self._waits = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # once for all that one key changes
        self._timer.timeout.connect(self._due)

    @property
    def is_kept(self) -> bool:
        """All that was typed is on the disk, unless that was refused."""
        return not (self._writing or self._waits or self._timer.isActive())

    def touch(self) -> None:
        """Something was typed: keep it."""
        self._timer.start()

    def settle(self) -> None:
        """Keep what waits, now."""
        if self._timer.isActive() or self._waits:
            self.stop()
            self._keep()

    def stop(self) -> None:
        """Keep nothing more of what waits."""
        self._timer.stop()
        self._waits = False

    def forget(self, key: str) -> None:
        """Remove a draft: its order was stored or thrown away."""
        self.stop()
        drop = _Drop(self._session, key)
        self._session.tasks.start(drop, lane=Lane.WRITE, done=self._gone, failed=self._session.complain, owner=self)

    def _due(self) -> None:
        if self._writing:
            self._waits = True
        else:
            self._keep()

    def _keep(self) -> None:
        found = self._body()
        if found is None:
            return
        self._writing += 1
        keep = _Keep(self._session, *found)
        self._session.tasks.start(keep, lane=Lane.WRITE, done=self._done, failed=self._failed, owner=self)

    def _written(self) -> None:
        self._writing -= 1
        if self._waits and not self._writing:
            self._waits = False
            self._keep()

    def _gone(self, _result: object) -> None:
        self.forgotten.emit()

    def _done(self, _result: object) -> None:
        self._written()
        self.kept.emit()

    def _failed(self, _error: Exception) -> None:
        # The next key tries again; the words are still on the screen.
        self._written()
        self.refused.emit()


class _Keep:
    """Keeps a draft, or forgets it where nothing is left of it, in a worker."""

    def __init__(self, session: Session, key: str, body: dict[str, Any] | None) -> None:
        self._session = session
        self._key = key
        self._body = body

    def __call__(self, job: object) -> None:
        if self._body is None:
            self._session.drafts.delete(self._key)
        else:
            self._session.drafts.save(self._key, self._body)


class _Drop:
    """Forgets a draft, in a worker."""

    def __init__(self, session: Session, key: str) -> None:
        self._session = session
        self._key = key

    def __call__(self, job: object) -> None:
        self._session.drafts.delete(self._key)
