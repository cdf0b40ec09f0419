"""One download: how far it is, how fast, how long still, and what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engineroom.contract.control import JobKind, JobState, JobView
from engineroom_ui.text import models as words
from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, ElidedLabel, IconButton, Meter, StateLabel, label


class DownloadRow(QWidget):
    """Shows a job; asks, never decides.

    Signals:
        pause_asked, resume_asked, cancel_asked, dismissed: with the job's id.
    """

    pause_asked = Signal(str)
    resume_asked = Signal(str)
    cancel_asked = Signal(str)
    dismissed = Signal(str)

    def __init__(self, theme: Theme, job: JobView) -> None:
        super().__init__()
        self.job = job
        self._name = ElidedLabel(points=BODY_PT, strong=True)
        self._state = StateLabel(theme, points=SMALL_PT)
        self._meter = Meter(theme)
        self._progress = ElidedLabel(role="Muted", points=SMALL_PT)
        self._problem = label(role="Bad", points=SMALL_PT)
        self._problem.setWordWrap(True)
        self.turn = IconButton(theme, "pause", self.tr("Pause"))
        self.end = IconButton(theme, "close", self.tr("Cancel"))
        self.turn.clicked.connect(self._turn)
        self.end.clicked.connect(self._end)
        self._build()
        self.show_job(job)

    @property
    def told(self) -> str:
        """All that is said, for those who do not see the bar."""
        return self.accessibleName()

    def show_job(self, job: JobView) -> None:
        """The job as the daemon last described it."""
        self.job = job
        said = words.job(job)
        problem = words.job_problem(job) if job.state is JobState.FAILED else ""
        self._name.show_text(job.subject)
        self._state.show_state(said.state, said.ink)
        progress = words.joined(said.progress, "" if problem else said.file)
        self._progress.show_text(progress)
        self._progress.setVisible(bool(progress))
        self._meter.show_share(words.share(job))
        self._meter.setVisible(job.state is not JobState.DONE)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.setAccessibleName(words.joined(job.subject, said.state, said.progress, said.file, problem))
        self._show_buttons(job)

    def _show_buttons(self, job: JobView) -> None:
        subject = job.subject
        runs = job.state in {JobState.RUNNING, JobState.QUEUED}
        self.turn.setVisible(job.state is not JobState.DONE)
        self.turn.show_icon("pause" if runs else "play")
        again = self.tr("Try again") if job.state is JobState.FAILED else self.tr("Go on")
        self.turn.rename(titled(self.tr("Pause") if runs else again, subject))
        name = self.tr("Cancel, and delete what has arrived: {subject}")
        if job.state is JobState.DONE or job.kind is not JobKind.PULL:
            name = self.tr("Cancel: {subject}")
        if job.state is JobState.DONE:
            name = self.tr("Show no longer: {subject}")
        self.end.rename(name.format(subject=subject))

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(14)
        first.addWidget(self._name, 1)
        first.addWidget(self._state)
        told = QVBoxLayout()
        told.setSpacing(5)
        told.addLayout(first)
        told.addWidget(self._meter)
        told.addWidget(self._progress)
        told.addWidget(self._problem)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(10)
        row.addLayout(told, 1)
        row.addWidget(self.turn)
        row.addWidget(self.end)

    def _turn(self) -> None:
        runs = self.job.state in {JobState.RUNNING, JobState.QUEUED}
        (self.pause_asked if runs else self.resume_asked).emit(self.job.id)

    def _end(self) -> None:
        (self.dismissed if self.job.state is JobState.DONE else self.cancel_asked).emit(self.job.id)
