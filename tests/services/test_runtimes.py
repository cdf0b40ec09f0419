"""Installing runtimes into environments, with the real uv."""

import asyncio
import json
from pathlib import Path

import pytest

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.job import JobState
from engineroom.domain.runtimes.preflight import Check, Finding, Level
from engineroom.domain.runtimes.values import Outcome, RuntimeKind, RuntimeState
from fakes.package_index import PackageIndex, build_double, wheel
from services.runtime_kit import SLOW, Stage, nothing_left_behind

OLD, NEW = "tensorrt-llm-1.2.1-venv", "tensorrt-llm-1.4.0rc1-venv"


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("wheels")
    return [build_double(version, folder) for version in ("1.2.1", "1.4.0rc1")]


@pytest.fixture
def index(wheels: list[Path]):
    with PackageIndex.of_runtimes(*wheels, torch_padding_bytes=2 * 2**20) as serving:
        serving.indexes["torch"].update([wheel("torchvision", "0.24.1", {"torchvision/__init__.py": ""})])
        yield serving


@pytest.fixture
async def stage(tmp_path: Path, index: PackageIndex, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", index.url("public"))
    made = Stage(tmp_path, index)
    yield made
    await made.jobs.close()
    await nothing_left_behind(tmp_path)


async def test_an_environment_is_installed_proved_and_the_default(stage: Stage) -> None:
    stages: list[str] = []
    job = await stage.runtimes.install(stage.jobs, version=None, kind=RuntimeKind.VENV, model=str(stage.model()))

    def over() -> bool:
        now = stage.jobs.job(job.id)
        if now.stage is not None and now.stage not in stages:
            stages.append(now.stage)
        return not now.active

    await stage.see(over)
    done = stage.jobs.job(job.id)
    assert done.state is JobState.DONE, (done.problem, stage.log[-20:])
    assert done.result == {"runtime": OLD, "verdict": "passed"}, (stage.installation(OLD).gate, stage.log[-30:])
    counted = stage.events.counted(job.id)
    assert (counted.done_bytes or 0) == (counted.total_bytes or 0) > 1_000_000, "torch is announced with its size"
    assert (done.total_bytes, done.files) == (None, ()), "no bytes of the download beside the gate"
    manifest = stage.installation(OLD).manifest
    assert manifest is not None
    held = {package.name: package for package in manifest.packages}
    assert held["torch"].version == "2.9.1+cu130", "the one from its own index, not the public one"
    assert held["tensorrt_llm"].version == "1.2.1"
    assert stage.place(OLD, "constraint.txt").read_text("utf-8") == "torch==2.9.1+cu130\n"
    assert all(len(package.record_sha256 or "") == 64 for package in held.values())
    assert (manifest.size_bytes or 0) > 2 * 2**20
    assert stage.store.default() == OLD
    (view, ours) = await stage.runtimes.views()
    assert (view.state, view.is_default, ours.kind) == (RuntimeState.READY, True, RuntimeKind.EMBEDDED)
    gate = stage.gate(OLD)
    assert gate == {
        "version": "passed", "cuda": "passed", "options": "passed", "arguments": "passed", "serve": "passed",
        "tool_call": "passed", "speed": "nothing_to_compare",
    }  # fmt: skip
    assert stages[-1] == "smoke"
    assert view.gate is not None
    assert view.gate.simulated
    assert (view.gate.tokens_per_s or 0) > 0


async def test_without_a_card_it_is_installed_and_nothing_more(stage: Stage) -> None:
    stage.machine = type(stage.machine)(**{**_fields(stage.machine), "gpus": ()})
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV))
    gate = stage.gate(OLD)
    assert (gate["version"], gate["serve"], gate["tool_call"], gate["speed"]) == ("passed", *["no_card"] * 3)
    assert stage.store.default() is None
    view = await stage.runtimes.view(OLD)
    assert view.state is RuntimeState.INSTALLED
    with pytest.raises(Rejected) as refused:
        await stage.runtimes.use(OLD)
    assert refused.value.code == Code.RUNTIME_NOT_PROVED
    assert "no card" in str(refused.value.problem.facts["reason"])


async def test_two_side_by_side_and_back(stage: Stage) -> None:
    await stage.done(await stage.installed("1.2.1"))
    stage.scenario(OLD, tokens_per_s=SLOW)
    await stage.done(await stage.installed("1.4.0rc1"))
    assert stage.store.default() == NEW, stage.gate(NEW)
    await stage.runtimes.use(OLD)
    assert stage.store.default() == OLD
    assert {view.id for view in await stage.runtimes.views()} == {OLD, NEW, "llama.cpp"}
    with pytest.raises(Rejected) as refused:
        await stage.installed("1.2.1")
    assert refused.value.code == Code.RUNTIME_EXISTS


