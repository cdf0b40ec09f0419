"""What the calls of one route have in common, and what goes back to a client."""

import re
import secrets
from collections.abc import Awaitable

from engineroom.domain.notes import BETWEEN
from engineroom.domain.traits import Task
from engineroom.gateway.asgi import Line, Scope, Send, begin
from engineroom.gateway.auth import Caller
from engineroom.gateway.trtllm_dialect import Dialects
from engineroom.services.accounting import Accounting
from engineroom.services.engines import EngineRoom
from engineroom.services.ports import Clock, ImageFetcher
from engineroom.services.routing.router import NOBODY, Asker, Visit
from engineroom.services.traffic import TrafficMonitor
from engineroom.services.trait_book import TraitBook

_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
]
_MAX_NOTES_BYTES = 1000
_NOT_FOR_HEADERS = re.compile(rb"[^ -~]")


class Endpoint:
    """What the calls of one route have in common.

    Args:
        route: path at the gateway.
        engine_route: path at the engine.
        accounting: told of tokens as they come and of every request once it is over.
        dialects: of engines that do not take requests as they come.
        traits: of models.
        images: fetches those that requests name by an address; ``None`` where that is not allowed.
    """

    task: Task | None = Task.TEXT
    """What a model must have been made for; ``None`` where any will do."""

    light = False
    """Whether a request takes none of an engine's slots."""

    def __init__(
        self,
        *,
        route: str,
        engine_route: str,
        engines: EngineRoom,
        traffic: TrafficMonitor,
        clock: Clock,
        accounting: Accounting,
        traits: TraitBook,
        dialects: Dialects | None = None,
        images: ImageFetcher | None = None,
    ) -> None:
        self.images = images
        self.dialects = dialects
        self.traits = traits
        self.route = route
        self.engine_route = engine_route
        self.engines = engines
        self.traffic = traffic
        self.clock = clock
        self.accounting = accounting

    def visit(self, model: str, caller: Caller, *, silent: bool) -> Visit:
        """A request for a model has come; a ``silent`` client hears nothing while it waits. Raises EngineroomError."""
        key = caller.key
        asker = NOBODY if key is None else Asker(key.id, key.name, key.priority)
        return self.engines.visit(model, asker, light=self.light, silent=silent)


class Reply:
    """What goes back to a client: a head, once, and what follows."""

    stream_headers = _STREAM_HEADERS

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send = send
        state = scope.get("state", {})
        self._id: str = state.get("request_id") or f"req-{secrets.token_hex(8)}"
        self._line: Line | None = state.get("line")
        self._started = False
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._notes: list[str] = []
        self._notes_sent = 0

    def _note(self, text: str, *, instead_of: str | None = None) -> None:
        """Tell the client what became of its request, in a header; one that begins otherwise is replaced."""
        if instead_of is not None:
            self._notes = [note for note in self._notes if not note.startswith(instead_of)]
        if text not in self._notes:
            self._notes.append(text)

    def _said(self) -> bytes:
        """The notes that have not been sent yet, for a header or a comment; empty where there are none."""
        if len(self._notes) == self._notes_sent:
            return b""
        notes, self._notes_sent = self._notes[self._notes_sent :], len(self._notes)
        return _NOT_FOR_HEADERS.sub(b"?", BETWEEN.join(notes).encode())[:_MAX_NOTES_BYTES]

    async def _send_whole(self, status: int, kind: str, body: bytes) -> None:
        length = str(len(body)).encode()
        await self._start(status, [(b"content-type", kind.encode("latin-1")), (b"content-length", length)])
        await self._send({"type": "http.response.body", "body": body})

    async def _start_stream(self) -> None:
        if self._started:
            return
        headers = self._head_of(200, self.stream_headers)
        if self._line is not None and self._line.start(self._send, headers):
            self._send = self._line.send
        else:
            await self._send({"type": "http.response.start", "status": 200, "headers": headers})

    async def _start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        headers = self._head_of(status, headers)
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    def _head_of(self, status: int, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        self._started = True
        self._status = status
        headers = [*headers, *self._headers, (b"x-request-id", self._id.encode())]
        if notes := self._said():
            headers.append((b"x-engineroom-notes", notes))
        return headers

    async def _write(self, data: bytes) -> None:
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    def _pass_on(self, data: bytes) -> Awaitable[None] | None:
        """Write in the very callback that brings the data; what is left of it, if the client has to be waited for."""
        return None if self._line is not None and self._line.write(data) else begin(self._write(data))
