"""JSON schemas of the requests that skip the framework. Fields beyond these are taken, passed on or told of.

Sources: the references of the OpenAI, Anthropic and Ollama APIs, and the tables of ``domain.dialects``.
"""

from typing import Any

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_WHOLE: Json = {"type": "integer"}
_COUNT: Json = {"type": "integer", "minimum": 1}
_NUMBER: Json = {"type": "number"}
_FLAG: Json = {"type": "boolean"}
_OBJECT: Json = {"type": "object"}


def _list(of: Json, **more: int) -> Json:
    return {"type": "array", "items": of, **more}


def _either(*forms: Json) -> Json:
    return {"anyOf": list(forms)}


def _object(*needed: str, **properties: Json) -> Json:
    return {"type": "object", "properties": properties, **({"required": list(needed)} if needed else {})}


def _one_of(*values: str) -> Json:
    return {"type": "string", "enum": list(values)}


_PART = _object("type", type=_TEXT, text=_TEXT, image_url=_either(_TEXT, _object("url", url=_TEXT)))
_CALLED = _object("name", name=_TEXT, arguments=_TEXT)
_CALL = _object("id", "type", "function", id=_TEXT, type=_one_of("function"), function=_CALLED)
_TOLD = {"content": _either(_TEXT, _list(_PART)), "reasoning_content": _TEXT, "reasoning": _TEXT, "name": _TEXT}
_MESSAGE = _object(
    "role",
    "content",
    role=_one_of("system", "developer", "user", "assistant", "tool"),
    tool_calls=_list(_CALL),
    tool_call_id=_TEXT,
    **_TOLD,
)
_FUNCTION = _object("name", name=_TEXT, description=_TEXT, parameters=_OBJECT)
_TOOL = _object("type", "function", type=_one_of("function"), function=_FUNCTION)
_TOOL_CHOICE = _either(
    _one_of("none", "auto", "required"),
    _object("type", "function", type=_one_of("function"), function=_object("name", name=_TEXT)),
)
_SCHEMA_FORM = _object("name", "schema", name=_TEXT, strict=_FLAG, schema=_OBJECT)
_FORMAT = _object("type", type=_one_of("text", "json_object", "json_schema"), json_schema=_SCHEMA_FORM)
_STOP = _either(_TEXT, _list(_TEXT))

_SAMPLED: Json = {
    "model": _TEXT,
    "stream": _FLAG,
    "stream_options": _object(include_usage=_FLAG),
    "max_tokens": _COUNT,
    "temperature": _NUMBER,
    "top_p": _NUMBER,
    "n": _COUNT,
    "seed": _WHOLE,
    "stop": _STOP,
    "presence_penalty": _NUMBER,
    "frequency_penalty": _NUMBER,
    "logit_bias": _OBJECT,
    "user": _TEXT,
}
_CHAT = _object(
    "model",
    "messages",
    messages=_list(_MESSAGE, minItems=1),
    max_completion_tokens=_COUNT,
    logprobs=_FLAG,
    top_logprobs=_WHOLE,
    tools=_list(_TOOL),
    tool_choice=_TOOL_CHOICE,
    parallel_tool_calls=_FLAG,
    response_format=_FORMAT,
    reasoning_effort=_TEXT,
    **_SAMPLED,
)
_COMPLETION = _object(
    "model",
    "prompt",
    prompt=_either(_TEXT, _list(_TEXT), _list(_WHOLE)),
    suffix=_TEXT,
    logprobs=_WHOLE,
    echo=_FLAG,
    best_of=_COUNT,
    **_SAMPLED,
)
_ITEM = _object(type=_TEXT, role=_TEXT, content=_either(_TEXT, _list(_PART)), call_id=_TEXT, name=_TEXT,
                arguments=_TEXT, output=_either(_TEXT, _list(_PART)))  # fmt: skip
_RESPONSES = _object(
    "model",
    "input",
    model=_TEXT,
    input=_either(_TEXT, _list(_ITEM)),
    instructions=_TEXT,
    previous_response_id=_TEXT,
    stream=_FLAG,
    store=_FLAG,
    max_output_tokens=_COUNT,
    temperature=_NUMBER,
    top_p=_NUMBER,
    top_logprobs=_WHOLE,
    include=_list(_TEXT),
    tools=_list(_object("type", type=_TEXT, name=_TEXT, parameters=_OBJECT, tools=_list(_OBJECT))),
    tool_choice=_either(_TEXT, _OBJECT),
    parallel_tool_calls=_FLAG,
    truncation=_one_of("auto", "disabled"),
    text=_object(format=_object("type", type=_TEXT, name=_TEXT, strict=_FLAG, schema=_OBJECT)),
    reasoning=_object(effort=_TEXT),
)
_BLOCK = _object("type", type=_TEXT, text=_TEXT, thinking=_TEXT, id=_TEXT, name=_TEXT, input=_OBJECT, source=_OBJECT,
                 tool_use_id=_TEXT, content=_either(_TEXT, _list(_OBJECT)), is_error=_FLAG)  # fmt: skip
