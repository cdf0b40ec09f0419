"""Chunks of chat completions to order, and answers that take them."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openresponses_types.types as schema
from pydantic import TypeAdapter

from engineroom.domain.dialects import messages_request, responses_request
from engineroom.domain.dialects.messages_answer import MessagesAnswer
from engineroom.domain.dialects.responses_answer import ResponsesAnswer

Json = dict[str, Any]
DATA = Path(__file__).parents[2] / "data" / "dialects"
TOOLS: list[Json] = [{"type": "function", "name": "look", "parameters": {"type": "object", "properties": {}}}]
OTHER_TOOLS: list[Json] = [
    {"type": "namespace", "name": "mcp__x", "description": "More", "tools": [{"type": "function", "name": "see"}]},
    {"type": "custom", "name": "patch"},
]
EVENTS = {
    next(iter(model.model_fields["type"].annotation)).value: TypeAdapter(model)
    for name, model in vars(schema).items()
    if name.endswith("StreamingEvent")
}
RESPONSE = TypeAdapter(schema.ResponseResource)
UNKNOWN_TO_THE_SCHEMA = {"response.custom_tool_call_input.delta", "response.custom_tool_call_input.done"}


def recorded(name: str) -> list[Json]:
    rows: list[Json] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return rows


def chunks(deltas: list[Json], finish: str | None, usage: list[int | None] | None) -> Iterator[Json]:
    """A stream as engines send it."""
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    for delta in deltas:
        yield {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    if finish is not None:
        yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]}
    if usage is not None:
        yield {**head, "choices": [], "usage": usage_of(*usage)}


def usage_of(prompt: int, completion: int, cached: int, reasoning: int | None) -> Json:
    tree: Json = {
        "prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }  # fmt: skip
    return tree if reasoning is None else {**tree, "completion_tokens_details": {"reasoning_tokens": reasoning}}


def responses_answer(**fields: Any) -> ResponsesAnswer:
    """An answer with ids and a time that do not change from run to run."""
    numbers = itertools.count()
    asked = responses_request.read_request({"model": "m", "input": "Hi", "tools": TOOLS, **fields}, [])
    return ResponsesAnswer(asked, model="m", new_id=lambda prefix: f"{prefix}_{next(numbers)}", unix_s=lambda: 7.5)


def messages_answer(**fields: Any) -> MessagesAnswer:
    """The same for the other API; its prompt has 16 tokens."""
    numbers = itertools.count()
    body = {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}], **fields}
    asked = messages_request.read_request(body)
    answer = MessagesAnswer(asked, model="m", new_id=lambda prefix: f"{prefix}_{next(numbers)}")
    answer.input_tokens = 16
    return answer


def played(answer: ResponsesAnswer | MessagesAnswer, stream: Iterator[Json]) -> list[Json]:
    """Every event of a stream that ends well."""
    events = answer.begin()
    for chunk in stream:
        events += answer.feed(chunk)
    return events + answer.finish()


def check_schema(events: list[Json]) -> None:
    """Every event of the Responses API is what its schema says."""
    for event in events:
        if event["type"] not in UNKNOWN_TO_THE_SCHEMA:
            EVENTS[event["type"]].validate_python(event)
