"""Keys that let programs in, who can reach the engine room, and what is written down."""

from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.keys import CaptureView, KeyView, NetworkView, NewKey
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.asking import Asking


class Keys(QObject):
    """Asked when somebody looks.

    Signals:
        changed: read the attributes again.
        made: a :class:`NewKey`, whose key is nowhere else.
        refused: a :class:`Failure` of a wish.
    """

    changed = Signal()
    made = Signal(object)
    refused = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._asking = Asking(self.changed.emit)
        self.keys: tuple[KeyView, ...] | None = None
        self.network: NetworkView | None = None
        self.capture: CaptureView | None = None
        self.problem: Failure | None = None

    def refresh(self) -> None:
        """Ask for all of it."""
        self._asking.drop()
        self.problem = None
        self._asking.follow(self._client.get("/control/keys", tuple[KeyView, ...]), self._take_keys, self._fail)
        self._asking.follow(self._client.get("/control/network", NetworkView), self._take_network, self._fail)
        self._asking.follow(self._client.get("/control/capture", CaptureView), self._take_capture, self._fail)

    def forget(self) -> None:
        """Another daemon, or none."""
        self._asking.drop()
        self.keys = self.network = self.capture = self.problem = None

    def make(self, wish: dict[str, Any]) -> None:
        """Ask for a key."""
        call = self._client.post("/control/keys", NewKey, wish)
        call.done.connect(self._made)
        call.failed.connect(self.refused)

    def revoke(self, key_id: str) -> None:
        """Make a key worthless."""
        name = bytes(QUrl.toPercentEncoding(key_id).data()).decode()
        call = self._client.delete(f"/control/keys/{name}", KeyView)
        call.done.connect(lambda _key: self.refresh())
        call.failed.connect(self.refused)

    def turn_capture(self, minutes: float) -> None:
        """Write prompts and answers down for some minutes; 0 ends it."""
        call = self._client.post("/control/capture", CaptureView, {"minutes": minutes})
        call.done.connect(self._captured)
        call.failed.connect(self.refused)

    def _made(self, made: NewKey) -> None:
        self.made.emit(made)
        self.refresh()

    def _captured(self, capture: CaptureView) -> None:
        self.capture = capture
        self.changed.emit()

    def _take_keys(self, keys: tuple[KeyView, ...]) -> None:
        self.keys = keys

    def _take_network(self, network: NetworkView) -> None:
        self.network = network

    def _take_capture(self, capture: CaptureView) -> None:
        self.capture = capture

    def _fail(self, failure: Failure) -> None:
        self.problem = failure
