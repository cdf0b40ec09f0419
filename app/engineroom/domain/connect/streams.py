"""What a streamed answer said, in each of the interfaces: its text, the first tool it calls, and how it ended."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engineroom.domain.connect.guides import Api


@dataclass(slots=True)
class Heard:
    """An answer. ``complete``: its end came; ``ran_out``: the limit of tokens ended it; ``error`` cut it."""

    text: str = ""
    tool: str | None = None
    arguments: str = ""
    complete: bool = False
    ran_out: bool = False
    error: str | None = None


def hear(api: Api, body: bytes) -> Heard:
    """All that a whole body said. What is not understood is left out."""
    heard = Heard()
    take = _TAKES[api]
    for event in _lines(body) if api is Api.OLLAMA else _events(body):
        error = event.get("error")
        if error:
            heard.error = str(error.get("message", error) if isinstance(error, dict) else error)[:300]
        else:
            take(heard, event)
    if api in {Api.CHAT, Api.COMPLETIONS}:
        heard.complete = heard.complete and b"[DONE]" in body[-64:]
    return heard


def _events(body: bytes) -> Iterator[dict[str, Any]]:
    for block in body.replace(b"\r\n", b"\n").split(b"\n\n"):
        lines = (line for line in block.split(b"\n") if line.startswith(b"data:"))
        yield from _object(b"\n".join(line[5:].strip() for line in lines))


def _lines(body: bytes) -> Iterator[dict[str, Any]]:
    for line in body.splitlines():
        yield from _object(line)


def _object(data: bytes) -> Iterator[dict[str, Any]]:
    try:
        tree = json.loads(data)
    except ValueError:
        return
    if isinstance(tree, dict):
        yield tree


def _take_chat(heard: Heard, event: dict[str, Any]) -> None:
    for choice in event.get("choices") or ():
        delta = choice.get("delta") or {}
        heard.text += delta.get("content") or ""
        for call in delta.get("tool_calls") or ():
            function = call.get("function") or {}
            if call.get("index", 0) == 0:
                heard.tool = heard.tool or function.get("name")
                heard.arguments += function.get("arguments") or ""
        _end(heard, choice.get("finish_reason"), "length")


def _take_completion(heard: Heard, event: dict[str, Any]) -> None:
    for choice in event.get("choices") or ():
        heard.text += choice.get("text") or ""
        _end(heard, choice.get("finish_reason"), "length")


def _take_response(heard: Heard, event: dict[str, Any]) -> None:
    match event:
        case {"type": "response.output_text.delta", "delta": str(piece)}:
            heard.text += piece
        case {"type": "response.output_item.done", "item": {"type": "function_call", "name": str(name), **item}}:
            if heard.tool is None:
                heard.tool, heard.arguments = name, str(item.get("arguments", ""))
        case {"type": "response.completed"}:
            heard.complete = True
        case {"type": "response.incomplete"}:
            heard.complete = heard.ran_out = True
        case {"type": "response.failed", "response": {"error": {"message": str(message)}}}:
            heard.error = message[:300]


def _take_message(heard: Heard, event: dict[str, Any]) -> None:
    match event:
        case {"type": "content_block_start", "content_block": {"type": "tool_use", "name": str(name)}}:
            heard.tool = heard.tool or name
        case {"type": "content_block_delta", "delta": {"type": "text_delta", "text": str(piece)}}:
            heard.text += piece
        case {"type": "content_block_delta", "delta": {"type": "input_json_delta", "partial_json": str(piece)}}:
            heard.arguments += piece
        case {"type": "message_delta", "delta": {"stop_reason": str(reason)}}:
            heard.ran_out = reason == "max_tokens"
        case {"type": "message_stop"}:
            heard.complete = True


def _take_ollama(heard: Heard, event: dict[str, Any]) -> None:
    message = event.get("message") or {}
    heard.text += message.get("content") or ""
    for call in message.get("tool_calls") or ():
        function = call.get("function") or {}
        if heard.tool is None:
            heard.tool, heard.arguments = function.get("name"), json.dumps(function.get("arguments") or {})
    if event.get("done"):
        _end(heard, event.get("done_reason") or "stop", "length")


def _end(heard: Heard, reason: str | None, limit: str) -> None:
    if reason is not None:
        heard.complete = True
        heard.ran_out = reason == limit


_TAKES = {
    Api.CHAT: _take_chat,
    Api.COMPLETIONS: _take_completion,
    Api.RESPONSES: _take_response,
    Api.MESSAGES: _take_message,
    Api.OLLAMA: _take_ollama,
}
