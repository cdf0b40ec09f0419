"""The energy table, asked for while somebody looks at it."""

from PySide6.QtCore import QObject, QTimer, Signal

from engineroom.contract.control import EnergyTable, GroupBy
from engineroom_ui.link.http import Call, Failure, HttpClient

DAYS = 30
_EVERY_MS = 30_000
_AFTER_REQUEST_MS = 2_000


class Energy(QObject):
    """One table at a time, grouped as asked.

    Signals:
        changed: ``table`` or ``failure`` is another.
    """

    changed = Signal()

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.by = GroupBy.MODEL
        self.table: EnergyTable | None = None
        self.failure: Failure | None = None
        self._client = client
        self._round = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.ask)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_REQUEST_MS)
        self._soon.timeout.connect(self.ask)

    def watch(self, *, on: bool) -> None:
        """Ask now and every half minute, or no more."""
        if on:
            self._timer.start()
            self.ask()
        else:
            self._timer.stop()
            self._soon.stop()

    def ask_soon(self) -> None:
        """Ask when the ledger has had the time to write down the request that just ended."""
        if self._timer.isActive() and not self._soon.isActive():
            self._soon.start()

    def group(self, by: GroupBy) -> None:
        """Group in another way."""
        if by is not self.by:
            self.by = by
            self.ask()

    def ask(self) -> None:
        """Ask for the table as it is now."""
        self._round += 1
        asked = self._round
        call = self._client.get(f"/control/energy?by={self.by}&days={DAYS}", EnergyTable)
        call.done.connect(lambda table: self._take(table, None) if asked == self._round else None)
        call.failed.connect(lambda failure: self._take(None, failure) if asked == self._round else None)

    def export(self, kind: str) -> Call:
        """The records of the last days as a file of ``csv`` or ``json``; the answer is bytes."""
        return self._client.get(f"/control/energy/export?format={kind}&days={DAYS}", bytes)

    def _take(self, table: EnergyTable | None, failure: Failure | None) -> None:
        self.table, self.failure = table, failure
        self.changed.emit()
