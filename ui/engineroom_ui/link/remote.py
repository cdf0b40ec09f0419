"""The daemon of another computer, through an SSH tunnel that this window sets up and keeps.

``ssh`` is the system's own, with the person's own keys and configuration: who may log in there may use the window here.
Nothing but this computer can reach the near end of the tunnel.  The key of a host is written down in a file of ours
when it is first met (unless it is in the person's ``known_hosts``); another key later is refused.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QStandardPaths, QTimer, Signal
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QTcpServer, QTcpSocket

from engineroom.contract.connection import Connection
from engineroom.contract.control import FactValue, ProblemView
from engineroom.contract.details import FACT, OS_ERRORS
from engineroom.contract.link import RemoteCode

translate = QCoreApplication.translate

ATTEMPT_MS = 150
OPEN_WITHIN_MS = 20_000
_KILLED_WITHIN_MS = 200
_NOT_RUNNING = 66
_NOT_INSTALLED = 67

READ = (
    'for f in ${ENGINEROOM_HOME:+"$ENGINEROOM_HOME/run/daemon.json"}'
    ' "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/engineroom/daemon.json"'
    ' "${XDG_STATE_HOME:-$HOME/.local/state}/engineroom/run/daemon.json";'
    f' do [ -r "$f" ] && exec cat "$f"; done; exit {_NOT_RUNNING}'
)
"""Prints the connection file there, wherever :mod:`engineroom.contract.connection` puts it."""

START = (
    'for p in "$(command -v engineroom)" "$HOME/.local/bin/engineroom" /opt/engineroom/engineroom; do'
    ' [ -x "$p" ] && { nohup "$p" serve --headless --idle-exit 600 --port auto </dev/null >/dev/null 2>&1 & exit 0; };'
    f" done; exit {_NOT_INSTALLED}"
)
"""Starts a daemon there that outlives the login."""


class Remote(QObject):
    """Finds the daemon of ``target`` (``host`` or ``user@host``, as ``ssh`` takes it).

    Signals:
        found: a :class:`Connection` whose address is the near end of the tunnel.
        missing: a :class:`ProblemView`.
        started: a daemon was started there.
        start_failed: a :class:`ProblemView`.
    """

    found = Signal(object)
    missing = Signal(object)
    started = Signal()
    start_failed = Signal(object)
    here = False

    def __init__(self, target: str, known_hosts: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = target
        self._known_hosts = known_hosts
        self._there: Connection | None = None
        self._port = 0
        self._tunnel: QProcess | None = None
        self._errand: QProcess | None = None
        self._attempts = 0
        self._attempt = QTimer(self)
        self._attempt.setSingleShot(True)
        self._attempt.setInterval(ATTEMPT_MS)
        self._attempt.timeout.connect(self._knock)

    def look(self) -> None:
        """Read the connection file there, and open the tunnel unless it is open; a signal follows."""
        if self._there is not None and self._open:
            self._tell()
            return
        self.forget()
        self._run(READ, self._read)

    def start(self) -> None:
        """Start a daemon there; a signal follows."""
        self.forget()
        self._run(START, self._has_started)

    def forget(self) -> None:
        """Close the tunnel; what was read may no longer be so."""
        self._attempt.stop()
        self._there = None
        for process in (self._tunnel, self._errand):
            if process is not None:
                process.finished.disconnect()
                process.errorOccurred.disconnect()
                process.kill()
                # What was killed is gone at once, and a QProcess must not go before its process.
                process.waitForFinished(_KILLED_WITHIN_MS)
                process.deleteLater()
        self._tunnel = self._errand = None

    def gone(self) -> bool:
        """Whether the daemon has certainly ended; from here nobody can tell."""
        return False

    @property
    def _open(self) -> bool:
        return self._tunnel is not None and self._tunnel.state() is QProcess.ProcessState.Running

    def _run(self, script: str, then: Callable[[int], None]) -> None:
        self._errand = self._ssh([script], then)

    def _ssh(self, command: list[str], then: Callable[[int], None], options: tuple[str, ...] = ()) -> QProcess | None:
        program = QStandardPaths.findExecutable("ssh")
        if not program:
            QTimer.singleShot(0, self, lambda: self._fail(RemoteCode.NO_SSH))
            return None
        self._known_hosts.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = f'"{self._known_hosts}" ~/.ssh/known_hosts'
        process = QProcess(self)
        process.setProgram(program)
        fixed = ("BatchMode=yes", "StrictHostKeyChecking=accept-new", "ConnectTimeout=10", "ServerAliveInterval=10")
        settings = (*fixed, "ServerAliveCountMax=3", "ExitOnForwardFailure=yes", f"UserKnownHostsFile={known}")
        given = [word for setting in settings for word in ("-o", setting)]
        process.setArguments(["-T", *given, *options, "--", self.name, *command])
        process.finished.connect(then)
        process.errorOccurred.connect(self._could_not_run)
        process.start()
        process.closeWriteChannel()
        return process

    def _read(self, code: int) -> None:
        errand, self._errand = self._errand, None
        if errand is None:
            return
        if code:
            self._fail(*_cause(code, _text(errand)))
            return
        try:
            told = json.loads(bytes(errand.readAllStandardOutput().data()))
            self._there = Connection(**told)
            port = int(self._there.address.rsplit(":", 1)[1])
        except (ValueError, TypeError, IndexError):
            self._fail(RemoteCode.ANSWER_ODD)
            return
        self._port = self._port or _free_port()
        forward = f"127.0.0.1:{self._port}:127.0.0.1:{port}"
        self._tunnel = self._ssh([], self._tunnel_ended, ("-N", "-L", forward))
        self._attempts = OPEN_WITHIN_MS // ATTEMPT_MS
        self._attempt.start()

    def _knock(self) -> None:
        """The near end takes connections once ssh has logged in."""
        socket = QTcpSocket(self)
        socket.connected.connect(self._tell)
        socket.stateChanged.connect(
            lambda state: socket.deleteLater() if state is QAbstractSocket.SocketState.UnconnectedState else None
        )
        socket.connected.connect(socket.disconnectFromHost)
        socket.errorOccurred.connect(self._knock_again)
        socket.connectToHost(QHostAddress(QHostAddress.SpecialAddress.LocalHost), self._port)

    def _knock_again(self) -> None:
        self._attempts -= 1
        if self._attempts > 0 and self._open:
            self._attempt.start()
        elif self._open:
            self._fail(RemoteCode.UNREACHABLE, translate("link", "no answer comes through the tunnel"))

    def _tell(self) -> None:
        if self._there is not None and self._open:
            self.found.emit(replace(self._there, address=f"http://127.0.0.1:{self._port}"))

    def _tunnel_ended(self, code: int) -> None:
        tunnel = self._tunnel
        if tunnel is not None:
            said = _text(tunnel)
            self._port = 0 if "cannot listen" in said or "in use" in said else self._port
            self._fail(*_cause(code or 255, said))

    def _has_started(self, code: int) -> None:
        errand, self._errand = self._errand, None
        if errand is None or code == 0:
            self.started.emit()
            return
        cause, reason = _cause(code, _text(errand))
        self.start_failed.emit(self._problem(cause, reason))

    def _could_not_run(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._fail(RemoteCode.NO_SSH)

    def _fail(self, cause: RemoteCode, reason: str = "") -> None:
        self.forget()
        self.missing.emit(self._problem(cause, reason))

    def _problem(self, cause: RemoteCode, reason: str) -> ProblemView:
        facts: dict[str, FactValue] = {"host": self.name, "reason": reason, "path": str(self._known_hosts)}
        known = next((code for code, words in OS_ERRORS.items() if reason.rstrip(".\r").endswith(f": {words}")), None)
        if known is not None and cause is RemoteCode.UNREACHABLE:
            facts[FACT] = known
        return ProblemView(code=cause, facts=facts)


def _text(process: QProcess) -> str:
    return bytes(process.readAllStandardError().data()).decode(errors="replace")


def _cause(code: int, said: str) -> tuple[RemoteCode, str]:
    """What ``ssh`` means by an exit code and its words. 255 is its own; every other is of the command there."""
    ended = translate("link", "ssh ended with status {code}").format(code=code)
    reason = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), ended)
    if code == _NOT_RUNNING:
        return RemoteCode.NOT_RUNNING, ""
    if code in {_NOT_INSTALLED, 127}:
        return RemoteCode.NOT_INSTALLED, ""
    if "REMOTE HOST IDENTIFICATION HAS CHANGED" in said or "Host key verification failed" in said:
        return RemoteCode.KEY_CHANGED, reason
    if "Permission denied" in said:
        return RemoteCode.LOGIN_REFUSED, reason
    return RemoteCode.UNREACHABLE, reason


def _free_port() -> int:
    """A port of the loopback address that nobody listens on now; ssh says so if that changes before it does."""
    server = QTcpServer()
    server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0)
    port = server.serverPort()
    server.close()
    return port
