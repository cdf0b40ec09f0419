"""The window's hooks: what goes wrong is noted and said, and the window goes on."""

import faulthandler
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QSocketNotifier, QtMsgType, Signal, qInstallMessageHandler

from engineroom_ui.shell.places import crash_dir

_log = logging.getLogger("engineroom_ui")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Hooks(QObject):
    """Installed once per process, taken out again by :meth:`remove`.

    Signals:
        surprised: one line about an exception nobody expected.
    """

    surprised = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._note: TextIO | None = None
        self._note_path: Path | None = None
        self.earlier_crash = self._find_earlier()

    def install(self) -> None:
        """From now on nothing goes wrong unseen."""
        sys.excepthook = self._exception
        sys.unraisablehook = self._unraisable
        qInstallMessageHandler(self._qt_message)
        try:
            crash_dir().mkdir(mode=0o700, parents=True, exist_ok=True)
            self._note_path = crash_dir() / f"{os.getpid()}.log"
            self._note = self._note_path.open("w", encoding="utf-8")
        except OSError as error:
            _log.warning("no crash notes: %s", error)
            return
        faulthandler.enable(self._note)

    def put_away_earlier(self) -> Path | None:
        """Where the note of an earlier crash lies now, or None; it is offered once."""
        if self.earlier_crash is None:
            return None
        kept = self.earlier_crash.with_suffix(".seen")
        try:
            self.earlier_crash.replace(kept)
        except OSError as error:
            _log.warning("crash note %s stays: %s", self.earlier_crash, error)
        self.earlier_crash = None
        return kept

    def remove(self) -> None:
        """An orderly end: nothing to offer at the next start."""
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        if self._note is not None and self._note_path is not None:
            faulthandler.disable()
            self._note.close()
            self._note_path.unlink(missing_ok=True)

    @staticmethod
    def _find_earlier() -> Path | None:
        try:
            notes = [note for note in crash_dir().glob("*.log") if note.stat().st_size]
        except OSError:
            return None
        return max(notes, key=lambda note: note.stat().st_mtime, default=None)

    def _exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        _log.error("unexpected", exc_info=(kind, error, trace))
        self.surprised.emit(f"{kind.__name__}: {error}")

    @staticmethod
    def _unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
        _log.error("unraisable in %r: %r", unraisable.object, unraisable.exc_value)

    @staticmethod
    def _qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)


class SignalWatch(QObject):
    """SIGINT and SIGTERM end the event loop in order: a byte in a socket pair, a notifier, ``then``."""

    def __init__(self, then: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._then = then
        self._read, self._write = socket.socketpair()
        self._read.settimeout(0)
        self._write.settimeout(0)
        self._previous = {number: signal.signal(number, _nothing) for number in (signal.SIGINT, signal.SIGTERM)}
        self._previous_fd = signal.set_wakeup_fd(self._write.fileno())
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def remove(self) -> None:
        """Put everything back as it was."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._previous_fd)
        for number, handler in self._previous.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()

    def _woken(self) -> None:
        self._read.recv(64)
        self._then()


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """The byte in the socket pair does the work; without a handler Python would not write it."""
