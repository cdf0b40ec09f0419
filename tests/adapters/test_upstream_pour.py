"""The same client, handing the body on in the callback that receives it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest

from engineroom.adapters.upstream import EngineExchange, EngineUpstream, _Connection
from engineroom.services.ports import Offered, Sink
from fakes.scripted_server import Caller, ScriptedServer, always, once

pytestmark = pytest.mark.asyncio(loop_factories=["asyncio", "uvloop"])

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n"
PATIENCE_S = 60.0


@asynccontextmanager
async def asked(server: ScriptedServer) -> AsyncIterator[EngineExchange]:
    """An exchange whose head has come."""
    upstream = EngineUpstream(port=server.port, key="k")
    exchange = upstream.exchange("POST", "/", b"{}")
    try:
        await exchange.head()
        yield exchange
    finally:
        exchange.abort()
        upstream.close()
        await asyncio.sleep(0)


async def test_the_cut_does_not_matter() -> None:
    for cut in range(1, len(CHUNKED)):
        async with ScriptedServer(once(CHUNKED[:cut], CHUNKED[cut:], apart=True)) as server, asked(server) as exchange:
            got: list[bytes] = []
            await exchange.pour(got.append)
            exchange.abort()
        assert b"".join(got) == b"hello, world"


async def test_a_slow_sink_gets_one_block_at_a_time_and_loses_none() -> None:
    body = b"".join(b"1000\r\n" + bytes([number]) * 4096 + b"\r\n" for number in range(200)) + b"0\r\n\r\n"
    got: list[bytes] = []
    busy = False

    def sink(block: bytes) -> asyncio.Future[None]:
        nonlocal busy
        assert not busy, "a block came before the last one was done with"
        busy = True
        got.append(block)
        return asyncio.ensure_future(done())

    async def done() -> None:
        nonlocal busy
        await asyncio.sleep(0.001)
        busy = False

    async with (
        ScriptedServer(once(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)) as server,
        asked(server) as exchange,
    ):
        async with asyncio.timeout(PATIENCE_S):
            await exchange.pour(sink)
    assert b"".join(got) == b"".join(bytes([number]) * 4096 for number in range(200))
    assert not busy


async def test_a_sink_that_waits_holds_the_engine_back() -> None:
    sent = 0

    async def endless(caller: Caller) -> None:
        nonlocal sent
        await caller.request()
        await caller.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await caller.send(b"10000\r\n" + bytes(65536) + b"\r\n")
            sent += 65536

    async with ScriptedServer(endless) as server, asked(server) as exchange:
        pouring = asyncio.ensure_future(exchange.pour(lambda _block: asyncio.get_running_loop().create_future()))
        before = -1
        while sent != before:
            before = sent
            await asyncio.sleep(0.1)
        assert sent < 64 * 2**20
        pouring.cancel()
        await asyncio.gather(pouring, return_exceptions=True)


async def test_an_engine_that_dies_in_the_middle() -> None:
    got: list[bytes] = []
    async with ScriptedServer(once(CHUNKED[:-12])) as server, asked(server) as exchange:
        with pytest.raises(ConnectionError):
            await exchange.pour(got.append)
    assert b"".join(got).startswith(b"hello")


async def test_an_abort_ends_it() -> None:
    async def hangs(caller: Caller) -> None:
        await caller.request()
        await caller.send(CHUNKED[:-12])
        await caller.until_gone()

    async with ScriptedServer(hangs) as server, asked(server) as exchange:
        asyncio.get_running_loop().call_later(0.05, exchange.abort)
        with pytest.raises(ConnectionError):
            async with asyncio.timeout(PATIENCE_S):
                await exchange.pour(lambda _block: None)


class Full(Exception):
    """What a sink may raise."""


async def failing() -> None:
    raise Full


async def test_a_sink_that_breaks_at_a_later_block_closes_the_connection_and_is_logged(
    logged_warnings: list[logging.LogRecord],
) -> None:
    begun = asyncio.Event()

    async def in_two_parts(caller: Caller) -> None:
        await caller.request()
        await caller.send(CHUNKED[:-19])
        await begun.wait()
        await caller.send(CHUNKED[-19:])

    def sink(_block: bytes) -> None:
        if begun.is_set():
            raise Full
        begun.set()

    async with ScriptedServer(in_two_parts) as server, asked(server) as exchange:
        with pytest.raises(ConnectionError):
            async with asyncio.timeout(PATIENCE_S):
                await exchange.pour(sink)
    assert any("Full" in str(record.exc_info) for record in logged_warnings)


async def test_a_sink_that_fails_later_ends_it_with_its_error() -> None:
    async def hangs(caller: Caller) -> None:
        await caller.request()
        await caller.send(CHUNKED[:-12])
        await caller.until_gone()

    async with ScriptedServer(hangs) as server, asked(server) as exchange:
        with pytest.raises(Full):
            async with asyncio.timeout(PATIENCE_S):
                await exchange.pour(lambda _block: asyncio.ensure_future(failing()))


async def test_giving_up_a_complete_answer_does_not_spoil_its_connection() -> None:
    """The caller is slow, the engine is done, the caller leaves: the connection must serve the next."""
    async with ScriptedServer(always(CHUNKED)) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        exchange = upstream.exchange("POST", "/", b"{}")
        await exchange.head()
        never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        pouring = asyncio.ensure_future(exchange.pour(lambda _block: never))
        await asyncio.sleep(0.05)
        pouring.cancel()
        await asyncio.gather(pouring, return_exceptions=True)
        exchange.abort()
        again = upstream.exchange("POST", "/", b"{}")
        got: list[bytes] = []
        try:
            async with asyncio.timeout(PATIENCE_S):
                await again.head()
                await again.pour(got.append)
        finally:
            again.abort()
            upstream.close()
            await asyncio.sleep(0)
        assert b"".join(got) == b"hello, world"


HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Taker:
    """Takes every whole chunk that it is offered."""

    def __init__(self) -> None:
        self.offers: list[bytes] = []
        self.bodies: list[bytes] = []

    def offered(self, data: bytes) -> bool:
        self.offers.append(data)
        size, _, rest = data.partition(b"\r\n")
        if not size.isalnum() or len(rest) != int(size, 16) + 2 or not int(size, 16) or not rest.endswith(b"\r\n"):
            return False
        self.bodies.append(rest[:-2])
        return True

    def sink(self, block: bytes) -> None:
        self.bodies.append(block)


async def poured(sink: Sink, offered: Offered, pieces: Iterable[bytes]) -> None:
    """An answer whose pieces come just so; over a socket, some might come together."""
    connection = _Connection(EngineUpstream(port=1, key=""))
    connection.send(b"")
    pouring = asyncio.ensure_future(connection.pour(sink, offered))
    await asyncio.sleep(0)
    for piece in (HEAD, *pieces):
        connection.data_received(piece)
    async with asyncio.timeout(PATIENCE_S):
        await pouring


async def told(*pieces: bytes) -> Taker:
    """What is taken of an answer that comes in these pieces."""
    taker = Taker()
    await poured(taker.sink, taker.offered, pieces)
    return taker


async def test_a_chunk_by_itself_is_offered_once_another_has_come_so() -> None:
    taker = await told(b"5\r\nhello\r\n", b"7\r\n, world\r\n", b"1\r\n!\r\n", b"0\r\n\r\n")
    assert taker.bodies == [b"hello", b", world", b"!"]
    assert taker.offers == [b"7\r\n, world\r\n", b"1\r\n!\r\n", b"0\r\n\r\n"]


async def test_what_looks_like_a_chunk_in_the_middle_of_one_is_not_offered() -> None:
    """With its frame it would be taken for another, and without it the rest of the answer would be out of step."""
    inner = b"5\r\nhello\r\n"
    taker = await told(b"3\r\nabc\r\n", b"18\r\nwx", inner, inner, b"yz\r\n", b"0\r\n\r\n")
    assert b"".join(taker.bodies) == b"abcwx" + inner + inner + b"yz"
    assert inner not in taker.offers


async def test_a_size_that_came_in_two_parts_is_no_chunk_by_itself() -> None:
    taker = await told(b"3\r\nabc\r\n", b"1", b"5\r\nhello\r\n", b"0123456789abcd\r\n", b"0\r\n\r\n")
    assert b"".join(taker.bodies) == b"abchello\r\n0123456789abcd"
    assert b"5\r\nhello\r\n" not in taker.offers


async def test_the_cut_does_not_matter_to_who_is_offered_chunks() -> None:
    wire = b"".join(b"%x\r\n%b\r\n" % (size, b"x" * size) for size in (3, 1, 12, 3)) + b"0\r\n\r\n"
    for cut in range(1, len(wire)):
        assert b"".join((await told(wire[:cut], wire[cut:])).bodies) == b"x" * 19


async def test_the_next_answer_on_the_same_connection_is_offered_to_nobody_before() -> None:
    """Who was offered chunks of one answer gets none of the next."""
    first, second = Taker(), Taker()
    answer = (HEAD, b"5\r\nhello\r\n", b"1\r\n!\r\n", b"0\r\n\r\n")

    async def twice(caller: Caller) -> None:
        for _ in range(2):
            await caller.request()
            for piece in answer:
                await caller.send(piece)
                await asyncio.sleep(0.02)

    async with ScriptedServer(twice) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        try:
            for taker in (first, second):
                exchange = upstream.exchange("POST", "/", b"{}")
                await exchange.head()
                await exchange.pour(taker.sink, taker.offered)
                exchange.abort()
        finally:
            upstream.close()
            await asyncio.sleep(0)
    assert b"".join(first.bodies) == b"".join(second.bodies) == b"hello!"


async def test_while_the_sink_waits_nothing_is_offered() -> None:
    """What comes behind a block that is still on its way has to stay behind it."""
    order: list[bytes] = []
    waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def sink(block: bytes) -> asyncio.Future[None] | None:
        order.append(block)
        return waiting if block == b"slow!" else None

    def offered(data: bytes) -> bool:
        if data != b"4\r\nnext\r\n":
            return False
        assert waiting.done()
        order.append(b"next")
        return True

    asyncio.get_running_loop().call_later(0.05, waiting.set_result, None)
    await poured(sink, offered, (b"3\r\nabc\r\n", b"5\r\nslow!\r\n", b"4\r\nnext\r\n", b"0\r\n\r\n"))
    assert order == [b"abc", b"slow!", b"next"]


async def test_everything_that_comes_is_a_sign_of_life() -> None:
    async def three(caller: Caller) -> None:
        await caller.request()
        for piece in (HEAD, b"5\r\nhello\r\n", b"1\r\n!\r\n", b"1\r\n?\r\n"):
            await caller.send(piece)
            await asyncio.sleep(0.02)
        await caller.until_gone()

    async with ScriptedServer(three) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        exchange, taker, seen = upstream.exchange("POST", "/", b"{}"), Taker(), set()
        await exchange.head()
        pouring = asyncio.ensure_future(exchange.pour(taker.sink, taker.offered))
        async with asyncio.timeout(PATIENCE_S):
            while b"".join(taker.bodies) != b"hello!?":
                seen.add(upstream.pulse)
                await asyncio.sleep(0.001)
        before = upstream.pulse
        pouring.cancel()
        await asyncio.gather(pouring, return_exceptions=True)
        exchange.abort()
        upstream.close()
        await asyncio.sleep(0)
        assert min(seen) < before
        assert upstream.pulse == before, "it never goes back, and connections that are gone count too"
