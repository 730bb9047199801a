"""Second start of the same book: it asks the first window to come forward and ends. One small local socket."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1500


def server_name(folder: Path) -> str:
    """Return the socket's name for a data folder."""
    return "directsell-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def ask_to_raise(folder: Path) -> bool:
    """Ask the running window of a data folder to come forward; says whether it heard."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(b"raise\n")
    heard = socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return heard


class InstanceServer(QObject):
    """``InstanceServer(folder, parent)``. Signal: ``raise_wanted()``."""

    raise_wanted = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(
            server_name(folder)
        )  # of a killed process; the folder's lock says we are the only one
        self._server.newConnection.connect(self._greet)
        self._server.listen(server_name(folder))

    def _greet(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raise_wanted.emit()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
