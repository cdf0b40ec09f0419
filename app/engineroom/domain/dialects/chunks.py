"""What a chunk of a chat completion says, read without trust in the engine that wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


class Untranslatable(Exception):
    """An engine's answer makes no sense in the other API."""


@dataclass(frozen=True, slots=True)
class CallPiece:
    """A piece of a tool call. ``index`` counts the calls of one answer; ``name`` comes with the first piece only."""

    index: int
    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Tokens as the engine counted them; ``None`` where it did not say."""

    prompt: int | None
    completion: int | None
    cached: int | None
    reasoning: int | None


def first_choice(chunk: Mapping[str, Any]) -> Json | None:
    """The choice with index 0; ``None`` for a chunk of counts."""
    choices = chunk.get("choices")
    if not isinstance(choices, list):
        return None
    return next((row for row in choices if isinstance(row, dict) and row.get("index", 0) == 0), None)


def counts_of(chunk: Mapping[str, Any]) -> Counts | None:
    """The usage in a chunk or a whole answer."""
    usage = chunk.get("usage")
    if not isinstance(usage, dict):
        return None
    return Counts(
        prompt=_count(usage, "prompt_tokens"),
        completion=_count(usage, "completion_tokens"),
        cached=_count(usage.get("prompt_tokens_details"), "cached_tokens"),
        reasoning=_count(usage.get("completion_tokens_details"), "reasoning_tokens"),
    )


def text_of(delta: Mapping[str, Any]) -> str:
    """Text of the answer; a refusal is text too."""
    return _text(delta.get("content")) or _text(delta.get("refusal"))


def reasoning_of(delta: Mapping[str, Any]) -> str:
    """Reasoning, under either of its names."""
    return _text(delta.get("reasoning_content")) or _text(delta.get("reasoning"))


def calls_of(delta: Mapping[str, Any]) -> list[CallPiece]:
    """Pieces of tool calls, in order."""
    rows = delta.get("tool_calls")
    if not isinstance(rows, list):
        return []
    return [_piece(row, position) for position, row in enumerate(rows) if isinstance(row, dict)]


def as_chunk(whole: Mapping[str, Any]) -> Json:
    """A whole answer as the one chunk that says it all."""
    choice = first_choice(whole)
    if choice is None or not isinstance(choice.get("message"), dict):
        raise Untranslatable("an answer without a message")
    message = choice["message"]
    calls = message.get("tool_calls")
    rows = [{**row, "index": number} for number, row in enumerate(calls) if isinstance(row, dict)] if calls else []
    return {**whole, "choices": [{**choice, "index": 0, "delta": {**message, "tool_calls": rows}}]}


def _piece(row: Json, position: int) -> CallPiece:
    function = row.get("function")
    function = function if isinstance(function, dict) else {}
    index = row.get("index")
    return CallPiece(
        index if isinstance(index, int) and not isinstance(index, bool) else position,
        _text(row.get("id")),
        _text(function.get("name")),
        _text(function.get("arguments")),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(tree: object, name: str) -> int | None:
    value = tree.get(name) if isinstance(tree, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
