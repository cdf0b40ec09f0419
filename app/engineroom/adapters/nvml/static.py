"""What does not change of a card while the driver runs."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

import pynvml

from engineroom.adapters.gpu_table import GpuTable
from engineroom.adapters.nvml.calls import Card, Questions, or_none
from engineroom.adapters.nvml.memory import MemoryGauge
from engineroom.domain.machine import GpuInfo, MemoryKind, MigInstance

Value = TypeVar("Value")

NO_NAME = "NVIDIA card"
_ARCHITECTURES = {
    2: "Kepler",
    3: "Maxwell",
    4: "Pascal",
    5: "Volta",
    6: "Turing",
    7: "Ampere",
    8: "Ada Lovelace",
    9: "Hopper",
    10: "Blackwell",
    13: "Rubin",
}
_COMPUTE_MODES = {0: "default", 1: "exclusive_thread", 2: "prohibited", 3: "exclusive_process"}
_ADDRESSING_MODES = {0: "none", 1: "HMM", 2: "ATS"}
_DRIVER_MODELS = {0: "WDDM", 1: "TCC", 2: "MCDM"}
_UNKNOWN_ARCHITECTURE = 0xFFFFFFFF


class Describer:
    """Describes cards. Raises as :class:`Questions`."""

    def __init__(self, questions: Questions, memory: MemoryGauge, table: GpuTable) -> None:
        self._questions = questions
        self._memory = memory
        self._table = table

    def describe(self, card: Card) -> GpuInfo:
        """All that is known of a card."""
        memory = self._memory.read(card)
        name = self._ask(card, "name", pynvml.nvmlDeviceGetName) or NO_NAME
        total = None if memory is None else memory.total_bytes
        unified = memory is not None and memory.kind is MemoryKind.UNIFIED
        bandwidth, origin = self._bandwidth(card, name, None if unified else total)
        pci = self._ask(card, "pci", pynvml.nvmlDeviceGetPciInfo)
        least_mw, most_mw = self._pair(card, "limits", pynvml.nvmlDeviceGetPowerManagementLimitConstraints)
        return GpuInfo(
            uuid=card.uuid,
            name=name,
            memory_total_bytes=total,
            memory_kind=self._memory.kind(card),
            host_reserve_bytes=None if memory is None else memory.host_reserve_bytes,
            power_limit_w=self._limit_w(card),
            power_default_limit_w=_watts(self._ask(card, "default", pynvml.nvmlDeviceGetPowerManagementDefaultLimit)),
            power_min_limit_w=_watts(least_mw),
            power_max_limit_w=_watts(most_mw),
            pci_id=None if pci is None else str(pci.busId),
            compute_capability=self._compute_capability(card),
            architecture=self._architecture(card),
            memory_bandwidth_gb_s=bandwidth,
            bandwidth_origin=origin,
            # A card that shares the computer's memory hangs on a link of its own kind and reports a slow PCIe.
            pcie_generation=None if unified else self._ask(card, "link", pynvml.nvmlDeviceGetMaxPcieLinkGeneration),
            pcie_width=None if unified else self._ask(card, "width", pynvml.nvmlDeviceGetMaxPcieLinkWidth),
            nvlink_links=self._nvlink_links(card),
            **self._modes(card),
        )

    def _modes(self, card: Card) -> dict[str, Any]:
        mig = self._on(self._pair(card, "mig", pynvml.nvmlDeviceGetMigMode)[0])
        display = self._ask(card, "display", pynvml.nvmlDeviceGetDisplayActive)
        model = self._pair(card, "driver_model", pynvml.nvmlDeviceGetDriverModel)[0]
        return {
            "ecc_enabled": self._on(self._pair(card, "ecc", pynvml.nvmlDeviceGetEccMode)[0]),
            "mig_enabled": mig,
            "mig_instances": self._instances(card) if mig else (),
            "display_active": self._on(display),
            "compute_mode": _word(_COMPUTE_MODES, self._ask(card, "compute_mode", pynvml.nvmlDeviceGetComputeMode)),
            "addressing_mode": _word(
                _ADDRESSING_MODES, self._ask(card, "addressing", pynvml.nvmlDeviceGetAddressingMode)
            ),
            "driver_model": _word(_DRIVER_MODELS, model),
        }

    def _limit_w(self, card: Card) -> float | None:
        """The enforced limit first: laptops refuse the one that was set."""
        enforced = self._ask(card, "enforced_limit", pynvml.nvmlDeviceGetEnforcedPowerLimit)
        if enforced is None:
            enforced = self._ask(card, "set_limit", pynvml.nvmlDeviceGetPowerManagementLimit)
        return _watts(enforced)

    def _bandwidth(self, card: Card, name: str, total_bytes: int | None) -> tuple[float | None, str | None]:
        listed = self._table.bandwidth_gb_s(name, total_bytes)
        if listed is not None:
            return listed, "table"
        clock_mhz = self._questions.ask(
            card, "max_memory_clock", partial(pynvml.nvmlDeviceGetMaxClockInfo, card.handle, pynvml.NVML_CLOCK_MEM)
        )
        bits = self._ask(card, "bus_width", pynvml.nvmlDeviceGetMemoryBusWidth)
        if not clock_mhz or not bits:
            return None, None
        return 2 * clock_mhz * bits / 8 / 1000, "clocks"

    def _compute_capability(self, card: Card) -> str | None:
        major, minor = self._pair(card, "capability", pynvml.nvmlDeviceGetCudaComputeCapability)
        return None if major is None else f"{major}.{minor}"

    def _architecture(self, card: Card) -> str | None:
        number = self._ask(card, "architecture", pynvml.nvmlDeviceGetArchitecture)
        if number is None or number == _UNKNOWN_ARCHITECTURE:
            return None
        return _ARCHITECTURES.get(number, f"architecture {number}")

    def _nvlink_links(self, card: Card) -> int | None:
        """Links that are up. Past the last link drivers answer with one of several errors; all mean *stop*."""
        active = 0
        for link in range(pynvml.NVML_NVLINK_MAX_LINKS):
            state = self._questions.ask(
                card, f"nvlink {link}", partial(pynvml.nvmlDeviceGetNvLinkState, card.handle, link)
            )
            if state is None:
                return active if link else None
            active += state == pynvml.NVML_FEATURE_ENABLED
        return active

    def _instances(self, card: Card) -> tuple[MigInstance, ...]:
        instances = []
        for index in range(self._ask(card, "mig_count", pynvml.nvmlDeviceGetMaxMigDeviceCount) or 0):
            handle = or_none(partial(pynvml.nvmlDeviceGetMigDeviceHandleByIndex, card.handle, index))
            slice_ = None if handle is None else Card(f"{card.uuid}/{index}", handle)
            uuid = None if slice_ is None else self._ask(slice_, "uuid", pynvml.nvmlDeviceGetUUID)
            if slice_ is not None and uuid is not None:
                memory = self._ask(slice_, "memory", pynvml.nvmlDeviceGetMemoryInfo)
                instances.append(
                    MigInstance(
                        uuid=uuid,
                        name=self._ask(slice_, "name", pynvml.nvmlDeviceGetName),
                        memory_total_bytes=None if memory is None or memory.total == 0 else int(memory.total),
                    )
                )
        return tuple(instances)

    def _ask(self, card: Card, name: str, call: Callable[[Any], Value]) -> Value | None:
        return self._questions.ask(card, name, partial(call, card.handle))

    def _pair(self, card: Card, name: str, call: Callable[[Any], Any]) -> tuple[int | None, int | None]:
        answer = self._ask(card, name, call)
        return (None, None) if answer is None else (int(answer[0]), int(answer[1]))

    @staticmethod
    def _on(state: int | None) -> bool | None:
        return None if state is None else state == pynvml.NVML_FEATURE_ENABLED


def _watts(milliwatts: int | None) -> float | None:
    return None if milliwatts is None else milliwatts / 1000


def _word(words: Mapping[int, str], number: int | None) -> str | None:
    return None if number is None else words.get(number, str(number))
