"""Who holds the memory of a card."""

import contextlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import psutil
import pynvml

from engineroom.adapters.nvml.calls import Card, Questions
from engineroom.domain.machine import GpuProcess

_LISTS = (
    ("compute", pynvml.nvmlDeviceGetComputeRunningProcesses_v3, pynvml.nvmlDeviceGetComputeRunningProcesses_v2),
    ("graphics", pynvml.nvmlDeviceGetGraphicsRunningProcesses_v3, pynvml.nvmlDeviceGetGraphicsRunningProcesses_v2),
)


class ProcessLister:
    """Lists the programs on a card. Costly: milliseconds inside the driver.

    Args:
        questions: see :class:`Questions`.
        ours: pids of our children; what they start is ours as well.
    """

    def __init__(self, questions: Questions, ours: Callable[[], frozenset[int]]) -> None:
        self._questions = questions
        self._ours = ours

    def read(self, card: Card) -> tuple[GpuProcess, ...] | None:
        """Largest first; ``None`` when the driver lists none of its kinds. Raises as :class:`Questions`."""
        found: dict[int, int | None] = {}
        answered = False
        for name, newer, older in _LISTS:
            wide = _writes_wide_records()
            listed = None if wide else self._list(card, name, newer)
            if listed is None and (wide or self._questions.unsupported(card, name)):
                listed = self._list(card, f"{name} (older)", older)
            answered = answered or listed is not None
            _merge(found, listed or ())
        if not answered:
            return None
        ours = self._ours()
        processes = [_describe(pid, size_bytes, ours) for pid, size_bytes in found.items()]
        return tuple(sorted(processes, key=lambda process: (-(process.memory_bytes or 0), process.pid)))

    def _list(self, card: Card, name: str, call: Callable[[Any], list[Any]]) -> list[Any] | None:
        """Asked twice: between its two questions the binding may be overtaken by new programs."""
        asked = partial(call, card.handle)
        answer = self._questions.ask(card, name, asked)
        return self._questions.ask(card, name, asked) if answer is None else answer


def ours_bytes(processes: tuple[GpuProcess, ...] | None) -> int | None:
    """What our own programs hold, of those whose bytes are known; ``None`` when nothing is known of them."""
    if processes is None:
        return None
    ours = [process.memory_bytes for process in processes if process.ours]
    known = [size_bytes for size_bytes in ours if size_bytes is not None]
    return None if ours and not known else sum(known)


def _writes_wide_records() -> bool:
    """Whether this driver's newer call writes records that are 8 bytes longer than the binding takes them to be.

    The first drivers of the 535 series do; read with the wrong length, every second pid is nonsense.  They are told by
    what they export: the call that came with the longer record, and not yet the one that the record then moved to.
    """
    library = pynvml.nvmlLib
    return hasattr(library, "nvmlDeviceGetConfComputeMemSizeInfo") and not hasattr(
        library, "nvmlDeviceGetRunningProcessDetailList"
    )


def _merge(found: dict[int, int | None], listed: Iterable[Any]) -> None:
    """A program that computes and draws is in both lists, with the same bytes."""
    for process in listed:
        known = [value for value in (found.get(process.pid), process.usedGpuMemory) if value is not None]
        found[process.pid] = max(known, default=None)


def _describe(pid: int, memory_bytes: int | None, ours: frozenset[int]) -> GpuProcess:
    program, mine = None, pid in ours
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        program = process.name()
        mine = mine or any(parent.pid in ours for parent in process.parents())
    return GpuProcess(pid=pid, program=program or None, memory_bytes=memory_bytes, ours=mine)
