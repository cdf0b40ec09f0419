"""Requests of both APIs as requests of chat completions."""

from typing import Any

import pytest

from domain.dialects.kit import Json, recorded
from engineroom.domain.dialects import messages_request, responses_request
from engineroom.domain.dialects.signature import signature_of, thought_in
from engineroom.domain.errors import Code, Rejected

RESPONSES = recorded("responses_requests")
MESSAGES = recorded("messages_requests")
HELLO = [{"role": "user", "content": "Hi"}]


@pytest.mark.parametrize("case", RESPONSES, ids=[case["name"] for case in RESPONSES])
def test_responses(case: Json) -> None:
    asked = responses_request.read_request(case["body"], [])
    assert asked.chat == case["chat"]
    assert list(asked.notes) == case["notes"]


@pytest.mark.parametrize("case", MESSAGES, ids=[case["name"] for case in MESSAGES])
def test_messages(case: Json) -> None:
    asked = messages_request.read_request(case["body"])
    assert asked.chat == case["chat"]
    assert list(asked.notes) == case["notes"]


def test_a_response_goes_on_from_earlier_ones() -> None:
    """Instructions are those of this request alone."""
    history = [{"role": "user", "content": "1"}, {"role": "assistant", "content": "2"}]
    asked = responses_request.read_request({"model": "m", "input": "3", "instructions": "Now."}, history)
    assert [message["content"] for message in asked.chat["messages"]] == ["Now.", "1", "2", "3"]
    assert asked.items == [{"type": "message", "role": "user", "content": "3"}]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"conversation": "conv_1"}, Code.UNSUPPORTED_PARAMETER),
        ({"background": True}, Code.UNSUPPORTED_PARAMETER),
        ({"prompt": {"id": "p"}}, Code.UNSUPPORTED_PARAMETER),
        ({"input": None}, Code.INVALID_REQUEST),
        ({"input": []}, Code.INVALID_REQUEST),
        ({"input": ["x"]}, Code.INVALID_REQUEST),
        ({"input": [{"role": "robot", "content": "x"}]}, Code.INVALID_REQUEST),
        ({"input": [{"role": "user", "content": 3}]}, Code.INVALID_REQUEST),
        ({"input": [{"role": "user", "content": [{"type": "input_text", "text": 3}]}]}, Code.INVALID_REQUEST),
        ({"input": [{"type": "function_call", "name": "x"}]}, Code.INVALID_REQUEST),
        (
            {"input": [{"role": "user", "content": [{"type": "input_image", "image_url": "http://x/y"}]}]},
            Code.REMOTE_MEDIA,
        ),
        ({"model": None}, Code.INVALID_REQUEST),
        ({"model": 3}, Code.INVALID_REQUEST),
        ({"temperature": "hot"}, Code.INVALID_REQUEST),
        ({"temperature": True}, Code.INVALID_REQUEST),
        ({"max_output_tokens": 0}, Code.INVALID_REQUEST),
        ({"max_output_tokens": 1.5}, Code.INVALID_REQUEST),
        ({"stream": "yes"}, Code.INVALID_REQUEST),
        ({"tools": "hammer"}, Code.INVALID_REQUEST),
        ({"tools": [{"type": "function"}]}, Code.INVALID_REQUEST),
        ({"tools": [{"type": "function", "name": "a"}], "tool_choice": 3}, Code.INVALID_REQUEST),
        (
            {"tools": [{"type": "function", "name": "a"}], "tool_choice": {"type": "function", "name": "b"}},
            Code.INVALID_REQUEST,
        ),
        ({"text": {"format": {"type": "json_schema"}}}, Code.INVALID_REQUEST),
        ({"text": {"format": {"type": "poem"}}}, Code.INVALID_REQUEST),
        ({"text": "short"}, Code.INVALID_REQUEST),
        ({"reasoning": {"effort": "heroic"}}, Code.INVALID_REQUEST),
        ({"previous_response_id": 3}, Code.INVALID_REQUEST),
    ],
)
def test_a_wrong_response_request_is_refused(fields: Json, code: Code) -> None:
    with pytest.raises(Rejected) as caught:
        responses_request.read_request({"model": "m", "input": "Hi", **fields}, [])
    assert caught.value.code == code


@pytest.mark.parametrize(
    "fields",
    [
        {"max_tokens": None},
        {"max_tokens": "5"},
        {"max_tokens": 0, "stream": True},
        {"max_tokens": 0, "thinking": {"type": "adaptive"}},
        {"max_tokens": 0, "output_config": {"format": {"type": "json_schema", "schema": {}}}},
        {"max_tokens": 0, "tools": [{"name": "a"}], "tool_choice": {"type": "any"}},
        {"messages": []},
        {"messages": [], "system": "Be brief."},
        {"messages": "Hi"},
        {"messages": [{"role": "robot", "content": "x"}]},
        {"messages": [{"role": "user", "content": {"text": "x"}}]},
        {"messages": [{"role": "user", "content": [{"type": "tool_result", "content": "x"}]}]},
        {"messages": [{"role": "assistant", "content": [{"type": "tool_use", "id": "a", "name": "b", "input": "c"}]}]},
        {"system": [{"type": "image"}]},
        {"system": 3},
        {"tools": [{"input_schema": {}}]},
        {"tools": [{"name": "a"}], "tool_choice": {"type": "some"}},
        {"tools": [{"name": "a"}], "tool_choice": {"type": "tool", "name": "b"}},
        {"stop_sequences": "x"},
        {"stop_sequences": [""]},
        {"thinking": {"type": "deep"}},
        {"thinking": "yes"},
        {"output_config": {"format": {"type": "json"}}},
        {"top_k": -1},
        {"stream": 1},
    ],
)
def test_a_wrong_messages_request_is_refused(fields: Json) -> None:
    with pytest.raises(Rejected) as caught:
        messages_request.read_request({"model": "m", "max_tokens": 5, "messages": HELLO, **fields})
    assert caught.value.code == Code.INVALID_REQUEST


def test_a_picture_from_elsewhere_is_refused() -> None:
    source = {"type": "url", "url": "https://example.org/a.png"}
    messages = [{"role": "user", "content": [{"type": "image", "source": source}]}]
    with pytest.raises(Rejected) as caught:
        messages_request.read_request({"model": "m", "max_tokens": 5, "messages": messages})
    assert caught.value.code == Code.REMOTE_MEDIA


def test_counting_needs_no_limit() -> None:
    assert "max_tokens" not in messages_request.read_request({"model": "m", "messages": HELLO}, counting=True).chat


def test_a_thought_comes_back_in_its_signature() -> None:
    """Clients that asked for no text send the block with the signature only."""
    thought = "Grüße 🦉 " * 50
    block = {"type": "thinking", "thinking": "", "signature": signature_of(thought)}
    messages: list[Any] = [*HELLO, {"role": "assistant", "content": [block, {"type": "text", "text": "x"}]}]
    asked = messages_request.read_request({"model": "m", "max_tokens": 5, "messages": messages})
    assert asked.chat["messages"][1] == {"role": "assistant", "content": "x", "reasoning_content": thought}


@pytest.mark.parametrize("signature", ["", "x", "er1.", "er1.%%%", "er1.AAAA", "er1.ä", signature_of("abc")[:-6]])
def test_another_signature_says_nothing(signature: str) -> None:
    assert thought_in(signature) == ""


def test_a_signature_that_unpacks_to_too_much_says_nothing() -> None:
    assert thought_in(signature_of("a" * (4 * 2**20 + 1))) == ""
    assert thought_in(signature_of("a" * (4 * 2**20))) == "a" * (4 * 2**20)
