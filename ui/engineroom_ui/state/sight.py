"""Which models can be shown pictures, as ``/v1/models`` says it to every client."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from engineroom.contract.control import ModelView
from engineroom_ui.state.asking import Asking
from engineroom_ui.state.room import Room

_SEES = "vision"
_READS_TEXT_ONLY = frozenset({"llama.cpp"})
"""Runtimes that start without the part of a model that sees."""


class Sight(QObject):
    """Asked once for what is on the shelf.

    Signals:
        changed: more is known.
    """

    changed = Signal()

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._asking = Asking(self.changed.emit)
        self._asked: frozenset[str] = frozenset()
        self._seeing: frozenset[str] = frozenset()

    def sees(self, model: ModelView) -> bool | None:
        """Whether pictures can be sent to it; ``None`` where nobody knows, and its engine will say."""
        self._ask()
        told = model.id in self._seeing
        return told or (False if model.runtime in _READS_TEXT_ONLY else None)

    def _ask(self) -> None:
        shelf = frozenset(model.id for model in self._room.models if model.runtime not in _READS_TEXT_ONLY)
        if shelf and self._room.live and not self._asking.waiting and shelf != self._asked:
            self._asked = shelf
            self._asking.follow(self._room.client.get("/v1/models", dict[str, Any]), self._take, lambda _failure: None)

    def _take(self, told: dict[str, Any]) -> None:
        rows = [row for row in told.get("data", ()) if isinstance(row.get("capabilities"), list)]
        self._seeing = frozenset(str(row.get("id")) for row in rows if _SEES in row["capabilities"])
