"""Why engines are loaded and unloaded, and what requests wait for, as sentences: the daemon sends codes and facts."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from engineroom.contract.problems import FactValue
from engineroom.contract.routing import HOST, Reason, Why
from engineroom_ui.text import units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import listed

_DECISIONS: dict[str, str] = {
    Why.LOAD_ASKED: mark("routing", "Loaded for a request. It needs {needs_bytes} of {room_bytes}."),
    Why.LOAD_BY_USER: mark("routing", "Started by hand. It needs {needs_bytes} of {room_bytes}."),
    Why.LOAD_TIGHT: mark("routing", "Loaded although it is tight: it needs {needs_bytes} of {room_bytes}."),
    Why.LOAD_SIZE_UNKNOWN: mark("routing", "Loaded without knowing how much memory it needs."),
    Why.ADMIT: mark("routing", "Being answered."),
    Why.EVICT_FOR: mark("routing", "Unloaded for {other}. It gave back {frees_bytes} and had been idle for {idle_s}."),
    Why.EVICT_TTL: mark("routing", "Unloaded after {idle_s} without a request."),
    Why.STOP_BY_USER: mark("routing", "Stopped by hand."),
}

_WAITS: dict[str, str] = {
    Why.WAIT_PLAN: mark("routing", "What it needs is being found out."),
    Why.WAIT_READING: mark("routing", "The memory of {place} has not been read yet."),
    Why.WAIT_LOAD: mark("routing", "It is loading. Expected in {expected_s}."),
    Why.WAIT_SLOT: mark("routing", "All {slots} slots are answering."),
    Why.WAIT_TURN: mark("routing", "{other} has its turn first."),
    Why.WAIT_BUSY: mark("routing", "{other} is to make room and still answers."),
    Why.WAIT_RESIDENCY: mark("routing", "{other} was loaded only just now and stays for another {left_s}."),
    Why.WAIT_OTHER_LOAD: mark("routing", "{other} is being loaded where the room is."),
    Why.WAIT_STOPPING: mark("routing", "{other} is being unloaded."),
    Why.WAIT_MEMORY_BACK: mark("routing", "The memory of {place} is still being given back."),
    Why.WAIT_BEHIND: mark("routing", "{other} was first to ask for the same room."),
}

_REFUSALS: dict[str, str] = {
    Why.QUEUE_FULL: mark("routing", "Turned away: {waiting} requests waited already."),
    Why.WAIT_TOO_LONG: mark("routing", "Turned away after waiting {waited_s}."),
    Why.MEMORY_SHORT: mark("routing", "Turned away: it needs {needs_bytes}, and at most {room_bytes} could be free."),
    Why.MEMORY_PINNED: mark("routing", "Turned away: no room for {needs_bytes} beside what is pinned ({pinned})."),
    Why.NOT_ON_DEMAND: mark("routing", "Turned away: requests may not start engines here."),
    Why.ENGINE_FAILED: mark("routing", "Turned away: the engine does not run."),
    Why.MODEL_GONE: mark("routing", "Turned away: the model is no longer here."),
}

_LOADING = mark("routing", "It is loading.")
"""How long that takes was never seen."""

_TEXTS = {**_DECISIONS, **_WAITS, **_REFUSALS}


def routing_sentence(reason: Reason, name_of: Callable[[str], str] = str) -> str:
    """The reason in words, other models by ``name_of``; a code this window does not know yet is named as it is."""
    text = _TEXTS.get(reason.code)
    if reason.code == Why.WAIT_LOAD and reason.facts.get("expected_s") is None:
        text = _LOADING
    if text is None:
        return QCoreApplication.translate("routing", "The engine room reported “{code}”.").format(code=reason.code)
    facts = {name: _shown(name, value, name_of) for name, value in reason.facts.items()}
    return QCoreApplication.translate("routing", text).format_map(_Facts(facts))


class _Facts(dict[str, str]):
    """Facts by name; one that is missing reads as *not reported*."""

    def __missing__(self, key: str) -> str:
        return units.not_reported()


def _shown(name: str, value: FactValue, name_of: Callable[[str], str]) -> str:
    if value is None:
        return units.not_reported()
    if name.endswith("_bytes") and isinstance(value, int):
        return units.memory(value)
    if name.endswith("_s") and isinstance(value, int):
        return units.duration(value)
    if name == "place" and value == HOST:
        return QCoreApplication.translate("routing", "this computer")
    if name == "pinned":
        return listed(name_of(one) for one in str(value).split(", "))
    return name_of(str(value)) if name == "other" else str(value)
