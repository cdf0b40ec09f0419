"""Several answers to one question, or to several, as llama.cpp gives them (seen with xllamacpp 2026.10.11549).

Each choice of a stream ends with a count of its own tokens, and a whole answer has the count of its first choice alone.
So the counts are added up here, and an answer that is wanted whole is put together from a stream.  That of several
prompts begins with an event that says nothing.  TensorRT-LLM counts right, except that a stream for several prompts has
the counts of each by themselves (seen in its ``serve/postprocess_handlers.py``, not run).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from engineroom.domain.dialects.chunks import Untranslatable
from engineroom.domain.dialects.sse import EventReader
from engineroom.domain.stream_meter import StreamMeter, Usage

_DONE = re.compile(rb"(?:^|(?<=\n)|(?<=\r))data: ?\[DONE\]")
_NOTHING = b"data: null"
_JOINED = ("content", "reasoning_content", "reasoning", "refusal")


class SeveralMeter(StreamMeter):
    """Meter of a stream with several choices. Each prompt is counted once; what it tells the caller too.

    Args:
        tell: end the stream with one chunk of counts.
        answers: choices to each prompt, of which those of the first come first.
        by_prompt: counts come by themselves, one for each prompt.
    """

    def __init__(self, *, tell: bool, answers: int, by_prompt: bool = False) -> None:
        super().__init__(withhold_usage=True)
        self._by_prompt = by_prompt
        self._tell = tell
        self._answers = answers
        self._counted: list[Usage] = []
        self._prompts: dict[int, int] = {}
        self._cached: dict[int, int] = {}
        self._last: dict[str, Any] = {}

    def feed(self, block: bytes, now_s: float) -> bytes:
        """Take a block as it came from the engine at ``now_s``; return what the caller gets now."""
        data = super().feed(block, now_s)
        if not self._tell or not self._last:
            return data
        done = _DONE.search(data)
        if done is None:
            return data
        counts = json.dumps({**self._last, "choices": [], "usage": self.counts()}, separators=(",", ":"))
        return data[: done.start()] + b"data: " + counts.encode() + b"\n\n" + data[done.start() :]

    @property
    def tokens_per_s(self) -> float | None:
        """Decode rate of one of them; ``None`` below two tokens."""
        together = super().tokens_per_s
        return None if together is None else together / max(1, len(self._counted))

    def counts(self) -> dict[str, Any]:
        """The tokens of all, as OpenAI counts them."""
        prompt = sum(self._prompts.values())
        completion = sum(one.completion_tokens or 0 for one in self._counted)
        return {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
            "prompt_tokens_details": {"cached_tokens": sum(self._cached.values())},
        }

    def _read(self, event: bytes, now_s: float) -> bool:
        if event.startswith(_NOTHING):
            return False
        before = self.usage
        kept = super()._read(event, now_s)
        if self._by_prompt and kept:
            self.usage = before  # That of a piece counts what has come so far.
        if self.usage is not before and self.usage is not None:
            self._counted.append(self.usage)
            self._note(json.loads(event.partition(b"data:")[2]), self.usage.prompt_tokens or 0)
            told = self.counts()
            self.usage = Usage(prompt_tokens=told["prompt_tokens"], completion_tokens=told["completion_tokens"])
        return kept

    def _note(self, chunk: Mapping[str, Any], tokens: int) -> None:
        self._last = {name: value for name, value in chunk.items() if name not in {"choices", "usage", "timings"}}
        details = chunk["usage"].get("prompt_tokens_details")
        cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
        of = next((row["index"] for row in chunk.get("choices") or ()), 0) // self._answers
        if self._by_prompt:
            of = len(self._counted)
        self._prompts[of] = max(tokens, self._prompts.get(of, 0))
        if isinstance(cached, int):
            self._cached[of] = min(cached, self._cached.get(of, cached))


def folded(data: bytes, meter: StreamMeter) -> bytes:
    """A stream of several choices, whole, as the one answer it makes. Raises Untranslatable."""
    answer = Folded()
    try:
        for event in EventReader().feed(data):
            if event != b"[DONE]":
                answer.feed(json.loads(event))
    except (ValueError, AttributeError, TypeError) as error:
        raise Untranslatable("a stream that is none") from error
    counts = meter.counts() if isinstance(meter, SeveralMeter) else {}
    return json.dumps(answer.answer(counts), separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


class Folded:
    """A stream of several choices as the one answer it makes."""

    def __init__(self) -> None:
        self._head: dict[str, Any] = {}
        self._choices: dict[int, dict[str, Any]] = {}

    def feed(self, chunk: Mapping[str, Any]) -> None:
        """Take a chunk, of a chat or of a text."""
        self._head = self._head or {name: value for name, value in chunk.items() if name not in {"choices", "usage"}}
        for row in chunk.get("choices") or ():
            choice = self._choices.setdefault(row.get("index", 0), {"finish_reason": None})
            choice["finish_reason"] = row.get("finish_reason") or choice["finish_reason"]
            if isinstance(row.get("text"), str):
                choice["text"] = choice.get("text", "") + row["text"]
            if isinstance(row.get("delta"), dict):
                _add(choice.setdefault("message", {"role": "assistant", "content": None}), row["delta"])
            if isinstance(row.get("logprobs"), dict):
                content = choice.setdefault("logprobs", {"content": []})["content"]
                content.extend(row["logprobs"].get("content") or ())

    def answer(self, usage: Mapping[str, Any]) -> dict[str, Any]:
        """The whole of it."""
        kind = str(self._head.get("object", "")).removesuffix(".chunk")
        choices = [{"index": index, **choice} for index, choice in sorted(self._choices.items())]
        return {**self._head, "object": kind, "choices": choices, "usage": usage}


def _add(message: dict[str, Any], delta: Mapping[str, Any]) -> None:
    for name in _JOINED:
        if isinstance(delta.get(name), str):
            message[name] = (message.get(name) or "") + delta[name]
    for piece in delta.get("tool_calls") or ():
        calls = message.setdefault("tool_calls", [])
        if piece.get("id"):
            calls.append({**{name: value for name, value in piece.items() if name != "index"}})
        elif calls:
            function = calls[-1]["function"] = dict(calls[-1]["function"])
            function["arguments"] = function.get("arguments", "") + piece.get("function", {}).get("arguments", "")
