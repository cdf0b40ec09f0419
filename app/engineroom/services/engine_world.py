"""What an engine needs of the outside, and how it is to be started."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engineroom.domain.engine import EngineView
from engineroom.domain.repair import Repair
from engineroom.services.card_watch import CardWatch
from engineroom.services.doctor import Diagnosis, Doctor
from engineroom.services.launchers import EngineOptions, Launcher, LlamaCppLauncher
from engineroom.services.measurements import Load
from engineroom.services.ports import Clock, LoadHistory, Spawner, UpstreamFactory

__all__ = ["EngineOptions", "EngineWorld"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineWorld:
    """The outside. ``publish`` shows an engine, ``log`` takes source and line, ``measure`` a load that went well.

    ``launchers`` are by runtime.  ``diagnosed`` takes an engine that failed, why, and its log; ``repair_of`` says what
    fixes have changed of an engine.  ``ended`` takes an engine and the processes that it was, by pid, with
    the time they were created where that is known.
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
    diagnosed: Callable[[str, Diagnosis, tuple[str, ...]], None] = lambda *_: None
    repair_of: Callable[[str], Repair] = lambda _: Repair()
    ended: Callable[[str, Mapping[int, float | None]], None] = lambda *_: None
    launchers: Mapping[str, Launcher] = field(default_factory=lambda: {"llama.cpp": LlamaCppLauncher()})
