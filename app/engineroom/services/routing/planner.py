"""Finding out what engines need, one question per engine at a time."""

import asyncio
from collections.abc import Callable

from engineroom.domain.model import ModelSpec
from engineroom.domain.routing.values import Need
from engineroom.services.launchers import EngineOptions

Needs = Callable[[ModelSpec, EngineOptions], Need]


class Planner:
    """Asks off the loop.

    Args:
        needs: may block; without it, nothing is known of any engine.
    """

    def __init__(self, needs: Needs | None) -> None:
        self._needs = needs
        self._asked: dict[str, asyncio.Task[None]] = {}

    def plan(self, spec: ModelSpec, options: EngineOptions, told: Callable[[str, Need], None]) -> None:
        """Find out what an engine needs, unless that is being done."""
        if self._needs is None:
            told(spec.id, Need())
        elif spec.id not in self._asked:
            self._asked[spec.id] = asyncio.ensure_future(self._plan(self._needs, spec, options, told))

    async def close(self) -> None:
        """Wait for the questions that are open."""
        await asyncio.gather(*self._asked.values(), return_exceptions=True)

    async def _plan(
        self, needs: Needs, spec: ModelSpec, options: EngineOptions, told: Callable[[str, Need], None]
    ) -> None:
        need = Need()
        try:
            need = await asyncio.to_thread(needs, spec, options)
        finally:
            del self._asked[spec.id]
            told(spec.id, need)
