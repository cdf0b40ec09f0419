"""Connections with small limits, over real sockets: what uvicorn alone would not cut."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from engineroom.gateway.limits import ConnectionLimits
from gateway.listening import listening

FAST = ConnectionLimits(patience_s=0.4, sweep_s=0.05, stuck_s=0.4, per_peer=4, head_bytes=2000)
PATIENCE_S = 60.0
LONG_ANSWER = b"x" * 65536


async def app(scope, receive, send) -> None:
    """Reads the body, then answers; ``/endless`` until the client is gone."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while scope["path"] == "/endless":
        await send({"type": "http.response.body", "body": LONG_ANSWER, "more_body": True})
        if (await asyncio.wait({watch := asyncio.ensure_future(receive())}, timeout=0))[0]:
            return
        watch.cancel()
    target = str(scope["state"].get("target", "")).encode()
    await send({"type": "http.response.body", "body": b"done " + target})


@asynccontextmanager
async def served(limits: ConnectionLimits = FAST) -> AsyncIterator[int]:
    async with listening(app, limits=limits) as port:
        yield port


async def answer(port: int, *pieces: bytes, pause_s: float = 0.0) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(pause_s)
        return await asyncio.wait_for(reader.read(65536), PATIENCE_S)
    except ConnectionError:
        return b""
    finally:
        writer.close()


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "start",
    [b"", b"GE", HEAD, HEAD + b"Content-Length: 10\r\n\r\n", HEAD + b"Content-Length: 10\r\n\r\n123"],
    ids=["nothing", "no line", "no head", "no body", "half a body"],
)
async def test_who_stops_sending_is_cut(start: bytes) -> None:
    async with served() as port:
        assert (await answer(port, start)).startswith(b"HTTP/1.1 408 ")


async def test_patience_begins_when_the_client_comes() -> None:
    """Connections are made ahead of their clients."""
    async with served() as port:
        for _ in range(2):
            assert (await answer(port, HEAD + b"\r\n")).startswith(b"HTTP/1.1 200 ")
            await asyncio.sleep(FAST.patience_s + 4 * FAST.sweep_s)
        assert (await answer(port, b"", HEAD + b"\r\n", pause_s=2 * FAST.sweep_s)).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("start", [HEAD, HEAD + b"Content-Length: 1000\r\n\r\n"], ids=["head", "body"])
async def test_who_drips_is_cut(start: bytes, logged_warnings) -> None:
    """What it still sends meets a closed connection, which may cost it the answer."""
    async with served() as port:
        said = await answer(port, start, *([b"X"] * 30), pause_s=0.03)
    assert said == b"" or said.startswith(b"HTTP/1.1 408 ")


async def test_honest_requests_are_answered_one_after_another() -> None:
    async with served() as port:
        request = HEAD + b"Content-Length: 2\r\n\r\nhi"
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for pause_s in (0.0, 0.6):
            await asyncio.sleep(pause_s)
            writer.write(request)
            assert b"done" in await reader.readuntil(b"0\r\n\r\n")
        writer.close()


@pytest.mark.parametrize("line", [b"X: " + b"y" * 3000, b"X: y\r\n" * 500])
async def test_a_heavy_head_is_refused(line: bytes, logged_warnings) -> None:
    async with served() as port:
        assert (await answer(port, HEAD, line)).startswith(b"HTTP/1.1 431 ")
        assert (await answer(port, HEAD + line + b"\r\n\r\n")).startswith(b"HTTP/1.1 431 ")


async def test_what_is_not_http_gets_our_form_of_error(logged_warnings) -> None:
    async with served() as port:
        said = await answer(port, b"\x16\x03\x01 hello\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 400 ")
    assert b'"code":"invalid_request"' in said


async def test_a_target_with_a_host_is_told() -> None:
    async with served() as port:
        assert b"evil.example" in await answer(port, b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n")


async def test_a_client_that_never_reads_is_cut(logged_warnings) -> None:
    async with served() as port:
        with socket.create_connection(("127.0.0.1", port)) as wire:
            wire.sendall(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
            await asyncio.sleep(1.5)
            wire.setblocking(False)
            loop = asyncio.get_running_loop()
            with contextlib.suppress(ConnectionError):
                async with asyncio.timeout(PATIENCE_S):
                    while await loop.sock_recv(wire, 65536):
                        pass


async def test_a_peer_has_so_many_connections_and_no_more(logged_warnings: list[logging.LogRecord]) -> None:
    """The next is told so at once; what it has sent by then may cost it the answer, so this one sends nothing."""
    async with served(replace(FAST, patience_s=2 * PATIENCE_S)) as port, asyncio.timeout(PATIENCE_S):
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
        for _ in range(3):
            said = await answer(port, b"")
            assert said.startswith(b"HTTP/1.1 429 ")
            assert b"retry-after: " in said
            assert b"has 4 connections to this address already" in said
        assert [record.getMessage() for record in logged_warnings] == ["too_many_connections"]
        for _, writer in held:
            writer.close()
        while b"done" not in await answer(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
