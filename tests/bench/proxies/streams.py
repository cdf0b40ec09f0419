"""Streams of the metronome engine, as a client sees them: what is lost, and how long each chunk was on the way."""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

STAMP = re.compile(rb'"content":"(\d+) (\d+) "')
PATIENCE_S = 60.0


@dataclass
class Seen:
    """What one stream, or several together, brought. Times in seconds."""

    ttft_s: list[float] = field(default_factory=list)
    on_the_way_s: list[float] = field(default_factory=list)
    gaps_s: list[float] = field(default_factory=list)
    lost: int = 0

    def add(self, other: "Seen") -> None:
        """Take in another."""
        self.ttft_s += other.ttft_s
        self.on_the_way_s += other.on_the_way_s
        self.gaps_s += other.gaps_s
        self.lost += other.lost


class Listener(asyncio.Protocol):
    """One streamed request on a connection of its own.

    Args:
        request: head and body.
        chunks: how many must come, in order.
        pause_s: how long to stop reading after each block: a client that is slow.
    """

    def __init__(self, request: bytes, chunks: int, *, pause_s: float = 0.0) -> None:
        self._request = request
        self._chunks = chunks
        self._pause_s = pause_s
        self._rest = b""
        self._next = 0
        self._last_s = 0.0
        self._began_s = 0.0
        self.seen = Seen()
        self.done: asyncio.Future[Seen] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        self._transport: Any = transport
        self._began_s = time.monotonic()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Some chunks, or parts of one."""
        now_s = time.monotonic()
        text = self._rest + data
        end = 0
        for found in STAMP.finditer(text):
            self._chunk(int(found[1]), int(found[2]) / 1e9, now_s)
            end = found.end()
        self._rest = text[max(end, len(text) - 400) :]
        if b"data: [DONE]" in self._rest:
            self._finish()
        elif self._pause_s:
            self._transport.pause_reading()
            asyncio.get_running_loop().call_later(self._pause_s, self._transport.resume_reading)

    def connection_lost(self, error: Exception | None) -> None:
        """The other side has left; what is missing is lost."""
        self._finish()

    def _chunk(self, number: int, sent_s: float, now_s: float) -> None:
        if number != self._next:
            self.seen.lost = 1
        self._next = number + 1
        self.seen.on_the_way_s.append(now_s - sent_s)
        if number == 0:
            self.seen.ttft_s.append(now_s - self._began_s)
        else:
            self.seen.gaps_s.append(now_s - self._last_s)
        self._last_s = now_s

    def _finish(self) -> None:
        if self.done.done():
            return
        if self._next != self._chunks:
            self.seen.lost = 1
        self.done.set_result(self.seen)
        self._transport.close()


def request(port: int, key: str, model: str, chunks: int) -> bytes:
    """Head and body of a streamed chat."""
    messages = [{"role": "user", "content": "Count."}]
    body = json.dumps({"model": model, "stream": True, "max_tokens": chunks, "messages": messages}).encode()
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def listen(port: int, asked: bytes, chunks: int, *, pause_s: float = 0.0) -> Seen:
    """One stream, to its end; a stream that does not end in time is lost."""
    loop = asyncio.get_running_loop()
    _, protocol = await loop.create_connection(lambda: Listener(asked, chunks, pause_s=pause_s), "127.0.0.1", port)
    try:
        return await asyncio.wait_for(asyncio.shield(protocol.done), PATIENCE_S + chunks * 0.05)
    except TimeoutError:
        protocol.connection_lost(None)
        return protocol.seen
