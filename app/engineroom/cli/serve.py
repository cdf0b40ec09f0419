"""``engineroom serve``: the daemon, in the foreground."""

import asyncio
import sys
from collections.abc import Callable, Iterable
from typing import Annotated

from cyclopts import Parameter

from engineroom.cli.output import Json, gib, print_json, say
from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence
from engineroom.contract.sentences_of_routing import routing_sentence
from engineroom.daemon import Daemon, DaemonOptions
from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.routing.views import Decided
from engineroom.gateway.parts import Parts
from engineroom.services.beat import beat

STATUS_EVERY_S = 1.0
QUIET_STATUS_EVERY_S = 30.0
_IDLE = {EngineState.STOPPED, EngineState.FAILED}


def serve(
    *,
    host: str | None = None,
    port: str | None = None,
    model: str | None = None,
    headless: Annotated[bool, Parameter(negative="")] = False,
    idle_exit: Annotated[float | None, Parameter(show=False)] = None,
    plain_http: Annotated[bool, Parameter(name="--i-know-this-is-plain-http", negative="")] = False,
    json: Json = False,
) -> int:
    """Serve in the foreground until Ctrl-C, then end everything that was started.

    Without --model, the engine of a model starts with the first request for it.

    Args:
        host: address of this computer to listen on: 127.0.0.1 (default), ::1 or localhost for this computer alone; an
            IP address of it, or 0.0.0.0 for all, lets others in with a key and over TLS.
        port: port number (default 8411), or "auto" for the next free one.
        model: id of a model to start at once, or path of a GGUF file to serve.
        headless: accepted for scripts; this command never opens a window.
        idle_exit: end after this many seconds without a client, an engine or a request.
        plain_http: let other computers in without encryption; anybody on the way can read all of it, keys included.
        json: print one JSON object when everything answers, then one per change of an engine.
    """
    del headless
    options = DaemonOptions(
        host=host,
        port=_port(port),
        auto_port=port == "auto",
        model=model,
        idle_exit_s=idle_exit,
        plain_http=plain_http,
    )
    runner = asyncio.Runner(loop_factory=_loop_factory())
    with runner:
        runner.run(_serve(options, as_json=json))
    return Exit.OK


async def _serve(options: DaemonOptions, *, as_json: bool) -> None:
    tasks: list[asyncio.Task[None]] = []

    def started(parts: Parts) -> None:
        if as_json:
            print_json(parts.hello)
        else:
            _greet(parts)
        telling = _tell_changes(parts) if as_json else _tell(parts)
        tasks.append(asyncio.create_task(telling, name="status line"))

    try:
        await Daemon(options, started=started).run()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if not as_json:
        say("ended")


def _greet(parts: Parts) -> None:
    address = f"{parts.hello.address}/v1"
    model = parts.shelf.default_id or "MODEL"
    say(f"Engineroom {parts.hello.version} serves at {address}  (OpenAI-compatible; any api_key)")
    if parts.access.network is not None:
        say(f"Other computers reach it at {parts.access.network}/v1 with a key; see: engineroom network")
    say("")
    say("Try it from another shell:")
    say(f"  curl -N {address}/chat/completions -H 'Content-Type: application/json' \\")
    say(f"""    -d '{{"model":"{model}","stream":true,"messages":[{{"role":"user","content":"What is the capital """
        """of France?"}]}'""")  # fmt: skip
    say("")
    say("Ctrl-C ends it.")


