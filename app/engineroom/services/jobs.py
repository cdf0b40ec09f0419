"""The jobs: queued, a few at once, kept over a restart. The one writer of every job's state."""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol

from engineroom.domain.errors import Broken, Code, EngineroomError, FactValue, Problem, Rejected
from engineroom.domain.job import ENDED, FollowUp, JobKind, JobStage, JobState, JobView, heard
from engineroom.domain.os_errors import unstarted
from engineroom.services import hub
from engineroom.services.ports import Child, Clock, JobStore, Spawner

ASK_S = 5.0
KILL_S = 5.0
KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerCall:
    """A worker's command line after ``engineroom worker``, what its environment adds, and its stages if known."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    stages: tuple[JobStage, ...] = ()


class JobHandler(Protocol):
    """What is special about a kind of job."""

    at_once: int
    """How many of this kind may run at the same time."""

    async def prepare(self, job: JobView) -> WorkerCall:
        """Checks before each start, and the worker's command line. Raises EngineroomError to refuse."""

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        """A line of the worker that is not about progress."""

    async def finished(self, job: JobView) -> None:
        """The worker ended well. Raises EngineroomError if its result cannot be used."""

    async def discarded(self, job: JobView) -> None:
        """The job was cancelled: what it left half done may go."""


@dataclass(slots=True)
class _Run:
    task: asyncio.Task[None]
    preparing: asyncio.Task[WorkerCall] | None = None
    child: Child | None = None
    leads_to: JobState | None = None
    came_to_its_end: bool = False


