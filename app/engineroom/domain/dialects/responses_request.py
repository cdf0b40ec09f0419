"""A request of the Responses API as one of chat completions."""

from dataclasses import dataclass

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.bounds import RESPONSES, numbers
from engineroom.domain.dialects.chat import Conversation
from engineroom.domain.dialects.chunks import Json
from engineroom.domain.dialects.responses_input import add_items, as_items
from engineroom.domain.dialects.responses_tools import Toolbox, choice, toolbox
from engineroom.domain.errors import Code, Rejected

_REFUSED = ("conversation", "prompt", "background")
_LOGPROBS = "message.output_text.logprobs"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesRequest:
    """What was asked: ``tree`` as it came, ``items`` of this request alone, ``chat`` without a model for the engine."""

    tree: Json
    model: str
    streaming: bool
    store: bool
    previous_id: str | None
    items: list[Json]
    tools: Toolbox
    chat: Json
    notes: tuple[str, ...]


def previous_of(tree: Json) -> str | None:
    """Id of the response that a request continues."""
    return fields.text(tree, "previous_response_id")


def read_request(tree: Json, history: list[Json]) -> ResponsesRequest:
    """Understand a request that continues ``history``, the items of earlier ones.

    Raises:
        Rejected: ``invalid_request`` or ``unsupported_parameter``.
    """
    for name in _REFUSED:
        if tree.get(name):
            raise Rejected(Code.UNSUPPORTED_PARAMETER, parameter=name)
    notes: list[str] = []
    conversation = Conversation()
    conversation.system(fields.text(tree, "instructions") or "")
    items = as_items(tree.get("input"))
    add_items(conversation, [*history, *items], notes)
    box = toolbox(fields.rows(tree, "tools"))
    chat = {"messages": conversation.messages("input"), **_sampling(tree), **_format(tree), **_effort(tree)}
    chat |= choice(tree, box)
    parallel = fields.flag(tree, "parallel_tool_calls")
    if "tools" in chat and parallel is not None:
        chat["parallel_tool_calls"] = parallel
    if tree.get("truncation") not in {None, "auto", "disabled"}:
        raise fields.wrong("truncation", "auto or disabled")
    return ResponsesRequest(
        tree=tree,
        model=fields.needed_text(tree, "model"),
        streaming=bool(fields.flag(tree, "stream")),
        store=fields.flag(tree, "store") is not False,
        previous_id=previous_of(tree),
        items=items,
        tools=box,
        chat=chat,
        notes=tuple(dict.fromkeys([*notes, *box.notes])),
    )


def _sampling(tree: Json) -> Json:
    wanted = numbers(RESPONSES, tree)
    if (most := wanted.pop("max_output_tokens", None)) is not None:
        wanted["max_tokens"] = most
    alternatives = fields.count(tree, "top_logprobs", low=0, high=20)
    include = tree.get("include")
    if alternatives or (isinstance(include, list) and _LOGPROBS in include):
        wanted |= {"logprobs": True, "top_logprobs": alternatives or 0}
    return wanted


def _format(tree: Json) -> Json:
    wanted = fields.mapping(fields.mapping(tree, "text") or {}, "format") or {}
    match wanted.get("type", "text"):
        case "text":
            return {}
        case "json_object":
            return {"response_format": {"type": "json_object"}}
        case "json_schema":
            schema = fields.mapping(wanted, "schema")
            if schema is None:
                raise fields.wrong("text.format.schema", "an object")
            named = fields.given(name=fields.text(wanted, "name") or "answer", strict=fields.flag(wanted, "strict"))
            return {"response_format": {"type": "json_schema", "json_schema": {**named, "schema": schema}}}
        case _:
            raise fields.wrong("text.format.type", "text, json_object or json_schema")


def _effort(tree: Json) -> Json:
    effort = fields.text(fields.mapping(tree, "reasoning") or {}, "effort")
    return effort_fields(effort)


def effort_fields(effort: str | None) -> Json:
    """Fields for how long to think: engines know three efforts, and templates a switch."""
    if effort is None:
        return {}
    if effort == "none":
        return {"chat_template_kwargs": {"enable_thinking": False}}
    known = {"minimal": "low", "low": "low", "medium": "medium", "high": "high", "xhigh": "high", "max": "high"}
    if effort not in known:
        raise fields.wrong("effort", "none, minimal, low, medium, high or xhigh")
    return {"reasoning_effort": known[effort]}
