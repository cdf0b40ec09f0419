"""Facts about cards that the driver does not tell, by the name it gives them."""

import csv
import re
from dataclasses import dataclass
from importlib import resources

_SIZE = re.compile(r"^\d+gb$")
_NOISE = {"nvidia", "gpu"}
_SIZE_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class _Row:
    words: frozenset[str]
    vram_gib: float
    bandwidth_gb_s: float


class GpuTable:
    """Looks up a card. An edition, a laptop part or a size of its own is another card."""

    def __init__(self, rows: tuple[_Row, ...]) -> None:
        self._rows = rows

    def bandwidth_gb_s(self, name: str, memory_total_bytes: int | None) -> float | None:
        """GB/s (decimal); ``None`` for a card that is not listed.

        Args:
            name: as the driver gives it.
            memory_total_bytes: tells cards of one name and several sizes apart; ``None`` leaves the size out.
        """
        words = _words(name)
        for row in self._rows:
            if row.words == words and _fits(row, memory_total_bytes):
                return row.bandwidth_gb_s
        return None


def load_gpu_table() -> GpuTable:
    """The bundled table."""
    text = resources.files("engineroom_resources").joinpath("gpus.csv").read_text("utf-8")
    rows = []
    for line in csv.DictReader(text.splitlines()):
        names = [line["name"], *filter(None, line["driver_names"].split("|"))]
        rows += [_Row(_words(name), float(line["vram_gb_nominal"]), float(line["mem_bw_gbs"])) for name in names]
    return GpuTable(tuple(rows))


def _words(name: str) -> frozenset[str]:
    words = re.split(r"[^a-z0-9]+", name.lower())
    return frozenset(word for word in words if word and word not in _NOISE and not _SIZE.match(word))


def _fits(row: _Row, memory_total_bytes: int | None) -> bool:
    if memory_total_bytes is None:
        return True
    return abs(memory_total_bytes / 2**30 - row.vram_gib) <= row.vram_gib * _SIZE_TOLERANCE
