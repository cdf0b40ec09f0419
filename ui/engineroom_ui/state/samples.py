"""Columns of numbers over time, ready for a chart without copying objects."""

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

TOKENS = "tokens_per_s"
CPU_POWER = "cpu_power_w"


def gpu_power(uuid: str) -> str:
    """Name of the series with a card's power in W."""
    return f"gpu_power_w:{uuid}"


def gpu_power_peak(power: str) -> str:
    """Name of the series with the highest power of each bucket, by the name of the one with the mean."""
    return f"{power}:peak"


def gpu_memory(uuid: str) -> str:
    """Name of the series with a card's used memory in GiB."""
    return f"gpu_memory_gib:{uuid}"


def gpu_temperature(uuid: str) -> str:
    """Name of the series with a card's temperature in °C."""
    return f"gpu_temperature_c:{uuid}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a series says in numbers; None where nothing was reported."""

    now: float | None = None
    mean: float | None = None
    lowest: float | None = None
    highest: float | None = None


class Samples(QObject):
    """Columns of equal length, one per series; NaN stands for *not reported*. Charts poll :attr:`version`.

    ``window_s`` is what a chart shows of them; ages are counted back from ``end_s``; two samples further apart than
    ``step_s`` have something missing between them.
    """

    def __init__(self, window_s: float, step_s: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window_s = window_s
        self.step_s = step_s
        self.version = 0
        self.times_s: array[float] = array("d")
        self._series: dict[str, array[float]] = {}

    @property
    def end_s(self) -> float:
        """Unix time at the right end of a chart."""
        return self.times_s[-1] if self.times_s else 0.0

    def series(self, name: str) -> "array[float]":
        """Values of a series, as long as :attr:`times_s`; all NaN when it is unknown."""
        known = self._series.get(name)
        return known if known is not None else array("d", [math.nan]) * len(self.times_s)

    def has(self, name: str) -> bool:
        """Whether anything was ever reported under this name."""
        return name in self._series

    def first_shown(self) -> int:
        """Index of the oldest sample inside the window."""
        return bisect_left(self.times_s, self.end_s - self.window_s)

    def reported(self, names: Iterable[str], above: float = -math.inf) -> bool:
        """Whether any of the series has a value greater than ``above`` in the window."""
        first = self.first_shown()
        return any(value > above for name in names for value in self.series(name)[first:])

    def index_at(self, age_s: float) -> int | None:
        """Index of the sample nearest to an age; None where there is none within a step."""
        wanted_s = self.end_s - age_s
        right = bisect_left(self.times_s, wanted_s)
        near = [at for at in (right - 1, right) if 0 <= at < len(self.times_s)]
        best = min(near, key=lambda at: abs(self.times_s[at] - wanted_s), default=None)
        return best if best is not None and abs(self.times_s[best] - wanted_s) <= self.step_s else None

    def value(self, name: str, index: int | None) -> float | None:
        """One value; None when it was not reported."""
        value = self.series(name)[index] if index is not None else math.nan
        return None if math.isnan(value) else value

    def figures(self, names: Iterable[str]) -> Figures:
        """Now, mean and highest of the sum of the series over the window; a series without a value adds nothing."""
        first = self.first_shown()
        columns = [self.series(name)[first:] for name in names]
        known = [column for column in columns if any(not math.isnan(value) for value in column)]
        if not known:
            return Figures()
        rows = ([value for value in row if not math.isnan(value)] for row in zip(*known, strict=True))
        sums = [math.fsum(row) if row else None for row in rows]
        told = [value for value in sums if value is not None]
        return Figures(now=sums[-1], mean=math.fsum(told) / len(told), lowest=min(told), highest=max(told))
