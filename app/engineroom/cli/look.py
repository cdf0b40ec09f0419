"""Commands that look and change nothing."""

import platform
import sys
import time
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

from engineroom import __version__
from engineroom.cli.output import Json, gib, number, print_json, say
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.control import (
    API,
    EngineState,
    EngineView,
    LogLine,
)
from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence


def status(*, json: Json = False) -> int:
    """Say whether the engine room runs, what it serves and how fast."""
    with ControlClient(find_daemon()) as client:
        snapshot = client.snapshot()
    if json:
        print_json(snapshot)
        return Exit.OK
    say(f"Engineroom {snapshot.hello.version} serves at {snapshot.hello.address}/v1 (pid {snapshot.hello.pid})")
    for engine in snapshot.engines:
        say(f"  {engine.model_id}: {_engine_words(engine)}")
    frame = snapshot.frames[-1] if snapshot.frames else None
    traffic = snapshot.traffic
    say(
        f"  {number(frame.tokens_per_s if frame else None, 'tokens/s', 1)}, "
        f"{frame.active_requests if frame else 0} running, {traffic.requests} requests "
        f"({traffic.failed} failed), {traffic.completion_tokens} tokens out"
    )
    for notice in snapshot.notices:
        say(f"  ! {sentence(notice)}")
    return Exit.OK


def models(*, json: Json = False) -> int:
    """List the models that can be served."""
    with ControlClient(find_daemon()) as client:
        snapshot = client.snapshot()
    if json:
        print_json(snapshot.models)
        return Exit.OK
    states = {engine.model_id: engine.state for engine in snapshot.engines}
    for model in snapshot.models:
        facts = [model.quantisation, gib(model.file_bytes), model.licence, "default" if model.is_default else None]
        words = ", ".join(fact for fact in facts if fact)
        say(f"{model.id}  ({words})  {states.get(model.id, EngineState.STOPPED)}")
        if model.problem is not None:
            say(f"  ! {sentence(model.problem)}")
    return Exit.OK


def logs(*, source: str | None = None, tail: int = 50, follow: bool = False, json: Json = False) -> int:
    """Print log lines of the daemon and its engines.

    Args:
        source: only of this engine, or "daemon".
        tail: how many of the newest lines.
        follow: go on printing what is written from now on.
        json: one JSON object per line.
    """
    with ControlClient(find_daemon()) as client:
        for line in client.logs(source=source, tail=tail):
            _print_line(line, as_json=json)
        if follow:
            for name, data in client.events():
                for line in data if name == "log" else ():
                    if source in {None, line.source}:
                        _print_line(line, as_json=json)
    return Exit.OK


def version(*, json: Json = False) -> int:
    """Print the version of Engineroom and of what it runs on."""
    facts = {
        "engineroom": __version__,
        "api": API,
        "python": platform.python_version(),
        "llama_cpp_runtime": _version_or_none("xllamacpp"),
        "platform": f"{platform.system()} {platform.machine()}",
    }
    if json:
        print_json(facts)
    else:
        say(f"Engineroom {__version__} (control API {API}, Python {facts['python']}, {facts['platform']})")
        say(f"llama.cpp runtime: xllamacpp {facts['llama_cpp_runtime'] or 'not installed'}")
    return Exit.OK


def _print_line(line: LogLine, *, as_json: bool) -> None:
    if as_json:
        print_json(line)
    else:
        stamp = time.strftime("%H:%M:%S", time.localtime(line.written_at_s))
        sys.stdout.write(f"{stamp} {line.source}: {line.text}\n")
        sys.stdout.flush()


def _engine_words(engine: EngineView) -> str:
    if engine.state is EngineState.FAILED and engine.problem is not None:
        return f"failed: {sentence(engine.problem)}"
    if engine.state is EngineState.READY:
        return (
            f"ready on {engine.device} ({engine.runtime} {engine.runtime_version}), "
            f"{engine.context_tokens} tokens of context (limited by {engine.context_limit}), {engine.slots} at once, "
            f"{gib(engine.memory_bytes)} memory"
        )
    return str(engine.state)


def _version_or_none(package: str) -> str | None:
    try:
        return version_of(package)
    except PackageNotFoundError:
        return None
