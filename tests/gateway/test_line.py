"""The connection under a request, as the calls of the gateway use it, at the real server over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from engineroom.gateway.asgi import read_body
from engineroom.gateway.reply import Reply
from gateway.listening import listening

pytestmark = pytest.mark.asyncio(loop_factories=["asyncio", "uvloop"])

PATIENCE_S = 60.0
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"
EMPTY = HEAD + b"Content-Length: 0\r\n\r\n"
LARGE = b"x" * 300_000

App = Callable[[Any, Any, Any], Awaitable[None]]


class Stream(Reply):
    """A stream in pieces, begun as all calls begin theirs."""

    async def begin(self) -> None:
        await self._start_stream()

    def direct(self, data: bytes) -> Awaitable[None] | None:
        return self._pass_on(data)

    async def long(self, data: bytes) -> None:
        await self._write(data)

    async def end(self) -> None:
        await self._send({"type": "http.response.body", "body": b""})


class Counting:
    """Of a transport's writes; all else is the transport's own."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self.writes: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self.writes.append(bytes(data))
        self._transport.write(data)


@asynccontextmanager
async def served(app: App) -> AsyncIterator[int]:
    async with listening(app) as port, asyncio.timeout(PATIENCE_S):
        yield port


async def asked(port: int, request: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    return reader, writer


async def answered(app: App, request: bytes) -> bytes:
    """The whole answer; the client shuts its side once that has ended."""
    async with served(app) as port:
        reader, writer = await asked(port, request)
        found = await reader.readuntil(b"0\r\n\r\n")
        writer.close()
        return found


async def test_the_head_goes_out_with_the_first_chunk() -> None:
    seen: list[list[bytes]] = []

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        cycle = scope["state"]["line"]._cycle
        cycle.transport = counting = Counting(cycle.transport)
        stream = Stream(scope, send)
        await stream.begin()
        assert counting.writes == []
        assert stream.direct(b"one") is None
        assert stream.direct(b"two") is None
        await stream.end()
        seen.append(counting.writes)

    answer = await answered(app, EMPTY)
    (writes,) = seen
    assert len(writes) == 3
    assert writes[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert writes[0].endswith(b"\r\n\r\n3\r\none\r\n")
    assert answer == b"".join(writes)


async def test_the_head_does_not_wait_for_a_chunk_that_is_not_there() -> None:
    engine_speaks = asyncio.Event()

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        stream = Stream(scope, send)
        await stream.begin()
        await engine_speaks.wait()
        stream.direct(b"late")
        await stream.end()

    async with served(app) as port:
        reader, writer = await asked(port, EMPTY)
        head = await reader.readuntil(b"\r\n\r\n")
        engine_speaks.set()
        assert await reader.readuntil(b"0\r\n\r\n") == b"4\r\nlate\r\n0\r\n\r\n"
        writer.close()
    lines = head.lower().split(b"\r\n")
    assert lines[0] == b"http/1.1 200 ok"
    assert b"transfer-encoding: chunked" in lines
    assert b"content-type: text/event-stream; charset=utf-8" in lines
    assert any(line.startswith(b"x-request-id: req-") for line in lines)
    assert any(line.startswith(b"date: ") for line in lines)


async def test_whatever_way_a_piece_takes_it_comes_after_the_head_and_in_order() -> None:
    async def app(scope: Any, _receive: Any, send: Any) -> None:
        stream = Stream(scope, send)
        await stream.begin()
        await stream.long(b"one")
        stream.direct(b"two")
        await stream.long(b"three")
        await stream.end()

    answer = await answered(app, EMPTY)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.partition(b"\r\n\r\n")[2] == b"3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n"


async def test_an_answer_that_ends_before_its_first_piece_has_a_head() -> None:
    async def app(scope: Any, _receive: Any, send: Any) -> None:
        stream = Stream(scope, send)
        await stream.begin()
        await stream.end()

    answer = await answered(app, EMPTY)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\n0\r\n\r\n")


@pytest.mark.parametrize("request_", [HEAD + b"Connection: close\r\n", b"POST / HTTP/1.0\r\nHost: x\r\n"])
async def test_a_client_that_will_close_is_told_that_we_will(request_: bytes) -> None:
    async def app(scope: Any, _receive: Any, send: Any) -> None:
        stream = Stream(scope, send)
        await stream.begin()
        stream.direct(b"one")
        await stream.end()

    async with served(app) as port:
        reader, writer = await asked(port, request_ + b"Content-Length: 0\r\n\r\n")
        answer = await reader.read()
        writer.close()
    assert b"\r\nconnection: close\r\n" in answer
    assert answer.endswith(b"\r\n\r\n3\r\none\r\n0\r\n\r\n")


async def test_who_stands_in_between_sees_the_head() -> None:
    async def app(scope: Any, _receive: Any, send: Any) -> None:
        async def named(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"access-control-allow-origin", b"app://x")]
            await send(message)

        stream = Stream(scope, named)
        await stream.begin()
        stream.direct(b"one")
        await stream.end()

    answer = await answered(app, EMPTY)
    assert b"\r\naccess-control-allow-origin: app://x\r\n" in answer
    assert answer.endswith(b"\r\n\r\n3\r\none\r\n0\r\n\r\n")


async def echo(scope: Any, receive: Any, send: Any) -> None:
    body = await read_body(scope, receive)
    stream = Stream(scope, send)
    await stream.begin()
    await stream.long(b"%d %b" % (len(body), body[:4]))
    gone = scope["state"]["line"].gone()
    assert not gone.done()
    await stream.end()


@pytest.mark.parametrize("cut", [None, 1, 70_000])
@pytest.mark.parametrize("body", [b"{}", LARGE], ids=["small", "large"])
async def test_a_body_is_whole_however_it_comes(body: bytes, cut: int | None) -> None:
    head = HEAD + b"Content-Length: %d\r\n\r\n" % len(body)
    async with served(echo) as port:
        reader, writer = await asked(port, head if cut else head + body)
        if cut:
            for piece in (body[:cut], body[cut:]):
                await writer.drain()
                await asyncio.sleep(0.02)
                writer.write(piece)
        answer = await reader.readuntil(b"0\r\n\r\n")
        # And the connection serves again.
        writer.write(EMPTY)
        again = await reader.readuntil(b"\r\n0\r\n\r\n")
        writer.close()
    assert b"\r\n\r\n%x\r\n%d " % (len(b"%d %b" % (len(body), body[:4])), len(body)) in answer
    assert b"0 \r\n0\r\n\r\n" in again


async def test_a_client_that_waits_for_leave_gets_it() -> None:
    async with served(echo) as port:
        reader, writer = await asked(port, HEAD + b"Expect: 100-continue\r\nContent-Length: 4\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"abcd")
        assert b"4 abcd" in await reader.readuntil(b"0\r\n\r\n")
        writer.close()


async def test_who_leaves_after_a_body_was_taken_is_known_to_have_left() -> None:
    told = asyncio.get_running_loop().create_future()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert await read_body(scope, receive) == b"{}"
        gone = scope["state"]["line"].gone()
        told.set_result((await receive())["type"])
        await gone
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async with served(app) as port:
        _, writer = await asked(port, HEAD + b"Content-Length: 2\r\n\r\n{}")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
        assert await told == "http.disconnect"
