"""Whatever a request holds, it is understood or refused."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dialects.kit import Json
from engineroom.domain.dialects import messages_request, responses_request
from engineroom.domain.dialects.messages_answer import MessagesAnswer
from engineroom.domain.dialects.responses_answer import ResponsesAnswer
from engineroom.domain.errors import Rejected

WORDS = st.sampled_from(
    [
        "message",
        "user",
        "assistant",
        "system",
        "text",
        "input_text",
        "function",
        "custom",
        "namespace",
        "tool_use",
        "auto",
        "tool_result",
        "function_call",
        "function_call_output",
        "reasoning",
        "thinking",
        "json_schema",
        "allowed_tools",
        "x",
        "image",
        "input_image",
        "document",
        "enabled",
        "high",
        "tool",
        "any",
        "required",
        "data:image/png;base64,AA",
    ]
)
NAMES = st.sampled_from(
    [
        "type",
        "role",
        "content",
        "text",
        "name",
        "call_id",
        "arguments",
        "output",
        "id",
        "input",
        "tool_use_id",
        "source",
        "tools",
        "format",
        "schema",
        "effort",
        "mode",
        "namespace",
        "parameters",
        "is_error",
        "data",
        "media_type",
        "summary",
        "encrypted_content",
        "image_url",
        "thinking",
        "signature",
        "input_schema",
        "description",
        "disable_parallel_tool_use",
    ]
)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-2, 9), st.floats(allow_nan=False), WORDS)
ANYTHING = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)), max_leaves=8
)
ROWS = st.lists(st.dictionaries(NAMES, ANYTHING, max_size=5), max_size=3)
MAYBE = st.one_of(ROWS, ANYTHING)
RESPONSES = st.fixed_dictionaries(
    {"input": MAYBE},
    optional=dict.fromkeys(
        ["instructions", "tools", "tool_choice", "text", "reasoning", "temperature", "top_logprobs", "include", "store",
         "stream", "max_output_tokens", "truncation", "metadata", "parallel_tool_calls", "max_tool_calls"], MAYBE,
    ),
)  # fmt: skip
MESSAGES = st.fixed_dictionaries(
    {"messages": MAYBE},
    optional=dict.fromkeys(
        ["system", "tools", "tool_choice", "thinking", "output_config", "output_format", "stop_sequences", "top_k",
         "temperature", "stream", "mcp_servers"], MAYBE,
    ),
)  # fmt: skip


@settings(max_examples=150)
@given(RESPONSES)
def test_responses(fields: Json) -> None:
    try:
        asked = responses_request.read_request({"model": "m", **fields}, [])
    except Rejected:
        return
    ResponsesAnswer(asked, model="m", new_id=str, unix_s=lambda: 1.0).begin()


@settings(max_examples=150)
@given(MESSAGES)
def test_messages(fields: Json) -> None:
    try:
        asked = messages_request.read_request({"model": "m", "max_tokens": 5, **fields})
    except Rejected:
        return
    MessagesAnswer(asked, model="m", new_id=str).begin()


@pytest.mark.parametrize("odd", [[], {}, 3, True, ["function"], {"a": 1}])
def test_a_type_that_is_no_word(odd: Any) -> None:
    """Where words are looked up, anything may come."""
    hello = {"model": "m", "max_tokens": 5}
    tool = {"type": "function", "name": "a"}
    for fields in (
        {"input": [{"role": "user", "content": [{"type": odd}]}]},
        {"input": [{"type": odd}]},
        {"input": "x", "tools": [{"type": odd}]},
        {"input": "x", "tools": [{"type": "namespace", "name": "n", "tools": [{"type": odd, "name": "a"}]}]},
        {"input": "x", "tools": [tool], "tool_choice": {"type": odd}},
        {"input": "x", "tools": [tool], "tool_choice": {"type": "allowed_tools", "mode": odd, "tools": [tool]}},
        {"input": "x", "text": {"format": {"type": odd}}},
    ):
        with contextlib.suppress(Rejected):
            responses_request.read_request({**hello, **fields}, [])
    say = {"messages": [{"role": "user", "content": "x"}]}
    for fields in (
        {"messages": [{"role": odd, "content": "x"}]},
        {"messages": [{"role": "user", "content": [{"type": odd}]}]},
        {"messages": [{"role": "assistant", "content": [{"type": odd}]}]},
        {**say, "tools": [{"type": odd, "name": "a"}]},
        {**say, "tools": [{"name": "a"}], "tool_choice": {"type": odd}},
        {**say, "thinking": {"type": odd}},
        {**say, "output_config": {"format": {"type": odd}}},
    ):
        with contextlib.suppress(Rejected):
            messages_request.read_request({**hello, **fields})
