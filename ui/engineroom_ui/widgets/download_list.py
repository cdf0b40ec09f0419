"""The downloads, below the list of models; hidden while there are none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from engineroom.contract.control import JobKind
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.download_row import DownloadRow
from engineroom_ui.widgets.parts import scrolling

_MOST_PX = 190


class DownloadList(QFrame):
    """One row per job of these kinds (all of them if none is named); drawn on the clock."""

    def __init__(self, theme: Theme, clock: DrawClock, jobs: Jobs, *, kinds: frozenset[JobKind] | None = None) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("Downloads"))
        self._theme = theme
        self._jobs = jobs
        self._kinds = kinds
        self._stale = True
        self.rows: dict[str, DownloadRow] = {}
        body = QWidget()
        body.setObjectName("ClearBody")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(20, 6, 10, 6)
        self._column.setSpacing(2)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._body = body
        self._area = scrolling(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        jobs.changed.connect(self._note)
        clock.tick.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Show what came since the last time."""
        if not self._stale:
            return
        self._stale = False
        shown = {job.id: job for job in self._jobs.shown if self._kinds is None or job.kind in self._kinds}
        for job_id in self.rows.keys() - shown.keys():
            row = self.rows.pop(job_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for job in shown.values():
            if job.id in self.rows:
                self.rows[job.id].show_job(job)
            else:
                self._add(DownloadRow(self._theme, job))
        self.setVisible(bool(self.rows))
        self._fit()

    def _add(self, row: DownloadRow) -> None:
        self.rows[row.job.id] = row
        row.pause_asked.connect(self._jobs.pause)
        row.resume_asked.connect(self._jobs.resume)
        row.cancel_asked.connect(self._jobs.cancel)
        row.dismissed.connect(self._jobs.dismiss)
        self._column.insertWidget(0, row)

    def _fit(self) -> None:
        self._column.activate()
        width = max(self._area.viewport().width(), 300)
        wanted = self._body.heightForWidth(width) if self._body.hasHeightForWidth() else self._body.sizeHint().height()
        self.setFixedHeight(min(_MOST_PX, wanted + 4))

    def _note(self, _job_id: str) -> None:
        self._stale = True
