"""Those who wait for an engine to be ready, and those who wait for it to be stopped."""

import asyncio

from engineroom.domain.errors import Problem
from engineroom.services.engine_run import as_error
from engineroom.services.ports import Upstream


class WaitingRoom:
    """Futures of two kinds, answered together."""

    def __init__(self) -> None:
        self._for_ready: list[asyncio.Future[Upstream]] = []
        self._for_stop: list[asyncio.Future[None]] = []

    def wait_ready(self, reply: asyncio.Future[Upstream]) -> None:
        """Keep one until the engine is ready."""
        self._for_ready.append(reply)

    def wait_stopped(self, done: asyncio.Future[None]) -> None:
        """Keep one until the engine has stopped."""
        self._for_stop.append(done)

    def ready(self, upstream: Upstream | None) -> None:
        """The engine is ready."""
        assert upstream is not None
        for reply in self._for_ready:
            if not reply.done():
                reply.set_result(upstream)
        self._for_ready.clear()

    def refused(self, problem: Problem) -> None:
        """The engine will not be ready."""
        for reply in self._for_ready:
            if not reply.done():
                reply.set_exception(as_error(problem))
        self._for_ready.clear()

    def stopped(self) -> None:
        """The engine has stopped, or could not be."""
        for done in self._for_stop:
            if not done.done():
                done.set_result(None)
        self._for_stop.clear()
