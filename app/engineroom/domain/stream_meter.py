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
_CONTENT = b'"content":"'
_CONTENT_BYTES = len(_CONTENT)
_QUOTE = ord('"')
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
        self._held = b""
        self.token_events = 0
        self.first_token_at_s: float | None = None
        self.last_token_at_s: float | None = None
        self.usage: Usage | None = None

    def plain(self, block: bytes, now_s: float) -> bool:
        """Whether a block is one whole event with a piece of text and nothing else in it that anybody looks for.

        Nearly all are. It is accounted for then, and handed on as it is; else :meth:`feed` has to read it.
        """
        if self._held or block.find(b"\n\n") != len(block) - 2:
            return False
        at = block.find(_CONTENT)
        if (
            at < 0
            or block[at + _CONTENT_BYTES] == _QUOTE
            or b"\r" in block
            or b'"usage"' in block
            or b'"error"' in block
            or b'"reasoning' in block
        ):
            return False
        self.token_events += 1
        self.last_token_at_s = now_s
        if self.first_token_at_s is None:
            self.first_token_at_s = now_s
        return True

    def feed(self, block: bytes, now_s: float) -> bytes:
        """Take a block as it came from the engine at ``now_s``; return what the caller gets now."""
        if not self._held and block.endswith(b"\n\n") and block.find(b"\n\n") == len(block) - 2 and b"\r" not in block:
            # One event, whole, as nearly all come.
            return block if self._read(block, now_s) else b""
        data = self._held + block if self._held else block
        kept: list[bytes] = []
        start = 0
        # What was held has no end in it, but may have the beginning of one.
        for end in _EVENT_END.finditer(data, max(0, len(self._held) - 3)):
            event = data[start : end.end()]
            if self._read(event, now_s):
                kept.append(event)
            start = end.end()
        self._held = data[start:]
        if len(self._held) > MAX_HELD_BYTES:
            kept.append(self._held)
            self._held = b""
        return b"".join(kept)

    def rest(self) -> bytes:
        """What is left when the engine's stream has ended."""
        rest, self._held = self._held, b""
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
