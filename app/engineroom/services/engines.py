"""All engines of this computer: one actor per model that was ever asked for, and one router that says when it runs."""

import asyncio
import traceback
from collections.abc import Coroutine
from dataclasses import replace

from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.errors import Broken, Code, EngineroomError, Problem
from engineroom.domain.model import ModelSpec
from engineroom.domain.repair import NO_REPAIR, Repair
from engineroom.domain.routing import events
from engineroom.domain.routing.views import RouteView
from engineroom.services.engine_actor import EngineActor
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.engines_told import ToldEngines
from engineroom.services.models import ModelShelf
from engineroom.services.ports import NotSent, Upstream
from engineroom.services.routing.parts import RoutingParts
from engineroom.services.routing.planner import Planner
from engineroom.services.routing.router import NOBODY, Asker, Router, RouterWorld, Visit, ms


def options_for(spec: ModelSpec, options: EngineOptions, repair: Repair = NO_REPAIR) -> EngineOptions:
    """The options, with what was settled when the engine was built and what fixes have changed since."""
    return replace(
        options,
        context_tokens=repair.context_tokens() or spec.context_tokens or options.context_tokens,
        slots=repair.slots() or spec.slots or options.slots,
    )


class EngineRoom(ToldEngines):
    """Finds the actor of a model, or makes it; the router decides when it is started and stopped.

    Args:
        load_on_demand: whether a request may start an engine that is stopped.
        routing: without it nobody looks at memory, and no engine is unloaded for being idle.
    """

    def __init__(
        self,
        *,
        shelf: ModelShelf,
        options: EngineOptions,
        world: EngineWorld,
        load_on_demand: bool = True,
        routing: RoutingParts | None = None,
    ) -> None:
        self._shelf = shelf
        self._options = options
        self._world = world
        self._actors: dict[str, EngineActor] = {}
        self._met: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        parts = routing or RoutingParts(world=RouterWorld(clock=world.clock, log=world.log))
        rules = replace(parts.world.rules, on_demand=load_on_demand)
        self._routing = replace(parts, world=replace(parts.world, rules=rules))
        self._router = Router(self._routing.world, self)
        self._planner = Planner(parts.needs)

    # -- what is wished

    def visit(self, model: str, asker: Asker = NOBODY, *, light: bool = False, silent: bool = False) -> Visit:
        """A request for a model (by id) has come; :meth:`Visit.end` tells that it is over.

        Raises:
            EngineroomError: ``model_not_found`` or ``shutting_down``.
        """
        if model not in self._actors:
            model = self._actor(self._shelf.resolve(model)).spec.id
        if self._closing:
            raise Broken(Code.SHUTTING_DOWN)
        return self._router.visit(model, asker, light=light, silent=silent)

    async def upstream(self, model: str) -> Upstream:
        """Connections to the ready engine of a model, brought up if need be, for whoever does not stay.

        Raises:
            EngineroomError: ``model_not_found``, ``shutting_down``, why the router refuses, or why the engine failed.
        """
        visit = self.visit(model)
        try:
            return await visit.upstream()
        finally:
            visit.end()

    def start(self, model: str) -> EngineView:
        """Wish an engine started; it may have to wait until others have made room.

        Raises:
            EngineroomError: ``model_not_found``, or at once why there is no room for it.
        """
        actor = self._actor(self._shelf.resolve(model))
        if not self._closing:
            self._router.start(actor.spec.id)
            if actor.state is EngineState.FAILED and actor.view().can_stop:
                actor.start()
        return actor.view()

    async def stop(self, model: str) -> EngineView:
        """Stop an engine and wait for it. Raises Rejected (``model_not_found``)."""
        actor = self._actor(self._shelf.resolve(model))
        self._router.tell(events.UserStops(actor.spec.id))
        await actor.stop()
        return actor.view()

    def pin(self, model: str, *, pinned: bool) -> RouteView:
        """Keep an engine from being unloaded and evicted, or let go of it. Raises Rejected (``model_not_found``)."""
        spec = self._actor(self._shelf.resolve(model)).spec
        self._routing.pins.pin(spec.id, pinned=pinned)
        self._router.tell(events.Pinned(spec.id, pinned))
        return self._router.route(spec.id)

    def see_memory(self) -> None:
        """Memory is to be read again."""
        self._router.see_memory()

    def options(self, spec: ModelSpec) -> EngineOptions:
        """How the next start of an engine is to be."""
        wished = self._routing.keeping(spec.id).options(self._options)
        return options_for(spec, wished, self._world.repair_of(spec.id))

    def cards_changed(self) -> None:
        """Look whether an engine's card was lost."""
        for actor in self._actors.values():
            actor.cards_changed()

    async def retire(self, spec: ModelSpec) -> None:
        """End the engine of a model that is no longer on the shelf, or not as it was."""
        if spec.id in self._met:
            self._met.discard(spec.id)
            self._router.tell(events.Forgotten(spec.id))
        actor = self._actors.pop(spec.id, None)
        if actor is not None:
            await actor.close()

    async def close(self) -> None:
        """Stop every engine at once and wait, bounded by each engine's own bounds."""
        self._closing = True
        self._router.close()
        await asyncio.gather(*(actor.close() for actor in self._actors.values()))
        await asyncio.gather(self._planner.close(), *self._tasks, return_exceptions=True)

    # -- what the router decides

    def load(self, model: str, places: tuple[str, ...], *, by_user: bool) -> None:
        """Start an engine."""
        actor = self._actors[model]
        actor.places = places
        if by_user:
            actor.start()
        else:
            self._spawn(self._bring_up(actor))

    def evict(self, model: str) -> None:
        """Stop an engine."""
        self._spawn(self._actors[model].stop())

    def upstream_now(self, model: str) -> Upstream:
        """Connections to an engine that is ready. Raises NotSent."""
        actor = self._actors.get(model)
        upstream = None if actor is None else actor.upstream_now
        if upstream is None:
            raise NotSent(f"the engine of {model} has just ended")
        return upstream

    def plan(self, model: str) -> None:
        """Find out what an engine needs."""
        spec = self._actors[model].spec
        self._planner.plan(spec, self.options(spec), self._router.planned)

    async def _bring_up(self, actor: EngineActor) -> None:
        try:
            await actor.upstream()
        except EngineroomError as error:
            # A model that went may be back already, with another actor, whom this is not about.
            if self._actors.get(actor.spec.id) is actor:
                self._router.tell(events.LoadRefused(actor.spec.id, error.problem))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _actor(self, spec: ModelSpec) -> EngineActor:
        if spec.id not in self._actors:
            options = self.options(spec)
            actor = EngineActor(spec, options, replace(self._world, publish=self._published))
            actor.task.add_done_callback(lambda task: self._actor_ended(spec.id, task))
            self._actors[spec.id] = actor
            self._met.add(spec.id)
            self._router.know(replace(self._routing.facts(spec, options), load_ms=ms(actor.view().expected_load_s)))
        return self._actors[spec.id]

    def _published(self, view: EngineView) -> None:
        self._world.publish(view)
        self._router.changed(view)
        actor = self._actors.get(view.id)
        if actor is not None and view.state is EngineState.READY and view.memory_bytes is not None:
            self._routing.saw(actor.spec, actor.options, view.memory_bytes)

    def _actor_ended(self, engine: str, task: asyncio.Task[None]) -> None:
        """An actor ends only when it is closed; anything else is a defect of ours, and the engine gets a new actor."""
        if task.cancelled() or task.exception() is None:
            return
        for line in traceback.format_exception(task.exception()):
            self._world.log(engine, f"actor ended: {line.rstrip()}")
        self._actors.pop(engine).abandon()
        problem = Problem(code=Code.ENGINE_UNAVAILABLE, facts={"model": engine})
        self._router.tell(events.Changed(model=engine, state=EngineState.FAILED, problem=problem))
