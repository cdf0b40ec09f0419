"""No sleep while an engine serves, if the person wants that: a lock that systemd-inhibit holds for a child of ours."""

import logging

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal

from engineroom_ui.shell.preferences import Preferences, Wish
from engineroom_ui.state.condition import Condition, condition
from engineroom_ui.state.room import Room

_log = logging.getLogger("engineroom_ui")
_PROGRAM = "systemd-inhibit"


class StayAwake(QObject):
    """The lock ends with the window, however the window ends: its holder reads from a pipe that is closed then.

    Signals:
        refused: why the lock was not to be had, once for each time the person wanted it.
    """

    refused = Signal(str)

    def __init__(self, room: Room, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._preferences = preferences
        self._holder: QProcess | None = None
        self._said = False
        for signal in (room.engine_changed, room.link_changed, preferences.changed):
            signal.connect(self._follow)

    @staticmethod
    def possible() -> bool:
        """Whether this system has what it needs."""
        return bool(QStandardPaths.findExecutable(_PROGRAM))

    @property
    def held(self) -> bool:
        """Whether the lock is asked for."""
        return self._holder is not None

    def release(self) -> None:
        """Let the computer sleep again."""
        holder, self._holder = self._holder, None
        if holder is not None:
            holder.finished.disconnect(self._ended)
            holder.finished.connect(holder.deleteLater)
            holder.closeWriteChannel()

    def _follow(self, _engine_id: str = "") -> None:
        wished = self._preferences.wants(Wish.STAY_AWAKE)
        wanted = wished and condition(self._room) is Condition.SERVING
        self._said = self._said and wished
        if not wanted or not self._room.session.here:
            self.release()
        elif self._holder is None and self.possible():
            self._hold()

    def _hold(self) -> None:
        holder = QProcess(self)
        holder.setProgram(_PROGRAM)
        why = self.tr("A model is being served")
        holder.setArguments(["--what=idle:sleep", "--who=Engineroom", f"--why={why}", "--mode=block", "cat"])
        holder.finished.connect(self._ended)
        self._holder = holder
        holder.start()

    def _ended(self, code: int) -> None:
        """Refused, by a policy or because there is no logind; the next change tries again."""
        _log.warning("%s ended with %s: this computer may fall asleep", _PROGRAM, code)
        if self._holder is None:
            return
        holder, self._holder = self._holder, None
        said = bytes(holder.readAllStandardError().data()).decode(errors="replace").strip()
        holder.deleteLater()
        if not self._said:
            self._said = True
            self.refused.emit(said.splitlines()[-1] if said else _PROGRAM)
