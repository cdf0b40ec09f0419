"""Words for cards: their states, what holds the clocks down, who holds the memory, what does not change."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import (
    GpuInfo,
    GpuProcess,
    GpuReading,
    GpuState,
    Machine,
    MemoryKind,
    PowerScope,
    Throttle,
)
from engineroom_ui.text import numbers, tables, units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import listed

translate = QCoreApplication.translate

_THROTTLE: dict[Throttle, str] = {
    Throttle.POWER_CAP: mark("hardware", "power limit"),
    Throttle.THERMAL: mark("hardware", "temperature"),
    Throttle.HARDWARE_THERMAL: mark("hardware", "temperature (by the hardware)"),
    Throttle.HARDWARE_SLOWDOWN: mark("hardware", "hardware slowdown"),
    Throttle.POWER_BRAKE: mark("hardware", "power brake of the computer"),
    Throttle.SYNC_BOOST: mark("hardware", "the pace of other cards"),
}

_STATES: dict[GpuState, tuple[str, str, str]] = {
    GpuState.LOST: (
        mark("hardware", "lost"),
        mark("hardware", "This card fell off the bus"),
        mark(
            "hardware",
            "What ran on it was stopped. It is looked for again by itself; once it is back, serve again. If it stays "
            "away, restart the computer and check its power cable and cooling.",
        ),
    ),
    GpuState.NO_ACCESS: (
        mark("hardware", "no access"),
        mark("hardware", "Your user may not open this card"),
        mark("hardware", "Give your user access to the /dev/nvidia devices, or pass the card into the container."),
    ),
}

_ORIGINS = {
    "table": mark("hardware", "published"),
    "clocks": mark("hardware", "from clock and bus width"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a card shows no readings: a word for its tag, what is so, and the remedy."""

    word: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorySplit:
    """Bytes of a card's memory by who holds them; None where nobody says."""

    total_bytes: int | None
    used_bytes: int | None
    ours_bytes: int | None
    others_bytes: int | None
    free_bytes: int | None


def trouble(info: GpuInfo, reading: GpuReading | None) -> Trouble | None:
    """What is wrong with a card; None when nothing is."""
    state = info.state if info.state is not GpuState.OK or reading is None else reading.state
    if state is GpuState.OK:
        return None
    word, what, remedy = (translate("hardware", text) for text in _STATES[state])
    return Trouble(word=word, what=what, remedy=remedy)


def memory_split(info: GpuInfo, reading: GpuReading | None) -> MemorySplit:
    """Ours, others and free; where the driver does not tell whose the used memory is, used and free."""
    total = info.memory_total_bytes
    used = free = ours = None
    if reading is not None:
        total = reading.memory_total_bytes if reading.memory_total_bytes is not None else total
        used, free, ours = reading.memory_used_bytes, reading.memory_free_bytes, reading.memory_ours_bytes
    if free is None and used is not None and total is not None:
        free = max(0, total - used)
    if ours is not None and used is not None:
        # The driver counts both at different instants.
        ours = min(ours, used)
    others = used - ours if used is not None and ours is not None else None
    return MemorySplit(total_bytes=total, used_bytes=used, ours_bytes=ours, others_bytes=others, free_bytes=free)


def memory_told(split: MemorySplit) -> str:
    """The split as a sentence for those who do not see the bar."""
    if split.used_bytes is None:
        return translate("hardware", "Memory in use: not reported")
    free = units.memory(split.free_bytes)
    if split.ours_bytes is None:
        return translate("hardware", "{used} used, {free} free").format(used=units.memory(split.used_bytes), free=free)
    return translate("hardware", "{ours} ours, {others} others, {free} free").format(
        ours=units.memory(split.ours_bytes), others=units.memory(split.others_bytes), free=free
    )


def throttle(reading: GpuReading | None) -> tuple[str, bool]:
    """What holds the clocks down, and whether something does."""
    if reading is None or reading.throttle is None:
        return translate("hardware", "Clock limits: not reported"), False
    if not reading.throttle:
        return translate("hardware", "Nothing holds the clocks down"), False
    reasons = listed(translate("hardware", _THROTTLE[reason]) for reason in reading.throttle)
    return translate("hardware", "Clocks held down by: {reasons}").format(reasons=reasons), True


def power(info: GpuInfo, reading: GpuReading | None) -> str:
    """Power and its limit."""
    drawn = reading.power_w if reading is not None else None
    if drawn is None or info.power_limit_w is None:
        return units.watts(drawn)
    return translate("hardware", "{drawn} of {limit}").format(
        drawn=numbers.whole(drawn), limit=units.watts(info.power_limit_w)
    )


def power_caption(info: GpuInfo) -> str:
    """What the power is of."""
    if info.power_scope is PowerScope.MODULE:
        return translate("hardware", "Power, with its CPU")
    return translate("hardware", "Power")


def errors(info: GpuInfo) -> list[str]:
    """What the driver reported of a card in the last hour, newest first."""
    told = []
    for xid in info.xids:
        at = time.strftime("%H:%M", time.localtime(xid.at_s))
        meaning = tables.told(xid.meaning) if xid.meaning else translate("hardware", "not in the bundled table")
        text = translate("hardware", "Error Xid {code} at {at}: {meaning}.").format(
            code=xid.code, at=at, meaning=meaning
        )
        told.append(text if xid.remedy is None else f"{text} {tables.told(xid.remedy)}.")
    return told


