"""NVIDIA cards through NVML. Every field is read on its own: what a card does not report is ``None``.

Called from one thread only.  Nothing here creates a CUDA context.
"""

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import pynvml

from engineroom.domain.machine import GpuInfo, GpuReading, NvmlState

Value = TypeVar("Value")

SIMULATION_MARK = "engineroom_simulated_nvml"
"""A library that exports this symbol is a stand-in, and the screen says so."""

_STATES = {
    pynvml.NVML_ERROR_LIBRARY_NOT_FOUND: NvmlState.LIBRARY_MISSING,
    pynvml.NVML_ERROR_DRIVER_NOT_LOADED: NvmlState.DRIVER_NOT_LOADED,
    pynvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH: NvmlState.VERSION_MISMATCH,
    pynvml.NVML_ERROR_NO_PERMISSION: NvmlState.NO_PERMISSION,
}
_NEVER = {
    pynvml.NVML_ERROR_NOT_SUPPORTED,
    pynvml.NVML_ERROR_FUNCTION_NOT_FOUND,
    pynvml.NVML_ERROR_ARGUMENT_VERSION_MISMATCH,
}


class Nvml:
    """A session with the library."""

    def __init__(self) -> None:
        self.state = NvmlState.STARTING
        self.detail: str | None = None
        self.driver_version: str | None = None
        self._handles: dict[str, Any] = {}
        self._unsupported: set[tuple[str, str]] = set()

    @property
    def simulated(self) -> bool:
        """Whether the library is a stand-in."""
        return pynvml.nvmlLib is not None and hasattr(pynvml.nvmlLib, SIMULATION_MARK)

    def open(self) -> tuple[GpuInfo, ...]:
        """Start the library and list the cards; the state says how it went."""
        try:
            pynvml.nvmlInit()
        except pynvml.NVMLError as error:
            self.state = _STATES.get(error.value, NvmlState.FAILED)
            self.detail = str(error)
            return ()
        self.detail = None
        self.driver_version = _or_none(pynvml.nvmlSystemGetDriverVersion)
        gpus = self._enumerate()
        self.state = NvmlState.OK if gpus else NvmlState.NO_DEVICE
        return gpus

    def close(self) -> None:
        """Give the library back."""
        self._handles.clear()
        with contextlib.suppress(pynvml.NVMLError):
            pynvml.nvmlShutdown()

    def read(self) -> tuple[GpuReading, ...]:
        """One reading of every card."""
        return tuple(self._read(uuid, handle) for uuid, handle in self._handles.items())

    def _enumerate(self) -> tuple[GpuInfo, ...]:
        gpus = []
        self._handles.clear()
        for index in range(_or_none(pynvml.nvmlDeviceGetCount) or 0):
            handle = _or_none(partial(pynvml.nvmlDeviceGetHandleByIndex, index))
            uuid = None if handle is None else _or_none(partial(pynvml.nvmlDeviceGetUUID, handle))
            if uuid is None:
                continue
            self._handles[uuid] = handle
            gpus.append(self._describe(uuid, handle))
        return tuple(gpus)

    def _describe(self, uuid: str, handle: Any) -> GpuInfo:
        memory = self._memory(uuid, handle)
        limit_mw = self._field(uuid, "enforced_limit", lambda: pynvml.nvmlDeviceGetEnforcedPowerLimit(handle))
        return GpuInfo(
            uuid=uuid,
            name=self._field(uuid, "name", lambda: str(pynvml.nvmlDeviceGetName(handle))) or "NVIDIA card",
            memory_total_bytes=None if memory is None else memory[1],
            power_limit_w=None if limit_mw is None else limit_mw / 1000,
        )

    def _read(self, uuid: str, handle: Any) -> GpuReading:
        memory = self._memory(uuid, handle)
        power_mw = self._field(uuid, "power", lambda: pynvml.nvmlDeviceGetPowerUsage(handle))
        busy = self._field(uuid, "busy", lambda: float(pynvml.nvmlDeviceGetUtilizationRates(handle).gpu))
        return GpuReading(
            uuid=uuid,
            memory_used_bytes=None if memory is None else memory[0],
            memory_total_bytes=None if memory is None else memory[1],
            power_w=None if power_mw is None else power_mw / 1000,
            utilisation_percent=busy,
            temperature_c=self._temperature(uuid, handle),
        )

    def _memory(self, uuid: str, handle: Any) -> tuple[int, int] | None:
        """Used and total bytes; a total of zero is a card that shares the computer's memory, so not reported."""
        newer = self._field(
            uuid, "memory_v2", lambda: pynvml.nvmlDeviceGetMemoryInfo(handle, version=pynvml.nvmlMemory_v2)
        )
        memory = newer or self._field(uuid, "memory", lambda: pynvml.nvmlDeviceGetMemoryInfo(handle))
        return None if memory is None or memory.total == 0 else (int(memory.used), int(memory.total))

    def _temperature(self, uuid: str, handle: Any) -> float | None:
        sensor = pynvml.NVML_TEMPERATURE_GPU
        newer = self._field(uuid, "temp_v", lambda: float(pynvml.nvmlDeviceGetTemperatureV(handle, sensor)))
        if newer is not None:
            return newer
        return self._field(uuid, "temp", lambda: float(pynvml.nvmlDeviceGetTemperature(handle, sensor)))

    def _field(self, uuid: str, name: str, call: Callable[[], Value]) -> Value | None:
        """One field; a card that does not support it is not asked again."""
        if (uuid, name) in self._unsupported:
            return None
        try:
            return call()
        except pynvml.NVMLError as error:
            if error.value in _NEVER:
                self._unsupported.add((uuid, name))
            return None
        except (pynvml.NVMLLibraryMismatchError, UnicodeDecodeError, AttributeError):
            # Not subclasses of NVMLError, yet what the binding raises for old drivers and odd strings.
            self._unsupported.add((uuid, name))
            return None


def _or_none(call: Callable[[], Value]) -> Value | None:
    try:
        return call()
    except (pynvml.NVMLError, pynvml.NVMLLibraryMismatchError, UnicodeDecodeError):
        return None
