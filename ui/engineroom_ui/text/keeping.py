"""How long an engine stays, what its requests wait for, and what was decided about it, in words."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import EngineState
from engineroom.contract.routing import DecisionView, RouteView, Why
from engineroom_ui.text import numbers, units
from engineroom_ui.text.routing import routing_sentence

NameOf = Callable[[str], str]
translate = QCoreApplication.translate
_PLAIN = frozenset({Why.ADMIT, Why.STOP_BY_USER})
"""Reasons of which the state of the engine says as much."""


def stay(route: RouteView, now_s: float, name_of: NameOf = str) -> str:
    """How long the engine stays loaded; empty while it is not."""
    if route.pinned:
        return translate("keeping", "Pinned: it stays loaded and makes room for no other.")
    if route.state is not EngineState.READY:
        return ""
    if route.making_room_for is not None:
        return translate("keeping", "It makes room for {other} next.").format(other=name_of(route.making_room_for))
    if route.ttl_s is None:
        return translate("keeping", "It stays until it is stopped, or another needs its memory.")
    if route.unload_at_s is None:
        text = translate("keeping", "It is unloaded {time} after its last answer.")
        return text.format(time=units.duration(route.ttl_s))
    left = units.duration(max(0.0, route.unload_at_s - now_s))
    return translate("keeping", "It is unloaded in {time} unless it is asked.").format(time=left)


def wait(route: RouteView, now_s: float, name_of: NameOf = str) -> str:
    """How many requests wait, since when and for what; empty where none does."""
    if not route.waiting:
        return ""
    text = translate("keeping", "{waiting} of at most {most} requests wait.")
    if route.waiting_since_s is not None:
        text = translate("keeping", "{waiting} of at most {most} requests wait, the first for {time}.")
    since_s = now_s - (route.waiting_since_s or now_s)
    told = text.format(waiting=route.waiting, most=route.waiting_most, time=units.duration(max(0.0, since_s)))
    return told if route.waits_for is None else f"{told} {routing_sentence(route.waits_for, name_of)}"


def why(route: RouteView, name_of: NameOf = str) -> str:
    """The last decision about the engine, where it says more than the state does."""
    return "" if route.reason is None or route.reason.code in _PLAIN else routing_sentence(route.reason, name_of)


def decided(decision: DecisionView, name_of: NameOf) -> str:
    """One decision in a line."""
    said = routing_sentence(decision.reason, name_of)
    return translate("keeping", "{model}: {what}").format(model=name_of(decision.model), what=said)


def moment(decision: DecisionView) -> str:
    """When it was taken, by the clock of this computer."""
    return numbers.clock(decision.at_s)
