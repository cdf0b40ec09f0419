"""Jobs over real child processes."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.job_store import JsonJobStore
from engineroom.adapters.spawn import PosixSpawner
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.job import NEXT, JobKind, JobState, JobView, heard
from engineroom.services.hub import Hub
from engineroom.services.jobs import Jobs, WorkerCall

DONE = 'say:{"event": "done"}'
WORKER = Path(__file__).parents[1] / "fakes" / "fake_job_worker.py"
PATIENCE_S = 60.0


class Handler:
    """Hands the job's own steps to the fake worker and remembers what it was told."""

    at_once = 2

    def __init__(self) -> None:
        self.prepared: list[str] = []
        self.finished_jobs: list[JobView] = []
        self.discarded_jobs: list[str] = []
        self.lines: list[dict[str, Any]] = []
        self.refusal: Broken | None = None
        self.gate: asyncio.Event | None = None

    async def prepare(self, job: JobView) -> WorkerCall:
        self.prepared.append(job.id)
        if self.gate is not None:
            await self.gate.wait()
        if self.refusal is not None:
            raise self.refusal
        return WorkerCall(arguments=tuple(json.loads(str(job.arguments["steps"]))))

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        self.lines.append(said)

    async def finished(self, job: JobView) -> None:
        self.finished_jobs.append(job)

    async def discarded(self, job: JobView) -> None:
        self.discarded_jobs.append(job.id)