async def _tell(parts: Parts) -> None:
    """A live line on a terminal; elsewhere a line per change of an engine and, while there is traffic, now and then."""
    live = sys.stdout.isatty()
    shown: dict[str, tuple[EngineState, int]] = {}
    quiet_s = requests = told_s = 0.0
    seen: object = None
    while True:
        # To look at all engines costs more than all else that is done while nobody asks anything.
        if (news := parts.engines.news) != seen:
            seen = news
            for view in parts.engines.views():
                if _is_news(shown, view) and (not live or view.state in {EngineState.FAILED, EngineState.READY}):
                    _line(live, _change(parts, view.id))
            told_s = _turned_away(parts, told_s, live=live, as_json=False)
        quiet_s += STATUS_EVERY_S
        if live:
            sys.stdout.write(f"\r\x1b[K{_status(parts)}")
            sys.stdout.flush()
        elif quiet_s >= QUIET_STATUS_EVERY_S and parts.traffic.totals.requests != requests:
            quiet_s, requests = 0.0, parts.traffic.totals.requests
            say(_status(parts))
        await beat(STATUS_EVERY_S)


async def _tell_changes(parts: Parts) -> None:
    """A JSON object per change of an engine, however short it was, and per request that was turned away."""
    shown: dict[str, tuple[EngineState, int]] = {}
    told_s = 0.0
    reader = parts.events.subscribe()
    try:
        for view in parts.engines.views():
            if _is_news(shown, view):
                print_json(view)
        async for batch in reader.batches(idle_s=STATUS_EVERY_S):
            for message in batch:
                if isinstance(message.payload, EngineView) and _is_news(shown, message.payload):
                    print_json(message.payload)
            told_s = _turned_away(parts, told_s, live=False, as_json=True)
    finally:
        parts.events.unsubscribe(reader)


def _is_news(shown: dict[str, tuple[EngineState, int]], view: EngineView) -> bool:
    """Whether an engine's state or number of restarts differs from what was shown; it counts as shown then."""
    now = (view.state, view.restarts)
    before, shown[view.id] = shown.get(view.id), now
    return before != now


def _turned_away(parts: Parts, told_s: float, *, live: bool, as_json: bool) -> float:
    """Tell whom the scheduler has turned away since ``told_s``, and why; the moment until which that is told."""
    for decision in reversed(parts.engines.routing().decisions):
        if decision.what is Decided.REFUSE and decision.at_s > told_s:
            told_s = decision.at_s
            if as_json:
                print_json(decision)
            else:
                _line(live, f"{decision.model}: {routing_sentence(decision.reason)}")
    return told_s


def _line(live: bool, text: str) -> None:  # noqa: FBT001
    say(f"\r\x1b[K{text}" if live else text)


def _change(parts: Parts, model: str) -> str:
    view = parts.engines.view(model)
    if view.state is EngineState.FAILED and view.problem is not None:
        return f"{view.id}: failed. {sentence(view.problem)}"
    if view.state is EngineState.READY:
        return (
            f"{view.id}: ready on the {view.device} in {view.load_s or 0:.1f} s, {view.context_tokens} tokens of "
            f"context, {view.slots} requests at once"
        )
    return f"{view.id}: {view.state}"


def _status(parts: Parts) -> str:
    traffic = parts.traffic
    engines = parts.engines.views()
    memory = known_sum(view.memory_bytes for view in engines if view.state not in _IDLE)
    states = ", ".join(f"{view.id} {view.state}" for view in engines if view.state is not EngineState.STOPPED)
    frame = parts.telemetry.newest()
    rate = 0.0 if frame is None else frame.tokens_per_s
    power = known_sum(gpu.power_w for gpu in frame.gpus) if frame and frame.gpus else None
    watts = "" if power is None else f" | {power:.0f} W"
    return (
        f"{rate:6.1f} tokens/s | {traffic.active} running, {traffic.totals.requests} done | "
        f"memory {gib(memory)}{watts} | {states or 'no engine loaded'}"
    )


def known_sum(values: Iterable[float | None]) -> float | None:
    """Their sum; ``None``, unknown, as soon as one of them is."""
    total = 0.0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _port(port: str | None) -> int | None:
    if port is None or port == "auto":
        return None
    if port.isdigit() and 1 <= int(port) <= 65_535:
        return int(port)
    raise Rejected(Code.USAGE, reason=f"--port must be a number from 1 to 65535 or 'auto', not '{port}'")


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415

    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory
