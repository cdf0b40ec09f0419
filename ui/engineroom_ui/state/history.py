"""The past of the machine beyond the telemetry: asked for when somebody looks at it, again with every new bucket."""

import math
import time
from array import array
from enum import IntEnum

from PySide6.QtCore import QObject, QTimer, Signal

from engineroom.contract.control import Series, SeriesPoint
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.samples import (
    CPU_POWER,
    TOKENS,
    Samples,
    gpu_memory,
    gpu_power,
    gpu_power_peak,
    gpu_temperature,
)

_GIB = 1024**3


class Span(IntEnum):
    """How far a chart looks back, in seconds; the shortest is telemetry, the others are history."""

    MINUTES = 300
    HOUR = 3600
    DAY = 86_400
    MONTH = 2_592_000


class Past(Samples):
    """Buckets on an even grid; a bucket nobody recorded is NaN."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(float(Span.HOUR), 10.0, parent)
        self._end_s = 0.0

    @property
    def end_s(self) -> float:
        """When the answer came: the right end of a chart."""
        return self._end_s

    def clear(self, span: Span) -> None:
        """Forget everything; the chart shows ``span`` from now on."""
        self.window_s = float(span)
        self.times_s, self._series = array("d"), {}
        self.version += 1

    def take(self, series: Series, span: Span, now_s: float) -> None:
        """Lay an answer of the daemon on the grid."""
        self.clear(span)
        step_s, self._end_s = series.step_s, now_s
        count = int(span) // step_s
        first_s = now_s // step_s * step_s - (count - 1) * step_s
        self.step_s = float(step_s)
        self.times_s = array("d", (first_s + at * step_s for at in range(count)))
        for point in series.points:
            at = round((point.at_s - first_s) / step_s)
            if 0 <= at < count:
                self._put(at, point)

    def _put(self, at: int, point: SeriesPoint) -> None:
        for name, value in _named(point).items():
            if value is not None:
                if name not in self._series:
                    self._series[name] = array("d", [math.nan]) * len(self.times_s)
                self._series[name][at] = value


class History(QObject):
    """Keeps one span of the past fresh while it is watched.

    Signals:
        changed: ``past``, ``asking`` or ``failure`` is another.
    """

    changed = Signal()

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.past = Past(self)
        self.failure: Failure | None = None
        self.asking = False
        self._client = client
        self._span = Span.MINUTES
        self._round = 0
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._ask)

    def watch(self, span: Span | None) -> None:
        """Ask for a span now and with every bucket; None (or the span telemetry has) asks for nothing more."""
        wanted = span or Span.MINUTES
        if wanted is Span.MINUTES:
            self._round += 1
            self._next.stop()
            self._span, self.asking = wanted, False
            return
        if wanted is not self._span:
            self._span = wanted
            self.failure = None
            self.past.clear(wanted)
            self._ask()

    def _ask(self) -> None:
        self._next.stop()
        self._round += 1
        asked = self._round
        self.asking = True
        call = self._client.get(f"/control/series?seconds={int(self._span)}", Series)
        call.done.connect(lambda series: self._take(series) if asked == self._round else None)
        call.failed.connect(lambda failure: self._fail(failure) if asked == self._round else None)
        self.changed.emit()

    def _take(self, series: Series) -> None:
        self.asking, self.failure = False, None
        now_s = time.time()
        self.past.take(series, self._span, now_s)
        # A little after the bucket is full, so that the daemon had time to write it.
        self._next.start(round((series.step_s - now_s % series.step_s + 1.0) * 1000))
        self.changed.emit()

    def _fail(self, failure: Failure) -> None:
        self.asking, self.failure = False, failure
        self.past.clear(self._span)
        self.changed.emit()


def _named(point: SeriesPoint) -> dict[str, float | None]:
    if point.source == "traffic":
        return {TOKENS: point.tokens_per_s}
    if point.source == "host":
        return {CPU_POWER: point.power_w}
    used = point.memory_used_bytes
    return {
        gpu_power(point.source): point.power_w,
        gpu_power_peak(gpu_power(point.source)): point.power_max_w,
        gpu_memory(point.source): None if used is None else used / _GIB,
        gpu_temperature(point.source): point.temperature_c,
    }
