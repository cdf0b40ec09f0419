"""A request of Anthropic's Messages API as one of chat completions."""

from dataclasses import dataclass

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.bounds import MESSAGES, numbers
from engineroom.domain.dialects.chat import Conversation, forced, function_tool
from engineroom.domain.dialects.chunks import Json
from engineroom.domain.dialects.messages_input import add_messages, add_system
from engineroom.domain.dialects.responses_request import effort_fields
from engineroom.domain.errors import Code, Rejected

_CHOICES = {"auto": "auto", "any": "required", "none": "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesRequest:
    """What was asked; ``chat`` is for the engine, without a model. ``stops`` are not in it: see StopWatch.

    ``show_thinking`` is whether thinking blocks come with their text; ``warming`` whether the prompt is only to be read
    (``max_tokens: 0``), for which engines have to be asked for one token.
    """

    model: str
    streaming: bool
    show_thinking: bool
    stops: tuple[str, ...]
    chat: Json
    notes: tuple[str, ...]
    warming: bool


def read_request(tree: Json, *, counting: bool = False) -> MessagesRequest:
    """Understand a request; one that only counts tokens need not say how many it wants.

    Raises:
        Rejected: ``invalid_request``.
    """
    notes: list[str] = []
    conversation = Conversation()
    add_system(conversation, tree.get("system"))
    asked = fields.rows(tree, "messages")
    if not asked:
        # A system prompt alone asks nothing.
        raise Rejected(Code.INVALID_REQUEST, reason="'messages' is empty")
    add_messages(conversation, asked, notes)
    sampled = numbers(MESSAGES, tree)
    if "max_tokens" not in sampled and not counting:
        raise Rejected(Code.INVALID_REQUEST, reason="'max_tokens' is missing")
    thinking = fields.mapping(tree, "thinking") or {}
    warming = sampled.get("max_tokens") == 0
    if warming:
        if not counting:
            _demand_no_answer(tree, thinking)
        sampled["max_tokens"] = 1
    chat = {
        "messages": conversation.messages("messages"),
        **sampled,
        **_tools(tree, notes),
        **_output(tree),
        **_thinking(tree, thinking),
    }
    notes += [f"{name} left out" for name in ("mcp_servers", "container") if tree.get(name)]
    return MessagesRequest(
        model=fields.needed_text(tree, "model"),
        streaming=bool(fields.flag(tree, "stream")),
        show_thinking=thinking.get("display") != "omitted",
        stops=_stops(tree),
        chat=chat,
        notes=tuple(dict.fromkeys(notes)),
        warming=warming,
    )


def _demand_no_answer(tree: Json, thinking: Json) -> None:
    """Raise Rejected where an answer is asked for that a request for none cannot have; the API refuses these too."""
    wants = {
        "stream": fields.flag(tree, "stream"),
        "thinking": fields.text(thinking, "type") in {"enabled", "adaptive"},
        "output_config.format": fields.mapping(fields.mapping(tree, "output_config") or {}, "format"),
        "tool_choice": fields.text(fields.mapping(tree, "tool_choice") or {}, "type") in {"any", "tool"},
    }
    for name, wanted in wants.items():
        if wanted:
            needed = f"a whole number of 1 or more with such a '{name}', and is 0, which asks for no answer"
            raise fields.wrong("max_tokens", needed)


def _tools(tree: Json, notes: list[str]) -> Json:
    functions = []
    for tool in fields.rows(tree, "tools"):
        if fields.text(tool, "type") in {None, "custom"}:
            name = fields.needed_text(tool, "name")
            schema = fields.mapping(tool, "input_schema")
            functions.append(function_tool(name, fields.text(tool, "description"), schema))
        else:
            notes.append(f"tool {str(tool['type'])[:60]} left out")
    if not functions:
        return {}
    return _choice(fields.mapping(tree, "tool_choice") or {"type": "auto"}, functions)


def _choice(wanted: Json, functions: list[Json]) -> Json:
    kind = fields.text(wanted, "type") or ""
    if kind == "tool":
        chosen: Json = {
            "tools": forced(functions, fields.needed_text(wanted, "name")),
            "tool_choice": "required",
        }
    elif kind in _CHOICES:
        chosen = {"tools": functions, "tool_choice": _CHOICES[kind]}
    else:
        raise fields.wrong("tool_choice.type", "auto, any, tool or none")
    if fields.flag(wanted, "disable_parallel_tool_use"):
        chosen["parallel_tool_calls"] = False
    return chosen


def _output(tree: Json) -> Json:
    config = fields.mapping(tree, "output_config") or {}
    form = fields.mapping(config, "format") or fields.mapping(tree, "output_format")
    wanted = effort_fields(fields.text(config, "effort"))
    if form is None:
        return wanted
    schema = fields.mapping(form, "schema")
    if form.get("type") != "json_schema" or schema is None:
        raise fields.wrong("output_config.format", "a json_schema with its schema")
    named = {"name": "answer", "strict": True, "schema": schema}
    return {**wanted, "response_format": {"type": "json_schema", "json_schema": named}}


def _thinking(tree: Json, thinking: Json) -> Json:
    """In this API a model thinks only when asked to."""
    kind = fields.text(thinking, "type") or "disabled"
    if kind not in {"enabled", "adaptive", "disabled"}:
        raise fields.wrong("thinking.type", "enabled, adaptive or disabled")
    fields.count(thinking, "budget_tokens")
    if not isinstance(tree.get("thinking", {}), dict):
        raise fields.wrong("thinking", "an object")
    return {"chat_template_kwargs": {"enable_thinking": kind != "disabled"}}


def _stops(tree: Json) -> tuple[str, ...]:
    stops = tree.get("stop_sequences") or []
    if not isinstance(stops, list) or not all(isinstance(stop, str) and stop for stop in stops) or len(stops) > 64:
        raise fields.wrong("stop_sequences", "a list of at most 64 strings that are not empty")
    return tuple(stops)
