"""The HTTP client that talks to engines, against a server that says exactly what the test wants."""

import asyncio
import logging

import pytest

from engineroom.adapters.upstream import EngineExchange, EngineUpstream
from engineroom.services.ports import NotSent
from fakes.scripted_server import Caller, ScriptedServer, always, once

pytestmark = pytest.mark.asyncio(loop_factories=["asyncio", "uvloop"])

BODY = b'{"choices":[]}'
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n" + BODY
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'5;ext=1;b="x;y"\r\nhello\r\n7\r\n, world\r\n0\r\nX-Trailer: 1\r\n\r\n'
)
UNTIL_CLOSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nhello, world"
PATIENCE_S = 60.0


async def read(exchange: EngineExchange) -> bytes:
    return b"".join([block async for block in exchange.blocks()])


async def ask(upstream: EngineUpstream, body: bytes = b"{}") -> tuple[int, dict[str, str], bytes]:
    exchange = upstream.exchange("POST", "/v1/completions", body)
    async with asyncio.timeout(PATIENCE_S):
        try:
            status, headers = await exchange.head()
            return status, headers, await read(exchange)
        finally:
            exchange.abort()


async def ask_once(*pieces: bytes, apart: bool = False, keep: bool = False) -> tuple[int, dict[str, str], bytes]:
    """One question to a server that answers ``pieces``."""
    async with ScriptedServer((always if keep else once)(*pieces, apart=apart)) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        try:
            return await ask(upstream)
        finally:
            upstream.close()


async def test_the_request_on_the_wire() -> None:
    seen: list[bytes] = []

    async def answer(caller: Caller) -> None:
        seen.append(await caller.request())
        await caller.send(WHOLE)

    async with ScriptedServer(answer) as server:
        upstream = EngineUpstream(port=server.port, key="secret")
        assert await ask(upstream, b'{"a":"\xc3\xa4"}') == (
            200,
            {"content-type": "application/json", "content-length": "14"},
            BODY,
        )
        upstream.close()
        head, _, body = seen[0].partition(b"\r\n\r\n")
        first, *headers = head.split(b"\r\n")
        assert (first, body) == (b"POST /v1/completions HTTP/1.1", b'{"a":"\xc3\xa4"}')
        assert sorted(headers) == sorted(
            [
                f"Host: 127.0.0.1:{server.port}".encode(),
                b"Authorization: Bearer secret",
                b"Content-Type: application/json",
                b"Content-Length: 10",
            ]
        )


@pytest.mark.parametrize(
    ("answer", "body"), [(WHOLE, BODY), (CHUNKED, b"hello, world"), (UNTIL_CLOSE, b"hello, world")]
)
async def test_the_cut_does_not_matter(answer: bytes, body: bytes) -> None:
    """One connection per cut, and one in single bytes."""
    for cut in range(1, len(answer), 3):
        status, _, got = await ask_once(answer[:cut], answer[cut:], apart=True)
        assert (status, got) == (200, body), cut
    single = [answer[at : at + 1] for at in range(len(answer))]
    assert (await ask_once(*single, apart=True))[2] == body


