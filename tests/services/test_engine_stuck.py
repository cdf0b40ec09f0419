"""An engine that does not end even when it is killed: said, and survived."""

import asyncio
import os
import signal

import pytest

from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Broken, Code, Problem
from engineroom.services.engine_run import EngineRun
from services.conftest import EngineStage, StageMaker

STOPPED, STARTING, READY, STOPPING, FAILED = EngineState
pytestmark = pytest.mark.asyncio(loop_factories=["hurried"])


async def stuck(make_stage: StageMaker, *script: str) -> EngineStage:
    """A stage whose engine was to be stopped and could not be."""
    stage = make_stage(script, [], stubborn=True)
    await stage.actor.upstream()
    await stage.actor.stop()
    return stage


def let_it_end(stage: EngineStage) -> None:
    os.kill(stage.spawner.started[0].pid, signal.SIGKILL)


async def test_it_is_said_with_its_pid(make_stage: StageMaker) -> None:
    stage = await stuck(make_stage)
    assert stage.states == [STARTING, READY, STOPPING, FAILED]
    assert stage.problem == Problem(code=Code.ENGINE_STUCK, facts={"pid": stage.spawner.started[0].pid})
    with pytest.raises(Broken) as caught:
        await stage.actor.upstream()
    assert caught.value.code == Code.ENGINE_STUCK
    let_it_end(stage)
    await stage.until(STOPPED)
    assert stage.view.problem is None


async def test_it_can_be_started_again_once_it_has_ended(make_stage: StageMaker) -> None:
    stage = await stuck(make_stage)
    let_it_end(stage)
    await stage.until(STOPPED)
    assert await stage.actor.upstream() is not None
    let_it_end_too = stage.spawner.started[1]
    os.kill(let_it_end_too.pid, signal.SIGKILL)
    await stage.until(FAILED)


async def test_stopping_it_again_does_not_break_the_actor(make_stage: StageMaker) -> None:
    """Whatever a second stop is answered: the engine's end comes later, and must find an actor that lives."""
    stage = await stuck(make_stage)
    await stage.actor.stop()
    let_it_end(stage)
    await stage.until(STOPPED)
    stage.must_live()


async def test_being_found_stuck_twice_does_not_break_the_actor(make_stage: StageMaker) -> None:
    """Once by the stop of a failed start, once by the stop a person asked for."""
    stage = make_stage(["--probe-status=500"], stubborn=True)
    stage.actor.start()
    await stage.until_so(
        lambda: stage.actor._run is not None and stage.actor._run._said is not None, "the probe failed"
    )
    await stage.actor.stop()
    await asyncio.sleep(0.5)
    stage.must_live()
    let_it_end(stage)
    await stage.until(STOPPED)


async def _run_of(stage: EngineStage) -> EngineRun:
    await stage.until(STARTING)
    assert stage.actor._run is not None
    return stage.actor._run
