"""A fix of several jobs: a newer runtime first, then the engine anew with it; also over the end of a daemon."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from domain.sealed.kit import sealed_engine
from engineroom.adapters.clock import SystemClock
from engineroom.adapters.job_store import JsonJobStore
from engineroom.adapters.spawn import PosixSpawner
from engineroom.cli.job_watch import after_words
from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.domain.job import FollowUp, FollowUpState, JobKind, JobState, JobView
from engineroom.domain.sealed.wish import BuildWish
from engineroom.domain.trtllm.fixes import FixAction
from engineroom.services.fix_jobs import FixJobs
from engineroom.services.hub import Hub
from engineroom.services.jobs import Jobs, WorkerCall

WORKER = Path(__file__).parents[1] / "fakes" / "fake_job_worker.py"
DONE = 'say:{"event": "done"}'
UPDATE = FollowUp(engine="old", fix=FixAction.UPDATE_RUNTIME, accept=True)
SEALED = sealed_engine()


def command(steps: Sequence[str]) -> list[str]:
    return [sys.executable, str(WORKER), *steps]


class Handler:
    """Its workers say at once that they are done."""

    at_once = 2

    async def prepare(self, job: JobView) -> WorkerCall:
        return WorkerCall(arguments=(DONE,))

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        """Nothing."""

    async def finished(self, job: JobView) -> None:
        """Nothing."""

    async def discarded(self, job: JobView) -> None:
        """Nothing."""


class Builds:
    """Queues builds as they are wished; refuses where it is told to."""

    def __init__(self) -> None:
        self.wishes: list[BuildWish] = []
        self.refusal: Rejected | None = None
        self.prospects = SimpleNamespace(again=lambda sealed, runtime: BuildWish(model=sealed.model, runtime=runtime))

    async def build(self, jobs: Jobs, wish: BuildWish) -> JobView:
        self.wishes.append(wish)
        if self.refusal is not None:
            raise self.refusal
        return jobs.submit(JobKind.BUILD, wish.model, {"engine": "new"})


class Stage:
    """The jobs of one daemon after the other, and who does the fixes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.builds = Builds()
        self.jobs = self._fresh()

    def _fresh(self) -> Jobs:
        jobs = Jobs(
            clock=SystemClock(), store=JsonJobStore(self._folder / "jobs.json"), events=Hub(),
            spawner=PosixSpawner(self._folder / "children", command=command),
            handlers={JobKind.INSTALL: Handler(), JobKind.BUILD: Handler()}, log=lambda *_: None,
        )  # fmt: skip
        self.work = FixJobs(jobs=jobs, runtimes=None, builds=self.builds, models=None)  # type: ignore[arg-type]
        return jobs

    async def another_daemon(self) -> None:
        await self.jobs.close()
        self.jobs = self._fresh()
        self.jobs.restore()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(tmp_path)
    yield made
    await made.jobs.close()


def promised(stage: Stage, kind: JobKind, subject: str, arguments: dict[str, str]) -> JobView:
    job = stage.jobs.submit(kind, subject, arguments)
    stage.work.promise(job.id, UPDATE)
    return job


async def test_the_engine_is_built_anew_once_the_newer_runtime_is_there(stage: Stage) -> None:
    job = promised(stage, JobKind.INSTALL, "1.2.1", {"runtime": "newer"})
    assert await stage.work.after(job.id, SEALED, UPDATE) == "new"
    assert [(one.runtime, one.accept) for one in stage.builds.wishes] == [("newer", True)]
    first, second = stage.work.promised()
    assert first.follow_up is not None
    assert first.follow_up.state is FollowUpState.DONE, "handed on"
    assert second.follow_up == UPDATE, "who starts the engine turns it"


async def test_a_build_that_a_daemon_had_begun_is_gone_on_with_by_the_next(stage: Stage) -> None:
    job = promised(stage, JobKind.BUILD, "m", {"engine": "new"})
    await stage.another_daemon()
    (again,) = stage.work.promised()
    assert (again.id, again.follow_up) == (job.id, UPDATE)
    assert await stage.work.after(again.id, None, UPDATE) == "new"
    assert stage.builds.wishes == [], "it is not built twice"


async def test_what_is_refused_after_the_first_job_is_raised(stage: Stage) -> None:
    stage.builds.refusal = Rejected(Code.BUILD_NEEDS_YES, model="m", gpu="g", reason="untested")
    job = promised(stage, JobKind.INSTALL, "1.2.1", {"runtime": "newer"})
    with pytest.raises(Rejected):
        await stage.work.after(job.id, SEALED, UPDATE)


async def test_one_that_is_called_off_is_followed_by_nothing(stage: Stage) -> None:
    job = promised(stage, JobKind.BUILD, "m", {"engine": "new"})
    await stage.jobs.pause(job.id)
    following = asyncio.ensure_future(stage.work.after(job.id, None, UPDATE))
    await stage.jobs.cancel(job.id)
    assert await following is None


def test_what_follows_is_said_beside_a_job() -> None:
    job = JobView(id="j", kind=JobKind.BUILD, subject="m", state=JobState.RUNNING, created_at_s=0.0, follow_up=UPDATE)
    assert after_words(job) == ("When it is done, an engine is started (update_runtime of old).",)
    refused = Problem(code=Code.BUILD_NEEDS_YES, facts={"model": "m", "gpu": "g", "reason": "untested here"})
    stopped = FollowUp(engine="old", fix="update_runtime", state=FollowUpState.STOPPED, problem=refused)
    (said,) = after_words(json_again(job, stopped))
    assert said.startswith("! It stopped half way, no engine was started (update_runtime of old): ")
    assert "untested here" in said
    done = FollowUp(engine="old", fix="update_runtime", state=FollowUpState.DONE)
    assert after_words(json_again(job, done)) == ("What was to follow has been begun (update_runtime of old).",)


def json_again(job: JobView, follow_up: FollowUp) -> JobView:
    """As it comes over the wire."""
    tree = json.loads(msgspec.json.encode(job)) | {"follow_up": json.loads(msgspec.json.encode(follow_up))}
    return msgspec.convert(tree, JobView)