class Jobs:
    """All jobs. Call on the loop only.

    Args:
        handlers: one per kind that may be submitted.
        log: takes a job's id and a line of its worker's error output.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        spawner: Spawner,
        store: JobStore,
        events: hub.Hub,
        handlers: Mapping[JobKind, JobHandler],
        log: Callable[[str, str], None],
    ) -> None:
        self._clock = clock
        self._spawner = spawner
        self._store = store
        self._events = events
        self._handlers = handlers
        self._log = log
        self._jobs: dict[str, JobView] = {}
        self._runs: dict[str, _Run] = {}
        self._closing = False

    @property
    def busy(self) -> bool:
        """Whether any job runs or waits for its turn."""
        return any(job.active for job in self._jobs.values())

    def views(self) -> tuple[JobView, ...]:
        """All jobs, oldest first."""
        return tuple(self._jobs.values())

    def job(self, job_id: str) -> JobView:
        """One job. Raises Rejected (``job_not_found``)."""
        try:
            return self._jobs[job_id]
        except KeyError:
            raise Rejected(Code.JOB_NOT_FOUND, job=job_id[:100]) from None

    def restore(self) -> None:
        """Take up what an earlier daemon left: what ran or waited is queued again."""
        for job in self._store.load():
            if job.kind in self._handlers:
                self._jobs[job.id] = replace(job, state=JobState.QUEUED) if job.state is JobState.RUNNING else job
        self._pump()

    def submit(self, kind: JobKind, subject: str, arguments: Mapping[str, FactValue]) -> JobView:
        """Queue a job; the same wish again is the same job while it is not done or cancelled."""
        for job in self._jobs.values():
            same = (job.kind, job.subject, job.arguments) == (kind, subject, dict(arguments))
            if same and job.state not in {JobState.DONE, JobState.CANCELLED}:
                return self.resume(job.id)
        made = JobView(
            id=secrets.token_hex(6), kind=kind, subject=subject, state=JobState.QUEUED,
            created_at_s=self._clock.unix_s(), arguments=dict(arguments),
        )  # fmt: skip
        self._put(made)
        self._pump()
        return self._jobs[made.id]

    def resume(self, job_id: str) -> JobView:
        """Queue a paused or failed job again; nothing for one that is active. Raises Rejected."""
        job = self.job(job_id)
        if job.state in {JobState.PAUSED, JobState.FAILED}:
            self._turn(job, JobState.QUEUED)
            self._pump()
        elif not job.active:
            raise Rejected(Code.JOB_ENDED, job=job_id, state=job.state)
        return self._jobs[job_id]

    def follow(self, job_id: str, follow_up: FollowUp) -> None:
        """Keep with a job what comes of it afterwards. Raises Rejected."""
        self._put(replace(self.job(job_id), follow_up=follow_up))

    async def pause(self, job_id: str) -> JobView:
        """Stop a job and keep what it has; answers when its worker has ended. Raises Rejected."""
        return await self._halt(job_id, JobState.PAUSED)

    async def cancel(self, job_id: str) -> JobView:
        """End a job for good; answers when its worker has ended. Raises Rejected."""
        job = await self._halt(job_id, JobState.CANCELLED)
        await self._discard(job)
        return job

    async def clear(self) -> None:
        """Forget the jobs that have ended; what failed ones have left half done goes, as nobody would find it again."""
        ended = [job for job in self._jobs.values() if job.state in ENDED]
        self._jobs = {job.id: job for job in self._jobs.values() if job.state not in ENDED}
        self._save()
        for job in ended:
            if job.state is JobState.FAILED:
                await self._discard(job)

    async def close(self) -> None:
        """Stop every worker; what ran goes on with the next daemon."""
        self._closing = True
        runs = list(self._runs.values())
        for run in runs:
            run.leads_to = run.leads_to or JobState.QUEUED
        await asyncio.gather(*(_stop(run) for run in runs))

    async def _discard(self, job: JobView) -> None:
        if not _another_is_at(job, self._jobs.values()):
            await self._handlers[job.kind].discarded(job)

    async def _halt(self, job_id: str, state: JobState) -> JobView:
        job = self.job(job_id)
        if job.state is state:
            return job
        if job.state in ENDED and not (job.state is JobState.FAILED and state is JobState.CANCELLED):
            raise Rejected(Code.JOB_ENDED, job=job_id, state=job.state)
        run = self._runs.get(job_id)
        if run is None:
            self._turn(job, state)
        else:
            run.leads_to = state
            await _stop(run)
        return self._jobs[job_id]

    def _pump(self) -> None:
        """Start what may start."""
        for job in list(self._jobs.values()):
            running = sum(self._jobs[job_id].kind is job.kind for job_id in self._runs)
            room = running < self._handlers[job.kind].at_once
            if job.state is JobState.QUEUED and room and not self._closing and job.id not in self._runs:
                self._turn(job, JobState.RUNNING)
                self._runs[job.id] = _Run(asyncio.create_task(self._carry_out(job.id), name=f"job {job.id}"))

    async def _carry_out(self, job_id: str) -> None:
        try:
            problem = await self._work(job_id)
        except EngineroomError as error:
            problem = error.problem
        run = self._runs.pop(job_id)
        job = self._jobs[job_id]
        if problem is None and run.leads_to is not JobState.CANCELLED:
            self._turn(job, JobState.DONE)
        elif run.leads_to is not None:
            self._turn(replace(job, problem=None), run.leads_to)
        else:
            self._turn(replace(job, problem=problem), JobState.FAILED)
        self._pump()

    async def _work(self, job_id: str) -> Problem | None:
        """Why it did not come to its end; ``None`` if it did."""
        job, run = self._jobs[job_id], self._runs[job_id]
        run.preparing = asyncio.ensure_future(self._handlers[job.kind].prepare(job))
        await asyncio.gather(run.preparing, return_exceptions=True)  # nobody asks what a halted one failed with
        if _halted(run):
            return Problem(code=Code.JOB_STOPPED)
        call = run.preparing.result()
        self._put(replace(self._jobs[job_id], stages=call.stages), save=False)
        lines: deque[str] = deque(maxlen=5)
        try:
            run.child = await self._spawner.start(
                call.arguments,
                environment=call.environment,
                on_line=lambda line: self._heard(job_id, line),
                on_log=partial(_logged, self._log, job_id, lines),
            )
        except OSError as error:
            raise Broken(Code.WORKER_MISSING, **unstarted(error)) from error
        if _halted(run):
            await run.child.stop(ask_s=ASK_S, kill_s=KILL_S)
        status = await run.child.ended()
        job = self._jobs[job_id]
        if status != 0 or not run.came_to_its_end:
            return job.problem or Problem(code=Code.WORKER_ENDED, facts={"status": status, "line": _last(lines)})
        await self._handlers[job.kind].finished(job)
        return None

    def _heard(self, job_id: str, line: str) -> None:
        said = _parsed(line)
        if said is None:
            self._log(job_id, line)
            return
        self._runs[job_id].came_to_its_end = said.get("event") == "done"
        self._put(heard(self._jobs[job_id], said), save=False)
        self._handlers[self._jobs[job_id].kind].heard(self._jobs[job_id], said)

    def _turn(self, job: JobView, state: JobState) -> None:
        self._put(job.turned(state, self._clock.unix_s()))

    def _put(self, job: JobView, *, save: bool = True) -> None:
        self._jobs[job.id] = job
        self._events.publish(hub.JOB, job)
        if save:
            self._save()

    def _save(self) -> None:
        self._jobs = _kept(self._jobs)
        self._store.save(self._jobs.values())


def _kept(jobs: Mapping[str, JobView]) -> dict[str, JobView]:
    """All but the oldest of those that have ended, where there are too many."""
    ended = [job.id for job in jobs.values() if job.state in ENDED]
    gone = set(ended[: max(0, len(ended) - KEPT)])
    return {job.id: job for job in jobs.values() if job.id not in gone}


def _another_is_at(job: JobView, jobs: Iterable[JobView]) -> bool:
    """Whether what this job has left half done is being used by one that has not ended."""
    others = (other for other in jobs if other.id != job.id and other.state not in ENDED)
    return any((other.kind, other.subject) == (job.kind, job.subject) for other in others)


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _logged(log: Callable[[str, str], None], job_id: str, lines: deque[str], line: str) -> None:
    log(job_id, line)
    lines.append(line)


def _halted(run: _Run) -> bool:
    return run.leads_to is not None


async def _stop(run: _Run) -> None:
    if run.child is not None:
        await run.child.stop(ask_s=ASK_S, kill_s=KILL_S)
    elif run.preparing is not None:
        run.preparing.cancel()
    await asyncio.wait({run.task})


def _last(lines: Iterable[str]) -> str | None:
    return next((line for line in reversed(list(lines)) if line.strip()), None)
