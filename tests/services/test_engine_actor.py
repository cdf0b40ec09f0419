"""One engine, from its first start to its last, with real processes behind it."""

import asyncio
import json
import os
import signal
from pathlib import Path

import psutil
import pytest

from engineroom.domain.engine import EngineState, Stage, StageStatus
from engineroom.domain.errors import Broken, Code, Problem
from engineroom.domain.launch import KEY_VARIABLE
from engineroom.domain.model import ModelSpec
from engineroom.services.engine_run import LOOK_EVERY_S
from engineroom.services.measurements import Load
from fakes.hand_clock import HandClock
from services.conftest import StageMaker

STOPPED, STARTING, READY, STOPPING, FAILED = EngineState


def hurried(function: object) -> object:
    """Back-offs and grace periods a fifth as long."""
    return pytest.mark.asyncio(loop_factories=["hurried"])(function)


async def test_from_start_to_ready_to_stopped(make_stage: StageMaker) -> None:
    stage = make_stage(["--verify-steps=4", "--native-context=2048", "--log=hello"])
    assert (stage.view.state, stage.view.can_start, stage.view.can_stop) == (STOPPED, True, False)
    stage.actor.start()
    view = await stage.until(READY)
    assert [stage.status for stage in view.stages] == [StageStatus.DONE] * 4
    assert (view.device, view.runtime_version) == ("Fake", "0.0")
    assert (view.context_tokens, view.context_limit) == (2048, "model")
    assert view.load_s is not None
    assert view.pid == stage.spawner.started[0].pid
    assert (view.can_start, view.can_stop, view.problem, view.restarts) == (False, True, None, 0)
    await stage.until_so(lambda: stage.view.memory_bytes is not None, "its memory is known")
    await stage.actor.stop()
    assert stage.states == [STARTING, READY, STOPPING, STOPPED]
    assert stage.lines == ["hello"]
    stopped = stage.view
    assert (stopped.pid, stopped.memory_bytes, stopped.device, stopped.load_s) == (None, None, None, None)
    assert not psutil.pid_exists(view.pid)


async def test_the_stages_are_shown_in_order(make_stage: StageMaker) -> None:
    stage = make_stage(["--verify-steps=4"])
    stage.actor.start()
    await stage.until(READY)
    active = [part.stage for view in stage.views for part in view.stages if part.status is StageStatus.ACTIVE]
    assert sorted(set(active), key=active.index) == list(Stage)
    assert active == sorted(active, key=list(Stage).index)
    verify = [view.stages[1].progress for view in stage.views if view.stages[1].progress is not None]
    assert verify == sorted(verify)
    assert verify[-1] == 1.0


async def test_what_a_load_said_of_itself_is_measured_once(make_stage: StageMaker) -> None:
    measured: list[Load] = []
    kept, chatter = "0.00.1.2 I x: CPU KV buffer size = 1.00 MiB", "0.00.000.002 I print_info: arch = llama"
    stage = make_stage(["--native-context=2048", f"--log={kept}", f"--log={chatter}"], measure=measured.append)
    stage.actor.start()
    await stage.until(READY)
    (load,) = measured
    assert load.lines == (kept,) == tuple(stage.lines)
    assert (load.model_id, load.runtime, load.runtime_version, load.device) == ("tiny", "llama.cpp", "0.0", "Fake")
    assert (load.context_tokens, load.slots, load.gpu_uuids) == (2048, 2, ())
    await stage.actor.stop()
    assert len(measured) == 1


async def test_wishes_are_idempotent(make_stage: StageMaker) -> None:
    stage = make_stage()
    await stage.actor.stop()
    for _ in range(3):
        stage.actor.start()
    await stage.until(READY)
    stage.actor.start()
    await asyncio.gather(*(stage.actor.stop() for _ in range(3)))
    assert len(stage.spawner.started) == 1
    assert stage.states == [STOPPED, STARTING, READY, STOPPING, STOPPED]


