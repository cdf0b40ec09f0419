"""Kill -9 anywhere in a build and in a life: nothing half done is an engine, nothing goes on running."""

import contextlib
import json
import random
import signal
import time
from dataclasses import replace

import psutil
import pytest

from e2e.hub_room import SAFETENSORS_FILES, surroundings
from engine_kit import EngineHome, words_of
from engine_room import engine_room, until
from engineroom.client.engines import EnginesClient
from engineroom.contract.control import EngineState, JobStageState, JobState, JobView
from engineroom.contract.engines import BuildWish
from fakes.fake_hub import FakeHub, FakeRepo
from fakes.fake_hub.faults import Drip
from lingering import WISH, WISHES, answered, asked_and_left, lingering

OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@pytest.fixture
def home(tmp_path):
    return EngineHome(tmp_path)


def room_of(home: EngineHome):
    return engine_room(home.home, environment=home.environment())


def workers(home: EngineHome, kind: str) -> list[psutil.Process]:
    return [one for one in home.processes() if words_of(one)[1:5] == ["-m", "engineroom", "worker", kind]]


def ended(client: EnginesClient, job: str) -> JobState:
    return until("the job's end", lambda: (now := client.job(job)).state in OVER and now).state


def has_come_to(job: JobView, stage: str) -> bool:
    """Whether it is as far as that, or further: a stage may be over before anybody has looked."""
    told = {one.name: one.state for one in job.stages}
    return told.get(stage, JobStageState.WAITING) is not JobStageState.WAITING


def test_a_build_that_is_killed_again_and_again_comes_to_its_end(home: EngineHome) -> None:
    chance = random.Random(6)
    home.scenario(pace_s=0.02, import_s=0.5)
    with room_of(home) as room, EnginesClient(room.connection()) as client:
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


PATIENCE_S = 90.0
"""Two seconds are promised, and kept on a quiet computer; what is called off would go on for minutes."""


@pytest.mark.parametrize("stage", WISHES)
def test_a_build_that_is_cancelled_ends_soon_and_leaves_nothing(home: EngineHome, stage: str) -> None:
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        job = lingering(home, client, stage)
        time.sleep(0.5)
        began_s = time.monotonic()
        assert client.turn_job(job.id, "cancel").state is JobState.CANCELLED
        took_s = time.monotonic() - began_s
        print(f"cancelled while {stage}: {took_s:.2f} s")
        assert took_s < PATIENCE_S
        assert home.none_left()
        assert (home.halves(), home.whole()) == ([], [])
        if stage == "plan":
            answered(home)
            time.sleep(1.0)
            assert home.halves() == [], "what was planned too late is not begun"


def test_nothing_is_built_for_somebody_who_left_while_it_was_planned(home: EngineHome) -> None:
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        asked_and_left(home, room.connection())
        answered(home)
        time.sleep(1.0)
        assert client.jobs() == ()
        assert home.halves() == []
        assert ended(client, client.build(WISH).id) is JobState.DONE


def test_a_cancelled_build_takes_the_download_with_it_that_it_began(home: EngineHome) -> None:
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/tiny-safetensors", licence="mit"))
        repo.commit(SAFETENSORS_FILES)
        hub.fault("/cdn/*", Drip(bytes_per_s=20_000, block_bytes=500))
        environment = {**surroundings(hub, home.folder), **home.environment()}
        with engine_room(home.home, environment=environment) as room, EnginesClient(room.connection()) as client:
            job = client.build(replace(WISH, model=repo.id))
            pull = until("the download", lambda: next((one for one in client.jobs() if one.kind == "pull"), None))
            until("its first bytes", lambda: client.job(pull.id).done_bytes)
            began_s = time.monotonic()
            assert client.turn_job(job.id, "cancel").state is JobState.CANCELLED
            took_s = time.monotonic() - began_s
            print(f"cancelled while it is fetched from the Hub: {took_s:.2f} s")
            assert took_s < PATIENCE_S
            assert client.job(pull.id).state is JobState.CANCELLED
            assert home.none_left()


