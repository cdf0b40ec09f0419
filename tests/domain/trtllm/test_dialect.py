"""What has to be changed on the way to the engine and back."""

import pytest

from domain.trtllm.kit import TABLES
from engineroom.domain.errors import Code
from engineroom.domain.trtllm.dialect import (
    chat_request,
    completion_request,
    dialect_of,
    error_message,
    in_one_field,
    learned,
    openai_error,
    problem_of,
    reasoning_of,
)

OPENAPI = {
    "components": {
        "schemas": {
            "ChatCompletionRequest": {
                "properties": {
                    **{name: {} for name in TABLES.request_names("chat", (1, 4, 0)) - {"max_tokens"}},
                    "tool_choice": {
                        "anyOf": [{"enum": ["none", "auto", "required"]}, {"$ref": "#/x"}, {"type": "null"}]
                    },
                    "reasoning_effort": {"anyOf": [{"enum": ["low", "medium", "high", "max", "none"]}, {"const": "x"}]},
                }
            },
            "CompletionRequest": {"properties": {name: {} for name in TABLES.request_names("completions", (1, 4, 0))}},
        }
    }
}
NOW = dialect_of(TABLES, (1, 2, 1))
LATER = learned(NOW, OPENAPI)
CHAT = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
TOOL = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
WRAPPED = {"type": "json_schema", "json_schema": {"name": "n", "strict": True, "schema": SCHEMA}}
TOO_LONG = (
    "`default_max_tokens` (-12) must be greater than 0, `default_max_tokens` (-12) = max_seq_len (4096) - "
    "`splited_prompt_len` (4108) - `query_token_len` (0)"
)


@pytest.mark.parametrize(
    "field",
    ["store", "metadata", "service_tier", "parallel_tool_calls", "modalities", "prediction", "safety_identifier"],
)
def test_fields_that_1_2_refuses_are_left_out(field: str) -> None:
    asked = chat_request({**CHAT, field: True}, NOW)
    assert asked.body == CHAT
    assert asked.dropped == (field,)


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens", "top_k"])
def test_no_limit_is_said_by_nothing(name: str) -> None:
    """Clients of other servers at home say it by -1, which this one refuses."""
    for made in (chat_request({**CHAT, name: -1}, NOW), completion_request({"prompt": "a", name: -1}, NOW)):
        assert name not in made.body
        assert made.dropped == ()
    assert chat_request({**CHAT, name: 7}, NOW).body[name] == 7


def test_later_versions_take_more() -> None:
    assert chat_request({**CHAT, "parallel_tool_calls": False}, LATER).dropped == ()
    assert chat_request({**CHAT, "store": True}, LATER).dropped == ("store",)


@pytest.mark.parametrize(
    "field", ["temperature", "top_p", "max_tokens", "seed", "stop", "logprobs", "n", "user", "top_k"]
)
@pytest.mark.parametrize("dialect", [NOW, LATER])
def test_fields_that_it_takes_arrive(field: str, dialect) -> None:
    assert chat_request({**CHAT, field: 1}, dialect).body[field] == 1


def test_null_is_not_said() -> None:
    """Several of its fields are numbers without a null."""
    asked = chat_request({**CHAT, "n": None, "top_k": None, "store": None}, NOW)
    assert (asked.body, asked.dropped) == (CHAT, ())


@pytest.mark.parametrize("version", [(1, 3, 0), (1, 4, 0), (2, 0)])
def test_nothing_is_assumed_of_candidates(version: tuple[int, ...]) -> None:
    """1.3.0rc3 refuses what 1.3.0rc29 may take, and their numbers do not tell them apart."""
    assert dialect_of(TABLES, version) == NOW


@pytest.mark.parametrize("answer", [None, {}, {"components": {"schemas": []}}, "x", {"components": {"schemas": {}}}])
def test_a_server_that_tells_nothing(answer: object) -> None:
    assert learned(NOW, answer) == NOW


def test_what_a_server_tells() -> None:
    assert LATER.takes_required
    assert LATER.efforts == ("low", "medium", "high", "max", "none")
    assert {"max_tokens", "max_completion_tokens", "parallel_tool_calls"} <= LATER.chat_fields
    properties = {"model": {}, "tool_choice": {"enum": ["auto"]}}
    schemas = {name: {"properties": properties} for name in ("ChatCompletionRequest", "CompletionRequest")}
    old = {"components": {"schemas": schemas}}
    assert learned(NOW, old).chat_fields == {"model", "tool_choice"}
    assert not learned(NOW, old).takes_required


def test_one_length_not_two() -> None:
    asked = chat_request({**CHAT, "max_tokens": 5, "max_completion_tokens": 7}, NOW)
    assert asked.body == {**CHAT, "max_completion_tokens": 7}


