"""Facts about cards that the driver does not tell, by the names it and people give them."""

import csv
from dataclasses import dataclass, field, replace
from importlib import resources

from engineroom.adapters.gpu_described import described, is_description, told_name
from engineroom.adapters.gpu_memory import usable_bytes
from engineroom.adapters.gpu_names import driver_words, likeness, means, spoken_size_gib, spoken_words
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.machine import GpuInfo, MemoryKind
from engineroom.domain.planning.values import Gpu

_SIZE_TOLERANCE = 0.1
_MIB = 2**20
_TERA = 1e12
_NEAREST = 4


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    words: tuple[frozenset[str], ...]
    spoken: tuple[frozenset[str], ...]
    vram_gib: float
    gpu: Gpu
    cuda_total_bytes: int | None = field(default=None)


class GpuTable:
    """Looks up a card. An edition, a laptop part or a size of its own is another card."""

    def __init__(self, rows: tuple[_Row, ...]) -> None:
        self._rows = rows

    @property
    def names(self) -> tuple[str, ...]:
        """Of all cards, in the table's order."""
        return tuple(row.name for row in self._rows)

    def bandwidth_gb_s(self, name: str, memory_total_bytes: int | None) -> float | None:
        """GB/s (decimal); ``None`` for a card that is not listed.

        Args:
            name: as the driver gives it.
            memory_total_bytes: tells cards of one name and several sizes apart; ``None`` leaves the size out.
        """
        row = self._of_driver(name, memory_total_bytes)
        if row is None or row.gpu.bandwidth_bytes_per_s is None:
            return None
        return row.gpu.bandwidth_bytes_per_s / 1e9

    def named(self, text: str) -> Gpu:
        """The card a person means, empty and nobody's: a what-if.

        A full name, a short one that fits one card only, or a description
        (``name=My card,memory=24GB,bandwidth=1008GB/s,cc=8.9``), whose figures go before the table's.

        Raises:
            Rejected: nothing or more than one card of this name (with the nearest), or a description not understood.
        """
        if not is_description(text):
            return self._meant(text).gpu
        name = told_name(text)
        known = self._find(name) if name else []
        return described(text, known[0].gpu if len(known) == 1 else None)

    def enrich(self, info: GpuInfo) -> Gpu:
        """A card of this computer: what the driver says of it, and the table where the driver says nothing."""
        row = self._of_driver(info.name, info.memory_total_bytes)
        known = row.gpu if row else Gpu(
            name=info.name, compute_capability=None, memory_total_bytes=None, usable_bytes=None,
            bandwidth_bytes_per_s=None,
        )  # fmt: skip
        kind = MemoryKind.UNIFIED if MemoryKind.UNIFIED in (info.memory_kind, known.memory_kind) else MemoryKind.OWN
        total = info.memory_total_bytes or known.memory_total_bytes
        bandwidth = info.memory_bandwidth_gb_s
        return replace(
            known,
            name=info.name,
            compute_capability=_capability(info.compute_capability) or known.compute_capability,
            memory_kind=kind,
            memory_total_bytes=total,
            usable_bytes=usable_bytes(total, kind, row.cuda_total_bytes if row else None),
            bandwidth_bytes_per_s=bandwidth * 1e9 if bandwidth else known.bandwidth_bytes_per_s,
            power_limit_w=info.power_limit_w or known.power_limit_w,
            display_active=info.display_active,
            laptop=known.laptop or "laptop" in driver_words(info.name),
            nvlink=bool(info.nvlink_links),
            uuid=info.uuid,
            owned=True,
        )

    def _of_driver(self, name: str, memory_total_bytes: int | None) -> _Row | None:
        words = driver_words(name)
        for row in self._rows:
            if words in row.words and _fits(row, memory_total_bytes):
                return row
        return None

    def _meant(self, text: str) -> _Row:
        found = self._find(text)
        if len(found) == 1:
            return found[0]
        nearest = found or sorted(self._rows, key=lambda row: likeness(text, row.name), reverse=True)[:_NEAREST]
        raise Rejected(Code.GPU_UNKNOWN, gpu=text.strip(), nearest=", ".join(row.name for row in nearest))

    def _find(self, text: str) -> list[_Row]:
        """Rows of exactly these words, or else rows that these words leave something unimportant out of."""
        said, size = spoken_words(text), spoken_size_gib(text)
        rows = [row for row in self._rows if size is None or _fits(row, size * 2**30)]
        exact = [row for row in rows if said in row.spoken]
        return exact or [row for row in rows if any(means(said, full) for full in row.spoken)]


def load_gpu_table() -> GpuTable:
    """The bundled table."""
    text = resources.files("engineroom_resources").joinpath("gpus.csv").read_text("utf-8")
    return GpuTable(tuple(_row(line) for line in csv.DictReader(text.splitlines())))


def _row(line: dict[str, str]) -> _Row:
    driver_names = [line["name"], *filter(None, line["driver_names"].split("|"))]
    spoken_names = [*driver_names, *filter(None, line["also"].split("|"))]
    kind = MemoryKind.UNIFIED if line["memory_kind"] == "unified" else MemoryKind.OWN
    cuda_total = _number(line["cuda_total_mib"], _MIB)
    total = _number(line["nvml_total_mib"] or line["os_total_mib"], _MIB) or _number(line["vram_gb_nominal"], 2**30)
    total_bytes = None if total is None else int(total)
    cuda_bytes = None if cuda_total is None else int(cuda_total)
    multiprocessors = _number(line["sm_count"], 1)
    gpu = Gpu(
        name=driver_names[-1] if line["driver_names"] else f"NVIDIA {line['name']}",
        compute_capability=_capability(line["cc"]),
        memory_total_bytes=total_bytes,
        usable_bytes=usable_bytes(total_bytes, kind, cuda_bytes),
        bandwidth_bytes_per_s=_number(line["mem_bw_gbs"], 1e9),
        memory_kind=kind,
        multiprocessors=None if multiprocessors is None else int(multiprocessors),
        fp16_flops=_number(line["fp16_bf16_dense_tflops_fp32acc"], _TERA),
        fp16_fast_flops=_number(line["fp16_dense_tflops_fp16acc"], _TERA),
        fp8_flops=_number(line["fp8_dense_tflops"], _TERA),
        fp4_flops=_number(line["fp4_dense_tflops"], _TERA),
        power_limit_w=_number(line["tdp_w"], 1),
        laptop=line["family"].endswith("laptop"),
        nvlink="SXM" in line["name"] or "NVL" in line["name"],
    )
    return _Row(
        name=line["name"],
        words=tuple(driver_words(name) for name in driver_names),
        spoken=tuple(spoken_words(name) for name in spoken_names),
        vram_gib=float(line["vram_gb_nominal"]),
        gpu=gpu,
        cuda_total_bytes=cuda_bytes,
    )


def _number(text: str, unit: float) -> float | None:
    return float(text) * unit if text else None


def _capability(text: str | None) -> tuple[int, int] | None:
    major, dot, minor = (text or "").partition(".")
    return (int(major), int(minor)) if dot and major.isdigit() and minor.isdigit() else None


def _fits(row: _Row, memory_total_bytes: int | None) -> bool:
    if memory_total_bytes is None:
        return True
    return abs(memory_total_bytes / 2**30 - row.vram_gib) <= row.vram_gib * _SIZE_TOLERANCE
