"""Telemetry of the last minutes in flat arrays, ready for a chart without copying objects."""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from engineroom.contract.control import Frame

WINDOW_S = 300.0
"""Seconds a chart shows."""

_CAPACITY = 4096
TOKENS = "tokens_per_s"
CPU_POWER = "cpu_power_w"


def gpu_power(uuid: str) -> str:
    """Name of the series with a card's power in W."""
    return f"gpu_power_w:{uuid}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a series says in numbers; None where nothing was reported."""

    now: float | None
    mean: float | None
    highest: float | None


class TelemetryStore(QObject):
    """Rings of equal length, one per series; NaN stands for *not reported*. Charts poll :attr:`version`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.times_s: array[float] = array("d")
        self.last: Frame | None = None
        self.version = 0
        self._series: dict[str, array[float]] = {}

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
        values.update({gpu_power(gpu.uuid): gpu.power_w for gpu in frame.gpus})
        for name in values.keys() - self._series.keys():
            self._series[name] = array("d", [math.nan]) * len(self.times_s)
        self.times_s.append(frame.taken_at_s)
        for name, ring in self._series.items():
            value = values.get(name)
            ring.append(math.nan if value is None else value)
        self._trim()

    def series(self, name: str) -> "array[float]":
        """Values of a series, as long as :attr:`times_s`; all NaN when it is unknown."""
        known = self._series.get(name)
        return known if known is not None else array("d", [math.nan]) * len(self.times_s)

    def figures(self, names: Iterable[str]) -> Figures:
        """Now, mean and highest of the sum of the series over the window; a series without a value adds nothing."""
        first = self.first_shown()
        columns = [self.series(name)[first:] for name in names]
        known = [column for column in columns if any(not math.isnan(value) for value in column)]
        if not known:
            return Figures(now=None, mean=None, highest=None)
        rows = ([value for value in row if not math.isnan(value)] for row in zip(*known, strict=True))
        sums = [math.fsum(row) if row else None for row in rows]
        told = [value for value in sums if value is not None]
        return Figures(now=sums[-1], mean=math.fsum(told) / len(told), highest=max(told))

    def first_shown(self) -> int:
        """Index of the oldest sample inside the window."""
        if not self.times_s:
            return 0
        oldest_s = self.times_s[-1] - WINDOW_S
        return next(at for at, time_s in enumerate(self.times_s) if time_s >= oldest_s)

    def _trim(self) -> None:
        if len(self.times_s) > _CAPACITY:
            surplus = len(self.times_s) - _CAPACITY * 3 // 4
            for ring in (self.times_s, *self._series.values()):
                del ring[:surplus]
