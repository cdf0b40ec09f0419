"""An engine and its cards: which it is given, which it uses, and what becomes of it when one is lost."""

import asyncio
from dataclasses import replace

import psutil
import pytest

from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Broken, Code, Problem
from engineroom.domain.machine import GpuInfo, GpuState, NvmlState
from fakes.hand_clock import HandClock
from services.conftest import EngineStage, StageMaker, machine_with

FIRST = GpuInfo(uuid="GPU-a1", name="NVIDIA A", memory_total_bytes=1, power_limit_w=None)
SECOND = replace(FIRST, uuid="GPU-b2", name="NVIDIA B")
LOST = replace(FIRST, state=GpuState.LOST)
ON_FIRST = "--log=load_tensors:        CUDA0 model buffer size =   512.25 MiB"
ON_SECOND = "--log=llama_kv_cache:      CUDA1 KV buffer size =    64.00 MiB"
GPU_LOST = Problem(code=Code.GPU_LOST, facts={"name": "NVIDIA A", "uuid": "GPU-a1"})
READY, FAILED, STOPPED = EngineState.READY, EngineState.FAILED, EngineState.STOPPED


def given(stage: EngineStage) -> tuple[str | None, str | None]:
    """The variables of the newest process that name cards."""
    there = psutil.Process(stage.spawner.started[-1].pid).environ()
    return there.get("CUDA_DEVICE_ORDER"), there.get("CUDA_VISIBLE_DEVICES")


async def lose_first(stage: EngineStage, *others: GpuInfo) -> None:
    """The first card is gone."""
    stage.cards.accept(machine_with(LOST, *others))
    await stage.until(FAILED)


async def test_an_engine_is_given_the_cards_and_tells_which_it_uses(make_stage: StageMaker) -> None:
    stage = make_stage(["--log=hello", ON_SECOND], machine=machine_with(FIRST, SECOND))
    stage.actor.start()
    await stage.until(READY)
    assert given(stage) == ("PCI_BUS_ID", "GPU-a1,GPU-b2")
    assert stage.view.gpu_uuids == ("GPU-b2",)
    await stage.actor.stop()
    assert stage.view.gpu_uuids == ()


async def test_an_engine_that_names_no_card_uses_none(make_stage: StageMaker) -> None:
    """And lives on when a card is lost."""
    stage = make_stage(["--log=CPU model buffer size = 12.00 MiB"], machine=machine_with(FIRST))
    stage.actor.start()
    await stage.until(READY)
    stage.cards.accept(machine_with(LOST))
    await stage.until_so(stage.actor._inbox.empty, "it has heard")
    assert (stage.view.gpu_uuids, stage.view.state) == ((), READY)


async def test_without_a_driver_nothing_is_hidden(make_stage: StageMaker) -> None:
    """What cannot be asked may still be there (Jetson)."""
    stage = make_stage([ON_FIRST])
    stage.actor.start()
    await stage.until(READY)
    assert given(stage) == ("PCI_BUS_ID", None)
    assert stage.view.gpu_uuids == ()


async def test_the_first_account_of_the_cards_is_waited_for(make_stage: StageMaker) -> None:
    stage = make_stage(machine=machine_with(nvml=NvmlState.STARTING))
    stage.actor.start()
    await stage.until(EngineState.STARTING)
    await asyncio.sleep(0.05)
    assert stage.spawner.started == []
    stage.cards.accept(machine_with(FIRST))
    await stage.until(READY)
    assert given(stage)[1] == "GPU-a1"


async def test_an_engine_whose_card_is_lost_is_stopped_and_stays_so(make_stage: StageMaker) -> None:
    """Whatever other cards there are, and when the card is back, until somebody starts it."""
    stage = make_stage([ON_FIRST], machine=machine_with(FIRST, SECOND))
    stage.actor.start()
    await stage.until(READY)
    process = psutil.Process(stage.view.pid)
    await lose_first(stage, SECOND)
    assert stage.problem == GPU_LOST
    await stage.until_so(lambda: not process.is_running(), "its process has ended")
    await stage.until_so(lambda: stage.view.pid is None, "it has been told")
    assert (stage.view.state, stage.view.can_start, stage.view.can_stop) == (FAILED, True, False)
    with pytest.raises(Broken) as caught:
        await stage.actor.upstream()
    assert caught.value.problem == GPU_LOST
    stage.cards.accept(machine_with(FIRST, SECOND))
    with pytest.raises(Broken, match="gpu_lost"):
        await stage.actor.upstream()
    assert len(stage.spawner.started) == 1
    stage.actor.start()
    await stage.until(READY)
    assert given(stage)[1] == "GPU-a1,GPU-b2"


