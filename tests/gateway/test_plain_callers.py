"""Plain HTTP at an encrypted door: a word about it, and for everybody else nothing but what was before."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from engineroom.adapters.certificate import own_certificate
from engineroom.daemon.access_build import SPEAKS_HTTPS
from engineroom.gateway import server as server_module
from engineroom.gateway.problems import bare_answer
from engineroom.gateway.server import make_server

pytestmark = pytest.mark.asyncio(loop_factories=["asyncio", "uvloop"])

PATIENCE_S = 60.0
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def app(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"done"})


@asynccontextmanager
async def encrypted(folder: Path) -> AsyncIterator[tuple[int, ssl.SSLContext]]:
    """A port of an encrypted door, and what its clients trust."""
    certificate = own_certificate(folder, ["localhost"])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = make_server(app, tls=certificate.context(bare_answer(SPEAKS_HTTPS)))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        try:
            yield listener.getsockname()[1], ssl.create_default_context(cafile=certificate.certificate)
        finally:
            server.should_exit = True
            await serving


async def all_of(reader: asyncio.StreamReader) -> bytes:
    """What comes until the other side closes, however it does."""
    data = b""
    async with asyncio.timeout(PATIENCE_S):
        while not reader.at_eof():
            try:
                data += await reader.read(65536)
            except ConnectionError:
                break
    return data


@pytest.mark.parametrize("first", [1, 3, len(REQUEST)], ids=["a letter", "a method", "all"])
async def test_who_speaks_plain_http_is_told_so_once(first: int, tmp_path: Path) -> None:
    async with encrypted(tmp_path) as (port, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(REQUEST[:first])
        said = bare_answer(SPEAKS_HTTPS)
        async with asyncio.timeout(PATIENCE_S):
            assert await reader.readexactly(len(said)) == said
        writer.write(REQUEST[first:] + b"x" * 2**20)
        writer.write_eof()
        assert await all_of(reader) == b""
        writer.close()
    assert said.startswith(b"HTTP/1.1 400 ")
    assert b"https://" in said


async def test_who_was_told_and_stays_has_no_more_time_than_a_handshake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "HANDSHAKE_S", 3.0)

    async def said_to(port: int, start: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(start)
        said = await all_of(reader)
        writer.close()
        return said

    async with encrypted(tmp_path) as (port, _):
        said = await asyncio.gather(*(said_to(port, start) for start in (REQUEST, b"", b"\x16\x03")))
    assert said == [bare_answer(SPEAKS_HTTPS), b"", b""]


async def test_what_is_neither_is_told_nothing(tmp_path: Path) -> None:
    async with encrypted(tmp_path) as (port, _):
        for odd in (b"get / http/1.1\r\n\r\n", b"\x00" * 64, b"\x80GET / HTTP/1.1\r\n\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(odd)
            assert b"HTTP" not in await all_of(reader)
            writer.close()


async def test_who_speaks_tls_notices_nothing(tmp_path: Path) -> None:
    async with encrypted(tmp_path) as (port, trusted):
        silent = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusted, server_hostname="localhost")
            writer.write(REQUEST)
            assert b"done" in await all_of(reader)
            writer.close()
        silent[1].close()
