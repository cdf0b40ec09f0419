"""Words for states: of the engine, its stages, the NVIDIA driver, the machine's power meters."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import EngineState, EngineView, HostInfo, Machine, ModelView, NvmlState, Stage
from engineroom_ui.text import units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import listed

translate = QCoreApplication.translate
_EDITION = re.compile(r" (?:Blackwell|Ada|Generation|Workstation|Server|Max-Q|Edition)\b.*$")

_ENGINE: dict[EngineState, tuple[str, str]] = {
    EngineState.STOPPED: (mark("words", "Stopped"), "idle"),
    EngineState.STARTING: (mark("words", "Starting"), "accent"),
    EngineState.READY: (mark("words", "Serving"), "ok"),
    EngineState.STOPPING: (mark("words", "Stopping"), "warn"),
    EngineState.FAILED: (mark("words", "Failed"), "bad"),
}

_STAGES: dict[Stage, str] = {
    Stage.SPAWN: mark("words", "Start"),
    Stage.VERIFY: mark("words", "Check file"),
    Stage.LOAD: mark("words", "Load weights"),
    Stage.WARM_UP: mark("words", "Warm up"),
}

_NVML: dict[NvmlState, tuple[str, str]] = {
    NvmlState.STARTING: (mark("words", "Looking for NVIDIA cards"), mark("words", "This takes a moment.")),
    NvmlState.OK: (mark("words", "NVIDIA driver works"), ""),
    NvmlState.NO_DEVICE: (
        mark("words", "The NVIDIA driver sees no card"),
        mark("words", "Check that the card sits firmly and has its power cable, then restart the computer."),
    ),
    NvmlState.LIBRARY_MISSING: (
        mark("words", "No NVIDIA driver on this machine"),
        mark("words", "With an NVIDIA card, install its driver and restart. Without one, models run on the CPU."),
    ),
    NvmlState.DRIVER_NOT_LOADED: (
        mark("words", "The NVIDIA driver is installed but not loaded"),
        mark("words", "Restart the computer; with Secure Boot, the driver module must be signed."),
    ),
    NvmlState.VERSION_MISMATCH: (
        mark("words", "NVIDIA driver and library are of different versions"),
        mark("words", "The driver was updated while running: restart the computer."),
    ),
    NvmlState.NO_PERMISSION: (
        mark("words", "No permission to ask the NVIDIA driver"),
        mark("words", "Give your user access to the /dev/nvidia devices."),
    ),
    NvmlState.ASLEEP: (
        mark("words", "The NVIDIA card sleeps"),
        mark("words", "It is suspended to save power, and is not woken to be read."),
    ),
    NvmlState.FAILED: (
        mark("words", "The NVIDIA driver does not answer"),
        mark("words", "Restart the computer; if it stays so, install the driver again."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A word and the token of the dot in front of it."""

    word: str
    token: str


def engine_state(state: EngineState) -> Spoken:
    """An engine's state."""
    word, token = _ENGINE[state]
    return Spoken(word=translate("words", word), token=token)


def stage(value: Stage) -> str:
    """A stage of a start."""
    return translate("words", _STAGES[value])


def nvml(machine: Machine) -> tuple[str, str]:
    """What NVML says of the driver, and the remedy (empty when there is nothing to mend)."""
    what, remedy = _NVML[machine.nvml]
    return translate("words", what), translate("words", remedy) if remedy else ""


def runtime(engine: EngineView) -> str:
    """The runtime and its version."""
    return engine.runtime if engine.runtime_version is None else f"{engine.runtime} {engine.runtime_version}"


def device(engine: EngineView, machine: Machine | None = None) -> str:
    """Where the engine computes: the cards it has memory on, where that is known."""
    name = runtime(engine)
    if engine.device is None:
        return units.not_reported()
    if engine.device.strip().casefold().startswith("cpu"):
        return translate("words", "Runs on the CPU ({runtime})").format(runtime=name)
    gpus = machine.gpus if machine is not None else ()
    cards = [
        short_card(gpu.name, at if len(gpus) > 1 else None)
        for at, gpu in enumerate(gpus)
        if gpu.uuid in engine.gpu_uuids
    ]
    where = listed(cards) or engine.device
    return translate("words", "Runs on {device} ({runtime})").format(device=where, runtime=name)


