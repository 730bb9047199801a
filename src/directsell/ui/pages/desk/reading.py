"""Reading the party in a worker, in a pause of the keyboard: one reading at a time, only what changed anew. No widgets."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from directsell.store.queries.parties import Memory
from directsell.ui.pages.desk.evening import Evening, read_evening
from directsell.ui.session import Session

TABLES = (
    "sales_order",
    "order_line",
    "payment",
    "issued_paper",
    "withdrawal",
    "signature",
    "person",
    "reach_point",
    "demo",
    "demo_guest",
    "co_host",
    "wish",
    "host_programme",
    "setting",
)
_PAUSE_MS = 300
_MOST_PAUSES = 6  # somebody who types on and on does not keep the party from being read


class PartyReader(QObject):
    """``PartyReader(session, parent)``: ``open(demo_id)``, ``refresh()``; ``key_typed()``, ``typing_done()``, ``settle()``.

    Signal: ``arrived(object Evening)``.
    """

    arrived = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._demo_id: UUID | None = None
        self._reading = False
        self._again = False
        self._memory = Memory()
        self._last_key = QElapsedTimer()
        self._pauses = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._pause_over)

    def open(self, demo_id: UUID) -> None:
        """Read another party from now on."""
        self._demo_id = demo_id
        self._memory = Memory()
        self.typing_done()

    def key_typed(self) -> None:
        """Somebody types: a reading waits."""
        self._last_key.restart()

    def typing_done(self) -> None:
        """What was typed is finished: a reading need not wait."""
        self._last_key.invalidate()

    def refresh(self) -> None:
        """Read the party, now or in the next pause."""
        if self._reading:
            self._again = True
        elif self._is_typing():
            self._pauses = 0
            self._pause.start()
        else:
            self._read()

    @property
    def is_behind(self) -> bool:
        """What arrives now was read before the latest change."""
        return self._again

    def settle(self) -> None:
        """Stop the clock."""
        self._pause.stop()

    def _is_typing(self) -> bool:
        return self._last_key.isValid() and self._last_key.elapsed() < _PAUSE_MS

    def _pause_over(self) -> None:
        self._pauses += 1
        if self._is_typing() and self._pauses < _MOST_PAUSES:
            self._pause.start()
        else:
            self._read()

    def _read(self) -> None:
        if self._demo_id is not None and not self._reading:
            self._reading = True
            self._session.read(self, read_evening, self._demo_id, self._memory, done=self._done, failed=self._failed)

    def _done(self, evening: Evening) -> None:
        self._reading = False
        if evening.party.demo.id != self._demo_id:
            self._read()
            return
        self.arrived.emit(evening)
        if self._again:
            self._again = False
            self.refresh()

    def _failed(self, error: Exception) -> None:
        self._reading = self._again = False
        self._session.complain(error)
