"""A llama.cpp that computes nothing and keeps time: each stream gets one chunk per beat, stamped when it is sent.

Put this folder first in PYTHONPATH of the daemon.  ``max_tokens`` of a request is the number of its chunks;
ENGINEROOM_FAKE_RATE is chunks per second and stream (50).  A chunk's content is its number and the monotonic clock in
nanoseconds (``"7 123456789 "``), so that who receives it knows what was lost and how long it was on the way.
``GET /open`` tells how many streams it is sending now.
"""

import asyncio
import json
import os
import sys
import threading
import time
from enum import IntEnum
from types import SimpleNamespace
from typing import Any

import uvloop

xllamacpp = SimpleNamespace(__file__=None)
BEAT_S = 1 / float(os.environ.get("ENGINEROOM_FAKE_RATE", "50"))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNK = (
    'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"tiny","choices":'
    '[{"index":0,"delta":{"content":"%d %d "},"finish_reason":null}]}\n\n'
)
ANSWERED = {"/v1/chat/completions", "/v1/completions", "/v1/chat/completions/input_tokens"}
FINISH = '{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"tiny","choices":[%s]%s}'


class ggml_backend_dev_type(IntEnum):  # noqa: N801 (the runtime's name)
    """Kinds of devices."""

    GGML_BACKEND_DEVICE_TYPE_CPU = 0


class ggml_type(IntEnum):  # noqa: N801 (the runtime's name)
    """Types of caches."""

    GGML_TYPE_F16 = 1


def get_device_info() -> list[dict[str, Any]]:
    """The processor."""
    return [{"name": "CPU", "type": ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU}]


class CommonParams(SimpleNamespace):
    """Takes whatever is set."""

    def __init__(self) -> None:
        parts = {name: SimpleNamespace() for name in ("model", "sampling", "cpuparams", "cpuparams_batch")}
        super().__init__(n_batch=0, **parts)


class Server:
    """Serves on a free port until the process ends."""

    def __init__(self, params: CommonParams) -> None:
        del params
        port: list[int] = []
        up = threading.Event()
        threading.Thread(target=uvloop.run, args=(_serve(port, up),), daemon=True).start()
        up.wait(10)
        self.listening_address = f"http://127.0.0.1:{port[0]}"
        print(f"listening on {self.listening_address}", file=sys.stderr, flush=True)


async def _serve(port: list[int], up: threading.Event) -> None:
    server = await asyncio.get_running_loop().create_server(_Line, "127.0.0.1", 0, backlog=1024)
    port.append(server.sockets[0].getsockname()[1])
    up.set()
    await server.serve_forever()


def framed(text: str) -> bytes:
    """One chunk of HTTP."""
    data = text.encode()
    return b"%x\r\n%b\r\n" % (len(data), data)


class _Line(asyncio.Protocol):
    """One connection; requests come one after the other."""

    streaming = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self.transport: Any = transport
        self.heard = b""
        self.timer: asyncio.TimerHandle | None = None

    def connection_lost(self, error: Exception | None) -> None:
        """The stream, if any, ends."""
        if self.timer is not None:
            self.timer.cancel()
            _Line.streaming -= 1

    def data_received(self, data: bytes) -> None:
        """A part of a request."""
        self.heard += data
        head, found, body = self.heard.partition(b"\r\n\r\n")
        if not found:
            return
        rows = head.lower().split(b"\r\n")
        length = next((int(row[15:]) for row in rows if row.startswith(b"content-length:")), 0)
        if len(body) >= length:
            self.heard = body[length:]
            self.answer(head.split(b" ", 2)[1].decode(), json.loads(body[:length] or b"{}"))

    def answer(self, path: str, asked: dict[str, Any]) -> None:
        """A stream, or a count, or a word."""
        if path == "/open":
            self.whole({"streaming": _Line.streaming})
            return
        if path not in ANSWERED:
            self.whole({"error": {"message": "no such route", "type": "not_found_error"}}, "404 Not Found")
            return
        most = asked.get("max_tokens") or asked.get("max_completion_tokens") or 1
        if type(most) is not int:
            self.whole({"error": {"message": "max_tokens must be a number", "type": "x"}}, "400 Bad Request")
            return
        if asked.get("stream"):
            _Line.streaming += 1
            usage = bool((asked.get("stream_options") or {}).get("include_usage"))
            self.transport.write(HEAD)
            self.beat(0, max(1, most), asyncio.get_running_loop().time(), usage)
            return
        tree: dict[str, Any] = {"usage": {"prompt_tokens": 1, "completion_tokens": 1}, "input_tokens": 1}
        tree["choices"] = [{"index": 0, "message": {"role": "assistant", "content": "."}, "finish_reason": "stop"}]
        self.whole(tree)

    def whole(self, tree: dict[str, Any], status: str = "200 OK") -> None:
        """One JSON answer."""
        body = json.dumps(tree).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)

    def beat(self, number: int, of: int, began_s: float, usage: bool) -> None:
        """One chunk now, the next a beat later."""
        if number == of:
            self.finish(of, usage)
            return
        self.transport.write(framed(CHUNK % (number, time.monotonic_ns())))
        loop = asyncio.get_running_loop()
        self.timer = loop.call_at(began_s + (number + 1) * BEAT_S, self.beat, number + 1, of, began_s, usage)

    def finish(self, of: int, usage: bool) -> None:
        """The end of a stream."""
        last = FINISH % ('{"index":0,"delta":{},"finish_reason":"stop"}', "")
        counts = FINISH % ("", f',"usage":{{"prompt_tokens":1,"completion_tokens":{of},"total_tokens":{of + 1}}}')
        text = f"data: {last}\n\n" + (f"data: {counts}\n\n" if usage else "") + "data: [DONE]\n\n"
        self.transport.write(framed(text) + b"0\r\n\r\n")
        self.timer = None
        _Line.streaming -= 1