async def test_the_key_is_not_in_the_command_line(make_stage: StageMaker) -> None:
    stage = make_stage()
    stage.actor.start()
    view = await stage.until(READY)
    process = psutil.Process(view.pid)
    key = process.environ()[KEY_VARIABLE]
    assert len(key) >= 24
    assert key not in " ".join(process.cmdline())
    assert "--model=/models/tiny.gguf" in process.cmdline()


async def test_many_requests_bring_up_one_engine(make_stage: StageMaker) -> None:
    stage = make_stage(["--load-s=0.1"])
    upstreams = await asyncio.gather(*(stage.actor.upstream() for _ in range(50)))
    assert len({id(upstream) for upstream in upstreams}) == 1
    assert len(stage.spawner.started) == 1
    exchange = upstreams[0].exchange("POST", "/v1/completions", b"{}")
    status, _ = await exchange.head()
    answer = json.loads(b"".join([block async for block in exchange.blocks()]))
    assert (status, answer["usage"]["completion_tokens"]) == (200, 1)
    assert await stage.actor.upstream() is upstreams[0]


async def test_a_request_that_left_does_no_harm(make_stage: StageMaker) -> None:
    stage = make_stage(["--load-s=0.1"])
    waiters = [asyncio.create_task(stage.actor.upstream()) for _ in range(3)]
    await stage.until(STARTING)
    waiters[1].cancel()
    first, _, third = await asyncio.gather(*waiters, return_exceptions=True)
    assert first is third
    assert waiters[1].cancelled()


async def test_what_the_worker_says_is_the_cause_and_it_is_not_tried_again(make_stage: StageMaker) -> None:
    stage = make_stage(["--log=0.1 E something", "--problem=not_gguf:found=00 00"])
    with pytest.raises(Broken) as caught:
        await stage.actor.upstream()
    assert caught.value.problem == Problem(code=Code.NOT_GGUF, facts={"found": "00 00"})
    view = await stage.failed_for_good()
    assert (view.problem, view.restarts, view.last_lines) == (caught.value.problem, 0, ("0.1 E something",))
    assert (view.can_start, view.pid) == (True, None)
    assert view.stages[0].status is StageStatus.FAILED
    assert len(stage.spawner.started) == 1


async def test_noise_of_the_worker_is_logged(make_stage: StageMaker) -> None:
    stage = make_stage(["--noise"])
    stage.actor.start()
    await stage.until(READY)
    assert stage.lines[:3] == ["llama: ready", "[1, 2]", '{"no": "event"}']


async def test_a_model_without_a_file_fails_with_its_problem(make_stage: StageMaker) -> None:
    missing = Problem(code=Code.STARTER_MISSING, facts={"searched": "/a, /b"})
    stage = make_stage(spec=ModelSpec(id="tiny", name="Tiny", path=None, problem=missing))
    with pytest.raises(Broken) as caught:
        await stage.actor.upstream()
    assert caught.value.problem == missing == stage.problem
    assert stage.states == [STARTING, FAILED]
    await stage.actor.stop()
    assert stage.view.state is STOPPED


@hurried
async def test_a_crash_is_tried_again_three_times_and_no_more(make_stage: StageMaker) -> None:
    stage = make_stage(["--log=0.1 E ouch", "--end=SIGSEGV"])
    with pytest.raises(Broken) as caught:
        await stage.actor.upstream()
    view = await stage.failed_for_good()
    crash = Problem(code=Code.ENGINE_CRASHED, facts={"ended_with": "SIGSEGV", "line": "0.1 E ouch"})
    assert view.problem == caught.value.problem == crash
    assert (view.restarts, len(stage.spawner.started)) == (3, 4)
    assert [line for line in stage.lines if "again" in line] == [
        f"ended unexpectedly; starting again in {wait_s} s" for wait_s in (1, 2, 4)
    ]
    assert stage.states == [STARTING, FAILED] * 4
    assert all(view.problem == crash for view in stage.views if view.restarts and view.state is STARTING)


