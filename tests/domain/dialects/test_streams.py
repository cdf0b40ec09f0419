"""However a stream is cut, and whatever is in it, the events are well formed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dialects.kit import Json, check_schema, chunks, messages_answer, played, recorded, responses_answer
from engineroom.domain.dialects.chunks import Untranslatable
from engineroom.domain.dialects.messages_answer import MessagesAnswer
from engineroom.domain.dialects.responses_answer import ResponsesAnswer
from engineroom.domain.dialects.sse import EventReader
from engineroom.domain.dialects.stop_watch import StopWatch

TEXT = st.text(max_size=5)
PIECE = st.fixed_dictionaries(
    {"index": st.integers(0, 2)},
    optional={
        "id": st.sampled_from(["call_a", "call_b", "", None]),
        "function": st.fixed_dictionaries(
            {},
            optional={"name": st.sampled_from(["look", "see", ""]), "arguments": st.sampled_from(["{", "}", "", None])},
        ),
    },
)
ODD = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.lists(st.integers(), max_size=2))
DELTA = st.fixed_dictionaries(
    {},
    optional={
        "role": st.just("assistant"),
        "content": st.one_of(TEXT, ODD),
        "reasoning_content": st.one_of(TEXT, ODD),
        "tool_calls": st.one_of(st.lists(st.one_of(PIECE, ODD), max_size=3), ODD),
    },
)
FINISH = st.sampled_from(["stop", "length", "tool_calls", "content_filter", "odd", None])
USAGE = st.one_of(st.none(), st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.none()))


def test_a_prompt_that_is_only_to_be_read_has_no_answer() -> None:
    answer = messages_answer(max_tokens=0, stop_sequences=["ab"])
    for delta in ({"role": "assistant"}, {"content": "ab"}, {"reasoning_content": "c"}):
        assert answer.feed({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}) == []
    usage = {"prompt_tokens": 16, "completion_tokens": 1}
    assert answer.feed({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": usage}) == []
    whole = answer.whole()
    assert (whole["content"], whole["stop_reason"], whole["stop_sequence"]) == ([], "max_tokens", None)
    assert (whole["usage"]["input_tokens"], whole["usage"]["output_tokens"]) == (16, 0)


def wire(rows: list[Json], end: bytes = b"\n\n") -> bytes:
    data = [b"data: " + json.dumps(row).encode() + end for row in rows]
    return b": hello" + end + b"".join(data) + b"data: [DONE]" + end


def read(data: bytes, cuts: list[int]) -> list[bytes]:
    reader, out, start = EventReader(), [], 0
    for end in [*sorted(cuts), len(data)]:
        out += list(reader.feed(data[start:end]))
        start = end
    return out


@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n", b"\r\r"], ids=["lf", "crlf", "cr"])
def test_the_cut_does_not_matter(end: bytes) -> None:
    """At every byte, and into single bytes."""
    case = recorded("streams")[3]
    rows = list(chunks(case["deltas"], case["finish"], case["usage"]))
    data = wire(rows, end)
    whole = read(data, [])
    assert [json.loads(row) for row in whole[:-1]] == rows
    assert whole[-1] == b"[DONE]"
    assert read(data, list(range(len(data)))) == whole
    for cut in range(len(data) + 1):
        assert read(data, [cut]) == whole, cut


def test_an_event_of_several_lines() -> None:
    assert read(b"event: x\nid: 3\ndata: a\ndata:b\n\ndata\n\n:c\n\ndata: d", []) == [b"a\nb"]


def test_an_event_without_an_end_is_refused() -> None:
    reader = EventReader()
    for _ in range(32):
        assert list(reader.feed(b"x" * 2**20)) == []
    with pytest.raises(Untranslatable):
        list(reader.feed(b"x"))


def ended(answer: ResponsesAnswer | MessagesAnswer, stream: Iterator[Json]) -> list[Json]:
    """Events of a stream, however it ends."""
    events = answer.begin()
    try:
        for chunk in stream:
            events += answer.feed(chunk)
        return events + answer.finish()
    except Untranslatable:
        if isinstance(answer, ResponsesAnswer):
            return events + answer.fail(code="internal_error", kind="server_error", message="x")
        return [*events, {"type": "error"}]


@settings(max_examples=150)
@given(st.lists(DELTA, max_size=8), FINISH, USAGE)
def test_responses_are_well_formed(deltas: list[Json], finish: str | None, usage: Any) -> None:
    answer = responses_answer()
    events = ended(answer, chunks(deltas, finish, usage))
    check_schema(events)
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    open_item: int | None = None
    items: list[Json] = []
    for event in events:
        if event["type"] == "response.output_item.added":
            assert open_item is None
            assert event["output_index"] == len(items)
            open_item = event["output_index"]
        elif event["type"] == "response.output_item.done":
            assert event["output_index"] == open_item
            items.append(event["item"])
            open_item = None
        elif "item_id" in event:
            assert event["output_index"] == open_item
    last = next(event for event in reversed(events) if "response" in event)
    assert last["type"] in {"response.completed", "response.incomplete", "response.failed"}
    assert last["response"]["output"] == items
    assert last["type"] == "response.failed" or open_item is None


@settings(max_examples=150)
@given(st.lists(DELTA, max_size=8), FINISH, USAGE, st.lists(st.text("ab{", min_size=1, max_size=2), max_size=2))
def test_messages_are_well_formed(deltas: list[Json], finish: str | None, usage: Any, stops: list[str]) -> None:
    answer = messages_answer(stop_sequences=stops)
    events = ended(answer, chunks(deltas, finish, usage))
    assert [event["type"] for event in events[:2]] == ["message_start", "ping"]
    open_block, begun = None, 0
    for event in events[2:]:
        match event["type"]:
            case "content_block_start":
                assert (open_block, event["index"]) == (None, begun)
                open_block, begun = event["index"], begun + 1
            case "content_block_delta":
                assert event["index"] == open_block
            case "content_block_stop":
                assert event["index"] == open_block
                open_block = None
            case "message_delta":
                assert open_block is None
                assert event["delta"]["stop_reason"]
            case other:
                assert other in {"message_stop", "error"}
    assert events[-1]["type"] in {"message_stop", "error"}


@settings(max_examples=100)
@given(st.lists(st.text("abc", max_size=4), max_size=6), st.lists(st.text("abc", min_size=1, max_size=4), max_size=3))
def test_the_watch_stops_where_a_search_would(pieces: list[str], stops: list[str]) -> None:
    """In the joined text, at the first place; nothing of it is lost or said twice, however it is cut."""
    watch = StopWatch(tuple(stops))
    shown = ""
    for piece in pieces:
        shown += watch.feed(piece)
    said = "".join(pieces)
    if watch.hit is None:
        assert shown + watch.rest() == said
        assert not any(stop in said for stop in stops)
    else:
        assert said.startswith(shown + watch.hit)
        assert watch.feed("more") == watch.rest() == ""
        assert not any(stop in shown for stop in stops)


def test_every_recorded_stream_twice_is_the_same() -> None:
    for case in recorded("streams"):
        runs = [
            played(make(), chunks(case["deltas"], case["finish"], case["usage"]))
            for make in (responses_answer, responses_answer)
        ]
        assert runs[0] == runs[1]
