"""What would be served and how: questions go to the daemon, nothing is worked out here."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal

from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.plan_wire import WirePlan, WireRow

_GATHER_MS = 12
_STALE_MS = 300
AUTO = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the person asks for; ``None`` and ``auto`` leave the choice to the plan. ``gpu`` is a name or a UUID."""

    model: str = ""
    gpu: str = AUTO
    gpus: int = 1
    context_tokens: int | None = None
    concurrency: int = 1
    precision: str | None = None
    kv_dtype: str | None = None
    runtime: str | None = None
    wish: str = "balanced"

    @property
    def body(self) -> dict[str, Any]:
        """As it goes over the wire: what is left open is left out."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def alike(self, other: "Question") -> bool:
        """Whether the other question is about the same model on the same cards."""
        return (self.model, self.gpu, self.gpus) == (other.model, other.gpu, other.gpus)

    def changed(self, change: dict[str, Any]) -> "Question":
        """With the fields of an alternative; those this window does not know are left out."""
        named = {_NAMES.get(name, name): value for name, value in change.items()}
        return replace(self, **{name: value for name, value in named.items() if name in Question.__slots__})

    @staticmethod
    def knows(change: dict[str, Any]) -> bool:
        """Whether every field of an alternative is one of a question."""
        return bool(change) and all(_NAMES.get(name, name) in Question.__slots__ for name in change)


_NAMES = {"kv_format": "kv_dtype", "context": "context_tokens"}


class Planner(QObject):
    """One question under way at a time. While it is, the newest of those that follow waits, and the others are void.

    Signals:
        changed: ``plan``, ``failure`` or ``waiting`` is another.
        catalogue_changed: ``catalogue`` is another.
        listing_changed: ``listing`` or ``unlisted`` is another.
    """

    changed = Signal()
    catalogue_changed = Signal()
    listing_changed = Signal()

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.question = Question()
        self.plan: WirePlan | None = None
        self.failure: Failure | None = None
        self.catalogue: tuple[WireRow, ...] = ()
        self.unlisted: Failure | None = None
        self.listing = False
        self._client = client
        self._catalogue_for: str | None = None
        self._under_way: Question | None = None
        self._round = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_GATHER_MS)
        self._soon.timeout.connect(self._send)
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(_STALE_MS)
        self._stale.timeout.connect(self._drop)

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._under_way is not None or self._soon.isActive()

    def ask(self, question: Question) -> None:
        """Ask this, soon. The plan of another model or card stays a moment, so that a quick answer does not flicker."""
        if not question.alike(self.question):
            self._stale.start()
        self.question = question
        self.ask_again()

    def move(self, question: Question) -> None:
        """Another question, unasked: whoever looks at it asks."""
        self.question = question
        self.plan, self.failure = None, None
        self.changed.emit()

    def ask_again(self) -> None:
        """Ask the same: the card or the daemon may be in another state."""
        if self.question.model and self._under_way is None and not self._soon.isActive():
            self._soon.start()

    def forget(self) -> None:
        """The daemon is another or away: what it said is void."""
        self._round += 1
        self._soon.stop()
        self._stale.stop()
        self._under_way = None
        self._catalogue_for = None
        self.plan, self.failure = None, None
        self.changed.emit()
        self._listed(None)

    def list_models(self, gpu: str) -> None:
        """Ask how the catalogue's models do on a card, once per card; again where that could not be told."""
        if gpu == self._catalogue_for:
            return
        self._catalogue_for = gpu
        asked = self._round
        name = bytes(QUrl.toPercentEncoding(gpu).data()).decode()
        call = self._client.get(f"/control/plan/catalogue?gpu={name}", list[WireRow], slow=True)
        call.done.connect(lambda rows: self._list(gpu, rows) if asked == self._round else None)
        call.failed.connect(lambda failure: self._unlist(gpu, failure) if asked == self._round else None)
        self.listing = True
        self.listing_changed.emit()

    def _list(self, gpu: str, rows: list[WireRow]) -> None:
        if gpu == self._catalogue_for:
            self.catalogue = tuple(rows)
            self._listed(None)
            self.catalogue_changed.emit()

    def _unlist(self, gpu: str, failure: Failure) -> None:
        if gpu == self._catalogue_for:
            self._catalogue_for = None
            self._listed(failure)

    def _listed(self, failure: Failure | None) -> None:
        self.unlisted, self.listing = failure, False
        self.listing_changed.emit()

    def _drop(self) -> None:
        self.plan, self.failure = None, None
        self.changed.emit()

    def _send(self) -> None:
        self._under_way = self.question
        asked = self._round
        call = self._client.post("/control/plan", WirePlan, self.question.body)
        call.done.connect(lambda plan: self._take(plan, None) if asked == self._round else None)
        call.failed.connect(lambda failure: self._take(None, failure) if asked == self._round else None)

    def _take(self, plan: WirePlan | None, failure: Failure | None) -> None:
        answered, self._under_way = self._under_way, None
        if answered is not None and answered != self.question:
            self._send()
            if plan is None or not answered.alike(self.question):
                return
        self._stale.stop()
        self.plan, self.failure = plan, failure
        self.changed.emit()
