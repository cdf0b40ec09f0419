"""The computer and its cards, as values. ``None`` means *not reported*, never zero."""

from dataclasses import dataclass
from enum import StrEnum


class NvmlState(StrEnum):
    """What NVML says of the NVIDIA driver; every state but ``OK`` has a remedy sentence at the edge.

    ``ASLEEP``: the only cards are suspended to save power, and NVML is shut so as not to wake them.
    """

    STARTING = "starting"
    OK = "ok"
    NO_DEVICE = "no_device"
    LIBRARY_MISSING = "library_missing"
    DRIVER_NOT_LOADED = "driver_not_loaded"
    VERSION_MISMATCH = "version_mismatch"
    NO_PERMISSION = "no_permission"
    ASLEEP = "asleep"
    FAILED = "failed"


class GpuState(StrEnum):
    """One card's state: ``lost`` fell off the bus, ``no_access`` may not be opened by this user."""

    OK = "ok"
    LOST = "lost"
    NO_ACCESS = "no_access"


class MemoryKind(StrEnum):
    """Whose memory a card uses: its own, or the computer's (GB10, Jetson)."""

    OWN = "own"
    UNIFIED = "unified"


class PowerScope(StrEnum):
    """What a card's power and energy are of: the card alone, or a module that its processor is a part of (GH200)."""

    GPU = "gpu"
    MODULE = "module"


class Throttle(StrEnum):
    """Why the clocks are held down."""

    POWER_CAP = "power_cap"
    THERMAL = "thermal"
    HARDWARE_THERMAL = "hardware_thermal"
    HARDWARE_SLOWDOWN = "hardware_slowdown"
    POWER_BRAKE = "power_brake"
    SYNC_BOOST = "sync_boost"


def host_reserve_bytes(memory_total_bytes: int) -> int:
    """What the rest of the system keeps of a memory that is shared with a card: 5 %, at least 2 GiB."""
    return max(2 * 2**30, int(memory_total_bytes * 0.05))


@dataclass(frozen=True, slots=True, kw_only=True)
class MigInstance:
    """A slice of a card in MIG mode."""

    uuid: str
    name: str | None
    memory_total_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Xid:
    """An error that the driver reported of a card, by its number. ``meaning`` and ``remedy`` where we know them.

    ``at_s`` is Unix time of when it was noticed.
    """

    code: int
    at_s: float
    meaning: str | None
    remedy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuInfo:
    """What does not change of a card while the driver runs, and the little that seldom does.

    ``memory_bandwidth_gb_s`` (GB/s, decimal) is from our table or, where the card is not in it, computed from its
    maximum memory clock and bus width; ``bandwidth_origin`` says which (``table`` or ``clocks``).  For unified memory
    ``memory_total_bytes`` is the computer's, and ``host_reserve_bytes`` of it are kept for the rest of the system.
    ``power_limit_w`` is the enforced limit.  ``compute_capability`` like ``12.0``; ``architecture`` a name, or
    ``architecture 14`` for one younger than this program.  PCIe figures are the most the card and slot can do.
    ``power_scope`` says whose the power and energy of the readings are, once there are any; those of a module include
    its processor's.  ``xids`` are the errors of the last hour, newest first, at most eight.
    """

    uuid: str
    name: str
    memory_total_bytes: int | None
    power_limit_w: float | None
    state: GpuState = GpuState.OK
    memory_kind: MemoryKind = MemoryKind.OWN
    host_reserve_bytes: int | None = None
    pci_id: str | None = None
    compute_capability: str | None = None
    architecture: str | None = None
    memory_bandwidth_gb_s: float | None = None
    bandwidth_origin: str | None = None
    power_default_limit_w: float | None = None
    power_min_limit_w: float | None = None
    power_max_limit_w: float | None = None
    pcie_generation: int | None = None
    pcie_width: int | None = None
    nvlink_links: int | None = None
    ecc_enabled: bool | None = None
    mig_enabled: bool | None = None
    mig_instances: tuple[MigInstance, ...] = ()
    compute_mode: str | None = None
    display_active: bool | None = None
    addressing_mode: str | None = None
    driver_model: str | None = None
    power_scope: PowerScope | None = None
    xids: tuple[Xid, ...] = ()


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
    """The computer and its cards. ``simulated`` is true when the NVML library is not the real driver's.

    ``cuda_version`` is the newest CUDA the driver can run, like ``13.0``.
    """

    host: HostInfo
    nvml: NvmlState
    nvml_detail: str | None
    driver_version: str | None
    simulated: bool
    gpus: tuple[GpuInfo, ...]
    cuda_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuProcess:
    """A program that holds memory of a card; ``memory_bytes`` is ``None`` where the driver does not say."""

    pid: int
    program: str | None
    memory_bytes: int | None
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuReading:
    """One reading of one card.

    ``power_w`` is the driver's own (a one-second average on most cards), ``power_instant_w`` the instantaneous one;
    ``energy_j`` counts since the driver was loaded; ``temperature_margin_c`` is how far it is from throttling;
    ``throttle`` is ``None`` where the driver does not say and empty where nothing holds the clocks down.
    ``processes`` is read ten times less often than the rest.
    """

    uuid: str
    memory_used_bytes: int | None
    memory_total_bytes: int | None
    power_w: float | None
    utilisation_percent: float | None
    temperature_c: float | None
    state: GpuState = GpuState.OK
    memory_free_bytes: int | None = None
    memory_ours_bytes: int | None = None
    power_instant_w: float | None = None
    energy_j: float | None = None
    memory_busy_percent: float | None = None
    sm_clock_mhz: int | None = None
    memory_clock_mhz: int | None = None
    temperature_margin_c: float | None = None
    fan_percent: float | None = None
    pcie_rx_bytes_per_s: float | None = None
    pcie_tx_bytes_per_s: float | None = None
    throttle: tuple[Throttle, ...] | None = None
    performance_state: int | None = None
    processes: tuple[GpuProcess, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostReading:
    """One reading of the computer. Power and energy are the CPU packages', by RAPL; the energy only ever grows."""

    cpu_percent: float | None
    memory_available_bytes: int | None
    cpu_power_w: float | None
    cpu_energy_j: float | None = None


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
