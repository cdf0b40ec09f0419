"""Every way to fail that the reference quotes (7.6), through the real actor, worker and doctor on the double."""

import asyncio
import json
from pathlib import Path

import psutil
import pytest

from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Code
from engineroom.domain.finding import EngineFinding
from engineroom.domain.trtllm.fixes import FixAction
from fakes.hand_clock import HandClock
from fakes.tensorrt_llm_double.kit import part
from services.conftest import PATIENCE_S
from services.runtime_kit import nothing_left_behind
from services.trtllm_stage import TrtLlmStage

AT_ONCE = 4
F = FixAction
WAYS: dict[str, tuple[Code, FixAction]] = {
    "oom_model": (Code.OUT_OF_MEMORY, F.FEWER_TOKENS_PER_PASS),
    "oom_kv_cache": (Code.OUT_OF_MEMORY, F.LOWER_CACHE_SHARE),
    "oom_initial_kv": (Code.OUT_OF_MEMORY, F.FEWER_TOKENS_PER_PASS),
    "oom_sampler": (Code.OUT_OF_MEMORY, F.LOWER_CONTEXT),
    "oom_drafter": (Code.OUT_OF_MEMORY, F.LOWER_CONTEXT),
    "oom_guided": (Code.OUT_OF_MEMORY, F.LOWER_CONTEXT),
    "oom_extra": (Code.OUT_OF_MEMORY, F.FEWER_TOKENS_PER_PASS),
    "oom_draft_model": (Code.OUT_OF_MEMORY, F.LOWER_CONTEXT),
    "oom_created_during_usage": (Code.OUT_OF_MEMORY, F.FEWER_TOKENS_PER_PASS),
    "oom_spec_resources": (Code.OUT_OF_MEMORY, F.LOWER_CONTEXT),
    "cuda_oom": (Code.OUT_OF_MEMORY, F.LOWER_CONTEXT),
    "nccl": (Code.MULTI_GPU_FAILED, F.PLAIN_ALLREDUCE),
    "kv_no_room": (Code.KV_TOO_SMALL, F.LOWER_CONTEXT),
    "kv_no_room_typo": (Code.KV_TOO_SMALL, F.LOWER_CONTEXT),
    "arch_fp4": (Code.PRECISION_NOT_ON_CARD, F.CHOOSE_OTHER_PRECISION),
    "arch_fp8_block": (Code.PRECISION_NOT_ON_CARD, F.CHOOSE_OTHER_PRECISION),
    "arch_sm121": (Code.PRECISION_NOT_ON_CARD, F.CHOOSE_OTHER_PRECISION),
    "no_kernel_image": (Code.CARD_NOT_SUPPORTED, F.CHOOSE_OTHER_RUNTIME),
    "wrong_torch": (Code.RUNTIME_BROKEN, F.REINSTALL_RUNTIME),
    "cuda_busy": (Code.GPU_BUSY, F.SHARE_CARD),
    "mpi4py_build": (Code.LIBRARY_MISSING, F.INSTALL_LIBOPENMPI),
    "slots": (Code.MPI_ENVIRONMENT, F.OVERSUBSCRIBE),
    "filled": (Code.MPI_ENVIRONMENT, F.OVERSUBSCRIBE),
    "srun": (Code.MPI_ENVIRONMENT, F.OVERSUBSCRIBE),
    "driver_banner": (Code.DRIVER_TOO_OLD, F.UPDATE_DRIVER),
    "cuda_804": (Code.CUDA_COMPAT_WRONG, F.UPDATE_DRIVER),
    "cuda_803": (Code.CUDA_COMPAT_WRONG, F.UPDATE_DRIVER),
    "cuda_insufficient": (Code.DRIVER_TOO_OLD, F.UPDATE_DRIVER),
    "gated": (Code.GATED_TERMS, F.ACCEPT_LICENCE),
    "hub_permission": (Code.CACHE_UNWRITABLE, F.OWN_FOLDER),
    "vader": (Code.SHARED_MEMORY_SMALL, F.SHARE_HOST_MEMORY),
    "ptxas": (Code.PTXAS_MISSING, F.SET_PTXAS),
    "tinygemm2": (Code.ENGINE_KNOWN_BUG, F.LOWER_CONCURRENCY),
    "no_free_slots": (Code.ENGINE_KNOWN_BUG, F.LOWER_CONCURRENCY),
    "tp_hang": (Code.ENGINE_STALLED, F.PLAIN_ALLREDUCE),
    "host_oom": (Code.HOST_MEMORY_SHORT, F.LOAD_IN_SEQUENCE),
    "worker_died": (Code.HOST_MEMORY_SHORT, F.LOAD_IN_SEQUENCE),
    "container_oom": (Code.ENGINE_KILLED, F.RESTART_ENGINE),
}
"""What is said, and what is offered first."""

