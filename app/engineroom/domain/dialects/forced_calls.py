"""A call that is demanded: the engine is held to the shape of one, and what it writes is told as calls.

Engines pass ``tool_choice`` on to the template and hope.  llama.cpp (xllamacpp 2026.10.11549) passes over a name, does
nothing about ``required`` for a template without tools, and with one lets the model say anything for as long as it
likes before the first call; TensorRT-LLM up to 1.2 refuses ``required`` and does not hold a named call to its schema.
What both do keep to is the schema of an answer.  So a demanded call is asked for as an answer of that shape.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engineroom.domain.dialects.chat import forced
from engineroom.domain.dialects.chunks import Json
from engineroom.domain.errors import Code, Rejected

MOST_CALLS = 8
"""As many calls one answer has at most, where the client asks for several: a weak model would not end them."""

_DEFS = ("$defs", "definitions")
_DEFINED = re.compile(r"#/(?:\$defs|definitions)/(.+)")


@dataclass(frozen=True, slots=True)
class Forced:
    """A request that demands a call, as engines keep to it; ``several`` is whether the answer is a list of calls."""

    body: Json
    several: bool


def forced_call(tree: Json, *, shown: bool) -> Forced | None:
    """The same request, held to its calls; ``None`` if it demands none.

    Args:
        tree: a request for a chat completion.
        shown: whether the model's template shows tools to it; else they are told in the system's words.

    Raises:
        Rejected: ``invalid_request`` if a tool is named that is not there, or a tool has no name.
    """
    tools = _wanted(tree)
    if tools is None:
        return None
    several = tree.get("parallel_tool_calls") is True and tree.get("tool_choice") == "required"
    kept = {name: value for name, value in tree.items() if name not in {"tools", "tool_choice", "parallel_tool_calls"}}
    if shown:
        kept |= {"tools": tools, "tool_choice": "none"}
    else:
        kept["messages"] = _told(tree.get("messages"), tools, several=several)
    schema = {"name": "call", "schema": call_schema(tools, several=several)}
    return Forced({**kept, "response_format": {"type": "json_schema", "json_schema": schema}}, several)


def call_schema(tools: list[Json], *, several: bool) -> Json:
    """JSON schema of one call of one of these tools, or of a list of calls."""
    shared: Json = {}
    calls = [_call(number, tool["function"], shared) for number, tool in enumerate(tools)]
    one: Json = calls[0] if len(calls) == 1 else {"anyOf": calls}
    if several:
        one = {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_CALLS}
    return {**one, "$defs": shared} if shared else one


def _wanted(tree: Json) -> list[Json] | None:
    """The tools that may be called, if one has to be."""
    choice, tools = tree.get("tool_choice"), tree.get("tools")
    if choice is None or choice in ("none", "auto") or not isinstance(tools, list) or not tools:
        return None
    known = [tool for tool in tools if isinstance(tool, dict) and isinstance(tool.get("function"), dict)]
    known = [tool for tool in known if isinstance(tool["function"].get("name"), str)]
    if len(known) != len(tools):
        raise Rejected(Code.INVALID_REQUEST, reason="each of 'tools' must be a function with a name")
    if choice == "required":
        return known
    function = choice.get("function") if isinstance(choice, dict) else None
    name = function.get("name") if isinstance(function, dict) else None
    return forced(known, name) if isinstance(name, str) else None


def _call(number: int, function: Mapping[str, Any], shared: Json) -> Json:
    given = function.get("parameters")
    schema = dict(given) if isinstance(given, dict) else {"properties": {}}
    for place in _DEFS:
        if isinstance(own := schema.pop(place, None), dict):
            shared |= {f"{number}_{name}": _moved(one, number) for name, one in own.items()}
    arguments = _moved({"type": "object", **schema}, number)
    if _refers_beyond(given):
        shared[str(number)] = arguments
        arguments = {"$ref": f"#/$defs/{number}"}
    return {
        "type": "object",
        "properties": {"name": {"const": function["name"]}, "arguments": arguments},
        "required": ["name", "arguments"],
        "additionalProperties": False,
    }


def _refers_beyond(schema: Any) -> bool:
    """Whether something in a schema refers to another part of it than its definitions."""
    if isinstance(schema, list):
        return any(map(_refers_beyond, schema))
    if not isinstance(schema, dict):
        return False
    reference = schema.get("$ref")
    beyond = isinstance(reference, str) and reference.startswith("#") and not _DEFINED.fullmatch(reference)
    return beyond or any(map(_refers_beyond, schema.values()))


def _moved(schema: Any, number: int) -> Any:
    """A schema whose references find what they meant: definitions of all tools lie in one place, by number."""
    if isinstance(schema, list):
        return [_moved(one, number) for one in schema]
    if not isinstance(schema, dict):
        return schema
    moved = {name: _moved(value, number) for name, value in schema.items()}
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith("#"):
        found = _DEFINED.fullmatch(reference)
        moved["$ref"] = f"#/$defs/{number}_{found[1]}" if found else f"#/$defs/{number}{reference[1:]}"
    return moved


def _told(messages: object, tools: list[Json], *, several: bool) -> object:
    """The conversation with the tools in the words of the system, for a template that has no place for them."""
    if not isinstance(messages, list):
        return messages
    rows = "\n".join(json.dumps(tool["function"], separators=(",", ":"), ensure_ascii=False) for tool in tools)
    form = '{"name": the function, "arguments": an object}'
    ask = f"a list of calls, each {form}" if several else f"one call: {form}"
    text = f"You call functions and say nothing else. These are the functions:\n{rows}\nAnswer in JSON with {ask}."
    first = messages[0] if messages else None
    if isinstance(first, dict) and first.get("role") == "system" and isinstance(first.get("content"), str):
        return [{**first, "content": f"{first['content']}\n\n{text}"}, *messages[1:]]
    return [{"role": "system", "content": text}, *messages]
