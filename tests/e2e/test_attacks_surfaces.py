"""The same attacks on every surface: hosts, pages, forms, keys and sizes, on each route and on the port of Ollama."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from e2e.attack_kit import Answer, Target, filled, get, post, send, unguarded
from engine_room import STARTER, EngineRoomProcess, engine_room
from engineroom.client.access import AccessClient
from engineroom.contract.keys import KeyRequest, RouteGroup
from engineroom.daemon.access_build import OLLAMA_ROOMS
from engineroom.workers.ports import free_port
from fakes.make_gguf import tiny_model

HIDDEN = "hidden-model"
LOCAL = "127.0.0.1:{port}"
POSTED = (
    "/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages", "/v1/messages/count_tokens",
    "/v1/embeddings", "/v1/rerank", "/tokenize", "/detokenize", "/api/chat", "/api/generate", "/api/embed",
    "/api/embeddings", "/api/show",
)  # fmt: skip
READ = ("/v1/models", "/v1/models/default", "/v1/responses/resp_1", "/metrics", "/api/tags", "/api/ps", "/api/version")
WISHES = (
    "POST /control/engines/default/start", "POST /control/engines/default/stop", "POST /control/engines/default/pin",
    "POST /control/keys", "DELETE /control/keys/x", "POST /control/capture", "PATCH /control/settings",
    "POST /control/doctor/default/fix", "POST /control/library/import", "DELETE /control/library/default",
    "POST /control/hub/pull", "PUT /control/hub/account", "POST /control/runtimes/install", "POST /control/builds",
    "POST /control/orphans/1/end", "POST /control/jobs/clear", "GET /control/snapshot", "GET /control/routing",
    "GET /control/settings", "GET /control/doctor", "GET /control/logs", "GET /control/keys", "GET /control/clients",
)  # fmt: skip
MANAGED = ("POST /api/pull", "POST /api/push", "POST /api/create", "POST /api/copy", "DELETE /api/delete",
           "POST /api/blobs/sha256:1")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Way:
    """How an attack comes: what is added to the request, and what is the answer here."""

    headers: tuple[str, ...] = ()
    host: str = LOCAL
    kind: str = "application/json"
    status: int


ANYWHERE = {
    "rebinding": Way(host="evil.example", status=403),
    "a page": Way(headers=("Origin: http://evil.example", "Sec-Fetch-Site: cross-site"), status=403),
    "a file": Way(headers=("Origin: null",), status=403),
}
WITH_KEY = {
    "a forged key": Way(headers=("Authorization: Bearer er-" + "0" * 43,), status=401),
    "a forged key of Anthropic's kind": Way(headers=("x-api-key: er-" + "0" * 43,), status=401),
    "nobody, by way of a proxy": Way(headers=("X-Forwarded-For: 8.8.8.8",), status=401),
}
AS_FORM = {"a form": Way(kind="text/plain", status=415)}
FOR_CONTROL = {
    "without the token": Way(status=401),
    "with a key": Way(headers=("Authorization: Bearer {key}",), status=401),
    "with a key of Anthropic's kind": Way(headers=("x-api-key: {key}",), status=401),
}


@pytest.fixture(scope="module")
def naked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with unguarded(tmp_path_factory.mktemp("unguarded")) as target:
        yield target


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    """A daemon with Ollama's port, on another number."""
    home = tmp_path_factory.mktemp("surfaces")
    port = free_port()
    (home / "config").mkdir()
    (home / "hidden.gguf").write_bytes(tiny_model())
    files = f'[[models.files]]\nid = "{HIDDEN}"\npath = "{home / "hidden.gguf"}"\n'
    (home / "config" / "settings.toml").write_text(f"[server]\nollama_port = {port}\n{files}", "utf-8")
    (home / "port").write_text(str(port))
    with engine_room(home) as room:
        yield room


@pytest.fixture(scope="module")
def keys(room: EngineRoomProcess) -> dict[str, str]:
    wanted = (
        KeyRequest(name="good"),
        KeyRequest(name="models", routes=(RouteGroup.MODELS,)),
        KeyRequest(name="one model", models=(STARTER,)),
    )
    with AccessClient(room.connection()) as client:
        return {request.name: client.create_key(request).key for request in wanted}


