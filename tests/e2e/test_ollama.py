"""Ollama's API by the official client: on the starter model, and on an engine that says what it is told."""

import contextlib
import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import ollama
import pytest

from e2e.scripted import MODEL, TOOL_DELTAS, script, scripted_room
from e2e.tiny_room import CHAT, CODE, CONTEXT, EMBED, tiny_room
from engine_room import STARTER, EngineRoomProcess, engine_room, json_of, until
from engineroom.workers.ports import free_port
from fakes.tiny_bert_gguf import CONTEXT as EMBED_CONTEXT
from fakes.tiny_bert_gguf import HIDDEN

ClientMaker = Callable[..., ollama.Client]
PARIS = [{"role": "user", "content": "What is the capital of France?"}]
COLD = {"temperature": 0, "num_predict": 20}
LOOK = {"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with tiny_room(tmp_path_factory.mktemp("tiny"), settings="[routing]\nkeys_keep_minutes = 90") as room:
        yield room


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with scripted_room(tmp_path_factory.mktemp("told")) as room:
        yield room


@pytest.fixture
def client_of() -> Iterator[ClientMaker]:
    """Makes clients, and closes them."""
    with contextlib.ExitStack() as made:

        def make(room: EngineRoomProcess | str, **headers: str) -> ollama.Client:
            address = room if isinstance(room, str) else room.connection().address
            client = ollama.Client(host=address, headers=headers)
            made.callback(client._client.close)
            return client

        yield make


def say(*deltas: dict[str, object], **fields: object) -> list[dict[str, str]]:
    return [{"role": "user", "content": script(*deltas, **fields)}]


def test_who_is_there_and_what_it_has(client_of: ClientMaker, tiny: EngineRoomProcess) -> None:
    client, address = client_of(tiny), tiny.connection().address
    assert "Ollama is running" in httpx2.get(address, timeout=60).text
    assert httpx2.head(f"{address}/api/version", timeout=60).status_code == 200
    version = httpx2.get(f"{address}/api/version", timeout=60).json()["version"]
    assert tuple(map(int, version.split("."))) >= (0, 6, 4), "what VS Code asks for at least"
    names = {model.model for model in client.list().models}
    assert names == {f"{STARTER}:latest", CHAT, f"{CODE}:latest", f"{EMBED}:latest", "tiny-rank:latest"}
    shown = client.show(f"{STARTER}:latest")
    assert shown.modelinfo is not None
    assert shown.modelinfo["llama.context_length"] == CONTEXT
    assert shown.capabilities == ["completion"]
    assert client.show(CODE).capabilities == ["completion", "insert"]
    assert client.show(EMBED).capabilities == ["embedding"]
    with pytest.raises(ollama.ResponseError) as missing:
        client.show("nothing")
    assert missing.value.status_code == 404


def test_a_chat_in_one_piece_and_in_lines(client_of: ClientMaker, tiny: EngineRoomProcess) -> None:
    client = client_of(tiny)
    whole = client.chat(f"{STARTER}:latest", PARIS, options=COLD)
    assert "Paris" in (whole.message.content or "")
    assert whole.model == f"{STARTER}:latest"
    assert whole.done_reason == "stop"
    parts = list(client.chat(STARTER, PARIS, stream=True, options=COLD))
    assert "".join(part.message.content or "" for part in parts) == whole.message.content
    last = parts[-1]
    assert [part.done for part in parts] == [False] * (len(parts) - 1) + [True]
    assert last.prompt_eval_count == whole.prompt_eval_count > 10  # type: ignore[operator]
    assert last.eval_count == whole.eval_count > 3  # type: ignore[operator]
    for end in (whole, last):
        assert end.total_duration >= end.eval_duration > 1_000_000  # type: ignore[operator]
    assert [running.model for running in client.ps().models] == [f"{STARTER}:latest"]
    assert client.ps().models[0].context_length == CONTEXT
    cut = client.chat(STARTER, PARIS, options={**COLD, "num_predict": 2})
    assert (cut.done_reason, cut.eval_count) == ("length", 2)
    shaped = client.chat(STARTER, PARIS, options={**COLD, "num_predict": 60}, format={
        "type": "object", "properties": {"city": {"type": "string", "maxLength": 9}}, "required": ["city"],
    })  # fmt: skip
    assert set(json.loads(shaped.message.content or "")) == {"city"}


def test_texts_gaps_and_vectors(client_of: ClientMaker, tiny: EngineRoomProcess) -> None:
    client = client_of(tiny)
    parts = list(client.generate(CODE, "abc", suffix="def", stream=True, options={"num_predict": 3}))
    assert (parts[-1].eval_count, parts[-1].done_reason) == (3, "length")
    brief = {**COLD, "num_predict": 2}
    assert client.generate(STARTER, "Hi", system="Be brief.", options=brief).eval_count == 2
    assert client.generate(STARTER, "abc", raw=True, options=brief).prompt_eval_count == 1
    embedded = client.embed(EMBED, ["abc", "b"])
    assert [len(vector) for vector in embedded.embeddings] == [HIDDEN, HIDDEN]
    assert embedded.prompt_eval_count == 8
    assert list(client.embeddings(EMBED, "abc").embedding) == pytest.approx(list(embedded.embeddings[0]), abs=1e-6)
    assert len(client.embed(EMBED, "abc", dimensions=4).embeddings[0]) == 4


def test_a_model_is_loaded_and_unloaded_when_nothing_is_asked(client_of: ClientMaker, tiny: EngineRoomProcess) -> None:
    client = client_of(tiny)
    assert client.generate(CODE).done_reason == "load"
    assert f"{CODE}:latest" in [model.model for model in client.ps().models]
    assert client.chat(CODE, [], keep_alive=0).done_reason == "unload"
    assert f"{CODE}:latest" not in [model.model for model in client.ps().models]


def test_a_model_stays_as_long_as_was_said(client_of: ClientMaker, tiny: EngineRoomProcess) -> None:
    client = client_of(tiny)

    def ends_in_s(**keep: object) -> float | None:
        assert client.generate(CODE, "a", raw=True, options={"num_predict": 1}, **keep).eval_count == 1  # type: ignore[call-overload]
        (row,) = [model for model in client.ps().models if model.model == f"{CODE}:latest"]
        return None if row.expires_at is None else row.expires_at.timestamp() - time.time()

    assert 25 * 60 < (ends_in_s() or 0) <= 30 * 60, "what the settings say of all"
    assert ends_in_s(keep_alive=-1) is None
    assert 3500 < (ends_in_s(keep_alive="1h") or 0) <= 3600
    assert 3500 < (ends_in_s() or 0) <= 3600, "nobody said otherwise"
    assert client.embed(EMBED, "a", keep_alive="10m").embeddings
    (row,) = [model for model in client.ps().models if model.model == f"{EMBED}:latest"]
    assert row.expires_at is not None
    assert row.expires_at.timestamp() - time.time() <= 600
    key = json_of(tiny.cli("keys", "create", "guest", "--json"))["key"]
    asked = {"model": CODE, "prompt": "a", "raw": True, "stream": False, "options": {"num_predict": 1}, "keep_alive": 0}
    guest = {"x-api-key": key}
    for wanted, noted, least_s, most_s in (
        (0, "keep_alive left out", 3500, 3600),
        ("5m", "keep_alive left out", 3500, 3600),
        ("2h", "keep_alive was lowered to 90 minutes", 5300, 5400),
        (-1, "keep_alive left out", 5300, 5400),
    ):
        body = {**asked, "keep_alive": wanted}
        answer = httpx2.post(f"{tiny.connection().address}/api/generate", json=body, headers=guest, timeout=60)
        assert answer.status_code == 200
        assert noted in answer.headers["x-engineroom-notes"], wanted
        assert least_s < (ends_in_s() or 0) <= most_s, wanted
    emptied = {"model": CODE, "messages": [], "keep_alive": 0}
    assert (
        httpx2.post(f"{tiny.connection().address}/api/chat", json=emptied, headers=guest, timeout=60).status_code == 200
    )
    assert f"{CODE}:latest" in [model.model for model in client.ps().models], "a key unloads nothing"
    with pytest.raises(ollama.ResponseError) as odd:
        client.generate(CODE, "a", keep_alive="soon")
    assert odd.value.status_code == 400
    assert client.generate(CODE, "a", raw=True, options={"num_predict": 1}, keep_alive=0).eval_count == 1
    until("its end", lambda: f"{CODE}:latest" not in [model.model for model in client.ps().models])


def test_texts_too_long_for_a_vector_are_cut_unless_that_is_forbidden(
    client_of: ClientMaker, tiny: EngineRoomProcess
) -> None:
    client, exact = client_of(tiny), "a" * (EMBED_CONTEXT - 2)
    assert client.embed(EMBED, exact).prompt_eval_count == EMBED_CONTEXT
    vectors = client.embed(EMBED, [exact + "bcd", exact]).embeddings
    assert list(vectors[0]) == pytest.approx(list(vectors[1]), abs=1e-6)
    asked = {"model": EMBED, "input": [exact + "b", "a"], "truncate": True}
    answer = httpx2.post(f"{tiny.connection().address}/api/embed", json=asked, timeout=60)
    assert answer.headers["x-engineroom-notes"] == f"truncated to {EMBED_CONTEXT} tokens: 1 of 2 texts"
    with pytest.raises(ollama.ResponseError) as refused:
        client.embed(EMBED, exact + "b", truncate=False)
    assert refused.value.status_code == 400
    assert str(EMBED_CONTEXT) in refused.value.error


def test_what_is_refused_is_said_in_its_form(client_of: ClientMaker, tiny: EngineRoomProcess) -> None:
    client, address = client_of(tiny), tiny.connection().address
    long = [{"role": "user", "content": "word " * 2 * CONTEXT}]

    def refused(status: int, words: str, **asked: object) -> None:
        with pytest.raises(ollama.ResponseError) as caught:
            list(client.chat(**{"model": STARTER, "messages": PARIS, **asked}))  # type: ignore[call-overload]
        assert (caught.value.status_code, words in caught.value.error) == (status, True), caught.value.error

    refused(404, "no model named 'nothing'", model="nothing")
    refused(400, "made for embeddings", model=EMBED)
    for stream in (False, True):
        refused(400, f"maximum context length is {CONTEXT} tokens", messages=long, stream=stream)
    refused(400, f"context of {CONTEXT} tokens", options={"num_ctx": CONTEXT + 1})
    posts = [("POST", route) for route in ("pull", "push", "create", "copy")]
    for method, route in (*posts, ("DELETE", "delete"), ("HEAD", "blobs/sha256:1")):
        answer = httpx2.request(method, f"{address}/api/{route}", json={"model": "x"}, timeout=60)
        assert answer.status_code == 501
        assert method == "HEAD" or "engineroom models" in answer.json()["error"]
    for answer in (
        httpx2.post(f"{address}/api/chat", content=b"{nope", headers={"content-type": "application/json"}, timeout=60),
        httpx2.post(f"{address}/api/show", json={}, timeout=60),
        httpx2.get(f"{address}/api/nothing", timeout=60),
    ):
        assert answer.status_code in {400, 404}
        assert set(answer.json()) == {"error"}


def test_tools_thinking_and_failures_of_a_scripted_engine(client_of: ClientMaker, told: EngineRoomProcess) -> None:
    client = client_of(told)
    answer = client.chat(MODEL, say(*TOOL_DELTAS, finish="tool_calls"), tools=[LOOK])
    assert (answer.message.thinking, answer.message.content) == ("Look.", "I look.")
    calls = [(call.function.name, dict(call.function.arguments)) for call in answer.message.tool_calls or ()]
    assert calls == [("look", {"place": "here"}), ("look", {})]
    assert (answer.prompt_eval_count, answer.eval_count) == (30, 12)
    parts = list(client.chat(MODEL, say(*TOOL_DELTAS, finish="tool_calls"), stream=True, think=False))
    assert not any(part.message.thinking for part in parts)
    assert [len(part.message.tool_calls or ()) for part in parts if part.message.tool_calls] == [2]
    for trouble in ({"die": 1}, {"error": {"message": "secret /place", "code": 500}}):
        with pytest.raises(ollama.ResponseError) as broken:
            list(client.chat(MODEL, say({"content": "a"}, {"content": "b"}, **trouble), stream=True))
        assert "secret" not in broken.value.error
    with pytest.raises(ollama.ResponseError) as failed:
        client.chat(MODEL, say(status=503))
    assert failed.value.status_code == 503
    assert "script" not in failed.value.error


def test_lines_keep_a_waiting_client_alive(client_of: ClientMaker, told: EngineRoomProcess) -> None:
    parts = list(client_of(told).chat(MODEL, say({"content": "late"}, head_s=3.5), stream=True))
    silent = parts[: next(at for at, part in enumerate(parts) if part.message.content)]
    assert silent, "a sign of life before the engine says anything"
    assert all(part.message.content == "" and not part.done for part in silent)
    assert "".join(part.message.content or "" for part in parts) == "late"


def test_keys_with_their_scope(client_of: ClientMaker, tiny: EngineRoomProcess) -> None:
    address = tiny.connection().address
    made = json_of(tiny.cli("keys", "create", "lamp", "--routes", "ollama", "--models", STARTER, "--json"))
    client = client_of(tiny, authorization=f"Bearer {made['key']}")
    assert [model.model for model in client.list().models] == [f"{STARTER}:latest"]
    assert client.chat(STARTER, PARIS, options={"num_predict": 1}).eval_count == 1
    for asked in (lambda: client.chat(CHAT, PARIS), lambda: client.show(CODE)):
        with pytest.raises(ollama.ResponseError) as refused:
            asked()
        assert refused.value.status_code == 404
    header = {"authorization": f"Bearer {made['key']}"}
    assert httpx2.get(f"{address}/v1/models", headers=header, timeout=60).status_code == 403


def settings(home: Path, port: int) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text(f"[server]\nollama_port = {port}\n", "utf-8")


def test_a_port_of_its_own_when_asked_for(client_of: ClientMaker, tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        settings(tmp_path / "taken", port)
        with engine_room(tmp_path / "taken") as room, room.control() as control:
            assert control.snapshot().hello.address
            (notice,) = [one for one in control.snapshot().notices if one.code == "ollama_port_taken"]
            assert notice.facts["port"] == port
    settings(tmp_path / "free", port)
    with engine_room(tmp_path / "free") as room:
        room.connection()
        client = client_of(f"http://127.0.0.1:{port}")
        assert f"{STARTER}:latest" in [model.model for model in client.list().models]
        with pytest.raises(ollama.ResponseError) as refused:
            client_of(f"http://127.0.0.1:{port}", host="evil.example").list()
        assert refused.value.status_code == 403
    until("the port is free again", lambda: _refuses(port))


def _refuses(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
