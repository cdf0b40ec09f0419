"""``HEAD`` answers as ``GET`` does, without a body, and what cannot be got has no head either."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from engine_room import PATIENCE_S, STARTER, EngineRoomProcess

STEADY = (
    "/", "/health", "/v1/models", f"/v1/models/{STARTER}", "/v1/models/none", "/api/version", "/api/tags", "/nope",
    "/control/hello", "/control/clients", "/v1/chat/completions",
)  # fmt: skip
"""Their answers are as long the second time."""


@pytest.fixture
def wire(served: EngineRoomProcess) -> Iterator[http.client.HTTPConnection]:
    """One connection: a body where none belongs would be taken for the next answer."""
    address = urlsplit(served.connection().address)
    wire = http.client.HTTPConnection(str(address.hostname), int(address.port or 0), timeout=PATIENCE_S)
    yield wire
    wire.close()


def ask(wire: http.client.HTTPConnection, method: str, path: str, token: str = "") -> tuple[int, dict[str, str], bytes]:
    wire.request(method, path, headers={"Authorization": f"Bearer {token}"} if token else {})
    answer = wire.getresponse()
    headers = {
        name.lower(): value for name, value in answer.getheaders() if name.lower() not in {"date", "x-request-id"}
    }
    return answer.status, headers, answer.read()


@pytest.mark.parametrize("path", STEADY)
def test_a_head_is_that_of_the_answer(path: str, served: EngineRoomProcess, wire: http.client.HTTPConnection) -> None:
    token = served.connection().token if path.startswith("/control") else ""
    status, headers, body = ask(wire, "GET", path, token)
    for _ in range(2):
        of_head = ask(wire, "HEAD", path, token)
        if status == 405:
            assert (of_head[0], of_head[2]) == (405, b"")
        else:
            assert of_head == (status, headers, b"")
    assert int(headers["content-length"]) == len(body)
    assert ask(wire, "GET", path, token) == (status, headers, body)


def test_what_never_ends_has_a_head(served: EngineRoomProcess, wire: http.client.HTTPConnection) -> None:
    token = served.connection().token
    for path in ("/control/events", "/metrics", "/control/snapshot"):
        status, headers, body = ask(wire, "HEAD", path, token)
        assert (status, body) == (200, b""), path
        assert "content-type" in headers
    assert ask(wire, "HEAD", "/control/snapshot")[0] == 401
    assert ask(wire, "HEAD", "/api/blobs/sha256:0")[0] == 501
    assert ask(wire, "GET", "/health")[2] == b'{"status":"ok"}'