@pytest.fixture(scope="module")
def own_port(room: EngineRoomProcess, keys: dict[str, str]) -> Target:
    return Target(port=int(room.connection().address.rpartition(":")[2]), key=keys["good"])


@pytest.fixture(scope="module")
def ollama_port(room: EngineRoomProcess, keys: dict[str, str]) -> Target:
    return Target(port=int(_ollama_port(room.home)), key=keys["good"], is_ollamas=True)


@pytest.fixture(scope="module", params=["own_port", "ollama_port"])
def ours(request: pytest.FixtureRequest) -> Target:
    found: Target = request.getfixturevalue(request.param)
    return found


def _ollama_port(home: Path) -> str:
    return (home / "port").read_text()


def written(name: str, way: Way) -> str:
    """A request as bytes: ``METHOD PATH``, with an empty object where it has a body."""
    method, path = name.split(" ")
    if method == "GET":
        return get(path, *way.headers, host=way.host)
    text = post({}, *way.headers, path=path, kind=way.kind, host=way.host)
    return text.replace("POST ", f"{method} ", 1)


def refused(naked: Target, ours: Target, name: str, way: Way) -> Answer:
    template = written(name, way)
    assert send(naked, filled(template, naked)).status == 200, "this attack would not be noticed"
    answer = send(ours, filled(template, ours))
    assert "access-control-allow-origin" not in answer.headers
    return answer


@pytest.mark.parametrize("way", [*ANYWHERE, *WITH_KEY, *AS_FORM])
def test_no_surface_takes_what_others_refuse(naked: Target, ours: Target, way: str) -> None:
    wanted = (ANYWHERE | WITH_KEY | AS_FORM)[way]
    names = [f"POST {path}" for path in POSTED] + list(MANAGED)
    if way not in AS_FORM:
        names += [f"GET {path}" for path in READ if way != "a file"]
    names = [name for name in names if _is_behind(ours, name)]
    seen = {name: refused(naked, ours, name, wanted).status for name in names if not _is_bare(name, way)}
    assert seen == dict.fromkeys(seen, wanted.status)


def _is_bare(name: str, way: str) -> bool:
    """Whether there is no form to speak of: only POST has one."""
    return way in AS_FORM and name.startswith("DELETE")


def _is_behind(ours: Target, name: str) -> bool:
    """Whether this port leads to it: that of Ollama leads to what Ollama has."""
    return not ours.is_ollamas or name.split(" ")[1].startswith(OLLAMA_ROOMS)


@pytest.mark.parametrize("way", [*ANYWHERE, *FOR_CONTROL])
def test_control_is_for_its_token(naked: Target, own_port: Target, way: str) -> None:
    wanted = (ANYWHERE | FOR_CONTROL)[way]
    seen = {
        name: refused(naked, own_port, name, wanted).status
        for name in WISHES
        if not (way == "a file" and "GET" in name)
    }
    assert seen == dict.fromkeys(seen, wanted.status)


@pytest.mark.parametrize("header", ["X-Nothing: x", "Authorization: Bearer {key}", "Authorization: Bearer {token}"])
def test_control_is_not_at_the_port_of_ollama(
    naked: Target, ollama_port: Target, room: EngineRoomProcess, header: str
) -> None:
    """Not even for who holds the token."""
    way = Way(headers=(header.replace("{token}", room.connection().token),), status=404)
    names = [*WISHES, *(f"GET {path}" for path in ("/metrics", "/control", "//control/snapshot", "/%63ontrol/snapshot",
             "/api/../control/snapshot", "/v1/..%2fcontrol/snapshot", "/v1", "/api"))]  # fmt: skip
    names += ["POST /tokenize", "POST /detokenize"]
    assert {name: refused(naked, ollama_port, name, way).status for name in names} == dict.fromkeys(names, 404)


