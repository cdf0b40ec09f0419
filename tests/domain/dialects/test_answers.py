"""Streams of chat completions as events of the other APIs, held against the schema and the official types."""

import json
from typing import Any

import anthropic.types
import openai.types.responses
import pytest
from pydantic import TypeAdapter

from domain.dialects.kit import (
    OTHER_TOOLS,
    RESPONSE,
    Json,
    check_schema,
    chunks,
    messages_answer,
    played,
    recorded,
    responses_answer,
)
from engineroom.domain.dialects.chunks import Untranslatable, as_chunk
from engineroom.domain.dialects.signature import signature_of

STREAMS = recorded("streams")
OPENAI: TypeAdapter[Any] = TypeAdapter(openai.types.responses.ResponseStreamEvent)
ANTHROPIC: TypeAdapter[Any] = TypeAdapter(anthropic.types.RawMessageStreamEvent)
each_stream = pytest.mark.parametrize("case", STREAMS, ids=[case["name"] for case in STREAMS])


def stream(case: Json) -> Any:
    return chunks(case["deltas"], case["finish"], case["usage"])


def said(item: Json) -> str:
    parts = item.get("content") or item.get("summary")
    return str(parts[0]["text"]) if parts else str(item.get("arguments", item.get("input")))


@each_stream
def test_responses(case: Json) -> None:
    answer = responses_answer()
    events = played(answer, stream(case))
    assert [event["type"].removeprefix("response.") for event in events] == case["responses"]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    check_schema(events)
    for event in events:
        OPENAI.validate_python(event)
    last = events[-1]["response"]
    assert [[item["type"], said(item)] for item in last["output"]] == case["output"]
    assert [last["usage"]["input_tokens"], last["usage"]["output_tokens"]] == case["usage"][:2]
    assert last["usage"]["input_tokens_details"]["cached_tokens"] == case["usage"][2]
    assert last == answer.whole()
    RESPONSE.validate_python(last)


@each_stream
def test_messages(case: Json) -> None:
    answer = messages_answer()
    events = played(answer, stream(case))
    assert [event["type"] for event in events] == case["messages"]
    for event in events:
        if event["type"] != "ping":
            ANTHROPIC.validate_python(event)
    assert events[0]["message"]["usage"]["input_tokens"] == 16
    delta = events[-2]
    prompt, completion, cached, _ = case["usage"]
    assert delta["delta"] == {"stop_reason": case["stop_reason"], "stop_sequence": None}
    assert delta["usage"] == {
        "input_tokens": prompt - cached,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": cached,
        "output_tokens": completion,
    }
    whole = answer.whole()
    anthropic.types.Message.model_validate(whole)
    assert [rebuilt(block, events, index) for index, block in enumerate(whole["content"])] == whole["content"]


def rebuilt(block: Json, events: list[Json], index: int) -> Json:
    """A block as a client puts it together out of the events."""
    pieces = [event["delta"] for event in events if event["type"] == "content_block_delta" and event["index"] == index]
    joined: Json = {}
    for piece in pieces:
        for name, text in piece.items():
            if name != "type":
                joined[name] = joined.get(name, "") + text
    if block["type"] == "tool_use":
        return {**block, "input": json.loads(joined.get("partial_json") or "{}")}
    return {"type": block["type"], **joined}


@each_stream
def test_the_answer_in_one_piece_is_the_same(case: Json) -> None:
    """Whatever the engine was asked for."""
    message: Json = {"role": "assistant", "content": "", "reasoning_content": "", "tool_calls": []}
    for delta in case["deltas"]:
        message["content"] += delta.get("content") or ""
        message["reasoning_content"] += delta.get("reasoning_content") or delta.get("reasoning") or ""
        for piece in delta.get("tool_calls", []):
            if piece.get("id"):
                message["tool_calls"].append(json.loads(json.dumps(piece)))
            else:
                message["tool_calls"][-1]["function"]["arguments"] += piece["function"]["arguments"]
    (usage,) = chunks([], None, case["usage"])
    whole = {"choices": [{"message": message, "finish_reason": case["finish"]}], "usage": usage["usage"]}
    for make in (responses_answer, messages_answer):
        streamed, at_once = make(), make()
        played(streamed, stream(case))
        played(at_once, iter([as_chunk(whole)]))
        assert without_thinking_count(at_once.whole()) == without_thinking_count(streamed.whole())


def without_thinking_count(whole: Json) -> Json:
    return {name: value for name, value in whole.items() if name != "usage"}


def test_names_come_back_as_the_caller_knows_them() -> None:
    calls = [
        {"index": 0, "id": "a", "function": {"name": "mcp__x__see", "arguments": "{}"}},
        {"index": 1, "id": "b", "function": {"name": "patch", "arguments": '{"input": "***'}},
        {"index": 1, "function": {"arguments": ' begin"}'}},
        {"index": 2, "id": "c", "function": {"name": "patch", "arguments": "not JSON"}},
        {"index": 3, "id": "d", "function": {"name": "unheard", "arguments": ""}},
    ]
    answer = responses_answer(tools=OTHER_TOOLS)
    events = played(answer, chunks([{"tool_calls": calls}], "tool_calls", [1, 1, 0, None]))
    seen, patch, broken, unheard = answer.whole()["output"]
    assert (seen["name"], seen["namespace"], seen["call_id"]) == ("see", "mcp__x", "a")
    assert (patch["type"], patch["input"], broken["input"]) == ("custom_tool_call", "*** begin", "not JSON")
    assert (unheard["name"], unheard["arguments"]) == ("unheard", "")
    deltas = [event["delta"] for event in events if event["type"] == "response.custom_tool_call_input.delta"]
    assert deltas == ["*** begin", "not JSON"]
    for event in events:
        OPENAI.validate_python(event)