async def test_a_card_lost_while_it_loads(make_stage: StageMaker) -> None:
    """Those who wait for it get the cause."""
    stage = make_stage([ON_FIRST, "--never-ready"], machine=machine_with(FIRST))
    waiting = asyncio.ensure_future(stage.actor.upstream())
    await stage.until_so(lambda: stage.view.gpu_uuids != (), "it has its card")
    await lose_first(stage)
    with pytest.raises(Broken) as caught:
        await waiting
    assert caught.value.problem == GPU_LOST


async def test_an_engine_that_ends_with_its_card_does_not_start_again(make_stage: StageMaker) -> None:
    """It mostly notices before the driver does; and by itself it goes neither to another card nor to the processor."""
    stage = make_stage([ON_FIRST, "--end=1", "--end-after-ready-s=0.01"], machine=machine_with(FIRST, SECOND))
    stage.actor.start()
    await stage.until_so(lambda: stage.view.state is FAILED and stage.view.can_stop, "it has crashed")
    assert stage.problem.code == Code.ENGINE_CRASHED
    stage.cards.accept(machine_with(LOST, SECOND))
    await stage.failed_for_good()
    assert stage.problem == GPU_LOST
    assert len(stage.spawner.started) == 1


async def test_an_end_that_the_loss_explains(make_stage: StageMaker) -> None:
    """The engine's end is heard of before the news of the card, which is there already."""
    stage = make_stage([ON_FIRST], machine=machine_with(FIRST))
    stage.actor.start()
    view = await stage.until(READY)
    stage.telemetry.accept_machine(machine_with(LOST))
    psutil.Process(view.pid).kill()
    await stage.failed_for_good()
    assert (stage.problem, stage.view.restarts) == (GPU_LOST, 0)


async def test_no_request_starts_it_again_however_long_ago_it_was(make_stage: StageMaker, clock: HandClock) -> None:
    stage = make_stage([ON_FIRST], machine=machine_with(FIRST), clock=clock)
    stage.actor.start()
    await stage.until(READY)
    await lose_first(stage)
    stage.cards.accept(machine_with(FIRST))
    clock.advance(1000.0)
    with pytest.raises(Broken, match="gpu_lost"):
        await stage.actor.upstream()


async def test_an_engine_started_again_before_the_loss_is_known_is_stopped(make_stage: StageMaker) -> None:
    """The second run found no card and took the processor."""
    stage = make_stage([ON_FIRST, "--end=1", "--end-after-ready-s=0.01"], [], machine=machine_with(FIRST))
    stage.actor.start()
    await stage.until_so(lambda: stage.view.restarts == 1 and stage.view.state is READY, "it runs again")
    assert stage.view.gpu_uuids == ()
    await lose_first(stage)
    assert stage.problem == GPU_LOST


async def test_somebody_may_start_it_on_what_is_left_but_never_on_nothing(make_stage: StageMaker) -> None:
    stage = make_stage([ON_FIRST], machine=machine_with(FIRST))
    stage.actor.start()
    await stage.until(READY)
    await lose_first(stage)
    stage.actor.start()
    await stage.until_so(lambda: stage.states[-1] is FAILED and len(stage.states) == 5, "it has failed again")
    assert stage.problem == GPU_LOST
    stage.cards.accept(machine_with(LOST, SECOND))
    stage.actor.start()
    await stage.until(READY)
    assert (given(stage)[1], stage.view.gpu_uuids) == ("GPU-b2", ("GPU-b2",))


async def test_a_request_does_not_start_a_stopped_engine_elsewhere(make_stage: StageMaker) -> None:
    stage = make_stage([ON_FIRST], machine=machine_with(FIRST, SECOND))
    stage.actor.start()
    await stage.until(READY)
    await stage.actor.stop()
    stage.cards.accept(machine_with(LOST, SECOND))
    with pytest.raises(Broken, match="gpu_lost"):
        await stage.actor.upstream()
    assert len(stage.spawner.started) == 1


async def test_stopping_while_the_lost_one_still_ends(make_stage: StageMaker) -> None:
    stage = make_stage([ON_FIRST, "--deaf"], machine=machine_with(FIRST))
    stage.actor.start()
    await stage.until(READY)
    await lose_first(stage)
    await stage.actor.stop()
    assert (stage.view.state, stage.view.problem) == (STOPPED, None)
    await stage.until_so(lambda: stage.view.pid is None, "its process has ended")
    assert stage.view.state is STOPPED
