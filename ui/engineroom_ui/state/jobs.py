"""Long work of the daemon, as it last told of it."""

from PySide6.QtCore import QObject, Signal

from engineroom.contract.control import JobState, JobView
from engineroom_ui.link.http import HttpClient

ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


class Jobs(QObject):
    """Jobs by id, oldest first.

    Signals:
        changed: the id of the job that is another, or empty when all may be.
        ended: a job that came to an end while this window looked.
        refused: a :class:`engineroom_ui.link.http.Failure` of a wish.
    """

    changed = Signal(str)
    ended = Signal(object)
    refused = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._jobs: dict[str, JobView] = {}
        self._followed: set[str] = set()

    @property
    def shown(self) -> tuple[JobView, ...]:
        """What a person may want to see: all that is not over, what failed, and what ended before their eyes."""
        return tuple(job for job in self._jobs.values() if self._worth_showing(job))

    @property
    def all(self) -> tuple[JobView, ...]:
        """Every job the daemon told of."""
        return tuple(self._jobs.values())

    @property
    def active(self) -> int:
        """How many run or wait for their turn."""
        return sum(job.state in {JobState.RUNNING, JobState.QUEUED} for job in self._jobs.values())

    def job(self, job_id: str) -> JobView | None:
        """One of them."""
        return self._jobs.get(job_id)

    def replace(self, jobs: tuple[JobView, ...]) -> None:
        """A snapshot: what is known so far is void."""
        self._jobs = {job.id: job for job in jobs}
        self._followed |= {job.id for job in jobs if job.state not in ENDED}
        self.changed.emit("")

    def accept(self, job: JobView) -> None:
        """News of one job."""
        before = self._jobs.get(job.id)
        self._jobs[job.id] = job
        if job.state not in ENDED:
            self._followed.add(job.id)
        self.changed.emit(job.id)
        if job.state in ENDED and (before is None or before.state is not job.state):
            self.ended.emit(job)

    def pause(self, job_id: str) -> None:
        """Ask for a job to be stopped, keeping what it has."""
        self._wish(job_id, "pause")

    def resume(self, job_id: str) -> None:
        """Ask for a paused or failed job to go on."""
        self._wish(job_id, "resume")

    def cancel(self, job_id: str) -> None:
        """Ask for a job to be ended for good."""
        self._wish(job_id, "cancel")

    def dismiss(self, job_id: str) -> None:
        """Show a job that is done no longer."""
        self._followed.discard(job_id)
        self.changed.emit("")

    def _worth_showing(self, job: JobView) -> bool:
        if job.state is JobState.DONE:
            return job.id in self._followed
        return job.state is not JobState.CANCELLED

    def _wish(self, job_id: str, verb: str) -> None:
        call = self._client.post(f"/control/jobs/{job_id}/{verb}", JobView)
        call.done.connect(self.accept)
        call.failed.connect(self.refused)
