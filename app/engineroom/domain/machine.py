"""The computer and its cards, as values. ``None`` means *not reported*, never zero."""

from dataclasses import dataclass
from enum import StrEnum


class NvmlState(StrEnum):
    """What NVML says of the NVIDIA driver; every state but ``OK`` has a remedy sentence at the edge."""

    STARTING = "starting"
    OK = "ok"
    NO_DEVICE = "no_device"
    LIBRARY_MISSING = "library_missing"
    DRIVER_NOT_LOADED = "driver_not_loaded"
    VERSION_MISMATCH = "version_mismatch"
    NO_PERMISSION = "no_permission"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuInfo:
    """What does not change of a card while the driver runs."""

    uuid: str
    name: str
    memory_total_bytes: int | None
    power_limit_w: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostInfo:
    """What does not change of the computer."""

    hostname: str
    system: str
    cpu_name: str
    physical_cores: int | None
    logical_cores: int | None
    memory_total_bytes: int
    cpu_power_source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The computer and its cards. ``simulated`` is true when the NVML library is not the real driver's."""

    host: HostInfo
    nvml: NvmlState
    nvml_detail: str | None
    driver_version: str | None
    simulated: bool
    gpus: tuple[GpuInfo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuReading:
    """One reading of one card."""

    uuid: str
    memory_used_bytes: int | None
    memory_total_bytes: int | None
    power_w: float | None
    utilisation_percent: float | None
    temperature_c: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostReading:
    """One reading of the computer. ``cpu_power_w`` is the CPU package by RAPL."""

    cpu_percent: float | None
    memory_available_bytes: int | None
    cpu_power_w: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One telemetry sample.

    ``taken_at_s`` is Unix time; ``tokens_per_s`` counts the output tokens of all streams over the last two seconds;
    ``active_requests`` are being answered now, ``waiting_requests`` wait for an engine.
    """

    taken_at_s: float
    tokens_per_s: float
    active_requests: int
    waiting_requests: int
    host: HostReading
    gpus: tuple[GpuReading, ...]
