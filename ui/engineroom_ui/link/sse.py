"""Server-sent events: bytes in, events out. Pure; the same parser reads ``/control/events`` and a chat stream."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SseEvent:
    """One event: the ``event`` field (``message`` when absent) and the joined ``data`` lines."""

    name: str
    data: bytes


class SseParser:
    """Takes pieces of a stream, cut anywhere; lines may end in CR, LF or both."""

    def __init__(self) -> None:
        self._rest = b""
        self._after_cr = False
        self._name = ""
        self._data: list[bytes] = []

    def feed(self, piece: bytes) -> list[SseEvent]:
        """Events that ``piece`` completes, in order. Comment lines are swallowed."""
        if self._after_cr and piece.startswith(b"\n"):
            piece = piece[1:]
        if piece:
            self._after_cr = piece.endswith(b"\r")
        text = (self._rest + piece).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, self._rest = text.split(b"\n")
        events = (self._line(line) for line in lines)
        return [event for event in events if event is not None]

    def _line(self, line: bytes) -> SseEvent | None:
        if not line:
            return self._dispatch()
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            self._data.append(value)
        elif field == b"event":
            self._name = value.decode("utf-8", "replace")
        return None

    def _dispatch(self) -> SseEvent | None:
        name, data = self._name, self._data
        self._name, self._data = "", []
        return SseEvent(name=name or "message", data=b"\n".join(data)) if data else None
