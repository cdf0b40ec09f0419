"""Messages of Anthropic's API as a conversation."""

import json
import re
from collections.abc import Callable

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.chat import Conversation, image_part, text_part
from engineroom.domain.dialects.chunks import Json
from engineroom.domain.dialects.signature import thought_in

# It changes with every request, and whatever follows it would never be found in the engine's prefix cache.
_BILLING = re.compile(r"\s*x-anthropic-billing-header:(\s*[\w.-]+=[^;]*;)+\s*", re.IGNORECASE)


def add_system(conversation: Conversation, system: object) -> None:
    """The system prompt, a string or blocks of text."""
    texts = _texts("system", system)
    if texts and _BILLING.fullmatch(texts[0]):
        texts = texts[1:]
    for text in texts:
        conversation.system(text)


def add_messages(conversation: Conversation, messages: list[Json], notes: list[str]) -> None:
    """Put messages into a conversation, in order; a block that is not understood is left out, with a note."""
    for message in messages:
        role, content = message.get("role"), message.get("content")
        match role:
            case "user":
                _add_user(conversation, _blocks(content), notes)
            case "assistant":
                _add_assistant(conversation, _blocks(content), notes)
            case "system":
                for text in _texts("messages.content", content):
                    conversation.system(text)
            case _:
                raise fields.wrong("messages.role", "user, assistant or system")


def _add_user(conversation: Conversation, blocks: list[Json], notes: list[str]) -> None:
    said: list[Json] = []
    for block in blocks:
        if block.get("type") == "tool_result":
            conversation.user(said)
            said = []
            conversation.result(fields.needed_text(block, "tool_use_id"), _result(block, notes))
        else:
            said += _parts(block, notes)
    conversation.user(said)


def _result(block: Json, notes: list[str]) -> list[Json]:
    parts = [part for inner in _blocks(block.get("content")) for part in _parts(inner, notes)]
    return [text_part("Error:"), *parts] if fields.flag(block, "is_error") else parts


def _add_assistant(conversation: Conversation, blocks: list[Json], notes: list[str]) -> None:
    for block in blocks:
        kind = block.get("type")
        add = _ASSISTANT.get(kind) if isinstance(kind, str) else None
        if add is None:
            notes.append(f"block {str(kind)[:60]} left out")
        else:
            add(conversation, block)


def _text(conversation: Conversation, block: Json) -> None:
    conversation.assistant(fields.text(block, "text") or "")


def _thinking(conversation: Conversation, block: Json) -> None:
    conversation.reasoning(fields.text(block, "thinking") or thought_in(fields.text(block, "signature") or ""))


def _tool_use(conversation: Conversation, block: Json) -> None:
    arguments = json.dumps(fields.mapping(block, "input") or {}, ensure_ascii=False)
    conversation.call(fields.needed_text(block, "id"), fields.needed_text(block, "name"), arguments)


_ASSISTANT: dict[str, Callable[[Conversation, Json], None]] = {
    "text": _text,
    "thinking": _thinking,
    "tool_use": _tool_use,
}


def _parts(block: Json, notes: list[str]) -> list[Json]:
    kind = block.get("type")
    if kind == "text":
        return [text_part(fields.text(block, "text") or "")]
    if kind == "image":
        return [image_part(_image_url(fields.mapping(block, "source") or {}))]
    source = fields.mapping(block, "source") if kind == "document" else None
    if source is not None and source.get("type") == "text":
        return [text_part(fields.text(source, "data") or "")]
    notes.append(f"block {str(kind)[:60]} left out")
    return []


def _image_url(source: Json) -> str | None:
    if source.get("type") != "base64":
        return fields.text(source, "url")
    return f"data:{fields.needed_text(source, 'media_type')};base64,{fields.needed_text(source, 'data')}"


def _blocks(content: object) -> list[Json]:
    if content is None:
        return []
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    if not isinstance(content, list) or not all(isinstance(block, dict) for block in content):
        raise fields.wrong("messages.content", "a string or a list of blocks")
    return content


def _texts(name: str, content: object) -> list[str]:
    texts = []
    for block in _blocks(content):
        if block.get("type") != "text":
            raise fields.wrong(name, "a string or blocks of text")
        texts.append(fields.text(block, "text") or "")
    return texts
