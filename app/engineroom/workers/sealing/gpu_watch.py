"""What an engine holds on its cards and what they draw meanwhile; ``None`` where the driver does not say."""

import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any, Self, TypeVar

import pynvml

from engineroom.domain.energy import EnergyCounter, EnergySpan

SAMPLE_EVERY_S = 0.1

_Value = TypeVar("_Value")


def gpu_bytes(pids: Collection[int]) -> int | None:
    """Bytes that some processes hold on all cards together."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return None
    try:
        held = [
            process.usedGpuMemory
            for index in range(pynvml.nvmlDeviceGetCount())
            for process in pynvml.nvmlDeviceGetComputeRunningProcesses(pynvml.nvmlDeviceGetHandleByIndex(index))
            if process.pid in pids
        ]
    except pynvml.NVMLError:
        return None
    finally:
        pynvml.nvmlShutdown()
    known = [size for size in held if size is not None]
    return sum(known) if known else None


class EnergyWatch:
    """Adds up what some cards draw for as long as the block lasts.

    Their counters are read at its beginning and end; where a card has none, its power is read in between.

    Args:
        uuids: of the cards.
        seen: is called at each look between, on a thread of its own.
    """

    def __init__(self, uuids: Sequence[str], seen: Callable[[], None] = lambda: None) -> None:
        self._uuids = tuple(uuids)
        self._seen = seen
        self._counters = {uuid: EnergyCounter() for uuid in uuids}
        self._spans: dict[str, list[EnergySpan]] = {uuid: [] for uuid in uuids}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="energy", daemon=True)
        self._handles: dict[str, Any] = {}
        self._open = False

    def __enter__(self) -> Self:
        with suppress(pynvml.NVMLError):
            pynvml.nvmlInit()
            self._open = True
            self._handles = {uuid: handle for uuid, handle in _cards() if uuid in self._uuids}
        self._look()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._look()
        if self._open:
            self._open = False
            with suppress(pynvml.NVMLError):
                pynvml.nvmlShutdown()

    def joules(self) -> tuple[float, bool] | None:
        """All cards together, and whether that was added up from their power; ``None`` unless each of them says.

        A counter that has not moved says nothing: it is read more often than it counts.
        """
        sums = [sum(span.joules for span in spans) for spans in self._spans.values()]
        if not sums or min(sums) <= 0.0:
            return None
        return sum(sums), any(span.estimated for spans in self._spans.values() for span in spans)

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_EVERY_S):
            self._look()
            self._seen()

    def _look(self) -> None:
        if not self._open:
            return
        for uuid, handle in self._handles.items():
            span = self._counters[uuid].add(time.monotonic(), energy_j=_energy_j(handle), power_w=_power_w(handle))
            if span is not None:
                self._spans[uuid].append(span)


def _cards() -> list[tuple[str, Any]]:
    handles = [pynvml.nvmlDeviceGetHandleByIndex(index) for index in range(pynvml.nvmlDeviceGetCount())]
    return [(str(pynvml.nvmlDeviceGetUUID(handle)), handle) for handle in handles]


def _energy_j(handle: Any) -> float | None:
    counted = _asked(pynvml.nvmlDeviceGetTotalEnergyConsumption, handle)
    return None if counted is None else counted / 1000


def _power_w(handle: Any) -> float | None:
    drawn = _asked(pynvml.nvmlDeviceGetPowerUsage, handle)
    return None if drawn is None else drawn / 1000


def _asked(call: Callable[[Any], _Value], about: Any) -> _Value | None:
    try:
        return call(about)
    except pynvml.NVMLError:
        return None
