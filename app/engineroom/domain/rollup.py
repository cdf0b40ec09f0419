"""Folding readings into buckets of ten seconds, and what one bucket holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engineroom.domain.energy import EnergySpan
from engineroom.domain.machine import Frame

BUCKET_S = 10
STEPS_S = (10, 60, 3600)
"""Lengths of the buckets that are kept; the longer ones are sums of the shortest."""

HOST, TRAFFIC = "host", "traffic"


@dataclass(slots=True)
class Metric:
    """Sum and number of the values that were reported; a value that was not changes neither."""

    total: float = 0.0
    count: int = 0
    most: float | None = None

    def add(self, value: float | None) -> None:
        """Take one value."""
        if value is not None:
            self.total += value
            self.count += 1
            self.most = value if self.most is None else max(self.most, value)


@dataclass(slots=True)
class Rollup:
    """One source in one bucket that begins at ``bucket_s`` (Unix seconds). Watts, bytes, °C, percent, joules."""

    bucket_s: int
    source: str
    power: Metric = field(default_factory=Metric)
    memory: Metric = field(default_factory=Metric)
    temperature: Metric = field(default_factory=Metric)
    busy: Metric = field(default_factory=Metric)
    energy_j: float | None = None
    tokens: float | None = None
    requests: int | None = None


class RollupBook:
    """The bucket being filled. :meth:`turn` gives back those that are complete."""

    def __init__(self) -> None:
        self._bucket_s = 0
        self._rows: dict[str, Rollup] = {}

    def turn(self, now_s: float) -> list[Rollup]:
        """Rows of the bucket that has ended by ``now_s`` (Unix seconds); empty while it goes on."""
        bucket_s = int(now_s // BUCKET_S) * BUCKET_S
        if bucket_s == self._bucket_s:
            return []
        return self.close(next_bucket_s=bucket_s)

    def close(self, *, next_bucket_s: int = 0) -> list[Rollup]:
        """Rows so far, complete or not."""
        rows, self._rows = list(self._rows.values()), {}
        self._bucket_s = next_bucket_s
        return rows

    def frame(self, frame: Frame, spans: Iterable[tuple[str, EnergySpan]]) -> None:
        """Take one telemetry frame and the energy since the one before, by source."""
        host = self._row(HOST)
        host.power.add(frame.host.cpu_power_w)
        host.busy.add(frame.host.cpu_percent)
        for gpu in frame.gpus:
            row = self._row(gpu.uuid)
            row.power.add(gpu.power_w)
            row.memory.add(gpu.memory_used_bytes)
            row.temperature.add(gpu.temperature_c)
            row.busy.add(gpu.utilisation_percent)
        for source, span in spans:
            row = self._row(source)
            row.energy_j = (row.energy_j or 0.0) + span.joules

    def tokens(self, count: float) -> None:
        """Count output tokens."""
        row = self._row(TRAFFIC)
        row.tokens = (row.tokens or 0.0) + count

    def request(self) -> None:
        """Count a request that is over."""
        row = self._row(TRAFFIC)
        row.requests = (row.requests or 0) + 1

    def _row(self, source: str) -> Rollup:
        if source not in self._rows:
            self._rows[source] = Rollup(bucket_s=self._bucket_s, source=source)
        return self._rows[source]


def stepped(rows: Iterable[Rollup]) -> Iterator[tuple[int, int, Rollup]]:
    """Each row once per kept step: step, begin of that step's bucket, row."""
    for row in rows:
        for step_s in STEPS_S:
            yield step_s, row.bucket_s // step_s * step_s, row


def step_for(span_s: float) -> int:
    """The step that draws a span in at most some 1,500 points."""
    return 10 if span_s <= 4 * 3600 else 60 if span_s <= 25 * 3600 else 3600