def test_a_failure_in_the_middle() -> None:
    """First what this API says of it, then what the official library raises at."""
    answer = responses_answer()
    events = answer.begin()
    for chunk in chunks([{"content": "Half"}], None, None):
        events += answer.feed(chunk)
    events += answer.fail(code="engine_unreachable", kind="server_error", message="It is gone.")
    assert [event["type"] for event in events[-2:]] == ["response.failed", "error"]
    assert events[-2]["response"]["error"] == {"code": "engine_unreachable", "message": "It is gone."}
    assert events[-2]["response"]["store"] is False
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    check_schema(events)


def test_keep_alives_count() -> None:
    answer = responses_answer()
    events = [*answer.begin(), *answer.keep_alive(), *answer.keep_alive()]
    assert [event["sequence_number"] for event in events] == [0, 1, 2, 3]
    assert {event["response"]["status"] for event in events} == {"in_progress"}
    assert messages_answer().keep_alive() == [{"type": "ping"}]


def test_logprobs_come_along() -> None:
    row = {"token": "a", "logprob": -0.5, "bytes": [97], "id": 3}
    logprobs = {"content": [{**row, "top_logprobs": [row]}]}
    chunk = {"choices": [{"index": 0, "delta": {"content": "a"}, "logprobs": logprobs, "finish_reason": "stop"}]}
    answer = responses_answer(top_logprobs=1)
    events = played(answer, iter([chunk]))
    one = {"token": "a", "logprob": -0.5, "bytes": [97]}
    assert answer.whole()["output"][0]["content"][0]["logprobs"] == [{**one, "top_logprobs": [one]}]
    check_schema(events)


def test_what_nobody_counted_is_not_counted() -> None:
    answer = responses_answer()
    played(answer, chunks([{"content": "x"}], "stop", None))
    assert answer.whole()["usage"] is None


def test_thoughts_without_their_text() -> None:
    answer = messages_answer(thinking={"type": "adaptive", "display": "omitted"})
    events = played(answer, chunks([{"reasoning_content": "So "}, {"reasoning_content": "it"}], "stop", None))
    deltas = [event["delta"] for event in events if event["type"] == "content_block_delta"]
    assert deltas == [{"type": "signature_delta", "signature": signature_of("So it")}]
    assert answer.whole()["content"][0]["thinking"] == ""


@pytest.mark.parametrize("pieces", [["Paris", " is nice"], ["Pa", "ris is"], ["P", "a", "r", "i", "s", "!"]])
def test_a_string_to_stop_at_is_named(pieces: list[str]) -> None:
    answer = messages_answer(stop_sequences=["nice", "Paris"])
    deltas = [{"content": "Say P"}, {"content": "! "}, *({"content": piece} for piece in pieces)]
    events = played(answer, chunks(deltas, None, None))
    assert answer.stopped
    assert "".join(event["delta"]["text"] for event in events if event["type"] == "content_block_delta") == "Say P! "
    assert events[-2]["delta"] == {"stop_reason": "stop_sequence", "stop_sequence": "Paris"}


def test_what_was_held_back_is_said_in_the_end() -> None:
    answer = messages_answer(stop_sequences=["Paris"])
    played(answer, chunks([{"content": "Pari"}], "stop", None))
    assert answer.whole()["content"] == [{"type": "text", "text": "Pari"}]
    assert answer.whole()["stop_reason"] == "end_turn"


@pytest.mark.parametrize("arguments", ["{", "[1]", "nothing"])
def test_arguments_that_are_no_object(arguments: str) -> None:
    """A stream hands them on as they are; an answer in one piece has no way to."""
    answer = messages_answer(tools=[{"name": "a"}])
    call = {"index": 0, "id": "x", "function": {"name": "a", "arguments": arguments}}
    events = played(answer, chunks([{"tool_calls": [call]}], "tool_calls", None))
    assert {"type": "input_json_delta", "partial_json": arguments} in [event.get("delta") for event in events]
    with pytest.raises(Untranslatable):
        answer.whole()


@pytest.mark.parametrize(
    "deltas",
    [
        [{"tool_calls": [{"index": 0, "function": {"arguments": "{}"}}]}],
        [
            {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "a", "arguments": ""}}]},
            {"tool_calls": [{"index": 1, "id": "b", "function": {"name": "b", "arguments": ""}}]},
            {"tool_calls": [{"index": 0, "function": {"arguments": "{}"}}]},
        ],
    ],
    ids=["no name", "one that was over"],
)
def test_calls_that_make_no_sense(deltas: list[Json]) -> None:
    for answer in (responses_answer(), messages_answer()):
        with pytest.raises(Untranslatable):
            played(answer, chunks(deltas, "tool_calls", None))


def test_a_stream_that_just_ends_has_failed() -> None:
    for answer in (responses_answer(), messages_answer()):
        with pytest.raises(Untranslatable):
            played(answer, chunks([{"content": "x"}], None, None))


def test_an_answer_without_a_message() -> None:
    for whole in ({}, {"choices": []}, {"choices": [{"text": "x"}]}, {"choices": 3}):
        with pytest.raises(Untranslatable):
            as_chunk(whole)
