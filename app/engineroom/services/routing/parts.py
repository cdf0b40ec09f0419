"""What an engine room routes with."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Protocol

from engineroom.domain.model import ModelSpec
from engineroom.domain.routing.values import EngineFacts
from engineroom.services.launchers import EngineOptions
from engineroom.services.routing.planner import Needs
from engineroom.services.routing.router import RouterWorld

MINUTE_MS = 60_000


class Pins(Protocol):
    """What was pinned by hand, and is to stay so. Never raises: a full disk costs the memory of it, not the pin."""

    def pinned(self, model: str) -> bool | None:
        """Whether somebody pinned it (or let go of it); ``None`` where nobody has said."""

    def pin(self, model: str, *, pinned: bool) -> None:
        """Remember it."""

    def names(self) -> tuple[str, ...]:
        """The models of which somebody has said something."""


class NoPins:
    """Remembers nothing."""

    def pinned(self, model: str) -> bool | None:
        """Nobody has said."""
        del model
        return None

    def pin(self, model: str, *, pinned: bool) -> None:
        """Forgotten at once."""

    def names(self) -> tuple[str, ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How an engine is kept: ``ttl_minutes`` 0 or ``None`` is for ever. ``None`` options are those of all engines."""

    ttl_minutes: float | None = None
    pinned: bool = False
    context_tokens: int | None = None
    slots: int | None = None

    def options(self, options: EngineOptions) -> EngineOptions:
        """The options of this engine."""
        return replace(
            options, context_tokens=self.context_tokens or options.context_tokens, slots=self.slots or options.slots
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingParts:
    """``needs`` says what an engine needs, and may block; without it nobody looks. ``keeping`` is by model.

    ``saw`` takes what a ready engine holds of the computer's memory, in bytes.  ``kept`` are the models of which the
    settings say how they are kept.
    """

    world: RouterWorld
    needs: Needs | None = None
    saw: Callable[[ModelSpec, EngineOptions, int], None] = lambda _spec, _options, _bytes: None
    keeping: Callable[[str], Keeping] = lambda _: Keeping()
    pins: Pins = field(default_factory=NoPins)
    kept: Callable[[], Collection[str]] = tuple

    def remembered(self) -> tuple[str, ...]:
        """The models of which somebody has said how they are kept."""
        return (*self.pins.names(), *self.kept())

    def facts(self, spec: ModelSpec, options: EngineOptions) -> EngineFacts:
        """What the scheduler is to know of a model."""
        keeping, pinned = self.keeping(spec.id), self.pins.pinned(spec.id)
        return EngineFacts(
            model=spec.id,
            slots=options.slots,
            ttl_ms=round(keeping.ttl_minutes * MINUTE_MS) if keeping.ttl_minutes else None,
            pinned=keeping.pinned if pinned is None else pinned,
        )
