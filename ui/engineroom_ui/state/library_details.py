"""More about one model: the ways to have it, and the wish to get it."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal

from engineroom.contract.control import CheckpointRow, JobView
from engineroom.contract.models import PullPreview
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.asking import Asking
from engineroom_ui.state.library_readme import Readme
from engineroom_ui.state.library_rows import ModelRow, Shelf
from engineroom_ui.state.library_ways import Way, first_choice, of_checkpoints, of_preview, with_plan
from engineroom_ui.state.plan_wire import WirePlan

SETTLE_MS = 180


class Details(QObject):
    """Follows the row that is looked at; answers about another row are dropped.

    Signals:
        changed: anything here is another.
        submitted: the :class:`JobView` of a model that is being fetched.
    """

    changed = Signal()
    submitted = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._gpu = ""
        self._by_hand = False
        self._asking = Asking(self.changed.emit)
        self.readme = Readme(client, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self._ask)
        self.row: ModelRow | None = None
        self.ways: tuple[Way, ...] = ()
        self.chosen = -1
        self.preview: PullPreview | None = None
        self.failure: Failure | None = None
        self.refusal: Failure | None = None
        self.asking = False
        self.loading = False

    @property
    def way(self) -> Way | None:
        """The set of weights that is chosen."""
        return self.ways[self.chosen] if 0 <= self.chosen < len(self.ways) else None

    @property
    def page(self) -> str | None:
        """Path of its page on the Hub."""
        return self.way.repo if self.way is not None else self.row.repo if self.row is not None else None

    def show(self, row: ModelRow | None, gpu: str, *, by_hand: bool) -> None:
        """Look at another row. The Hub is asked for its README only where a person chose the row."""
        self._by_hand = by_hand
        if row is not None and self.row is not None and row.key == self.row.key and gpu == self._gpu:
            self.row = row
            if by_hand:
                self.readme.ask_once()
            self.changed.emit()
            return
        self._soon.stop()
        self._asking.drop()
        self._clear(row)
        self._gpu = gpu
        library_id = row.library_id if row is not None and row.shelf is Shelf.HERE else None
        self.readme.aim(library_id, row.repo if row is not None else None, row.revision if row is not None else None)
        if row is not None:
            self._soon.start()
        self.changed.emit()

    def choose(self, at: int) -> None:
        """Another set of weights."""
        if 0 <= at < len(self.ways) and at != self.chosen:
            self.chosen, self.refusal = at, None
            self._judge(at)
            self.changed.emit()

    def get(self, *, allow_code: bool = False) -> None:
        """Fetch what is chosen."""
        way = self.way
        if way is None or self.asking:
            return
        self.asking, self.refusal = True, None
        body: dict[str, Any] = {"repo": way.repo, "allow_code": allow_code}
        if way.variant is not None:
            body["variant"] = way.variant
        if self.preview is not None:
            body["revision"] = self.preview.revision
        call = self._client.post("/control/hub/pull", JobView, body, slow=True)
        self._asking.follow(call, self._got, self._refused)
        self.changed.emit()

    def again(self) -> None:
        """Look once more, after a failure."""
        self.failure = None
        self.loading = True
        self._ask()
        self.changed.emit()

    def _clear(self, row: ModelRow | None) -> None:
        self.row = row
        self.ways, self.chosen = (), -1
        self.preview, self.failure, self.refusal = None, None, None
        self.asking = False
        self.loading = row is not None and row.shelf is not Shelf.HERE

    def _ask(self) -> None:
        row = self.row
        if row is None:
            return
        if row.shelf is Shelf.RECOMMENDED:
            path = f"/control/plan/checkpoints?model={_quoted(row.model)}&gpu={_quoted(self._gpu)}"
            call = self._client.get(path, tuple[CheckpointRow, ...])
            self._asking.follow(call, self._take_checkpoints, self._miss)
            return
        if row.shelf is Shelf.SEARCH:
            call = self._client.post("/control/hub/look", PullPreview, {"repo": row.model}, slow=True)
            self._asking.follow(call, self._take_preview, self._miss)
        if self._by_hand:
            self.readme.ask_once()

    def _take_checkpoints(self, rows: tuple[CheckpointRow, ...]) -> None:
        self.loading = False
        if self.row is not None and rows:
            self.ways = of_checkpoints(rows, self.row)
            self.chosen = first_choice(self.ways)
            self.readme.aim(None, rows[0].repo, None)
            if self._by_hand:
                self.readme.ask_once()

    def _take_preview(self, preview: PullPreview) -> None:
        self.loading = False
        self.preview = preview
        self.ways = of_preview(preview)
        self.chosen = first_choice(self.ways)
        self._judge(self.chosen)

    def _judge(self, at: int) -> None:
        """Ask how a set of weights does, if that is not known."""
        if not 0 <= at < len(self.ways) or self.ways[at].verdict is not None:
            return
        body = {"model": self.ways[at].model, "gpu": self._gpu}
        call = self._client.post("/control/plan", WirePlan, body, slow=True)
        self._asking.follow(
            call,
            lambda plan: self._put(at, with_plan(self.ways[at], plan)),
            lambda _failure: self._put(at, replace(self.ways[at], verdict="unknown")),
        )

    def _put(self, at: int, way: Way) -> None:
        self.ways = (*self.ways[:at], way, *self.ways[at + 1 :])

    def _miss(self, failure: Failure) -> None:
        self.loading = False
        self.failure = failure

    def _got(self, job: JobView) -> None:
        self.asking = False
        self.submitted.emit(job)

    def _refused(self, failure: Failure) -> None:
        self.asking = False
        self.refusal = failure


def _quoted(text: str) -> str:
    return bytes(QUrl.toPercentEncoding(text).data()).decode()
