"""What a fix does when its job is done: kept with the job, so whichever daemon sees its end goes on with it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from engineroom.domain.errors import EngineroomError, Rejected
from engineroom.domain.job import FollowUp, FollowUpState, JobView
from engineroom.domain.model import ModelSpec
from engineroom.domain.sealed.values import SealedEngine
from engineroom.services.engines import EngineRoom


class Promises(Protocol):
    """Jobs that something follows. Raises EngineroomError."""

    def promise(self, job: str, follow_up: FollowUp) -> None:
        """Keep with a job what is to follow, or what came of that."""

    def promised(self) -> tuple[JobView, ...]:
        """Jobs that something follows or followed, oldest first."""

    async def after(self, job: str, sealed: SealedEngine | None, follow_up: FollowUp) -> str | None:
        """Wait for its end, and for the jobs that follow of it; the engine to start then."""


class FollowUps:
    """Starts engines after the jobs of fixes.

    Args:
        engines: the engines, as soon as there are any.
        sealed: the sealed engine of a model. May block.
        log: takes an engine and a line.
    """

    def __init__(
        self,
        *,
        engines: Callable[[], EngineRoom],
        sealed: Callable[[ModelSpec], SealedEngine | None],
        log: Callable[[str, str], None],
    ) -> None:
        self._engines = engines
        self._sealed = sealed
        self._log = log
        self._promises: Promises | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def employ(self, promises: Promises) -> None:
        """Who does the work."""
        self._promises = promises

    def begin(self, job: str, follow_up: FollowUp) -> None:
        """A fix has begun a job."""
        assert self._promises is not None, "employ() comes first"
        self._promises.promise(job, follow_up)
        self._follow(job, follow_up)

    def resume(self) -> None:
        """Go on with what an earlier daemon promised."""
        for job in self._jobs():
            if job.follow_up is not None and job.follow_up.state is FollowUpState.PENDING:
                self._follow(job.id, job.follow_up)

    def newest(self, engine: str, *, since_s: float) -> JobView | None:
        """The newest job that a fix of an engine has begun since then (Unix time)."""
        mine = (job for job in self._jobs() if job.follow_up is not None and job.follow_up.engine == engine)
        return max((job for job in mine if job.created_at_s >= since_s), key=lambda job: job.created_at_s, default=None)

    async def settle(self) -> None:
        """Wait until nothing is followed any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _jobs(self) -> tuple[JobView, ...]:
        return () if self._promises is None else self._promises.promised()

    def _follow(self, job: str, follow_up: FollowUp) -> None:
        task = asyncio.ensure_future(self._see_to(job, follow_up))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _see_to(self, job: str, follow_up: FollowUp) -> None:
        """Whatever becomes of it is kept with the newest job that it went through."""
        assert self._promises is not None
        try:
            done = await self._started(self._promises, job, follow_up)
        except EngineroomError as error:
            self._log(follow_up.engine, f"the fix stopped half way: {error.problem.code} {dict(error.problem.facts)}")
            done = replace(follow_up, state=FollowUpState.STOPPED, problem=error.problem)
        for one in self._promises.promised():
            if one.follow_up == follow_up:
                self._promises.promise(one.id, done)

    async def _started(self, promises: Promises, job: str, follow_up: FollowUp) -> FollowUp:
        failed = self._spec(follow_up.engine)
        sealed = None if failed is None else await asyncio.to_thread(self._sealed, failed)
        name = await promises.after(job, sealed, follow_up)
        spec = None if name is None else self._spec(name)
        if spec is None:
            return replace(follow_up, state=FollowUpState.STOPPED)
        if spec.id == follow_up.engine:
            await self._engines().retire(spec)
        self._engines().start(spec.id)
        return replace(follow_up, state=FollowUpState.DONE)

    def _spec(self, engine: str) -> ModelSpec | None:
        """A model may have been removed since it failed."""
        try:
            return self._engines().resolve(engine)
        except Rejected:
            return None
