"""The computer itself: processor, memory, and the processor's power where the kernel lets us read it (RAPL)."""

import contextlib
import os
import platform
import socket
import time
from pathlib import Path

import psutil

from engineroom.domain.machine import HostInfo, HostReading

_POWERCAP = Path("/sys/class/powercap")


class Rapl:
    """Energy and average power of the processor packages, from counters of microjoules that wrap.

    A package whose counter goes back by an unknown range makes the reading unknown, and counting goes on from there.
    """

    def __init__(self, root: Path = _POWERCAP) -> None:
        self._packages = _packages(root)
        self._last: tuple[float, list[int]] | None = self._counters()
        self._energy_uj = 0

    @property
    def readable(self) -> bool:
        """Whether there are counters and we may read them."""
        return self._last is not None

    @property
    def energy_j(self) -> float | None:
        """Joules between the making of this object and the last :meth:`power_w`; ``None`` without counters."""
        return None if self._last is None else self._energy_uj / 1e6

    def power_w(self) -> float | None:
        """Watts since the reading before; ``None`` at the first, or without counters."""
        before, now = self._last, self._counters()
        self._last = now
        if before is None or now is None or now[0] <= before[0]:
            return None
        used_uj = 0
        for package, old, new in zip(self._packages, before[1], now[1], strict=True):
            wrapped_uj = 0 if new >= old else self._range(package)
            if wrapped_uj is None:
                return None
            used_uj += new - old + wrapped_uj
        self._energy_uj += used_uj
        return used_uj / 1e6 / (now[0] - before[0])

    def _counters(self) -> tuple[float, list[int]] | None:
        try:
            values = [int((package / "energy_uj").read_text()) for package in self._packages]
        except (OSError, ValueError):
            return None
        return (time.monotonic(), values) if values else None

    @staticmethod
    def _range(package: Path) -> int | None:
        try:
            return int((package / "max_energy_range_uj").read_text())
        except (OSError, ValueError):
            return None


class Host:
    """Readings of the computer, from one thread only."""

    def __init__(self, rapl: Rapl | None = None) -> None:
        self._rapl = rapl or Rapl()
        psutil.cpu_percent(interval=None)

    def info(self) -> HostInfo:
        """What does not change."""
        return HostInfo(
            hostname=socket.gethostname(),
            system=f"{platform.system()} {platform.release()}",
            cpu_name=_cpu_name(),
            physical_cores=psutil.cpu_count(logical=False),
            logical_cores=psutil.cpu_count(logical=True),
            memory_total_bytes=psutil.virtual_memory().total,
            cpu_power_source="RAPL" if self._rapl.readable else None,
        )

    def read(self) -> HostReading:
        """One reading."""
        return HostReading(
            cpu_percent=psutil.cpu_percent(interval=None),
            memory_available_bytes=available_bytes(),
            cpu_power_w=self._rapl.power_w(),
            cpu_energy_j=self._rapl.energy_j,
        )


def available_bytes() -> int:
    """Memory of the computer that a program could have now."""
    return int(psutil.virtual_memory().available)


def engine_threads() -> int:
    """Threads an engine on the CPU should use: physical cores, but no more than this process may run on."""
    physical = psutil.cpu_count(logical=False) or psutil.cpu_count(logical=True) or 1
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else physical
    return max(1, min(physical, allowed))


def _packages(root: Path) -> list[Path]:
    try:
        zones = sorted(root.glob("intel-rapl:*"))
        return [zone for zone in zones if zone.name.count(":") == 1 and _is_package(zone)]
    except OSError:
        return []


def _is_package(zone: Path) -> bool:
    """Laptops have a zone of the whole platform (psys) that counts the package once more; an unnamed zone is one."""
    try:
        return not (zone / "name").read_text("ascii", "replace").startswith("psys")
    except OSError:
        return True


def _cpu_name() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            key, _, value = line.partition(":")
            if key.strip() in {"model name", "Model"}:
                return value.strip()
    return platform.processor() or platform.machine()
