"""The fetching of images, from a real server on this computer that stands for one of the public internet."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from engineroom.adapters import remote_images
from engineroom.adapters.remote_images import RemoteImages
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.remote_images import MOST_IMAGE_BYTES, NotFetched, all_public

IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(1000)
NAME = "pictures.example"
PUBLIC, NEAR = "93.184.216.34", "127.0.0.1"


def answer(body: bytes = b"", *, status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n".encode() + body


class Server:
    """One that answers each path as it is told, and keeps the heads of what it was asked."""

    def __init__(self, answers: dict[str, bytes]) -> None:
        self.answers = answers
        self.heads: list[str] = []
        self.port = 0

    def url(self, path: str, host: str = NAME) -> str:
        return f"http://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        writer.write(self.answers[head.split()[1]])
        if "/hangs" not in head:
            writer.close()
        else:
            await reader.read()
            writer.close()


@asynccontextmanager
async def server(answers: dict[str, bytes]) -> AsyncIterator[Server]:
    made = Server(answers)
    listening = await asyncio.start_server(made.serve, NEAR, 0)
    made.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield made


def fetcher(
    told: list[Outgoing] | None = None,
    *,
    allowed: Callable[[Sequence[str]], bool] = lambda _: True,
    names: dict[str, list[str]] | None = None,
    offline: bool = False,
) -> RemoteImages:
    """Whose names all lead to this computer, if not said otherwise."""

    async def lookup(host: str, port: int) -> list[str]:
        return (names or {}).get(host, [NEAR])

    heard = [] if told is None else told
    return RemoteImages(told=heard.append, offline=lambda: offline, lookup=lookup, allowed=allowed)


async def test_the_image_comes_from_the_address_that_was_looked_up_under_its_own_name_and_it_is_told() -> None:
    told: list[Outgoing] = []
    async with server({"/cat.png?size=1": answer(IMAGE)}) as far:
        assert await fetcher(told).fetch(far.url("/cat.png?size=1")) == IMAGE
    (head,) = far.heads
    assert f"Host: {NAME}:{far.port}\r\n" in head
    assert "authorization" not in head.lower()
    (out,) = told
    assert (out.host, out.purpose, out.status, out.received_bytes) == (NAME, Purpose.IMAGE, 200, len(IMAGE))


async def test_whoever_is_near_is_never_asked() -> None:
    async with server({"/": answer(IMAGE)}) as near:
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

    async with server({"/a": answer(status="302 Found", more="Location: /b\r\n"), "/b": answer(IMAGE)}) as far:
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
    async with server({"/x": reply}) as far:
        with pytest.raises(NotFetched, match=why):
            await fetcher().fetch(far.url("/x"))


async def test_nothing_is_waited_for_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_images, "PATIENCE_S", 0.5)
    async with server({"/hangs": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"}) as far:
        with pytest.raises(NotFetched):
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
    async with server({"/": answer(IMAGE)}) as far:
        with pytest.raises(NotFetched, match="offline"):
            await fetcher(offline=True).fetch(far.url("/"))
    assert far.heads == []
