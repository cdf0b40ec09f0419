"""Commands that look and change nothing."""

import platform
import sys
import time
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

from engineroom import __version__
from engineroom.adapters.machine_reader import look_once
from engineroom.cli.output import Json, gib, number, print_json, say
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.control import (
    API,
    EngineState,
    EngineView,
    GpuInfo,
    GpuReading,
    HostReading,
    LogLine,
    Machine,
    NvmlState,
)
from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence
from engineroom.domain.errors import EngineroomError

NVML_WORDS = {
    NvmlState.STARTING: "being asked",
    NvmlState.OK: "ok",
    NvmlState.NO_DEVICE: "the NVIDIA driver runs, but reports no card; check that the card is seated and powered",
    NvmlState.LIBRARY_MISSING: "no NVIDIA driver found; with an NVIDIA card, install its driver (580 or newer)",
    NvmlState.DRIVER_NOT_LOADED: "the NVIDIA driver is installed but not loaded; reboot, or run: sudo modprobe nvidia",
    NvmlState.VERSION_MISMATCH: "the NVIDIA driver was updated while running; reboot to finish the update",
    NvmlState.NO_PERMISSION: "this user may not use the NVIDIA device files; in a container, pass the cards through",
    NvmlState.ASLEEP: "the card sleeps to save power, and is not woken to be asked",
    NvmlState.FAILED: "the NVIDIA driver answered with an error; see: engineroom logs --source daemon",
}


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


def gpus(*, json: Json = False) -> int:
    """List the NVIDIA cards and what they draw; then the processor."""
    machine, host_now, gpus_now = _machine_now()
    if json:
        print_json({"machine": machine, "gpus": gpus_now, "host": host_now})
        return Exit.OK
    readings = {reading.uuid: reading for reading in gpus_now}
    for gpu in machine.gpus:
        say(_gpu_words(gpu, readings.get(gpu.uuid)))
    if machine.nvml is not NvmlState.OK:
        say(f"NVIDIA: {NVML_WORDS[machine.nvml]}")
    if machine.simulated:
        say("NVIDIA: these cards are SIMULATED")
    host = machine.host
    say(
        f"CPU: {host.cpu_name}, {host.physical_cores or 'unknown'} cores, "
        f"{gib(host_now.memory_available_bytes)} of {gib(host.memory_total_bytes)} memory free, "
        f"power {number(host_now.cpu_power_w, 'W', 1)}"
    )
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


def _machine_now() -> tuple[Machine, HostReading, tuple[GpuReading, ...]]:
    """The daemon's view where one runs, else a look of our own."""
    try:
        with ControlClient(find_daemon()) as client:
            snapshot = client.snapshot()
    except EngineroomError:
        return look_once()
    if not snapshot.frames:
        return look_once()
    return snapshot.machine, snapshot.frames[-1].host, snapshot.frames[-1].gpus


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


def _gpu_words(gpu: GpuInfo, reading: GpuReading | None) -> str:
    used = None if reading is None else reading.memory_used_bytes
    power = None if reading is None else reading.power_w
    busy = None if reading is None else reading.utilisation_percent
    heat = None if reading is None else reading.temperature_c
    return (
        f"{gpu.name} [{gpu.uuid}]: {gib(used)} of {gib(gpu.memory_total_bytes)} used, "
        f"{number(power, 'W')} of {number(gpu.power_limit_w, 'W')}, {number(busy, '%')} busy, {number(heat, '°C')}"
    )


def _version_or_none(package: str) -> str | None:
    try:
        return version_of(package)
    except PackageNotFoundError:
        return None
