"""The cards: once, or as a view that goes on."""

import contextlib
import sys
import time
from collections.abc import Generator, Iterator
from typing import Annotated

from cyclopts import Parameter

from engineroom.adapters.machine_reader import look_on, look_once
from engineroom.cli.output import Json, gib, number, print_json, say
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.control import (
    GpuInfo,
    GpuReading,
    GpuState,
    HostReading,
    Machine,
    MemoryKind,
    NvmlState,
    PowerScope,
    Throttle,
)
from engineroom.contract.events import EventName
from engineroom.contract.problems import Exit
from engineroom.domain.errors import EngineroomError

Sight = tuple[Machine, HostReading, tuple[GpuReading, ...]]

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
GPU_WORDS = {
    GpuState.OK: "ok",
    GpuState.LOST: "LOST: it does not answer any more; it is asked again every 15 s, and a reboot often brings it back",
    GpuState.NO_ACCESS: "no access: this user may not open its device file; in a container, pass the card through",
}
THROTTLE_WORDS = {
    Throttle.POWER_CAP: "power cap",
    Throttle.THERMAL: "temperature",
    Throttle.HARDWARE_THERMAL: "temperature (hardware)",
    Throttle.HARDWARE_SLOWDOWN: "hardware slowdown",
    Throttle.POWER_BRAKE: "power brake",
    Throttle.SYNC_BOOST: "sync boost",
}
_EVERY_S = 1.0
_SLACK_S = 0.1


def gpus(*, json: Json = False, watch: Annotated[bool, Parameter(negative="")] = False) -> int:
    """List the NVIDIA cards and what they draw; then the processor.

    Args:
        json: for programs.
        watch: go on once a second until Ctrl-C.
    """
    if not watch:
        _show(sight_now(), as_json=json)
        return Exit.OK
    # Ctrl-C is how a view is meant to end.
    with contextlib.suppress(KeyboardInterrupt), contextlib.closing(_sights()) as sights:
        if not json and sys.stdout.isatty():
            from engineroom.cli.cards_view import watch_cards  # noqa: PLC0415 (rich is slow to import)

            watch_cards(sights)
        else:
            for sight in sights:
                _show(sight, as_json=json)
    return Exit.OK


def nvml_line(machine: Machine) -> str | None:
    """What is to be said of the driver; ``None`` when all is well."""
    if machine.nvml is NvmlState.OK:
        return None
    detail = "" if machine.nvml_detail is None else f" ({machine.nvml_detail})"
    return f"NVIDIA: {NVML_WORDS[machine.nvml]}{detail}"


def held_by(reading: GpuReading) -> str:
    """Who holds the memory, largest first; empty when nobody is known to."""
    holders = []
    for process in reading.processes or ():
        name = f"{process.program or 'program'} {process.pid}"
        size = "" if process.memory_bytes is None else f" {gib(process.memory_bytes)}"
        holders.append(f"{name}{size}{' (ours)' if process.ours else ''}")
    return ", ".join(holders)


def held_down_by(reading: GpuReading) -> str:
    """Why the clocks are held down, in words; empty when they are not, or nothing is known."""
    return ", ".join(THROTTLE_WORDS[reason] for reason in reading.throttle or ())


def errors_of(gpu: GpuInfo) -> list[str]:
    """What the driver reported of a card in the last hour, newest first, a line each."""
    lines = []
    for xid in gpu.xids:
        at = time.strftime("%H:%M:%S", time.localtime(xid.at_s))
        meaning = xid.meaning or "not in the bundled table"
        lines.append(f"error Xid {xid.code} at {at}: {meaning}.{f' {xid.remedy}.' if xid.remedy else ''}")
    return lines


def power_of(gpu: GpuInfo) -> str:
    """What the power is of, where that is not the card alone."""
    return " (module, with its processor)" if gpu.power_scope is PowerScope.MODULE else ""


def facts(gpu: GpuInfo) -> str:
    """What does not change of a card, as far as it is reported."""
    origin = {"table": "", "clocks": " (computed from its clocks)"}.get(gpu.bandwidth_origin or "", "")
    bandwidth = gpu.memory_bandwidth_gb_s
    reserve = gpu.host_reserve_bytes
    known = [
        gpu.architecture,
        gpu.compute_capability and f"compute {gpu.compute_capability}",
        None if bandwidth is None else f"{bandwidth:.0f} GB/s{origin}",
        None if gpu.pcie_generation is None else f"PCIe {gpu.pcie_generation} x{gpu.pcie_width or '?'}",
        f"{gpu.nvlink_links} NVLinks" if gpu.nvlink_links else None,
        f"ECC {'on' if gpu.ecc_enabled else 'off'}" if gpu.ecc_enabled is not None else None,
        f"MIG with {len(gpu.mig_instances)} slices" if gpu.mig_enabled else None,
        f"shares the computer's memory, {gib(reserve)} of it kept for the system" if reserve else None,
        gpu.compute_mode if gpu.compute_mode not in {None, "default"} else None,
        gpu.driver_model,
    ]
    return ", ".join(fact for fact in known if fact)


