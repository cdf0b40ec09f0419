"""How the engine's API differs from OpenAI's, and what has to be changed on the way there and back.

Up to 1.2 a ``json_schema`` is taken as it stands, wrapper and all, and ``tool_choice: required`` is refused.  Main
takes both (tensorrt_llm/serve/openai_protocol.py @0076e939), but candidates of one version differ: 1.3.0rc3 takes
neither.  So nothing newer than 1.2 is assumed, and a server's own ``/openapi.json`` says what more it has.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engineroom.domain.engine_refusals import refused
from engineroom.domain.errors import Code, FactValue, Problem
from engineroom.domain.planning.matrix import Version
from engineroom.domain.trtllm.tables import Tables

REASONING_FIELDS = ("reasoning_content", "reasoning")
"""The first with ``--reasoning_parser``, the second from gpt-oss's own format; a message has one of them, or both."""

DISCONNECT_NOTICED_S = 1.0
"""The server looks so often whether its client is still there."""

SETTLED: Version = (1, 2, 1)
"""The newest version whose every candidate is taken to be alike."""

EFFORTS = ("low", "medium", "high")
_NO_LIMIT = ("max_tokens", "max_completion_tokens", "top_k")
LATER_EFFORTS = (*EFFORTS, "max", "none")

_TOO_LONG = re.compile(
    r"default_max_tokens.*must be greater than 0.*max_seq_len \((?P<context>\d+)\)\D*splited_prompt_len.*?"
    r"\((?P<prompt>\d+)\)",
    re.DOTALL,
)

