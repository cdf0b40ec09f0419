"""``engineroom ps``, ``pin`` and ``unpin``: what is loaded where, who waits for what, and why."""

import time
from collections.abc import Iterable

from engineroom.cli.output import Json, print_json, say, size
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.control import EngineState, EngineView, Snapshot
from engineroom.contract.problems import Exit
from engineroom.contract.routing import HOST, DecisionView, NeedOrigin, RouteView, RoutingView
from engineroom.contract.sentences_of_routing import routing_sentence

_COLUMNS = ("MODEL", "STATE", "ON", "MEMORY", "SINCE", "IDLE", "UNLOADS", "RUN", "WAIT")
_SHOWN = 5
_AT_REST = {EngineState.STOPPED}


def ps(*, all: bool = False, json: Json = False) -> int:  # noqa: A002 (the option's name)
    """List the engines that are loaded or asked for: where, since when, how long they stay, who waits, and why.

    Args:
        all: also models whose engine is stopped and for which nobody asks.
        json: print it as JSON.
    """
    with ControlClient(find_daemon()) as client:
        snapshot = client.snapshot()
    routing = snapshot.routing or RoutingView(routes=(), decisions=(), places=())
    if json:
        print_json(routing)
        return Exit.OK
    shown = [route for route in routing.routes if all or _is_up(route)]
    if not shown:
        say("No engine is loaded. A request loads the one of its model, and so does: engineroom start MODEL")
    else:
        _say_table(shown, snapshot)
    _say_decisions(routing.decisions)
    return Exit.OK


def pin(model: str, *, json: Json = False) -> int:
    """Keep an engine: it is not unloaded for being idle, and makes room for no other.

    Args:
        model: id of the model.
        json: print where it stands as JSON.
    """
    with ControlClient(find_daemon()) as client:
        route = client.pin_engine(model, pinned=True)
    print_json(route) if json else say(f"{route.id} is pinned; let go of it with: engineroom unpin {route.id}")
    return Exit.OK


def unpin(model: str, *, json: Json = False) -> int:
    """Let go of an engine that was pinned.

    Args:
        model: id of the model.
        json: print where it stands as JSON.
    """
    with ControlClient(find_daemon()) as client:
        route = client.pin_engine(model, pinned=False)
    print_json(route) if json else say(f"{route.id} is not pinned")
    return Exit.OK


def _is_up(route: RouteView) -> bool:
    return route.state not in _AT_REST or route.waiting > 0 or route.wanted or route.pinned


def _say_table(routes: Iterable[RouteView], snapshot: Snapshot) -> None:
    engines = {engine.id: engine for engine in snapshot.engines}
    cards = {gpu.uuid: gpu.name for gpu in snapshot.machine.gpus}
    listed = list(routes)
    rows = [_COLUMNS, *(_row(route, engines.get(route.id), cards) for route in listed)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_COLUMNS))]
    for number, row in enumerate(rows):
        say("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
        if number:
            _say_why(listed[number - 1])


def _row(route: RouteView, engine: EngineView | None, cards: dict[str, str]) -> tuple[str, ...]:
    places = ", ".join("host" if place == HOST else cards.get(place, place) for place in route.places)
    held = None if engine is None else engine.memory_bytes
    return (
        route.id,
        f"{route.state}{' (pinned)' if route.pinned else ''}",
        places or "-",
        _memory(route, held),
        _ago(route.loaded_at_s),
        _ago(route.idle_since_s),
        "never" if route.pinned or route.ttl_s is None else _until(route.unload_at_s),
        str(route.active),
        f"{route.waiting}/{route.waiting_most}",
    )


def _memory(route: RouteView, held_bytes: int | None) -> str:
    if held_bytes is not None and route.state is not EngineState.STOPPED:
        return size(held_bytes)
    if route.need_bytes is None:
        return "unknown"
    return f"{'at least' if route.need_from is NeedOrigin.FILE else 'about'} {size(route.need_bytes)}"


def _say_why(route: RouteView) -> None:
    if route.reason is not None:
        say(f"    {routing_sentence(route.reason)}")
    if route.waits_for is not None:
        since = "" if route.waiting_since_s is None else f" (since {_ago(route.waiting_since_s)})"
        say(f"    waiting{since}: {routing_sentence(route.waits_for)}")
    if route.making_room_for is not None:
        say(f"    makes room for {route.making_room_for}")


def _say_decisions(decisions: Iterable[DecisionView]) -> None:
    newest = list(decisions)[:_SHOWN]
    if newest:
        say()
        say("Decided last:")
    for decision in newest:
        stamp = time.strftime("%H:%M:%S", time.localtime(decision.at_s))
        say(f"  {stamp}  {decision.model}: {routing_sentence(decision.reason)}")


def _ago(unix_s: float | None) -> str:
    return "-" if unix_s is None else _span(max(0.0, time.time() - unix_s))


def _until(unix_s: float | None) -> str:
    return "-" if unix_s is None else f"in {_span(max(0.0, unix_s - time.time()))}"


def _span(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
