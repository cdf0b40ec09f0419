"""English sentences of the scheduler: for those it turns away, and for the reasons of what it decides."""

from collections.abc import Mapping

from engineroom.domain.errors import Code, FactValue
from engineroom.domain.routing.reasons import Reason, Why

PROBLEMS_OF_ROUTING: dict[str, str] = {
    Code.QUEUE_FULL: (
        "{waiting} requests already wait for '{model}', which is as many as may. Ask again in {retry_after_s}."
    ),
    Code.WAIT_TOO_LONG: (
        "After {waited_s} '{model}' still could not be asked, and nobody waits longer. Ask again in "
        "{retry_after_s}; what it waits for is in: engineroom ps"
    ),
    Code.MEMORY_SHORT: (
        "There is no room for '{model}': it needs {needs_bytes} at {place}, and {room_bytes} would be free even "
        "without our other engines. End other programs that hold memory, or give it less context."
    ),
    Code.MEMORY_PINNED: (
        "There is no room for '{model}' beside what is pinned: {pinned}. It needs {needs_bytes}. Let go of one: "
        "engineroom unpin MODEL"
    ),
}

SENTENCES_OF_ROUTING: dict[str, str] = {
    Why.LOAD_ASKED: "loaded for a request; it needs {needs_bytes} of {room_bytes}",
    Why.LOAD_BY_USER: "started by somebody; it needs {needs_bytes} of {room_bytes}",
    Why.LOAD_TIGHT: "loaded although it is tight: it needs {needs_bytes}, and {room_bytes} are free of other engines",
    Why.LOAD_SIZE_UNKNOWN: "loaded without knowing how much memory it needs",
    Why.ADMIT: "being answered",
    Why.WAIT_PLAN: "what it needs is being found out",
    Why.WAIT_READING: "memory of {place} has not been read yet",
    Why.WAIT_LOAD: "it is loading; expected in {expected_s}",
    Why.WAIT_SLOT: "all {slots} slots are answering",
    Why.WAIT_TURN: "{other} has its turn first",
    Why.WAIT_BUSY: "{other} is to make room and still answers ({active})",
    Why.WAIT_RESIDENCY: "{other} was loaded only just now and stays for another {left_s}",
    Why.WAIT_OTHER_LOAD: "{other} is being loaded where the room is",
    Why.WAIT_STOPPING: "{other} is being unloaded",
    Why.WAIT_MEMORY_BACK: "memory of {place} is still being given back",
    Why.WAIT_BEHIND: "{other} was first to ask for the same room",
    Why.EVICT_FOR: "unloaded for {other}, which needs {needs_bytes}: gives back {frees_bytes}, idle for {idle_s}",
    Why.EVICT_TTL: "unloaded after {idle_s} without a request (limit {ttl_s})",
    Why.STOP_BY_USER: "stopped by somebody",
    Why.QUEUE_FULL: "turned away: {waiting} wait already; again in {retry_after_s}",
    Why.WAIT_TOO_LONG: "turned away after waiting {waited_s}; again in {retry_after_s}",
    Why.MEMORY_SHORT: "turned away: it needs {needs_bytes} at {place}, and at most {room_bytes} could be free",
    Why.MEMORY_PINNED: "turned away: no room for {needs_bytes} beside what is pinned ({pinned})",
    Why.NOT_ON_DEMAND: "turned away: requests may not start engines here",
    Why.ENGINE_FAILED: "turned away: the engine does not run ({cause})",
    Why.MODEL_GONE: "turned away: the model is no longer here",
}


def routing_sentence(reason: Reason) -> str:
    """The reason in words, without a full stop; a code this program does not know is shown with its facts."""
    template = SENTENCES_OF_ROUTING.get(reason.code)
    if reason.code == Why.WAIT_LOAD and reason.facts.get("expected_s") is None:
        return "it is loading"
    if template is None:
        return f"{reason.code} {dict(reason.facts)}"
    return template.format_map(shown(reason.facts))


def shown(facts: Mapping[str, FactValue]) -> dict[str, str]:
    """Facts of the scheduler as a person reads them: sizes and times with their units."""
    return {name: _shown(name, value) for name, value in facts.items()}


def _shown(name: str, value: object) -> str:
    if value is None:
        return "an unknown time" if name.endswith("_s") else "an unknown amount"
    if name.endswith("_bytes") and isinstance(value, int):
        return f"{value / 2**30:.1f} GiB" if value >= 2**30 else f"{value / 2**20:.0f} MiB"
    if name.endswith("_s") and isinstance(value, int):
        return f"{value // 60} min" if value >= 600 else f"{value} s"
    return "this computer" if name == "place" and value == "host" else str(value)
