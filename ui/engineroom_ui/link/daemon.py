"""Finding the daemon through its connection file, and starting one that outlives the window."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from engineroom.contract.connection import Connection, connection_path, read_connection, runtime_dir
from engineroom.contract.control import FactValue, ProblemView
from engineroom.contract.details import FACT, as_line, caused
from engineroom.contract.problems import Code

POLL_MS = 150
START_WITHIN_S = 30.0
_CREATED_TOLERANCE_S = 2.0


def find() -> Connection | None:
    """The daemon the connection file speaks of, if its process lives; None otherwise."""
    found = read_connection(connection_path())
    return found if found is not None and _lives(found) else None


def _lives(found: Connection) -> bool:
    import psutil  # noqa: PLC0415 (a tenth of the way to the first paint, and asked only after it)

    try:
        process = psutil.Process(found.pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return bool(abs(process.create_time() - found.pid_created_s) <= _CREATED_TOLERANCE_S)
    except psutil.Error:
        return False


def _runs(pid: int) -> bool:
    """Whether it has not ended; nobody may reap it for a while."""
    import psutil  # noqa: PLC0415

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def serve_command() -> list[str]:
    """Arguments that start a daemon: it takes another port when its own is in use, and ends after ten idle minutes."""
    return [*program_command(), "serve", "--headless", "--idle-exit", "600", "--port", "auto"]


def program_command() -> list[str]:
    """Arguments that start the command line of this very installation."""
    if getattr(sys, "frozen", False):
        suffix = ".exe" if sys.platform == "win32" else ""
        return [str(Path(sys.executable).with_name(f"engineroom{suffix}"))]
    return [sys.executable, "-m", "engineroom"]


def _redirected(command: list[str], log: str) -> tuple[str, list[str]]:
    """Program and arguments of ``command`` with its output in ``log``; the process id stays the command's own."""
    if sys.platform == "win32":
        return command[0], command[1:]
    script = 'log=$1; shift; exec "$@" >"$log" 2>&1 </dev/null'
    return "/bin/sh", ["-c", script, "engineroom", log, *command]


class DaemonStarter(QObject):
    """Starts a detached daemon and waits, without blocking, for its connection file.

    Signals:
        started: the daemon can be found now.
        failed: a :class:`ProblemView` with the last line the daemon wrote.
    """

    started = Signal()
    failed = Signal(object)

    def __init__(self, command: list[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = command
        self._pid = 0
        self._deadline_s = 0.0
        self._log = runtime_dir() / "window-start.log"
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look)

    def start(self) -> None:
        """Start the program; one of the signals follows."""
        try:
            self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._log.write_bytes(b"")
        except OSError as error:
            self._fail(None, as_line(caused(error)))
            return
        begun, self._pid = QProcess.startDetached(*_redirected(self._command, str(self._log)))
        if not begun:
            self._fail(None, {FACT: "os_program", "program": self._command[0], "line": self._command[0]})
            return
        self._deadline_s = time.monotonic() + START_WITHIN_S
        self._poll.start()

    def stop_waiting(self) -> None:
        """Forget the start; the program itself is left alone."""
        self._poll.stop()

    def _look(self) -> None:
        if find() is not None:
            self._poll.stop()
            self.started.emit()
        elif not _runs(self._pid) or time.monotonic() > self._deadline_s:
            self._poll.stop()
            self._fail(self._last_line())

    def _last_line(self) -> str | None:
        try:
            lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return None
        return next((line.strip() for line in reversed(lines) if line.strip()), None)

    def _fail(self, line: str | None, why: Mapping[str, FactValue] | None = None) -> None:
        facts: dict[str, FactValue] = {"log": os.fspath(self._log), "line": line}
        self.failed.emit(ProblemView(code=Code.DAEMON_DID_NOT_START, facts={**facts, **(why or {})}))


class Local(QObject):
    """The daemon of this user on this computer.

    Signals:
        found: its :class:`Connection`.
        missing: a :class:`ProblemView`.
        started: a daemon was started and can be found.
        start_failed: a :class:`ProblemView`.
    """

    found = Signal(object)
    missing = Signal(object)
    started = Signal()
    start_failed = Signal(object)
    here = True
    name = ""

    def __init__(self, command: list[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._starter = DaemonStarter(command, self)
        self._starter.started.connect(self.started)
        self._starter.failed.connect(self.start_failed)

    def look(self) -> None:
        """One of the first two signals follows at once."""
        found = find()
        if found is not None:
            self.found.emit(found)
        else:
            self.missing.emit(ProblemView(code=Code.NOT_RUNNING, facts={}))

    def start(self) -> None:
        """Start a daemon; one of the last two signals follows."""
        self._starter.start()

    def forget(self) -> None:
        """Wait for no start any longer; the program itself is left alone."""
        self._starter.stop_waiting()

    def gone(self) -> bool:
        """Whether the daemon has certainly ended."""
        return find() is None
