"""Input items of the Responses API as a conversation."""

import json
from collections.abc import Callable

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.chat import Conversation, image_part, text_part
from engineroom.domain.dialects.chunks import Json
from engineroom.domain.dialects.responses_tools import flat_name

_TEXTS = {"input_text", "output_text", "text", "summary_text", "reasoning_text"}


def as_items(value: object) -> list[Json]:
    """The input of a request as items: a string is what the user says."""
    if isinstance(value, str):
        return [{"type": "message", "role": "user", "content": value}]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise fields.wrong("input", "a string or a list of items")
    return value


def add_items(conversation: Conversation, items: list[Json], notes: list[str]) -> None:
    """Put items into a conversation, in order; what is not understood is left out, with a note."""
    for item in items:
        kind = item.get("type") or ("message" if "role" in item else "nameless")
        add = _ITEMS.get(kind) if isinstance(kind, str) else None
        if add is None:
            notes.append(f"item {str(kind)[:60]} left out")
        else:
            add(conversation, item, notes)


def _message(conversation: Conversation, item: Json, notes: list[str]) -> None:
    parts = _parts(item.get("content"), notes)
    match item.get("role"):
        case "user":
            conversation.user(parts)
        case "assistant":
            conversation.assistant(_text(parts))
        case "system" | "developer":
            conversation.system(_text(parts))
        case _:
            raise fields.wrong("role", "user, assistant, system or developer")


def _call(conversation: Conversation, item: Json, _notes: list[str]) -> None:
    name = flat_name(fields.needed_text(item, "name"), fields.text(item, "namespace"))
    conversation.call(fields.needed_text(item, "call_id"), name, fields.text(item, "arguments") or "{}")


def _custom_call(conversation: Conversation, item: Json, _notes: list[str]) -> None:
    name = flat_name(fields.needed_text(item, "name"), fields.text(item, "namespace"))
    arguments = json.dumps({"input": fields.text(item, "input") or ""}, ensure_ascii=False)
    conversation.call(fields.needed_text(item, "call_id"), name, arguments)


def _output(conversation: Conversation, item: Json, notes: list[str]) -> None:
    conversation.result(fields.needed_text(item, "call_id"), _parts(item.get("output"), notes))


def _reasoning(conversation: Conversation, item: Json, notes: list[str]) -> None:
    said = _text(_parts(item.get("content"), notes)) or _text(_parts(item.get("summary"), notes))
    conversation.reasoning(said)


_ITEMS: dict[str, Callable[[Conversation, Json, list[str]], None]] = {
    "message": _message,
    "function_call": _call,
    "function_call_output": _output,
    "custom_tool_call": _custom_call,
    "custom_tool_call_output": _output,
    "reasoning": _reasoning,
}


def _parts(content: object, notes: list[str]) -> list[Json]:
    """Parts of chat completions out of a string or a list of parts."""
    if content is None:
        return []
    if isinstance(content, str):
        return [text_part(content)]
    if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
        raise fields.wrong("content", "a string or a list of parts")
    parts = [_part(part, notes) for part in content]
    return [part for part in parts if part is not None]


def _part(part: Json, notes: list[str]) -> Json | None:
    kind = fields.text(part, "type")
    if kind in _TEXTS:
        return text_part(fields.text(part, "text") or "")
    if kind == "refusal":
        return text_part(fields.text(part, "refusal") or "")
    if kind == "input_image":
        return image_part(part.get("image_url"))
    notes.append(f"part {str(kind)[:60]} left out")
    return None


def _text(parts: list[Json]) -> str:
    return "\n\n".join(part["text"] for part in parts if part["type"] == "text")
