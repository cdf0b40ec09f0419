"""Small pieces of raw ASGI that the hot path is made of."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, MutableMapping, Sequence
from typing import Any, Protocol

from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.gateway.problems import encode_for, headers_of, status_of

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]

MAX_BODY_BYTES = 32 * 2**20
MAX_IMAGES_BYTES = 64 * 2**20
_MEDIA = (b'"image_url"', b'"input_image"', b'"image"', b'"images"', b'"input_audio"')


class Flow(Protocol):
    """Whether a client takes what it is sent."""

    open: bool
    """False from when it is too slow until it has caught up, and once it has left."""


class Line(Protocol):
    """What a server may put into the state of a request (``line``): its connection, for what is done at every token."""

    flow: Flow
    """Of the connection."""

    def body(self) -> bytes | None:
        """The body of the request where all of it is here; ``None`` where it has to be received message by message."""

    def start(self, send: Send, headers: Headers) -> bool:
        """Begin an answer of status 200 that goes out in chunks; its head goes with the first of them, if that is here.

        False where ``send`` is not the server's own, or where it has to be begun the long way.
        """

    async def send(self, message: Message) -> None:
        """The server's own ``send``, for an answer that was begun here."""

    def framed(self) -> Callable[[bytes], None] | None:
        """What sends chunks that have their frames already; ``None`` where the answer does not go out in chunks.

        Only to be used once a chunk has been sent, while the flow is open and the answer has not ended.
        """

    def write(self, data: bytes) -> bool:
        """Send a piece of an answer that has begun, at once; false where it has to go the long way."""

    def gone(self) -> asyncio.Future[None]:
        """Done once the client has left. To be asked for once the body has been read."""


class ClientGone(Exception):
    """The client closed its connection."""


def header(scope: Scope, name: bytes) -> str | None:
    """First value of a request header (lower-case name)."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return None


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """The whole request body.

    Raises:
        Rejected: ``request_too_large`` above 32 MiB (64 MiB with media in it).
        ClientGone: the client left while sending.
    """
    line: Line | None = scope.get("state", {}).get("line")
    whole = None if line is None else line.body()
    if whole is not None:
        return _measured(whole)
    declared = header(scope, b"content-length") or "0"
    if declared.isdigit() and int(declared[:20]) > MAX_IMAGES_BYTES:
        await _discard(receive)
        raise _too_large()
    blocks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        blocks.append(message.get("body", b""))
        size += len(blocks[-1])
        if size > MAX_IMAGES_BYTES:
            blocks.clear()
            await _discard(receive)
            raise _too_large()
        if not message.get("more_body", False):
            return _measured(b"".join(blocks))


def _measured(body: bytes) -> bytes:
    if len(body) > MAX_BODY_BYTES and (len(body) > MAX_IMAGES_BYTES or not any(word in body for word in _MEDIA)):
        raise _too_large()
    return body


def _too_large() -> Rejected:
    return Rejected(Code.REQUEST_TOO_LARGE, limit_bytes=MAX_BODY_BYTES)


async def _discard(receive: Receive) -> None:
    """Read a little further, so that most clients have finished sending and read the answer instead of a reset."""
    for _ in range(4096):
        message = await receive()
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


async def send_problem(send: Send, problem: Problem, *, request_id: str, path: str = "") -> None:
    """A whole error answer, in the form that clients of ``path`` know."""
    body = encode_for(path, problem, request_id)
    status = status_of(problem)
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"x-request-id", request_id.encode()),
    ]
    headers += [(name.encode(), value.encode()) for name, value in headers_of(problem).items()]
    if status == 413:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def without_body(send: Send) -> Send:
    """A way to send that ends with the head of an answer; what is sent after that goes nowhere."""

    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body"})

    return tell


def begin(work: Coroutine[Any, None, None]) -> Awaitable[None] | None:
    """Run a coroutine up to its first wait, without a task; what is left of it, if it had to wait."""
    try:
        waiting = work.send(None)
    except StopIteration:
        return None
    return _Rest(work, waiting)


class _Rest:
    """A coroutine already begun, to be awaited by a task."""

    def __init__(self, work: Coroutine[Any, None, None], waiting: Any) -> None:
        self._work = work
        self._waiting = waiting

    def __await__(self) -> Generator[Any, None, None]:
        while True:
            yield self._waiting
            try:
                self._waiting = self._work.send(None)
            except StopIteration:
                return


async def disconnected(receive: Receive) -> None:
    """Return when the client has left or the answer is complete."""
    while (await receive())["type"] != "http.disconnect":
        pass
