"""What its authors say of the model that is looked at."""

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.models import ModelReadme
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.asking import Asking


class Readme(QObject):
    """Asked for only when a person wants it, since the Hub is asked then.

    Signals:
        changed: anything here is another.
    """

    changed = Signal()

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._asking = Asking(self.changed.emit)
        self._library_id: str | None = None
        self._repo: str | None = None
        self._revision: str | None = None
        self.told: ModelReadme | None = None
        self.failure: Failure | None = None

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._asking.waiting

    @property
    def has_source(self) -> bool:
        """Whether there is anybody to ask."""
        return self._library_id is not None or self._repo is not None

    def aim(self, library_id: str | None, repo: str | None, revision: str | None) -> None:
        """Another model: one that is here, or a repository."""
        self._asking.drop()
        self._library_id, self._repo, self._revision = library_id, repo, revision
        self.told, self.failure = None, None
        self.changed.emit()

    def ask_once(self) -> None:
        """Read it, unless that was tried already."""
        if self.failure is None:
            self.ask()

    def ask(self) -> None:
        """Read what came with it, else what its repository says."""
        if self.waiting or self.told is not None:
            return
        self.failure = None
        if self._library_id is not None:
            path = f"/control/library/readme?model={_quoted(self._library_id)}"
            self._asking.follow(self._client.get(path, ModelReadme), self._take_near, lambda _failure: self._ask_hub())
        else:
            self._ask_hub()
        self.changed.emit()

    def _ask_hub(self) -> None:
        if self._repo is None:
            self.told = ModelReadme(text=None)
            return
        revision = f"&revision={_quoted(self._revision)}" if self._revision else ""
        path = f"/control/hub/readme?repo={_quoted(self._repo)}{revision}"
        self._asking.follow(self._client.get(path, ModelReadme, slow=True), self._take, self._miss)

    def _take_near(self, told: ModelReadme) -> None:
        if told.text:
            self.told = told
        else:
            self._ask_hub()

    def _take(self, told: ModelReadme) -> None:
        self.told = told

    def _miss(self, failure: Failure) -> None:
        self.failure = failure


def _quoted(text: str) -> str:
    return bytes(QUrl.toPercentEncoding(text).data()).decode()
