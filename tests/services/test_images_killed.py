"""``kill -9`` while an image is pulled: the old runtime works on, nothing half registered, the next start goes on."""

import pytest

from engineroom.domain.job import JobState, JobView
from engineroom.domain.runtimes.values import RuntimeKind, RuntimeState
from fakes.fake_docker.kit import REPOSITORY, FakeDocker
from services.image_stage import NEW, OLD, QUICK, docker, stage, with_image
from services.runtime_kit import SLOW, Stage

__all__ = ["docker", "stage"]

MOMENTS = ("Pulling from", "Pulling fs layer", "Waiting", "Download complete", "Pull complete", "Digest:")
"""What docker says in the course of a pull."""

SLOWLY = {"pace_s": 0.03, "layers": 6}


async def killed_at(stage: Stage, job: JobView, moment: str) -> None:
    stage.log.clear()
    await stage.see(lambda: any(moment in line for line in stage.log))
    await stage.kill_worker(job)
    assert stage.jobs.job(job.id).state is JobState.FAILED, moment


async def test_killed_at_any_moment_of_a_pull(stage: Stage, docker: FakeDocker) -> None:
    await with_image(stage)
    before = stage.place(OLD, "manifest.json").read_bytes()
    docker.configure(**SLOWLY)
    docker.runtime("1.2.1", **QUICK, tokens_per_s=SLOW)
    model = str(stage.model())
    job = await stage.runtimes.install(stage.jobs, version="1.4.0rc1", kind=RuntimeKind.CONTAINER, model=model)
    for moment in MOMENTS:
        await killed_at(stage, job, moment)
        assert (await stage.runtimes.view(NEW)).state is RuntimeState.INCOMPLETE
        assert (await stage.runtimes.view(OLD)).state is RuntimeState.READY
        assert stage.store.default() == OLD
        assert stage.place(OLD, "manifest.json").read_bytes() == before
        assert docker.containers() == {}
        stage.jobs.resume(job.id)
    await stage.done(job)
    assert stage.store.default() == NEW, stage.gate(NEW)
    assert {words[1] for words in docker.asked if words[0] == "pull"} == {
        f"{REPOSITORY}:1.2.1",
        f"{REPOSITORY}:1.4.0rc1",
    }


async def test_what_a_cancelled_pull_had_begun_is_gone(stage: Stage, docker: FakeDocker) -> None:
    await with_image(stage)
    docker.configure(**SLOWLY)
    job = await stage.runtimes.install(stage.jobs, version="1.4.0rc1", kind=RuntimeKind.CONTAINER)
    await killed_at(stage, job, "Download complete")
    await stage.jobs.cancel(job.id)
    assert [one.id for one in stage.store.installations()] == [OLD]


async def test_a_restarted_daemon_takes_the_pull_up_again(stage: Stage, docker: FakeDocker) -> None:
    docker.configure(**SLOWLY)
    job = await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.CONTAINER)
    await stage.see(lambda: any("Download complete" in line for line in stage.log))
    await stage.jobs.close()
    stage.runtimes, stage.jobs = stage.fresh()
    assert (await stage.runtimes.view(OLD)).state is RuntimeState.INCOMPLETE
    stage.jobs.restore()
    await stage.done(job)
    assert (await stage.runtimes.view(OLD)).state is RuntimeState.INSTALLED


@pytest.mark.parametrize("digest", ["same", "another"])
async def test_an_image_pulled_anew_is_swapped_in_after_its_gate(stage: Stage, docker: FakeDocker, digest: str) -> None:
    await with_image(stage)
    docker.runtime("1.2.1", **QUICK)
    old = stage.installation(OLD).manifest
    assert old is not None
    registry = {f"{REPOSITORY}:1.2.1": {"version": "1.2.1"} | ({"digest": "ab" * 32} if digest == "another" else {})}
    docker.configure(registry=registry, **SLOWLY)
    job = await stage.runtimes.reinstall(stage.jobs, OLD, str(stage.model()))
    for moment in ("Waiting", "Pull complete"):
        await killed_at(stage, job, moment)
        assert (await stage.runtimes.view(OLD)).state is RuntimeState.READY
        assert stage.installation(OLD).manifest == old
        stage.jobs.resume(job.id)
    await stage.done(job)
    new = stage.installation(OLD).manifest
    assert new is not None
    assert (new.image == old.image) is (digest == "same")
    assert stage.store.default() == OLD
    assert (await stage.runtimes.view(OLD)).state is RuntimeState.READY
    removed = [words[-1] for words in docker.asked if words[:2] == ["image", "rm"]]
    assert removed == ([] if digest == "same" else [old.image])
