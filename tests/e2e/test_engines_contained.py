"""Engines of a runtime in a container: made, tried, served and ended there; nobody's death leaves a container behind.

Docker is a stand-in that keeps containers as processes of their own.
"""

import contextlib
import os
import signal
from dataclasses import replace
from pathlib import Path

import openai
import psutil
import pytest

from engine_kit import CARD, ContainerHome, manifest_of, words_of
from engine_room import engine_room, until
from engineroom.client.engines import EnginesClient
from engineroom.contract.control import EngineState, JobState
from engineroom.contract.engines import BuildWish

WISH = BuildWish(model="tiny/Tiny-Qwen", context_tokens=1024, accept=True)
OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@pytest.fixture
def home(tmp_path: Path) -> ContainerHome:
    return ContainerHome(tmp_path)


def room_of(home: ContainerHome):
    return engine_room(home.home, environment=home.environment())


def sealed(client: EnginesClient, wish: BuildWish) -> str:
    job = client.build(wish)
    ended = until("the job's end", lambda: (now := client.job(job.id)).state in OVER and now)
    assert ended.state is JobState.DONE, ended
    return str(job.arguments["engine"])


def runs(home: ContainerHome) -> list[list[str]]:
    """Command lines of the containers that were begun."""
    return [words for words in home.docker.asked if words[0] == "run"]


def running(home: ContainerHome) -> bool:
    """Whether there is a container, and what is in it has begun."""
    return any(row["State"]["Running"] for row in home.docker.containers().values())


@pytest.mark.parametrize(
    ("wish", "tools"),
    [
        (replace(WISH, precision="fp8"), ["/engineroom/tools/hf_ptq.py"]),
        (
            replace(WISH, kind="compiled"),
            ["/app/tensorrt_llm/examples/quantization/quantize.py", "trtllm-build"],
        ),
    ],
)
def test_made_tried_and_served_in_containers(home: ContainerHome, wish: BuildWish, tools: list[str]) -> None:
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        engine = sealed(client, wish)
        *made, tried = runs(home)
        assert [next(word for word in words if word in tools) for words in made] == tools
        for words in (*made, tried):
            assert {"--rm", "--init", "--name", "--pull"} <= set(words)
            assert words[words.index("--gpus") + 1] == f"device={CARD}"
        for words in made:
            assert words[words.index("--user") + 1] == f"{os.getuid()}:{os.getgid()}"
        assert "--publish" in tried
        measured = manifest_of(home, engine)["measured"]
        assert measured["gpu_settled_bytes"] > 0, "what is in the container is seen, though no child of its client"
        until("no container", lambda: home.docker.containers() == {})
        assert client.verify_sealed(engine).ok

        room.cli("start", engine)
        room.wait_engine(EngineState.READY, engine)
        assert len(home.docker.containers()) == 1
        api = openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none")
        said = api.chat.completions.create(model=engine, messages=[{"role": "user", "content": "Hello"}])
        assert said.choices[0].message.content
        room.cli("stop", engine)
        until("no container", lambda: home.docker.containers() == {})
        assert home.none_left()


def test_a_worker_that_ends_inside_its_container_is_missed(home: ContainerHome) -> None:
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        engine = sealed(client, WISH)
        room.cli("start", engine)
        first = room.wait_engine(EngineState.READY, engine)
        until("also what its container holds", lambda: (room.engine(engine).memory_bytes or 0) > 2 * 30 * 2**20)
        ranks = [one for one in home.processes() if "mpi4py.futures.server" in words_of(one)]
        assert ranks
        ranks[0].kill()

        def again() -> bool:
            view = room.engine(engine)
            return view.state is EngineState.READY and view.pid != first.pid

        until("its next life", again)
        until("one container", lambda: len(home.docker.containers()) == 1)


@pytest.mark.parametrize("victim", ["daemon", "worker"])
def test_no_death_leaves_a_container(home: ContainerHome, victim: str) -> None:
    home.scenario(stall_at="graphs")
    with room_of(home) as room:
        with EnginesClient(room.connection()) as client:
            client.build(WISH)
        until("the container of the trial", lambda: running(home))
        if victim == "daemon":
            room.end(signal.SIGKILL)
        else:
            for process in home.processes():
                with contextlib.suppress(psutil.Error):
                    if process.cmdline()[1:5] == ["-m", "engineroom", "worker", "build"]:
                        process.kill()
        until("no container", lambda: home.docker.containers() == {})
        assert home.none_left(), "the guard goes too when it has seen to it"


def test_a_cancelled_build_ends_its_container(home: ContainerHome) -> None:
    home.scenario(stall_at="compile")
    with room_of(home) as room, EnginesClient(room.connection()) as client:
        job = client.build(replace(WISH, kind="compiled"))
        until("the compiler", lambda: client.job(job.id).stage == "compile" and home.docker.containers())
        assert client.turn_job(job.id, "cancel").state is JobState.CANCELLED
        until("no container", lambda: home.docker.containers() == {})
        assert home.none_left()
        assert (home.halves(), home.whole()) == ([], [])