class Stage:
    """Jobs, their handler and their world."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.handler = Handler()
        self.events = Hub()
        self.log: list[tuple[str, str]] = []
        self.store = JsonJobStore(folder / "jobs.json")
        self.spawner = PosixSpawner(folder / "children", command=lambda steps: [sys.executable, str(WORKER), *steps])
        self.jobs = self.fresh()

    def fresh(self) -> Jobs:
        return Jobs(
            clock=SystemClock(),
            spawner=self.spawner,
            store=self.store,
            events=self.events,
            handlers={JobKind.PULL: self.handler},
            log=lambda job, line: self.log.append((job, line)),
        )

    def submit(self, *steps: str, subject: str = "a/model") -> JobView:
        return self.jobs.submit(JobKind.PULL, subject, {"steps": json.dumps(steps)})

    async def until(self, job: JobView, *states: JobState) -> JobView:
        await self.see(lambda: self.jobs.job(job.id).state in states)
        return self.jobs.job(job.id)

    async def until_says(self, job: JobView, stage: str) -> None:
        await self.see(lambda: self.jobs.job(job.id).stage == stage)

    async def see(self, true: Callable[[], bool]) -> None:
        """Look whenever a job has changed, and now and then."""
        async with asyncio.timeout(PATIENCE_S):
            async for _ in self.events.subscribe().batches(idle_s=0.05):
                if true():
                    return


@pytest.fixture
async def stage(tmp_path: Path):
    made = Stage(tmp_path)
    yield made
    await made.jobs.close()
    assert not made.spawner.pids()


async def test_a_job_runs_to_its_result(stage: Stage) -> None:
    job = stage.submit(
        'say:{"event": "stage", "stage": "fetch"}',
        'say:{"event": "progress", "done_bytes": 5, "total_bytes": 10, "bytes_per_s": 2.5, "eta_s": 2,'
        ' "files": [["model.safetensors", 5, 10]]}',
        "log:a line of the library",
        'say:{"event": "done", "path": "/models/a", "files": ["dropped: not a plain fact"]}',
    )
    done = await stage.until(job, JobState.DONE, JobState.FAILED)
    assert done.state is JobState.DONE
    assert (done.stage, done.done_bytes, done.total_bytes) == ("fetch", 5, 10)
    assert done.files[0].name == "model.safetensors"
    assert done.result == {"path": "/models/a"}
    assert done.started_at_s is not None
    assert done.ended_at_s is not None
    assert done.bytes_per_s is None, "a job that is over has no speed"
    assert (job.id, "a line of the library") in stage.log
    assert [each.id for each in stage.handler.finished_jobs] == [job.id]


async def test_two_at_once_and_the_third_waits_its_turn(stage: Stage) -> None:
    first, second, third = (
        stage.submit(f"wait:{stage.folder / name}", DONE, subject=name) for name in ("one", "two", "three")
    )
    await stage.until(second, JobState.RUNNING)
    assert stage.jobs.job(first.id).state is JobState.RUNNING
    assert stage.jobs.job(third.id).state is JobState.QUEUED
    (stage.folder / "one").touch()
    await stage.until(third, JobState.RUNNING)
    assert stage.jobs.job(second.id).state is JobState.RUNNING
    (stage.folder / "two").touch()
    (stage.folder / "three").touch()
    await stage.until(third, JobState.DONE)


async def test_the_same_wish_again_is_the_same_job(stage: Stage) -> None:
    first = stage.submit(f"wait:{stage.folder / 'go'}")
    assert stage.submit(f"wait:{stage.folder / 'go'}").id == first.id
    await stage.jobs.pause(first.id)
    again = stage.submit(f"wait:{stage.folder / 'go'}")
    assert (again.id, again.state) == (first.id, JobState.RUNNING)


async def test_a_failed_wish_again_is_the_same_job(stage: Stage) -> None:
    """As a download that goes on where it was. It is in no stage before its worker says so."""
    steps = (f"wait:{stage.folder / 'go'}", 'say:{"event": "stage", "stage": "fetch"}', "exit:3")
    first = stage.submit(*steps)
    (stage.folder / "go").touch()
    assert (await stage.until(first, JobState.FAILED)).stage == "fetch"
    (stage.folder / "go").unlink()
    again = stage.submit(*steps)
    assert (again.id, again.state, again.problem) == (first.id, JobState.RUNNING, None)
    assert again.stage is None
    await stage.jobs.cancel(first.id)


async def test_clear_forgets_what_has_ended_and_discards_what_failed(stage: Stage) -> None:
    done, failed, waits = (stage.submit(step, subject=name) for name, step in (
        ("done", DONE), ("failed", "exit:3"), ("waits", f"wait:{stage.folder / 'go'}")))  # fmt: skip
    await stage.until(done, JobState.DONE)
    await stage.until(failed, JobState.FAILED)
    await stage.until(waits, JobState.RUNNING)
    await stage.jobs.clear()
    assert [job.id for job in stage.jobs.views()] == [waits.id]
    assert stage.handler.discarded_jobs == [failed.id]
    await stage.jobs.cancel(waits.id)


async def test_what_another_job_is_at_is_not_discarded(stage: Stage) -> None:
    """The same download, of an older revision."""
    older = stage.submit("exit:3", subject="a/model")
    await stage.until(older, JobState.FAILED)
    newer = stage.submit(f"wait:{stage.folder / 'go'}", subject="a/model")
    await stage.until(newer, JobState.RUNNING)
    await stage.jobs.cancel(older.id)
    assert stage.handler.discarded_jobs == []
    await stage.jobs.cancel(newer.id)
    assert stage.handler.discarded_jobs == [newer.id]


async def test_pause_ends_the_worker_and_resume_starts_another(stage: Stage) -> None:
    go = stage.folder / "go"
    job = stage.submit('say:{"event": "stage", "stage": "up"}', f"wait:{go}", DONE)
    await stage.until_says(job, "up")
    (pid,) = stage.spawner.pids()
    paused = await stage.jobs.pause(job.id)
    assert paused.state is JobState.PAUSED
    assert not psutil.pid_exists(pid)
    go.touch()
    stage.jobs.resume(job.id)
    assert (await stage.until(job, JobState.DONE)).problem is None
    assert stage.handler.prepared == [job.id, job.id]


async def test_cancel_ends_even_a_worker_that_does_not_listen(stage: Stage) -> None:
    job = stage.submit("deaf", 'say:{"event": "stage", "stage": "up"}', f"wait:{stage.folder / 'never'}")
    await stage.until_says(job, "up")
    cancelled = await stage.jobs.cancel(job.id)
    assert cancelled.state is JobState.CANCELLED
    assert stage.handler.discarded_jobs == [job.id]
    with pytest.raises(Rejected) as refused:
        stage.jobs.resume(job.id)
    assert refused.value.code == Code.JOB_ENDED


async def test_a_job_can_be_cancelled_while_it_is_being_prepared(stage: Stage) -> None:
    stage.handler.gate = asyncio.Event()
    job = stage.submit("exit:0")
    await stage.see(lambda: bool(stage.handler.prepared))
    cancelled = await asyncio.wait_for(stage.jobs.cancel(job.id), PATIENCE_S)
    assert cancelled.state is JobState.CANCELLED
    assert not stage.spawner.pids()


async def test_what_the_worker_says_went_wrong_is_the_jobs_problem(stage: Stage) -> None:
    job = stage.submit('say:{"event": "problem", "code": "disk_full", "facts": {"path": "/x"}}', "exit:1")
    failed = await stage.until(job, JobState.FAILED)
    assert failed.problem is not None
    assert (failed.problem.code, failed.problem.facts) == ("disk_full", {"path": "/x"})


async def test_a_worker_that_dies_without_a_word_leaves_its_last_line(stage: Stage) -> None:
    job = stage.submit("log:Segmentation fault, they say", "exit:7")
    failed = await stage.until(job, JobState.FAILED)
    assert failed.problem is not None
    assert failed.problem.facts == {"status": 7, "line": "Segmentation fault, they say"}


async def test_a_worker_that_ends_well_without_a_result_has_not_done_its_job(stage: Stage) -> None:
    failed = await stage.until(stage.submit("exit:0"), JobState.FAILED, JobState.DONE)
    assert failed.problem is not None
    assert failed.problem.code == Code.WORKER_ENDED


async def test_a_worker_that_ends_well_when_asked_to_stop_is_paused_not_done(stage: Stage) -> None:
    job = stage.submit("obey", 'say:{"event": "stage", "stage": "up"}', f"wait:{stage.folder / 'never'}")
    await stage.until_says(job, "up")
    assert (await stage.jobs.pause(job.id)).state is JobState.PAUSED


async def test_a_refusal_before_the_start_is_the_jobs_problem_and_may_be_tried_again(stage: Stage) -> None:
    stage.handler.refusal = Broken(Code.DISK_FULL, path="/x")
    failed = await stage.until(stage.submit(DONE), JobState.FAILED)
    assert failed.problem is not None
    assert failed.problem.code == Code.DISK_FULL
    stage.handler.refusal = None
    stage.jobs.resume(failed.id)
    assert (await stage.until(failed, JobState.DONE, JobState.FAILED)).state is JobState.DONE


async def test_what_ran_goes_on_with_the_next_daemon_and_what_was_paused_stays_so(stage: Stage) -> None:
    running = stage.submit('say:{"event": "stage", "stage": "up"}', f"wait:{stage.folder / 'go'}", DONE)
    paused = stage.submit(f"wait:{stage.folder / 'go'}", subject="another")
    await stage.until_says(running, "up")
    await stage.jobs.pause(paused.id)
    await stage.jobs.close()
    assert not stage.spawner.pids()
    (stage.folder / "go").touch()
    stage.jobs = stage.fresh()
    stage.jobs.restore()
    assert (await stage.until(running, JobState.DONE)).created_at_s == running.created_at_s
    assert stage.jobs.job(paused.id).state is JobState.PAUSED


async def test_a_broken_store_is_an_empty_one(stage: Stage) -> None:
    (stage.folder / "jobs.json").write_text('[{"id": 5}]')
    stage.jobs.restore()
    assert stage.jobs.views() == ()


async def test_unknown_jobs_are_refused(stage: Stage) -> None:
    with pytest.raises(Rejected) as refused:
        await stage.jobs.pause("none")
    assert refused.value.code == Code.JOB_NOT_FOUND


def test_every_state_but_the_last_leads_somewhere() -> None:
    assert set(NEXT) == set(JobState)
    assert {state for state, ways in NEXT.items() if not ways} == {JobState.DONE, JobState.CANCELLED}


@pytest.mark.parametrize(
    "said",
    [{}, {"event": "progress", "done_bytes": -1}, {"event": "progress", "eta_s": "soon", "files": [["x"], 3]},
     {"event": "problem", "code": "no such code", "facts": {}}, {"event": "stage", "stage": 5}],
)  # fmt: skip
def test_lines_that_make_no_sense_change_nothing(said: dict[str, Any]) -> None:
    job = JobView(id="1", kind=JobKind.PULL, subject="s", state=JobState.RUNNING, created_at_s=0.0, done_bytes=3)
    assert heard(job, said) == job


async def test_a_worker_whose_program_is_gone_is_named(stage: Stage) -> None:
    gone = str(stage.folder / "python")
    stage.spawner = PosixSpawner(stage.folder / "children", command=lambda _: [gone])
    stage.jobs = stage.fresh()
    job = await stage.until(stage.submit(DONE), JobState.FAILED)
    assert job.problem is not None
    assert job.problem.code == Code.WORKER_MISSING
    assert job.problem.facts["detail"] == "os_program os_enoent"
    assert job.problem.facts["program"] == gone
