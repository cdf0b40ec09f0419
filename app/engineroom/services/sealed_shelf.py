"""What was built here: seen, compared, verified, exported, removed."""

import asyncio
from collections.abc import Sequence

from engineroom.domain.details import Detail, allowing
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.sealed.compare import compare, figures_of
from engineroom.domain.sealed.stale import stale_reasons
from engineroom.domain.sealed.start import reproduced
from engineroom.domain.sealed.values import Comparison, SealedEngine, SealedState, SealedView
from engineroom.services.build_ports import BuildWorld

MOST_COMPARED = 8


class SealedShelf:
    """Sealed engines. Blocking work is done off the loop."""

    def __init__(self, world: BuildWorld) -> None:
        self._world = world

    async def views(self) -> tuple[SealedView, ...]:
        """Every engine, by name."""
        return await asyncio.to_thread(lambda: tuple(map(self._view, self._world.disk.engines())))

    async def view(self, name: str) -> SealedView:
        """One of them. Raises Rejected (``sealed_not_found``)."""
        return await asyncio.to_thread(lambda: self._view(self._world.disk.engine(name)))

    async def compare(self, names: Sequence[str]) -> Comparison:
        """Some of them side by side. Raises Rejected (``sealed_not_found``, ``plan_invalid``)."""
        if not 2 <= len(set(names)) == len(names) <= MOST_COMPARED:
            wanted = allowing(Detail.ALLOWED_ONCE, least=2, most=MOST_COMPARED)
            raise Rejected(Code.PLAN_INVALID, field="engines", value=", ".join(names)[:200], **wanted)
        return await asyncio.to_thread(lambda: compare([self._world.disk.engine(name) for name in names]))

    async def verify(self, name: str) -> tuple[str, ...]:
        """Files that are not as they were sealed. Raises Rejected."""
        return await asyncio.to_thread(self._world.disk.verify, name)

    async def export(self, name: str, target: str) -> int:
        """Write an engine as a tar file; its bytes. Raises EngineroomError."""
        return await asyncio.to_thread(self._world.disk.export, name, target)

    async def remove(self, name: str, *, even_if_used: bool = False) -> SealedView:
        """Remove one; what it was. Raises Rejected (``model_in_use``, ``sealed_not_found``)."""
        view = await self.view(name)
        if self._runs(name):
            if not even_if_used:
                raise Rejected(Code.MODEL_IN_USE, model=name, engines=name)
            await self._world.engines.stop(name)
        await asyncio.to_thread(self._world.disk.remove, name)
        await self._world.arrived()
        return view

    def _runs(self, name: str) -> bool:
        return any(view.id == name and view.can_stop for view in self._world.engines.views())

    def _view(self, engine: SealedEngine) -> SealedView:
        disk, installed = self._world.disk, self._world.runtimes.installations()
        runtime = next((one for one in installed if one.id == engine.runtime), None)
        reasons = stale_reasons(engine, self._world.machine(), runtime)
        return SealedView(
            engine=engine,
            size_bytes=disk.size_bytes(engine.id),
            state=SealedState.STALE if reasons else SealedState.READY,
            reasons=reasons,
            figures=figures_of(engine),
            command=reproduced(engine, folder=disk.folder(engine.id), tuning=disk.tuning(engine.id)),
        )
