"""An engine from the command line to an answer: built, sealed, served and ended by the real daemon and programs.

The runtime is a double; nothing here ran on a card.
"""

import contextlib
import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import anthropic
import ollama
import openai
import pytest

from e2e.hub_room import SAFETENSORS_FILES, surroundings
from engine_kit import CARD, EngineHome, manifest_of, words_of
from engine_room import EngineRoomProcess, engine_room, json_of, until
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit
from engineroom.domain.runtimes.values import Manifest, RuntimeKind
from engineroom.domain.runtimes.wire import to_json
from engineroom.workers.ports import free_port
from fakes.fake_hub import FakeHub, FakeRepo


@pytest.fixture
def home(tmp_path: Path) -> EngineHome:
    return EngineHome(tmp_path)


def room_of(home: EngineHome):
    return engine_room(home.home, environment=home.environment())


def built(room, *more: str) -> dict:
    room.connection()
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
        _reproduced(told["engine"]["command"], room.cli("engines", "show", engine).stdout)
        assert home.none_left()
        target = home.folder / "engine.tar"
        assert room.cli("engines", "export", engine, str(target)).returncode == Exit.OK
        assert f"{engine}/manifest.json" in subprocess.check_output(["tar", "-tf", str(target)], text=True)
        again = room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--concurrency", "2", "--yes")
        assert (again.returncode, "has been built already" in again.stderr) == (Exit.REJECTED, True)
        (home.model / "model.safetensors").write_bytes(b"something else")
        assert room.cli("engines", "verify", engine).returncode == Exit.REJECTED
        assert room.cli("engines", "rm", engine).returncode == Exit.OK
        assert home.whole() == []


def _reproduced(command: str, shown: str) -> None:
    """The line that is shown, typed into a shell that knows nothing of the engine room, gives tokens."""
    assert f"  command    {command}\n" in shown
    port = free_port()
    words = command.replace("--port 8000", f"--port {port}")
    assert words != command
    body = json.dumps({"model": "it", "prompt": "Hello", "max_tokens": 4}).encode()
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/completions", body, {"Content-Type": "application/json"}
    )
    alone = {"PATH": "/usr/bin:/bin"}
    with subprocess.Popen(words, shell=True, env=alone, stdin=subprocess.DEVNULL, start_new_session=True) as shell:

        def answered() -> str | None:
            assert shell.poll() is None, "it ended"
            with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(asked, timeout=60) as answer:
                return str(json.load(answer)["choices"][0]["text"])
            return None

        assert until("its tokens", answered)
        os.killpg(shell.pid, signal.SIGINT)
        shell.wait(60)


