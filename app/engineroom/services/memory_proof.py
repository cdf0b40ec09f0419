"""The driver's word that an engine's memory is free again after its end; and who keeps it, where it is not."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from engineroom.domain.errors import Code, FactValue, Problem
from engineroom.domain.finding import Orphan
from engineroom.domain.machine import Frame, GpuProcess, GpuReading
from engineroom.services.notices import NoticeBoard
from engineroom.services.ports import Clock

SETTLE_S = 11.0
"""Who holds memory is read every ten rounds only, so a frame knows of the end after so long."""

BOUND_S = 30.0
_LOOK_EVERY_S = 1.0
_LEAST_BYTES = 256 * 2**20
"""Less than this may be anybody's: drivers keep and give back small amounts as they like."""

_MOST_SHARE = 0.1
_SAME_S = 0.05

Born = Mapping[int, float | None]
"""Processes by pid, and when they were created (Unix time); ``None`` where that is not known."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What an engine held of a card, and what was in use of it by all, when it was last seen alive."""

    engine_bytes: int
    used_bytes: int
    others_bytes: int


@dataclass(frozen=True, slots=True)
class _Held:
    """Memory of one card that is not back; ``living`` are those that keep it, by pid, when they were created."""

    uuid: str
    words: str
    living: Mapping[int, float] = field(default_factory=dict)


class MemoryProof:
    """Looks after each end of an engine whether its memory is back: nobody of it is listed, and as much came free.

    Args:
        names: of cards, by their ids.
        log: takes source and line.
        created_s: when the process of a pid was created; ``None`` for one that does not live.
        strays: processes that look like an engine's and belong to none that runs here.
        keep: takes the processes of an engine that still hold memory, by pid, when they were created.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        frame: Callable[[], Frame | None],
        names: Callable[[str], str],
        notices: NoticeBoard,
        log: Callable[[str, str], None],
        created_s: Callable[[int], float | None],
        strays: Callable[[], Awaitable[tuple[Orphan, ...]]],
        keep: Callable[[str, Mapping[int, float]], None] = lambda *_: None,
        settle_s: float = SETTLE_S,
        bound_s: float = BOUND_S,
    ) -> None:
        self._clock = clock
        self._frame = frame
        self._names = names
        self._notices = notices
        self._log = log
        self._created_s = created_s
        self._strays = strays
        self._keep = keep
        self._settle_s, self._bound_s = settle_s, bound_s
        self._looking: set[asyncio.Task[None]] = set()

    def ended(self, engine: str, born: Born) -> None:
        """An engine with these processes has ended."""
        task = asyncio.ensure_future(self._look(engine, born, self._clock.unix_s(), self._before(born)))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look(self, engine: str, born: Born, ended_s: float, before: Mapping[str, _Before]) -> None:
        """Until the memory is free, and that can last long; without a driver that tells, nothing is claimed."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            lasted_s, frame = self._clock.unix_s() - ended_s, self._frame()
            if frame is None or frame.taken_at_s < ended_s + self._settle_s:
                if lasted_s >= 2 * self._bound_s:
                    return
                continue
            known = [gpu for gpu in frame.gpus if gpu.processes is not None]
            held = [one for gpu in known if (one := self._held(gpu, born, before.get(gpu.uuid))) is not None]
            held += _of_strays(await self._strays(), born, {gpu.uuid for gpu in known})
            if not held:
                self._free(engine, known=bool(known))
                return
            if lasted_s >= self._bound_s:
                self._tell(engine, held)

    def _before(self, born: Born) -> Mapping[str, _Before]:
        """By card, from the last frame in which it lived; only of cards it is known to have held memory of."""
        frame, found = self._frame(), {}
        for gpu in () if frame is None else frame.gpus:
            mine = sum(one.memory_bytes or 0 for one in gpu.processes or () if one.pid in born)
            if mine and gpu.memory_used_bytes is not None:
                found[gpu.uuid] = _Before(mine, gpu.memory_used_bytes, _bytes_of_others(gpu, born))
        return found

    def _held(self, gpu: GpuReading, born: Born, before: _Before | None) -> _Held | None:
        left = [one for one in gpu.processes or () if self._is_of(one.pid, born)]
        if left:
            living = {one.pid: at_s for one in left if (at_s := self._created_s(one.pid)) is not None}
            words = ", ".join(_words(one, ended=one.pid not in living) for one in left)
            return _Held(gpu.uuid, words, living)
        if before is None or gpu.memory_used_bytes is None:
            return None
        grown = max(0, _bytes_of_others(gpu, born) - before.others_bytes)
        missing = gpu.memory_used_bytes - grown - (before.used_bytes - before.engine_bytes)
        if missing <= max(_LEAST_BYTES, _MOST_SHARE * before.engine_bytes):
            return None
        return _Held(gpu.uuid, f"nobody the driver names ({missing / 2**30:.1f} GiB)")

    def _is_of(self, pid: int, born: Born) -> bool:
        """Whether it is one of them: a pid that another process has by now is not."""
        if pid not in born:
            return False
        now_s, then_s = self._created_s(pid), born[pid]
        return now_s is None or (then_s is not None and abs(now_s - then_s) < _SAME_S)

    def _free(self, engine: str, *, known: bool) -> None:
        self._notices.clear(_key(engine))
        self._keep(engine, {})
        if known:
            self._log(engine, "the driver lists none of its processes on a card any more: its memory is free again")

    def _tell(self, engine: str, held: list[_Held]) -> None:
        living = {pid: at_s for one in held for pid, at_s in one.living.items()}
        self._keep(engine, living)
        name, holders = self._names(held[0].uuid), ", ".join(one.words for one in held)
        facts: dict[str, FactValue] = {"engine": engine, "name": name, "holders": holders, "living": len(living)}
        self._notices.put(Problem(code=Code.GPU_MEMORY_HELD, facts=facts), key=_key(engine))


def _of_strays(strays: tuple[Orphan, ...], born: Born, cards: set[str]) -> list[_Held]:
    """What looks like an engine's, came with this one, and has left its family: a rank that nobody looks after."""
    first_s = min((at_s for at_s in born.values() if at_s is not None), default=None)
    found = []
    for one in strays:
        if first_s is not None and one.created_s >= first_s and one.pid not in born and one.gpu_uuid in cards:
            told = GpuProcess(pid=one.pid, program=one.program, memory_bytes=one.memory_bytes, ours=False)
            found.append(_Held(one.gpu_uuid, _words(told, ended=False), {one.pid: one.created_s}))
    return found


def _bytes_of_others(gpu: GpuReading, born: Born) -> int:
    return sum(one.memory_bytes or 0 for one in gpu.processes or () if one.pid not in born)


def _key(engine: str) -> str:
    return f"held {engine}"


def _words(process: GpuProcess, *, ended: bool) -> str:
    size = "" if process.memory_bytes is None else f", {process.memory_bytes / 2**30:.1f} GiB"
    late = "; it has ended, and the driver still lists it" if ended else ""
    return f"{process.program or 'a program'} (pid {process.pid}{size}{late})"
