"""An environment installed anew: beside itself, then in its own place; the one before works until then."""

from pathlib import Path

import pytest

from engineroom.domain.errors import Code
from engineroom.domain.runtimes.values import Outcome, RuntimeKind, RuntimeState
from fakes.package_index import PackageIndex, build_double, wheel
from services.runtime_kit import SLOW, Stage, nothing_left_behind

NAME, BESIDE = "tensorrt-llm-1.2.1-venv", "tensorrt-llm-1.2.1-venv.anew"
STAGES = ("environment", "resolve", "download", "install", "record", "probe", "smoke")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return [build_double("1.2.1", tmp_path_factory.mktemp("wheels"))]


@pytest.fixture
async def stage(tmp_path: Path, wheels: list[Path], monkeypatch: pytest.MonkeyPatch):
    with PackageIndex.of_runtimes(*wheels, torch_padding_bytes=2 * 2**20) as index:
        index.indexes["torch"].update([wheel("torchvision", "0.24.1", {"torchvision/__init__.py": ""})])
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.url("public"))
        made = Stage(tmp_path, index)
        await made.done(await made.installed("1.2.1"))
        made.scenario(NAME, tokens_per_s=SLOW)
        made.place(NAME, "of-the-old-one").touch()
        made.place(NAME, "modelopt").mkdir()
        made.place(NAME, "modelopt", "hf_ptq.py").write_text("laid by hand")
        yield made
        await made.jobs.close()
        await nothing_left_behind(tmp_path)


async def is_the_old_one(stage: Stage) -> bool:
    view = await stage.runtimes.view(NAME)
    return view.state is RuntimeState.READY and view.is_default and stage.place(NAME, "of-the-old-one").exists()


async def test_killed_at_every_step_the_old_one_works_until_the_new_one_takes_its_place(stage: Stage) -> None:
    job = await stage.runtimes.reinstall(stage.jobs, NAME, str(stage.model()))
    killed, ahead = [], STAGES
    while ahead and (name := await stage.kill_in(job, ahead)) is not None:
        killed.append(name)
        ahead = STAGES[STAGES.index(name) + 1 :]
        assert await is_the_old_one(stage)
        assert [one.id for one in stage.store.installations()] == [NAME], "what is half done is no runtime"
        stage.jobs.resume(job.id)
    await stage.done(job)
    assert {"environment", "probe"} <= set(killed), killed
    assert not stage.place(NAME, "of-the-old-one").exists()
    assert stage.place(NAME, "modelopt", "hf_ptq.py").read_text() == "laid by hand"
    assert [path.name for path in stage.folder.joinpath("runtimes").glob("*anew*")] == []
    gate = stage.installation(NAME).gate
    assert gate is not None
    assert (gate.verdict, gate.reference) == (Outcome.PASSED, NAME), "it was held against the one before"
    assert stage.store.default() == NAME
    await stage.done(await stage.runtimes.gate(stage.jobs, NAME, str(stage.model())))
    assert stage.gate(NAME)["serve"] == "passed", "its programs run where they lie now"


async def test_one_that_is_worse_or_cannot_be_tried_leaves_the_old_one_in_its_place(stage: Stage) -> None:
    untried = await stage.over(await stage.runtimes.reinstall(stage.jobs, NAME))
    assert untried.problem is not None
    assert untried.problem.code == Code.RUNTIME_KEPT
    assert "no model" in str(untried.problem.facts["reason"])
    assert await is_the_old_one(stage)
    await stage.jobs.cancel(untried.id)
    assert not stage.place(BESIDE).exists()

    stage.scenario(NAME)
    job = await stage.runtimes.reinstall(stage.jobs, NAME, str(stage.model()))
    assert await stage.kill_in(job, ("probe", "smoke"))
    stage.scenario(BESIDE, tokens_per_s=SLOW)
    stage.jobs.resume(job.id)
    slower = await stage.over(job)
    assert slower.problem is not None
    assert f"slower than {NAME}" in str(slower.problem.facts["reason"])
    assert await is_the_old_one(stage)


async def test_what_runs_is_not_swapped_under_its_feet(stage: Stage) -> None:
    stage.users.running["llama"] = "1.2.1"
    job = await stage.runtimes.reinstall(stage.jobs, NAME, str(stage.model()))
    used = await stage.over(job)
    assert used.problem is not None
    assert used.problem.code == Code.RUNTIME_KEPT
    assert "llama" in str(used.problem.facts["reason"])
    assert await is_the_old_one(stage)
    del stage.users.running["llama"]
    await stage.done(stage.jobs.resume(job.id))
    assert not stage.place(NAME, "of-the-old-one").exists()


async def test_a_broken_one_is_replaced_without_a_card_too(stage: Stage) -> None:
    stage.place(NAME, "venv", "bin", "trtllm-serve").unlink()
    job = await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV)
    assert stage.place(NAME, "of-the-old-one").exists(), "its manifest and its gate are there until then"
    await stage.done(job)
    assert (await stage.runtimes.view(NAME)).state is RuntimeState.INSTALLED
    assert not stage.place(NAME, "of-the-old-one").exists()


async def test_a_daemon_killed_after_the_swap_does_not_install_again(stage: Stage) -> None:
    job = await stage.runtimes.reinstall(stage.jobs, NAME, str(stage.model()))
    await stage.done(job)
    installed = stage.place(NAME, "manifest.json").read_bytes()
    kept = stage.folder / "jobs.json"
    before, _, after = kept.read_text().rpartition('"done"')
    kept.write_text(f'{before}"running"{after}')
    stage.runtimes, stage.jobs = stage.fresh()
    stage.jobs.restore()
    assert stage.jobs.job(job.id).active
    await stage.done(job)
    assert stage.place(NAME, "manifest.json").read_bytes() == installed
