"""``kill -9`` at every step of an installation: the old runtime works on, nothing half done counts, and it goes on."""

import json
from pathlib import Path

import pytest

from engineroom.domain.runtimes.values import RuntimeKind, RuntimeState
from fakes.package_index import PackageIndex, build_double, wheel
from services.runtime_kit import SLOW, Stage, nothing_left_behind

OLD, NEW = "tensorrt-llm-1.2.1-venv", "tensorrt-llm-1.4.0rc1-venv"
STAGES = ("environment", "resolve", "download", "install", "record", "probe", "smoke")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("wheels")
    return [build_double(version, folder) for version in ("1.2.1", "1.4.0rc1")]


@pytest.fixture
async def stage(tmp_path: Path, wheels: list[Path], monkeypatch: pytest.MonkeyPatch):
    with PackageIndex.of_runtimes(*wheels, torch_padding_bytes=2 * 2**20) as index:
        index.indexes["torch"].update([wheel("torchvision", "0.24.1", {"torchvision/__init__.py": ""})])
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.url("public"))
        made = Stage(tmp_path, index)
        yield made
        await made.jobs.close()
        await nothing_left_behind(tmp_path)


async def test_killed_at_every_stage_it_goes_on_and_the_old_one_stays(stage: Stage) -> None:
    await stage.done(await stage.installed("1.2.1"))
    stage.scenario(OLD, tokens_per_s=SLOW)
    before = stage.place(OLD, "manifest.json").read_bytes()
    assert stage.index is not None
    stage.index.faults.bytes_per_s = 4_000_000.0
    killed = []
    job = await stage.runtimes.install(stage.jobs, version="1.4.0rc1", kind=RuntimeKind.VENV, model=str(stage.model()))
    ahead = STAGES
    while ahead:
        if (name := await stage.kill_in(job, ahead)) is None:
            break
        ahead = STAGES[STAGES.index(name) + 1 :]
        killed.append(name)
        view = await stage.runtimes.view(NEW)
        whole = stage.place(NEW, "manifest.json").exists()
        assert view.state is (RuntimeState.INSTALLED if whole else RuntimeState.INCOMPLETE)
        assert view.can_resume is not whole
        assert stage.store.default() == OLD
        assert stage.place(OLD, "manifest.json").read_bytes() == before
        await nothing_left_behind(stage.folder)
        stage.jobs.resume(job.id)
    await stage.done(job)
    assert {"environment", "download", "probe"} <= set(killed), killed
    manifest = stage.installation(NEW).manifest
    assert manifest is not None
    assert {"torch", "torchvision", "tensorrt_llm"} <= {package.name for package in manifest.packages}
    assert stage.store.default() == NEW, stage.gate(NEW)


async def test_a_restarted_daemon_takes_the_installation_up_again(stage: Stage) -> None:
    assert stage.index is not None
    stage.index.faults.bytes_per_s = 2_000_000.0
    job = await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV)
    await stage.see(lambda: stage.jobs.job(job.id).stage == "download")
    await stage.jobs.close()
    stage.runtimes, stage.jobs = stage.fresh()
    assert (await stage.runtimes.view(OLD)).state is RuntimeState.INCOMPLETE
    stage.index.faults.bytes_per_s = None
    stage.jobs.restore()
    await stage.done(job)
    assert (await stage.runtimes.view(OLD)).state is RuntimeState.INSTALLED


async def test_a_half_one_can_be_removed(stage: Stage) -> None:
    assert stage.index is not None
    stage.index.faults.bytes_per_s = 500_000.0
    job = await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV)
    await stage.see(lambda: stage.jobs.job(job.id).stage == "download")
    await stage.jobs.pause(job.id)
    assert ((await stage.runtimes.view(OLD)).size_bytes or 0) > 0
    await stage.runtimes.remove(stage.jobs, OLD)
    assert not stage.store.installations()


async def test_what_a_cut_off_removal_left_is_swept(stage: Stage) -> None:
    folder = stage.place(".removing-tensorrt-llm-1.1.0-venv")
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    assert stage.store.installations() == ()
    assert not folder.exists()


async def test_a_default_that_is_not_whole_is_none(stage: Stage) -> None:
    stage.store.set_default(OLD)
    assert stage.store.default() is None
    stage.place("default.json").write_text("{half", "utf-8")
    assert stage.store.default() is None
    stage.place("default.json").write_text(json.dumps({"runtime": ["x"]}), "utf-8")
    assert stage.store.default() is None
