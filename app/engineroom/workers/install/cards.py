"""Which card a gate may serve on: one that no other engine holds, so that it neither runs out of memory nor is slowed.

The driver says who holds memory of a card for computing (``nvmlDeviceGetComputeRunningProcesses``); where it does not
say (WSL2), the engines of this engine room are known by their processes all the same.
"""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psutil
import pynvml

HELD_BYTES = 2**30
"""Who holds less is a desktop or an editor, and does not hinder."""

LOOK_EVERY_S = 1.0
_GIB = 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A card to serve on, ``None`` where all are held; ``name`` and ``holders`` are then of the first."""

    uuid: str | None = None
    name: str = ""
    holders: str = ""


def find_room(
    cards: Sequence[str], engines: Mapping[int, str], *, patience_s: float, waits: Callable[[], object]
) -> Room:
    """The first card that is free, or becomes free within some seconds; ``waits`` is called when it has to be waited.

    Args:
        cards: their UUIDs.
        engines: of this engine room that run on cards, by their processes.
        patience_s: an engine that was just told to stop needs some.
        waits: tells.
    """
    deadline_s, told = time.monotonic() + patience_s, False
    while True:
        held = {uuid: holders(uuid, engines) for uuid in cards}
        if not cards or (free := next((uuid for uuid, who in held.items() if not who), None)) is not None:
            return Room(uuid=free if cards else None)
        if time.monotonic() >= deadline_s:
            return Room(name=_name_of(cards[0]), holders=held[cards[0]])
        if not told:
            told = True
            waits()
        time.sleep(min(LOOK_EVERY_S, patience_s))


def holders(uuid: str, engines: Mapping[int, str]) -> str:
    """Who holds a card, in words; empty where nobody does."""
    listed = _listed(uuid)
    if listed is None:
        return ", ".join(f"{name} (pid {pid})" for pid, name in engines.items() if psutil.pid_exists(pid))
    large = (one for one in listed if one.usedGpuMemory is None or one.usedGpuMemory >= HELD_BYTES)
    return ", ".join(_words(one.pid, one.usedGpuMemory, engines) for one in large)


def _listed(uuid: str) -> list[Any] | None:
    """Processes that compute on it; ``None`` where the driver does not say."""
    with contextlib.suppress(pynvml.NVMLError), _card(uuid) as handle:
        return None if handle is None else list(pynvml.nvmlDeviceGetComputeRunningProcesses(handle))
    return None


def _name_of(uuid: str) -> str:
    """As the driver calls it; its UUID where it does not say."""
    with contextlib.suppress(pynvml.NVMLError), _card(uuid) as handle:
        return uuid if handle is None else str(pynvml.nvmlDeviceGetName(handle))
    return uuid


@contextlib.contextmanager
def _card(uuid: str) -> Iterator[Any]:
    """The driver's handle of a card; ``None`` where it knows none of this UUID. Raises NVMLError."""
    pynvml.nvmlInit()
    try:
        every = map(pynvml.nvmlDeviceGetHandleByIndex, range(pynvml.nvmlDeviceGetCount()))
        yield next((handle for handle in every if str(pynvml.nvmlDeviceGetUUID(handle)) == uuid), None)
    finally:
        pynvml.nvmlShutdown()


def _words(pid: int, held: int | None, engines: Mapping[int, str]) -> str:
    size = "" if held is None else f", {held / _GIB:.1f} GiB"
    return f"{_who(pid, engines)} (pid {pid}{size})"


def _who(pid: int, engines: Mapping[int, str]) -> str:
    """The engine that a process belongs to, else its program."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in (process, *process.parents()):
            if one.pid in engines:
                return engines[one.pid]
        return process.name()
    return "a program"