def test_what_ollama_has_is_at_its_port(ollama_port: Target) -> None:
    for path in ("/", "/api/tags", "/api/version", "/api/ps", "/v1/models", "/v1/models/default"):
        assert send(ollama_port, filled(get(path, host=LOCAL), ollama_port)).status == 200, path
    assert send(ollama_port, filled(get("/", host=LOCAL, method="HEAD"), ollama_port)).status == 200


def test_a_key_of_one_group_opens_no_other(naked: Target, ours: Target, keys: dict[str, str]) -> None:
    narrow = replace(ours, key=keys["models"])
    way = Way(headers=("x-api-key: {key}",), status=403)
    names = [f"POST {path}" for path in POSTED if path.startswith(OLLAMA_ROOMS)]
    assert {name: refused(naked, narrow, name, way).status for name in names} == dict.fromkeys(names, 403)
    assert refused(naked, narrow, "GET /v1/models", way).status == 200


NOBODYS: dict[str, Any] = {
    "model": "no-such-model", "messages": [{"role": "user", "content": "Hi"}], "prompt": "Hi", "input": "Hi",
    "content": "Hi", "tokens": [1], "query": "Hi", "documents": ["Hi"], "max_tokens": 1,
}  # fmt: skip


def asking_for(model: str, ours: Target) -> dict[str, str]:
    """By path: a request for a model on every surface that is behind this port."""
    few = {"model": model, "input": "Hi"}
    bodies = {path: few if path == "/v1/responses" else NOBODYS | {"model": model} for path in POSTED}
    requests = {path: post(body, "x-api-key: {key}", path=path, host=LOCAL) for path, body in bodies.items()}
    requests["/v1/models/…"] = get(f"/v1/models/{model}", "x-api-key: {key}", host=LOCAL)
    return {path: template for path, template in requests.items() if _is_behind(ours, f"POST {path}")}


def test_a_key_of_one_model_hears_of_no_other(ours: Target, keys: dict[str, str]) -> None:
    """Who asks for what is not there is told what there is: all of it, or what the key is for."""
    for path, template in asking_for(NOBODYS["model"], ours).items():
        narrow = send(ours, filled(template, replace(ours, key=keys["one model"])))
        everything = send(ours, filled(template, ours))
        assert (everything.status, narrow.status) == (404, 404), path
        assert HIDDEN.encode() in everything.body, "this would not be noticed"
        assert HIDDEN.encode() not in narrow.body, path
        assert STARTER.encode() in narrow.body, path


def test_what_a_key_may_not_ask_is_to_it_as_if_it_were_not_there(ours: Target, keys: dict[str, str]) -> None:
    narrow = replace(ours, key=keys["one model"])
    looked_for = get(f"/v1/models/{HIDDEN}", "x-api-key: {key}", host=LOCAL)
    assert send(ours, filled(looked_for, ours)).status == 200, "it is there for other keys"
    missing = asking_for(NOBODYS["model"], ours)
    for path, template in asking_for(HIDDEN, ours).items():
        answers = [send(narrow, filled(each, narrow)) for each in (template, missing[path])]
        assert [answer.status for answer in answers] == [404, 404], path
        assert _bare(answers[0], HIDDEN) == _bare(answers[1], NOBODYS["model"]), path


def _bare(answer: Answer, model: str) -> tuple[str, frozenset[str]]:
    """An answer without what differs between any two."""
    said = re.sub(r"req-[0-9a-f]+", "", answer.body.decode().replace(model, "MODEL"))
    return said, frozenset(answer.headers)


BEHIND = [("own_port", path) for path in POSTED] + [
    ("ollama_port", path) for path in POSTED if path.startswith(OLLAMA_ROOMS)
]


@pytest.mark.parametrize(("port", "path"), BEHIND)
def test_no_surface_reads_more_than_it_may(naked: Target, request: pytest.FixtureRequest, port: str, path: str) -> None:
    target: Target = request.getfixturevalue(port)
    body = '{"model": "default", "x": "' + "x" * 33 * 2**20 + '"}'
    template = post(body, path=path, host=LOCAL)
    assert send(naked, filled(template, naked)).status == 200, "this attack would not be noticed"
    assert send(target, filled(template, target)).status == 413