async def test_an_answer_without_a_body() -> None:
    assert await ask_once(b"HTTP/1.1 204 No Content\r\n\r\n", keep=True) == (204, {}, b"")
    assert (await ask_once(b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", keep=True))[::2] == (500, b"")


async def test_a_connection_is_used_again() -> None:
    async with ScriptedServer(always(WHOLE)) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        for _ in range(5):
            assert (await ask(upstream))[2] == BODY
        assert server.connections == 1
        upstream.close()


@pytest.mark.parametrize("extra", [b"Connection: close\r\n", b"X: y\r\n"])
async def test_a_connection_that_is_to_be_closed_is_not_used_again(extra: bytes) -> None:
    """Because the engine says so, or because it speaks HTTP/1.0."""
    version = b"HTTP/1.0" if extra == b"X: y\r\n" else b"HTTP/1.1"
    answer = version + b" 200 OK\r\n" + extra + b"Content-Length: 2\r\n\r\nok"
    async with ScriptedServer(always(answer)) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        assert [(await ask(upstream))[2] for _ in range(2)] == [b"ok", b"ok"]
        assert server.connections == 2
        upstream.close()


async def test_several_at_once_have_a_connection_each() -> None:
    async with ScriptedServer(always(WHOLE)) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        assert {answer[2] for answer in await asyncio.gather(*(ask(upstream) for _ in range(8)))} == {BODY}
        assert server.connections == 8
        upstream.close()


async def test_a_kept_connection_that_the_engine_closed_is_replaced_once() -> None:
    """The engine may give it up in the very moment it is used again."""

    async def closes_at_the_second(caller: Caller) -> None:
        await caller.request()
        await caller.send(WHOLE)
        await caller.request()

    async with ScriptedServer(closes_at_the_second) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        assert (await ask(upstream))[2] == BODY
        assert (await ask(upstream))[2] == BODY
        assert server.connections == 2
        upstream.close()


async def test_a_request_over_which_an_engine_died_is_not_one_that_was_never_sent() -> None:
    """Over a kept connection neither: whoever sends again what was never sent would end one engine after the other."""

    async def ends_at_the_second(caller: Caller) -> None:
        await caller.request()
        await caller.send(WHOLE)
        await caller.request()
        upstream.close()

    async with ScriptedServer(ends_at_the_second) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        await ask(upstream)
        with pytest.raises(ConnectionError) as caught:
            await ask(upstream)
        assert not isinstance(caught.value, NotSent)


async def test_an_engine_that_closes_every_time_is_not_asked_for_ever() -> None:
    async def closes(caller: Caller) -> None:
        await caller.request()

    async with ScriptedServer(always(WHOLE), closes) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        with pytest.raises(ConnectionError):
            async with ScriptedServer(closes) as other:
                await ask(EngineUpstream(port=other.port, key="k"))
        assert other.connections == 1
        upstream.close()


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED])
async def test_an_engine_that_dies_in_the_middle(answer: bytes) -> None:
    for cut in (1, 10, len(answer) - 20, len(answer) - 1):
        with pytest.raises(ConnectionError):
            await ask_once(answer[:cut])


async def test_what_came_before_the_end_is_handed_on() -> None:
    async with ScriptedServer(once(CHUNKED[:-30])) as server:
        exchange = EngineUpstream(port=server.port, key="k").exchange("POST", "/", b"")
        await exchange.head()
        blocks = exchange.blocks()
        assert (await anext(blocks)).startswith(b"hello")
        with pytest.raises(ConnectionError):
            await anext(blocks)
        exchange.abort()


async def test_a_body_without_length_that_is_reset_is_cut_short() -> None:
    async def resets(caller: Caller) -> None:
        await caller.request()
        await caller.send(UNTIL_CLOSE)
        await started.wait()
        caller.reset()

    started = asyncio.Event()
    async with ScriptedServer(resets) as server:
        exchange = EngineUpstream(port=server.port, key="k").exchange("POST", "/", b"")
        await exchange.head()
        started.set()
        with pytest.raises(ConnectionError):
            await read(exchange)
        exchange.abort()


@pytest.mark.parametrize(
    "garbage",
    [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\0" * 64, b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"],
)
async def test_garbage_is_a_connection_error(garbage: bytes) -> None:
    with pytest.raises(ConnectionError):
        await ask_once(garbage, keep=True)


async def test_garbage_in_the_middle_is_a_connection_error() -> None:
    with pytest.raises(ConnectionError):
        await ask_once(CHUNKED.replace(b"7\r\n,", b"zz\r\n,"), keep=True)


async def test_an_upgrade_is_a_connection_error(logged_warnings: list[logging.LogRecord]) -> None:
    upgrade = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
    with pytest.raises(ConnectionError):
        await ask_once(upgrade, keep=True)
    assert logged_warnings == []


@pytest.mark.parametrize("apart", [False, True])
async def test_interim_answers_are_passed_over(apart: bool) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    pieces = (early, WHOLE) if apart else (early + WHOLE,)
    status, headers, body = await ask_once(*pieces, apart=True, keep=True)
    assert (status, body) == (200, BODY)
    assert "link" not in headers


async def test_nobody_listens() -> None:
    async with ScriptedServer(always(WHOLE)) as server:
        port = server.port
    with pytest.raises(ConnectionError):
        await ask(EngineUpstream(port=port, key="k"))


