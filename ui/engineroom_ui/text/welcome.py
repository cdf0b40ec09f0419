"""What the first steps say of the computer: each card, the processor, the driver."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import GpuInfo, Machine, MemoryKind, NvmlState
from engineroom_ui.text import hardware, units, words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that was found: the name of its icon, what it is, and what is known of it."""

    icon: str
    what: str
    facts: str
    ink: str = "text_muted"


def found(machine: Machine) -> Iterator[Found]:
    """Every card, then the computer, then the driver in words."""
    for number, gpu in enumerate(machine.gpus):
        yield _card(machine, number, gpu)
    host = machine.host
    memory = translate("welcome", "{memory} of memory").format(memory=units.memory(host.memory_total_bytes))
    yield Found(icon="chip", what=host.cpu_name, facts=_joined(words.cores(host), memory, host.system))
    what, remedy = words.nvml(machine)
    versions = []
    if machine.driver_version is not None:
        versions.append(translate("welcome", "Version {version}").format(version=machine.driver_version))
    if machine.cuda_version is not None:
        versions.append(translate("welcome", "CUDA up to {version}").format(version=machine.cuda_version))
    well = machine.nvml is NvmlState.OK
    yield Found(
        icon="check" if well else "alert",
        what=what,
        facts=_joined(*versions, remedy),
        ink="ok" if well else "text_muted" if machine.nvml is NvmlState.LIBRARY_MISSING else "warn",
    )


def _card(machine: Machine, number: int, gpu: GpuInfo) -> Found:
    trouble = hardware.trouble(gpu, None)
    if trouble is not None:
        facts = _joined(trouble.what, trouble.remedy)
        return Found(icon="alert", what=words.numbered_card(machine, number), facts=facts, ink="warn")
    unified = gpu.memory_kind is MemoryKind.UNIFIED
    memory = (
        translate("welcome", "{memory} of memory, shared with the processor")
        if unified
        else translate("welcome", "{memory} of memory")
    )
    facts = _joined(
        translate("welcome", "Simulated card") if machine.simulated else "",
        memory.format(memory=units.memory(gpu.memory_total_bytes)),
        units.bandwidth(gpu.memory_bandwidth_gb_s) if gpu.memory_bandwidth_gb_s is not None else "",
        gpu.architecture or "",
    )
    return Found(icon="card", what=words.numbered_card(machine, number), facts=facts)


def _joined(*parts: str) -> str:
    return "  ·  ".join(part for part in parts if part)
