"""Images that a request names by an address, where the settings allow that they are fetched."""

import base64
import http.client
import json
import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openai
import pytest

from e2e.scripted import ENGINE, MODEL, scripted_room
from engine_room import PATIENCE_S, EngineRoomProcess, json_of
from fakes.authority import DAY, Authority
from fakes.tiny_images import BAD, GOOD

INTERNET = Path(__file__).parents[1] / "fakes" / "internet"
NAME, STANDS_FOR = "pictures.example", "127.0.0.2"


@dataclass
class Pictures:
    """A web server, and what it was asked for."""

    port: int = 0
    scheme: str = "http"
    files: dict[str, bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = NAME) -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


@contextmanager
def pictures(address: str, tls: ssl.SSLContext | None = None) -> Iterator[Pictures]:
    kept = Pictures(scheme="http" if tls is None else "https")

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kept.asked.append(self.path)
            body = kept.files.get(self.path, b"")
            self.send_response(302 if self.path in kept.moved else 200)
            if self.path in kept.moved:
                self.send_header("Location", kept.moved[self.path])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, *_: object) -> None:
            """Nobody reads it."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Who does not like the certificate goes."""

    with Server((address, 0), Answers) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield kept
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """One that the engine room trusts, and no other."""
    return Authority(tmp_path_factory.mktemp("trusted") / "authority")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[EngineRoomProcess]:
    home = tmp_path_factory.mktemp("fetching")
    (home / "room" / "config").mkdir(parents=True)
    (home / "room" / "config" / "settings.toml").write_text("[server]\nfetch_images = true\n", "utf-8")
    path = os.pathsep.join([str(ENGINE), str(INTERNET), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    with scripted_room(home, PYTHONPATH=path, SSL_CERT_FILE=str(authority.file)) as made:
        yield made


@pytest.fixture
def far() -> Iterator[Pictures]:
    with pictures(STANDS_FOR) as server:
        server.files = {"/cat": GOOD["png"], "/page": b"<html>"}
        yield server


def chat(url: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}]}


def responses(url: str) -> dict[str, Any]:
    return {"input": [{"role": "user", "content": [{"type": "input_image", "image_url": url}]}], "store": False}


def messages(url: str) -> dict[str, Any]:
    source = {"type": "url", "url": url}
    return {"max_tokens": 9, "messages": [{"role": "user", "content": [{"type": "image", "source": source}]}]}


FORMS = {"/v1/chat/completions": chat, "/v1/responses": responses, "/v1/messages": messages}


def ask(room: EngineRoomProcess, path: str, body: dict[str, Any]) -> tuple[int, str]:
    port = int(room.connection().address.rpartition(":")[2])
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    wire.request("POST", path, json.dumps({"model": MODEL, **body}), {"Content-Type": "application/json"})
    answer = wire.getresponse()
    told = answer.status, answer.read().decode()
    wire.close()
    return told


@pytest.mark.parametrize("path", FORMS)
def test_the_engine_gets_the_image_and_never_the_address(room: EngineRoomProcess, far: Pictures, path: str) -> None:
    status, said = ask(room, path, FORMS[path](far.url("/cat")))
    assert (status, far.asked) == (200, ["/cat"])
    assert base64.b64encode(GOOD["png"]).decode() in said, "the engine says what it was asked"
    assert NAME not in said


@pytest.mark.parametrize("path", FORMS)
def test_whoever_is_near_is_not_asked_and_the_refusal_does_not_tell_who_is(room: EngineRoomProcess, path: str) -> None:
    with pictures("127.0.0.1") as near:
        near.files = {"/cat": GOOD["png"]}
        urls = [near.url("/cat", host) for host in ("127.0.0.1", "localhost", "0x7f000001", "[::ffff:127.0.0.1]")]
        urls += ["http://169.254.169.254/latest/meta-data/", "http://nobody.invalid/"]
        told = {ask(room, path, FORMS[path](url)) for url in urls}
        assert near.asked == []
    assert {status for status, _ in told} == {400}
    sentences = {json.loads(said)["error"]["message"] for _, said in told}
    assert len(sentences) == 1, "one for all"
    assert "could not be fetched" in sentences.pop()


def test_a_redirect_to_somebody_near_leads_nowhere(room: EngineRoomProcess, far: Pictures) -> None:
    with pictures("127.0.0.1") as near:
        near.files = {"/cat": GOOD["png"]}
        far.moved = {"/old": "/cat", "/in": near.url("/cat", "127.0.0.1")}
        assert ask(room, "/v1/chat/completions", chat(far.url("/old")))[0] == 200
        status, said = ask(room, "/v1/chat/completions", chat(far.url("/in")))
        assert (status, json.loads(said)["error"]["code"]) == (400, "remote_image_not_fetched")
        assert near.asked == []


def test_over_tls_it_has_to_be_the_name_that_was_written(room: EngineRoomProcess, authority: Authority) -> None:
    with pictures(STANDS_FOR, authority.server(NAME)) as far:
        far.files = {"/cat": GOOD["png"]}
        status, said = ask(room, "/v1/chat/completions", chat(far.url("/cat")))
    assert (status, far.asked) == (200, ["/cat"]), said
    assert base64.b64encode(GOOD["png"]).decode() in said


def test_whoever_proves_no_name_is_asked_nothing_and_refused_like_anything_else(
    room: EngineRoomProcess, authority: Authority, tmp_path: Path
) -> None:
    told = {ask(room, "/v1/chat/completions", chat("http://nobody.invalid/"))}
    for tls in (
        authority.server("others.example"),
        authority.server(STANDS_FOR),
        authority.server(NAME, from_now=(-2 * DAY, -DAY)),
        Authority(tmp_path / "unknown").server(NAME),
    ):
        with pictures(STANDS_FOR, tls) as far:
            told.add(ask(room, "/v1/chat/completions", chat(far.url("/cat"))))
        assert far.asked == []
    ((status, said),) = told
    assert (status, json.loads(said)["error"]["code"]) == (400, "remote_image_not_fetched")


@pytest.mark.parametrize("path", ["/page", "/missing"])
def test_what_is_no_image_is_refused(room: EngineRoomProcess, far: Pictures, path: str) -> None:
    status, said = ask(room, "/v1/chat/completions", chat(far.url(path)))
    assert (status, json.loads(said)["error"]["code"]) == (400, "remote_image_not_fetched")


@pytest.mark.parametrize("name", BAD)
def test_a_fetched_image_is_looked_at_like_any_other(room: EngineRoomProcess, far: Pictures, name: str) -> None:
    far.files["/bad"] = BAD[name]
    status, said = ask(room, "/v1/chat/completions", chat(far.url("/bad")))
    assert status == 400, said


def test_the_official_client_and_the_list_of_what_left_this_computer(room: EngineRoomProcess, far: Pictures) -> None:
    with openai.OpenAI(base_url=room.connection().address + "/v1", api_key="none", timeout=PATIENCE_S) as client:
        answer = client.chat.completions.create(model=MODEL, **chat(far.url("/cat")))
        assert base64.b64encode(GOOD["png"]).decode() in str(answer.choices[0].message.content)
        with pytest.raises(openai.BadRequestError) as caught:
            client.chat.completions.create(model=MODEL, **chat(far.url("/cat", "127.0.0.1")))
    assert caught.value.code == "remote_image_not_fetched"
    rows = json_of(room.cli("outbound", "--json"))
    assert [row for row in rows if row["host"] == NAME and row["purpose"] == "image" and row["status"] == 200]
    assert [row for row in rows if row["host"] == "127.0.0.1"] == []
