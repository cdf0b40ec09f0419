"""What an engine needs of the outside, and how it is to be started."""

from collections.abc import Callable
from dataclasses import dataclass

from engineroom.domain.engine import EngineView
from engineroom.services.card_watch import CardWatch
from engineroom.services.doctor import Doctor
from engineroom.services.measurements import Load
from engineroom.services.ports import Clock, LoadHistory, Spawner, UpstreamFactory


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineWorld:
    """The outside. ``publish`` shows an engine, ``log`` takes source and line, ``measure`` a load that went well."""

    clock: Clock
    spawner: Spawner
    upstreams: UpstreamFactory
    history: LoadHistory
    doctor: Doctor
    cards: CardWatch
    publish: Callable[[EngineView], None]
    log: Callable[[str, str], None]
    measure: Callable[[Load], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """How an engine is to be started. ``context_tokens`` is per slot."""

    context_tokens: int
    slots: int
    threads: int
    prompt_cache_mib: int
