"""A word on the desktop when long work has ended and nobody looks at the window."""

from PySide6.QtCore import QObject, QProcess, QStandardPaths
from PySide6.QtWidgets import QApplication, QWidget

from engineroom.contract.control import EngineState, JobState, JobView
from engineroom_ui.shell.preferences import Preferences, Wish
from engineroom_ui.shell.tray import Tray
from engineroom_ui.state.room import Room
from engineroom_ui.text import problems

LONG_S = 20.0
"""Work that took no longer is not worth a word."""


class Notifier(QObject):
    """Through the tray where there is one, else through ``notify-send``; the window's entry in the taskbar blinks."""

    def __init__(self, window: QWidget, tray: Tray, room: Room, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self._room = room
        self._preferences = preferences
        self._loading: dict[str, float] = {}
        room.jobs.ended.connect(self._job_ended)
        room.engine_changed.connect(self._engine_changed)

    def _job_ended(self, job: JobView) -> None:
        if job.started_at_s is None or job.ended_at_s is None or job.ended_at_s - job.started_at_s < LONG_S:
            return
        if job.state is JobState.DONE:
            self._tell(self.tr("{subject} is done").format(subject=job.subject), "")
        elif job.state is JobState.FAILED:
            why = problems.sentence(job.problem).whole if job.problem is not None else ""
            self._tell(self.tr("{subject} did not succeed").format(subject=job.subject), why)

    def _engine_changed(self, engine_id: str) -> None:
        engine = self._room.engines.get(engine_id)
        if engine is None:
            self._loading.pop(engine_id, None)
        elif engine.state is EngineState.STARTING:
            self._loading.setdefault(engine_id, engine.since_s)
        elif (begun_s := self._loading.pop(engine_id, None)) is not None and engine.since_s - begun_s >= LONG_S:
            name = self._room.model_name(engine.model_id)
            if engine.state is EngineState.READY:
                self._tell(self.tr("{model} is being served").format(model=name), "")
            elif engine.state is EngineState.FAILED:
                why = problems.sentence(engine.problem).whole if engine.problem is not None else ""
                self._tell(self.tr("{model} could not be loaded").format(model=name), why)

    def _tell(self, title: str, text: str) -> None:
        looked_at = self._window.isVisible() and self._window.isActiveWindow()
        if self._preferences.wants(Wish.NOTIFY) and not looked_at:
            self._say(title, text)
            QApplication.alert(self._window)

    def _say(self, title: str, text: str) -> None:
        program = QStandardPaths.findExecutable("notify-send")
        if self._tray.shown and self._tray.icon.supportsMessages():
            self._tray.icon.showMessage(title, text, self._tray.icon.icon())
        elif program:
            QProcess.startDetached(program, ["--app-name=Engineroom", "--icon=engineroom", "--", title, text])
