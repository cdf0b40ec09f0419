"""A start seen from outside: what its process holds, how far that says it is, and whether it stands still."""

from collections.abc import Callable
from dataclasses import dataclass, field

from engineroom.domain.errors import Code, Problem
from engineroom.services.launchers import WorkerLaunch
from engineroom.services.ports import Child, Clock

_MIB = 2**20


@dataclass(slots=True)
class StartLook:
    """Of one start.

    Args:
        clock: which time it is.
        expected_s: how long earlier starts took.
        file_bytes: of the model's file.
        busy: whether a card of the engine has work.
    """

    clock: Clock
    expected_s: float | None
    file_bytes: int | None
    busy: Callable[[], bool]
    memory_bytes: int | None = None
    last_line: str | None = None
    _began_s: float = field(init=False)
    _life_s: float = field(init=False)

    def __post_init__(self) -> None:
        self._began_s = self._life_s = self.clock.monotonic_s()

    def alive(self) -> None:
        """It has given a sign of life."""
        self._life_s = self.clock.monotonic_s()

    def memory(self, child: Child) -> bool:
        """Look at its memory; whether that has changed."""
        memory = child.memory_bytes()
        if memory is None or memory // _MIB == (self.memory_bytes or -_MIB) // _MIB:
            return False
        self.memory_bytes = memory // _MIB * _MIB
        self.alive()
        return True

    def share(self) -> float | None:
        """How far a load is: by the time earlier loads took, else by memory, of which the context takes a part."""
        if self.memory_bytes is None:
            return None
        took_s = self.clock.monotonic_s() - self._began_s
        by_memory = self.memory_bytes / (2 * (self.file_bytes or self.memory_bytes or 1))
        return min(0.95, took_s / self.expected_s if self.expected_s else by_memory)

    def silence(self, launch: WorkerLaunch, step: str | None) -> Problem | None:
        """What is wrong with it, if it has been silent for too long and nothing works for it."""
        waited_s = self.clock.monotonic_s() - self._life_s
        if waited_s <= launch.silent_after_s:
            return None
        if launch.reader is None:
            return Problem(code=Code.ENGINE_SILENT, facts={"waited_s": launch.silent_after_s})
        if self.busy():
            return None
        return Problem(
            code=Code.ENGINE_STALLED, facts={"waited_s": round(waited_s), "step": step, "line": self.last_line}
        )
