"""Keeps a session with the driver alive through everything that befalls a driver, one round at a time."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engineroom.adapters.nvml.calls import SessionBroken
from engineroom.adapters.nvml.memory import MEMINFO
from engineroom.adapters.nvml.runtime_power import PCI_DEVICES, RuntimePower
from engineroom.adapters.nvml.session import Nvml, no_children
from engineroom.domain.machine import GpuInfo, GpuReading, GpuState, NvmlState

_VERSION = re.compile(r"\s(\d{3,}\.\d+(?:\.\d+)*)\s")
_JUMP_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFiles:
    """Where the kernel says things."""

    pci_devices: Path = PCI_DEVICES
    driver_version: Path = Path("/proc/driver/nvidia/version")
    meminfo: Path = MEMINFO


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often, in seconds; ``slow_rounds`` in rounds.

    A card that may sleep and is idle for ``idle_s`` is let go for ``rest_s``, so that it can; when it does not fall
    asleep, the next try is ``rest_again_s`` later.
    """

    round_s: float = 1.0
    watched_round_s: float = 0.5
    slow_rounds: int = 10
    retry_s: float = 15.0
    check_s: float = 10.0
    idle_s: float = 30.0
    rest_s: float = 15.0
    rest_again_s: float = 300.0


def never() -> bool:
    """Nobody looks."""
    return False


def slept_s() -> float:
    """Seconds this computer has spent asleep since it was started; zero where the system does not say."""
    boot_clock = getattr(time, "CLOCK_BOOTTIME", None)
    return 0.0 if boot_clock is None else time.clock_gettime(boot_clock) - time.clock_gettime(time.CLOCK_MONOTONIC)


class Watchdog:
    """Opens the library, reads, notices what went wrong, and tries again when it may have passed.

    Args:
        ours: pids of our children.
        watched: whether somebody looks at the readings now.
        files: of the kernel.
        pace: see :class:`Pace`.
        slept: see :func:`slept_s`.
    """

    def __init__(
        self,
        *,
        ours: Callable[[], frozenset[int]] = no_children,
        watched: Callable[[], bool] = never,
        files: SystemFiles | None = None,
        pace: Pace | None = None,
        slept: Callable[[], float] = slept_s,
    ) -> None:
        self._files = files or SystemFiles()
        self._pace = pace or Pace()
        self._ours, self._watched, self._slept = ours, watched, slept
        self.nvml = Nvml(ours=ours, meminfo=self._files.meminfo)
        self._power = RuntimePower(self._files.pci_devices)
        self._rounds = 0
        self._slept_s = slept()
        self._retry_at_s = 0.0
        self._check_at_s = 0.0
        self._resting_until_s: float | None = None
        self._rest_from_s: float | None = None
        self._no_rest_until_s = 0.0

    @property
    def gpus(self) -> tuple[GpuInfo, ...]:
        """The cards; none while the driver is in trouble, and the last known while they sleep."""
        shown = {NvmlState.OK, NvmlState.ASLEEP, NvmlState.NO_PERMISSION}
        return self.nvml.gpus if self.nvml.state in shown else ()

    def round(self, now_s: float) -> tuple[GpuReading, ...]:
        """One round at the monotonic ``now_s``; no readings while the library is shut."""
        if self._power.asleep(now_s):
            self._fall_asleep()
            return ()
        if self._resting(now_s):
            return ()
        self._open_if_due(now_s)
        if not self.nvml.is_open:
            return ()
        try:
            readings = self.nvml.read(now_s=now_s, slow=self._rounds % self._pace.slow_rounds == 0)
        except SessionBroken as broken:
            self.nvml.fail(broken.state, str(broken))
            self._retry_at_s = now_s + self._pace.retry_s
            return ()
        self._rounds += 1
        self._rest_if_idle(readings, now_s)
        return readings

    def close(self) -> None:
        """Give the library back."""
        self.nvml.close()

    def _fall_asleep(self) -> None:
        self._resting_until_s = self._rest_from_s = None
        self._retry_at_s = 0.0
        if self.nvml.state is not NvmlState.ASLEEP:
            self.nvml.fail(NvmlState.ASLEEP, None)

    def _open_if_due(self, now_s: float) -> None:
        nvml = self.nvml
        slept = self._slept()
        if abs(slept - self._slept_s) > _JUMP_S:
            # Handles and counters of before are not to be trusted, and what was wrong may have passed.
            self._retry_at_s = now_s
            nvml.close()
        self._slept_s = slept
        whole = nvml.is_open and not nvml.has_lost and nvml.state is NvmlState.OK
        if not whole and now_s >= self._retry_at_s:
            if nvml.state is NvmlState.VERSION_MISMATCH:
                nvml.forget_library()
            nvml.open()
            self._retry_at_s = now_s + self._pace.retry_s
            self._check_at_s = now_s
        if nvml.is_open and now_s >= self._check_at_s:
            self._check_at_s = now_s + self._pace.check_s
            self._check_version(now_s)

    def _check_version(self, now_s: float) -> None:
        """The kernel's module against the one the library began with."""
        loaded, ours = self._loaded_version(), self.nvml.driver_version
        if loaded is not None and ours is not None and loaded != ours:
            detail = f"the kernel has loaded driver {loaded}, the library answers for {ours}"
            self.nvml.fail(NvmlState.VERSION_MISMATCH, detail)
            self._retry_at_s = now_s + self._pace.retry_s

    def _loaded_version(self) -> str | None:
        try:
            first = self._files.driver_version.read_text("utf-8", "replace").partition("\n")[0]
        except OSError:
            return None
        found = _VERSION.search(first + " ")
        return None if found is None else found[1]

    def _resting(self, now_s: float) -> bool:
        """Whether the cards are let go, to see whether they fall asleep."""
        if self._resting_until_s is None:
            return False
        if now_s < self._resting_until_s and not self._wanted():
            return True
        self._resting_until_s = None
        self._retry_at_s = now_s
        self._no_rest_until_s = now_s + self._pace.rest_again_s
        return False

    def _rest_if_idle(self, readings: tuple[GpuReading, ...], now_s: float) -> None:
        """An open library alone keeps a laptop's card awake, so it is shut when nobody needs it."""
        idle = now_s >= self._no_rest_until_s and not self._wanted() and all(_is_idle(reading) for reading in readings)
        display = any(gpu.display_active for gpu in self.nvml.gpus)
        if not idle or display or not self._power.may_sleep(now_s):
            self._rest_from_s = None
        elif self._rest_from_s is None:
            self._rest_from_s = now_s
        elif now_s - self._rest_from_s >= self._pace.idle_s:
            self._rest_from_s = None
            self._resting_until_s = now_s + self._pace.rest_s
            self.nvml.close()

    def _wanted(self) -> bool:
        return self._watched() or bool(self._ours())


def _is_idle(reading: GpuReading) -> bool:
    return reading.state is GpuState.OK and not reading.processes and not reading.utilisation_percent
