"""What one connection may cost: its headers, its patience, and how many of them a peer may hold."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.utils import is_ssl

from engineroom.domain.errors import Code, Problem
from engineroom.gateway.asgi import Headers, Message, Send
from engineroom.gateway.problems import bare_answer
from engineroom.services.beat import until_beat_s
from engineroom.services.event_log import EventLog

_OK, _IN_CHUNKS = b"HTTP/1.1 200 OK\r\n", b"transfer-encoding: chunked\r\n\r\n"
_log = EventLog("gateway")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionLimits:
    """How far a client may go.

    ``patience_s`` bounds the wait for a whole head, and for the next piece of a body; ``stuck_s`` how long a client may
    leave what was sent to it unread.
    """

    per_peer: int = 256
    head_bytes: int = 64 * 1024
    patience_s: float = 15.0
    least_bytes_per_s: int = 1024
    stuck_s: float = 300.0
    sweep_s: float = 1.0


class _Stage(Enum):
    HEAD = auto()
    BODY = auto()
    ANSWER = auto()


class Watch:
    """Looks after all connections of one door with a single timer."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        self._peers: dict[str, int] = {}
        self._crowding: set[str] = set()
        self._connections: set[LimitedProtocol] = set()
        self._timer: asyncio.TimerHandle | None = None

    def enter(self, connection: "LimitedProtocol", peer: str) -> bool:
        """A connection begins; false if its peer has too many."""
        many = self._peers[peer] = self._peers.get(peer, 0) + 1
        if many > self.limits.per_peer and peer not in self._crowding:
            self._crowding.add(peer)
            _log.warning("too_many_connections", peer=peer, most=self.limits.per_peer)
        self._connections.add(connection)
        if self._timer is None:
            self._arm()
        return many <= self.limits.per_peer

    def leave(self, connection: "LimitedProtocol", peer: str) -> None:
        """A connection has ended."""
        if connection not in self._connections:
            return
        self._connections.discard(connection)
        self._peers[peer] -= 1
        if self._peers[peer] <= self.limits.per_peer // 2:
            self._crowding.discard(peer)
        if not self._peers[peer]:
            del self._peers[peer]

    def _arm(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(until_beat_s(loop.time(), self.limits.sweep_s), self._sweep)

    def _sweep(self) -> None:
        self._timer = None
        for connection in tuple(self._connections):
            connection.look()
        if self._connections:
            self._arm()


class DirectLine:
    """The connection under one request, without messages in between; see :class:`engineroom.gateway.asgi.Line`."""

    def __init__(self, connection: "LimitedProtocol", cycle: RequestResponseCycle) -> None:
        self.flow = connection
        self._cycle = cycle
        self._head = b""

    def body(self) -> bytes | None:
        """The whole body, if it is here and nothing holds it up."""
        cycle = self._cycle
        if cycle.more_body or cycle.disconnected or cycle.flow.read_paused:
            return None
        body, cycle.body = bytes(cycle.body), bytearray()
        cycle.message_event.clear()
        return body

    def start(self, send: Send, headers: Headers) -> bool:
        """Begin an answer in chunks. Its head waits for the first of them until all that is at hand has been done."""
        cycle = self._cycle
        if send != cycle.send or cycle.response_started or not (cycle.keep_alive and self.flow.open):
            return False
        cycle.response_started = cycle.chunked_encoding = True
        cycle.waiting_for_100_continue = False
        lines = [b"%b: %b\r\n" % pair for pair in (*cycle.default_headers, *headers)]
        self._head = b"".join((_OK, *lines, _IN_CHUNKS))
        self.flow.loop.call_soon(self._send_head)
        return True

    async def send(self, message: Message) -> None:
        """Go on the long way."""
        self._send_head()
        await self._cycle.send(message)  # type: ignore[arg-type]

    def _send_head(self) -> None:
        head, self._head = self._head, b""
        if head and not self._cycle.transport.is_closing():
            self._cycle.transport.write(head)

    @property
    def _in_chunks(self) -> bool:
        cycle = self._cycle
        return bool(cycle.response_started and cycle.chunked_encoding and not cycle.response_complete)

    def framed(self) -> Callable[[bytes], None] | None:
        """What sends chunks with their frames."""
        return self._cycle.transport.write if self._in_chunks else None

    def write(self, data: bytes) -> bool:
        """Send a piece of an answer that has begun and goes out in chunks; false where it cannot be sent so now."""
        if not (self.flow.open and self._in_chunks):
            return False
        head, self._head = self._head, b""
        self._cycle.transport.write(b"%b%x\r\n%b\r\n" % (head, len(data), data))
        return True

    def gone(self) -> asyncio.Future[None]:
        """Done once the client has left."""
        gone: asyncio.Future[None] = self.flow.loop.create_future()
        if self._cycle.disconnected or self._cycle.transport.is_closing():
            gone.set_result(None)
        else:
            # After a large body nobody reads, and then nobody would see it leave.
            self._cycle.flow.resume_reading()
            self.flow.gone = gone
        return gone


class LimitedProtocol(HttpToolsProtocol):
    """uvicorn's connection with limits; it tells the guard of a request whose target names a host."""

    gone: asyncio.Future[None] | None = None
    open = True

    def __init__(self, *, watch: Watch, **of_uvicorn: Any) -> None:
        super().__init__(**of_uvicorn)
        self._watch = watch
        self._peer = ""
        self._stage = _Stage.HEAD
        self._since_s = self._heard_s = 0.0
        self._body_bytes = self._head_bytes = self._fresh_bytes = 0
        self._stuck_since_s: float | None = None
        self._lost = False
        self._refusal: Problem | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count the peer's connections.

        Done without uvicorn's own, which makes a socket to ask for both addresses, and asks four times for what it
        knows.
        """
        self.connections.add(self)
        self.transport = transport
        self.flow = FlowControl(transport)
        peer = transport.get_extra_info("peername")
        self.client = (str(peer[0]), int(peer[1])) if isinstance(peer, tuple) else None
        self.scheme = "https" if is_ssl(transport) else "http"
        self._peer = self.client[0] if self.client else ""
        self._since_s = self._heard_s = self.loop.time()
        if not self._watch.enter(self, self._peer):
            self._turn_away()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._lost, self.open = True, False
        self._watch.leave(self, self._peer)
        super().connection_lost(exc)
        if self.gone is not None and not self.gone.done():
            self.gone.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Read on, as long as the head stays small."""
        self._heard_s = self.loop.time()
        self._fresh_bytes = len(data)
        super().data_received(data)
        if self._stage is _Stage.HEAD and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > self._watch.limits.head_bytes:
                self._refuse(self._too_large())

    def on_message_begin(self) -> None:
        """A request begins."""
        self._stage, self._since_s = _Stage.HEAD, self._heard_s
        self._head_bytes = self._body_bytes = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Weigh the head, then hand the request on."""
        most = self._watch.limits.head_bytes
        if self._head_bytes + self._fresh_bytes > most:
            size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
            if size > most:
                self._refusal = self._too_large()
                raise ValueError(size)
        self._stage, self._since_s = _Stage.BODY, self._heard_s
        if not self.url.startswith(b"/"):
            self.scope["state"]["target"] = bytes(self.url)
        super().on_headers_complete()
        self.scope["state"]["line"] = DirectLine(self, self.cycle)

    def on_body(self, body: bytes) -> None:
        """Count what arrives."""
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is here; from now on we are the ones who take time."""
        self._stage = _Stage.ANSWER
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The client does not read."""
        self.open = False
        self._stuck_since_s = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """It reads again."""
        self.open = not self._lost
        self._stuck_since_s = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """The answer to what is not HTTP, or too much of it, in the form of all our errors."""
        self._refuse(self._refusal or Problem(code=Code.INVALID_REQUEST, facts={"reason": msg.rstrip(".")}))

    def look(self) -> None:
        """Cut the connection if its client takes too long."""
        limits, now_s = self._watch.limits, self.loop.time()
        if self.flow.read_paused:
            self._heard_s = self._since_s = now_s
        waited_s, silent_s = now_s - self._since_s, now_s - self._heard_s
        if self._stage is _Stage.HEAD:
            slow = waited_s > limits.patience_s
        elif self._stage is _Stage.BODY:
            allowed_s = limits.patience_s + self._body_bytes / limits.least_bytes_per_s
            slow = silent_s > limits.patience_s or waited_s > allowed_s
        else:
            slow = False
        if slow:
            self._refuse(Problem(code=Code.REQUEST_TOO_SLOW, facts={"waited_s": int(limits.patience_s)}))
        elif self._stuck_since_s is not None and now_s - self._stuck_since_s > limits.stuck_s:
            _log.warning("client_does_not_read", seconds=limits.stuck_s)
            self.transport.abort()

    def _turn_away(self) -> None:
        if self.scheme == "https":
            # An end of TLS that waits for the other side would be a connection more.
            self.transport.abort()
        else:
            self._refuse(Problem(code=Code.CONNECTIONS_MANY, facts={"most": self._watch.limits.per_peer}))

    def _too_large(self) -> Problem:
        return Problem(code=Code.HEADERS_TOO_LARGE, facts={"limit_bytes": self._watch.limits.head_bytes})

    def _refuse(self, problem: Problem) -> None:
        """Answer, unless an answer has begun or others are due before it, and close."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(bare_answer(problem))
        self.transport.close()
