"""HTTP/1.1 to an engine: an asyncio protocol over httptools, with kept-alive connections and back-pressure.

General clients cost several times as much per streamed block; this path is what the gateway does all day.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import cast

import httptools

from engineroom.services.ports import NotSent, Offered, Sink

_HIGH_WATER_BYTES = 256 * 1024
# How long an idle one may be used again is for the engine to say, which closes it: llama.cpp's server after 5 s. It is
# not kept from others by 40 that are idle.
_IDLE_CONNECTIONS = 32
_CONNECT_S = 5.0


class _Connection(asyncio.Protocol):
    """One connection. It serves one exchange at a time; ``on_free`` is told when the next may use it."""

    def __init__(self, pool: "EngineUpstream") -> None:
        self._pool = pool
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._paused = False
        self._blocks: deque[bytes] = deque()
        self._held_bytes = 0
        self._wake: asyncio.Future[None] | None = None
        self._sink: Sink | None = None
        self._offered: Offered | None = None
        # The same, while the parser stands between two chunks and nothing waits.
        self._short: Offered | None = None
        self._slow: asyncio.Future[None] | None = None
        self._headers: dict[str, str] = {}
        self.status: int | None = None
        self.complete = False
        self.lost: Exception | None = None
        self.keep_alive = False
        self.answered = False
        self.pulse = 0

    # -- asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not subclasses of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.pulse += 1
        if self._short is not None:
            if self._short(data):
                return
            self._short = None
        self.answered = True
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self.abort(ConnectionError(f"not HTTP: {error}"))
            return
        if self._sink is not None:
            by_itself = self._offered is not None and _is_one_chunk(data, self._blocks)
            self._pour()
            if by_itself and self._slow is None and not self._blocks:
                self._short = self._offered
            if not self.complete:
                return
        elif self._held_bytes > _HIGH_WATER_BYTES:
            self._pause()
        self._notify()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.lost is None:
            self.lost = exc or ConnectionResetError("the engine closed the connection")
            # A body without a length ends with the connection, if that was closed in good order.
            if exc is None and self.status is not None and not self._has_length():
                self.complete = True
        self._notify()

    # -- httptools callbacks

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status >= 200:
            self.status = status

    def on_body(self, body: bytes) -> None:
        self._blocks.append(body)
        self._held_bytes += len(body)

    def on_message_complete(self) -> None:
        if self.status is None:
            # An interim answer (1xx); the real one follows.
            self._headers = {}
            return
        self.complete = True
        self.keep_alive = bool(self._parser.should_keep_alive())

    # -- used by an exchange

    @property
    def usable(self) -> bool:
        return self.lost is None and self._transport is not None and not self._transport.is_closing()

    @property
    def clean(self) -> bool:
        """Whether the answer is complete and nothing of it is still on its way through here."""
        return self.complete and not self._blocks and not self._paused and self._slow is None

    @property
    def headers(self) -> dict[str, str]:
        return self._headers

    def send(self, data: bytes) -> None:
        """Begin an exchange."""
        self._parser = httptools.HttpResponseParser(self)
        self._headers = {}
        self._blocks.clear()
        self._held_bytes = 0
        self._short = None
        self.status = None
        self.complete = self.keep_alive = self.answered = False
        if self._transport is not None:
            self._transport.write(data)

    def take(self) -> bytes:
        """Everything of the body that has arrived; reading goes on if it was paused."""
        body = b"".join(self._blocks) if len(self._blocks) != 1 else self._blocks[0]
        self._blocks.clear()
        self._held_bytes = 0
        if self._slow is None:
            self._resume()
        return body

    async def pour(self, sink: Sink, offered: Offered | None) -> None:
        """Hand every block on in the very callback that brings it; returns when the body or the connection ends.

        A chunk that comes by itself is offered first, and passes the parser by: the one before it proved that the
        parser stands between two chunks, where what was taken as a whole leaves it.  What the sink's awaitable raises
        is raised here; a sink that itself raises closes the connection.
        """
        self._sink, self._offered = sink, offered
        try:
            self._pour()
            while self._slow is not None or self._blocks or not (self.complete or self.lost is not None):
                if self._slow is not None and self._slow.done():
                    await self._slow
                if self._slow is None and self._blocks:
                    raise ConnectionError("a block could not be handed on")
                await self.changed()
        finally:
            self._sink = self._offered = self._short = None
            if self._slow is not None:
                self._slow.cancel()

    def _pour(self) -> None:
        if self._sink is None or not self._blocks or self._slow is not None:
            return
        # A sink that raises leaves its block here, which is how pour() knows.
        rest = self._sink(b"".join(self._blocks))
        self._blocks.clear()
        self._held_bytes = 0
        if rest is not None:
            self._pause()
            self._slow = asyncio.ensure_future(rest)
            self._slow.add_done_callback(self._went_on)

    def _went_on(self, slow: asyncio.Future[None]) -> None:
        if not slow.cancelled() and slow.exception() is None:
            self._slow = None
            try:
                self._pour()
            finally:
                self._notify()
            if self._slow is None:
                self._resume()
        self._notify()

    async def changed(self) -> None:
        """Wait until something arrives or the connection is lost."""
        self._wake = asyncio.get_running_loop().create_future()
        try:
            await self._wake
        finally:
            self._wake = None

    def abort(self, reason: Exception) -> None:
        if self.lost is None:
            self.lost = reason
        if self._transport is not None:
            self._transport.abort()
        self._notify()

    def _pause(self) -> None:
        if not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()

    def _resume(self) -> None:
        if self._paused and self._transport is not None and self.lost is None:
            self._paused = False
            self._transport.resume_reading()

    def _notify(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    def _has_length(self) -> bool:
        return "content-length" in self._headers or "chunked" in self._headers.get("transfer-encoding", "")


def _is_one_chunk(data: bytes, bodies: deque[bytes]) -> bool:
    """Whether a parser took the frame of one chunk, and its body, out of ``data`` and of nothing before it."""
    return len(bodies) == 1 and data == b"%x\r\n%b\r\n" % (len(bodies[0]), bodies[0])


class EngineExchange:
    """One request and its answer; see :class:`engineroom.services.ports.Exchange`."""

    def __init__(self, pool: "EngineUpstream", data: bytes) -> None:
        self._pool = pool
        self._data = data
        self._connection: _Connection | None = None
        self._sent = self._reused = self._aborted = False

    async def begin(self) -> None:
        """Send the request."""
        connection, self._reused = await self._pool.connection()
        self._put(connection)

    async def head(self) -> tuple[int, dict[str, str]]:
        """Wait for status and headers.

        A kept-alive connection that the engine closed before answering is replaced once by a fresh one.
        """
        if not self._sent:
            await self.begin()
        connection = self._own()
        if await _status_of(connection) is None and self._reused and not connection.answered and not self._aborted:
            self._pool.give_back(connection)
            try:
                connection = await self._pool.connect()
            except NotSent as error:
                # It may have been this request that ended the engine.
                raise ConnectionError(str(error)) from error
            self._put(connection)
            await _status_of(connection)
        if connection.status is None:
            raise ConnectionError(str(connection.lost))
        return connection.status, connection.headers

    async def blocks(self) -> AsyncIterator[bytes]:
        """The body as it arrives; several blocks that arrived together come as one."""
        connection = self._own()
        while True:
            if body := connection.take():
                yield body
                continue
            if connection.complete:
                break
            if connection.lost is not None:
                raise ConnectionError(str(connection.lost))
            await connection.changed()
        self.abort()

    async def pour(self, sink: Sink, offered: Offered | None = None) -> None:
        """Hand the body on as it arrives, without a task in between."""
        connection = self._own()
        await connection.pour(sink, offered)
        if not connection.complete:
            raise ConnectionError(str(connection.lost))
        self.abort()

    def abort(self) -> None:
        """Give the connection back if the answer is complete, else close it."""
        self._aborted = True
        connection, self._connection = self._connection, None
        if connection is not None:
            self._pool.give_back(connection)

    def _own(self) -> _Connection:
        if self._connection is None:
            raise ConnectionAbortedError("the caller left")
        return self._connection

    def _put(self, connection: _Connection) -> None:
        if self._aborted:
            self._pool.give_back(connection)
            raise ConnectionAbortedError("the caller left")
        self._connection, self._sent = connection, True
        connection.send(self._data)


async def _status_of(connection: _Connection) -> int | None:
    """The status of its answer, once that has begun; ``None`` if the connection was lost before."""
    while connection.status is None and connection.lost is None:
        await connection.changed()
    return connection.status


class EngineUpstream:
    """Connections to one engine on a loopback port.

    Args:
        port: where it listens on 127.0.0.1.
        key: sent as a bearer token with every request.
    """

    def __init__(self, *, port: int, key: str) -> None:
        self._port = port
        self._headers = f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n".encode()
        self._idle: list[_Connection] = []
        self._all: set[_Connection] = set()
        self._closed = False
        self._past_pulse = 0

    @property
    def active(self) -> int:
        """Requests under way: connections that are not idle."""
        return len(self._all) - len(self._idle)

    @property
    def pulse(self) -> int:
        """Grows with everything that the engine sends."""
        return self._past_pulse + sum(connection.pulse for connection in self._all)

    def exchange(self, method: str, path: str, body: bytes = b"") -> EngineExchange:
        """Prepare a request with a JSON body. Nothing is sent before ``head()``."""
        head = f"{method} {path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n".encode()
        return EngineExchange(self, head + self._headers + b"\r\n" + body)

    async def connection(self) -> tuple[_Connection, bool]:
        """A connection, and whether it served before."""
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                return connection, True
            self._discard(connection)
        return await self.connect(), False

    async def connect(self) -> _Connection:
        """A fresh connection. Raises NotSent."""
        if self._closed:
            raise NotSent("the engine is being stopped")
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_CONNECT_S):
                _, connection = await loop.create_connection(lambda: _Connection(self), "127.0.0.1", self._port)
        except (OSError, TimeoutError) as error:
            raise NotSent(str(error)) from error
        self._all.add(connection)
        return connection

    def give_back(self, connection: _Connection) -> None:
        """Keep a connection whose answer is complete, or close it."""
        if connection.clean and connection.keep_alive and connection.usable and len(self._idle) < _IDLE_CONNECTIONS:
            self._idle.append(connection)
        else:
            self._discard(connection)

    def close(self) -> None:
        """Close every connection; exchanges under way end with ConnectionError."""
        self._closed = True
        for connection in list(self._all):
            self._discard(connection)

    def _discard(self, connection: _Connection) -> None:
        if connection in self._all:
            self._all.remove(connection)
            self._past_pulse += connection.pulse
        connection.abort(ConnectionResetError("the engine is being stopped"))
