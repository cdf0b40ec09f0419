"""Commands that look and change nothing."""

import platform
import sys
import time
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

from engineroom import __version__
from engineroom.cli.output import Json, gib, number, print_json, say
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.control import (
    API,
    EngineServing,
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
    newest = -1

    def show(lines: Iterable[LogLine]) -> None:
        nonlocal newest
        for line in lines:
            if line.number > newest and source in {None, line.source}:
                newest = line.number
                _print_line(line, as_json=json)

    with ControlClient(find_daemon()) as client:
        if not follow:
            show(client.logs(source=source, tail=tail))
            return Exit.OK
        # First the ear, then the past: what is written in between is in both, and printed once.
        for name, data in client.events(lambda: show(client.logs(source=source, tail=tail))):
            if name == "log":
                show(data)
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
            f"{gib(engine.memory_bytes)} memory{_serving_words(engine.serving)}"
        )
    if engine.state is EngineState.STARTING:
        return f"starting{_start_words(engine)}"
    return str(engine.state)


def _start_words(engine: EngineView) -> str:
    """The step that goes on, and when it will be over."""
    words = f": {engine.steps[-1].name}" if engine.steps else ""
    if engine.ready_at_s is None:
        return words
    return f"{words}, ready in about {max(1.0, engine.ready_at_s - time.time()):.0f} s"


def _serving_words(serving: EngineServing | None) -> str:
    """What it told of its work, and how long ago."""
    if serving is None:
        return ""
    facts = (
        ("{:.0%} of the cache in use", serving.kv_use),
        ("{:.0%} found in it", serving.kv_hit_rate),
        ("{} in a batch", serving.batch_requests),
        ("{} waiting", serving.queued_requests),
    )
    told = ", ".join(words.format(value) for words, value in facts if value is not None)
    return f"; {time.time() - serving.at_s:.0f} s ago {told}" if told else ""


def _version_or_none(package: str) -> str | None:
    try:
        return version_of(package)
    except PackageNotFoundError:
        return None