@pytest.mark.parametrize("version", ["1.1.0", "1.2.1", "1.4.0rc1"])
def test_served_answered_and_ended(tmp_path: Path, version: str) -> None:
    home = EngineHome(tmp_path, version)
    beside = _beside(home, version)
    with room_of(home) as room:
        engine = built(room, "--runtime", home.runtime)["job"]["result"]["engine"]
        assert room.cli("start", engine).returncode == Exit.OK
        view = room.wait_engine(EngineState.READY, engine)
        assert (view.runtime, view.runtime_version, view.context_tokens) == ("tensorrt-llm", version, 1024)
        assert (view.slots, view.gpu_uuids, view.context_limit) == (2, (CARD,), "settings")
        used = {one["id"]: one["used_by"] for one in json_of(room.cli("runtimes", "--json"))}
        assert (used[home.runtime], used[beside]) == ([engine], []), "of two of one version the one it was built with"
        client = openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none")
        asked = {"model": engine, "messages": [{"role": "user", "content": "Hello"}], "max_tokens": 16}
        raw = client.chat.completions.with_raw_response.create(**asked, store=False, metadata={"a": "b"})
        assert raw.parse().choices[0].message.content
        assert "metadata" in raw.headers["x-engineroom-notes"]
        more = client.chat.completions.with_raw_response.create(**asked, extra_body={"parallel_tool_calls": False})
        noted = "parallel_tool_calls" in more.headers.get("x-engineroom-notes", "")
        assert noted == (version != "1.4.0rc1"), "what a later version takes is learned from the server itself"
        with pytest.raises(openai.BadRequestError) as odd:
            client.chat.completions.create(**asked, extra_body={"web_search_options": {}})
        assert odd.value.code == "unsupported_parameter"
        assert client.models.retrieve(engine).model_dump()["context_length"] == 1024
        chunks = list(client.chat.completions.create(**asked, stream=True))
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        assert client.responses.create(model=engine, input="Hello").output_text
        with pytest.raises(openai.BadRequestError) as refused:
            client.completions.create(model=engine, prompt="Hello " * 5000, max_tokens=1)
        assert refused.value.code == "context_length_exceeded"
        _shortened_and_not_filled(client, engine)
        _calls_and_shapes(client, engine, several=version != "1.1.0")
        _in_every_dialect(room, engine)
        assert "GET /health" not in room.cli("logs", "--source", engine, "--tail", "500").stdout
        workers = home.processes()
        assert any("mpi4py" in " ".join(words_of(one)) for one in workers), workers
        assert room.cli("stop", engine).returncode == Exit.OK
        assert home.none_left(), "a worker that left its group has ended too"


def _beside(home: EngineHome, version: str) -> str:
    """Another installation of the same version, whose image is gone."""
    name = f"tensorrt-llm-{version}-container"
    place = home.home / "data" / "runtimes" / name
    place.mkdir()
    manifest = Manifest(
        id=name, kind=RuntimeKind.CONTAINER, product="tensorrt-llm", version=version, installed_unix_s=0.0,
        program="/nowhere/docker", image="it@sha256:1",
    )  # fmt: skip
    (place / "manifest.json").write_text(to_json(manifest), "utf-8")
    return name


def _shortened_and_not_filled(client: openai.OpenAI, engine: str) -> None:
    """What is too long is shortened when asked for, by what the server says; a gap is refused clearly."""
    with pytest.raises(openai.BadRequestError) as gap:
        client.completions.create(model=engine, prompt="a", suffix="b", max_tokens=1)
    assert gap.value.code == "fim_not_supported"
    turns = [("user", "Hello " * 5000), ("assistant", "Yes."), ("user", "Hello")]
    asked = {"model": engine, "messages": [{"role": role, "content": text} for role, text in turns], "max_tokens": 16}
    with pytest.raises(openai.BadRequestError) as long:
        client.chat.completions.create(**asked)
    assert long.value.code == "context_length_exceeded"
    for streaming in (False, True):
        trim = {"x-engineroom-trim": "oldest"}
        raw = client.chat.completions.with_raw_response.create(**asked, stream=streaming, extra_headers=trim)
        assert "messages were left out, to fit the context" in raw.headers["x-engineroom-notes"]


def _calls_and_shapes(client: openai.OpenAI, engine: str, *, several: bool) -> None:
    """Demanded calls and shapes hold on every version, although none of them knows all of the words."""
    number = {"type": "object", "properties": {"at": {"type": "integer"}}, "required": ["at"]}
    tools = [{"type": "function", "function": {"name": name, "parameters": number}} for name in ("look", "wait")]
    asked: Any = {"model": engine, "messages": [{"role": "user", "content": "Hello"}], "max_tokens": 64}
    named = {"type": "function", "function": {"name": "wait"}}
    for choice, streaming in ((c, s) for c in ("required", named) for s in (False, True)):
        demanded = {**asked, "tools": tools, "tool_choice": choice}
        if streaming:
            with client.chat.completions.stream(**demanded) as stream:
                answer = stream.get_final_completion().choices[0]
        else:
            answer = client.chat.completions.create(**demanded).choices[0]
        (call,) = answer.message.tool_calls or []
        assert call.function.name in ({"wait"} if choice is named else {"look", "wait"})
        assert isinstance(json.loads(call.function.arguments)["at"], int)
        assert answer.finish_reason == "tool_calls"
    for strict in (True, False):
        form = {"type": "json_schema", "json_schema": {"name": "x", "schema": number, "strict": strict}}
        said = client.chat.completions.create(**asked, response_format=form).choices[0].message.content
        assert isinstance(json.loads(said or "")["at"], int)
    if several:
        whole = client.chat.completions.create(**asked, n=2)
        assert whole.usage is not None
        assert (len(whole.choices), whole.usage.completion_tokens % 2) == (2, 0)
    else:
        with pytest.raises(openai.BadRequestError):
            client.chat.completions.create(**asked, n=2)
    with pytest.raises(openai.NotFoundError) as unknown:
        client.chat.completions.create(**{**asked, "model": "no/such"})
    assert unknown.value.code == "model_not_found"


