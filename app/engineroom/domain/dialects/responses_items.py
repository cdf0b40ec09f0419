"""Items of a response's output, each with the events of its life."""

import json
from typing import Protocol

from engineroom.domain.dialects.chunks import Json
from engineroom.domain.dialects.responses_tools import ToolName

Event = tuple[str, Json]


class Item(Protocol):
    """One item of the output."""

    def opened(self) -> list[Event]:
        """Events of its beginning."""

    def closed(self, status: str) -> list[Event]:
        """Events of its end: ``completed`` or ``incomplete``."""

    def value(self, status: str) -> Json:
        """The item itself."""


class MessageItem:
    """Text of the answer."""

    def __init__(self, item_id: str, output_index: int) -> None:
        self._id = item_id
        self._index = output_index
        self._pieces: list[str] = []
        self._logprobs: list[Json] = []
        self._place: Json = {"item_id": item_id, "output_index": output_index, "content_index": 0}

    def opened(self) -> list[Event]:
        """The item, then its one part."""
        item = {"type": "message", "id": self._id, "status": "in_progress", "role": "assistant", "content": []}
        return [
            ("response.output_item.added", {"output_index": self._index, "item": item}),
            ("response.content_part.added", {**self._place, "part": _output_text("", [])}),
        ]

    def delta(self, text: str, logprobs: list[Json]) -> Event:
        """More text."""
        self._pieces.append(text)
        self._logprobs += logprobs
        return ("response.output_text.delta", {**self._place, "delta": text, "logprobs": logprobs})

    def closed(self, status: str) -> list[Event]:
        """Text, part and item are done."""
        item = self.value(status)
        part = item["content"][0]
        done = {**self._place, "text": part["text"], "logprobs": part["logprobs"]}
        return [
            ("response.output_text.done", done),
            ("response.content_part.done", {**self._place, "part": part}),
            ("response.output_item.done", {"output_index": self._index, "item": item}),
        ]

    def value(self, status: str) -> Json:
        """The message."""
        part = _output_text("".join(self._pieces), self._logprobs)
        return {"type": "message", "id": self._id, "status": status, "role": "assistant", "content": [part]}


class ReasoningItem:
    """What the model thought. It goes where clients show it: into the summary, whole and unsummarised."""

    def __init__(self, item_id: str, output_index: int) -> None:
        self._id = item_id
        self._index = output_index
        self._pieces: list[str] = []
        self._place: Json = {"item_id": item_id, "output_index": output_index, "summary_index": 0}

    def opened(self) -> list[Event]:
        """The item, then its one part."""
        item = {"type": "reasoning", "id": self._id, "summary": []}
        part = {**self._place, "part": _summary("")}
        return [
            ("response.output_item.added", {"output_index": self._index, "item": item}),
            ("response.reasoning_summary_part.added", part),
        ]

    def delta(self, text: str) -> Event:
        """More of it."""
        self._pieces.append(text)
        return ("response.reasoning_summary_text.delta", {**self._place, "delta": text})

    def closed(self, status: str) -> list[Event]:
        """Text, part and item are done."""
        item = self.value(status)
        part = item["summary"][0]
        return [
            ("response.reasoning_summary_text.done", {**self._place, "text": part["text"]}),
            ("response.reasoning_summary_part.done", {**self._place, "part": part}),
            ("response.output_item.done", {"output_index": self._index, "item": item}),
        ]

    def value(self, status: str) -> Json:  # noqa: ARG002 (an item of reasoning has no status)
        """The item."""
        return {"type": "reasoning", "id": self._id, "summary": [_summary("".join(self._pieces))]}


class CallItem:
    """A tool call. The text of a custom tool comes whole at its end, because it travels inside JSON."""

    def __init__(self, item_id: str, output_index: int, *, call_id: str, tool: ToolName) -> None:
        self._id = item_id
        self._index = output_index
        self._call_id = call_id
        self._tool = tool
        self._pieces: list[str] = []
        self._place: Json = {"item_id": item_id, "output_index": output_index}

    def opened(self) -> list[Event]:
        """The item."""
        return [("response.output_item.added", {"output_index": self._index, "item": self._item("in_progress", "")})]

    def delta(self, arguments: str) -> list[Event]:
        """More of the arguments."""
        self._pieces.append(arguments)
        if self._tool.custom:
            return []
        return [("response.function_call_arguments.delta", {**self._place, "delta": arguments})]

    def closed(self, status: str) -> list[Event]:
        """Arguments and item are done."""
        item = self.value(status)
        if self._tool.custom:
            said = item["input"]
            events: list[Event] = [
                ("response.custom_tool_call_input.delta", {**self._place, "delta": said}),
                ("response.custom_tool_call_input.done", {**self._place, "input": said}),
            ]
        else:
            done = {**self._place, "name": self._tool.name, "arguments": item["arguments"]}
            events = [("response.function_call_arguments.done", done)]
        return [*events, ("response.output_item.done", {"output_index": self._index, "item": item})]

    def value(self, status: str) -> Json:
        """The item."""
        arguments = "".join(self._pieces)
        return self._item(status, _custom_input(arguments) if self._tool.custom else arguments)

    def _item(self, status: str, said: str) -> Json:
        kind, field = ("custom_tool_call", "input") if self._tool.custom else ("function_call", "arguments")
        item: Json = {"type": kind, "id": self._id, "call_id": self._call_id, "name": self._tool.name, field: said}
        if self._tool.namespace is not None:
            item["namespace"] = self._tool.namespace
        return {**item, "status": status}


def _custom_input(arguments: str) -> str:
    """The text for a custom tool; arguments that are not what was demanded are handed on as they are."""
    try:
        tree = json.loads(arguments)
    except (ValueError, RecursionError):
        return arguments
    said = tree.get("input") if isinstance(tree, dict) else None
    return said if isinstance(said, str) else arguments


def _output_text(text: str, logprobs: list[Json]) -> Json:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": logprobs}


def _summary(text: str) -> Json:
    return {"type": "summary_text", "text": text}
