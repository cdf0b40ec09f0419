"""Cutting a byte stream of a child's output into lines."""

import re

MAX_LINE_BYTES = 64 * 1024
_ENDS = re.compile(rb"\r\n|\n|\r")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


class LineSplitter:
    """Splits on line feed, carriage return or both; strips terminal colours; cuts lines longer than 64 KiB."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, block: bytes) -> list[str]:
        """Lines that are complete now. Empty lines are left out."""
        data = self._held + block
        # A carriage return at the very end may be half of "\r\n"; either way the line before it is complete.
        *complete, self._held = _ENDS.split(data)
        pieces = [piece for line in complete for piece in _cut(line)]
        *long, self._held = _cut(self._held)
        return [line for line in map(_text, [*pieces, *long]) if line]

    def rest(self) -> list[str]:
        """The last line, if the stream ended without an end of line."""
        held, self._held = self._held, b""
        return [line for line in [_text(held)] if line]


def _cut(line: bytes) -> list[bytes]:
    return [line[at : at + MAX_LINE_BYTES] for at in range(0, len(line), MAX_LINE_BYTES)] or [b""]


def _text(line: bytes) -> str:
    return _ANSI.sub("", line.decode("utf-8", "replace")).rstrip()
