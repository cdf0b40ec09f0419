"""The same client, handing the body on in the callback that receives it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from engineroom.adapters.upstream import EngineExchange, EngineUpstream
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
