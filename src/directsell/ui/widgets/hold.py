"""A form that stands still while it is being stored, so that nothing is typed that the store does not get. No saving here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Drop,
    }
)


class Hold(QObject):
    """``Hold(form)``: ``set(True)`` lets nobody type or click in the form until ``set(False)``.

    A save takes milliseconds, or as long as an import that is being written. Unlike disabling, this neither flickers nor
    moves the focus.
    """

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._on = False

    def set(self, on: bool) -> None:
        """Hold the form, or let it go."""
        if on is self._on:
            return
        self._on = on
        app = QCoreApplication.instance()
        if app is not None and on:
            app.installEventFilter(self)
            self._form.setCursor(Qt.CursorShape.BusyCursor)
        elif app is not None:
            app.removeEventFilter(self)
            self._form.unsetCursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _INPUT or not isinstance(watched, QWidget):
            return False
        return watched is self._form or self._form.isAncestorOf(watched)
