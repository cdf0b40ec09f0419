"""A conversation in the form of chat completions, put together turn by turn.

Templates of models are strict: many know one system message, at the very beginning, and want user and assistant to
take turns.  What comes later from the system keeps its place, as the user's text, because moving it to the front would
change the beginning of every prompt and lose the engine's prefix cache.
"""

from typing import Any

from engineroom.domain.dialects.chunks import Json
from engineroom.domain.errors import Code, Rejected

PARAGRAPH = "\n\n"


class Conversation:
    """Messages, in order."""

    def __init__(self) -> None:
        self._messages: list[Json] = []
        self._images: list[Json] = []

    def system(self, text: str) -> None:
        """What the system says; the first words join into one message."""
        if not text:
            return
        if not self._messages:
            self._messages.append({"role": "system", "content": text})
        elif len(self._messages) == 1 and self._messages[0]["role"] == "system":
            self._messages[0]["content"] += PARAGRAPH + text
        else:
            self.user([text_part(f"<system-reminder>\n{text}\n</system-reminder>")])

    def user(self, parts: list[Json]) -> None:
        """What the user says: parts of text and pictures."""
        self._flush_images()
        if not parts:
            return
        if not self._messages or self._messages[-1]["role"] != "user":
            self._messages.append({"role": "user", "content": []})
        content = self._messages[-1]["content"]
        for part in parts:
            if part["type"] == "text" and content and content[-1]["type"] == "text":
                content[-1] = text_part(content[-1]["text"] + PARAGRAPH + part["text"])
            else:
                content.append(part)

    def assistant(self, text: str) -> None:
        """What the model said."""
        turn = self._turn()
        turn["content"] = turn["content"] + PARAGRAPH + text if turn["content"] and text else turn["content"] or text

    def reasoning(self, text: str) -> None:
        """What the model thought before it said the next thing."""
        if text:
            turn = self._turn()
            before = turn.get("reasoning_content")
            turn["reasoning_content"] = before + PARAGRAPH + text if before else text

    def call(self, call_id: str, name: str, arguments: str) -> None:
        """A tool that the model called; ``arguments`` is JSON."""
        function = {"name": name, "arguments": arguments}
        self._turn().setdefault("tool_calls", []).append({"id": call_id, "type": "function", "function": function})

    def result(self, call_id: str, parts: list[Json]) -> None:
        """What a tool answered. Its pictures follow the last result, as the user's: tools only have text."""
        texts = [part["text"] for part in parts if part["type"] == "text"]
        self._images += [part for part in parts if part["type"] != "text"]
        self._messages.append({"role": "tool", "tool_call_id": call_id, "content": PARAGRAPH.join(texts)})

    def messages(self, name: str) -> list[Json]:
        """All of it; ``name`` is the field it came from. Raises Rejected if there is nothing."""
        self._flush_images()
        if not self._messages:
            raise Rejected(Code.INVALID_REQUEST, reason=f"'{name}' is empty")
        return [{**message, "content": _plain(message["content"])} for message in self._messages]

    def _turn(self) -> Json:
        self._flush_images()
        if not self._messages or self._messages[-1]["role"] != "assistant":
            self._messages.append({"role": "assistant", "content": ""})
        return self._messages[-1]

    def _flush_images(self) -> None:
        if self._images:
            images, self._images = self._images, []
            self.user(images)


def text_part(text: str) -> Json:
    """Text as a part of a message."""
    return {"type": "text", "text": text}


def image_part(url: object) -> Json:
    """A picture as a part of a message. Raises Rejected unless it is in the request itself."""
    if not isinstance(url, str) or not url.startswith("data:image/"):
        raise Rejected(Code.REMOTE_MEDIA)
    return {"type": "image_url", "image_url": {"url": url}}


def function_tool(name: str, description: str | None, parameters: object) -> Json:
    """A tool. One without parameters takes an empty object."""
    schema = parameters if isinstance(parameters, dict) else {"type": "object", "properties": {}}
    function: Json = {"name": name, "parameters": schema}
    if description:
        function["description"] = description
    return {"type": "function", "function": function}


def forced(tools: list[Json], name: str) -> list[Json]:
    """The one tool that has to be called: engines honour a forced call of the only tool, not always of one among many.

    Raises:
        Rejected: there is none of that name.
    """
    chosen = [tool for tool in tools if tool["function"]["name"] == name]
    if not chosen:
        raise Rejected(Code.INVALID_REQUEST, reason=f"'tool_choice' names {name[:100]!r}, which is not among the tools")
    return chosen


def _plain(content: Any) -> Any:
    if isinstance(content, list) and len(content) == 1 and content[0]["type"] == "text":
        return content[0]["text"]
    return content
