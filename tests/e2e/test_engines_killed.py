"""Kill -9 anywhere in a build and in a life: nothing half done is an engine, nothing goes on running."""

import contextlib
import random
import signal
import time

import psutil
import pytest

from engine_kit import EngineHome
from engine_room import engine_room, until
from engineroom.client.engines import EnginesClient
from engineroom.contract.control import EngineState, JobState
from engineroom.contract.engines import BuildWish

WISH = BuildWish(model="tiny/Tiny-Qwen", context_tokens=1024, concurrency=2, accept=True)
OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@pytest.fixture
def home(tmp_path):
    return EngineHome(tmp_path)


def room_of(home: EngineHome):
    return engine_room(home.home, environment=home.environment())


def workers(home: EngineHome, kind: str) -> list[psutil.Process]:
    return [one for one in home.processes() if one.cmdline()[1:5] == ["-m", "engineroom", "worker", kind]]


def ended(client: EnginesClient, job: str) -> JobState:
    return until("the job's end", lambda: (now := client.job(job)).state in OVER and now).state


def test_a_build_that_is_killed_again_and_again_comes_to_its_end(home: EngineHome) -> None:
    chance = random.Random(6)
    home.scenario(pace_s=0.02, import_s=0.5)
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        until("the card", lambda: client.snapshot().machine.gpus)
        finished: list[set[str]] = []
        for _ in range(6):
            job = client.build(WISH)
            victim = until("the worker", lambda: workers(home, "build"))[0]
            time.sleep(chance.uniform(0.0, 2.0))
            with contextlib.suppress(psutil.NoSuchProcess):
                victim.kill()
            state = ended(client, job.id)
            assert home.none_left(), "what the trial had started has ended with its worker"
            assert len(home.halves()) + len(home.whole()) <= 1
            if state is JobState.DONE:
                break
            half = home.engines / home.halves()[0] / "stages.json"
            finished.append(set() if not half.exists() else set(half.read_text("utf-8").split('"')[1::2]))
            assert finished[-1] >= (finished[-2] if len(finished) > 1 else set()), "no stage is lost"
        else:
            home.scenario()
            assert ended(client, client.build(WISH).id) is JobState.DONE
        assert (home.halves(), len(home.whole())) == ([], 1)
        assert client.verify_sealed(home.whole()[0]).ok


@pytest.mark.parametrize("stage", ["quantise", "trial"])
def test_a_build_that_is_cancelled_leaves_nothing(home: EngineHome, stage: str) -> None:
    home.scenario(stall_at="graphs", quantise_s=60.0)
    wish = BuildWish(model="tiny/Tiny-Qwen", context_tokens=1024, precision="fp8" if stage == "quantise" else None,
                     accept=True)  # fmt: skip
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        until("the card", lambda: client.snapshot().machine.gpus)
        job = client.build(wish)
        until(f"the stage {stage}", lambda: client.job(job.id).stage == stage, 30.0)
        time.sleep(0.5)
        assert client.turn_job(job.id, "cancel").state is JobState.CANCELLED
        assert home.none_left()
        assert (home.halves(), home.whole()) == ([], [])


def test_a_precision_nobody_published_is_made_here(home: EngineHome) -> None:
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        until("the card", lambda: client.snapshot().machine.gpus)
        wish = BuildWish(model="tiny/Tiny-Qwen", context_tokens=1024, precision="fp8", accept=True)
        job = client.build(wish)
        assert ended(client, job.id) is JobState.DONE, client.job(job.id)
        (view,) = client.sealed()
        assert view.engine.precision == "fp8"
        assert view.engine.model_path == "{engine}/checkpoint"
        assert {"checkpoint/hf_quant_config.json", "options.yaml"} <= {file.path for file in view.engine.files}
        assert client.verify_sealed(view.engine.id).ok


def test_no_life_of_an_engine_leaves_a_worker_behind(home: EngineHome) -> None:
    chance = random.Random(7)
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        until("the card", lambda: client.snapshot().machine.gpus)
        assert ended(client, client.build(WISH).id) is JobState.DONE
        (engine,) = home.whole()
        home.scenario(pace_s=0.01)
        for _ in range(5):
            client.start_engine(engine)
            victim = until("the worker", lambda: workers(home, "trtllm"))[0]
            time.sleep(chance.uniform(0.0, 1.5))
            with contextlib.suppress(psutil.NoSuchProcess):
                victim.kill()
            client.stop_engine(engine)
            assert home.none_left()
            room.wait_engine(EngineState.STOPPED, engine)


def test_an_engine_ends_with_a_daemon_that_is_killed(home: EngineHome) -> None:
    with room_of(home) as room:
        with EnginesClient(room.connection()) as client:
            until("the card", lambda: client.snapshot().machine.gpus)
            assert ended(client, client.build(WISH).id) is JobState.DONE
            (engine,) = home.whole()
            client.start_engine(engine)
        room.wait_engine(EngineState.READY, engine)
        assert len(home.processes()) >= 3
        room.end(signal.SIGKILL)
        assert home.none_left()
