"""From the store to open windows: commits on any thread become one merged signal on the GUI thread."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from directsell.app import App
from directsell.store.changes import ChangeSet

MERGE_MS = 30


class Bridge(QObject):
    """``Bridge(app, parent=None)``. Signal: ``changed(object ChangeSet)``, at most one in 30 ms; ``close()`` ends it."""

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, app: App, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending: list[ChangeSet] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MERGE_MS)
        self._timer.timeout.connect(self._emit)
        self._arrived.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self._closed = False
        self._stop = app.observe(self._arrived.emit)

    @Slot(object)
    def _keep(self, changes: ChangeSet) -> None:
        if self._closed:
            return  # told before the end, heard after it
        self._pending.append(changes)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _emit(self) -> None:
        merged = merge(self._pending)
        self._pending = []
        self.changed.emit(merged)

    @property
    def is_pending(self) -> bool:
        """Something was committed that open windows do not know yet."""
        return self._timer.isActive()

    def close(self) -> None:
        """Stop listening."""
        self._closed = True
        self._stop()
        self._timer.stop()


def merge(changes: list[ChangeSet]) -> ChangeSet:
    """Return one change set that touches whatever the given ones touched; label and origin of the last."""
    tables: dict[str, frozenset[UUID] | None] = {}
    for change in changes:
        for table, ids in change.tables.items():
            known = tables.get(table, frozenset())
            tables[table] = None if ids is None or known is None else known | ids
    last = changes[-1]
    return ChangeSet(last.tx, last.label, last.origin, any(c.barrier for c in changes), tables, last.params)
