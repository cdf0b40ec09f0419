"""Chunks of a completion as lines of Ollama's API."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from engineroom.domain.dialects.chunks import (
    Counts,
    Json,
    Untranslatable,
    calls_of,
    counts_of,
    first_choice,
    reasoning_of,
    text_of,
)
from engineroom.domain.dialects.ollama_request import OllamaRequest

_NS_PER_MS, _NS_PER_S = 1_000_000, 1_000_000_000
_REASONS = {"length": "length"}


class OllamaAnswer:
    """One answer while it comes: feed chunks, send the lines.

    Args:
        model: as the caller named it.
        now: the time as text.
        clock_s: seconds that never go back.
    """

    stopped = False

    def __init__(
        self, asked: OllamaRequest, *, model: str, now: Callable[[], str], clock_s: Callable[[], float]
    ) -> None:
        self._asked = asked
        self._model = model
        self._now = now
        self._clock_s = clock_s
        self._began_s = clock_s()
        self._loaded_s: float | None = None
        self._first_s: float | None = None
        self._text: list[str] = []
        self._thought: list[str] = []
        self._calls: dict[int, list[str]] = {}
        self._finish: str | None = None
        self._counts: Counts | None = None
        self._timings: Mapping[str, Any] = {}

    def loaded(self) -> None:
        """The engine is there; what went before was loading."""
        self._loaded_s = self._clock_s()

    def begin(self) -> list[Json]:
        """Nothing opens a stream."""
        return []

    def keep_alive(self) -> list[Json]:
        """A line that says nothing."""
        return [self._line("")]

    def feed(self, chunk: Mapping[str, Any]) -> list[Json]:
        """Lines of one chunk."""
        self._counts = counts_of(chunk) or self._counts
        timings = chunk.get("timings")
        if isinstance(timings, dict):
            self._timings = timings
        choice = first_choice(chunk)
        if choice is None:
            return []
        if isinstance(choice.get("finish_reason"), str):
            self._finish = choice["finish_reason"]
        delta = choice.get("delta")
        if not isinstance(delta, dict):
            delta = {"content": choice.get("text")}
        return self._delta(delta)

    def finish(self) -> list[Json]:
        """Lines that close a stream. Raises Untranslatable if the engine never said that it was done."""
        lines = [self._line("", calls=calls)] if (calls := self._called()) else []
        return [*lines, {**self._line(""), **self._end()}]

    def whole(self) -> Json:
        """The answer as one object. Raises Untranslatable."""
        line = self._line("".join(self._text), thought="".join(self._thought), calls=self._called())
        return {**line, **self._end()}

    def nothing(self, reason: str) -> Json:
        """The answer to a request that asked for nothing but ``load`` or ``unload``."""
        return {**self._line(""), "done": True, "done_reason": reason}

    def _delta(self, delta: Json) -> list[Json]:
        thought = reasoning_of(delta) if self._asked.show_thinking else ""
        text = text_of(delta)
        for piece in calls_of(delta):
            parts = self._calls.setdefault(piece.index, ["", ""])
            parts[0] = parts[0] or piece.name
            parts[1] += piece.arguments
        if self._first_s is None and (thought or text or self._calls):
            self._first_s = self._clock_s()
        if not thought and not text:
            return []
        self._text.append(text)
        self._thought.append(thought)
        return [self._line(text, thought=thought)]

    def _called(self) -> list[Json]:
        calls = []
        for index, (name, text) in sorted(self._calls.items()):
            try:
                arguments = json.loads(text or "{}")
            except (ValueError, RecursionError) as error:
                raise Untranslatable("the arguments of a tool call are not JSON") from error
            if not name or not isinstance(arguments, dict):
                raise Untranslatable("a tool call without a name or without an object")
            calls.append({"function": {"index": index, "name": name, "arguments": arguments}})
        return calls

    def _line(self, text: str, *, thought: str = "", calls: list[Json] | None = None) -> Json:
        line: Json = {"model": self._model, "created_at": self._now()}
        if not self._asked.chat_form:
            line["response"] = text
            return line | ({"thinking": thought} if thought else {}) | {"done": False}
        message: Json = {"role": "assistant", "content": text}
        if thought:
            message["thinking"] = thought
        if calls:
            message["tool_calls"] = calls
        return line | {"message": message, "done": False}

    def _end(self) -> Json:
        if self._finish is None:
            raise Untranslatable("the answer ended without a reason")
        now_s = self._clock_s()
        ready_s = self._began_s if self._loaded_s is None else self._loaded_s
        first_s = now_s if self._first_s is None else self._first_s
        counts = self._counts
        return {
            "done": True,
            "done_reason": _REASONS.get(self._finish, "stop"),
            "total_duration": _ns(now_s - self._began_s),
            "load_duration": _ns(ready_s - self._began_s),
            "prompt_eval_count": None if counts is None else counts.prompt,
            "prompt_eval_duration": self._timed("prompt_ms", first_s - ready_s),
            "eval_count": None if counts is None else counts.completion,
            "eval_duration": self._timed("predicted_ms", now_s - first_s),
        }

    def _timed(self, name: str, otherwise_s: float) -> int:
        """Nanoseconds as the engine measured them, or as they were seen from here."""
        value = self._timings.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            return int(value * _NS_PER_MS)
        return _ns(otherwise_s)


def _ns(seconds: float) -> int:
    return max(0, int(seconds * _NS_PER_S))
