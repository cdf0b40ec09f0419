"""Chunks of a chat completion as events of Anthropic's Messages API."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from engineroom.domain.dialects.chunks import (
    CallPiece,
    Counts,
    Json,
    Untranslatable,
    calls_of,
    counts_of,
    first_choice,
    reasoning_of,
    text_of,
)
from engineroom.domain.dialects.messages_request import MessagesRequest
from engineroom.domain.dialects.signature import signature_of
from engineroom.domain.dialects.stop_watch import StopWatch

_REASONS = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use", "content_filter": "refusal"}


class MessagesAnswer:
    """One message while it comes: feed chunks, send the events. One block is open at a time.

    Args:
        new_id: a fresh id with a prefix.
    """

    def __init__(self, asked: MessagesRequest, *, model: str, new_id: Callable[[str], str]) -> None:
        self.id = new_id("msg")
        self.input_tokens: int | None = None
        self._asked = asked
        self._model = model
        self._new_id = new_id
        self._stops = StopWatch(asked.stops)
        self._blocks: list[Json] = []
        self._pieces: list[str] = []
        self._calls = 0
        self._open: str | None = None
        self._finish: str | None = None
        self._counts: Counts | None = None
        self._text_pieces = 0

    @property
    def stopped(self) -> bool:
        """Whether one of the caller's strings was met: the engine need not go on."""
        return self._stops.hit is not None

    def begin(self) -> list[Json]:
        """Events that open a stream; ``input_tokens`` should be known by now."""
        message = self._message(content=[], stop=None, usage=self._usage(0))
        return [{"type": "message_start", "message": message}, {"type": "ping"}]

    def keep_alive(self) -> list[Json]:
        """An event that says nothing."""
        return [{"type": "ping"}]

    def feed(self, chunk: Mapping[str, Any]) -> list[Json]:
        """Events of one chunk. Raises Untranslatable."""
        counts = counts_of(chunk)
        if counts is not None:
            self._counts = counts
        choice = first_choice(chunk)
        if choice is None or self.stopped:
            return []
        if isinstance(choice.get("finish_reason"), str):
            self._finish = choice["finish_reason"]
        delta = choice.get("delta")
        return self._delta(delta) if isinstance(delta, dict) and not self._asked.warming else []

    def finish(self) -> list[Json]:
        """Events that close a stream. Raises Untranslatable if the engine never said that it was done."""
        if self._finish is None and not self.stopped:
            raise Untranslatable("the answer ended without a reason")
        rest = self._stops.rest()
        events = [*(self._say(rest) if rest else []), *self._close()]
        stop = self._stop()
        delta = {"stop_reason": stop, "stop_sequence": self._stops.hit}
        usage = self._usage(self._output_tokens())
        return [*events, {"type": "message_delta", "delta": delta, "usage": usage}, {"type": "message_stop"}]

    def whole(self) -> Json:
        """The message. Raises Untranslatable if the model wrote arguments that are not JSON."""
        content = [_parsed(block) for block in self._blocks]
        return self._message(content=content, stop=self._stop(), usage=self._usage(self._output_tokens()))

    def _delta(self, delta: Json) -> list[Json]:
        events: list[Json] = []
        if thought := reasoning_of(delta):
            self._text_pieces += 1
            events += self._think(thought)
        if text := text_of(delta):
            self._text_pieces += 1
            if shown := self._stops.feed(text):
                events += self._say(shown)
        if not self.stopped:
            for piece in calls_of(delta):
                self._text_pieces += 1
                events += self._call(piece)
        return events

    def _think(self, text: str) -> list[Json]:
        events = []
        if self._open != "thinking":
            events = self._begin_block({"type": "thinking", "thinking": "", "signature": ""})
        self._pieces.append(text)
        return [*events, self._piece("thinking_delta", "thinking", text)] if self._asked.show_thinking else events

    def _say(self, text: str) -> list[Json]:
        events = []
        if self._open != "text":
            events = self._begin_block({"type": "text", "text": ""})
        self._pieces.append(text)
        return [*events, self._piece("text_delta", "text", text)]

    def _call(self, piece: CallPiece) -> list[Json]:
        events: list[Json] = []
        if piece.index >= self._calls:
            if not piece.name:
                raise Untranslatable("a tool call without a name")
            call_id = piece.call_id or self._new_id("toolu")
            events = self._begin_block({"type": "tool_use", "id": call_id, "name": piece.name, "input": {}})
            self._calls = piece.index + 1
        elif piece.index != self._calls - 1 or self._open != "tool_use":
            raise Untranslatable("more of a tool call that was over")
        if not piece.arguments:
            return events
        self._pieces.append(piece.arguments)
        return [*events, self._piece("input_json_delta", "partial_json", piece.arguments)]

    def _begin_block(self, block: Json) -> list[Json]:
        events = self._close()
        self._open = block["type"]
        self._blocks.append(block)
        start = {"type": "content_block_start", "index": len(self._blocks) - 1, "content_block": dict(block)}
        return [*events, start]

    def _piece(self, kind: str, name: str, text: str) -> Json:
        return {"type": "content_block_delta", "index": len(self._blocks) - 1, "delta": {"type": kind, name: text}}

    def _close(self) -> list[Json]:
        if self._open is None:
            return []
        block, said = self._blocks[-1], "".join(self._pieces)
        events: list[Json] = []
        if self._open == "thinking":
            block["signature"] = signature_of(said)
            block["thinking"] = said if self._asked.show_thinking else ""
            events.append(self._piece("signature_delta", "signature", block["signature"]))
        else:
            block["text" if self._open == "text" else "input"] = said
        self._open = None
        self._pieces.clear()
        return [*events, {"type": "content_block_stop", "index": len(self._blocks) - 1}]

    def _stop(self) -> str:
        if self._asked.warming:
            return "max_tokens"
        if self.stopped:
            return "stop_sequence"
        reason = _REASONS.get(self._finish or "stop", "end_turn")
        # Some engines end an answer that calls tools with "stop".
        return "tool_use" if reason == "end_turn" and self._calls else reason

    def _output_tokens(self) -> int:
        if self._asked.warming:
            return 0
        counted = None if self._counts is None else self._counts.completion
        return self._text_pieces if counted is None else counted

    def _usage(self, output_tokens: int) -> Json:
        """Tokens; the cached ones are not in ``input_tokens``, as this API has it."""
        prompt, cached = self.input_tokens, 0
        if self._counts is not None and self._counts.prompt is not None:
            prompt, cached = self._counts.prompt, self._counts.cached or 0
        return {
            "input_tokens": max((prompt or 0) - cached, 0),
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": cached,
            "output_tokens": output_tokens,
        }

    def _message(self, *, content: list[Json], stop: str | None, usage: Json) -> Json:
        return {
            "id": self.id,
            "type": "message",
            "role": "assistant",
            "model": self._model,
            "content": content,
            "stop_reason": stop,
            "stop_sequence": self._stops.hit,
            "usage": usage,
        }


def _parsed(block: Json) -> Json:
    if block["type"] != "tool_use":
        return block
    try:
        arguments = json.loads(block["input"] or "{}")
    except (ValueError, RecursionError) as error:
        raise Untranslatable("the arguments of a tool call are not JSON") from error
    if not isinstance(arguments, dict):
        raise Untranslatable("the arguments of a tool call are not an object")
    return {**block, "input": arguments}
