"""What clients are told of the scheduler."""

from dataclasses import dataclass
from enum import StrEnum

from engineroom.domain.engine import EngineState
from engineroom.domain.reason import Reason
from engineroom.domain.routing.values import NeedOrigin


class Decided(StrEnum):
    """Kinds of decisions that are kept to be shown."""

    LOAD = "load"
    EVICT = "evict"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteView:
    """Where the scheduler stands with the engine of one model. Moments are Unix time.

    ``active`` requests are being answered, ``waiting`` ones wait, ``waiting_most`` may, the first since
    ``waiting_since_s``.  ``unload_at_s`` is when it will be unloaded if nobody asks; ``None`` if it will not.
    ``places`` are ``host`` or UUIDs of cards; before it is loaded, there are none.  ``need_bytes`` is over all places,
    and ``need_from`` says how that is known.  ``making_room_for`` names the model that has its place next.
    ``reason`` is the last decision about the engine, ``waits_for`` what those who wait are waiting for.
    """

    id: str
    state: EngineState
    pinned: bool
    ttl_s: float | None
    loaded_at_s: float | None
    idle_since_s: float | None
    unload_at_s: float | None
    active: int
    waiting: int
    waiting_most: int
    waiting_since_s: float | None
    wanted: bool
    making_room_for: str | None
    places: tuple[str, ...]
    need_bytes: int | None
    need_from: NeedOrigin
    expected_load_s: float | None
    reason: Reason | None
    waits_for: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision that was taken: what, about which model, when (Unix time), and why."""

    at_s: float
    what: Decided
    model: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """Memory of one place.

    ``promised_bytes`` is what engines have or may take; ``room_bytes`` what one more may have; ``limit_bytes``
    the most that engines may take together, where that was set.
    """

    place: str
    free_bytes: int | None
    promised_bytes: int
    room_bytes: int | None
    margin_bytes: int
    limit_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingView:
    """The scheduler as a whole. ``decisions`` are the newest ones, newest first."""

    routes: tuple[RouteView, ...]
    decisions: tuple[DecisionView, ...]
    places: tuple[PlaceView, ...]
