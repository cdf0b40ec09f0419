"""One window per user and computer: a second start raises the first and ends."""

import hashlib
import json
import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engineroom.contract.connection import runtime_dir

_PATIENCE_MS = 300


def server_name(target: str = "") -> str:
    """A name for this user, this data folder and the other computer, if any; short enough for a socket path."""
    seed = f"{os.environ.get('USER', '')}:{runtime_dir()}:{target}"
    return f"engineroom-window-{hashlib.sha256(seed.encode()).hexdigest()[:16]}"


class SingleInstance(QObject):
    """Ask :meth:`claim` before making a window.

    Signals:
        raise_asked: another start wants this window in front; carries its activation token, or nothing.
    """

    raise_asked = Signal(str)

    def __init__(self, target: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(target)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._visited)

    def claim(self) -> bool:
        """Whether this process is the first; the one that is gets raised when this is not."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE_MS):
            asked = {"v": 1, "raise": True, "activation_token": os.environ.get("XDG_ACTIVATION_TOKEN", "")}
            socket.write(json.dumps(asked).encode() + b"\n")
            socket.waitForBytesWritten(_PATIENCE_MS)
            socket.disconnectFromServer()
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def close(self) -> None:
        """Let the next start be the first."""
        self._server.close()

    def _visited(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)

    def _read(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket) or not socket.canReadLine():
            return
        try:
            asked = json.loads(bytes(socket.readLine().data()))
        except ValueError:
            return
        if isinstance(asked, dict) and asked.get("v") == 1 and asked.get("raise"):
            self.raise_asked.emit(str(asked.get("activation_token") or ""))
