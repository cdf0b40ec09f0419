"""Server-sent events out of blocks of bytes, however they are cut."""

import re
from collections.abc import Iterator

from engineroom.domain.dialects.chunks import Untranslatable

MAX_EVENT_BYTES = 32 * 2**20

_EVENT_END = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_LINE_END = re.compile(rb"\r\n|\n|\r")


class EventReader:
    """Takes blocks; gives the data of each event once it is whole."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, block: bytes) -> Iterator[bytes]:
        """Data of the events that this block completes. Raises Untranslatable for an event above 32 MiB."""
        data = self._held + block if self._held else block
        start = 0
        # What was held has no end in it, but may have the beginning of one.
        for end in _EVENT_END.finditer(data, max(0, len(self._held) - 3)):
            event = data[start : end.start()]
            start = end.end()
            payload = (
                event[6:] if event[:6] == b"data: " and b"\n" not in event and b"\r" not in event else _data(event)
            )
            if payload:
                yield payload
        self._held = data[start:]
        if len(self._held) > MAX_EVENT_BYTES:
            raise Untranslatable("an event without an end")


def _data(event: bytes) -> bytes:
    lines = (line for line in _LINE_END.split(event) if line.startswith(b"data:"))
    return b"\n".join(line[5:].removeprefix(b" ") for line in lines)
