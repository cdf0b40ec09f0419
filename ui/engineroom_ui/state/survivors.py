"""Ending what an engine that has ended left on a card."""

from PySide6.QtCore import QObject, Signal

from engineroom.contract.doctor import Orphan
from engineroom_ui.link.http import HttpClient

SURVIVOR = "survivor"


class Survivors(QObject):
    """Asks which there are and ends them.

    Signals:
        ended: an :class:`~engineroom.contract.doctor.Orphan` that is gone.
        none_left: none was found.
        refused: a failed call's :class:`~engineroom_ui.link.http.Failure`.
    """

    ended = Signal(object)
    none_left = Signal()
    refused = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client

    def end_all(self) -> None:
        """Every one that belonged to an engine which ended here; nothing else."""
        call = self._client.get("/control/orphans", tuple[Orphan, ...])
        call.done.connect(self._end)
        call.failed.connect(self.refused)

    def _end(self, found: tuple[Orphan, ...]) -> None:
        ours = [one for one in found if one.mark == SURVIVOR]
        for one in ours:
            body = {"created_s": one.created_s}
            call = self._client.post(f"/control/orphans/{one.pid}/end", Orphan, body, slow=True)
            call.done.connect(self.ended)
            call.failed.connect(self.refused)
        if not ours:
            self.none_left.emit()
