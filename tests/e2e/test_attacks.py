"""The attacks that other local servers fell to, byte for byte. Each is first seen to succeed where nothing guards."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from e2e.attack_kit import CHAT, Answer, Target, chat, filled, get, picture, post, send, unguarded
from engine_kit import words_of
from engine_room import PATIENCE_S, STARTER, EngineRoomProcess, holding, until
from engineroom.client.access import AccessClient
from engineroom.contract.control import EngineState
from engineroom.contract.keys import KeyLimits, KeyRequest, RouteGroup
from engineroom.domain.errors import Rejected

EVIL = "http://evil.example"
LOCAL = "127.0.0.1:{port}"


@pytest.fixture(scope="module")
def naked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder = tmp_path_factory.mktemp("unguarded")
    with unguarded(folder) as target:
        yield target


@pytest.fixture(scope="module")
def keys(served: EngineRoomProcess) -> dict[str, str]:
    """Keys of several kinds, by name."""
    wanted = (
        KeyRequest(name="good"),
        KeyRequest(name="revoked"),
        KeyRequest(name="only models", routes=(RouteGroup.MODELS,)),
        KeyRequest(name="other model", models=("default",), limits=KeyLimits(requests_per_minute=1)),
    )
    with AccessClient(served.connection()) as client:
        made = {request.name: client.create_key(request).key for request in wanted}
        client.revoke_key("revoked")
        soon, made["expired"] = expiring(client)
    time.sleep(max(0.0, (soon.expires_at_s or 0.0) - time.time()) + 0.1)
    return made


def expiring(client: AccessClient) -> tuple[KeyRequest, str]:
    """A key that is over soon; one that would be over before it is made is refused, and given longer."""
    for life_s in (1.0, 10.0, 40.0):
        soon = KeyRequest(name="expired", expires_at_s=time.time() + life_s)
        with contextlib.suppress(Rejected):
            return soon, client.create_key(soon).key
    raise AssertionError("no key could be made in 40 s")


@pytest.fixture
def ours(served: EngineRoomProcess, keys: dict[str, str]) -> Target:
    return Target(port=int(served.connection().address.rpartition(":")[2]), key=keys["good"])


def taken(answer: Answer) -> bool:
    return answer.status == 200


def page_may_read(answer: Answer) -> bool:
    return "access-control-allow-origin" in answer.headers


HOSTS = (
    "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "localhost.", "0.0.0.0:{port}", "127.1", "",
    "evil.example:{port}", "127.0.0.1:{port}@evil.example", "127.0.0.1:80:80", "localhost:x", "2130706433", "[::]",
    "host.docker.internal:{port}",
)  # fmt: skip
ENGINE_PATHS = (
    "/slots", "/props", "/lora-adapters", "/tools", "/cors-proxy", "/release_memory", "/update_weights", "/docs",
    "/openapi.json", "/_internal/state", "//v1/models", "/v1/../slots", "/%2e%2e/slots", "/v1/%2e%2e/slots",
    "/V1/MODELS", "/v1/models/../../slots", "/infill", "/apply-template", "/completion", "/../../etc/passwd",
)  # fmt: skip
MODELS = (
    "../../etc/passwd", "/etc/passwd", "C:\\Windows\\win.ini", "\\\\host\\share", "file:///etc/passwd", "a\u0000b",
    "x" * 10_000, "smollm2-135m-instruct\u202e", "\u0455mollm2-135m-instruct", "hf:org/x", "http://evil.example/m", "",
)  # fmt: skip
FORGED = (
    "er-" + "0" * 43, "er-' OR 1=1 --", "er-\u00e9\u00e8", "er-" + "A" * 50_000, "er-", "er-%00", "er-{key}",
)  # fmt: skip

_TEXT = json.dumps(chat())
CHUNKED = f"{len(_TEXT):x}\r\n{_TEXT}\r\n0\r\n\r\n"

ATTACKS: dict[str, tuple[str, Callable[[Answer], bool]]] = {
    **{f"host {host!r}": (get(host=host), taken) for host in HOSTS},
    "two hosts": (get("/v1/models", "Host: evil.example", host=LOCAL), taken),
    "no host": (get(host=None), taken),
    "target with another host": (get(f"{EVIL}/v1/models", host=LOCAL), taken),
    "rebinding a web socket": (
        get("/v1/models", "Upgrade: websocket", "Connection: upgrade", host="evil.example"),
        taken,
    ),
    "rebinding the events": (get("/control/events", host="evil.example"), taken),
    "preflight of a page": (get(CHAT, f"Origin: {EVIL}", "Access-Control-Request-Method: POST", host=LOCAL,
                                method="OPTIONS"), page_may_read),
    "preflight without origin's name": (get(CHAT, "Origin: null", "Access-Control-Request-Method: POST", host=LOCAL,
                                            method="OPTIONS"), page_may_read),
    "a page reads": (get("/v1/models", f"Origin: {EVIL}", host=LOCAL), page_may_read),
    "a file reads": (get("/v1/models", "Origin: null", host=LOCAL), page_may_read),
    "a page posts": (post(chat(), f"Origin: {EVIL}", host=LOCAL), taken),
    "a page posts across sites": (post(chat(), "Sec-Fetch-Site: cross-site", host=LOCAL), taken),
    "a page's picture asks": (get("/v1/models", "Sec-Fetch-Site: cross-site", host=LOCAL), taken),
    **{f"post as {kind}": (post(chat(), kind=kind, host=LOCAL), taken)
       for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None,
                    "text/plain; application/json", "application/jsonx")},
    "control without token": (post({}, path="/control/shutdown", host=LOCAL), taken),
    "control with a key": (get("/control/snapshot", "Authorization: Bearer {key}", host=LOCAL), taken),
    "control with a key as x-api-key": (get("/control/keys", "x-api-key: {key}", host=LOCAL), taken),
    "control with a token in the address": (get("/control/hello?token={key}", host=LOCAL), taken),
    "state changed by a picture": (get("/control/shutdown", host=LOCAL), taken),
    "pull by a picture": (get("/api/pull?name=evil", host=LOCAL), taken),
    **{f"key {key[:12]!r}": (get("/v1/models", f"Authorization: Bearer {key}", host=LOCAL), taken) for key in FORGED},
    "two keys": (get("/v1/models", "Authorization: Bearer {key}", "Authorization: Bearer er-x", host=LOCAL), taken),
    "forwarded from elsewhere": (post(chat(), "X-Forwarded-For: 8.8.8.8", host=LOCAL), taken),
    "key in the address, from elsewhere": (
        get("/v1/models?key={key}&api_key={key}", "X-Forwarded-For: 8.8.8.8", host=LOCAL),
        taken,
    ),
    **{f"path {path}": (get(path, host=LOCAL), taken) for path in ENGINE_PATHS},
    "length and chunks": (post(CHUNKED, "Transfer-Encoding: chunked", host=LOCAL), taken),
    "two lengths": (post(chat(), "Content-Length: 0", host=LOCAL), taken),
    **{f"model {model[:20]!r}": (post(chat(model=model), host=LOCAL), taken) for model in MODELS},
    **{f"picture {url[:40]}": (post(picture(url), host=LOCAL), taken)
       for url in ("http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/", "http://0x7f000001/", "//evil",
                   "http://localhost\\@evil/", "file:///etc/passwd", " HTTP://evil.example/", "ftp://evil.example/x")},
    "a head without end": (get("/v1/models", *(f"X-{number}: {'x' * 900}" for number in range(90)), host=LOCAL), taken),
    "more than it may weigh": (post(chat(user="x" * 33 * 2**20), host=LOCAL), taken),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_it_succeeds_where_nothing_guards_and_not_here(name: str, naked: Target, ours: Target) -> None:
    template, succeeded = ATTACKS[name]
    assert succeeded(send(naked, filled(template, naked))), "this attack would not be noticed"
    answer = send(ours, filled(template, ours))
    assert not succeeded(answer), answer
    assert answer.status == 0 or 200 <= answer.status < 500
    if answer.status >= 400:
        error = json.loads(answer.body)["error"]
        assert isinstance(error, str) if "/api/" in template else set(error) >= {"message", "type", "param", "code"}


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST", "[::1]:{port}", "127.0.0.1"])
def test_honest_hosts_are_let_in(host: str, ours: Target) -> None:
    assert send(ours, filled(get(host=host), ours)).status == 200


@pytest.mark.parametrize(
    "header", ["Authorization: Bearer {key}", "authorization: bearer {key}", "x-api-key: {key}", "api-key: {key}"]
)
def test_a_good_key_is_taken_from_anywhere(header: str, ours: Target) -> None:
    answer = send(ours, filled(get("/v1/models", header, "X-Forwarded-For: 8.8.8.8", host=LOCAL), ours))
    assert answer.status == 200


def test_unknown_and_malformed_keys_are_told_apart_by_nothing(ours: Target, keys: dict[str, str]) -> None:
    presented = ("er-" + "z" * 43, "er-", "er-\u00e9", keys["revoked"], keys["expired"])
    answers = [send(ours, filled(get("/v1/models", f"x-api-key: {key}", host=LOCAL), ours)) for key in presented]
    assert {answer.status for answer in answers} == {401}
    assert len({answer.body for answer in answers}) == 1
    assert answers[0].headers["www-authenticate"] == "bearer"


def test_a_key_opens_only_what_it_is_for(ours: Target, keys: dict[str, str]) -> None:
    models = replace(ours, key=keys["only models"])
    assert send(models, filled(get("/v1/models", "x-api-key: {key}", host=LOCAL), models)).status == 200
    assert send(models, filled(post(chat(), "x-api-key: {key}", host=LOCAL), models)).status == 403


def test_the_limit_is_told_in_openais_words(ours: Target, keys: dict[str, str]) -> None:
    limited = replace(ours, key=keys["other model"])
    request = filled(post(chat(), "x-api-key: {key}", host=LOCAL), limited)
    assert send(limited, request).status == 200
    answer = send(limited, request)
    assert answer.status == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert json.loads(answer.body)["error"]["type"] == "rate_limit_error"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/v1/messages", "authentication_error"), ("/v1/responses", "authentication_error"), ("/api/chat", None)],
)
def test_a_refusal_is_in_the_clients_own_words(path: str, kind: str | None, ours: Target) -> None:
    answer = send(ours, filled(post(chat(), "x-api-key: er-no", path=path, host=LOCAL), ours))
    tree = json.loads(answer.body)
    assert answer.status == 401
    assert isinstance(tree["error"], str) if kind is None else tree["error"]["type"] == kind
    assert (tree.get("type") == "error") is (path == "/v1/messages")


def test_no_picture_is_fetched(naked: Target, ours: Target) -> None:
    for target, wanted in ((naked, True), (ours, False)):
        for form in ('{"url": "URL"}', '"URL"', '{"\\u0075rl": "URL"}'):
            for field in ("image_url", "image\\u005furl", "im\\u0061ge_url"):
                assert _is_fetched(target, field, form) is wanted, (field, form)


def _is_fetched(target: Target, field: str, form: str) -> bool:
    asked = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # It asks before it answers, if it asks at all.
        listener.settimeout(PATIENCE_S if target.key == "none" else 0.3)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/x.png"
        part = f'{{"type": "image_url", "{field}": {form.replace("URL", url)}}}'
        body = f'{{"model": "{STARTER}", "max_tokens": 1, "messages": [{{"role": "user", "content": [{part}]}}]}}'

        def wait() -> None:
            try:
                wire, _ = listener.accept()
            except TimeoutError:
                return
            asked.set()
            wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            wire.close()

        waiter = threading.Thread(target=wait)
        waiter.start()
        send(target, filled(post(body, host=LOCAL), target))
        waiter.join()
    return asked.is_set()


def test_the_engines_own_port_opens_to_nobody(naked: Target, served: EngineRoomProcess) -> None:
    served.wait_engine(EngineState.READY)
    ports = [
        connection.laddr
        for process in served.family()[1:]
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert {address.ip for address in ports} == {"127.0.0.1"}
    assert taken(send(naked, filled(post(chat(), host=LOCAL), naked)))
    for address in ports:
        target = Target(port=address.port)
        assert send(target, filled(post(chat(), host=LOCAL), target)).status == 401


def test_slow_senders_are_cut(naked: Target, ours: Target) -> None:
    starts = (
        b"",
        b"GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        filled(post("{" + " " * 500, host=LOCAL), ours)[:-500],
    )
    held = {
        (wanted, start[:4], drip): _Slow(target, start, drip)
        for target, wanted in ((naked, True), (ours, False))
        for start in starts
        for drip in (False, True)
    }
    until("the end of all that are ours", lambda: not any(slow.open for name, slow in held.items() if not name[0]))
    ends = {name: slow.end() for name, slow in held.items()}
    assert ends == {name: name[0] for name in held}


class _Slow:
    """A connection that sends a byte a second, or nothing more."""

    def __init__(self, target: Target, start: bytes, drip: bool) -> None:
        self.open = True
        self._wire = socket.create_connection(("127.0.0.1", target.port), 30)
        self._wire.sendall(start)
        self._drip = drip and bool(start)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go)
        self._thread.start()

    def end(self) -> bool:
        """Whether it was still open."""
        self._over.set()
        self._thread.join()
        self._wire.close()
        return self.open

    def _go(self) -> None:
        self._wire.settimeout(1.0)
        while not self._over.is_set():
            try:
                if self._drip:
                    self._wire.sendall(b" ")
                if self._wire.recv(65536) == b"" or not self._drip:
                    self.open = False
                    return
            except TimeoutError:
                continue
            except OSError:
                self.open = False
                return


def test_one_peer_cannot_take_all_connections(naked: Target, ours: Target) -> None:
    for target, wanted in ((naked, True), (ours, False)):
        wires = [socket.create_connection(("127.0.0.1", target.port), 30, ("127.0.0.2", 0)) for _ in range(600)]
        try:
            if wanted:
                assert all(map(_is_open, wires))
            else:
                until("some to be closed", lambda wires=wires: not all(map(_is_open, wires)))
            health = filled(get("/health", host=LOCAL), target)
            assert send(target, health).status == 200
        finally:
            for wire in wires:
                wire.close()


def _is_open(wire: socket.socket) -> bool:
    wire.setblocking(False)
    try:
        return wire.recv(65536) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


CANARY = "canary-7d1f0c-wolverine"


def test_prompts_and_keys_are_written_nowhere(
    naked: Target, ours: Target, served: EngineRoomProcess, tmp_path: Path
) -> None:
    body = chat(messages=[{"role": "user", "content": CANARY}], user=CANARY)
    with unguarded(tmp_path) as noted:
        send(noted, filled(post(body, "x-api-key: secret-of-somebody", host=LOCAL), noted))
        assert holding(tmp_path, CANARY)
    assert send(ours, filled(post(body, "x-api-key: {key}", host=LOCAL), ours)).status == 200
    send(ours, filled(post(body, "x-api-key: er-unknown", host=LOCAL), ours))
    time.sleep(1.5)
    token = served.connection().token
    assert holding(served.home, token) == ["daemon.json"]
    for secret in (CANARY, ours.key, ours.key[12:30]):
        assert holding(served.home, secret) == []
    assert not any(token in " ".join(words_of(process)) for process in served.family())
