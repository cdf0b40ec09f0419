"""What is told of all engines: of those that somebody wished something of, and of some that are at rest."""

from abc import abstractmethod

from engineroom.domain.engine import EngineView
from engineroom.domain.model import ModelSpec
from engineroom.domain.routing.views import RoutingView
from engineroom.services.engine_actor import EngineActor
from engineroom.services.engine_card import EngineCard, view_at_rest
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.models import ModelShelf
from engineroom.services.routing.parts import RoutingParts
from engineroom.services.routing.router import Router

LISTED_AT_REST = 100
"""Engines that nobody has asked for, of a large library: thousands of them would only be in the way of the others."""


def _can_stop(actor: EngineActor) -> bool:
    """What its view says, without the making of one."""
    return not actor.card.idle or actor.back_off.armed


class ToldEngines:
    """The reading half of the engine room."""

    _shelf: ModelShelf
    _world: EngineWorld
    _routing: RoutingParts
    _router: Router
    _actors: dict[str, EngineActor]

    def models(self) -> tuple[ModelSpec, ...]:
        """Every model that there is."""
        return self._shelf.specs()

    def listed(self) -> tuple[ModelSpec, ...]:
        """The models whose engines are told of unasked: those of which something was wished, and some at rest."""
        specs = self._shelf.specs()
        wished = {*self._actors, *self._routing.remembered()}
        return (*specs[:LISTED_AT_REST], *(spec for spec in specs[LISTED_AT_REST:] if spec.id in wished))

    def views(self) -> tuple[EngineView, ...]:
        """The listed engines; a model that never ran has a stopped one."""
        return tuple(self._actor(spec).view() for spec in self.listed())

    def view(self, model: str) -> EngineView:
        """One engine, listed or not. Raises Rejected (``model_not_found``)."""
        spec = self._shelf.resolve(model)
        actor = self._actors.get(spec.id)
        return view_at_rest(spec, self.options(spec), self._world) if actor is None else actor.view()

    def in_use(self) -> frozenset[str]:
        """Engines that are up, on their way, or about to start again by themselves."""
        return frozenset(model for model, actor in self._actors.items() if _can_stop(actor))

    def card(self, model: str) -> EngineCard:
        """What every request asks of the engine of a model (by id), which a view is too much for.

        Raises as :meth:`view`.
        """
        actor = self._actors.get(model)
        return (self._actor(self._shelf.resolve(model)) if actor is None else actor).card

    def routing(self) -> RoutingView:
        """What the router makes of the listed engines."""
        for spec in self.listed():
            self._actor(spec)
        return self._router.view()

    def resolve(self, model: str) -> ModelSpec:
        """The model a name means. Raises Rejected (``model_not_found``)."""
        return self._shelf.resolve(model)

    @property
    def busy(self) -> bool:
        """Whether any engine is up, wished for, on its way, or about to start again by itself."""
        return any(_can_stop(actor) for actor in self._actors.values()) or self._router.wanted

    @property
    def news(self) -> tuple[int, int]:
        """Is another one once an engine has changed, come or gone, or the router has decided something."""
        return self._router.turns, len(self._shelf.specs())

    @abstractmethod
    def options(self, spec: ModelSpec) -> EngineOptions:
        """How the next start of an engine is to be."""

    @abstractmethod
    def _actor(self, spec: ModelSpec) -> EngineActor: ...
