"""Searching the Hub while somebody types: late, never twice, and only the newest answer counts."""

import re
from dataclasses import asdict, replace

from PySide6.QtCore import QObject, QTimer, Signal

from engineroom.contract.models import HubHit, HubPage, HubQuery, PullPreview
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.asking import Asking

TYPING_MS = 300
_REFERENCE = re.compile(r"(https?://\S+|(hf\.co|huggingface\.co)/\S+|[\w.-]+/[\w.-]+(@[\w./-]+)?)")


class HubSearch(QObject):
    """One question at a time; what is typed while it is under way ends it.

    Signals:
        changed: ``hits``, ``failure`` or ``waiting`` is another.
    """

    changed = Signal()

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.query: HubQuery | None = None
        self.hits: tuple[HubHit, ...] = ()
        self.failure: Failure | None = None
        self._next: str | None = None
        self._asking = Asking(self.changed.emit)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING_MS)
        self._soon.timeout.connect(self._send)

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._soon.isActive() or self._asking.waiting

    @property
    def has_more(self) -> bool:
        """Whether the Hub has another page."""
        return self._next is not None and self.failure is None

    def ask(self, query: HubQuery) -> None:
        """Ask this, once nobody types any more; nothing if it was asked already."""
        if query == self.query and self.failure is None:
            return
        self._give_up()
        self.query = query
        self._soon.start()
        self.changed.emit()

    def again(self) -> None:
        """The same question, after a failure."""
        if self.query is not None and not self.waiting:
            self._soon.start()
            self.changed.emit()

    def more(self) -> None:
        """The page after, if there is one and nobody waits for it."""
        if self.query is not None and self.has_more and not self.waiting:
            self._page(replace(self.query, cursor=self._next), add=True)

    def forget(self) -> None:
        """The daemon is another or away."""
        self._give_up()
        self.query, self.hits, self.failure, self._next = None, (), None, None
        self.changed.emit()

    def _send(self) -> None:
        if self.query is None:
            return
        text = (self.query.text or "").strip()
        reference = _REFERENCE.fullmatch(text) is not None
        if reference:
            call = self._client.post("/control/hub/look", PullPreview, {"repo": text}, slow=True)
            self._asking.follow(call, lambda preview: self._take((_hit(preview),), None, add=False), self._fail)
        else:
            self._page(self.query, add=False)

    def _page(self, query: HubQuery, *, add: bool) -> None:
        body = {name: value for name, value in asdict(query).items() if value is not None}
        call = self._client.post("/control/hub/search", HubPage, body, slow=True)
        self._asking.follow(call, lambda page: self._take(page.hits, page.next, add=add), self._fail)
        self.changed.emit()

    def _take(self, found: tuple[HubHit, ...], following: str | None, *, add: bool) -> None:
        known = {hit.repo for hit in self.hits} if add else set()
        new = tuple(hit for hit in found if hit.repo not in known)
        self.hits = (*self.hits, *new) if add else new
        self._next, self.failure = following, None

    def _fail(self, failure: Failure) -> None:
        self.failure = failure
        if not self._next:
            self.hits = ()

    def _give_up(self) -> None:
        self._soon.stop()
        self._asking.drop()


def _hit(preview: PullPreview) -> HubHit:
    """A repository that was named, as a search would have found it."""
    return HubHit(
        repo=preview.repo,
        revision=preview.revision,
        task=None,
        library=None,
        tags=(),
        downloads=None,
        likes=None,
        parameters=None,
        licence=preview.licence,
        gated=preview.gated,
        modified_at=None,
    )
