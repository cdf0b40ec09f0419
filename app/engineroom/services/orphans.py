"""What earlier lives left on the cards: listed, and ended when somebody says so."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.finding import Orphan
from engineroom.domain.machine import Frame, GpuProcess

Held = Mapping[int, tuple[str, GpuProcess]]
"""Who holds memory of a card, by pid: the card, and what the driver says."""

_SAME_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphans:
    """Orphans of engines.

    Args:
        find: looks for them, given who holds memory of a card (by pid) and which children run here. May block.
        kill: ends one; whether it is gone. May block.
        of_user: other programs of this user with memory of a card, given the same. May block.
        survivors: those of these processes (pid, when created) that live, given who holds memory. May block.
        frame: the newest telemetry frame.
        running: pids of the children that run here.
    """

    find: Callable[[Held, frozenset[int]], tuple[Orphan, ...]]
    kill: Callable[[Orphan], bool]
    frame: Callable[[], Frame | None]
    running: Callable[[], frozenset[int]]
    of_user: Callable[[Held, frozenset[int]], tuple[Orphan, ...]] = lambda *_: ()
    survivors: Callable[[Held, Mapping[int, float]], tuple[Orphan, ...]] = lambda *_: ()
    _known: dict[str, Mapping[int, float]] = field(default_factory=dict)

    def keep(self, engine: str, born: Mapping[int, float]) -> None:
        """These processes of an engine that has ended here still hold memory; none takes it back."""
        self._known[engine] = born

    async def views(self) -> tuple[Orphan, ...]:
        """All that are there, those with most memory of a card first."""
        known = {pid: at_s for born in self._known.values() for pid, at_s in born.items()}

        def look() -> tuple[Orphan, ...]:
            found = self.find(self._held(), self.running())
            kept = self.survivors(self._held(), known)
            pids = {one.pid for one in kept}
            return (*kept, *(one for one in found if one.pid not in pids))

        return await asyncio.to_thread(look)

    async def on(self, cards: set[str]) -> tuple[Orphan, ...]:
        """Those with memory of these cards, of any where none is named; all where a driver does not say whose it is."""
        frame = self.frame()
        told = frame is not None and all(gpu.processes is not None for gpu in frame.gpus)
        found = await self.views()
        return tuple(one for one in found if _is_on(one, cards) or (one.gpu_uuid is None and not told))

    async def holders(self, cards: set[str]) -> tuple[Orphan, ...]:
        """Other programs of this user with memory of these cards, of any where none is named."""
        found = await asyncio.to_thread(self.of_user, self._held(), self.running())
        return tuple(one for one in found if _is_on(one, cards))

    async def end_one(self, pid: int, created_s: float) -> Orphan:
        """End one, as the list told it.

        Raises:
            Rejected: ``orphan_not_found``: it has ended, is another process by now, or is none of these.
            Broken: ``engine_stuck``: it does not end.
        """
        for orphan in await self.views():
            if orphan.pid == pid and abs(orphan.created_s - created_s) < _SAME_S:
                await self.end(orphan)
                return orphan
        raise Rejected(Code.ORPHAN_NOT_FOUND, pid=pid)

    async def end(self, orphan: Orphan) -> None:
        """End this very process. Raises Broken (``engine_stuck``)."""
        if not await asyncio.to_thread(self.kill, orphan):
            raise Broken(Code.ENGINE_STUCK, pid=orphan.pid)

    def _held(self) -> Held:
        frame = self.frame()
        gpus = () if frame is None else frame.gpus
        return {process.pid: (gpu.uuid, process) for gpu in gpus for process in gpu.processes or ()}


def _is_on(one: Orphan, cards: set[str]) -> bool:
    return one.gpu_uuid is not None and (not cards or one.gpu_uuid in cards)
