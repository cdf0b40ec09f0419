"""The support file, made by the command line as a child: it works when the daemon does not."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from engineroom_ui.link.daemon import program_command


class SupportFile(QObject):
    """One at a time.

    Signals:
        written: the path of the file.
        failed: one line that says why there is none.
    """

    written = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child: QProcess | None = None

    def write(self, target: Path) -> None:
        """Begin; one of the signals follows. While one is being written, nothing happens."""
        if self._child is not None:
            return
        program, *options = program_command()
        child = QProcess(self)
        child.setProgram(program)
        child.setArguments([*options, "support", "--out", str(target), "--json"])
        child.finished.connect(self._ended)
        child.errorOccurred.connect(self._could_not_run)
        self._child = child
        child.start()

    def _ended(self, code: int) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        out = bytes(child.readAllStandardOutput().data()).decode(errors="replace")
        err = bytes(child.readAllStandardError().data()).decode(errors="replace")
        child.deleteLater()
        try:
            path = json.loads(out)["path"] if code == 0 else ""
        except (ValueError, KeyError, TypeError):
            path = ""
        if path:
            self.written.emit(str(path))
        else:
            self.failed.emit(next((line for line in reversed(err.splitlines()) if line.strip()), str(code)))

    def _could_not_run(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._child is not None:
            self._child = None
            self.failed.emit(sys.executable)
