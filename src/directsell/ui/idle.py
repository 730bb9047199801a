"""Watching for nobody at the keyboard, for the lock. It locks nothing itself."""

from __future__ import annotations

from time import time_ns

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_CHECK_MS = 20_000


class IdleWatch(QObject):
    """Emits ``passed`` when nobody touched keyboard or mouse for a while, also when the machine slept meanwhile."""

    passed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit_us = 0
        self._last_us = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check)

    def set_minutes(self, minutes: int) -> None:
        """Watch for so many minutes without a touch; 0 does not watch."""
        app = QCoreApplication.instance()
        if app is None:
            return
        app.removeEventFilter(self)
        self._timer.stop()
        self._limit_us = minutes * 60_000_000
        if minutes > 0:
            self._last_us = _wall_us()
            app.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self.set_minutes(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.Wheel,
            QEvent.Type.TouchBegin,
        ):
            self._last_us = _wall_us()
        return False

    def check(self) -> None:
        """Compare with the wall clock, not a monotonic one: a night asleep counts."""
        if self._limit_us and abs(_wall_us() - self._last_us) >= self._limit_us:
            self.set_minutes(0)
            self.passed.emit()


def _wall_us() -> int:
    return time_ns() // 1000