HANGING = {"tp_hang": "Model init total", "no_free_slots": "No free slots"}
"""What these say last. Only then may the clock go on, with nobody starting beside them: it is faster than a start."""

UNSEEN = {Code.ENGINE_STALLED, Code.ENGINE_KILLED}
"""Told without a line of the log that says it."""


async def found(stage: TrtLlmStage, name: str) -> EngineFinding:
    before = len(stage.lines)
    stage.room.start(name)
    if name in HANGING:
        async with asyncio.timeout(PATIENCE_S):
            while not any(HANGING[name] in line for line in stage.lines[before:]):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    await stage.until(name, EngineState.FAILED, advance_s=60.0 if name in HANGING else 0.0)
    finding = await stage.desk.finding(name)
    await stage.room.stop(name)
    return finding


def wrong(name: str, finding: EngineFinding) -> str | None:
    code, fix = WAYS[name]
    text = part("failures").FAILURES[name]
    told = [line for line in "\n".join((text.text, *text.lines)).split("\n") if line.strip()]
    # Other engines of this test run beside it, and to stop them is offered too.
    offered = [one.fix for one in finding.fixes if one.fix is not F.FREE_MEMORY]
    if finding.problem.code != code or offered[:1] != [fix]:
        return f"{name}: {finding.problem}, {[one.fix for one in finding.fixes]}"
    if finding.known is not (code not in UNSEEN):
        return f"{name}: known is {finding.known}"
    if code not in UNSEEN and told and not any(line.strip()[:40] in str(finding.cause) for line in told):
        return f"{name}: the cause shown is {finding.cause!r}"
    return None


async def test_each_way_to_fail_has_its_cause_and_its_way_out(tmp_path: Path) -> None:
    assert set(WAYS) == set(part("failures").FAILURES), "a new way to fail needs its row here"
    stage = TrtLlmStage(tmp_path, HandClock(), "1.2.1", {name: {"fail": name} for name in WAYS})
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(name: str) -> str | None:
        async with gate:
            return wrong(name, await found(stage, name))

    faults = await asyncio.gather(*(one(name) for name in WAYS if name not in HANGING))
    faults += [await one(name) for name in HANGING]
    await stage.room.close()
    assert not any(faults), "\n".join(filter(None, faults))
    await nothing_left_behind(tmp_path)


async def test_a_fix_goes_into_the_engine_s_own_options_and_helps(tmp_path: Path) -> None:
    """Half the context, in the command and in the view; taken back, it is as it was sealed."""
    stage = TrtLlmStage(tmp_path, HandClock(), "1.2.1", {"e": {"fail": "oom_sampler"}})
    before = (tmp_path / "engines" / "e" / "options.yaml").read_text("utf-8")
    finding = await found(stage, "e")
    tried = await stage.desk.apply("e", F.LOWER_CONTEXT, dry_run=True)
    assert tried.lines[0] == "max_seq_len: 4096 -> 2048", tried
    assert finding.problem.facts["component"] == "Sampler"
    stage.scenario("e")
    await stage.desk.apply("e", F.LOWER_CONTEXT, dry_run=False)
    view = await stage.until("e", EngineState.READY, EngineState.FAILED)
    assert (view.state, view.context_tokens) == (EngineState.READY, 2048), view
    assert view.pid is not None
    below = psutil.Process(view.pid).children(recursive=True)
    served = next(words for words in map(_words, below) if "--max_seq_len" in words)
    assert "2048" in served
    assert str(tmp_path / "tuning" / "e" / "options.yaml") in served
    assert (tmp_path / "engines" / "e" / "options.yaml").read_text("utf-8") == before
    view = await stage.desk.undo("e")
    assert view.context_tokens == 4096
    await stage.room.close()


