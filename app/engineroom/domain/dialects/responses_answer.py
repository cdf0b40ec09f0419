"""Chunks of a chat completion as events of the Responses API."""

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
from engineroom.domain.dialects.responses_items import CallItem, Event, Item, MessageItem, ReasoningItem
from engineroom.domain.dialects.responses_object import response_object
from engineroom.domain.dialects.responses_request import ResponsesRequest

_INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}


class ResponsesAnswer:
    """One response while it comes: feed chunks, send the events. One item is open at a time.

    Args:
        new_id: a fresh id with a prefix.
        unix_s: the time.
    """

    stopped = False
    """Whether the engine need not go on: never, this API has no strings to stop at."""

    def __init__(
        self, asked: ResponsesRequest, *, model: str, new_id: Callable[[str], str], unix_s: Callable[[], float]
    ) -> None:
        self.id = new_id("resp")
        self.stored = asked.store
        self._asked = asked
        self._model = model
        self._new_id = new_id
        self._unix_s = unix_s
        self._created_at_s = int(unix_s())
        self._sequence = 0
        self._output: list[Json] = []
        self._open: Item | None = None
        self._calls = 0
        self._finish: str | None = None
        self._counts: Counts | None = None
        self._reasoning_pieces = 0
        self._status = "in_progress"
        self._error: Json | None = None

    @property
    def output(self) -> list[Json]:
        """Items that are complete."""
        return self._output

    def begin(self) -> list[Json]:
        """Events that open a stream."""
        return self._stamp([("response.created", self._said()), ("response.in_progress", self._said())])

    def keep_alive(self) -> list[Json]:
        """An event that says nothing new; comments do not count as life with every client of this API."""
        return self._stamp([("response.in_progress", self._said())])

    def feed(self, chunk: Mapping[str, Any]) -> list[Json]:
        """Events of one chunk. Raises Untranslatable."""
        counts = counts_of(chunk)
        if counts is not None:
            self._counts = counts
        choice = first_choice(chunk)
        if choice is None:
            return []
        delta = choice.get("delta")
        events = self._delta(delta, choice) if isinstance(delta, dict) else []
        if isinstance(choice.get("finish_reason"), str):
            self._finish = choice["finish_reason"]
        return self._stamp(events)

    def finish(self) -> list[Json]:
        """Events that close a stream. Raises Untranslatable if the engine never said that it was done."""
        if self._finish is None:
            raise Untranslatable("the answer ended without a reason")
        incomplete = self._finish in _INCOMPLETE
        events = self._close("incomplete" if incomplete else "completed")
        self._status = "incomplete" if incomplete else "completed"
        return self._stamp([*events, (f"response.{self._status}", self._said())])

    def fail(self, *, code: str, kind: str, message: str) -> list[Json]:
        """Events that end a stream in the middle: the second is what the official libraries raise at."""
        self._status = "failed"
        self._error = {"code": code, "message": message}
        self.stored = False
        error = {"type": kind, "code": code, "message": message, "param": None}
        return self._stamp([("response.failed", self._said()), ("error", {"error": error})])

    def whole(self) -> Json:
        """The response object as it is now."""
        return response_object(
            self._asked,
            response_id=self.id,
            model=self._model,
            created_at_s=self._created_at_s,
            completed_at_s=int(self._unix_s()) if self._status == "completed" else None,
            status=self._status,
            output=self._output if self._status != "in_progress" else [],
            stored=self.stored,
            counts=self._counts,
            reasoning_pieces=self._reasoning_pieces,
            error=self._error,
            incomplete=_INCOMPLETE.get(self._finish or "") if self._status == "incomplete" else None,
        )

    def _said(self) -> Json:
        return {"response": self.whole()}

    def _stamp(self, events: list[Event]) -> list[Json]:
        stamped = []
        for kind, fields in events:
            stamped.append({"type": kind, "sequence_number": self._sequence, **fields})
            self._sequence += 1
        return stamped

    def _delta(self, delta: Json, choice: Json) -> list[Event]:
        events: list[Event] = []
        if thought := reasoning_of(delta):
            self._reasoning_pieces += 1
            events += self._reason(thought)
        if text := text_of(delta):
            events += self._say(text, _logprobs(choice))
        for piece in calls_of(delta):
            events += self._call(piece)
        return events

    def _reason(self, text: str) -> list[Event]:
        item = self._open
        if isinstance(item, ReasoningItem):
            return [item.delta(text)]
        before = self._close("completed")
        item = self._open = ReasoningItem(self._new_id("rs"), len(self._output))
        return [*before, *item.opened(), item.delta(text)]

    def _say(self, text: str, logprobs: list[Json]) -> list[Event]:
        item = self._open
        if isinstance(item, MessageItem):
            return [item.delta(text, logprobs)]
        before = self._close("completed")
        item = self._open = MessageItem(self._new_id("msg"), len(self._output))
        return [*before, *item.opened(), item.delta(text, logprobs)]

    def _call(self, piece: CallPiece) -> list[Event]:
        before: list[Event] = []
        item = self._open
        if piece.index >= self._calls:
            if not piece.name:
                raise Untranslatable("a tool call without a name")
            before = self._close("completed")
            call_id = piece.call_id or self._new_id("call")
            tool = self._asked.tools.named(piece.name)
            prefix = "ctc" if tool.custom else "fc"
            item = self._open = CallItem(self._new_id(prefix), len(self._output), call_id=call_id, tool=tool)
            before += item.opened()
            self._calls = piece.index + 1
        elif piece.index != self._calls - 1 or not isinstance(item, CallItem):
            raise Untranslatable("more of a tool call that was over")
        return before + item.delta(piece.arguments) if piece.arguments else before

    def _close(self, status: str) -> list[Event]:
        if self._open is None:
            return []
        item, self._open = self._open, None
        self._output.append(item.value(status))
        return item.closed(status)


def _logprobs(choice: Json) -> list[Json]:
    found = choice.get("logprobs")
    rows = found.get("content") if isinstance(found, dict) else None
    return [_logprob(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _logprob(row: Json) -> Json:
    others = row.get("top_logprobs")
    top = [_one(other) for other in others if isinstance(other, dict)] if isinstance(others, list) else []
    return {**_one(row), "top_logprobs": top}


def _one(row: Json) -> Json:
    return {"token": row.get("token") or "", "logprob": row.get("logprob") or 0.0, "bytes": row.get("bytes") or []}