def temperature(reading: GpuReading | None) -> str:
    """Temperature, and how far it is from throttling."""
    degrees = reading.temperature_c if reading is not None else None
    margin = reading.temperature_margin_c if reading is not None else None
    if degrees is None or margin is None:
        return units.celsius(degrees)
    text = translate("hardware", "{degrees}, {margin}° left")
    if margin < 0:
        text = translate("hardware", "{degrees}, {margin}° too hot")
    return text.format(degrees=units.celsius(degrees), margin=numbers.whole(abs(margin)))


def clocks(reading: GpuReading | None) -> str:
    """SM and memory clock."""
    sm = reading.sm_clock_mhz if reading is not None else None
    memory = reading.memory_clock_mhz if reading is not None else None
    if sm is None or memory is None:
        return units.megahertz(sm if sm is not None else memory)
    return translate("hardware", "{sm} / {memory} MHz").format(sm=numbers.whole(sm), memory=numbers.whole(memory))


def performance(reading: GpuReading | None) -> str:
    """The P-state."""
    state = reading.performance_state if reading is not None else None
    return units.not_reported() if state is None else f"P{state}"


def holder(process: GpuProcess) -> tuple[str, str]:
    """A program that holds memory, and how much."""
    name = process.program or translate("hardware", "unknown program")
    text = translate("hardware", "{program} (ours, {pid})") if process.ours else "{program} ({pid})"
    return text.format(program=name, pid=process.pid), units.memory(process.memory_bytes)


def details(machine: Machine, info: GpuInfo) -> Iterator[tuple[str, str]]:
    """Name and value of everything that does not change of a card."""
    yield translate("hardware", "Compute capability"), info.compute_capability or units.not_reported()
    yield translate("hardware", "Architecture"), info.architecture or units.not_reported()
    yield translate("hardware", "Memory bandwidth"), _bandwidth(info)
    yield translate("hardware", "Power limits"), _limits(info)
    if info.power_scope is PowerScope.MODULE:
        yield translate("hardware", "Power is of"), translate("hardware", "the whole module, CPU included")
    yield translate("hardware", "PCIe"), _pcie(info)
    yield translate("hardware", "NVLink"), _nvlink(info)
    yield translate("hardware", "ECC"), _switch(on=info.ecc_enabled)
    yield translate("hardware", "MIG"), _mig(info)
    yield translate("hardware", "Compute mode"), info.compute_mode or units.not_reported()
    yield translate("hardware", "Display"), _switch(on=info.display_active)
    if info.memory_kind is MemoryKind.UNIFIED:
        yield translate("hardware", "Kept for the system"), units.memory(info.host_reserve_bytes)
    if info.addressing_mode is not None:
        yield translate("hardware", "Addressing"), info.addressing_mode
    if info.driver_model is not None:
        yield translate("hardware", "Driver model"), info.driver_model
    yield translate("hardware", "Driver"), machine.driver_version or units.not_reported()
    yield translate("hardware", "CUDA, newest possible"), machine.cuda_version or units.not_reported()
    yield translate("hardware", "PCI address"), info.pci_id or units.not_reported()
    yield translate("hardware", "UUID"), info.uuid


def _bandwidth(info: GpuInfo) -> str:
    rate = units.bandwidth(info.memory_bandwidth_gb_s)
    if info.memory_bandwidth_gb_s is None or info.bandwidth_origin is None:
        return rate
    origin = translate("hardware", _ORIGINS.get(info.bandwidth_origin, info.bandwidth_origin))
    return translate("hardware", "{rate} ({origin})").format(rate=rate, origin=origin)


def _limits(info: GpuInfo) -> str:
    if info.power_min_limit_w is None or info.power_max_limit_w is None:
        return units.watts(info.power_limit_w)
    return translate("hardware", "{low} to {high}, normally {default}").format(
        low=numbers.whole(info.power_min_limit_w),
        high=units.watts(info.power_max_limit_w),
        default=units.watts(info.power_default_limit_w),
    )


def _pcie(info: GpuInfo) -> str:
    if info.pcie_generation is None or info.pcie_width is None:
        return units.not_reported()
    return translate("hardware", "generation {generation}, {width} lanes").format(
        generation=info.pcie_generation, width=info.pcie_width
    )


def _nvlink(info: GpuInfo) -> str:
    if info.nvlink_links is None:
        return units.not_reported()
    return (
        translate("hardware", "none")
        if info.nvlink_links == 0
        else translate("hardware", "{n} links").format(n=info.nvlink_links)
    )


def _switch(*, on: bool | None) -> str:
    if on is None:
        return units.not_reported()
    return translate("hardware", "on") if on else translate("hardware", "off")


def _mig(info: GpuInfo) -> str:
    if not info.mig_enabled or not info.mig_instances:
        return _switch(on=info.mig_enabled)
    named = (
        translate("hardware", "{name}, {memory}").format(
            name=instance.name or instance.uuid, memory=units.memory(instance.memory_total_bytes)
        )
        for instance in info.mig_instances
    )
    return "\n".join(named)
