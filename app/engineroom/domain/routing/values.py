"""What the scheduler is told of models, memory and rules. Times are whole milliseconds, memory is whole bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

HOST = "host"
"""The place that is the computer's own memory; every other place is a card, by its UUID."""

LEAST_PRIORITY, PRIORITY, MOST_PRIORITY = 0, 5, 9


class NeedOrigin(StrEnum):
    """Where the memory that an engine needs is known from. ``file`` is a lower bound: what its weights take.

    ``measured``: of the computer's memory it claims what it was seen to hold when it ran before.
    """

    MEASURED = "measured"
    PLAN = "plan"
    TRIAL = "trial"
    FILE = "file"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Memory in one place: what is expected and the least it may be.

    ``hidden_bytes`` of it are never seen in a reading of free memory: files that are mapped count there as free.
    """

    place: str
    expected_bytes: int
    low_bytes: int
    hidden_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One way to place an engine: all of these claims together."""

    claims: tuple[Claim, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Where it would stand."""
        return tuple(claim.place for claim in self.claims)

    @property
    def expected_bytes(self) -> int:
        """Over all places."""
        return sum(claim.expected_bytes for claim in self.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an engine needs, by every way it may be placed, the best first; none where nothing is known.

    ``held_bytes`` is the most of the computer's memory that it was seen to hold, before this daemon began too.
    """

    placements: tuple[Placement, ...] = ()
    origin: NeedOrigin = NeedOrigin.UNKNOWN
    held_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Free memory of one place, as it was just read.

    ``margin_bytes`` of it are to stay free; ``limit_bytes`` is the most all engines together may take.
    """

    free_bytes: int | None
    margin_bytes: int = 0
    limit_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the scheduler decides.

    An engine that others wait for keeps its place for what its load took, but no longer than ``residency_ms``; see
    :meth:`engineroom.domain.routing.record.Record.stays_until_ms`.  A waiting request counts one priority higher after
    every ``age_ms``.  One whose client hears nothing while it waits is turned away when it has waited for
    ``silent_most_ms`` behind an engine that failed and is being started again.  Memory is believed to come back within
    ``settle_ms`` after a stop.  For ``patience_ms`` after the start a first reading of memory is waited for.
    """

    queue_most: int = 64
    wait_most_ms: int = 600_000
    silent_most_ms: int = 5_000
    residency_ms: int = 60_000
    age_ms: int = 20_000
    settle_ms: int = 5_000
    patience_ms: int = 5_000
    on_demand: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFacts:
    """What is known of an engine before it runs. ``ttl_ms`` ``None``: never unloaded for being idle."""

    model: str
    slots: int
    ttl_ms: int | None = None
    pinned: bool = False
    load_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request. ``asker`` is the id of its key; a ``light`` one needs the engine, but none of its slots.

    The client of a ``silent`` one hears nothing while it waits.
    """

    number: int
    model: str
    asker: str | None = None
    priority: int = PRIORITY
    light: bool = False
    silent: bool = False


Readings = Mapping[str, Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The memory of all places that are known."""

    readings: Readings = field(default_factory=dict)
