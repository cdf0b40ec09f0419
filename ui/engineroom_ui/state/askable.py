"""Who can be asked in the chat."""

from collections.abc import Iterable, Sequence

from engineroom.contract.control import EngineState, EngineView, ModelView
from engineroom_ui.state.room import Room

MOST_IN_A_LIST = 200


class Askable:
    """The models of the room as the chat offers them; reads, and keeps nothing."""

    def __init__(self, room: Room) -> None:
        self._room = room

    @property
    def live(self) -> bool:
        """Whether anybody answers."""
        return self._room.live

    @property
    def engines(self) -> dict[str, EngineView]:
        """Engines by the model they serve."""
        return {engine.model_id: engine for engine in self._room.engines.values()}

    @property
    def models(self) -> list[ModelView]:
        """Those that serve come first, then the default."""
        up = self._up
        usable = [model for model in self._room.models if model.problem is None]
        return sorted(usable, key=lambda model: (model.id not in up, not model.is_default))

    def named(self, ids: Iterable[str]) -> list[ModelView]:
        """The models with these ids, as far as they are here."""
        found = (self._room.shelf.get(model_id) for model_id in dict.fromkeys(ids))
        return [model for model in found if model is not None]

    def other(self, model_id: str) -> str:
        """Another one to compare it with; itself where there is none."""
        return next((model.id for model in self.models if model.id != model_id), model_id)

    def here(self, ids: Iterable[str]) -> bool:
        """Whether all of these can be asked."""
        asked = set(ids)
        return self.live and len(asked) == sum(model.problem is None for model in self.named(asked))

    def serves(self, ids: Iterable[str]) -> bool:
        """Whether all of these are up."""
        return self._up.issuperset(ids)

    @property
    def _up(self) -> set[str]:
        return {engine.model_id for engine in self._room.engines.values() if engine.state is EngineState.READY}


def a_few(models: Sequence[ModelView], chosen: str | None) -> list[ModelView]:
    """As many as can be looked through in a list that unfolds; the one chosen is among them."""
    few = list(models[:MOST_IN_A_LIST])
    few += [model for model in models[MOST_IN_A_LIST:] if model.id == chosen]
    return few