@pytest.mark.parametrize("version", ["1.1.0", "1.2.1", "1.4.0rc1"])
async def test_a_worker_that_dies_while_it_serves_is_noticed(tmp_path: Path, version: str) -> None:
    """The server goes on and says that it is well; it is ended, and comes back by itself."""
    stage = TrtLlmStage(tmp_path, HandClock(), version, {"e": {}})
    stage.room.start("e")
    view = await stage.until("e", EngineState.READY)
    assert view.steps[0].name == "imported"
    worker = next(
        one for one in psutil.Process(view.pid).children(recursive=True) if "mpi4py.futures.server" in _words(one)
    )
    worker.kill()
    await stage.until("e", EngineState.FAILED)
    finding = await stage.desk.finding("e")
    assert finding.problem.code in {Code.ENGINE_UNHEALTHY, Code.ENGINE_CRASHED}, finding
    await stage.until("e", EngineState.READY)
    assert stage.room.view("e").restarts == 1
    await stage.room.close()


@pytest.mark.parametrize("version", ["1.1.0", "1.2.1", "1.4.0rc1"])
async def test_the_second_start_knows_when_it_will_be_ready(tmp_path: Path, version: str) -> None:
    """Ports that are bound and silent, or answer 503: neither is taken for a crash, and the steps are told."""
    stage = TrtLlmStage(tmp_path, HandClock(), version, {"e": {"slow": {"load": 0.6}}})
    stage.room.start("e")
    view = await stage.until("e", EngineState.READY)
    rounds = {(step.name, step.round) for step in view.steps}
    assert {("graphs", 1), ("graphs", 2), ("tune", 2), ("worker_ready", 2)} <= rounds, rounds
    assert all(view.ready_at_s is None for view in stage.views)
    await stage.room.stop("e")
    stage.room.start("e")
    await stage.until("e", EngineState.READY)
    assert any(view.ready_at_s is not None for view in stage.views if view.state is EngineState.STARTING)
    assert json.loads((tmp_path / "history.json").read_text("utf-8")).keys() >= {"tensorrt-llm/e/4096x2@graphs.2"}
    await stage.room.close()


async def test_a_start_that_stands_still_is_not_ended_while_its_card_works(tmp_path: Path) -> None:
    """Kernels are compiled without a word for minutes; ten minutes without work as well are another thing."""
    clock = HandClock()
    stage = TrtLlmStage(tmp_path, clock, "1.2.1", {"e": {"stall_at": "graphs"}})
    stage.work(percent=90.0)
    stage.room.start("e")
    async with asyncio.timeout(60):
        while not any(step.name == "tune" for step in stage.room.view("e").steps):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    for _ in range(10):
        clock.advance(120.0)
        await asyncio.sleep(0.3)
    assert stage.room.view("e").state is EngineState.STARTING
    stage.work(percent=0.0)
    await stage.until("e", EngineState.FAILED, advance_s=60.0)
    finding = await stage.desk.finding("e")
    assert (finding.problem.code, finding.problem.facts["step"]) == (Code.ENGINE_STALLED, "tune")
    assert finding.problem.facts["waited_s"] >= 600
    assert "Autotuner" in str(finding.cause)
    await stage.room.close()


@pytest.mark.parametrize("version", ["1.1.0", "1.2.1", "1.4.0rc1"])
async def test_a_start_is_called_off_within_bounds_at_every_step(tmp_path: Path, version: str) -> None:
    """Nothing is left of it; how long it took is measured where the machine is not busy."""
    stages = ("spawn", "load", "autotune", "graphs", "kv", "memory_cap")
    stage = TrtLlmStage(tmp_path, HandClock(), version, {name: {"stall_at": name} for name in stages})
    for name in stages:
        stage.room.start(name)
    await asyncio.sleep(4.0)
    await asyncio.gather(*map(stage.room.stop, stages))
    assert {stage.room.view(name).state for name in stages} == {EngineState.STOPPED}
    await nothing_left_behind(tmp_path)
    await stage.room.close()


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