_NAME = re.compile(rb'"model": ?"[^"\\]*(?:\\.[^"\\]*)*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What one version's API accepts."""

    chat_fields: frozenset[str]
    completion_fields: frozenset[str]
    takes_required: bool
    efforts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as the engine takes it.

    ``dropped`` are fields it would refuse.  ``must_call`` says the client demanded a tool call that the engine cannot
    be made to give: whoever answers has to look whether one came.
    """

    body: Mapping[str, object]
    dropped: tuple[str, ...] = field(default=())
    must_call: bool = False


def named(data: bytes, model: str) -> bytes:
    """Whole events, or a whole answer, under the name of this model.

    Up to 1.2 an engine calls itself after the folder of its model, which for one from the Hub is the hash of a commit.
    Quotes inside of texts are escaped, so these bytes are a key wherever they stand.

    >>> named(b'{"id":"1","model":"0123abcd"}', "tiny")
    b'{"id":"1","model":"tiny"}'
    """
    if b'"model":' not in data:
        return data
    name = b'"model":' + json.dumps(model).encode()
    return _NAME.sub(lambda _: name, data)


def dialect_of(tables: Tables, version: Version) -> Dialect:
    """What is sure of this version."""
    settled = min(version, SETTLED)
    return Dialect(
        chat_fields=tables.request_names("chat", settled),
        completion_fields=tables.request_names("completions", settled),
        takes_required=False,
        efforts=EFFORTS,
    )


def learned(dialect: Dialect, openapi: object) -> Dialect:
    """The dialect of a server that runs, from the answer of ``GET /openapi.json``; without one, what is sure."""
    chat, completion = (_schema(openapi, name) for name in ("ChatCompletionRequest", "CompletionRequest"))
    if not chat or not completion:
        return dialect
    return Dialect(
        chat_fields=frozenset(chat) | _aliases(chat),
        completion_fields=frozenset(completion),
        takes_required="required" in _words(chat.get("tool_choice")),
        efforts=tuple(effort for effort in LATER_EFFORTS if effort in _words(chat.get("reasoning_effort"))) or EFFORTS,
    )


def _schema(openapi: object, name: str) -> Mapping[str, object]:
    """Properties of a request."""
    found = openapi
    for key in ("components", "schemas", name, "properties"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _aliases(chat: Mapping[str, object]) -> frozenset[str]:
    """The length has two names, of which the schema gives one."""
    both = frozenset({"max_tokens", "max_completion_tokens"})
    return both if both & set(chat) else frozenset()


def _words(schema: object) -> frozenset[str]:
    """All constants in a schema. What it refers to is not followed."""
    if isinstance(schema, Mapping):
        own = [*schema.get("enum", ()), schema.get("const")]
        below = (_words(one) for one in schema.get("anyOf", ()))
        return frozenset(word for word in own if isinstance(word, str)).union(*below)
    return frozenset()


def chat_request(body: Mapping[str, object], dialect: Dialect) -> Asked:
    """A chat request that the engine accepts, as near to the one that came as it can be."""
    came = _meant(body)
    made = {name: value for name, value in came.items() if name in dialect.chat_fields}
    _common(made)
    if "max_tokens" in made and "max_completion_tokens" in made:
        del made["max_tokens"]
    must_call = _tool_choice(made, dialect)
    if made.get("reasoning_effort") not in dialect.efforts:
        made.pop("reasoning_effort", None)
    _unwrap(made)
    if isinstance(tools := made.get("tools"), list):
        made["tools"] = [_tool(tool) for tool in tools]
    return Asked(body=made, dropped=_dropped(came, made), must_call=must_call)


def completion_request(body: Mapping[str, object], dialect: Dialect) -> Asked:
    """A completion request that the engine accepts."""
    came = _meant(body)
    made = {name: value for name, value in came.items() if name in dialect.completion_fields}
    _common(made)
    _unwrap(made)
    return Asked(body=made, dropped=_dropped(came, made))


def _meant(body: Mapping[str, object]) -> Mapping[str, object]:
    """What says something: elsewhere -1 says that there is no limit, and here it would be refused."""
    return {
        name: value for name, value in body.items() if value is not None and not (name in _NO_LIMIT and value == -1)
    }


def _common(made: dict[str, object]) -> None:
    if "stream_options" in made:
        options = made["stream_options"]
        if not made.get("stream") or not isinstance(options, Mapping):
            del made["stream_options"]
        else:
            known = ("include_usage", "continuous_usage_stats")
            # Without a word about it the engine sends the usage, where OpenAI's does not.
            made["stream_options"] = {"include_usage": False} | {
                name: options[name] for name in known if name in options
            }


def _tool_choice(made: dict[str, object], dialect: Dialect) -> bool:
    """Put the choice into what the engine knows; true where a call is demanded and cannot be forced."""
    if not made.get("tools"):
        made.pop("tools", None)
        made.pop("tool_choice", None)
        return False
    if made.get("tool_choice") != "required" or dialect.takes_required:
        # A missing choice counts as "none" on main; OpenAI's default beside tools is "auto".
        made.setdefault("tool_choice", "auto")
        return False
    made["tool_choice"] = "auto"
    return True


def _tool(tool: object) -> object:
    """A tool with the keys the engine knows: one more and the whole request is refused."""
    if not isinstance(tool, Mapping) or not isinstance(function := tool.get("function"), Mapping):
        return tool
    known = ("name", "description", "parameters", "strict")
    return {"type": "function", "function": {name: function[name] for name in known if name in function}}


def _unwrap(made: dict[str, object]) -> None:
    """OpenAI's wrapped ``json_schema`` becomes ``json`` with the schema itself: NVIDIA's own form, on every version."""
    asked = made.get("response_format")
    if not isinstance(asked, Mapping) or asked.get("type") != "json_schema":
        return
    wrapped = asked.get("json_schema")
    if isinstance(wrapped, Mapping) and isinstance(schema := wrapped.get("schema"), Mapping):
        made["response_format"] = {"type": "json", "schema": schema}


def _dropped(came: Mapping[str, object], made: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(name for name in came if name not in made))


def reasoning_of(message: Mapping[str, object]) -> str | None:
    """The reasoning in a message or a piece of one, whichever field it came in."""
    for name in REASONING_FIELDS:
        if isinstance(text := message.get(name), str) and text:
            return text
    return None


def in_one_field(message: Mapping[str, object]) -> Mapping[str, object]:
    """The message with its reasoning in ``reasoning_content`` alone, where most clients look for it."""
    text = reasoning_of(message)
    if text is None or ("reasoning" not in message and "reasoning_content" in message):
        return message
    return {name: value for name, value in message.items() if name != "reasoning"} | {"reasoning_content": text}


def error_message(body: object) -> tuple[str, str | None]:
    """Message and type of an error: flat as this engine sends it, nested as OpenAI does, or FastAPI's ``detail``."""
    if not isinstance(body, Mapping):
        return str(body), None
    inner = body.get("error")
    source = inner if isinstance(inner, Mapping) else body
    message, type_ = source.get("message"), source.get("type")
    if isinstance(message, str):
        return message, type_ if isinstance(type_, str) else None
    return str(body.get("detail", body)), None


def problem_of(status: int, body: object) -> Problem:
    """What an error answer means. Nearly everything comes as 400, server faults too."""
    message, _ = error_message(body)
    if found := _TOO_LONG.search(message):
        facts: dict[str, FactValue] = {"prompt_tokens": int(found["prompt"]), "context_tokens": int(found["context"])}
        return Problem(code=Code.CONTEXT_LENGTH_EXCEEDED, facts=facts)
    if status in {400, 422}:
        return Problem(code=Code.INVALID_REQUEST, facts=refused(message, message))
    return Problem(code=Code.ENGINE_FAILED, facts={"model": None, "cause": message})


def openai_error(status: int, body: object) -> dict[str, object]:
    """The same error in OpenAI's nested form."""
    message, _ = error_message(body)
    problem = problem_of(status, body)
    type_ = "invalid_request_error" if problem.code != Code.ENGINE_FAILED else "server_error"
    return {"error": {"message": message, "type": type_, "param": _param(body), "code": str(problem.code)}}


def _param(body: object) -> str | None:
    value = body.get("param") if isinstance(body, Mapping) else None
    return value if isinstance(value, str) else None