def test_a_start_that_is_called_off_ends_soon(home: EngineHome) -> None:
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        assert ended(client, client.build(WISH).id) is JobState.DONE
        (engine,) = home.whole()
        for stage in ("spawn", "load", "autotune", "graphs_again"):
            home.scenario(stall_at=stage)
            client.start_engine(engine)
            until("the worker and its server", lambda: len(workers(home, "trtllm")) and len(home.processes()) >= 2)
            time.sleep(1.0)
            began_s = time.monotonic()
            client.stop_engine(engine)
            took_s = time.monotonic() - began_s
            print(f"a start called off while {stage}: {took_s:.2f} s")
            assert took_s < PATIENCE_S
            assert home.none_left()
            room.wait_engine(EngineState.STOPPED, engine)


def test_a_compiled_build_that_is_killed_again_and_again_comes_to_its_end(home: EngineHome) -> None:
    chance = random.Random(8)
    home.scenario(pace_s=0.01, quantise_s=0.5, build_s=0.8)
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        wish = replace(WISH, kind="compiled")
        done: list[set[str]] = [set()]
        for stage in ("convert", "compile", "compile", "trial"):
            job = client.build(wish)
            until(f"the stage {stage}", lambda job=job, name=stage: has_come_to(client.job(job.id), name))
            time.sleep(chance.uniform(0.0, 0.4))
            for victim in workers(home, "build"):
                with contextlib.suppress(psutil.NoSuchProcess):
                    victim.kill()
            assert ended(client, job.id) is JobState.FAILED
            assert home.none_left(), "the compiler has ended with its worker"
            (half,) = home.halves()
            done.append(set(json.loads((home.engines / half / "stages.json").read_text("utf-8"))))
            assert done[-1] >= done[-2], "no stage is lost"
            assert home.whole() == []
        assert {"plan", "fetch", "convert", "compile", "configure"} <= done[-1]
        home.scenario()
        assert ended(client, client.build(wish).id) is JobState.DONE
        (engine,) = home.whole()
        assert client.verify_sealed(engine).ok
        assert sorted(path.name for path in (home.engines / engine).iterdir()) == [
            "compiled", "manifest.json", "options.yaml",
        ]  # fmt: skip


def test_a_precision_nobody_published_is_made_here(home: EngineHome) -> None:
    with room_of(home) as room, EnginesClient(room.connection()) as client:
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


def test_an_engine_to_be_started_in_the_end_is_started_whatever_dies_before(home: EngineHome) -> None:
    home.scenario(pace_s=0.05, import_s=1.0)
    with room_of(home) as room:
        with EnginesClient(room.connection()) as client:
            job = client.build(replace(WISH, start=True))
            until("the trial", lambda: has_come_to(client.job(job.id), "trial"))
        room.end(signal.SIGKILL)
    engine = str(job.arguments["engine"])
    assert home.whole() == []
    home.scenario()
    with room_of(home) as room:
        with EnginesClient(room.connection()) as client:
            assert ended(client, job.id) is JobState.DONE
        room.wait_engine(EngineState.READY, engine)
        room.end(signal.SIGKILL)
    # As if it had been killed between the end of the build and the start.
    (kept,) = home.home.rglob("jobs.json")
    kept.write_text(kept.read_text("utf-8").replace('"state":"done"', '"state":"running"', 1), "utf-8")
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        assert ended(client, job.id) is JobState.DONE
        room.wait_engine(EngineState.READY, engine)


def test_an_engine_ends_with_a_daemon_that_is_killed(home: EngineHome) -> None:
    with room_of(home) as room:
        with EnginesClient(room.connection()) as client:
            assert ended(client, client.build(WISH).id) is JobState.DONE
            (engine,) = home.whole()
            client.start_engine(engine)
        room.wait_engine(EngineState.READY, engine)
        assert len(home.processes()) >= 3
        room.end(signal.SIGKILL)
        assert home.none_left()