def _in_every_dialect(room: EngineRoomProcess, engine: str) -> None:
    """The translated surfaces answer, force calls, and refuse in their own words, on every version."""
    address = room.connection().address
    turns = [{"role": "user", "content": "Hello"}]
    schema = {"type": "object", "properties": {"at": {"type": "integer"}}, "required": ["at"]}
    with anthropic.Anthropic(base_url=address, api_key="none", max_retries=0) as client:
        call: Any = client.messages.create(
            model=engine, max_tokens=64, messages=turns, tools=[{"name": "look", "input_schema": schema}],
            tool_choice={"type": "any"},
        )  # fmt: skip
        assert [(block.type, block.name) for block in call.content] == [("tool_use", "look")]
        assert isinstance(call.content[0].input["at"], int)
        with client.messages.stream(model=engine, max_tokens=16, messages=turns) as stream:
            assert stream.get_final_message().usage.output_tokens > 0
        with pytest.raises(anthropic.NotFoundError):
            client.messages.create(model="no/such", max_tokens=1, messages=turns)
    chat = ollama.Client(address)
    with contextlib.closing(chat._client):
        assert chat.chat(engine, messages=turns, options={"num_predict": 16}).message.content
        assert isinstance(json.loads(chat.chat(engine, messages=turns, format=schema).message.content or "")["at"], int)
        with pytest.raises(ollama.ResponseError) as refused:
            chat.chat("no/such", messages=turns)
    assert refused.value.status_code == 404
    options: Any = {"model": engine, "input": "Hello", "tool_choice": "required",
                    "tools": [{"type": "function", "name": "look", "parameters": schema, "strict": True}]}  # fmt: skip
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none") as client:
        (called,) = client.responses.create(**options).output
        assert (called.type, called.name, type(json.loads(called.arguments)["at"])) == ("function_call", "look", int)
        with client.responses.stream(**options) as events:
            assert events.get_final_response().output[0].type == "function_call"


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
        room.connection()
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
        room.connection()
        doubtful = room.cli("build", "tiny/Tiny-Qwen", "--gpu", "RTX 4090", "--yes")
        assert "not in this computer" in doubtful.stderr, doubtful.stderr
        assert (home.halves(), home.whole()) == ([], [])


def test_a_model_that_is_not_here_is_fetched_first(home: EngineHome) -> None:
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/tiny-safetensors", licence="mit"))
        repo.commit(SAFETENSORS_FILES)
        environment = {**surroundings(hub, home.folder), **home.environment()}
        with engine_room(home.home, environment=environment) as room:
            room.connection()
            told = json_of(room.cli("build", repo.id, "--context", "1024", "--yes", "--json"))
            assert told["job"]["state"] == "done", told
            engine = told["engine"]["engine"]
            assert (engine["repo"], engine["revision"]) == (repo.id, repo.branches["main"])
            assert {one["path"] for one in engine["model_files"]} == set(SAFETENSORS_FILES)
            assert json_of(room.cli("engines", "verify", engine["id"], "--json"))["ok"]
