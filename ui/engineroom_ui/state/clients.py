"""Programs that can ask this engine room, and the addresses they can ask at, as the daemon tells of them."""

from PySide6.QtCore import QObject, Signal

from engineroom.contract.connect import ClientGuide
from engineroom.contract.keys import NetworkView
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.asking import Asking


class Clients(QObject):
    """Asked when somebody looks.

    Signals:
        changed: read the attributes again.
    """

    changed = Signal()

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._asking = Asking(self.changed.emit)
        self.guides: tuple[ClientGuide, ...] | None = None
        self.network: NetworkView | None = None
        self.problem: Failure | None = None

    def refresh(self) -> None:
        """Ask for what is not here yet, and for the addresses anew: they change with a restart."""
        self._asking.drop()
        self.problem = None
        if self.guides is None:
            self._asking.follow(
                self._client.get("/control/clients", tuple[ClientGuide, ...]), self._take_guides, self._fail
            )
        self._asking.follow(self._client.get("/control/network", NetworkView), self._take_network, self._fail)

    def forget(self) -> None:
        """Another daemon, or none."""
        self._asking.drop()
        self.guides = self.network = self.problem = None

    def _take_guides(self, guides: tuple[ClientGuide, ...]) -> None:
        self.guides = guides

    def _take_network(self, network: NetworkView) -> None:
        self.network = network

    def _fail(self, failure: Failure) -> None:
        self.problem = failure
