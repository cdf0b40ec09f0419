"""All engines of this computer: one actor per model that was ever asked for."""

import asyncio
import traceback
from dataclasses import replace

from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.errors import Broken, Code
from engineroom.domain.model import ModelSpec
from engineroom.services.engine_actor import EngineActor
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.models import ModelShelf
from engineroom.services.ports import Upstream


def options_for(spec: ModelSpec, options: EngineOptions) -> EngineOptions:
    """The options, with what was settled when the engine was built."""
    return replace(
        options, context_tokens=spec.context_tokens or options.context_tokens, slots=spec.slots or options.slots
    )


class EngineRoom:
    """Finds the actor of a model, or makes it.

    Args:
        load_on_demand: whether a request may start an engine that is stopped.
    """

    def __init__(
        self, *, shelf: ModelShelf, options: EngineOptions, world: EngineWorld, load_on_demand: bool = True
    ) -> None:
        self._shelf = shelf
        self._options = options
        self._world = world
        self._load_on_demand = load_on_demand
        self._actors: dict[str, EngineActor] = {}
        self._closing = False

    def views(self) -> tuple[EngineView, ...]:
        """Every engine; a model that never ran has a stopped one."""
        return tuple(self._actor(spec).view() for spec in self._shelf.specs())

    def start(self, model: str) -> EngineView:
        """Wish an engine started. Raises Rejected (``model_not_found``)."""
        actor = self._actor(self._shelf.resolve(model))
        if not self._closing:
            actor.start()
        return actor.view()

    async def stop(self, model: str) -> EngineView:
        """Stop an engine and wait for it. Raises Rejected (``model_not_found``)."""
        actor = self._actor(self._shelf.resolve(model))
        await actor.stop()
        return actor.view()

    def resolve(self, model: str) -> ModelSpec:
        """The model a name means. Raises Rejected (``model_not_found``)."""
        return self._shelf.resolve(model)

    async def upstream(self, model: str) -> Upstream:
        """Connections to the ready engine of a model; brings it up if need be.

        Raises:
            EngineroomError: ``model_not_found``, ``engine_unavailable``, ``shutting_down``, or why it failed.
        """
        spec = self._shelf.resolve(model)
        actor = self._actor(spec)
        if self._closing:
            raise Broken(Code.SHUTTING_DOWN)
        if not self._load_on_demand and actor.state in {EngineState.STOPPED, EngineState.FAILED}:
            raise Broken(Code.ENGINE_UNAVAILABLE, model=spec.id)
        return await actor.upstream()

    def view(self, model: str) -> EngineView:
        """One engine. Raises Rejected (``model_not_found``)."""
        return self._actor(self._shelf.resolve(model)).view()

    def cards_changed(self) -> None:
        """Look whether an engine's card was lost."""
        for actor in self._actors.values():
            actor.cards_changed()

    async def retire(self, spec: ModelSpec) -> None:
        """End the engine of a model that is no longer on the shelf, or not as it was."""
        actor = self._actors.pop(spec.id, None)
        if actor is not None:
            await actor.close()

    @property
    def busy(self) -> bool:
        """Whether any engine is up, on its way, or about to start again by itself."""
        return any(actor.view().can_stop for actor in self._actors.values())

    async def close(self) -> None:
        """Stop every engine at once and wait, bounded by each engine's own bounds."""
        self._closing = True
        await asyncio.gather(*(actor.close() for actor in self._actors.values()))

    def _actor(self, spec: ModelSpec) -> EngineActor:
        if spec.id not in self._actors:
            actor = EngineActor(spec, options_for(spec, self._options), self._world)
            actor.task.add_done_callback(lambda task: self._actor_ended(spec.id, task))
            self._actors[spec.id] = actor
        return self._actors[spec.id]

    def _actor_ended(self, engine: str, task: asyncio.Task[None]) -> None:
        """An actor ends only when it is closed; anything else is a defect of ours, and the engine gets a new actor."""
        if task.cancelled() or task.exception() is None:
            return
        for line in traceback.format_exception(task.exception()):
            self._world.log(engine, f"actor ended: {line.rstrip()}")
        self._actors.pop(engine).abandon()
