"""What an engine needs of the outside, and how it is to be started."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engineroom.domain.engine import EngineView
from engineroom.services.card_watch import CardWatch
from engineroom.services.doctor import Doctor
from engineroom.services.launchers import EngineOptions, Launcher, LlamaCppLauncher
from engineroom.services.measurements import Load
from engineroom.services.ports import Clock, LoadHistory, Spawner, UpstreamFactory

__all__ = ["EngineOptions", "EngineWorld"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineWorld:
    """The outside. ``publish`` shows an engine, ``log`` takes source and line, ``measure`` a load that went well.

    ``launchers`` are by runtime.
    """

    clock: Clock
    spawner: Spawner
    upstreams: UpstreamFactory
    history: LoadHistory
    doctor: Doctor
    cards: CardWatch
    publish: Callable[[EngineView], None]
    log: Callable[[str, str], None]
    measure: Callable[[Load], None] = lambda _: None
    launchers: Mapping[str, Launcher] = field(default_factory=lambda: {"llama.cpp": LlamaCppLauncher()})