async def test_a_slower_one_does_not_become_the_default(stage: Stage) -> None:
    await stage.done(await stage.installed("1.2.1"))
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.4.0rc1", kind=RuntimeKind.VENV))
    assert stage.gate(NEW)["serve"] == "no_model"
    stage.scenario(OLD, tokens_per_s=2000.0)
    stage.scenario(NEW, tokens_per_s=SLOW)
    await stage.done(await stage.runtimes.gate(stage.jobs, NEW, str(stage.model())))
    gate = stage.installation(NEW).gate
    assert gate is not None
    assert stage.gate(NEW)["speed"] == "slower"
    assert gate.verdict is Outcome.FAILED
    assert gate.reference == OLD
    assert (gate.tokens_per_s or 0) < 0.9 * (gate.reference_tokens_per_s or 0)
    assert stage.store.default() == OLD
    assert (await stage.runtimes.view(NEW)).state is RuntimeState.REFUSED
    assert (await stage.runtimes.use(NEW)).is_default, "a person may choose a slower one"


async def test_a_broken_tool_call_is_a_reason(stage: Stage) -> None:
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV))
    stage.scenario(OLD, calls_tools=False)
    await stage.done(await stage.runtimes.gate(stage.jobs, OLD, str(stage.model())))
    assert stage.gate(OLD)["tool_call"] == "tool_call_wrong"
    assert stage.store.default() is None
    with pytest.raises(Rejected):
        await stage.runtimes.use(OLD)


async def test_a_missing_option_is_a_reason(stage: Stage) -> None:
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV))
    hide_option(stage.place(OLD, "venv", "bin", "trtllm-serve"), "max_num_tokens")
    await stage.done(await stage.runtimes.gate(stage.jobs, OLD, str(stage.model())))
    assert stage.gate(OLD)["options"] == "options_missing"
    assert stage.store.default() is None


async def test_a_server_that_fails_says_why(stage: Stage) -> None:
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV))
    await stage.done(await stage.runtimes.gate(stage.jobs, OLD, str(stage.model(architectures=["NobodyKnowsThis"]))))
    gate = stage.installation(OLD).gate
    assert gate is not None
    (serve,) = (check for check in gate.checks if check.step == "serve")
    assert "Unknown architecture for AutoModelForCausalLM: NobodyKnowsThis" in str(serve.facts["line"])


async def test_what_cannot_be_resolved_is_told_in_uvs_words(stage: Stage, index: PackageIndex) -> None:
    del index.indexes["nvidia"]
    job = await stage.installed("1.2.1")
    assert job.state is JobState.FAILED
    assert job.problem is not None
    assert job.problem.code == Code.INSTALL_FAILED
    assert job.problem.facts["step"] == "engine"
    assert "tensorrt" in str(job.problem.facts["line"])
    view = await stage.runtimes.view(OLD)
    assert (view.state, view.can_resume) == (RuntimeState.INCOMPLETE, True)


async def test_a_failed_download_goes_on_from_where_it_was(stage: Stage, index: PackageIndex) -> None:
    name = next(iter(index.indexes["nvidia"]))
    index.faults.status[name] = 404
    job = await stage.installed("1.2.1")
    assert job.state is JobState.FAILED, job
    assert "Downloading torch (2.0MiB)" in stage.log
    stage.log.clear()
    del index.faults.status[name]
    await stage.done(stage.jobs.resume(job.id))
    assert not [line for line in stage.log if line.startswith("Downloading torch ")], "it came from the cache"
    assert stage.store.default() == OLD


async def test_blocked_means_that_nothing_is_fetched(stage: Stage, index: PackageIndex) -> None:
    facts = {"path": "/data", "needs_bytes": 25 * 10**9, "free_bytes": 10**9, "source": "a table"}
    stage.findings = (Finding(check=Check.DISK, level=Level.BLOCKING, code="disk_short", facts=facts),)
    with pytest.raises(Rejected) as refused:
        await stage.installed("1.2.1")
    assert refused.value.code == Code.RUNTIME_BLOCKED
    assert "/data has 1.0 GB free; 25.0 GB are needed (a table)." in str(refused.value.problem.facts["reason"])
    assert not index.asked
    assert not stage.store.installations()


async def test_what_became_blocked_while_it_waited_is_refused_too(stage: Stage) -> None:
    job = await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV)
    stage.findings = (Finding(check=Check.UV, level=Level.BLOCKING, code="uv_missing"),)
    ended = await stage.over(job)
    assert ended.problem is not None
    assert ended.problem.code == Code.RUNTIME_BLOCKED


async def test_nothing_is_judged_before_the_cards_are_known(stage: Stage) -> None:
    """Neither what is asked of a daemon that has just begun, nor what an earlier one left to it."""
    unknown = (Finding(check=Check.UV, level=Level.BLOCKING, code="uv_missing"),)
    stage.findings = unknown
    stage.cards_known.clear()
    asked = asyncio.create_task(stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV))
    await asyncio.sleep(0.05)
    assert not asked.done()
    stage.findings = ()
    stage.cards_known.set()
    job = await asked
    await stage.jobs.close()
    stage.findings = unknown
    stage.cards_known.clear()
    _, stage.jobs = stage.fresh()
    stage.jobs.restore()
    await asyncio.sleep(0.05)
    assert stage.jobs.job(job.id).state is JobState.RUNNING
    stage.findings = ()
    stage.cards_known.set()
    await stage.done(job)


