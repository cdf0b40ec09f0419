"""Longer ways to a served model: get it, then serve it; build an engine, then serve it. One press each."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.control import CatalogueRow, CheckpointRow, JobKind, JobState, JobView, ProblemView
from engineroom.contract.problems import Code
from engineroom_ui.link.http import Failure
from engineroom_ui.state.jobs import ENDED
from engineroom_ui.state.picks import Deed, Pick, model_of, models_by_name
from engineroom_ui.state.room import Room


class Errands(QObject):
    """What was asked for here is served when it is ready; a download only as long as this window is open.

    Signals:
        changed: an errand began or ended.
        begun_serving: the id of a model whose engine was asked to start.
        consent_asked: a :class:`Failure` that says why a build may not work, and a way to wish it all the same.
    """

    changed = Signal()
    begun_serving = Signal(str)
    consent_asked = Signal(object, object)

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._jobs: dict[str, CatalogueRow] = {}
        self._ready: list[CatalogueRow | str] = []
        self.asking: set[str] = set()
        room.jobs.ended.connect(self._ended)
        room.models_changed.connect(self._serve_ready)

    def do(self, pick: Pick, gpu: str) -> None:
        """Begin what the pick's button says, for a card."""
        if pick.row.id in self.asking or pick.job is not None:
            return
        match pick.deed:
            case Deed.SERVE if pick.model is not None:
                self._start(pick.model.id)
            case Deed.GET:
                self._look_for_files(pick.row, gpu)
            case Deed.BUILD:
                self.build(pick.row, gpu)
            case Deed.INSTALL:
                self._wish(pick.row, "/control/runtimes/install", {}, follow=False)

    def build(self, row: CatalogueRow, gpu: str, *, accept: bool = False) -> None:
        """Build an engine; ``accept`` where the person knows that it may not work."""
        body = {"model": row.id, "gpu": gpu, "accept": accept, "start": True}

        def refused(failure: Failure) -> None:
            if failure.problem.code == Code.BUILD_NEEDS_YES and not accept:
                self.consent_asked.emit(failure, lambda: self.build(row, gpu, accept=True))
            else:
                self._room.refused.emit(failure)

        self._wish(row, "/control/builds", body, otherwise=refused)

    def _look_for_files(self, row: CatalogueRow, gpu: str) -> None:
        """The set of weights that the ranking speaks of."""
        path = f"/control/plan/checkpoints?model={_quoted(row.id)}&gpu={_quoted(gpu)}"
        self._begin(row)
        call = self._room.client.get(path, tuple[CheckpointRow, ...])
        call.done.connect(lambda found: self._fetch(row, found))
        call.failed.connect(lambda failure: self._fail(row, failure))

    def _fetch(self, row: CatalogueRow, found: tuple[CheckpointRow, ...]) -> None:
        self.asking.discard(row.id)
        files = [one for one in found if one.file_format == "gguf"]
        best = next((one for one in files if one.precision == row.precision), files[0] if files else None)
        if best is None:
            self._room.refused.emit(Failure(problem=_nothing_to_fetch(row)))
            self.changed.emit()
            return
        body = {"repo": best.repo, "variant": best.variant}
        self._wish(row, "/control/hub/pull", {name: value for name, value in body.items() if value is not None})

    def _wish(
        self,
        row: CatalogueRow,
        path: str,
        body: dict[str, object],
        *,
        follow: bool = True,
        otherwise: Callable[[Failure], None] | None = None,
    ) -> None:
        self._begin(row)
        call = self._room.client.post(path, JobView, body, slow=True)
        call.done.connect(lambda job: self._submitted(row, job, follow=follow))
        call.failed.connect(lambda failure: self._fail(row, failure, otherwise))

    def _begin(self, row: CatalogueRow) -> None:
        self.asking.add(row.id)
        self.changed.emit()

    def _submitted(self, row: CatalogueRow, job: JobView, *, follow: bool) -> None:
        self.asking.discard(row.id)
        if follow:
            self._jobs[job.id] = row
        self._room.jobs.accept(job)
        if job.state in ENDED:
            self._ended(job)
        self.changed.emit()

    def _fail(self, row: CatalogueRow, failure: Failure, otherwise: Callable[[Failure], None] | None = None) -> None:
        self.asking.discard(row.id)
        (otherwise or self._room.refused.emit)(failure)
        self.changed.emit()

    def _ended(self, job: JobView) -> None:
        row = self._jobs.pop(job.id, None)
        if row is not None and job.state is JobState.DONE:
            built = str(job.arguments.get("engine") or "")
            self._ready.append(built if job.kind is JobKind.BUILD and built else row)
            self._serve_ready()
        self.changed.emit()

    def _serve_ready(self) -> None:
        """The shelf may hear of a model a little later than its job ends."""
        here = models_by_name(self._room.models) if self._ready else {}
        for one in list(self._ready):
            found = model_of(one, here) if isinstance(one, CatalogueRow) else self._room.shelf.get(one)
            model_id = None if found is None else found.id
            if model_id is not None:
                self._ready.remove(one)
                self._start(model_id)

    def _start(self, model_id: str) -> None:
        engine = self._room.engine_of(model_id)
        if engine is None or engine.can_start:
            self._room.start_engine(model_id)
        self.begun_serving.emit(model_id)


def _nothing_to_fetch(row: CatalogueRow) -> ProblemView:
    return ProblemView(code=Code.MODEL_NOT_FOUND, facts={"model": row.name, "known": ""})


def _quoted(text: str) -> str:
    return bytes(QUrl.toPercentEncoding(text).data()).decode()
