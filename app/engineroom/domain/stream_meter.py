"""Watching a stream of server-sent events go by: first token, tokens, usage.

Bytes are forwarded as they came, in whole events, except the usage chunk that we asked for and the caller did not.
"""

import json
import re
from dataclasses import dataclass

MAX_HELD_BYTES = 4 * 2**20
"""An event larger than this is forwarded unread."""

_EVENT_END = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_TOKEN = re.compile(rb'"(?:content|reasoning_content|reasoning|text|arguments)":\s?"(?!")')
_EMPTY_CHOICES = re.compile(rb'"choices":\s?\[\s?\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Token counts as the engine reported them; ``decode_tokens_per_s`` where it measured that itself."""

    prompt_tokens: int | None
    completion_tokens: int | None
    decode_tokens_per_s: float | None = None


class StreamMeter:
    """Meter of one stream.

    Args:
        withhold_usage: keep the usage chunk back, because the caller did not ask for it.
    """

    def __init__(self, *, withhold_usage: bool) -> None:
        self._withhold = withhold_usage
        self.held = b""
        """The beginning of an event whose end has not come."""
        self.token_events = 0
        self.first_token_at_s: float | None = None
        self.last_token_at_s: float | None = None
        self.usage: Usage | None = None

    def feed(self, block: bytes, now_s: float) -> bytes:
        """Take a block as it came from the engine at ``now_s``; return what the caller gets now.

        That is the very same object only where nothing was held before, and nothing is held back.
        """
        if not self.held and block.endswith(b"\n\n") and block.find(b"\n\n") == len(block) - 2 and b"\r" not in block:
            # One event, whole, as nearly all come.
            return block if self._read(block, now_s) else b""
        data = self.held + block if self.held else block
        kept: list[bytes] = []
        start = 0
        # What was held has no end in it, but may have the beginning of one.
        for end in _EVENT_END.finditer(data, max(0, len(self.held) - 3)):
            event = data[start : end.end()]
            if self._read(event, now_s):
                kept.append(event)
            start = end.end()
        self.held = data[start:]
        if len(self.held) > MAX_HELD_BYTES:
            kept.append(self.held)
            self.held = b""
        return b"".join(kept)

    def rest(self) -> bytes:
        """What is left when the engine's stream has ended."""
        rest, self.held = self.held, b""
        return rest

    @property
    def tokens_per_s(self) -> float | None:
        """Decode rate: tokens after the first over the time after the first; ``None`` below two tokens."""
        if self.first_token_at_s is None or self.last_token_at_s is None:
            return None
        tokens = self.completion_tokens
        seconds = self.last_token_at_s - self.first_token_at_s
        return (tokens - 1) / seconds if tokens > 1 and seconds > 0 else None

    @property
    def completion_tokens(self) -> int:
        """Tokens by the engine's count, or events seen so far while it has not said."""
        if self.usage is not None and self.usage.completion_tokens is not None:
            return self.usage.completion_tokens
        return self.token_events

    def _read(self, event: bytes, now_s: float) -> bool:
        """Account for one event; true if the caller gets it."""
        if _TOKEN.search(event):
            self.token_events += 1
            self.last_token_at_s = now_s
            if self.first_token_at_s is None:
                self.first_token_at_s = now_s
        if b'"usage"' in event:
            usage = usage_of(event.partition(b"data:")[2])
            if usage is not None:
                self.usage = usage
                return not (self._withhold and _EMPTY_CHOICES.search(event))
        return True


def usage_of(body: bytes) -> Usage | None:
    """Usage of a JSON answer or chunk; ``None`` if it has none."""
    try:
        tree = json.loads(body)
    except ValueError:
        return None
    usage = tree.get("usage") if isinstance(tree, dict) else None
    if not isinstance(usage, dict):
        return None
    timings = tree.get("timings")
    rate = timings.get("predicted_per_second") if isinstance(timings, dict) else None
    return Usage(
        prompt_tokens=_count(usage.get("prompt_tokens")),
        completion_tokens=_count(usage.get("completion_tokens")),
        decode_tokens_per_s=float(rate) if isinstance(rate, int | float) and rate > 0 else None,
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
