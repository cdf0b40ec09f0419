"""How a body may come: compressed it is refused, in pieces and after "Expect: 100-continue" it is taken."""

import contextlib
import gzip
import json
import socket
import zlib
from collections.abc import Iterator

import httpx2
import pytest

from e2e.surfaces import CHAT, MESSAGES, OLLAMA, SURFACES, asking
from engine_room import PATIENCE_S, STARTER, EngineRoomProcess
from engineroom.contract.control import EngineState

BODY = json.dumps({"model": STARTER, **asking(CHAT, "hello"), "max_tokens": 2}).encode()
HEAD = b"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "deflate", "br", "zstd", "gzip, identity", "x"])
@pytest.mark.parametrize("route", [*SURFACES, "/v1/embeddings", "/v1/rerank", "/tokenize", "/api/show"])
def test_a_compressed_body_is_refused_in_words(served: EngineRoomProcess, route: str, coding: str) -> None:
    packed = zlib.compress(BODY) if coding == "deflate" else gzip.compress(BODY)
    headers = {"content-type": "application/json", "content-encoding": coding}
    answer = httpx2.post(f"{served.connection().address}{route}", content=packed, headers=headers, timeout=60)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    error = answer.json()["error"]
    said = error if route.startswith("/api/") else error["message"]
    assert f"'{coding.lower()}'" in said
    assert "Send the body as it is" in said
    if route == MESSAGES:
        assert (answer.json()["type"], error["type"]) == ("error", "invalid_request_error")
    elif route not in {OLLAMA, "/api/generate", "/api/show"}:
        assert error["code"] == "unsupported_content_encoding"


def test_control_refuses_it_too(served: EngineRoomProcess) -> None:
    found = served.connection()
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    with_token = {**headers, "authorization": f"Bearer {found.token}"}
    route, packed = f"{found.address}/control/keys", gzip.compress(b'{"name": "a"}')
    assert httpx2.post(route, content=packed, headers=headers, timeout=60).status_code == 401
    answer = httpx2.post(route, content=packed, headers=with_token, timeout=60)
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unsupported_content_encoding")


def test_a_body_as_it_is_may_say_so(served: EngineRoomProcess) -> None:
    headers = {"content-type": "application/json", "content-encoding": "identity"}
    answer = httpx2.post(f"{served.connection().address}{CHAT}", content=BODY, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text


@contextlib.contextmanager
def line(room: EngineRoomProcess) -> Iterator[socket.socket]:
    port = int(room.connection().address.rpartition(":")[2])
    with contextlib.closing(socket.create_connection(("127.0.0.1", port), PATIENCE_S)) as connection:
        yield connection


def heard(connection: socket.socket, end: bytes) -> bytes:
    """All that comes up to ``end``, or until it is closed."""
    data = b""
    while end not in data and (block := connection.recv(65536)):
        data += block
    return data


def test_a_client_that_waits_to_be_asked_for_its_body_is_asked(served: EngineRoomProcess) -> None:
    """As curl does with large bodies; without an answer it waits a second each time."""
    head = HEAD + b"Content-Length: %d\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n" % len(BODY)
    with line(served) as connection:
        connection.sendall(head)
        assert heard(connection, b"\r\n\r\n").startswith(b"HTTP/1.1 100 Continue\r\n")
        connection.sendall(BODY)
        assert heard(connection, b"chat.completion").startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("more", "status"),
    [(b"Content-Encoding: gzip\r\n", 415), (b"Origin: http://evil.example\r\n", 403)],
)
def test_one_that_will_be_refused_need_not_send_it(served: EngineRoomProcess, more: bytes, status: int) -> None:
    head = HEAD + more + b"Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"
    with line(served) as connection:
        connection.sendall(head)
        assert heard(connection, b"\r\n\r\n").startswith(b"HTTP/1.1 %d " % status)


CHUNKS = b"".join(b"%x\r\n%b\r\n" % (1, BODY[at : at + 1]) for at in range(len(BODY)))
PIECES = {
    "single bytes": (b"chunked", CHUNKS + b"0\r\n\r\n"),
    "one": (b"Chunked", b"%X\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)),
    "one with an extension": (b"chunked", b"%x;a=b\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)),
    "one and a trailer": (b"chunked", b"%x\r\n%b\r\n0\r\nX-Sum: 1\r\n\r\n" % (len(BODY), BODY)),
}


@pytest.mark.parametrize("name", PIECES)
def test_a_body_in_pieces_is_taken(served: EngineRoomProcess, name: str) -> None:
    coding, pieces = PIECES[name]
    with line(served) as connection:
        connection.sendall(HEAD + b"Connection: close\r\nTransfer-Encoding: " + coding + b"\r\n\r\n" + pieces)
        assert heard(connection, b"chat.completion").startswith(b"HTTP/1.1 200 ")


def test_one_that_is_compressed_on_the_way_is_refused_in_words(served: EngineRoomProcess) -> None:
    with line(served) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + CHUNKS + b"0\r\n\r\n")
        answer = heard(connection, b"}}")
    assert answer.startswith(b"HTTP/1.1 415 "), answer
    assert b"comes as 'gzip, chunked', and compressed bodies are not read here" in answer


ODD = {
    "a coding nobody knows": b"Transfer-Encoding: x\r\n\r\n" + BODY,
    "a size that is no number": b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + BODY + b"\r\n0\r\n\r\n",
    "a size below zero": b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + BODY + b"\r\n0\r\n\r\n",
    "a length below zero": b"Content-Length: -5\r\n\r\n" + BODY,
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + BODY,
}


@pytest.mark.parametrize("name", ODD)
def test_a_body_whose_end_is_in_doubt_is_refused(served: EngineRoomProcess, name: str) -> None:
    with line(served) as connection:
        connection.sendall(HEAD + ODD[name])
        answer = heard(connection, b"}}")
    assert answer.startswith(b"HTTP/1.1 400 "), answer
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["type"] == "invalid_request_error"
    assert served.engine().state is EngineState.READY
