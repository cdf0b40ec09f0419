"""What the doctor found of engines that failed."""

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.control import EngineState, EngineView
from engineroom.contract.doctor import EngineFinding, FixRequest, FixResult
from engineroom_ui.link.http import HttpClient
from engineroom_ui.state.asking import Asking
from engineroom_ui.state.jobs import Jobs


class Findings(QObject):
    """Asked for when an engine fails, and when one that failed is well again.

    Signals:
        changed: read the attribute again.
        told: a :class:`FixResult`.
        refused: a failed call's :class:`~engineroom_ui.link.http.Failure`.
    """

    changed = Signal()
    told = Signal(object)
    refused = Signal(object)

    def __init__(self, client: HttpClient, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._jobs = jobs
        jobs.changed.connect(self._note_job)
        self._asking = Asking(self.changed.emit)
        self.findings: tuple[EngineFinding, ...] = ()

    def refresh(self) -> None:
        """Ask again."""
        self._asking.drop()
        self._asking.follow(
            self._client.get("/control/doctor", tuple[EngineFinding, ...]), self._take, lambda _failure: None
        )

    def forget(self) -> None:
        """Another daemon, or none."""
        self._asking.drop()
        self.findings = ()

    def note(self, engine: EngineView | None) -> None:
        """An engine is another: ask if that may change what is found."""
        known = engine is not None and any(one.engine == engine.id for one in self.findings)
        if engine is not None and ((engine.state is EngineState.FAILED) or known):
            self.refresh()

    def _note_job(self, job_id: str) -> None:
        """A job is another: ask again if a fix of an engine that failed has begun it, and it has got further."""
        job = self._jobs.job(job_id)
        if job is None or job.follow_up is None:
            return
        for one in self.findings:
            before = None if one.job is None or one.job.id != job.id else (one.job.state, one.job.follow_up)
            if one.engine == job.follow_up.engine and before != (job.state, job.follow_up):
                self.refresh()
                return

    def of(self, engine: str) -> EngineFinding | None:
        """The finding of one engine; without a name the newest of all."""
        named = (one for one in self.findings if not engine or one.engine == engine)
        return next(named, None)

    def fix(self, engine: str, wish: FixRequest) -> None:
        """Do something about it, or ask what that would do."""
        name = bytes(QUrl.toPercentEncoding(engine).data()).decode()
        body = {"fix": str(wish.fix), "dry_run": wish.dry_run, "accept": wish.accept, "end": list(wish.end)}
        call = self._client.post(f"/control/doctor/{name}/fix", FixResult, body, slow=True)
        call.done.connect(self.told)
        call.failed.connect(self.refused)

    def _take(self, findings: tuple[EngineFinding, ...]) -> None:
        self.findings = findings
