"""From an engine's connection to the client's, over real sockets: who does not read holds up his own answer alone."""

import asyncio
import contextlib
import itertools
import re
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from engineroom.adapters.upstream import EngineUpstream
from engineroom.domain.mould import Mould
from engineroom.domain.stream_meter import StreamMeter
from engineroom.gateway.reply import Reply
from engineroom.gateway.short_way import short_way
from engineroom.services.ports import Exchange
from fakes.scripted_server import Caller, ScriptedServer
from gateway.listening import listening

pytestmark = pytest.mark.asyncio(loop_factories=["asyncio", "uvloop"])

BLOCK = bytes(65536)
ROOM = b"x" * 4096
MOST_HELD_BYTES = 64 * 2**20
"""Of both connections, by both sides, the kernel's buffers included."""

PATIENCE_S = 60.0


class Endless:
    """An engine that never ends; it counts what it could send, by path."""

    def __init__(self) -> None:
        self.sent: dict[str, int] = {}
        self.ended = asyncio.Event()

    async def __call__(self, caller: Caller) -> None:
        path = (await caller.request()).split(b" ", 2)[1].decode()
        await caller.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                await caller.send(b"10000\r\n" + BLOCK + b"\r\n")
                self.sent[path] = self.sent.get(path, 0) + len(BLOCK)
        except ConnectionError:
            self.ended.set()

    async def held_up(self, path: str) -> int:
        """What was sent, once no more can be: many rounds of the loop bring nothing, however long each takes."""
        before, same = 0, 0
        while same < 20 or before == 0:
            await asyncio.sleep(0.005)
            same = same + 1 if self.sent.get(path, 0) == before else 0
            before = self.sent.get(path, 0)
        return before


class Tokens(Endless):
    """The same with events, each a number and much room."""

    async def __call__(self, caller: Caller) -> None:
        path = (await caller.request()).split(b" ", 2)[1].decode()
        await caller.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            for number in itertools.count():
                event = b'data: {"content":"%08d%b"}\n\n' % (number, ROOM)
                await caller.send(b"%x\r\n%b\r\n" % (len(event), event))
                self.sent[path] = self.sent.get(path, 0) + len(event)
                # The first ones so slowly that each is read by itself.
                await asyncio.sleep(0.005 if number < 50 else 0)
        except ConnectionError:
            self.ended.set()


class Pipe(Reply):
    """Hands an answer on, as the calls of the gateway do."""

    async def run(self, exchange: Exchange) -> None:
        await exchange.head()
        await self._start_stream()
        await exchange.pour(self._pass_on)


class ShortPipe(Pipe):
    """The same with the short way for tokens; ``taken`` counts them."""

    taken = 0

    async def run(self, exchange: Exchange) -> None:
        await exchange.head()
        await self._start_stream()
        meter, mould = StreamMeter(withhold_usage=True), Mould()
        offered = short_way(mould, meter, self._line, time.monotonic)
        assert offered is not None

        def counted(chunk: bytes) -> bool:
            taken = offered(chunk)
            ShortPipe.taken += taken
            return taken

        def sink(block: bytes) -> Awaitable[None] | None:
            data = meter.feed(block, 0.0)
            if data is block:
                mould.learn(block, meter.token_events)
            return self._pass_on(data) if data else None

        await exchange.pour(sink, counted)


@asynccontextmanager
async def gateway(engine: ScriptedServer, pipe: type[Pipe] = Pipe) -> AsyncIterator[int]:
    """A port of the real server, behind which answers come from the engine; its own end ends them."""
    upstream = EngineUpstream(port=engine.port, key="k")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        exchange = upstream.exchange("POST", scope["path"])
        scope["state"]["line"].gone().add_done_callback(lambda _: exchange.abort())
        with contextlib.suppress(ConnectionError):
            await pipe(scope, send).run(exchange)
        exchange.abort()
        await send({"type": "http.response.body", "body": b""})

    async with listening(app) as port:
        try:
            yield port
        finally:
            upstream.close()


async def ask(port: int, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode())
    return reader, writer


async def test_who_does_not_read_holds_up_his_own_answer_alone() -> None:
    engine = Endless()
    async with asyncio.timeout(PATIENCE_S), ScriptedServer(engine) as server, gateway(server) as port:
        slow, slow_writer = await ask(port, "/slow")
        held_up = await engine.held_up("/slow")
        assert held_up < MOST_HELD_BYTES
        other, other_writer = await ask(port, "/other")
        await other.readexactly(2 * held_up)
        assert engine.sent["/slow"] == held_up, "nothing more is taken in for him"
        other_writer.close()
        await slow.readexactly(2 * held_up)
        assert engine.sent["/slow"] > held_up, "when he reads again, it flows again"
        slow_writer.close()


async def test_who_leaves_ends_the_answer_even_if_he_never_read() -> None:
    engine = Endless()
    async with asyncio.timeout(PATIENCE_S), ScriptedServer(engine) as server, gateway(server) as port:
        _, writer = await ask(port, "/slow")
        await engine.held_up("/slow")
        writer.transport.abort()
        await asyncio.wait_for(engine.ended.wait(), PATIENCE_S)


async def test_tokens_stay_in_order_when_the_client_stops_and_reads_again() -> None:
    """From the short way to the long one and back, and nothing is lost, doubled, or held without bounds."""
    engine = Tokens()
    async with asyncio.timeout(PATIENCE_S), ScriptedServer(engine) as server, gateway(server, ShortPipe) as port:
        reader, writer = await ask(port, "/slow")
        for _ in range(2):
            held_up = await engine.held_up("/slow")
            assert held_up < MOST_HELD_BYTES
            assert ShortPipe.taken > 0
            text = b""
            while len(text) < held_up // 2:
                text += await reader.read(65536)
            numbers = [int(each) for each in re.findall(rb'"content":"(\d{8})', text)]
            assert len(numbers) > 100
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        writer.close()
