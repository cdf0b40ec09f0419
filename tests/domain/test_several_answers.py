"""Several answers to one question: their counts are added up, and they can be put together again."""

import json
from typing import Any

import pytest

from engineroom.domain.dialects.chunks import Untranslatable
from engineroom.domain.several_answers import SeveralMeter, folded


def event(**fields: Any) -> bytes:
    return b"data: " + json.dumps({"id": "x", "object": "chat.completion.chunk", "model": "m", **fields}).encode()


def piece(index: int, reason: str | None = None, **delta: Any) -> bytes:
    return event(choices=[{"index": index, "delta": delta, "finish_reason": reason}])


def counts(prompt: int, completion: int, cached: int) -> bytes:
    usage = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
    return event(choices=[], usage=usage, timings={"predicted_per_second": 3.0})


CALL = {"index": 0, "id": "c", "type": "function", "function": {"name": "f", "arguments": "{"}}
EVENTS = [
    piece(1, role="assistant", content=None),
    piece(1, content="b"),
    piece(0, role="assistant", content=None),
    piece(0, reasoning_content="hm"),
    piece(0, content="a"),
    counts(10, 5, 0),
    piece(1, tool_calls=[CALL]),
    piece(1, tool_calls=[{"index": 0, "function": {"arguments": "}"}}]),
    piece(1, "tool_calls"),
    piece(0, "length"),
    counts(10, 7, 9),
    b"data: [DONE]",
]
STREAM = b"".join(one + b"\n\n" for one in EVENTS)


@pytest.mark.parametrize("tell", [True, False])
def test_the_counts_come_once_and_last_however_the_stream_is_cut(tell: bool) -> None:
    for cut in range(len(STREAM)):
        meter = SeveralMeter(tell=tell, answers=2)
        data = meter.feed(STREAM[:cut], 1.0) + meter.feed(STREAM[cut:], 2.0) + meter.rest()
        events = [part[6:] for part in data.split(b"\n\n") if part]
        assert events[-1] == b"[DONE]"
        told = [json.loads(one)["usage"] for one in events[:-1] if b"usage" in one]
        assert len(events) == len(EVENTS) - 2 + tell
        assert told == ([meter.counts()] if tell else [])
        assert meter.usage is not None
        assert (meter.usage.prompt_tokens, meter.usage.completion_tokens) == (10, 12)
        assert meter.counts()["prompt_tokens_details"] == {"cached_tokens": 0}
        if tell:
            assert b"usage" in events[-2]
            assert json.loads(events[-2])["choices"] == []


def test_each_of_several_prompts_is_counted_once() -> None:
    """Two answers to each of two prompts of 3 and 5 tokens, as they end in whatever order."""
    meter = SeveralMeter(tell=True, answers=2)
    assert meter.feed(b"data: null\n\n", 1.0) == b""
    for index, prompt, cached in ((3, 5, 4), (0, 3, 0), (2, 5, 0), (1, 3, 2)):
        usage = {"prompt_tokens": prompt, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": cached}}
        meter.feed(event(choices=[{"index": index, "text": ""}], usage=usage) + b"\n\n", 2.0)
    assert meter.counts() == {
        "prompt_tokens": 8, "completion_tokens": 28, "total_tokens": 36, "prompt_tokens_details": {"cached_tokens": 0},
    }  # fmt: skip


@pytest.mark.parametrize("tell", [False, True])
def test_counts_that_come_by_themselves_are_one_for_each_prompt(tell: bool) -> None:
    """As TensorRT-LLM has them, each under a name of its own; with what has come so far in the pieces, where asked."""
    meter = SeveralMeter(tell=tell, answers=1, by_prompt=True)
    came = []
    for index, prompt, tokens in ((0, 3, 7), (1, 5, 2)):
        so_far = {"prompt_tokens": prompt, "completion_tokens": 1}
        usage = {"prompt_tokens": prompt, "completion_tokens": tokens, "prompt_tokens_details": {"cached_tokens": 0}}
        came.append(event(id=f"cmpl-{index}", choices=[{"index": index, "text": "a"}], usage=so_far))
        came.append(event(id=f"cmpl-{index}", choices=[], usage=usage))
    sent = [meter.feed(one + b"\n\n", 2.0) for one in (*came, b"data: [DONE]")]
    assert meter.usage is not None
    assert (meter.usage.prompt_tokens, meter.usage.completion_tokens) == (8, 9)
    told = [line for line in b"".join(sent).split(b"\n\n") if b'"choices":[]' in line.replace(b" ", b"")]
    assert [json.loads(line.removeprefix(b"data: "))["usage"] for line in told] == ([meter.counts()] if tell else [])


def test_the_rate_is_that_of_one_of_them() -> None:
    meter = SeveralMeter(tell=True, answers=2)
    meter.feed(piece(0, content="a") + b"\n\n", 1.0)
    meter.feed(piece(1, content="a") + b"\n\n" + counts(1, 11, 0) + b"\n\n" + counts(1, 10, 0) + b"\n\n", 3.0)
    assert meter.tokens_per_s == pytest.approx((21 - 1) / 2.0 / 2)


def test_a_stream_makes_the_answer_it_is_of() -> None:
    meter = SeveralMeter(tell=True, answers=2)
    tree = json.loads(folded(meter.feed(STREAM, 1.0), meter))
    assert (tree["object"], tree["id"], tree["usage"]["total_tokens"]) == ("chat.completion", "x", 22)
    first, second = tree["choices"]
    assert first["message"] == {"role": "assistant", "content": "a", "reasoning_content": "hm"}
    assert first["finish_reason"] == "length"
    whole = {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    assert second["message"] == {"role": "assistant", "content": "b", "tool_calls": [whole]}
    assert second["finish_reason"] == "tool_calls"


def test_texts_and_probabilities_are_joined() -> None:
    rows = [{"index": 0, "text": text, "logprobs": {"content": [{"token": text}]}} for text in "ab"]
    data = b"".join(event(object="text_completion", choices=[row]) + b"\n\n" for row in rows)
    (choice,) = json.loads(folded(data, SeveralMeter(tell=True, answers=2)))["choices"]
    assert choice["text"] == "ab"
    assert choice["logprobs"] == {"content": [{"token": "a"}, {"token": "b"}]}


@pytest.mark.parametrize("odd", [b"data: {\n\n", b"data: 3\n\n", b'data: {"choices": [3]}\n\n'])
def test_what_is_no_stream_is_not_put_together(odd: bytes) -> None:
    with pytest.raises(Untranslatable):
        folded(odd, SeveralMeter(tell=True, answers=2))
