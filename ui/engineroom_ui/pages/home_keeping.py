"""What the scheduler says on the page Serve: on each engine's card, and of what it unloaded and turned away."""

from PySide6.QtCore import QObject

from engineroom_ui.state.room import Room
from engineroom_ui.widgets.decision_list import DecisionList
from engineroom_ui.widgets.engine_card import EngineCard


class HomeKeeping(QObject):
    """Follows the room by itself; the page places :attr:`decisions`."""

    def __init__(self, room: Room, cards: dict[str, EngineCard]) -> None:
        super().__init__()
        self._room = room
        self._cards = cards
        self.decisions = DecisionList()
        room.routing_changed.connect(self.draw)

    def add(self, card: EngineCard) -> None:
        """A card's button is to do something."""
        card.keeping.pin_asked.connect(lambda engine_id, pinned: self._room.pin_engine(engine_id, pinned=pinned))

    def draw(self) -> None:
        """Show what is known."""
        room = self._room
        for model_id, card in self._cards.items():
            engine = room.engine_of(model_id) if room.live else None
            route = room.route_of(engine.id) if engine is not None else None
            card.keeping.show_route(route, name=room.model_name(model_id), name_of=room.model_name)
        told = room.routing.decisions if room.routing is not None and room.live else ()
        self.decisions.show_decisions(told, room.model_name)
