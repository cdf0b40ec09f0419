"""Builds: each with its stages, how far it is, and what can be done about it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engineroom.contract.control import JobKind, JobView
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.text import engines as words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.download_row import DownloadRow
from engineroom_ui.widgets.parts import SMALL_PT, StateLabel, label


class StageStrip(QWidget):
    """The stages of a job side by side, with what each took or is expected to take."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marks: list[StateLabel] = []
        self._left = label(role="Muted", points=SMALL_PT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 4)
        self._row.setSpacing(18)
        self._row.addStretch(1)
        self._row.addWidget(self._left)

    @property
    def told(self) -> list[str]:
        """What is said of each stage."""
        return [mark.word for mark in self._marks]

    def show_job(self, job: JobView) -> None:
        """As far as it has come."""
        self.setVisible(bool(job.stages))
        while len(self._marks) < len(job.stages):
            mark = StateLabel(self._theme, points=SMALL_PT)
            self._row.insertWidget(len(self._marks), mark)
            self._marks.append(mark)
        for at, mark in enumerate(self._marks):
            mark.setVisible(at < len(job.stages))
            if at < len(job.stages):
                name, ink, time = words.stage(job.stages[at], job)
                mark.show_state(f"{name}  {time}".strip(), ink)
        self._left.setText(words.left(job) if job.active else "")


class BuildList(QFrame):
    """Hidden while there are no builds; drawn on the clock, however often the daemon tells."""

    def __init__(self, theme: Theme, clock: DrawClock, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("Builds"))
        self._theme = theme
        self._jobs = jobs
        self._stale = True
        self.rows: dict[str, tuple[DownloadRow, StageStrip]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 6, 10, 8)
        self._column.setSpacing(0)
        jobs.changed.connect(self._note)
        clock.tick.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Show what came since the last time."""
        if not self._stale:
            return
        self._stale = False
        shown = {job.id: job for job in self._jobs.shown if job.kind is JobKind.BUILD}
        for job_id in self.rows.keys() - shown.keys():
            for part in self.rows.pop(job_id):
                self._column.removeWidget(part)
                part.hide()
                part.deleteLater()
        for job in shown.values():
            if job.id not in self.rows:
                self._add(job)
            row, strip = self.rows[job.id]
            row.show_job(job)
            strip.show_job(job)
        self.setVisible(bool(self.rows))

    def _add(self, job: JobView) -> None:
        row, strip = DownloadRow(self._theme, job), StageStrip(self._theme)
        row.pause_asked.connect(self._jobs.pause)
        row.resume_asked.connect(self._jobs.resume)
        row.cancel_asked.connect(self._jobs.cancel)
        row.dismissed.connect(self._jobs.dismiss)
        self.rows[job.id] = (row, strip)
        self._column.addWidget(row)
        self._column.addWidget(strip)

    def _note(self, _job_id: str) -> None:
        self._stale = True
