"""Telemetry of the last minutes, appended frame by frame."""

import math
from array import array
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject

from engineroom.contract.control import Frame, GpuReading
from engineroom_ui.state.samples import CPU_POWER, TOKENS, Samples, gpu_memory, gpu_power, gpu_temperature

WINDOW_S = 300.0
"""Seconds a chart of telemetry shows."""

_LONGEST_GAP_S = 5.0
_CAPACITY = 4096
_GIB = 1024**3


class TelemetryStore(Samples):
    """The newest frames, bounded."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(WINDOW_S, _LONGEST_GAP_S, parent)
        self.last: Frame | None = None

    @property
    def early(self) -> bool:
        """Whether what is missing may just not have been read yet: loads and counters need two readings."""
        return len(self.times_s) < 2

    def replace(self, frames: Iterable[Frame]) -> None:
        """Forget everything and take the frames of a snapshot, oldest first."""
        self.times_s = array("d")
        self._series = {}
        self.last = None
        for frame in frames:
            self.accept(frame)
        self.version += 1

    def accept(self, frame: Frame) -> None:
        """Append one frame; one that is not newer than the last is ignored."""
        if self.last is not None and frame.taken_at_s <= self.last.taken_at_s:
            return
        self.last = frame
        self.version += 1
        values = {TOKENS: frame.tokens_per_s, CPU_POWER: frame.host.cpu_power_w}
        for gpu in frame.gpus:
            values.update(_of_card(gpu))
        for name in values.keys() - self._series.keys():
            self._series[name] = array("d", [math.nan]) * len(self.times_s)
        self.times_s.append(frame.taken_at_s)
        for name, ring in self._series.items():
            value = values.get(name)
            ring.append(math.nan if value is None else value)
        self._trim()

    def newest(self, name: str) -> float | None:
        """The value in the last frame."""
        return self.value(name, len(self.times_s) - 1 if self.times_s else None)

    def _trim(self) -> None:
        if len(self.times_s) > _CAPACITY:
            surplus = len(self.times_s) - _CAPACITY * 3 // 4
            for ring in (self.times_s, *self._series.values()):
                del ring[:surplus]


def _of_card(gpu: GpuReading) -> Iterator[tuple[str, float | None]]:
    used = gpu.memory_used_bytes
    yield gpu_power(gpu.uuid), gpu.power_w
    yield gpu_memory(gpu.uuid), None if used is None else used / _GIB
    yield gpu_temperature(gpu.uuid), gpu.temperature_c
