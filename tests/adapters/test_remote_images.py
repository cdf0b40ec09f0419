"""The fetching of images, from a real server on this computer that stands for one of the public internet."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from engineroom.adapters import remote_images
from engineroom.adapters.remote_images import RemoteImages
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.remote_images import MOST_IMAGE_BYTES, NotFetched, all_public
from fakes.authority import DAY, Authority

IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(1000)
NAME, OTHER = "pictures.example", "others.example"
PUBLIC, NEAR = "93.184.216.34", "127.0.0.1"


def answer(body: bytes = b"", *, status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n".encode() + body


class Server(ThreadingTCPServer):
    """One that answers each path as it is told, and keeps the heads of what it was asked.

    ``names`` are those that were asked for before the heads, in the clear, as TLS has it.
    """

    daemon_threads = False

    def __init__(self, answers: dict[str, bytes], tls: ssl.SSLContext | None) -> None:
        super().__init__((NEAR, 0), _Asked)
        self.answers = answers
        self.heads: list[str] = []
        self.names: list[str | None] = []
        self.port: int = self.server_address[1]
        self._tls = tls
        if tls is not None:
            tls.sni_callback = lambda _wire, name, _context: self.names.append(name)

    def url(self, path: str, host: str = NAME) -> str:
        return f"{'http' if self._tls is None else 'https'}://{host}:{self.port}{path}"

    def get_request(self) -> tuple[socket.socket, object]:
        wire, address = super().get_request()
        if self._tls is not None:
            wire = self._tls.wrap_socket(wire, server_side=True, do_handshake_on_connect=False)
        return wire, address


class _Asked(StreamRequestHandler):
    server: Server
    timeout = 60

    def handle(self) -> None:
        """Who does not like the certificate or the answer goes."""
        with contextlib.suppress(OSError):
            if not self.rfile.peek(1).startswith(b"G"):  # type: ignore[attr-defined]
                self.wfile.write(answer(status="400 Bad Request"))
                return
            head = b"".join(takewhile(lambda line: line != b"\r\n", self.rfile)).decode()
            self.server.heads.append(head)
            self.wfile.write(self.server.answers[head.split()[1]])
            if "/hangs" in head:
                self.rfile.read()


@contextmanager
def server(answers: dict[str, bytes], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    with Server(answers, tls) as made:
        serving = threading.Thread(target=made.serve_forever, args=(0.02,))
        serving.start()
        try:
            yield made
        finally:
            made.shutdown()
            serving.join()


def fetcher(
    told: list[Outgoing] | None = None,
    *,
    allowed: Callable[[Sequence[str]], bool] = lambda _: True,
    names: dict[str, list[str]] | None = None,
    offline: bool = False,
    trust: Callable[[], ssl.SSLContext] = remote_images.trusted,
) -> RemoteImages:
    """Whose names all lead to this computer, if not said otherwise."""

    async def lookup(host: str, port: int) -> list[str]:
        return (names or {}).get(host, [NEAR])

    heard = [] if told is None else told
    return RemoteImages(told=heard.append, offline=lambda: offline, lookup=lookup, allowed=allowed, trust=trust)


async def test_the_image_comes_from_the_address_that_was_looked_up_under_its_own_name_and_it_is_told() -> None:
    told: list[Outgoing] = []
    with server({"/cat.png?size=1": answer(IMAGE)}) as far:
        assert await fetcher(told).fetch(far.url("/cat.png?size=1")) == IMAGE
    (head,) = far.heads
    assert f"Host: {NAME}:{far.port}\r\n" in head
    assert "authorization" not in head.lower()
    (out,) = told
    assert (out.host, out.purpose, out.status, out.received_bytes) == (NAME, Purpose.IMAGE, 200, len(IMAGE))


async def test_whoever_is_near_is_never_asked() -> None:
    with server({"/": answer(IMAGE)}) as near:
        for host in (NEAR, "localhost", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]", "[::1]", "127.1"):
            guarded = RemoteImages(told=lambda _: None, offline=lambda: False)
            with pytest.raises(NotFetched):
                await guarded.fetch(near.url("/", host))
        with pytest.raises(NotFetched, match="not public"):
            await fetcher(allowed=all_public, names={NAME: [PUBLIC, NEAR]}).fetch(near.url("/"))
    assert near.heads == []


async def test_a_redirect_is_followed_and_looked_at_like_the_first_address() -> None:
    looked: list[Sequence[str]] = []

    def allowed(addresses: Sequence[str]) -> bool:
        looked.append(tuple(addresses))
        return "10.0.0.1" not in addresses

    with server({"/a": answer(status="302 Found", more="Location: /b\r\n"), "/b": answer(IMAGE)}) as far:
        assert await fetcher(allowed=allowed).fetch(far.url("/a")) == IMAGE
        assert looked == [(NEAR,), (NEAR,)]
        far.answers["/a"] = answer(status="301 Moved", more="Location: http://inside.example/\r\n")
        with pytest.raises(NotFetched, match="not public"):
            await fetcher(allowed=allowed, names={"inside.example": ["10.0.0.1"]}).fetch(far.url("/a"))
        far.answers["/a"] = answer(status="307 Again", more="Location: /a\r\n")
        with pytest.raises(NotFetched, match="too many redirects"):
            await fetcher().fetch(far.url("/a"))
        far.answers["/a"] = answer(status="302 Found", more="Location: file:///etc/passwd\r\n")
        with pytest.raises(NotFetched, match="no address to ask"):
            await fetcher().fetch(far.url("/a"))


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (answer(b"no", status="404 Not Found"), "status 404"),
        (answer(bytes(MOST_IMAGE_BYTES + 1)), "too large"),
        (answer(IMAGE, more="Content-Encoding: gzip\r\n"), "status 200"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + IMAGE, "RemoteProtocolError"),
        (b"no HTTP at all\r\n\r\n", "RemoteProtocolError"),
    ],
    ids=["missing", "too large", "compressed", "cut off", "not HTTP"],
)
async def test_what_is_no_good_answer_is_refused(reply: bytes, why: str) -> None:
    with server({"/x": reply}) as far, pytest.raises(NotFetched, match=why):
        await fetcher().fetch(far.url("/x"))


async def test_nothing_is_waited_for_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_images, "PATIENCE_S", 0.5)
    with server({"/hangs": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"}) as far, pytest.raises(NotFetched):
        await fetcher().fetch(far.url("/hangs"))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "http://",
        "http://user:word@a.example/",
        "http://localhost\\@a.example/",
    ],
)
async def test_what_is_no_address_of_an_image_is_not_asked(url: str) -> None:
    with pytest.raises(NotFetched):
        await fetcher().fetch(url)


async def test_offline_nobody_is_asked() -> None:
    with server({"/": answer(IMAGE)}) as far, pytest.raises(NotFetched, match="offline"):
        await fetcher(offline=True).fetch(far.url("/"))
    assert far.heads == []


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """One that this process trusts, and no other."""
    made = Authority(tmp_path / "authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    monkeypatch.setattr(remote_images, "PATIENCE_S", 60.0)
    return made


@pytest.mark.parametrize(
    ("written", "carried", "asked_for"),
    [(NAME, NAME, NAME), ("b\u00fccher.example", "xn--bcher-kva.example", "xn--bcher-kva.example"), (NEAR, NEAR, None)],
    ids=["name", "name with an umlaut", "address"],
)
async def test_over_tls_the_name_is_asked_for_and_proved_though_the_address_is_asked(
    authority: Authority, written: str, carried: str, asked_for: str | None
) -> None:
    told: list[Outgoing] = []
    with server({"/cat.png": answer(IMAGE)}, authority.server(carried)) as far:
        assert await fetcher(told).fetch(far.url("/cat.png", written)) == IMAGE
    assert far.names == [asked_for]
    (head,) = far.heads
    assert f"Host: {carried}:{far.port}\r\n" in head
    (out,) = told
    assert (out.host, out.status, out.received_bytes) == (carried, 200, len(IMAGE))


@pytest.mark.parametrize("fault", ["other name", "address", "expired", "not yet", "unknown", "no TLS"])
async def test_a_certificate_that_proves_nothing_is_refused_like_anything_else_and_nothing_is_asked(
    authority: Authority, tmp_path: Path, fault: str
) -> None:
    tls = {
        "other name": authority.server(OTHER, f"far.{NAME}", "example"),
        "address": authority.server(NEAR),
        "expired": authority.server(NAME, from_now=(-2 * DAY, -DAY)),
        "not yet": authority.server(NAME, from_now=(DAY, 2 * DAY)),
        "unknown": Authority(tmp_path / "unknown").server(NAME),
    }
    told: list[Outgoing] = []
    with server({"/": answer(IMAGE)}, tls.get(fault)) as far, pytest.raises(NotFetched, match=r"^ConnectError$"):
        await fetcher(told).fetch(f"https://{NAME}:{far.port}/")
    assert far.heads == []
    assert [(out.host, out.status, out.received_bytes) for out in told] == [(NAME, None, 0)]


async def test_a_redirect_into_tls_is_looked_at_like_the_first_address(authority: Authority) -> None:
    asked_near = {NAME: [NEAR], OTHER: ["10.0.0.1"]}
    with server({"/": answer(IMAGE)}, authority.server(OTHER)) as far, server({}) as plain:
        plain.answers["/"] = answer(status="302 Found", more=f"Location: {far.url('/', OTHER)}\r\n")
        assert await fetcher().fetch(plain.url("/")) == IMAGE
        with pytest.raises(NotFetched, match="not public"):
            await fetcher(allowed=lambda found: found == [NEAR], names=asked_near).fetch(plain.url("/"))
        assert far.names == [OTHER]
        plain.answers["/"] = answer(status="302 Found", more=f"Location: {far.url('/')}\r\n")
        with pytest.raises(NotFetched, match="ConnectError"):
            await fetcher().fetch(plain.url("/"))
        assert (far.names, len(far.heads)) == ([OTHER, NAME], 1)


async def test_a_redirect_within_tls_has_to_prove_its_own_name_and_none_leads_out(authority: Authority) -> None:
    with (
        server({"/": answer(IMAGE)}, authority.server(NAME, OTHER)) as far,
        server({"/": answer(IMAGE)}) as plain,
    ):
        far.answers["/a"] = answer(status="302 Found", more=f"Location: {far.url('/', OTHER)}\r\n")
        assert await fetcher().fetch(far.url("/a")) == IMAGE
        assert far.names == [NAME, OTHER]
        far.answers["/a"] = answer(status="302 Found", more=f"Location: {far.url('/', 'third.example')}\r\n")
        with pytest.raises(NotFetched, match="ConnectError"):
            await fetcher().fetch(far.url("/a"))
        far.answers["/a"] = answer(status="302 Found", more=f"Location: {plain.url('/')}\r\n")
        with pytest.raises(NotFetched, match="a redirect out of TLS"):
            await fetcher().fetch(far.url("/a"))
    assert plain.heads == []


async def test_whom_to_trust_is_read_beside_the_loop(authority: Authority) -> None:
    reading: list[threading.Thread] = []

    def read() -> ssl.SSLContext:
        reading.append(threading.current_thread())
        return ssl.create_default_context(cafile=authority.file)

    with server({"/": answer(IMAGE)}, authority.server(NAME)) as far:
        assert await fetcher(trust=read).fetch(far.url("/")) == IMAGE
    assert len(reading) == 1
    assert threading.current_thread() not in reading


async def test_authorities_that_cannot_be_read_refuse_like_anything_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    with server({"/": answer(IMAGE)}) as far, pytest.raises(NotFetched, match="FileNotFoundError"):
        await fetcher().fetch(far.url("/"))
