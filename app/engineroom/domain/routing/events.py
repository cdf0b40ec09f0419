"""What the scheduler hears, and what it decides."""

from dataclasses import dataclass

from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Problem
from engineroom.domain.reason import Reason
from engineroom.domain.routing.values import Ask, EngineFacts, Need, Seen


@dataclass(frozen=True, slots=True)
class Known:
    """A model can be asked for from now on, or what is known of it has changed."""

    facts: EngineFacts


@dataclass(frozen=True, slots=True)
class Planned:
    """What the engine of a model needs has become known (or known to be unknown)."""

    model: str
    need: Need


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A model can no longer be asked for."""

    model: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request has come."""

    ask: Ask


@dataclass(frozen=True, slots=True)
class Gone:
    """A request is over: answered, failed, cancelled, or its client has left, be it while it waited."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The state of an engine. ``held_bytes`` is what its processes hold of the computer's memory.

    ``will_retry``: it has failed, and starts again by itself.
    """

    model: str
    state: EngineState
    will_retry: bool = False
    held_bytes: int | None = None
    load_ms: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class LoadRefused:
    """An engine that was to be loaded will not even begin."""

    model: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class UserStarts:
    """Somebody wishes an engine started."""

    model: str


@dataclass(frozen=True, slots=True)
class UserStops:
    """Somebody wishes an engine stopped."""

    model: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """Somebody wishes an engine never evicted, or lets go of it."""

    model: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody wishes how long an engine stays without a request, this time; ``ttl_ms`` ``None``: for ever."""

    model: str
    ttl_ms: int | None


@dataclass(frozen=True, slots=True)
class MemorySeen:
    """Memory was read."""

    seen: Seen


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


Event = (
    Known | Planned | Forgotten | Arrived | Gone | Changed | LoadRefused | UserStarts | UserStops | Pinned | Kept
    | MemorySeen | Tick
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Start an engine. ``places``: the cards it is to have, or ``host``; none where that is up to it."""

    model: str
    places: tuple[str, ...]
    by_user: bool
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Evict:
    """Stop an engine."""

    model: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """Send a request to its engine, which is ready."""

    number: int
    model: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A request has to wait, and for what."""

    number: int
    model: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """Turn a request away; ``number`` is ``None`` for somebody's wish. ``problem`` is the engine's own, if any."""

    number: int | None
    model: str
    reason: Reason
    problem: Problem | None = None


Decision = Load | Evict | Admit | Wait | Refuse
