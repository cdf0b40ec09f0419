"""A card's memory: its own, or the computer's where the two share one (GB10, Jetson)."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pynvml

from engineroom.adapters.nvml.calls import Card, Questions
from engineroom.domain.machine import MemoryKind, host_reserve_bytes

MEMINFO = Path("/proc/meminfo")
_MOST_BYTES = 2**50


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Bytes of one card. For unified memory ``free_bytes`` counts what the page cache would give back."""

    kind: MemoryKind
    total_bytes: int
    used_bytes: int
    free_bytes: int

    @property
    def host_reserve_bytes(self) -> int | None:
        """What the rest of the system keeps of a memory that is shared. Not taken off the other figures."""
        return None if self.kind is MemoryKind.OWN else host_reserve_bytes(self.total_bytes)


class MemoryGauge:
    """Reads memory. A card that once had memory of its own is never taken for one that shares the computer's."""

    def __init__(self, questions: Questions, meminfo: Path = MEMINFO) -> None:
        self._questions = questions
        self._meminfo = meminfo
        self._kinds: dict[str, MemoryKind] = {}

    def kind(self, card: Card) -> MemoryKind:
        """Whose memory it is, as far as known."""
        return self._kinds.get(card.uuid, MemoryKind.OWN)

    def read(self, card: Card) -> Memory | None:
        """Now; ``None`` when the driver does not say. Raises as :class:`Questions`."""
        kind = self._kinds.get(card.uuid)
        if kind is MemoryKind.UNIFIED:
            return self._of_computer()
        answer = self._own(card)
        if answer is not None and _makes_sense(answer):
            self._kinds[card.uuid] = MemoryKind.OWN
            return Memory(
                kind=MemoryKind.OWN,
                total_bytes=int(answer.total),
                used_bytes=int(answer.used),
                free_bytes=int(answer.free),
            )
        refused = self._questions.unsupported(card, "memory_v2") and self._questions.unsupported(card, "memory")
        if kind is None and (answer is not None or refused) and self._alive(card):
            self._kinds[card.uuid] = MemoryKind.UNIFIED
            return self._of_computer()
        return None

    def _own(self, card: Card) -> Any | None:
        newer = partial(pynvml.nvmlDeviceGetMemoryInfo, card.handle, version=pynvml.nvmlMemory_v2)
        older = partial(pynvml.nvmlDeviceGetMemoryInfo, card.handle)
        answer = self._questions.ask(card, "memory_v2", newer, needed=True)
        return answer or self._questions.ask(card, "memory", older, needed=True)

    def _alive(self, card: Card) -> bool:
        """Whether something answers that only a card on the bus can answer."""
        signs = (
            ("power", pynvml.nvmlDeviceGetPowerUsage),
            ("performance_state", pynvml.nvmlDeviceGetPerformanceState),
            ("utilisation", pynvml.nvmlDeviceGetUtilizationRates),
        )
        return any(self._questions.ask(card, name, partial(call, card.handle)) is not None for name, call in signs)

    def _of_computer(self) -> Memory | None:
        try:
            lines = self._meminfo.read_text("ascii", "replace").splitlines()
            told = {key: int(rest.split()[0]) for key, _, rest in (line.partition(":") for line in lines) if rest}
            total, available = told["MemTotal"] * 1024, told["MemAvailable"] * 1024
        except (OSError, ValueError, KeyError, IndexError):
            return None
        # Pages set aside as huge ones do not count as available, and a card may be given them all the same.
        available += told.get("HugePages_Free", 0) * told.get("Hugepagesize", 0) * 1024
        available = min(available, total)
        used = total - available
        return Memory(kind=MemoryKind.UNIFIED, total_bytes=total, used_bytes=used, free_bytes=available)


def _makes_sense(answer: Any) -> bool:
    total, used, free = int(answer.total), int(answer.used), int(answer.free)
    return 0 < total < _MOST_BYTES and used <= total and free <= total