_TURN = _object("role", "content", role=_one_of("user", "assistant", "system"), content=_either(_TEXT, _list(_BLOCK)))
_MESSAGES_SHARED: Json = {
    "model": _TEXT,
    "messages": _list(_TURN, minItems=1),
    "system": _either(_TEXT, _list(_BLOCK)),
    "tools": _list(_object("name", name=_TEXT, description=_TEXT, input_schema=_OBJECT, type=_TEXT)),
    "tool_choice": _object("type", type=_TEXT, name=_TEXT, disable_parallel_tool_use=_FLAG),
    "thinking": _object("type", type=_TEXT, budget_tokens=_COUNT, display=_TEXT),
    "output_config": _object(effort=_TEXT, format=_object("type", type=_TEXT, schema=_OBJECT)),
}
_MESSAGES = _object(
    "model",
    "messages",
    "max_tokens",
    max_tokens={"type": "integer", "minimum": 0},
    stream=_FLAG,
    temperature=_NUMBER,
    top_p=_NUMBER,
    top_k=_WHOLE,
    stop_sequences=_list(_TEXT),
    **_MESSAGES_SHARED,
)
_KEEP = _either(_NUMBER, _TEXT)
_OPTIONS = _object(num_ctx=_COUNT, num_predict=_WHOLE, temperature=_NUMBER, seed=_WHOLE, stop=_STOP, top_k=_WHOLE)
_THERE: Json = {"model": _TEXT, "name": _TEXT, "keep_alive": _KEEP, "options": _OPTIONS}
_SAID: Json = {**_THERE, "stream": _FLAG, "format": _either(_TEXT, _OBJECT), "think": _either(_FLAG, _TEXT)}
_OLLAMA_MESSAGE = _object("role", role=_TEXT, content=_TEXT, thinking=_TEXT, images=_list(_TEXT), tool_name=_TEXT,
                          tool_calls=_list(_object("function", function=_object("name", name=_TEXT,
                                                                                arguments=_OBJECT))))  # fmt: skip

REQUESTS: dict[str, Json] = {
    "/v1/chat/completions": _CHAT,
    "/v1/completions": _COMPLETION,
    "/v1/responses": _RESPONSES,
    "/v1/messages": _MESSAGES,
    "/v1/messages/count_tokens": _object("model", "messages", **_MESSAGES_SHARED),
    "/v1/embeddings": _object(
        "model",
        "input",
        model=_TEXT,
        input=_either(_TEXT, _list(_TEXT), _list(_WHOLE), _list(_list(_WHOLE))),
        encoding_format=_one_of("float", "base64"),
        dimensions=_COUNT,
        user=_TEXT,
    ),
    "/v1/rerank": _object(
        "model",
        "query",
        "documents",
        model=_TEXT,
        query=_TEXT,
        documents=_list(_either(_TEXT, _object("text", text=_TEXT)), minItems=1),
        top_n=_COUNT,
        return_documents=_FLAG,
    ),
    "/tokenize": _object(model=_TEXT, content=_TEXT, prompt=_TEXT, messages=_list(_MESSAGE), tools=_list(_TOOL),
                         add_special=_FLAG, parse_special=_FLAG, with_pieces=_FLAG),
    "/detokenize": _object("tokens", model=_TEXT, tokens=_list(_WHOLE)),
    "/api/chat": _object("model", messages=_list(_OLLAMA_MESSAGE), tools=_list(_TOOL), **_SAID),
    "/api/generate": _object("model", prompt=_TEXT, suffix=_TEXT, system=_TEXT, raw=_FLAG, images=_list(_TEXT),
                             **_SAID),
    "/api/embed": _object("model", "input", input=_either(_TEXT, _list(_TEXT)), dimensions=_COUNT, truncate=_FLAG,
                          **_THERE),
    "/api/embeddings": _object("model", "prompt", prompt=_TEXT, **_THERE),
    "/api/show": _object("model", model=_TEXT, name=_TEXT, verbose=_FLAG),
}  # fmt: skip
"""By route: what may be asked with POST."""

_EVENTS, _LINES = "text/event-stream", "application/x-ndjson"
STREAMS = {
    **dict.fromkeys(("/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages"), _EVENTS),
    **dict.fromkeys(("/api/chat", "/api/generate"), _LINES),
}
"""By route: how an answer comes that comes in pieces."""

_KIND = _object("type", "message", type=_TEXT, message=_TEXT)
ERRORS: dict[str, Json] = {
    "AnthropicError": {
        **_object("type", "error", "request_id", type=_one_of("error"), error=_KIND, request_id=_TEXT),
        "description": "Body of every error answer under /v1/messages.",
    },
    "OllamaError": {**_object("error", error=_TEXT), "description": "Body of every error answer under /api."},
}
"""Forms of errors besides the envelope."""


def family_of(path: str) -> str:
    """Whose API a path belongs to.

    >>> family_of("/v1/messages/count_tokens"), family_of("/api/chat"), family_of("/v1/models"), family_of("/tokenize")
    ('anthropic', 'ollama', 'openai', 'plain')
    """
    if path.startswith("/v1/messages"):
        return "anthropic"
    if path.startswith("/api/"):
        return "ollama"
    return "openai" if path.startswith("/v1/") else "plain"