def context(engine: EngineView) -> str:
    """Context of one request and what limits it."""
    if engine.context_tokens is None:
        return units.not_reported()
    limits = {
        "settings": translate("words", "{count} tokens, set by the settings"),
        "model": translate("words", "{count} tokens, the most this model knows"),
        "memory": translate("words", "{count} tokens, less than asked for: there was no room for more"),
    }
    text = limits.get(engine.context_limit or "", translate("words", "{count} tokens"))
    return text.format(count=units.count(engine.context_tokens))


def model_facts(model: ModelView) -> str:
    """Size, precision and licence of a model, in one line; what is unknown is left out."""
    facts = [
        units.parameters(model.parameters) if model.parameters is not None else None,
        model.quantisation,
        units.file_size(model.file_bytes) if model.file_bytes is not None else None,
        model.licence,
        translate("words", "bundled") if model.bundled else None,
    ]
    return "  ·  ".join(fact for fact in facts if fact)


def cores(host: HostInfo) -> str:
    """Cores and threads of the processor."""
    if host.physical_cores is None and host.logical_cores is None:
        return units.not_reported()
    number = host.physical_cores or host.logical_cores or 0
    text = translate("words", "1 core") if number == 1 else translate("words", "{n} cores").format(n=number)
    if host.physical_cores is None or host.logical_cores in {None, host.physical_cores}:
        return text
    return translate("words", "{cores}, {threads} threads").format(cores=text, threads=host.logical_cores)


def cpu_power(host: HostInfo) -> str:
    """What the processor's power is read from."""
    if host.cpu_power_source is None:
        return translate("words", "no counter that may be read")
    known = {"rapl": translate("words", "counter of the processor (RAPL)")}
    return known.get(host.cpu_power_source.casefold(), host.cpu_power_source)


def short_card(name: str, number: int | None) -> str:
    """A card's name without maker, family and edition, and its number where there are several.

    >>> short_card("NVIDIA RTX PRO 6000 Blackwell Workstation Edition", None), short_card("NVIDIA RTX A6000", None)
    ('RTX PRO 6000', 'RTX A6000')
    """
    short = _EDITION.sub("", name.removeprefix("NVIDIA ").removeprefix("GeForce "))
    return short if number is None else translate("words", "{card} #{number}").format(card=short, number=number)


def numbered_card(machine: Machine, number: int) -> str:
    """A card's name, with its number in front where there are several."""
    name = machine.gpus[number].name
    return name if len(machine.gpus) == 1 else translate("words", "#{number}  {card}").format(number=number, card=name)


def not_yet() -> tuple[str, str]:
    """What stands where the first readings are on their way."""
    return translate("words", "Nothing measured yet"), translate("words", "It appears here with the first readings.")


def no_power(machine: Machine | None, *, early: bool = False) -> tuple[str, str]:
    """Why there is no power to show, and what would change that; ``early`` while it may just not have been read yet."""
    if machine is None:
        return translate("words", "Nothing measured yet"), translate("words", "The engine room is not connected.")
    if early and machine.gpus:
        return not_yet()
    if machine.gpus:
        return (
            translate("words", "This card does not report its power"),
            translate("words", "Some laptop and virtual cards have no power sensor that the driver may read."),
        )
    if machine.host.cpu_power_source is not None:
        return (
            translate("words", "The CPU power counter gives no reading yet"),
            translate("words", "It appears here as soon as there are two readings."),
        )
    return (
        translate("words", "No NVIDIA card and no readable CPU power counter on this machine"),
        translate("words", "On bare metal, let your user read /sys/class/powercap (RAPL). Virtual machines have none."),
    )
