"""Stable codes of every decision of the scheduler; :data:`WHY_FACTS` says what comes with each."""

from enum import StrEnum

from engineroom.domain.errors import FactValue
from engineroom.domain.reason import Reason

__all__ = ["WHY_FACTS", "Reason", "Why", "because"]


class Why(StrEnum):
    """Why an engine is loaded, a request waits, an engine is evicted, or a request is refused."""

    # loaded
    LOAD_ASKED = "load_asked"
    LOAD_BY_USER = "load_by_user"
    LOAD_TIGHT = "load_tight"
    LOAD_SIZE_UNKNOWN = "load_size_unknown"
    # admitted
    ADMIT = "admit"
    # waiting
    WAIT_PLAN = "wait_plan"
    WAIT_READING = "wait_reading"
    WAIT_LOAD = "wait_load"
    WAIT_SLOT = "wait_slot"
    WAIT_TURN = "wait_turn"
    WAIT_BUSY = "wait_busy"
    WAIT_RESIDENCY = "wait_residency"
    WAIT_OTHER_LOAD = "wait_other_load"
    WAIT_STOPPING = "wait_stopping"
    WAIT_MEMORY_BACK = "wait_memory_back"
    WAIT_BEHIND = "wait_behind"
    # evicted
    EVICT_FOR = "evict_for"
    EVICT_TTL = "evict_ttl"
    STOP_BY_USER = "stop_by_user"
    # refused
    QUEUE_FULL = "queue_full"
    WAIT_TOO_LONG = "wait_too_long"
    MEMORY_SHORT = "memory_short"
    MEMORY_PINNED = "memory_pinned"
    NOT_ON_DEMAND = "not_on_demand"
    ENGINE_FAILED = "engine_failed"
    MODEL_GONE = "model_gone"


WHY_FACTS: dict[Why, tuple[str, ...]] = {
    Why.LOAD_ASKED: ("needs_bytes", "room_bytes"),
    Why.LOAD_BY_USER: ("needs_bytes", "room_bytes"),
    Why.LOAD_TIGHT: ("needs_bytes", "room_bytes"),
    Why.LOAD_SIZE_UNKNOWN: (),
    Why.ADMIT: (),
    Why.WAIT_PLAN: (),
    Why.WAIT_READING: ("place",),
    Why.WAIT_LOAD: ("expected_s",),
    Why.WAIT_SLOT: ("slots",),
    Why.WAIT_TURN: ("other",),
    Why.WAIT_BUSY: ("other", "active"),
    Why.WAIT_RESIDENCY: ("other", "left_s"),
    Why.WAIT_OTHER_LOAD: ("other",),
    Why.WAIT_STOPPING: ("other",),
    Why.WAIT_MEMORY_BACK: ("place",),
    Why.WAIT_BEHIND: ("other",),
    Why.EVICT_FOR: ("other", "needs_bytes", "frees_bytes", "idle_s", "load_s"),
    Why.EVICT_TTL: ("idle_s", "ttl_s"),
    Why.STOP_BY_USER: (),
    Why.QUEUE_FULL: ("waiting", "retry_after_s"),
    Why.WAIT_TOO_LONG: ("waited_s", "retry_after_s"),
    Why.MEMORY_SHORT: ("place", "needs_bytes", "room_bytes", "retry_after_s"),
    Why.MEMORY_PINNED: ("pinned", "needs_bytes", "retry_after_s"),
    Why.NOT_ON_DEMAND: (),
    Why.ENGINE_FAILED: ("cause",),
    Why.MODEL_GONE: (),
}
"""Names of the facts that come with each code. Seconds are whole, a place is ``host`` or the UUID of a card."""


def because(why: Why, **facts: FactValue) -> Reason:
    """A reason, with exactly the facts of its code."""
    assert set(facts) == set(WHY_FACTS[why]), (why, facts)
    return Reason(code=why, facts=facts)