async def test_after_close_there_is_nothing() -> None:
    async def hangs(caller: Caller) -> None:
        await caller.request()
        await caller.send(CHUNKED[:-30])
        await caller.until_gone()

    async with ScriptedServer(hangs) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        exchange = upstream.exchange("POST", "/", b"")
        await exchange.head()
        upstream.close()
        with pytest.raises(ConnectionError):
            await read(exchange)
        with pytest.raises(ConnectionError):
            await ask(upstream)


async def test_an_abort_is_seen_by_the_engine_at_once() -> None:
    """And whoever reads the answer is told."""
    gone = asyncio.Event()

    async def watches(caller: Caller) -> None:
        await caller.request()
        await caller.send(CHUNKED[:-30])
        await caller.until_gone()
        gone.set()

    async with ScriptedServer(watches) as server:
        exchange = EngineUpstream(port=server.port, key="k").exchange("POST", "/", b"")
        await exchange.head()
        blocks = exchange.blocks()
        assert (await anext(blocks)).startswith(b"hello")
        reading = asyncio.ensure_future(anext(blocks))
        await asyncio.sleep(0)
        exchange.abort()
        exchange.abort()
        with pytest.raises(ConnectionError):
            await reading
        async with asyncio.timeout(PATIENCE_S):
            await gone.wait()


async def test_an_abort_before_the_body_is_read_is_a_connection_error() -> None:
    """The caller may leave between the head and the first block."""
    async with ScriptedServer(always(WHOLE)) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        exchange = upstream.exchange("POST", "/", b"")
        await exchange.head()
        exchange.abort()
        with pytest.raises(ConnectionError):
            await anext(exchange.blocks())
        upstream.close()


async def test_an_abort_before_the_answer() -> None:
    async def hangs(caller: Caller) -> None:
        await caller.request()
        await caller.until_gone()

    async with ScriptedServer(hangs) as server:
        exchange = EngineUpstream(port=server.port, key="k").exchange("POST", "/", b"")
        asking = asyncio.ensure_future(exchange.head())
        async with asyncio.timeout(PATIENCE_S):
            while server.connections == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            exchange.abort()
            with pytest.raises(ConnectionError):
                await asking


async def test_a_reader_that_does_not_read_holds_the_engine_back() -> None:
    """Of an endless answer only a bounded part is held; when it is read again, it flows again."""
    sent = 0
    block = b"10000\r\n" + bytes(65536) + b"\r\n"

    async def endless(caller: Caller) -> None:
        nonlocal sent
        await caller.request()
        await caller.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await caller.send(block)
            sent += len(block)

    async with ScriptedServer(endless) as server:
        exchange = EngineUpstream(port=server.port, key="k").exchange("POST", "/", b"")
        await exchange.head()
        blocks = exchange.blocks()
        await anext(blocks)
        before = -1
        while sent != before:
            before = sent
            await asyncio.sleep(0.1)
        assert sent < 64 * 2**20
        held = len(await anext(blocks))
        assert held < 2 * 2**20
        got = held
        while sent == before:
            got += len(await anext(blocks))
        exchange.abort()
        await blocks.aclose()


async def test_a_large_answer_that_nobody_read_does_not_spoil_its_connection() -> None:
    """The next request must not be given a connection that does not listen any more."""
    large = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + bytes(1_000_000)
    async with ScriptedServer(always(large)) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        for _ in range(3):
            exchange = upstream.exchange("POST", "/", b"")
            await exchange.head()
            await asyncio.sleep(0.05)
            exchange.abort()
        assert len((await ask(upstream))[2]) == 1_000_000
        upstream.close()


async def test_an_answer_that_ends_where_reading_pauses_does_not_spoil_its_connection() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + bytes(300_000)
    async with ScriptedServer(always(answer)) as server:
        upstream = EngineUpstream(port=server.port, key="k")
        exchange = upstream.exchange("POST", "/", b"")
        await exchange.head()
        connection = exchange._connection
        assert connection is not None
        async with asyncio.timeout(PATIENCE_S):
            while not connection.complete:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert connection._paused, "this test is about a connection that is complete and paused"
        exchange.abort()
        async with asyncio.timeout(PATIENCE_S):
            assert len((await ask(upstream))[2]) == 300_000
        upstream.close()
