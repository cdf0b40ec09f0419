"""How answers go out: whole, in ranges, cut, dripping or false."""

import json
import re
import socket
import struct
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakes.fake_hub.faults import Cut, Drip, Hold, Lie
from fakes.fake_hub.repo import BLOCK_BYTES, Content, FakeFile, blocks

if TYPE_CHECKING:
    from fakes.fake_hub.server import FakeHub

RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    query: str
    range: str | None
    token: str | None
    agent: str | None


class Sender(BaseHTTPRequestHandler):
    """A connection that knows how to send, and miscount nothing."""

    protocol_version = "HTTP/1.1"
    server: Any

    @property
    def hub(self) -> "FakeHub":
        return self.server.hub

    def log_message(self, *_: object) -> None:
        pass

    def content(self, file: FakeFile, headers: dict[str, str], name: str | None = None) -> None:
        """The bytes, or the range of them that was asked for."""
        path = urlsplit(self.path).path
        lie = self.hub.faults.take(path, Lie)
        content: Content = file.content
        if isinstance(lie, Lie):
            content = lied(content, lie)
        size, start, stop, status = len(content), 0, len(content), 200
        asked = RANGE.match(self.headers.get("Range", ""))
        if asked and not (isinstance(lie, Lie) and lie.ignore_range):
            start = int(asked[1])
            stop = min(size, int(asked[2]) + 1 if asked[2] else size)
            if start >= size:
                return self.reply(416, b"", {"Content-Range": f"bytes */{size}"})
            status = 206
            headers = {**headers, "Content-Range": f"bytes {start}-{stop - 1}/{size}"}
        self.send_response(status)
        for header, value in {**headers, "Content-Length": str(stop - start), "Accept-Ranges": "bytes"}.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command != "HEAD":
            self.pour(name or file.path, content, start, stop, path)
        return None

    def pour(self, name: str, content: Content, start: int, stop: int, path: str) -> None:
        cut, drip = self.hub.faults.take(path, Cut), self.hub.faults.take(path, Drip)
        end = min(stop, start + cut.after_bytes) if isinstance(cut, Cut) else stop
        size = drip.block_bytes if isinstance(drip, Drip) else BLOCK_BYTES
        held = self.hub.faults.take(path, Hold)
        begun = start
        for block in blocks(content, start, end):
            for at in range(0, len(block), size):
                if isinstance(held, Hold) and held.after_bytes <= (
                    self.hub.sent[name] if held.of_all else begun - start
                ):
                    held.go.wait()
                begun += len(block[at : at + size])
                self.send_counted(name, block[at : at + size], last=begun == end)
                if isinstance(drip, Drip):
                    time.sleep(size / drip.bytes_per_s)
        if isinstance(cut, Cut) and end < stop:
            if cut.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            raise ConnectionAbortedError

    def send_counted(self, name: str, piece: bytes, *, last: bool) -> None:
        """Counted as sent; the last one before, because who has all of it may look at once."""
        if last:
            self.hub.count(name, len(piece))
        self.connection.sendall(piece)
        if not last:
            self.hub.count(name, len(piece))

    def json(self, value: object, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(value).encode()
        self.hub.count(urlsplit(self.path).path, len(data))
        self.reply(200, data, {"Content-Type": "application/json", **(headers or {})})

    def reply(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for header, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def lied(content: Content, lie: Lie) -> Content:
    """Other content than was promised."""
    data = bytearray(content[:])
    if lie.flip_at is not None:
        data[lie.flip_at] ^= 0xFF
    return bytes(data) + bytes(lie.grown_by)
