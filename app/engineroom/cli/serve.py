"""``engineroom serve``: the daemon, in the foreground."""

import asyncio
import sys
from collections.abc import Callable
from typing import Annotated

from cyclopts import Parameter

from engineroom.cli.output import Json, gib, print_json, say
from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence
from engineroom.daemon import Daemon, DaemonOptions
from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Code, Rejected
from engineroom.gateway.parts import Parts

STATUS_EVERY_S = 1.0
QUIET_STATUS_EVERY_S = 30.0


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
        tasks.append(asyncio.create_task(_tell(parts, as_json=as_json), name="status line"))

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


async def _tell(parts: Parts, *, as_json: bool) -> None:
    """A live line on a terminal; elsewhere a line per change of an engine and, while there is traffic, now and then."""
    live = sys.stdout.isatty() and not as_json
    shown: dict[str, tuple[EngineState, int]] = {}
    quiet_s = requests = 0.0
    while True:
        for view in parts.engines.views():
            if shown.get(view.id) != (view.state, view.restarts):
                shown[view.id] = (view.state, view.restarts)
                if as_json:
                    print_json(view)
                elif not live or view.state in {EngineState.FAILED, EngineState.READY}:
                    _line(live, _change(parts, view.id))
        quiet_s += STATUS_EVERY_S
        if live:
            sys.stdout.write(f"\r\x1b[K{_status(parts)}")
            sys.stdout.flush()
        elif not as_json and quiet_s >= QUIET_STATUS_EVERY_S and parts.traffic.totals.requests != requests:
            quiet_s, requests = 0.0, parts.traffic.totals.requests
            say(_status(parts))
        await asyncio.sleep(STATUS_EVERY_S)


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
    memory = sum(view.memory_bytes or 0 for view in engines)
    states = ", ".join(f"{view.id} {view.state}" for view in engines if view.state is not EngineState.STOPPED)
    power = sum(gpu.power_w or 0.0 for gpu in frame.gpus) if (frame := parts.telemetry.newest()) else 0.0
    watts = f" | {power:.0f} W" if power else ""
    return (
        f"{traffic.tokens_per_s():6.1f} tokens/s | {traffic.active} running, {traffic.totals.requests} done | "
        f"{gib(memory)} memory{watts} | {states or 'no engine loaded'}"
    )


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
