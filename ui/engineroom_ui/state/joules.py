"""What answers cost in energy: told by the daemon when it is known, else looked up in its ledger by request id."""

from PySide6.QtCore import QObject, QTimer, Signal

from engineroom.contract.control import RequestView
from engineroom_ui.link.http import HttpClient
from engineroom_ui.state.room import Room

_LOOK_MS = 4_000
_MOST_LOOKS = 3
_DAYS = 0.02


class Joules(QObject):
    """Waits only where the machine reports power at all.

    Signals:
        told: request id, joules, whether they were estimated from a share.
    """

    told = Signal(str, float, bool)

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._client: HttpClient = room.client
        self._looks: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        room.traffic_changed.connect(self._traffic)

    def wait_for(self, request_id: str) -> None:
        """Tell the energy of this request when it is known."""
        if self._measured():
            self._looks[request_id] = 0
            self._timer.start()
            self._traffic()

    @property
    def waiting(self) -> bool:
        """Whether the energy of a request is still to come."""
        return bool(self._looks)

    def _measured(self) -> bool:
        machine = self._room.machine
        return machine is not None and (bool(machine.gpus) or machine.host.cpu_power_source is not None)

    def _traffic(self) -> None:
        if self._room.traffic is not None and self._room.traffic.last is not None:
            self._take((self._room.traffic.last,))

    def _take(self, requests: tuple[RequestView, ...]) -> None:
        for request in requests:
            if request.request_id in self._looks and request.joules_gross is not None:
                del self._looks[request.request_id]
                self.told.emit(request.request_id, request.joules_gross, request.energy_estimated)

    def _look(self) -> None:
        self._looks = {one: looks + 1 for one, looks in self._looks.items() if looks < _MOST_LOOKS}
        if self._looks and self._room.live:
            call = self._client.get(f"/control/energy/export?format=json&days={_DAYS}", tuple[RequestView, ...])
            call.done.connect(self._take)
            self._timer.start()
