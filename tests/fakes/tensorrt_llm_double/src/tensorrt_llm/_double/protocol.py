"""Which requests are taken, and the flat errors for those that are not (reference 2.6)."""

from typing import Any

from tensorrt_llm._double.http_server import Request, Response, as_json
from tensorrt_llm._double.releases import Release

SHARED = (
    "model best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop stream "
    "stream_options temperature top_p user lora_request use_beam_search top_k top_p_min min_p repetition_penalty "
    "length_penalty early_stopping stop_token_ids include_stop_str_in_output ignore_eos min_tokens skip_special_tokens "
    "spaces_between_special_tokens truncate_prompt_tokens add_special_tokens response_format disaggregated_params"
)
CHAT = (
    f"{SHARED} messages top_logprobs max_completion_tokens tools tool_choice reasoning_effort add_generation_prompt "
    "documents chat_template chat_template_kwargs"
)
COMPLETIONS = f"{SHARED} prompt suffix return_context_logits detokenize"
RESPONSES = (
    "background include input instructions max_output_tokens max_tool_calls metadata model parallel_tool_calls "
    "previous_response_id prompt reasoning service_tier store stream temperature text tool_choice tools top_logprobs "
    "top_p truncation user request_id priority mm_processor_kwargs"
)
SINCE_1_2 = {"chat": "cache_salt prompt_token_ids"}
SINCE_1_3 = {
    "chat": "parallel_tool_calls thinking thinking_token_budget prompt_ignore_length media_io_kwargs "
    "conversation_params priority agent_hierarchy mm_processor_kwargs prompt_token_ids_b64 "
    "injected_chat_template_kwargs",
    "completions": "prompt_ignore_length thinking_token_budget priority conversation_params",
}
REQUIRED = {"chat": ("messages", "model"), "completions": ("model", "prompt"), "responses": ("input",)}
FORMATS = ("text", "json", "json_schema", "json_object", "regex", "ebnf", "structural_tag")


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, message: str, *, status: int = 400, kind: str = "BadRequestError") -> None:
        super().__init__(message)
        self.status, self.kind = status, kind

    def response(self) -> Response:
        """The flat body."""
        body = {"object": "error", "message": str(self), "type": self.kind, "param": None, "code": self.status}
        return as_json(body, self.status)


def fields_of(endpoint: str, chosen: Release) -> frozenset[str]:
    """The fields that a request to ``chat``, ``completions`` or ``responses`` may have."""
    names = {"chat": CHAT, "completions": COMPLETIONS, "responses": RESPONSES}[endpoint].split()
    if chosen.line >= (1, 2):
        names += SINCE_1_2.get(endpoint, "").split()
    if chosen.line >= (1, 3):
        names += SINCE_1_3.get(endpoint, "").split()
    return frozenset(names)


def schemas(chosen: Release) -> dict[str, Any]:
    """The models of requests as FastAPI describes them; the length has one name there."""
    found: dict[str, Any] = {}
    for endpoint, name in (("chat", "ChatCompletionRequest"), ("completions", "CompletionRequest")):
        names = fields_of(endpoint, chosen) - ({"max_completion_tokens"} if endpoint == "chat" else set())
        properties: dict[str, Any] = {one: {"title": one} for one in sorted(names)}
        if endpoint == "chat":
            words = {"enum": ["none", "auto"], "type": "string"}
            properties["tool_choice"] = {"anyOf": [words, {"$ref": "#/components/schemas/NamedToolChoice"}]}
            properties["reasoning_effort"] = {"anyOf": [{"enum": ["low", "medium", "high"]}, {"type": "null"}]}
        found[name] = {"type": "object", "additionalProperties": False, "properties": properties}
    return found


def read(request: Request, endpoint: str, chosen: Release) -> dict[str, Any]:
    """The body of a request. Raises Refused in the words of the validator."""
    try:
        body = request.json()
    except ValueError as wrong:
        raise Refused(_validation(("json_invalid", ("body", 0), "JSON decode error", str(wrong)))) from None
    if not isinstance(body, dict):
        message = "Input should be a valid dictionary or object to extract fields from"
        raise Refused(_validation(("model_attributes_type", ("body",), message, body)))
    known = fields_of(endpoint, chosen)
    wrong = [("missing", ("body", name), "Field required", body) for name in REQUIRED[endpoint] if name not in body]
    wrong += [
        ("extra_forbidden", ("body", name), "Extra inputs are not permitted", body[name])
        for name in body
        if name not in known
    ]
    wrong += _types(body)
    if wrong:
        raise Refused(_validation(*wrong))
    _values(body, endpoint, chosen)
    return body


def _validation(*wrong: tuple[str, tuple[object, ...], str, Any]) -> str:
    rows = [{"type": kind, "loc": loc, "msg": message, "input": value} for kind, loc, message, value in wrong]
    return str(rows)


CODES = {"list": "list_type", "boolean": "bool_type", "integer": "int_type", "number": "float_type"}


def _types(body: dict[str, Any]) -> list[tuple[str, tuple[object, ...], str, Any]]:
    number = ((int, float), "number")
    wanted = {
        **dict.fromkeys(("messages", "tools", "stop_token_ids"), (list, "list")),
        **dict.fromkeys(("stream", "echo", "ignore_eos", "use_beam_search", "skip_special_tokens"), (bool, "boolean")),
        **dict.fromkeys(("max_tokens", "max_completion_tokens", "n", "seed", "top_k", "min_tokens", "top_logprobs"),
                        (int, "integer")),
        **dict.fromkeys(("temperature", "top_p", "min_p", "repetition_penalty", "presence_penalty",
                         "frequency_penalty"), number),
    }  # fmt: skip
    return [
        (CODES[word], ("body", name), f"Input should be a valid {word}", body[name])
        for name, (kinds, word) in wanted.items()
        if body.get(name) is not None and not isinstance(body[name], kinds)
    ]


def _values(body: dict[str, Any], endpoint: str, chosen: Release) -> None:
    if body.get("stream_options") is not None and not body.get("stream"):
        message = "Value error, stream_options can only be set if stream is true"
        raise Refused(_validation(("value_error", ("body",), message, None)))
    if body.get("suffix") is not None:
        raise Refused("suffix is not currently supported")
    if endpoint == "chat":
        _tool_choice(body)
        _effort(body.get("reasoning_effort"))
    if (body.get("n") or 1) > 1 and not chosen.several_choices:
        raise Refused("n > 1 is not supported")
    kind = (body.get("response_format") or {"type": "text"}).get("type")
    if kind not in FORMATS:
        allowed = ", ".join(map(repr, FORMATS))
        message = f"Input should be {allowed}"
        raise Refused(_validation(("literal_error", ("body", "response_format", "type"), message, kind)))


def _effort(asked: Any) -> None:
    if asked not in (None, "low", "medium", "high"):
        message = "Input should be 'low', 'medium' or 'high'"
        raise Refused(_validation(("literal_error", ("body", "reasoning_effort"), message, asked)))


def _tool_choice(body: dict[str, Any]) -> None:
    choice = body.get("tool_choice")
    if choice is None or choice in ("none", "auto"):
        return
    if not isinstance(choice, dict):
        message = "Input should be 'none' or 'auto'"
        raise Refused(_validation(("literal_error", ("body", "tool_choice"), message, choice)))
    if not body.get("tools"):
        raise Refused("When using `tool_choice`, `tools` must be set.")