@pytest.mark.parametrize(
    ("came", "made"),
    [
        ({"stream_options": {"include_usage": True}}, {}),
        ({"stream": False, "stream_options": {"include_usage": True}}, {"stream": False}),
        ({"stream": True, "stream_options": {"include_usage": True, "include_obfuscation": False}},
         {"stream": True, "stream_options": {"include_usage": True}}),
        ({"stream": True, "stream_options": {}}, {"stream": True, "stream_options": {"include_usage": False}}),
    ],
)  # fmt: skip
def test_stream_options_only_with_a_stream(came: dict, made: dict) -> None:
    assert chat_request({**CHAT, **came}, NOW).body == {**CHAT, **made}


def test_a_schema_is_taken_out_of_its_wrapper() -> None:
    assert chat_request({**CHAT, "response_format": WRAPPED}, NOW).body["response_format"] == {
        "type": "json", "schema": SCHEMA,
    }  # fmt: skip
    for other in ({"type": "text"}, {"type": "json_schema", "json_schema": SCHEMA}, {"type": "json_object"}):
        assert chat_request({**CHAT, "response_format": other}, NOW).body["response_format"] == other


@pytest.mark.parametrize(
    ("dialect", "choice", "made", "must"),
    [
        (NOW, "required", "auto", True),
        (LATER, "required", "required", False),
        (NOW, None, "auto", False),
        (NOW, "none", "none", False),
        (NOW, {"type": "function", "function": {"name": "f"}}, {"type": "function", "function": {"name": "f"}}, False),
    ],
)
def test_choice_of_tools(dialect, choice: object, made: object, must: bool) -> None:
    asked = chat_request({**CHAT, "tools": [TOOL], "tool_choice": choice}, dialect)
    assert (asked.body["tool_choice"], asked.must_call) == (made, must)


def test_no_choice_without_tools() -> None:
    asked = chat_request({**CHAT, "tools": [], "tool_choice": "required"}, NOW)
    assert (asked.body, asked.must_call) == (CHAT, False)


def test_tools_have_the_known_keys_only() -> None:
    strange = {"type": "function", "function": {**TOOL["function"], "x-origin": 1}, "cache_control": {}}
    assert chat_request({**CHAT, "tools": [strange]}, NOW).body["tools"] == [TOOL]


@pytest.mark.parametrize(
    ("dialect", "effort", "kept"), [(NOW, "high", True), (NOW, "none", False), (LATER, "none", True)]
)
def test_efforts(dialect, effort: str, kept: bool) -> None:
    assert ("reasoning_effort" in chat_request({**CHAT, "reasoning_effort": effort}, dialect).body) is kept


def test_completions() -> None:
    came = {"model": "m", "prompt": "p", "suffix": "s", "max_tokens": 3, "response_format": WRAPPED, "echo": True}
    asked = completion_request(came, NOW)
    format_ = {"type": "json", "schema": SCHEMA}
    assert asked.body == {"model": "m", "prompt": "p", "max_tokens": 3, "response_format": format_, "echo": True}
    assert asked.dropped == ("suffix",)


def test_what_came_is_not_changed() -> None:
    came = {**CHAT, "tools": [TOOL], "tool_choice": "required", "response_format": WRAPPED, "store": True}
    before = repr(came)
    chat_request(came, NOW)
    assert repr(came) == before


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"reasoning_content": "a"}, "a"),
        ({"reasoning": "b"}, "b"),
        ({"reasoning_content": None, "reasoning": "b"}, "b"),
        ({"reasoning_content": "a", "reasoning": "a"}, "a"),
        ({"content": "c"}, None),
        ({"reasoning": ""}, None),
    ],
)
def test_reasoning_in_either_field(message: dict, text: str | None) -> None:
    assert reasoning_of(message) == text
    made = in_one_field(message)
    assert made.get("reasoning_content") == (text or message.get("reasoning_content"))
    assert not (text and made.get("reasoning"))


FLAT = {"object": "error", "message": "bad", "type": "BadRequestError", "param": "n", "code": 400}


def test_flat_errors_become_nested() -> None:
    assert openai_error(400, FLAT) == {
        "error": {"message": "bad", "type": "invalid_request_error", "param": "n", "code": "invalid_request"}
    }


@pytest.mark.parametrize(
    ("status", "body", "code", "message"),
    [
        (400, FLAT, Code.INVALID_REQUEST, "bad"),
        (400, {**FLAT, "message": TOO_LONG}, Code.CONTEXT_LENGTH_EXCEEDED, TOO_LONG),
        (422, {"detail": [{"msg": "field required"}]}, Code.INVALID_REQUEST, "[{'msg': 'field required'}]"),
        (503, {"error": {"message": "starting", "type": "ServiceUnavailableError"}}, Code.ENGINE_FAILED, "starting"),
        (500, "plain", Code.ENGINE_FAILED, "plain"),
        (500, None, Code.ENGINE_FAILED, "None"),
    ],
)
def test_what_an_error_means(status: int, body: object, code: Code, message: str) -> None:
    assert problem_of(status, body).code == code
    assert error_message(body)[0] == message


def test_how_much_too_long() -> None:
    assert problem_of(400, {**FLAT, "message": TOO_LONG}).facts == {"prompt_tokens": 4108, "context_tokens": 4096}