@hurried
async def test_an_engine_that_recovers_serves_those_who_waited(make_stage: StageMaker) -> None:
    stage = make_stage(["--end=3"], [])
    assert await stage.actor.upstream() is not None
    assert (stage.view.restarts, stage.view.problem) == (1, None)
    assert stage.states == [STARTING, FAILED, STARTING, READY]


@hurried
async def test_an_engine_that_dies_while_it_serves_comes_back(make_stage: StageMaker) -> None:
    stage = make_stage(["--end=3", "--end-after-ready-s=0.05"], [])
    first = await stage.actor.upstream()
    await stage.until(FAILED)
    assert stage.problem.facts["ended_with"] == "exit code 3"
    with pytest.raises(ConnectionError):
        await first.exchange("POST", "/v1/completions").head()
    assert await stage.actor.upstream() is not first
    assert stage.view.restarts == 1


@hurried
async def test_one_that_ran_well_has_its_three_restarts_again(make_stage: StageMaker, clock: HandClock) -> None:
    stage = make_stage(clock=clock)
    restarts = []
    for served_s in (1, 1, 21, 1):
        await stage.actor.upstream()
        clock.advance(served_s)
        os.kill(stage.spawner.started[-1].pid, signal.SIGKILL)
        await stage.until(FAILED)
        assert stage.problem == Problem(code=Code.ENGINE_KILLED, facts={"signal": "SIGKILL"})
        restarts.append(stage.view.restarts)
    assert restarts == [1, 2, 1, 2]
    assert [line for line in stage.lines if "again" in line] == [
        f"ended unexpectedly; starting again in {wait_s} s" for wait_s in (1, 2, 0, 2)
    ]


@hurried
async def test_stopping_calls_a_restart_off(make_stage: StageMaker) -> None:
    stage = make_stage(["--end=SIGABRT"])
    waiter = asyncio.create_task(stage.actor.upstream())
    await stage.until(FAILED)
    assert stage.view.can_stop
    await stage.actor.stop()
    assert stage.view.state is STOPPED
    with pytest.raises(Broken) as caught:
        await waiter
    assert caught.value.code == Code.ENGINE_UNAVAILABLE
    await asyncio.sleep(1.5)
    assert len(stage.spawner.started) == 1


@hurried
async def test_a_person_need_not_wait_for_the_restart(make_stage: StageMaker) -> None:
    stage = make_stage(["--end=SIGABRT"], [])
    stage.actor.start()
    await stage.until(FAILED)
    stage.actor.start()
    await stage.until(READY)
    assert stage.view.restarts == 0


async def test_requests_do_not_start_again_what_has_just_failed(make_stage: StageMaker, clock: HandClock) -> None:
    stage = make_stage(["--problem=file_missing:path=/m"], ["--problem=file_missing:path=/m"], [], clock=clock)
    for _ in range(5):
        with pytest.raises(Broken) as caught:
            await stage.actor.upstream()
        assert caught.value.code == Code.FILE_MISSING
        clock.advance(5)
    assert len(stage.spawner.started) == 1
    clock.advance(30)
    with pytest.raises(Broken):
        await stage.actor.upstream()
    assert len(stage.spawner.started) == 2
    stage.actor.start()
    await stage.until(READY)


async def test_a_stop_while_it_loads(make_stage: StageMaker) -> None:
    stage = make_stage(["--never-ready"])
    waiter = asyncio.create_task(stage.actor.upstream())
    await stage.until_so(lambda: stage.view.stages[2].status is StageStatus.ACTIVE, "it loads")
    await stage.actor.stop()
    assert stage.view.state is STOPPED
    with pytest.raises(Broken) as caught:
        await waiter
    assert caught.value.problem == Problem(code=Code.ENGINE_UNAVAILABLE, facts={"model": "tiny"})


@hurried
async def test_one_deaf_to_sigterm_is_killed(make_stage: StageMaker) -> None:
    stage = make_stage(["--deaf", "--grandchild"])
    stage.actor.start()
    view = await stage.until(READY)
    grandchild = int(stage.lines[0].split()[1])
    assert psutil.pid_exists(grandchild)
    await stage.actor.stop()
    assert stage.states == [STARTING, READY, STOPPING, STOPPED]
    assert not psutil.pid_exists(view.pid)
    await stage.until_so(lambda: _is_gone(grandchild), "the grandchild is gone")


