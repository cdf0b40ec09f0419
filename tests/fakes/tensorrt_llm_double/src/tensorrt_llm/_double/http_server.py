"""HTTP/1.1 over asyncio: as much of uvicorn as a client can tell (reference 2.1, 2.6)."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from tensorrt_llm._double import log

KEEP_ALIVE_S = 5.0


@dataclass
class Request:
    """One request; ``gone()`` says whether its sender has hung up."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    gone: Callable[[], bool]

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)


@dataclass
class Response:
    """``body`` is whole, or a stream of pieces."""

    status: int = 200
    body: bytes | AsyncIterator[bytes] = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: Any, status: int = 200, **headers: str) -> Response:
    """``value`` as the body."""
    return Response(status, json.dumps(value).encode(), headers={k.replace("_", "-"): v for k, v in headers.items()})


Handler = Callable[[Request], Awaitable[Response]]


class HttpServer:
    """Listens on a socket that is bound already."""

    def __init__(self, sock: socket.socket, handler: Handler) -> None:
        self._sock, self._handler = sock, handler
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._connection, sock=self._sock)

    async def stop(self) -> None:
        """Close everything."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError, asyncio.CancelledError):
            pass  # the caller has left, has nothing more to ask, or the server ends
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer. Returns whether the connection goes on."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), KEEP_ALIVE_S)
        first, *rows = head.decode("latin-1").split("\r\n")
        try:
            method, target, version = first.split(" ")
        except ValueError:
            writer.write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\nInvalid HTTP request received.")
            return False
        headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rows if row)}
        if headers.get("expect") == "100-continue":
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path = target.split("?", 1)[0]
        gone = lambda: reader.at_eof() or writer.is_closing()  # noqa: E731
        response = await self._handler(Request(method, path, headers, body, gone))
        host, port = writer.get_extra_info("peername")[:2]
        phrase = HTTPStatus(response.status).phrase
        log.access(f'{host}:{port} - "{method} {target} {version}" {response.status} {phrase}')
        await _send(writer, response, head_only=method == "HEAD")
        return headers.get("connection", "").lower() != "close"


async def _send(writer: asyncio.StreamWriter, response: Response, *, head_only: bool) -> None:
    phrase = HTTPStatus(response.status).phrase
    rows = [f"HTTP/1.1 {response.status} {phrase}", "server: uvicorn"]
    if response.body:
        rows.append(f"content-type: {response.kind}")
    rows += [f"{name}: {value}" for name, value in response.headers.items()]
    if isinstance(response.body, bytes):
        rows.append(f"content-length: {len(response.body)}")
        writer.write("\r\n".join(rows).encode() + b"\r\n\r\n" + (b"" if head_only else response.body))
        await writer.drain()
        return
    rows.append("transfer-encoding: chunked")
    writer.write("\r\n".join(rows).encode() + b"\r\n\r\n")
    async with contextlib.aclosing(response.body) as pieces:
        async for piece in pieces:
            writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await writer.drain()
    writer.write(b"0\r\n\r\n")
    await writer.drain()
