"""The support file, made by the command line as a child: it works when the daemon does not."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from engineroom.contract.control import ProblemView
from engineroom.contract.problems import MESSAGE
from engineroom_ui.link.daemon import program_command
from engineroom_ui.text.problems import sentence


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
            told = json.loads(out)
            path, error = told.get("path"), told.get("error")
        except (ValueError, AttributeError):
            path, error = None, None
        if path and code == 0:
            self.written.emit(str(path))
        elif error:
            problem = ProblemView(code=error["code"], facts={**error["facts"], MESSAGE: error["message"]})
            self.failed.emit(sentence(problem).whole)
        else:
            self.failed.emit(next((line for line in reversed(err.splitlines()) if line.strip()), str(code)))

    def _could_not_run(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._child is not None:
            self._child = None
            self.failed.emit(sys.executable)
