"""The one switch that lets prompts and answers be written down: for a limited time, and visibly."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from engineroom.domain.errors import Code, Problem
from engineroom.services.notices import NoticeBoard
from engineroom.services.ports import Clock, LogSink

MOST_MINUTES = 240
MOST_BYTES = 64 * 2**20


class Capture:
    """Off, or on until a time. While it is on, a notice says so wherever notices are shown.

    Args:
        sink: makes the file that is written to, and says where it is.
    """

    def __init__(self, *, clock: Clock, notices: NoticeBoard, sink: Callable[[], tuple[LogSink, str]]) -> None:
        self._clock = clock
        self._notices = notices
        self._make_sink = sink
        self._sink: LogSink | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._written = 0
        self.until_s: float | None = None
        self.path: str | None = None

    @property
    def on(self) -> bool:
        """Whether anything is written down now."""
        return self._sink is not None

    def start(self, minutes: float) -> None:
        """Write down what comes in the next ``minutes``."""
        self.stop()
        self._sink, self.path = self._make_sink()
        self._written = 0
        self.until_s = self._clock.unix_s() + minutes * 60
        self._timer = asyncio.get_running_loop().call_later(minutes * 60, self.stop)
        ends = time.strftime("%H:%M:%S", time.localtime(self.until_s))
        self._notices.put(Problem(code=Code.CAPTURE_ON, facts={"path": self.path, "ends": ends}))

    def stop(self) -> None:
        """Write no more. What was written stays until somebody removes it."""
        if self._timer is not None:
            self._timer.cancel()
        if self._sink is not None:
            self._sink.close()
        self._timer = self._sink = self.until_s = None
        self._notices.clear(Code.CAPTURE_ON)

    def around(self, request_id: str, path: str, receive: Any, send: Any) -> tuple[Any, Any]:
        """``receive`` and ``send`` of a request (ASGI), with what passes through them written down."""

        async def received() -> Any:
            message = await receive()
            self._write(request_id, path, ">", message.get("body", b""))
            return message

        async def sent(message: Any) -> None:
            self._write(request_id, path, "<", message.get("body", b""))
            await send(message)

        return received, sent

    def _write(self, request_id: str, path: str, direction: str, body: bytes) -> None:
        if self._sink is None or not body or path.startswith("/control"):
            return
        self._written += len(body)
        if self._written > MOST_BYTES:
            self.stop()
            return
        text = bytes(body).decode("utf-8", "replace").rstrip("\n")
        self._sink.write(f"{request_id} {direction} {text}")
