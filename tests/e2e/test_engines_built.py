"""An engine from the command line to an answer: built, sealed, served and ended by the real daemon and programs.

The runtime is a double; nothing here ran on a card.
"""

import json
import subprocess
from pathlib import Path

import openai
import pytest

from e2e.hub_room import SAFETENSORS_FILES, surroundings
from engine_kit import CARD, EngineHome, manifest_of
from engine_room import engine_room, json_of, until
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit
from fakes.fake_hub import FakeHub, FakeRepo


@pytest.fixture
def home(tmp_path: Path) -> EngineHome:
    return EngineHome(tmp_path)


def room_of(home: EngineHome):
    return engine_room(home.home, environment=home.environment())


def wait_card(room) -> None:
    with room.control() as control:
        until("the card", lambda: control.snapshot().machine.gpus)


def built(room, *more: str) -> dict:
    wait_card(room)
    return json_of(
        room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--concurrency", "2", "--yes", "--json", *more)
    )


def test_built_tried_and_sealed(home: EngineHome) -> None:
    with room_of(home) as room:
        told = built(room)
        engine, measured = told["job"]["result"]["engine"], told["engine"]["engine"]["measured"]
        assert (measured["tool_call"], measured["json_schema"], measured["concurrency"]) == (True, True, 2)
        for name in ("load_s", "ttft_s", "tokens_per_s", "tokens_per_s_all"):
            assert measured[name] > 0, name
        assert measured["host_peak_bytes"] > 2**20
        assert [name for name, _ in measured["stages"]][:2] == ["imported", "arguments"]
        assert (home.halves(), home.whole()) == ([], [engine])
        assert home.none_left(), "the trial has ended with all it started"
        assert {one["path"] for one in manifest_of(home, engine)["files"]} == {"options.yaml"}
        assert json_of(room.cli("engines", "verify", engine, "--json"))["ok"]
        target = home.folder / "engine.tar"
        assert room.cli("engines", "export", engine, str(target)).returncode == Exit.OK
        assert f"{engine}/manifest.json" in subprocess.check_output(["tar", "-tf", str(target)], text=True)
        again = room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--concurrency", "2", "--yes")
        assert (again.returncode, "has been built already" in again.stderr) == (Exit.REJECTED, True)
        (home.model / "model.safetensors").write_bytes(b"something else")
        assert room.cli("engines", "verify", engine).returncode == Exit.REJECTED
        assert room.cli("engines", "rm", engine).returncode == Exit.OK
        assert home.whole() == []


@pytest.mark.parametrize("version", ["1.1.0", "1.2.1", "1.4.0rc1"])
def test_served_answered_and_ended(tmp_path: Path, version: str) -> None:
    home = EngineHome(tmp_path, version)
    with room_of(home) as room:
        engine = built(room)["job"]["result"]["engine"]
        assert room.cli("start", engine).returncode == Exit.OK
        view = room.wait_engine(EngineState.READY, engine)
        assert (view.runtime, view.runtime_version, view.context_tokens) == ("tensorrt-llm", version, 1024)
        assert (view.slots, view.gpu_uuids, view.context_limit) == (2, (CARD,), "settings")
        client = openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none")
        asked = {"model": engine, "messages": [{"role": "user", "content": "Hello"}], "max_tokens": 16}
        raw = client.chat.completions.with_raw_response.create(**asked, store=False, metadata={"a": "b"})
        assert raw.parse().choices[0].message.content
        assert "metadata" in raw.headers["x-engineroom-notes"]
        chunks = list(client.chat.completions.create(**asked, stream=True))
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        assert client.responses.create(model=engine, input="Hello").output_text
        with pytest.raises(openai.BadRequestError) as refused:
            client.completions.create(model=engine, prompt="Hello " * 5000, max_tokens=1)
        assert refused.value.code == "context_length_exceeded"
        assert "GET /health" not in room.cli("logs", "--source", engine, "--tail", "500").stdout
        workers = home.processes()
        assert any("mpi4py" in " ".join(one.cmdline()) for one in workers), workers
        assert room.cli("stop", engine).returncode == Exit.OK
        assert home.none_left(), "a worker that left its group has ended too"


def test_a_start_that_fails_says_why(home: EngineHome) -> None:
    with room_of(home) as room:
        engine = built(room)["job"]["result"]["engine"]
        home.scenario(fail="oom_kv_cache")
        room.cli("start", engine)
        view = room.wait_engine(EngineState.FAILED, engine)
        assert view.problem is not None
        assert view.problem.code in {"out_of_memory", "kv_too_small"}, view
        assert home.none_left()


def test_a_trial_that_fails_keeps_what_is_done_and_goes_on(home: EngineHome) -> None:
    with room_of(home) as room:
        home.scenario(fail="oom_kv_cache")
        wait_card(room)
        failed = room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--concurrency", "2", "--yes")
        assert failed.returncode not in {Exit.OK, Exit.USAGE}, failed.stderr
        assert "memory" in failed.stderr, failed.stderr
        (half,) = home.halves()
        done = json.loads((home.engines / half / "stages.json").read_text("utf-8"))
        assert list(done) == ["plan", "fetch", "configure"]
        assert home.whole() == []
        home.scenario()
        assert built(room)["job"]["state"] == "done"


def test_what_cannot_be_built_is_refused_before_anything_is_done(home: EngineHome) -> None:
    with room_of(home) as room:
        wait_card(room)
        doubtful = room.cli("build", "tiny/Tiny-Qwen", "--gpu", "RTX 4090", "--yes")
        assert "not in this computer" in doubtful.stderr, doubtful.stderr
        assert (home.halves(), home.whole()) == ([], [])


def test_a_model_that_is_not_here_is_fetched_first(home: EngineHome) -> None:
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/tiny-safetensors", licence="mit"))
        repo.commit(SAFETENSORS_FILES)
        environment = {**surroundings(hub, home.folder), **home.environment()}
        with engine_room(home.home, environment=environment) as room:
            wait_card(room)
            told = json_of(room.cli("build", repo.id, "--context", "1024", "--yes", "--json"))
            assert told["job"]["state"] == "done", told
            engine = told["engine"]["engine"]
            assert (engine["repo"], engine["revision"]) == (repo.id, repo.branches["main"])
            assert {one["path"] for one in engine["model_files"]} == set(SAFETENSORS_FILES)
            assert json_of(room.cli("engines", "verify", engine["id"], "--json"))["ok"]