def memory_words(gpu: GpuInfo, reading: GpuReading | None) -> str:
    """Memory used of all there is."""
    used = None if reading is None else reading.memory_used_bytes
    shared = " of the computer's memory" if gpu.memory_kind is MemoryKind.UNIFIED else ""
    return f"{gib(used)} of {gib(gpu.memory_total_bytes)}{shared} used"


def sight_now() -> Sight:
    """The daemon's view where one runs, else a look of our own."""
    try:
        with ControlClient(find_daemon()) as client:
            snapshot = client.snapshot()
    except EngineroomError:
        return look_once()
    if not snapshot.frames:
        return look_once()
    return snapshot.machine, snapshot.frames[-1].host, snapshot.frames[-1].gpus


def _sights() -> Generator[Sight]:
    """What the daemon sees, until it ends; without one, looks of our own."""
    try:
        client = ControlClient(find_daemon())
        snapshot = client.snapshot()
    except EngineroomError:
        yield from look_on(every_s=_EVERY_S)
        return
    with client:
        yield from _of_daemon(client, snapshot.machine)


def _of_daemon(client: ControlClient, machine: Machine) -> Iterator[Sight]:
    last_s = 0.0
    for name, data in client.events():
        if name is EventName.MACHINE:
            machine = data
        elif name is EventName.TELEMETRY and time.monotonic() - last_s >= _EVERY_S - _SLACK_S:
            last_s = time.monotonic()
            yield machine, data.host, data.gpus
        elif name is EventName.GOODBYE:
            return


def _show(sight: Sight, *, as_json: bool) -> None:
    machine, host_now, gpus_now = sight
    if as_json:
        print_json({"machine": machine, "gpus": gpus_now, "host": host_now})
        return
    readings = {reading.uuid: reading for reading in gpus_now}
    for gpu in machine.gpus:
        _show_card(gpu, readings.get(gpu.uuid))
    trouble = nvml_line(machine)
    if trouble is not None:
        say(trouble)
    if machine.simulated:
        say("NVIDIA: these cards are SIMULATED")
    say(host_words(machine, host_now))


def host_words(machine: Machine, now: HostReading) -> str:
    """One line about the computer."""
    host = machine.host
    return (
        f"CPU: {host.cpu_name}, {host.physical_cores or 'unknown'} cores, "
        f"{gib(now.memory_available_bytes)} of {gib(host.memory_total_bytes)} memory free, "
        f"power {number(now.cpu_power_w, 'W', 1)}"
    )


def _say_all(lines: list[str]) -> None:
    for words in lines:
        if words:
            say(f"  {words}")


def _show_card(gpu: GpuInfo, reading: GpuReading | None) -> None:
    if gpu.state is not GpuState.OK or (reading is not None and reading.state is not GpuState.OK):
        state = gpu.state if reading is None else reading.state
        say(f"{gpu.name} [{gpu.uuid}]: {GPU_WORDS[state]}")
        _say_all(errors_of(gpu))
        return
    power = None if reading is None else reading.power_w
    busy = None if reading is None else reading.utilisation_percent
    heat = None if reading is None else reading.temperature_c
    limit = "" if gpu.power_limit_w is None else f" of {gpu.power_limit_w:.0f} W"
    say(
        f"{gpu.name} [{gpu.uuid}]: {memory_words(gpu, reading)}, "
        f"power {number(power, 'W')}{limit}{power_of(gpu)}, busy {number(busy, '%')}, {number(heat, '°C')}"
    )
    held = "" if reading is None else held_down_by(reading)
    holders = "" if reading is None else held_by(reading)
    _say_all([facts(gpu), held and f"slowed by: {held}", holders and f"memory held by: {holders}", *errors_of(gpu)])
    for slice_ in gpu.mig_instances:
        say(f"  slice {slice_.name or 'without a name'} [{slice_.uuid}]: {gib(slice_.memory_total_bytes)}")
