"""Commands that start and stop."""

import time

from engineroom.cli.output import Json, print_json, say
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.connection import connection_path, read_connection
from engineroom.contract.control import EngineState, Snapshot
from engineroom.contract.problems import Exit
from engineroom.contract.routing import Why
from engineroom.domain.errors import Broken, Code

_END_S = 15.0
_REFUSED = {Code.WAIT_TOO_LONG, Code.MEMORY_SHORT, Code.MEMORY_PINNED}
_STOPPED = {Why.STOP_BY_USER, Why.EVICT_FOR, Why.EVICT_TTL}


def start(model: str = "default", *, json: Json = False) -> int:
    """Start the engine of a model and wait until it is ready or has failed.

    Args:
        model: id of the model.
        json: print the engine as JSON.
    """
    with ControlClient(find_daemon()) as client:
        view = client.start_engine(model)
        while True:
            snapshot = client.snapshot()
            _see_end(snapshot, view.id)
            # One that somebody has stopped or removed is not told of among many others.
            found = next((engine for engine in snapshot.engines if engine.id == view.id), None)
            if found is None:
                raise Broken(Code.ENGINE_UNAVAILABLE, model=view.model_id)
            view = found
            if view.state is EngineState.READY or (view.state is EngineState.FAILED and not view.can_stop):
                break
            time.sleep(0.1)
    if view.problem is not None and view.state is EngineState.FAILED:
        raise Broken(Code(view.problem.code), **view.problem.facts)
    if json:
        print_json(view)
    else:
        say(f"{view.model_id} is ready at {client.connection.address}/v1")
    return Exit.OK


def _see_end(snapshot: Snapshot, model: str) -> None:
    """One who waits for room may be turned away, and an engine be stopped by somebody else. Raises Broken."""
    for route in snapshot.routing.routes if snapshot.routing is not None else ():
        reason = route.reason
        ended = route.state is EngineState.STOPPED and not route.wanted and not route.waiting
        if route.id == model and ended and reason is not None:
            if reason.code in _REFUSED:
                raise Broken(Code(reason.code), model=model, **reason.facts)
            if reason.code in _STOPPED:
                raise Broken(Code.ENGINE_UNAVAILABLE, model=model)


def stop(model: str | None = None, *, json: Json = False) -> int:
    """Stop the engine of a model; without a model, end the engine room and everything it started.

    Args:
        model: id of the model.
        json: print what was stopped as JSON.
    """
    with ControlClient(find_daemon()) as client:
        if model is not None:
            view = client.stop_engine(model)
            print_json(view) if json else say(f"{view.model_id} is {view.state}")
            return Exit.OK
        client.shut_down()
        pid = client.connection.pid
    deadline_s = time.monotonic() + _END_S
    while read_connection(connection_path()) is not None and time.monotonic() < deadline_s:
        time.sleep(0.05)
    ended = read_connection(connection_path()) is None
    print_json({"pid": pid, "ended": ended}) if json else say(f"the engine room (pid {pid}) has ended")
    return Exit.OK if ended else Exit.INTERNAL