async def test_the_offline_switch_keeps_an_installation_at_home(stage: Stage, index: PackageIndex) -> None:
    stage.offline = True
    with pytest.raises(Rejected) as refused:
        await stage.installed("1.2.1")
    assert refused.value.code == Code.HUB_OFFLINE
    assert not index.asked


async def test_one_in_use_stays_unless_forced(stage: Stage) -> None:
    await stage.done(await stage.installed("1.2.1"))
    stage.users.running["llama"] = "1.2.1"
    with pytest.raises(Rejected) as refused:
        await stage.runtimes.remove(stage.jobs, OLD)
    assert refused.value.code == Code.RUNTIME_IN_USE
    assert refused.value.problem.facts["users"] == "llama"
    await stage.runtimes.remove(stage.jobs, OLD, even_if_used=True)
    assert not stage.users.running
    assert not stage.store.installations()
    assert stage.store.default() is None
    assert not stage.place(".uv-cache").exists(), "nobody needs the downloads any more"


async def test_our_own_and_unknown_ones_are_not_removed(stage: Stage) -> None:
    for name, code in (("llama.cpp", Code.RUNTIME_NOT_REMOVABLE), ("../etc", Code.RUNTIME_NOT_FOUND)):
        with pytest.raises(Rejected) as refused:
            await stage.runtimes.remove(stage.jobs, name)
        assert refused.value.code == code


async def test_a_cancelled_installation_leaves_nothing(stage: Stage, index: PackageIndex) -> None:
    index.faults.bytes_per_s = 500_000.0
    job = await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV)
    await stage.see(lambda: stage.jobs.job(job.id).stage == "download")
    with pytest.raises(Rejected) as refused:
        await stage.runtimes.remove(stage.jobs, OLD)
    assert refused.value.code == Code.RUNTIME_IN_USE
    await stage.jobs.cancel(job.id)
    assert not stage.store.installations()


async def test_one_whose_files_are_gone_is_broken(stage: Stage) -> None:
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV))
    stage.place(OLD, "venv", "bin", "trtllm-serve").unlink()
    view = await stage.runtimes.view(OLD)
    assert view.state is RuntimeState.BROKEN
    assert view.problem is not None
    assert view.problem.code == Code.RUNTIME_GONE
    with pytest.raises(Rejected):
        await stage.runtimes.gate(stage.jobs, OLD)


async def test_a_broken_one_is_made_anew_and_a_whole_one_on_wish(stage: Stage) -> None:
    await stage.done(await stage.installed())
    stage.place(OLD, "venv", "bin", "trtllm-serve").unlink()
    assert (await stage.runtimes.view(OLD)).state is RuntimeState.BROKEN
    await stage.done(await stage.installed())
    assert stage.place(OLD, "venv", "bin", "trtllm-serve").exists()
    with pytest.raises(Rejected) as whole:
        await stage.installed()
    assert whole.value.code == Code.RUNTIME_EXISTS
    mark = stage.place(OLD, "venv", "of-the-old-one")
    mark.touch()
    job = await stage.runtimes.reinstall(stage.jobs, OLD, str(stage.model()))
    await stage.done(job)
    assert not mark.exists()
    with pytest.raises(Rejected) as ours:
        await stage.runtimes.reinstall(stage.jobs, "llama.cpp")
    assert ours.value.code == Code.RUNTIME_NOT_REMOVABLE


@pytest.mark.parametrize("version", ["1.2.1/../../x", "0.9", "newest", "1.2.1; rm", ""])
async def test_only_versions_of_the_table_are_installed(stage: Stage, version: str) -> None:
    with pytest.raises(Rejected) as refused:
        await stage.runtimes.install(stage.jobs, version=version, kind=RuntimeKind.VENV)
    assert refused.value.code == Code.RUNTIME_VERSION


async def test_telemetry_is_off_in_every_command(stage: Stage) -> None:
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.VENV))
    order = json.loads(stage.place(OLD, "order.json").read_text("utf-8"))
    assert order["steps"]
    for step in order["steps"]:
        assert step["environment"]["TRTLLM_NO_USAGE_STATS"] == "1"
        assert step["environment"]["DO_NOT_TRACK"] == "1"


def hide_option(program: Path, option: str) -> None:
    """Put a program before another, which tells less of it."""
    real = program.rename(program.with_name("trtllm-serve-whole"))
    shown = f'"{real}" "$@" | sed s/{option}/other/'
    program.write_text(f'#!/bin/sh\ncase "$*" in *--help) {shown} ;; *) exec "{real}" "$@" ;; esac\n', "utf-8")
    program.chmod(0o755)


def _fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]