@hurried
async def test_a_start_while_it_stops_is_a_new_start(make_stage: StageMaker) -> None:
    stage = make_stage(["--deaf"], [])
    await stage.actor.upstream()
    stopping = asyncio.create_task(stage.actor.stop())
    await stage.until(STOPPING)
    waiter = asyncio.create_task(stage.actor.upstream())
    stage.actor.start()
    await stopping
    assert await waiter is not None
    assert stage.states == [STARTING, READY, STOPPING, STOPPED, STARTING, READY]
    assert len(stage.spawner.started) == 2
    assert stage.spawner.started[0].returncode == -signal.SIGKILL


@hurried
async def test_the_last_wish_counts(make_stage: StageMaker) -> None:
    """Stop, start, stop: it stays stopped."""
    stage = make_stage(["--deaf"], [])
    await stage.actor.upstream()
    first = asyncio.create_task(stage.actor.stop())
    await stage.until(STOPPING)
    waiter = asyncio.create_task(stage.actor.upstream())
    await asyncio.sleep(0)
    await asyncio.gather(first, stage.actor.stop())
    with pytest.raises(Broken):
        await waiter
    assert (stage.view.state, len(stage.spawner.started)) == (STOPPED, 1)


async def test_an_engine_that_cannot_answer_is_not_ready(make_stage: StageMaker) -> None:
    stage = make_stage(["--probe-status=500"])
    stage.actor.start()
    await stage.failed_for_good()
    assert READY not in stage.states
    assert stage.problem.code == Code.ENGINE_NOT_READY
    assert stage.problem.facts == {"status": 500, "line": '{"error":{"message":"the fake says no"}}'}


async def test_an_engine_that_says_nothing_is_ended(make_stage: StageMaker, clock: HandClock) -> None:
    stage = make_stage(["--never-ready"], clock=clock)
    stage.actor.start()
    await stage.until_so(lambda: stage.view.stages[2].status is StageStatus.ACTIVE, "it loads")
    while stage.actor.state is STARTING:
        clock.advance(60)
        await asyncio.sleep(0.3)
    assert stage.problem == Problem(code=Code.ENGINE_SILENT, facts={"waited_s": 120.0})
    assert not psutil.pid_exists(stage.spawner.started[0].pid)


async def test_one_that_reads_from_disk_is_not_silent(make_stage: StageMaker, clock: HandClock) -> None:
    stage = make_stage(["--never-ready", "--reads"], clock=clock)
    stage.actor.start()
    await stage.until_so(lambda: stage.view.stages[2].status is StageStatus.ACTIVE, "it loads")
    run = stage.actor._run
    assert run is not None
    for _ in range(4):
        clock.advance(100)
        await stage.until_so(lambda: run._start._life_s == clock.monotonic_s(), "it has said that it reads")
        await asyncio.sleep(1.2 * LOOK_EVERY_S)
        assert stage.actor.state is STARTING


async def test_the_next_start_knows_how_long_the_last_one_took(make_stage: StageMaker, tmp_path: Path) -> None:
    stage = make_stage()
    assert stage.view.expected_load_s is None
    await stage.actor.upstream()
    assert stage.view.expected_load_s == stage.view.load_s
    assert "llama.cpp/tiny/4096x2" in (tmp_path / "history.json").read_text()


def _is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def test_an_engine_whose_program_may_not_be_run_is_named(make_stage: StageMaker, tmp_path: Path) -> None:
    stage = make_stage()
    locked = tmp_path / "python"
    locked.write_text("", "utf-8")
    stage.spawner._command = lambda _arguments: [str(locked)]
    stage.actor.start()
    view = await stage.until(FAILED)
    assert view.problem is not None
    assert view.problem.code == Code.RUNTIME_MISSING
    assert view.problem.facts["detail"] == "os_program os_eacces"
    assert view.problem.facts["program"] == str(locked)
